"""An HTML source, parsed once: its blocks of text, each with the element that it stands in.

A block is what a browser sets in lines of its own: block-level tags and `br` end it, inline tags do not.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import cache
from operator import ge
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
FLAGGED = ("article", "main", "blockquote", "h1")
"""The tags that a block is asked for whether it stands in one, however deep."""

_TAG = {tag: at + 1 for at, tag in enumerate(TAGS)}
_FLAG = {tag: 1 << at for at, tag in enumerate(FLAGGED)}
INVISIBLE = re.compile("[\xad\u200b\u2060\ufeff]+")
"""Soft hyphens and marks of no width, which are no part of a word: they are left out of the text."""
_PART = "\0"
"""What is read of many elements at once is parted by this, which no attribute holds once it is parsed."""
_LETTERS = bytes(ord(chr(code).lower()) if code < 128 and chr(code).isalpha() else ord(" ") for code in range(1, 256))
_LETTERS = _PART.encode() + _LETTERS
"""Turns bytes into words of small letters; what else is no letter becomes a space."""


# tag, class, id, itemprop
Form = tuple[str, str | None, str | None, str | None]
# tag, shape, own kind
Said = tuple[int, int, str | None]


class Markup:
    """The blocks of a page and the elements that hold them, in the order of the source."""

    __slots__ = (
        "_above",
        "_elements",
        "_flags",
        "_tags",
        "block_element",
        "block_linked",
        "block_nodes",
        "block_text",
        "depth",
        "flags",
        "kind",
        "kind_own",
        "parent",
        "shape",
        "tag",
        "tree",
    )

    def __init__(self, html: str | bytes) -> None:
        """`html`: the source as characters, or in UTF-8."""
        from selectolax.lexbor import LexborHTMLParser

        try:
            self.tree: LexborHTMLParser = LexborHTMLParser(html)
        except UnicodeEncodeError:  # Surrogates without their partners: one character for one.
            self.tree = LexborHTMLParser(html.encode("utf-8", "replace") if isinstance(html, str) else html)
        # Of each element that was opened, where its parent stands among them, its tag, which of FLAGGED it stands in.
        # A list for each of these: a row for each element would be a thing more for the collector of garbage.
        self._above, self._tags, self._flags = [-1], ["body"], [0]
        self._elements: list[Any] = [None]
        # Of each block.
        self.block_text: list[str] = []
        """White space made single spaces."""
        self.block_nodes: list[list[str]] = []
        """Its text nodes as they were parsed."""
        self.block_element: list[int] = []
        self.block_linked: list[int] = []
        """How many of its characters are a link's."""
        body = self.tree.body
        if body is not None:
            self._walk(body)
        holding = self._holding()
        places = {at: place for place, at in enumerate(holding)}
        self.block_element = [places[at] for at in self.block_element]
        said = [_BODY, *_said([self._tags[at] for at in holding[1:]], [self._elements[at] for at in holding[1:]])]
        # Of each element that holds blocks; the first is the body.
        self.parent: Sequence[int] = [-1, *[places[self._above[at]] for at in holding[1:]]]
        self.flags: Sequence[int] = [self._flags[at] for at in holding]
        """Which of FLAGGED the element is or stands in: one bit each."""
        self.tag: Sequence[int] = [one[0] for one in said]
        self.shape: Sequence[int] = [one[1] for one in said]
        """Elements of the same tag and classes have the same number."""
        self.kind_own: Sequence[str | None] = [one[2] for one in said]
        depth, kind = [0], [_BODY[2]]
        for parent, own in zip(self.parent[1:], self.kind_own[1:], strict=True):
            depth.append(depth[parent] + 1)
            kind.append(kind[parent] or own)
        self.depth: Sequence[int] = depth
        self.kind: Sequence[str | None] = kind
        """What kind of furniture it is, or stands in; of `kind_own`, what it is itself."""
        self._above, self._tags, self._flags, self._elements = [], [], [], []

    def _walk(self, body: Any) -> None:  # noqa: C901 - one loop, since a call for each node would double its time
        """Fill the lists: one pass over the nodes, without recursion, since markup may be nested without end."""
        waiting: list[tuple[Any, int]] = []
        nodes: list[str] = []
        current = linked = in_link = 0
        # Elements that may be one block, with the block that is their first.
        watched: dict[int, int] = {}
        above, tags, flags, elements = self._above, self._tags, self._flags, self._elements
        numbered, end = _NUMBERED, self._end
        node = body.first_child
        while True:
            if node is None:
                if not waiting:
                    break
                node, what = waiting.pop()
                if what >= _BLOCK:
                    if nodes:
                        end(nodes, current, linked)
                        nodes, linked = [], 0
                    if what == _LIST:
                        self._closed(current, watched.pop(current))
                    current = above[current]
                elif what == _LINK:
                    in_link -= 1
                node = node.next
                continue
            number = node.tag_id
            if number == _TEXT:
                # White space alone opens no block; of most nodes, that is all.
                if nodes or not node.is_empty_text_node:
                    text = node.text_content
                    if text and (nodes or not text.isspace()):
                        nodes.append(text)
                        if in_link:
                            linked += len(text)
                node = node.next
                continue
            try:
                what, tag, flag = numbered[number]
            except KeyError:
                what, tag, flag = _numbered(node)
            if what >= _BLOCK and nodes:
                end(nodes, current, linked)
                nodes, linked = [], 0
            if what == _NONE or (inner := node.first_child) is None:
                node = node.next
                continue
            if what >= _BLOCK:
                above.append(current)
                tags.append(tag)
                flags.append(flag | flags[current])
                elements.append(node)
                current = len(above) - 1
                if what == _LIST:
                    watched[current] = len(self.block_text)
            elif what == _LINK:
                in_link += 1
            waiting.append((node, what))
            node = inner
        if nodes:
            end(nodes, current, linked)

    def _holding(self) -> list[int]:
        """Which of the elements that were opened hold blocks, and the body: half of all hold none, or are in a menu."""
        found = {0}
        for at in self.block_element:
            while at not in found:
                found.add(at)
                at = self._above[at]
        return sorted(found)

    def _end(self, nodes: list[str], element: int, linked: int) -> None:
        """Note a block, if it says anything."""
        raw = nodes[0] if len(nodes) == 1 else "".join(nodes)
        text = raw.strip()
        # Of white space, a space alone can be printed: nearly all texts need not be parted into their words.
        if "  " in text or not text.isprintable():
            text = " ".join(raw.split())
            if not text.isprintable() and INVISIBLE.search(text):
                text = " ".join(INVISIBLE.sub("", text).split())
        if text:
            self.block_text.append(text)
            self.block_nodes.append(nodes)
            self.block_element.append(element)
            self.block_linked.append(linked)

    def _closed(self, element: int, first: int) -> None:
        """Make one block of all in a menu, the page's foot, or a list of links: of what it holds, nothing is kept."""
        texts, parts = self.block_text[first:], self.block_nodes[first:]
        tag, article = self._tags[element], self._flags[element] & _ARTICLE
        linked = len(texts) >= _FEW and all(map(ge, self.block_linked[first:], map(len, texts)))
        listed = linked and (tag in _MENUS or not article)
        if not listed and (article or tag not in _MENUS or sum(map(len, texts)) > _MENU):
            return
        within = set(self._tags[element + 1 :])
        if not texts or within & _HEADED or (not listed and tag == "nav" and "p" in within):
            return
        nodes = parts[0]
        for others in parts[1:]:
            nodes.append(" ")
            nodes += others
        text = " ".join(texts)
        for each in (self._above, self._tags, self._flags, self._elements):
            del each[element + 1 :]
        self.block_text[first:], self.block_nodes[first:] = [text], [nodes]
        self.block_element[first:], self.block_linked[first:] = [element], [len(text)]


