"""What the pages agree on, dispute, deny, update, and what only one of them has, as rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rashomon.model import Claim, Current, Point, PointValue, Verdict
from rashomon.reports.sheet import GLUE, Row, Styled, row
from rashomon.reports.view import View, claims_of, place, references
from rashomon.reports.words import (
    VERDICT_MARKS,
    act_words,
    content_words,
    count,
    day,
    plain,
    quantity,
    shorten,
    speaker_words,
)

POINTS, LESSER, VALUES, ACCOUNTS, SINGLES = 25, 8, 12, 6, 4
"""How many points of a verdict, of its lesser points, values and accounts of a point, points of one page are shown;
the rest is counted."""
WORDS = 240
"""Characters of a claim that are shown; its offsets lead to the rest."""
STYLES = {"agreed": "green", "disputed": "red", "denied": "magenta", "updated": "cyan", "single": ""}


def points_of(view: View, verdict: Verdict) -> list[Row]:
    """Each point of the verdict with its accounts, those with most independent origins first.

    What several origins agree on stands apart from what several pages have of one, and a denial of what somebody
    says apart from one whose other side no page has.
    """
    found = [point for point in view.points if point.verdict == verdict]
    found.sort(key=lambda point: (-point.independent, -point.pages))
    if verdict not in PARTED:
        return _listed(view, found, POINTS)
    first, second = PARTED[verdict]
    strong = [point for point in found if _strong(view, point)]
    weak = [point for point in found if not _strong(view, point)]
    rows = [row("  ", (first, "italic")), *_listed(view, strong, POINTS)] if strong else []
    return rows + ([row("  ", (second, "italic")), *_listed(view, weak, LESSER)] if weak else [])


PARTED: dict[Verdict, tuple[str, str]] = {
    "agreed": ("several origins", "several pages, but all of one origin"),
    "denied": ("both sides were read", "the denial alone was read"),
}
"""The verdicts whose points stand in two lots, the weightier first, and what each lot is called."""


def _strong(view: View, point: Point) -> bool:
    if point.verdict == "denied":
        return any(claim.status != "denied" for claim in claims_of(view, point.claims))
    return point.independent > 1


def _listed(view: View, points: Sequence[Point], limit: int) -> list[Row]:
    rows = [each for point in points[:limit] for each in _point(view, point)]
    return rows + more(len(points) - limit, "  ")


def _point(view: View, point: Point) -> list[Row]:
    claims = claims_of(view, point.claims)
    labels = "".join(dict.fromkeys(f"[{view.labels[claim.page]}]" for claim in claims))
    size = f"{point.kind}, {count(point.pages, 'page')}, {count(point.independent, 'origin')} {labels}"
    style = STYLES[point.verdict]
    title = (title_words(view, point), "bold")
    rows = [
        row(f"  {VERDICT_MARKS[point.verdict]} ", title, (f"  {size.replace(' ', GLUE)}", style), style=f"bold {style}")
    ]
    rows += _values(view, point)
    given = {value.claim for value in point.values}
    rows += _accounts(view, [claim for claim in claims if claim.id not in given], title_words(view, point))
    if point.current and (point.verdict != "agreed" or len({(each.low, each.high) for each in point.values}) > 1):
        held = _holding(point, point.current)
        now = quantity(point.current.low, point.current.high, _qualifier(point.current, held))
        places = references(view, claims_of(view, [value.claim for value in held]))
        rows.append(row("    ", ("now: ", "bold"), (now, "bold"), places))
    rows.append(row("    ", (f"why: {plain(point.why)}", "dim")))
    return rows


def title_words(view: View, point: Point) -> str:
    """The point's title, with "…" where it was cut and the words of its claim go on.

    A position's has its verb, without which it would be a fragment: "accused the firm of neglect".
    """
    title = plain(point.title)
    if point.kind == "position":
        acts = (act_words(claim) for claim in claims_of(view, point.claims) if content_words(claim) == title)
        act = next(acts, title)
        title = title if act.removesuffix(title).rstrip().endswith("that") else act
    rests = [
        rest
        for claim in claims_of(view, point.claims)
        for words in (content_words(claim), plain(claim.span.exact))
        for _, here, rest in [words.partition(title)]
        if here
    ]
    cut = len(title) >= CUT and rests and all(rest.strip(" .,;:”\"’'") for rest in rests)
    return shorten(f"{title.rstrip(' ,;:–—')}…" if cut else title, WORDS)


CUT = 120
"""A title of so many characters that stops in mid-sentence was cut; a shorter one is a clause that ends there."""


def _holding(point: Point, current: Current) -> list[PointValue]:
    """The values that say no less than the current one: of "17" and "at least 11", the first where 17 is current."""
    given = [value for value in point.values if value.claim in current.claims]
    inside = [value for value in given if _inside(value, current)]
    return inside or given


def _inside(value: PointValue, current: Current) -> bool:
    """Whether every amount that the value allows is one that the current value allows."""
    low = current.low is None or (value.low is not None and value.low >= current.low)
    return low and (current.high is None or (value.high is not None and value.high <= current.high))


def _qualifier(current: Current, held: Sequence[PointValue]) -> str:
    """The qualifier of the current value: exact where one who holds it says so, else as who held it last gives it."""
    if not held or any(value.qualifier == "exact" for value in held if value.low == value.high == current.low):
        return "exact"
    return held[-1].qualifier


def by_holder(view: View, point: Point) -> dict[tuple[str, str, bool], list[tuple[PointValue, Claim]]]:
    """The values in order of time, by (amount in words, who gives it, whether the page has no date)."""
    groups: dict[tuple[str, str, bool], list[tuple[PointValue, Claim]]] = {}
    for value in point.values:
        claim = view.by_id.get(value.claim)
        if claim:
            speaker = claim.speaker
            amount = quantity(value.low, value.high, value.qualifier)
            who = speaker.entity or speaker.name or speaker.text
            groups.setdefault((amount, who, value.since is None), []).append((value, claim))
    return groups


def _values(view: View, point: Point) -> list[Row]:
    """The values in order of time: since when, which, in what words, by whom; who repeats a value has one line."""
    groups = by_holder(view, point)
    since = {key: day(given[0][0].since) if given[0][0].since else "undated" for key, given in groups.items()}
    shown = list(groups.items())[:VALUES]
    width = max((len(since[key]) for key, _ in shown), default=0)
    rows = []
    for key, given in shown:
        value, claim = given[0]
        rest = f"{_counted(claim, value, key[0])} · {_who(claim)}"
        places = references(view, [each for _, each in given])
        rows.append(row(f"    {since[key].ljust(width)}  ", (key[0], "bold"), rest, places))
    return rows + more(len(groups) - VALUES, "    ")


def _counted(claim: Claim, value: PointValue, amount: str) -> str:
    """What is counted, and the claim's own words for how many where they are others: " people “Eleven”"."""
    for number in claim.numbers:
        if (number.low, number.high) == (value.low, value.high):
            of, exact = plain(number.of), plain(number.exact)
            return (f" {of}" if of else "") + ("" if exact.casefold() == amount else f" “{exact}”")
    return ""


