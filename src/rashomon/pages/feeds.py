"""Saved RSS and Atom feeds → captures: one entry, one page, with the fullest content that the feed gives of it.

Entries that hold a teaser alone are captures too; their kind will say so. Entities are never expanded and nothing is
loaded, so a feed can neither blow up nor reach out. (JSON Feed is read by `jsonlines`.)
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from html import escape
from typing import TYPE_CHECKING, Any, BinaryIO

from rashomon.errors import PageError
from rashomon.model import Gap, PageGap
from rashomon.pages import told
from rashomon.pages.captures import Capture
from rashomon.pages.decode import decode
from rashomon.pages.limits import ENTRIES, taken
from rashomon.pages.tables import rows

if TYPE_CHECKING:
    from lxml.etree import _Element

_ATOM = ("http://www.w3.org/2005/Atom", "http://purl.org/atom/ns#")
HTML = '<!doctype html><meta charset="utf-8">\n'
_STOPS = ("Premature", "EndTag", "too big", "huge")
"""Words of the parser's complaints after which a part of the feed is missing."""
_XHTML = "http://www.w3.org/1999/xhtml"


@cache
def _fields() -> dict[tuple[str, str], tuple[int, str]]:
    """(namespace, name) → (rank, field)."""
    return {(row["namespace"], row["name"].lower()): (at, row["field"]) for at, row in enumerate(rows("feed_elements"))}


def captures(stream: BinaryIO, address: str) -> Iterator[Capture | PageGap]:
    """The pages of a feed's entries."""
    raw, cut = taken(stream)
    try:
        root, damage = parsed(raw)
    except PageError as error:
        yield PageGap(address, "page", str(error))
        return
    entries = [] if root is None else [node for node in root.iter() if name_of(node)[1] in {"item", "entry"}]
    shared = {} if root is None else fields(channel(root))
    for number, entry in enumerate(entries[:ENTRIES], 1):
        yield _capture(fields(entry), shared, f"{address}#{number}")
    if damage or cut or len(entries) > ENTRIES:
        why = damage or f"only the first {len(entries):,} entries were read"
        yield PageGap(address, "page", f"The feed {address} is damaged or too long ({why}): fetch it again.")
    elif not entries:
        yield PageGap(address, "page", f"The feed {address} has no entries: fetch it again, or name its pages.")


def parsed(raw: bytes) -> tuple[_Element | None, str | None]:
    """The feed's root, and what is wrong with it."""
    from lxml import etree

    # Decoded by our own rules, since feeds often declare a wrong encoding, and a declaration would be obeyed.
    text = decode(raw).text.lstrip("\ufeff \t\r\n")
    if text.startswith("<?xml"):
        text = text[text.find("?>") + 2 :] if "?>" in text[:500] else text
    parser = etree.XMLParser(
        encoding="utf-8", recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        return None, str(error)[:100]
    fatal = [entry for entry in parser.error_log if entry.level_name == "FATAL"]
    stopped = next((entry.message for entry in fatal if any(words in entry.message for words in _STOPS)), None)
    return root, stopped and " ".join(stopped.split())[:100]


def name_of(node: _Element) -> tuple[str, str]:
    """Namespace and local name in lower case; all of Atom's namespaces, and those of RSS, as one."""
    if not isinstance(node.tag, str):
        return "", ""
    space, _, name = node.tag.rpartition("}")
    space = space.lstrip("{")
    if space in _ATOM:
        return _ATOM[0], name.lower()
    known = (space, name.lower()) in _fields()
    return (space if known or "rss" not in space.lower() else ""), name.lower()


def channel(root: _Element) -> _Element:
    """The element that holds the feed's own title and language."""
    return next((node for node in root if name_of(node)[1] == "channel"), root)


def fields(node: _Element) -> dict[str, list[str]]:
    """What the element's children tell, by field, the best first."""
    out: dict[str, list[tuple[int, str]]] = {}
    for child in node:
        rank, field = _fields().get(name_of(child), (0, ""))
        if field and (text := _value(child, field)):
            out.setdefault(field, []).append((rank, text))
    return {field: [text for _, text in sorted(found, key=lambda pair: pair[0])] for field, found in out.items()}


def _value(node: _Element, field: str) -> str | None:
    """The text of an element in the way that its field has it."""
    if field == "address":
        if href := node.get("href"):
            return href.strip() if node.get("rel", "alternate") == "alternate" else None
        text = (node.text or "").strip()
        return text if text.startswith(("http://", "https://")) and node.get("isPermaLink") != "false" else None
    if field == "html":
        return _html(node)
    if field in {"authors", "source"}:
        inner = next((child for child in node if name_of(child)[1] in {"name", "title"}), node)
        text = " ".join("".join(inner.itertext()).split())
        return text.partition("(")[2].rstrip(") ") if "@" in text and "(" in text else text
    return "".join(node.itertext()).strip()


def _html(node: _Element) -> str | None:
    """An entry's content as HTML source."""
    from lxml import etree

    kind = node.get("type", "")
    if kind == "xhtml" or node.tag == f"{{{_XHTML}}}body" or any(name_of(child)[0] == _XHTML for child in node):
        return "".join(etree.tostring(child, encoding="unicode", with_tail=True) for child in node).strip() or None
    text = "".join(node.itertext()).strip()
    if kind in {"text", "text/plain"}:
        return "".join(f"<p>{escape(part)}</p>\n" for part in text.split("\n\n") if part.strip()) or None
    return text or None


def _capture(entry: dict[str, list[str]], shared: dict[str, list[str]], here: str) -> Capture | PageGap:
    def first(field: str) -> str | None:
        return next(iter(entry.get(field, ())), None)

    html = max(entry.get("html", [""]), key=len)
    if not html.strip():
        return PageGap(first("address") or here, "page", f"The feed's entry {here} has no content: fetch its page.")
    told_here: dict[str, Any] = {
        "title": plain_title(first("title")),
        "authors": entry.get("authors", ()),
        "published": first("published"),
        "source": first("source") or plain_title(next(iter(shared.get("title", ())), None)),
        "language": first("language") or next(iter(shared.get("language", ())), None),
    }
    known, gaps = told.known("the feed that the page came in", encoding="utf-8", **told_here)
    more: tuple[Gap, ...] = gaps
    return Capture(first("address") or here, (HTML + html).encode("utf-8", "replace"), known, more)


def plain_title(text: str | None) -> str | None:
    """A title without the markup that some feeds put into it."""
    if text is None or ("<" not in text and "&" not in text):
        return text
    import re

    from rashomon.pages.references import unescape

    return unescape(re.sub(r"<[^<>]{0,500}>", "", unescape(text)))
