"""JSON-LD: the blocks of a page, mended where they are broken, and which of their objects is the article."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import msgspec

from rashomon.pages.authors import key
from rashomon.pages.references import unescape

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

Node = dict[str, Any]

_ARTICLE = re.compile(r"(?:Article|(?<!Job)Posting|Report|Reportage|Review)$")
_PAGE = re.compile(r"(?:Page|CreativeWork)$")
_INNER = ("@graph", "mainEntity", "mainEntityOfPage")
_DEPTH = 6
_MOST = 500
"""Objects of a list that are looked at."""
_LONGEST = 2_000_000
_ADDRESS = 2_000
_WRAPPING = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[)|(?:-->|//\s*\]\]>|/\*\s*\]\]>\s*\*/|\]\]>)\s*$"
)
_TRAILING_COMMA = re.compile(r",\s*([}\]])")
_WRONG_ESCAPE = re.compile(r'\\(?!["\\/bfnrtu]|$)')
_FIELD = re.compile(r'"(headline|datePublished|dateModified|articleSection)"\s*:\s*"((?:[^"\\\n]|\\.){1,300})"')
_TYPE = re.compile(r'"@type"\s*:\s*\[?\s*"(\w{1,40})"')
_TAG = re.compile(r"</?[A-Za-z][^>]{0,200}>")


def nodes(scripts: Iterable[LexborNode]) -> list[Node]:
    """All typed objects of the scripts of JSON-LD, outer before inner, in their order."""
    written = (script.text(deep=False) or script.text() or "" for script in scripts)
    return [node for text in written for block in _read(text) for node in _typed(block, 0)]


def _read(text: str) -> Iterator[Any]:
    """What a block holds: as it is, mended, or its few telling fields where it cannot be mended."""
    try:
        yield msgspec.json.decode(text)
        return
    except (ValueError, RecursionError):
        pass
    text = _WRAPPING.sub("", text[:_LONGEST]).strip().rstrip(";")
    if text[:12].replace(" ", "").startswith(("{&quot;", "[{&quot;")):
        text = unescape(text)
    for attempt in (text, _WRONG_ESCAPE.sub(r"\\\\", _TRAILING_COMMA.sub(r"\1", text))):
        try:
            yield from _several(attempt)
            return
        except (ValueError, RecursionError):
            continue
    yield from _salvaged(text)


def _several(text: str) -> list[Any]:
    """The values of a block that holds one or, wrongly, several without a list around them."""
    decoder = json.JSONDecoder(strict=False)
    out: list[Any] = []
    at = 0
    while at < len(text) and len(out) < _MOST:
        value, at = decoder.raw_decode(text, at)
        out.append(value)
        while at < len(text) and text[at] in " \t\r\n,;":
            at += 1
    return out


def _salvaged(text: str) -> Iterator[Node]:
    """The article's fields of a block that is no JSON: those that it gives one value only."""
    found: dict[str, set[str]] = {}
    for match in _FIELD.finditer(text):
        found.setdefault(match[1], set()).add(match[2])
    kind = next((match[1] for match in _TYPE.finditer(text) if _ARTICLE.search(match[1])), None)
    if kind and found:
        yield {"@type": kind, **{field: values.pop() for field, values in found.items() if len(values) == 1}}


def _typed(value: Any, depth: int) -> Iterator[Node]:
    if depth > _DEPTH:
        return
    if isinstance(value, list):
        for item in value[:_MOST]:
            yield from _typed(item, depth + 1)
    elif isinstance(value, dict):
        if "@type" in value:
            yield value
        for key in _INNER:
            if isinstance(value.get(key), dict | list):
                yield from _typed(value[key], depth + 1)


def is_article(node: Node) -> bool:
    """Whether an object is an article of some kind."""
    return any(_ARTICLE.search(kind) for kind in texts(node.get("@type")))


def is_page(node: Node) -> bool:
    """Whether an object is a page or a work of whatever kind."""
    return any(_PAGE.search(kind) for kind in texts(node.get("@type")))


def is_free(node: Node) -> bool | None:
    """Whether an article says that all of it may be read without paying; None where it does not say."""
    said = node.get("isAccessibleForFree")
    if isinstance(said, str):
        said = {"true": True, "false": False}.get(said.strip().casefold().rpartition("/")[2])
    return said if isinstance(said, bool) else None


def article(found: list[Node], titles: Iterable[str], addresses: Iterable[str | None]) -> Node:
    """The object of the page's article: that whose address or headline is the page's, else the first; {} for none.

    Where no object is an article, the page's own object stands for it, if it has a date.
    """
    articles = [node for node in found if is_article(node)]
    if not articles:
        return next((node for node in found if is_page(node) and node.get("datePublished")), {})
    if len(articles) == 1:
        return articles[0]
    keys = {key(title) for title in titles} - {""}
    places = {_place(address) for address in addresses if address} - {""}
    return max(articles, key=lambda node: _fit(node, keys, places))


def _fit(node: Node, keys: set[str], places: set[str]) -> tuple[int, int]:
    """How well an object fits the page's titles and addresses, then how much it says."""
    headline = key(text(node.get("headline")) or text(node.get("name")) or "")
    own = [node.get("url"), node.get("@id"), node.get("mainEntityOfPage")]
    named = {_place(item.get("@id") or item.get("url") if isinstance(item, dict) else item) for item in own}
    fit = 2 * (headline in keys) + 2 * bool(named & places)
    return fit, sum(bool(node.get(field)) for field in ("headline", "datePublished", "author"))


def _place(address: Any) -> str:
    """An address without its protocol, query and fragment."""
    if not isinstance(address, str) or len(address) > _ADDRESS:
        return ""
    return re.sub(r"^\w+://(?:www\.|m\.)?|[?#].*$|/+$", "", address.strip().partition("#")[0]).rstrip("/").casefold()


def text(value: Any) -> str | None:
    """The text of a JSON-LD value: itself, or its name; of a list, the first's."""
    for _ in range(4):
        if isinstance(value, list):
            value = value[0] if value else None
        elif isinstance(value, dict):
            value = value.get("name") or value.get("@value")
        else:
            break
    return plain(value) or None if isinstance(value, str) else None


def texts(value: Any) -> list[str]:
    """The texts of a JSON-LD value that may be a list."""
    values = value if isinstance(value, list) else (value,)
    return [found for item in values if (found := text(item))]


def plain(written: str) -> str:
    """Without markup and references, white space folded."""
    if "&" in written:
        written = unescape(unescape(written))
    if "<" in written:
        written = _TAG.sub("", written)
    return " ".join(written.split())
