"""Events, expectations and positions of one story → groups that tell the same thing, denials with what they deny."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from rashomon.model import PointKind
from rashomon.stories.accounts import Account
from rashomon.stories.clauses import hopes
from rashomon.stories.compare import denials, events, positions
from rashomon.stories.gather import gather
from rashomon.stories.sameness import HOPED
from rashomon.stories.view import View

_DENIED = 0.5
# Share of a denial's weight that an account must cover to be what is denied.
_COMPARE = {"event": events, "position": positions, "expectation": events}


class EventGroups:
    """A story's accounts by what they tell, whatever they count."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.told = view.told

    def groups(self) -> list[tuple[PointKind, list[Account]]]:
        """Groups of the other kinds, denials with what they deny."""
        out: list[tuple[PointKind, list[int]]] = []
        happening = [i for i, a in enumerate(self.told) if _is("event", a) or _is("expectation", a)]
        for group in self._of_kind("event", happening):
            hoped = all(hopes(self.told[i]) for i in group)
            out.append(("expectation" if hoped else "event", group))
        # What somebody is accused of can be denied as well as what a page reports.
        accused = [i for i, a in enumerate(self.told) if a.stance == "accused" and _is("position", a)]
        out += [("position", group) for group in self._of_kind("position", accused)]
        tied = self._tied(out) | set(accused)
        speaking = [i for i, account in enumerate(self.told) if _is("position", account) and i not in tied]
        out[len(out) :] = [("position", group) for group in self._of_kind("position", speaking)]
        out = [(kind, self.view.said_once(group, int)) for kind, group in out]
        order = {"expectation": 0, "position": 1, "event": 2}
        # Of groups the events come first, of claims that stand alone the positions.
        out.sort(key=lambda row: (len(row[1]) == 1, order[row[0]] if len(row[1]) == 1 else -order[row[0]]))
        return [(kind, [self.told[i] for i in group]) for kind, group in out]

    def _of_kind(self, kind: PointKind, members: Sequence[int]) -> list[list[int]]:
        compare = _COMPARE[kind]
        inside = set(members)
        cache: dict[tuple[int, int], float | None] = {}

        def score(left: int, right: int) -> float | None:
            pair = (left, right) if left < right else (right, left)
            if pair not in cache:
                found = compare(self.told[pair[0]], self.told[pair[1]], self.view.weights)
                cache[pair] = found.score if found else None
            return cache[pair]

        near = [pair for pair in self.view.pairs if pair[0] in inside and pair[1] in inside]
        return gather(members, near, score, lambda left, right: self.view.least(kind, left, right), self.view.key)

    def _tied(self, groups: Sequence[tuple[PointKind, list[int]]]) -> set[int]:
        """Put each denial into the group of what it denies; those that found one."""
        home = {index: group for _, group in groups for index in group}
        near: dict[int, list[int]] = defaultdict(list)
        for left, right in self.view.pairs:
            near[left].append(right)
            near[right].append(left)
        found: dict[int, list[int]] = {}
        for index, account in enumerate(self.told):
            if account.claim.status != "denied":
                continue
            scored = []
            for other in near[index]:
                if other in home and (common := denials(account, self.told[other], self.view.weights)):
                    scored.append((-common.score, self.view.key(other), other))
            if scored and -min(scored)[0] >= _DENIED:
                found[index] = home[min(scored)[2]]
        for index, group in found.items():
            group.append(index)
        return set(found)


def _is(kind: PointKind, account: Account) -> bool:
    """Whether an account may stand in a point of the kind."""
    status = account.claim.status
    if kind == "expectation":
        return status in HOPED
    if kind == "event":
        return status == "asserted" and account.stance is None
    return bool(account.claim.speaker.kind != "source" and status not in HOPED)
