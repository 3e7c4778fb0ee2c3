"""An HTML source, parsed once: its blocks of text, each with the element that it stands in.

A block is what a browser sets in lines of its own: block-level tags and `br` end it, inline tags do not.
"""

from __future__ import annotations

import re
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


class Markup:
    """The blocks of a page and the elements that hold them, in the order of the source."""

    __slots__ = (
        "_shapes",
        "block_bold",
        "block_break",
        "block_element",
        "block_linked",
        "block_links",
        "block_nodes",
        "block_text",
        "depth",
        "flags",
        "groups",
        "groups_near",
        "groups_own",
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
        # Of each element that holds blocks; the first is the body.
        self.parent: list[int] = [-1]
        self.tag: list[int] = [_TAG["body"]]
        self.depth: list[int] = [0]
        self.flags: list[int] = [0]
        """Which of FLAGGED the element is or stands in, and whether it is hidden: one bit each."""
        self.groups_own: list[int] = [0]
        """Which groups of `tables/classes.tsv` its class, id and itemprop speak of: one bit each."""
        self.groups_near: list[int] = [0]
        """The same of it, its parent and the parent's parent."""
        self.groups: list[int] = [0]
        """The same of it and all elements that it stands in."""
        self.shape: list[int] = [0]
        """Elements of the same tag and classes have the same number."""
        self._shapes: dict[str, int] = {"body": 0}
        self.kind: list[str | None] = [None]
        """What kind of furniture it is, or stands in."""
        self.kind_own: list[str | None] = [None]
        # Of each block.
        self.block_text: list[str] = []
        """White space made single spaces."""
        self.block_nodes: list[list[str]] = []
        """Its text nodes as they were parsed."""
        self.block_element: list[int] = []
        self.block_linked: list[int] = []
        """How many of its characters are a link's; of `block_bold`, bold."""
        self.block_bold: list[int] = []
        self.block_links: list[int] = []
        self.block_break: list[bool] = []
        """Whether a `br` ended it."""
        body = self.tree.body
        if body is not None:
            self._walk(body)

    def _walk(self, body: Any) -> None:  # noqa: C901 - one loop, since a call for each node would double its time
        """Fill the lists: one pass over the nodes, without recursion, since markup may be nested without end."""
        waiting: list[tuple[Any, int]] = []
        nodes: list[str] = []
        linked = bold = links = in_link = in_bold = 0
        current = 0
        parent = self.parent
        node = body.first_child
        while True:
            if node is None:
                if not waiting:
                    break
                node, what = waiting.pop()
                if what == _BLOCK:
                    if nodes:
                        self._end(nodes, current, linked, bold, links, False)
                        nodes = []
                        linked = bold = links = 0
                    current = parent[current]
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
                self._end(nodes, current, linked, bold, links, tag == "br")
                nodes = []
                linked = bold = links = 0
            if inner is None:
                node = node.next
                continue
            current = self._open(node, tag, current)
            waiting.append((node, _BLOCK))
            node = inner
        if nodes:
            self._end(nodes, current, linked, bold, links, False)

    def _open(self, node: Any, tag: str, parent: int) -> int:
        """Note an element; its number."""
        attributes = node.attributes
        classes = attributes.get("class") or ""
        words = f"{classes} {attributes.get('id') or ''} {attributes.get('itemprop') or ''}"
        groups, kind = _spoken(words) if len(words) > 2 else (0, None)
        flags = self.flags[parent] | _FLAG.get(tag, 0)
        if (
            "hidden" in attributes
            or attributes.get("aria-hidden") == "true"
            or ("style" in attributes and "display:none" in (attributes["style"] or "").replace(" ", ""))
        ):
            flags |= HIDDEN
        above = self.parent[parent]
        self.parent.append(parent)
        self.tag.append(_TAG.get(tag, 0))
        self.depth.append(self.depth[parent] + 1)
        self.flags.append(flags)
        self.groups_own.append(groups)
        self.groups_near.append(groups | self.groups_own[parent] | (self.groups_own[above] if above >= 0 else 0))
        self.groups.append(self.groups[parent] | groups)
        self.shape.append(self._shapes.setdefault(f"{tag} {classes}", len(self._shapes)))
        own = _kinds()[0].get(tag) or (kind if tag not in _WHOLE else None)
        self.kind_own.append(own)
        self.kind.append(self.kind[parent] or own)
        return len(self.parent) - 1

    def _end(self, nodes: list[str], element: int, linked: int, bold: int, links: int, broken: bool) -> None:
        """Note a block, if it says anything."""
        text = " ".join(("".join(nodes) if len(nodes) > 1 else nodes[0]).split())
        if not text.isascii() and INVISIBLE.search(text):
            text = " ".join(INVISIBLE.sub("", text).split())
        if text:
            self.block_text.append(text)
            self.block_nodes.append(nodes)
            self.block_element.append(element)
            self.block_linked.append(linked)
            self.block_bold.append(bold)
            self.block_links.append(links)
            self.block_break.append(broken)


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


def _spoken(names: str) -> tuple[int, str | None]:
    """Which groups an element's names speak of, one bit each, and the kind of furniture that they say."""
    groups, kind = 0, None
    for name in names.split():
        found = _known.get(name)
        if found is None:
            found = _name(name[:200].casefold())
            if len(_known) < _REMEMBERED:
                _known[name] = found
        groups |= found[0]
        kind = kind or found[1]
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
