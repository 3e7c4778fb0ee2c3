"""The mood of a clause: what its auxiliaries, its conditions and its tense make of what it says.

After FactBank (Saurí and Pustejovsky, 2009); `status` adds what the cue of a saying makes of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

from rashomon.claims.tables import rows
from rashomon.model import Status

if TYPE_CHECKING:
    from spacy.tokens import Token

_FUTURE = frozenset(("will", "shall", "'ll", "’ll", "wo"))
_MAYBE = frozenset(("may", "might", "could"))
_WOULD = frozenset(("would", "'d", "’d"))
DUTY = frozenset(("must", "should", "ought"))
_DUTY_VERBS = frozenset(("need", "have"))
_IF = frozenset(("if", "unless", "provided", "providing", "lest"))
_AHEAD = frozenset(("set", "due", "about", "likely", "poised", "scheduled", "slated", "expected", "unlikely", "bound"))
_AHEAD_VERBS = frozenset(("plan", "intend", "expect", "schedule", "anticipate"))
_PERHAPS = frozenset(
    ("perhaps", "maybe", "possibly", "probably", "potentially", "allegedly", "reportedly", "apparently")
)
_SEEMING = frozenset(("seem", "appear"))
_INTENDED = frozenset(("plan", "intention"))
_SUBJECTS = frozenset(("nsubj", "nsubjpass", "csubj", "expl"))
_PREDICATES = frozenset(("attr", "acomp", "oprd"))
_SHOWING = frozenset(("look", "listen", "see", "thank", "welcome", "remember", "imagine", "say", "consider", "note"))
"""Imperatives that demand nothing: they ask for attention, or give thanks."""


@cache
def _words(kind: str) -> frozenset[str]:
    """The words of one kind in the table."""
    return frozenset(word for row in rows("mood") if row["kind"] == kind for word in row["words"].split(";"))


def of_clause(root: Token, inside: set[int] | None = None, reported: bool = False) -> Status:
    """The status that mood and modality of a clause give; `reported`: "would" is then the past's "will"."""
    own = [child for child in root.children if inside is None or child.i in inside]
    aux = {child.lower_ for child in own if child.dep_ in ("aux", "auxpass")}
    negated = any(child.dep_ == "neg" for child in own)
    done = "have" in aux or "'ve" in aux or "’ve" in aux
    if is_conditional(root, inside):
        return "conditional"
    if aux & {"must"} and done:
        return "possible"  # "must have left" is a guess, "should have left" a judgement on what is past.
    if negated and ("could" in aux or (root.lemma_ in _DUTY_VERBS and _takes_infinitive(root, own))):
        return "asserted"  # "couldn't win", "needn't go": what is not possible, or not asked for.
    if root.lemma_ in _SEEMING and not negated and _takes_infinitive(root, own):
        return "possible"
    if (
        root.pos_ == "NOUN"
        and root.lemma_ in _INTENDED
        and any(child.dep_ in ("acl", "prep", "relcl") for child in own)
    ):
        return "expected"
    if aux & _MAYBE or any(child.lower_ in _PERHAPS for child in own):
        return "possible"
    if aux & _FUTURE:
        return "expected"
    if _is_aside(root, own, aux):
        return "asserted"
    if (aux & DUTY and not done) or (root.lemma_ in _DUTY_VERBS and _takes_infinitive(root, own)):
        return "demanded"
    if _is_bidden(root, own, aux):
        return "demanded"
    if aux & _WOULD and not _had(root, aux):
        return "expected" if reported else "possible"
    if _is_ahead(root, own) or _is_scheduled(root, own, aux):
        return "expected"
    return "asserted"


def _had(root: Token, aux: set[str]) -> bool:
    """Whether the short form of "would" is that of "had": "she'd never been there"."""
    return "would" not in aux and root.tag_ == "VBN" and not aux & {"be", "get", "have"}


def is_conditional(root: Token, inside: set[int] | None) -> bool:
    """ "… if troops fight", "should it escalate"."""
    first = next((token for token in root.sent if token.is_alpha), root)
    if first.lower_ in ("should", "were", "had") and (inside is None or first.i in inside):
        turned = first.i + 1 < len(root.doc) and root.doc[first.i + 1].pos_ in ("PRON", "PROPN", "DET", "NOUN")
        return turned and "?" not in (token.text for token in root.sent)
    if root.tag_ == "VBD" and not any(child.dep_ == "aux" for child in root.children):
        return False  # "If he had a plan, it was not seen": both are told as facts.
    opening = min((i for i in inside or () if root.doc[i].is_alpha), default=None)
    if opening is not None and root.doc[opening].lower_ in _IF and root.doc[opening].head.i not in (root.i, opening):
        # The parser hangs the condition on the cue now and then.
        return not _offered(root, root.doc[opening].head)
    for child in root.children:
        if child.dep_ != "advcl" or (inside is not None and child.i not in inside):
            continue
        for word in child.children:
            if word.dep_ == "mark" and word.lower_ in _IF:
                return not _offered(root, child)
            if word.dep_ == "aux" and word.lower_ in ("should", "were", "had") and word.i < _subject_at(child):
                return True
    return False


