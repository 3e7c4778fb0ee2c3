"""The codebook of events: which frame of which word reports which type, as the tables say.

Reads `tables/events.tsv` (frames), `tables/events_words.tsv` (classes of nouns that frames ask for) and
`tables/events_modes.tsv` (what intention, refusal and demand make of an event).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import TYPE_CHECKING, get_args

import msgspec

from rashomon.claims.frames import Frame, frame, kinds
from rashomon.claims.tables import rows
from rashomon.model import EventCode

if TYPE_CHECKING:
    from spacy.tokens import Token


_ANY = 1000
"""How wide a need is that any word meets."""


class Row(msgspec.Struct, frozen=True):
    """One row of the table of frames."""

    code: str
    needs: tuple[tuple[str, frozenset[str]], ...]
    recipient: tuple[str, ...]


class Mode(msgspec.Struct, frozen=True):
    """What a mode makes of friendly and of hostile events."""

    name: str
    friendly: str
    hostile: str


def words_of(name: str) -> frozenset[str]:
    """The lemmas of a class of words."""
    return _classes()[name]


@cache
def _classes() -> dict[str, frozenset[str]]:
    """The classes of nouns by name."""
    return {row["class"]: frozenset(row["words"].split(",")) for row in rows("events_words")}


def _needs(text: str) -> Iterator[tuple[str, frozenset[str]]]:
    """What a row asks for: its kind and the words, classes written out."""
    for need in text.split():
        kind, _, words = need.partition(":")
        found: set[str] = set()
        for word in filter(None, words.split(",")):
            found |= _classes()[word[1:]] if word.startswith("@") else {word}
        yield kind, frozenset(found)


@cache
def _frames() -> dict[tuple[str, str], tuple[Row, ...]]:
    """The rows for each cue and part of speech, the most demanding first."""
    found: dict[tuple[str, str], list[Row]] = {}
    for row in rows("events"):
        if row["code"] not in (*get_args(EventCode), "-"):
            raise ValueError(f"events.tsv: {row['code']} is no event type; use one of {', '.join(get_args(EventCode))}")
        recipient = tuple(filter(None, row["recipient"].split(",")))
        made = Row(row["code"], tuple(_needs(row["needs"])), recipient)
        for cue in row["cue"].split(","):
            found.setdefault((cue, row["pos"]), []).append(made)
    return {key: tuple(sorted(made, key=_width)) for key, made in found.items()}


def _width(row: Row) -> tuple[int, bool, int]:
    """Sorts the most demanding rows first, then those that say "no event", then those that accept the fewest words."""
    widths = (len(words) or (_ANY if kind in ("subj", "ing") else 0) for kind, words in row.needs)
    return -len(row.needs), row.code != "-", sum(widths)


@cache
def modes(place: str) -> dict[str, Mode]:
    """The modes by the word that marks them, as an auxiliary or as a verb."""
    return {
        word: Mode(row["mode"], row["friendly"], row["hostile"])
        for row in rows("events_modes")
        if row["place"] == place
        for word in row["words"].split(",")
    }


def _pos(token: Token) -> str | None:
    """The table's part of speech for a token that can report an event."""
    if token.pos_ in ("VERB", "AUX"):
        return None if token.dep_ == "amod" or _hyphened(token) else "verb"
    if token.pos_ == "NOUN" and token.dep_ not in ("compound", "nmod", "amod"):
        return "noun"
    if token.pos_ == "ADJ" and token.dep_ in ("acomp", "ROOT", "conj"):
        return "adj"
    return None


def _hyphened(token: Token) -> bool:
    """Whether the word is the end of a compound adjective: "life-threatening"."""
    return token.i > token.sent.start and token.doc[token.i - 1].text in ("-", "–") and token.tag_ in ("VBG", "VBN")


_NEEDS: dict[str, Callable[[Frame, frozenset[str]], bool]] = {
    "obj": lambda around, words: bool(words & kinds(around.object)),
    "subj": lambda around, words: bool(words & kinds(around.subject)) if words else around.subject is not None,
    "near": lambda around, words: any(token.lemma_.lower() in words for token in around.token.sent),
    "ing": lambda around, _: around.token.tag_ == "VBG" or (around.token.tag_ == "VB" and around.token.dep_ == "xcomp"),
    # "fired her minister on Sunday" says when, not at whom.
    "prep": lambda around, words: any(prep in words and not _dated(governed) for prep, governed in around.preps),
    "below": lambda around, words: any(token.lemma_.lower() in words for token in around.token.subtree),
    "prt": lambda around, words: around.particle in words,
    "inf": lambda around, _: around.infinitive is not None,
    "clause": lambda around, _: around.clause is not None,
    "iobj": lambda around, _: around.dative is not None,
    "noobj": lambda around, _: around.object is None,
    "oprd": lambda around, words: any(c.dep_ == "oprd" and c.lemma_ in words for c in around.token.children),
    "question": lambda around, _: any(_opens_question(word, around.token) for word in around.token.subtree),
    "passive": lambda around, _: around.passive,
}
"""What each kind of need asks of a frame; any other kind is a preposition that must govern one of the words."""


def _holds(need: tuple[str, frozenset[str]], around: Frame) -> bool:
    """Whether the frame has what the row asks for."""
    kind, words = need
    if kind in _NEEDS:
        return _NEEDS[kind](around, words)
    return any(prep == kind and words & kinds(governed) for prep, governed in around.preps)


def _dated(word: Token | None) -> bool:
    return word is not None and word.ent_type_ in ("DATE", "TIME")


def _opens_question(word: Token, verb: Token) -> bool:
    """Whether a word opens an indirect question that a verb takes: "asked him who won", "asked if it was safe"."""
    clause = word.head
    if word.lower_ in ("if", "whether"):
        return word.dep_ == "mark" and clause.head == verb and clause.dep_ in ("ccomp", "advcl", "xcomp")
    asks = word.tag_ in ("WP", "WRB", "WDT") and word.dep_ != "det"
    return asks and clause.head == verb and clause.dep_ in ("ccomp", "xcomp")


def fitting(token: Token) -> tuple[Row, Frame] | None:
    """The most demanding row that fits the token, with its frame; None too where that row says "no event"."""
    pos = _pos(token)
    candidates = _frames().get((token.lemma_.lower(), pos)) if pos else None
    if not candidates:
        return None
    around = frame(token)
    for row in candidates:
        if all(_holds(need, around) for need in row.needs):
            return None if row.code == "-" else (row, around)
    return None
