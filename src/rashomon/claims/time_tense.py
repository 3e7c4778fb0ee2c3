"""Which way a time lies from the publication day: what the verb beside it says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rashomon.claims.time_named import happenings, tellers
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
_HAVE = frozenset({"has", "have", "had", "'ve", "’ve", "having"})
_IS = frozenset({"is", "are", "'s", "’s", "'re", "’re", "am"})


_PUT_OFF = frozenset(
    ("postpone", "delay", "adjourn", "extend", "defer", "reschedule", "suspend", "push", "move", "recess")
)
_SET_FOR = frozenset(("set", "call", "order", "arrange", "reschedule", "schedule"))
_UNTIL = frozenset({"until", "till", "to", "for"})
"""What a past decision puts off "until Tuesday" or sets "for Tuesday" lies ahead of it."""


_TO_BE = re.compile(r"(?:\b(?:is|are)|['’]s) (?:on|at|in|for) $", re.IGNORECASE)
"""What is on a day that is not today is to come: "the hearing is on Thursday"."""


_SINCE = re.compile(r"\bsince $", re.IGNORECASE)
_SOON = re.compile(r"(?:\bas (?:soon|early) as|\bcome) $", re.IGNORECASE)
"""What may be "as soon as Friday", or will be "come November", is to come, where no past verb stands over it."""


def way(doc: Doc, start: int, end: int) -> int:
    """-1 where the time lies in the past, 1 where it lies in the future, 0 where nothing says.

    -2 where it cannot but be past: behind "since", and where it is of a shooting or a verdict.

    `start` and `end` are the characters of the time expression.
    """
    span = doc.char_span(start, end, alignment_mode="expand")
    if span is None or not len(span):
        return 0
    if _SINCE.search(written(doc), max(0, start - 10), start):
        return -2
    if _TO_BE.search(written(doc), max(0, start - 20), start):
        return 1
    root = span.root
    sentence = root.sent
    if _done(root):
        return -2
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
    if not found and _SOON.search(written(doc), max(0, start - 20), start):
        return 1
    # "would try to undo Friday's ruling": what has its own noun is not what lies ahead.
    return -1 if found > 0 and doc[span.end - 1 : span.end + 1][-1].tag_ == "POS" and _would(verb) else found


def is_of_saying(doc: Doc, start: int, end: int) -> bool:
    """Whether a time dates no more than that somebody says something: "police said Saturday"."""
    span = doc.char_span(start, end, alignment_mode="expand")
    if span is None or not len(span):
        return False
    verb = _over(span.root)
    return verb is not None and verb.lemma_.lower() in tellers("saying") and span.root.head.i in (verb.i, verb.i + 1)


def _put_off(before: Token, verb: Token) -> bool:
    """Whether the time behind a word is one that something was put off to or set for: "adjourned until Tuesday"."""
    words = _SET_FOR if before.lower_ == "for" else _PUT_OFF
    past = verb.tag_ in ("VBD", "VBN") and before.i > verb.i
    return past and before.lower_ in _UNTIL and verb.lemma_.lower() in words


def _done(word: Token) -> bool:
    """Whether a time belongs to what has happened, whatever the verb: "her victories on Tuesday will help"."""
    at = word
    while at.head.i != at.i and at.head.pos_ not in ("VERB", "AUX"):
        at = at.head
        if at.lemma_.lower() in happenings("done"):
            return True
    return False


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


def _is_prospect(word: Token) -> bool:
    """Whether a word names what may come, or is the "forward" of "looks forward to"."""
    return word.lemma_.lower() in tellers("prospect") or word.lemma_.lower() == "look"


def _own(verb: Token) -> int | None:
    """What one verb says by itself; None where it leaves it to the verb over it."""
    lower = {child.lower_ for child in verb.children if child.dep_ in ("aux", "auxpass")}
    if lower & _FUTURE_AUX or "would" in lower:
        return 1
    if "could" in lower:
        denied = any(child.dep_ == "neg" for child in verb.children)
        return 1 if verb.dep_ == "ccomp" and not denied and verb.lemma_.lower() not in tellers("witness") else None
    if "to" in lower and verb.tag_ in ("VB", "VBN"):
        return _infinitive(verb, lower)
    if verb.lemma_.lower() in ("plan", "schedule", "slate") and verb.tag_ in ("VBD", "VBN", "VBG"):
        return 1
    if _ahead(verb, lower):
        return 1
    if verb.tag_ == "VBD" or any(child.tag_ == "VBD" for child in verb.children if child.lower_ in lower):
        return 1 if verb.tag_ == "VBG" and verb.lemma_ in ("go", "plan", "meet") and "going" in lower else -1
    if verb.tag_ == "VBN":
        return -1 if lower & _HAVE or not lower else 0
    if verb.tag_ == "VBG":
        return _ing(verb, lower)
    if verb.tag_ in ("VBZ", "VBP"):
        return _present(verb)
    return 1 if verb.tag_ == "MD" else None


def _infinitive(verb: Token, aux: set[str]) -> int | None:
    """ "plans to meet" and "to be shown" lie ahead; "failed to meet" is left to "failed"."""
    if verb.tag_ == "VBN":
        return 1 if "be" in aux else -1
    over = _over(verb)
    over = None if over is verb else over
    if over is not None and over.lemma_.lower() in _PLANNED:
        return 1
    return 1 if over is not None and _own(over) == 0 else None


def _ing(verb: Token, aux: set[str]) -> int | None:
    """ "is meeting" and "the chance of meeting" lie ahead, "having met" is past."""
    if verb.dep_ == "pcomp" and verb.head.lower_ in ("of", "to") and _is_prospect(verb.head.head):
        return 1
    if aux & _HAVE:
        return -1
    if not any(child.lemma_ == "be" for child in verb.children if child.lower_ in aux):
        return None
    return int(verb.lemma_.lower() not in tellers("study"))


def _present(verb: Token) -> int:
    """What the present tense says: a timetable's, or that of a clause of what is to come, lies ahead."""
    children = {child.lower_ for child in verb.children}
    if verb.lemma_.lower() in tellers("back") and "back" in children:
        return -1
    return int(verb.lemma_.lower() in _SCHEDULED or bool(children & tellers("clause")))
