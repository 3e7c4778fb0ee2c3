"""What a page is recognised by: its words, its names, the ages and figures in it, its title, its date.

Names are capitalised phrases, read without a parse: what a page is recognised by must not depend on
whether somebody has looked at its entities, and a stream has thousands of pages an hour.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

import msgspec

from rashomon.model import Page
from rashomon.stories.dates import stretch
from rashomon.stories.names import name_words
from rashomon.stories.words import fold, is_content, rows, stem

HEAD = 250
"""Content words of a page that count: what comes later is mostly other news and small print."""
_AREA = 4000
# Characters in which names and figures are looked for.
_TERMS = 80
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_PHRASE = re.compile(r"\b[A-Z][\w’'-]*[a-z][\w’'-]*(?:[ \u00a0](?:[A-Z]\.|[A-Z][\w’'-]+|\d{1,3}(?:st|nd|rd|th)))+")
_FIGURE = re.compile(r"(?<![\d.,$])\d{1,3}(?:,\d{3})+(?![\d])|(?<![\d.,$:/-])\d{2,6}(?![\d:/]|[.,]\d)")
_INSIDE = re.compile(r"(?<=[a-z,;] )[A-Z][^\W\d_]+")
_LOWER = re.compile(r"\b[a-z][^\W\d_]+")
_LONGEST = 40
# Characters of a name; what is longer is a headline.
_YEAR = re.compile(r"(?:19|20)\d\d$")


class Traits(msgspec.Struct, frozen=True):
    """What one page is recognised by."""

    words: Mapping[str, int]
    """Stem → how often it stands among the first content words, title included."""
    title: frozenset[str]
    proper: frozenset[str]
    """Those of the stems that are names or parts of one: capitalised inside sentences and nowhere in lower case."""
    names: Mapping[str, str]
    """Folded capitalised phrase, without titles → as written."""
    figures: frozenset[str]
    """Ages, street numbers, counts: figures of two digits or more that are no years."""
    days: tuple[float, float] | None
    """First and last day of its publication, in days since 1970; null where undated."""


def read(page: Page) -> Traits:
    """The traits of a page."""
    title = page.title or ""
    body = page.text[:_AREA]
    stems: list[str] = []
    for word in _WORD.finditer(f"{title}\n{page.text}"):
        root = _root(word.group())
        if root:
            stems.append(root)
            if len(stems) == HEAD:
                break
    date = stretch(page.published.value)
    phrases = [name for name in _PHRASE.findall(f"{title}. {body}") if len(name) < _LONGEST]
    return Traits(
        words=Counter(stems),
        title=frozenset(root for word in _WORD.findall(title) if (root := _root(word))),
        proper=_proper(body, phrases),
        names={" ".join(name_words(name)): name for name in phrases},
        figures=frozenset(f for f in _FIGURE.findall(f"{title}. {body}") if not _YEAR.match(f)),
        days=(date[0] / 86400, date[1] / 86400) if date else None,
    )


@cache
def _title_roots() -> frozenset[str]:
    """Stems of "Captain", "President": capitalised, but nobody's name."""
    return frozenset(stem(row[0]) for row in rows("titles"))


def _proper(body: str, phrases: Sequence[str]) -> frozenset[str]:
    """Stems of the words that the body has inside sentences with a capital and nowhere without one."""
    inside = _INSIDE.findall(body)
    inside += [word for name in phrases for word in _WORD.findall(name)]
    plain = {root for word in _LOWER.findall(body) if (root := _root(word))} | _title_roots()
    return frozenset(root for word in inside if (root := _root(word)) and root not in plain)


@lru_cache(maxsize=131072)
def _root(word: str) -> str | None:
    """The stem of a word as written; null for function words."""
    plain = fold(word).removesuffix("'s")
    return stem(plain) if is_content(plain) else None


@cache
def _common() -> dict[str, float]:
    """Word → the share of the background's pages that have it."""
    return {row[0]: float(row[1]) / 1000 for row in rows("common")}


def counted(traits: Traits) -> list[str]:
    """The terms of a page whose rarity is counted; names as "n name", figures as "f 34"."""
    return [*traits.words, *(f"n {name}" for name in traits.names), *(f"f {figure}" for figure in traits.figures)]


class Rarity:
    """How rare a word is: counted over a background of general news and the pages seen so far.

    The background stands for `weight` pages, so that the first two pages of a stream already know that
    "minister" says little and a name much; after some thousand pages the stream's own counts decide.
    """

    def __init__(self, weight: float = 400.0, pages: int = 0, seen: Mapping[str, int] | None = None) -> None:
        """`pages` and `seen`: how many pages were counted before, and on how many of them each term stood."""
        self._weight = weight
        self._seen: Counter[str] = Counter(seen or {})
        self._pages = pages
        self._common = _common()

    def add(self, traits: Traits) -> None:
        """Count a page."""
        self._pages += 1
        self._seen.update(counted(traits))

    def of(self, term: str) -> float:
        """Inverse document frequency; names as "n name", figures as "f 34"."""
        count = self._common.get(term, 0.0) * self._weight + self._seen[term]
        return math.log((self._weight + self._pages + 1) / (count + 0.5))

    def vector(self, traits: Traits) -> dict[str, float]:
        """The page's weightiest words as a vector of length 1."""
        raw = {word: (1 + math.log(count)) * self.of(word) for word, count in traits.words.items()}
        top = sorted(raw.items(), key=lambda item: (-item[1], item[0]))[:_TERMS]
        norm = math.sqrt(sum(value * value for value in raw.values())) or 1.0
        return {word: value / norm for word, value in top}
