"""What a line of a dump shares with the rest of the page, as numbers for the trees: words, names, those of its run.

Lines of another story share little with the article, however much they are prose.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from rashomon.pages.choose import Choice
from rashomon.pages.linemarks import Marks
from rashomon.pages.lines import Unit
from rashomon.pages.proseruns import gap_bounds
from rashomon.pages.windows import Named, reached, sums, window

_LONG_WORD = re.compile(r"[^\W\d_]{5,}")
_INNER = re.compile(r"(?<=[\w,)’'\"”»] )[^\W\d_]{3,}|(?<=[(\"“„«])[^\W\d_]{3,}")
"""A word that does not open a line or sentence: with a capital it is a name, or in German a noun."""


def topic(seen: Marks, choice: Choice) -> Iterator[Named]:
    """How many of the line's longer words other lines of the article's stretch share, and the title; and its run's."""
    count = len(seen.low)
    number: dict[str, int] = {}
    words = [{number.setdefault(word, len(number)) for word in _LONG_WORD.findall(low)} for low in seen.low]
    long = np.fromiter(map(len, words), float, count)
    flat = np.fromiter((word for own in words for word in own), np.intp)
    owner = np.repeat(np.arange(count), long.astype(np.intp))
    at = np.arange(count)
    inside = (at >= choice.start) & (at < choice.end) & (seen.good > 0)
    body = np.bincount(flat[inside[owner]], minlength=len(number) + 1)
    common = np.bincount(owner, body[flat] > inside[owner], count).astype(float)
    heading = np.zeros(len(number) + 1)
    if choice.title is not None:
        heading[list(words[choice.title])] = 1
    shared = common / np.maximum(long, 1)
    yield "shared", shared
    yield "titled", np.bincount(owner, heading[flat], count).astype(float)
    yield "long_words", long
    yield "shared_w4", window(shared, 4, 4)
    summed = sums([common, long])
    for reach in (2, 6):
        low, high = reached(count, reach)
        parts = summed[:, high] - summed[:, low]
        yield f"shared_words_w{reach}", parts[0] / np.maximum(parts[1], 1)
    first, last = gap_bounds(seen)
    parts = summed[:, last] - summed[:, first]
    yield "gap_shared", parts[0] / np.maximum(parts[1], 1)
    yield from _cohesion(flat, owner, seen)


def named(lines: Sequence[Unit], seen: Marks) -> Iterator[Named]:
    """How many names the line has, and how many of them other lines of prose have as well: of whom all tell."""
    names = [{word for word in _INNER.findall(line.text) if word[0].isupper()} for line in lines]
    prose = Counter(name for own, good in zip(names, seen.good, strict=True) if good for name in own)
    alone = [1 + (good > 0) for good in seen.good]
    count = np.fromiter(map(len, names), float, len(names))
    shared = np.fromiter(
        (sum(prose[name] >= least for name in own) for own, least in zip(names, alone, strict=True)), float, len(names)
    )
    yield "names", count
    yield "names_shared", shared
    yield "names_share", np.where(count > 0, shared / np.maximum(count, 1), -1.0)


def _cohesion(flat: NDArray[np.intp], owner: NDArray[np.intp], seen: Marks) -> Iterator[Named]:
    """How many of the longer words of the run of prose that the line is in, or comes after, other runs share.

    `flat` are the lines' words, each once a line, as numbers; `owner` is the line of each.
    """
    where = np.flatnonzero(seen.good)
    count = len(seen.good)
    if len(where) == 0:
        yield "run_cohesion", np.zeros(count)
        yield "run_to_best", np.zeros(count)
        return
    number = np.concatenate([[0], np.cumsum(np.diff(where) > 2)])
    size = int(number[-1]) + 1
    many = int(flat.max(initial=0)) + 1
    prose = seen.good[owner] > 0
    pairs = np.unique(number[np.searchsorted(where, owner[prose])] * many + flat[prose])
    run, word = pairs // many, pairs % many
    total = np.bincount(word, minlength=many)
    best = int(np.argmax(np.bincount(number, seen.good[where])))
    known = np.zeros(many)
    known[word[run == best]] = 1
    every = np.maximum(1, np.bincount(run, minlength=size))
    near = np.bincount(run, total[word] > 1, size) / every
    to_best = np.bincount(run, known[word], size) / every
    to_best[best] = 1
    own = number[np.maximum(np.searchsorted(where, np.arange(count), side="right") - 1, 0)]
    yield "run_cohesion", near[own]
    yield "run_to_best", to_best[own]
