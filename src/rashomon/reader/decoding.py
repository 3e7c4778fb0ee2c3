"""From scores to sentences, trees and names: nothing here is learnt."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from rashomon.reader.network import Floats, Ints, Network
from rashomon.reader.spanning import best_tree

LONGEST = 160
"""Words of a sentence; a longer one is cut where a sentence is likeliest to start, so that time stays linear."""
BUCKETS = 24
"""How far a head is, in steps that grow with the distance: 0 to 11 to the right, 12 to 23 to the left."""
_SIZES = (4, 8, 12, 16, 20, 24, 28, 32, 40, 48, 64, 96, 128, LONGEST)
"""Sentences are filled up to one of these lengths, so that those of one length are worked out together."""
_NEVER = np.float32(-1e9)
_SURE = np.float32(0.9995)
"""A word that is so surely in no name is left out when names are put together."""


def distance_buckets(size: int) -> Ints:
    """The bucket of column minus row, for sentences of that size."""
    ahead = np.arange(size)[None, :] - np.arange(size)[:, None]
    far = np.abs(ahead)
    steps = 6 + np.floor(np.log2(np.maximum(far, 1) / 6.0) * 1.5)
    bucket = np.where(far < 6, far, np.minimum(11, steps)).astype(np.int64)
    out: Ints = np.where(ahead >= 0, bucket, 12 + bucket)
    return out


BUCKET_OF = distance_buckets(LONGEST)


@cache
def _places(size: int) -> tuple[Ints, Ints]:
    """Where in a sentence's rows of buckets, one after another, the dependent's and the head's score for an arc are."""
    each, bucket = np.arange(size) * BUCKETS, BUCKET_OF[:size, :size]
    return each[:, None] + bucket, (each[:, None] + bucket).T.copy()


def sentences(start: Floats, given: Sequence[int], first: int, last: int) -> list[tuple[int, int]]:
    """The sentences among rows first to last: a start where its score is above 0 or where one is given."""
    starts = {first, *given, *(first + np.flatnonzero(start[first:last] > 0)).tolist()}
    out: list[tuple[int, int]] = []
    for begin, end in pairwise([*sorted(starts), last]):
        while end - begin > LONGEST:
            cut = begin + LONGEST // 2 + int(start[begin + LONGEST // 2 : begin + LONGEST].argmax())
            out.append((begin, cut))
            begin = cut
        out.append((begin, end))
    return out


def trees(network: Network, scored: Floats, found: Sequence[tuple[int, int]]) -> tuple[Ints, Ints]:
    """Each row's head (a root's is itself) and the number of its label."""
    block = network.blocks
    heads = np.arange(len(scored))
    for size, bounds in by_size(found):
        rows = bounds[:, :1] + np.arange(size)
        inside = rows < bounds[:, 1:]
        rows = np.where(inside, rows, bounds[:, :1])
        local = _heads(arc_scores(network, scored, rows, inside), bounds[:, 1] - bounds[:, 0])
        heads[rows[inside]] = (bounds[:, :1] + local)[inside]
    hidden = scored[:, block["label_dependent"]] + scored[heads, block["label_head"]]
    hidden += network.distances[buckets_to(heads - np.arange(len(heads)))]
    np.maximum(hidden, 0, out=hidden)
    labels = np.dot(hidden, network.labels)
    labels += network.labels_bias
    return heads, labels.argmax(1)


def buckets_to(far: Ints) -> Ints:
    """The bucket of each distance to a head."""
    near = np.minimum(np.abs(far), LONGEST - 1)
    return np.asarray(np.where(far >= 0, BUCKET_OF[0, near], BUCKET_OF[near, 0]))


def by_size(found: Sequence[tuple[int, int]]) -> list[tuple[int, Ints]]:
    """The sentences' bounds by the size that they are filled up to."""
    bounds = np.array(found, dtype=np.int64).reshape(-1, 2)
    sizes = np.searchsorted(_SIZES, bounds[:, 1] - bounds[:, 0])
    return [(_SIZES[size], bounds[sizes == size]) for size in np.unique(sizes).tolist()]


def arc_scores(network: Network, scored: Floats, rows: Ints, inside: npt.NDArray[np.bool_]) -> Floats:
    """(sentences, dependents, heads); on the diagonal how well the word is the root."""
    block, size = network.blocks, rows.shape[1]
    by_dependent, by_head = _places(size)
    flat = (len(rows), size * BUCKETS)
    out: Floats = np.matmul(scored[rows, block["arc_dependent"]], scored[rows, block["arc_head"]].transpose(0, 2, 1))
    out += np.where(inside, scored[rows, block["head_bias"]][:, :, 0], _NEVER)[:, None, :]
    out += scored[rows, block["distance_dependent"]].reshape(flat).take(by_dependent, axis=1, mode="clip")
    out += scored[rows, block["distance_head"]].reshape(flat).take(by_head, axis=1, mode="clip")
    diagonal = np.arange(size)
    out[:, diagonal, diagonal] = np.where(inside, scored[rows, block["root"]][:, :, 0], _NEVER)
    return out


