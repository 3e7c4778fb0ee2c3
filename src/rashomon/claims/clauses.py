"""Clauses: where one thing said ends and the next begins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rashomon.reader import written
from rashomon.spans import trim

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

Stretch = tuple[int, int]

_EDGE = " \t\n\r,;:—–-"
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


def _trimmed(text: str, start: int, end: int) -> Stretch:
    """The clause without the conjunction that joins it to the next."""
    start, end = trim(text, start, end, _EDGE)
    words = text[start:end]
    for joint in _JOINTS:
        if words.endswith(" " + joint.strip()):
            return trim(text, start, end - len(joint.strip()), _EDGE)
    return start, end
