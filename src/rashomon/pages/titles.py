"""The headline: out of what the page shares with others, its JSON-LD, its headings and its document title."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from rashomon.pages.authors import key
from rashomon.pages.beside import words

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser

_PARTED = re.compile(r"\s+(?:[|–—\-•·:»›/‹«]|::|—|\|\|)\s+|\s*[|｜：／]\s*|\s*_(?=[^_]+$)")
_COLON = re.compile(r":\s+")
"""What a blog's title puts between its name and a post's; in a headline it stands after anything."""
_SHORT = 12
"""Letters below which a text is too short to be known again in another."""
_LONGEST = 600
"""No title is longer: what is, is left as it is."""
_SITE_WORDS = 5
"""No site's name is longer."""


def bare(title: str, names: Iterable[str], known: Sequence[str] = ()) -> str:
    """A title without the site's name, section or slogan at its end or start.

    `names`: what the site is called; `known`: the headline as it stands elsewhere on the page.
    """
    parts = list(_PARTED.finditer(title)) if len(title) <= _LONGEST else []
    if not parts and ": " not in title:
        return title
    for headline in sorted(known, key=len, reverse=True):
        # What follows the headline that stands elsewhere, past a separator, is no part of it.
        wanted = key(headline)
        for part in parts if len(wanted) >= _SHORT else ():
            if key(title[: part.start()]) == wanted:
                return title[: part.start()]
    sites = _sites(names)
    if (colon := _COLON.search(title)) and key(title[: colon.start()]) in sites:
        title = title[colon.end() :]
        parts = list(_PARTED.finditer(title))
    while parts:
        if _is_site(title[parts[-1].end() :], sites):
            title = title[: parts[-1].start()]
        elif _is_site(title[: parts[0].start()], sites):
            title = title[parts[0].end() :]
        else:
            break
        parts = list(_PARTED.finditer(title))
    return title


def without_site(headings: Sequence[str], document: str, tree: LexborHTMLParser) -> tuple[str, ...]:
    """The headings, or that of a lower rank which the document's title has beside them: the first is then the site's.

    `headings`: the h1; `document`: the title element.
    """
    sites = {key(heading) for heading in headings} if len(document) <= _LONGEST else set()
    for part in [*_PARTED.finditer(document), *_COLON.finditer(document)] if sites else ():
        ends = (document[: part.start()], document[part.end() :])
        for site, rest in (ends, ends[::-1]):
            if key(site) in sites and len(wanted := key(rest)) > _SHORT:
                found = next((said for node in tree.css("h2,h3") if key(said := words(node)) == wanted), None)
                return (found,) if found else tuple(headings)
    return tuple(headings)


def _sites(names: Iterable[str]) -> list[str]:
    """What the site is called, and the initials of that."""
    called = list(names)
    initials = [key("".join(word[0] for word in words)) for name in called if len(words := name.split()) > 1]
    return [site for site in (*map(key, called), *initials) if site]


def _is_site(part: str, sites: list[str]) -> bool:
    """Whether a part of a title names the site: its name, a part or an extension of it, or its initials."""
    found = key(part)
    if not found or len(part.split()) > _SITE_WORDS:
        return not found
    for site in sites:
        if found == site or (len(found) >= 3 and (site.startswith(found) or site.endswith(found))):
            return True
        if len(site) >= 3 and (found.startswith(site) or found.endswith(site)):
            return True
    return False


def title(
    shared: Sequence[str], headline: str | None, headings: Sequence[str], document: str | None, names: Sequence[str]
) -> str | None:
    """The page's headline, or None where it has none.

    `shared`: what meta tags give for sharing, the best first; `headline`: of the JSON-LD; `headings`: the h1;
    `document`: the title element; `names`: what the site is called. What is given for sharing is the headline,
    but where it holds the printed one and more, or is another sentence than the one printed and in the JSON-LD.
    """
    sites = _sites(names)
    headings = [heading for heading in headings if not _is_site(heading, sites)]
    known = [*headings, *([headline] if headline else [])]
    # Where the site's name is shared for every page, the headline is what else stands there.
    given = [bare(text, names, known) for text in shared if not known or key(text) not in sites]
    headline = bare(headline, names, headings) if headline else None
    document = bare(document, names, known) if document else None
    printed = _printed(headings, [text for text in (headline, *given, document) if text])
    if not given:
        return headline or printed or document
    first = given[0]
    for text in (printed, headline):
        if text and _holds(first, text) and (not (printed and headline) or key(printed) == key(headline)):
            return text
    if printed and headline and key(printed) == key(headline) and _differs(first, printed):
        return printed
    # A heading runs its inner lines together; what is shared has the same letters, and their spaces.
    return first


def _printed(headings: Sequence[str], told: Sequence[str]) -> str | None:
    """The heading that the markup repeats, or the only one there is."""
    for heading in headings:
        wanted = key(heading)
        if len(wanted) > _SHORT and any(wanted in key(text) for text in told):
            return heading
    return headings[0] if len(headings) == 1 else None


def _holds(whole: str, part: str) -> bool:
    wanted = key(part)
    return len(wanted) > _SHORT and wanted in key(whole)


def _differs(one: str, other: str) -> bool:
    """Whether two titles share less than a third of their words."""
    left, right = (set(re.findall(r"\w+", text.casefold())) for text in (one, other))
    return len(left & right) * 3 < min(len(left), len(right))
