"""What an HTML page says of itself: JSON-LD, meta tags, microdata, links, headings.

Each fact is taken from the place that is made for it; which meta tag says what is a table.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from rashomon.pages import linked, titles
from rashomon.pages.authors import people
from rashomon.pages.beside import above, is_aside, words
from rashomon.pages.credits import agency, credited, is_published, joined
from rashomon.pages.linked import Node, plain
from rashomon.pages.repair import mended
from rashomon.pages.tables import rows
from rashomon.pages.tags import tags

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_BYLINES, _BYLINE, _BESIDE = 80, 160, 20
_SIGNATURE = 5
"""Letters of a signature in small letters."""
_BODY = 80
"""No organisation's name has more characters."""
_UNSEEN = frozenset({"script", "style", "template", "meta", "link", "input", "svg", "img", "form", "body", "html"})
_MARKED = ("datePublished", "dateModified")
_SAID = 'meta,link[rel="canonical" i],title,h1,script[type*="ld+json" i]'
_ASKED = ",".join((_SAID, *(f'[itemprop~="{name}"]' for name in _MARKED)))
_UNMARKED = frozenset({"link", "title", "h1", "script"})
_OFFICES = frozenset({"Organization", "NewsMediaOrganization", "Corporation"})


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
    meta = _meta(parts)
    nodes = linked.nodes(parts["script"])
    headings = tuple(said for node in parts["h1"] if (said := words(node)) and not _unseen(node))
    shared = [plain(text) for text in _from(meta, "title")]
    canonical = _canonical(parts, meta)
    article = linked.article(nodes, (*shared, *headings), (address, canonical, *meta.get("og:url", [])))
    source = _source(article, nodes, meta)
    names = [name for name in (source, *meta.get("application-name", []), *_hosts(address or canonical)) if name]
    document = next((plain(text) for node in parts["title"][:1] if (text := node.text())), None)
    written = _written(tree, article, nodes, meta)
    listed = [linked.texts(article.get("keywords")), *(meta.get(name, []) for name in _names("tags"))]
    about = (*meta.get("description", []), *meta.get("og:description", []))
    title = titles.title(shared, linked.text(article.get("headline")), headings, document, names)
    authors, credits = _signed(written, names)
    return Metadata(
        title=title,
        headings=headings[:5],
        authors=authors,
        credits=credits,
        source=source,
        canonical=canonical if canonical != address else None,
        category=_first(linked.texts(article.get("articleSection"))) or _first(_from(meta, "category")),
        tags=tags(listed, tree, " ".join(filter(None, (title, *about))), names),
        language=linked.text(article.get("inLanguage")) or _declared(tree) or _first(_from(meta, "language")),
        published=_dates(parts, article, meta, "published", "datePublished"),
        dated=tuple((text, f"the meta tag {tag}") for tag in _names("dated") for text in meta.get(tag, [])[:1]),
        modified=_dates(parts, article, meta, "modified", "dateModified"),
        types=_types(article, nodes, meta),
        summary=" ".join(about) or None,
        free=linked.is_free(article),
    )


def _types(article: Node, nodes: list[Node], meta: dict[str, list[str]]) -> tuple[str, ...]:
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


def _meta(parts: Parts) -> dict[str, list[str]]:
    """Contents of the meta tags by their lower-case names."""
    out: dict[str, list[str]] = {}
    for element in parts["meta"]:
        attributes = element.attributes
        content = (attributes.get("content") or "").strip()
        for name in ("property", "name", "itemprop", "http-equiv") if content else ():
            if value := attributes.get(name):
                out.setdefault(value.strip().lower(), []).append(content)
    return out


@cache
def _names(field: str) -> tuple[str, ...]:
    """The names of the meta tags that say a field, the best first."""
    return tuple(row["name"] for row in rows("meta") if row["field"] == field)


def _from(meta: dict[str, list[str]], field: str) -> list[str]:
    """The contents of the first meta tag of the table that the page has for a field."""
    for name in _names(field):
        if values := meta.get(name):
            return list(dict.fromkeys(values))
    return []


def _first(values: list[str]) -> str | None:
    return values[0] if values else None


def _unseen(node: LexborNode) -> bool:
    parent = node.parent
    return parent is not None and parent.tag in {"noscript", "template"}


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


def _canonical(parts: Parts, meta: dict[str, list[str]]) -> str | None:
    """The address that the page names."""
    named = [link.attributes.get("href") for link in parts["link"]]
    return next((link.strip() for link in [*named, *_from(meta, "canonical")] if link and "://" in link), None)


def _source(article: Node, nodes: list[Node], meta: dict[str, list[str]]) -> str | None:
    """Who publishes the page."""
    publisher = article.get("publisher")
    if isinstance(publisher, dict) and "name" not in publisher:
        publisher = next((node for node in nodes if node.get("@id") == publisher.get("@id") is not None), None)
    name = _first(_from(meta, "source")) or linked.text(publisher)
    return plain(name).lstrip("@") or None if name else None


