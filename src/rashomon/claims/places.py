"""Where the thing claimed is said to happen: the places named in a content."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

from rashomon.claims import countries
from rashomon.claims.tables import rows
from rashomon.model import Place

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from rashomon.claims.cast import Cast

_TYPES = frozenset(("GPE", "LOC", "FAC"))
_REGION = re.compile(
    r"(?:region|province|district|county|city|town|village|area|port|airport|island|valley|bay|harbour|harbor|state|"
    r"street|avenue|square|bridge|river|border|suburb|oblast|prefecture|neighborhood|neighbourhood)s?$",
    re.IGNORECASE,
)


def places_in(doc: Doc, cast: Cast, content: Iterable[tuple[int, int]]) -> tuple[Place, ...]:
    """The places of a content, in order: names after a preposition of place, or before "region" and the like."""
    out: dict[str, Place] = {}
    for start, end in content:
        found = doc.char_span(start, end, alignment_mode="expand")
        if found is None:
            continue
        for mention in cast.within(found.start, found.end):
            country = countries.lookup(mention.text)
            adjective = country is not None and country.kind == "demonym"
            head = doc[mention.start : mention.end].root
            if mention.type in _TYPES and not adjective and _placed(head, country is not None):
                out.setdefault(mention.text, Place(mention.text, mention.entity))
        for text in _unnamed(doc, cast, found.start, found.end):
            out.setdefault(text, Place(text, None))
    return tuple(out.values())


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(word for row in rows("places") if row["kind"] == kind for word in row["words"].split(";"))


def _placed(head: Token, land: bool = False) -> bool:
    """Whether a name stands where places stand; `land`: whether it is a country's, which also acts and is acted on."""
    if head.dep_ == "pobj":
        where = head.head.lower_ in _words("where")
        return where and not (land and head.head.lower_ in _words("topic")) and head.head.dep_ != "agent"
    if head.dep_ in ("dobj", "nsubjpass"):
        return head.head.lemma_.lower() in _words("befalls")
    if head.dep_ in ("compound", "nmod", "amod", "poss"):
        return (head.dep_ != "poss" and bool(_REGION.search(head.head.text))) and _placed_phrase(head.head)
    if head.dep_ in ("conj", "appos"):
        return _placed(head.head, land) if head.head.i != head.i else False
    return head.dep_ == "npadvmod"


def _placed_phrase(noun: Token) -> bool:
    return noun.dep_ in ("pobj", "nsubj", "nsubjpass", "dobj", "conj", "appos")


def _unnamed(doc: Doc, cast: Cast, start: int, end: int) -> Iterable[str]:
    """Names before "region", "street" and the like that the recognizer passed over."""
    for token in doc[start:end]:
        if token.i in cast.at or not _REGION.fullmatch(token.text) or token.dep_ not in ("pobj", "conj"):
            continue
        left = token.i
        while left > start and doc[left - 1].pos_ == "PROPN" and (left - 1) not in cast.at:
            left -= 1
        if left < token.i and token.head.lower_ in _words("where"):
            yield doc[left : token.i + 1].text if token.pos_ == "PROPN" else doc[left : token.i].text
