"""Bring together what belongs together: pairs with scores → groups, by mean linkage.

Pairs are taken from the best to the worst. Two groups become one where nothing forbids any of their
pairs and the mean of their scores reaches the least. Ties are broken by the members' keys, so that the
order of the input decides nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

T = TypeVar("T", bound="int | tuple[int, int]")

Score = Callable[[T, T], float | None]
"""The score of two members; None where they may not stand together."""


def gather(members: Sequence[T], pairs: Sequence[tuple[T, T]], score: Score[T], least: Callable[[T, T], float],
           key: Callable[[T], str]) -> list[list[T]]:  # fmt: skip
    """Groups of members, each sorted by key, those of one member among them.

    `pairs`: those worth looking at; `least`: the score that two members need to be brought together;
    `key`: a member's name, stable over runs.
    """
    scored: list[tuple[float, str, str, T, T]] = []
    for left, right in pairs:
        found = score(left, right)
        if found is not None and found >= least(left, right):
            first, second = sorted((key(left), key(right)))
            scored.append((-found, first, second, left, right))
    scored.sort(key=lambda row: row[:3])
    group_of: dict[T, list[T]] = {member: [member] for member in members}
    for _, _, _, left, right in scored:
        one, two = group_of[left], group_of[right]
        if one is not two and _fits(one, two, score, least):
            one.extend(two)
            for member in two:
                group_of[member] = one
    unique = {id(group): group for group in group_of.values()}
    return [sorted(group, key=key) for group in unique.values()]


def _fits(one: Sequence[T], two: Sequence[T], score: Score[T], least: Callable[[T, T], float]) -> bool:
    """Whether no pair is forbidden and the pairs reach, on the average, what they need."""
    surplus = 0.0
    for left in one:
        for right in two:
            found = score(left, right)
            if found is None:
                return False
            surplus += found - least(left, right)
    return surplus >= 0
