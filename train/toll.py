"""Fit the trees that say how many a story's pages tell were killed and injured: `toll_killed.npz`, `toll_injured.npz`,
and the regressions over words that they look at, `toll_words.npz`.

    python train/toll.py DATA_DIR [--cross-validate] [--no-write] [--seed N]

Reads incidents.jsonl.gz of a folder; fetches nothing. Each value that a story's pages may mean is a row, its label
whether it is the one that the archive has. With --cross-validate the answers of trees that have not seen the incident
(five folds) are scored as `benchmarks/casualties.py` scores them.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

import regression
from boosting import fit
from gold.tolls import HEAD, Incident, incidents, line, score
from options import options
from rashomon.stories.toll import FEATURES, columns, settled
from rashomon.stories.toll_counts import KINDS, PageToll, read
from rashomon.stories.toll_words import CLASSES, SIZE, Weights, chances, grams, vector
from rashomon.stories.toll_words import saved as saved_words
from rashomon.trees import Trees, saved

FOLDS = 5
ROUNDS = 200
STRENGTH = 0.125
STEPS = 60
SETTINGS: dict[str, Any] = {
    "num_leaves": 12, "learning_rate": 0.06, "min_data_in_leaf": 25, "feature_fraction": 0.4, "lambda_l2": 5.0,
}  # fmt: skip
PLACE = Path(__file__).parents[1] / "src/rashomon/stories/models"
NAMES = tuple(name.replace(" ", "_") for name in FEATURES)


PARTS = 4
"""The regression over words is fitted so many times without a part, for the trees to learn how far to trust it."""


class Read(NamedTuple):
    """An incident with all that is read of its pages."""

    incident: Incident
    told: list[PageToll]
    grams: dict[int, float]
    fold: int
    part: int


def read_all(given: Sequence[Incident], seed: int) -> list[Read]:
    return [
        Read(each, [read(page) for page in each.pages], grams(each.pages),
             zlib.crc32(f"{seed} {each.id}".encode()) % FOLDS, zlib.crc32(f"part {each.id}".encode()) % PARTS)
        for each in given
    ]  # fmt: skip


def words(given: Sequence[Read]) -> Weights:
    """The regressions over the words of these incidents."""
    from scipy.sparse import csr_matrix

    seen = np.zeros(SIZE)
    for each in given:
        seen[list(each.grams)] += 1
    rarity = np.log(len(given) / (1 + seen)).astype(np.float32)
    parts = [vector(each.grams, rarity) for each in given]
    ends = np.cumsum([0, *(len(buckets) for buckets, _ in parts)])
    values = np.concatenate([value for _, value in parts])
    matrix = csr_matrix((values, np.concatenate([b for b, _ in parts]), ends), shape=(len(given), SIZE))
    weight, bias = [], []
    for kind in KINDS:
        labels = np.array([min(each.incident.gold[kind], CLASSES - 1) for each in given])
        found = regression.softmax(matrix, labels, CLASSES, strength=STRENGTH, steps=STEPS)
        weight.append(found[0])
        bias.append(found[1])
    return Weights(rarity, np.array(weight, np.float32), np.array(bias, np.float32))


def trained(given: Sequence[Read]) -> tuple[Weights, dict[str, Trees]]:
    """The regressions and the trees, fitted on all values of these incidents; each incident weighs the same."""
    apart = [words([each for each in given if each.part != part]) for part in range(PARTS)]
    trees = {}
    for kind in KINDS:
        parts, labels, weights = [], [], []
        for each in given:
            possible, found = columns(each.told, kind, chances(each.grams, apart[each.part]))
            parts.append(found)
            labels += [float(value == each.incident.gold[kind]) for value in possible]
            weights += [1 / len(possible)] * len(possible)
        weight = np.array(weights) / np.mean(weights)
        trees[kind] = fit(np.concatenate(parts, axis=1), np.array(labels), NAMES, rounds=ROUNDS, weights=weight,
                          **SETTINGS)  # fmt: skip
    return words(given), trees


def cross_validated(given: Sequence[Read]) -> dict[str, dict[str, int | None]]:
    """The answer for each incident by what was fitted without it."""
    out: dict[str, dict[str, int | None]] = {}
    for left in range(FOLDS):
        weights, trees = trained([each for each in given if each.fold != left])
        for each in given:
            if each.fold == left:
                found = chances(each.grams, weights)
                out[each.incident.id] = {
                    kind: settled(each.incident.pages, each.told, kind, found, trees[kind]).value for kind in KINDS
                }
    return out


def main() -> None:
    asked = options(__doc__)
    given = incidents(asked.data)
    ready = read_all(given, asked.seed)
    if asked.cross_validate:
        print(HEAD)
        print(line("rashomon, cross-validated", score(given, cross_validated(ready))), flush=True)
    if not asked.no_write:
        weights, trees = trained(ready)
        made = {"toll_words": saved_words(weights), **{f"toll_{kind}": saved(trees[kind]) for kind in KINDS}}
        for name, data in made.items():
            (PLACE / f"{name}.npz").write_bytes(data)
            print(f"{name}.npz: {len(data) / 1000:.0f} kB")


if __name__ == "__main__":
    main()
