"""Killed and injured of shooting incidents by the count that most of their pages give first.

    python benchmarks/counts.py DATA_DIR [--every N] [--out FILE]

DATA_DIR holds `incidents.jsonl.gz`: rows {incident, gold: {killed, injured, …}, pages: [{title, text, …}]} of the
Gun Violence Archive's incidents with their local pages. Every Nth incident is read. The rule is plain on purpose:
each page gives the first number whose state is the kind, the count of most pages wins, and where no page counts the
rule abstains. What it measures is whether numbers and their states are read, not how incidents are told apart.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path
from typing import Any

from gold.rows import rows
from rashomon.claims import numbers
from rashomon.model import Number
from rashomon.reader import parse

KINDS = ("killed", "injured")
SHORTEST = 200
"""Pages with less text are left out, in characters."""


def first(found: list[Number], kind: str) -> int | None:
    """The first single value of a kind on a page."""
    for number in found:
        if number.state == kind and isinstance(number.low, int) and number.low == number.high:
            return number.low
    return None


def answers(row: dict[str, Any], count: Counter[str]) -> dict[str, int | None]:
    """What most pages of an incident say first, by kind; None where none counts."""
    texts = [page["title"] + ".\n\n" + page["text"] for page in row["pages"] if len(page["text"]) >= SHORTEST]
    told = [numbers.find(doc) for doc in parse(texts)]
    count.update(pages=len(texts), numbers=sum(len(found) for found in told))
    out: dict[str, int | None] = {}
    for kind in KINDS:
        values = [value for found in told if (value := first(found, kind)) is not None]
        out[kind] = Counter(values).most_common(1)[0][0] if values else None
    return out


def main() -> None:
    """Print the table; write the answers where asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--every", type=int, default=10, help="read every Nth incident")
    parser.add_argument("--out", type=Path, help="write {incident: {killed, injured}} to this file")
    options = parser.parse_args()
    chosen = [row for row in rows(options.data, "incidents") if row["gold"]][:: options.every]
    count: Counter[str] = Counter()
    predicted: dict[str, dict[str, int | None]] = {}
    for row in chosen:
        predicted[row["incident"]] = answers(row, count)
        for kind in KINDS:
            value = predicted[row["incident"]][kind]
            count[f"{kind} answered"] += value is not None
            count[f"{kind} right"] += value is not None and value == row["gold"][kind]
    print(
        f"{len(chosen)} incidents, {count['pages']} pages, "
        f"{count['numbers'] / max(1, count['pages']):.1f} numbers a page"
    )
    print(f"{'':10}{'answered':>10}{'right of these':>16}")
    for kind in KINDS:
        answered = count[f"{kind} answered"]
        print(f"{kind:10}{answered / len(chosen):10.3f}{count[f'{kind} right'] / max(1, answered):16.3f}")
    if options.out:
        options.out.write_text(json.dumps(predicted, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
