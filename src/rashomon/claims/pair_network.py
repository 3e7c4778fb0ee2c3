"""The network that says of each word near a cue whether it is what was said, who said it, the cue, or none of these.

A pair starts as the sum of its features' rows in one table; layers then look at the words beside it. Features that were
met too rarely to be learnt share the first row: each with a hashed row of its own, they would blur the others.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from rashomon.claims import pair_features
from rashomon.claims.hashing import Ints, Keys, places
from rashomon.claims.pair_features import Pairs
from rashomon.claims.parsed import Parsed
from rashomon.reader.network import Layer, even, largest

Floats = npt.NDArray[np.float32]

LABELS = ("none", "content", "speaker", "cue")


class Network(NamedTuple):
    """What was learnt."""

    table: Floats
    rows: npt.NDArray[np.integer]
    """For each of 2 ** bits places of a feature's key its row of the table."""
    entry: Layer
    """Only its bias, gain and shift are used: the sum of the rows made even."""
    layers: tuple[Layer, ...]
    reaches: tuple[int, ...]
    heads: Floats
    heads_bias: Floats

    @property
    def bits(self) -> int:
        return len(self.rows).bit_length() - 1


def chances(network: Network, text: Parsed, found: Pairs) -> Floats:
    """How likely each pair is to have each of the `LABELS`."""
    if not len(found.row):
        return np.zeros((0, len(LABELS)), dtype=np.float32)
    rows, inverse = np.unique(found.row, return_inverse=True)
    words = summed(network, pair_features.of_words(text)[rows])
    cues = summed(network, pair_features.of_cues(text, found.cues))
    entered = summed(network, pair_features.of_pairs(text, found))
    entered += words[inverse]
    entered += cues[found.which]
    entered += network.entry.bias
    at, total = spread(found.which, max(network.reaches))
    now = even(entered, network.entry)
    # Empty rows part the cues and stand at both ends, as many as the furthest reach.
    wide = np.zeros((total, now.shape[1]), dtype=np.float32)
    for layer, reach in zip(network.layers, network.reaches, strict=True):
        wide[at] = now
        now = now + maxout(np.concatenate([wide[at - reach], now, wide[at + reach]], axis=1), layer)
    scored = now @ network.heads + network.heads_bias
    scored -= scored.max(1, keepdims=True)
    np.exp(scored, out=scored)
    scored /= scored.sum(1, keepdims=True)
    return np.asarray(scored, dtype=np.float32)


def maxout(inputs: Floats, layer: Layer) -> Floats:
    """What the layer makes of each row."""
    raw = inputs @ layer.matrix
    raw += layer.bias
    return largest(raw, layer)


def summed(network: Network, keys: Keys) -> Floats:
    """The sum of each line's rows of the table."""
    rows = network.rows[places(keys, network.bits)]
    out: Floats = network.table[rows[:, 0]]
    for column in range(1, rows.shape[1]):
        out += network.table[rows[:, column]]
    return out


def numbered(known: npt.NDArray[np.generic]) -> npt.NDArray[np.integer]:
    """The rows of a table: one for each place that is known, in order, and the first for all others."""
    count = np.cumsum(known != 0)
    return np.where(known != 0, count, 0).astype(np.min_scalar_type(int(count[-1])))


def spread(which: Ints, gap: int) -> tuple[Ints, int]:
    """Where each pair stands when empty rows part the cues, and how many rows that makes."""
    at = np.arange(len(which)) + (which + 1) * gap
    return at, int(at[-1]) + 1 + gap
