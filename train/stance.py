"""Fit the trees that say whether a body agrees with a headline: `stance_*.npz` in `src/rashomon/stories/models/`.

    python train/stance.py DATA_DIR [--cross-validate] [--no-write] [--seed N]

Reads stance.jsonl.gz of a folder (FNC-1: bodies, each with headlines and their stances); fetches nothing. One set of
trees a stance, against the other three. With --cross-validate F1 by stance over five folds, once over bodies (no body
in two folds; another body of its topic may be), once over topics (no topic in two folds: bodies are of one topic where
one headline is related to both).
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from boosting import fit
from gold.rows import rows
from options import options
from rashomon.stories.stance import STANCES, chances, features, names, read
from rashomon.trees import Trees, saved

FOLDS = 5
ROUNDS = 100
SETTINGS: dict[str, Any] = {"num_leaves": 16, "learning_rate": 0.08, "min_data_in_leaf": 30, "feature_fraction": 0.4}
PLACE = Path(__file__).parents[1] / "src/rashomon/stories/models"


class Pairs(NamedTuple):
    """Headlines with bodies."""

    columns: NDArray[np.float32]
    stance: NDArray[np.intp]
    body: list[str]
    topic: list[str]


def read_all(folder: Path) -> Pairs:
    columns, stance, body, headlines = [], [], [], []
    for row in rows(folder, "stance"):
        found = read(row["text"])
        for headline, label in row["headlines"]:
            columns.append(features(headline, found))
            stance.append(STANCES.index(label))
            body.append(str(row["id"]))
            headlines.append(headline)
    labels = np.array(stance)
    return Pairs(np.array(columns, np.float32).T, labels, body, topics(headlines, body, labels))


def topics(headlines: Sequence[str], body: Sequence[str], stance: NDArray[np.intp]) -> list[str]:
    """Each pair's topic: of bodies that are joined by headlines related to both, the first."""
    leader = {each: each for each in body}

    def lead(each: str) -> str:
        while leader[each] != each:
            each = leader[each]
        return each

    first: dict[str, str] = {}
    for headline, each, label in zip(headlines, body, stance.tolist(), strict=True):
        if STANCES[label] != "unrelated":
            leader[lead(each)] = lead(first.setdefault(headline, each))
    return [lead(each) for each in body]


def trained(pairs: Pairs, chosen: NDArray[np.bool_]) -> list[Trees]:
    labels = pairs.stance[chosen]
    return [
        fit(pairs.columns[:, chosen], (labels == at).astype(np.float64), names(), rounds=ROUNDS, **SETTINGS)
        for at in range(len(STANCES))
    ]


def cross_validated(pairs: Pairs, groups: Sequence[str], seed: int) -> list[float]:
    """F1 of each stance, and their mean."""
    fold = np.array([zlib.crc32(f"{seed} {group}".encode()) % FOLDS for group in groups])
    answer = np.zeros(len(fold), np.intp)
    for left in range(FOLDS):
        answer[fold == left] = chances(pairs.columns[:, fold == left], trained(pairs, fold != left)).argmax(0)
    scores = []
    for at in range(len(STANCES)):
        right = int(((answer == at) & (pairs.stance == at)).sum())
        scores.append(2 * right / max(1, int((answer == at).sum()) + int((pairs.stance == at).sum())))
    return [*scores, sum(scores) / len(scores)]


def main() -> None:
    asked = options(__doc__)
    pairs = read_all(asked.data)
    if asked.cross_validate:
        print(f"| folds over | {' | '.join(STANCES)} | macro-F1 |\n|---|---|---|---|---|---|")
        for name, groups in (("bodies", pairs.body), ("topics", pairs.topic)):
            scores = cross_validated(pairs, groups, asked.seed)
            print(f"| {name} | " + " | ".join(f"{score:.3f}" for score in scores) + " |", flush=True)
    if not asked.no_write:
        for name, trees in zip(STANCES, trained(pairs, np.ones(len(pairs.stance), bool)), strict=True):
            data = saved(trees)
            (PLACE / f"stance_{name}.npz").write_bytes(data)
            print(f"stance_{name}.npz: {len(data) / 1000:.0f} kB")


if __name__ == "__main__":
    main()
