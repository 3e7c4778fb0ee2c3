"""The headline facts: every point with its standing, the accounts of it and what decided."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from rashomon.model import Claim, Point, PointValue, Verdict
from rashomon.reports.html.refs import Ref, Refs, Source, of_points
from rashomon.reports.verdicts import PARTED, by_holder, folded, outermost, title_words
from rashomon.reports.view import View, claims_of
from rashomon.reports.words import VERDICT_MARKS, act_words, content_words, day, plain, quantity, shorten, speaker_words

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
    """The value held now, where it is not the only one that was given."""
    amount: str
    """The value with what is counted, where only one was given: "61 votes"."""
    why: str
    refs: list[Ref]
    lone: bool
    """Whether its words are all that its one account says, speaker included."""
    strong: bool
    """Whether it stands in the first lot of its standing."""


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
    """The facts in the lots of `PARTED`: agreed by several origins or by one, denied with both sides read or one."""
    if verdict not in PARTED:
        return [Lot("", facts, SHOWN)]
    strong = [fact for fact in facts if fact.strong]
    weak = [fact for fact in facts if not fact.strong]
    first, second = PARTED[verdict]
    return [lot for lot in (Lot(first, strong, SHOWN), Lot(second, weak, SHOWN // 2)) if lot.facts]


def alone(view: View, found: Iterable[Group]) -> list[Alone]:
    """The facts of the standing "single", page by page; those whose words lie in another's come last."""
    claims = [view.by_id[point.claims[0]] for point in view.points if point.verdict == "single"
              if point.claims and point.claims[0] in view.by_id]  # fmt: skip
    outer = {shorten(plain(claim.span.exact), WORDS) for claim in outermost(claims)}
    pages: dict[str, Alone] = {}
    for group in found:
        for fact in sorted(group.facts, key=lambda fact: fact.title not in outer) if group.verdict == "single" else ():
            for source in fact.tellers[:1]:
                pages.setdefault(source.label, Alone(source, [])).facts.append(fact)
    order = [view.labels[page.id] for page in view.pages]
    return sorted(pages.values(), key=lambda page: order.index(page.source.label))


def ranked(points: Iterable[Point]) -> list[Point]:
    """The points that most origins and pages tell first; else their own order."""
    return sorted(points, key=lambda point: (-point.independent, -point.pages))


def _fact(view: View, refs: Refs, point: Point, element: str, tellers: list[Source]) -> Fact:
    claims = claims_of(view, point.claims)
    title = _title(view, point, claims)
    given = {value.claim for value in point.values}
    current = point.current
    amount = _only_amount(view, point)
    told = _accounts(refs, [claim for claim in claims if claim.id not in given])
    return Fact(
        id=element,
        title=title,
        verdict=point.verdict,
        mark=VERDICT_MARKS[point.verdict],
        kind=point.kind,
        pages=point.pages,
        independent=point.independent,
        tellers=tellers,
        values=values(view, refs, point),
        accounts=told,
        now=quantity(current.low, current.high, held(point)) if current and not amount else "",
        amount=amount,
        why=plain(point.why),
        refs=refs.of(claims),
        lone=len(told) == 1 and not given and told[0].who.casefold() in title.casefold(),
        strong=_strong(point, claims),
    )


def _title(view: View, point: Point, claims: list[Claim]) -> str:
    """The point's words; of one that a single page has, those around them too; of one origin's, who says it first where
    the words do not tell."""
    if point.verdict == "single" and claims:
        return shorten(plain(claims[0].span.exact), WORDS)
    words = title_words(view, point)
    if point.verdict != "agreed" or point.independent != 1 or not claims:
        return words
    speaker = claims[0].speaker
    told = not speaker.text or speaker.kind == "source" or speaker.text.casefold() in words.casefold()
    return words if told else f"{shorten(speaker_words(speaker), 80)}: {words}"


def _only_amount(view: View, point: Point) -> str:
    """The one value that all claims give, with what is counted as the first of them has it; "" where they differ."""
    amounts = {quantity(value.low, value.high, value.qualifier) for value in point.values}
    if len(amounts) != 1:
        return ""
    claim = view.by_id.get(point.values[0].claim)
    ends = point.values[0].low, point.values[0].high
    counted = [plain(n.of) for n in claim.numbers if (n.low, n.high) == ends] if claim else []
    return f"{amounts.pop()} {shorten(counted[0], 60) if counted else ''}".strip()


def _strong(point: Point, claims: list[Claim]) -> bool:
    if point.verdict == "denied":
        return any(claim.status != "denied" for claim in claims)
    if point.verdict == "single":
        return bool(claims)
    return point.independent > 1


def held(point: Point) -> str:
    """The qualifier of the current value: exact where one who holds it says so, else as who held it last gives it."""
    current = point.current
    kept = [value for value in point.values if current and value.claim in current.claims]
    if current and any(value.low == value.high == current.low and value.qualifier == "exact" for value in kept):
        return "exact"
    return kept[-1].qualifier if kept else "exact"


def values(view: View, refs: Refs, point: Point) -> list[Value]:
    """The values in order of time; speakers who are repeated with their value have one line."""
    out = []
    for (amount, *_), given in by_holder(view, point).items():
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
            shorten(act_words(group[0], group[0].status), WORDS),
            refs.of(group),
        )
        for group in folded(
            claims, lambda each: (each.status, speaker_words(each.speaker), content_words(each).casefold())
        )
    ]
