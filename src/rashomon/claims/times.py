"""Page text → time expressions with TIMEX3 types and values, read against the page's date.

The words of the text are classed (`time_words`), the patterns of the table `time_patterns` are matched
over the classes, and each match is read by the rule that its row names (`time_days`, `time_years`,
`time_units`, `time_spans`, `time_clock`). A page dated to a month or an interval is read against its
first and its last day: what comes out the same is resolved, what does not stays as vague as on an
undated page.
"""

from __future__ import annotations

import calendar as months
import re
from collections.abc import Callable, Sequence
from datetime import date
from functools import cache, partial
from typing import TYPE_CHECKING

import msgspec

from rashomon.claims import time_clock, time_days, time_spans, time_tense, time_units, time_years
from rashomon.claims.time_patterns import Match, matches
from rashomon.claims.time_sense import is_time, named
from rashomon.claims.time_values import Groups, Setting, Value
from rashomon.claims.time_words import Word, words
from rashomon.model import Dated, Time, When
from rashomon.reader import written

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

Rule = Callable[[Groups, Setting], Value | None]
Spoken = tuple[date | None, str | None]
"""The day last spoken of, and the month or year that was spoken of after it."""


def find(doc: Doc, published: Dated) -> list[Time]:
    """The time expressions of a parsed page in the order of the text; offsets are characters of `doc.text`.

    `published` is the page's date with the precision it has. Basis: "stated" where the words alone give the
    value, "resolved" where the publication date or a day named before gave it, "vague" where neither does.
    """
    row = words(written(doc))
    bounds = days(published.value)
    if bounds and not 1000 < bounds[0].year <= bounds[1].year < 3000:
        bounds = None  # No page is of such a day, and what is counted from it may leave the calendar.
    spoken: Spoken = (None, None)
    at = 0
    barred: dict[int, int] = {}
    out: list[Time] = []
    for match in matches(row):
        if match.first < max(at, barred.get(match.pattern.rank, 0)):
            continue
        start, end = row[match.first].start, row[match.last - 1].end
        if match.pattern.kind is None:
            at = match.last
            continue
        found = is_time(doc, match, start, end)
        read = _read(_completed(match, row), doc, (start, end), bounds, spoken) if found else None
        settled = _settled(read, match, doc, end, bounds) if read else None
        if settled is None:
            # "his late twenties" is no decade, and its tail is none either.
            barred[match.pattern.rank] = match.last
            continue
        at = match.last
        (value, basis), day = settled
        out.append(Time(start, end, written(doc)[start:end], match.pattern.kind, value, basis))
        if day and not (spoken[0] and time_tense.is_of_saying(doc, start, end)):
            spoken = day, None
        elif re.fullmatch(r"\d{4}(?:-\d\d)?", value):
            spoken = spoken[0], value
    return out


def _settled(
    read: Value, match: Match, doc: Doc, end: int, bounds: tuple[date, date] | None
) -> tuple[Value, date | None] | None:
    """A value with the day it names, without its year where that is open; None where the calendar lacks the day."""
    value, basis = read
    written_day = re.match(r"\d{4}-\d\d-\d\d", value)
    if not written_day:
        return read, None
    if days(written_day.group()) is None:
        # February 29 of a year that has none.
        return None
    day = date.fromisoformat(written_day.group())
    if basis == "resolved" and match.pattern.reading == "calendar" and named(doc, end, day, bounds):
        return (f"XXXX{value[4:]}", "vague"), None
    return read, day


def days(value: str | None) -> tuple[date, date] | None:
    """The first and last day of a date ("2024-10-21", "2024-10", "2024-10-24/2024-10-27"); None where there is none."""
    if not value:
        return None
    first, _, last = value.partition("/")
    left, right = _first_last(first), _first_last(last or first)
    return (left[0], right[1]) if left and right else None


