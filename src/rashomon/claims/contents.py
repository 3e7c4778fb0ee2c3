"""What the syntax says is said: the content of each cue, by the frames that the table of cues gives it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from rashomon.claims.cues import SUBJECTS, Found, agent, lemma_of, subject, table
from rashomon.claims.unsaid import CLAUSES, answers, finite, follows, not_said, nothing_said, own_subject, shown

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

ADDRESSED = frozenset(("tell", "inform", "assure", "warn", "remind", "advise"))
"""Verbs whose object is whom they speak to, not what they say."""
_COMPLETING = {
    "accuse": frozenset(("as", "of", "for", "against", "over")),
    "demand": frozenset(("as", "against", "to", "for")),
    "show": frozenset(("as", "with", "in", "at", "on")),
}
"""Prepositions whose phrases complete an object, by stance."""
_COUNTS = frozenset("number toll figure cost count total damage size share rate value price estimate loss".split())


def clause(verb: Token, cue: set[int]) -> set[int]:
    """The tokens of a clause after the word that introduces it, without the cue that governs it."""
    out = {token.i for token in verb.subtree} - cue
    mark = next((child.i for child in verb.children if child.dep_ == "mark" and child.lower_ == "that"), -1)
    first = verb.doc[min(out)] if out else verb
    if mark < 0 and first.lower_ == "that" and first.dep_ not in SUBJECTS:
        mark = first.i
    asides = [child for child in verb.children if child.dep_ == "advcl" and _contrasts(child)]
    for other in (*verb.conjuncts, *asides):
        if other.i > verb.i and _another(other):
            out -= _span_of(other)
    return {i for i in out if i > mark}


def _another(verb: Token) -> bool:
    """Whether a clause is a saying of somebody else's: "X said it would rise but Y denied it", "while Y denied it"."""
    own = any(child.dep_ == "nsubj" for child in verb.children)
    return own and lemma_of(verb) in table() and not _has_that(verb)


def _contrasts(verb: Token) -> bool:
    return any(c.dep_ == "mark" and c.lower_ in ("while", "whereas", "although", "though") for c in verb.children)


def content(doc: Doc, found: Found) -> list[set[int]]:
    """What the syntax says is said: the tokens of each content, several where clauses are coordinated."""
    token = doc[found.token]
    cue = set(found.tokens)
    if found.cue.noun:
        return [clause(child, cue) for child in token.children if child.dep_ in ("acl", "ccomp") and _has_that(child)]
    if found.cue.lemma == "question" and nothing_said(found, token):
        return []
    if found.passive:
        return _passive(token, found, cue)
    clauses = [
        child
        for child in token.children
        if (child.dep_ in CLAUSES or (child.dep_ == "advcl" and _has_that(child))) and not _is_adding(child)
    ]
    for frame in found.cue.frames:
        if frame in ("clause", "that"):
            parts = [child for child in clauses if child.dep_ != "xcomp" and _is_clause(child, found)]
            parts = [child for child in parts if frame == "clause" or finite(child)]
            # "He said it was late; photographs showed him": what a semicolon parts off is not what they show.
            parts = [p for p in parts if p.i > found.token or ";" not in doc[p.i : found.token].text]
            parts = [p for n, p in enumerate(parts) if n == 0 or p.i < found.token or not _another(p)]
            if len(parts) == 1:
                return _coordinated(parts[0], cue, _stray_subject(token, parts[0]))
            if parts:
                return [set().union(*(clause(part, cue) for part in parts))]
            if token.dep_ == "parataxis" and token.head.i != token.i:
                rest = {word.i for word in token.head.subtree} - {word.i for word in token.subtree}
                return [rest]
            if follows(token) and (own := own_subject(token)):
                return [set(range(token.sent.start, own.left_edge.i - 1))]
        elif got := _frame(token, frame, found, cue):
            return [got]
    return []


