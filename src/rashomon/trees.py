"""Gradient-boosted trees that a script in `train/` made, read from a small file and evaluated with numpy alone.

LightGBM makes them (Ke et al. 2017) but needs a system library that a plain machine lacks, so what is
shipped is its trees as arrays. They are evaluated as QuickScorer does (Lucchese et al. 2015): every split
that a row fails rules out the leaves to its left, and the first leaf left over is the row's.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from io import BytesIO
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

LEAVES = 32
"""A tree has at most so many leaves: one bit each."""

Columns = NDArray[np.float32]


@dataclass(frozen=True)
class Trees:
    """A sum of trees. Splits stand tree by tree; the leaves of a tree are counted from left to right."""

    names: tuple[str, ...]
    """What each feature is called, in the order of the columns."""
    feature: NDArray[np.intp]
    """The feature that each split looks at."""
    threshold: NDArray[np.float32]
    """A row goes left where its feature is at most this."""
    gone: NDArray[np.uint32]
    """The leaves that are ruled out where a row goes right, one bit each."""
    starts: NDArray[np.intp]
    """Each tree's first split."""
    values: NDArray[np.float32]
    """Each tree's leaves, padded to `LEAVES`; one row a tree."""
    base: float
    """What is added to every sum."""

    def scores(self, columns: Columns) -> NDArray[np.float64]:
        """The sum of the trees for each row, as log-odds; `columns` has one line a feature, one column a row."""
        if columns.shape[0] != len(self.names):
            raise ValueError(f"the trees know {len(self.names)} features, not {columns.shape[0]}")
        rows = columns.shape[1]
        parts = [self._scores(columns[:, at : at + _ROWS]) for at in range(0, rows, _ROWS)]
        return np.concatenate(parts) if parts else np.zeros(0)

    def parted(self, count: int) -> tuple[Trees, Trees]:
        """The first so many trees, and the rest: the sums of both make that of all."""
        at = int(self.starts[count]) if count < len(self.starts) else len(self.feature)
        first = (self.feature[:at], self.threshold[:at], self.gone[:at], self.starts[:count], self.values[:count])
        rest = (self.feature[at:], self.threshold[at:], self.gone[at:], self.starts[count:] - at, self.values[count:])
        return Trees(self.names, *first, self.base), Trees(self.names, *rest, 0.0)

    @cached_property
    def _laid(self) -> _Laid:
        return _laid(self)

    def _scores(self, columns: Columns) -> NDArray[np.float64]:
        laid = self._laid
        rows, trees = columns.shape[1], len(self.starts)
        right = columns.take(laid.feature, axis=0) > laid.threshold
        # A product is several times as fast as a choice.
        lost = np.multiply(right.view(np.uint8), laid.gone)
        out = np.bitwise_or.reduce(lost.reshape(laid.most, trees * rows), axis=0)
        # The lowest bit that is not set: so many ones stand below it.
        one = out.dtype.type(1)
        leaf = np.bitwise_count((~out & (out + one)) - one).reshape(trees, rows)
        found = laid.values.take(leaf + laid.leaves)
        return np.asarray(found.sum(axis=0, dtype=np.float64) + self.base)


class _Laid(NamedTuple):
    """Trees as they are evaluated: the first splits of all trees, then their second ones, and so on.

    So a tree's splits are brought together by adding up long rows. A tree with fewer splits than others has some that
    rule nothing out.
    """

    feature: NDArray[np.intp]
    threshold: NDArray[np.float32]
    gone: NDArray[np.uint16] | NDArray[np.uint32]
    values: NDArray[np.float32]
    most: int
    """The splits of a tree."""
    leaves: NDArray[np.intp]
    """Where each tree's leaves begin."""


def _laid(trees: Trees) -> _Laid:
    count = len(trees.starts)
    sizes = np.diff(np.append(trees.starts, len(trees.feature)))
    most = int(sizes.max(initial=1))
    # Few leaves need half the bits.
    kind = np.uint32 if (trees.gone >> _NARROW).any() else np.uint16
    feature = np.zeros((most, count), np.intp)
    threshold, gone = np.zeros((most, count), np.float32), np.zeros((most, count), kind)
    tree = np.repeat(np.arange(count), sizes)
    place = np.arange(len(tree)) - np.repeat(trees.starts, sizes)
    feature[place, tree], threshold[place, tree], gone[place, tree] = trees.feature, trees.threshold, trees.gone
    return _Laid(
        feature.ravel(),
        threshold.reshape(-1, 1),
        gone.reshape(-1, 1),
        trees.values.ravel(),
        most,
        np.arange(count)[:, None] * trees.values.shape[1],
    )


_NARROW = 16
_ROWS = 1000
"""So many rows at a time: the memory does not grow with the page."""


def odds(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """Log-odds as probabilities."""
    return np.asarray(1 / (1 + np.exp(-scores)))


@cache
def shipped(room: str, name: str) -> Trees | None:
    """The trees `models/NAME.npz` of a room of rashomon ("pages"), or None where the file was left out."""
    place = files(f"rashomon.{room}").joinpath("models", f"{name}.npz")
    return loaded(place.read_bytes()) if place.is_file() else None


def loaded(data: bytes) -> Trees:
    """The trees of a file's bytes, as `saved` writes them."""
    with np.load(BytesIO(data), allow_pickle=False) as arrays:
        return Trees(
            tuple(str(arrays["names"]).split(" ")),
            arrays["feature"].astype(np.intp),
            arrays["threshold"],
            arrays["gone"],
            arrays["starts"].astype(np.intp),
            arrays["values"],
            float(arrays["base"]),
        )


def saved(trees: Trees) -> bytes:
    """The trees as a file's bytes: the same for the same trees."""
    out = BytesIO()
    arrays: dict[str, Any] = {
        "names": np.array(" ".join(trees.names)),
        "feature": trees.feature.astype(np.uint16),
        "threshold": trees.threshold,
        "gone": trees.gone,
        "starts": trees.starts.astype(np.uint32),
        "values": trees.values,
        "base": np.array(trees.base),
    }
    np.savez_compressed(out, allow_pickle=False, **arrays)
    return out.getvalue()
