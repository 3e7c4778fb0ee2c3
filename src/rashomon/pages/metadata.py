"""What an HTML page says of itself: JSON-LD, meta tags, links, headings.

The article's JSON-LD node is preferred to meta tags, and these to what stands on the page.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import msgspec

from rashomon.pages.tables import rows

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_ARTICLE = re.compile(r"(?:Article|Posting|Report|Reportage|Review)$")
_SPLIT_TITLE = re.compile(r"\s+[|–—\-•·:»›/]+\s+")
_TRAILING_COMMA = re.compile(r",\s*([}\]])")
_COMMENT = re.compile(r"^\s*(?:<!--|//<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/)|(?:-->|//\]\]>|/\*\s*\]\]>\s*\*/)\s*$")


class Metadata(msgspec.Struct, frozen=True, kw_only=True):
    """What a page says of itself, as written."""

    title: str | None = None
    authors: tuple[tuple[str, ...], ...] = ()
    """What each place that may name them says, the best first."""
    source: str | None = None
    canonical: str | None = None
    category: str | None = None
    tags: tuple[str, ...] = ()
    language: str | None = None
    published: tuple[tuple[str, str], ...] = ()
    """(value, where it stood), the best first."""
    modified: tuple[tuple[str, str], ...] = ()
    types: tuple[str, ...] = ()
    """schema.org types of the article."""


def metadata(root: HtmlElement, address: str | None) -> Metadata:
    """What the page says of itself; nothing is checked here but that it is text."""
    meta = _meta(root)
    nodes = [node for block in _blocks(root) for node in _nodes(block, 0)]
    headings = [
        words for h1 in root.iter("h1") if next(h1.iterancestors("noscript"), None) is None and (words := _words(h1))
    ]
    article = _article(nodes, meta, headings)
    source = _source(article, nodes, meta)
    return Metadata(
        title=_title(root, article, meta, headings, source),
        authors=tuple(map(tuple, (_authors(article, nodes), _from(meta, "author"), _written_by(meta), _bylines(root)))),
        source=source,
        canonical=_canonical(root, meta, address),
        category=_first(_texts(article.get("articleSection"))) or _first(_from(meta, "category")),
        tags=_tags(article, meta),
        language=_text(article.get("inLanguage")) or root.get("lang") or _first(_from(meta, "language")),
        published=_dates(root, article, meta, "published", "datePublished"),
        modified=_dates(root, article, meta, "modified", "dateModified"),
        types=tuple(_texts(article.get("@type"))),
    )


def _meta(root: HtmlElement) -> dict[str, list[str]]:
    """Contents of the meta tags by their lower-case names."""
    out: dict[str, list[str]] = {}
    for element in root.iter("meta"):
        content = (element.get("content") or "").strip()
        for key in ("property", "name", "itemprop", "http-equiv"):
            if content and (name := element.get(key)):
                out.setdefault(name.strip().lower(), []).append(content)
    return out


def _from(meta: dict[str, list[str]], field: str) -> list[str]:
    """The contents of the first meta tag of the table that the page has for a field."""
    for row in rows("meta"):
        if row["field"] == field and (values := meta.get(row["name"])):
            return list(dict.fromkeys(values))
    return []


def _blocks(root: HtmlElement) -> Iterator[Any]:
    """The JSON-LD blocks that can be read, after the usual slips are mended."""
    for script in root.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        written = _COMMENT.sub("", script.text or "").strip().rstrip(";")
        for attempt in (written, _TRAILING_COMMA.sub(r"\1", written)):
            try:
                yield json.loads(attempt, strict=False)
                break
            except (ValueError, RecursionError):
                continue


def _nodes(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    """All typed objects of a block, outer before inner."""
    if depth > 6:
        return
    if isinstance(value, list):
        for item in value[:500]:
            yield from _nodes(item, depth + 1)
    elif isinstance(value, dict):
        if "@type" in value:
            yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage", "liveBlogUpdate"):
            if key != "liveBlogUpdate" and isinstance(value.get(key), dict | list):
                yield from _nodes(value[key], depth + 1)


def _article(nodes: list[dict[str, Any]], meta: dict[str, list[str]], headings: list[str]) -> dict[str, Any]:
    """The node of the article: the first whose headline is the page's, or else the first."""
    found = [node for node in nodes if any(_ARTICLE.search(kind) for kind in _texts(node.get("@type")))]
    titles = {_key(text) for text in (*_from(meta, "title"), *headings)}
    for node in found:
        if _key(_text(node.get("headline")) or "") in titles:
            return node
    return found[0] if found else {}


def _key(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())


