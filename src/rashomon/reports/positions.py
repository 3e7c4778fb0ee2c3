"""Who takes which positions, and what is expected: the claims in groups, alike in every report."""

from __future__ import annotations

from rashomon.model import Claim
from rashomon.reports.stands import stand_of, told_apart
from rashomon.reports.verdicts import folded
from rashomon.reports.view import View
from rashomon.reports.words import EXPECTATIONS, actor_words, content_words, entity_words

NOBODY = "nobody named"


def by_actor(view: View) -> tuple[list[tuple[str, list[list[Claim]]]], int]:
    """Each actor with their positions, a group of claims in the same words each; whom most pages have first.

    Positions that cannot be understood alone are left out; how many these are comes with it.
    """
    actors: dict[str, list[Claim]] = {}
    written: dict[str, str] = {}
    unclear = 0
    for claim in view.claims:
        actor = actor_words(claim, view.entities)
        if not actor or not stand_of(claim):
            continue
        if not told_apart(claim):
            unclear += 1
            continue
        actors.setdefault(written.setdefault(actor.casefold(), actor), []).append(claim)
    named = sorted(actors.items(), key=lambda item: (item[0] == NOBODY, -len({claim.page for claim in item[1]})))
    return [
        (actor, folded(tightest(claims), lambda claim: (stand_of(claim), content_words(claim).casefold())))
        for actor, claims in named
    ], unclear


def tightest(claims: list[Claim]) -> list[Claim]:
    """The claims without those that only repeat, in more words around it, a stand that another one has."""
    return [claim for claim in claims if not any(_within(other, claim) for other in claims)]


def _within(other: Claim, claim: Claim) -> bool:
    """Whether another claim takes the same stand in fewer words of the same stretch."""
    inner, outer = other.span, claim.span
    return (
        other.page == claim.page
        and stand_of(other) == stand_of(claim)
        and (inner.start, inner.end) != (outer.start, outer.end)
        and outer.start <= inner.start
        and inner.end <= outer.end
    )


def towards(view: View, claim: Claim) -> str:
    """Whom a position is taken towards; empty where that is not known."""
    whom = claim.event.recipient if claim.event else None
    return entity_words(view.entities[whom]) if whom and whom in view.entities else ""


def expectations(view: View) -> list[list[Claim]]:
    """What is announced, conditional or possible, kept apart from what happened; what most pages have first.

    A group a point; claims in the same words are one group, of copies and of several points too.
    """
    point_of = {each: point.id for point in view.points if point.kind == "expectation" for each in point.claims}
    groups: dict[str, list[Claim]] = {}
    same: dict[tuple[str, str], str] = {}
    for claim in view.claims:
        if claim.status in EXPECTATIONS:
            words = claim.status, content_words(claim).casefold()
            groups.setdefault(same.setdefault(words, point_of.get(claim.id, claim.id)), []).append(claim)
    return sorted(groups.values(), key=lambda group: -len({claim.page for claim in group}))
