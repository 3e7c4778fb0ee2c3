"""Quotation marks: which stretches of a text stand in quotes, and which of them are names.

Handles curly, straight, doubled-apostrophe, low and angle marks; single marks where they cannot be
apostrophes; and a quotation of several paragraphs, whose paragraphs each open and do not close.
"""

from __future__ import annotations

import re

import msgspec

from rashomon.spans import trim


class Quote(msgspec.Struct, frozen=True):
    """A stretch in quotation marks; `start` to `end` with its marks, `inner_*` without them."""

    start: int
    end: int
    inner_start: int
    inner_end: int
    closed: bool
    """False where the paragraph ends and the next one goes on quoting."""


_PARAGRAPH = re.compile(r"[^\n]+")
# Opening mark → the closing marks it accepts. Straight marks are told apart by what stands beside them.
_PAIRS = {"“": '”"', "„": "“”", "«": "»", '"': '"”', "``": "''", "''": "''", "‘": "’", "'": "'"}
_MARK = re.compile(r"``|''|[“”„«»\"‘’']")
_SINGLE = frozenset("‘'")
_OPENS_AFTER = re.compile(r"[\s(\[{—–/:,-]$")
_NAME_WORD = re.compile(r"[A-Z0-9][\w’'.-]*")
_SMALL_WORD = frozenset(
    ["a", "an", "and", "at", "by", "de", "for", "in", "la", "of", "on", "or", "the", "to", "von", "vs", "with"]
)


def find(text: str) -> list[Quote]:
    """Every quotation of the text, in order; quotations do not nest (an inner one belongs to its outer)."""
    out: list[Quote] = []
    for match in _PARAGRAPH.finditer(text):
        out.extend(_in_paragraph(text, match.start(), match.end()))
    return out


def is_name(text: str, quote: Quote) -> bool:
    """Whether the quoted words are a name or a title rather than somebody's words ("Storm Corps")."""
    inner = text[quote.inner_start : quote.inner_end].strip(" ,.;:")
    words = inner.split()
    if not words or len(words) > 8 or inner[-1:] in "?!":
        return False
    large = [word for word in words if word.lower() not in _SMALL_WORD]
    capital = all(_NAME_WORD.match(word) for word in large)
    # A single capitalised word that opens a sentence may be speech ("Run," she said).
    return capital and (len(large) > 1 or text[quote.inner_end - 1] not in ",.")


def _in_paragraph(text: str, start: int, end: int) -> list[Quote]:
    """The quotations of one paragraph."""
    out: list[Quote] = []
    at = start
    while match := _MARK.search(text, at, end):
        at = match.end()
        mark = match.group()
        if mark not in _PAIRS or not _opens(text, match.start(), match.end(), start, end):
            continue
        close = _closing(text, mark, match.end(), end)
        if close is None:
            if mark not in _SINGLE and _goes_on(text, end, mark):
                left, right = trim(text, match.end(), end)
                if right > left:
                    out.append(Quote(match.start(), right, left, right, False))
                break
            continue
        left, right = trim(text, match.end(), close[0])
        if right > left:
            out.append(Quote(match.start(), close[1], left, right, True))
        at = close[1]
    return out


def _opens(text: str, left: int, right: int, start: int, end: int) -> bool:
    """Whether the mark at `left` can open: something to quote follows, and no word goes before."""
    if right >= end or text[right].isspace():
        return False
    before = text[left - 1] if left > start else " "
    mark = text[left:right]
    if mark in ("“", "„", "«", "``"):
        return True
    return bool(_OPENS_AFTER.search(before)) or (mark == '"' and not before.isalnum() and before not in ".,?!")


def _closing(text: str, mark: str, at: int, end: int) -> tuple[int, int] | None:
    """Where the quotation that `mark` opened closes within the paragraph."""
    accepted = _PAIRS[mark]
    for match in _MARK.finditer(text, at, end):
        sign = match.group()
        fits = sign == accepted if len(mark) == 2 else len(sign) == 1 and sign in accepted
        if not fits or match.start() == at:
            continue
        before = text[match.start() - 1]
        after = text[match.end()] if match.end() < end else " "
        if mark in _SINGLE:
            # An apostrophe has a letter after it; a plural possessive closes nothing before a lower-case noun.
            possessive = before in "sS" and re.match(r"’?\s+[a-z]", text[match.end() : match.end() + 3]) is not None
            if after.isalnum() or (possessive and _single_left(text, match.end(), end)):
                continue
        elif mark == '"' and before.isspace() and not after.isspace():
            return None
        return match.start(), match.end()
    return None


def _single_left(text: str, at: int, end: int) -> bool:
    """Whether another single mark that could close stands further on in the paragraph."""
    return re.search(r"[\w.,?!][’'](?!\w)", text[at:end]) is not None


def _goes_on(text: str, end: int, mark: str) -> bool:
    """Whether the next paragraph opens with the same mark, as a quotation of several paragraphs does."""
    rest = re.match(r"\s*(``|''|[“\"„«])", text[end : end + 12])
    return rest is not None and rest.group(1) == mark
