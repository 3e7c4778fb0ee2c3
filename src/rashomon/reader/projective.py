"""The best tree without crossing arcs, for sentences of one size together.

Eisner's dynamic programme (1996), first order, with one root a sentence: a step a length of span, all spans of that
length and all sentences at once.
"""

from __future__ import annotations

import numpy as np

from rashomon.reader.network import Floats, Ints

_NEVER = np.float32(-1e9)


class _Chart:
    """The best scores of spans, by where they start or end and how far they reach, and where they part best."""

    def __init__(self, count: int, size: int) -> None:
        shape = (count, size, size)
        self.right_from, self.right_to = np.full((2, *shape), _NEVER, dtype=np.float32)
        self.left_from, self.left_to = np.full((2, *shape), _NEVER, dtype=np.float32)
        self.arc_right_from, self.arc_left_to = np.full((2, *shape), _NEVER, dtype=np.float32)
        for each in (self.right_from, self.right_to, self.left_from, self.left_to):
            each[:, :, 0] = 0
        self.joint, self.right_at, self.left_at = np.zeros((3, *shape), dtype=np.int16)


def best_trees(scored: Floats, root: Floats, lengths: Ints) -> Ints:
    """Each word's head, the root's itself, from scores (sentences, dependents, heads) and of being the root."""
    count, size, _ = scored.shape
    chart = _Chart(count, size)
    for far in range(1, size):
        _widen(chart, scored, far)
    heads = np.tile(np.arange(size), (count, 1))
    for number, length in enumerate(lengths.tolist()):
        ends = np.arange(length)
        whole = chart.left_from[number, 0, :length] + chart.right_from[number, ends, length - 1 - ends]
        at = int((whole + root[number, :length]).argmax())
        _follow(chart, number, at, length, heads[number])
    return heads


def _widen(chart: _Chart, scored: Floats, far: int) -> None:
    """Work out every span from a word to the one `far` words on."""
    size = scored.shape[1]
    starts, ends = np.arange(size - far), np.arange(far, size)
    first, last = slice(0, size - far), slice(far, size)
    # Two complete spans that face each other, joined by an arc one way or the other.
    parts = chart.right_from[:, first, :far] + chart.left_to[:, last, far - 1 :: -1]
    at = parts.argmax(2)
    chart.joint[:, first, far] = at
    best = np.take_along_axis(parts, at[:, :, None], 2)[:, :, 0]
    chart.arc_right_from[:, first, far] = best + scored[:, ends, starts]
    chart.arc_left_to[:, last, far] = best + scored[:, starts, ends]
    # A span under its first word: an arc to some word, and what that word has after it.
    parts = chart.arc_right_from[:, first, 1 : far + 1] + chart.right_to[:, last, far - 1 :: -1]
    at = parts.argmax(2)
    chart.right_at[:, first, far] = at + 1
    chart.right_from[:, first, far] = np.take_along_axis(parts, at[:, :, None], 2)[:, :, 0]
    chart.right_to[:, last, far] = chart.right_from[:, first, far]
    # A span under its last word: what some word has before it, and an arc to that word.
    parts = chart.left_from[:, first, :far] + chart.arc_left_to[:, last, far:0:-1]
    at = parts.argmax(2)
    chart.left_at[:, first, far] = at
    chart.left_from[:, first, far] = np.take_along_axis(parts, at[:, :, None], 2)[:, :, 0]
    chart.left_to[:, last, far] = chart.left_from[:, first, far]


def _follow(chart: _Chart, number: int, root: int, length: int, heads: Ints) -> None:
    """Write the heads of the tree under that root: from the widest spans down to single words."""
    heads[root] = root
    waiting = [("left", 0, root), ("right", root, length - 1)]
    while waiting:
        kind, start, end = waiting.pop()
        if start == end:
            continue
        far = end - start
        if kind == "right":
            to = start + int(chart.right_at[number, start, far])
            heads[to] = start
            waiting += [("joint", start, to), ("right", to, end)]
        elif kind == "left":
            to = start + int(chart.left_at[number, start, far])
            heads[to] = end
            waiting += [("joint", to, end), ("left", start, to)]
        else:
            to = start + int(chart.joint[number, start, far])
            waiting += [("right", start, to), ("left", to + 1, end)]
