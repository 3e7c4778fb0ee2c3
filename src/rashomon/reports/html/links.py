"""Addresses that a reader may follow: the page as it was published, and the very words in it.

Text fragments follow the WICG draft "URL Fragment Text Directives":
`#:~:text=[prefix-,]start[,end][,-suffix]`.
"""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

from rashomon.model import Page

LONGEST = 120
"""Characters of a text that a fragment spells out; a longer one is given by its first and last words."""
ENDS, AROUND = 5, 4
"""Words that a long text is known by at either end, and words of what stands around a text that is not unique."""
_CHARACTERS = 60
_FORBIDDEN = re.compile(r"[\x00-\x20\x7f-\x9f\\\"<>^`{|}\u200b-\u200f\u2028-\u202e\u2060-\u2069\ud800-\udfff\ufeff]")
"""What RFC 3986 allows in no address, and what would show it otherwise than it is."""


def original(page: Page) -> str | None:
    """Where the page was published, as an http or https address, else None: nothing else is ever linked to."""
    return next((each for each in (page.address, page.canonical) if each and _safe(each)), None)


def _safe(address: str) -> bool:
    try:
        parts = urlsplit(address)
        named = parts.scheme.lower() in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False
    return named and not _FORBIDDEN.search(address)


def words_at(page: Page, start: int, end: int) -> str | None:
    """The address of the page's words from `start` to `end` (offsets in its text); None where it has no address."""
    address = original(page)
    if address is None:
        return None
    base, mark, anchor = address.partition("#")
    return f"{base}#{anchor.partition(':~:')[0] if mark else ''}:~:text={fragment(page.text, start, end)}"


def fragment(text: str, start: int, end: int) -> str:
    """The text directive's value for a stretch of a text, percent-encoded.

    Words around it are added where it stands there more than once.
    """
    exact = text[start:end].strip()
    whole = len(exact) <= LONGEST and "\n" not in exact
    first = exact if whole else _first(exact, ENDS)
    parts = [_encoded(first)] + ([] if whole else [_encoded(_last(exact, ENDS))])
    if first and text.casefold().count(first.casefold()) > 1:
        at = start + text[start:end].find(first)
        before = _last(text[:at].rpartition("\n")[2], AROUND)
        after = _first(text[end:].partition("\n")[0], AROUND) if whole else ""
        parts = ([_encoded(before) + "-"] if before else []) + parts + (["-" + _encoded(after)] if after else [])
    return ",".join(parts)


def _first(text: str, words: int) -> str:
    """The text's first words, of its first paragraph alone."""
    head = text.strip().partition("\n")[0]
    found = re.match(rf"\S+(?:\s+\S+){{0,{words - 1}}}", head)
    return found.group()[:_CHARACTERS].rstrip() if found else ""


def _last(text: str, words: int) -> str:
    """The text's last words, of its last paragraph alone."""
    tail = text.strip().rpartition("\n")[2].split()[-words:]
    return " ".join(tail)[-_CHARACTERS:].lstrip()


def _encoded(words: str) -> str:
    """Percent-encoded, dashes too: a bare dash would be read as the mark of a prefix or a suffix."""
    return quote(words, safe="", errors="replace").replace("-", "%2D")
