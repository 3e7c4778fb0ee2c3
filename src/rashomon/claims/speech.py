"""Parsed text → sayings: who says what, in direct, mixed and indirect speech.

Hand-written rules over the parse, the quotation marks and the table of cues. Offsets are characters
of the text. Definitions (saying, speaker, cue, content) are those of the report's data model.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from rashomon.claims import contents, cues, naming
from rashomon.claims.pieces import Stretch, stretches, trimmed, widened, without_that
from rashomon.claims.quotes import Quote
from rashomon.claims.quoting import Draft, Saying, attach, go_on
from rashomon.reader import written
from rashomon.spans import Stretches, subtract, union

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_ACCORDING = re.compile(r"\baccording\s+to\b", re.IGNORECASE)
_PRONOUNS = frozenset("it him her them this that these those me us you himself herself itself themselves".split())


def find(doc: Doc, quotes: Sequence[Quote]) -> list[Saying]:
    """The sayings of a parsed page, in the order of their first content: as learned, or by rules without the model."""
    from rashomon.claims import heard, learned, rebuttals

    model = learned.shipped()
    rules = by_rules(doc, quotes)
    found = _distinct(heard.find(model, doc, quotes, rules)) if model is not None else rules
    return rebuttals.beside(doc, found)


def by_rules(doc: Doc, quotes: Sequence[Quote]) -> list[Saying]:
    """The sayings as hand-written rules read them."""
    text = written(doc)
    marks = Stretches((quote.start, quote.end, quote) for quote in quotes)
    drafts = [draft for draft in _by_syntax(doc, marks) if not naming.given(doc, text, doc[draft.found.token], marks)]
    loose = attach(doc, text, quotes, drafts)
    sayings = [saying for draft in drafts if (saying := _finish(doc, text, marks, draft)) is not None]
    sayings.extend(_according(doc, text, quotes))
    sayings = _distinct(sorted(sayings, key=lambda saying: saying.parts[0][0]))
    return go_on(doc, text, loose, sayings)


def _by_syntax(doc: Doc, marks: Stretches[Quote]) -> list[Draft]:
    """A draft for every cue outside quotation marks, with what the parse gives as content."""
    out: list[Draft] = []
    for found in cues.find(doc):
        token = doc[found.token]
        if _quoted(token, marks):
            continue
        if (
            found.cue.stance in ("support", "praise", "promise")
            and token.dep_ in ("advcl", "acl")
            and token.tag_ == "VB"
        ):
            continue
        if found.cue.stance == "show" and token.tag_ == "VB" and any(child.lower_ == "to" for child in token.lefts):
            # "to determine who fired" is what somebody is to do.
            continue
        if token.dep_ == "xcomp" and token.head.lemma_ in ("decline", "refuse"):
            # "declined to comment" is one saying.
            continue
        speaker = cues.agent(token) if found.passive else cues.subject(token)
        if speaker is not None and _quoted(speaker, marks):
            other = cues.beside(token)
            if other is not None and not _quoted(other, marks):
                speaker = other
        if found.cue.noun:
            speaker = _owner(token)
        elif (
            speaker is None
            and not found.passive
            and token.tag_ in ("VB", "VBN")
            and token.dep_ not in ("conj", "relcl")
        ):
            continue
        parts = [stretches(doc, tokens) for tokens in contents.content(doc, found)]
        out.append(Draft(found, speaker, [part for part in parts if part]))
    return out


def _quoted(token: Token, marks: Stretches[Quote]) -> bool:
    """Whether a word stands in quotation marks."""
    return any(quote.inner_start <= token.idx < quote.inner_end for quote in marks.over(token.idx, token.idx))


def _owner(noun: Token) -> Token | None:
    """Whose claim, fear or report it is: "Rome's claim that …", "claims by Rome that …"."""
    for child in noun.children:
        if child.dep_ == "poss":
            return child
        if child.dep_ == "prep" and child.lower_ in ("by", "from", "of"):
            return next((word for word in child.children if word.dep_ == "pobj"), None)
    return None


def _finish(doc: Doc, text: str, marks: Stretches[Quote], draft: Draft) -> Saying | None:
    """The draft as a saying: contents widened to the quotations they cut, freed of cue and speaker, trimmed."""
    tokens = draft.found.tokens
    cue = (doc[tokens[0]].idx, doc[tokens[-1]].idx + len(doc[tokens[-1]]))
    who: Stretch | None = None
    if draft.speaker is not None:
        inside = cues.phrase(draft.speaker) - set(tokens)
        inside = {i for i in inside if (i < tokens[0]) == (draft.speaker.i < tokens[0])}
        if inside:
            who = (doc[min(inside)].idx, doc[max(inside)].idx + len(doc[max(inside)]))
    holes = [cue, *([who] if who else [])]
    parts: list[tuple[Stretch, ...]] = []
    taken: list[Stretch] = list(holes)
    for part in draft.parts:
        wide = union(widened(part, marks, holes))
        cut = [piece for start, end in wide for piece in subtract(start, end, taken)]
        clean = trimmed(text, [without_that(text, piece, cue) for piece in cut])
        if clean:
            parts.append(tuple(clean))
            taken.extend(clean)
    if not parts or all(text[a:b].lower() in _PRONOUNS for part in parts for a, b in part):
        return None
    head = cues.antecedent(draft.speaker).i if draft.speaker is not None else None
    return Saying(cue, who, tuple(parts), draft.found.cue.stance, draft.found.negated, draft.found.token, head)


def _according(doc: Doc, text: str, quotes: Sequence[Quote]) -> list[Saying]:
    """ "According to X, …": the rest of the sentence is what X says."""
    out: list[Saying] = []
    for match in _ACCORDING.finditer(text):
        words = doc.char_span(*match.span())
        if words is None:
            continue
        token, nxt = words[0], words[-1]
        if any(q.start < token.idx < q.end for q in quotes):
            continue
        noun = next((child for child in nxt.children if child.dep_ == "pobj"), None)
        if noun is None:
            continue
        who_tokens = _before_clause(cues.phrase(noun), noun, token)
        who = (doc[min(who_tokens)].idx, doc[max(who_tokens)].idx + len(doc[max(who_tokens)]))
        cue = (token.idx, nxt.idx + len(nxt))
        sentence = token.sent
        start, end = sentence.start_char, sentence.end_char
        pieces = trimmed(text, subtract(start, end, [cue, (cue[1], who[0]) if who[0] > cue[1] else cue, who]))
        if pieces:
            out.append(Saying(cue, who, (tuple(pieces),), "say", False, token.i, noun.i))
    return out


def _before_clause(phrase: set[int], noun: Token, cue: Token) -> set[int]:
    """A phrase that opens its sentence, cut where the parser took the subject of what follows for an apposition.

    "According to Chief Dan Rush, a woman called at noon": the woman is not the chief.
    """
    if cue.i > cue.sent.start + 1:
        return phrase
    starts = [c.left_edge.i for c in noun.children if c.dep_ == "appos" and c.left_edge.lower_ in ("a", "an", "some")]
    return {i for i in phrase if i < min(starts) - 1} or phrase if starts else phrase


def _distinct(sayings: list[Saying]) -> list[Saying]:
    """Without sayings whose content another has already, or whose content is all inside another's cue and speaker."""
    out: list[Saying] = []
    seen: set[tuple[Stretch, ...]] = set()
    for saying in sayings:
        parts = tuple(part for part in saying.parts if part not in seen)
        seen.update(parts)
        if parts:
            out.append(msgspec.structs.replace(saying, parts=parts))
    return out
