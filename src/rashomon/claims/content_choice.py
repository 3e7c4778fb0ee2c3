"""What exactly was said: the likeliest words near a cue, cut in several ways, each described for trees to judge."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from rashomon.claims.cue_features import SUBJECTS, among, near_marks
from rashomon.claims.hashing import Ints
from rashomon.claims.pair_features import Pairs, tree
from rashomon.claims.parsed import Parsed
from rashomon.claims.ruled import Ruled
from rashomon.claims.speaker_choice import _CUE_DEPS, _CUE_TAGS, numbered

Floats = npt.NDArray[np.float32]

LEVELS = (0.5, 0.25, 0.75)
"""Words from that chance on make a content of their own."""
STEP = 0.06
"""Where the chance changes by this from one word to the next, a content may begin or end."""
BEGINS, ENDS = 3, 4
"""So many beginnings and ends are tried together, those of the greatest change."""
_JOINTS = (
    ", . ; : because while as if when after before with and but in on at for that who which to of about how what "
    "whether - -- —"
)
_TOPS = (
    "ccomp xcomp dobj prep acomp attr oprd advcl pcomp pobj parataxis nsubj nsubjpass acl relcl ROOT conj appos mark "
    "amod compound"
)
_CLIMB = 6
"""So many steps up the tree is looked for what a part hangs on."""
_HANGING = "advcl relcl acl prep ccomp xcomp conj appos parataxis npadvmod advmod dobj pobj punct mark cc nsubj acomp"
NAMES = (
    "expected", "density", "left_out", "least", "rise", "drop", "first", "before", "last", "after", "agreement",
    "length", "longer", "kind", "outside", "shed", "marks", "runs", "quoted", "starts_at", "ends_at", "sentences_after",
    "sentences_before", "top", "top_below", "cue_tag", "cue_dep", "edge_left", "edge_right", "next_word", "first_word",
    "before_word", "total", "choices", "speaker", "cue_words", "closes", "opens", "holds_cue", "whole_quote",
    "rules", "next_tag", "first_tag", "last_tag", "cut_dep", "cut_size", "tail_dep", "tail_word", "tail_size",
    "tail_quoted", "top_tag", "top_up", "has_subject", "next_mark",
)  # fmt: skip
_TAGS = "NN NNS NNP NNPS VBD VBZ VBP VBG VBN VB MD TO IN CC DT WDT WP WRB PRP PRP$ RB JJ , . : CD '' ``"


class Contents(NamedTuple):
    """Ways of cutting, a line each, and their words: `pair` says which pairs belong to the line `line`."""

    which: Ints
    """The position of the cue."""
    kind: Ints
    line: Ints
    pair: Ints
    """Sorted by line, then in order."""


def contents(text: Parsed, found: Pairs, chances: Floats, rules: Ruled) -> Contents:
    """The ways of cutting what each cue brings; a cue without likely words has none."""
    content = chances[:, 1]
    plain = (chances[:, 2] < 0.5) & (chances[:, 3] < 0.5) & (content > 0.02)
    count = len(found.cues)
    sets: list[tuple[Ints, Ints, Ints]] = []
    for kind, level in enumerate(LEVELS):
        pair = np.flatnonzero(content > level)
        sets.append((found.which[pair], np.full(len(pair), kind), pair))
    best = np.flatnonzero(content >= _best_levels(found.which, content, count)[found.which])
    sets.append((found.which[best], np.full(len(best), len(LEVELS)), best))
    change = np.diff(content, prepend=0.0)
    same = np.diff(found.which, prepend=-1) == 0
    rise = np.where(same, change, content)
    fall = np.where(np.append(same[1:], False), -np.append(change[1:], 0.0), content)
    begin, end = _greatest(found.which, rise, BEGINS), _greatest(found.which, fall, ENDS)
    kind = len(LEVELS) + 1
    for first in begin:
        for last in end:
            kind += 1
            good = np.flatnonzero((first >= 0) & (last >= 0) & (last >= first))
            length = last[good] - first[good] + 1
            which = np.repeat(good, length)
            pair = np.arange(len(which)) + np.repeat(first[good] - np.cumsum(length) + length, length)
            keep = plain[pair]
            sets.append((which[keep], np.full(int(keep.sum()), kind), pair[keep]))
    at = rules.at(found.cues)
    theirs = np.flatnonzero(rules.words(text.size)[at[found.which], found.row])
    sets.append((found.which[theirs], np.full(len(theirs), kind + 1), theirs))
    which, kinds, pair = (np.concatenate(column) for column in zip(*sets, strict=True))
    return _distinct(_trimmed(text, found, which, kinds, pair))


def _best_levels(which: Ints, content: Floats, count: int) -> Floats:
    """For each cue the chance from which on its words make the content of the highest F1 to be expected."""
    order = np.lexsort((-content, which))
    ordered, whose = content[order].astype(np.float64), which[order]
    starts = np.searchsorted(whose, np.arange(count))
    sums = np.cumsum(ordered)
    before = np.where(starts > 0, sums[np.maximum(starts - 1, 0)], 0)
    inside = sums - before[whose]
    size = np.arange(len(whose)) - starts[whose] + 1
    total = np.bincount(whose, weights=ordered, minlength=count)
    expected = inside / (size + total[whose])
    best = np.zeros(count)
    np.maximum.at(best, whose, expected)
    out = np.full(count, 2.0)
    hit = expected >= best[whose]
    np.minimum.at(out, whose[hit], ordered[hit])
    return out.astype(np.float32)


def _greatest(which: Ints, change: Floats, most: int) -> list[Ints]:
    """The pairs of the greatest changes of each cue, the greatest first; -1 where there are no more."""
    count = int(which.max()) + 1 if len(which) else 0
    likely = np.flatnonzero(change > STEP)
    order = likely[np.lexsort((-change[likely], which[likely]))]
    rank = np.arange(len(order)) - np.searchsorted(which[order], which[order])
    out = []
    for place in range(most):
        chosen = np.full(count, -1, dtype=np.int64)
        here = order[rank == place]
        chosen[which[here]] = here
        out.append(chosen)
    return out


def _trimmed(text: Parsed, found: Pairs, which: Ints, kinds: Ints, pair: Ints) -> Contents:
    """The sets as lines, without punctuation at either end that is no quotation mark."""
    order = np.lexsort((pair, kinds, which))
    which, kinds, pair = which[order], kinds[order], pair[order]
    row = found.row[pair]
    bad_end = text.punct[row] & (text.mark[row] != -1)
    bad_start = text.punct[row] & (text.mark[row] != 1)
    fresh = np.ones(len(which), dtype=bool)
    fresh[1:] = (which[1:] != which[:-1]) | (kinds[1:] != kinds[:-1])
    group = np.cumsum(fresh) - 1
    count = int(group[-1]) + 1 if len(group) else 0
    places = np.arange(len(pair))
    first, last = np.full(count, len(pair)), np.full(count, -1)
    np.minimum.at(first, group[~bad_start], places[~bad_start])
    np.maximum.at(last, group[~bad_end], places[~bad_end])
    keep = (places >= first[group]) & (places <= last[group]) if count else fresh
    which, kinds, pair, group = which[keep], kinds[keep], pair[keep], group[keep]
    _, starts, line = np.unique(group, return_index=True, return_inverse=True)
    return Contents(which[starts], kinds[starts], line, pair)


def _distinct(given: Contents) -> Contents:
    """Without lines that hold the same words as one before them."""
    with np.errstate(over="ignore"):
        stirred = (given.pair.astype(np.uint64) + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)
        stirred ^= stirred >> np.uint64(31)
        stirred *= np.uint64(0xBF58476D1CE4E5B9)
        starts = np.searchsorted(given.line, np.arange(len(given.which)))
        sums = np.add.reduceat(stirred, starts) if len(starts) else stirred
    _, first = np.unique(sums, return_index=True)
    keep = np.zeros(len(given.which), dtype=bool)
    keep[first] = True
    number = np.cumsum(keep) - 1
    words = keep[given.line]
    return Contents(given.which[keep], given.kind[keep], number[given.line[words]], given.pair[words])


def described(text: Parsed, found: Pairs, chances: Floats, given: Contents, rules: Ruled) -> Floats:
    """The features of the ways of cutting, a line each, as `NAMES` has them."""
    count = len(given.which)
    if not count:
        return np.zeros((len(NAMES), 0), dtype=np.float32)
    line, pair, which = given.line, given.pair, given.which
    content = chances[:, 1]
    row = found.row[pair]
    starts = np.searchsorted(line, np.arange(count))
    stops = np.append(starts[1:], len(line)) - 1
    size = stops - starts + 1
    first, last = row[starts], row[stops]

    def summed(values: npt.NDArray[np.generic]) -> npt.NDArray[np.float64]:
        return np.add.reduceat(np.asarray(values, dtype=np.float64), starts)

    inside = summed(content[pair])
    total = np.bincount(found.which, weights=content, minlength=len(found.cues))[which]
    codes = line * text.size + row
    head = text.head[row]
    above = line * text.size + head
    holds = codes[np.minimum(np.searchsorted(codes, above), len(codes) - 1)] == above
    rooted = ~holds | (head == row)
    top = first.copy()
    where = np.flatnonzero(rooted)[::-1]
    top[line[where]] = row[where]
    one, two = pair[starts], pair[stops]
    p_before = np.where((one > 0) & (found.which[one - 1] == which), content[one - 1], 0)
    beyond = np.minimum(two + 1, len(content) - 1)
    p_after = np.where((beyond > two) & (found.which[beyond] == which), content[beyond], 0)
    base = content[pair] > 0.5
    base_size = np.bincount(found.which, weights=content > 0.5, minlength=len(found.cues))[which]
    cue = found.cues[which]
    closes, opens = near_marks(text, found.cues)
    after = np.minimum(last + 1, text.size - 1)
    breaks = np.ones(len(row), dtype=bool)
    breaks[1:] = (np.diff(row) != 1) | (np.diff(line) != 0)
    shed = _shed(text, given, row, codes)
    at = rules.at(found.cues)[which]
    theirs = rules.words(text.size)
    agreed = 2 * summed(theirs[at[line], row]) / (size + theirs[at].sum(1))
    columns = [
        2 * inside / (size + total), inside / size, total - inside, np.minimum.reduceat(content[pair], starts),
        content[one] - p_before, content[two] - p_after, content[one], p_before, content[two], p_after,
        2 * summed(base) / (size + base_size), size, size - base_size, np.minimum(given.kind, 5), summed(rooted), shed,
        summed(text.mark[row]), summed(breaks), summed(text.quote[row] > 0) / size, first - cue, last - cue,
        text.sentence[last] - text.sentence[cue], text.sentence[first] - text.sentence[cue],
        numbered(text.dep[top], _TOPS), text.head[top] == cue, numbered(text.tag[cue], _CUE_TAGS),
        numbered(text.dep[cue], _CUE_DEPS), text.left[top] == first, text.right[top] == last,
        numbered(text.word[after], _JOINTS), numbered(text.word[first], _JOINTS),
        numbered(text.word[np.maximum(first - 1, 0)], _JOINTS), total, np.bincount(which)[which],
        summed(chances[pair, 2]), summed(chances[pair, 3]), closes[which], opens[which],
        (first <= cue) & (cue <= last), (text.mark[first] == 1) & (text.mark[last] == -1),
        np.where(at < 0, -1, agreed), numbered(text.tag[after], _TAGS), numbered(text.tag[first], _TAGS),
        numbered(text.tag[last], _TAGS), *_edges(text, codes, first, last, after, top),
        numbered(text.tag[top], _TAGS), tree(text, Pairs(which, top, found.cues)).up,
        summed(among(text.dep[row], SUBJECTS) & (head == top[line])), text.mark[after],
    ]  # fmt: skip
    return np.stack([np.asarray(column, dtype=np.float32) for column in columns])


def _edges(text: Parsed, codes: Ints, first: Ints, last: Ints, after: Ints, top: Ints) -> list[npt.NDArray[Any]]:
    """What is cut off behind each way of cutting, and with what it ends: a clause with "because", a phrase.

    For the part cut off the relation by which it hangs on what is left in, and its size; for the part that ends it
    relation, first word, size, and whether it stands in quotation marks.
    """
    every = np.arange(len(first))

    def inside(rows: Ints) -> npt.NDArray[np.bool_]:
        wanted = every * text.size + rows
        return np.asarray(codes[np.minimum(np.searchsorted(codes, wanted), len(codes) - 1)] == wanted)

    cut, tail = after.copy(), last.copy()
    for _ in range(_CLIMB):
        cut = np.where(inside(text.head[cut]), cut, text.head[cut])
        above = text.head[tail]
        tail = np.where((text.right[above] == last) & (above != top) & (above >= first) & inside(above), above, tail)
    hangs = inside(text.head[cut]) & (after > last)
    return [
        np.where(hangs, numbered(text.dep[cut], _HANGING), -2),
        np.where(hangs, text.right[cut] - text.left[cut] + 1, 0),
        numbered(text.dep[tail], _HANGING), numbered(text.word[text.left[tail]], _JOINTS),
        last - np.maximum(text.left[tail], first) + 1, text.quote[tail] > 0,
    ]  # fmt: skip


def _shed(text: Parsed, given: Contents, row: Ints, codes: Ints) -> npt.NDArray[np.float64]:
    """How many of the words next after a way of cutting hang on a word of it."""
    count = len(given.which)
    stops = np.append(np.searchsorted(given.line, np.arange(count))[1:], len(given.line)) - 1
    last = row[stops]
    out = np.zeros(count)
    for step in (1, 2, 3):
        at = np.minimum(last + step, text.size - 1)
        code = np.arange(count) * text.size + text.head[at]
        held = codes[np.minimum(np.searchsorted(codes, code), len(codes) - 1)] == code
        out += held & ~text.punct[at] & (last + step == at)
    return out
