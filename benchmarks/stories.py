"""Which pages tell the same story.

    python benchmarks/stories.py DATA_DIR [SET…] [--quick | --stream [PAGES] | --copies | --stance | --common]

Sets (`gold.stories`): gva, ecb, basil. Beside rashomon's own stream, with its trees and without, in the same run: an
online TF-IDF single pass (mean link, 14 days) at the threshold that is best for each set, and at the one that is best
for all three. B-cubed F, adjusted Rand; pages a second for reading what pages are recognised by, and for the stream.
The trees that are shipped were fitted on these sets: `train/pairs.py DATA_DIR --cross-validate --no-write` gives the
same table with trees that have not seen the page in hand.

    --quick    without the TF-IDF single pass
    --stream   instead, pages a second at 1,000, 10,000 and 100,000 pages (or up to so many) made of the incidents by
               other names, numbers and years, and the ratio of the costs
    --copies   instead, copies: recall against brute force over incidents and stance.jsonl.gz, pages a second
    --stance   instead, headlines against bodies (stance.jsonl.gz): F1 by stance
    --common   instead, the background table of common words (general news, none of these sets), to standard output
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from importlib import import_module
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np

from gold.rows import rows
from gold.stories import SETS, page, score
from rashomon.model import Page
from rashomon.stories.stream import Stream
from rashomon.stories.traits import Traits, read
from rashomon.stories.words import fold
from single_pass import baseline
from stories_growth import growth


def timed(pages: Sequence[Page], stream: Stream) -> tuple[dict[str, str], float, float]:
    """The story of each page; pages a second for reading traits, and for the stream apart from that."""
    start = time.process_time()
    traits = [read(item) for item in pages]
    middle = time.process_time()
    for item, found in zip(pages, traits, strict=True):
        stream.place(item, found)
    end = time.process_time()
    told = {p: story.id for story in stream.stories for p in story.pages}
    return told, len(pages) / (middle - start), len(pages) / (end - middle)


def repeats(folder: Path) -> None:
    """Recall of the pairs whose containment is .7 or more, by brute force, and pages a second."""
    found = import_module("rashomon.stories.copies")
    bodies = [row["text"] for row in rows(folder, "stance")]
    print(line(["set", "pages", "pairs by brute force", "recall", "precision", "pages/s"]))
    print(line(["---"] * 6))
    for name, texts in (("gva", [item.text for item in SETS["gva"](folder)[0]]), ("stance bodies", bodies)):
        start = time.process_time()
        told = set(found.repeating(texts))
        speed = len(texts) / (time.process_time() - start)
        real = brute(texts)
        both = len(told & real)
        print(line([name, len(texts), len(real), both / max(1, len(real)), both / max(1, len(told)), round(speed)]))


def brute(texts: Sequence[str]) -> set[tuple[int, int]]:
    """The pairs of texts of which one repeats the other, by counting what any two have in common, run by run of words.

    Nothing of what is measured is used but what a repetition is: its constants, and that words are compared folded.
    """
    found = import_module("rashomon.stories.copies")
    posted: dict[tuple[str, ...], list[int]] = defaultdict(list)
    sizes = []
    for at, text in enumerate(texts):
        words = [fold(word) for word in re.findall(r"\w+", text)]
        runs = {tuple(words[i : i + found.WORDS]) for i in range(len(words) - found.WORDS + 1)}
        sizes.append(len(runs))
        for run in runs:
            posted[run].append(at)
    shared: Counter[tuple[int, int]] = Counter()
    for pages in posted.values():
        shared.update(combinations(pages, 2))
    least = {pair: min(sizes[pair[0]], sizes[pair[1]]) for pair in shared}
    return {pair for pair, n in shared.items() if least[pair] >= found.LEAST and n >= found.SHARE * least[pair]}


def common(folder: Path) -> None:
    """Share of pages of general news in which each stem stands, per thousand; stems of one page in 250 or more."""
    texts: dict[str, str] = {}
    for row in rows(folder, "attribution"):
        texts[row["id"]] = row["text"]
    for row in rows(folder, "pages_scrapinghub"):
        texts[row["id"]] = row["gold"]["body"] or ""
    counts: Counter[str] = Counter()
    for name, text in texts.items():
        traits: Traits = read(page(name, "", "", text))
        counts.update(traits.words.keys())
    print("# Share of pages of general news in which a stem stands, per thousand pages.")
    print("stem\tper_thousand")
    for word, count in sorted(counts.items()):
        if count * 250 >= len(texts):
            print(f"{word}\t{1000 * count / len(texts):.0f}")


def stances(folder: Path) -> None:
    """F1 by stance over FNC-1's pairs (stance.jsonl.gz): ours, fitted on them, and by shared words alone."""
    from rashomon.stories.stance import STANCES, chances, features, own, read

    columns, gold = [], []
    for row in rows(folder, "stance"):
        body = read(row["text"])
        columns += [features(headline, body) for headline, _ in row["headlines"]]
        gold += [STANCES.index(stance) for _, stance in row["headlines"]]
    trees = own()
    if trees is None:
        sys.exit("The trees of stances were left out; train/stance.py makes them.")
    ours = chances(np.array(columns, np.float32).T, trees).argmax(0).tolist()
    shared = [STANCES.index("discuss" if found[0] > 0.5 else "unrelated") for found in columns]
    print(line(["method", *STANCES, "macro-F1"]))
    print(line(["---"] * 6))
    for name, told in (("rashomon, trees fitted on these pairs", ours), ("shared words: discuss or unrelated", shared)):
        found = []
        for at in range(len(STANCES)):
            right = sum(a == b == at for a, b in zip(told, gold, strict=True))
            found.append(2 * right / max(1, told.count(at) + gold.count(at)))
        print(line([name, *found, sum(found) / len(found)]))


