"""One story's claims → points: which claims are about the same thing, and what comes of comparing them.

Each kind of point has its comparator (`compare`), all are brought together by the same mean linkage
(`gather`), and the verdict is a function of what stands together (`verdicts`). A claim is in at most one
point of a kind: a claim with several numbers is put where its best-attested number is. A claim that stands
with no other makes a point by itself once, of the first of number, expectation, position, event that fits.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from rashomon.model import Claim, Page, Point, PointKind
from rashomon.stories.accounts import Account, accounts
from rashomon.stories.event_groups import EventGroups
from rashomon.stories.nesting import repeats
from rashomon.stories.number_groups import NumberGroups
from rashomon.stories.points import point
from rashomon.stories.remainders import remaining
from rashomon.stories.verdicts import Finding, on_accounts, on_numbers
from rashomon.stories.view import View


def align(pages: Sequence[Page], claims: Sequence[Claim]) -> list[Point]:
    """The points of one story's pages, those of most pages first, then in the order of the pages.

    `claims` is the flat list of the pages' claims; claims of other pages are left out.
    """
    view = View(remaining(accounts(pages, claims)))
    groups: list[tuple[PointKind, list[Account], Finding]] = [
        (
            "number",
            [view.told[a] for a, _ in group],
            on_numbers([(view.told[a], view.quantity(a, n)) for a, n in group]),
        )
        for group in NumberGroups(view).groups()
    ]
    whole = _Whole(told for _, told, _ in groups)
    said: set[int] = set()
    for kind, told in EventGroups(view).groups():
        finding = on_accounts(told, view.weights)
        inside = finding.verdict in ("agreed", "single")
        if any(repeats(told, other, view.weights, inside) for other in whole.near(told)):
            said |= {id(account) for account in told}
            continue
        groups.append((kind, told, finding))
        whole.add(told)
    together = {id(account) for _, told, _ in groups if len(told) > 1 for account in told}
    together |= said | {id(view.told[index]) for index in view.inside}
    shown: set[int] = set()
    points = []
    for kind, told, finding in groups:
        if len(told) == 1:
            if id(told[0]) in together or id(told[0]) in shown or not view.speaks_alone(kind, told[0]):
                continue
            shown.add(id(told[0]))
        points.append(point(kind, told, finding, view.weights))
    ranks = {account.claim.id: account.place for account in view.told}
    return sorted(points, key=lambda p: (-p.pages, min(ranks[c] for c in p.claims), p.kind, p.id))


class _Whole:
    """The groups of several accounts, by the pages that they stand on."""

    def __init__(self, groups: Iterable[list[Account]]) -> None:
        self.on: dict[str, list[list[Account]]] = defaultdict(list)
        for told in groups:
            self.add(told)

    def add(self, told: list[Account]) -> None:
        """Keep a group, unless it is of one."""
        for page in {account.page for account in told} if len(told) > 1 else ():
            self.on[page].append(told)

    def near(self, told: list[Account]) -> list[list[Account]]:
        """The groups that a group of several might repeat: those that stand where its first account does."""
        return self.on[told[0].page] if len(told) > 1 else []
