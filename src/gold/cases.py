"""The cases of a test: tab-separated rows of a file, keyed by its first line; quotation marks are plain characters."""

from __future__ import annotations

import csv
from pathlib import Path


def cases(place: Path) -> list[dict[str, str]]:
    """The rows of a file of cases, in its order."""
    with place.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
