"""What kind of word a cue is in its sentence: behind what is said, or beside what is nothing said at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rashomon.claims.cues import SUBJECTS, Found, agent, subject
from rashomon.claims.mentions import gender_of, nouns

if TYPE_CHECKING:
    from spacy.tokens import Token

CLAUSES = frozenset(("ccomp", "xcomp", "parataxis"))
_BESIDE = frozenset(("advcl", "conj", "parataxis"))
_LINKS = frozenset(("IN", "WDT", "WP", "WRB"))
_COMPLEMENTS = ("dobj", "ccomp", "xcomp", "attr", "oprd", "acomp", "dative")
_UNSAID = frozenset(
    "bail access entry visa citizenship motion request permission appeal school coach manager employee staff worker "
    "minister official case lawsuit suit class student witness asylum parole benefit service coverage".split()
)
_ANSWERED = frozenset("request question criticism accusation allegation comment claim remark inquiry letter".split())


def follows(token: Token) -> bool:
    """Whether a cue follows the clause that is said, and the parser hung it on that as a clause of its own: "The tax
    will rise, a minister has confirmed, ending weeks of speculation"."""
    own = own_subject(token)
    if own is None or token.dep_ not in _BESIDE or token.head.i >= token.i or token.head.dep_ != "ROOT":
        return False
    first = own.left_edge
    if first.i == 0 or first.nbor(-1).text != "," or first.tag_ in _LINKS:
        return False
    if any(child.dep_ in ("cc", "mark", *_COMPLEMENTS) or child.tag_ == "WRB" for child in token.children):
        return False
    # A finite clause of its own stands before it, and nothing opens it that makes it a side clause.
    return finite(token.head) and not any(child.dep_ == "mark" for child in token.head.children)


def own_subject(token: Token) -> Token | None:
    """The subject that stands before a verb, if it has one of its own."""
    return next((child for child in token.children if child.dep_ == "nsubj" and child.i < token.i), None)


def nothing_said(found: Found, token: Token) -> bool:
    """Whether a cue stands with what is known to be nothing said: bail denied, a fire responded to, men found dead."""
    clause_ = any(child.dep_ in CLAUSES and finite(child) for child in token.children)
    if clause_ or found.negated:
        return False
    if found.cue.stance in ("deny", "reject"):
        return not_said(token)
    if found.cue.lemma == "question":
        # Who is questioned is interrogated; what is questioned is doubted.
        return any(_is_person(child) for child in token.children if child.dep_ in ("dobj", "nsubjpass"))
    if token.lemma_.lower() == "respond":
        return any(child.lower_ == "to" for child in token.children) and not answers(token)
    return token.lemma_.lower() == "find" and not shown(token)


def questioned(token: Token) -> bool:
    """Whether somebody is asked a question of which only the topic is told, and by nobody named: "asked about the
    delay, she …", "when asked for comment"."""
    if token.lemma_.lower() != "ask" or token.tag_ not in ("VBN", "VBD"):
        return False
    passive = any(child.dep_ in ("nsubjpass", "auxpass") for child in token.children)
    bare = token.dep_ in ("advcl", "acl", "ROOT", "dep") and not any(c.dep_ in SUBJECTS for c in token.children)
    told = any(child.dep_ in CLAUSES for child in token.children)
    return (passive or bare) and not told and agent(token) is None


def finite(verb: Token) -> bool:
    """Whether a clause has a finite verb: "found that it was late", not "found four men dead"."""
    return any(
        t.tag_ in ("VBD", "VBZ", "VBP", "MD") for t in (verb, *verb.children) if t == verb or t.dep_.startswith("aux")
    )


def _is_person(token: Token) -> bool:
    lemma = token.lemma_.lower()
    named = token.ent_type_ == "PERSON" or token.lower_.endswith("-year-old")
    return named or lemma in nouns("person") | nouns("description") or gender_of(lemma) is not None


def not_said(token: Token) -> bool:
    """Whether what is denied or dismissed is nothing that anybody said: bail, a visa, a coach."""
    heads = [child for child in token.children if child.dep_ in ("dobj", "nsubjpass", "dative")]
    if token.lemma_.lower() == "dismiss" and any(head.lower_ == "charges" for head in heads):
        return True
    return any(head.lemma_.lower() in _UNSAID or head.ent_type_ == "PERSON" for head in heads)


def shown(token: Token) -> bool:
    """Whether it is a document, a picture or a film that shows a thing."""
    by = subject(token)
    return by is not None and by.lemma_.lower() in nouns("document") | nouns("imagery") | nouns("video")


def answers(token: Token) -> bool:
    """Whether somebody responds to something said, rather than to a fire."""
    objects = [word for child in token.children if child.dep_ == "prep" for word in child.children]
    return any(word.lemma_.lower() in _ANSWERED for word in objects)
