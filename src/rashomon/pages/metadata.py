"""What an HTML page says of itself: JSON-LD, meta tags, microdata, links, headings.

Each fact is taken from the place that is made for it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from rashomon.pages import linked, metatags, titles
from rashomon.pages.beside import words
from rashomon.pages.linked import Node, plain
from rashomon.pages.metatags import Meta
from rashomon.pages.signatures import signed, written
from rashomon.pages.tags import section, tags

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_MARKED = ("datePublished", "dateModified", "headline", "keywords", "articleSection", "publisher")
_SAID = 'meta,link[rel="canonical" i],title,h1,script[type*="ld+json" i]'
_ASKED = f"{_SAID},[itemprop]"
_LONGEST = 300
"""Characters of what an element says of the page, and no more of its text."""
_UNMARKED = frozenset({"link", "title", "h1", "script"})

Parts = dict[str, list["LexborNode"]]


class Metadata(msgspec.Struct, frozen=True, kw_only=True):
    """What a page says of itself, as written."""

    title: str | None = None
    headings: tuple[str, ...] = ()
    """Its headings of the first rank, as printed."""
    authors: tuple[str, ...] = ()
    """The people that the first place names which names any."""
    credits: tuple[str, ...] = ()
    """The agencies, desks and organisations that it names beside them; of earlier places, the agencies."""
    source: str | None = None
    canonical: str | None = None
    category: str | None = None
    tags: tuple[str, ...] = ()
    language: str | None = None
    published: tuple[tuple[str, str], ...] = ()
    """(value, where it stood), the best first."""
    dated: tuple[tuple[str, str], ...] = ()
    """Dates that do not say whether they are of the publication or of a change."""
    modified: tuple[tuple[str, str], ...] = ()
    types: tuple[str, ...] = ()
    """schema.org types of the article; where there is none, of all that the page describes."""
    summary: str | None = None
    """What its descriptions say."""
    free: bool | None = None
    """Whether it says that all of it may be read without paying."""


def metadata(tree: LexborHTMLParser, address: str | None) -> Metadata:
    """What the page says of itself; nothing is checked here but that it is text."""
    parts = _parts(tree)
    meta = metatags.contents(parts["meta"])
    nodes = linked.nodes(parts["script"])
    headings = tuple(said for node in parts["h1"] if (said := words(node)) and not _unseen(node))
    shared = [plain(text) for text in metatags.said(meta, "title")]
    canonical = _canonical(parts, meta)
    article = linked.article(nodes, (*shared, *headings), (address, canonical, *meta.get("og:url", [])))
    source = _source(article, nodes, meta) or _publisher(parts)
    names = [name for name in (source, *meta.get("application-name", []), *_hosts(address or canonical)) if name]
    document = next((plain(text) for node in parts["title"][:1] if (text := node.text())), None)
    listed = [linked.texts(article.get("keywords")), *(meta.get(name, []) for name in metatags.names("tags"))]
    listed.append(list(filter(None, [_marked(parts, "keywords")])))
    about = (*meta.get("description", []), *meta.get("og:description", []))
    headline = linked.text(article.get("headline")) or (None if headings else _marked(parts, "headline"))
    if not shared and not headline and document:
        headings = titles.without_site(headings, document, tree)
    title = titles.title(shared, headline, headings, document, names)
    authors, credits = signed(written(tree, article, nodes, meta, title), names)
    return Metadata(
        title=title,
        headings=headings[:5],
        authors=authors,
        credits=credits,
        source=source,
        canonical=canonical if canonical != address else None,
        category=_first(linked.texts(article.get("articleSection")))
        or _first(metatags.said(meta, "category"))
        or _marked(parts, "articleSection")
        or section(tree),
        tags=tags(listed, tree, " ".join(filter(None, (title, *about))), (*names, *authors)),
        language=linked.text(article.get("inLanguage")) or _declared(tree) or _first(metatags.said(meta, "language")),
        published=_dates(parts, article, meta, "published", "datePublished") + _of_page(nodes),
        dated=_dated(article, meta),
        modified=_dates(parts, article, meta, "modified", "dateModified"),
        types=_types(article, nodes, meta),
        summary=" ".join(about) or None,
        free=linked.is_free(article),
    )


def _types(article: Node, nodes: list[Node], meta: Meta) -> tuple[str, ...]:
    """The article's types, or those of all objects where none is an article and no tag says that the page is one."""
    if article or "article" in meta.get("og:type", []):
        return tuple(linked.texts(article.get("@type")))
    return tuple(dict.fromkeys(kind for node in nodes for kind in linked.texts(node.get("@type"))))


