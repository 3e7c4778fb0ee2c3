"""Words as stretches of characters: in one piece where punctuation alone parts them, and clean at their edges."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from rashomon.claims.quotes import Quote
from rashomon.spans import Stretches, trim

if TYPE_CHECKING:
    from spacy.tokens import Doc

Stretch = tuple[int, int]

_THAT = re.compile(r"\s*that\s+(?=\w)")
_EDGE = " \t\n\r,;:—–-"
_LOOSE_END = re.compile(r"[\s,]+(?:and|but|or)$", re.IGNORECASE)


def stretches(doc: Doc, tokens: Iterable[int]) -> list[Stretch]:
    """Runs of tokens as stretches of characters; a run parted by punctuation or space alone is one."""
    out: list[list[int]] = []
    for i in sorted(tokens):
        if out and all(doc[j].is_punct or doc[j].is_space for j in range(out[-1][1] + 1, i)):
            out[-1][1] = i
        else:
            out.append([i, i])
    return [(doc[a].idx, doc[b].idx + len(doc[b])) for a, b in out]


def without_that(text: str, piece: Stretch, cue: Stretch) -> Stretch:
    """A content right behind its cue without the "that" which brings it in, whatever the parser took that for."""
    opening = _THAT.match(text, piece[0]) if text[cue[1] : piece[0]].strip() == "" and piece[0] >= cue[1] else None
    return (opening.end(), piece[1]) if opening and opening.end() < piece[1] else piece


def widened(part: Iterable[Stretch], marks: Stretches[Quote], holes: Sequence[Stretch]) -> list[Stretch]:
    """Stretches widened to the whole of every quotation they cut, where that swallows neither cue nor speaker."""
    out: list[Stretch] = []
    for start, end in part:
        for quote in marks.over(start, end):
            crosses = quote.start < end and quote.end > start
            if crosses and not any(quote.start < right and left < quote.end for left, right in holes):
                start, end = min(start, quote.start), max(end, quote.end)
        out.append((start, end))
    return out


def trimmed(text: str, pieces: Iterable[Stretch]) -> list[Stretch]:
    """Pieces without space and punctuation at their edges; pieces without a word are left out."""
    out: list[Stretch] = []
    for start, end in pieces:
        left, right = trim(text, start, end, _EDGE)
        if joint := _LOOSE_END.search(text, left, right):
            left, right = trim(text, left, joint.start(), _EDGE)
        if right - left > 1 and text[right - 1] == "." and not text[left:right].endswith(("..", "…")):
            quoted = text[left] in "\"“'‘"
            right = right if quoted else right - 1
        if any(char.isalnum() for char in text[left:right]):
            out.append((left, right))
    return out
