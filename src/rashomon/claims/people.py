"""What is known of people's names without a page: whose they are, how they are shortened, how they are spelled.

Tables: `nicknames`, `titles`, `spellings`; those of given names are read by `pages.given` too. Strings in, strings
out; what is not known is None.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from functools import cache, lru_cache

from rashomon.claims.tables import rows
from rashomon.pages import given

_POSSESSIVE = re.compile(r"['’]s?$")
# Letters that do not come apart into a plain letter and a mark.
_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "ð": "d", "þ": "th", "ħ": "h"}
)
GENERATION = frozenset(("jr", "sr", "ii", "iii", "iv", "kc", "qc", "mp", "md", "phd", "obe", "mbe", "cbe"))


@lru_cache(maxsize=65536)
def fold(name: str) -> str:
    """A name without case, accents, dots, hyphens and possessive, by which spellings are compared."""
    bare = _POSSESSIVE.sub("", name.strip())
    if bare.isascii():
        plain = bare.casefold()
    else:
        plain = "".join(c for c in unicodedata.normalize("NFKD", bare.casefold()) if not unicodedata.combining(c))
        plain = plain.translate(_LETTERS)
    return " ".join(re.sub(r"[^\w\s&]", " ", plain.replace(".", "")).split())


@cache
def first_names() -> dict[str, str]:
    """Gender ("m" or "f") by first name, for the names written by hand."""
    return {fold(name): row["gender"] for row in given.by_hand() for name in row["names"].split(";")}


@cache
def _given_names() -> dict[str, str]:
    listed = {fold(name): row["gender"] for row in given.listed() for name in row["names"].split(";")}
    return {**listed, **first_names()}


def gender_of_name(given: str) -> str | None:
    """The gender that a first name tells: "m", "f", or None where both bear it or it is not known."""
    return _given_names().get(given) or _given_names().get(fold(given))


@cache
def titles() -> dict[str, dict[str, str]]:
    """The rows of the table of titles by the title's folded word."""
    return {fold(row["title"]): row for row in rows("titles")}


@cache
def title_roles() -> frozenset[str]:
    """The nouns by which the bearers of titles are called afterwards: "senator", "admiral"."""
    return frozenset(row["role"] for row in titles().values() if row["role"])


def title_of(word: str) -> dict[str, str] | None:
    """What the table says of a word that may be a title: "Sen.", "Mrs"; None where it is none."""
    return titles().get(word.rstrip(".").casefold())


@cache
def _nicknames() -> dict[str, frozenset[str]]:
    groups: dict[str, set[str]] = defaultdict(set)
    for row in rows("nicknames"):
        for short in row["short"].split(";"):
            groups[fold(short)].add(fold(row["name"]))
        groups[fold(row["name"])].add(fold(row["name"]))
    return {short: frozenset(names) for short, names in groups.items()}


def same_given(one: str, two: str) -> bool:
    """Whether two folded first names may be one person's: the same, an initial of it, or short for it."""
    if one == two or (min(len(one), len(two)) == 1 and one[:1] == two[:1]):
        return True
    none: frozenset[str] = frozenset()
    return bool(_nicknames().get(one, none) & _nicknames().get(two, none))


@cache
def _spellings() -> dict[str, str]:
    return {fold(other): fold(row["name"]) for row in rows("spellings") for other in row["others"].split(";")}


def spelled(name: str) -> str:
    """A folded name as it is told by where news spell it in several ways: "kiev" is "kyiv", "zelenskiy" "zelensky"."""
    known = _spellings()
    if name in known:
        return known[name]
    words = name.split()
    last = known.get(words[-1]) if len(words) > 1 else None
    return " ".join([*words[:-1], last]) if last else name


@lru_cache(maxsize=16384)
def words_of(name: str) -> tuple[str, ...]:
    """The words of a person's name that tell him from others: folded, without initials in the middle and "Jr."."""
    words = spelled(fold(name)).split()
    while len(words) > 1 and words[-1] in GENERATION:
        words.pop()
    kept = [word for i, word in enumerate(words) if i in (0, len(words) - 1) or len(word) > 1]
    return tuple(kept)
