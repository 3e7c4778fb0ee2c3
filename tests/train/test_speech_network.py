"""The gradients of the network over cues and words, held against finite differences."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("scipy", reason="scipy comes with what training needs")

import speech_network as network


def _batch(random: np.random.Generator, rows: int) -> network.Batch:
    which = np.sort(random.integers(0, 2, 7))
    return network.Batch(
        words=random.integers(0, rows, (4, 2)),
        row=random.integers(0, 4, 7),
        cues=random.integers(0, rows, (2, 3)),
        which=which,
        pairs=random.integers(0, rows, (7, 3)),
        labels=random.integers(0, 4, 7),
    )


def test_gradients_are_those_of_finite_differences() -> None:
    random = np.random.default_rng(0)
    width, reaches = 6, (1, 2)
    weights = {
        "table": random.normal(0, 1, (11, width)),
        "entry.bias": random.normal(0, 0.1, width),
        "entry.gain": random.normal(1, 0.1, width),
        "entry.shift": random.normal(0, 0.1, width),
        "heads": random.normal(0, 0.5, (width, 4)),
        "heads.bias": random.normal(0, 0.1, 4),
    }
    for at in range(len(reaches)):
        weights[f"{at}.matrix"] = random.normal(0, 0.5, (3 * width, network.PIECES * width))
        weights[f"{at}.bias"] = random.normal(0, 0.1, network.PIECES * width)
        weights[f"{at}.gain"] = random.normal(1, 0.1, width)
        weights[f"{at}.shift"] = random.normal(0, 0.1, width)
    batch = _batch(random, 11)
    _, gradients = network.loss_and_gradients(weights, reaches, batch, random, 0.0)
    for name, value in weights.items():
        for place in random.integers(0, value.size, 6).tolist():
            spot = np.unravel_index(place, value.shape)
            losses = []
            for step in (1e-5, -1e-5):
                value[spot] += step
                losses.append(network.loss_and_gradients(weights, reaches, batch, random, 0.0)[0])
                value[spot] -= step
            assert gradients[name][spot] == pytest.approx((losses[0] - losses[1]) / 2e-5, rel=2e-3, abs=1e-4), name
