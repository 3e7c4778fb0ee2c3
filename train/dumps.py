"""Fit the trees that tell a dump's article from its furniture: `src/rashomon/pages/models/dump.npz`.

    PYTHONPATH=train python train/dumps.py DATA_DIR [--seed N] [--rules-only]

Reads `pages_dump_*.jsonl.gz` of a folder; fetches nothing. Prints body F1 by rendering, cross-validated
over sites, beside the rules alone and the whole dump; then fits on everything and writes the file. The
same data gives the same bytes.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import statistics
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from boosting import fit
from folds import folds
from labels import labels, open_blocks, tokens, weights
from rashomon.pages import labels as labelled
from rashomon.pages.choose import Choice, choose
from rashomon.pages.lines import Unit, units
from rashomon.pages.repair import mend
from rashomon.pages.traits import columns
from rashomon.pages.weigh import chances, chosen, gaps
from rashomon.spans import apply
from rashomon.trees import Trees, saved

Row = dict[str, Any]

SETS = ("scrapinghub", "fundus")
FOLDS = 5
ROUNDS = 120
RATE = 0.1
PLACE = Path(__file__).parents[1] / "src/rashomon/pages/models/dump.npz"


class Dump(NamedTuple):
    """One rendering of a page, with what is to be learned from it."""

    address: str
    name: str
    """Its set and rendering."""
    gold: Row
    text: str
    lines: list[Unit]
    choice: Choice
    names: tuple[str, ...]
    columns: NDArray[np.float32]
    labels: NDArray[np.float64]
    weights: NDArray[np.float64]


def dump(text: str, name: str, address: str, gold: Row, known: NDArray[np.float64] | None = None) -> Dump:
    """A rendering as the reader sees it, labelled by its gold; or with labels that are `known`."""
    text = apply(mend(text), text)
    lines = units(text)
    found, kinds = labelled.read(lines)
    choice = choose(lines, kinds, found.title)
    names, values = columns(lines, choice, gaps(text, lines))
    blocks = [line.text for line in lines]
    own = labels(blocks, gold["body"]) if known is None else known
    words = np.array([line.words for line in lines], float)
    weight = weights(words, own) if len(own) == len(lines) else np.zeros(len(lines))
    weight[open_blocks(blocks, gold.get("summary"), gold["body"])] = 0
    return Dump(address, name, gold, text, lines, choice, names, values, own, weight)


def read(folder: Path) -> Iterator[Dump]:
    """All renderings of all pages, and each gold body as a text that has been cleaned already."""
    for name in SETS:
        with gzip.open(folder / f"pages_dump_{name}.jsonl.gz", "rt", encoding="utf-8") as rows:
            seen: set[str] = set()
            for row in map(json.loads, rows):
                if row["page"] not in seen:
                    seen.add(row["page"])
                    yield dump(row["gold"]["body"], f"{name} gold", row["url"], row["gold"])
                yield dump(row["text"], f"{name} {row['render']}", row["url"], row["gold"])


def altered(page: Dump, seed: int) -> Dump | None:
    """The page with runs of its article and of its furniture left out, its lines set apart otherwise."""
    chance = random.Random(f"{seed} {page.address} {page.name}")
    count = len(page.lines)
    if page.name.endswith("gold") or count < 4:
        return None
    keep = np.ones(count, bool)
    article = np.flatnonzero(page.labels)
    if len(article) > 3:
        size = chance.randint(1, max(1, len(article) * 3 // 4))
        start = chance.randint(0, len(article) - size)
        keep[article[start : start + size]] = False
    for _ in range(3):
        start = chance.randrange(count)
        run = np.arange(start, min(count, start + chance.randint(1, max(1, count // 8))))
        keep[run[page.labels[run] == 0]] = False
    left = [int(at) for at in np.flatnonzero(keep)]
    between = chance.choice(("", "", "\n", "\n\n"))
    before = gaps(page.text, page.lines)
    text = "".join((between or "\n" * max(1, min(2, before[at]))) + page.lines[at].text for at in left).lstrip("\n")
    out = dump(text, "altered", page.address, page.gold, page.labels[left])
    return out if len(out.lines) == len(left) and left else None


def trained(pages: Sequence[Dump]) -> Trees:
    """Trees that know these pages."""
    pages = [page for page in pages if page.lines]
    return fit(
        np.hstack([page.columns for page in pages]),
        np.concatenate([page.labels for page in pages]),
        pages[0].names,
        rounds=ROUNDS,
        learning_rate=RATE,
        weights=np.concatenate([page.weights for page in pages]),
    )


Score = tuple[float | None, float | None, float]


def score(gold: Row, text: str) -> Score:
    """Precision, recall and F1 of 4-word shingles; a standfirst that the gold marks may be left out."""

    def shingles(written: str) -> Counter[tuple[str, ...]]:
        words = tokens(written)
        return Counter(tuple(words[at : at + 4]) for at in range(max(1, len(words) - 3))) if words else Counter()

    got, out = shingles(text), []
    summary = gold.get("summary")
    for body in (
        (gold["body"], gold["body"][len(summary) :]) if summary and summary != gold["body"] else (gold["body"],)
    ):
        want = shingles(body)
        hit, both = (want & got).total(), want.total() + got.total()
        out.append(
            (
                hit / got.total() if got else None,
                hit / want.total() if want else None,
                2 * hit / both if both else 1.0,
            )
        )
    return max(out, key=lambda found: found[2])


def line(name: str, scores: Sequence[Score]) -> str:
    """A line of the table."""
    precision = statistics.mean(found[0] for found in scores if found[0] is not None)
    recall = statistics.mean(found[1] for found in scores if found[1] is not None)
    both = 2 * precision * recall / (precision + recall)
    half = sum(found[2] < 0.5 for found in scores)
    return f"  {name:24} {precision:.3f} / {recall:.3f} / {both:.3f}  under half {half:3}  of {len(scores)}"


def validated(pages: Sequence[Dump], extra: Sequence[Dump], seed: int) -> list[tuple[Dump, list[int]]]:
    """Each page with the lines that trees keep which never saw its site."""
    everything = [*pages, *extra]
    places = folds([page.address for page in everything], FOLDS, seed)
    out: list[tuple[Dump, list[int]]] = []
    for fold in range(FOLDS):
        trees = trained([page for page, place in zip(everything, places, strict=True) if place != fold])
        for page, place in zip(pages, places, strict=False):
            if place == fold:
                found = chances(trees, page.text, page.lines, page.choice)
                out.append((page, chosen(page.lines, page.choice, found) if page.lines else []))
    return out


def table(results: Sequence[tuple[Dump, list[int]]]) -> list[str]:
    """Body precision / recall / F1 of each set and rendering: whole, by the rules, by the trees."""
    found: defaultdict[str, list[tuple[Score, Score, Score]]] = defaultdict(list)
    for page, kept in results:
        tried = (range(len(page.lines)), page.choice.kept, kept)
        whole, rules, trees = (score(page.gold, "\n".join(page.lines[at].text for at in own)) for own in tried)
        found[page.name].append((whole, rules, trees))
    out: list[str] = []
    for name, scores in sorted(found.items()):
        out.append(name)
        columns = zip(*scores, strict=True)
        out += [line(what, own) for what, own in zip(("whole dump", "rules", "trees"), columns, strict=True)]
    return out


def main() -> None:
    """Print the table, then write the file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", choices=("table", "file"))
    args = parser.parse_args()
    pages = list(read(args.folder))
    extra = [other for page in pages if (other := altered(page, 1))]
    if args.only != "file":
        print("\n".join(table(validated(pages, extra, args.seed))))
    if args.only != "table":
        PLACE.parent.mkdir(exist_ok=True)
        PLACE.write_bytes(saved(trained([*pages, *extra])))
        print(f"{PLACE}: {PLACE.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
