"""A cue and a word that may belong to its saying: where the word hangs seen from the cue, as hashed features.

The words looked at are those of the cue's sentence, and those of its paragraph that stand in quotation marks.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from rashomon.claims.cue_features import among, beside, frames, key, kinds, near_marks, subjects
from rashomon.claims.hashing import Ints, Keys, bucketed, mixed
from rashomon.claims.parsed import Parsed

FAR = 150
"""Words further away from the cue are not looked at."""
_BESIDE_QUOTE = 80
_BETWEEN = "relcl appos acl advcl ccomp parataxis conj prep"
_FRAME = "ccomp xcomp dobj prep acomp attr agent nsubjpass oprd parataxis advcl pcomp pobj"
_JOINTS = ". , ; : -- — – - that and but as if while which who to because when after before with"


class Pairs(NamedTuple):
    """Every cue with each word near it, cue by cue, the words in order."""

    which: Ints
    """The position of the pair's cue among the cues."""
    row: Ints
    cues: Ints
    """The cues' rows."""


def pairs(text: Parsed, cues: Ints) -> Pairs:
    """The pairs of those cues."""
    edges = np.flatnonzero(np.diff(text.paragraph, prepend=-1))
    bounds = np.append(edges, text.size)
    place = np.searchsorted(edges, cues, side="right") - 1
    first = np.maximum(bounds[place], cues - FAR)
    last = np.minimum(bounds[place + 1], cues + FAR)
    length = last - first
    which = np.repeat(np.arange(len(cues)), length)
    begin = np.cumsum(length) - length
    row = np.arange(len(which)) - begin[which] + first[which]
    near = (text.sentence[row] == text.sentence[cues[which]]) | (text.quote[row] > 0)
    return Pairs(which[near], row[near], cues)


class Tree(NamedTuple):
    """Where the pair's word hangs. `up`: so many steps above the cue begins the branch that the word is in."""

    up: Ints
    branch: Ints
    """The top of that branch, or the word itself."""
    second: Ints
    third: Ints
    """The next two on the way down to the word; the word itself where there is none."""
    steps: Ints
    """From the branch's top down to the word."""
    same: npt.NDArray[np.bool_]
    """Whether cue and word stand in one sentence."""


def tree(text: Parsed, found: Pairs) -> Tree:
    """Where each pair's word hangs."""
    cue = found.cues[found.which]
    row = found.row
    mine, its = text.path[cue], text.path[row]
    shared = ((mine == its) & (its >= 0)).sum(1) - 1
    depth = text.depth[row]
    every = np.arange(len(row))
    down = []
    for step in (1, 2, 3):
        at = its[every, np.minimum(shared + step, its.shape[1] - 1)]
        down.append(np.where((depth > shared + step) & (at >= 0), at, row))
    first, second, third = down
    steps = np.maximum(0, depth - shared - 1)
    return Tree(text.depth[cue] - shared, first, second, third, steps, text.sentence[row] == text.sentence[cue])


def _branches(text: Parsed, found: Pairs, hangs: Tree) -> Keys:
    """One key for each way down from the cue, or up from it and down."""
    cue = found.cues[found.which]
    above = [text.path[cue, np.maximum(0, text.depth[cue] - step)] for step in (0, 1, 2)]
    up = np.minimum(hangs.up, 4)
    deps = [np.where(up > step, text.dep[each], np.uint64(0)) for step, each in enumerate(above)]
    side = (hangs.branch > cue).astype(np.uint64)
    far = np.clip(text.sentence[found.row] - text.sentence[cue], -3, 3).astype(np.uint64)
    last = np.where(found.row == cue, np.uint64(7), text.dep[hangs.branch])
    here = mixed(100, up.astype(np.uint64), *deps, last, side)
    return np.where(hangs.same, here, mixed(101, far))


def _quotations(text: Parsed, cues: Ints) -> tuple[Ints, Ints, Ints]:
    """The quotation that each cue stands in, the one before it, and the one after it, 0 for none."""
    rows = np.arange(text.size)
    quoted = text.quote > 0
    own = text.quote[cues]
    count = int(text.quote.max(initial=0)) + 1
    first, last = np.full(count, text.size), np.full(count, -1)
    np.minimum.at(first, text.quote, rows)
    np.maximum.at(last, text.quote, rows)
    left = np.where(own > 0, first[own], cues) - 1
    right = np.where(own > 0, last[own], cues) + 1
    behind = np.maximum.accumulate(np.where(quoted, rows, -1))
    ahead = np.minimum.accumulate(np.where(quoted, rows, text.size)[::-1])[::-1]
    one = np.where(left >= 0, behind[np.maximum(left, 0)], -1)
    two = np.where(right < text.size, ahead[np.minimum(right, text.size - 1)], text.size)
    before = np.where((one >= 0) & (cues - one < _BESIDE_QUOTE), one, cues)
    after = np.where((two < text.size) & (two - cues < _BESIDE_QUOTE), two, cues)
    out = [
        np.where((text.paragraph[each] == text.paragraph[cues]) & (each != cues), text.quote[each], 0)
        for each in (before, after)
    ]
    return own, out[0], out[1]