def _heads(scored: Floats, lengths: Ints) -> Ints:
    """The best head of each word, with one root a sentence; where that makes no tree, the best tree under that root."""
    count, size, _ = scored.shape
    diagonal = np.arange(size)
    root = scored[:, diagonal, diagonal].copy()
    scored[:, diagonal, diagonal] = 2 * _NEVER
    heads = scored.argmax(2)
    best = np.take_along_axis(scored, heads[:, :, None], 2)[:, :, 0]
    beyond = diagonal >= lengths[:, None]
    roots = np.where(beyond, 4 * _NEVER, root - best).argmax(1)
    heads = np.where(beyond, diagonal, heads).astype(np.int64)
    heads[np.arange(count), roots] = roots
    good = ((_followed(heads) == roots[:, None]) | beyond).all(1)
    for which in np.flatnonzero(~good).tolist():
        length = int(lengths[which])
        heads[which, :length] = best_tree(scored[which, :length, :length], int(roots[which]))
    return heads


def _followed(heads: Ints) -> Ints:
    """Where each word comes to when heads are followed upwards for as many steps as there are words."""
    steps = 1
    while steps < heads.shape[-1]:
        heads = np.take_along_axis(heads, heads, -1)
        steps *= 2
    return heads


def names(scored: Floats, space: npt.NDArray[np.bool_], last: npt.NDArray[np.bool_]) -> list[tuple[int, int, int]]:
    """The likeliest names together, each (first row, row after its last, number of its kind).

    The columns are O, then B, I, L and U of every kind. A name begins at no `space` and runs over no sentence's `last`.
    """
    kinds = (scored.shape[1] - 1) // 4
    scored = scored.copy()
    scored[np.flatnonzero(space)[:, None], _columns(kinds, "BU")] = _NEVER
    scored[np.flatnonzero(last)[:, None], _columns(kinds, "BI")] = _NEVER
    best = scored.max(1)
    likely = np.exp(scored[:, 0] - best) < _SURE * np.exp(scored - best[:, None]).sum(1)
    starts, lengths = _stretches(likely, last)
    if not len(starts):
        return []
    scored[(starts + lengths - 1)[:, None], _columns(kinds, "BI")] = _NEVER
    order = np.argsort(-lengths, kind="stable")
    return sorted(_best_names(scored, starts[order], lengths[order], kinds))


def _columns(kinds: int, moves: str) -> Ints:
    return np.array([1 + "BILU".index(move) * kinds + kind for move in moves for kind in range(kinds)], dtype=np.int64)


def _stretches(likely: npt.NDArray[np.bool_], last: npt.NDArray[np.bool_]) -> tuple[Ints, Ints]:
    """Where runs of likely rows start, none over a sentence's end, and how long they are."""
    rows = np.flatnonzero(likely)
    if not len(rows):
        return rows, rows
    fresh = np.ones(len(rows), dtype=bool)
    fresh[1:] = (np.diff(rows) > 1) | last[rows[:-1]]
    first = np.flatnonzero(fresh)
    return rows[first], np.diff([*first.tolist(), len(rows)])


def _best_names(scored: Floats, starts: Ints, lengths: Ints, kinds: int) -> list[tuple[int, int, int]]:
    """Viterbi over all stretches at once, a step a word; the longest stretches come first."""
    closed = np.zeros(len(starts), dtype=np.float32)
    opened = np.full((len(starts), kinds), _NEVER, dtype=np.float32)
    came: list[npt.NDArray[np.int64]] = []
    stayed: list[npt.NDArray[np.bool_]] = []
    for step in range(int(lengths[0])):
        alive = int(np.searchsorted(-lengths, -step, side="left"))
        row = scored[starts[:alive] + step]
        out, begin, inside, end, unit = row[:, 0], *np.split(row[:, 1:], 4, axis=1)
        ends = opened[:alive] + end
        units = closed[:alive, None] + unit
        choices = np.concatenate([(closed[:alive] + out)[:, None], units, ends], axis=1)
        goes_on = opened[:alive] + inside
        begins = closed[:alive, None] + begin
        came.append(choices.argmax(1))
        stayed.append(goes_on > begins)
        closed[:alive] = choices.max(1)
        opened[:alive] = np.maximum(goes_on, begins)
    found = []
    for which, (start, length) in enumerate(zip(starts.tolist(), lengths.tolist(), strict=True)):
        step = length - 1
        while step >= 0:
            move = int(came[step][which])
            end_at = start + step + 1
            if move > kinds:
                kind = move - 1 - kinds
                step -= 1
                while stayed[step][which, kind]:
                    step -= 1
                found.append((start + step, end_at, kind))
            elif move:
                found.append((start + step, end_at, move - 1))
            step -= 1
    return found
