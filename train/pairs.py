"""Fit the trees that say how likely two pages tell one story: `pairs.npz` in `src/rashomon/stories/models/`.

    python train/pairs.py DATA_DIR [--cross-validate] [--no-write] [--seed N]

Reads incidents.jsonl.gz, ecb.jsonl.gz and wording.jsonl.gz of a folder; fetches nothing. Each set goes through the
stream in the order of its pages, and every pair that the stream compares is a row. Fits on all of them and writes the
file. With --cross-validate it first prints the stream's scores with trees that have seen no pair of the page in hand:
five folds over incidents, topics and stories; a page is scored by the trees of its own fold. The same data and the
same version of LightGBM give the same bytes.
"""

from __future__ import annotations

import re
import time
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from boosting import fit
from gold.stories import SETS, Gold, score
from options import options
from rashomon.model import Dated, Page
from rashomon.stories.profiles import FEATURES
from rashomon.stories.stream import Stream
from rashomon.trees import Trees, saved

FOLDS = 5
SHARES = {"gva": 2.0, "ecb": 1.0, "basil": 1.0, "altered": 0.5, "small": 0.5}
"""What each set weighs, by the share of a page in it; "altered" and "small" have pages of the others
once more, see the functions of these names."""
ROUNDS = 150
SETTINGS: dict[str, Any] = {
    "num_leaves": 24, "learning_rate": 0.07, "min_data_in_leaf": 60, "feature_fraction": 0.5, "lambda_l2": 5.0,
}  # fmt: skip
PLACE = Path(__file__).parents[1] / "src/rashomon/stories/models/pairs.npz"


FEW = {"gva": 12, "ecb": 1, "basil": 4}
"""Stories (of ECB+ topics) to a small stream."""
SHORT = 500
"""Characters of a page that was cut."""


class Set(NamedTuple):
    """One set with the pairs that the stream compares."""

    name: str
    pages: list[Page]
    gold: Gold
    fold: list[int]
    """The fold of each page."""
    stream: list[int]
    """The stream that each page goes into; those of one stream stand together."""
    columns: NDArray[np.float32]
    """One line a feature, one column a pair."""
    same: NDArray[np.float64]
    """Whether the two pages of a pair tell one story."""
    folds: NDArray[np.intp]
    """The folds of the later and of the earlier page of each pair: two lines."""


def read_set(name: str, folder: Path, seed: int) -> Set:
    """A set with its pairs."""
    pages, gold = SETS[name](folder)
    return paired(name, pages, gold, [_fold(name, gold[page.id], seed) for page in pages], [0] * len(pages))


def paired(name: str, pages: list[Page], gold: Gold, fold_of_each: list[int], streams: list[int]) -> Set:
    """The pages, as a stream compares them."""
    fold = {page.id: each for page, each in zip(pages, fold_of_each, strict=True)}
    stream, number = Stream(trees=()), -1
    columns, same, folds = [], [], []
    for page, now in zip(pages, streams, strict=True):
        stream, number = (stream, number) if now == number else (Stream(trees=()), now)
        near, found = stream.compared(page)
        stream.place(page)
        columns.append(found)
        same += [float(gold[other] == gold[page.id]) for other in near]
        folds += [(fold[page.id], fold[other]) for other in near]
    return Set(name, pages, gold, fold_of_each, streams, np.concatenate(columns, axis=1), np.array(same),
               np.array(folds).T)  # fmt: skip


def altered(each: Set, seed: int) -> Set:
    """The same pages, of each four one without its date and its title, one cut short, and one with both done to it.

    Dumps and stubs lack what news sites give, and the other sets would teach that undated pages are look-alikes.
    """
    pages = []
    for page in each.pages:
        turn = zlib.crc32(f"{seed} {page.id}".encode()) % 4
        if turn & 1:
            page = replace(page, title=None, published=Dated(None, "unknown", "dropped for training"))
        if turn & 2:
            page = replace(page, text=page.text[:SHORT])
        pages.append(page)
    return paired("altered", pages, each.gold, each.fold, each.stream)


