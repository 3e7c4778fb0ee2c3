"""Atom (RFC 4287) and JSON Feed 1.1: items, the newest first."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from rashomon.spans import digest

ATOM = "http://www.w3.org/2005/Atom"
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of a feed."""

    id: str
    """A URI."""
    title: str
    text: str
    at: str
    """ISO 8601, UTC, to the second."""
    address: str | None = None
    tags: tuple[str, ...] = ()


def feed_id(title: str) -> str:
    """The URI of a feed."""
    return f"urn:rashomon:{digest('feed', title)}"


def atom(items: Sequence[Item], title: str) -> bytes:
    """The items as an Atom feed."""
    from lxml import etree

    def add(parent: etree._Element, name: str, text: str | None = None, **given: str) -> etree._Element:
        node = etree.SubElement(parent, f"{{{ATOM}}}{name}", {}, None)
        for key, value in given.items():
            node.set(key, _clean(value))
        node.text = None if text is None else _clean(text)
        return node

    root = etree.Element(f"{{{ATOM}}}feed", {}, {None: ATOM})
    add(root, "id", feed_id(title))
    add(root, "title", title)
    add(root, "updated", max((item.at for item in items), default="1970-01-01T00:00:00Z"))
    add(add(root, "author"), "name", "rashomon")
    for item in items:
        entry = add(root, "entry")
        add(entry, "id", item.id)
        add(entry, "title", item.title)
        add(entry, "updated", item.at)
        if item.address:
            add(entry, "link", href=item.address)
        for tag in item.tags:
            add(entry, "category", term=tag)
        add(entry, "content", item.text, type="text")
    return bytes(etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True))


def _clean(text: str) -> str:
    """The text without the characters that XML cannot hold."""
    return _FORBIDDEN.sub("\ufffd", text)


def json_feed(items: Sequence[Item], title: str) -> bytes:
    """The items as a JSON Feed."""
    from rashomon.schema import written

    rows = []
    for item in items:
        row: dict[str, object] = {
            "id": item.id,
            "title": item.title,
            "content_text": item.text,
            "date_published": item.at,
        }
        if item.address:
            row["url"] = item.address
        if item.tags:
            row["tags"] = list(item.tags)
        rows.append(row)
    return written({"version": "https://jsonfeed.org/version/1.1", "title": title, "items": rows})
