"""The room's knowledge: tab-separated tables next to this module, each row with an example."""

from __future__ import annotations

from rashomon.tables import read


def rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of `tables/{name}.tsv`, keyed by its first line."""
    return read("pages", name)
