"""Which line of a dump is the article's title, by trees that have learned it from pages of many sites.

Where no line above the article is probable enough, none is the title: many a dump has lost it.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

import numpy as np

from rashomon.pages.authors import alone
from rashomon.pages.choose import TITLE
from rashomon.pages.lines import Unit, is_item
from rashomon.trees import Columns, odds, shipped

REACH = 60
"""So many lines above the article's first are looked at, and as many at the dump's head."""
_BELOW = 2
"""And so many below it."""
LEAST = 0.25
"""A line of less chance is no title,"""
ALONE, LEADS = 0.15, 3
"""but for one of this chance that is so many times that of every other line."""
SURE = 0.5
"""A name is a title from this chance on."""
SIGNED = 0.06
"""So much is enough for one with a byline or a date right below it."""
_NEAR = 3
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")
_NOT_WORD = re.compile(r"[\W_]+")
_OPENING = 150
"""The article's first words tell most of what it is about."""
_SPELLED = 3
"""An address of fewer words spells no title."""
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe", "æ": "ae"})
NAMES = (
    "rules above below_head words size low_full full question quote colon dash bar comma item capital digit "
    "times times_above times_after within_above within_first holds_above same_below shared shared_opening "
    "shared_rank longer gap gap_next before_words after_words before_kind after_byline after_date after_words_2 "
    "candidates rank_below next_prose long_words full_below in_address of_address"
).split()
_SIGNED = [NAMES.index("after_byline"), NAMES.index("after_date")]


def title(
    lines: Sequence[Unit],
    kinds: Sequence[str | None],
    kept: Sequence[int],
    gaps: Sequence[int],
    rules: int | None,
    address: str | None,
) -> int | None:
    """The title's line, or None where none is probable; `rules` is the one that `choose` would take.

    The rules' where no trees were shipped. `kept` are the article's lines, `gaps` the line ends before each;
    the page's address often spells its title.
    """
    trees = shipped("pages", "title")
    if trees is None or not kept:
        return rules
    found = candidates(lines, kinds, kept)
    if not found:
        return None
    values = columns(lines, kinds, kept, gaps, rules, address, found)[1]
    chances = odds(trees.scores(values))
    order = np.argsort(-chances, kind="stable")
    # A name is whose the article or its picture is, unless it is surely the headline.
    best = next((int(at) for at in order if chances[at] >= SURE or not alone(lines[found[at]].text)), int(order[0]))
    others = float(np.delete(chances, best).max(initial=0.0))
    signed = values[_SIGNED, best].min() <= _NEAR
    least = SIGNED if signed else ALONE if chances[best] >= LEADS * others else LEAST
    return found[best] if chances[best] >= least else None


def candidates(lines: Sequence[Unit], kinds: Sequence[str | None], kept: Sequence[int]) -> list[int]:
    """The lines that may be a title: no furniture, on one line, near the article's head or the dump's."""
    start = kept[0]
    near = range(max(0, start - REACH), min(len(lines), start + 1 + _BELOW))
    places = [*range(min(3, near.start)), *near]
    return [
        at
        for at in places
        if kinds[at] in (None, "caption", "related")
        and 1 <= lines[at].words <= 40
        and len(lines[at].text) <= TITLE
        and not _is_caption(lines, at)
    ]


def _is_caption(lines: Sequence[Unit], at: int) -> bool:
    """Whether a sentence stands twice in a row, as a picture's does that is read out besides."""
    text = lines[at].text
    return text.endswith(".") and any(
        line.text == text for line in (*lines[max(0, at - 1) : at], *lines[at + 1 : at + 2])
    )


def columns(
    lines: Sequence[Unit],
    kinds: Sequence[str | None],
    kept: Sequence[int],
    gaps: Sequence[int],
    rules: int | None,
    address: str | None,
    found: Sequence[int],
) -> tuple[tuple[str, ...], Columns]:
    """The features' names and values, one row a feature, one column a candidate."""
    again, shared = _repeated(lines, kept, found), _shared(lines, kept, found)
    longest = max(lines[at].words for at in found)
    spelled = _spelled(address)
    rows = [
        [
            at == rules,
            kept[0] - at,
            at,
            *_shape(lines[at]),
            *again[rank],
            *shared[rank],
            lines[at].words / longest,
            gaps[at],
            gaps[at + 1] if at + 1 < len(lines) else 0,
            *_near(lines, kinds, at),
            *_among(lines, found, rank),
            *_agreement(_plain(lines[at]), spelled),
        ]
        for rank, at in enumerate(found)
    ]
    return tuple(NAMES), np.array(rows, np.float32).T


def _plain(line: Unit) -> str:
    return _NOT_WORD.sub(" ", line.text.casefold()).strip()


def _long_words(line: Unit) -> set[str]:
    return set(_LONG_WORD.findall(line.text.casefold()))


