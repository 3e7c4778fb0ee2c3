"""The terms of a text, by which accounts compare: names, classes of what is counted, kin, and stems.

Kin are words that tell of one thing in other forms or other words ("explosion", "blast", "bombing"); the table `kin`
is written by hand. A word of one kin stands for the kin, by its first word.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cache

from rashomon.model import Page
from rashomon.stories.names import Names
from rashomon.stories.quantities import named
from rashomon.stories.words import folded_words, is_content, rows, stem, tokens

_LONGEST_NAME = 6
_CLAIMS = 4.0
# So many times rarer a term is in one claim than on a page, roughly.
_NAME = 0.003
_COUNTRY = 0.01
_CLASS = 0.03
# The share of claims of general news that name any one body or town, or any one country, or that count any one class.

Known = Mapping[tuple[str, ...], str]


def names_on(page: Page, names: Names) -> Known:
    """The folded words of each name on a page → its term: the country's code, else the joined entity's id."""
    out: dict[tuple[str, ...], str] = {}
    for entity in page.entities:
        key = f"@{entity.code}" if entity.code else f"@{names.of[entity.id]}"
        for name in (entity.name, *entity.names):
            words = folded_words(name)
            if 0 < len(words) <= _LONGEST_NAME and any(is_content(word) for word in words):
                out.setdefault(words, key)
    return out


def terms(text: str, known: Known) -> dict[str, str]:
    """What a text is about: stems of its content words, its names and countries, and the classes it counts."""
    words = list(tokens(text))
    out: dict[str, str] = {}
    taken: set[int] = set()
    for code, start, end in named(text):
        out.setdefault(f"@{code}", text[start:end])
        taken.update(i for i, word in enumerate(words) if start <= word.start < end)
    at = 0
    while at < len(words):
        size = 0 if at in taken else _name_at(words_folded := tuple(w.folded for w in words[at : at + 6]), known)
        if size:
            out.setdefault(known[words_folded[:size]], text[words[at].start : words[at + size - 1].end])
        elif at not in taken and _says_something(words[at].folded):
            out.setdefault(term(words[at].folded), words[at].exact)
        at += size or 1
    return out


def _says_something(word: str) -> bool:
    return word in _classes() or (is_content(word) and stem(word) not in _light())


@cache
def _light() -> frozenset[str]:
    return frozenset(stem(row[0]) for row in rows("light"))


def _name_at(words: tuple[str, ...], known: Known) -> int:
    """How many of the words, from the first on, are a name that is known; 0 where none."""
    return next((size for size in range(len(words), 0, -1) if words[:size] in known), 0)


@cache
def _classes() -> dict[str, str]:
    """Words that count alike → "#" and their class; only classes that are about somebody or something."""
    keep = {"forces", "children", "police", "journalists", "buildings", "vehicles", "aircraft", "ships", "missiles",
            "drones", "lawmakers", "firms"}  # fmt: skip
    return {row[0].casefold(): f"#{row[1]}" for row in rows("counted") if row[1] in keep}


def term(word: str) -> str:
    """What a folded word counts as: the class that it counts, its kin, else its stem."""
    return _classes().get(word) or _kin_words().get(word) or _kin().get(stem(word)) or stem(word)


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
