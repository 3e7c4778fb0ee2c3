"""Time expressions against TimeML gold (AQUAINT, TempEval-3 platinum): precision, recall and F1.

    python benchmarks/times.py DATA_DIR [--errors PART]

DATA_DIR holds `times.jsonl.gz`: rows {id, tml}, the TimeML documents of AQUAINT and of TempEval-3's
platinum part, each with its creation time. Matching follows TempEval-3 (UzZaman et al. 2013): spans
match where they share a character, one to one, in order; a value is right where it is the same
string as gold's. AQUAINT was tuned on, platinum was not.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
from collections import Counter
from html import unescape
from pathlib import Path
from typing import Any

from rashomon.claims import times
from rashomon.model import Dated, Time
from rashomon.reader import parse

TAG = re.compile(r"<(/?)(\w+)([^>]*)>")
PARTS = ("aquaint", "platinum")


def read(tml: str) -> tuple[str, str | None, list[dict[str, Any]]]:
    """The text of a TimeML document, its creation date, and its time expressions."""
    created = re.search(r'<DCT>.*?value="([^"]+)"', tml, re.S)
    body = re.search(r"<TEXT>(.*?)</TEXT>", tml, re.S)
    text, at = "", 0
    gold: list[dict[str, Any]] = []
    open_times: list[dict[str, Any]] = []
    for match in TAG.finditer(body[1] if body else ""):
        text += unescape(body[1][at : match.start()]) if body else ""
        at = match.end()
        if match[2] == "TIMEX3" and not match[1]:
            keys = dict(re.findall(r'(\w+)="([^"]*)"', match[3]))
            open_times.append({"start": len(text), "value": keys.get("value"), "type": keys.get("type")})
        elif match[2] == "TIMEX3":
            gold.append({**open_times.pop(), "end": len(text)})
    text += unescape(body[1][at:]) if body else ""
    return text, created[1] if created else None, sorted(gold, key=lambda time: int(time["start"]))


def pair(gold: list[dict[str, Any]], found: list[Time]) -> list[tuple[dict[str, Any] | None, Time | None]]:
    """Gold and found expressions that share a character, one to one, and what is left of either."""
    used: set[int] = set()
    out: list[tuple[dict[str, Any] | None, Time | None]] = []
    for want in gold:
        hit = next(
            (i for i, t in enumerate(found) if i not in used and t.start < want["end"] and want["start"] < t.end), None
        )
        used |= set() if hit is None else {hit}
        out.append((want, None if hit is None else found[hit]))
    return out + [(None, time) for i, time in enumerate(found) if i not in used]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--errors", choices=PARTS, help="list what is missed, invented or valued otherwise")
    options = parser.parse_args()
    with gzip.open(options.data / "times.jsonl.gz", "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    print(f"{'part':10}{'gold':>6}{'found':>7}{'span F1':>9}{'value F1':>10}{'type F1':>9}")
    for part in PARTS:
        ours = [(row["id"], *read(row["tml"])) for row in rows if row["id"].startswith(part)]
        count: Counter[str] = Counter()
        for (name, text, created, gold), doc in zip(ours, parse(row[1] for row in ours), strict=True):
            dated = Dated(created, "stated" if created else "unknown", "The document's creation time.")
            for want, got in pair(gold, times.find(doc, dated)):
                right = want is not None and got is not None and got.value == want["value"]
                count.update(gold=want is not None, found=got is not None, both=bool(want and got), value=right)
                count.update(type=bool(want and got and got.type == want["type"]))
                if options.errors == part and not right:
                    begin = want["start"] if want else got.start if got else 0
                    context = text[max(0, begin - 40) : begin + 40].replace("\n", " ")
                    there = f"{want['type']} {want['value']}" if want else "-"
                    here = f"{got.type} {got.value} {got.exact!r}" if got else "-"
                    print(f"{name} {begin}: gold {there}; read {here}; …{context}…")
        f1 = [2 * count[key] / max(1, count["gold"] + count["found"]) for key in ("both", "value", "type")]
        print(f"{part:10}{count['gold']:6}{count['found']:7}{f1[0]:9.3f}{f1[1]:10.3f}{f1[2]:9.3f}")


if __name__ == "__main__":
    main()