def _text(value: Any) -> str | None:
    """The text of a JSON-LD value: itself, or its name."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("name") or value.get("@value")
        return _text(value) if isinstance(value, list | dict) else _text(str(value)) if value else None
    return _plain(value) if isinstance(value, str) and value.strip() else None


def _plain(text: str) -> str:
    """Without markup and references, white space folded."""
    from html import unescape

    return " ".join(re.sub(r"</?[A-Za-z][^>]{0,200}>", "", unescape(unescape(text))).split())


def _texts(value: Any) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [text for item in values if (text := _text(item))]


def _first(values: list[str]) -> str | None:
    return values[0] if values else None


def _words(element: HtmlElement) -> str:
    return " ".join("".join(element.itertext()).split())


def _title(
    root: HtmlElement, article: dict[str, Any], meta: dict[str, list[str]], headings: list[str], source: str | None
) -> str | None:
    """The headline: of the JSON-LD, the only heading, the meta tags, the document's title, without the site's name."""
    tag = next((_words(title) for title in root.iter("title")), "")
    shared = [_plain(text) for text in _from(meta, "title")]
    headline = _text(article.get("headline"))
    told = [text for text in (headline, *shared, tag) if text]
    # A heading that the markup repeats is the headline as printed; several headings say nothing alone.
    for heading in headings:
        if any(_key(heading) and _key(heading) in _key(text) for text in told) and len(_key(heading)) > 12:
            return heading
    for text in (headline, *shared, tag, *headings[:1]):
        if text:
            return _bare(_plain(text), source)
    return None


def _bare(title: str, source: str | None) -> str:
    """A title without the site's name at its end (or start)."""
    parts = _SPLIT_TITLE.split(title)
    if len(parts) < 2:
        return title
    name = _key(source or "")
    initials = "".join(word[0] for word in (source or "").split()).casefold()
    last, first = _key(parts[-1]), _key(parts[0])
    if (name and last and (last in name or name in last)) or "|" in title[-len(parts[-1]) - 4 :]:
        return title[: title.rindex(parts[-1])].rstrip(" |–—-•·:»›/")
    if first and (first in name or (len(initials) > 1 and first == initials)):
        return title[title.index(parts[1]) :]
    return title


def _authors(article: dict[str, Any], nodes: list[dict[str, Any]]) -> list[str]:
    """The names of the authors that are not organizations."""
    by_id = {str(node["@id"]): node for node in nodes if "@id" in node}
    value = article.get("author") or article.get("creator")
    out: list[str] = []
    for item in value if isinstance(value, list) else [value]:
        node = by_id.get(str(item.get("@id")), item) if isinstance(item, dict) and "name" not in item else item
        if isinstance(node, dict):
            if {"Organization", "NewsMediaOrganization", "Corporation"} & set(_texts(node.get("@type"))):
                continue
            out.extend(_texts(node.get("name")))
        elif text := _text(node):
            out.append(text)
    return out


def _written_by(meta: dict[str, list[str]]) -> list[str]:
    """The card that WordPress writes for Twitter: a label, and the name beside it."""
    labels = {row["name"] for row in rows("labels_card")}
    label = (_first(meta.get("twitter:label1", [])) or "").casefold()
    return meta.get("twitter:data1", [])[:1] if label in labels else []


def _bylines(root: HtmlElement) -> list[str]:
    """What links and marks for the author say on the page."""
    found = root.xpath(
        "//a[@rel='author'] | //*[@itemprop='author'] | //*[contains(@class,'author-name')"
        " or contains(@class,'authorname')"
        " or contains(@class,'author__name') or contains(@class,'byline')]"
    )
    words = list(dict.fromkeys(_words(element) for element in found[:8]))
    return [text for text in words if 3 <= len(text) <= 80]


def _source(article: dict[str, Any], nodes: list[dict[str, Any]], meta: dict[str, list[str]]) -> str | None:
    """Who publishes the page."""
    publisher = article.get("publisher")
    if isinstance(publisher, dict) and "name" not in publisher:
        publisher = next((node for node in nodes if node.get("@id") == publisher.get("@id") is not None), None)
    name = _first(_from(meta, "source")) or _text(publisher)
    return _plain(name).lstrip("@") or None if name else None


def _canonical(root: HtmlElement, meta: dict[str, list[str]], address: str | None) -> str | None:
    """The address that the page names, where it is another than that it was read from."""
    links = [link.get("href") for link in root.iter("link") if (link.get("rel") or "").lower() == "canonical"]
    named = next((link.strip() for link in [*links, *_from(meta, "canonical")] if link and "://" in link), None)
    return named if named != address else None


def _tags(article: dict[str, Any], meta: dict[str, list[str]]) -> tuple[str, ...]:
    """Keywords of the article, each once."""
    listed = _texts(article.get("keywords")) or _from(meta, "tags")
    values = [part for text in listed for part in (text.split(",") if "," in text else [text])]
    plain = (_plain(value).strip(" ;#") for value in values)
    # "Section:politics" and the like are a content system's own marks.
    return tuple({text.casefold(): text for text in plain if text and ":" not in text and len(text) <= 80}.values())


def _dates(
    root: HtmlElement, article: dict[str, Any], meta: dict[str, list[str]], field: str, key: str
) -> tuple[tuple[str, str], ...]:
    """Where the page states the date, the best first."""
    out = [(text, f"the article's JSON-LD ({key})") for text in _texts(article.get(key))]
    for row in rows("meta"):
        if row["field"] == field:
            out += [(text, f"the meta tag {row['name']}") for text in meta.get(row["name"], [])[:1]]
    for element in root.xpath(f"//*[@itemprop='{key}']")[:2]:
        value = element.get("datetime") or element.get("content") or _words(element)
        out.append((value, f"the element marked {key}"))
    return tuple(out)
