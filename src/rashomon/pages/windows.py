"""Numbers over the lines around each line: sums, means, distances."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from rashomon.pages.linemarks import Row
from rashomon.pages.shapes import running

Named = tuple[str, Row]
Rows = NDArray[np.float64]
"""One row of numbers below the other."""

FAR = 50.0
"""Distances in lines are told apart up to here."""


def sums(values: Sequence[Row]) -> Rows:
    """The running sums of several rows, one below the other: means and sums of stretches from them."""
    out = np.zeros((len(values), len(values[0]) + 1))
    np.cumsum(np.stack(values), axis=1, out=out[:, 1:])
    return out


def window(values: Row, before: int, after: int) -> Row:
    """The mean of the lines from so many before to so many after; -1 leaves the line itself out."""
    return np.asarray(means(sums([values]), before, after)[0])


def means(summed: Rows, before: int, after: int) -> Rows:
    """The same of several rows, from their running sums."""
    count = summed.shape[1] - 1
    at = np.arange(count)
    low, high = np.maximum(at - before, 0), np.minimum(at + after + 1, count)
    np.minimum(low, count, out=low)
    np.maximum(high, 0, out=high)
    return np.asarray((summed[:, high] - summed[:, low]) / np.maximum(1, high - low))


def distances(name: str, where: NDArray[np.intp], at: NDArray[np.intp]) -> Iterator[Named]:
    """How far the next and the last of some lines are."""
    if len(where) == 0:
        yield f"{name}_next", np.full(len(at), FAR)
        yield f"{name}_last", np.full(len(at), FAR)
        return
    place = np.searchsorted(where, at)
    ahead = np.where(place < len(where), where[np.minimum(place, len(where) - 1)] - at, FAR)
    behind = np.where(place > 0, at - where[np.maximum(place - 1, 0)], FAR)
    yield f"{name}_next", np.minimum(FAR, ahead)
    yield f"{name}_last", np.minimum(FAR, behind)


def spread(values: Row, first: NDArray[np.intp], last: NDArray[np.intp]) -> Row:
    """How unlike the values of each stretch are: their standard deviation over their mean."""
    sums, squares = running(values), running(values * values)
    long = np.maximum(1, last - first)
    mean = (sums[last] - sums[first]) / long
    return np.asarray(np.sqrt(np.maximum(0, (squares[last] - squares[first]) / long - mean * mean)) / (mean + 1))


def reached(count: int, reach: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """The first line, and the line after the last, of each line's surroundings."""
    at = np.arange(count)
    return np.maximum(at - reach, 0), np.minimum(at + reach + 1, count)
