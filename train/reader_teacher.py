"""The teacher's weights as arrays, and its token vectors computed with numpy.

Both of the teacher's networks (one under tagger and parser, one under the names) embed a word by the same hashed rows,
mix them by a maxout layer, and pass four residual convolutions over their neighbours. The reader keeps the embedding,
which holds what the teacher knows of single words, and learns the rest.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from spacy.language import Language

from rashomon.reader.features import ROWS

Floats = npt.NDArray[np.float32]
PIECES = 3
WIDTH = 96


Layered = tuple[Floats, Floats, Floats, Floats]


class Tower(NamedTuple):
    """One of the teacher's networks: the rows of its tables one under another, and its maxout layers.

    Each layer is (weights, bias, gain, shift), the pieces of a maxout side by side.
    """

    table: Floats
    layers: tuple[Layered, ...]


class Teacher(NamedTuple):
    parse: Tower
    names: Tower


def weights(nlp: Language) -> Teacher:
    """The two networks of the pipeline."""
    names: Any = nlp.get_pipe("ner")
    parse: Any = nlp.get_pipe("tok2vec")
    return Teacher(_tower(parse.model), _tower(names.model.get_ref("tok2vec")))


def _tower(model: Any) -> Tower:
    nodes = list(model.walk())
    table = np.zeros((sum(ROWS), WIDTH), dtype=np.float32)
    first = 0
    for node, size in zip((node for node in nodes if node.name == "hashembed"), ROWS, strict=False):
        table[first : first + size] = node.get_param("E")
        first += size
    maxouts = [node for node in nodes if node.name == "maxout"]
    norms = [node for node in nodes if node.name == "layernorm"]
    layers = []
    for number, (maxout, norm) in enumerate(zip(maxouts, norms, strict=True)):
        across = maxout.get_param("W")
        matrix = across.transpose(2, 1, 0).reshape(across.shape[2], -1)
        if not number and len(matrix) < len(ROWS) * WIDTH:
            # The names' network does not look at the last attributes: rows of zeros stand for them.
            matrix = np.concatenate([matrix, np.zeros((len(ROWS) * WIDTH - len(matrix), matrix.shape[1]))])
        bias = maxout.get_param("b").T.reshape(-1)
        layers.append(
            tuple(
                np.ascontiguousarray(each, dtype=np.float32)
                for each in (matrix, bias, norm.get_param("G"), norm.get_param("b"))
            )
        )
    return Tower(table, tuple(layers))  # type: ignore[arg-type]


def embedded(tower: Tower, rows: npt.NDArray[np.int64]) -> Floats:
    """The vectors of words by themselves, from their rows."""
    summed = tower.table[rows].sum(2).reshape(len(rows), -1)
    return _layer(summed, tower.layers[0])


def contextual(tower: Tower, vectors: Floats) -> Floats:
    """The vectors of one text's words among their neighbours; the teacher takes rows of zeros for what is beyond it."""
    beyond = np.zeros((len(tower.layers) - 1, WIDTH), dtype=np.float32)
    vectors = np.concatenate([beyond, vectors, beyond])
    for layer in tower.layers[1:]:
        before = np.zeros_like(vectors)
        before[1:] = vectors[:-1]
        after = np.zeros_like(vectors)
        after[:-1] = vectors[1:]
        vectors = vectors + _layer(np.concatenate([before, vectors, after], 1), layer)
    return vectors[len(beyond) : -len(beyond)]


def thinned(tower: Tower, texts: Sequence[Floats], keep: int) -> tuple[Layered, ...]:
    """The layers over neighbours with only those pieces of each unit that win most often in these texts."""
    out = []
    vectors = [np.concatenate([text, np.zeros((1, WIDTH), np.float32)]) for text in texts]
    running = np.concatenate(vectors)
    for layer in tower.layers[1:]:
        matrix, bias, gain, shift = layer
        seen = np.concatenate([np.roll(running, 1, axis=0), running, np.roll(running, -1, axis=0)], 1)
        raw = (seen @ matrix + bias).reshape(len(seen), PIECES, WIDTH)
        won = np.stack([(raw.argmax(1) == piece).sum(0) for piece in range(PIECES)])
        best = np.sort(np.argsort(-won, axis=0, kind="stable")[:keep], axis=0)
        columns = (best * WIDTH + np.arange(WIDTH)).reshape(-1)
        out.append((np.ascontiguousarray(matrix[:, columns]), bias[columns].copy(), gain, shift))
        running = running + _layer(seen, layer)
    return tuple(out)


def _layer(inputs: Floats, layer: Layered) -> Floats:
    matrix, bias, gain, shift = layer
    out = np.maximum.reduce(np.split(inputs @ matrix + bias, PIECES, axis=1))
    out -= out.mean(1, keepdims=True)
    out /= np.sqrt((out * out).mean(1, keepdims=True) + 1e-8)
    return np.asarray(out * gain + shift)
