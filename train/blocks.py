"""Fit the trees that tell an HTML page's article from its furniture: `src/rashomon/pages/models/html.npz`.

    python train/blocks.py DATA_DIR [--cross-validate] [--no-write] [--seed N]

Reads `pages_scrapinghub`, `pages_fundus` and `pages_htmldate` of a folder; fetches nothing. With --cross-validate
prints body F1 cross-validated over sites, for the folds of two seeds, beside trafilatura in the same run; then
fits on everything and writes the file. The same data gives the same bytes.

The pages of htmldate have no gold body. They are learned from as well, at a lower weight: where trafilatura
and resiliparse agree on the body, trafilatura's is taken for the gold.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from boosting import fit
from folds import folds, site
from gold.rows import rows
from labels import labels, weights
from options import options
from rashomon.pages import opinion
from rashomon.pages.article import kept
from rashomon.pages.blocks import REPEATS, Blocks
from rashomon.pages.features import features
from rashomon.pages.markup import Markup
from rashomon.pages.metadata import metadata
from rashomon.trees import Trees, odds, saved
from renderings import bodies
from scores import score

Row = dict[str, Any]
Floats = NDArray[np.float64]

SETS = ("scrapinghub", "fundus")
FOLDS = 5
ROUNDS = 70
SETTINGS: dict[str, Any] = {"num_leaves": 16, "learning_rate": 0.13}
ALTERED = 4
"""Altered copies of each page."""
SHORT = 200
"""Bodies without gold of fewer characters are not learned from."""
AGREED = 0.6
"""The F1 of two extractors' bodies from which on they agree."""
WEAK = 0.2
"""What a page without gold weighs."""
PLACE = Path(__file__).parents[1] / "src/rashomon/pages/models/html.npz"


class Sample(NamedTuple):
    """What is learned from a page, or an altered copy of it."""

    columns: NDArray[np.float32]
    labels: Floats
    weights: Floats


class Example(NamedTuple):
    """A page with what is to be learned from it."""

    row: Row
    blocks: Blocks
    names: tuple[str, ...]
    samples: tuple[Sample, ...]
    """The page itself, then its altered copies."""


class Head(NamedTuple):
    """What the head of a page says that the features look at."""

    title: str | None
    summary: str | None


def example(row: Row, gold: str, altered: int, seed: int) -> Example | None:
    """A page with its samples, or None where it has no text."""
    markup = Markup(row["html"])
    if not markup.block_text:
        return None
    told = metadata(markup.tree, row["url"])
    head = Head(told.title, told.summary)
    found = labels(_once(Blocks(markup, head.title)), gold)
    blocks, names, first = sample(markup, head, found)
    samples = [first]
    random = np.random.default_rng([seed, altered])
    for _ in range(altered):
        keep = shortened(found, random)
        if keep.sum() >= 3:
            samples.append(sample(changed(markup, keep), head, found[keep])[2])
    return Example(row, blocks, names, tuple(samples))


def _once(blocks: Blocks) -> list[str]:
    """The texts of the blocks, but of the article once more as one field of data, which would be taken for the gold."""
    copies = (blocks.repeats > REPEATS).tolist()
    return ["" if copy else text for text, copy in zip(blocks.markup.block_text, copies, strict=True)]


def sample(markup: Markup, head: Head, found: Floats) -> tuple[Blocks, tuple[str, ...], Sample]:
    """A page's blocks, the names of their features, and what is learned from them."""
    blocks = Blocks(markup, head.title)
    names, columns = features(blocks, head.summary)
    return blocks, names, Sample(columns, found, weights(blocks.shapes.words, found))


