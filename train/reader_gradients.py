"""The network's loss on a batch and how it changes with every weight, worked out by hand.

Everything is summed over words; `tests/reader/test_gradients.py` holds each gradient against finite differences.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from thinc.api import NumpyOps

from rashomon.reader.decoding import BUCKET_OF, BUCKETS, buckets_to, by_size
from rashomon.reader.network import EPSILON

Floats = npt.NDArray[Any]
Ints = npt.NDArray[np.int64]
Weights = dict[str, Floats]

_NEVER = np.float32(-1e9)
_scatter = NumpyOps().scatter_add


class Batch(NamedTuple):
    """Running words of some texts, rows of gap between them; -1 in a gold column is not known, so not learnt from.

    `words` numbers rows of `vectors`, -1 in a gap. `ents` has a row of likelihoods a word, of zeros where not known.
    """

    vectors: Floats
    words: Ints
    tags: Ints
    starts: Ints
    heads: Ints
    deps: Ints
    ents: Floats
    hints: Floats
    sentences: list[tuple[int, int]]


class Shape(NamedTuple):
    """What is chosen before training: the layers' reaches, the heads' blocks, what each loss weighs."""

    reaches: tuple[int, ...]
    blocks: dict[str, slice]
    weigh: dict[str, float]


class _Maxed(NamedTuple):
    """What a maxout layer keeps for the way back."""

    inputs: Floats
    which: npt.NDArray[np.int8]
    even: Floats
    inverse: Floats


def loss_and_gradients(
    weights: Weights, shape: Shape, batch: Batch, masks: tuple[Floats, Floats] | None
) -> tuple[dict[str, float], Weights]:
    """Each part of the loss, summed, and the gradient of their weighed sum; `masks` are dropouts of entry and top."""
    entered = batch.vectors @ weights["entry.matrix"] + weights["entry.bias"]
    running = entered[batch.words]
    gaps = batch.words < 0
    running[gaps] = 0
    if masks:
        running *= masks[0]
    kept = []
    now = running
    for number, reach in enumerate(shape.reaches):
        out, seen = _maxout(weights, f"layer{number}", _windows(now, reach))
        now = now + out
        kept.append(seen)
    top = now * masks[1] if masks else now
    scored = top @ weights["heads.matrix"] + weights["heads.bias"]

    losses, back, gradients = _heads(weights, shape, batch, scored)
    gradients["heads.matrix"], gradients["heads.bias"] = top.T @ back, back.sum(0)
    change = back @ weights["heads.matrix"].T
    losses["hint"], dhint = _hint(weights, batch, top, gaps)
    dhint *= shape.weigh["hint"]
    gradients["hint.matrix"], gradients["hint.bias"] = top.T @ dhint, dhint.sum(0)
    change += dhint @ weights["hint.matrix"].T
    if masks:
        change *= masks[1]
    for number in reversed(range(len(shape.reaches))):
        inner = _maxout_back(weights, f"layer{number}", kept[number], change, gradients)
        change = change + _windows_back(inner, shape.reaches[number])
    if masks:
        change *= masks[0]
    change[gaps] = 0
    into = np.zeros_like(entered)
    real = ~gaps
    _add(into, batch.words[real], np.ascontiguousarray(change[real]))
    gradients["entry.matrix"], gradients["entry.bias"] = batch.vectors.T @ into, into.sum(0)
    return losses, gradients


def _maxout(weights: Weights, name: str, inputs: Floats) -> tuple[Floats, _Maxed]:
    gain, shift = weights[f"{name}.gain"], weights[f"{name}.shift"]
    width = len(gain)
    raw = inputs @ weights[f"{name}.matrix"]
    raw += weights[f"{name}.bias"]
    best, which = raw[:, :width].copy(), np.zeros((len(raw), width), dtype=np.int8)
    for piece in range(1, raw.shape[1] // width):
        part = raw[:, piece * width : (piece + 1) * width]
        np.copyto(which, piece, where=part > best)
        np.maximum(best, part, out=best)
    best -= best.mean(1, keepdims=True)
    inverse = 1 / np.sqrt(np.einsum("ij,ij->i", best, best)[:, None] / width + EPSILON)
    best *= inverse
    return best * gain + shift, _Maxed(inputs, which, best, inverse)


def _maxout_back(weights: Weights, name: str, kept: _Maxed, change: Floats, gradients: Weights) -> Floats:
    """The gradient for the layer's inputs; its weights' go into `gradients`."""
    gradients[f"{name}.gain"] = np.einsum("ij,ij->j", change, kept.even)
    gradients[f"{name}.shift"] = change.sum(0)
    change = change * weights[f"{name}.gain"]
    change -= change.mean(1, keepdims=True)
    change -= kept.even * (np.einsum("ij,ij->i", change, kept.even)[:, None] / change.shape[1])
    change *= kept.inverse
    matrix = weights[f"{name}.matrix"]
    pieces = matrix.shape[1] // change.shape[1]
    raw = np.concatenate([change * (kept.which == piece) for piece in range(pieces)], axis=1)
    gradients[f"{name}.matrix"], gradients[f"{name}.bias"] = kept.inputs.T @ raw, raw.sum(0)
    return raw @ matrix.T


def _windows(vectors: Floats, reach: int) -> Floats:
    width = vectors.shape[1]
    out = np.zeros((len(vectors), 3 * width), dtype=vectors.dtype)
    out[reach:, :width] = vectors[:-reach]
    out[:, width : 2 * width] = vectors
    out[:-reach, 2 * width :] = vectors[reach:]
    return out


def _windows_back(change: Floats, reach: int) -> Floats:
    width = change.shape[1] // 3
    out = change[:, width : 2 * width].copy()
    out[:-reach] += change[reach:, :width]
    out[reach:] += change[:-reach, 2 * width :]
    return out


def _heads(weights: Weights, shape: Shape, batch: Batch, scored: Floats) -> tuple[dict[str, float], Floats, Weights]:
    """The losses of tags, starts, names, arcs and labels; the gradient for the scores, and for the labels' weights."""
    back = np.zeros_like(scored)
    block, weigh = shape.blocks, shape.weigh
    losses: dict[str, float] = {}
    gradients: Weights = {}
    losses["tag"], change = _choice(scored[:, block["tag"]], batch.tags)
    back[:, block["tag"]] = change * weigh["tag"]
    losses["ent"], change = _likelihood(scored[:, block["ent"]], batch.ents)
    back[:, block["ent"]] = change * weigh["ent"]
    losses["start"], change = _yes(scored[:, block["start"]][:, 0], batch.starts)
    back[:, block["start"]] = change[:, None] * weigh["start"]
    losses["arc"] = 0.0
    for size, bounds in by_size(batch.sentences):
        losses["arc"] += _arcs(shape, batch, scored, size, bounds, back)
    losses["label"] = _labels(weights, shape, batch, scored, back, gradients)
    return losses, back, gradients