def _offered(root: Token, condition: Token) -> bool:
    """Whether a condition only says for whom a fact is of use: "If you wish to help, a fund has been set up"."""
    aux = {child.lower_ for child in root.children if child.dep_ in ("aux", "auxpass")}
    yours = any(child.dep_ in _SUBJECTS and child.lower_ == "you" for child in condition.children)
    return yours and root.tag_ == "VBN" and bool(aux & {"has", "have"}) and not aux & (_MAYBE | _FUTURE | _WOULD)


def _is_aside(root: Token, own: list[Token], aux: set[str]) -> bool:
    """Whether a duty is only a turn of phrase: "I have to say", "it should be noted"."""
    said = root if aux & DUTY else None
    if root.lemma_ in _DUTY_VERBS:
        said = next((child for child in own if child.dep_ == "xcomp"), None)
    mine = any(child.dep_ in _SUBJECTS and child.lower_ in ("i", "we", "it", "one", "you") for child in own)
    return said is not None and mine and said.lemma_.lower() in _words("aside")


def _is_bidden(root: Token, own: list[Token], aux: set[str]) -> bool:
    """Whether a clause is an imperative ("Stop the vote", "Don’t go", "Let’s wait") or says that one has got to."""
    if root.lower_ == "got" and aux & {"have", "'ve", "’ve", "has", "'s"} and _takes_infinitive(root, own):
        return True
    if root.tag_ not in ("VB", "VBP") or root.lemma_.lower() in _SHOWING or root.dep_ not in ("ROOT", "ccomp"):
        return False
    first = next((token for token in root.sent if token.is_alpha), root)
    if not first.text[:1].isupper() and not (first.i and first.nbor(-1).is_quote):
        return False
    before = [child for child in own if child.i < root.i and not child.is_punct and child.dep_ != "neg"]
    return all(child.dep_ == "advmod" or child.lower_ in ("do", "please") for child in before) and not (
        aux - {"do"} or any(child.dep_ in _SUBJECTS for child in own) or root.lemma_ in ("be", "have")
    )


def _is_scheduled(root: Token, own: list[Token], aux: set[str]) -> bool:
    """Whether the present tells what a day to come is to bring: "The trial starts on June 4", "is starting on Monday".

    What begins every Monday, or on Mondays, is a habit.
    """
    lemma = root.lemma_.lower()
    going = root.tag_ == "VBG" and bool(aux & {"is", "are", "'s", "’s", "'re", "’re"}) and "been" not in aux
    if not (root.tag_ in ("VBZ", "VBP") and not aux) and not going:
        return False
    if lemma not in _words("scheduled") and not any(
        lemma == verb and child.lower_ == with_
        for verb, _, with_ in (entry.partition(" ") for entry in _words("scheduled with"))
        for child in (*own, *(part for one in own if one.dep_ == "prep" for part in one.children))
    ):
        return False
    days = [child for child in own if child.dep_ == "npadvmod" and child.i > root.i]
    days += [part for child in own if child.lower_ in _ON for part in child.children if part.dep_ == "pobj"]
    return any(_to_come(day) for day in days)


_ON = frozenset(("on", "from", "in", "at", "until", "by", "next"))


@cache
def _day_words() -> frozenset[str]:
    kinds = ("MONTH", "SHORTMONTH", "DAY", "WEEKDAY", "FULL", "SHORTDAY", "TODAY")
    return frozenset(row["word"].lower() for row in rows("time_words") if row["class"] in kinds)


def _to_come(day: Token) -> bool:
    """Whether a phrase may name a day that is still to come: "June 4", "Friday", "tomorrow", "next week"."""
    phrase = {token.lower_ for token in day.subtree}
    if phrase & {"every", "each", "last", "most", "ago"} or day.tag_ == "NNPS":
        return False
    return bool(phrase & (_day_words() | {"next", "tomorrow", "tonight", "later", "coming"}))


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
    if root.lemma_ == "be" and any(c.dep_ == "nsubj" for c in own) and not any(c.dep_ in _PREDICATES for c in own):
        asked = any(word.tag_ in ("WP", "WRB") for child in own if child.dep_ == "xcomp" for word in child.lefts)
        return root.tag_ in ("VBZ", "VBP") and not asked  # "The talks are to begin in May."
    return root.lower_ in _AHEAD or root.lemma_ in _AHEAD_VERBS
