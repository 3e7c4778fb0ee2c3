"""Clauses: where one thing said ends and the next begins."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from rashomon.claims.number_states import codes
from rashomon.model import Number
from rashomon.reader import written
from rashomon.spans import trim

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

Stretch = tuple[int, int]

_EDGE = " \t\n\r,;:—–-"
_JOINT = re.compile(r",?\s+(?:and|while|but)\s+|,\s+")
_JOINTS = ("and ", "but ", "while ", "or ")


def split(doc: Doc, root: Token, start: int, end: int) -> list[tuple[Stretch, Token]]:
    """The clauses coordinated with `root` that have subjects of their own, within characters `start` to `end`.

    Each with its verb, as stretches that follow one another; one stretch where nothing is coordinated.
    """
    verbs = [root]
    for verb in root.conjuncts:
        own = any(child.dep_ in ("nsubj", "nsubjpass") for child in verb.children)
        if own and verb.i > verbs[-1].i and start < doc[verb.left_edge.i].idx < end:
            verbs.append(verb)
    starts = [start, *(doc[verb.left_edge.i].idx for verb in verbs[1:])]
    ends = [*starts[1:], end]
    text = written(doc) if len(verbs) > 1 else ""
    parts = [((a, b), verb) for a, b, verb in zip(starts, ends, verbs, strict=True) if a < b]
    return [(_trimmed(text, *part), verb) for part, verb in parts] if len(parts) > 1 else parts


def by_count(text: str, start: int, end: int, numbers: Sequence[Number]) -> list[Stretch]:
    """The parts of a stretch that each count something else: "2 killed", "7 injured" and "9 houses damaged".

    It is parted at the last comma or conjunction between two numbers of which different things hold (killed, injured);
    one part where any two of its numbers say the same, or nothing, of what they count.
    """
    inside = [number for number in numbers if start <= number.start and number.end <= end]
    told = [number for number in inside if number.state in codes()]
    if len(told) < 2 or len(told) != len(inside) or len({number.state for number in told}) < len(told):
        return [(start, end)]
    cuts: list[Stretch] = []
    for one, two in pairwise(told):
        joints = list(_JOINT.finditer(text, one.end, two.start))
        if not joints or "(" in text[one.end : two.start]:
            return [(start, end)]
        cuts.append(joints[-1].span())
    edges = [start, *(right for _, right in cuts)], [*(left for left, _ in cuts), end]
    return [_trimmed(text, left, right) for left, right in zip(*edges, strict=True)]


def _trimmed(text: str, start: int, end: int) -> Stretch:
    """The clause without the conjunction that joins it to the next."""
    start, end = trim(text, start, end, _EDGE)
    words = text[start:end]
    for joint in _JOINTS:
        if words.endswith(" " + joint.strip()):
            return trim(text, start, end - len(joint.strip()), _EDGE)
    return start, end
