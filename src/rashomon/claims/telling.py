"""Whether a clause in a page's own voice tells of an event, or of a state that can change.

An event: a verb of happening or doing, in the past, the perfect, the passive or the progressive, with a participant
that is definite: a name, a day, or something that the text has pointed at. A state: "is", "remains" with a word that
the table has ("closed", "at large"), or "there is no …". Habits, descriptions and what anybody may do tell nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

from rashomon.claims.tables import rows

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_PREDICATES = frozenset({"attr", "acomp", "advmod", "prep", "oprd", "prt"})
_REMAINING = frozenset({"be", "remain", "stay", "lie", "stand", "keep"})
_PRESENT = frozenset({"VBZ", "VBP"})
_POINTING = frozenset({"the", "this", "that", "these", "those", "his", "her", "its", "their", "our", "both", "all"})
_POINTED = frozenset({"the", "this", "these", "both"})
_NOBODY = frozenset({"you", "one", "it", "who", "which", "that", "what", "there", "i"})
_SHORT = 4
# Words that a line without a verb has at least, its figure among them, or the label before its colon.


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(word for row in rows("telling") if row["kind"] == kind for word in row["words"].split(";"))


def tells(verb: Token, clause: Span) -> bool:
    """Whether the clause that the verb heads tells of an event, or of a state that can change."""
    subject = next((child for child in verb.children if child.dep_ in _SUBJECTS), None)
    none = any(child.dep_ == "expl" for child in verb.children) and any(word.lower_ == "no" for word in clause)
    if none and (_fixed(clause) or any(word.lemma_.lower() in _words("none") for word in clause)):
        return True
    if subject is None or (subject.lower_ in _NOBODY and not _none(subject)) or not _definite(subject, verb, clause):
        return False
    aux = [child for child in verb.children if child.dep_ in ("aux", "auxpass")]
    if any(child.tag_ == "MD" for child in aux):
        return _anew(verb)
    if verb.lemma_.lower() in _REMAINING and verb.tag_ != "VBG":
        return _stands(verb) or _no_longer(clause)
    still = verb.lemma_.lower() in _words("still") and not (verb.tag_ == "VBN" and _passive(aux))
    if still and not _moved(verb) and not _dated(verb):
        return False
    # With a subject of its own and no auxiliary a participle is a past tense that the reader has mistaken.
    if verb.tag_ in ("VBD", "VBN", "VB") or (verb.tag_ == "VBG" and aux):
        return True
    return verb.tag_ in _PRESENT and _anew(verb)


def counts(line: Span) -> bool:
    """Whether a line without a verb is worth reading for its figure: "Flu: 537 in hospital.", "Turnout 61 percent." """
    words = [token for token in line if not token.is_punct and not token.is_space]
    label = any(token.text == ":" and token.i > line.start for token in line)
    ended = line[-1].text in (".", ";") or (len(line) > 1 and line[-2].text == ".")
    return len(words) >= (_SHORT - 1 if label else _SHORT) and (label or ended)


def _passive(aux: Iterable[Token]) -> bool:
    return any(child.dep_ == "auxpass" for child in aux)


def _moved(verb: Token) -> bool:
    """Whether a verb that tells nothing by itself does with what it takes: "came into force", "had gone back"."""
    return verb.lemma_.lower() in ("come", "go", "turn", "get") and any(
        child.dep_ in ("prt", "prep") or (child.dep_ == "advmod" and child.lower_ in _words("stands"))
        for child in verb.children
    )


def _dated(verb: Token) -> bool:
    """Whether a verb of happening has a day or a place, and takes nothing: "Work on the tunnel began in 2016"."""
    if verb.lemma_.lower() not in _words("dated") or verb.tag_ in _PRESENT:
        return False
    if any(child.dep_ in ("xcomp", "ccomp", "dobj") for child in verb.children):
        return False
    return any(child.dep_ in ("prep", "npadvmod") and _fixed(child.subtree) for child in verb.children)


def _stands(verb: Token) -> bool:
    """Whether what the subject is said to be is a state that the table has."""
    found = [child for child in verb.children if child.dep_ in _PREDICATES]
    found += [part for child in found for part in child.children if child.dep_ == "attr" and part.dep_ == "conj"]
    return any(child.lower_ in _words("stands") or child.tag_ == "VBN" for child in found)


def _anew(verb: Token) -> bool:
    """Whether a state is said to begin or to end: "guests can camp again", "trains run today"."""
    return any(word.lower_ in _words("anew") for word in verb.subtree if word.pos_ in ("ADV", "NOUN", "ADP"))


def _no_longer(clause: Span) -> bool:
    """Whether a state is said to have ended: "Sven Hall is no longer coach"."""
    return any(word.lower_ == "longer" and word.i > clause.start and word.nbor(-1).lower_ == "no" for word in clause)


def _definite(subject: Token, verb: Token, clause: Span) -> bool:
    """Whether the subject is somebody or something in particular, or the clause says who, what, where or when.

    What is past, or a state that can change, is one in particular where the clause points at anything, whoever did it:
    "rescuers found the boy", "a worn cable caused the crash"; so it is where it befell none.
    """
    if subject.pos_ == "PROPN" or _fixed(clause):
        return True
    if any(child.lower_ in _POINTING or child.dep_ == "poss" for child in subject.children):
        return True
    if verb.tag_ == "VBG" and _anew(verb):
        return True  # "Ferries are running again."
    if verb.tag_ not in ("VBD", "VBN") and verb.lemma_.lower() not in _REMAINING:
        return False
    return _none(subject) or any(word.lower_ in _POINTED or word.tag_ == "PRP$" for word in clause)


def _none(subject: Token) -> bool:
    return subject.lower_ in ("nobody", "none") or any(child.lower_ == "no" for child in subject.children)


def _fixed(clause: Iterable[Token]) -> bool:
    """Whether words name somebody, a place or a day; a first word is in capitals in any case."""
    words = list(clause)
    return any(word.ent_type_ or (word.pos_ == "PROPN" and word is not words[0]) for word in words)
