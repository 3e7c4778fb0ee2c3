"""Fit the trees that tell a dump's article and title: `dump.npz` and `title.npz` in `src/rashomon/pages/models/`.

    python train/dumps.py DATA_DIR [--cross-validate] [--no-write] [--seed N]

Reads `pages_*.jsonl.gz` of a folder; fetches nothing. With --cross-validate prints body F1 by rendering,
cross-validated over sites, for each set and for both, beside the whole dump and the rules alone, and how many
titles are exact; then fits on everything and writes the files. The same data, and the same versions of the
extractors and of LightGBM, give the same bytes.
"""

from __future__ import annotations

import random
import statistics
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from altered import listed
from boosting import fit
from folds import folds
from gold.made_up import made_up
from gold.rows import rows
from labels import labels, open_blocks, tokens, weights
from options import options
from rashomon.pages import headings
from rashomon.pages import labels as labelled
from rashomon.pages.choose import Choice, choose
from rashomon.pages.inline import insertions
from rashomon.pages.lines import Unit, units
from rashomon.pages.repair import mend
from rashomon.pages.traits import columns
from rashomon.pages.weigh import chances, chosen, gaps
from rashomon.spans import apply
from rashomon.trees import Trees, odds, saved
from renderings import agreed, titles
from scores import Score, score

Row = dict[str, Any]
Floats = NDArray[np.float64]

SETS = ("scrapinghub", "fundus")
FOLDS = 5
ROUNDS = 280
SETTINGS: dict[str, Any] = {
    "num_leaves": 32,
    "learning_rate": 0.05,
    "min_data_in_leaf": 60,
    "feature_fraction": 0.25,
}
LESS = 0.5
"""Lists that were made, and pages whose gold two extractors stand for, weigh so much."""
TITLE_ROUNDS = 100
TITLE_SETTINGS: dict[str, Any] = {"num_leaves": 12, "min_data_in_leaf": 20}
FAR = 25
"""Short lines so many lines away from the article are thinned out: a quarter of them stands for all."""
PLACE = Path(__file__).parents[1] / "src/rashomon/pages/models"


class Dump(NamedTuple):
    """One rendering of a page, with what is to be learned from it."""

    address: str
    name: str
    """Its set and rendering."""
    gold: Row
    title: str | None
    text: str
    lines: list[Unit]
    choice: Choice
    names: tuple[str, ...]
    columns: NDArray[np.float32]
    labels: Floats
    weights: Floats


def dump(text: str, name: str, address: str, gold: Row, title: str | None, known: Floats | None = None) -> Dump:
    """A rendering as the reader sees it, labelled by its gold or with labels that are `known`; it has some line."""
    text = apply(mend(text), text)
    lines = units(text)
    found, kinds = labelled.read(lines)
    choice = choose(lines, kinds, found.title)
    names, values = columns(lines, choice, gaps(text, lines))
    blocks = [unbroken(line.text) for line in lines]
    own = labels(blocks, gold["body"]) if known is None or len(known) != len(lines) else known
    weight = weights(np.array([line.words for line in lines], float), own)
    weight[open_blocks(blocks, gold.get("summary"), gold["body"])] = 0
    return Dump(address, name, gold, title, text, lines, choice, names, values, own, weight)


def unbroken(text: str) -> str:
    """A text as the reader gives it: without what breaks into its sentences."""
    return apply(insertions(text)[0], text)


def read(folder: Path, told: dict[str, str]) -> Iterator[Dump]:
    """All renderings of all pages, and each gold body as a text that has been cleaned already."""
    for name in SETS:
        seen: set[str] = set()
        for row in rows(folder, f"pages_dump_{name}"):
            gold, address = row["gold"], row["url"]
            title = gold.get("title") or told.get(address)
            if row["page"] not in seen:
                seen.add(row["page"])
                yield dump(gold["body"], f"{name} gold", address, gold, None)
            if row["text"].strip():
                yield dump(row["text"], f"{name} {row['render']}", address, gold, title)


