"""Each page with every claim marked where it stands.

Stretches that overlap are cut into segments that do not; a segment names all the claims it belongs to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from rashomon.model import Claim, Page
from rashomon.reports.html.refs import Ref, Refs, Source
from rashomon.reports.show import Mark, marks_of
from rashomon.reports.view import View
from rashomon.reports.words import (
    content_words,
    count,
    day,
    entity_words,
    placed_words,
    plain,
    quantity,
    safe,
    shorten,
    speaker_words,
)

KINDS = {"C": "content", "S": "speaker", "K": "cue", "Q": "quote", "N": "number", "L": "loaded"}
_BREAK = re.compile(r"\s*\n\s*\n\s*")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$")


class Segment(NamedTuple):
    """A stretch of text that all marks on it cover wholly."""

    text: str
    kinds: str
    """Class names, "" where nothing was read from it."""
    claims: str
    """The numbers of its claims: "A3 A4"."""
    opens: list[str]
    """The numbers of the claims that begin with it."""


class Note(NamedTuple):
    """A claim of the page, taken apart."""

    ref: Ref
    id: str
    who: str
    kind: str
    cue: str
    said: str
    status: str
    details: list[tuple[str, str]]
    points: list[tuple[str, str, str]]
    """Where it is compared: the fact's element id, its mark and its verdict."""


class Marked(NamedTuple):
    """A page as it is shown."""

    source: Source
    title: str
    language: str
    facts: list[tuple[str, str]]
    paragraphs: list[list[Segment]]
    notes: list[Note]
    dropped: list[tuple[str, list[str]]]
    """By kind."""
    dropped_count: int
    copy_of: str
    gaps: list[tuple[str, str]]


def marked(view: View, refs: Refs, ids: dict[str, str]) -> list[Marked]:
    """Every page of the story; `ids`: the element id of each point's fact."""
    said: dict[str, list[Claim]] = {page.id: [] for page in view.pages}
    for claim in view.claims:
        said[claim.page].append(claim)
    points: dict[str, list[tuple[str, str, str]]] = {}
    for point in view.points:
        for each in point.claims:
            points.setdefault(each, []).append((ids[point.id], plain(point.title)[:60], point.verdict))
    return [_page(view, refs, page, said[page.id], points) for page in view.pages]


def _page(
    view: View, refs: Refs, page: Page, claims: list[Claim], points: dict[str, list[tuple[str, str, str]]]
) -> Marked:
    kinds: dict[str, list[str]] = {}
    for part in page.dropped:
        kinds.setdefault(plain(part.kind), []).append(shorten(plain(part.text), 2000))
    return Marked(
        source=refs.sources[page.id],
        title=plain(page.title or ""),
        language=page.language if page.language and _LANGUAGE.match(page.language) else "",
        facts=_facts(page),
        paragraphs=list(paragraphs(page.text, claims, refs)),
        notes=[_note(view, refs, claim, points.get(claim.id, [])) for claim in claims],
        dropped=sorted(kinds.items()),
        dropped_count=len(page.dropped),
        copy_of=view.labels.get(page.copy_of, "") if page.copy_of else "",
        gaps=[(plain(gap.what), plain(gap.why)) for gap in page.gaps],
    )


def _facts(page: Page) -> list[tuple[str, str]]:
    """What is known of the page itself, and how its date is known."""
    dated = page.published
    published = [day(dated.value), dated.basis] if dated.value else ["undated"]
    if placed_words(dated):
        published.pop()  # the reason begins with the basis
    found = [("Published", " · ".join([*published, plain(dated.why)]))]
    if page.modified and page.modified.value:
        found.append(("Modified", f"{day(page.modified.value)} · {page.modified.basis}"))
    found.append(("Source", plain(page.source) if page.source else "source unknown"))
    if page.authors:
        found.append(("By", ", ".join(map(plain, page.authors))))
    if page.credits:
        found.append(("Credits", ", ".join(map(plain, page.credits))))
    found.append(("Kind", page.kind))
    if page.repairs:
        found.append(("Repaired", count(len(page.repairs), "place")))
    return found


def paragraphs(text: str, claims: Sequence[Claim], refs: Refs) -> Iterator[list[Segment]]:
    """The text's paragraphs, cut wherever a mark begins or ends. `claims` in the order of the text."""
    marks = marks_of(claims)
    names = [refs.by_claim[claim.id].number for claim in claims]
    opens: dict[int, list[str]] = {}
    for claim, name in zip(claims, names, strict=True):
        opens.setdefault(claim.span.start, []).append(name)
    cuts = sorted({edge for mark in marks for edge in (mark.start, mark.end)} | set(opens))
    start = 0
    for stop in [*(found for found in _BREAK.finditer(text)), None]:
        end = stop.start() if stop else len(text)
        if end > start:
            edges = [start, *(cut for cut in cuts if start < cut < end), end]
            inside = [mark for mark in marks if mark.start < end and mark.end > start]
            yield [
                _segment(text, left, right, [m for m in inside if m.start < right and m.end > left], names, opens)
                for left, right in pairwise(edges)
            ]
        start = stop.end() if stop else end


def _segment(
    text: str, left: int, right: int, marks: Sequence[Mark], names: list[str], opens: dict[int, list[str]]
) -> Segment:
    kinds: list[str] = []
    claims: list[int] = []
    for mark in marks:
        kinds.append(KINDS[mark.kind])
        claims += [int(number) - 1 for number in mark.claims.split(",")]
    listed = " ".join(names[number] for number in sorted(set(claims)))
    return Segment(safe(text[left:right]), " ".join(dict.fromkeys(kinds)), listed, opens.get(left, []))


def _note(view: View, refs: Refs, claim: Claim, points: list[tuple[str, str, str]]) -> Note:
    details = []
    for number in claim.numbers:
        held = f", {plain(number.state)}" if number.state else ""
        details.append(("number", f"{quantity(number.low, number.high, number.qualifier)} {plain(number.of)}{held}"))
    if claim.event:
        names = [
            entity_words(view.entities[each]) if each and each in view.entities else "?"
            for each in (claim.event.actor, claim.event.recipient)
        ]
        details.append(("event", f"{claim.event.code.lower()}: {names[0]} → {names[1]}"))
    if claim.when:
        value = f" ({day(claim.when.value)})" if claim.when.value else ""
        details.append(("when", f"{plain(claim.when.exact)}{value}, {claim.when.basis}"))
    if claim.places:
        details.append(("where", ", ".join(plain(place.text) for place in claim.places)))
    if claim.evidence:
        details.append(("evidence", ", ".join(map(plain, claim.evidence))))
    return Note(
        ref=refs.by_claim[claim.id],
        id=claim.id,
        who=speaker_words(claim.speaker),
        kind=claim.speaker.kind,
        cue=plain(claim.cue.exact) if claim.cue else "",
        said=shorten(content_words(claim), 400),
        status=claim.status,
        details=details,
        points=points,
    )
