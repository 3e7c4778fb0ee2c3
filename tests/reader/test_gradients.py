"""Every gradient that was worked out by hand against finite differences, in double precision."""

from __future__ import annotations

import numpy as np
import pytest

from reader_gradients import Batch, Shape, Weights, loss_and_gradients
from reader_learn import fresh, heads_of

WIDTH, TAGS, KINDS, DEPS, HINTS = 8, 5, 2, 4, 192
REACHES = (1, 2)


def a_batch(rng: np.random.Generator) -> Batch:
    """Two made-up texts of two sentences and one, with gaps between, some of it not known."""
    words = np.array([0, 1, 2, 3, 1, 4, -1, -1, 5, 0, 2, -1, -1])
    gaps = words < 0
    count = len(words)
    ents = rng.random((count, 1 + 4 * KINDS))
    ents /= ents.sum(1, keepdims=True)
    ents[gaps | (words == 4)] = 0
    return Batch(
        rng.standard_normal((6, 2 * 96)),
        words,
        np.where(gaps, -1, rng.integers(0, TAGS, count)),
        np.array([1, 0, 0, 1, 0, 0, -1, -1, 1, 0, 0, -1, -1]),
        np.array([1, 1, 1, 4, 4, -1, -1, -1, 8, 8, 9, -1, -1]),
        np.where(gaps, -1, rng.integers(0, DEPS, count)),
        ents,
        rng.standard_normal((count, HINTS)),
        [(0, 3), (3, 6), (8, 11)],
    )


def total(weights: Weights, shape: Shape, batch: Batch) -> float:
    losses, _ = loss_and_gradients(weights, shape, batch, None)
    return sum(shape.weigh[name] * loss for name, loss in losses.items())


@pytest.mark.parametrize("folds", [2, 3])
def test_gradients_are_those_of_finite_differences(folds: int) -> None:
    rng = np.random.default_rng(3)
    weigh = {"tag": 1.0, "ent": 2.0, "start": 0.5, "arc": 1.5, "label": 0.7, "hint": 0.3}
    shape = Shape(REACHES, heads_of(TAGS, KINDS), weigh)
    weights = {name: each.astype(np.float64) for name, each in fresh(shape, (folds, 2), WIDTH, DEPS, rng).items()}
    for each in weights.values():
        each += 0.1 * rng.standard_normal(each.shape)
    batch = a_batch(rng)
    _, gradients = loss_and_gradients(weights, shape, batch, None)
    assert gradients.keys() == weights.keys()
    step = 1e-6
    for name, each in weights.items():
        flat, slopes = each.reshape(-1), gradients[name].reshape(-1)
        for at in rng.integers(0, len(flat), 12).tolist():
            kept = flat[at]
            flat[at] = kept + step
            above = total(weights, shape, batch)
            flat[at] = kept - step
            below = total(weights, shape, batch)
            flat[at] = kept
            assert slopes[at] == pytest.approx((above - below) / (2 * step), rel=1e-4, abs=1e-5), (name, at)
