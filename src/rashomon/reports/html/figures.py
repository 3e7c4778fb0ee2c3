"""The numbers that are disputed or were updated, as pictures with a table of the same data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from rashomon.model import Point, PointValue
from rashomon.reports import charts
from rashomon.reports.html.facts import Value, held, ranked, values
from rashomon.reports.html.refs import Refs, Source
from rashomon.reports.verdicts import title_words
from rashomon.reports.view import View
from rashomon.reports.words import day, quantity, shorten

DRAWN = 6
"""So many numbers of a report are drawn, those that most pages tell; the others have the table alone."""
TITLE = 160


class Figure(NamedTuple):
    """A number with its values."""

    fact: str
    """The element id of its fact."""
    title: str
    verdict: str
    svg: str | None
    summary: str
    """The values in words, for who does not see the picture."""
    legend: list[tuple[Source, tuple[int, int]]]
    """The sources drawn, each with the numbers of its colour and shape."""
    rows: list[Value]
    now: str


def figures(found: Sequence[View], refs: Refs, ids: Mapping[str, str]) -> list[list[Figure]]:
    """For each story its numbers in dispute, the most told first."""
    chosen = [[point for point in ranked(view.points) if in_dispute(point)] for view in found]
    told = sorted((point for points in chosen for point in points), key=lambda point: -point.pages)
    drawn = {point.id for point in told[:DRAWN]}
    return [
        [_figure(view, refs, point, ids[point.id], point.id in drawn) for point in points]
        for view, points in zip(found, chosen, strict=True)
    ]


def in_dispute(point: Point) -> bool:
    """Whether the point is a number of which there is more than one value to be shown."""
    return point.kind == "number" and point.verdict in ("disputed", "updated") and len(point.values) > 1


def _figure(view: View, refs: Refs, point: Point, element: str, draw: bool) -> Figure:
    order = [page.id for page in view.pages]
    told = sorted({_page(view, value) for value in point.values if value.claim in view.by_id}, key=order.index)
    series = {page: number for number, page in enumerate(told)}
    seen: dict[tuple[object, ...], charts.Given] = {}
    for value in point.values:
        if value.claim in view.by_id:
            page = _page(view, value)
            key = (page, value.low, value.high, value.qualifier)
            label = view.labels[page]
            given = charts.Given(label, series[page], value.since, value.low, value.high, value.qualifier)
            seen.setdefault(key, given)
    marks = list(seen.values())
    return Figure(
        fact=element,
        title=shorten(title_words(view, point), TITLE),
        verdict=point.verdict,
        svg=charts.values_chart(marks) if draw else None,
        summary="; ".join(_words(mark) for mark in marks),
        legend=[(refs.sources[page], charts.look(series[page])) for page in told],
        rows=values(view, refs, point),
        now=quantity(point.current.low, point.current.high, held(point)) if point.current else "",
    )


def _page(view: View, value: PointValue) -> str:
    return view.by_id[value.claim].page


def _words(mark: charts.Given) -> str:
    since = day(mark.since) if mark.since else "undated"
    return f"{mark.label}, {since}: {quantity(mark.low, mark.high, mark.qualifier)}"
