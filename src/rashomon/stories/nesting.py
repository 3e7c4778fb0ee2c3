"""Claims inside one another: what says the same twice over on one page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from rashomon.model import Claim
from rashomon.stories.accounts import Account, Weights
from rashomon.stories.likeness import overlap

_ALIKE = 0.7
# The cosine from which a claim inside another says the same.


def nested(left: Account, right: Account) -> bool:
    """Whether the two stand on one page and share characters."""
    a, b = left.claim.span, right.claim.span
    return left.page == right.page and a.start < b.end and b.start < a.end


def within(inner: Account, outer: Account) -> bool:
    """Whether the one stands inside the other."""
    a, b = inner.claim.span, outer.claim.span
    return inner.page == outer.page and b.start <= a.start and a.end <= b.end


def around(told: Sequence[Account]) -> frozenset[str]:
    """Ids of the claims in a page's own voice whose span has another claim inside."""
    by_page: dict[str, list[Claim]] = defaultdict(list)
    for account in told:
        by_page[account.page].append(account.claim)
    return frozenset(
        claim.id
        for claims in by_page.values()
        for claim in claims
        if claim.speaker.kind == "source"
        and any(o is not claim and claim.span.start <= o.span.start and o.span.end <= claim.span.end for o in claims)
    )


def outermost(told: Sequence[Account]) -> Account | None:
    """The account that all of them stand inside, one with a speaker if there is one; None where they do not."""
    ranked = sorted(told, key=lambda a: (a.claim.span.start, -a.claim.span.end, bool(a.speakers), a.claim.id))
    if not all(within(account, ranked[0]) for account in ranked):
        return None
    return next((account for account in ranked if account.speakers), ranked[0])


def repeats(told: Sequence[Account], other: Sequence[Account], weights: Weights, inside: bool) -> bool:
    """Whether each account is one of the others, or (`inside`) the same inside or around one: that says nothing new."""

    def same(one: Account, two: Account) -> bool:
        return one is two or (inside and nested(one, two) and overlap(one, two, weights).score >= _ALIKE)

    return all(any(same(one, two) for two in other) for one in told)
