"""Which noun phrase is a saying's speaker: the phrases of the cue's sentence, each described for trees to judge."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from rashomon.claims.cue_features import among, key, keys, kinds, subjects
from rashomon.claims.hashing import Ints, Keys
from rashomon.claims.pair_features import Pairs, tree
from rashomon.claims.parsed import Parsed
from rashomon.claims.ruled import Ruled

Floats = npt.NDArray[np.float32]

LIKELY = 0.04
"""A phrase is looked at where its head, or its words in the mean, are as likely as this to be the speaker."""
_ENDS = ("", "relcl ccomp parataxis advcl", "relcl acl appos ccomp parataxis advcl",
         "prep cc conj relcl acl appos ccomp parataxis advcl")  # fmt: skip
"""At which words hanging on its head a phrase may end before its last."""
_NOMINAL = "NN NNS NNP NNPS PRP PRP$ WP DT CD JJ JJS WDT WP$ EX"
_DEPS = "nsubj nsubjpass pobj dobj poss ROOT conj appos attr agent compound csubj expl npadvmod dative"
NAMES = (
    "mass", "left_out", "mean", "least", "head", "before", "after", "said", "length", "ending", "far", "distance",
    "dep", "kind", "subject", "has_subject", "hangs_on_cue", "agent", "above_cue", "quoted", "according", "starts",
    "ends", "cue_tag", "cue_dep", "comma_after", "total", "most", "commas", "sibling", "choices", "likeliest",
    "rules", "up", "steps", "branch", "tag", "above", "far_from_start", "verbs", "object", "quoted_with_cue",
    "of_above",
)  # fmt: skip
_OF_CUE = ("rules", "length", "cue_tag", "cue_dep", "has_subject", "total", "most", "choices")
"""What is known of a cue where nobody speaks, too."""


class Phrases(NamedTuple):
    """What may be a speaker: rows `first` to `last` inclusive; -1 for nobody."""

    which: Ints
    """The position of the cue."""
    first: Ints
    last: Ints
    head: Ints
    ending: Ints


class Sums(NamedTuple):
    """For each cue the chances of all rows of its sentence: running sums over one long line."""

    offset: Ints
    """Add a row to get its place in the line."""
    speaker: Floats
    content: Floats


def lined(text: Parsed, found: Pairs, chances: Floats) -> Sums:
    """The chances of each cue's sentence, one sentence behind another."""
    begin, end = text.bounds(found.cues)
    sizes = end - begin + 2
    starts = np.cumsum(sizes) - sizes
    offset = starts - begin + 1
    total = int(sizes.sum())
    out = np.zeros((2, total), dtype=np.float32)
    inside = (found.row >= begin[found.which]) & (found.row < end[found.which])
    at = found.row[inside] + offset[found.which[inside]]
    out[0, at], out[1, at] = chances[inside, 2], chances[inside, 1]
    return Sums(offset, out[0], out[1])


def phrases(text: Parsed, found: Pairs, line: Sums) -> Phrases:
    """The phrases worth looking at, and nobody, for each cue."""
    firsts, lasts = _phrases_of(text)
    nominal = np.flatnonzero(among(text.tag, _NOMINAL))
    begin, end = text.bounds(found.cues)
    low, high = np.searchsorted(nominal, begin), np.searchsorted(nominal, end)
    count = high - low
    which = np.repeat(np.arange(len(found.cues)), count)
    head = nominal[np.arange(len(which)) - (np.cumsum(count) - count)[which] + low[which]]
    good = line.speaker[line.offset[which] + head] > LIKELY
    which, head = which[good], head[good]
    none = np.arange(len(found.cues))
    parts: list[tuple[Ints, ...]] = [
        (none, np.full(len(none), -1), np.full(len(none), -1), found.cues, np.full(len(none), 9))
    ]
    seen: list[tuple[Ints, Ints]] = []
    for ending in range(len(_ENDS)):
        first, last = firsts[ending][head], lasts[ending][head]
        # The cue itself is no part of its speaker.
        cue = found.cues[which]
        first = np.where((first <= cue) & (cue < head), cue + 1, first)
        last = np.where((head < cue) & (cue <= last), cue - 1, last)
        new = head != cue
        for other, beyond in seen:
            new &= (other != first) | (beyond != last)
        seen.append((first, last))
        parts.append((which[new], first[new], last[new], head[new], np.full(int(new.sum()), ending)))
    every = [np.concatenate(column) for column in zip(*parts, strict=True)]
    order = np.argsort(every[0], kind="stable")
    return Phrases(*(column[order] for column in every))


def _phrases_of(text: Parsed) -> tuple[list[Ints], list[Ints]]:
    """First and last word of the phrase that each word heads, one pair of arrays for each of `_ENDS`."""
    rows = np.arange(text.size)
    firsts, lasts = [], []
    for deps in _ENDS:
        first, last = text.left.copy(), text.right.copy()
        if deps:
            child = rows[among(text.dep, deps) & (text.head != rows)]
            after = child[child > text.head[child]]
            np.minimum.at(last, text.head[after], np.maximum(text.left[after] - 1, text.head[after]))
            before = child[child < text.head[child]]
            np.maximum.at(first, text.head[before], np.minimum(text.right[before] + 1, text.head[before]))
        for _ in range(2):
            last = np.where((text.punct[last] | among(text.tag[last], "CC")) & (last > rows), last - 1, last)
            loose = (text.punct[first] | among(text.tag[first], "CC IN")) & (first < rows)
            first = np.where(loose, first + 1, first)
        firsts.append(first)
        lasts.append(last)
    return firsts, lasts


