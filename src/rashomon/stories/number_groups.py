"""Numbers of one story → groups that count the same thing, each claim in one of them at most."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise

from rashomon.stories.accounts import Account
from rashomon.stories.compare import LEAST, WITHIN
from rashomon.stories.counts import alike, numbers, only_figures
from rashomon.stories.gather import gather
from rashomon.stories.likeness import Comparison
from rashomon.stories.quantities import UNITS, Quantity
from rashomon.stories.remainders import fits, same
from rashomon.stories.rivals import two_bodies
from rashomon.stories.verdicts import pages as count_pages
from rashomon.stories.view import View

_ONLY = 1.6
# Points of two figures that are the only ones of accounts which surely are about the same.
_SOLE = 0.6
# Points for being the only number of its class on either page.
_AGAIN = WITHIN["number"] - LEAST["number"]

Member = tuple[int, int]
"""An account's place in the list of accounts, and its number's place in it."""


class NumberGroups:
    """The numbers of a story's accounts, and what comes of comparing each two."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.told = view.told
        self.compared: dict[tuple[Member, Member], Comparison | None] = {}

    def groups(self) -> list[list[Member]]:
        """Groups of numbers that count the same thing, each claim in one of them at most."""
        only: dict[tuple[int, int], tuple[Member, Member]] = {}
        for a, b in sorted({*self.view.pairs, *self._adjoining()}):
            if found := only_figures(self.told[a], self.told[b], self.view.weights):
                only[a, b] = (a, found[0]), (b, found[1])
        named = {
            (a, n)
            for a, account in enumerate(self.told)
            for n, q in enumerate(account.quantities)
            if _stands(q, account)
        }
        members = sorted(named | {member for pair in only.values() for member in pair})
        by_class: dict[str, list[Member]] = defaultdict(list)
        on_page: dict[tuple[str, str], list[Member]] = defaultdict(list)
        for member in members:
            counted = self.view.quantity(*member).counted or ""
            by_class[counted].append(member)
            on_page[self.told[member[0]].root, counted].append(member)
        near = set(self.view.pairs)
        pairs = [
            (one, two)
            for name, same in by_class.items()
            for i, one in enumerate(same)
            for two in same[i + 1 :]
            if one[0] != two[0] and (name not in UNITS or (one[0], two[0]) in near)
        ]
        pairs += only.values()
        cache: dict[tuple[Member, Member], float | None] = {
            pair: max(_ONLY, self.view.least("number", *index)) for index, pair in only.items()
        }

        def score(one: Member, two: Member) -> float | None:
            pair = (one, two) if one < two else (two, one)
            if pair not in cache:
                cache[pair] = self._number_score(*pair, on_page)
            return cache[pair]

        groups = gather(
            members, pairs, score, lambda one, two: self.view.least("number", one[0], two[0]),
            lambda member: f"{self.view.key(member[0])} {member[1]:03}",
        )  # fmt: skip
        return self._one_each([self.view.said_once(group, lambda member: member[0]) for group in groups])

    def _adjoining(self) -> list[tuple[int, int]]:
        """Pairs of accounts with figures of which one comes right after the other on its page."""
        counting = [index for index, account in enumerate(self.told) if account.quantities]
        return [(a, b) for a, b in pairwise(counting) if self.told[a].page == self.told[b].page]

    def _number_score(self, one: Member, two: Member, on_page: dict[tuple[str, str], list[Member]]) -> float | None:
        left, right = self.told[one[0]], self.told[two[0]]
        if left is right:
            return None
        a, b = self.view.quantity(*one), self.view.quantity(*two)
        found = self._compared(one, two)
        if found is None:
            return None
        if left.root == right.root:
            # On one page two values are two quantities, unless two speakers hold them against each other.
            rivals = left.speakers and right.speakers and not left.speakers & right.speakers
            beside = _SOLE + _SOLE if two_bodies(left, a, right, b) else 0.0
            # "Five were killed", and further down "the five dead": one figure of lives is not two by chance.
            again = _AGAIN if same(a, b) and a.listed and a.state == b.state and not _one(a) else 0.0
            return found.score + beside + again if fits(a, b) or rivals else None
        mine, theirs = on_page[left.root, a.counted or ""], on_page[right.root, a.counted or ""]
        if not fits(a, b) and (self._also(one, two, theirs) or self._also(two, one, mine)):
            return None
        return found.score + (_SOLE if self._sole(one, two, mine) and self._sole(two, one, theirs) else 0.0)

    def _compared(self, one: Member, two: Member) -> Comparison | None:
        """What comes of comparing two numbers; kept, since a number is held against all that stand beside its rival."""
        if (one, two) not in self.compared:
            left, right = self.told[one[0]], self.told[two[0]]
            found = numbers(left, self.view.quantity(*one), right, self.view.quantity(*two), self.view.weights)
            self.compared[one, two] = found
        return self.compared[one, two]

    def _also(self, member: Member, rival: Member, theirs: Sequence[Member]) -> bool:
        """Whether the page that gives the rival value gives the member's too, and so the rival for something else.

        Not where the page tells of two speakers who give one each, or of a count that grows.
        """
        quantity, speakers = self.view.quantity(*member), self.told[rival[0]].speakers
        return any(
            same(quantity, other := self.view.quantity(index, number))
            and not (index == rival[0] or other.running or self.view.quantity(*rival).running)
            and not (speakers and self.told[index].speakers and not speakers & self.told[index].speakers)
            and alike(self.told[member[0]], quantity, self.told[index], other, self.view.weights) is not None
            for index, number in theirs
        )

    def _sole(self, member: Member, rival: Member, same: Sequence[Member]) -> bool:
        """Whether no other value on the member's page could be compared with the rival."""
        mine = self.view.quantity(*member)
        return not any(
            other != member and not fits(self.view.quantity(*other), mine) and self._compared(other, rival)
            for other in same
        )

    def _one_each(self, groups: Sequence[list[Member]]) -> list[list[Member]]:
        """The groups with each claim left only where most pages, then most claims, stand."""

        def worth(group: Sequence[Member]) -> tuple[int, int, str, int]:
            first = min(group, key=lambda member: (self.view.key(member[0]), member[1]))
            return -count_pages(self.told[a] for a, _ in group), -len(group), self.view.key(first[0]), first[1]

        ranked = sorted(groups, key=worth)
        used: set[int] = set()
        out: list[tuple[list[Member], list[Member]]] = []
        needs = [self._needed(group) for group in ranked]
        later = Counter(index for need in needs for index in need)
        for group, need in zip(ranked, needs, strict=True):
            later.subtract(need)
            left = [member for member in group if member[0] not in used]
            # "Two dead, seven hurt" goes to the hurt where its page says elsewhere that two are dead.
            needed = {index for index, _ in left if later[index] > 0}
            plain = {self.told[index].page for index, _ in left if index not in needed}
            kept = [member for member in left if member[0] not in needed or self.told[member[0]].page not in plain]
            if kept and (len(kept) > 1 or len(group) == 1):
                used.update(index for index, _ in kept)
                out.append((group, kept))
        for group, kept in out:
            late = [member for member in group if len(group) > 1 and member[0] not in used]
            used.update(index for index, _ in late)
            kept += late
        done = [kept for _, kept in out]
        # A claim whose group fell apart keeps its first number.
        for index, account in enumerate(self.told):
            numbered = [n for n, q in enumerate(account.quantities) if _stands(q, account)]
            if numbered and index not in used:
                done.append([(index, numbered[0])])
        return done

    def _needed(self, group: Sequence[Member]) -> set[int]:
        """The claims of a group of several pages that are the only ones of their page in it."""
        by_page: dict[str, set[int]] = defaultdict(set)
        for index, _ in group:
            by_page[self.told[index].page].add(index)
        return {min(own) for own in by_page.values() if len(own) == 1} if len(by_page) > 1 else set()


def _stands(quantity: Quantity, account: Account) -> bool:
    """Whether a number counts something, and no other of its claim has replaced it."""
    return bool(quantity.counted) and not (quantity.former and len(account.quantities) > 1)


def _one(quantity: Quantity) -> bool:
    """Whether it counts one alone, who may be another than the next one."""
    return quantity.number.low == quantity.number.high == 1
