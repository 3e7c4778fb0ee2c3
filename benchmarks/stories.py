"""Which pages tell the same story: `python benchmarks/stories.py DATA_DIR [SET…]` prints a table.

Sets: GVA (incidents.jsonl.gz, local pages on shootings; an incident is the story), ECB+ (ecb.jsonl.gz,
look-alike events under one topic), BASIL (wording.jsonl.gz, three pages a story). Beside rashomon's own
stream, in the same run: an online TF-IDF single pass (mean link, 14 days) at the threshold that is best
for each set, and at the one that is best for all three. B-cubed F, adjusted Rand, pages a second.

    --fit      fit the pair's weights on the three sets' candidate pairs, and print them
    --common   write the background table of common words (general news, none of these sets) to stdout
"""

from __future__ import annotations

import gzip
import json
import math
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from rashomon.model import Dated, Page
from rashomon.spans import digest
from rashomon.stories.traits import Traits, read

Gold = dict[str, str]


def rows(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def page(page_id: str, published: str, title: str, text: str) -> Page:
    """A gold page as a record."""
    value = published[:10] or None
    dated = Dated(value, "stated" if value else "unknown", "given with the data")
    return Page(id=page_id, address=page_id, title=title or None, published=dated, text=text)


def gva(folder: Path) -> tuple[list[Page], Gold]:
    """Usable pages by date: 200 characters or more, no text and no id in two incidents."""
    found = [(row["incident"], item) for row in rows(folder / "incidents.jsonl.gz") for item in row["pages"]]
    texts, ids = defaultdict(set), defaultdict(set)
    for story, item in found:
        texts[(item["text"] or "").strip()].add(story)
        ids[item["id"]].add(story)
    pages: dict[str, Page] = {}
    gold: Gold = {}
    for story, item in found:
        text = (item["text"] or "").strip()
        if len(text) >= 200 and len(texts[text]) == len(ids[item["id"]]) == 1 and item["id"] not in pages:
            pages[item["id"]] = page(item["id"], item["published"] or "", item["title"] or "", text)
            gold[item["id"]] = story
    return sorted(pages.values(), key=lambda p: (p.published.value or "", p.id)), gold


def ecb(folder: Path) -> tuple[list[Page], Gold]:
    """Undated, in the order of their ids' digests; the address that opens some would give them away: dropped."""
    pages, gold = [], {}
    for row in sorted(rows(folder / "ecb.jsonl.gz"), key=lambda row: digest(str(row["id"]))):
        lines: dict[int, list[str]] = defaultdict(list)
        for token in ElementTree.fromstring(row["xml"]).iter("token"):
            lines[int(token.get("sentence") or 0)].append(token.text or "")
        if lines[0] and lines[0][0].startswith("http"):
            del lines[0]
        pages.append(page(row["id"], "", "", "\n".join(" ".join(lines[number]) for number in sorted(lines))))
        gold[row["id"]] = row["story"]
    return pages, gold


def basil(folder: Path) -> tuple[list[Page], Gold]:
    pages, gold = [], {}
    times: Counter[str] = Counter()
    for row in rows(folder / "wording.jsonl.gz"):
        times[row["id"]] += 1
        name = row["id"] if times[row["id"]] == 1 else f"{row['id']}#{times[row['id']]}"
        pages.append(page(name, row["date"] or "", row["title"] or "", "\n".join(row["paragraphs"])))
        gold[name] = row["story"]
    return sorted(pages, key=lambda p: (p.published.value or "", p.id)), gold


SETS: dict[str, Callable[[Path], tuple[list[Page], Gold]]] = {"gva": gva, "ecb": ecb, "basil": basil}


def score(gold: Mapping[str, str], predicted: Mapping[str, Any]) -> dict[str, float]:
    """B-cubed precision, recall and F, adjusted Rand, and B-cubed F over stories of two pages or more."""
    cells = Counter((gold[p], predicted[p]) for p in gold)
    sizes, labels = Counter(gold.values()), Counter(predicted[p] for p in gold)
    several = {p for p in gold if sizes[gold[p]] > 1}
    out = dict(zip(("p", "r", "f"), _bcubed(gold, predicted), strict=True))

    def pairs(n: int) -> float:
        return n * (n - 1) / 2

    together, a, b = (sum(map(pairs, c.values())) for c in (cells, sizes, labels))
    expected = a * b / pairs(len(gold))
    out["ari"] = (together - expected) / ((a + b) / 2 - expected)
    out["multi"] = _bcubed({p: gold[p] for p in several}, predicted)[2]
    out["stories"] = len(labels)
    return out


def _bcubed(gold: Mapping[str, str], predicted: Mapping[str, Any]) -> tuple[float, float, float]:
    cells = Counter((gold[p], predicted[p]) for p in gold)
    sizes, labels = Counter(gold.values()), Counter(predicted[p] for p in gold)
    precision = sum(n * n / labels[label] for (_, label), n in cells.items()) / len(gold)
    recall = sum(n * n / sizes[story] for (story, _), n in cells.items()) / len(gold)
    return precision, recall, 2 * precision * recall / (precision + recall)


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


def ours(pages: Sequence[Page]) -> dict[str, str]:
    from rashomon.stories import Stream

    stream = Stream()
    for item in pages:
        stream.add(item)
    return {p: story.id for story in stream.stories for p in story.pages}


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


def fit(folder: Path) -> None:
    """Logistic regression (Newton's method) over the pairs that the stream scores; each set weighs by its share."""
    import numpy as np

    from rashomon.stories.stream import Stream

    rows_of, same, weight = [], [], []
    for name, share in (("gva", 2.0), ("ecb", 1.0), ("basil", 0.5)):
        pages, gold = SETS[name](folder)
        stream, pairs = Stream(), []
        for item in pages:
            pairs += [(other, item.id, pair) for other, pair in stream.compared(item)]
            stream.add(item)
        for other, own, pair in pairs:
            days = 0.0 if pair.days is None else math.log1p(pair.days)
            rows_of.append(
                (
                    1.0,
                    pair.words,
                    pair.proper,
                    pair.names,
                    pair.title,
                    pair.figures,
                    float(pair.strange),
                    days,
                    float(pair.days is None),
                )
            )
            same.append(gold[other] == gold[own])
            weight.append(share / len(pairs))
    x, y, w = np.array(rows_of), np.array(same, float), np.array(weight) / sum(weight)
    b = np.zeros(x.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ b))
        b -= np.linalg.solve((x.T * (w * p * (1 - p))) @ x + 1e-5 * np.eye(len(b)), x.T @ (w * (p - y)) + 1e-5 * b)
    for label, value in zip(
        ("BIAS", "WORDS", "PROPER", "NAMES", "TITLE", "FIGURES", "STRANGE", "DAYS", "UNDATED"), b, strict=True
    ):
        print(f"{label}\t{value:.2f}")


