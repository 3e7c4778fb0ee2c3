"""What the pages agree on, dispute, deny, update, and what only one of them has, as rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rashomon.model import Claim, Point, PointValue, Verdict
from rashomon.reports.sheet import GLUE, Row, Styled, row
from rashomon.reports.view import View, claims_of, place, references
from rashomon.reports.words import VERDICT_MARKS, content_words, count, day, plain, quantity, shorten, speaker_words

POINTS, VALUES, ACCOUNTS, SINGLES = 25, 12, 6, 4
"""How many points of a verdict, values and accounts of a point, points of one page are shown; the rest is counted."""
WORDS = 240
"""Characters of a claim that are shown; its offsets lead to the rest."""
STYLES = {"agreed": "green", "disputed": "red", "denied": "magenta", "updated": "cyan", "single": ""}


def points_of(view: View, verdict: Verdict) -> list[Row]:
    """Each point of the verdict with its accounts, those with most independent origins first."""
    found = [point for point in view.points if point.verdict == verdict]
    found.sort(key=lambda point: (-point.independent, -point.pages))
    rows = [each for point in found[:POINTS] for each in _point(view, point)]
    return rows + more(len(found) - POINTS, "  ")


def _point(view: View, point: Point) -> list[Row]:
    claims = claims_of(view, point.claims)
    lead = f"  {VERDICT_MARKS[point.verdict]} "
    labels = "".join(dict.fromkeys(f"[{view.labels[claim.page]}]" for claim in claims))
    size = f"{point.kind}, {count(point.pages, 'page')}, {count(point.independent, 'origin')} {labels}".replace(
        " ", GLUE
    )
    rows = [
        row(
            lead,
            (shorten(plain(point.title), WORDS), "bold"),
            (f"  {size.replace(' ', GLUE)}", STYLES[point.verdict]),
            style=f"bold {STYLES[point.verdict]}",
        )
    ]
    rows += _values(view, point)
    given = {value.claim for value in point.values}
    rows += _accounts(view, [claim for claim in claims if claim.id not in given], point.title)
    if point.current:
        now = quantity(point.current.low, point.current.high, _qualifier(point))
        rows.append(
            row("    ", ("now: ", "bold"), (now, "bold"), references(view, claims_of(view, point.current.claims)))
        )
    rows.append(row("    ", (f"why: {plain(point.why)}", "dim")))
    return rows


def _qualifier(point: Point) -> str:
    """The qualifier of the current value, as the claims that hold it give it."""
    current = point.current
    held = [value for value in point.values if current and value.claim in current.claims]
    return held[-1].qualifier if held else "exact"


def _values(view: View, point: Point) -> list[Row]:
    """The values in order of time: since when, which, in what words, by whom; who repeats a value has one line."""
    groups: dict[tuple[str, str], list[tuple[PointValue, Claim]]] = {}
    for value in point.values:
        claim = view.by_id.get(value.claim)
        if claim:
            speaker = claim.speaker
            key = (quantity(value.low, value.high, value.qualifier), speaker.entity or speaker.name or speaker.text)
            groups.setdefault(key, []).append((value, claim))
    rows = []
    for (amount, _), given in list(groups.items())[:VALUES]:
        value, claim = given[0]
        words = _number_words(claim, value)
        pieces = ((amount, "bold"), f" “{words}”" if words else "", f" · {_who(claim)}")
        since = day(value.since) if value.since else "undated"
        rows.append(row(f"    {since}  ", *pieces, references(view, [each for _, each in given])))
    return rows + more(len(groups) - VALUES, "    ")


def _number_words(claim: Claim, value: PointValue) -> str:
    """The words in which the claim gives the value."""
    for number in claim.numbers:
        if (number.low, number.high) == (value.low, value.high):
            return plain(number.exact)
    return ""


def _accounts(view: View, claims: Sequence[Claim], title: str) -> list[Row]:
    """Who says what; speakers who use the same words share a line."""
    rows = []
    groups = folded(claims, lambda claim: (claim.status, _who(claim), content_words(claim).casefold()))
    for group in groups[:ACCOUNTS]:
        claim = group[0]
        status = "" if claim.status == "asserted" else f" ({claim.status})"
        words = content_words(claim)
        said = "" if words == plain(title) and len(groups) > 1 else f": {shorten(words, WORDS)}"
        rows.append(row("    ", (_who(claim), "bold"), (status, ""), said, references(view, group)))
    return rows + more(len(groups) - ACCOUNTS, "    ")


def folded(claims: Sequence[Claim], key: Callable[[Claim], object]) -> list[list[Claim]]:
    """Claims that are alike by the key together, in order of the first of each."""
    groups: dict[object, list[Claim]] = {}
    for claim in claims:
        groups.setdefault(key(claim), []).append(claim)
    return list(groups.values())


def _who(claim: Claim) -> str:
    return speaker_words(claim.speaker)


def singles(view: View) -> list[Row]:
    """The points that one page alone has, page by page."""
    rows: list[Row] = []
    found: dict[str, list[tuple[Point, list[Claim]]]] = {}
    for point in view.points:
        if point.verdict == "single" and (claims := claims_of(view, point.claims)):
            found.setdefault(claims[0].page, []).append((point, claims))
    for page in view.pages:
        mine = found.get(page.id, [])
        if not mine:
            continue
        label = f"[{view.labels[page.id]}]"
        rows.append(row(f"{label} ".rjust(5), (count(len(mine), "point"), ""), style="bold"))
        for point, claims in mine[:SINGLES]:
            rows.append(row("     · ", shorten(plain(point.title), WORDS), references(view, claims)))
        rows += more(len(mine) - SINGLES, "     ")
    return rows


def more(left: int, indent: str) -> list[Row]:
    """A row that says how many are not shown, where some are not."""
    if left <= 0:
        return []
    return [row(indent, (f"… and {left:,} more (rashomon report --format json has all)", "dim italic"))]


def at(view: View, page: str, start: int, end: int) -> Styled:
    """One place, as dim text that follows a line."""
    return f" {place(view, page, start, end)}", "dim"
