"""Words under which a name stands: “No school, no future.” — Ana Brook, teacher.

So are readers, voters and witnesses quoted one after another, mottoes, and posts that a page shows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from rashomon.claims.quotes import Quote
from rashomon.claims.quoting import Saying
from rashomon.spans import trim

if TYPE_CHECKING:
    from spacy.tokens import Doc

_SMALL = r"(?:van|von|de|del|la|al|bin|of|the)\b"
_SIGN = re.compile(
    r"\s{0,3}(?P<dash>—|―|–|--?)[ \t\xa0]{0,2}"
    rf"(?P<who>(?:[A-Z][\w.’'-]*|{_SMALL})(?:[ \t]+(?:[A-Z“\"(][\w.’'”\")-]*|{_SMALL}))*)"
    r"(?P<rest>[^\n]{0,120})(?=\n|$)"
)
_LONGEST = 8
"""A name has at most so many words."""
_ENDS = ".!?…"


def find(doc: Doc, text: str, quotes: Sequence[Quote]) -> Iterator[Saying]:
    """A saying for each quotation with a signature: behind it in its line, or in the next, a dash and a name."""
    for quote in quotes:
        said = _signed(doc, text, quote)
        if said is not None:
            yield said


def _signed(doc: Doc, text: str, quote: Quote) -> Saying | None:
    sign = _SIGN.match(text, quote.end)
    if sign is None or not _alone(text, quote) or any(mark in sign["rest"] for mark in '“”"') or _speaks(sign["rest"]):
        return None
    start, end = trim(text, *sign.span("who"), " \t.,")
    name = doc.char_span(start, end, alignment_mode="expand")
    if name is None or len(sign["who"].split()) > _LONGEST:
        return None
    if not any(token.ent_type_ in ("PERSON", "ORG", "NORP") or token.pos_ == "PROPN" for token in name):
        return None
    cue = sign.span("dash")
    dash = doc.char_span(*cue, alignment_mode="expand")
    token = dash[0].i if dash is not None else None
    return Saying(cue, (start, end), (((quote.start, quote.end),),), "say", False, token, name.root.i)


def _alone(text: str, quote: Quote) -> bool:
    """Whether the quotation is a line of its own, and a sentence or more."""
    before = text[: quote.start].rstrip(" \t")
    inner = text[quote.inner_start : quote.inner_end]
    return (not before or before.endswith("\n")) and (inner[-1:] in _ENDS or len(inner.split()) > _LONGEST)


def _speaks(rest: str) -> bool:
    """Whether what follows the name goes on as a sentence does, not as a signature: "Roth said on Monday."."""
    return bool(re.match(r"\s+[a-z]\w{2,}", rest)) and rest.rstrip().endswith(".")
