"""Fit gradient-boosted trees with LightGBM and turn them into the arrays that `rashomon.trees` evaluates."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rashomon.trees import LEAVES, Trees

Node = dict[str, Any]

SETTINGS: dict[str, Any] = {
    "objective": "binary",
    "num_leaves": 24,
    "learning_rate": 0.06,
    "min_data_in_leaf": 40,
    "feature_fraction": 0.35,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "lambda_l2": 5.0,
    "max_bin": 127,
    "seed": 0,
    "deterministic": True,
    "force_row_wise": True,
    "num_threads": 1,
    "verbosity": -1,
}
"""One thread and one seed: the same rows give the same trees."""


def fit(
    columns: NDArray[np.float32],
    labels: NDArray[np.float64],
    names: Sequence[str],
    *,
    rounds: int,
    weights: NDArray[np.float64] | None = None,
    groups: NDArray[np.int64] | None = None,
    **settings: Any,
) -> Trees:
    """Trees that tell rows of label 1 from those of label 0; `columns` has one line a feature, one column a row.

    With an objective that ranks, `groups` are the sizes of the groups, in which rows stand together.
    """
    import lightgbm

    data = lightgbm.Dataset(np.ascontiguousarray(columns.T), labels, weight=weights, group=groups)
    booster = lightgbm.train({**SETTINGS, **settings}, data, rounds)
    return converted(booster.dump_model(), names)


def converted(model: Node, names: Sequence[str]) -> Trees:
    """The trees of a LightGBM model as it dumps itself."""
    feature: list[int] = []
    threshold: list[float] = []
    gone: list[int] = []
    starts: list[int] = []
    values: list[list[float]] = []
    base = 0.0
    for tree in model["tree_info"]:
        root = tree["tree_structure"]
        if "split_feature" not in root:
            base += root["leaf_value"]
            continue
        leaves: list[float] = []
        starts.append(len(feature))
        _walk(root, leaves, feature, threshold, gone)
        if len(leaves) > LEAVES:
            raise ValueError(f"a tree has {len(leaves)} leaves, more than {LEAVES}")
        values.append(leaves + [0.0] * (LEAVES - len(leaves)))
    return Trees(
        tuple(names),
        np.array(feature, np.intp),
        _down(np.array(threshold, np.float64)),
        np.array(gone, np.uint32),
        np.array(starts, np.intp),
        np.array(values, np.float32).reshape(len(starts), LEAVES),
        base,
    )


def _walk(node: Node, leaves: list[float], feature: list[int], threshold: list[float], gone: list[int]) -> None:
    """Add a subtree's leaves from left to right, and its splits with the leaves that they rule out."""
    if "split_feature" not in node:
        leaves.append(node["leaf_value"])
        return
    first = len(leaves)
    place = len(feature)
    feature.append(node["split_feature"])
    threshold.append(node["threshold"])
    gone.append(0)
    _walk(node["left_child"], leaves, feature, threshold, gone)
    gone[place] = ((1 << len(leaves)) - 1) ^ ((1 << first) - 1)
    _walk(node["right_child"], leaves, feature, threshold, gone)


def _down(threshold: NDArray[np.float64]) -> NDArray[np.float32]:
    """The greatest 32-bit floats that are not above the thresholds, so that every 32-bit row goes where it went."""
    near = threshold.astype(np.float32)
    return np.where(near.astype(np.float64) > threshold, np.nextafter(near, np.float32(-np.inf)), near)
