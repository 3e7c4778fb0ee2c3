"""People's judgements, and what they change in what the machine read: pure functions of pages, claims and judgements.

A judgement is never changed or taken away; it is undone by another. It names what it is about by words and places, not
by ids alone, so that it still holds when its pages are read again by a better reader.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Literal, TypeVar

import msgspec

from rashomon.model import Claim, Entity, Event, Page, PageGap, Point, PointKind
from rashomon.stories.accounts import Account, Weights, accounts
from rashomon.stories.align import align
from rashomon.stories.points import point
from rashomon.stories.quantities import Quantity
from rashomon.stories.verdicts import on_accounts, on_numbers
from rashomon.stories.words import fold

JudgementKind = Literal["names", "misread", "same", "different", "page", "undo"]
replace = msgspec.structs.replace
T = TypeVar("T")


class Quoted(msgspec.Struct, frozen=True):
    """A claim as it stood when it was judged."""

    claim: str
    """Its id then."""
    page: str
    start: int
    end: int
    exact: str


class Judgement(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody says of what the machine read."""

    id: str
    kind: JudgementKind
    who: str
    at: str
    """ISO 8601, UTC."""
    names: tuple[str, ...] = ()
    """Of kind "names": two names of one."""
    left: tuple[Quoted, ...] = ()
    """Of kind "misread": the claim; of kinds "same" and "different": the claims of the one point…"""
    right: tuple[Quoted, ...] = ()
    """… and those of the other."""
    page: str | None = None
    """Of kind "page": a page…"""
    story: str | None = None
    """… and the story that it is not of."""
    undoes: str | None = None
    """Of kind "undo": the id of the judgement that no longer holds."""
    note: str | None = None


def in_force(judgements: Sequence[Judgement]) -> list[Judgement]:
    """Those that nobody has undone, in order; an undoing that was itself undone undoes nothing."""
    undone: set[str] = set()
    for each in reversed(judgements):
        if each.kind == "undo" and each.id not in undone and each.undoes:
            undone.add(each.undoes)
    return [each for each in judgements if each.kind != "undo" and each.id not in undone]


def quoted(claim: Claim) -> Quoted:
    """A claim as a judgement names it."""
    return Quoted(claim.id, claim.page, claim.span.start, claim.span.end, claim.span.exact)


def found(each: Quoted, claims: Iterable[Claim]) -> Claim | None:
    """The claim that a judgement names: by its id, else the one on its page in whose words it stands."""
    mine = [claim for claim in claims if claim.page == each.page]
    if (same := next((claim for claim in mine if claim.id == each.claim), None)) is not None:
        return same

    def shared(claim: Claim) -> int:
        return min(claim.span.end, each.end) - max(claim.span.start, each.start)

    near = max(mine, key=lambda claim: (shared(claim), -len(claim.span.exact)), default=None)
    if near is None or 2 * shared(near) <= max(each.end - each.start, near.span.end - near.span.start):
        return None
    return near


def named(
    pages: Sequence[Page], claims: Sequence[Claim], judgements: Sequence[Judgement]
) -> tuple[list[Page], list[Claim]]:
    """The pages and claims with those entities made one whose names were judged to be one."""
    of: dict[str, str] = {}
    types: dict[str, Entity] = {}
    called: dict[str, str] = {}
    for judgement in (each for each in judgements if each.kind == "names"):
        one, two = (fold(name) for name in judgement.names)
        mine = [
            entity
            for page in pages
            for entity in page.entities
            if {one, two} & {fold(name) for name in (entity.name, *entity.names)}
        ]
        if not mine:
            continue
        first = next((e for e in mine if one in {fold(name) for name in (e.name, *e.names)}), mine[0])
        target = of.get(first.id, first.id)
        ids = {of.get(entity.id, entity.id) for entity in mine}
        of.update({key: target for key, value in of.items() if value in ids})
        of.update(dict.fromkeys(ids, target))
        types[target] = first
        called.update({one: target, two: target})
    if not of:
        return list(pages), list(claims)
    return [_page(page, of, types) for page in pages], [_claim(claim, of, called) for claim in claims]


def _page(page: Page, of: Mapping[str, str], types: Mapping[str, Entity]) -> Page:
    out: dict[str, Entity] = {}
    for entity in page.entities:
        key = of.get(entity.id, entity.id)
        before = out.get(key)
        names = tuple(dict.fromkeys([*(before.names if before else ()), entity.name, *entity.names]))
        like = types.get(key, entity)
        out[key] = Entity(key, before.name if before else entity.name, names, like.type, like.code)
    return replace(page, entities=tuple(out.values()))


def _claim(claim: Claim, of: Mapping[str, str], called: Mapping[str, str]) -> Claim:
    def now(entity: str | None) -> str | None:
        return of.get(entity, entity) if entity else None

    speaker = claim.speaker
    entity = now(speaker.entity) or (called.get(fold(speaker.name)) if speaker.name else None)
    event = claim.event and Event(claim.event.code, now(claim.event.actor), now(claim.event.recipient))
    places = tuple(replace(place, entity=now(place.entity)) for place in claim.places)
    return replace(claim, speaker=replace(speaker, entity=entity), event=event, places=places)