def _choice(scored: Floats, gold: Ints) -> tuple[float, Floats]:
    """Cross-entropy of the softmax over the last axis; rows whose gold is -1 are left out."""
    known = gold >= 0
    shifted = scored - scored.max(-1, keepdims=True)
    likely = np.exp(shifted)
    total = likely.sum(-1, keepdims=True)
    likely /= total
    where = (*np.nonzero(known), gold[known])
    loss = float(np.log(total[..., 0][known]).sum() - shifted[where].sum())
    likely[where] -= 1
    likely[~known] = 0
    return loss, likely


def _likelihood(scored: Floats, gold: Floats) -> tuple[float, Floats]:
    """Cross-entropy against likelihoods; rows of zeros are left out."""
    shifted = scored - scored.max(1, keepdims=True)
    likely = np.exp(shifted)
    total = likely.sum(1, keepdims=True)
    mass = gold.sum(1, keepdims=True)
    loss = float((np.log(total) * mass).sum() - (shifted * gold).sum())
    likely *= mass / total
    likely -= gold
    return loss, likely


def _yes(scored: Floats, gold: Ints) -> tuple[float, Floats]:
    """Cross-entropy of yes (1) and no (0)."""
    known = (gold >= 0).astype(scored.dtype)
    loss = float(((np.logaddexp(0, scored) - scored * gold) * known).sum())
    return loss, (1 / (1 + np.exp(-scored)) - gold) * known


