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
_COVERED = 40
# Characters after a negation that may be what it negates.
_OFTEN = 0.05
# Words that refute, by sentence, from which a body refutes.
_NOWHERE = 99
_FIGURE = re.compile(r"\b\d[\d,.]*\b")
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")


class Body(NamedTuple):
    """A body as it compares."""

    stems: frozenset[str]
    lead: frozenset[str]
    pairs: frozenset[tuple[str, str]]
    sentences: tuple[frozenset[str], ...]
    refutes: tuple[int, ...]
    """Words that refute, by sentence."""
    denies: tuple[int, ...]
    """Those and negations, by sentence."""
    negations: tuple[int, ...]
    hedges: tuple[int, ...]
    negated: tuple[frozenset[str], ...]
    """The content words that stand next after each negation."""
    figures: frozenset[str]
    quotes: float
    """Share of the sentences with a quotation mark."""
    cues: tuple[float, ...]
    """How often each single word that refutes stands, by sentence on the average."""
    size: int


@cache
def _cues() -> Mapping[str, re.Pattern[str]]:
    """Kind → pattern of its words; and each word that refutes by itself as "=word"."""
    kinds: dict[str, list[str]] = {}
    for word, kind, _ in rows("stance_cues"):
        kinds.setdefault(kind, []).append(word)
    found = {
        "refute": kinds["refute"], "negate": kinds["deny"], "deny": kinds["refute"] + kinds["deny"],
        "hedge": kinds["hedge"], **{f"={word}": [word] for word in kinds["refute"]},
    }  # fmt: skip
    # The longest first, so that "never happened" is not read as "never".
    ordered = {kind: sorted(words, key=lambda word: (-len(word), word)) for kind, words in found.items()}
    return {kind: re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b") for kind, words in ordered.items()}


@cache
def _background() -> Mapping[str, float]:
    return {row[0]: -math.log(max(float(row[1]), 0.5) / 1000) for row in rows("common")}


def _rarity(stems: frozenset[str]) -> float:
    return math.fsum([_background().get(stem, _UNUSUAL) for stem in stems])


def _count(kind: str, text: str) -> int:
    return len(_cues()[kind].findall(text))


def _singles() -> list[str]:
    return [name for name in _cues() if name[0] == "="]


def _negated(text: str) -> list[frozenset[str]]:
    """The content words that stand next after each negation of a folded sentence."""
    found = _cues()["negate"].finditer(text)
    return [frozenset(content_stems(text[match.end() : match.end() + _COVERED])[:_BEST]) for match in found]


def read(text: str) -> Body:
    """A body's text as it compares."""
    sentences = [part for part in _SENTENCE.split(text) if len(part) > _SHORTEST][:SENTENCES]
    folded = [fold(part) for part in sentences]
    stems = content_stems(text)
    whole = " ".join(folded)
    counts = {kind: tuple(_count(kind, part) for part in folded) for kind in ("refute", "deny", "negate", "hedge")}
    return Body(
        frozenset(stems),
        frozenset(stems[:LEAD]),
        frozenset(itertools.pairwise(stems)),
        tuple(frozenset(content_stems(part)) for part in sentences),
        counts["refute"],
        counts["deny"],
        counts["negate"],
        counts["hedge"],
        tuple(words for part in folded for words in _negated(part)),
        frozenset(_FIGURE.findall(fold(text))),
        sum('"' in part for part in folded) / max(1, len(folded)),
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
        *_polarity(folded, own, body, cover, best),
        *(_count(name, folded) for name in _singles()), *body.cues,
    ]  # fmt: skip


def _polarity(folded: str, own: frozenset[str], body: Body, cover: Sequence[float], best: Sequence[int]) -> list[float]:
    """Who of the two refutes: headline, body, the sentences that share most with the headline or follow such ones.

    A headline that refutes and a body that does not disagree as much as the other way round.
    """
    refutes, negations = body.refutes or (0,), body.negations or (0,)
    few = [min(each, 2) for each in refutes]
    mine, not_mine = _count("refute", folded), _count("negate", folded)
    near = sum(a * b for a, b in zip(cover, few, strict=True))
    lead, early = sum(refutes[:3]), sum(refutes[:5])
    figures = _FIGURE.findall(folded)
    return [
        mine, not_mine, sum(refutes), sum(refutes) / len(refutes), lead, early,
        next((at for at, each in enumerate(refutes) if each), _NOWHERE), near,
        sum(a * b for a, b in zip(cover, few[1:], strict=False)),
        sum(a * min(b, 2) for a, b in zip(cover, negations, strict=True)),
        sum(bool(own & each) for each in body.negated),
        max(refutes[at] for at in best), sum(refutes[at] for at in best), sum(negations[:3]),
        sum(negations) / len(negations), float((mine + not_mine > 0) != (early > 0)),
        float(mine + not_mine > 0 and early > 0), float(mine > 0) - float(sum(refutes) / len(refutes) > _OFTEN),
        float(mine > 0 and not any(refutes)), float(mine == 0) * min(lead, 3), mine + not_mine - near,
        len(figures), sum(each not in body.figures for each in figures), body.quotes,
    ]  # fmt: skip


def names() -> tuple[str, ...]:
    """What each feature is called."""
    plain = (
        "shared", "shared_lead", "best", "mean", "best_three", "pairs", "headline", "body", "sentences", "denies",
        "hedges", "body_denies", "lead_denies", "first_denies", "last_denies", "best_denies", "body_hedges",
        "lead_hedges", "best_hedges", "place", "near_denials", "near_hedges", "question", "quoted",
        "refutes", "negates", "refutations", "body_refutes", "lead_refutes", "early_refutes", "first_refutation",
        "near_refutations", "after_refutations", "near_negations", "negated", "best_refutes", "best_refutations",
        "lead_negations", "body_negations", "one_refutes", "both_refute", "refutes_more", "refutes_alone",
        "body_alone_refutes", "refutes_and_not_near", "figures", "other_figures", "quotes",
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
