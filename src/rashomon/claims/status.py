"""How a speaker commits to what is said: asserted, denied, declined, expected, possible, conditional, demanded.

After the factuality tradition (Saurí and Pustejovsky, FactBank, 2009): the status is the speaker's
commitment, read from the stance of the cue and from mood, modality and negation of the content.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from rashomon.claims import mood
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
_SILENT = frozenset(
    ("comment", "respond", "reply", "answer", "say", "disclose", "specify", "elaborate", "confirm", "reveal")
)
_ASKING = frozenset(("ask", "wonder"))
_TELLING = frozenset(("tell", "advise", "instruct", "remind"))
_WISHING = frozenset(("want", "wish", "like", "need"))
_KNOWING = frozenset(("know", "learn", "realize", "realise", "discover", "determine", "find", "seem", "appear"))
"""Not to know a thing is not to deny it, and what does not seem so is left open."""
_AMAZED = frozenset(("can", "ca", "could"))
_SURE = frozenset(("sure", "certain", "clear", "convinced", "known", "obvious", "confident", "apparent", "evident"))
_SUBJECTS = frozenset(("nsubj", "nsubjpass", "csubj", "expl"))
_CALLED = frozenset(("dobj", "nsubj", "nsubjpass"))
_PREDICATES = frozenset(("attr", "acomp", "oprd"))
_DEEDS = frozenset(("demand", "accuse", "praise", "support", "warn"))
"""Stances that do something to somebody; who does not do it tells nothing of it."""
_JUDGING = frozenset(("accuse", "warn", "praise", "support", "reject", "believe"))
"""Stances whose content, where it is a thing, is judged and not announced: "criticized a plan to build"."""
_SPEECH_PAST = frozenset(("VBD", "VBN", "VBG"))


def _words(kind: str) -> frozenset[str]:
    return frozenset(word for row in rows("status") if row["kind"] == kind for word in row["words"].split(";"))


def of_saying(doc: Doc, stance: str, negated: bool, cue: Token | None, part: Iterable[int]) -> Status:
    """The status of one content of a saying; `part` are the content's tokens, `cue` the token that heads the cue."""
    inside = set(part)
    root = head_of(doc, inside)
    negated = negated or (cue is not None and _nobody(cue))
    if turned := _of_cue(stance, negated, cue, root):
        return turned
    if stance == "deny" and cue is not None and cue.lemma_.lower() == "dismiss" and _as(doc, inside):
        return "denied" if _said_before(doc, inside) else "asserted"  # "dismissed him as a fool"
    if stance == "reject":
        return "denied" if _said_before(doc, inside) else "asserted"
    if stance in ("expect", "promise", "plan", "fear") and root is not None and mood.is_conditional(root, inside):
        return "conditional"
    if _wonders(cue) and any(doc[i].tag_ in ("WP", "WRB") and doc[i].dep_ != "det" for i in sorted(inside)[:6]):
        return "possible"  # "asked the senator who would win"
    if _asks(doc, inside, root) and (_alone(doc, inside) or _wonders(cue)):
        # A question commits to nothing.
        return "possible"
    if cue is not None and cue.lemma_.lower() in _WISHING and not negated and _of_others(root, cue):
        # "wants him to go" asks somebody for something; "wants to go" tells what is to come.
        return "demanded"
    if stance in _OF_STANCE:
        return _OF_STANCE[stance]
    if root is None:
        return "asserted"
    if cue is not None and cue.lemma_.lower() in _TELLING and any(c.tag_ == "TO" for c in root.children):
        return "demanded"  # "told residents to stay"
    found = mood.of_clause(root, inside, reported=cue is not None and cue.tag_ in _SPEECH_PAST)
    if found == "expected" and root.pos_ == "NOUN" and stance in _JUDGING:
        found = "asserted"
    if found == "asserted" and stance == "warn":
        return "possible"
    if found == "asserted" and stance in ("say", "report", "show", "believe"):
        return "denied" if _denies(root, inside) or _called_false(doc, inside) else found
    return found


def _of_cue(stance: str, negated: bool, cue: Token | None, root: Token | None) -> Status | None:
    """The status that the cue alone decides; None where it decides nothing."""
    if cue is None:
        return _of_negated(stance, "", root) if negated else None
    if _neither(cue):
        return "declined"
    if not negated:
        return "possible" if cue.lemma_.lower() == "doubt" and cue.pos_ == "VERB" else None
    if any(child.lower_ in mood.DUTY for child in cue.children if child.dep_ == "aux"):
        return "demanded"  # "should not confirm anybody"
    if any(child.dep_ in _PREDICATES and child.lower_ in _SURE for child in cue.children):
        return "possible"  # "is not sure she can win", "it is not clear why he left"
    return _of_negated(stance, cue.lemma_.lower(), root)


def _neither(cue: Token) -> bool:
    """ "Would neither confirm nor deny the arrest"."""
    verbs = {cue.lemma_.lower(), cue.head.lemma_.lower(), *(verb.lemma_.lower() for verb in cue.conjuncts)}
    either = (child for verb in (cue, cue.head) for child in verb.children)
    return verbs >= {"confirm", "deny"} and any(child.lower_ == "neither" for child in either)


def _nobody(cue: Token) -> bool:
    """Whether nobody says it: "no one expected", "few believe"."""
    who = [child for child in cue.children if child.dep_ in _SUBJECTS]
    return any(one.lower_ in ("nobody", "none", "few") or any(c.lower_ == "no" for c in one.children) for one in who)


