"""Names on a page: where people, bodies and places are mentioned, and what the words around them call them."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np

from rashomon.claims import countries, gazetteer, kinds
from rashomon.claims.cue_features import among
from rashomon.claims.people import GENERATION, first_names, fold, title_of, title_roles
from rashomon.claims.tables import rows

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

TYPES = frozenset(("PERSON", "ORG", "GPE", "NORP", "FAC", "LOC"))
_POSSESSIVE = re.compile(r"['’]s?$")
_LESSER = frozenset(("vice", "deputy", "former", "assistant", "acting", "late", "ex"))
_OFFICES = frozenset(
    ("prime", "foreign", "interior", "defence", "defense", "finance", "home", "attorney", "first", "white")
)
_TITLES = frozenset(("deputy", "vice"))
_OPENING = frozenset(
    "now when but and if as then so while although though despite because since after before why how for with what "
    "maybe even only meanwhile however yet still once like unlike where did does is was has had can could".split()
)
"""Words with a capital at the head of a sentence that are no part of the name after them."""
_NOT_TITLES = frozenset(("owner", "manager", "buyer", "seller", "user", "customer", "student", "driver", "operator"))
"""Nouns for people after which a body's name may stand as well ("Facebook owner Meta")."""


class Mention(msgspec.Struct):
    """A name at its place: tokens `start` to `end`. `entity` is set once it is known whose name it is."""

    start: int
    end: int
    text: str
    type: str
    entity: str = ""


@cache
def nouns(kind: str) -> frozenset[str]:
    """The nouns of one kind in the table of roles."""
    return frozenset(noun for row in rows("roles") if row["kind"] == kind for noun in row["nouns"].split(";"))


@cache
def _gendered() -> dict[str, str]:
    return {noun: row["gender"] for row in rows("gendered") for noun in row["nouns"].split(";")}


@cache
def _wider() -> dict[str, frozenset[str]]:
    out: dict[str, set[str]] = {}
    for row in rows("role_kinds"):
        for narrow in row["narrow"].split(";"):
            out.setdefault(narrow, set()).add(row["wide"])
    return {narrow: frozenset(wide) for narrow, wide in out.items()}


def wider(role: str) -> frozenset[str]:
    """The wider words by which the bearer of a role may be called: a senator is a lawmaker too."""
    return _wider().get(role, frozenset())


def gendered_nouns() -> frozenset[str]:
    """The nouns that tell whether "he" or "she" can stand for somebody."""
    return frozenset(_gendered())


@lru_cache(maxsize=4096)
def gender_of(phrase: str) -> str | None:
    """The gender that a noun phrase's words tell ("the boy's mother": the last such word)."""
    known = [_gendered()[word] for word in fold(phrase).split() if word in _gendered()]
    return known[-1] if known else None


def role(token: Token) -> str:
    """What a noun calls somebody, with the word that makes it another office ("vice president", "former mayor")."""
    title = title_of(token.text)
    lemma: str = title["role"] if title is not None and title["role"] else token.lemma_.lower().rstrip(".")
    before = token.nbor(-1).lower_ if token.i else ""
    return f"{before} {lemma}" if before in _LESSER else lemma


def title_role(token: Token) -> str | None:
    """The noun that a title's bearer is called by, where the token is that noun ("senator", "admiral")."""
    lemma: str = token.lemma_.lower()
    return lemma if lemma in title_roles() else None


@lru_cache(maxsize=4096)
def lands(text: str) -> frozenset[str]:
    """The codes of the countries that a text names."""
    return frozenset(mention.country.code for mention in countries.mentions(text))


def find(doc: Doc) -> list[Mention]:
    """The recognizer's mentions and those that it passed over, in order, each of the type that the page tells.

    A run of capitalised names is a person's where a title goes before it ("Mayor Ana Reyes"), where it opens
    with a first name that only people bear, or where it speaks and is called by a person's role. A name that
    the recognizer knew at one place is one everywhere.
    """
    found = [m for span in doc.ents for part in _parts(span) if (m := _mention(part)) is not None]
    taken = {i: mention for mention in found for i in range(mention.start, mention.end)}
    pos: Any = doc.to_array(["POS"])
    end = 0
    for at in np.flatnonzero(among(pos.reshape(-1), "PROPN")).tolist():
        if at < end:
            continue
        end = at
        while end < len(doc) and doc[end].pos_ == "PROPN" and doc[end].text[0].isupper() and end - at < 6:
            end += 1
        if end > at:
            _people(doc, at, end, taken, found)
    found += _again(doc, found, taken)
    found.sort(key=lambda mention: mention.start)
    return kinds.settle(doc, found, nouns("person") - _NOT_TITLES)


def _people(doc: Doc, at: int, end: int, taken: dict[int, Mention], found: list[Mention]) -> None:
    """Add the person whose name a run of names is, where it is one that the recognizer passed over."""
    start = at
    while start < end and _is_title(doc[start].lower_):
        start += 1
    if end > start and (start > at or _titled(doc, at)) and start not in taken:
        found.append(Mention(start, end, doc[start:end].text, "PERSON"))
    elif end - start >= 2 and doc[start].lower_ in first_names():
        if start not in taken:
            found.append(Mention(start, end, doc[start:end].text, "PERSON"))
        elif taken[start].start == start and taken[start].end == end and taken[start].type != "GPE":
            taken[start].type = "PERSON"
    elif 2 <= end - start <= 4 and not any(i in taken for i in range(start, end)) and _speaks(doc, start, end):
        found.append(Mention(start, end, doc[start:end].text, "PERSON"))
    elif at not in taken and _is_place(doc, at, end):
        found.append(Mention(at, end, doc[at:end].text, "GPE"))
    taken.update((i, mention) for mention in found[-1:] for i in range(mention.start, mention.end))


