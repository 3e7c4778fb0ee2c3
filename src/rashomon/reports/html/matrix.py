"""The claim × source matrix: a row a point, a column a page, in each cell how that page tells it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from rashomon.model import Claim, Point, PointValue, Scalar
from rashomon.reports.html.facts import ranked
from rashomon.reports.html.refs import Ref, Refs, Source
from rashomon.reports.verdicts import title_words
from rashomon.reports.view import View, claims_of
from rashomon.reports.words import VERDICT_MARKS, quantity, shorten

ROWS, MOST = 20, 120
"""Rows that are shown at once, and rows in all; the facts above have the rest."""
TITLE = 110

MANNERS: Mapping[str, tuple[str, str]] = {
    "asserts": ("✓", "asserts"),
    "other": ("≠", "gives another value"),
    "denies": ("✗", "reports a denial"),
    "expects": ("→", "expects, or gives as possible"),
    "demands": ("!", "reports a demand"),
    "declines": ("–", "reports a refusal to say"),
    "silent": ("·", "silent"),
}
"""How a page can tell a point: its symbol and its words, in the order in which they stand in a cell."""
_STATUS = {
    "asserted": "asserts",
    "denied": "denies",
    "expected": "expects",
    "possible": "expects",
    "conditional": "expects",
    "demanded": "demands",
    "declined": "declines",
}


class Cell(NamedTuple):
    """How one page tells one point."""

    manners: list[str]
    """Keys of `MANNERS`."""
    amounts: list[str]
    ref: Ref | None
    claims: int


class MatrixRow(NamedTuple):
    """One point across all pages."""

    id: str
    title: str
    verdict: str
    mark: str
    cells: list[Cell]


class Matrix(NamedTuple):
    """Pages across, points down, the most told first."""

    columns: list[Source]
    copies: list[str]
    """Beside each column the label of the page that it repeats, or ""."""
    rows: list[MatrixRow]
    folded: list[MatrixRow]
    left: int
    legend: list[tuple[str, str]]


def matrix(view: View, refs: Refs, ids: Mapping[str, str]) -> Matrix:
    """The matrix of a story's points; `ids`: the element id of each point's fact."""
    points = sorted(ranked(view.points), key=lambda point: -point.pages)
    shared = [point for point in points if point.pages > 1]
    shown = max(ROWS, 0) if len(shared) >= ROWS else max(len(shared), min(8, len(points)))
    rows = [_row(view, refs, point, ids[point.id]) for point in points[:MOST]]
    used = {manner for row in rows for cell in row.cells for manner in cell.manners}
    return Matrix(
        columns=[refs.sources[page.id] for page in view.pages],
        copies=[view.labels.get(page.copy_of, "") if page.copy_of else "" for page in view.pages],
        rows=rows[:shown],
        folded=rows[shown:],
        left=max(0, len(points) - MOST),
        legend=[MANNERS[key] for key in MANNERS if key in used],
    )


def _row(view: View, refs: Refs, point: Point, element: str) -> MatrixRow:
    claims = claims_of(view, point.claims)
    by_page: dict[str, list[Claim]] = {}
    for claim in claims:
        by_page.setdefault(claim.page, []).append(claim)
    values = {value.claim: value for value in point.values}
    rivals = _rivals(point)
    cells = [_cell(refs, by_page.get(page.id, []), values, rivals) for page in view.pages]
    return MatrixRow(
        element, shorten(title_words(view, point), TITLE), point.verdict, VERDICT_MARKS[point.verdict], cells
    )


def _rivals(point: Point) -> list[tuple[Scalar | None, Scalar | None]]:
    """The values that are held against one another; of figures that followed one another none was wrong in its day."""
    return [(value.low, value.high) for value in point.values] if point.verdict == "disputed" else []


def _cell(
    refs: Refs,
    claims: list[Claim],
    values: Mapping[str, PointValue],
    rivals: Sequence[tuple[Scalar | None, Scalar | None]],
) -> Cell:
    if not claims:
        return Cell(["silent"], [], None, 0)
    found: set[str] = set()
    amounts: dict[str, None] = {}
    for claim in claims:
        value = values.get(claim.id)
        manner = _STATUS[claim.status]
        if value is not None:
            amounts[quantity(value.low, value.high, value.qualifier)] = None
            # Neither side of a dispute is the measure of the other.
            if manner == "asserts" and not all(_meet((value.low, value.high), rival) for rival in rivals):
                manner = "other"
        found.add(manner)
    return Cell([key for key in MANNERS if key in found], list(amounts), refs.of(claims)[0], len(claims))


def _meet(one: tuple[Scalar | None, Scalar | None], two: tuple[Scalar | None, Scalar | None]) -> bool:
    """Whether two intervals, open where an end is None, have a value in common."""
    low = max((each for each in (one[0], two[0]) if each is not None), default=None)
    high = min((each for each in (one[1], two[1]) if each is not None), default=None)
    return low is None or high is None or low <= high
