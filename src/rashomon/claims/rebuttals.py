"""Denials in passing: "The rebels took the airport, a claim the army denied". What is denied is the clause before.

Annotators of attribution give such a verb its noun as content ("a claim"); what is denied is what the noun sums up.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from rashomon.claims import cues
from rashomon.claims.quoting import Saying
from rashomon.reader import written
from rashomon.spans import trim

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_SUMS_UP = frozenset(
    "claim charge accusation allegation assertion suggestion insinuation report version account".split()
)
_DENYING = frozenset("deny reject dispute refute contest rebut repudiate".split())
_PARTING = frozenset((",", "–", "—", "-", ";"))


def find(doc: Doc) -> Iterator[Saying]:
    """The denials in passing of a parsed page, in order."""
    for verb in doc:
        if cues.lemma_of(verb) in _DENYING and _on_what_sums_up(verb):
            saying = _saying(doc, verb)
            if saying is not None:
                yield saying


def _saying(doc: Doc, verb: Token) -> Saying | None:
    first, noun = verb.head, verb.head
    while first.i > verb.sent.start and doc[first.i - 1].head == noun and doc[first.i - 1].dep_ in ("det", "amod"):
        first = doc[first.i - 1]
    by = cues.agent(verb) if verb.tag_ == "VBN" else None
    speaker = by or next((child for child in verb.children if child.dep_ == "nsubj"), None)
    denied = any(child.dep_ == "neg" for child in verb.children)
    if speaker is None or denied or first is noun or first.i == verb.sent.start:
        return None
    parting = doc[first.i - 1]
    content = trim(written(doc), verb.sent.start_char, parting.idx)
    told = any(word.pos_ in ("VERB", "AUX") for word in doc[verb.sent.start : parting.i])
    if parting.text not in _PARTING or content[0] >= content[1] or not told:
        return None
    left, right = doc[speaker.left_edge.i], doc[speaker.right_edge.i]
    last = right if right.i < verb.i or by is not None else speaker
    who = (left.idx, last.idx + len(last))
    return Saying((verb.idx, verb.idx + len(verb)), who, ((content,),), "deny", False, verb.i, speaker.i)


def beside(doc: Doc, sayings: Sequence[Saying]) -> list[Saying]:
    """The sayings with those denials among them, in the order of their first content."""
    taken = {saying.token for saying in sayings}
    new = [saying for saying in find(doc) if saying.token not in taken]
    if not new:
        return list(sayings)
    every = [*sayings, *new]
    order = sorted(range(len(every)), key=lambda at: every[at].parts[0][0])
    place = {old: at for at, old in enumerate(order)}
    ordered = (every[old] for old in order)
    return [each if each.joins is None else replace(each, joins=place[each.joins]) for each in ordered]


def is_one(doc: Doc, saying: Saying) -> bool:
    """Whether a saying is such a denial: what it denies is the page's, or somebody else's, to tell."""
    if saying.token is None or saying.stance != "deny":
        return False
    verb = doc[saying.token]
    return _on_what_sums_up(verb) and saying.parts[0][0][1] <= verb.idx


def _on_what_sums_up(verb: Token) -> bool:
    return verb.dep_ in ("relcl", "acl") and verb.head.lemma_.lower() in _SUMS_UP
