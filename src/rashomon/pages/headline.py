"""Where the headline stands on an HTML page, and how near to it something else does."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rashomon.pages.authors import key
from rashomon.pages.beside import words

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

FAR = 99
"""Steps of what shares nothing near with the headline."""
_RANKS = ("h1", "h2", "h3")
_MOST = 60
"""Headings of one rank that are looked at."""
_SHORT = 12
"""Letters of which a heading must have more to be known for the title."""
_STEPS = 10
_ROOM = 3
"""Steps from the headline to what holds the lines around it."""


class Headline(NamedTuple):
    """The heading that prints the page's title, or else the first of the first rank."""

    tag: str
    own: int | None
    """Its identity; None where any heading of its rank may be it."""
    within: tuple[int, ...]
    """What it stands in: the identities, the inmost first."""
    around: LexborNode | None
    """What holds the lines around it."""

    def starts(self, node: LexborNode) -> bool:
        """Whether a heading is the headline."""
        return node.tag == self.tag and (self.own is None or node.mem_id == self.own)

    def steps(self, node: LexborNode) -> int:
        """How many steps lead up from the headline to what it and another element stand in; `FAR` where too many."""
        at = node.parent
        for _ in range(_STEPS):
            if at is None:
                break
            if at.mem_id in self.within:
                return self.within.index(at.mem_id)
            at = at.parent
        return FAR


def headline(tree: LexborHTMLParser, title: str | None) -> Headline:
    """Where the title is printed: in the heading that says it, of the first rank that has one, or in the first h1."""
    wanted = key(title or "")
    for tag in _RANKS if len(wanted) > _SHORT else ():
        for node in tree.css(tag)[:_MOST]:
            said = key(words(node))
            if said == wanted or (len(said) > _SHORT and (said in wanted or wanted in said)):
                return _standing(node, node.mem_id)
    first = next(iter(tree.css("h1")), None)
    return Headline("h1", None, (), None) if first is None else _standing(first, None)


def _standing(node: LexborNode, own: int | None) -> Headline:
    within: list[LexborNode] = []
    at = node.parent
    while at is not None and at.tag != "html" and len(within) < _STEPS:
        within.append(at)
        at = at.parent
    around = within[min(_ROOM, len(within)) - 1] if within else None
    return Headline(node.tag or "h1", own, tuple(int(holder.mem_id) for holder in within), around)