def further(pages: Sequence[Dump], folder: Path, told: dict[str, str]) -> Iterator[Dump]:
    """What is learned from as well: made lists, dumps that were made up, and pages of which only HTML is known."""
    for page in pages:
        if page.name.endswith(("gold", "noisy")):
            continue
        article = [int(at) for at in np.flatnonzero(page.labels)]
        made = listed([line.text for line in page.lines], article, f"{page.address} {page.name}")
        if made is None:
            continue
        before = gaps(page.text, page.lines)
        text, last = "", -1
        for line, origin in zip(*made, strict=True):
            between = "\n" * (max(1, min(2, before[origin])) if origin != last else 1)
            text, last = (text + between if text else "") + line, origin
        yield dump(text, "list", page.address, page.gold, None, page.labels[made[1]])
    yield from invented()
    for page_ in agreed(folder, "htmldate"):
        for name, text in page_.dumps.items():
            if text.strip():
                yield dump(text, f"agreed {name}", page_.address, {"body": page_.body}, told.get(page_.address))


def invented() -> Iterator[Dump]:
    """The dumps that were made up, by their marks; where lines were wrapped, by their gold."""
    for row in made_up("learned"):
        gold, marks = row["gold"], np.array(row["marks"])
        page = dump(row["text"], "made up", row["url"], gold, gold["title"], (marks == "A").astype(float))
        if len(page.lines) == len(marks):
            page.weights[marks == "S"] = 0
        yield page


def thinned(page: Dump) -> tuple[NDArray[np.intp], Floats]:
    """The lines to learn from, and their weights."""
    count = len(page.lines)
    at = np.arange(count)
    article = np.flatnonzero(page.labels)
    if count < 60 or not len(article):
        return at, page.weights
    place = np.searchsorted(article, at)
    ahead = np.where(place < len(article), article[np.minimum(place, len(article) - 1)] - at, count)
    behind = np.where(place > 0, at - article[np.maximum(place - 1, 0)], count)
    words = np.array([line.words for line in page.lines])
    far = (np.minimum(ahead, behind) > FAR) & (words < 8)
    chance = random.Random(f"{page.address} {page.name}")
    taken = np.array([chance.random() < 0.25 for _ in range(count)])
    return np.flatnonzero(~far | taken), np.where(far, page.weights * 4, page.weights)


def trained(pages: Sequence[Dump]) -> Trees:
    """Trees that know these pages' articles."""
    parts: list[tuple[NDArray[np.float32], Floats, Floats]] = []
    for page in pages:
        rows, weight = thinned(page)
        less = LESS if page.name.startswith(("list", "agreed")) else 1.0
        parts.append((page.columns[:, rows], page.labels[rows], weight[rows] * less))
    return fit(
        np.hstack([values for values, _, _ in parts]),
        np.concatenate([own for _, own, _ in parts]),
        pages[0].names,
        rounds=ROUNDS,
        **SETTINGS,
        weights=np.concatenate([weight for _, _, weight in parts]),
    )


def titled(page: Dump, kept: Sequence[int]) -> tuple[list[int], NDArray[np.float32], Floats] | None:
    """The lines that may be a page's title, their features, and 1 for those that are."""
    kinds = page.choice.kinds
    found = headings.candidates(page.lines, kinds, kept) if page.title and kept else []
    if not found:
        return None
    # A third of the pages goes without the address, as many dumps do.
    blind = random.Random(f"{page.address} {page.name}").random() < 1 / 3
    address = None if blind and not page.name.startswith("fundus") else page.address
    between = gaps(page.text, page.lines)
    _, values = headings.columns(page.lines, kinds, kept, between, page.choice.title, address, found)
    wanted = folded(page.title or "")
    return found, values, np.array([folded(page.lines[at].text) == wanted for at in found], float)


def folded(text: str) -> str:
    """Words alone, in small letters."""
    return " ".join(tokens(text.casefold()))


