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
    points: tuple[Point, ...]
    timeline: tuple[Line, ...]
    labels: Mapping[str, str]
    by_id: Mapping[str, Claim]
    entities: Mapping[str, Entity]
    where: Mapping[str, int]
    """Each page's place in the report."""


def views(report: Report) -> list[View]:
    """The report's stories in order, and last the pages that are in none."""
    told = {page for story in report.stories for page in story.pages}
    left = tuple(page.id for page in report.pages if page.id not in told)
    out = [_view(report, story, story.pages) for story in report.stories]
    return [*out, _view(report, None, left)] if left else out


def _view(report: Report, story: Story | None, members: tuple[str, ...]) -> View:
    mine = frozenset(members)
    claims = tuple(claim for claim in report.claims if claim.page in mine)
    ids = {claim.id for claim in claims}
    listed = frozenset(story.points) if story else frozenset()
    points = (
        point
        for point in report.points
        if point.id in listed or (point.story == story.id if story else ids.intersection(point.claims))
    )
    return View(
        story=story,
        pages=tuple(page for page in report.pages if page.id in mine),
        claims=claims,
        points=tuple(points),
        timeline=tuple(line for line in report.timeline if ids.intersection(line.claims)),
        labels=labels(report.pages),
        by_id={claim.id: claim for claim in claims},
        entities={entity.id: entity for entity in report.entities},
        where={page.id: number for number, page in enumerate(report.pages)},
    )


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
