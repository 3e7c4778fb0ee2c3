"""Figures that tell which thing is meant, not how many: "lorry 44", "Boeing 737", "2630 Waldron", "one of us"."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from rashomon.claims import number_states, tables
from rashomon.claims.mentions import nouns
from rashomon.claims.number_words import Amount
from rashomon.reader import written

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

TIMES = frozenset(
    [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "today",
        "yesterday",
        "tomorrow",
        "tonight",
        "ago",
    ]
)
"""Words that tell a time where a counted noun could stand."""


def pronoun(doc: Doc, amount: Amount, first: Token, found: tuple[int, int] | None, partitive: bool) -> bool:
    """Whether "one" counts nothing ("one of the", "no one", "one must")."""
    if not (amount.words and amount.low == amount.high == 1):
        return False
    left = doc[first.i - 1] if first.i > first.sent.start else None
    if left is not None and left.lower_ in ("no", "any", "every", "each", "this", "that", "which", "some", "the"):
        return True
    if partitive or (left is not None and left.pos_ == "ADJ"):
        return True
    if found is not None:
        return first.pos_ == "PRON" or doc[found[1] - 1].lower_ in ("another", "reason", "thing", "day", "way", "side")
    text, sentence = written(doc), first.sent
    said = number_states.after(text, amount.end, sentence.end_char)
    return not (said or number_states.before(text, sentence.start_char, amount.start))


def named(doc: Doc, amount: Amount, first: Token) -> bool:
    """Whether the figure belongs to the name before it ("Boeing 737")."""
    if amount.pair or first.i == first.sent.start:
        return False
    left = doc[first.i - 1]
    if amount.words:
        owner = first.i + 1 < len(doc) and doc[first.i + 1].text in ("'s", "’s")
        return owner and first.text.istitle() and left.text.istitle()
    if left.i == left.sent.start and left.pos_ != "PROPN":
        return False
    return left.pos_ == "PROPN" and left.text[:1].isupper() and left.lower_ not in TIMES


def labelled(doc: Doc, amount: Amount, first: Token) -> bool:
    """Whether the figure tells which thing the noun before it is ("lorry 44", "junction 7"), not how many there are."""
    if amount.words or amount.pair or amount.sign or amount.qualifier != "exact" or first.i == first.sent.start:
        return False
    left = doc[first.i - 1]
    small = amount.low is not None and amount.low < 1000
    return (
        small
        and (left.tag_ == "NN" or (left.is_lower and left.tag_ == "NNP"))
        and left.lower_ not in TIMES
        and left.lower_ not in ("total", "toll", "least")
    )


def which(doc: Doc, amount: Amount, first: Token, head: Token) -> bool:
    """Whether the figure before a noun in the singular tells which it is: "the 777 program", "its 737 Max jet"."""
    if amount.words or amount.pair or amount.qualifier != "exact" or not first.text.isdigit() or len(first.text) < 2:
        return False
    left = doc[first.i - 1] if first.i > first.sent.start else None
    pointed = left is not None and (left.pos_ in ("DET", "ADJ") or left.tag_ in ("PRP$", "POS"))
    one = head.tag_ in ("NN", "NNP") and head.pos_ in ("NOUN", "PROPN")
    return pointed and one and head.lemma_.lower() not in _same() and head.i > first.i


@cache
def _same() -> frozenset[str]:
    """Nouns of which the singular may be counted: the table's, and what is counted out or measured."""
    measures = {row["word"].lower().rstrip("s") for row in tables.rows("number_measures")}
    return frozenset({row["word"] for row in tables.rows("number_same")} | measures)


def age(doc: Doc, amount: Amount, first: Token) -> bool:
    """Whether the figure is somebody's age ("Garland is 63")."""
    if amount.words or amount.sign or amount.low is None or not 10 <= amount.low <= 110 or first.i == first.sent.start:
        return False
    left = doc[first.i - 1]
    if left.lemma_ not in ("be", "turn") and left.text not in ("'s", "’s"):
        return False
    who = [child for child in left.children if child.dep_ == "nsubj"] or [doc[left.i - 1]] if left.i else []
    return any(
        one.ent_type_ == "PERSON" or one.lower_ in ("he", "she", "who") or one.lemma_.lower() in nouns("person")
        for one in who
    )


def house(doc: Doc, amount: Amount, first: Token, head: Token) -> bool:
    """Whether the figure is the number of a house, a road or a station: "2630 Waldron", "900 Grand Concourse"."""
    if amount.words or amount.pair or head.tag_ != "NNP" or not first.text.isdigit() or len(first.text) < 3:
        return False
    left = doc[first.i - 1] if first.i > first.sent.start else None
    return left is None or left.pos_ in ("ADP", "PUNCT", "SPACE", "PROPN")
