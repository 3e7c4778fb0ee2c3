"""HTML → the article's text with its plan, and what else stands on the page.

The body is found by trafilatura (Barbaresi 2021) set to favour precision; it is then found again in
the source, so that every character of the text maps back to where it stood.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from rashomon.model import Dropped, Edit, Gap
from rashomon.pages.source import Source, ink, inked
from rashomon.pages.tables import rows

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_BULLET = re.compile(r"^(?:[-–•*]|\d+[.)])\s+")
_ANCHOR = 40
"""Paragraphs of so many inked characters are found on their own; shorter ones between their neighbours."""
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_TOO_DEEP = (
    "The markup is nested too deep (2,048 elements) to be read as HTML, so the page's lines were read as those of a "
    "dump: more or less than the article may be in the text."
)

Place = list[tuple[int, int, int]]


class Body(NamedTuple):
    """The article in an HTML source."""

    text: str
    plan: tuple[Edit, ...]
    dropped: tuple[Dropped, ...]
    gaps: tuple[Gap, ...]


def tree(html: str) -> HtmlElement | None:
    """The parsed source, or None where there is nothing to parse."""
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    try:
        parser = HTMLParser(encoding="utf-8", remove_comments=False, remove_pis=True, huge_tree=True)
        return document_fromstring(_DECLARATION.sub("", html).encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None


def body(html: str, root: HtmlElement, title: str | None) -> Body:
    """The article's text, paragraphs parted by a blank line, and the plan by which the source becomes it."""
    gaps: tuple[Gap, ...] = ()
    if _is_cut(root):
        gaps = (Gap("markup", _TOO_DEEP),)
        paragraphs = _by_lines(html, title)
    else:
        paragraphs = _paragraphs(root)
        if _is_layout(paragraphs):
            paragraphs = _by_lines(html, title)
    wanted = ink(title or "").casefold()
    while paragraphs and wanted and ink(paragraphs[0]).casefold() == wanted:
        del paragraphs[0]
    source = Source(html)
    paragraphs = [_written(paragraph, source) for paragraph in paragraphs]
    places = _places(source, [ink(paragraph) for paragraph in paragraphs])
    plan, lost = _plan(source, paragraphs, places)
    if lost:
        number = "1 paragraph" if lost == 1 else f"{lost} paragraphs"
        why = f"{number} of the text could not be found again in the source, so offsets in them map to no place there."
        gaps += (Gap("source offsets", why),)
    text = "\n\n".join(paragraphs)
    return Body(text, plan, dropped(root, text, title), gaps)


def _is_cut(root: HtmlElement) -> bool:
    """Whether libxml2 stopped in the middle: it refuses markup that is nested too deep, whatever it is told."""
    parser = root.getroottree().parser
    return parser is not None and any("Excessive depth" in entry.message for entry in parser.error_log)


def _paragraphs(root: HtmlElement) -> list[str]:
    """The article's paragraphs as trafilatura finds them."""
    from trafilatura import bare_extraction

    found = bare_extraction(root, favor_precision=True, include_comments=False, with_metadata=False)
    text = (found.text if found is not None and not isinstance(found, dict) else None) or ""
    return [line for line in (line.strip() for line in text.split("\n")) if line]


def _is_layout(paragraphs: list[str]) -> bool:
    """Whether most words stand in table rows: the page is laid out by tables, and its cells were glued together."""
    cells = sum(len(paragraph) for paragraph in paragraphs if paragraph.startswith("|"))
    return cells * 2 > sum(map(len, paragraphs))


def _by_lines(html: str, title: str | None) -> list[str]:
    """The article's paragraphs by the rules for dumps, over the page's text as resiliparse lays it out."""
    from resiliparse.extract.html2text import extract_plain_text

    from rashomon.pages.choose import choose
    from rashomon.pages.lines import units

    lines = units(extract_plain_text(html))
    return [lines[at].text for at in choose(lines, (), title).kept]


def _written(paragraph: str, source: Source) -> str:
    """The paragraph without a list mark that the extractor put before it."""
    bare = _BULLET.sub("", paragraph)
    return bare if bare and bare != paragraph and ink(paragraph) not in source.stream else paragraph


