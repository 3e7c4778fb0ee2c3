"""An HTML source, parsed once: its blocks of text, each with the element that it stands in.

A block is what a browser sets in lines of its own: block-level tags and `br` end it, inline tags do not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from rashomon.pages.tables import rows

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser

UNREAD = frozenset(
    "script style noscript svg template iframe select textarea button head object video audio canvas map input "
    "math".split()
)
"""What stands in these is no text of the page."""
INLINE = frozenset(
    "a span b strong i em u s sub sup small mark abbr cite q code time font label bdi bdo ins del kbd var wbr tt big "
    "acronym dfn img picture source nobr strike data samp rp rt ruby".split()
)
TAGS = (
    "div p li h1 h2 h3 h4 h5 h6 td th blockquote figcaption section article main ul ol tr table tbody header footer "
    "nav aside figure form dl dt dd address details summary pre body "
    "br fieldset"
).split()
FLAGGED = (
    "article main nav footer aside figure form header table ul ol blockquote figcaption h1 h2 h3 details dl address li"
).split()
"""The tags that a block is asked for whether it stands in one, however deep."""

_TAG = {tag: at + 1 for at, tag in enumerate(TAGS)}
_FLAG = {tag: 1 << at for at, tag in enumerate(FLAGGED)} | {"td": 1 << FLAGGED.index("table")}
HEADINGS: dict[str, Any] = {
    "article": _TAG["article"],
    "headings": [_TAG[f"h{rank}"] for rank in range(1, 7)],
    "plain": frozenset(_TAG[tag] for tag in "p li tr td th dt dd br h1 h2 h3 h4 h5 h6".split()) | {0},
}
"""Numbers of tags that are asked for by name."""
HIDDEN = 1 << len(FLAGGED)
_BOLD = frozenset({"b", "strong"})
INVISIBLE = re.compile("[\xad\u200b\u2060\ufeff]+")
"""Soft hyphens and marks of no width, which are no part of a word: they are left out of the text."""
_WORD = re.compile(r"[a-z]+")
_REMEMBERED = 200_000
"""So many names of classes are remembered with what they speak of."""


# parent, tag, depth, flags, groups, shape, kind, own kind
Element = tuple[int, int, int, int, int, int, str | None, str | None]
# text, nodes, element, linked, bold, links
Block = tuple[str, list[str], int, int, int, int]


class Markup:
    """The blocks of a page and the elements that hold them, in the order of the source."""

    __slots__ = (
        "_blocks",
        "_elements",
        "_shapes",
        "block_bold",
        "block_element",
        "block_linked",
        "block_links",
        "block_nodes",
        "block_text",
        "depth",
        "flags",
        "groups",
        "kind",
        "kind_own",
        "parent",
        "shape",
        "tag",
        "tree",
    )

    def __init__(self, html: str) -> None:
        from selectolax.lexbor import LexborHTMLParser

        try:
            self.tree: LexborHTMLParser = LexborHTMLParser(html)
        except UnicodeEncodeError:  # Surrogates without their partners: one character for one.
            self.tree = LexborHTMLParser(html.encode("utf-8", "replace").decode("utf-8"))
        self._shapes: dict[tuple[str, str], int] = {("body", ""): 0}
        # One row for each element, and for each block: a list for each figure would be appended to too often.
        self._elements: list[Element] = [(-1, _TAG["body"], 0, 0, 0, 0, None, None)]
        self._blocks: list[Block] = []
        body = self.tree.body
        if body is not None:
            self._walk(body)
        elements = list(zip(*self._elements, strict=True))
        # Of each element that holds blocks; the first is the body.
        self.parent: Sequence[int] = elements[0]
        self.tag: Sequence[int] = elements[1]
        self.depth: Sequence[int] = elements[2]
        self.flags: Sequence[int] = elements[3]
        """Which of FLAGGED the element is or stands in, and whether it is hidden: one bit each."""
        self.groups: Sequence[int] = elements[4]
        """Which groups of `tables/classes.tsv` the names of it and of all that holds it speak of: one bit each."""
        self.shape: Sequence[int] = elements[5]
        """Elements of the same tag and classes have the same number."""
        self.kind: Sequence[str | None] = elements[6]
        """What kind of furniture it is, or stands in; of `kind_own`, what it is itself."""
        self.kind_own: Sequence[str | None] = elements[7]
        blocks: list[Any] = list(zip(*self._blocks, strict=True)) or [()] * 6
        # Of each block.
        self.block_text: Sequence[str] = blocks[0]
        """White space made single spaces."""
        self.block_nodes: Sequence[Sequence[str]] = blocks[1]
        """Its text nodes as they were parsed."""
        self.block_element: Sequence[int] = blocks[2]
        self.block_linked: Sequence[int] = blocks[3]
        """How many of its characters are a link's; of `block_bold`, bold."""
        self.block_bold: Sequence[int] = blocks[4]
        self.block_links: Sequence[int] = blocks[5]

    def _walk(self, body: Any) -> None:  # noqa: C901 - one loop, since a call for each node would double its time
        """Fill the lists: one pass over the nodes, without recursion, since markup may be nested without end."""
        waiting: list[tuple[Any, int]] = []
        nodes: list[str] = []
        linked = bold = links = in_link = in_bold = 0
        current = 0
        elements = self._elements
        node = body.first_child
        while True:
            if node is None:
                if not waiting:
                    break
                node, what = waiting.pop()
                if what == _BLOCK:
                    if nodes:
                        self._end(nodes, current, linked, bold, links)
                        nodes = []
                        linked = bold = links = 0
                    current = elements[current][0]
                elif what == _LINK:
                    in_link -= 1
                elif what == _STRONG:
                    in_bold -= 1
                node = node.next
                continue
            tag = node.tag or ""
            if tag == "-text":
                text = node.text_content
                if text:
                    nodes.append(text)
                    if in_link:
                        linked += len(text)
                    if in_bold:
                        bold += len(text)
                node = node.next
                continue
            if tag in INLINE:
                inner = node.first_child
                if inner is None:
                    node = node.next
                    continue
                what = _PLAIN
                if tag == "a":
                    in_link += 1
                    links += 1
                    what = _LINK
                elif tag in _BOLD:
                    in_bold += 1
                    what = _STRONG
                waiting.append((node, what))
                node = inner
                continue
            if tag in UNREAD or tag.startswith(("-", "!")):
                node = node.next
                continue
            inner = node.first_child
            if nodes:
                self._end(nodes, current, linked, bold, links)
                nodes = []
                linked = bold = links = 0
            if inner is None:
                node = node.next
                continue
            if tag in _MENUS and self._is_menu(node, tag, current):
                node = node.next
                continue
            current = self._open(node, tag, current)
            waiting.append((node, _BLOCK))
            node = inner
        if nodes:
            self._end(nodes, current, linked, bold, links)

    def _is_menu(self, node: Any, tag: str, parent: int) -> bool:
        """Whether an element is a menu, or the page's foot: then it is noted as one block, and not walked.

        One that holds a heading or paragraphs is walked: a broken page may hold its article in one.
        """
        if self._elements[parent][3] & _ARTICLE or node.any_css_matches(_TEXT[tag]):
            return False
        text = node.text(separator=" ")
        if len(text) > _MENU:
            return False
        self._end([text], self._open(node, tag, parent), len(text), 0, 1)
        return True

    def _open(self, node: Any, tag: str, parent: int) -> int:
        """Note an element; its number."""
        _, _, depth, flags, above, _, outer, _ = self._elements[parent]
        flags |= _FLAG.get(tag, 0)
        attributes = node.attributes
        classes = ""
        if attributes:
            classes = attributes.get("class") or ""
            groups, own = _spoken(tag, f"{classes} {attributes.get('id') or ''} {attributes.get('itemprop') or ''}")
            above |= groups
            if (
                "hidden" in attributes
                or attributes.get("aria-hidden") == "true"
                or ("style" in attributes and "display:none" in (attributes["style"] or "").replace(" ", ""))
            ):
                flags |= HIDDEN
        else:
            own = _kinds()[0].get(tag)
        shape = self._shapes.setdefault((tag, classes), len(self._shapes))
        self._elements.append((parent, _TAG.get(tag, 0), depth + 1, flags, above, shape, outer or own, own))
        return len(self._elements) - 1

    def _end(self, nodes: list[str], element: int, linked: int, bold: int, links: int) -> None:
        """Note a block, if it says anything."""
        text = " ".join(("".join(nodes) if len(nodes) > 1 else nodes[0]).split())
        if not text.isascii() and INVISIBLE.search(text):
            text = " ".join(INVISIBLE.sub("", text).split())
        if text:
            self._blocks.append((text, nodes, element, linked, bold, links))


