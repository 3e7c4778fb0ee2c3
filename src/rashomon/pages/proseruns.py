"""Where a line stands among a dump's prose: which run of it, what parts the runs, what stands between."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from rashomon.pages.linemarks import Marks, Row
from rashomon.pages.lines import Unit
from rashomon.pages.shapes import best_run, running
from rashomon.pages.windows import Named, distances, spread, sums

_CLOSING = frozenset({"comments", "related", "copyright", "newsletter", "share", "navigation"})
"""What rarely has more of the article behind it."""


def placed(seen: Marks) -> Iterator[Named]:
    """Where the line stands among the dump's prose."""
    count = len(seen.words)
    at = np.arange(count)
    total = max(1.0, float(seen.good.sum()))
    good = running(seen.good)
    yield "good_before", good[:-1] / total
    yield "good_after", (total - good[1:]) / total
    yield "good_words_before", good[:-1]
    yield "at", at.astype(float)
    yield "at_share", at / count
    yield "left", (count - 1 - at).astype(float)
    size = running(seen.size)
    yield "size_before", size[:-1] / size[-1]
    yield from distances("good", np.flatnonzero(seen.good), at)
    yield from distances("long", np.flatnonzero((seen.words >= 25) & (seen.furniture == 0)), at)
    yield from distances("often", np.flatnonzero((seen.times >= 3) & (seen.good == 0)), at)
    for cost in (8, 12, 18):
        start, end = best_run(np.minimum(seen.words * (seen.furniture == 0), 40) - cost)
        yield f"in_{cost}", ((at >= start) & (at < end)).astype(float)
    start, end = best_run(seen.good - 4 - 8 * seen.furniture)
    yield "in_good", ((at >= start) & (at < end)).astype(float)


def runs(seen: Marks) -> Iterator[Named]:
    """Runs of prose that so many other lines part: how great the line's own is, or the last one before it."""
    count = len(seen.good)
    at = np.arange(count)
    where = np.flatnonzero(seen.good)
    total = max(1.0, float(seen.good.sum()))
    for width in (1, 3, 6):
        if len(where) == 0:
            for name in ("run", "run_share", "run_at", "run_mean"):
                yield f"{name}_{width}", np.zeros(count)
            if width == 1:
                yield "run_best_1", np.zeros(count)
                yield "run_big_before_1", np.zeros(count)
            continue
        number = np.concatenate([[0], np.cumsum(np.diff(where) > width + 1)])
        words = np.bincount(number, seen.good[where])
        lines = np.bincount(number)
        own = number[np.maximum(np.searchsorted(where, at, side="right") - 1, 0)]
        yield f"run_{width}", words[own]
        yield f"run_share_{width}", words[own] / total
        yield f"run_at_{width}", own.astype(float)
        yield f"run_mean_{width}", words[own] / lines[own]
        if width == 1:
            big = words >= 0.5 * words.max()
            yield "run_best_1", words[own] / words.max()
            yield "run_big_before_1", (np.cumsum(big) - big)[own].astype(float)


def gap_bounds(seen: Marks) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """For each line the first, and the one after the last, that stands between the prose before and after it."""
    count = len(seen.good)
    at = np.arange(count)
    where = np.flatnonzero(seen.good)
    place = np.searchsorted(where, at)
    edges = np.concatenate([[-1], where, [count]])
    here = seen.good > 0
    return np.where(here, at, edges[place] + 1), np.where(here, at + 1, edges[place + 1])


def between(lines: Sequence[Unit], seen: Marks, items: Row) -> Iterator[Named]:
    """What stands between the last line of prose and the next: a list of the article's, or the page's furniture."""
    count = len(lines)
    first, last = gap_bounds(seen)
    long = np.maximum(1, last - first)
    rows = {
        "furniture": seen.furniture,
        "site": seen.site,
        "often": seen.times >= 3,
        "colon": np.fromiter((line.text[-1] == ":" for line in lines), float, count),
        "item": items,
        "words": seen.words,
        "capital": seen.capital,
        "clock": seen.clock,
        "web": seen.web,
        "ends": seen.ends,
    }
    yield "gap_lines", (last - first).astype(float)
    summed = sums(list(rows.values()))
    means = (summed[:, last] - summed[:, first]) / long
    for name, values in zip(rows, means, strict=True):
        yield f"gap_{name}", values
    before = summed[:, :-1] - summed[:, first]
    after = summed[:, last] - summed[:, 1:]
    yield "gap_furniture_before", before[0]
    yield "gap_site_before", before[1]
    yield "gap_furniture_after", after[0]
    yield "gap_often_after", after[2]
    yield "gap_words_spread", spread(seen.words, first, last)


def from_prose(seen: Marks, kinds: Sequence[str | None]) -> Iterator[Named]:
    """What stands between the line and the greatest run of prose."""
    count = len(seen.good)
    at = np.arange(count)
    where = np.flatnonzero(seen.good)
    start = end = 0
    if len(where):
        number = np.concatenate([[0], np.cumsum(np.diff(where) > 4)])
        best = where[number == np.argmax(np.bincount(number, seen.good[where]))]
        start, end = int(best[0]), int(best[-1])
    low = np.where(at > end, end + 1, np.minimum(at + 1, start))
    high = np.where(at > end, at, np.maximum(start, low))
    inside = (at >= start) & (at <= end)
    low, high = np.where(inside, at, low), np.where(inside, at, high)
    side = np.where(inside, 0, np.where(at > end, 1, -1))
    yield "prose_side", side.astype(float)
    yield "prose_lines", (high - low).astype(float) * side
    rows = {
        "furniture": seen.furniture,
        "closing": np.fromiter((kind in _CLOSING for kind in kinds), float, count),
        "site": seen.site,
        "often": seen.times >= 3,
        "short": (seen.words <= 3) & (seen.ends == 0),
        "good": seen.good > 0,
        "clock": seen.clock,
    }
    summed = sums(list(rows.values()))
    for name, values in zip(rows, (summed[:, high] - summed[:, low]) * side, strict=True):
        yield f"prose_{name}", values
