"""Whom "he", "she", "it" and "they" can stand for: what the sentences before name, weighed by place and role.

In the manner of Lappin and Leass (1994): everybody named has weight by being a subject, a speaker, an object; each
sentence halves it, and the best mention counts most. What cannot be meant (another gender, another number, the other
argument of the same verb) is left out first. Where two are left with nearly the same weight, nobody is chosen.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import msgspec

from rashomon.claims import cues

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

LOOK_BACK = 4
"""Sentences that are searched for whom a pronoun stands for; those that are all quoted do not count."""
_FADES = 0.5
"""What a sentence leaves of the weight of those before it."""
_AGAIN = 0.25
"""What each further sentence that names somebody adds of its weight."""
_NAMED, _SUBJECT, _TOP, _SPEAKER, _OBJECT, _OWNER, _GENDER, _AHEAD, _ALONE = 40, 80, 40, 40, 40, 20, 30, 150, 40
"""Weights: of any mention, of a subject, of the main clause's, of who says something, of an object, of an owner; of
known gender; of the main clause's subject to which a pronoun in front of it looks ahead; of being the only one of the
nearest sentence that has any."""
_UNNAMED = 0.6
"""What somebody without a name weighs of it."""
CLEARLY = 1.1
"""How much heavier whoever is chosen must be than the next."""
_SUBJECTS = ("nsubj", "nsubjpass")
_FRONTED = ("prep", "advcl", "npadvmod")


class Candidate(msgspec.Struct):
    """Somebody whom a pronoun may stand for."""

    token: int
    """The head of his nearest mention."""
    key: str
    """Tells candidates apart: the entity, or the phrase."""
    named: bool
    known: bool
    """Whether the gender is known, and right."""
    by_sentence: dict[int, float] = {}
    extra: float = 0.0

    @property
    def weight(self) -> float:
        """The weight of his best sentence, with a part of the others'."""
        ranked = sorted(self.by_sentence.values(), reverse=True)
        told = (ranked[0] + _AGAIN * sum(ranked[1:]) if ranked else 0.0) + self.extra + _GENDER * self.known
        return told if self.named else told * _UNNAMED


def weight(token: Token) -> float:
    """What a mention headed by the token weighs in its own sentence."""
    while token.dep_ in ("conj", "appos") and token.head.pos_ in ("NOUN", "PROPN", "PRON"):
        token = token.head
    found: float = _NAMED
    presented = token.dep_ == "attr" and token.pos_ == "PROPN"
    if token.dep_ in _SUBJECTS or presented:
        # "Then there is Hale", "The wild card is Hale."
        found += _SUBJECT
        verb = token.head
        if verb.dep_ == "ROOT" or (verb.dep_ == "ccomp" and verb.head.dep_ == "ROOT" and verb.i < verb.head.i):
            found += _TOP
        if _says(verb):
            found += _SPEAKER
    elif token.dep_ in ("dobj", "dative"):
        found += _OBJECT
    elif token.dep_ == "poss":
        found += _OWNER
    elif token.dep_ == "pobj" and token.head.lower_ in ("to", "by") and _says(token.head.head):
        found += _SPEAKER
    return found


def _says(verb: Token) -> bool:
    """Whether a word is a cue of speech by itself; "be" is one with "clear" alone."""
    return any(cue.second is None for cue in cues.table().get(verb.lemma_.lower(), ()))


def bound(pronoun: Token, other: Token) -> bool:
    """Whether the grammar forbids that a pronoun stands for another word: they share a verb, or one owns the other."""
    if pronoun.dep_ == "poss":
        # "his brother" is nobody who is "he".
        return other.i == pronoun.head.i or pronoun.head.i in {a.i for a in other.ancestors if a.i > pronoun.i}
    if other.i == pronoun.head.i:
        return True
    if pronoun.head.i == other.head.i and other.dep_ != "poss" and pronoun.dep_ in (*_SUBJECTS, "dobj", "dative"):
        return True
    inside = other.head.dep_ == "prep" and other.head.head.i == pronoun.head.i
    return inside and pronoun.dep_ in _SUBJECTS


def ahead(pronoun: Token) -> Token | None:
    """The subject to which a pronoun in a phrase before it looks ahead: "In his speech, Hale said"."""
    at = pronoun
    while at.dep_ not in _FRONTED and at.head.i != at.i:
        at = at.head
    verb = at.head
    if at.dep_ not in _FRONTED or verb.i == at.i or at.left_edge.i > verb.i:
        return None
    subject = next((child for child in verb.children if child.dep_ in _SUBJECTS), None)
    fronted = subject is not None and at.right_edge.i < subject.left_edge.i
    return subject if fronted and subject is not None and subject.i > pronoun.i else None


def chosen(found: list[Candidate]) -> tuple[Candidate | None, Candidate | None]:
    """The candidate of most weight and, where it is nobody clearly, the one that stands against it."""
    ranked = sorted(found, key=lambda c: (-c.weight, -c.token))
    if not ranked:
        return None, None
    if len(ranked) > 1 and ranked[0].weight < CLEARLY * ranked[1].weight:
        return None, ranked[1]
    return ranked[0], None


def weighed(
    pronoun: Token,
    sentences: list[tuple[int, int]],
    here: int,
    quoted: Callable[[int], bool],
    heads: Callable[[int, int], list[Token]],
    fits: Callable[[Token], tuple[str, bool, bool] | None],
) -> list[Candidate]:
    """The candidates for a pronoun, each with all its weight.

    `heads` gives the heads of what two tokens have between them that could be meant, `fits` the key of one, whether
    it has a name, and whether its gender is known, or None where it cannot be meant. What is quoted names nobody for
    a pronoun outside.
    """
    doc: Doc = pronoun.doc
    found: dict[str, Candidate] = {}
    inside = quoted(pronoun.idx)
    left, share = LOOK_BACK, 1.0
    for k in range(here, -1, -1):
        start, end = sentences[k]
        if k < here and quoted(doc[start].idx) and quoted(doc[end - 1].idx) and not inside:
            continue
        first = not found
        for token in heads(start, min(end, pronoun.i)):
            if (quoted(token.idx) and not inside) or (k == here and bound(pronoun, token)):
                continue
            told = fits(token)
            if told is None:
                continue
            mine = found.setdefault(told[0], Candidate(token.i, *told, {}))
            mine.by_sentence[k] = max(mine.by_sentence.get(k, 0.0), share * weight(token))
        if first and len(found) == 1:
            next(iter(found.values())).extra += _ALONE
        share *= _FADES
        left -= 1
        if left < 0:
            break
    coming = ahead(pronoun)
    if coming is not None and (told := fits(coming)) is not None:
        found.setdefault(told[0], Candidate(coming.i, *told, {})).extra += _AHEAD
    return list(found.values())
