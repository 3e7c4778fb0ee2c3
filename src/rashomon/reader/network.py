"""The network: words by themselves, then among their neighbours, then every head's scores at once.

A word by itself is the sum of its hashed rows, mixed by maxout layers; that depends on nothing around it, so it is
worked out once a word. Residual maxout convolutions then look some words to either side, and one matrix gives the
scores of all heads. After Honnibal's embed-encode-attend-predict; the rows and the first mixing are the teacher's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from rashomon.reader.features import Keys, rows_of_attribute

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

EPSILON = 1e-6
_BLOCK = 512
"""So many words go through a layer together: their numbers then stay in the processor's cache."""


class Layer(NamedTuple):
    """A maxout layer, its pieces side by side in the matrix, then made even (mean 0, deviation 1), scaled, shifted."""

    matrix: Floats
    bias: Floats
    gain: Floats
    shift: Floats


class Network(NamedTuple):
    """Everything the network has learnt. `table` holds each hashed row; `mixes` the first layers over parts of it."""

    table: Floats
    mixes: tuple[Layer, ...]
    entry: Floats
    entry_bias: Floats
    layers: tuple[Layer, ...]
    reaches: tuple[int, ...]
    heads: Floats
    heads_bias: Floats
    blocks: Mapping[str, slice]
    distances: Floats
    labels: Floats
    labels_bias: Floats
    names: Mapping[str, tuple[str, ...]]

    @property
    def width(self) -> int:
        return len(self.entry_bias)

    @property
    def gap(self) -> int:
        """Rows of zeros that keep two texts apart: as many as the layers look ahead and back together."""
        return 2 * sum(self.reaches)


def largest(raw: Floats, layer: Layer, out: Floats | None = None) -> Floats:
    """The largest piece of each unit, each row made even, scaled and shifted."""
    width = len(layer.gain)
    out = np.maximum(raw[:, :width], raw[:, width : 2 * width], out=out)
    for first in range(2 * width, raw.shape[1], width):
        np.maximum(out, raw[:, first : first + width], out=out)
    return even(out, layer)


def even(out: Floats, layer: Layer) -> Floats:
    """Each row made even, scaled and shifted, in place."""
    width = out.shape[1]
    out -= np.dot(out, np.full(width, 1 / width, dtype=np.float32))[:, None]
    spread = np.einsum("ij,ij->i", out, out)
    spread /= np.float32(width)
    spread += np.float32(EPSILON)
    np.sqrt(spread, out=spread)
    out *= np.reciprocal(spread)[:, None]
    out *= layer.gain
    out += layer.shift
    return out


def word_vectors(network: Network, keys: Keys) -> Floats:
    """Words by themselves, given by their attributes."""
    out: Floats = np.dot(mixed(network.table, network.mixes, keys), network.entry)
    out += network.entry_bias
    return out


def mixed(table: Floats, mixes: Sequence[Layer], keys: Keys) -> Floats:
    """The mixed rows of each word, one mix beside another; the table has each mix's columns side by side.

    What each attribute adds is worked out once for each of its values: many words share a suffix or a shape.
    """
    wide = table.shape[1] // len(mixes)
    raw = [np.tile(mix.bias, (len(keys), 1)) for mix in mixes]
    for column in range(keys.shape[1]):
        values, which = np.unique(keys[:, column], return_inverse=True)
        summed = table[rows_of_attribute(values, column)].sum(1)
        for number, mix in enumerate(mixes):
            part = np.ascontiguousarray(summed[:, number * wide : (number + 1) * wide])
            raw[number] += np.dot(part, mix.matrix[column * wide : (column + 1) * wide])[which]
    return np.concatenate([largest(each, mix) for each, mix in zip(raw, mixes, strict=True)], axis=1)


def among_neighbours(network: Network, words: Floats, running: Ints) -> Floats:
    """The vectors of running words, each having looked at those around it.

    `running` has the row of `words` that each word in its place has. Before, between and after texts are gaps, rows of
    zeros. What the first layer makes of a word beside another is the sum of what it makes of either, which is worked
    out once for each of the `words`.
    """
    count, width = len(running), words.shape[1]
    now, out = np.empty((2, count, width), dtype=np.float32)
    # Room for a block, made once.
    size = min(_BLOCK, count)
    wide = np.empty((size, 3 * width), dtype=np.float32)
    raws = [np.empty((size, layer.matrix.shape[1]), dtype=np.float32) for layer in network.layers[1:]]
    _first_layer(network, words, running, now)
    for layer, reach, raw in zip(network.layers[1:], network.reaches[1:], raws, strict=True):
        for first in range(0, count, _BLOCK):
            last = min(first + _BLOCK, count)
            part = raw[: last - first]
            np.dot(window(now, first, last, reach, wide), layer.matrix, out=part)
            part += layer.bias
            largest(part, layer, out[first:last])
            out[first:last] += now[first:last]
        now, out = out, now
    return now


def _first_layer(network: Network, words: Floats, running: Ints, out: Floats) -> None:
    layer, reach, width = network.layers[0], network.reaches[0], words.shape[1]
    before, itself, after = (np.dot(words, layer.matrix[at : at + width]) for at in (0, width, 2 * width))
    itself += layer.bias
    # What is beyond either end adds nothing.
    around = np.concatenate([np.full(reach, -1), running, np.full(reach, -1)])
    before, after = (np.concatenate([each, np.zeros_like(each[:1])]) for each in (before, after))
    raw, more = np.empty((2, min(_BLOCK, len(running)), itself.shape[1]), dtype=np.float32)
    for first in range(0, len(running), _BLOCK):
        last = min(first + _BLOCK, len(running))
        part, add = raw[: last - first], more[: last - first]
        np.take(itself, running[first:last], axis=0, out=part, mode="clip")
        for each, at in ((before, first), (after, first + 2 * reach)):
            part += np.take(each, around[at : at + last - first], axis=0, out=add, mode="wrap")
        largest(part, layer, out[first:last])
        out[first:last] += words[running[first:last]]


def window(vectors: Floats, first: int, last: int, reach: int, room: Floats) -> Floats:
    """Rows first to last, each between the rows `reach` before and after it; zeros stand for what is beyond."""
    count, width = last - first, vectors.shape[1]
    out = room[:count]
    lead = min(max(0, reach - first), count)
    out[:lead, :width] = 0
    out[lead:, :width] = vectors[first + lead - reach : last - reach]
    out[:, width : 2 * width] = vectors[first:last]
    trail = min(max(0, last + reach - len(vectors)), count)
    out[count - trail :, 2 * width :] = 0
    out[: count - trail, 2 * width :] = vectors[first + reach : last + reach - trail]
    return out


def scores(network: Network, vectors: Floats) -> Floats:
    """All heads' scores; `blocks` says which columns are whose."""
    out = np.empty((len(vectors), network.heads.shape[1]), dtype=np.float32)
    for first in range(0, len(vectors), _BLOCK):
        part = out[first : first + _BLOCK]
        np.dot(vectors[first : first + _BLOCK], network.heads, out=part)
        part += network.heads_bias
    return out
