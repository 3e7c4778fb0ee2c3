"""Numbers over the lines around each line: means, distances, and the stretch of the greatest sum."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from rashomon.pages.linemarks import Row
from rashomon.pages.shapes import running

Named = tuple[str, Row]

FAR = 50.0
"""Distances in lines are told apart up to here."""


def window(values: Row, before: int, after: int) -> Row:
    """The mean of the lines from so many before to so many after; -1 leaves the line itself out."""
    at, sums = np.arange(len(values)), running(values)
    low, high = np.clip(at - before, 0, len(values)), np.clip(at + after + 1, 0, len(values))
    return np.asarray((sums[high] - sums[low]) / np.maximum(1, high - low))


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


def stretch(values: Row) -> tuple[int, int]:
    """The stretch with the greatest sum, its start and end; empty where nothing is above 0."""
    sums = running(values)
    low = np.minimum.accumulate(sums)
    end = int(np.argmax(sums - low))
    return (int(np.argmin(sums[: end + 1])), end) if sums[end] > low[end] else (0, 0)


def spread(values: Row, first: NDArray[np.intp], last: NDArray[np.intp]) -> Row:
    """How unlike the values of each stretch are: their standard deviation over their mean."""
    sums, squares = running(values), running(values * values)
    long = np.maximum(1, last - first)
    mean = (sums[last] - sums[first]) / long
    return np.asarray(np.sqrt(np.maximum(0, (squares[last] - squares[first]) / long - mean * mean)) / (mean + 1))
