"""The pages that a store is measured with: those of incidents and of attribution, over and over, each time as news of a
later year, with other names and other rare words, so that no page is taken for news of the year before.
"""

from __future__ import annotations

import gzip
import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cache, partial
from pathlib import Path

import msgspec
from msgspec.structs import replace

from gold.rows import rows
from rashomon import run
from rashomon.claims import read_out, settled
from rashomon.model import Claim, Page
from rashomon.spans import digest

SEED = 20
WEEKS = 104
"""Weeks between a page and the next that is made of it: weekdays stay, days of the month are about the same."""
_WORD = re.compile(r"\b[A-Za-z][a-z]{3,}\b")
_LOWER = re.compile(r"\b[a-z]{4,}\b")
_OWN = re.compile(r'"([a-z]+(?: [a-z]+)?)"')
COMMON = 20
"""Pages on which a word stands that stays: what is rarer is what a story is recognised by."""
_DAY = re.compile(r"\b((?:19|20)\d\d)-(\d\d)-(\d\d)\b")
_VOWELS, _OTHERS = "aeiou", "bcdfghklmnprst"
_CALENDAR = frozenset(
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April June July August September "
    "October November December Sept".split()
)


class Read(msgspec.Struct):
    """A page with its claims."""

    page: Page
    claims: list[Claim]


def texts(folder: Path, most: int) -> Iterator[tuple[str, str, str]]:
    """Title, text and date of the pages of both sets, in turns."""
    told = [page for row in rows(folder, "incidents") for page in row["pages"]]
    said = rows(folder, "attribution")
    found = [(page["title"] or "", page["text"], (page["published"] or "2016-01-01")[:10]) for page in told]
    found += [("", row["text"], str(date(2014, 1, 1) + timedelta(days=3 * at))) for at, row in enumerate(said)]
    found = [row for row in found if len(row[1]) > 200]
    random.Random(SEED).shuffle(found)
    yield from found[:most]


def bases(folder: Path, most: int, cache: Path | None) -> list[Read]:
    """The pages as they were read, from the cache where they are in it."""
    if cache is not None and cache.exists():
        kept = msgspec.msgpack.decode(gzip.decompress(cache.read_bytes()), type=list[Read])
        if len(kept) >= most:
            return kept[:most]
    pages = []
    for at, (title, text, day) in enumerate(texts(folder, most)):
        known = {"text": text, "title": title or None, "published": day, "source": f"Paper {at % 90}"}
        pages.append(run.read_page(text, f"https://paper{at % 90}.example/{at}", {k: v for k, v in known.items() if v}))
    out = [Read(settled(page), list(each.claims)) for page, each in zip(pages, read_out(pages), strict=True)]
    if cache is not None:
        cache.write_bytes(gzip.compress(msgspec.msgpack.encode(out), 1))
    return out


def stream(base: Sequence[Read], pages: int) -> Iterator[Read]:
    """So many pages, by their dates, as news comes: a story's pages near each other, stories one after the other."""
    order = [(at % len(base), at // len(base)) for at in range(pages)]
    plain = _plain(base)
    for which, turn in sorted(order, key=lambda item: (_later(_day(base[item[0]]), item[1]), item)):
        yield varied(base[which], turn, plain)


def _plain(base: Sequence[Read]) -> frozenset[str]:
    """Words that many pages have, and those of the records' own."""
    seen = Counter(word for each in base for word in set(_LOWER.findall(each.page.text)))
    own = {"null", "true", "false"}
    own.update(
        word for each in base for part in _OWN.findall(msgspec.json.encode(each).decode()) for word in part.split()
    )
    return frozenset(own.union(word for word, pages in seen.items() if pages >= COMMON))


def _day(each: Read) -> str:
    return (each.page.published.value or "2016-01-01")[:10]


def _later(day: str, turn: int) -> str:
    return str(date.fromisoformat(day) + timedelta(weeks=WEEKS * turn))


def varied(base: Read, turn: int, plain: frozenset[str]) -> Read:
    """The page with its dates moved, other names and rare words of the same length, and ids of its own; `plain`: words
    that stay."""
    if not turn:
        return base

    def name(match: re.Match[str]) -> str:
        word = match.group()
        return word if word in _CALENDAR or word.lower() in plain else _turned(word, turn)

    encoded = _DAY.sub(partial(_moved, turn=turn), msgspec.json.encode(base).decode())
    fresh = msgspec.json.decode(_WORD.sub(name, encoded), type=Read)
    key = digest("varied", base.page.id, str(turn))
    page = replace(fresh.page, id=key, address=f"{base.page.address}/{turn}")
    claims = [
        replace(claim, id=digest(key, claim.id), page=key, saying=digest(key, claim.saying)) for claim in fresh.claims
    ]
    return Read(page, claims)


def _moved(match: re.Match[str], turn: int) -> str:
    try:
        return _later(match.group(), turn)
    except ValueError:
        return match.group()


@cache
def _turned(word: str, turn: int) -> str:
    """Another name: each letter but the first is another of its kind."""
    return word[0] + "".join(turned(char, turn) for char in word[1:])


def turned(char: str, turn: int) -> str:
    """The letter that is so many further among its kind."""
    for letters in (_VOWELS, _OTHERS):
        if char in letters:
            return letters[(letters.index(char) + turn) % len(letters)]
    return char
