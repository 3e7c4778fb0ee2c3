"""Names on a page: where people, bodies and places are mentioned, and what the words around them call them."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

import msgspec

from rashomon.claims import countries
from rashomon.claims.tables import rows

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

TYPES = frozenset(("PERSON", "ORG", "GPE", "NORP", "FAC", "LOC"))
_POSSESSIVE = re.compile(r"['’]s?$")
_HONORIFIC = re.compile(
    r"^(?:(?:Mr|Mrs|Ms|Dr|Sir|Dame|Lord|Lady|Sen|Rep|Gov|Gen|Col|Lt|Sgt|Prof|Rev|St)\.?|President)\s+"
)
_LESSER = frozenset(("vice", "deputy", "former", "assistant", "acting", "late", "ex"))
_OFFICES = frozenset(
    ("prime", "foreign", "interior", "defence", "defense", "finance", "home", "attorney", "first", "white")
)
_TITLES = frozenset(
    ("mr", "mr.", "mrs", "mrs.", "ms", "ms.", "dr", "dr.", "sir", "dame", "lord", "lady", "deputy", "vice")
)


class Mention(msgspec.Struct):
    """A name at its place: tokens `start` to `end`. `entity` is set once it is known whose name it is."""

    start: int
    end: int
    text: str
    type: str
    entity: str = ""


def fold(name: str) -> str:
    """A name without case, accents, dots, hyphens and possessive, by which spellings are compared."""
    bare = _POSSESSIVE.sub("", name.strip())
    plain = "".join(c for c in unicodedata.normalize("NFKD", bare) if not unicodedata.combining(c))
    return " ".join(re.sub(r"[^\w\s&]", " ", plain.replace(".", "").casefold()).split())


@cache
def first_names() -> dict[str, str]:
    """Gender ("m" or "f") by first name, for names that tell it."""
    out: dict[str, str] = {}
    for row in rows("first_names"):
        for name in row["names"].split(";"):
            out[fold(name)] = row["gender"]
    return out


@cache
def nouns(kind: str) -> frozenset[str]:
    """The nouns of one kind in the table of roles."""
    return frozenset(noun for row in rows("roles") if row["kind"] == kind for noun in row["nouns"].split(";"))


@cache
def _gendered() -> dict[str, str]:
    return {noun: row["gender"] for row in rows("gendered") for noun in row["nouns"].split(";")}


def gender_of(phrase: str) -> str | None:
    """The gender that a noun phrase's words tell ("the boy's mother": the last such word)."""
    known = [_gendered()[word] for word in fold(phrase).split() if word in _gendered()]
    return known[-1] if known else None


def role(token: Token) -> str:
    """What a noun calls somebody, with the word that makes it another office ("vice president", "former mayor")."""
    lemma: str = token.lemma_.lower()
    before = token.nbor(-1).lower_ if token.i else ""
    return f"{before} {lemma}" if before in _LESSER else lemma


def lands(text: str) -> set[str]:
    return {mention.country.code for mention in countries.mentions(text)}


def find(doc: Doc) -> list[Mention]:
    """The recognizer's mentions, and people whom it passed over or took for something else, in order.

    A run of capitalised names is a person's where a title goes before it ("Mayor Ana Reyes"), where it opens
    with a first name that only people bear, or where it speaks and is called by a person's role.
    """
    found = [m for span in doc.ents if (m := _mention(span)) is not None]
    taken = {i: mention for mention in found for i in range(mention.start, mention.end)}
    at = 0
    while at < len(doc):
        end = at
        while end < len(doc) and doc[end].pos_ == "PROPN" and doc[end].text[0].isupper() and end - at < 6:
            end += 1
        start = at
        while start < end and (doc[start].lower_.rstrip(".") in nouns("person") or doc[start].lower_ in _TITLES):
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
        at = max(end, at + 1)
    return sorted(found, key=lambda mention: mention.start)


def _speaks(doc: Doc, start: int, end: int) -> bool:
    """Whether a run of names says something, or has a person's role in apposition, and is no body."""
    head = doc[start:end].root
    if any(token.lower_ in nouns("body") for token in doc[start:end]):
        return False
    role = any(c.dep_ == "appos" and c.lemma_.lower() in nouns("person") for c in head.children)
    return role or (head.dep_ == "nsubj" and head.head.lemma_ in ("say", "tell", "add"))


def _titled(doc: Doc, at: int) -> bool:
    return at > 0 and doc[at - 1].pos_ == "NOUN" and doc[at - 1].lower_ in nouns("person")


def _mention(span: Span) -> Mention | None:
    """A named entity as a mention, without article, honorific, possessive and stray quotation marks."""
    if span.label_ not in TYPES:
        return None
    start, end = span.start, span.end
    while start < end and (span.doc[start].lower_ in ("the", "a", "an") or not span.doc[start].text[0].isalnum()):
        start += 1
    while end > start and (span.doc[end - 1].tag_ == "POS" or not any(c.isalnum() for c in span.doc[end - 1].text)):
        end -= 1
    if span.label_ == "PERSON":
        end = _hyphenated(span.doc, end)
    text = span.doc[start:end].text
    if all(token.lower_.rstrip(".") in nouns("person") | _TITLES | _OFFICES for token in span.doc[start:end]):
        # "Prime Minister" by itself is an office, nobody's name.
        return None
    if not text or "\n" in text or not any(c.isupper() for c in text) or len(text) > 80:
        return None
    return Mention(start, end, _HONORIFIC.sub("", text) if span.label_ == "PERSON" else text, span.label_)


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
