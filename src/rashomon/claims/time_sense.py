"""Whether words that may be something else are a time where they stand, and days that are names of happenings."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from rashomon.claims import time_tense
from rashomon.claims.time_named import happenings
from rashomon.claims.time_patterns import Match
from rashomon.reader import written

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


_RECENT = 120
"""So many days back a day that names a happening is this year's; of older ones the year is not known."""


def named(doc: Doc, end: int, day: date, bounds: tuple[date, date] | None) -> bool:
    """Whether a day without a year names the happening that follows it; such names outlive their year."""
    span = doc.char_span(end - 1, end, alignment_mode="expand")
    if span is None or not len(span) or bounds is None:
        return False
    if 0 <= (bounds[1] - day).days <= _RECENT and day.isoformat()[5:] not in happenings("day"):
        return False
    for token in doc[span.end : min(span.end + 4, span.sent.end)]:
        if token.lemma_.lower() in happenings("happening"):
            return True
        if token.pos_ not in ("ADJ", "NOUN", "PROPN") and token.text not in ("-", "–", "and"):
            return False
    return False


_MONTH_AFTER = re.compile(
    r"in|by|since|until|till|from|to|last|next|this|of|early|late|mid|-|during|for|and|between|through|each|every"
    r"|before|after|or"
)


_OWNER = re.compile(r"\b(?:his|her|their|my|our|your)\s+$", re.IGNORECASE)
"""Whose "50s" they are: an age."""
_WARMTH = re.compile(r"\b(?:temperatures?|highs?|lows?|degrees)\b[^.]*$", re.IGNORECASE)


_SHARE = re.compile(
    r"(?:three|3|one|1|a)[- ]quarters? of (?!a\b|an\b|(?:\w+ )?(?:growth|decline|contraction|expansion|loss|profit))",
    re.IGNORECASE,
)
"""A part of something, where "two quarters of growth" is half a year."""


_RUNNING = re.compile(r"\d:\d\d(?::\d\d)?")
"""Figures that may be a time of day, or how long a video or a race is: "2:05"."""
_CLOCK_AFTER = re.compile(
    r"(?:\b(?:at|by|from|to|until|till|before|after|around|about|since|between|and|past)\s+|[-–]\s?)$", re.IGNORECASE
)


_SO_MANY = frozenset(("some", "any", "all", "no", "they", "we", "i", "you", "it", "he", "she", "who"))
"""Words before four figures that leave them a count: "some 2012 people"."""


_NARROWING = frozenset(("ADJ", "NOUN", "PROPN", "DET", "PRON", "NUM"))
"""What makes certain days of "days", and of no length: "the first days after", "those days of war"."""


_NO_YEAR = re.compile(r"[$€£#]$|(?<!\bpre)(?<!\bpost)-$", re.IGNORECASE)
"""What stands before four figures that are no year: a currency, or a hyphen, but not that of "post-1990"."""


def is_time(doc: Doc, match: Match, start: int, end: int) -> bool:
    """Whether words that may be something else are a time here: "May" and "Jan", counts like years, "a year"."""
    text, reading = written(doc), match.pattern.reading
    if reading == "future":
        return text[start:end].lower() != "soon" or time_tense.way(doc, start, end) > 0
    if reading == "noon":
        return not text[max(0, start - 5) : start].lower().endswith("high ")
    if reading == "clock":
        return (
            _RUNNING.fullmatch(text, start, end) is None
            or _CLOCK_AFTER.search(text, max(0, start - 12), start) is not None
        )
    if reading == "duration":
        return _SHARE.match(text, start) is None
    if reading not in ("month", "year", "decade", "yearly", "bareduration"):
        return True
    span = doc.char_span(start, end, alignment_mode="expand")
    if span is None or not len(span):
        return False
    first, last = span[0], span[-1]
    before = doc[first.i - 1] if first.i else None
    if reading == "bareduration":
        return before is None or before.pos_ not in _NARROWING
    if reading == "decade":
        return _is_decade(text, match, start)
    if reading == "yearly":
        return before is not None and (before.pos_ in ("NOUN", "NUM", "SYM") or before.text == "%")
    if reading == "month" and match.last - match.first == 1:
        if first.ent_type_ in ("PERSON", "ORG") or (len(text[start:end]) < 5 and _short(doc, match, end)):
            return False
        if text[start:end] not in ("May", "March", "August") or _before_a_noun(first):
            return True
        return before is not None and _MONTH_AFTER.fullmatch(before.lower_) is not None
    if reading == "year" and _NO_YEAR.search(text, max(0, start - 6), start):
        return False
    counts = last.head.tag_ == "NNS" and last.head.i == last.i + 1 and last.dep_ == "nummod"
    return not (reading == "year" and counts and not _is_told_of(last))


def _is_decade(text: str, match: Match, start: int) -> bool:
    """Whether "the 50s" are years, not somebody's age or the weather."""
    if _OWNER.search(text, max(0, start - 12), start) or _WARMTH.search(text, max(0, start - 60), start):
        return False
    figures = text[start].isdigit() and not text[start : start + 4].isdigit()
    return not figures or match.groups["decade"][0].kind != "DECADES"


def _is_told_of(year: Token) -> bool:
    """Whether a year before several things is theirs ("the deadly 2012 attacks"), not their number."""
    at = year.i - 1
    if at > 0 and year.doc[at].pos_ == "ADJ":
        at -= 1
    return at >= 0 and year.doc[at].pos_ in ("DET", "PRON", "PART") and year.doc[at].lower_ not in _SO_MANY


def _before_a_noun(month: Token) -> bool:
    """Whether a month that may be a name stands before what took place in it: "the March incident"."""
    head = month.head
    return head.i > month.i and head.i - month.i < 3 and head.pos_ == "NOUN" and head.text.islower()


def _short(doc: Doc, match: Match, end: int) -> bool:
    """Whether a month is abbreviated without the full stop that tells it from a name ("Jan")."""
    word = match.groups["month"][0].text
    return word not in ("May", "June", "July") and written(doc)[end : end + 1] != "."
