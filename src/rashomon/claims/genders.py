"""Whether "he" or "she" stands for each person of a page: titles, nouns, first names and pronouns vote."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from rashomon.claims import people
from rashomon.claims.people import fold
from rashomon.claims.surnames import FAMILY_FIRST

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from spacy.tokens import Doc

    from rashomon.claims.mentions import Mention

HE = frozenset(("he", "him", "his", "himself"))
SHE = frozenset(("she", "her", "hers", "herself"))
_TITLE, _NOUN, _NAME, _PRONOUN = 6, 3, 3, 1
"""Votes: of "Mrs" beside a name, of "actress" before it, of a first name (once), of a
pronoun after a name (each)."""
_ENOUGH = 2
"""Votes that a gender must have, and how many times the other's."""


def tell(doc: Doc, given: Iterable[Mention], names: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """ "m" or "f" by entity, for the people of a page for whom something tells it clearly.

    `given` are the page's mentions of people, `names` what each entity is called. A pronoun votes where it follows
    the only person of its sentence, and no pronoun of the other gender stands there.
    """
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    by_sentence: dict[int, list[Mention]] = defaultdict(list)
    for mention in given:
        by_sentence[doc[mention.start].sent.start].append(mention)
        for gender, many in _titled(doc, mention):
            votes[mention.entity][gender] = max(votes[mention.entity][gender], many)
    for entity, called in names.items():
        first = {told for name in called if len(words := fold(name).split()) > 1 and (told := _first(words))}
        if len(first) == 1:
            votes[entity][first.pop()] += _NAME
    for mine in by_sentence.values():
        if len({mention.entity for mention in mine}) == 1:
            after = _pronouns(doc, mine[0])
            if after:
                votes[mine[0].entity][after] += _PRONOUN
    return {entity: told for entity, found in votes.items() if (told := _clear(found)) is not None}


def _first(words: list[str]) -> str | None:
    """What the first name tells, or the second where the first is an initial; nothing where the family's name stands
    first, as in East Asia."""
    if words[0] in FAMILY_FIRST:
        return None
    return people.gender_of_name(words[0] if len(words[0]) > 1 or len(words) < 3 else words[1])


def _titled(doc: Doc, mention: Mention) -> Iterator[tuple[str, int]]:
    """The gender, with its votes, of the title or noun right before a name: "Mrs Hale", "actress Ana Reyes"."""
    from rashomon.claims.mentions import gender_of

    at = mention.start - 1
    while at >= 0 and at > mention.start - 4 and doc[at].pos_ in ("NOUN", "PROPN", "X"):
        title = people.title_of(doc[at].text)
        if title is not None and title["gender"]:
            yield title["gender"], _TITLE
        elif told := gender_of(doc[at].text):
            # Women are called "spokesman" too.
            yield told, _PRONOUN if doc[at].lower_.endswith("man") else _NOUN
        at -= 1


def _pronouns(doc: Doc, mention: Mention) -> str | None:
    """The one gender of the pronouns that follow a name in its sentence."""
    found = {
        "m" if token.lower_ in HE else "f"
        for token in doc[mention.end : doc[mention.start].sent.end]
        if token.lower_ in HE or token.lower_ in SHE
    }
    return found.pop() if len(found) == 1 else None


def _clear(votes: Counter[str]) -> str | None:
    for one, other in (("m", "f"), ("f", "m")):
        if votes[one] >= max(_ENOUGH, _ENOUGH * votes[other]):
            return one
    return None
