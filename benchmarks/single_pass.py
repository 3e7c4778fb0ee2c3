"""What the stream of stories is measured beside: online TF-IDF, a single pass with mean link and a window of days."""

from __future__ import annotations

import math
from array import array
from collections import Counter, defaultdict
from collections.abc import Sequence

from rashomon.model import Page
from rashomon.stories.traits import Traits, read


class SinglePass:
    """Running idf over the words of `traits.read`, mean link, pages up to `window` days back; undated pages see all."""

    def __init__(self, least: float, window: float = 14.0) -> None:
        """`least`: the mean cosine from which a page joins a story."""
        self.least = least
        self.window = window
        self.story_of: list[int] = []
        self._days: list[float | None] = []
        self._size: list[int] = []
        self._seen: Counter[str] = Counter()
        self._pages: dict[str, array[int]] = defaultdict(lambda: array("I"))
        self._weights: dict[str, array[float]] = defaultdict(lambda: array("f"))

    def add(self, traits: Traits, alone: bool = False) -> None:
        """Put a page into its story; `alone`: into one of its own, without a look at the others."""
        index = len(self.story_of)
        self._seen.update(traits.words.keys())
        seen = self._seen
        raw = {w: (1 + math.log(n)) * math.log((index + 2) / (seen[w] + 0.5)) for w, n in traits.words.items()}
        norm = math.sqrt(sum(v * v for v in raw.values())) or 1.0
        vector = {w: v / norm for w, v in raw.items() if v > 0}
        day = traits.days[0] if traits.days else None
        best = None if alone else self._best(vector, day)
        if best is None:
            best = len(self._size)
            self._size.append(0)
        self._size[best] += 1
        self.story_of.append(best)
        self._days.append(day)
        for word, value in vector.items():
            self._pages[word].append(index)
            self._weights[word].append(value)

    def _best(self, vector: dict[str, float], day: float | None) -> int | None:
        totals: dict[int, float] = defaultdict(float)
        for word, value in vector.items():
            for other, weight in zip(self._pages[word], self._weights[word], strict=True):
                then = self._days[other]
                if day is None or then is None or day - then <= self.window:
                    totals[self.story_of[other]] += value * weight
        best = max(totals, key=lambda s: (totals[s] / self._size[s], -s), default=None)
        return best if best is not None and totals[best] / self._size[best] >= self.least else None


def baseline(pages: Sequence[Page], least: float) -> dict[str, int]:
    """The story of each page."""
    single = SinglePass(least)
    for page in pages:
        single.add(read(page))
    return {page.id: story for page, story in zip(pages, single.story_of, strict=True)}