def title_trees(pages: Sequence[Dump]) -> Trees:
    """Trees that know these pages' titles; those of other markup than the gold's weigh less."""
    parts = [
        (found[1], found[2], np.full(len(found[0]), LESS if page.name.startswith("agreed") else 1.0))
        for page in pages
        if (found := titled(page, [int(at) for at in np.flatnonzero(page.labels)]))
    ]
    return fit(
        np.hstack([values for values, _, _ in parts]),
        np.concatenate([own for _, own, _ in parts]),
        headings.NAMES,
        rounds=TITLE_ROUNDS,
        weights=np.concatenate([weight for _, _, weight in parts]),
        **TITLE_SETTINGS,
    )


class Result(NamedTuple):
    """What was made of a page by trees that never saw its site."""

    page: Dump
    kept: list[int]
    exact: bool | None
    """Whether the title is exact; null where the gold has none."""


def validated(pages: Sequence[Dump], extra: Sequence[Dump], seed: int) -> Iterator[Result]:
    """Each page with the lines that trees keep which never saw its site."""
    everything = [*pages, *extra]
    places = folds([page.address for page in everything], FOLDS, seed)
    for fold in range(FOLDS):
        known = [page for page, place in zip(everything, places, strict=True) if place != fold]
        trees, heads = trained(known), title_trees(known)
        for page, place in zip(pages, places, strict=False):
            if place != fold:
                continue
            kept = chosen(page.lines, page.choice, chances(trees, page.text, page.lines, page.choice))
            exact = None
            if page.gold.get("title") and page.title:
                exact = False
                if found := titled(page, kept):
                    likely = odds(heads.scores(found[1]))
                    best = int(np.argmax(likely))
                    exact = bool(likely[best] >= headings.LEAST and found[2][best])
            yield Result(page, kept, exact)


def line(name: str, scores: Sequence[Score]) -> str:
    """A line of the table."""
    precision = statistics.mean(found[0] for found in scores if found[0] is not None)
    recall = statistics.mean(found[1] for found in scores if found[1] is not None)
    both = 2 * precision * recall / (precision + recall)
    half = sum(found[2] < 0.5 for found in scores)
    return f"  {name:12} {precision:.3f} / {recall:.3f} / {both:.3f}  under half {half:3}  of {len(scores)}"


def table(results: Iterator[Result]) -> list[str]:
    """Body precision / recall / F1 of each set and rendering: whole, by the rules, by the trees; exact titles."""
    found: defaultdict[str, list[tuple[Score, Score, Score]]] = defaultdict(list)
    right: defaultdict[str, list[bool]] = defaultdict(list)
    for page, kept, exact in results:
        tried = (range(len(page.lines)), page.choice.kept, kept)
        texts = [unbroken("\n".join(page.lines[at].text for at in own)) for own in tried]
        whole, rules, trees = (score(page.gold, text) for text in texts)
        for name in (page.name, f"both {page.name.split()[-1]}"):
            found[name].append((whole, rules, trees))
            if exact is not None:
                right[name].append(exact)
    out: list[str] = []
    for name, scores in sorted(found.items()):
        titles_ = f"  titles exact {statistics.mean(right[name]):.3f}" if right[name] else ""
        out.append(f"{name}{titles_}")
        out += [
            line(what, own)
            for what, own in zip(("whole dump", "rules", "trees"), zip(*scores, strict=True), strict=True)
        ]
    return out


def main() -> None:
    """Print the table, then write the files."""
    asked = options(__doc__)
    told = titles(asked.data, ("htmldate", "scrapinghub"))
    pages = list(read(asked.data, told))
    extra = list(further(pages, asked.data, told))
    if asked.cross_validate:
        print("\n".join(table(validated(pages, extra, asked.seed))), flush=True)
    if not asked.no_write:
        PLACE.mkdir(exist_ok=True)
        for name, trees in (("dump", trained([*pages, *extra])), ("title", title_trees([*pages, *extra]))):
            place = PLACE / f"{name}.npz"
            place.write_bytes(saved(trees))
            print(f"{place.name}: {place.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
