"""What the page says in its own voice: sentences that report an event, a number, a position or an expectation."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

import msgspec

from rashomon.claims import clauses, events, mood, observed, rebuttals, status, telling
from rashomon.claims.quoting import Saying
from rashomon.claims.tables import rows
from rashomon.model import Loaded, Number, Status
from rashomon.reader import written
from rashomon.spans import Stretches, trim

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

Stretch = tuple[int, int]

_LINE = 150
"""Characters up to which a line of its own may be a caption."""


class Statement(msgspec.Struct, frozen=True):
    """One thing that the page itself stands for: a sentence, or a main clause of one."""

    content: Stretch
    sentence: Stretch
    """Shared by all statements of one sentence."""
    status: Status
    event: events.Coded | None


class _Heard(msgspec.Struct, frozen=True):
    """What was read of the page so far, by where it stands."""

    said: Stretches[Stretch]
    cues: frozenset[int | None]
    speakers: Stretches[Stretch]
    """From the start of each speaker's noun phrase to the word that heads it: a count there counts the speakers."""
    coded: Stretches[events.Coded]
    numbers: Stretches[Number]
    loaded: Stretches[Loaded]
    seen: Stretches[observed.Observed]


def find(
    doc: Doc,
    sayings: Sequence[Saying],
    coded: Stretches[events.Coded],
    numbers: Sequence[Number],
    loaded: Sequence[Loaded],
    seen: Sequence[observed.Observed],
) -> Iterator[Statement]:
    """The page's own statements, in order.

    A sentence is the page's own where no saying governs it. It is stated for what it adds: an event or
    a number outside the sayings in it, what its own people saw, an expectation, or (a position) loaded wording.
    Main clauses with subjects of their own that each add something are stated one by one. A sentence that a saying
    governs is stated beside it where it counts something that the saying does not say.
    """
    heard = _Heard(
        Stretches(
            (*stretch, stretch)
            for saying in sayings
            if not rebuttals.is_one(doc, saying)
            for part in saying.parts
            for stretch in part
        ),
        frozenset(saying.token for saying in sayings),
        Stretches((*_counting(doc, saying), _counting(doc, saying)) for saying in sayings if saying.speaker),
        coded,
        Stretches((number.start, number.end, number) for number in numbers),
        Stretches((word.start, word.end, word) for word in loaded),
        Stretches((one.at, one.at + 1, one) for one in seen if not _told(one, sayings, doc)),
    )
    text = written(doc)
    for sentence in doc.sents:
        whole = trim(text, sentence.start_char, sentence.end_char)
        if whole[0] == whole[1] or _covered(whole, heard.said) > 0.6 or _aside(text, *whole):
            continue
        if text[whole[0] : whole[1]].rstrip("\"'”’)").endswith("?") and not any(heard.loaded.over(*whole)):
            continue  # A question reports nothing.
        parts = clauses.split(doc, sentence.root, *whole)
        stated = [_state(doc, whole, content, verb, heard) for content, verb in parts]
        if len(parts) > 1 and all(stated):
            yield from (statement for statement in stated if statement is not None)
        elif (statement := _state(doc, whole, whole, None, heard)) is not None:
            yield statement


def _state(doc: Doc, sentence: Stretch, content: Stretch, verb: Token | None, heard: _Heard) -> Statement | None:
    """The statement that a stretch of a sentence makes, None where it adds nothing."""
    coded = [event for event in heard.coded.over(*content) if _in(event.start, event.end, content)]
    coded = [event for event in coded if event.verb not in heard.cues and not _inside(event.start, heard.said)]
    numbers = [number for number in heard.numbers.over(*content) if _in(number.start, number.end, content)]
    numbers = [n for n in numbers if not _inside(n.start, heard.said) and not _inside(n.start, heard.speakers)]
    found = doc.char_span(*content, alignment_mode="expand")
    if found is None:
        return None
    if found.root.i in heard.cues:
        # What the page adds to somebody's saying in passing is its own only where it counts something.
        done = next((event for event in heard.coded.over(*content) if event.verb == found.root.i), None)
        return Statement(content, sentence, "asserted", done) if numbers else None
    verb = verb or status.head_of(doc, set(range(found.start, found.end)))
    if verb is None or verb.pos_ not in ("VERB", "AUX"):
        counted = numbers and (_verbal(found) or telling.counts(found))
        return Statement(content, sentence, "asserted", None) if counted else None
    told = mood.of_clause(verb)
    loaded = [word for word in heard.loaded.over(*content) if _in(word.start, word.end, content)]
    marked = any(not _inside(word.start, heard.said) for word in loaded)
    marked = marked or any(_in(one.at, one.at, content) for one in heard.seen.over(*content))
    # What the verb of somebody's saying tells is his: "the pump was broken, according to the memo".
    tells = told in ("expected", "conditional") or (told == "asserted" and telling.tells(verb, found))
    if (coded and not _anybody(verb)) or numbers or marked or (tells and not _inside(verb.idx, heard.said)):
        return Statement(content, sentence, told, events.main(doc, content[0], content[1], coded))
    return None


def _anybody(verb: Token) -> bool:
    """Whether a clause is about whoever reads it: "you have to be willing to lead"."""
    return any(child.dep_ in ("nsubj", "nsubjpass") and child.lower_ == "you" for child in verb.children)


def _told(seen: observed.Observed, sayings: Sequence[Saying], doc: Doc) -> bool:
    """Whether what was seen is the evidence of a saying ("according to a memo seen by the paper"), which tells it."""
    cues = {doc[saying.token].idx for saying in sayings if saying.token is not None}
    speakers = [saying.speaker for saying in sayings if saying.speaker]
    return bool({seen.at, seen.tells} & cues) or any(start <= seen.at < end for start, end in speakers)


def _counting(doc: Doc, saying: Saying) -> Stretch:
    start, end = saying.speaker or (0, 0)
    return (
        (start, doc[saying.head].idx)
        if saying.head is not None and start < doc[saying.head].idx < end
        else (start, start)
    )


@cache
def _asides() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{row['pattern']})" for row in rows("asides")))


def _aside(text: str, start: int, end: int) -> bool:
    """Whether a sentence, or the short line that it stands in, is a caption, a credit or a pointer elsewhere."""
    if _asides().search(text[start:end]):
        return True
    left, right = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    line = text[left : right if right >= 0 else len(text)]
    return len(line) <= _LINE and _asides().search(line) is not None


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