def kept(claims: Sequence[Claim], judgements: Sequence[Judgement]) -> tuple[list[Claim], list[PageGap]]:
    """The claims without those judged misread, and a gap for each of these."""
    gone: dict[str, Judgement] = {}
    for judgement in (each for each in judgements if each.kind == "misread"):
        for each in judgement.left:
            if (claim := found(each, claims)) is not None:
                gone[claim.id] = judgement
    gaps = [
        PageGap(claim.page, "claims", f"“{claim.span.exact}” is left out: {_said(gone[claim.id])} that it is misread.")
        for claim in claims
        if claim.id in gone
    ]
    return [claim for claim in claims if claim.id not in gone], gaps


def _said(judgement: Judgement) -> str:
    return f"{judgement.who} judged on {judgement.at[:10]}"


def aligning(judgements: Sequence[Judgement]) -> Callable[[Sequence[Page], Sequence[Claim]], list[Point]]:
    """What makes a story's points of its pages and claims, and then obeys the judgements on points, in their order."""
    ruling = [each for each in judgements if each.kind in ("same", "different")]

    def aligned(pages: Sequence[Page], claims: Sequence[Claim]) -> list[Point]:
        points = align(pages, claims)
        touched = [each for each in ruling if _ids(each.left, claims) and _ids(each.right, claims)]
        if not touched:
            return points
        bench = _Bench(pages, claims)
        for judgement in touched:
            left, right = _ids(judgement.left, claims), _ids(judgement.right, claims)
            rule = _joined if judgement.kind == "same" else _parted
            points = rule(points, left, right, bench, judgement)
        return points

    return aligned


def _ids(quotes: Iterable[Quoted], claims: Sequence[Claim]) -> set[str]:
    return {claim.id for each in quotes if (claim := found(each, claims)) is not None}


class _Bench:
    """What verdicts are computed from, made once."""

    def __init__(self, pages: Sequence[Page], claims: Sequence[Claim]) -> None:
        told = accounts(pages, claims)
        self.of = {account.claim.id: account for account in told}
        self.weights = Weights(told)

    def point(self, kind: PointKind, claims: Iterable[str], parts: Sequence[Point], why: str) -> Point:
        """The point of the claims; `parts`: the points that they come from."""
        told = [self.of[claim] for claim in dict.fromkeys(claims)]
        values = {value.claim: (value.low, value.high) for part in parts for value in part.values}
        if kind == "number":
            pairs = [(account, _quantity(account, values.get(account.claim.id))) for account in told]
            counted = [(account, quantity) for account, quantity in pairs if quantity is not None]
            if len(counted) == len(told):
                made = point(kind, told, on_numbers(counted), self.weights)
                return replace(made, story=parts[0].story, why=f"{made.why.rstrip('.')}; {why}.")
            kind = "event"
        made = point(kind, told, on_accounts(told, self.weights), self.weights)
        return replace(made, story=parts[0].story, why=f"{made.why.rstrip('.')}; {why}.")


def _quantity(account: Account, value: tuple[object, object] | None) -> Quantity | None:
    """The number of an account that has the value, else its first."""
    numbers = [quantity for quantity in account.quantities if quantity.counted] or list(account.quantities)
    same = [quantity for quantity in numbers if (quantity.number.low, quantity.number.high) == value]
    return next(iter(same or numbers), None)


def _joined(points: list[Point], left: set[str], right: set[str], bench: _Bench, judgement: Judgement) -> list[Point]:
    """The points with those made one that have claims of either side."""
    mine = [each for each in points if (left | right) & set(each.claims)]
    bare = (left | right) - {claim for each in mine for claim in each.claims}
    if not mine or (len(mine) < 2 and not bare):
        return points
    kind: PointKind = "number" if all(each.kind == "number" for each in mine) else mine[0].kind
    if kind == "number" and len({each.kind for each in mine}) > 1:
        kind = "event"
    claims = [*(claim for each in mine for claim in each.claims), *sorted(bare)]
    made = bench.point(kind, claims, mine, f"{_said(judgement)} that these are one point")
    return [made if each is mine[0] else each for each in points if each is mine[0] or each not in mine]


def _parted(points: list[Point], left: set[str], right: set[str], bench: _Bench, judgement: Judgement) -> list[Point]:
    """The points with each parted that has claims of both sides; what is of neither stays with the left."""
    out: list[Point] = []
    for each in points:
        theirs = [claim for claim in each.claims if claim in right]
        if not theirs or not left & set(each.claims):
            out.append(each)
            continue
        why = f"{_said(judgement)} that this is a point of its own"
        rest = [claim for claim in each.claims if claim not in right]
        out += [bench.point(each.kind, rest, [each], why), bench.point(each.kind, theirs, [each], why)]
    return out