def _shape(line: Unit) -> tuple[float, ...]:
    """What a line looks like by itself: "words" to "digit"."""
    text = line.text
    return (
        line.words,
        len(text),
        text[0].islower(),
        text.endswith("."),
        text[-1] in "?!",
        text[0] in "\"“„«‘'「",
        text[-1] in ":,;",
        " - " in text or " – " in text,
        "|" in text,
        "," in text,
        is_item(text),
        sum(word[0].isupper() for word in text.split()) / len(text.split()),
        sum(map(str.isdigit, text)) / len(text),
    )


def _repeated(lines: Sequence[Unit], kept: Sequence[int], found: Sequence[int]) -> list[tuple[float, ...]]:
    """How often each candidate stands in the dump again, and where: "times" to "same_below"."""
    # No longer line is like a candidate; those above the article may hold one.
    plain = [_plain(line) if at <= kept[0] or len(line.text) <= TITLE else line.text for at, line in enumerate(lines)]
    count, below = Counter(plain), Counter(plain[kept[-1] + 1 :])
    above = " \n ".join(plain[: kept[0] + 1])
    lowest = {text: at for at, text in enumerate(plain[: kept[0] + 2])}
    earlier: list[int] = []
    known: Counter[str] = Counter()
    for text in plain[: found[-1] + 1]:
        earlier.append(known[text])
        known[text] += 1
    return [
        (
            count[plain[at]],
            earlier[at],
            below[plain[at]],
            above.count(plain[at]) - count[plain[at]] if len(plain[at]) > 8 else 0,
            bool(plain[at]) and plain[at] in plain[0] and at > 0,
            sum(bool(plain[other]) and plain[other] in plain[at] for other in range(max(0, at - 4), at)),
            lowest.get(plain[at], 0) > at,
        )
        for at in found
    ]


def _shared(lines: Sequence[Unit], kept: Sequence[int], found: Sequence[int]) -> list[tuple[float, ...]]:
    """How many of each candidate's words the article has as well: "shared" to "shared_rank"."""
    words = {at: _long_words(lines[at]) for at in {*found, *kept}}
    body = dict(Counter(word for at in kept for word in words[at]))
    opening: set[str] = set()
    taken = 0
    for at in kept:
        if taken < _OPENING:
            opening |= words[at]
            taken += lines[at].words
    share = {at: _share(words[at], body, 1 if at >= kept[0] else 0) for at in found}
    order = {at: rank for rank, at in enumerate(sorted(found, key=lambda at: (-share[at], at)))}
    return [(share[at], len(words[at] & opening) / max(1, len(words[at])), order[at]) for at in found]


def _near(lines: Sequence[Unit], kinds: Sequence[str | None], at: int) -> tuple[float, ...]:
    """What stands above and below a line: "before_words" to "after_words_2"."""
    after = [kinds[near] for near in range(at + 1, min(len(lines), at + 6))]
    return (
        lines[at - 1].words if at else 0,
        lines[at + 1].words if at + 1 < len(lines) else 0,
        kinds[at - 1] is not None if at else 0,
        next((near for near, kind in enumerate(after) if kind in ("byline", "authors")), 9),
        next((near for near, kind in enumerate(after) if kind in ("date", "published", "modified")), 9),
        lines[at + 2].words if at + 2 < len(lines) else 0,
    )


def _among(lines: Sequence[Unit], found: Sequence[int], rank: int) -> tuple[float, ...]:
    """A candidate among all, by its place in them: "candidates" to "full_below"."""
    at = found[rank]
    return (
        len(found),
        len(found) - rank,
        next((near - at for near in range(at + 1, min(len(lines), at + 20)) if lines[near].words > 20), 20),
        len(_long_words(lines[at])),
        sum(lines[other].words >= 4 for other in found[rank + 1 :]),
    )


def _share(own: set[str], body: dict[str, int], least: int) -> float:
    """The share of words that the article has as well, in other lines than the candidate's own."""
    return sum([body.get(word, 0) > least for word in own]) / max(1, len(own))


def _spelled(address: str | None) -> frozenset[str]:
    """The words of an address's path."""
    path = re.sub(r"^\w+://[^/]*|[?#].*$", "", address or "")
    return frozenset(word for word in _ascii(path).split() if len(word) > 2 and not word.isdigit())


def _agreement(plain: str, spelled: frozenset[str]) -> tuple[float, float]:
    """The shares of a line's words that the address spells, and of its words in the line; -1 where it spells none."""
    if len(spelled) < _SPELLED:
        return -1.0, -1.0
    own = {word for text in (plain, plain.translate(_UMLAUTS)) for word in _ascii(text).split() if len(word) > 2}
    return len(own & spelled) / max(1, len(own)), len(own & spelled) / len(spelled)


def _ascii(text: str) -> str:
    """In small letters without accents, words set apart."""
    if text.isascii():
        return _NOT_WORD.sub(" ", text.casefold())
    bare = "".join(char for char in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(char))
    return _NOT_WORD.sub(" ", bare)