def _frame(token: Token, frame: str, found: Found, cue: set[int]) -> set[int]:
    """The content under one frame of the table, empty where the frame does not fit."""
    if frame == "quote":
        return set()
    after = [child for child in token.children if child.i > token.i]
    if frame == "inf":
        out = _spans_of(c for c in after if c.dep_ in ("xcomp", "ccomp") and any(w.lower_ == "to" for w in c.lefts))
        out |= _objects(token) if out else set()
    elif frame == "gerund":
        out = _spans_of(child for child in after if child.dep_ in ("xcomp", "pcomp") and child.tag_ == "VBG")
    elif frame == "np":
        out = _objects(token)
        if found.cue.stance in ("deny", "reject") and not_said(token):
            return set()
        if found.cue.stance == "show":
            out |= _spans_of(child for child in after if child.dep_ in ("ccomp", "xcomp"))
            if not shown(token):
                return set()
        if token.lemma_ == "put":
            return _put_at(token)
        out |= _with_object(token, found) if out else set()
    elif frame == "as":
        out = _spans_of(child for child in after if child.dep_ == "prep" and child.lower_ == "as")
        out |= _objects(token) if out else set()
    elif frame == "small":
        named = [child for child in after if child.dep_ in ("oprd", "xcomp", "ccomp", "attr")]
        whom = _objects(token) or any(child.dep_ in SUBJECTS for name in named for child in name.children)
        # "called 911", "a plan called Dawn": nobody is said to be anything.
        out = _spans_of(named) | _objects(token) if named and whom and token.dep_ != "acl" else set()
    else:
        out = _phrase(token, frame.removeprefix("pp:"), cue)
        if token.lemma_.lower() == "respond" and not found.negated and not answers(token):
            return set()
    return out - cue


def _put_at(token: Token) -> set[int]:
    """ "Put the number of dead at 15": what is counted, and the count."""
    counted = [child for child in token.children if child.dep_ == "dobj" and child.lemma_.lower() in _COUNTS]
    at = [child for child in token.children if child.dep_ == "prep" and child.lower_ == "at"]
    told = any(word.like_num for child in at for word in child.subtree)
    return _spans_of([*counted, *at]) if counted and told else set()


def _phrase(token: Token, preposition: str, cue: set[int]) -> set[int]:
    """The phrase with a preposition, which hangs on the verb or on the cue's second word."""
    out: set[int] = set()
    for child in token.children:
        if child.dep_ in ("xcomp", "ccomp", "advcl") and child.i > token.i:
            opening = [c.i for c in child.children if c.dep_ == "mark" and c.lower_ == preposition]
            out |= _span_of(child) - set(opening) if opening else set()
    for governor in (token, *(token.doc[i] for i in cue if i > token.i)):
        for child in governor.children:
            if child.dep_ not in ("prep", "prt", "advmod") or child.lower_ != preposition or child.i < token.i:
                continue
            out |= _span_of(child) - {child.i}
            if child.i in cue:
                rest = (other for other in token.children if other.dep_ in ("xcomp", "dobj") and other.i > child.i)
                out |= _spans_of(rest)
    return out


def _spans_of(tokens: Iterable[Token]) -> set[int]:
    return {i for token in tokens for i in _span_of(token)}


def _objects(token: Token) -> set[int]:
    """The verb's object after it, with all that hangs on it."""
    out: set[int] = set()
    for child in token.children:
        if child.dep_ in ("dobj", "oprd", "dative") and child.i > token.i and child.tag_ != "WP":
            out |= _span_of(child)
    if token.dep_ == "amod" and token.head.i > token.i and subject(token) is not None:
        out |= {i for i in _span_of(token.head) if i > token.i}
    return out


