"""Where an element stands on the page: in the article's own part or beside it, and with which others."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from rashomon.pages.tables import rows

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_STEPS = 8
_OWN = frozenset({"article", "main", "body"})
_REMEMBERED = 2_000
"""So many elements' classes are remembered,"""
_SHORT = 1_000
"""that have no more characters."""


@cache
def _beside() -> tuple[frozenset[str], re.Pattern[str]]:
    """The elements, and the parts of classes, of what stands beside an article."""
    table = rows("beside")
    words = "|".join(re.escape(row["name"]) for row in table if row["by"] == "class")
    return frozenset(row["name"] for row in table if row["by"] == "tag"), re.compile(words, re.I)


def is_aside(node: LexborNode) -> bool:
    """Whether an element stands in what is no part of the article: navigation, other articles, comments."""
    tags = _beside()[0]
    at: LexborNode | None = node
    in_footer = False
    for _ in range(_STEPS):
        if at is None or at.tag in _OWN:
            # An article's own footer is a part of it, a comment's is not.
            return in_footer and (at is None or at.tag != "article" or _is_named(at.attributes.get("class") or ""))
        if at.tag == "footer":
            in_footer = True
        elif at.tag in tags:
            return True
        if _is_named(at.attributes.get("class") or ""):
            return True
        at = at.parent
    return in_footer


def _is_named(classes: str) -> bool:
    """Whether an element's classes say that it stands beside."""
    return _told(classes) if len(classes) <= _SHORT else _told.__wrapped__(classes)


@lru_cache(_REMEMBERED)
def _told(classes: str) -> bool:
    """The same; remembered, since many elements stand in the same."""
    return _beside()[1].search(classes) is not None


def above(node: LexborNode, steps: int = 2) -> int:
    """What an element stands in, so many steps up: equal for elements that stand together."""
    for _ in range(steps):
        node = node.parent or node
    return int(node.mem_id)


def words(node: LexborNode) -> str:
    """An element's text, white space folded."""
    return " ".join((node.text() or "").split())