def of_words(text: Parsed) -> Keys:
    """(words, features): what a word is, whatever the cue."""
    rows = np.arange(text.size)
    tag, dep = text.tag, text.dep
    begins = (np.diff(text.sentence, prepend=-1) != 0).astype(np.uint64)
    starts = (np.diff(text.paragraph, prepend=-1) != 0).astype(np.uint64)
    goes_on = (beside(text.kind, text, rows, -1) == text.kind).astype(np.uint64)
    mark = (text.mark + 1).astype(np.uint64)
    sides = [mixed(120, beside(mark, text, rows, -1), mark, beside(mark, text, rows, 1))]
    keys = [
        mixed(110, text.word), mixed(111, tag), mixed(112, tag, dep), mixed(113, beside(text.word, text, rows, -1)),
        mixed(114, beside(text.word, text, rows, 1)), mixed(115, beside(tag, text, rows, -1)),
        mixed(116, tag, beside(tag, text, rows, 1)), mixed(117, text.kind, goes_on), mixed(118, begins, starts),
        mixed(119, text.lemma[text.head]), *sides, mixed(121, (text.quote > 0).astype(np.uint64), mark),
        mixed(122, text.lemma),
    ]  # fmt: skip
    return np.stack(keys, axis=1)


def of_cues(text: Parsed, cues: Ints) -> Keys:
    """(cues, features): what a cue is, whatever the word."""
    lemma, tag, dep, head = text.lemma[cues], text.tag[cues], text.dep[cues], text.head[cues]
    frame = frames(text, _FRAME)[cues]
    subject = subjects(text)[cues]
    who = np.where(subject >= 0, kinds(text)[subject], np.uint64(0))
    closes, opens = (far.astype(np.uint64) for far in near_marks(text, cues))
    quoted = (text.quote[cues] > 0).astype(np.uint64)
    keys = [
        mixed(130, lemma), mixed(131, tag, dep), mixed(132, lemma, tag), mixed(133, frame), mixed(134, lemma, frame),
        mixed(135, np.where(head == cues, np.uint64(0), text.lemma[head]), dep), mixed(136, closes, opens, quoted),
        mixed(137, who, tag), mixed(138, lemma, beside(text.word, text, cues, 1)),
    ]  # fmt: skip
    return np.stack(keys, axis=1)


def of_pairs(text: Parsed, found: Pairs) -> Keys:
    """(pairs, features): where the word hangs, seen from the cue."""
    cue, row = found.cues[found.which], found.row
    hangs = tree(text, found)
    branch = _branches(text, found, hangs)
    lemma = text.lemma[cue]
    frame = frames(text, _FRAME)[cue]
    tag, dep, word = text.tag[row], text.dep[row], text.word[row]
    far = row - cue
    near = np.where(np.abs(far) <= 3, far + 4, np.where(far < 0, 0, 8)).astype(np.uint64)
    side = (far > 0).astype(np.uint64)
    quoting, marks, signs = _seen_quotes(text, found)
    edge = ((row == text.left[hangs.branch]) * 2 + (row == text.right[hangs.branch])).astype(np.uint64)
    second, third = text.dep[hangs.second], text.dep[hangs.third]
    subject = subjects(text)[found.cues][found.which]
    within = (subject >= 0) & (text.left[subject] <= row) & (row <= text.right[subject])
    part = np.where(within, np.where(subject == row, 2, 1), 0).astype(np.uint64)
    child = np.where(text.head[row] == cue, dep, np.uint64(0))
    joint = np.where(among(word, _JOINTS), word, np.uint64(0))
    mark = (text.mark[row] + 1).astype(np.uint64)
    apart = np.clip(text.sentence[row] - text.sentence[cue], -3, 3).astype(np.uint64)
    steps = np.minimum(hangs.steps, 4).astype(np.uint64)
    keys = [
        mixed(140, branch), mixed(141, branch, lemma), mixed(142, branch, frame), mixed(143, branch, quoting, marks),
        mixed(144, branch, dep), mixed(145, branch, tag), mixed(146, branch, edge),
        mixed(147, branch, _between(text, row, hangs), steps), mixed(148, branch, text.lemma[hangs.branch]),
        mixed(149, branch, second), mixed(150, branch, second, lemma), mixed(151, branch, second, third),
        mixed(152, branch, part), mixed(153, quoting, marks, signs), mixed(154, quoting, lemma),
        mixed(155, apart, quoting, marks, signs), mixed(156, bucketed(far)), mixed(157, word, near),
        mixed(158, tag, near, lemma), mixed(159, joint, branch), mixed(160, child, lemma),
        mixed(161, text.lemma[text.head[row]], side), mixed(162, mark, quoting, branch),
        mixed(163, child, text.tag[cue], frame),
    ]  # fmt: skip
    return np.stack(keys, axis=1)


def _between(text: Parsed, row: Ints, hangs: Tree) -> Keys:
    """Which relations are met on the way from below the branch's top down to the word, as bits."""
    names = _BETWEEN.split()
    bits = np.zeros(text.size, dtype=np.uint64)
    for bit, name in enumerate(names):
        bits[text.dep == key(name)] |= np.uint64(1 << bit)
    out = np.zeros(len(row), dtype=np.uint64)
    at = row
    for _ in range(6):
        below = (at != hangs.branch) & hangs.same
        out |= np.where(below, bits[at], np.uint64(0))
        at = np.where(below, text.head[at], at)
    return out


def _seen_quotes(text: Parsed, found: Pairs) -> tuple[Keys, Keys, Keys]:
    """Whose quotation the word stands in; which quotations the cue has in and beside it; marks close to the cue."""
    own, before, after = _quotations(text, found.cues)
    closes, opens = near_marks(text, found.cues)
    its = text.quote[found.row]
    which = found.which
    choices = [its == 0, its == own[which], its == before[which], its == after[which]]
    quoting = np.select(choices, [0, 1, 2, 3], 4).astype(np.uint64)
    marks = ((own > 0) * 4 + (before > 0) * 2 + (after > 0)).astype(np.uint64)[which]
    signs = ((closes > 0) * 2 + (opens > 0)).astype(np.uint64)[which]
    return quoting, marks, signs