def _parts(tree: LexborHTMLParser) -> Parts:
    """The elements that say something of the page, by their tags, and by what they are marked as.

    All in one search, since each goes through the whole tree.
    """
    out: Parts = {name: [] for name in ("meta", "link", "title", "h1", "script", *_MARKED)}
    last = read = 0
    for node in tree.css(_ASKED):
        own, tag = node.mem_id, node.tag or ""
        if own != last:
            last = own
            if tag in out:
                out[tag].append(node)
            if tag == "meta":  # Found again for what it is marked as.
                continue
        if own != read and tag not in _UNMARKED:
            read = own
            for name in (node.attributes.get("itemprop") or "").split():
                if name in _MARKED:
                    out[name].append(node)
    return out


def _first(values: list[str]) -> str | None:
    return values[0] if values else None


def _unseen(node: LexborNode) -> bool:
    parent = node.parent
    return parent is not None and parent.tag in {"noscript", "template"}


def _marked(parts: Parts, name: str) -> str | None:
    """What the only element marked so says; None where there are several, which may be of several articles."""
    if len(parts[name]) != 1:
        return None
    said = parts[name][0].attributes.get("content") or words(parts[name][0])
    return said if 0 < len(said) <= _LONGEST else None


def _publisher(parts: Parts) -> str | None:
    """The name in the first element that is marked as the publisher."""
    for node in parts["publisher"][:1]:
        name = node.css_first('[itemprop="name"]')
        if name is not None:
            return plain(name.attributes.get("content") or words(name)) or None
    return None


def _declared(tree: LexborHTMLParser) -> str | None:
    root = tree.root
    return root.attributes.get("lang") if root is not None else None


def _hosts(address: str | None) -> tuple[str, ...]:
    """What an address calls its site: the host, and its name alone ("www.post.example.org" → "example")."""
    if "://" not in (address or ""):
        return ()
    host = re.sub(r"^\w+://(?:www\.|m\.)?|[/:?#].*$", "", address or "")
    labels = [label for label in host.split(".")[:-1] if len(label) > 3] or host.split(".")[:1]
    return (host, labels[-1])


def _canonical(parts: Parts, meta: Meta) -> str | None:
    """The address that the page names."""
    named = [link.attributes.get("href") for link in parts["link"]]
    return next((link.strip() for link in [*named, *metatags.said(meta, "canonical")] if link and "://" in link), None)


def _source(article: Node, nodes: list[Node], meta: Meta) -> str | None:
    """Who publishes the page."""
    publisher = article.get("publisher")
    if isinstance(publisher, dict) and "name" not in publisher:
        publisher = next((node for node in nodes if node.get("@id") == publisher.get("@id") is not None), None)
    name = _first(metatags.said(meta, "source")) or linked.text(publisher)
    return plain(name).lstrip("@") or None if name else None


def _dated(article: Node, meta: Meta) -> tuple[tuple[str, str], ...]:
    """Dates that the page gives without saying what of."""
    out = [(text, "the article's JSON-LD (dateCreated)") for text in linked.texts(article.get("dateCreated"))]
    out += [(text, f"the meta tag {tag}") for tag in metatags.names("dated") for text in meta.get(tag, [])[:1]]
    return tuple(out)


def _of_page(nodes: list[Node]) -> tuple[tuple[str, str], ...]:
    """When the page came out that the JSON-LD describes beside its article."""
    pages = (linked.texts(node.get("datePublished")) for node in nodes if linked.is_page(node))
    return tuple((text, "the page's JSON-LD (datePublished)") for found in pages for text in found[:1])


def _dates(parts: Parts, article: Node, meta: Meta, field: str, name: str) -> tuple[tuple[str, str], ...]:
    """Where the page states the date, the best first."""
    out = [(text, f"the article's JSON-LD ({name})") for text in linked.texts(article.get(name))]
    out += [(text, f"the meta tag {tag}") for tag in metatags.names(field) for text in meta.get(tag, [])[:1]]
    for element in parts[name][:2]:
        attributes = element.attributes
        value = attributes.get("datetime") or attributes.get("content") or words(element)
        out.append((value, f"the element marked {name}"))
    return tuple(out)
