"""The shapes of a page's blocks of text, counted for all of them at once."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from rashomon.pages.tables import rows

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]

_PLANE = 0x10000
_FIELD = 21
"""Bits that one count takes of a number: three are added up at once, for blocks of up to two million characters."""
_ONE, _TWO, _THREE = (1 << at * _FIELD for at in range(3))
_COUNT = _TWO - 1
_ENDS = frozenset(".!?\"”»“'’)。！？」…؟।")
_LONG = 250
"""Blocks of so many characters are not looked through for words of furniture."""


@cache
def _classes() -> tuple[NDArray[np.bool_], NDArray[np.uint64], NDArray[np.uint64]]:
    """Of each character of the first plane: whether it is white space; one in the field of each class that it is in.

    The fields are those of small letters, capitals and stops; and of commas, quotes and unspaced scripts.
    """
    space = np.zeros(_PLANE, bool)
    first, second = np.zeros(_PLANE, np.uint64), np.zeros(_PLANE, np.uint64)
    for code in range(_PLANE):
        char = chr(code)
        category = unicodedata.category(char)
        if category == "Cs":
            continue
        space[code] = char.isspace()
        upper = category in {"Lu", "Lt"}
        first[code] = _ONE * (category.startswith("L") and not upper) | _TWO * upper | _THREE * (char in ".!?。！？؟।")
        second[code] = (
            _ONE * (char in ",;،、，")
            | _TWO * (char in "\"'“”„«»‘’「」")
            | _THREE * (0x3040 <= code < 0x3100 or 0x3400 <= code < 0x9FFF)
        )
    return space, first, second


@cache
def _furniture() -> frozenset[str]:
    """Words that furniture is made of."""
    return frozenset(word for row in rows("furniture") for word in row["words"].split())


class Shapes:
    """For each block: counts and shares, as arrays of one figure a block."""

    def __init__(self, texts: Sequence[str]) -> None:
        """`texts`: blocks without white space at their edges, none of them empty; there is one at least."""
        count = len(texts)
        self.count = count
        size = np.fromiter(map(len, texts), np.intp, count)
        starts = np.zeros(count, np.intp)
        np.cumsum(size[:-1] + 1, out=starts[1:])
        codes = np.frombuffer("\n".join(texts).encode("utf-32-le", "replace"), np.uint32)
        codes = np.minimum(codes, _PLANE - 1)
        space, first, second = (table.take(codes) for table in _classes())
        opens = ~space
        opens[1:] &= space[:-1]
        # Words, and those of them that begin with a capital.
        heads = opens * (_ONE + (first & (_TWO * _COUNT)))
        sums = np.add.reduceat(np.stack((first, second, heads)), starts, axis=1)
        small, upper, self.stops = _parted(sums[0])
        commas, self.quotes, unspaced = _parted(sums[1])
        spaced, initials, _ = _parted(sums[2])
        self.characters = size.astype(np.float64)
        self.words = spaced + unspaced / 2
        """Two characters of an unspaced script count as a word."""
        self.initials = initials / np.maximum(1, spaced)
        self.capitals = upper / np.maximum(1, small + upper)
        self.commas = commas / (self.words + 1)
        self.full_stop = np.fromiter((text[-1] in _ENDS for text in texts), np.float64, count)
        self.furniture = np.fromiter(map(_furnished, texts), np.float64, count)


def _parted(sums: NDArray[np.uint64]) -> tuple[Floats, Floats, Floats]:
    """The three counts that were added up in one number each."""
    first, second, third = (((sums >> np.uint64(at * _FIELD)) & _COUNT).astype(np.float64) for at in range(3))
    return first, second, third


def _furnished(text: str) -> int:
    """How many words of furniture a short block has."""
    if len(text) >= _LONG:
        return 0
    words = text.lower()
    words = words.replace(":", " ") if ":" in words else words
    known, found = _furniture(), words.split()
    return 0 if known.isdisjoint(found) else sum(map(known.__contains__, found))


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
    np.cumsum(line, out=out[1:])
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
    end = int(np.argmax(sums - low))
    return (int(np.argmin(sums[: end + 1])), end) if sums[end] > low[end] else (0, 0)