class Written(NamedTuple):
    """What one place says of who wrote the page."""

    names: list[str]
    bodies: tuple[str, ...] = ()
    """Names that it says are an organisation's."""
    printed: bool = False
    """Whether it is an element of the page that may print authors, and no field made for them."""


def _signed(written: Iterable[Written], names: list[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The people and the other credits of the first place that names people; else the credits of the first with any.

    A site that names itself where people are asked for, while its byline names them, says nothing; an agency does.
    """
    earlier: list[tuple[str, ...]] = []
    for said in written:
        if not said.names and not said.bodies:
            continue
        clean = [mended(name) for name in said.names]
        others = joined((*said.bodies, *credited(clean, *names, printed=said.printed)))
        authors = people(clean, *names)
        if said.printed:  # "follow" is a button, "amw" a signature.
            authors = tuple(name for name in authors if " " in name or not name.islower() or len(name) <= _SIGNATURE)
        if authors:
            wires = (name for found in earlier for name in found if agency(name) and not is_published(name, *names))
            return authors, joined((*others, *wires))
        if others:
            earlier.append(others)
    return (), next(iter(earlier), ())


def _written(tree: LexborHTMLParser, article: Node, nodes: list[Node], meta: dict[str, list[str]]) -> Iterator[Written]:
    """What each place says that may name the authors: JSON-LD, meta tags, the page's own markup."""
    yield _linked_authors(article, nodes)
    for name in _names("author"):
        yield Written(meta.get(name, []))
    yield Written(_written_by(meta))
    for said in _bylines(tree):
        yield Written(said, printed=True)


def _linked_authors(article: Node, nodes: list[Node]) -> Written:
    """The names of the JSON-LD's authors, organizations' apart."""
    value = article.get("author") or article.get("creator")
    out: list[str] = []
    bodies: list[str] = []
    for item in value if isinstance(value, list) else [value]:
        node = item
        if isinstance(item, dict) and "name" not in item and "@id" in item:
            node = next((other for other in nodes if other.get("@id") == item["@id"] and "name" in other), item)
        if isinstance(node, dict):
            office = _OFFICES.intersection(linked.texts(node.get("@type")))
            (bodies if office else out).extend(linked.texts(node.get("name")))
        elif text := linked.text(node):
            out.append(text)
    return Written(out, tuple(mended(name) for name in bodies if len(name) <= _BODY and "://" not in name))


def _written_by(meta: dict[str, list[str]]) -> list[str]:
    """The card that WordPress writes for Twitter: a label, and the name beside it."""
    labels = {row["name"] for row in rows("labels_card")}
    label = (_first(meta.get("twitter:label1", [])) or "").casefold()
    return meta.get("twitter:data1", [])[:1] if label in labels else []


_OF_LINKS = {"href": "a", "rel": "a"}


@cache
def _marks() -> tuple[str, tuple[tuple[str, str], ...]]:
    """The selector of all that may be a byline, and what in which attribute tells how sure it is."""
    marks = tuple((row["attribute"], row["has"]) for row in rows("bylines"))
    # A mark that holds another need not be asked for beside it.
    least = [
        mark for mark in marks if not any(mark[0] == other[0] and mark[1] != other[1] in mark[1] for other in marks)
    ]
    # Of other elements than links, an address need not be asked for.
    return ",".join(f'{_OF_LINKS.get(name, "")}[{name}*="{word}" i]' for name, word in least), marks


def _bylines(tree: LexborHTMLParser) -> Iterator[list[str]]:
    """What the marks for an author say on the page: by kinds, the surest first, those that stand together at once."""
    selector, marks = _marks()
    found: dict[int, list[LexborNode]] = {}
    for node in tree.css(selector)[:_BYLINES]:
        marked = {name: value.lower() for name, value in node.attributes.items() if value}
        rank = next((at for at, (name, word) in enumerate(marks) if name in marked and word in marked[name]), None)
        if rank is not None and node.tag not in _UNSEEN and not is_aside(node):
            found.setdefault(rank, []).append(node)
    for _, nodes in sorted(found.items()):
        groups: dict[int, list[str]] = {}
        for node in nodes[:_BESIDE]:
            if 3 <= len(said := _pieces(node)) <= _BYLINE:
                groups.setdefault(above(node), []).append(said)
        yield from groups.values()


def _pieces(node: LexborNode) -> str:
    """The words of an element, its text nodes parted by bars."""
    parts = [" ".join(part.split()) for part in (node.text(separator="\0") or "").split("\0")]
    parts = [part for part in parts if part]
    return (" " if all(" " not in part for part in parts) else " | ").join(parts)


def _dates(
    parts: Parts, article: Node, meta: dict[str, list[str]], field: str, name: str
) -> tuple[tuple[str, str], ...]:
    """Where the page states the date, the best first."""
    out = [(text, f"the article's JSON-LD ({name})") for text in linked.texts(article.get(name))]
    out += [(text, f"the meta tag {tag}") for tag in _names(field) for text in meta.get(tag, [])[:1]]
    for element in parts[name][:2]:
        attributes = element.attributes
        value = attributes.get("datetime") or attributes.get("content") or words(element)
        out.append((value, f"the element marked {name}"))
    return tuple(out)
