"""Features as numbers: several keys mixed into one, and its place in a table of weights."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Keys = npt.NDArray[np.uint64]
Ints = npt.NDArray[np.int64]

_TURN = np.uint64(0x9E3779B97F4A7C15)
_STIR = np.uint64(0xBF58476D1CE4E5B9)
_SHIFT = np.uint64(29)


def mixed(kind: int, *keys: Keys) -> Keys:
    """One key for each row of the keys together; `kind` keeps features of different kinds apart."""
    with np.errstate(over="ignore"):
        out = np.uint64(kind + 1) * _TURN
        for key in keys:
            out = (key ^ out) * _STIR  # type: ignore[assignment]
            out ^= out >> _SHIFT
        return np.asarray(out * _TURN)


def places(keys: Keys, bits: int) -> Ints:
    """Where each key's weight stands in a table of 2 ** bits rows."""
    return (keys >> np.uint64(64 - bits)).astype(np.int64)


def bucketed(far: Ints) -> Keys:
    """Distances in words, signed, by their size: 0 to 3 each alone, then up to 6, 12, 25, 50, more."""
    size = np.searchsorted(_SIZES, np.abs(far), side="right")
    return np.where(far < 0, size + 16, size).astype(np.uint64)


_SIZES = np.array([1, 2, 3, 4, 7, 13, 26, 51])