_LISTS = frozenset("ul ol nav footer header aside".split())
"""Elements that are one block where they hold links alone;"""
_MENUS = frozenset({"nav", "footer"})
"""these also where they hold other words: but not where there is a heading, an article or (in a `nav`) a paragraph in
them, since a broken page may hold its article in one."""
_FEW = 3
"""Fewer blocks of links stay as they are."""
_MENU = 20_000
_HEADED = frozenset({"h1", "article", "main"})
_ARTICLE = 1 << FLAGGED.index("article") | 1 << FLAGGED.index("main")
_NONE, _PLAIN, _LINK, _BLOCK, _LIST = range(5)
_TEXT = 2
"""The number of text nodes, which are half of all: so they are told apart first."""


class _Sorts(dict[str | None, int]):
    """What to do with a node, by its tag."""

    def __missing__(self, tag: str | None) -> int:
        """Comments and the like say nothing; elements that nobody knows are blocks."""
        found = self[tag] = _NONE if tag is not None and tag.startswith(("-", "!")) else _BLOCK
        return found


_SORTS = _Sorts({"a": _LINK})
for _tags, _sort in ((INLINE, _PLAIN), (UNREAD, _NONE), (_LISTS, _LIST)):
    for _name in _tags:
        _SORTS.setdefault(_name, _sort)
