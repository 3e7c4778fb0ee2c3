"""The meta tags of an HTML page; which of them says what is a table."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

from rashomon.pages.tables import rows

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

Meta = dict[str, list[str]]
"""Contents by lower-case names, as they stand on the page."""


def contents(elements: Iterable[LexborNode]) -> Meta:
    """Contents of the meta tags by their lower-case names."""
    out: Meta = {}
    for element in elements:
        attributes = element.attributes
        content = (attributes.get("content") or "").strip()
        for name in ("property", "name", "itemprop", "http-equiv") if content else ():
            if value := attributes.get(name):
                out.setdefault(value.strip().lower(), []).append(content)
    return out


@cache
def names(field: str) -> tuple[str, ...]:
    """The names of the meta tags that say a field, the best first."""
    return tuple(row["name"] for row in rows("meta") if row["field"] == field)


def said(meta: Meta, field: str) -> list[str]:
    """The contents of the first meta tag of the table that the page has for a field."""
    for name in names(field):
        if values := meta.get(name):
            return list(dict.fromkeys(values))
    return []
