"""What sort of thing each name of a page is: the recognizer's labels put to the vote, with the words around them.

A recognizer labels each mention by itself, so that one page has "Trump" as a person, a body and a place. Here all
mentions of one name vote, and so do titles, ages, prepositions, the table of places and the endings of names; a
mention that stands otherwise than its name ("Lincoln said", "in Lincoln") keeps what stands beside it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from rashomon.claims import countries, gazetteer, people
from rashomon.claims.genders import HE, SHE
from rashomon.claims.people import fold

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from rashomon.claims.mentions import Mention

_ORDER = ("PERSON", "ORG", "GPE", "NORP", "LOC", "FAC")
_INSIDE = frozenset(("in", "near", "outside", "at", "into", "across", "around", "toward", "towards"))
_TITLE, _TELLING, _ENDING, _LABEL = 4, 3, 6, 1
"""Votes: of a title or an age beside a name, of words that people or places have beside them, of a name's ending, of
the recognizer."""
_MOST_WORDS = 3
"""Words that a person's name has after the first, at most."""
_NEAR = 5
"""Tokens after a name among which "he" or "she" speaks for a person's."""
_OF_PLACES = frozenset(("police", "residents", "resident", "officials", "mayor", "native", "city", "suburb", "streets"))
_REGAL = frozenset(("pope", "king", "queen", "prince", "princess", "cardinal", "sheikh", "sultan", "emir", "emperor"))
"""Titles that are a part of the name."""


def settle(doc: Doc, mentions: Sequence[Mention], roles: frozenset[str]) -> list[Mention]:
    """The mentions with the type that the page as a whole tells; `roles` are nouns for people.

    Mentions that are no name ("Sgt", "Javascript") are left out.
    """
    given = [(mention, fold(mention.text)) for mention in mentions]
    given = [(mention, name) for mention, name in given if name and gazetteer.kind(name) != "-"]
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    own: list[Counter[str]] = []
    for mention, name in given:
        told = Counter(dict(_around(doc, mention, roles)))
        own.append(told)
        votes[name][mention.type] += _LABEL
        votes[name].update(told)
    texts = {name: mention.text for mention, name in given}
    surnames = _surnames(votes)
    opening = {name.split()[0] for name in votes if " " in name and gazetteer.kind(name) == "ORG"}
    for name, found in votes.items():
        found.update(dict(_itself(name, texts[name], name in surnames)))
        found["PERSON"] += surnames[name]
        found["ORG"] += _TELLING * (name in opening and not people.gender_of_name(name) and name not in surnames)
    for (mention, name), told in zip(given, own, strict=True):
        mention.type = _likeliest(votes[name], told)
    return [mention for mention, _ in given]


def _likeliest(votes: Counter[str], told: Counter[str]) -> str:
    """The type most voted for; what stands beside the mention outweighs what the others are."""
    best = max(_ORDER, key=lambda kind: (votes[kind], -_ORDER.index(kind)))
    if told:
        here = max(_ORDER, key=lambda kind: (told[kind], votes[kind], -_ORDER.index(kind)))
        # "in Lincoln" is the town, also on a page where Lincoln speaks.
        country = here == "PERSON" and votes["GPE"] >= _ENDING
        if here != best and told[here] >= _TELLING and {here, best} == {"PERSON", "GPE"} and not country:
            return here
    return best


def _itself(name: str, text: str, surname: bool) -> Iterable[tuple[str, int]]:
    """Votes of the name alone, folded and as written; `surname`: whether somebody on the page bears it."""
    ending = gazetteer.kind(name)
    if ending is not None:
        yield ending, _ENDING
    country = countries.lookup(text)
    if country is not None and country.kind == "metonym":
        yield "ORG", _LABEL if country.ambiguous else _ENDING
    elif country is not None:
        yield "GPE", _LABEL if country.ambiguous or surname else _ENDING
    elif gazetteer.place(name):
        yield "GPE", _TELLING if gazetteer.region(name) else _LABEL
    first, *rest = name.split()
    if rest and first in _REGAL and ending is None:
        yield "PERSON", _TITLE
    elif people.gender_of_name(first) and not _rather_else(first, rest, text):
        yield "PERSON", _TELLING if rest else _LABEL


def _rather_else(first: str, rest: list[str], text: str) -> bool:
    """Whether a name that opens as a person's does is rather something else: "Arizona News"."""
    if text.isupper() and not rest:
        return True
    inside = any(gazetteer.kind(f"x {word}") for word in rest)
    return inside or gazetteer.region(first) or gazetteer.place(" ".join([first, *rest])) or len(rest) > _MOST_WORDS


def _around(doc: Doc, mention: Mention, roles: frozenset[str]) -> dict[str, int]:
    """Votes of the words beside a mention."""
    out: dict[str, int] = {}
    before = doc[mention.start - 1] if mention.start else None
    after = doc[mention.end] if mention.end < len(doc) else None
    if before is not None:
        word = before.lower_.rstrip(".")
        if people.title_of(word) is not None or (word in roles and before.pos_ in ("NOUN", "PROPN")):
            out["PERSON"] = _TITLE
        elif word == "the" and (after is None or after.pos_ not in ("NOUN", "PROPN", "ADJ")):
            out["ORG"] = _TELLING
        elif word in _INSIDE and before.pos_ == "ADP":
            out["GPE"] = _TELLING if gazetteer.place(fold(mention.text)) else _LABEL
    if after is not None:
        beyond = doc[mention.end + 1] if mention.end + 1 < len(doc) else None
        if after.text == "," and beyond is not None and beyond.text.isdigit() and 1 < int(beyond.text[:4]) < 110:
            out["PERSON"] = _TITLE
        elif _of_a_place(after, beyond, mention):
            out["GPE"] = _TELLING
        elif after.lower_ in ("who", "whose") or (after.text == "," and beyond is not None and beyond.lower_ == "who"):
            out["PERSON"] = out.get("PERSON", 0) + _TELLING
    if any(token.lower_ in HE or token.lower_ in SHE for token in doc[mention.end : mention.end + _NEAR]):
        out["PERSON"] = out.get("PERSON", 0) + _LABEL
    return out


def _of_a_place(after: Token, beyond: Token | None, mention: Mention) -> bool:
    """Whether what follows a name tells that it is a town: its police, or what it lies in."""
    if after.lower_ in _OF_PLACES:
        return gazetteer.place(fold(mention.text))
    return after.text == "," and beyond is not None and _land(beyond.text)


def _land(word: str) -> bool:
    """Whether a word after a comma is what a town lies in."""
    found = countries.lookup(word)
    return gazetteer.region(fold(word)) or (found is not None and found.kind == "name" and not found.ambiguous)


def _surnames(votes: dict[str, Counter[str]]) -> Counter[str]:
    """The votes that each single name has for being the last of a person's full name."""
    full: Counter[str] = Counter()
    for name, found in votes.items():
        words = people.words_of(name)
        told = max(_ORDER, key=lambda kind: (found[kind], kind == "PERSON"))
        if 2 <= len(words) <= 4 and (
            told == "PERSON" or (people.gender_of_name(words[0]) and not gazetteer.kind(name))
        ):
            full[words[-1]] += max(found["PERSON"], _LABEL) + _TELLING
    return full