def _places(source: Source, inked: list[str]) -> list[Place]:
    """Where each paragraph stands in the source's stream, in order; empty where it was not found."""
    places: list[Place] = [[] for _ in inked]
    at = 0
    for index, text in enumerate(inked):
        if len(text) >= _ANCHOR:
            places[index] = source.find(text, at, len(source.stream))
            at = places[index][-1][1] if places[index] else at
    ends = [len(source.stream)] * len(inked)
    for index in range(len(inked) - 2, -1, -1):
        ends[index] = places[index + 1][0][0] if places[index + 1] else ends[index + 1]
    at = 0
    for index, text in enumerate(inked):
        if not places[index] and text and len(text) < _ANCHOR:
            # The last that stands before the next: headings and list items are near what follows them.
            found = source.stream.rfind(text, at, ends[index])
            first = source.stream.find(text, at, ends[index])
            near = found if index and places[index - 1] == [] else first
            if near >= 0:
                places[index] = [(near, near + len(text), 0)]
        at = places[index][-1][1] if places[index] else at
    return places


def _plan(source: Source, paragraphs: list[str], places: list[Place]) -> tuple[tuple[Edit, ...], int]:
    """The plan that makes the paragraphs of the source, and how many of them it had to insert."""
    edits: list[Edit] = []
    at = lost = 0
    pending = ""
    for index, (paragraph, place) in enumerate(zip(paragraphs, places, strict=True)):
        pending += "\n\n" if index else ""
        if not place:
            lost += bool(ink(paragraph))
            pending += paragraph
            continue
        at, pending = _align(source, paragraph, place, at, pending, edits)
    if at < len(source.html) or pending:
        edits.append(Edit(at, len(source.html), pending))
    return tuple(edits), lost


def _align(source: Source, paragraph: str, place: Place, at: int, pending: str, edits: list[Edit]) -> tuple[int, str]:
    """Add one paragraph's edits; the offset where the source goes on, and the text still to stand there."""
    offsets = inked(paragraph)
    done = 0  # in the paragraph
    for start, end, first in place:
        count = first
        for left, right, size in source.stretches(start, end):
            begin, stop = offsets[count], offsets[count + size - 1] + 1
            pending += paragraph[done:begin]
            wanted = paragraph[begin:stop]
            if source.html[at:left] != pending:
                edits.append(Edit(at, left, pending))
            pending = ""
            if source.html[left:right] != wanted:
                edits.append(Edit(left, right, wanted))
            at, done = right, stop
            count += size
    return at, paragraph[done:]


def dropped(root: HtmlElement, text: str, title: str | None) -> tuple[Dropped, ...]:
    """The parts that the table of elements names, in order, where they are no part of the text.

    Where no text was found, all the words of the page.
    """
    out: list[Dropped] = [Dropped(title, "title")] if title else []
    by_tag, by_word = _elements()
    kept, seen = ink(text), {ink(title or "")}
    waiting = [root]
    while waiting:
        element = waiting.pop()
        if not isinstance(element.tag, str) or element.tag in _UNSEEN:
            continue
        here = len(waiting)
        waiting.extend(reversed(element))
        kind = by_tag.get(element.tag) or _kind(element, by_word)
        if not kind and text:
            continue
        words = _shown(element) if kind else _own(element)
        if words and (bare := ink(words)) not in kept and bare not in seen:
            seen.add(bare)
            out.append(Dropped(words, kind or "other"))
            if kind:
                del waiting[here:]
    return tuple(out)


def _elements() -> tuple[dict[str, str], dict[str, str]]:
    table = rows("elements")
    tags = {row["name"]: row["kind"] for row in table if row["by"] == "tag"}
    return tags, {row["name"]: row["kind"] for row in table if row["by"] == "word"}


_WORD = re.compile(r"[a-z]+")
_UNSEEN = frozenset({"script", "style", "template", "noscript", "svg", "head", "iframe", "textarea"})


def _kind(element: HtmlElement, by_word: dict[str, str]) -> str | None:
    """The kind that an element's class, id or role says; never of what may hold the whole page."""
    if element.tag in {"html", "body", "main", "article", "head", "script", "style", "link", "meta"}:
        return None
    names = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('role') or ''}"
    if not names.strip():
        return None
    return next((by_word[word] for word in _WORD.findall(names[:300].lower()) if word in by_word), None)


def _own(element: HtmlElement) -> str:
    """The element's words without those of the elements in it."""
    parts = [element.text or "", *(inner.tail or "" for inner in element)]
    return " ".join(" ".join(parts).split())


def _shown(element: HtmlElement) -> str:
    """The element's words, one space between them, without scripts and styles."""
    parts: list[str] = []
    if element.tag in _UNSEEN:
        return ""
    for inner in element.iter():
        if isinstance(inner.tag, str) and inner.tag not in _UNSEEN and inner.text:
            parts.append(inner.text)
        if inner is not element and inner.tail:
            parts.append(inner.tail)
    return " ".join(" ".join(parts).split())
