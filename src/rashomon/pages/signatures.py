"""Who signs an HTML page: its JSON-LD, its meta tags, and the elements that may print a byline, in this order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

from rashomon.pages import bylines, linked, metatags
from rashomon.pages.authors import people
from rashomon.pages.beside import above, is_aside
from rashomon.pages.credits import agency, credited, is_published, joined
from rashomon.pages.linked import Node
from rashomon.pages.metatags import Meta
from rashomon.pages.repair import mended
from rashomon.pages.tables import rows

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_BYLINES, _BYLINE, _BESIDE = 80, 160, 20
_SIGNATURE = 5
"""Letters of a signature in small letters."""
_BODY = 80
"""No organisation's name has more characters."""
_UNSEEN = frozenset({"script", "style", "template", "meta", "link", "input", "svg", "img", "form", "body", "html"})
_OFFICES = frozenset({"Organization", "NewsMediaOrganization", "Corporation"})


class Written(NamedTuple):
    """What one place says of who wrote the page."""

    names: list[str]
    bodies: tuple[str, ...] = ()
    """Names that it says are an organisation's."""
    printed: bool = False
    """Whether it is an element of the page that may print authors, and no field made for them."""


def signed(written: Iterable[Written], names: list[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
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


def written(
    tree: LexborHTMLParser, article: Node, nodes: list[Node], meta: Meta, title: str | None = None
) -> Iterator[Written]:
    """What each place says that may name the authors: JSON-LD, meta tags, the page's own markup, its unmarked lines.

    `title`: the page's headline, near which its byline stands.
    """
    yield _linked_authors(article, nodes)
    for name in metatags.names("author"):
        yield Written(meta.get(name, []))
    yield Written(_written_by(meta))
    for said in _bylines(tree):
        yield Written(said, printed=True)
    for line in bylines.printed(tree, title):
        yield Written([line], printed=True)


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


def _written_by(meta: Meta) -> list[str]:
    """The card that WordPress writes for Twitter: a label, and the name beside it."""
    labels = {row["name"] for row in rows("labels_card")}
    label = (next(iter(meta.get("twitter:label1", [])), "")).casefold()
    return meta.get("twitter:data1", [])[:1] if label in labels else []


_ALIKE = 3
"""Letters of words that are asked for at once."""
_OF_LINKS = {"href": "a", "rel": "a"}


@cache
def _marks() -> tuple[str, tuple[tuple[str, str], ...]]:
    """The selector of all that may be a byline, and what in which attribute tells how sure it is."""
    marks = tuple((row["attribute"], row["has"]) for row in rows("bylines"))
    # A mark that holds another need not be asked for beside it.
    least = [
        mark for mark in marks if not any(mark[0] == other[0] and mark[1] != other[1] in mark[1] for other in marks)
    ]
    # Words that begin alike are asked for at once; of other elements than links, an address need not be asked for.
    asked: dict[str, dict[str, list[str]]] = {}
    for name, word in least:
        asked.setdefault(name, {}).setdefault(word.lstrip("/")[:_ALIKE], []).append(word)
    parts = {
        name: ",".join(f'[{name}*="{_beginning(words)}" i]' for words in alike.values())
        for name, alike in asked.items()
    }
    return ",".join(f"{_OF_LINKS.get(name, '')}[{name}]:is({part})" for name, part in parts.items()), marks


def _beginning(words: Sequence[str]) -> str:
    """The letters that all words begin with."""
    return "".join(letters[0] for letters in takewhile(lambda each: len(set(each)) == 1, zip(*words, strict=False)))


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
