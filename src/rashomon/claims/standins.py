"""What the pronouns of a page can stand for: the heads of its names and of the nouns for people and bodies."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from rashomon.claims import mentions
from rashomon.claims.cast import Cast
from rashomon.claims.cue_features import among
from rashomon.claims.genders import HE, SHE
from rashomon.claims.mentions import Mention, nouns

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

IT = frozenset(("it", "its", "itself"))
THEY = frozenset(("they", "them", "their", "theirs", "themselves"))
THIRD = HE | SHE | IT | THEY
"""Pronouns of the third person."""


def person_noun(token: Token) -> bool:
    lemma = token.lemma_.lower()
    listed = lemma in nouns("person") or lemma in nouns("group") or lemma in nouns("description")
    return listed or mentions.gender_of(lemma) is not None or token.lower_.endswith("-year-old")


def speaker_like(token: Token) -> bool:
    return token.pos_ in ("NOUN", "PROPN")


def of_nobody(token: Token) -> bool:
    """Whether "it" stands for nothing: "it is clear that", "it was raining", "it was she who"."""
    verb = token.head
    if token.dep_ == "expl":
        return True
    if verb.lemma_ == "be" and verb.pos_ in ("AUX", "VERB") and token.dep_ in ("nsubj", "nsubjpass"):
        return any(child.dep_ in ("acomp", "attr", "ccomp", "xcomp", "advcl") for child in verb.children)
    if token.dep_ == "nsubjpass" and any(child.dep_ in ("ccomp", "xcomp") for child in verb.children):
        return True
    return verb.lemma_ in ("seem", "appear", "turn", "rain", "happen") and token.dep_ == "nsubj"


def heads(doc: Doc, cast: Cast) -> dict[str, list[int]]:
    """The heads of everything on a page that a pronoun of each sort may stand for, in order."""
    out: dict[str, set[int]] = {"person": set(), "it": set(), "they": set()}
    for mention in cast.mentions:
        head = mentions.head(doc, mention)
        beside = head.dep_ == "appos" and head.head.i in cast.at
        if any(child.dep_ == "conj" for child in head.children):
            # "Anna Brook and Peter Stone" are they.
            out["they"].add(head.i)
        for sort in () if beside else _sorts(mention, head):
            if not (head.dep_ == "compound" and head.head.i in out[sort]):
                out[sort].add(head.i)
    words: Any = doc.to_array(["LOWER", "LEMMA", "POS"])
    for at in np.flatnonzero(among(words[:, 0], " ".join(sorted(THIRD)))).tolist():
        lower = doc[at].lower_
        sort = "person" if lower in HE or lower in SHE else "it" if lower in IT else "they"
        if doc[at].dep_ != "poss" and (sort != "it" or not of_nobody(doc[at])):
            out[sort].add(at)
    speaking = among(words[:, 2], "NOUN") & among(words[:, 1], _speaking_nouns())
    for at in np.flatnonzero(speaking).tolist():
        token = doc[at]
        if at in cast.at or token.dep_ in ("appos", "compound", "attr") or _names_somebody(token, cast):
            continue
        for sort in out:
            if _noun_for(token, sort):
                out[sort].add(at)
    return {sort: sorted(found) for sort, found in out.items()}


@cache
def _speaking_nouns() -> str:
    """Every noun that a pronoun may stand for, parted by spaces."""
    kinds = ("person", "group", "description", "body", "document", "collective")
    return " ".join(sorted({word for kind in kinds for word in nouns(kind)} | mentions.gendered_nouns()))


def _sorts(mention: Mention, head: Token) -> Iterable[str]:
    """The pronouns that may stand for a name; a place named in passing is nobody that "it" or "they" could be."""
    if mention.type == "PERSON":
        yield "person"
    subject = head.dep_ in ("nsubj", "nsubjpass", "poss", "conj")
    if mention.type in ("ORG", "NORP") or (mention.type == "GPE" and subject):
        yield "they"
        if mention.type != "NORP" or head.tag_ not in ("NNPS", "NNS"):
            yield "it"


def _noun_for(token: Token, wanted: str) -> bool:
    plural = token.tag_ in ("NNS", "NNPS")
    lemma = token.lemma_.lower()
    if wanted == "they":
        return (plural and person_noun(token)) or lemma in nouns("collective")
    if wanted == "person":
        return not plural and person_noun(token) and lemma not in nouns("body")
    thing = lemma in nouns("body") or lemma in nouns("document")
    return thing and not plural and token.dep_ in ("nsubj", "nsubjpass")


def _names_somebody(token: Token, cast: Cast) -> bool:
    """Whether a noun is a part of somebody's name, who counts by himself: "spokeswoman Ana Reyes"."""
    return any(
        child.i in cast.at
        and child.dep_ in ("appos", "flat", "nmod")
        and child.i > token.i
        and cast.at[child.i].type == "PERSON"
        for child in token.children
    ) or (token.i + 1 in cast.at and cast.at[token.i + 1].type == "PERSON" and token.dep_ == "compound")
