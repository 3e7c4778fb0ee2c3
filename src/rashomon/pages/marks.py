"""The elements of a page by what their attributes have in them.

A selector for a part of an attribute is held against every element for every part; here an attribute is read once off
all elements that have it, and each part is looked for in all of them at once.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_END = "\0"
"""No attribute has it: parsers make it U+FFFD."""


class Marks:
    """A page's elements, to be asked for by what is in an attribute of theirs, in small letters."""

    def __init__(self, tree: LexborHTMLParser) -> None:
        self.tree = tree
        self._read: dict[str, tuple[list[LexborNode], str, list[int]]] = {}

    def all(self, attribute: str) -> list[LexborNode]:
        """The elements that have an attribute, in the page's order."""
        return self._of(attribute)[0]

    def having(self, attribute: str, *parts: str) -> list[LexborNode]:
        """The elements of which an attribute has one of some parts, in small or capital letters; in the page's order.

        `parts` are in small letters.
        """
        nodes, written, ends = self._of(attribute)
        found: set[int] = set()
        for part in parts:
            at = written.find(part)
            while at >= 0:
                index = bisect_right(ends, at)
                found.add(index)
                at = written.find(part, ends[index])
        return [nodes[index] for index in sorted(found)]

    def _of(self, attribute: str) -> tuple[list[LexborNode], str, list[int]]:
        """The elements that have an attribute, all that it says on them, and where each ends in that."""
        found = self._read.get(attribute)
        if found is None:
            nodes = self.tree.css(f"[{attribute}]")
            values = [(node.attributes.get(attribute) or "").lower() + _END for node in nodes]
            found = self._read[attribute] = nodes, "".join(values), list(accumulate(map(len, values)))
        return found
