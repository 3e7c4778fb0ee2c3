"""How rare the terms of a page are by now, and the page as it compares by them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import repeat
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from rashomon.stories.traits import KEYED, Traits, counted
from rashomon.stories.words import rows

KEPT = 80
"""Words of a page that are kept, the weightiest."""
_RARE = 25
# Those of them by which it is found again.
_FINDING = frozenset({"name", "street", "block", "aged", "day"})
_USUAL = {"weekday": 0.3, "when": 0.15, "day": 0.03, "noun": 0.03, "age": 0.03, "calendar": 0.02, "count": 0.01}
# The share of pages of general news that have any one key of a kind, roughly: what a stream's first pages go by.
_KEYS_USUAL = np.array([_USUAL.get(kind, 0.0) for kind in KEYED])
_FLOOR = 1.75
# The least rarity of what the background never has: as of what stands on one page in six.
_MOST = 2_000_000
# Terms that are counted in memory; those of one page are forgotten where there are more.


class Weighed(NamedTuple):
    """A page's terms, weighed by their rarity when it came."""

    words: list[str]
    """Its weightiest words, the weightiest first."""
    parts: NDArray[np.float64]
    """What part each of them is of a vector of length 1 over all words of the page."""
    keys: list[str]
    """The terms of its keys, kind by kind."""
    rarities: NDArray[np.float64]
    """Of each key."""
    first: NDArray[np.float64]
    """The rarity of each word that it leads with, in order of appearance."""
    finding: dict[str, float]
    """The terms by which it is found again with their rarity, the rarest first: words, names, places, days."""


class Rarity:
    """How rare a term is: counted over a background of general news and the pages seen so far.

    The background stands for `weight` pages, so that the first two pages of a stream already know that
    "minister" says little and a name much; after some thousand pages the stream's own counts decide.
    """

    def __init__(self, weight: float = 400.0, pages: int = 0, seen: Mapping[str, int] | None = None) -> None:
        """`pages` and `seen`: how many pages were counted before, and on how many of them each term stood."""
        self._weight = weight
        self._pages = pages
        self._seen: Counter[str] = Counter(_background(weight))
        self._seen.update(seen or {})

    def weigh(self, traits: Traits, count: bool = True) -> Weighed:
        """The terms of a page, weighed; `count`: and counted before, the page being one more that was seen."""
        words, terms = list(traits.words), counted(traits)
        keys = terms[len(words) :]
        if count:
            self._pages += 1
            self._seen.update(terms)
            self._forget()
        counts = np.fromiter(map(self._seen.get, terms, repeat(0)), np.float64, len(terms))
        usual = np.repeat(_KEYS_USUAL * self._weight, [len(found) for found in traits.keys.values()])
        counts[len(words) :] += usual
        # Inverse document frequency.
        everything = self._weight + self._pages + 1
        rarity = np.log(everything / (counts + 0.5))
        low = np.flatnonzero(rarity < _FLOOR).tolist()
        background = _background(self._weight)
        expected = [background.get(words[at], 0) if at < len(words) else usual[at - len(words)] for at in low]
        rarity[low] = np.maximum(rarity[low], _least(np.array(expected, np.float64), everything))
        of_words, of_keys = rarity[: len(words)], rarity[len(words) :]
        raw = (1 + np.log(np.fromiter(traits.words.values(), np.float64, len(words)))) * of_words
        order = np.argsort(-raw, kind="stable")[:KEPT]
        kept = [words[at] for at in order.tolist()]
        finding = dict(zip(kept[:_RARE], of_words[order[:_RARE]].tolist(), strict=True))
        finding.update(_found(traits, keys, of_keys))
        return Weighed(
            words=kept,
            parts=raw[order] / (np.sqrt(raw @ raw) or 1.0),
            keys=keys,
            rarities=of_keys,
            first=of_words[: max(traits.leading, traits.titled)],
            finding={term: -least for least, term in sorted([(-found, term) for term, found in finding.items()])},
        )

    def _forget(self) -> None:
        """Forget the terms of one page where there are too many: they are as rare as those that are new."""
        if len(self._seen) > _MOST:
            self._seen = Counter({term: count for term, count in self._seen.items() if count > 1})


def _found(traits: Traits, keys: list[str], rarities: NDArray[np.float64]) -> Iterator[tuple[str, float]]:
    """The keys by which a page is found again, with their rarity."""
    end = 0
    for kind, mine in traits.keys.items():
        start, end = end, end + len(mine)
        if mine and kind in _FINDING:
            yield from zip(keys[start:end], rarities[start:end].tolist(), strict=True)


def _least(usual: NDArray[np.float64], pages: float) -> NDArray[np.float64]:
    """The least rarity of terms that the background has on so many pages: a part of what it would be by that alone.

    In a stream of little but one story its names would otherwise say no more than "police" does.
    """
    return np.asarray(np.log(pages / (usual + 0.5)) * (_FLOOR / np.log(pages / 0.5)))


@cache
def _background(weight: float) -> dict[str, int]:
    """Word → on how many pages of the background it stands, which has `weight` pages; not a whole number."""
    return {row[0]: float(row[1]) / 1000 * weight for row in rows("common")}  # type: ignore[misc]
