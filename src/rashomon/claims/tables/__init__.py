"""The knowledge of this room, as tab-separated tables: a header line, then one row a fact.

Lines that begin with `#` are remarks. The column `example` holds a sentence that the row is true of.
"""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files


@cache
def read(name: str) -> tuple[dict[str, str], ...]:
    """The rows of the table `name`, which is its file's name without `.tsv`, as {column: cell}."""
    text = files(__name__).joinpath(f"{name}.tsv").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return tuple(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
