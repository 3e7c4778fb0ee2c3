"""RSS, Atom, JSON Feed and OPML → entries and addresses. Entities are never expanded and nothing is loaded."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urljoin

import msgspec

from rashomon.errors import PageError
from rashomon.pages import feeds, told
from rashomon.pages.limits import ENTRIES
from rashomon.spans import digest

CONTENT = 1_000_000
"""Characters of an entry's content that are kept."""
_TAG = re.compile(r"<[^<>]{0,2000}>")


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of a feed."""

    key: str
    """Digest of its id, else of its address, else of its title."""
    content: str
    """Digest of what it says: another one means that it was changed."""
    address: str | None
    title: str | None
    published: str | None
    """ISO 8601, as the feed states it."""
    updated: str | None
    authors: tuple[str, ...] = ()
    source: str | None = None
    language: str | None = None
    html: str = ""
    """The fullest content that the feed gives, its first million characters."""
    cut: bool = False
    """Whether there was more."""

    @property
    def words(self) -> int:
        """How many words of content it has."""
        return len(_TAG.sub(" ", self.html).split())


class Feed(msgspec.Struct, frozen=True):
    """A feed as it was fetched."""

    title: str | None
    entries: tuple[Entry, ...]
    problem: str | None = None
    """What is wrong with it, as a clause; entries before that are there all the same."""


class Listed(msgspec.Struct, frozen=True):
    """An OPML list of feeds."""

    feeds: tuple[str, ...]
    problem: str | None = None
    """What is wrong with it, as the end of a clause; the feeds before that are there all the same."""


def parse(raw: bytes, address: str) -> Feed | Listed:
    """A feed or a list of feeds; what is neither is a feed without entries that says so."""
    if not raw.strip():
        return Feed(None, (), "it is empty")
    head = raw[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head[:1] == b"{":
        return _json(raw, address)
    try:
        root, damage = feeds.parsed(raw)
    except PageError as error:
        return Feed(None, (), f"it is no text ({str(error).rstrip('.')})")
    if root is None:
        return Feed(None, (), f"it cannot be read as XML ({damage})" if damage else "it is empty")
    name = feeds.name_of(root)[1]
    if name == "opml":
        outlines = [str(node.get("xmlUrl")) for node in root.iter() if node.get("xmlUrl")]
        named = tuple(dict.fromkeys(urljoin(address, each.strip()) for each in outlines))
        return Listed(named, damage and f"is damaged ({damage})")
    if name == "html":
        return Feed(None, (), _instead(root, address))
    nodes = [node for node in root.iter() if feeds.name_of(node)[1] in {"item", "entry"}][:ENTRIES]
    if not nodes and name not in {"rss", "feed", "rdf"}:
        return Feed(None, (), "it is no feed: name the address of an RSS, Atom or JSON feed, or of an OPML list")
    shared = feeds.fields(feeds.channel(root))
    title = _line(feeds.plain_title(_first(shared, "title")))
    found = [_xml(node, feeds.fields(node), shared, title, address) for node in nodes]
    return Feed(title, _once(found), damage and f"it is damaged ({damage})")


def _instead(root: Any, address: str) -> str:
    """The feeds that a web page names as its own, as a clause."""
    links = [
        urljoin(address, str(node.get("href")))
        for node in root.iter()
        if feeds.name_of(node)[1] == "link" and re.search(r"rss|atom|feed\+json", str(node.get("type")))
    ]
    named = f": it names these as its own: {', '.join(links[:5])}" if links else ""
    return f"it is a web page, not a feed{named}"


def _once(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Of entries with one key the first."""
    out: dict[str, Entry] = {}
    for entry in entries:
        out.setdefault(entry.key, entry)
    return tuple(out.values())


def _first(found: Mapping[str, list[str]], field: str) -> str | None:
    return next(iter(found.get(field, ())), None)


def _line(text: str | None) -> str | None:
    """A title on one line, without markup; None where nothing is left."""
    if text is None:
        return None
    return " ".join(_TAG.sub(" ", html.unescape(text)).split())[:500] or None


def _xml(
    node: Any, own: Mapping[str, list[str]], shared: Mapping[str, list[str]], title: str | None, address: str
) -> Entry:
    """An item of RSS, an entry of Atom."""
    parts = {feeds.name_of(child)[1]: "".join(child.itertext()).strip() for child in node}
    about = next((str(value) for name, value in node.attrib.items() if str(name).endswith("about")), "")
    link = _first(own, "address") or parts.get("link")
    return _entry(
        key=parts.get("guid") or parts.get("id") or about,
        address=urljoin(address, link) if link else None,
        title=_line(feeds.plain_title(_first(own, "title"))),
        published=_first(own, "published"),
        updated=parts.get("updated") or parts.get("modified"),
        authors=tuple(own.get("authors", ())),
        source=_line(_first(own, "source")) or title,
        language=_first(own, "language") or _first(shared, "language"),
        content=max(own.get("html", [""]), key=len),
    )


def _entry(
    *, key: str, address: str | None, title: str | None, published: str | None, updated: str | None,
    authors: tuple[str, ...], source: str | None, language: str | None, content: str,
) -> Entry:  # fmt: skip
    return Entry(
        key=digest("entry", key or address or f"{title}\n{content}"),
        content=digest("entry", title or "", updated or "", content),
        address=address if address and address.startswith(("http://", "https://")) else None,
        title=title,
        published=told.date(published) if published else None,
        updated=told.date(updated) if updated else None,
        authors=authors,
        source=source,
        language=language,
        html=content[:CONTENT],
        cut=len(content) > CONTENT,
    )


def _json(raw: bytes, address: str) -> Feed:
    """A JSON Feed (version 1 or 1.1)."""
    try:
        value = json.loads(raw.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError):
        return Feed(None, (), "it begins as JSON does and cannot be read as such; it may be cut off")
    if not isinstance(value, dict) or "jsonfeed.org" not in str(value.get("version"))[:200]:
        return Feed(None, (), "it is JSON, but no JSON Feed")
    title = _line(_text(value.get("title")))
    rows = value.get("items")
    found = [
        _item(row, title, value, address) for row in (rows if isinstance(rows, list) else []) if isinstance(row, dict)
    ]
    return Feed(title, _once(found[:ENTRIES]))


def _item(row: Mapping[str, Any], title: str | None, feed: Mapping[str, Any], address: str) -> Entry:
    written = _text(row.get("content_html"))
    plain = _text(row.get("content_text")) or _text(row.get("summary")) or ""
    content = written or "".join(f"<p>{html.escape(part)}</p>\n" for part in plain.split("\n\n") if part.strip())
    named = row.get("authors") or feed.get("authors") or [row.get("author") or feed.get("author")]
    link = _text(row.get("url")) or _text(row.get("external_url"))
    return _entry(
        key=str(row.get("id") or ""),
        address=urljoin(address, link) if link else None,
        title=_line(_text(row.get("title"))),
        published=_text(row.get("date_published")),
        updated=_text(row.get("date_modified")),
        authors=tuple(
            str(each["name"])
            for each in (named if isinstance(named, list) else [])
            if isinstance(each, dict) and each.get("name")
        ),
        source=title,
        language=_text(row.get("language")) or _text(feed.get("language")),
        content=content,
    )


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value.strip() else None