_NUMBERED: dict[int, tuple[int, str, int]] = {}
"""The same, the tag and its flag, by the number that the parser gives it, which is read in less time than its name."""
_NUMBERS = 1_000
"""The tags of HTML have lower numbers, the same in all pages."""


def _numbered(node: Any) -> tuple[int, str, int]:
    """What to do with a node, its tag and its flag: remembered by its number."""
    found = _SORTS[node.tag], node.tag, _FLAG.get(node.tag, 0)
    if node.tag_id < _NUMBERS:
        _NUMBERED[node.tag_id] = found
    return found


_WHOLE = frozenset({"html", "body", "main", "article"})
"""What may hold the whole page, whatever its classes say."""


@cache
def _kinds() -> tuple[dict[str, str], dict[bytes, str]]:
    """The kinds of furniture by tag, and by a word in an element's names."""
    table = rows("elements")
    tags = {row["name"]: row["kind"] for row in table if row["by"] == "tag"}
    return tags, {row["name"].encode(): row["kind"] for row in table if row["by"] == "word"}


_BODY: Said = _TAG["body"], 0, None


def _said(tags: Sequence[str], elements: Sequence[Any]) -> list[Said]:
    """What the elements' tags and attributes say of them."""
    forms: dict[Form, int] = {}
    numbers: list[int] = []
    for tag, element in zip(tags, elements, strict=True):
        # A quarter of all elements has no attribute.
        form = (tag, None, None, None)
        if told := element.attributes:
            form = (tag, told.get("class"), told.get("id"), told.get("itemprop"))
        numbers.append(forms.setdefault(form, len(forms)))
    said = _read(forms) if forms else []
    return [said[number] for number in numbers]


def _read(forms: Collection[Form]) -> list[Said]:
    """What each form of an element says of it, read in the names of all of them at once."""
    by_tag, by_word = _kinds()
    names = _PART.join([f"{classes or ''} {name or ''} {prop or ''}" for _, classes, name, prop in forms])
    # Letters of other scripts may have small forms among these.
    written = names if names.isascii() else names.casefold()
    words = written.encode("utf-8", "replace").translate(_LETTERS).split(_PART.encode())
    shapes = {("body", ""): 0}
    out: list[Said] = []
    for (tag, classes, _, _), found in zip(forms, map(bytes.split, words), strict=True):
        own = by_tag.get(tag)
        if own is None and tag not in _WHOLE and not by_word.keys().isdisjoint(found):
            own = next(by_word[word] for word in found if word in by_word)
        out.append((_TAG.get(tag, 0), shapes.setdefault((tag, classes or ""), len(shapes)), own))
    return out
