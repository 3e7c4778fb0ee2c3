"""The model file: arrays in half floats and bytes, and the names that their columns stand for.

`train/reader_learn.py` writes it; MODEL_CARD.md beside the file says what it was made from, and what it can do.
"""

from __future__ import annotations

from importlib.resources import files
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from rashomon.reader.lemmas import Lemmas, read
from rashomon.reader.network import Layer, Network

FILE = "english.npz"


class Model(NamedTuple):
    """The network, the tables of lemmas, and spellings as pairs of spaCy's hashes."""

    network: Network
    lemmas: Lemmas
    norms: npt.NDArray[np.uint64]


def is_there() -> bool:
    """Whether the package holds the model file."""
    return (files("rashomon.reader") / FILE).is_file()


def load(path: Any = None) -> Model:
    """The model in that file; without a path the one in the package."""
    with (files("rashomon.reader") / FILE if path is None else path).open("rb") as raw, np.load(raw) as arrays:
        return _model(dict(arrays))


def _model(arrays: dict[str, Any]) -> Model:
    def floats(name: str) -> Any:
        return np.ascontiguousarray(arrays[name], dtype=np.float32)

    def layer(name: str) -> Layer:
        return Layer(*(floats(f"{name}.{part}") for part in Layer._fields))

    table, scale = arrays["table"], floats("table.scale")
    parts = table.reshape(len(table), scale.shape[1], -1) * scale[:, :, None]
    reaches = tuple(arrays["reaches"].tolist())
    blocks = (line.split() for line in arrays["blocks"].tolist())
    network = Network(
        table=parts.reshape(len(table), -1),
        mixes=tuple(layer(f"mix{number}") for number in range(scale.shape[1])),
        entry=floats("entry.matrix"),
        entry_bias=floats("entry.bias"),
        layers=tuple(layer(f"layer{number}") for number in range(len(reaches))),
        reaches=reaches,
        heads=floats("heads.matrix"),
        heads_bias=floats("heads.bias"),
        blocks={name: slice(int(first), int(last)) for name, first, last in blocks},
        distances=floats("distances"),
        labels=floats("labels"),
        labels_bias=floats("labels.bias"),
        names={name: tuple(arrays[f"names.{name}"].tolist()) for name in ("tags", "deps", "kinds")},
    )
    tables = (arrays[f"lemmas.{name}"].tobytes().decode() for name in Lemmas._fields)
    return Model(network, read(*tables), arrays["norms"])
