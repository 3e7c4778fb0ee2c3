"""Trees as arrays give what walking them one split at a time gives."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from boosting import converted
from rashomon.trees import LEAVES, Trees, loaded, odds, saved

Node = dict[str, Any]
NAMES = ("length", "depth", "links")


def _leaves(node: Node) -> int:
    return 1 if "leaf_value" in node else _leaves(node["left_child"]) + _leaves(node["right_child"])


values = st.floats(-4, 4, width=32)
nodes = st.recursive(
    st.builds(lambda value: {"leaf_value": value}, values),
    lambda inner: st.builds(
        lambda feature, threshold, left, right: {
            "split_feature": feature,
            "threshold": threshold,
            "left_child": left,
            "right_child": right,
        },
        st.integers(0, len(NAMES) - 1),
        st.floats(-3, 3),
        inner,
        inner,
    ),
    max_leaves=20,
).filter(lambda node: _leaves(node) <= LEAVES)


def _walked(node: Node, row: list[float]) -> float:
    while "leaf_value" not in node:
        node = node["left_child"] if row[node["split_feature"]] <= node["threshold"] else node["right_child"]
    return float(node["leaf_value"])


@given(st.lists(nodes, max_size=6), st.lists(st.tuples(values, values, values), max_size=8))
def test_arrays_and_walking_agree(trees: list[Node], rows: list[tuple[float, ...]]) -> None:
    made: Trees = converted({"tree_info": [{"tree_structure": tree} for tree in trees]}, NAMES)
    columns = np.array(rows, np.float32).reshape(len(rows), len(NAMES)).T
    wanted = [sum(_walked(tree, [float(x) for x in row]) for tree in trees) for row in rows]
    np.testing.assert_allclose(loaded(saved(made)).scores(columns), wanted, rtol=1e-5, atol=1e-5)


def test_a_file_is_the_same_for_the_same_trees() -> None:
    tree = {"split_feature": 1, "threshold": 0.1, "left_child": {"leaf_value": 1}, "right_child": {"leaf_value": -1}}
    made = converted({"tree_info": [{"tree_structure": tree}]}, NAMES)
    assert saved(made) == saved(loaded(saved(made)))


def test_other_features_are_refused() -> None:
    made = converted({"tree_info": [{"tree_structure": {"leaf_value": 1.0}}]}, NAMES)
    with pytest.raises(ValueError, match="3 features, not 2"):
        made.scores(np.zeros((2, 5), np.float32))


def test_odds() -> None:
    assert odds(np.array([0.0]))[0] == 0.5
