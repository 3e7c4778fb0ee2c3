"""How a speaker commits to what is said: asserted, denied, declined, expected, possible, conditional, demanded.

After the factuality tradition (Saurí and Pustejovsky, FactBank, 2009): the status is the speaker's
commitment, read from the stance of the cue and from mood, modality and negation of the content.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from rashomon.claims.tables import rows
from rashomon.model import Status

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_OF_STANCE: dict[str, Status] = {
    "expect": "expected",
    "promise": "expected",
    "plan": "expected",
    "fear": "possible",
    "doubt": "possible",
    "demand": "demanded",
    "decline": "declined",
    "deny": "denied",
}
_FUTURE = frozenset(("will", "shall", "'ll", "’ll", "wo"))
_MAYBE = frozenset(("may", "might", "could"))
_DUTY = frozenset(("must", "should", "ought"))
_DUTY_VERBS = frozenset(("need", "have"))
_IF = frozenset(("if", "unless", "provided", "providing", "lest"))
_AHEAD = frozenset(("set", "due", "about", "likely", "poised", "scheduled", "slated", "expected", "unlikely", "bound"))
_AHEAD_VERBS = frozenset(("plan", "intend", "expect", "schedule", "anticipate"))
_PERHAPS = frozenset(
    ("perhaps", "maybe", "possibly", "probably", "potentially", "allegedly", "reportedly", "apparently")
)
_SILENT = frozenset(
    ("comment", "respond", "reply", "answer", "say", "disclose", "specify", "elaborate", "confirm", "reveal")
)
_KNOWING = frozenset(("know", "learn", "realize", "realise", "discover", "determine", "find"))
"""Not to know a thing is not to deny it."""
_PREDICATES = frozenset(("attr", "acomp", "oprd"))
_SPEECH_PAST = frozenset(("VBD", "VBN", "VBG"))


def _words(kind: str) -> frozenset[str]:
    return frozenset(word for row in rows("status") if row["kind"] == kind for word in row["words"].split(";"))


def of_saying(doc: Doc, stance: str, negated: bool, cue: Token | None, part: Iterable[int]) -> Status:
    """The status of one content of a saying; `part` are the content's tokens, `cue` the token that heads the cue."""
    inside = set(part)
    root = head_of(doc, inside)
    if negated and (turned := _of_negated(stance, cue.lemma_.lower() if cue is not None else "")):
        return turned
    if stance == "reject":
        return "denied" if _said_before(doc, inside) else "asserted"
    if stance in ("expect", "promise", "plan", "fear") and root is not None and _is_conditional(root, inside):
        return "conditional"
    if cue is not None and cue.lemma_.lower() in ("ask", "wonder") and _asks(doc, inside, root):
        # A question commits to nothing.
        return "possible"
    if stance in _OF_STANCE:
        return _OF_STANCE[stance]
    if root is None:
        return "asserted"
    found = of_clause(root, inside, reported=cue is not None and cue.tag_ in _SPEECH_PAST)
    if found == "asserted" and stance == "warn":
        return "possible"
    if found == "asserted" and stance in ("say", "report", "show", "believe") and _denies(root, inside):
        return "denied"
    return found


def _of_negated(stance: str, lemma: str) -> Status | None:
    """The status where the cue itself is negated; None where that changes nothing."""
    if lemma in _SILENT:
        return "declined"
    if lemma in _KNOWING:
        return "possible"
    if stance in ("believe", "show"):
        return "denied"
    return "asserted" if stance in ("plan", "promise", "deny") else None


def _asks(doc: Doc, inside: set[int], root: Token | None) -> bool:
    """Whether a content is a question: it ends in a question mark, or is opened by whether, if or a question word."""
    words = [doc[i] for i in sorted(inside) if doc[i].is_alpha or doc[i].text == "?"]
    opened = bool(words) and (words[0].lower_ in ("whether", "if") or words[0].tag_ in ("WP", "WRB", "WDT"))
    marked = root is not None and any(
        child.dep_ == "mark" and child.lower_ in ("whether", "if") for child in root.children
    )
    return opened or marked or bool(words and words[-1].text == "?")