def _of_negated(stance: str, lemma: str, root: Token | None) -> Status | None:
    """The status where the cue itself is negated; None where that changes nothing."""
    if lemma in _SILENT:
        return "declined"
    if lemma in _KNOWING:
        return "possible"
    if stance == "show" and root is not None and root.pos_ in ("VERB", "AUX"):
        return "possible"  # What "does not show that he knew" leaves it open.
    if stance in ("believe", "show"):
        return "denied"
    if stance in _DEEDS:
        return "declined"  # "did not call for a strike", "stopped short of blaming the firm"
    return "asserted" if stance in ("plan", "promise", "deny", "expect") else None


def _wonders(cue: Token | None) -> bool:
    return cue is not None and cue.lemma_.lower() in _ASKING


def _asks(doc: Doc, inside: set[int], root: Token | None) -> bool:
    """Whether a content is a question: it ends in a question mark, or is opened by whether, if or a question word."""
    words = [doc[i] for i in sorted(inside) if doc[i].is_alpha or doc[i].text == "?"]
    opened = bool(words) and (words[0].lower_ in ("whether", "if") or words[0].tag_ in ("WP", "WRB", "WDT"))
    marked = root is not None and any(
        child.dep_ == "mark" and child.lower_ in ("whether", "if") for child in root.children
    )
    return opened or marked or bool(words and words[-1].text == "?")


def head_of(doc: Doc, inside: set[int]) -> Token | None:
    """The token that the rest of a stretch hangs on, a verb before anything else."""
    tops = [doc[i] for i in sorted(inside) if doc[i].head.i not in inside or doc[i].head.i == i]
    tops = [token for token in tops if not token.is_punct and not token.is_space]
    verbs = [token for token in tops if token.pos_ in ("VERB", "AUX")]
    finite = [token for token in verbs if any(child.dep_ in ("nsubj", "nsubjpass", "expl") for child in token.children)]
    main = [token for token in finite if not any(c.dep_ == "mark" and c.lower_ != "that" for c in token.children)]
    return next(iter(main or finite or verbs or tops), None)


def _of_others(root: Token | None, cue: Token) -> bool:
    """Whether what is wished is for others to do: the content has a subject of its own, or an object before "to"."""
    if root is None:
        return False
    subject = any(child.dep_ in _SUBJECTS for child in root.children)
    whom = root.dep_ in ("dobj", "nsubj") and any(child.dep_ in ("xcomp", "ccomp") for child in cue.children)
    return subject or whom


def _alone(doc: Doc, inside: set[int]) -> bool:
    """Whether a content is one question and nothing else."""
    words = [doc[i] for i in sorted(inside) if not doc[i].is_space and not doc[i].is_quote]
    stops = [token.text for token in words if token.text in (".", "!", "?", "…", ";")]
    opening = next((token for token in words if token.is_alpha), None)
    asks = opening is not None and (opening.tag_ in ("WP", "WRB", "WDT", "MD") or opening.pos_ == "AUX")
    return stops == ["?"] and asks and bool(words) and words[-1].text == "?"


def _said_before(doc: Doc, inside: set[int]) -> bool:
    """Whether what is rejected is something said: a claim, a report, an accusation, or the words "as false"."""
    said, false = _words("said"), _words("false")
    return any(doc[i].lemma_.lower() in said or doc[i].lower_ in false for i in inside)


def _as(doc: Doc, inside: set[int]) -> bool:
    return any(doc[i].lower_ == "as" and doc[i].dep_ == "prep" for i in inside)


def _denies(root: Token, inside: set[int]) -> bool:
    """ "It is not true", "had no part in", "was not involved", "is baseless": a content that is itself a denial."""
    tokens = [token for token in root.subtree if token.i in inside]
    if any(token.lower_ in _words("false") and _predicated(token, root) for token in tokens[:12]):
        return True
    if root.lemma_.lower() == "be" and any(_untrue(child) for child in root.children):
        return True
    negated = any(child.dep_ == "neg" for child in root.children) or any(
        child.dep_ in ("dobj", "attr") and any(c.lower_ == "no" for c in child.children) for child in root.children
    )
    if root.lemma_.lower() in _KNOWING or not negated:
        return False
    if root.lemma_.lower() in ("believe", "think") and any(child.dep_ == "ccomp" for child in root.children):
        # "said that she does not believe it was lost"; who "cannot believe what they found" is amazed by it.
        return not any(child.dep_ == "aux" and child.lower_ in _AMAZED for child in root.children)
    if not any(child.dep_ in ("nsubj", "nsubjpass") and child.pos_ == "PRON" for child in root.children):
        # "Alcohol was not involved" clears nobody; "it was not involved" is the speaker's own denial.
        return False
    words = (token for token in tokens[:12] if token.dep_ not in ("aux", "auxpass"))
    return any(token.lemma_.lower() in _words("blame") for token in words)


def _called_false(doc: Doc, inside: set[int]) -> bool:
    """Whether something said is called untrue: 'the office called the report "a fabrication"'."""
    said, false = _words("said"), _words("false")
    called = any(doc[i].lower_ in false and doc[i].dep_ in _PREDICATES | {"dobj", "ccomp"} for i in inside)
    return called and any(doc[i].lemma_.lower() in said and doc[i].dep_ in _CALLED for i in inside)


def _untrue(word: Token) -> bool:
    """Whether something is said to have none of what makes a report true: "there is no truth in it"."""
    return word.lemma_.lower() in _words("true") and any(child.lower_ == "no" for child in word.children)


def _predicated(token: Token, root: Token) -> bool:
    """Whether a word is what a clause says of its subject ("is false"), not a word in passing or what he does."""
    if token == root and any(child.dep_ == "dobj" for child in token.children):
        return False
    head = token.head if token.dep_ == "conj" else token
    return token == root or head.dep_ in _PREDICATES