def line(cells: Iterable[Any]) -> str:
    return "| " + " | ".join(f"{cell:.3f}" if isinstance(cell, float) else str(cell) for cell in cells) + " |"


def main(arguments: Sequence[str]) -> None:
    options = [a for a in arguments if a.startswith("--")]
    plain = [a for a in arguments if not a.startswith("--")]
    if not plain:
        sys.exit("Give the folder that holds incidents.jsonl.gz, ecb.jsonl.gz and wording.jsonl.gz.")
    folder = Path(plain[0])
    if "--common" in options:
        common(folder)
        return
    if "--fit" in options:
        fit(folder)
        return
    print(line(["set", "method", "P", "R", "F", "ARI", "F of 2+", "stories", "pages/s"]))
    print(line(["---"] * 9))
    for name in plain[1:] or SETS:
        pages, gold = SETS[name](folder)
        methods: list[tuple[str, Callable[[Sequence[Page]], Mapping[str, Any]]]] = [("rashomon", ours)]
        if "--quick" not in options:
            for least in (0.09, 0.13, 0.2):
                methods.append((f"online TF-IDF, {least}", lambda p, least=least: baseline(p, least)))  # type: ignore[misc]
        for label, method in methods:
            start = time.process_time()
            predicted = method(pages)
            speed = len(pages) / (time.process_time() - start)
            s = score(gold, predicted)
            print(line([name, label, s["p"], s["r"], s["f"], s["ari"], s["multi"], int(s["stories"]), round(speed)]))


if __name__ == "__main__":
    main(sys.argv[1:])
