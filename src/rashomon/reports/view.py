"""A report turned round for printing: its records by id, and which belong to a story."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from rashomon.model import Claim, Entity, Line, Page, Point, Report, Story
from rashomon.reports.sheet import GLUE, Styled
from rashomon.reports.words import labels

REFERENCES = 6
"""So many places are named after a line; how many more there are is said."""


class View(NamedTuple):
    """One story of a report, with what its lines refer to."""

    story: Story | None
    """None for the pages that are in no story."""
    pages: tuple[Page, ...]
    claims: tuple[Claim, ...]
    """In the order of the pages and of their words."""
    points: tuple[Point, ...]
    timeline: tuple[Line, ...]
    labels: Mapping[str, str]
    by_id: Mapping[str, Claim]
    entities: Mapping[str, Entity]
    where: Mapping[str, int]
    """Each page's place in the report."""


def views(report: Report) -> list[View]:
    """The report's stories in order, and last the pages that are in none."""
    names = labels(report.pages)
    entities = {entity.id: entity for entity in report.entities}
    where = {page.id: number for number, page in enumerate(report.pages)}
    claims: dict[str, list[Claim]] = {}
    for claim in sorted(report.claims, key=lambda claim: (claim.span.start, claim.span.end, claim.id)):
        claims.setdefault(claim.page, []).append(claim)
    page_of = {claim.id: claim.page for claim in report.claims}
    points: dict[str | None, list[Point]] = {}
    for point in report.points:
        points.setdefault(point.story, []).append(point)
    lines: dict[str, list[Line]] = {}
    for line in report.timeline:
        for page in {page_of[claim] for claim in line.claims if claim in page_of}:
            lines.setdefault(page, []).append(line)

    def view(story: Story | None, members: tuple[str, ...]) -> View:
        mine = frozenset(members)
        told = {id(line) for page in mine for line in lines.get(page, ())}
        pages = tuple(page for page in report.pages if page.id in mine)
        said = tuple(claim for page in pages for claim in claims.get(page.id, ()))
        return View(
            story=story,
            pages=pages,
            claims=said,
            points=tuple(points.get(story.id if story else None, ())),
            timeline=tuple(line for line in report.timeline if id(line) in told) if told else (),
            labels=names,
            by_id={claim.id: claim for claim in said},
            entities=entities,
            where=where,
        )

    told = {page for story in report.stories for page in story.pages}
    left = tuple(page.id for page in report.pages if page.id not in told)
    out = [view(story, story.pages) for story in report.stories]
    return [*out, view(None, left)] if left else out


def claims_of(view: View, ids: Iterable[str]) -> list[Claim]:
    """The claims, in the order of the pages and of their words."""
    found = [view.by_id[each] for each in ids if each in view.by_id]
    return sorted(found, key=lambda claim: (view.where[claim.page], claim.span.start, claim.span.end, claim.id))


def place(view: View, page: str, start: int, end: int) -> str:
    """Where words stand: "[A 512–640]"."""
    return f"[{view.labels[page]}{GLUE}{start}–{end}]"


def references(view: View, claims: Iterable[Claim]) -> Styled:
    """Where each of the claims stands, as dim text that follows a line."""
    places = list(dict.fromkeys(place(view, claim.page, claim.span.start, claim.span.end) for claim in claims))
    more = f" +{len(places) - REFERENCES}{GLUE}more" if len(places) > REFERENCES else ""
    return "  " + " ".join(places[:REFERENCES]) + more, "dim"
