"""The terms of a text, by which accounts compare: names, classes of what is counted, kin, and stems.

Kin are words that tell of one thing in other forms or other words ("explosion", "blast", "bombing"); the table `kin`
is written by hand. A word of one kin stands for the kin, by its first word.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from types import MappingProxyType

from rashomon.model import Page
from rashomon.stories.lands import named
from rashomon.stories.names import Names
from rashomon.stories.words import Token, folded_words, is_content, rows, stem, tokens

_LONGEST_NAME = 6
_CLAIMS = 4.0
# So many times rarer a term is in one claim than on a page, roughly.
_NAME = 0.003
_COUNTRY = 0.01
_CLASS = 0.03
# The share of claims of general news that name any one body or town, or any one country, or that count any one class.


class Known:
    """The folded words of each name on a page → its term. A key: two of the same names are equal.

    `lent`: those that only other pages of the story know as names; they count where they are written with capitals.
    """

    __slots__ = ("_hash", "first", "lent", "of")

    def __init__(self, of: Mapping[tuple[str, ...], str], lent: frozenset[tuple[str, ...]] = frozenset()) -> None:
        self.of = dict(of)
        self.lent = lent
        self.first = frozenset(words[0] for words in self.of)
        """The word that each name begins with."""
        self._hash = hash((frozenset(self.of.items()), lent))

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        return self is other or (isinstance(other, Known) and (self.of, self.lent) == (other.of, other.lent))


def names_on(page: Page, names: Names, same: Mapping[str, str] = MappingProxyType({})) -> Known:
    """The names on a page; a name's term is the country's code, else the joined entity's id.

    `same`: joined entities that are others besides, by id.
    """
    out: dict[tuple[str, ...], str] = {}
    for entity in page.entities:
        joined = names.of[entity.id]
        key = f"@{entity.code}" if entity.code else f"@{same.get(joined, joined)}"
        for name in (entity.name, *entity.names):
            words = folded_words(name)
            if 0 < len(words) <= _LONGEST_NAME and any(is_content(word) for word in words):
                out.setdefault(words, key)
    return Known(out)


@lru_cache(maxsize=8192)
def terms(text: str, known: Known) -> Mapping[str, str]:
    """What a text is about: stems of its content words, its names and countries, and the classes it counts.

    Kept, since a story's texts are read anew whenever a page joins it.
    """
    words = list(tokens(text))
    out: dict[str, str] = {}
    taken: set[int] = set()
    for code, start, end in named(text, words):
        out.setdefault(f"@{code}", text[start:end])
        taken.update(i for i, word in enumerate(words) if start <= word.start < end)
    at = 0
    while at < len(words):
        size, word = 0, words[at].folded
        if at in taken:
            at += 1
            continue
        if word in known.first:
            folded = tuple(w.folded for w in words[at : at + _LONGEST_NAME])
            size = next((n for n in range(len(folded), 0, -1) if _named(words[at : at + n], folded[:n], known)), 0)
        if size:
            out.setdefault(known.of[folded[:size]], text[words[at].start : words[at + size - 1].end])
        elif (key := _term(word)) is not None:
            out.setdefault(key, words[at].exact)
        at += size or 1
    return MappingProxyType(out)


def _named(words: Sequence[Token], folded: tuple[str, ...], known: Known) -> bool:
    """Whether words are a name; a lent one is written with capitals."""
    if folded not in known.of:
        return False
    return folded not in known.lent or all(w.exact[:1].isupper() for w in words if is_content(w.folded))


@lru_cache(maxsize=65536)
def _term(word: str) -> str | None:
    """What a folded word counts as; None for one that says nothing."""
    return term(word) if word in _classes() or (is_content(word) and stem(word) not in _light()) else None


@cache
def _light() -> frozenset[str]:
    return frozenset(stem(row[0]) for row in rows("light"))


@cache
def _classes() -> dict[str, str]:
    """Words that count alike → "#" and their class; only classes that are about somebody or something."""
    keep = {"forces", "children", "police", "journalists", "buildings", "vehicles", "aircraft", "ships", "missiles",
            "drones", "lawmakers", "firms"}  # fmt: skip
    return {row[0].casefold(): f"#{row[1]}" for row in rows("counted") if row[1] in keep}


def term(word: str) -> str:
    """What a folded word counts as: the class that it counts, its kin, else its stem."""
    if word in _classes():
        return _classes()[word]
    kin = _kin_words().get(word) or _kin().get(stem(word))
    # "Shelled" is kin of "shells", which count as missiles.
    return _classes().get(kin[1:], kin) if kin else stem(word)


@cache
def _kin_words() -> dict[str, str]:
    """Folded word → "=" and the first word of its kin."""
    out: dict[str, str] = {}
    for row in rows("kin"):
        words = row[0].split(";")
        for word in words:
            out.setdefault(word, f"={words[0]}")
    return out


@cache
def _kin() -> dict[str, str]:
    """Stem → its kin, where all words of that stem are of one."""
    found: dict[str, set[str]] = defaultdict(set)
    for word, kin in _kin_words().items():
        found[stem(word)].add(kin)
    return {root: next(iter(kin)) for root, kin in found.items() if len(kin) == 1}


@cache
def rate(key: str) -> float:
    """The share of claims of general news that have a term, roughly: of a kin the sum over its words."""
    if key[:1] == "@":
        return _COUNTRY if key[1:].isupper() else _NAME
    if key[:1] == "#":
        return _CLASS
    if key[:1] == "=":
        return min(1.0, sum(_common().get(root, 0.0) for root, kin in _kin().items() if kin == key))
    return _common().get(key, 0.0)


@cache
def _common() -> dict[str, float]:
    return {row[0]: float(row[1]) / 1000 / _CLAIMS for row in rows("common")}
