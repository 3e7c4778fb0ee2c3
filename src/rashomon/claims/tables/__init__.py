"""The room's knowledge: tab-separated tables, each row with an example sentence that is a test."""

from __future__ import annotations

from rashomon.tables import read


def rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of `NAME.tsv`, keyed by its first line."""
    return read("claims", name)
