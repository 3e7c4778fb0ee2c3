"""Which words of a parsed text mark a saying, and who the syntax says it is that says it.

The cues are `tables/cues.tsv`. A `Cue` here is one of its rows, `Found` a row at its place. What is
said is `contents`' business, quotation marks are `quoting`'s.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from functools import cache
from typing import TYPE_CHECKING

import msgspec
import numpy as np

from rashomon.claims import cue_stances
from rashomon.claims.tables import rows

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

SUBJECTS = frozenset(("nsubj", "nsubjpass", "csubj", "expl"))
_AFTER_NOUN = frozenset(("ccomp", "parataxis", "advcl"))
_LONG_TAIL = 22
"""A clause that hangs on a speaker belongs to the noun phrase up to so many tokens."""
_GROUP = frozenset(("aux", "auxpass", "neg", "prt"))
_RELATIVE = frozenset(("who", "which", "that", "whom"))


class Cue(msgspec.Struct, frozen=True):
    """One row of the table of cues."""

    lemma: str
    second: str | None
    """The preposition, particle, noun or adjective that belongs to it."""
    noun: bool
    frames: tuple[str, ...]
    stance: str


class Found(msgspec.Struct, frozen=True):
    """A cue at its place: the token that heads it and every token of it (indices)."""

    cue: Cue
    token: int
    tokens: tuple[int, ...]
    negated: bool
    passive: bool


@cache
def table() -> dict[str, tuple[Cue, ...]]:
    """The cues by lemma; those with a second word come first."""
    out: dict[str, list[Cue]] = {}
    for row in rows("cues"):
        lemma, _, second = row["cue"].partition(" ")
        cue = Cue(lemma, second or None, row["pos"] == "noun", tuple(row["frames"].split(",")), row["stance"])
        out.setdefault(lemma, []).append(cue)
    return {lemma: tuple(sorted(cues, key=lambda cue: cue.second is None)) for lemma, cues in out.items()}


def find(doc: Doc) -> Iterator[Found]:
    """Every cue of the text, in order. "According to" is none of the table's: `speech` reads it."""
    known = table()
    for token in _likely(doc, known):
        lemma = lemma_of(token)
        verbal = token.pos_ in ("VERB", "AUX") or lemma != token.lemma_.lower()
        for cue in known.get(lemma, ()):
            if cue.noun == verbal or (not verbal and token.pos_ != "NOUN"):
                continue
            second = _second(token, cue.second) if cue.second else None
            if cue.second and second is None:
                continue
            yield _found(token, cue, second)
            break


def _likely(doc: Doc, known: Container[str]) -> Iterator[Token]:
    """The words whose lemma is a cue's, or a participle's that may have been taken for a noun, in order."""
    if not len(doc):
        return
    lemmas, which = np.unique(doc.to_array("LEMMA"), return_inverse=True)
    spelt = (doc.vocab.strings[lemma].lower() for lemma in lemmas.tolist())
    good = np.array([lemma in known or lemma.endswith("ing") for lemma in spelt])
    for i in np.flatnonzero(good[which]).tolist():
        yield doc[i]


def at(token: Token) -> Found:
    """The token as a cue, whether or not the table has it: its row where one fits, else a cue that says."""
    for cue in table().get(lemma_of(token), ()):
        if cue.noun == (token.pos_ == "NOUN"):
            second = _second(token, cue.second) if cue.second else None
            if second is not None or not cue.second:
                return _found(token, cue, second)
    lemma = lemma_of(token)
    return _found(
        token, Cue(lemma, None, token.pos_ not in ("VERB", "AUX"), (), cue_stances.stance(token, lemma)), None
    )


def _named_before(token: Token) -> Token | None:
    """The name that the parser took for part of a noun: "with President Lee calling for calm"."""
    if token.dep_ != "pobj" or token.head.lower_ != "with" or not token.lower_.endswith("ing"):
        return None
    names = [child for child in token.lefts if child.dep_ == "compound" and child.right_edge.i == token.i - 1]
    return (
        names[0]
        if names and any(word.ent_type_ == "PERSON" for word in token.doc[token.left_edge.i : token.i])
        else None
    )


