"""Which pages tell the same story: `python benchmarks/stories.py DATA_DIR [SET…] [--quick]` prints a table.

Sets (`story_sets.py`): gva, ecb, basil. Beside rashomon's own stream, with its trees and without, in the same run: an
online TF-IDF single pass (mean link, 14 days) at the threshold that is best for each set, and at the one that is best
for all three. B-cubed F, adjusted Rand; pages a second for reading what pages are recognised by, and for the stream.
The trees that are shipped were fitted on these sets: `train/stories.py DATA_DIR --cross-validate --no-write` gives the
same table with trees that have not seen the page in hand.

    --quick    without the TF-IDF single pass
    --growth   instead, milliseconds a page in a stream of the sets' pages over and over, names and words changed
    --stance   instead, headlines against bodies (stance.jsonl.gz): F1 by stance
    --common   instead, the background table of common words (general news, none of these sets), to standard output
"""

from __future__ import annotations

import math
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from msgspec.structs import replace

from rashomon.model import Dated, Page
from rashomon.stories.stream import Stream
from rashomon.stories.traits import Traits, read
from story_sets import SETS, page, rows, score


def baseline(pages: Sequence[Page], least: float, window: float = 14.0) -> dict[str, int]:
    """Online TF-IDF: running idf, mean link, pages up to `window` days back; undated pages see all."""
    seen: Counter[str] = Counter()
    posted: dict[str, list[tuple[int, float]]] = defaultdict(list)
    days: list[float | None] = []
    story_of: list[int] = []
    size: list[int] = []
    for index, item in enumerate(pages):
        traits = read(item)
        seen.update(traits.words.keys())
        raw = {w: (1 + math.log(n)) * math.log((index + 2) / (seen[w] + 0.5)) for w, n in traits.words.items()}
        norm = math.sqrt(sum(v * v for v in raw.values())) or 1.0
        totals: dict[int, float] = defaultdict(float)
        day = traits.days[0] if traits.days else None
        vector = {w: v / norm for w, v in raw.items() if v > 0}
        for word, value in vector.items():
            for other, weight in posted[word]:
                then = days[other]
                if day is None or then is None or day - then <= window:
                    totals[story_of[other]] += value * weight
        best = max(totals, key=lambda s: (totals[s] / size[s], -s), default=None)
        if best is None or totals[best] / size[best] < least:
            best = len(size)
            size.append(0)
        size[best] += 1
        story_of.append(best)
        days.append(day)
        for word, value in vector.items():
            posted[word].append((index, value))
    return {item.id: story for item, story in zip(pages, story_of, strict=True)}


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


def growth(folder: Path, upto: int) -> None:
    """Milliseconds a page at a thousand pages and ever ten times as many.

    A round over the pages has its own names: every capitalised word inside a sentence gets the round's ending, and
    dates move on, so that later rounds are other stories and not copies.
    """
    import re

    base = SETS["gva"](folder)[0][:2000]
    stream, count, mark, spent = Stream(), 0, 1000, 0.0
    print("| pages | ms a page over the last tenth |\n|---|---|")
    while count < upto:
        turn = count // len(base)
        ending = "".join(chr(97 + int(digit)) for digit in str(turn))
        for item in base:
            text = re.sub(r"(?<=[a-z,;] )([A-Z][a-z]{2,})", rf"\1{ending}", item.text)
            title = re.sub(r"([A-Z][a-z]{3,})", rf"\1{ending}", item.title or "")
            year = str(2014 + turn % 100)
            date = Dated(year + (item.published.value or "2014-01-01")[4:], "stated", "made for the benchmark")
            moved = replace(item, id=f"{item.id}{turn}", text=text, title=title, published=date)
            traits = read(moved)
            start = time.process_time()
            stream.place(moved, traits)
            if count >= mark * 0.9:
                spent += time.process_time() - start
            count += 1
            if count == mark:
                print(f"| {mark} | {1000 * spent / (mark * 0.1):.2f} |", flush=True)
                mark, spent = mark * 10, 0.0
            if count >= upto:
                return


def common(folder: Path) -> None:
    """Share of pages of general news in which each stem stands, per thousand; stems of one page in 250 or more."""
    texts: dict[str, str] = {}
    for row in rows(folder / "attribution.jsonl.gz"):
        texts[row["id"]] = row["text"]
    for row in rows(folder / "pages_scrapinghub.jsonl.gz"):
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
    for row in rows(folder / "stance.jsonl.gz"):
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


def main(arguments: Sequence[str]) -> None:
    options = [a for a in arguments if a.startswith("--")]
    plain = [a for a in arguments if not a.startswith("--")]
    if not plain:
        sys.exit("Give the folder that holds incidents.jsonl.gz, ecb.jsonl.gz and wording.jsonl.gz.")
    folder = Path(plain[0])
    if "--common" in options:
        common(folder)
        return
    if "--stance" in options:
        stances(folder)
        return
    if "--growth" in options:
        growth(folder, int(plain[1]) if len(plain) > 1 else 100_000)
        return
    print(line(["set", "method", "P", "R", "F", "ARI", "F of 2+", "stories", "pages/s read", "pages/s"]))
    print(line(["---"] * 10))
    for name in plain[1:] or SETS:
        pages, gold = SETS[name](folder)

        told, reading, speed = timed(pages, Stream())
        show([name, "rashomon, trees fitted on these sets"], score(gold, told), reading, speed)
        told, reading, speed = timed(pages, Stream(trees=()))
        show([name, "rashomon without trees"], score(gold, told), reading, speed)
        for least in () if "--quick" in options else (0.09, 0.13, 0.2):
            start = time.process_time()
            grouped = baseline(pages, least)
            speed = len(pages) / (time.process_time() - start)
            show([name, f"online TF-IDF, {least}"], score(gold, grouped), None, speed)


if __name__ == "__main__":
    main(sys.argv[1:])
