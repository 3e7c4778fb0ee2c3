"""The shapes of a page's blocks of text, counted for all of them at once."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from rashomon.pages.tables import rows

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]

_SPACE, _DIGIT, _UPPER, _COMMA, _STOP, _UNSPACED, _QUOTE, _LETTER, _MARK = (1 << at for at in range(9))
_PLANE = 0x10000
_ENDS = frozenset(".!?\"”»“'’)。！？」…؟।")
_LONG = 250
"""Blocks of so many characters are not looked through for words of furniture."""


@cache
def _classes() -> NDArray[np.uint16]:
    """What each character of the first plane is, one bit a class."""
    out = np.zeros(_PLANE, np.uint16)
    for code in range(_PLANE):
        char = chr(code)
        category = unicodedata.category(char)
        if category == "Cs":
            continue
        out[code] = (
            _SPACE * char.isspace()
            | _DIGIT * char.isdigit()
            | _UPPER * (category in {"Lu", "Lt"})
            | _COMMA * (char in ",;،、，")
            | _STOP * (char in ".!?。！？؟।")
            | _UNSPACED * (0x3040 <= code < 0x3100 or 0x3400 <= code < 0x9FFF)
            | _QUOTE * (char in "\"'“”„«»‘’「」")
            | _LETTER * category.startswith("L")
            | _MARK * (char in "|»›·•:@/")
        )
    return out


@cache
def _furniture() -> frozenset[str]:
    """Words that furniture is made of."""
    return frozenset(word for row in rows("furniture") for word in row["words"].split())


class Shapes:
    """For each block: counts and shares, as arrays of one figure a block."""

    def __init__(self, texts: Sequence[str]) -> None:
        """`texts`: blocks without white space at their edges, none of them empty."""
        count = len(texts)
        self.count = count
        size = np.fromiter(map(len, texts), np.intp, count)
        starts = np.zeros(count, np.intp)
        np.cumsum(size[:-1] + 1, out=starts[1:])
        codes = np.frombuffer("\n".join(texts).encode("utf-32-le", "replace"), np.uint32)
        classes = _classes()[np.minimum(codes, _PLANE - 1)]
        opens = np.empty(len(classes), bool)
        opens[:1] = True
        space = classes & _SPACE > 0
        np.logical_and(space[:-1], ~space[1:], out=opens[1:])

        def total(bits: NDArray[np.bool_]) -> Floats:
            return np.add.reduceat(bits, starts, dtype=np.float64) if count else np.zeros(0)

        self.characters = size.astype(np.float64)
        self.unspaced = total(classes & _UNSPACED > 0) / 2
        spaced = total(opens)
        self.words = spaced + self.unspaced
        """Two characters of an unspaced script count as a word."""
        self.word_length = self.characters / np.maximum(1, spaced)
        self.initials = total(opens & (classes & _UPPER > 0)) / np.maximum(1, spaced)
        self.letters = total(classes & _LETTER > 0)
        self.capitals = total(classes & _UPPER > 0) / np.maximum(1, self.letters)
        self.digits = total(classes & _DIGIT > 0) / self.characters
        self.commas = total(classes & _COMMA > 0) / (self.words + 1)
        self.stops = total(classes & _STOP > 0)
        self.quotes = total(classes & _QUOTE > 0)
        self.marks = total(classes & _MARK > 0) / self.characters
        self.full_stop = np.fromiter((text[-1] in _ENDS for text in texts), np.float64, count)
        self.furniture = np.fromiter(map(_furnished, texts), np.float64, count)
        copies = Counter(texts)
        self.copies = np.fromiter(map(copies.__getitem__, texts), np.float64, count)


def _furnished(text: str) -> int:
    """How many words of furniture a short block has."""
    if len(text) >= _LONG:
        return 0
    return sum(map(_furniture().__contains__, text.lower().replace(":", " ").split()))


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


def best_run(worth: Sequence[float]) -> tuple[int, int]:
    """The run of blocks with the greatest sum (Kadane's algorithm), as (first, one past the last)."""
    best = total = 0.0
    start, place = 0, (0, 0)
    for at, value in enumerate(worth):
        if total <= 0:
            total, start = 0.0, at
        total += value
        if total > best:
            best, place = total, (start, at + 1)
    return place


def bits(numbers: Ints, count: int) -> NDArray[np.bool_]:
    """The lowest `count` bits of each number, one line a bit."""
    return np.asarray((numbers[None] >> np.arange(count)[:, None]) & 1, bool)
