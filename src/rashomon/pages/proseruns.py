"""Where a line stands among a dump's prose: which run of it, what parts the runs, what stands between."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from rashomon.pages.choose import Choice
from rashomon.pages.linemarks import Marks
from rashomon.pages.lines import Unit, is_item
from rashomon.pages.shapes import running
from rashomon.pages.windows import Named, distances, spread, stretch

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
        start, end = stretch(np.minimum(seen.words * (seen.furniture == 0), 40) - cost)
        yield f"in_{cost}", ((at >= start) & (at < end)).astype(float)
        if cost == 12:
            yield "before_12", np.maximum(0, start - at).astype(float)
            yield "after_12", np.maximum(0, at - end + 1).astype(float)
    start, end = stretch(seen.good - 4 - 8 * seen.furniture)
    yield "in_good", ((at >= start) & (at < end)).astype(float)
    yield "before_good", np.maximum(0, start - at).astype(float)
    yield "after_good", np.maximum(0, at - end + 1).astype(float)


def runs(seen: Marks) -> Iterator[Named]:
    """Runs of prose that so many other lines part: how great the line's own is, or the last one before it."""
    count = len(seen.good)
    at = np.arange(count)
    where = np.flatnonzero(seen.good)
    total = max(1.0, float(seen.good.sum()))
    for width in (1, 3, 6):
        if len(where) == 0:
            for name in ("run", "run_share", "run_best", "run_at", "run_big_before", "run_in", "run_mean"):
                yield f"{name}_{width}", np.zeros(count)
            continue
        number = np.concatenate([[0], np.cumsum(np.diff(where) > width + 1)])
        words = np.bincount(number, seen.good[where])
        lines = np.bincount(number)
        own = number[np.maximum(np.searchsorted(where, at, side="right") - 1, 0)]
        last = np.concatenate([where[np.flatnonzero(np.diff(number))], where[-1:]])
        big = words >= 0.5 * words.max()
        yield f"run_{width}", words[own]
        yield f"run_share_{width}", words[own] / total
        yield f"run_best_{width}", words[own] / words.max()
        yield f"run_at_{width}", own.astype(float)
        yield f"run_big_before_{width}", (np.cumsum(big) - big)[own].astype(float)
        yield f"run_in_{width}", ((at <= last[own]) & (at >= where[0])).astype(float)
        yield f"run_mean_{width}", words[own] / lines[own]


def between(lines: Sequence[Unit], seen: Marks, choice: Choice) -> Iterator[Named]:
    """What stands between the last line of prose and the next: a list of the article's, or the page's furniture."""
    count = len(lines)
    at = np.arange(count)
    where = np.flatnonzero(seen.good)
    place = np.searchsorted(where, at)
    edges = np.concatenate([[-1], where, [count]])
    first, last = edges[place] + 1, edges[place + 1]
    here = seen.good > 0
    first, last = np.where(here, at, first), np.where(here, at + 1, last)
    long = np.maximum(1, last - first)
    colon = np.fromiter((line.text[-1] == ":" for line in lines), float, count)
    item = np.fromiter((is_item(line.text) for line in lines), float, count)
    yield "gap_lines", (last - first).astype(float)
    yield "gap_open", (last == count).astype(float)
    for name, values in (
        ("furniture", seen.furniture),
        ("site", seen.site),
        ("often", (seen.times >= 3).astype(float)),
        ("colon", colon),
        ("item", item),
        ("words", seen.words),
        ("capital", seen.capital),
        ("clock", seen.clock),
        ("web", seen.web),
        ("ends", seen.ends),
    ):
        sums = running(values)
        yield f"gap_{name}", (sums[last] - sums[first]) / long
        if name in {"furniture", "site", "often", "colon"}:
            yield f"gap_{name}_before", sums[at] - sums[first]
            yield f"gap_{name}_after", sums[last] - sums[np.minimum(at + 1, count)]
    before = np.maximum(first - 1, 0)
    yield "gap_after_colon", colon[before] * (first > 0)
    yield "gap_words_spread", spread(seen.words, first, last)


def from_prose(seen: Marks, choice: Choice) -> Iterator[Named]:
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
    closing = np.fromiter((kind in _CLOSING for kind in choice.kinds), float, count)
    for name, values in (
        ("furniture", seen.furniture),
        ("closing", closing),
        ("site", seen.site),
        ("often", (seen.times >= 3).astype(float)),
        ("short", ((seen.words <= 3) & (seen.ends == 0)).astype(float)),
        ("good", (seen.good > 0).astype(float)),
        ("clock", seen.clock),
    ):
        sums = running(values)
        yield f"prose_{name}", (sums[high] - sums[low]) * side