def _with_object(token: Token, found: Found) -> set[int]:
    """Phrases that complete an object: "of lying", "for the leak", "as a fraud", an infinitive, a predicate."""
    wanted = _COMPLETING.get(found.cue.stance, frozenset(("as", "against", "to")))
    out: set[int] = set()
    for child in token.children:
        if child.i <= token.i:
            continue
        if (child.dep_ == "prep" and child.lower_ in wanted) or (
            child.dep_ in ("xcomp", "ccomp") and not _is_adding(child)
        ):
            out |= _span_of(child)
    return out


def _span_of(token: Token) -> set[int]:
    return {word.i for word in token.subtree}


def _passive(token: Token, found: Found, cue: set[int]) -> list[set[int]]:
    """ "The house is expected to follow": the subject and what is said of it; "it was said that …": the clause."""
    tops = [child for child in token.children if child.dep_ in ("nsubjpass", "nsubj")]
    kinds = ("xcomp", "ccomp", "oprd") if {"small", "np"} & set(found.cue.frames) else ("xcomp", "ccomp")
    if found.cue.stance == "say" and "small" not in found.cue.frames:
        # "Eleven people were confirmed dead" is nobody's saying.
        kinds = ("xcomp", "ccomp")
    tails = [child for child in token.children if child.dep_ in kinds and child.i > token.i]
    preps = [c for c in token.children if c.dep_ == "prep" and c.lower_ in ("as", "of", "for") and c.i > token.i]
    told = token.lemma_.lower() in ADDRESSED or (tops and tops[0].lower_ == "it")
    if told and any(_has_that(child) for child in tails):
        return [clause(child, cue) for child in tails if _has_that(child)]
    if found.cue.stance == "expect" and not tails:
        preps = [c for c in token.children if c.dep_ in ("prep", "npadvmod") and c.i > token.i]
        tails = preps[:1]
    by = agent(token) is not None
    accused = found.cue.stance == "accuse" and any(child.lower_ == "of" for child in preps)
    called = token.dep_ not in ("acl", "relcl") and any(child.lower_ == "as" for child in preps)
    if found.cue.stance in ("deny", "reject") and not_said(token):
        return []
    complete = bool(tails) or by or accused or called
    if not tops or not complete:
        return []
    out: set[int] = set()
    for child in (*tops, *tails, *preps):
        out |= _span_of(child)
    return [out - cue]


def _has_that(verb: Token) -> bool:
    return any(child.dep_ == "mark" and child.lower_ == "that" for child in verb.children)


def _is_clause(verb: Token, found: Found) -> bool:
    """Whether a complement is a clause of its own: it has a subject, or it stands before its cue."""
    if verb.dep_ == "parataxis":
        return verb.i < found.token
    if any(child.dep_ in SUBJECTS for child in verb.children) or verb.i < found.token or verb.pos_ == "AUX":
        return True
    # The parser hung the clause's subject on the cue as its object ("said sirens … did not sound").
    return any(child.dep_ == "aux" and child.lower_ != "to" for child in verb.children)


def _is_adding(verb: Token) -> bool:
    """Whether a clause is a further saying hung on with a comma (", adding that …")."""
    return verb.tag_ == "VBG" and verb.lemma_.lower() in table() and verb.i > 0 and verb.nbor(-1).text == ","


def _stray_subject(token: Token, verb: Token) -> set[int]:
    """The object of a cue that is really the subject of the clause after it."""
    bare = not any(child.dep_ in SUBJECTS for child in verb.children) and verb.i > token.i
    return _objects(token) if bare and token.lemma_.lower() not in ADDRESSED else set()


def _coordinated(verb: Token, cue: set[int], stray: set[int]) -> list[set[int]]:
    """One content for each clause of "that A and that B"; one for all where "that" is not said again."""
    again = [child for child in verb.conjuncts if _has_that(child) and child.i > verb.i and child.head.i != child.i]
    if not again:
        return [clause(verb, cue) | stray]
    out: list[set[int]] = []
    rest = clause(verb, cue)
    for other in reversed(again):
        part = clause(other, cue)
        rest -= {word.i for word in other.subtree}
        out.insert(0, part)
    return [rest, *out]
