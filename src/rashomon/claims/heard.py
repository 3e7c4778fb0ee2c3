"""What the learned reader made of a text, as sayings: rows of arrays become stretches of characters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rashomon.claims import contents, cues, learned
from rashomon.claims.cues import Found
from rashomon.claims.learned import Model, Read
from rashomon.claims.parsed import Parsed, parsed
from rashomon.claims.pieces import Stretch, stretches, trimmed, widened, without_that
from rashomon.claims.quotes import Quote, is_name
from rashomon.claims.quoting import Saying, go_on, whole
from rashomon.reader import written
from rashomon.spans import Stretches, subtract

if TYPE_CHECKING:
    from spacy.tokens import Doc

_SAID = 1 / 3
"""A quotation of which so much is some saying's content needs no speaker."""
_ALIKE = 0.8
"""Where the clauses that the rules part a content into make up so much of it, they are its parts."""


def find(model: Model, doc: Doc, quotes: Sequence[Quote]) -> list[Saying]:
    """The sayings of a parsed page, in the order of their first content."""
    text = written(doc)
    rows = parsed(doc, quotes)
    marks = Stretches((quote.start, quote.end, quote) for quote in quotes)
    found = [_saying(doc, text, rows, marks, read) for read in learned.read(model, rows)]
    sayings = sorted((each for each in found if each is not None), key=lambda each: each.parts[0][0])
    return go_on(doc, text, _loose(text, quotes, sayings), sayings)


def _saying(doc: Doc, text: str, rows: Parsed, marks: Stretches[Quote], read: Read) -> Saying | None:
    """One saying of the learned reader's; None where nothing is left of its content."""
    token = doc[int(rows.place[read.cue])]
    group = cues.at(token)
    tokens = group.tokens
    if token.lower_ == "according" and token.i + 1 < len(doc) and doc[token.i + 1].lower_ == "to":
        tokens = (token.i, token.i + 1)
    cue = (doc[tokens[0]].idx, doc[tokens[-1]].idx + len(doc[tokens[-1]]))
    who = (int(rows.start[read.first]), int(rows.end[read.last])) if read.first >= 0 else None
    if who is not None and who[0] < cue[1] and cue[0] < who[1]:
        cue = (token.idx, token.idx + len(token))
    holes = [cue, *([who] if who else [])]
    parts = []
    for part in _parts(doc, rows, read, group):
        wide = widened(part, marks, holes)
        cut = [piece for start, end in wide for piece in subtract(start, end, holes)]
        clean = trimmed(text, [without_that(text, piece, cue) for piece in cut])
        if clean:
            parts.append(tuple(clean))
    if not parts:
        return None
    head = cues.antecedent(doc[int(rows.place[read.head])]).i if who is not None else None
    return Saying(cue, who, tuple(parts), group.cue.stance, group.negated, token.i, head)


def _parts(doc: Doc, rows: Parsed, read: Read, group: Found) -> list[list[Stretch]]:
    """The content, parted where it is two clauses: "said that the road was open and that the bridge was shut"."""
    places = set(rows.place[read.content].tolist())
    whole_ = [stretches(doc, places)]
    if not group.cue.frames or "clause" not in group.cue.frames:
        return whole_
    parted = [set(part) & places for part in contents.content(doc, group)]
    parted = [part for part in parted if part]
    if len(parted) < 2 or len(set().union(*parted)) < _ALIKE * len(places):
        return whole_
    return [stretches(doc, part) for part in parted]


def _loose(text: str, quotes: Sequence[Quote], sayings: Sequence[Saying]) -> list[Quote]:
    """Whole quotations that no saying has."""
    covered = Stretches((*piece, piece) for saying in sayings for part in saying.parts for piece in part)
    out = []
    for quote in quotes:
        if is_name(text, quote) or not whole(text, quote):
            continue
        inside = sum(
            max(0, min(end, quote.end) - max(start, quote.start)) for start, end in covered.over(quote.start, quote.end)
        )
        if inside < _SAID * (quote.end - quote.start):
            out.append(quote)
    return out
