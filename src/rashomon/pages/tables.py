"""The room's knowledge: tab-separated tables next to this module, each row with an example."""

from __future__ import annotations

import re
from collections.abc import Collection

from rashomon.tables import read


def rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of `tables/{name}.tsv`, keyed by its first line."""
    return read("pages", name)


def either(words: Collection[str]) -> str:
    """A pattern of any of some words, the longest first; what several begin with is tried once for all of them.

    "" for none.
    """
    rests: dict[str, list[str]] = {}
    for word in filter(None, words):
        rests.setdefault(word[0], []).append(word[1:])
    if not rests:
        return ""
    pattern = "|".join(re.escape(first) + either(rest) for first, rest in rests.items())
    return f"(?:{pattern})?" if "" in words else f"(?:{pattern})"
