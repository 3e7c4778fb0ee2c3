"""The rows of a data set: a file of gzipped JSON Lines in the folder of data."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Row = dict[str, Any]


def rows(folder: Path, name: str, split: str | None = None) -> Iterator[Row]:
    """The rows of the set `name` in its order, or of one part of it; ends the program where the folder has no such set.

    A part is what the rows of some sets name as their `split` ("train", "dev").
    """
    path = folder / f"{name}.jsonl.gz"
    if not path.is_file():
        raise SystemExit(f"There is no {path}: name the folder that holds the data (benchmarks/README.md).")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            if split is None or row["split"] == split:
                yield row
