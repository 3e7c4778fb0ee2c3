"""Groups of entities that were found to be one, and what forbids that two of them are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from rashomon.model import Entity

PLACES = frozenset({"GPE", "LOC", "FAC", "NORP"})
Group = list[Entity]
Pairs = list[tuple[str, str]]


def kind(group: Group) -> str:
    """Person, place, or body: what may never be mixed."""
    kinds = {"PERSON" if part.type == "PERSON" else "place" if part.type in PLACES else "body" for part in group}
    return kinds.pop() if len(kinds) == 1 else "mixed"


def _codes(group: Group) -> set[str]:
    return {part.code for part in group if part.code}


def agree(left: Group, right: Group) -> bool:
    """Whether nothing about the two forbids that they are one."""
    return kind(left) == kind(right) != "mixed" and len(_codes(left) | _codes(right)) <= 1


def single(found: Sequence[tuple[Group, Group]]) -> Pairs:
    """Of (short, full) the pairs whose short form has one candidate only."""
    candidates: dict[str, list[Group]] = defaultdict(list)
    for short, full in found:
        candidates[short[0].id].append(full)
    return [(short_id, full[0][0].id) for short_id, full in sorted(candidates.items()) if len(full) == 1]