def _arcs(shape: Shape, batch: Batch, scored: Floats, size: int, bounds: Ints, back: Floats) -> float:
    """The loss of the heads of sentences filled up to one size; their gradient goes into `back`."""
    block = shape.blocks
    rows = bounds[:, :1] + np.arange(size)
    inside = rows < bounds[:, 1:]
    rows = np.where(inside, rows, bounds[:, :1])
    bucket = np.broadcast_to(BUCKET_OF[:size, :size], (len(rows), size, size))
    diagonal = np.arange(size)
    dependent, head = scored[rows, block["arc_dependent"]], scored[rows, block["arc_head"]]
    arcs = np.matmul(dependent, head.transpose(0, 2, 1))
    arcs += np.where(inside, scored[rows, block["head_bias"]][:, :, 0], _NEVER)[:, None, :]
    arcs += np.take_along_axis(scored[rows, block["distance_dependent"]], bucket, 2)
    arcs += np.take_along_axis(scored[rows, block["distance_head"]], bucket, 2).transpose(0, 2, 1)
    arcs[:, diagonal, diagonal] = scored[rows, block["root"]][:, :, 0]
    gold = np.where(inside & (batch.heads[rows] >= 0), batch.heads[rows] - bounds[:, :1], -1)
    loss, change = _choice(arcs, gold)
    change *= shape.weigh["arc"]
    where = rows[inside]
    back[where, block["root"]] += change[:, diagonal, diagonal][inside][:, None]
    change[:, diagonal, diagonal] = 0
    back[where, block["arc_dependent"]] += np.matmul(change, head)[inside]
    back[where, block["arc_head"]] += np.matmul(change.transpose(0, 2, 1), dependent)[inside]
    back[where, block["head_bias"]] += change.sum(1)[inside][:, None]
    steps = (BUCKET_OF[:size, :size, None] == np.arange(BUCKETS)).astype(change.dtype)
    seen = np.matmul(change.transpose(1, 0, 2), steps).transpose(1, 0, 2)
    back[where, block["distance_dependent"]] += seen[inside]
    seen = np.matmul(change.transpose(2, 0, 1), steps).transpose(1, 0, 2)
    back[where, block["distance_head"]] += seen[inside]
    return loss


def _labels(weights: Weights, shape: Shape, batch: Batch, scored: Floats, back: Floats, gradients: Weights) -> float:
    """The loss of the labels, given the true heads."""
    block = shape.blocks
    known = np.flatnonzero((batch.deps >= 0) & (batch.heads >= 0))
    heads = batch.heads[known]
    buckets = buckets_to(heads - known)
    hidden = scored[known, block["label_dependent"]] + scored[heads, block["label_head"]]
    hidden += weights["distances"][buckets]
    np.maximum(hidden, 0, out=hidden)
    loss, change = _choice(hidden @ weights["labels"] + weights["labels.bias"], batch.deps[known])
    change *= shape.weigh["label"]
    gradients["labels"], gradients["labels.bias"] = hidden.T @ change, change.sum(0)
    inner = np.ascontiguousarray((change @ weights["labels"].T) * (hidden > 0))
    gradients["distances"] = np.zeros_like(weights["distances"])
    _add(gradients["distances"], buckets, inner)
    back[known, block["label_dependent"]] += inner
    into = np.zeros((len(scored), inner.shape[1]), dtype=inner.dtype)
    _add(into, heads, inner)
    back[:, block["label_head"]] += into
    return loss


def _add(out: Floats, rows: Ints, what: Floats) -> None:
    if out.dtype == np.float32:
        _scatter(out, rows.astype("i"), what)
    else:
        np.add.at(out, rows, what)


def _hint(weights: Weights, batch: Batch, top: Floats, gaps: npt.NDArray[np.bool_]) -> tuple[float, Floats]:
    """Half the squared distance to what the teacher's networks make of the same word in the same place."""
    away = top @ weights["hint.matrix"] + weights["hint.bias"] - batch.hints
    away[gaps] = 0
    away /= away.shape[1]
    return float((away * away).sum() / 2 * away.shape[1]), away
