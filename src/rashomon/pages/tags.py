"""What a page is tagged with: JSON-LD, meta tags, and the links to its topics' own pages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

from rashomon.pages.authors import key
from rashomon.pages.beside import above, is_aside, words
from rashomon.pages.linked import plain
from rashomon.pages.tables import rows

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_SPLIT = re.compile(r"\s*[,;|、，；]\s*")
_ID = re.compile(r"^(?:[0-9a-f]{8,}(?:-[0-9a-f]+)*|\d+|\S+\.(?:com|org|net|[a-z]{2})|https?://\S+)$", re.I)
_CODE = re.compile(r"^[A-Z0-9:_/.\-]{1,12}$")
_LABEL = re.compile(r"(?:subject|topic|tag|keyword|thema|schlagwort|sujet|tema|etiqueta)s?:\s+", re.I)
_WORD = re.compile(r"\w{3,}")
_PART = re.compile(r'a\[href\*="/\w')
_LONGEST = 80
_LINKS = 200
_HOLDERS = 40
_TOO_MANY = 20
_RELATED = "tag"
"""The relation of a link to a tag of the page (the microformat rel-tag); WordPress adds "category" for its sections."""
_NO_SECTION = frozenset({"uncategorized", "uncategorised"})
"""What WordPress calls the section of what is in none."""
_FEW, _MANY = 4, 8
"""Tags of a list that is long enough to be told by what most of it looks like."""


def tags(listed: Iterable[Sequence[str]], tree: LexborHTMLParser, about: str, names: Sequence[str]) -> tuple[str, ...]:
    """The tags of the first list that says something of this page, each once; else those that the page links to.

    `listed`: lists of keywords as written, the surest first; `about`: the page's title and standfirst; `names`:
    what the site and the authors are called, which is no tag.
    """
    sites = {key(name) for name in names}
    for written in listed:
        found = _cleaned((part for text in written for part in _SPLIT.split(plain(text))), sites)
        if own := _own(found, tree, about):
            return own
    return _cleaned(_linked(tree, about), sites)


def section(tree: LexborHTMLParser) -> str | None:
    """The section that the page links to as its own, as WordPress marks it; None where it names none."""
    for node in tree.css('a[rel~="category"]')[:_HOLDERS]:
        said = words(node)
        if 1 < len(said) <= _LONGEST and said.casefold() not in _NO_SECTION and not is_aside(node):
            return said
    return None


def _cleaned(parts: Iterable[str], sites: set[str]) -> tuple[str, ...]:
    """Without a content system's own marks, ids and codes, and without the site's name."""
    kept: dict[str, str] = {}
    given = [part.strip(" ;#.,") for part in parts]
    marked = 2 * sum(": " in text for text in given) > len(given)
    for text in given:
        if label := _LABEL.match(text):
            text = text[label.end() :]
        elif marked:  # Where most say what they are, what does not is nothing's name.
            continue
        # "Section:politics" and the like are a content system's own marks.
        if text and ":" not in text and len(text) <= _LONGEST and not _ID.match(text) and key(text) not in sites:
            kept.setdefault(text.casefold(), text)
    found = tuple(kept.values())
    codes = sum(bool(_CODE.match(text)) for text in found)
    return () if len(found) >= _MANY and codes * 2 > len(found) else found


def _own(found: tuple[str, ...], tree: LexborHTMLParser, about: str) -> tuple[str, ...]:
    """The tags of a list that are the page's own.

    A list of single words that are all the title's was cut out of it by a machine. A list of which less than a
    fifth has a word of the title and the standfirst may be the same on every page of the site: it is none where the
    paragraphs have less than half of it. Of one longer than articles have, those that the paragraphs have.
    """
    if len(found) >= _FEW and all(text.isalpha() for text in found) and set(map(str.casefold, found)) <= _words(about):
        return ()
    long = len(found) > _TOO_MANY
    if len(found) < _MANY or (not long and _fitting(found, about) * 5 >= len(found)):
        return found
    hay = " ".join([about, *(words(node) for node in tree.css("p"))]).casefold()
    said = tuple(text for text in found if text.casefold() in hay)
    if len(said) * (4 if long else 2) < len(found):
        return ()
    return said if long else found


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))


def _fitting(found: Sequence[str], about: str) -> int:
    """How many tags have a word of the title and the standfirst."""
    hay = about.casefold()
    return sum(any(word in hay for word in _WORD.findall(text.casefold())) for text in found)


@cache
def _places() -> tuple[str, str]:
    """The selectors of links to topics, and of what holds such links."""
    selectors = [row["selector"] for row in rows("topics")]
    holders = [selector.removesuffix(" a") for selector in selectors if selector.endswith(" a")]
    return ",".join(_grouped(selector for selector in selectors if not selector.endswith(" a"))), ",".join(holders)


def _grouped(selectors: Iterable[str]) -> Iterator[str]:
    """Selectors of links whose addresses have parts that begin alike: of most links, that beginning is asked alone."""
    groups: dict[str, list[str]] = {}
    for selector in selectors:
        match = _PART.match(selector)
        groups.setdefault(match[0] if match else selector, []).append(selector)
    for beginning, alike in groups.items():
        inner = ",".join(selector.removeprefix("a") for selector in alike)
        yield f'{beginning}"]:is({inner})' if len(alike) > 1 else alike[0]


def _links(tree: LexborHTMLParser) -> Iterator[LexborNode]:
    """The links that may be to topics, each once."""
    direct, holders = _places()
    seen: set[int] = set()
    for node in (link for holder in tree.css(holders)[:_HOLDERS] for link in holder.css("a")):
        if node.mem_id not in seen:
            seen.add(node.mem_id)
            yield node
    yield from (node for node in tree.css(direct) if node.mem_id not in seen)


def _linked(tree: LexborHTMLParser, about: str) -> list[str]:
    """The words of the links to topics that stand together: of such groups that which fits the page best."""
    links = []
    for node in islice(_links(tree), _LINKS):
        said = words(node)
        if said and len(said) <= _LONGEST and not is_aside(node):
            links.append((node, said))
    for steps in (2, 4, 6) if links else ():
        groups: dict[int, list[str]] = {}
        for node, said in links:
            groups.setdefault(above(node, steps), []).append(said)
        best = max(groups.values(), key=lambda group: _fitting(group, about))
        if len(best) > 1 and _fitting(best, about):
            return best
    return _said([said for node, said in links if (node.attributes.get("rel") or "").split() == [_RELATED]], tree)


def _said(marked: list[str], tree: LexborHTMLParser) -> list[str]:
    """The words of links that are marked as to the page's tags, if its paragraphs have most of them."""
    if not 1 < len(marked) <= _TOO_MANY:
        return []
    hay = " ".join(words(node) for node in tree.css("p")).casefold()
    return marked if 2 * _fitting(marked, hay) > len(marked) else []
