"""Trees have one root and no cycle, names are the likeliest allowed, whatever the scores."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rashomon.reader import decoding, spanning

SEEDS = st.integers(0, 10_000)


@settings(max_examples=80, deadline=None)
@given(SEEDS, st.lists(st.integers(1, 9), min_size=1, max_size=4))
def test_every_word_leads_to_the_one_root(seed: int, lengths: list[int]) -> None:
    rng = np.random.default_rng(seed)
    size = max(lengths)
    scored = rng.standard_normal((len(lengths), size, size)).astype(np.float32)
    for each, length in zip(scored, lengths, strict=True):
        each[:, length:] = decoding._NEVER
        each[length:, length:] = decoding._NEVER
    local = decoding._heads(scored, np.array(lengths))
    for row, length in zip(local, lengths, strict=True):
        assert is_tree(tuple(row[:length].tolist()))


@settings(max_examples=150, deadline=None)
@given(SEEDS, st.integers(1, 6))
def test_the_tree_is_the_best_under_its_root(seed: int, length: int) -> None:
    rng = np.random.default_rng(seed)
    scored = rng.standard_normal((length, length)).astype(np.float32)
    np.fill_diagonal(scored, 2 * decoding._NEVER)
    root = int(rng.integers(length))

    def worth(heads: tuple[int, ...]) -> float:
        return float(sum(scored[at, head] for at, head in enumerate(heads) if at != root))

    trees = [heads for heads in product(range(length), repeat=length) if is_tree(heads) and heads[root] == root]
    got = tuple(spanning.best_tree(scored.copy(), root).tolist())
    assert got in trees
    assert worth(got) == pytest.approx(max(map(worth, trees)), abs=1e-4)


def roots(heads: tuple[int, ...]) -> list[int]:
    return [at for at, head in enumerate(heads) if at == head]


def is_tree(heads: tuple[int, ...]) -> bool:
    if len(roots(heads)) != 1:
        return False
    for word in range(len(heads)):
        for _ in heads:
            word = heads[word]
        if heads[word] != word:
            return False
    return True


def best_by_trying_all(scored: np.ndarray, space: np.ndarray, last: np.ndarray) -> float:
    kinds = (scored.shape[1] - 1) // 4
    best = -np.inf
    for path in product(range(scored.shape[1]), repeat=len(scored)):
        if allowed(path, kinds, space, last):
            best = max(best, float(sum(scored[at, move] for at, move in enumerate(path))))
    return best


def allowed(path: tuple[int, ...], kinds: int, space: np.ndarray, last: np.ndarray) -> bool:
    moves = [("O", 0) if not move else ("BILU"[(move - 1) // kinds], (move - 1) % kinds) for move in path]
    for at, (move, _) in enumerate(moves):
        if (move in "BU" and space[at]) or (move in "BI" and last[at]):
            return False
    for (move, kind), (after, other) in pairwise([("O", 0), *moves, ("O", 0)]):
        inside = move in ("B", "I")
        if inside != (after in ("I", "L")) or (inside and kind != other):
            return False
    return True


@settings(max_examples=60, deadline=None)
@given(SEEDS, st.integers(1, 4))
def test_the_names_are_the_likeliest_allowed(seed: int, length: int) -> None:
    rng = np.random.default_rng(seed)
    kinds = 2
    scored = (rng.standard_normal((length, 1 + 4 * kinds)) * 3).astype(np.float32)
    space = rng.random(length) < 0.2
    last = rng.random(length) < 0.3
    last[-1] = True
    found = decoding.names(scored, space, last)
    path = [0] * length
    for begin, end, kind in found:
        moves = "U" if end - begin == 1 else "B" + "I" * (end - begin - 2) + "L"
        path[begin:end] = [1 + "BILU".index(move) * kinds + kind for move in moves]
    assert allowed(tuple(path), kinds, space, last)
    reached = float(sum(scored[at, move] for at, move in enumerate(path)))
    assert reached == pytest.approx(best_by_trying_all(scored, space, last), abs=0.05)


def test_sentences_start_where_given_and_where_likely_and_none_is_too_long() -> None:
    start = np.full(1000, -1, dtype=np.float32)
    start[[3, 200]] = 1
    found = decoding.sentences(start, [10], 0, 1000)
    assert found[:2] == [(0, 3), (3, 10)]
    assert [end for _, end in found[:-1]] == [begin for begin, _ in found[1:]]
    assert found[-1][1] == 1000
    assert max(end - begin for begin, end in found) <= decoding.LONGEST


def test_a_sentence_of_one_word_is_its_own_root() -> None:
    heads = decoding._heads(np.zeros((1, 1, 1), dtype=np.float32), np.array([1]))
    assert heads.tolist() == [[0]]
