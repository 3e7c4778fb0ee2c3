"""Which way a time lies from the publication day: what the verb beside it says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rashomon.reader import written

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_FUTURE_AUX = frozenset({"will", "wo", "'ll", "’ll", "shall", "may", "might", "must", "can", "should"})
_PLANNED = frozenset(
    (
        *("expect", "plan", "schedule", "due", "set", "intend", "hope", "propose", "want", "prepare", "aim", "vow"),
        *("promise", "pledge", "slate", "agree"),
    )
)
_SCHEDULED = frozenset(
    (
        *("begin", "open", "start", "meet", "resume", "expire", "end", "close", "arrive", "leave", "face", "hold"),
        *("vote", "kick", "take", "return", "air", "run", "head", "travel", "visit"),
    )
)
"""Verbs whose present tense is a timetable's: "the talks resume Thursday"."""


_AHEAD = frozenset({"expect", "forecast", "predict", "set", "slate", "tip", "bill", "schedule", "plan", "time", "book"})
_DUE = frozenset({"due", "expected", "forecast", "likely", "possible", "scheduled", "slated", "set"})
_IS = frozenset({"is", "are", "'s", "’s", "'re", "’re", "am"})


_PUT_OFF = frozenset(
    ("postpone", "delay", "adjourn", "extend", "defer", "reschedule", "suspend", "push", "move", "recess")
)
_SET_FOR = frozenset(("set", "call", "order", "arrange", "reschedule", "schedule"))
_UNTIL = frozenset({"until", "till", "to", "for"})
"""What a past decision puts off "until Tuesday" or sets "for Tuesday" lies ahead of it."""


_TO_BE = re.compile(r"(?:\b(?:is|are)|['’]s) (?:on|at|in|for) $", re.IGNORECASE)
"""What is on a day that is not today is to come: "the hearing is on Thursday"."""


def way(doc: Doc, start: int, end: int) -> int:
    """-1 where the time lies in the past, 1 where it lies in the future, 0 where nothing says.

    `start` and `end` are the characters of the time expression.
    """
    span = doc.char_span(start, end, alignment_mode="expand")
    if span is None or not len(span):
        return 0
    if _TO_BE.search(written(doc), max(0, start - 20), start):
        return 1
    root = span.root
    sentence = root.sent
    verb = _over(root)
    if verb is None:
        verb = next((token for token in reversed(doc[sentence.start : span.start]) if _finite(token)), None)
    if verb is None:
        verb = next((token for token in doc[span.end : sentence.end] if _finite(token)), None)
    if verb is None:
        return 0
    if span.start and _put_off(doc[span.start - 1], verb):
        return 1
    found = tense(verb)
    # "would try to undo Friday's ruling": what has its own noun is not what lies ahead.
    return -1 if found > 0 and doc[span.end - 1 : span.end + 1][-1].tag_ == "POS" and _would(verb) else found


def _put_off(before: Token, verb: Token) -> bool:
    """Whether the time behind a word is one that something was put off to or set for: "adjourned until Tuesday"."""
    words = _SET_FOR if before.lower_ == "for" else _PUT_OFF
    past = verb.tag_ in ("VBD", "VBN") and before.i > verb.i
    return past and before.lower_ in _UNTIL and verb.lemma_.lower() in words


def _would(verb: Token) -> bool:
    """Whether a past speaker looks ahead."""
    return any(child.lower_ == "would" for child in verb.children) or verb.tag_ == "VB"


def _finite(token: Token) -> bool:
    return token.pos_ in ("VERB", "AUX") and token.tag_ in ("VBD", "VBZ", "VBP", "MD", "VBN")


def _over(token: Token) -> Token | None:
    """The verb that governs a token."""
    at = token
    while at.head.i != at.i:
        at = at.head
        if at.pos_ in ("VERB", "AUX"):
            return at
    return at if at.pos_ in ("VERB", "AUX") else None


def tense(verb: Token) -> int:
    """-1 for a past verb, 1 for a future or planned one, 0 for the bare present."""
    at: Token = verb
    for _ in range(6):
        found = _own(at)
        if found is not None:
            return found
        if at.head.i == at.i:
            return 0
        higher = _over(at)
        if higher is None or higher is at:
            return 0
        at = higher
    return 0


def _ahead(verb: Token, aux: set[str]) -> bool:
    """Whether the verb says now what is to come: "is expected on Sunday", "is due on Sunday"."""
    if verb.tag_ == "VBN" and verb.lemma_.lower() in _AHEAD:
        return bool(aux & _IS)
    if verb.lower_ in _IS:
        return any(child.dep_ in ("acomp", "oprd", "attr") and child.lower_ in _DUE for child in verb.children)
    return False


def _own(verb: Token) -> int | None:
    """What one verb says by itself; None where it leaves it to the verb over it."""
    aux = [child for child in verb.children if child.dep_ in ("aux", "auxpass")]
    lower = {child.lower_ for child in aux}
    if lower & _FUTURE_AUX:
        return 1
    if "would" in lower:
        return 1
    if "could" in lower:
        return None
    if "to" in lower and verb.tag_ == "VB":
        over = _over(verb)
        over = None if over is verb else over
        if over is not None and over.lemma_.lower() in _PLANNED:
            return 1
        return 1 if over is not None and _own(over) == 0 else None
    if verb.lemma_.lower() in ("plan", "schedule", "slate") and verb.tag_ in ("VBD", "VBN", "VBG"):
        return 1
    if _ahead(verb, lower):
        return 1
    if verb.tag_ == "VBD" or any(child.tag_ == "VBD" for child in aux):
        return 1 if verb.tag_ == "VBG" and verb.lemma_ in ("go", "plan", "meet") and "going" in lower else -1
    if verb.tag_ == "VBN":
        return -1 if any(child.lower_ in ("has", "have", "had", "'ve", "having") for child in aux) or not aux else 0
    if verb.tag_ == "VBG":
        if lower & {"have", "has", "'ve", "’ve"}:
            return -1
        return 1 if any(child.lemma_ == "be" for child in aux) else None
    if verb.tag_ in ("VBZ", "VBP"):
        return int(verb.lemma_.lower() in _SCHEDULED)
    if verb.tag_ == "MD":
        return 1
    return None