def of_clause(root: Token, inside: set[int] | None = None, reported: bool = False) -> Status:
    """The status that mood and modality of a clause give; `reported`: "would" is then the past's "will"."""
    own = [child for child in root.children if inside is None or child.i in inside]
    aux = {child.lower_ for child in own if child.dep_ in ("aux", "auxpass")}
    if _is_conditional(root, inside):
        return "conditional"
    if aux & _MAYBE or any(child.lower_ in _PERHAPS for child in own):
        return "possible"
    if aux & _FUTURE:
        return "expected"
    if aux & _DUTY or (root.lemma_ in _DUTY_VERBS and _takes_infinitive(root, own)):
        return "demanded"
    if "would" in aux:
        return "expected" if reported else "possible"
    if _is_ahead(root, own):
        return "expected"
    return "asserted"


def head_of(doc: Doc, inside: set[int]) -> Token | None:
    """The token that the rest of a stretch hangs on, a verb before anything else."""
    tops = [doc[i] for i in sorted(inside) if doc[i].head.i not in inside or doc[i].head.i == i]
    tops = [token for token in tops if not token.is_punct and not token.is_space]
    verbs = [token for token in tops if token.pos_ in ("VERB", "AUX")]
    finite = [token for token in verbs if any(child.dep_ in ("nsubj", "nsubjpass", "expl") for child in token.children)]
    return next(iter(finite or verbs or tops), None)


def _is_conditional(root: Token, inside: set[int] | None) -> bool:
    """ "… if troops fight", "should it escalate"."""
    for child in root.children:
        if child.dep_ != "advcl" or (inside is not None and child.i not in inside):
            continue
        for word in child.children:
            if word.dep_ == "mark" and word.lower_ in _IF:
                return True
            if word.dep_ == "aux" and word.lower_ in ("should", "were", "had") and word.i < _subject_at(child):
                return True
    return False


def _subject_at(verb: Token) -> int:
    return next((child.i for child in verb.children if child.dep_ in ("nsubj", "nsubjpass")), -1)


def _takes_infinitive(root: Token, own: Iterable[Token]) -> bool:
    return any(child.dep_ == "xcomp" and any(c.lower_ == "to" for c in child.lefts) for child in own)


def _is_ahead(root: Token, own: list[Token]) -> bool:
    """ "is set to", "is likely to", "is going to", "plans to", "is expected to"."""
    if not _takes_infinitive(root, own):
        return any(child.lower_ in _AHEAD and _takes_infinitive(child, list(child.children)) for child in own)
    if root.lemma_ == "go" and root.tag_ == "VBG":
        return True
    return root.lower_ in _AHEAD or root.lemma_ in _AHEAD_VERBS


def _said_before(doc: Doc, inside: set[int]) -> bool:
    """Whether what is rejected is something said: a claim, a report, an accusation, or the words "as false"."""
    said, false = _words("said"), _words("false")
    return any(doc[i].lemma_.lower() in said or doc[i].lower_ in false for i in inside)


def _denies(root: Token, inside: set[int]) -> bool:
    """ "It is not true", "had no part in", "was not involved", "is baseless": a content that is itself a denial."""
    tokens = [token for token in root.subtree if token.i in inside]
    if any(token.lower_ in _words("false") and _predicated(token, root) for token in tokens[:12]):
        return True
    negated = any(child.dep_ == "neg" for child in root.children) or any(
        child.dep_ in ("dobj", "attr") and any(c.lower_ == "no" for c in child.children) for child in root.children
    )
    if root.lemma_.lower() in _KNOWING or not negated:
        return False
    if not any(child.dep_ in ("nsubj", "nsubjpass") and child.pos_ == "PRON" for child in root.children):
        # "Alcohol was not involved" clears nobody; "it was not involved" is the speaker's own denial.
        return False
    words = (token for token in tokens[:12] if token.dep_ not in ("aux", "auxpass"))
    return any(token.lemma_.lower() in _words("blame") for token in words)


def _predicated(token: Token, root: Token) -> bool:
    """Whether a word is what a clause says of its subject ("is false"), not a word in passing."""
    head = token.head if token.dep_ == "conj" else token
    return token == root or head.dep_ in _PREDICATES