_MENUS = frozenset({"nav", "footer"})
_TEXT = {
    "nav": ("h1", "article", "main", "p", "script", "style"),
    "footer": ("h1", "article", "main", "script", "style"),
}
_MENU = 20_000
_ARTICLE = 1 << FLAGGED.index("article") | 1 << FLAGGED.index("main")
_PLAIN, _LINK, _STRONG, _BLOCK = range(4)
_WHOLE = frozenset({"html", "body", "main", "article"})
"""What may hold the whole page, whatever its classes say."""


@cache
def _kinds() -> tuple[dict[str, str], dict[str, str]]:
    """The kinds of furniture by tag, and by a word in an element's names."""
    table = rows("elements")
    tags = {row["name"]: row["kind"] for row in table if row["by"] == "tag"}
    return tags, {row["name"]: row["kind"] for row in table if row["by"] == "word"}


@cache
def _stems() -> dict[str, tuple[tuple[str, int], ...]]:
    """The stems of the table of classes by their first two letters, each with its group's bit."""
    out: dict[str, tuple[tuple[str, int], ...]] = {}
    for at, row in enumerate(rows("classes")):
        for stem in row["stems"].split():
            out[stem[:2]] = (*out.get(stem[:2], ()), (stem, 1 << at))
    return out


_known: dict[str, tuple[int, str | None]] = {}


def _spoken(tag: str, names: str) -> tuple[int, str | None]:
    """Which groups an element's names speak of, one bit each, and the kind of furniture that it is."""
    groups, kind = 0, _kinds()[0].get(tag)
    for name in names.split():
        found = _known.get(name)
        if found is None:
            found = _name(name[:200].casefold())
            if len(_known) < _REMEMBERED:
                _known[name] = found
        groups |= found[0]
        if kind is None and tag not in _WHOLE:
            kind = found[1]
    return groups, kind


def _name(name: str) -> tuple[int, str | None]:
    groups = 0
    stems = _stems()
    for at in range(len(name) - 1):
        for stem, bit in stems.get(name[at : at + 2], ()):
            if name.startswith(stem, at):
                groups |= bit
    by_word = _kinds()[1]
    return groups, next((by_word[word] for word in _WORD.findall(name) if word in by_word), None)
