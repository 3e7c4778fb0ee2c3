"""Whether a body agrees with a headline, disagrees, only discusses it, or is about something else.

What the body and its best sentences share with the headline, and how each denies and hedges, is counted; four sets of
boosted trees (`models/stance_*.npz`, made by `train/stance.py`) weigh it. The words that deny and hedge stand in the
table `stance_cues`. After the features of the fake-news challenge's winners (FNC-1, 2017), without embeddings.
"""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from rashomon.stories.words import content_stems, fold, rows
from rashomon.trees import Trees, odds, shipped

STANCES = ("agree", "disagree", "discuss", "unrelated")
PRIORS = (1.5, 6.0, 1.0, 1.0)
"""A disagreement that is missed costs more than one too many: what each chance is multiplied with."""
SENTENCES = 40
"""Sentences of a body that are looked at."""
LEAD = 40
"""Content words that a body leads with."""
_BEST = 3
_SHORTEST = 15
_UNUSUAL = 6.0
# The rarity of a stem that the background does not have.
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")


class Body(NamedTuple):
    """A body as it compares."""

    stems: frozenset[str]
    lead: frozenset[str]
    pairs: frozenset[tuple[str, str]]
    sentences: tuple[frozenset[str], ...]
    denies: tuple[int, ...]
    """Words that deny, by sentence."""
    hedges: tuple[int, ...]
    cues: tuple[float, ...]
    """How often each single cue of the table stands, by sentence on the average."""
    size: int


@cache
def _cues() -> Mapping[str, re.Pattern[str]]:
    """Kind → pattern of its words; and each word by itself as "=word"."""
    kinds: dict[str, list[str]] = {}
    for word, kind, _ in rows("stance_cues"):
        kinds.setdefault(kind, []).append(re.escape(word))
    singles = {f"={word}": [re.escape(word)] for word, kind, _ in rows("stance_cues") if kind == "deny"}
    return {kind: re.compile(rf"\b(?:{'|'.join(words)})\b") for kind, words in (kinds | singles).items()}


@cache
def _background() -> Mapping[str, float]:
    return {row[0]: -math.log(max(float(row[1]), 0.5) / 1000) for row in rows("common")}


def _rarity(stems: frozenset[str]) -> float:
    return math.fsum([_background().get(stem, _UNUSUAL) for stem in stems])


def _count(kind: str, text: str) -> int:
    return len(_cues()[kind].findall(text))


def _singles() -> list[str]:
    return [name for name in _cues() if name[0] == "="]


def read(text: str) -> Body:
    """A body's text as it compares."""
    sentences = [part for part in _SENTENCE.split(text) if len(part) > _SHORTEST][:SENTENCES]
    folded = [fold(part) for part in sentences]
    stems = content_stems(text)
    whole = " ".join(folded)
    return Body(
        frozenset(stems),
        frozenset(stems[:LEAD]),
        frozenset(itertools.pairwise(stems)),
        tuple(frozenset(content_stems(part)) for part in sentences),
        tuple(_count("deny", part) for part in folded),
        tuple(_count("hedge", part) for part in folded),
        tuple(_count(name, whole) / max(1, len(folded)) for name in _singles()),
        len(stems),
    )


def features(headline: str, body: Body) -> list[float]:
    """What the trees look at, in the order of `names`."""
    folded, stems = fold(headline), content_stems(headline)
    own = frozenset(stems)
    whole = _rarity(own) or 1.0
    pairs = list(itertools.pairwise(stems))
    cover = [_rarity(own & sentence) / whole for sentence in body.sentences] or [0.0]
    denies, hedges = body.denies or (0,), body.hedges or (0,)
    best = sorted(range(len(cover)), key=lambda at: -cover[at])[:_BEST]
    count = len(cover)
    return [
        _rarity(own & body.stems) / whole, _rarity(own & body.lead) / whole, max(cover), sum(cover) / count,
        sum(cover[at] for at in best) / _BEST, sum(pair in body.pairs for pair in pairs) / max(1, len(pairs)),
        len(own), body.size, count, _count("deny", folded), _count("hedge", folded),
        sum(denies) / count, sum(denies[:3]), denies[0], denies[-1], sum(denies[at] for at in best),
        sum(hedges) / count, sum(hedges[:3]), sum(hedges[at] for at in best), best[0],
        sum(a * b for a, b in zip(cover, denies, strict=True)), sum(a * b for a, b in zip(cover, hedges, strict=True)),
        float("?" in headline), float(any(mark in headline for mark in "\"'‘“")),
        *(_count(name, folded) for name in _singles()), *body.cues,
    ]  # fmt: skip


def names() -> tuple[str, ...]:
    """What each feature is called."""
    plain = (
        "shared", "shared_lead", "best", "mean", "best_three", "pairs", "headline", "body", "sentences", "denies",
        "hedges", "body_denies", "lead_denies", "first_denies", "last_denies", "best_denies", "body_hedges",
        "lead_hedges", "best_hedges", "place", "near_denials", "near_hedges", "question", "quoted",
    )  # fmt: skip
    singles = [name[1:].replace(" ", "_") for name in _singles()]
    return (*plain, *(f"headline_says_{name}" for name in singles), *(f"body_says_{name}" for name in singles))


def chances(columns: NDArray[np.float32], trees: Sequence[Trees]) -> NDArray[np.float64]:
    """The chance of each stance for each column, times its prior: four lines."""
    found = np.array([odds(each.scores(columns)) for each in trees])
    return np.asarray(found / found.sum(0) * np.array(PRIORS)[:, None])


def own() -> list[Trees] | None:
    """The trees that are shipped, one a stance; None where a file was left out."""
    trees = [shipped("stories", f"stance_{name}") for name in STANCES]
    kept = [each for each in trees if each is not None]
    return kept if len(kept) == len(trees) else None


def stance(headline: str, text: str) -> str | None:
    """One of `STANCES`; None where the files of trees were left out."""
    trees = own()
    if trees is None:
        return None
    columns = np.array([features(headline, read(text))], np.float32).T
    return STANCES[int(chances(columns, trees)[:, 0].argmax())]