def _first_last(value: str) -> tuple[date, date] | None:
    match = re.match(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", value)
    if not match:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    assert year is not None
    try:
        if day and month:
            return date(year, month, day), date(year, month, day)
        if month:
            return date(year, month, 1), date(year, month, months.monthrange(year, month)[1])
        return date(year, 1, 1), date(year, 12, 31)
    except ValueError:
        return None


@cache
def _rule(name: str) -> Rule:
    """The rule of a row, by its name."""
    for module in (time_days, time_years, time_units, time_spans, time_clock):
        if name in vars(module):
            rule: Rule = vars(module)[name]
            return rule
    raise LookupError(f"time_patterns names the reading {name!r}, which no module has")


def _completed(match: Match, row: Sequence[Word]) -> Match:
    """A match with what the words beside it add: to a time of day its day, to a month the year
    of the next; and to a weekday the one that a stretch of days begins with, which stands before it.
    """
    more: dict[str, list[Word]] = {}
    if match.pattern.reading in ("clock", "noon") and not {"weekday", "today", "month"} & match.groups.keys():
        more = time_clock.day_after(row, match.last)
    elif match.pattern.reading in ("month", "calendar"):
        more = time_years.year_after(match.groups, row, match.last)
    elif match.pattern.reading == "weekday":
        more = time_days.day_before(row, match.first)
    return msgspec.structs.replace(match, groups=match.groups | more) if more else match


def _read(
    match: Match,
    doc: Doc,
    at: tuple[int, int],
    bounds: tuple[date, date] | None,
    spoken: Spoken,
) -> Value | None:
    """The value of one match, the same for every day that the page may be of; else as on an undated page."""
    rule = _rule(match.pattern.reading)
    way = cache(partial(time_tense.way, doc, *at))
    if bounds is None:
        return rule(match.groups, Setting(None, *spoken, way))
    first, last = bounds
    near, coarse = spoken
    value = rule(match.groups, Setting(first, near or first, coarse, way))
    if first == last or value == rule(match.groups, Setting(last, near or last, coarse, way)):
        return value
    return rule(match.groups, Setting(None, *spoken, way))


def is_open(time: Time) -> bool:
    """Whether a date is written in figures of which nothing says which is the day: "3/4/2019"."""
    return time.basis == "vague" and re.fullmatch(r"\d+/\d+/\d+", time.exact) is not None


def when(doc: Doc, times: Sequence[Time], start: int, end: int, at: int | None = None) -> When | None:
    """Of the times inside a stretch of the page, the one that dates what it says; None where there is none.

    `at` is a character of the stretch's main verb, where the caller knows it. What dates that verb comes first, then
    what dates a verb that goes with it; among equals one that is not vague, then the first. A date inside a noun
    phrase ("its 2022 invasion"), a relative clause or a span of time ("since 1998") dates something else.
    """
    inside = [time for time in times if start <= time.start and time.end <= end and time.type in ("DATE", "TIME")]
    if not inside:
        return None
    verb = doc.char_span(at, at + 1, alignment_mode="expand") if at is not None else None
    main = verb[0] if verb is not None and len(verb) else _main(doc, start, end)
    ranked = [(rank, time.basis == "vague", time.start, time) for time in inside
              if main is not None and (rank := _rank(doc, time, main)) is not None]  # fmt: skip
    if not ranked:
        return None
    best = min(ranked, key=lambda item: item[:3])[3]
    return When(best.value, best.basis, best.exact)


def _main(doc: Doc, start: int, end: int) -> Token | None:
    """The word that the rest of a stretch hangs on, a verb before any other."""
    span = doc.char_span(start, end, alignment_mode="expand")
    if span is None:
        return None
    tops = [token for token in span if token.head.i == token.i or not span.start <= token.head.i < span.end]
    tops = [token for token in tops if not token.is_punct and not token.is_space]
    return next((token for token in tops if token.pos_ in ("VERB", "AUX")), tops[0] if tops else None)


_SPANNING = frozenset(("between", "since", "until", "till", "than", "of"))
_BESIDE = frozenset(("before", "after"))
_DAYS_AND_HOURS = frozenset(("on", "at", "in", "by", "during", "late", "early"))


def _rank(doc: Doc, time: Time, main: Token) -> int | None:
    """How surely a time dates what the main word says, 0 the surest; None where it dates something else."""
    span = doc.char_span(time.start, time.end, alignment_mode="expand")
    if span is None or not len(span):
        return None
    word, rank = span.root, 0
    if word.i == main.i:
        return 0
    while word.head.i != word.i and word.i != main.i:
        over = word.head
        if over.i != main.i and word.dep_ in ("relcl", "acl", "appos", "poss", "compound", "amod", "nmod"):
            return None
        if word.dep_ in ("poss", "compound", "amod", "nmod", "relcl", "appos"):
            return None
        if word.dep_ == "prep" and (word.lower_ in _SPANNING or (time.type == "DATE" and word.lower_ in _BESIDE)):
            return None
        if over.pos_ in ("NOUN", "PROPN") and over.i != main.i:
            # "took the town on Friday": the parser often hangs on the object what dates the verb.
            if over.i > span.start or (word.dep_ == "prep" and word.lower_ not in _DAYS_AND_HOURS):
                return None
            rank = max(rank, 1)
        elif over.pos_ in ("VERB", "AUX") and over.i != main.i:
            rank = 2
        word = over
    return rank
