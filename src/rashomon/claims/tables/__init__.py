"""Knowledge as tables: tab-separated rows, each with an example sentence that is a test."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of `NAME.tsv`, keyed by its header line; lines that begin with `#` are comments."""
    lines = (_FOLDER / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    body = [line.split("\t") for line in lines if line.strip() and not line.startswith("#")]
    header = body[0]
    for cells in body[1:]:
        if len(cells) != len(header):
            raise ValueError(f"{name}.tsv: the row {cells[0]!r} has {len(cells)} cells, the header {len(header)}")
    return tuple(dict(zip(header, cells, strict=True)) for cells in body[1:])
