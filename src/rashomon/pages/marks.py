"""Where an element stands on the page: in the article's own part or beside it, and with which others."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_ASIDE = re.compile(r"relat|teaser|recommend|comment|sidebar|most-?read|promo|newsletter|breadcrumb|navig|menu", re.I)
_STEPS = 8


def is_aside(node: LexborNode) -> bool:
    """Whether an element stands in what is no part of the article: navigation, other articles, comments."""
    at: LexborNode | None = node
    for _ in range(_STEPS):
        if at is None or at.tag in {"article", "main", "body"}:
            return False
        if at.tag in {"nav", "aside", "footer"} or _ASIDE.search(at.attributes.get("class") or ""):
            return True
        at = at.parent
    return False


def above(node: LexborNode, steps: int = 2) -> int:
    """What an element stands in, so many steps up: equal for elements that stand together."""
    for _ in range(steps):
        node = node.parent or node
    return int(node.mem_id)


def words(node: LexborNode) -> str:
    """An element's text, white space folded."""
    return " ".join((node.text() or "").split())
