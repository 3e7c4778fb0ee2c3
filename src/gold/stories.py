"""Pages with the stories that they tell, from three public sets, and how a grouping of them is scored.

GVA (incidents.jsonl.gz, local pages on shootings; an incident is the story), ECB+ (ecb.jsonl.gz, look-alike events
under one topic), BASIL (wording.jsonl.gz, three pages a story).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from gold.rows import rows
from rashomon.model import Dated, Page
from rashomon.spans import digest

Gold = dict[str, str]


def page(page_id: str, published: str, title: str, text: str) -> Page:
    """A gold page as a record."""
    value = published[:10] or None
    dated = Dated(value, "stated" if value else "unknown", "given with the data")
    return Page(id=page_id, address=page_id, title=title or None, published=dated, text=text)


def gva(folder: Path) -> tuple[list[Page], Gold]:
    """Usable pages by date: 200 characters or more, no text and no id in two incidents."""
    found = [(row["incident"], item) for row in rows(folder, "incidents") for item in row["pages"]]
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
    for row in sorted(rows(folder, "ecb"), key=lambda row: digest(str(row["id"]))):
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
    for row in rows(folder, "wording"):
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
