"""How much of an HTML source can be parsed in a time and a memory that its length accounts for.

Parsers follow the HTML standard, by which some sources take quadratic time or more: elements nested without end, since
each looks for the elements that it closes; formatting elements that are never closed, since each paragraph opens all of
them anew; tags with thousands of attributes, since each is compared with those before it. Others are elements and
little else, of which each takes a thousand bytes once parsed. Such a source is parsed up to where it begins to be one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

ELEMENTS = 50_000
"""Elements of one page that are read: large pages of news have a tenth of it."""
DEPTH = 10_000
"""Elements that may be open at a place."""
ANEW = 2_000_000
"""Formatting elements that may be opened anew, in all."""
ATTRIBUTES = 1_000
"""Attributes that one tag may have."""

_LESS, _SLASH, _SMALL, _LETTER = b"</ a"
_ALONE = tuple(b"bisu")
_PAIRS = tuple(one << 8 | other for one, other in (b"bi", b"co", b"em", b"fo", b"sm", b"st", b"tt"))
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_STYLED = re.compile(r"<(/?)(?:big|code|em|font|small|strike|strong|tt|[bisu])(?![a-z0-9])", re.I)
_FEW = 2_828
"""So many tags, half of them formatting that is open at each of the other half, stay below `ANEW`."""
_TAG_LENGTH = 2 * ATTRIBUTES
"""Characters that a tag of more attributes has at least."""
_OPEN = re.compile(rb"<[a-zA-Z]")
_QUOTED = re.compile(rb""""[^"]*"|'[^']*'""")
_FORMATTING = frozenset("b big code em font i s small strike strong tt u".split())
# Elements without an end, and those whose end is mostly left out: they do not nest in themselves.
_ENDLESS = frozenset(
    "area base br col embed hr img input link meta param source track wbr p li dt dd tr td th thead tbody tfoot option "
    "optgroup rp rt colgroup path circle rect use line polygon a nobr html head body".split()
)


def sound(html: str, utf8: bytes | None = None) -> int:
    """How many characters of the source, from its beginning, can be parsed; all of them, as a rule.

    `utf8`: the source in UTF-8, where it is at hand.
    """
    import numpy as np

    # Most pages have few tags and no long ones, which is seen in their bytes in a fraction of the time.
    utf8 = html.encode("utf-8", "replace") if utf8 is None else utf8
    codes = np.frombuffer(utf8, np.uint8)
    less = codes == _LESS
    end = len(html)
    if np.count_nonzero(less) > _FEW:
        places = np.flatnonzero(less)
        first, second = (codes.take(places + step, mode="clip") for step in (1, 2))
        opening = len(places) - int(np.count_nonzero(first == _SLASH))
        styled = np.count_nonzero(_styled().take(first.astype(np.uint16) << 8 | second))
        if opening > DEPTH or (opening * int(styled) > ANEW and opening * _open_at_once(html) > ANEW):
            end = _scanned(html)
    for at, stop in _long(utf8, less):
        if _has_too_many(utf8, at, stop):
            return min(end, len(utf8[:at].decode("utf-8", "replace")))
    return end


def _has_too_many(utf8: bytes, at: int, stop: int) -> bool:
    """Whether a tag of too many attributes opens at a "<"; `stop`: where the next stands."""
    if utf8.find(b">", at, at + _TAG_LENGTH) >= 0 or not _OPEN.match(utf8, at):
        return False
    end = utf8.find(b">", at, stop)
    tag = utf8[at : stop if end < 0 else end]
    # What is quoted may have any number of words, but no attributes: it is cut out only where there are so many.
    return len(tag.split(None, ATTRIBUTES)) > ATTRIBUTES and len(_QUOTED.sub(b"", tag).split()) > ATTRIBUTES


def _long(utf8: bytes, less: NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
    """Where a "<" and the next stand so far apart that a tag of too many attributes fits; `less`: which bytes are one.

    That has a whole row without another, if bytes are set in rows of half its length.
    """
    import numpy as np

    width = _TAG_LENGTH // 2
    rows = less[: len(less) // width * width].reshape(-1, width)
    end = 0
    for at in (width * row for row in np.flatnonzero(~rows.any(axis=1)).tolist()):
        if at >= end:
            begin, end = utf8.rfind(b"<", end, at), utf8.find(b"<", at)
            end = len(utf8) if end < 0 else end
            if begin >= 0 and end - begin > _TAG_LENGTH:
                yield begin, end


@cache
def _styled() -> NDArray[np.bool_]:
    """For the first two bytes of a tag, whether it may be formatting: a letter of it alone, or as the others begin."""
    import numpy as np

    first, second = (np.arange(1 << 16) >> 8) | _SMALL, (np.arange(1 << 16) & 255) | _SMALL
    return (np.isin(first, _ALONE) & (second < _LETTER)) | np.isin(first << 8 | second, _PAIRS)


def _open_at_once(html: str) -> int:
    """How many formatting elements are open at a place, at most."""
    most = now = 0
    for match in _STYLED.finditer(html):
        now = max(0, now - 1) if match[1] else now + 1
        most = max(most, now)
    return most


def _scanned(html: str) -> int:
    """Where there are too many elements, too many open, or formatting opened anew too often; else the whole length."""
    depth = formatting = anew = elements = 0
    for match in _TAG.finditer(html):
        name, step = match[2].lower(), -1 if match[1] else 1
        if name in _FORMATTING:
            formatting = max(0, formatting + step)
        elif name not in _ENDLESS:
            depth = max(0, depth + step)
        if step > 0:
            anew += formatting
            elements += 1
        if depth > DEPTH or anew > ANEW or elements > ELEMENTS:
            return match.start()
    return len(html)
