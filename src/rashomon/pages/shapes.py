"""The shapes of a page's blocks of text, counted for all of them at once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from rashomon.pages.tables import rows

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]

_ENDS = frozenset(".!?\"”»“'’)。！？」…؟।")
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9ffe]")
_EAST = 0x3040
"""No character below this is of an unspaced script."""
_LONG = 250
"""Blocks of so many characters are not looked through for words of furniture."""


@cache
def _furniture() -> frozenset[str]:
    """Words that furniture is made of."""
    return frozenset(word for row in rows("furniture") for word in row["words"].split())


class Shapes:
    """For each block: counts and shares, as arrays of one figure a block."""

    def __init__(self, texts: Sequence[str]) -> None:
        """`texts`: blocks whose white space is single spaces, none at their edges, none of them empty; at least one."""
        count = len(texts)
        self.count = count
        self.characters = np.fromiter(map(len, texts), np.float64, count)
        self.words = np.fromiter([text.count(" ") for text in texts], np.float64, count) + 1
        """Two characters of an unspaced script count as a word."""
        codes = np.frombuffer("".join(texts).encode("utf-16-le", "surrogatepass"), np.uint16)
        if codes.max() >= _EAST:
            self.words += np.fromiter([len(_UNSPACED.findall(text)) / 2 for text in texts], np.float64, count)
        self.full_stop = np.fromiter([text[-1] in _ENDS for text in texts], np.float64, count)
        self.furniture = np.fromiter(_furnished(texts), np.float64, count)


def _furnished(texts: Sequence[str]) -> Iterator[int]:
    """How many words of furniture each block has, if it is a short one."""
    known = _furniture()
    # All at once: a page has hundreds of short blocks.
    short = "\n".join([text if len(text) < _LONG else "" for text in texts]).lower().replace(":", " ")
    for words in map(str.split, short.split("\n")):
        yield 0 if known.isdisjoint(words) else sum(map(known.__contains__, words))


def shifted(line: Floats, step: int) -> Floats:
    """Each block's neighbour: `step` before it where positive, after it where negative; 0 beyond the edges."""
    out = np.zeros_like(line)
    if step > 0:
        out[step:] = line[:-step]
    else:
        out[:step] = line[-step:]
    return out


def running(line: Floats) -> Floats:
    """Sums of all that stands before each block, and before the end."""
    out = np.zeros(len(line) + 1)
    # Of an array's own functions and those of numpy, the former are called in a fraction of the time.
    np.add.accumulate(line, out=out[1:])
    return out


def window(sums: Floats, reach: int) -> Floats:
    """The mean over the blocks within `reach` of each, from `running` sums."""
    count = len(sums) - 1
    at = np.arange(count)
    left, right = np.maximum(0, at - reach), np.minimum(count, at + reach + 1)
    return np.asarray((sums[right] - sums[left]) / (right - left))


def best_run(worth: Floats) -> tuple[int, int]:
    """The run with the greatest sum, as (first, one past the last); empty where nothing is above 0."""
    sums = running(worth)
    low = np.minimum.accumulate(sums)
    end = int((sums - low).argmax())
    return (int(sums[: end + 1].argmin()), end) if sums[end] > low[end] else (0, 0)
