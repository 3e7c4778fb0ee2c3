"""One story's claims → points: which claims are about the same thing, and what comes of comparing them.

Each kind of point has its comparator (`compare`), all are brought together by the same mean linkage
(`gather`), and the verdict is a function of what stands together (`verdicts`). A claim is in at most one
point of a kind: a claim with several numbers is put where its best-attested number is. A claim that stands
with no other makes a point by itself once, of the first of number, expectation, position, event that fits.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from rashomon.model import Claim, Page, Point, PointKind
from rashomon.stories.accounts import Account, Weights, accounts, candidates
from rashomon.stories.compare import LEAST, WITHIN, denials, events, positions
from rashomon.stories.counts import alike, numbers, only_figures, two_bodies
from rashomon.stories.gather import gather
from rashomon.stories.likeness import Comparison
from rashomon.stories.nesting import around, outermost, repeats
from rashomon.stories.points import point
from rashomon.stories.quantities import UNITS, Quantity
from rashomon.stories.remainders import fits, remaining, same
from rashomon.stories.sameness import HOPED
from rashomon.stories.verdicts import Finding, on_accounts, on_numbers
from rashomon.stories.verdicts import pages as count_pages

_DENIED = 0.5
# Share of a denial's weight that an account must cover to be what is denied.
_ONLY = 1.6
# Points of two figures that are the only ones of accounts which surely are about the same.
_SOLE = 0.6
# Points for being the only number of its class on either page.
_AGAIN = WITHIN["number"] - LEAST["number"]
_COMPARE = {"event": events, "position": positions, "expectation": events}

T = TypeVar("T")

Member = tuple[int, int]
"""An account's place in the list of accounts, and its number's place in it."""


def align(pages: Sequence[Page], claims: Sequence[Claim]) -> list[Point]:
    """The points of one story's pages, those of most pages first, then in the order of the pages.

    `claims` is the flat list of the pages' claims; claims of other pages are left out.
    """
    view = _View(remaining(accounts(pages, claims)))
    groups: list[tuple[PointKind, list[Account], Finding]] = [
        (
            "number",
            [view.told[a] for a, _ in group],
            on_numbers([(view.told[a], view.quantity(a, n)) for a, n in group]),
        )
        for group in view.numbers()
    ]
    whole = _Whole(told for _, told, _ in groups)
    said: set[int] = set()
    for kind, told in view.others():
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


class _View:
    """The accounts of one story with what is computed over all of them once."""

    def __init__(self, told: Sequence[Account]) -> None:
        self.told = told
        self.weights = Weights(told)
        self.pairs = candidates(told)
        self.around = around(told)
        self.compared: dict[tuple[Member, Member], Comparison | None] = {}
        self.inside: set[int] = set()
        """Accounts that say nothing but what the account around them says."""

    def quantity(self, account: int, number: int) -> Quantity:
        """A member's number."""
        return self.told[account].quantities[number]

    def speaks_alone(self, kind: PointKind, account: Account) -> bool:
        """Whether a claim that no other is like is worth a point."""
        claim = account.claim
        if kind == "event":
            # The page's own sentence around somebody's words adds nothing to what they make a point of.
            return claim.event is not None and claim.id not in self.around
        if kind == "position":
            return claim.status != "asserted" or account.stance is not None or claim.speaker.kind == "named"
        return True

    def _key(self, index: int) -> str:
        return self.told[index].claim.id

    def _same_text(self, left: int, right: int) -> bool:
        return self.told[left].root == self.told[right].root

    def _least(self, kind: PointKind, left: int, right: int) -> float:
        return (WITHIN if self._same_text(left, right) and self.told[left].page == self.told[right].page else LEAST)[
            kind
        ]

    def numbers(self) -> list[list[Member]]:
        """Groups of numbers that count the same thing, each claim in one of them at most."""
        only: dict[tuple[int, int], tuple[Member, Member]] = {}
        for a, b in self.pairs:
            if found := only_figures(self.told[a], self.told[b], self.weights):
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
            counted = self.quantity(*member).counted or ""
            by_class[counted].append(member)
            on_page[self.told[member[0]].root, counted].append(member)
        near = set(self.pairs)
        pairs = [
            (one, two)
            for name, same in by_class.items()
            for i, one in enumerate(same)
            for two in same[i + 1 :]
            if one[0] != two[0] and (name not in UNITS or (one[0], two[0]) in near)
        ]
        pairs += only.values()
        cache: dict[tuple[Member, Member], float | None] = dict.fromkeys(only.values(), _ONLY)

        def score(one: Member, two: Member) -> float | None:
            pair = (one, two) if one < two else (two, one)
            if pair not in cache:
                cache[pair] = self._number_score(*pair, on_page)
            return cache[pair]

        groups = gather(
            members, pairs, score, lambda one, two: self._least("number", one[0], two[0]),
            lambda member: f"{self._key(member[0])} {member[1]:03}",
        )  # fmt: skip
        return self._one_each([self._said_once(group, lambda member: member[0]) for group in groups])

    def _said_once(self, group: list[T], index: Callable[[T], int]) -> list[T]:
        """A group; of one whose members all stand inside one of them that one, so that nothing is said twice."""
        told = [self.told[index(member)] for member in group]
        outer = outermost(told)
        if len(group) == 1 or outer is None:
            return group
        kept = next(member for member, account in zip(group, told, strict=True) if account is outer)
        self.inside.update(index(member) for member in group if index(member) != index(kept))
        return [kept]

    def _number_score(self, one: Member, two: Member, on_page: dict[tuple[str, str], list[Member]]) -> float | None:
        left, right = self.told[one[0]], self.told[two[0]]
        if left is right:
            return None
        a, b = self.quantity(*one), self.quantity(*two)
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
            found = numbers(left, self.quantity(*one), right, self.quantity(*two), self.weights)
            self.compared[one, two] = found
        return self.compared[one, two]

    def _also(self, member: Member, rival: Member, theirs: Sequence[Member]) -> bool:
        """Whether the page that gives the rival value gives the member's too, and so the rival for something else.

        Not where the page tells of two speakers who give one each, or of a count that grows.
        """
        quantity, speakers = self.quantity(*member), self.told[rival[0]].speakers
        return any(
            same(quantity, other := self.quantity(index, number))
            and not (index == rival[0] or other.running or self.quantity(*rival).running)
            and not (speakers and self.told[index].speakers and not speakers & self.told[index].speakers)
            and alike(self.told[member[0]], quantity, self.told[index], other, self.weights) is not None
            for index, number in theirs
        )

    def _sole(self, member: Member, rival: Member, same: Sequence[Member]) -> bool:
        """Whether no other value on the member's page could be compared with the rival."""
        mine = self.quantity(*member)
        return not any(
            other != member and not fits(self.quantity(*other), mine) and self._compared(other, rival) for other in same
        )

    def _one_each(self, groups: Sequence[list[Member]]) -> list[list[Member]]:
        """The groups with each claim left only where most pages, then most claims, stand."""

        def worth(group: Sequence[Member]) -> tuple[int, int, str, int]:
            first = min(group, key=lambda member: (self._key(member[0]), member[1]))
            return -count_pages(self.told[a] for a, _ in group), -len(group), self._key(first[0]), first[1]

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

    def others(self) -> list[tuple[PointKind, list[Account]]]:
        """Groups of the other kinds, denials with what they deny."""
        out: list[tuple[PointKind, list[int]]] = []
        happening = [i for i, a in enumerate(self.told) if _is("event", a) or _is("expectation", a)]
        for group in self._groups("event", happening):
            hoped = all(self.told[i].claim.status in HOPED for i in group)
            out.append(("expectation" if hoped else "event", group))
        # What somebody is accused of can be denied as well as what a page reports.
        accused = [i for i, a in enumerate(self.told) if a.stance == "accused" and _is("position", a)]
        out += [("position", group) for group in self._groups("position", accused)]
        tied = self._tied(out) | set(accused)
        speaking = [i for i, account in enumerate(self.told) if _is("position", account) and i not in tied]
        out[len(out) :] = [("position", group) for group in self._groups("position", speaking)]
        out = [(kind, self._said_once(group, int)) for kind, group in out]
        order = {"expectation": 0, "position": 1, "event": 2}
        # Of groups the events come first, of claims that stand alone the positions.
        out.sort(key=lambda row: (len(row[1]) == 1, order[row[0]] if len(row[1]) == 1 else -order[row[0]]))
        return [(kind, [self.told[i] for i in group]) for kind, group in out]

    def _groups(self, kind: PointKind, members: Sequence[int]) -> list[list[int]]:
        compare = _COMPARE[kind]
        inside = set(members)
        cache: dict[tuple[int, int], float | None] = {}

        def score(left: int, right: int) -> float | None:
            pair = (left, right) if left < right else (right, left)
            if pair not in cache:
                found = compare(self.told[pair[0]], self.told[pair[1]], self.weights)
                cache[pair] = found.score if found else None
            return cache[pair]

        near = [pair for pair in self.pairs if pair[0] in inside and pair[1] in inside]
        return gather(members, near, score, lambda left, right: self._least(kind, left, right), self._key)

    def _tied(self, groups: Sequence[tuple[PointKind, list[int]]]) -> set[int]:
        """Put each denial into the group of what it denies; those that found one."""
        home = {index: group for _, group in groups for index in group}
        near: dict[int, list[int]] = defaultdict(list)
        for left, right in self.pairs:
            near[left].append(right)
            near[right].append(left)
        found: dict[int, list[int]] = {}
        for index, account in enumerate(self.told):
            if account.claim.status != "denied":
                continue
            scored = []
            for other in near[index]:
                if other in home and (common := denials(account, self.told[other], self.weights)):
                    scored.append((-common.score, self._key(other), other))
            if scored and -min(scored)[0] >= _DENIED:
                found[index] = home[min(scored)[2]]
        for index, group in found.items():
            group.append(index)
        return set(found)


def _stands(quantity: Quantity, account: Account) -> bool:
    """Whether a number counts something, and no other of its claim has replaced it."""
    return bool(quantity.counted) and not (quantity.former and len(account.quantities) > 1)


def _one(quantity: Quantity) -> bool:
    """Whether it counts one alone, who may be another than the next one."""
    return quantity.number.low == quantity.number.high == 1


def _is(kind: PointKind, account: Account) -> bool:
    """Whether an account may stand in a point of the kind."""
    status = account.claim.status
    if kind == "expectation":
        return status in HOPED
    if kind == "event":
        return status == "asserted" and account.stance is None
    return bool(account.claim.speaker.kind != "source" and status not in HOPED)