def lemma_of(token: Token) -> str:
    """The token's lemma; the verb's where a participle with a subject was taken for a noun ("with X calling for")."""
    lemma: str = token.lemma_.lower()
    if token.pos_ not in ("NOUN", "PROPN") or not lemma.endswith("ing"):
        return lemma
    if any(child.dep_ == "nsubj" for child in token.children) or _named_before(token) is not None:
        stem = lemma[:-3]
        doubled = stem[:-1] if stem[-1:] == stem[-2:-1] else stem
        return next((form for form in (stem, stem + "e", doubled) if form in table()), lemma)
    return lemma


def _second(token: Token, word: str) -> Token | None:
    """The child (or, for a particle, the next word) that makes the cue one of two words."""
    for child in token.children:
        if child.i > token.i and (child.lower_ == word or child.lemma_ == word):
            return child
        # "called for the army to leave": the preposition opens the clause.
        if child.i > token.i and child.dep_ in ("xcomp", "ccomp", "advcl"):
            opening = next((mark for mark in child.children if mark.dep_ == "mark" and mark.lower_ == word), None)
            if opening is not None:
                return opening
        # "tight-lipped" is three tokens whose last is the child.
        if "-" in word and child.i > token.i + 1 and child.doc[child.i - 2 : child.i + 1].text.lower() == word:
            return child
    return None


def _found(token: Token, cue: Cue, second: Token | None) -> Found:
    """The cue with its verb group: auxiliaries, negation, particle and second word, where they stand together."""
    stance = cue.stance if second is not None else cue_stances.of_object(token, cue.lemma, cue.stance)
    cue = cue if stance == cue.stance else msgspec.structs.replace(cue, stance=stance)
    undone = left_undone(token)
    negated = any(child.dep_ == "neg" for child in token.children) or undone is not None
    passive = any(child.dep_ in ("auxpass", "nsubjpass") for child in token.children)
    if cue.noun:
        return Found(cue, token.i, (token.i,), negated, False)
    parts = {token.i} | {child.i for child in token.children if child.dep_ in _GROUP}
    parts |= {undone} if undone is not None else set()
    if second is not None:
        parts.add(second.i)
        parts.update(range(token.i, second.i + 1) if second.i - token.i <= 3 else ())
    # What stands between the parts of a group belongs to it ("has also said"), but no subject does ("did he say").
    left = min(parts)
    if any(token.doc[i].dep_ in SUBJECTS or token.doc[i].is_punct for i in range(left, token.i)) or token.i - left > 5:
        left = token.i
    right = max(i for i in parts if i - token.i <= 3)
    return Found(cue, token.i, tuple(range(left, right + 1)), negated, passive)


def left_undone(verb: Token) -> int | None:
    """Where it is told, to the left of a verb, that its deed was left undone: "stopped short of calling", "without
    blaming", "refrained from naming", "avoided endorsing", "have yet to endorse", "no longer supports"; None where it
    is not."""
    above = verb.head
    if verb.dep_ == "pcomp":
        if above.lower_ == "without":
            return above.i
        by = _undone().get(above.lower_, frozenset())
        near = (above.head, *above.children, *above.head.children)
        told = next((word for word in near if word.i < verb.i and {word.lower_, word.lemma_.lower()} & by), None)
        # "Short" and "away" belong to their verb.
        return None if told is None else told.head.i if told.head.pos_ == "VERB" and told.i > told.head.i else told.i
    if verb.dep_ in ("xcomp", "ccomp") and above.i < verb.i:
        return above.i if has_yet(above) or above.lemma_.lower() in _undone()[""] else None
    longer = next((child for child in verb.children if child.lower_ == "longer" and child.i < verb.i), None)
    return longer.left_edge.i if longer is not None else None


@cache
def _undone() -> dict[str, frozenset[str]]:
    """Preposition, or nothing → the words that tell by it that a saying was left undone."""
    table_ = rows("left_undone")
    return {by: frozenset(row["word"] for row in table_ if row["by"] == by) for by in {row["by"] for row in table_}}


def has_yet(token: Token) -> bool:
    """Whether a word is the "have" of what has yet to be done."""
    return token.lemma_ == "have" and any(child.lower_ == "yet" for child in token.children)


