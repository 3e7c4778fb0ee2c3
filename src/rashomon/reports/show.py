"""One page's text at a terminal, with what was read out of it marked where it stands.

Every stretch stands in brackets that name its kind and its claims, so that stretches that overlap
can all be seen, without colour too; where the output can be coloured, styles are laid over one another.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from rashomon.model import Claim, Dropped, Page
from rashomon.pages.references import unescape
from rashomon.reports.sheet import Row, Styled, lay, row
from rashomon.reports.words import (
    content_words,
    count,
    dated_words,
    day,
    entity_words,
    plain,
    quantity,
    safe,
    signed_words,
    source_words,
    speaker_words,
)

KINDS: Mapping[str, tuple[str, str]] = {
    "C": ("content", "underline"),
    "S": ("speaker", "bold green"),
    "K": ("cue", "bold yellow"),
    "Q": ("quote", "italic"),
    "N": ("number", "reverse"),
    "L": ("loaded word", "magenta"),
}
"""Each kind's letter, name and style; where two begin together the earlier in the table stands outside."""

_BRACKETS = {"C": "dim", "S": "green", "K": "yellow", "Q": "dim italic", "N": "dim bold", "L": "magenta"}
_NEAR = 60
"""Characters after which a bracket's end names what it closes."""
_BREAK = re.compile(r"\n\s*\n\s*")
_TAG = re.compile(r"<!--.*?-->|<(script|style)\b.*?</\1\s*>|<[^<>]*>", re.S | re.I)


class Mark(NamedTuple):
    """A stretch of the text with its kind's letter and the numbers of the claims that it belongs to."""

    start: int
    end: int
    kind: str
    claims: str


def render(page: Page, claims: Sequence[Claim], capture: str | None, width: int, colour: bool) -> str:
    """The page as text of at most `width` columns.

    `capture` is the decoded capture that `page.plan` applies to; with it, dropped parts are shown where they stood.
    """
    ordered = sorted(claims, key=lambda claim: (claim.span.start, claim.span.end, claim.id))
    return lay(_rows(page, ordered, capture), width, colour)


def _rows(page: Page, claims: Sequence[Claim], capture: str | None) -> Iterator[Row]:
    yield row("", (plain(page.title or "(no title)"), "bold"))
    named = [source_words(page), dated_words(page.published), page.kind, signed_words(page), plain(page.address or "")]
    yield row("", (" · ".join(part for part in named if part), "dim"))
    legend = [piece for letter, (name, style) in KINDS.items() for piece in ((f"[{letter}⟩", style), f"{name}]  ")]
    yield row("", *legend, ("{kind: dropped}", "dim"), "  the number is the claim's")
    yield row("")
    places = place_dropped(page, capture)
    for offset, part in places:
        if offset is None:
            yield row("", (f"{{{part.kind}, its place is not known: {plain(part.text)}}}", "dim"))
            yield row("")
    yield from _text(page.text, marks_of(claims), [(offset, part) for offset, part in places if offset is not None])
    names = {entity.id: entity_words(entity) for entity in page.entities}
    for number, claim in enumerate(claims, 1):
        yield from _claim(number, claim, claims, names)
    for gap in page.gaps:
        yield row("! ", (f"{plain(gap.what)}: ", "bold"), plain(gap.why), style="bold yellow")
    repairs = count(len(page.repairs), "repair")
    yield row("", (f"{count(len(claims), 'claim')}, {count(len(page.dropped), 'dropped part')}, {repairs}", "dim"))


def marks_of(claims: Sequence[Claim]) -> list[Mark]:
    """Every stretch that the claims name, each once with the numbers of all claims that name it, outermost first."""
    found: dict[tuple[int, int, str], list[int]] = {}
    for number, claim in enumerate(claims, 1):
        spans = [("C", span.start, span.end) for span in claim.content]
        if claim.speaker.start is not None and claim.speaker.end is not None:
            spans.append(("S", claim.speaker.start, claim.speaker.end))
        if claim.cue:
            spans.append(("K", claim.cue.start, claim.cue.end))
        spans += [("Q", span.start, span.end) for span in claim.quotes]
        spans += [("N", each.start, each.end) for each in claim.numbers]
        spans += [("L", word.start, word.end) for word in claim.loaded]
        for kind, start, end in spans:
            if end > start and number not in found.setdefault((start, end, kind), []):
                found[start, end, kind].append(number)
    rank = {letter: place for place, letter in enumerate(KINDS)}
    keys = sorted(found, key=lambda key: (key[0], -key[1], rank[key[2]]))
    return [Mark(*key, ",".join(map(str, found[key]))) for key in keys]


def place_dropped(page: Page, capture: str | None) -> list[tuple[int | None, Dropped]]:
    """Each dropped part with the offset of the text at which it stood, or None where that is not known."""
    if capture is None or not page.plan:
        return [(None, part) for part in page.dropped]
    starts, offsets, cut = [], [], []
    at = out = length = 0
    for edit in page.plan:
        out += edit.start - at
        words = _bare(capture[edit.start : edit.end])
        starts.append(length)
        offsets.append(out)
        cut.append(words)
        length += len(words) + 1
        out += len(edit.text)
        at = edit.end
    gone, seen = "\0".join(cut), 0
    placed: list[tuple[int | None, Dropped]] = []
    for part in page.dropped:
        words = _bare(part.text)
        found = gone.find(words, seen) if words else -1
        if found < 0 and words:
            found = gone.find(words)
        else:
            seen = max(seen, found)
        placed.append((offsets[bisect_right(starts, found) - 1] if found >= 0 else None, part))
    return placed


