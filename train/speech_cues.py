"""Fit the linear scorer of cues: logistic regression on hashed features, by L-BFGS."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

import regression
from rashomon.claims import cue_features
from rashomon.claims.cue_features import key
from rashomon.claims.hashing import Keys, mixed, places
from rashomon.claims.learned import Scorer, candidates
from speech_lessons import Lesson

BITS = 18
STRENGTH = 0.12
STEPS = 60
LEAST = 2
"""A word that is no verb may be a cue where it was one so many times..."""
MET = 5
"""A verb that stands in the lessons so often is known."""
RATE = 0.003
"""...and in such a part of its places."""


def known_words(given: Sequence[Lesson]) -> Keys:
    """Lemma and part of speech, mixed, of the words that may be cues."""
    cues: Counter[tuple[int, int]] = Counter()
    every: Counter[tuple[int, int]] = Counter()
    for lesson in given:
        text = lesson.text
        pairs = list(zip(text.lemma.tolist(), text.pos.tolist(), strict=True))
        every.update(pairs)
        cues.update(pairs[gold.head] for gold in lesson.gold if gold.head >= 0)
    good = [pair for pair, count in cues.items() if count >= LEAST and count / every[pair] > RATE]
    lemma, pos = (np.array(column, dtype=np.uint64) for column in zip(*good, strict=True))
    return np.unique(mixed(99, lemma, pos))


def met(given: Sequence[Lesson]) -> Keys:
    """The lemmas of verbs that stand in the lessons so often that something is known of them."""
    verbs = np.concatenate([lesson.text.lemma[lesson.text.pos == key("VERB")] for lesson in given])
    lemmas, counts = np.unique(verbs, return_counts=True)
    return np.asarray(lemmas[counts >= MET])


def scorer(given: Sequence[Lesson]) -> Scorer:
    """The scorer fitted on those lessons."""
    words = known_words(given)
    matrix, labels = _matrix(given, words)
    weights = regression.logistic(matrix, labels, strength=STRENGTH, steps=STEPS)
    # What a feature adds is not known to more than three digits.
    return Scorer(weights[:-1].astype(np.float16).astype(np.float64), float(weights[-1]), words, met(given))


def _matrix(given: Sequence[Lesson], words: Keys) -> tuple[Any, npt.NDArray[np.bool_]]:
    from scipy.sparse import csr_matrix

    ats, columns, labels, count = [], [], [], 0
    for lesson in given:
        rows = candidates(lesson.text, words)
        at, keys = cue_features.features(lesson.text, rows)
        heads = [gold.head for gold in lesson.gold if gold.head >= 0]
        ats.append(at + count)
        columns.append(places(keys, BITS))
        labels.append(np.isin(rows, heads))
        count += len(rows)
    at, column = np.concatenate(ats), np.concatenate(columns)
    matrix = csr_matrix((np.ones(len(at), dtype=np.float32), (at, column)), shape=(count, 1 << BITS))
    return matrix, np.concatenate(labels)
