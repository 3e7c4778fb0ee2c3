"""What the plain words of a story's pages say about how many were killed or injured: none, one, two, three or more.

A softmax regression over hashed runs of one to three words of titles and openings, with inverse document
frequencies (`models/toll_words.npz`, made by `train/toll.py`). It sees what no pattern lists ("in grave condition",
"is facing a murder charge") and knows nothing of larger numbers; the trees of `toll` weigh it with what is counted.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from rashomon.model import Page

SIZE = 1 << 14
CLASSES = 4
"""None, one, two, three or more."""
_AREA, _WORDS = 1200, 220
# Characters and words of a page's opening.
_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*|\d+")
_LARGE = 12
# Figures above are one: which they are says nothing.


class Weights(NamedTuple):
    """Both kinds' regressions: `weight[kind, class, bucket]`, `bias[kind, class]`, and each bucket's rarity."""

    rarity: NDArray[np.float32]
    weight: NDArray[np.float32]
    bias: NDArray[np.float32]


def grams(pages: Sequence[Page]) -> dict[int, float]:
    """Bucket of a run of words → share of the pages that have it."""
    out: dict[int, float] = {}
    for page in pages:
        found: set[int] = set()
        for mark, text in (("t", page.title or ""), ("b", page.text[:_AREA])):
            words = ["#" if w.isdigit() and int(w) > _LARGE else w for w in _WORD.findall(text.lower())][:_WORDS]
            for size in (1, 2, 3):
                found.update(
                    crc32((mark + " ".join(words[at : at + size])).encode()) % SIZE
                    for at in range(len(words) - size + 1)
                )
        for bucket in found:
            out[bucket] = out.get(bucket, 0.0) + 1 / len(pages)
    return out


def vector(found: dict[int, float], rarity: NDArray[np.float32]) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
    """Buckets and their values, weighed by rarity and of length 1."""
    buckets = np.fromiter(found, np.intp, len(found))
    values = np.fromiter(found.values(), np.float32, len(found)) * rarity[buckets]
    return buckets, (values / (np.sqrt(values @ values) or 1.0)).astype(np.float32)


def chances(found: dict[int, float], weights: Weights) -> NDArray[np.float64]:
    """For each kind the chance of each class: two lines of four."""
    buckets, values = vector(found, weights.rarity)
    scores = weights.weight[:, :, buckets] @ values + weights.bias
    powers = np.exp(scores - scores.max(1, keepdims=True))
    return np.asarray(powers / powers.sum(1, keepdims=True), np.float64)


@cache
def own() -> Weights | None:
    """The weights that are shipped, or None where the file was left out."""
    place = files("rashomon.stories").joinpath("models", "toll_words.npz")
    if not place.is_file():
        return None
    with np.load(BytesIO(place.read_bytes()), allow_pickle=False) as arrays:
        scale = arrays["scale"].astype(np.float32)
        weight = arrays["weight"].astype(np.float32) * scale
        return Weights(arrays["rarity"].astype(np.float32), weight, arrays["bias"].astype(np.float32))


def saved(weights: Weights) -> bytes:
    """The weights as a file's bytes, in 8 bits each."""
    out = BytesIO()
    scale = np.abs(weights.weight).max() / 127
    rounded = np.round(weights.weight / scale).astype(np.int8)
    np.savez_compressed(out, rarity=weights.rarity.astype(np.float16), weight=rounded, scale=scale, bias=weights.bias)
    return out.getvalue()