def described(text: Parsed, found: Pairs, line: Sums, given: Phrases, rules: Ruled) -> Floats:
    """The features of the phrases, a line each, as `NAMES` has them."""
    cue = found.cues[given.which]
    offset = line.offset[given.which]
    nobody = given.first < 0
    first, last = np.where(nobody, cue, given.first), np.where(nobody, cue, given.last)
    sums = np.concatenate([[0], np.cumsum(line.speaker, dtype=np.float64)])
    said = np.concatenate([[0], np.cumsum(line.content, dtype=np.float64)])
    begin, end = text.bounds(cue)
    mass = sums[offset + last + 1] - sums[offset + first]
    total = sums[offset + end] - sums[offset + begin]
    length = last - first + 1
    commas = np.concatenate([[0], np.cumsum(text.word == key(","))])
    low, high = np.minimum(given.head, cue), np.maximum(given.head, cue)
    head = given.head
    subject = subjects(text)[cue]
    above = text.head[head]
    hangs = tree(text, Pairs(given.which, head, found.cues))
    verbs = np.concatenate([[0], np.cumsum(text.pos == key("VERB"))])
    chance = line.speaker[offset + head]
    best = np.zeros(len(found.cues), dtype=np.float32)
    np.maximum.at(best, given.which, np.where(nobody, 0, chance))
    to = (text.word[above] == key("to")) & (text.word[np.maximum(above - 1, 0)] == key("according"))
    columns = [
        mass, total - mass, mass / length, np.minimum(line.speaker[offset + first], line.speaker[offset + last]),
        chance, line.speaker[offset + first - 1], line.speaker[offset + last + 1],
        (said[offset + last + 1] - said[offset + first]) / length, length, given.ending, head - cue,
        np.abs(head - cue), numbered(text.dep[head], _DEPS), numbered(kinds(text)[head], _KINDS), head == subject,
        subject >= 0, above == cue, text.dep[above] == key("agent"), text.head[cue] == head, text.quote[head] > 0,
        to, text.left[head] == first, text.right[head] == last, numbered(text.tag[cue], _CUE_TAGS),
        numbered(text.dep[cue], _CUE_DEPS), text.word[np.minimum(last + 1, text.size - 1)] == key(","), total,
        best[given.which], commas[high] - commas[low], above == text.head[cue],
        np.bincount(given.which, minlength=len(found.cues))[given.which], chance >= best[given.which],
        agreement(rules, cue, given), hangs.up, hangs.steps, numbered(text.dep[hangs.branch], _BRANCHES),
        numbered(text.tag[head], _NOMINAL), numbered(text.word[above], _ABOVE), head - begin,
        verbs[high] - verbs[low], (above == cue) & (text.dep[head] == key("dobj")),
        text.quote[head] == text.quote[cue], numbered(text.dep[above], _BRANCHES),
    ]  # fmt: skip
    out = np.stack([np.asarray(column, dtype=np.float32) for column in columns])
    told = np.array([name not in _OF_CUE for name in NAMES])
    out[told[:, None] & nobody[None, :]] = -1
    return out


def agreement(rules: Ruled, cue: Ints, given: Phrases) -> Floats:
    """What part of their union each phrase shares with the speaker by the rules; -1 where they find no saying."""
    at = rules.at(cue)
    if not len(rules.cue):
        return np.full(len(at), -1, dtype=np.float32)
    first, last = rules.first[at], rules.last[at]
    nobody = (first < 0) | (given.first < 0)
    shared = np.minimum(last, given.last) - np.maximum(first, given.first) + 1
    total = np.maximum(last, given.last) - np.minimum(first, given.first) + 1
    out = np.where(nobody, (first < 0) & (given.first < 0), np.maximum(0, shared) / np.maximum(1, total))
    return np.where(at < 0, -1, out).astype(np.float32)


_KINDS = "PERSON ORG GPE NORP he she they it i we who PROPN NOUN PRON DATE CARDINAL FAC LOC you this that which"
_BRANCHES = "nsubj nsubjpass dobj prep pobj agent poss conj ccomp xcomp advcl relcl acl appos parataxis ROOT compound"
_ABOVE = "by of from to for in with among as at on say be"
_CUE_TAGS = "VBD VBZ VBN VBG VBP VB NN NNS JJ IN : , NNP"
_CUE_DEPS = "ROOT ccomp advcl relcl conj xcomp acl dobj nsubj pobj parataxis prep attr punct appos pcomp amod compound"


def numbered(values: Keys, words: str) -> Ints:
    """Which of the words each key is, by the order of their hashes; -1 for none."""
    known = keys(words)
    at = np.minimum(np.searchsorted(known, values), len(known) - 1)
    return np.where(known[at] == values, at, -1)