def small(sets: Sequence[Set], seed: int) -> Set:
    """The pages of all sets in streams of a few stories each, as a report has them: rarities are others there.

    Look-alike stories of one topic share a stream.
    """
    streams: dict[tuple[str, int], list[tuple[Page, int]]] = {}
    stories: dict[str, int] = {}
    gold: Gold = {}
    for each in sets:
        gold |= {f"{each.name} {page}": story for page, story in each.gold.items()}
        for page, fold in zip(each.pages, each.fold, strict=True):
            group = _group(each.name, each.gold[page.id])
            number = stories.setdefault(f"{each.name} {group}", len(stories)) // FEW[each.name]
            streams.setdefault((each.name, number), []).append((replace(page, id=f"{each.name} {page.id}"), fold))
    pages = [item for found in streams.values() for item in found]
    numbers = [number for number, found in enumerate(streams.values()) for _ in found]
    return paired("small", [page for page, _ in pages], gold, [fold for _, fold in pages], numbers)


def _fold(name: str, story: str, seed: int) -> int:
    """The fold of a story; look-alike stories of one topic stand in one."""
    return zlib.crc32(f"{seed} {_group(name, story)}".encode()) % FOLDS


def _group(name: str, story: str) -> str:
    """A story, or the topic that it shares with its look-alike."""
    return re.sub(r"\D.*", "", story) if name == "ecb" else story


def trained(sets: Sequence[Set], without: int | None) -> Trees:
    """Trees fitted on the pairs of which neither page is of the fold left out."""
    columns, labels, weights = [], [], []
    for each in sets:
        chosen = np.ones(len(each.same), bool) if without is None else (each.folds != without).all(0)
        columns.append(each.columns[:, chosen])
        labels.append(each.same[chosen])
        weights.append(np.full(int(chosen.sum()), SHARES[each.name] / len(each.same)))
    weight = np.concatenate(weights)
    return fit(np.concatenate(columns, axis=1), np.concatenate(labels), FEATURES_, rounds=ROUNDS,
               weights=weight / weight.mean(), **SETTINGS)  # fmt: skip


FEATURES_ = tuple(name.replace(" ", "_") for name in FEATURES)
"""The names as the file holds them, parted by spaces."""


def told(each: Set, trees: Sequence[Trees]) -> tuple[dict[str, float], float]:
    """The scores of the stream, each page placed by the trees of its fold; pages a second."""
    stream, number = Stream(), -1
    placed: dict[str, str] = {}
    start = time.process_time()
    for page, fold, now in zip(each.pages, each.fold, each.stream, strict=True):
        if now != number:
            placed |= _placed(stream, number)
            stream, number = Stream(), now
        stream.trees = trees[fold]
        stream.place(page)
    placed |= _placed(stream, number)
    return score(each.gold, placed), len(each.pages) / (time.process_time() - start)


def _placed(stream: Stream, number: int) -> dict[str, str]:
    return {page: f"{number} {story.id}" for story in stream.stories for page in story.pages}


def main() -> None:
    asked = options(__doc__)
    sets = [read_set(name, asked.data, asked.seed) for name in SETS]
    sets += [altered(sets[0], asked.seed), small(sets, asked.seed)]
    if asked.cross_validate:
        trees = [trained(sets, fold) for fold in range(FOLDS)]
        print("| set | P | R | F | ARI | F of 2+ | stories | pages/s |\n|---|---|---|---|---|---|---|---|")
        for each in sets:
            s, speed = told(each, trees)
            cells = " | ".join(f"{s[key]:.3f}" for key in ("p", "r", "f", "ari", "multi"))
            print(f"| {each.name} | {cells} | {s['stories']:.0f} | {speed:.0f} |", flush=True)
    if not asked.no_write:
        PLACE.parent.mkdir(exist_ok=True)
        PLACE.write_bytes(saved(trained(sets, None)))
        print(f"{PLACE.name}: {PLACE.stat().st_size / 1000:.0f} kB, {sum(len(each.same) for each in sets)} pairs")


if __name__ == "__main__":
    main()
