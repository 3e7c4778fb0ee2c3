"""Timeline, positions, expectations and evidence, as records for a page that can be read and folded."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from rashomon.model import Claim, Line
from rashomon.reports.html.refs import Ref, Refs
from rashomon.reports.verdicts import folded
from rashomon.reports.view import View, claims_of
from rashomon.reports.words import (
    EXPECTATIONS,
    POSITION_CODES,
    POSITION_STATUSES,
    actor_words,
    content_words,
    day,
    moment_words,
    plain,
    shorten,
    speaker_words,
)

WORDS = 280
PRECISIONS: Mapping[str, tuple[re.Pattern[str], str]] = {
    "weekday": (re.compile(r"XXXX-WXX-\d"), "weekday only"),
    "interval": (re.compile(r"[^/]+/[^/]+$"), "between two dates"),
    "clock": (re.compile(r"\d{4}-\d\d-\d\dT"), "to the hour or minute"),
    "day": (re.compile(r"\d{4}-\d\d-\d\d$"), "to the day"),
    "week": (re.compile(r"\d{4}-W\d\d"), "to the week"),
    "month": (re.compile(r"\d{4}-\d\d$"), "to the month"),
    "season": (re.compile(r"\d{4}-(?:Q\d|SU|SP|FA|WI)$"), "to the quarter or season"),
    "year": (re.compile(r"\d{4}$"), "to the year"),
}
"""How precise a TIMEX3 value is: what it looks like, and the words for it."""
_WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()


class TimeLine(NamedTuple):
    """A dated line."""

    when: str
    """As shown; `value` is the machine's form, "" where HTML's `time` has none for it."""
    value: str
    precision: str
    precision_words: str
    basis: str
    basis_words: str
    text: str
    refs: list[Ref]


class Stand(NamedTuple):
    """One position of an actor."""

    label: str
    towards: str
    said: str
    refs: list[Ref]


class Actor(NamedTuple):
    """Somebody with all their positions."""

    name: str
    stands: list[Stand]


class Expectation(NamedTuple):
    """What is announced, conditional or possible."""

    label: str
    when: str
    said: str
    who: str
    pages: int
    refs: list[Ref]


class Evidence(NamedTuple):
    """A kind of evidence with the claims that rest on it."""

    kind: str
    claims: int
    pages: int
    share: int
    """Its claims in per cent of the commonest kind's."""
    refs: list[Ref]


def timeline(view: View, refs: Refs) -> list[TimeLine]:
    """The report's timeline, in its order."""
    return [_line(line, claims_of(view, line.claims), refs) for line in view.timeline]


def _line(line: Line, claims: list[Claim], refs: Refs) -> TimeLine:
    value = line.when.value or ""
    exact = next((claim.when.exact for claim in claims if claim.when and claim.when.value == line.when.value), None)
    precision = next((key for key, (form, _) in PRECISIONS.items() if form.match(value)), "unknown")
    words = PRECISIONS[precision][1] if precision in PRECISIONS else "time unknown"
    shown = day(value) if value else "?"
    if precision == "weekday":
        shown = _WEEKDAYS[(int(value[9]) - 1) % 7] + ", which week unknown"
    machine = value if precision in ("day", "month", "year") else ""
    text = shorten(plain(line.text), WORDS)
    basis = moment_words(line.when, exact)
    return TimeLine(shown, machine, precision, words, line.when.basis, basis, text, refs.of(claims))


def positions(view: View, refs: Refs) -> list[Actor]:
    """Who demands, accuses, denies, threatens, declines or supports what, and towards whom; most positions first."""
    actors: dict[str, list[Claim]] = {}
    for claim in view.claims:
        actor = actor_words(claim, view.entities)
        if actor and _stand(claim):
            actors.setdefault(actor, []).append(claim)
    found = []
    for name, claims in actors.items():
        alike = folded(_tightest(claims), lambda claim: (_stand(claim), content_words(claim).casefold()))
        found.append(Actor(name, [_position(view, group, refs) for group in alike]))
    return sorted(found, key=lambda actor: -len(actor.stands))


def _stand(claim: Claim) -> str:
    """The label of a claim's position, or "" where it takes none."""
    return POSITION_STATUSES.get(claim.status) or (POSITION_CODES.get(claim.event.code, "") if claim.event else "")


def _tightest(claims: list[Claim]) -> list[Claim]:
    """The claims without those that only repeat, in more words around it, a stand that another one has."""
    return [claim for claim in claims if not any(_within(other, claim) for other in claims)]


def _within(other: Claim, claim: Claim) -> bool:
    """Whether another claim takes the same stand in fewer words of the same stretch."""
    inner, outer = other.span, claim.span
    return (
        other.page == claim.page
        and _stand(other) == _stand(claim)
        and (inner.start, inner.end) != (outer.start, outer.end)
        and outer.start <= inner.start
        and inner.end <= outer.end
    )


def _position(view: View, group: list[Claim], refs: Refs) -> Stand:
    claim = group[0]
    towards = claim.event.recipient if claim.event else None
    aim = plain(view.entities[towards].name) if towards and towards in view.entities else ""
    return Stand(_stand(claim), aim, shorten(content_words(claim), WORDS), refs.of(group))


def expected(view: View, refs: Refs) -> list[Expectation]:
    """What is announced, conditional or possible, kept apart from what happened; one a point, the most told first."""
    groups: list[list[Claim]] = []
    seen: set[str] = set()
    for point in view.points:
        if point.kind == "expectation":
            groups.append([c for c in claims_of(view, point.claims) if c.status in EXPECTATIONS and c.id not in seen])
            seen.update(point.claims)
    alone = [claim for claim in view.claims if claim.status in EXPECTATIONS and claim.id not in seen]
    groups += folded(alone, lambda claim: (claim.status, content_words(claim).casefold()))
    out = [_expectation(group, refs) for group in groups if group]
    return sorted(out, key=lambda each: -each.pages)


def _expectation(group: list[Claim], refs: Refs) -> Expectation:
    claim = group[0]
    return Expectation(
        EXPECTATIONS[claim.status],
        plain(claim.when.exact) if claim.when else "",
        shorten(content_words(claim), WORDS),
        speaker_words(claim.speaker),
        len({each.page for each in group}),
        refs.of(group),
    )


def evidence(view: View, refs: Refs) -> list[Evidence]:
    """Each kind of evidence, with the claims that rest on it, the commonest first."""
    kinds: dict[str, list[Claim]] = {}
    for claim in view.claims:
        for kind in claim.evidence:
            kinds.setdefault(kind, []).append(claim)
    most = max(map(len, kinds.values()), default=1)
    return [
        Evidence(
            plain(kind), len(claims), len({c.page for c in claims}), round(100 * len(claims) / most), refs.of(claims)
        )
        for kind, claims in sorted(kinds.items(), key=lambda item: (-len(item[1]), item[0]))
    ]
