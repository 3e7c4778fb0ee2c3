"""How many people were killed, injured, are missing: of each, the point that most pages count, before all else.

Whoever follows a disaster asks this first. Nothing is added up here: an amount is one that a claim gives, and what was
compared stands in the point.
"""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from rashomon.model import Point
from rashomon.reports.sheet import GLUE, Row, row
from rashomon.reports.verdicts import STYLES
from rashomon.reports.view import View, claims_of, references
from rashomon.reports.words import VERDICT_MARKS, count, quantity

FATES = ("killed", "injured", "missing", "trapped", "kidnapped", "infected", "displaced")
"""States of people, in the order in which they are asked for."""
FEW = 2
"""In a story of more pages than this, one page alone makes no headline fact."""
SHOWN = 4
"""Amounts of a fate that are shown; how many more there are is said."""


class Fate(NamedTuple):
    """What became of how many."""

    state: str
    point: Point
    amounts: list[tuple[str, int]]
    """Each amount in words with the pages that give it, those of most pages first; of an updated point only the last
    one."""
    rest: int
    """Amounts that are not shown."""

    @property
    def words(self) -> str:
        """ "5", or "6 (5 pages) / 8 (1 page)" where several are given."""
        if len(self.amounts) == 1:
            return self.amounts[0][0]
        listed = " / ".join(f"{amount} ({count(pages, 'page')})" for amount, pages in self.amounts)
        return f"{listed} / {self.rest} more" if self.rest else listed

    @property
    def size(self) -> str:
        """ "agreed, 7 pages, 4 origins"."""
        now = "now; updated" if self.point.verdict == "updated" else self.point.verdict
        if self.point.verdict == "single":
            return "one page only"
        return f"{now}, {count(self.point.pages, 'page')}, {count(self.point.independent, 'origin')}"


def fates(view: View) -> list[Fate]:
    """The fates that a story's pages count, in the order of `FATES`."""
    best: dict[str, Point] = {}
    for point in view.points:
        state = _state(view, point)
        if state is None or (point.pages < FEW and len(view.pages) > FEW):
            continue
        known = best.get(state)
        if known is None or (point.pages, point.independent) > (known.pages, known.independent):
            best[state] = point
    return [_fate(view, state, best[state]) for state in FATES if state in best]


def _state(view: View, point: Point) -> str | None:
    """What became of those whom most claims of a point count; None where it is no fate."""
    found: Counter[str] = Counter()
    for value in point.values:
        claim = view.by_id.get(value.claim)
        ends = value.low, value.high
        found.update(
            {number.state or "" for number in claim.numbers if (number.low, number.high) == ends} if claim else ()
        )
    state = min(found, key=lambda each: (-found[each], each), default="")
    return state if state in FATES else None


def _fate(view: View, state: str, point: Point) -> Fate:
    pages: dict[str, set[str]] = {}
    current = point.current if point.verdict == "updated" else None
    for value in point.values:
        if value.claim in view.by_id and (current is None or value.claim in current.claims):
            amount = quantity(value.low, value.high, value.qualifier)
            pages.setdefault(amount, set()).add(view.by_id[value.claim].page)
    ranked = sorted(((amount, len(where)) for amount, where in pages.items()), key=lambda each: -each[1])
    return Fate(state, point, ranked[:SHOWN], max(0, len(ranked) - SHOWN))


def rows(view: View) -> list[Row]:
    """The fates as rows of the report for a terminal."""
    out = []
    for fate in fates(view):
        style = STYLES[fate.point.verdict]
        claims = claims_of(view, [value.claim for value in fate.point.values])
        mark = f"  {VERDICT_MARKS[fate.point.verdict]} "
        size = (f"  {fate.size.replace(' ', GLUE)}", style)
        out.append(row(mark, f"{fate.state}: ", (fate.words, "bold"), size, references(view, claims), style=style))
    return out
