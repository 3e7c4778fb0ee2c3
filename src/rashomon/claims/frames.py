"""Who does what to whom, read off a dependency parse: the frame of a verb, an adjective or a noun.

Everything takes and gives spaCy tokens; the labels are those of spaCy's English models (ClearNLP).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from spacy.tokens import Token

_CLAUSES = frozenset({"relcl", "acl", "advcl", "ccomp", "parataxis"})
_RELATIVE = frozenset({"who", "which", "that", "whom"})
# "dozens of people" and "a series of attacks" are about people and attacks.
_PARTITIVE = frozenset(
    [
        "series", "number", "group", "dozen", "hundred", "thousand", "score", "million", "billion", "lot", "part",
        "round", "kind", "package", "wave", "string", "couple", "handful", "pair", "majority", "half", "rest", "bulk",
        "ton", "kilo", "stock", "amount", "team", "crew", "convoy", "shipment", "consignment", "load", "batch", "fleet",
    ]
)  # fmt: skip
_PARTICLES = frozenset(["down", "out", "back", "off", "up", "over", "away"])
# A "mediation effort" is a mediation.
_HOLLOW = frozenset(["effort", "campaign", "programme", "program", "attempt", "process", "mission"])
# Verbs whose subject does not do what their object is: "residents heard the shooting".
_WATCHING = frozenset(
    [
        "hear", "see", "witness", "watch", "film", "record", "report", "describe", "survive", "investigate", "remember",
        "condemn", "denounce", "criticize", "discuss", "mourn", "mark", "cover", "avoid", "escape", "flee", "prevent",
        "fear", "follow", "recall", "probe", "expect", "suffer", "study", "review", "face", "receive", "get", "oppose",
    ]
)  # fmt: skip
# "took to the streets in Lisbon", "the deployment of tanks near the border": what may hang on the wrong noun.
_NEAR = {"to": frozenset({"in"}), "of": frozenset({"near", "along"})}
# What a name says about the kind of thing, as a lemma.
_NAMED_KINDS = {"PERSON": "person", "GPE": "country", "NORP": "people", "ORG": "organization"}
# Verbs whose object, not whose subject, does what the infinitive says.
_OBJECT_CONTROL = frozenset(
    [
        "urge", "ask", "tell", "force", "order", "allow", "permit", "persuade", "convince", "press", "pressure",
        "help", "encourage", "want", "expect", "call", "request", "warn", "invite", "enable", "require", "cause",
        "compel", "instruct", "authorize", "let", "make",
    ]
)  # fmt: skip


class Frame(msgspec.Struct, frozen=True):
    """What stands around one word, each part a head token."""

    token: Token
    subject: Token | None
    object: Token | None
    dative: Token | None
    preps: tuple[tuple[str, Token | None], ...]
    """The prepositions on the word itself, then those on its object, each with the noun it governs."""
    particle: str | None
    infinitive: Token | None
    clause: Token | None
    passive: bool


def frame(token: Token) -> Frame:
    """The frame of a verb, an adjective with a copula, or a noun."""
    if token.pos_ in ("NOUN", "PROPN"):
        return _noun_frame(token)
    thing = _object(token)
    own = tuple(_preps(token))
    shared = tuple(_preps(thing)) if thing is not None else ()
    children = list(token.children)
    after = [child for child in children if child.i > token.i]
    return Frame(
        token=token,
        subject=doer(token),
        object=thing,
        dative=next((child for child in children if child.dep_ == "dative" and child.pos_ != "ADP"), _given(thing)),
        preps=own + shared,
        particle=next((child.lower_ for child in children if _is_particle(child)), None),
        infinitive=_infinitive(after),
        clause=next((child for child in after if child.dep_ == "ccomp"), None),
        passive=any(child.dep_ in ("nsubjpass", "auxpass") for child in children),
    )


def _infinitive(after: list[Token]) -> Token | None:
    """The infinitive that completes a verb; the parser takes one that stands apart for a purpose."""
    told = [child for child in after if child.dep_ == "xcomp" and child.pos_ in ("VERB", "AUX")]
    apart = [c for c in after if c.dep_ == "advcl" and c.tag_ == "VB" and any(w.tag_ == "TO" for w in c.lefts)]
    return next(iter(told or apart), None)


def _given(thing: Token | None) -> Token | None:
    """To whom, where the parser makes him a part of what he is given: "gave [the firm] an ultimatum"."""
    if thing is None:
        return None
    article = next((child for child in reversed(list(thing.lefts)) if child.dep_ == "det"), None)
    inner = (child for child in thing.lefts if child.pos_ in ("NOUN", "PROPN") and child.dep_ != "poss")
    return next((child for child in inner if article is not None and child.i < article.i), None)


def _is_particle(child: Token) -> bool:
    """Whether the word belongs to the verb before it: "stepped down", which the parser may call an adverb."""
    return child.dep_ == "prt" or (
        child.dep_ in ("advmod", "prep")
        and child.lower_ in _PARTICLES
        and child.i == child.head.i + 1
        and not child.n_rights
    )


def _noun_frame(token: Token) -> Frame:
    """The frame of a noun: its owner or its adjective of nationality is the subject."""
    owner = next((child for child in token.children if child.dep_ == "poss" and child.pos_ != "PRON"), None)
    if owner is None:
        owner = next(
            (
                child
                for child in token.children
                if child.dep_ in ("amod", "compound") and child.ent_type_ in ("GPE", "NORP")
            ),
            None,
        )
    preps = tuple(_preps(token))
    if owner is None:
        owner = next((governed for prep, governed in preps if prep == "by" and governed is not None), None)
    if owner is None:
        owner = _carrier(token)
    return Frame(token, owner, None, None, preps, None, None, None, False)


def _carrier(noun: Token) -> Token | None:
    """The subject of the verb whose object the noun is: "Italy announced a suspension"."""
    while noun.dep_ == "conj" and noun.head.pos_ == "NOUN":
        noun = noun.head
    return doer(noun.head) if noun.dep_ == "dobj" and noun.head.lemma_.lower() not in _WATCHING else None


def _preps(token: Token) -> Iterator[tuple[str, Token | None]]:
    """The prepositions on a word, those inside other prepositions too, with the noun each governs."""
    for child in token.children:
        if child.dep_ in ("prep", "agent") or (child.dep_ == "dative" and child.pos_ == "ADP"):
            governed = next((part for part in child.children if part.dep_ in ("pobj", "pcomp")), None)
            yield child.lower_, governed
            yield from _preps(child)
            if governed is not None and governed.dep_ == "pobj":
                near = _NEAR.get(child.lower_, frozenset()) | {"to", "with", "against"}
                yield from ((prep, deeper) for prep, deeper in _preps(governed) if prep in near)


def _object(verb: Token) -> Token | None:
    """The direct object; the subject of a passive; the noun that a participle describes."""
    passive = None
    for child in verb.children:
        if child.dep_ in ("dobj", "obj"):
            return child
        if child.dep_ == "nsubjpass":
            passive = child
    if passive is not None:
        return _antecedent(passive)
    if verb.dep_ == "acl" and verb.tag_ == "VBN":
        return None if _headless(verb) else verb.head
    if verb.dep_ == "conj" and verb.tag_ == "VBN" and any(child.dep_ == "nsubjpass" for child in verb.head.children):
        return _object(verb.head)
    for child in verb.rights:
        if child.dep_ in ("xcomp", "oprd") and child.pos_ in ("NOUN", "PROPN"):
            return child  # "expressed dismay", "called the president": nothing else can be its object.
        if child.dep_ == "prt" and (behind := next((c for c in child.rights if c.dep_ == "pobj"), None)) is not None:
            return behind  # "sealed off the harbour"
    return None


def _headless(verb: Token) -> bool:
    """Whether a participle is really the verb of its sentence: "The army trained with the navy."."""
    head = verb.head
    finite = any(token.tag_ in ("VBD", "VBZ", "VBP", "MD") for token in verb.sent)
    next_to = all(child.dep_ != "agent" for child in verb.children) and not any(c.dep_ == "dobj" for c in verb.children)
    return head.dep_ == "ROOT" and head.i == verb.i - 1 and not finite and next_to


def doer(verb: Token, steps: int = 8) -> Token | None:
    """Who does it: the subject, the agent of a passive, or the subject that the verb shares with another."""
    children = list(verb.children)
    for child in children:
        if child.dep_ == "agent":
            return next((part for part in child.children if part.dep_ == "pobj"), None)
    if any(child.dep_ in ("nsubjpass", "auxpass") for child in children):
        return None
    for child in children:
        if child.dep_ == "nsubj":
            return said_subject(_antecedent(child))
    head = verb.head
    if verb.dep_ == "acomp":
        return doer(head, steps - 1)
    if steps == 0 or head == verb:
        return None
    if verb.dep_ == "xcomp" and head.lemma_ in _OBJECT_CONTROL and (thing := _object(head)) is not None:
        return thing
    if verb.dep_ in ("conj", "xcomp", "advcl", "dep") or (verb.dep_ == "ccomp" and verb.tag_ in ("VBG", "VB")):
        return doer(head, steps - 1)
    if verb.dep_ == "acl":
        return head if verb.tag_ == "VBG" or _headless(verb) else (_carrier(head) if verb.tag_ == "VB" else None)
    if verb.dep_ == "pcomp":
        return doer(head.head, steps - 1) if head.head.pos_ in ("VERB", "AUX") else None
    return None


def _antecedent(token: Token) -> Token:
    """The noun behind "who", "which" or "that"; the token itself otherwise."""
    if token.lower_ in _RELATIVE and token.head.dep_ == "relcl":
        return token.head.head
    return token


def said_subject(token: Token) -> Token:
    """Who "it", "he" or "they" is in "X said it would": X, where number allows; else the token itself."""
    if token.lower_ not in ("it", "he", "she", "they") or token.head.dep_ not in ("ccomp", "conj", "advcl"):
        return token
    verb = token.head
    while verb.dep_ in ("conj", "ccomp", "advcl") and verb.head != verb:
        verb = verb.head
        subject = next(
            (child for child in verb.children if child.dep_ in ("nsubj", "nsubjpass") and child.i < token.i), None
        )
        if subject is not None and subject.pos_ != "PRON":
            return subject if _agrees(token, subject) else token
    return token


def _agrees(pronoun: Token, noun: Token) -> bool:
    """Whether the pronoun can stand for the noun, by number and by what is a person."""
    plural = noun.tag_ in ("NNS", "NNPS") or any(child.dep_ == "conj" for child in noun.children)
    person = noun.ent_type_ == "PERSON"
    if pronoun.lower_ == "they":
        return plural or noun.ent_type_ in ("ORG", "NORP")
    return not plural and (pronoun.lower_ == "it") != person


def kinds(token: Token | None) -> set[str]:
    """The lemmas that say what a noun phrase is: its head's, those joined to it, and of "dozens of X" X's."""
    if token is None:
        return set()
    found = {token.lemma_.lower()}
    if token.ent_type_ in _NAMED_KINDS:
        found.add(_NAMED_KINDS[token.ent_type_])
    for child in token.children:
        if child.dep_ == "conj":
            found |= kinds(child)
        elif child.dep_ == "compound" and token.lemma_.lower() in _HOLLOW:
            found.add(child.lemma_.lower())
        elif child.dep_ == "prep" and child.lower_ == "of" and token.lemma_.lower() in _PARTITIVE:
            for part in child.children:
                found |= kinds(part)
    return found


def phrase(token: Token) -> tuple[int, int]:
    """The characters of the noun phrase around its head: without its clauses and what is joined by "and"."""
    parts: list[Token] = []

    def gather(word: Token) -> None:
        parts.append(word)
        for child in word.children:
            if child.dep_ in _CLAUSES or (word == token and child.dep_ in ("conj", "cc", "case")):
                continue
            if child.is_punct and child.i > word.i:
                continue
            gather(child)

    gather(token)
    indices = {part.i for part in parts}
    first = last = token.i
    while first - 1 in indices:
        first -= 1
    while last + 1 in indices or (last + 2 in indices and token.doc[last + 1].is_punct):
        last += 1
    doc = token.doc
    return doc[first].idx, doc[last].idx + len(doc[last])
