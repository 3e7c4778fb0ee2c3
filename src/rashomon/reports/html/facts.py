"""The headline facts: every point with its standing, the accounts of it and what decided."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from rashomon.model import Claim, Point, PointValue, Verdict
from rashomon.reports.html.refs import Ref, Refs, Source, of_points
from rashomon.reports.verdicts import folded
from rashomon.reports.view import View, claims_of
from rashomon.reports.words import VERDICT_MARKS, content_words, day, plain, quantity, shorten, speaker_words

WORDS = 280
"""Characters of a title or an account that are shown."""
SHOWN = 12
"""Facts of one standing that stand open."""
ORDER: tuple[Verdict, ...] = ("agreed", "disputed", "denied", "updated", "single")
HEADINGS: Mapping[Verdict, str] = {
    "agreed": "Agreed",
    "disputed": "Disputed",
    "denied": "Denied",
    "updated": "Updated",
    "single": "Told by one page only",
}


class Value(NamedTuple):
    """A value that is given for a number, with who gives it and since when."""

    since: str
    amount: str
    words: str
    who: str
    refs: list[Ref]


class Account(NamedTuple):
    """What one speaker says of a point."""

    who: str
    status: str
    said: str
    refs: list[Ref]


class Fact(NamedTuple):
    """A point as it is shown."""

    id: str
    title: str
    verdict: Verdict
    mark: str
    kind: str
    pages: int
    independent: int
    tellers: list[Source]
    values: list[Value]
    accounts: list[Account]
    now: str
    now_refs: list[Ref]
    why: str
    refs: list[Ref]


class Lot(NamedTuple):
    """Facts of one standing that weigh the same."""

    name: str
    facts: list[Fact]
    shown: int
    """So many stand open, the others are folded."""


class Group(NamedTuple):
    """The facts of one standing."""

    verdict: Verdict
    heading: str
    mark: str
    facts: list[Fact]
    lots: list[Lot]
    """The same, the weightier first."""


class Alone(NamedTuple):
    """The facts that one page alone has."""

    source: Source
    facts: list[Fact]


def groups(view: View, refs: Refs, ids: Mapping[str, str]) -> list[Group]:
    """All points by their standing, those with most independent origins first; `ids`: an element id for each."""
    tellers = of_points(view, refs)
    out = []
    for verdict in ORDER:
        points = ranked(point for point in view.points if point.verdict == verdict)
        facts = [_fact(view, refs, point, ids[point.id], tellers[point.id]) for point in points]
        out.append(Group(verdict, HEADINGS[verdict], VERDICT_MARKS[verdict], facts, _lots(verdict, facts)))
    return out


def _lots(verdict: Verdict, facts: list[Fact]) -> list[Lot]:
    """What several origins agree on before what several pages have of one."""
    if verdict != "agreed":
        return [Lot("", facts, SHOWN)]
    several = [fact for fact in facts if fact.independent > 1]
    one = [fact for fact in facts if fact.independent <= 1]
    lots = [Lot("by several origins", several, SHOWN), Lot("by several pages, all of one origin", one, SHOWN // 2)]
    return [lot for lot in lots if lot.facts]


def alone(found: Iterable[Group]) -> list[Alone]:
    """The facts of the standing "single", page by page."""
    pages: dict[str, Alone] = {}
    for group in found:
        for fact in group.facts if group.verdict == "single" else ():
            for source in fact.tellers[:1]:
                pages.setdefault(source.label, Alone(source, [])).facts.append(fact)
    return list(pages.values())


def ranked(points: Iterable[Point]) -> list[Point]:
    """The points that most origins and pages tell first; else their own order."""
    return sorted(points, key=lambda point: (-point.independent, -point.pages))


def _fact(view: View, refs: Refs, point: Point, element: str, tellers: list[Source]) -> Fact:
    claims = claims_of(view, point.claims)
    given = {value.claim for value in point.values}
    current = point.current
    return Fact(
        id=element,
        title=shorten(plain(point.title), WORDS),
        verdict=point.verdict,
        mark=VERDICT_MARKS[point.verdict],
        kind=point.kind,
        pages=point.pages,
        independent=point.independent,
        tellers=tellers,
        values=values(view, refs, point),
        accounts=_accounts(refs, [claim for claim in claims if claim.id not in given]),
        now=quantity(current.low, current.high, held(point)) if current else "",
        now_refs=refs.of(claims_of(view, current.claims)) if current else [],
        why=plain(point.why),
        refs=refs.of(claims),
    )


def held(point: Point) -> str:
    """The qualifier of the current value, as the claims that hold it give it."""
    kept = [value.qualifier for value in point.values if point.current and value.claim in point.current.claims]
    return kept[-1] if kept else "exact"


def values(view: View, refs: Refs, point: Point) -> list[Value]:
    """The values in order of time; speakers who are repeated with their value have one line."""
    found: dict[tuple[str, str], list[tuple[PointValue, Claim]]] = {}
    for value in point.values:
        claim = view.by_id.get(value.claim)
        if claim:
            speaker = claim.speaker
            key = (quantity(value.low, value.high, value.qualifier), speaker.entity or speaker.name or speaker.text)
            found.setdefault(key, []).append((value, claim))
    out = []
    for (amount, _), given in found.items():
        value, claim = given[0]
        since = day(value.since) if value.since else "undated"
        words = number_words(claim, value)
        who = speaker_words(claim.speaker)
        out.append(Value(since, amount, words, who, refs.of(each for _, each in given)))
    return out


def number_words(claim: Claim, value: PointValue) -> str:
    """The words in which the claim gives the value, or "" where none of its numbers is that."""
    for number in claim.numbers:
        if (number.low, number.high) == (value.low, value.high):
            return plain(number.exact)
    return ""


def _accounts(refs: Refs, claims: list[Claim]) -> list[Account]:
    """Who says what; those who use the same words share a line."""
    return [
        Account(
            speaker_words(group[0].speaker),
            "" if group[0].status == "asserted" else group[0].status,
            shorten(content_words(group[0]), WORDS),
            refs.of(group),
        )
        for group in folded(
            claims, lambda each: (each.status, speaker_words(each.speaker), content_words(each).casefold())
        )
    ]