def _bare(text: str) -> str:
    """The words alone: no tags, no white space."""
    return "".join(unescape(_TAG.sub(" ", text)).split())


def _text(text: str, marks: Sequence[Mark], dropped: Sequence[tuple[int, Dropped]]) -> Iterator[Row]:
    """The paragraphs, marked; dropped parts stand between them, or in one where they stood in it."""
    begins, ends = _edges(marks)
    stops = sorted({*begins, *ends, *(offset for offset, _ in dropped)})
    waiting = sorted(dropped, key=lambda each: each[0])
    opened: list[Mark] = []
    at = 0
    for start, end in [*_paragraphs(text), (len(text), len(text))]:
        while waiting and waiting[0][0] <= start:
            yield from _aside(waiting.pop(0)[1])
        pieces: list[Styled] = []
        inside = [stop for stop in stops[bisect_right(stops, start - 1) :] if stop <= end] if end > start else []
        at = start
        for stop in [*inside, end]:
            pieces.append((safe(text[at:stop]), _style(opened)))
            at = stop
            pieces += _closed(ends.pop(stop, ()), opened)
            while waiting and waiting[0][0] == stop and stop < end:
                part = waiting.pop(0)[1]
                pieces.append((f" {{{part.kind}: {plain(part.text)}}} ", "dim"))
            pieces += _opened(begins.pop(stop, ()), opened)
        if end > start:
            yield row("", *pieces)
            yield row("")
    for _, part in waiting:
        yield from _aside(part)


def _aside(part: Dropped) -> tuple[Row, Row]:
    return row("", (f"{{{part.kind}: {plain(part.text)}}}", "dim")), row("")


def _edges(marks: Iterable[Mark]) -> tuple[dict[int, list[Mark]], dict[int, list[Mark]]]:
    """The marks by where they begin, outermost first, and by where they end, innermost first."""
    begins: dict[int, list[Mark]] = {}
    ends: dict[int, list[Mark]] = {}
    for mark in marks:
        begins.setdefault(mark.start, []).append(mark)
        ends.setdefault(mark.end, []).insert(0, mark)
    return begins, ends


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    for found in _BREAK.finditer(text):
        yield at, found.start()
        at = found.end()
    if at < len(text):
        yield at, len(text)


def _opened(marks: Iterable[Mark], stack: list[Mark]) -> Iterator[Styled]:
    for mark in marks:
        stack.append(mark)
        yield f"[{mark.kind}{mark.claims}⟩", _BRACKETS[mark.kind]


def _closed(marks: Iterable[Mark], stack: list[Mark]) -> Iterator[Styled]:
    """The closing brackets; one that is far from its beginning, or not the last opened, names what it closes."""
    for mark in marks:
        nested = bool(stack) and stack[-1] == mark
        if mark in stack:
            stack.remove(mark)
        named = "" if nested and mark.end - mark.start <= _NEAR else f"⟨{mark.kind}{mark.claims}"
        yield f"{named}]", _BRACKETS[mark.kind]


def _style(opened: Iterable[Mark]) -> str:
    return " ".join(KINDS[mark.kind][1] for mark in opened)


def _claim(number: int, claim: Claim, claims: Sequence[Claim], names: Mapping[str, str]) -> Iterator[Row]:
    """All that the claim says, under its number."""
    lead = f"{number:>3}  "
    cue = f" · {plain(claim.cue.exact)}" if claim.cue else ""
    where = f"  [{claim.span.start}–{claim.span.end}]"
    first = next(place for place, other in enumerate(claims, 1) if other.saying == claim.saying)
    shared = f" · same saying as {first}" if first < number else ""
    who = (speaker_words(claim.speaker), KINDS["S"][1])
    rest = f" · {claim.speaker.kind} · {claim.status}{shared}"
    yield row(lead, who, (cue, KINDS["K"][1]), rest, (where, "dim"), style="bold")
    lead = " " * len(lead)
    yield row(lead, content_words(claim))
    for each in claim.numbers:
        state = f", {plain(each.state)}" if each.state else ""
        amount = f"number: {quantity(each.low, each.high, each.qualifier)} “{plain(each.exact)}”"
        yield row(lead, f"{amount} of {plain(each.of)}{state}", (f"  [{each.start}–{each.end}]", "dim"))
    notes = []
    if claim.event:
        actor, recipient = (names.get(each or "") for each in (claim.event.actor, claim.event.recipient))
        parties = (f" by {actor}" if actor else "") + (f" towards {recipient}" if recipient else "")
        notes.append(f"event: {claim.event.code}{parties}")
    if claim.when:
        when = day(claim.when.value) if claim.when.value else "unknown"
        notes.append(f"when: {when} ({claim.when.basis}, “{plain(claim.when.exact)}”)")
    if claim.places:
        notes.append("where: " + ", ".join(plain(place.text) for place in claim.places))
    if claim.evidence:
        notes.append("evidence: " + ", ".join(map(plain, claim.evidence)))
    if notes:
        yield row(lead, " · ".join(notes))
    for word in claim.loaded:
        yield row(lead, f"loaded: “{plain(word.exact)}”, {plain(word.why)}", (f"  [{word.start}–{word.end}]", "dim"))
