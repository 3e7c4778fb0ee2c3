"""Texts compared by what is printed of them."""

from __future__ import annotations


def inked(text: str) -> str:
    """A text's characters without its white space, in one case."""
    return "".join(text.split()).casefold()
