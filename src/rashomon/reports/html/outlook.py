"""Timeline, positions, expectations and evidence, as records for a page that can be read and folded."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from rashomon.model import Claim, Line
from rashomon.reports.html.refs import Ref, Refs
from rashomon.reports.positions import NOBODY, by_actor, expectations, towards
from rashomon.reports.stands import stand_of
from rashomon.reports.verdicts import folded, outermost
from rashomon.reports.view import View, claims_of
from rashomon.reports.words import (
    EXPECTATIONS,
    act_words,
    content_words,
    day,
    moment_words,
    plain,
    shorten,
    speaker_words,
)

WORDS, SAMPLE = 280, 160
"""Characters of a line, and of a claim that stands for others."""
SAMPLES = 2
PRECISIONS: Mapping[str, tuple[re.Pattern[str], str]] = {
    "weekday": (re.compile(r"XXXX-WXX-\d"), "weekday only"),
    "yearless": (re.compile(r"XXXX-\d\d"), "without its year"),
    "interval": (re.compile(r"[^/]+/[^/]+$"), "between two dates"),
    "part": (re.compile(r"\d{4}-\d\d-\d\dT[A-Z]"), "to a part of the day"),
    "clock": (re.compile(r"\d{4}-\d\d-\d\dT"), "to the hour or minute"),
    "day": (re.compile(r"\d{4}-\d\d-\d\d$"), "to the day"),
    "week": (re.compile(r"\d{4}-W\d\d"), "to the week"),
    "month": (re.compile(r"\d{4}-\d\d$"), "to the month"),
    "season": (re.compile(r"\d{4}-(?:Q\d|SU|SP|FA|WI)$"), "to the quarter or season"),
    "year": (re.compile(r"\d{4}$"), "to the year"),
}
"""How precise a TIMEX3 value is: what it looks like, and the words for it."""


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
    samples: list[tuple[str, list[Ref]]]
    """Claims that stand for it, with their references."""
    rest: list[Ref]


def timeline(view: View, refs: Refs) -> list[TimeLine]:
    """The report's timeline, in its order."""
    return [_line(line, claims_of(view, line.claims), refs) for line in view.timeline]


def _line(line: Line, claims: list[Claim], refs: Refs) -> TimeLine:
    value = line.when.value or ""
    exact = next((claim.when.exact for claim in claims if claim.when and claim.when.value == line.when.value), None)
    precision = next((key for key, (form, _) in PRECISIONS.items() if form.match(value)), "unknown")
    words = PRECISIONS[precision][1] if precision in PRECISIONS else "time unknown"
    shown = day(value) if value else "?"
    machine = value if precision in ("day", "month", "year") else ""
    text = shorten(plain(line.text), WORDS)
    basis = moment_words(line.when, exact)
    return TimeLine(shown, machine, precision, words, line.when.basis, basis, text, refs.of(claims))


def positions(view: View, refs: Refs) -> list[Actor]:
    """Who demands, accuses, denies, threatens, declines or supports what, and towards whom; whom most pages have first.

    Positions that cannot be understood alone are left out; the pages have them marked.
    """
    return [Actor(name, [_position(view, group, refs) for group in groups]) for name, groups in by_actor(view)[0]]


def _position(view: View, group: list[Claim], refs: Refs) -> Stand:
    claim = group[0]
    return Stand(stand_of(claim), towards(view, claim), shorten(act_words(claim), WORDS), refs.of(group))


def expected(view: View, refs: Refs) -> list[Expectation]:
    """What is announced, conditional or possible, kept apart from what happened; what most pages have first."""
    return [_expectation(group, refs) for group in expectations(view)]


def _expectation(group: list[Claim], refs: Refs) -> Expectation:
    claim = group[0]
    return Expectation(
        EXPECTATIONS[claim.status],
        plain(claim.when.exact) if claim.when else "",
        shorten(act_words(claim, claim.status), WORDS),
        "" if speaker_words(claim.speaker) == NOBODY else speaker_words(claim.speaker),
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
        _evidence(kind, claims, most, refs)
        for kind, claims in sorted(kinds.items(), key=lambda item: (-len(item[1]), item[0]))
    ]


def _evidence(kind: str, claims: list[Claim], most: int, refs: Refs) -> Evidence:
    groups = folded(outermost(claims), lambda claim: content_words(claim).casefold())
    samples = [(shorten(plain(group[0].span.exact), SAMPLE), refs.of(group)) for group in groups[:SAMPLES]]
    seen = {ref for _, listed in samples for ref in listed}
    rest = [ref for ref in refs.of(claims) if ref not in seen]
    pages = len({claim.page for claim in claims})
    return Evidence(plain(kind), len(claims), pages, round(100 * len(claims) / most), samples, rest)