def line(cells: Iterable[Any]) -> str:
    return "| " + " | ".join(f"{cell:.3f}" if isinstance(cell, float) else str(cell) for cell in cells) + " |"


def show(name: Sequence[str], s: Mapping[str, float], reading: float | None, speed: float) -> None:
    found = [s["p"], s["r"], s["f"], s["ari"], s["multi"], int(s["stories"])]
    print(line([*name, *found, "" if reading is None else round(reading), round(speed)]), flush=True)


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("folder", type=Path)
    words.add_argument("sets", nargs="*", choices=[*SETS, []], metavar="SET")
    words.add_argument("--quick", action="store_true")
    words.add_argument("--stream", nargs="?", type=int, const=100_000, metavar="PAGES")
    for name in ("--copies", "--stance", "--common"):
        words.add_argument(name, action="store_true")
    asked = words.parse_args()
    if asked.common:
        common(asked.folder)
    elif asked.stance:
        stances(asked.folder)
    elif asked.stream:
        growth(SETS["gva"](asked.folder)[0], asked.stream)
    elif asked.copies:
        repeats(asked.folder)
    else:
        grouped(asked.folder, asked.sets or list(SETS), asked.quick)


def grouped(folder: Path, sets: Sequence[str], quick: bool) -> None:
    """Print the table."""
    print(line(["set", "method", "P", "R", "F", "ARI", "F of 2+", "stories", "pages/s read", "pages/s"]))
    print(line(["---"] * 10))
    for name in sets:
        pages, gold = SETS[name](folder)

        told, reading, speed = timed(pages, Stream())
        show([name, "rashomon, trees fitted on these sets"], score(gold, told), reading, speed)
        told, reading, speed = timed(pages, Stream(trees=()))
        show([name, "rashomon without trees"], score(gold, told), reading, speed)
        for least in () if quick else (0.09, 0.13, 0.2):
            start = time.process_time()
            alone = baseline(pages, least)
            speed = len(pages) / (time.process_time() - start)
            show([name, f"online TF-IDF, {least}"], score(gold, alone), None, speed)


if __name__ == "__main__":
    main()
