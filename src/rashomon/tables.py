"""Knowledge as tables: tab-separated rows in a room's folder `tables/`, each with an example that is a test."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def read(room: str, name: str) -> tuple[dict[str, str], ...]:
    """The rows of `tables/NAME.tsv` in a room of rashomon ("claims"), keyed by its first line.

    Lines that begin with "# " are remarks; cells that a row lacks at its end are empty. ValueError for
    a row of too many cells.
    """
    text = files(f"rashomon.{room}").joinpath("tables", f"{name}.tsv").read_text(encoding="utf-8")
    lines = [line.split("\t") for line in text.splitlines() if line.strip() and not line.startswith("# ")]
    head, *body = lines
    for row in body:
        if len(row) > len(head):
            raise ValueError(f"{name}.tsv: the row {row[0]!r} has {len(row)} cells, the first line {len(head)}")
    return tuple(dict(zip(head, (*row, *[""] * (len(head) - len(row))), strict=True)) for row in body)
