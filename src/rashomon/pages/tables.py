"""The room's knowledge: tab-separated tables next to this module, each row with an example."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).with_name("tables")


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of `tables/{name}.tsv`, keyed by its first line; lines that begin with "# " are remarks."""
    lines = (_FOLDER / f"{name}.tsv").read_text("utf-8").splitlines()
    table = [line.split("\t") for line in lines if line and not line.startswith("# ")]
    head = table[0]
    return tuple(dict(zip(head, (*row, *[""] * (len(head) - len(row))), strict=True)) for row in table[1:])
