"""Which claim a number or a loaded word belongs to, where several reach over it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from rashomon.model import Event, Loaded, Number, Speaker
from rashomon.spans import Stretches

if TYPE_CHECKING:
    from spacy.tokens import Doc

Stretch = tuple[int, int]


class Draft(msgspec.Struct):
    """A claim before its numbers, times and wording are shared out."""

    content: tuple[Stretch, ...]
    scope: tuple[Stretch, ...]
    """What the content is a part of: time and place are looked for there where the content names none."""
    saying: str
    speaker: Speaker
    cue: Stretch | None
    stance: str | None
    status: str
    reach: Stretch
    """From the first to the last of speaker, cue and content."""
    event: Event | None
    evidence: tuple[str, ...]
    own: bool
    """Whether the page says it in its own voice."""


def _size(draft: Draft) -> int:
    return sum(end - start for start, end in draft.content)


def numbers(found: Sequence[Number], drafts: Sequence[Draft]) -> list[list[Number]]:
    """Each number to the smallest content that holds it: what a speaker says is not said by the page too."""
    out: list[list[Number]] = [[] for _ in drafts]
    places = Stretches((*stretch, (stretch, i)) for i, draft in enumerate(drafts) for stretch in draft.content)
    for number in found:
        over = places.over(number.start, number.end)
        holders = [i for (start, end), i in over if start <= number.start and number.end <= end]
        if holders:
            out[min(holders, key=lambda i: (drafts[i].own, _size(drafts[i]), i))].append(number)
    return out


def _sentence(doc: Doc, at: int) -> Stretch:
    """The characters of the sentence that stands at an offset."""
    found = doc.char_span(at, at + 1, alignment_mode="expand")
    return (found.sent.start_char, found.sent.end_char) if found is not None else (at, at)


def loaded(doc: Doc, words: Sequence[Loaded], drafts: Sequence[Draft]) -> list[list[Loaded]]:
    """Each loaded word to the smallest claim that reaches over it, else to the first of its sentence."""
    out: list[list[Loaded]] = [[] for _ in drafts]
    places = Stretches((*draft.reach, i) for i, draft in enumerate(drafts))
    for word in words:
        over = places.over(word.start, word.end)
        holders = [i for i in over if drafts[i].reach[0] <= word.start and word.end <= drafts[i].reach[1]]
        if not holders:
            start, end = _sentence(doc, word.start)
            holders = [i for i in places.over(start, end) if start <= drafts[i].reach[0] < end][:1]
        if holders:
            out[min(holders, key=lambda i: (drafts[i].reach[1] - drafts[i].reach[0], i))].append(word)
    return out
