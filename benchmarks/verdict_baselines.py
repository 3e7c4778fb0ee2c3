"""What is measured beside rashomon on the pairs of claims: shared words, and vectors of the two marked stretches.

Each baseline turns a pair into a few figures, and one multinomial logistic regression over them is fitted on the half
that may be tuned on. On that half itself the answers are cross-validated, one topic left out at a time.
"""

from __future__ import annotations

import importlib
import re
import zlib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rashomon.stories.words import content_stems

Array = NDArray[np.float64]
Pair = Mapping[str, Any]
Vectors = Callable[[Sequence[str]], Array]
Figures = Callable[[Sequence[Pair]], Array]

_BUCKETS, _DIMENSIONS = 4096, 60
_STEPS, _RATE = 1500, 0.5
_PENALTY = 0.02
# Of the squared weights; the same for all, so that none is tuned more than another.
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
_NOT = re.compile(
    r"\b(?:not|no|never|nobody|none|neither|nor|den(?:y|ied|ies)|reject\w*|false|untrue|invent\w*)\b|n['’]t\b", re.I
)


def texts(pairs: Sequence[Pair], side: str) -> list[str]:
    """The marked stretches of one side."""
    return [pair[side]["span"]["exact"] for pair in pairs]


def latent(learnt: Sequence[str]) -> Vectors:
    """Latent semantic vectors: hashed words, pairs of words and letters, weighed by rarity, cut to the largest axes."""
    counts = np.array([_hashed(text) for text in learnt])
    rarity: Array = np.log((1 + len(learnt)) / (1 + (counts > 0).sum(axis=0))) + 1
    axes: Array = np.linalg.svd(_unit(counts * rarity), full_matrices=False)[2][:_DIMENSIONS]

    def vectors(given: Sequence[str]) -> Array:
        found: Array = _unit(_unit(np.array([_hashed(text) for text in given]) * rarity) @ axes.T)
        return found

    return vectors


def _hashed(text: str) -> Array:
    words = re.findall(r"\w+", text.casefold())
    parts = [*words, *(" ".join(two) for two in pairwise(words))]
    parts += [f"#{word[i : i + 4]}" for word in words for i in range(max(1, len(word) - 3))]
    row = np.zeros(_BUCKETS)
    for part, count in Counter(parts).items():
        row[zlib.crc32(part.encode()) % _BUCKETS] += 1 + np.log(count)
    return row


def _unit(rows: Array) -> Array:
    norm = np.linalg.norm(rows, axis=1, keepdims=True)
    found: Array = rows / np.where(norm > 0, norm, 1)
    return found


def static() -> Vectors | None:
    """Static embeddings that come inside a package; None where it isn't installed. Opens no connection."""
    try:
        wordllama = importlib.import_module("wordllama")
    except ImportError:
        return None
    inside = Path(str(wordllama.__file__)).parent
    model = wordllama.WordLlama.load(cache_dir=inside, disable_download=True)
    return lambda given: _unit(np.asarray(model.embed(list(given)), dtype=np.float64))


def cosine(pairs: Sequence[Pair], vectors: Vectors) -> Array:
    """How alike the two stretches are, and nothing else."""
    found: Array = (vectors(texts(pairs, "a")) * vectors(texts(pairs, "b"))).sum(axis=1, keepdims=True)
    return found


def whole(pairs: Sequence[Pair], vectors: Vectors) -> Array:
    """The cosine, and the two vectors' difference and product, axis by axis."""
    a, b = vectors(texts(pairs, "a")), vectors(texts(pairs, "b"))
    return np.hstack([cosine(pairs, vectors), np.abs(a - b), a * b])


def overlap(pairs: Sequence[Pair]) -> Array:
    """Shared stems: of all, and of the shorter stretch's."""
    out = []
    for one, two in zip(texts(pairs, "a"), texts(pairs, "b"), strict=True):
        a, b = set(content_stems(one)), set(content_stems(two))
        out.append([len(a & b) / max(1, len(a | b)), len(a & b) / max(1, min(len(a), len(b)))])
    return np.array(out)


