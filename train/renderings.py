"""HTML pages without a gold body, as dumps: what two extractors agree on stands for the body.

Whoever learns from them should give them less weight: both may have left out the same line.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from gold.rows import rows
from labels import tokens
from rashomon.pages import opinion

AGREED = 0.85
"""A page is taken where the F1 in 4-word shingles of the two bodies is so great;"""
NEARLY = 0.7
"""or so great, if a third way of extracting, made to lose nothing, finds hardly more."""
ALIKE = 0.97
LEAST = 80
"""Bodies of fewer words are mostly no articles."""
_BLOCKS = frozenset(
    "address article aside blockquote body br caption center dd details dialog div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol option p pre section summary table tbody "
    "td tfoot th thead title tr ul".split()
)
_UNSEEN = frozenset("script style noscript template svg iframe textarea head".split())
_SPACE = re.compile(r"\s+")


class Agreed(NamedTuple):
    """A page on whose body two extractors agree."""

    id: str
    address: str
    body: str
    dumps: dict[str, str]
    """Its text by the name of the rendering."""


class Bodies(NamedTuple):
    """A page without a gold body, with two extractors'."""

    row: dict[str, Any]
    body: str
    """Trafilatura's; empty where it finds none."""
    main: str
    """Resiliparse's."""
    same: float
    """The F1 of one to the other in 4-word shingles."""


def bodies(folder: Path, name: str) -> Iterator[Bodies]:
    """The pages of a set of HTML pages, each with the bodies that two extractors find."""
    from resiliparse.extract.html2text import extract_plain_text

    for row in rows(folder, f"pages_{name}"):
        body = "\n".join(opinion.paragraphs(row["html"]))
        main = extract_plain_text(row["html"], main_content=True, alt_texts=False)
        yield Bodies(row, body, main, alike(body, main) if body else 0.0)


def agreed(folder: Path, name: str) -> Iterator[Agreed]:
    """The pages of a set of HTML pages on whose bodies the extractors agree."""
    from resiliparse.extract.html2text import extract_plain_text
    from trafilatura import extract

    for row, body, main, same in bodies(folder, name):
        html = row["html"]
        if len(body.split()) < LEAST:
            continue
        if same < AGREED and (
            same < NEARLY or alike(body, extract(html, favor_recall=True, include_comments=False) or "") < ALIKE
        ):
            continue
        whole = extract_plain_text(html, alt_texts=False)
        yield Agreed(row["id"], row["url"], body, {"rs_all": whole, "rs_main": main, "lxml_block": by_blocks(html)})


def titles(folder: Path, names: tuple[str, ...]) -> dict[str, str]:
    """The titles of HTML pages by their addresses, as their markup gives them."""
    from selectolax.lexbor import LexborHTMLParser

    from rashomon.pages.metadata import metadata

    out: dict[str, str] = {}
    for name in names:
        for row in rows(folder, f"pages_{name}"):
            told = metadata(LexborHTMLParser(row["html"]), row["url"]).title
            if told:
                out[row["url"]] = told
    return out


def alike(one: str, other: str) -> float:
    """F1 of two texts' 4-word shingles."""
    left, right = shingles(one), shingles(other)
    both = left.total() + right.total()
    return 2 * (left & right).total() / both if both else 1.0


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """The runs of four words, as the body's score counts them."""
    words = tokens(text)
    return Counter(tuple(words[at : at + 4]) for at in range(max(1, len(words) - 3))) if words else Counter()


def by_blocks(html: str) -> str:
    """The page's title and text, a line for each element that is laid out as a block; empty where nothing is parsed."""
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    try:
        root = document_fromstring(html.encode("utf-8", "replace"), parser=HTMLParser(encoding="utf-8", huge_tree=True))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return ""
    parts: list[str] = []
    waiting: list[Any] = [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, str):
            parts.append(node)
            continue
        after: list[Any] = [_SPACE.sub(" ", node.tail)] if node.tail and node is not root else []
        if not isinstance(node.tag, str):
            waiting += after
        elif node.tag in _UNSEEN:
            title = node.find(".//title") if node.tag == "head" else None
            waiting += after
            if title is not None and title.text:
                parts.append(_SPACE.sub(" ", title.text) + "\n")
        else:
            edge = "\n" if node.tag in _BLOCKS else ""
            waiting += [*after, edge, *reversed(node)]
            parts.append(edge + _SPACE.sub(" ", node.text or ""))
    lines = (" ".join(line.split()) for line in "".join(parts).split("\n"))
    return "\n".join(line for line in lines if line)