def shortened(found: Floats, random: np.random.Generator) -> NDArray[np.bool_]:
    """Which blocks stay when a run of the article and three runs of furniture are left out."""
    keep = np.ones(len(found), bool)
    article = np.flatnonzero(found)
    if len(article) > 3:
        size = int(random.integers(1, max(2, len(article) * 3 // 4)))
        start = int(random.integers(0, len(article) - size + 1))
        keep[article[start : start + size]] = False
    for _ in range(3):
        start, size = int(random.integers(0, len(found))), int(random.integers(1, max(2, len(found) // 8)))
        run = np.arange(start, min(len(found), start + size))
        keep[run[found[run] == 0]] = False
    return keep


def changed(markup: Markup, keep: NDArray[np.bool_]) -> Markup:
    """The page with some of its blocks."""
    out = Markup.__new__(Markup)
    places = np.flatnonzero(keep).tolist()
    for name in Markup.__slots__:
        value = getattr(markup, name)
        setattr(out, name, [value[at] for at in places] if name.startswith("block_") else value)
    return out


def weak(folder: Path) -> Iterator[Example]:
    """Pages without gold on whose body two extractors agree."""
    for row, body, _, same in bodies(folder, "htmldate"):
        if len(body) < SHORT or same < AGREED:
            continue
        found = example(row, body, 0, 0)
        if found is not None and found.samples[0].labels.any():
            (own,) = found.samples
            yield found._replace(samples=(own._replace(weights=own.weights * WEAK),))


def trained(examples: Sequence[Example]) -> Trees:
    """Trees for all samples of the pages."""
    samples = [sample for page in examples for sample in page.samples]
    return fit(
        np.concatenate([sample.columns for sample in samples], axis=1),
        np.concatenate([sample.labels for sample in samples]),
        examples[0].names,
        rounds=ROUNDS,
        **SETTINGS,
        weights=np.concatenate([sample.weights for sample in samples]),
    )


def validated(examples: Sequence[Example], extra: Sequence[Example], seed: int) -> list[Floats]:
    """How likely each block of each page is the article, by trees that have seen no page of its site."""
    place = folds([page.row["url"] for page in examples], FOLDS, seed)
    out: list[Floats] = [np.zeros(0)] * len(examples)
    for fold in range(FOLDS):
        held = {site(page.row["url"]) for page, own in zip(examples, place, strict=True) if own == fold}
        others = [page for page, own in zip(examples, place, strict=True) if own != fold]
        trees = trained(others + [page for page in extra if site(page.row["url"]) not in held])
        for at, (page, own) in enumerate(zip(examples, place, strict=True)):
            if own == fold:
                out[at] = odds(trees.scores(page.samples[0].columns))
    return out


def table(name: str, examples: Sequence[Example], text: Callable[[int], str]) -> None:
    """Print one system's scores: precision / recall / F1 of each set, and how many pages are under one half."""
    cells = []
    for chosen in SETS:
        found = [score(page.row["gold"], text(at)) for at, page in enumerate(examples) if page.row["set"] == chosen]
        precision, recall = (statistics.mean(x for line in found if (x := line[at]) is not None) for at in (0, 1))
        both = 2 * precision * recall / (precision + recall)
        cells.append(f"{precision:.3f} / {recall:.3f} / {both:.4f}, {sum(line[2] < 0.5 for line in found)} under half")
    print(f"{name:38} {'   '.join(cells)}", flush=True)


def main() -> None:
    asked = options(__doc__)
    golden = [row for name in SETS for row in rows(asked.data, f"pages_{name}") if row["gold"].get("body")]
    found = [example(row, row["gold"]["body"], ALTERED, at) for at, row in enumerate(golden)]
    examples = [page for page in found if page is not None]
    extra = list(weak(asked.data))
    print(f"{len(examples)} pages with gold of {len({site(page.row['url']) for page in examples})} sites", end="")
    print(f", {len(extra)} without", flush=True)
    if asked.cross_validate:
        compare(examples, extra, (asked.seed, asked.seed + 1))
    if not asked.no_write:
        PLACE.parent.mkdir(exist_ok=True)
        PLACE.write_bytes(saved(trained([*examples, *extra])))
        print(f"{PLACE.name}: {PLACE.stat().st_size:,} bytes")


def compare(examples: Sequence[Example], extra: Sequence[Example], seeds: Sequence[int]) -> None:
    """Print what trees reach that have not seen the page's site, for the folds of each seed, beside trafilatura."""
    print(f"{'precision / recall / F1':38} {'   '.join(f'{name:38}' for name in SETS)}")
    theirs = [opinion.paragraphs(page.row["html"]) for page in examples]
    table("trafilatura, for precision", examples, lambda at: "\n".join(theirs[at]))
    for seed in seeds:
        likely = validated(examples, extra, seed)
        ours = [kept(page.blocks, own) for page, own in zip(examples, likely, strict=True)]
        asked = [promise < opinion.UNSURE for _, promise in ours]
        final = [
            opinion.agreed(page.blocks, own, lines) if ask else own
            for page, (own, _), lines, ask in zip(examples, ours, theirs, asked, strict=True)
        ]
        for name, chosen in (("the trees", [own for own, _ in ours]), ("with a second opinion", final)):
            texts = [_text(page.blocks, own) for page, own in zip(examples, chosen, strict=True)]
            table(f"{name}, folds {seed}", examples, texts.__getitem__)
        print(f"a second opinion was asked on {sum(asked)} pages")


def _text(blocks: Blocks, own: NDArray[np.bool_]) -> str:
    return "\n".join(text for text, keep in zip(blocks.markup.block_text, own, strict=True) if keep)


if __name__ == "__main__":
    main()
