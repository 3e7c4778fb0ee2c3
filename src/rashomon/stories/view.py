"""The accounts of one story, with what is computed over all of them once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from rashomon.model import PointKind
from rashomon.stories.accounts import Account, Weights
from rashomon.stories.compare import LEAST, WITHIN
from rashomon.stories.nesting import around, outermost
from rashomon.stories.proposals import candidates
from rashomon.stories.quantities import Quantity

T = TypeVar("T")


class View:
    """One story's accounts, their weights, and the pairs of them that are worth comparing."""

    def __init__(self, told: Sequence[Account]) -> None:
        self.told = told
        self.weights = Weights(told)
        self.pairs = candidates(told)
        self.around = around(told)
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

    def key(self, index: int) -> str:
        """The name of an account's place, stable over runs."""
        return self.told[index].claim.id

    def _same_text(self, left: int, right: int) -> bool:
        return self.told[left].root == self.told[right].root

    def least(self, kind: PointKind, left: int, right: int) -> float:
        """The score that two accounts need to be brought together."""
        return (WITHIN if self._same_text(left, right) and self.told[left].page == self.told[right].page else LEAST)[
            kind
        ]

    def said_once(self, group: list[T], index: Callable[[T], int]) -> list[T]:
        """A group; of one whose members all stand inside one of them that one, so that nothing is said twice."""
        told = [self.told[index(member)] for member in group]
        outer = outermost(told)
        if len(group) == 1 or outer is None:
            return group
        kept = next(member for member, account in zip(group, told, strict=True) if account is outer)
        self.inside.update(index(member) for member in group if index(member) != index(kept))
        return [kept]