def subject(verb: Token, depth: int = 0) -> Token | None:
    """Who does what the verb says: its own subject, or the one it shares with the verb it depends on."""
    for child in verb.children:
        if child.dep_ == "nsubj" or (child.dep_ == "csubj" and child.pos_ in ("NOUN", "PROPN")):
            return child
    passive = any(child.dep_ in ("auxpass", "nsubjpass") for child in verb.children)
    if passive:
        return agent(verb)
    if depth > 4:
        return None
    if (name := _named_before(verb)) is not None:
        return name
    head = verb.head
    if verb.dep_ == "amod":
        # "X, after the talks, deflected questions": a verb that was taken for an adjective of its object.
        governors = (head, head.head) if verb.tag_ == "VBD" else (head,)
        return next((c for g in governors for c in g.children if c.dep_ == "nsubj" and c.i < verb.i), None)
    if verb.dep_ == "acl":
        return head
    if verb.dep_ in ("conj", "xcomp", "advcl") and head.pos_ in ("VERB", "AUX"):
        if any(child.dep_ == "nsubjpass" for child in head.children):
            return next(child for child in head.children if child.dep_ == "nsubjpass")
        return subject(head, depth + 1)
    if verb.dep_ == "conj" and head.dep_ in ("acl", "relcl"):
        return head.head
    if verb.dep_ == "pcomp":
        climb = head
        while climb.dep_ in ("prep", "pcomp") and climb.head.i != climb.i:
            climb = climb.head
        return subject(climb, depth + 1) if climb.pos_ in ("VERB", "AUX") else None
    return None


def beside(verb: Token) -> Token | None:
    """The noun that stands next to a verb of speech, before it or, turned round, behind it.

    It is asked for where the parse makes a word of the quotation the subject ("“Judge,” Veld said").
    """
    at = verb.i - 1
    while at > verb.sent.start and verb.doc[at].pos_ in ("ADV", "AUX", "PART"):
        at -= 1
    if at >= verb.sent.start and verb.doc[at].pos_ in _NOMINAL:
        return verb.doc[at]
    behind = verb.doc[verb.i + 1 : min(verb.i + 1 + _NEAR, verb.sent.end)]
    found: Token | None = None
    for word in behind:
        if word.pos_ in _NOMINAL:
            found = word
        elif found is not None or word.pos_ not in ("DET", "ADJ"):
            break
    return found


def agent(verb: Token) -> Token | None:
    """The "by" of a passive."""
    for child in verb.children:
        if child.dep_ == "agent":
            return next((word for word in child.children if word.dep_ == "pobj"), None)
    return None


def antecedent(noun: Token) -> Token:
    """The noun that a relative pronoun stands for; any other noun is itself."""
    climb = noun.head
    if noun.lower_ not in _RELATIVE:
        return noun
    while climb.dep_ in ("conj", "xcomp", "ccomp") and climb.head.i != climb.i:
        climb = climb.head
    return climb.head if climb.dep_ == "relcl" else noun


_NOMINAL = frozenset(("NOUN", "PROPN", "PRON"))
_NEAR = 7
"""So many words behind a verb of speech its subject is looked for."""
_WHEN_AND_WHERE = frozenset("in on at during after before via".split())


def phrase(noun: Token) -> set[int]:
    """The noun phrase headed by the token, with title, apposition and short clauses that hang on it."""
    doc = noun.doc
    left, right = noun.left_edge.i, noun.right_edge.i
    if noun.dep_ == "compound" and _named_before(noun.head) == noun:
        left = noun.head.left_edge.i
    for child in noun.subtree:
        tail = child.dep_ in ("relcl", "acl") and child.right_edge.i - child.left_edge.i > _LONG_TAIL
        if (
            (tail or child.dep_ in _AFTER_NOUN or _aside(noun, child))
            and child.i > noun.i
            and child.left_edge.i > noun.i
        ):
            right = min(right, child.left_edge.i - 1)
    while right > noun.i and (doc[right].is_punct or doc[right].is_space or doc[right].pos_ in ("CCONJ", "PRON")):
        right -= 1
    while left < noun.i and (doc[left].is_punct or doc[left].is_space):
        left += 1
    return set(range(left, right + 1))


def _aside(noun: Token, child: Token) -> bool:
    """Whether what hangs on a person's name says when or where something was said ("Veld in an interview said")."""
    if child.head != noun or noun.ent_type_ != "PERSON":
        return False
    if child.dep_ == "prep":
        return child.lower_ in _WHEN_AND_WHERE
    return child.dep_ == "acl" and child.tag_ == "VBG" and noun.doc[child.left_edge.i - 1].text == ","
