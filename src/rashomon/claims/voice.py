"""What the page says in its own voice: sentences that report an event, a number, a position or an expectation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import msgspec

from rashomon.claims import events, status
from rashomon.claims.speech import Saying
from rashomon.model import Loaded, Number, Status
from rashomon.spans import Stretches, trim

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

Stretch = tuple[int, int]


class Statement(msgspec.Struct, frozen=True):
    """One sentence that the page itself stands for."""

    content: Stretch
    status: Status
    event: events.Coded | None


def find(
    doc: Doc,
    sayings: Sequence[Saying],
    coded: Stretches[events.Coded],
    numbers: Sequence[Number],
    loaded: Sequence[Loaded],
) -> Iterator[Statement]:
    """The page's own statements, in order.

    A sentence is the page's own where no saying governs it. It is stated for what it adds: an event or
    a number outside the sayings in it, an expectation, or (a position) loaded wording.
    """
    said = Stretches((*stretch, stretch) for saying in sayings for part in saying.parts for stretch in part)
    numbers_at = Stretches((number.start, number.end, number) for number in numbers)
    loaded_at = Stretches((word.start, word.end, word) for word in loaded)
    governed = {saying.token for saying in sayings}
    text = doc.text
    for sentence in doc.sents:
        content = trim(text, sentence.start_char, sentence.end_char)
        if content[0] == content[1] or sentence.root.i in governed or _covered(content, said) > 0.6:
            continue
        outside = [
            event
            for event in coded.over(*content)
            if _in(event.start, event.end, content) and event.verb not in governed and not _inside(event.start, said)
        ]
        own = [n for n in numbers_at.over(*content) if _in(n.start, n.end, content) and not _inside(n.start, said)]
        marked = any(_in(word.start, word.end, content) for word in loaded_at.over(*content))
        verb = status.head_of(doc, set(range(sentence.start, sentence.end)))
        if verb is None or verb.pos_ not in ("VERB", "AUX"):
            if not (own and _verbal(sentence)):
                continue
            mood: Status = "asserted"
        else:
            mood = status.of_clause(verb)
        if outside or own or marked or mood in ("expected", "conditional"):
            yield Statement(content, mood, events.main(doc, content[0], content[1], outside))


def _in(start: int, end: int, content: Stretch) -> bool:
    return content[0] <= start and end <= content[1]


def _inside(at: int, said: Stretches[Stretch]) -> bool:
    return any(start <= at < end for start, end in said.over(at, at))


def _covered(content: Stretch, said: Stretches[Stretch]) -> float:
    """The share of a sentence that sayings have as their content, from 0 to 1."""
    start, end = content
    inside = {i for a, b in said.over(start, end) for i in range(max(a, start), min(b, end))}
    return len(inside) / (end - start)


def _verbal(sentence: Span) -> bool:
    return any(token.pos_ in ("VERB", "AUX") for token in sentence)