def _again(doc: Doc, found: list[Mention], taken: dict[int, Mention]) -> list[Mention]:
    """Words that are a person's surname, or a body's one name, elsewhere on the page, where they are no mention."""
    from spacy.strings import get_string_id

    known: dict[str, str] = {}
    for mention in found:
        words = [word for word in mention.text.split() if fold(word) not in GENERATION] or [mention.text]
        if mention.type == "PERSON" and len(words) <= 4 and len(words[-1]) > 2:
            known.setdefault(_POSSESSIVE.sub("", words[-1]), "PERSON")
        elif mention.type in ("ORG", "GPE") and len(words) == 1 and len(mention.text) > 2:
            known.setdefault(mention.text, mention.type)
    out: list[Mention] = []
    spelt: Any = doc.to_array(["ORTH"])
    keys = np.array([get_string_id(word) for word in known], dtype=np.uint64)
    for at in np.flatnonzero(np.isin(spelt.reshape(-1), keys)).tolist() if known else ():
        token = doc[at]
        kind = known[token.text]
        if at in taken or not token.text[0].isupper() or token.pos_ in ("VERB", "AUX", "ADV"):
            continue
        beside = [doc[i] for i in (token.i - 1, token.i + 1) if 0 <= i < len(doc)]
        # "Trump Tower" is no mention of Trump; "Mr. Trump" is.
        if not any(t.text[0].isupper() and t.pos_ == "PROPN" and not _is_title(t.lower_) for t in beside):
            out.append(Mention(token.i, token.i + 1, token.text, kind))
    return out


def _is_title(word: str) -> bool:
    return word in _TITLES or title_of(word) is not None or word.rstrip(".") in nouns("person")


def _is_place(doc: Doc, start: int, end: int) -> bool:
    """Whether a run of names that the recognizer passed over is a country's or a capital's, or a town's after "in"."""
    found = countries.lookup(doc[start:end].text)
    if found is not None:
        return not found.ambiguous
    name = fold(doc[start:end].text)
    return gazetteer.region(name) or (start > 0 and doc[start - 1].lower_ in ("in", "near") and gazetteer.place(name))


def _speaks(doc: Doc, start: int, end: int) -> bool:
    """Whether a run of names says something, or has a person's role in apposition, and is no body."""
    head = doc[start:end].root
    if any(token.lower_ in nouns("body") for token in doc[start:end]):
        return False
    role = any(c.dep_ == "appos" and c.lemma_.lower() in nouns("person") for c in head.children)
    return role or (head.dep_ == "nsubj" and head.head.lemma_ in ("say", "tell", "add"))


def _titled(doc: Doc, at: int) -> bool:
    """Whether a person's title or role stands right before: "Sgt. Hale", "baker Ana Reyes"."""
    before = doc[at - 2] if at > 1 and doc[at - 1].text == "." else doc[at - 1] if at else None
    if before is None:
        return False
    titled = before.text[0].isupper() and title_of(before.text) is not None
    return titled or (before.pos_ == "NOUN" and before.lower_ in nouns("person") and before.i == at - 1)


def _parts(span: Span) -> list[Span]:
    """A recognizer's span, or both people where it took two for one: "Reyes and Hale"."""
    between = [token.i for token in span if token.lower_ == "and"] if span.label_ == "PERSON" else []
    if len(between) != 1 or not span.start < between[0] < span.end - 1:
        return [span]
    return [span.doc[span.start : between[0]], span.doc[between[0] + 1 : span.end]]


def _mention(span: Span) -> Mention | None:
    """A named entity as a mention, without article, title, possessive, stray quotation marks and the word that opens
    its sentence."""
    titled = len(span) > 1 and span[0].text[0].isupper() and title_of(span[0].text) is not None
    label = "PERSON" if titled else span.label_ or "PERSON"
    if label not in TYPES:
        return None
    start, end = span.start, span.end
    while start < end and (span.doc[start].lower_ in ("the", "a", "an") or not span.doc[start].text[0].isalnum()):
        start += 1
    if end - start > 1 and span.doc[start].lower_ in _OPENING:
        start += 1
    while end > start and (span.doc[end - 1].tag_ == "POS" or not any(c.isalnum() for c in span.doc[end - 1].text)):
        end -= 1
    if label == "PERSON":
        end = _hyphenated(span.doc, end)
        while end - start > 1 and (title_of(span.doc[start].text) is not None or span.doc[start].lower_ == "president"):
            start += 1
    slash = next((i for i in range(start + 1, end) if "/" in span.doc[i].text), end)
    text = span.doc[start:slash].text
    if all(_is_title(token.lower_) or token.lower_ in _OFFICES for token in span.doc[start:slash]):
        # "Prime Minister" by itself is an office, nobody's name.
        return None
    if not text or "\n" in text or not any(c.isupper() for c in text) or len(text) > 80:
        return None
    return Mention(start, slash, text, label)


def _hyphenated(doc: Doc, end: int) -> int:
    """The end of a name that goes on after a hyphen ("Yoon Suk-yeol"), where the recognizer stopped short of it."""
    while end + 1 < len(doc) and doc[end].text == "-" and not doc[end - 1].whitespace_ and not doc[end].whitespace_:
        end += 2
    return end


def head(doc: Doc, mention: Mention) -> Token:
    """The token of a mention that the others hang on."""
    return doc[mention.start : mention.end].root


def owner_phrase(doc: Doc, mention: Mention) -> str | None:
    """A body's name with the country that stands before it in the possessive or as an adjective."""
    left = head(doc, mention).left_edge.i
    if left >= mention.start or mention.start - left > 4:
        return None
    while left < mention.start and doc[left].pos_ == "DET":
        left += 1
    return doc[left : mention.end].text if left < mention.start else None