def _accounts(view: View, claims: Sequence[Claim], title: str) -> list[Row]:
    """Who says what; speakers who use the same words share a line."""
    rows = []
    groups = folded(claims, lambda claim: (claim.status, _who(claim), content_words(claim).casefold()))
    for group in groups[:ACCOUNTS]:
        claim = group[0]
        status = "" if claim.status == "asserted" else f" ({claim.status})"
        words = shorten(act_words(claim, claim.status), WORDS)
        same = len(groups) > 1 and title in (
            words,
            shorten(content_words(claim), WORDS),
            shorten(act_words(claim), WORDS),
        )
        said = ": in these words" if same else f": {words}"
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
    """The points that one page alone has, page by page, in the words around them; one inside another is left out."""
    rows: list[Row] = []
    found: dict[str, list[Claim]] = {}
    for point in view.points:
        if point.verdict == "single" and (claims := claims_of(view, point.claims)):
            found.setdefault(claims[0].page, []).append(claims[0])
    for page in view.pages:
        mine = found.get(page.id, [])
        if not mine:
            continue
        label = f"[{view.labels[page.id]}]"
        places = outermost(mine)
        size = count(len(mine), "point") + (f" in {count(len(places), 'place')}" if len(places) < len(mine) else "")
        rows.append(row(f"{label} ".rjust(5), size, style="bold"))
        limit = SINGLES if len(view.pages) > 1 else POINTS
        for claim in places[:limit]:
            rows.append(
                row("     · ", shorten(plain(claim.span.exact), WORDS), _meant(claim), references(view, [claim]))
            )
        rows += more(len(places) - limit, "     ")
    return rows


def outermost(claims: Sequence[Claim]) -> list[Claim]:
    """The claims that lie in no other one of their page, each stretch of text once, in their order."""
    kept: set[str] = set()
    ends: dict[str, int] = {}
    for claim in sorted(claims, key=lambda claim: (claim.span.start, -claim.span.end)):
        if claim.span.end > ends.get(claim.page, -1):
            ends[claim.page] = claim.span.end
            kept.add(claim.id)
    return list({claim.id: claim for claim in claims if claim.id in kept}.values())


def _meant(claim: Claim) -> str:
    """Who it is where the words around the claim have a pronoun or half a name for the speaker."""
    name = claim.speaker.name
    if not name or claim.speaker.kind == "source" or plain(name).casefold() in plain(claim.span.exact).casefold():
        return ""
    return f" · {speaker_words(claim.speaker)}"


def more(left: int, indent: str) -> list[Row]:
    """A row that says how many are not shown, where some are not."""
    if left <= 0:
        return []
    return [row(indent, (f"… and {left:,} more (rashomon report --format json has all)", "dim italic"))]


def at(view: View, page: str, start: int, end: int) -> Styled:
    """One place, as dim text that follows a line."""
    return f" {place(view, page, start, end)}", "dim"
