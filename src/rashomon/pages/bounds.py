"""How much of an HTML source can be parsed in a time and a memory that its length accounts for.

Parsers follow the HTML standard, by which some sources take quadratic time or more: elements nested without end, since
each looks for the elements that it closes; formatting elements that are never closed, since each paragraph opens all of
them anew; tags with thousands of attributes, since each is compared with those before it. Such a source is parsed up
to where it begins to be one.
"""

from __future__ import annotations

import re

DEPTH = 10_000
"""Elements that may be open at a place."""
ANEW = 2_000_000
"""Formatting elements that may be opened anew, in all."""
ATTRIBUTES = 1_000
"""Attributes that one tag may have."""

_FEW = 3_000
"""With fewer tags neither depth nor formatting can grow so far that it would be felt."""
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_LONG = re.compile(r"<[a-zA-Z][^<>]{20000,}")
_QUOTED = re.compile(r""""[^"]*"|'[^']*'""")
_FORMATTING = frozenset("b big code em font i s small strike strong tt u".split())
# Elements without an end, and those whose end is mostly left out: they do not nest in themselves.
_ENDLESS = frozenset(
    "area base br col embed hr img input link meta param source track wbr p li dt dd tr td th thead tbody tfoot option "
    "optgroup rp rt colgroup path circle rect use line polygon a nobr html head body".split()
)


def sound(html: str) -> int:
    """How many characters of the source, from its beginning, can be parsed; all of them, as a rule."""
    end = len(html)
    if html.count("<") - html.count("</") >= _FEW:
        end = _scanned(html)
    for match in _LONG.finditer(html, 0, end):
        if len(_QUOTED.sub("", match[0]).split()) > ATTRIBUTES:
            return match.start()
    return end


def _scanned(html: str) -> int:
    """Where too many elements are open, or formatting was opened anew too often; the source's length where never."""
    depth = formatting = anew = 0
    for match in _TAG.finditer(html):
        name, step = match[2].lower(), -1 if match[1] else 1
        if name in _FORMATTING:
            formatting = max(0, formatting + step)
        elif name not in _ENDLESS:
            depth = max(0, depth + step)
        if step > 0:
            anew += formatting
        if depth > DEPTH or anew > ANEW:
            return match.start()
    return len(html)