def figures(pairs: Sequence[Pair]) -> Array:
    """Digits and words of denial on either side, which hardly move a vector."""
    out = []
    for one, two in zip(texts(pairs, "a"), texts(pairs, "b"), strict=True):
        a, b = set(_FIGURE.findall(one)), set(_FIGURE.findall(two))
        denies = bool(_NOT.search(one)), bool(_NOT.search(two))
        row = [bool(a) + bool(b), bool(a and b), bool(a & b), bool(a - b and b - a), sum(denies), len(set(denies)) - 1]
        out.append([float(value) for value in row])
    return np.array(out)


def around(pairs: Sequence[Pair]) -> Array:
    """What stands around the text: hours between the pages, and whether one source has both."""
    out = []
    for pair in pairs:
        hours = abs(_hours(pair["a"]) - _hours(pair["b"]))
        same = pair["a"]["page"]["source"] == pair["b"]["page"]["source"]
        out.append([float(np.log1p(hours)), float(hours < 1), float(same)])
    return np.array(out)


def _hours(side: Mapping[str, Any]) -> float:
    return datetime.fromisoformat(side["page"]["published"]).timestamp() / 3600


def fitted(rows: Array, labels: Sequence[str]) -> Callable[[Array], list[str]]:
    """A multinomial logistic regression by plain gradient descent; figures are brought to one scale first."""
    names = sorted(set(labels))
    mean, spread = rows.mean(axis=0), rows.std(axis=0)
    spread = np.where(spread > 0, spread, 1) * np.sqrt(rows.shape[1])

    def scaled(given: Array) -> Array:
        return np.hstack([(given - mean) / spread * 3, np.ones((len(given), 1))])

    inputs, wanted = scaled(rows), np.eye(len(names))[[names.index(label) for label in labels]]
    weights = np.zeros((inputs.shape[1], len(names)))
    for _ in range(_STEPS):
        slope = inputs.T @ (_chances(inputs @ weights) - wanted) / len(rows) + _PENALTY * weights
        weights -= _RATE * slope
    return lambda given: [names[i] for i in (scaled(given) @ weights).argmax(axis=1)]


def _chances(scores: Array) -> Array:
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    found: Array = raised / raised.sum(axis=1, keepdims=True)
    return found


def answers(tune: Sequence[Pair], asked: Sequence[Pair]) -> dict[str, list[str]]:
    """Each baseline's answers: on the half to tune on cross-validated, on any other fitted on all of that half."""
    kinds: dict[str, Figures] = {"dates and sources alone": around, "shared words": overlap}
    for name, vectors in (("latent vectors", latent([*texts(tune, "a"), *texts(tune, "b")])), ("embeddings", static())):
        if vectors is not None:
            kinds[f"{name}, cosine"] = partial(cosine, vectors=vectors)
            kinds[f"{name}, whole"] = partial(whole, vectors=vectors)
            kinds[f"{name}, figures"] = partial(_beside, vectors=vectors, others=(figures,))
            kinds[f"{name}, figures, dates"] = partial(_beside, vectors=vectors, others=(figures, around))
    common = Counter(pair["label"] for pair in tune)
    out = {"one label for all": [min(common, key=lambda label: (-common[label], label))] * len(asked)}
    labels = [pair["label"] for pair in tune]
    for name, told in kinds.items():
        out[name] = _left_out(tune, told(tune)) if asked is tune else fitted(told(tune), labels)(told(asked))
    return out


def _beside(pairs: Sequence[Pair], vectors: Vectors, others: Sequence[Figures]) -> Array:
    """The cosine with other figures beside it."""
    return np.hstack([cosine(pairs, vectors), *(other(pairs) for other in others)])


def _left_out(tune: Sequence[Pair], rows: Array) -> list[str]:
    """Answers for each topic by a regression fitted on the other topics."""
    topics = np.array([pair["topic"] for pair in tune])
    labels = np.array([pair["label"] for pair in tune])
    out = [""] * len(tune)
    for topic in sorted(set(topics.tolist())):
        inside = topics == topic
        told = fitted(rows[~inside], labels[~inside].tolist())(rows[inside])
        for place, label in zip(np.flatnonzero(inside), told, strict=True):
            out[place] = label
    return out
