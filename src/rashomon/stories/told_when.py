"""The days that a page names as past: by their weekday, or by their day of a month; read without a parse.

`claims/times.py` asks a parsed verb which way a time lies. In a store nothing is parsed again, and a page without a
date is placed in the report: here the words beside the day tell it (`tables/told_when.tsv`), and of a day that they
leave open nothing is said.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import NamedTuple

from rashomon.model import Page, Time
from rashomon.stories.words import rows

_WEEKDAY = re.compile(r"XXXX-WXX-([1-7])(?:T|$)")
_CALENDAR = re.compile(r"(\d{4}|XXXX)-(\d\d)-(\d\d)(?:T|$)")
_MONTH = re.compile(r"XXXX-\d\d(?:T|$)")
_WRITTEN = re.compile(r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|\d[-/.]\d", re.I)
"""A day that is written out; “the following day” and “at 3 p.m.” are counted from another."""
_TURNED = re.compile(r"\b(?:next|coming|last|past|previous|every|each)\b", re.I)
"""A weekday that is not the one nearest before."""
_OWNED = re.compile(r"['’]s?\b")
"""Of "Friday's match" no verb tells when it is."""
_OPEN = re.compile(
    r"\b(?:until|till|by|before|through|from|to|of|between|for|than|a|any|most)\s+(?:(?:late|early|on|at|around|the)\s+)*$",
    re.I,
)
"""What leads up to a day, or away from it, may do so from before it; and "a Friday" may be any."""
_STAMP = re.compile(r"(?:\b(?:published|posted|updated|modified|edited)\b[:\s]*(?:(?:at|on)\s+)?|\(@\w+\)\s*)$", re.I)
"""What stands before the date of a page, a film or a post, which tells nothing of what happened when."""
_WILL = re.compile(r"(?:\bwill\b|['’]ll\b|\b(?:is|are) to\b)", re.I)
_BE = re.compile(r"^\s+(?:(?:not|also|then)\s+)?(?:have\s+been|be)\s+\w+", re.I)
"""In "will be heard" no verb is past."""
_ENDS = re.compile(r"[,;:—–()“”\"]|\b(?:that|who|which|since|after|before|than|of|from)\b", re.I)
"""What may begin a clause of its own, or another day."""
_SENTENCE = re.compile(r"(?<=[.!?])[\"”’)]*\s+(?=[\"“‘(]?[A-Z])|\n+")
_LEAD = re.compile(r"\W*(?:(?:late|early|on|at|around|about|just|shortly|that|this)\b\W*)*$", re.I)
"""What stands between a verb and the day beside it, or between the beginning of a sentence and a day."""
_LONG = 600
# Characters of a sentence that are looked at on each side of a day.
_BEFORE = 40
# Characters before a verb in which a word may put it ahead ("will not be held"), before a day those that lead to it.
_NEXT = 25
# Characters after a day in which a verb stands beside it.
OLDEST = 5
"""Days from a weekday to the last day on which a page tells of it by its bare name, where nothing else dates it."""
NEAR = 30
"""A day of a month without its year is the one within so many days, on the side that the words put it."""


class Named(NamedTuple):
    """A day that a page names as past, or as still to come."""

    value: str
    """"XXXX-WXX-4" for a weekday, "2031-04-28" or "XXXX-04-28" for a day of a month."""
    exact: str
    """As written."""
    ahead: bool = False
    """Whether it is still to come."""

    @property
    def weekday(self) -> int | None:
        """1 for Monday to 7 for Sunday; None for a day of a month."""
        found = _WEEKDAY.match(self.value)
        return int(found[1]) if found else None

    def age(self, at: date) -> int:
        """How many days before the one given this one lies, negative where it lies behind it.

        A weekday is the one before, but for the weekday that the next day has: of what is six days old news has the
        date. (Where pages that bear a day name the next one's weekday as past, they were added to on that day.)
        """
        if self.weekday:
            age = (at.isoweekday() - self.weekday) % 7
            return age - 7 if age > OLDEST else age
        found = _days(self.value, at)
        ages = [(at - each).days for each in found]
        near = [age for age in ages if (0 < age <= NEAR if self.ahead else -NEAR <= age < 0)]
        return near[0] if near else min(ages, key=abs, default=0)


def nearest(value: str, to: date) -> date | None:
    """The day of a month without its year, or the middle of a month without its year, that is nearest to a day."""
    found = _days(f"{value[:7]}-15" if _MONTH.match(value) else value, to) if value.startswith("XXXX-") else []
    return min(found, key=lambda each: abs(each - to), default=None)


def _days(value: str, near: date) -> list[date]:
    """The days that a day of a month may be of: with its year one, else those of the years about a day."""
    match = _CALENDAR.match(value)
    if not match:
        return []
    years = range(near.year - 1, near.year + 2) if match[1] == "XXXX" else [int(match[1])]
    out = []
    for year in years:
        try:
            out.append(date(year, int(match[2]), int(match[3])))
        except ValueError:  # The calendar lacks the day.
            continue
    return out


def weekday(value: str | None, exact: str) -> int | None:
    """The weekday of a TIMEX3 value that a bare name gave, 1 for Monday; None for "last Friday" and for all else."""
    found = _WEEKDAY.match(value or "")
    return int(found[1]) if found and not _TURNED.search(exact) else None


def named(page: Page) -> list[Named]:
    """The days that an undated page names as past, and those of a month that it names as still to come; each once."""
    found: dict[tuple[str, bool], Named] = {}
    for time in page.times:
        value = (time.value or "").partition("T")[0]
        calendar = _CALENDAR.match(value)
        if not (calendar and _WRITTEN.search(time.exact)) and not weekday(value, time.exact):
            continue
        exact = " ".join(time.exact.split())
        if is_past(page.text, time):
            found.setdefault((value, False), Named(value, exact))
        elif calendar and is_ahead(page.text, time):
            found.setdefault((value, True), Named(value, exact, ahead=True))
    return list(found.values())


def is_past(text: str, time: Time) -> bool:
    """Whether the words beside a day of a text surely tell of it as past."""
    near = text[max(0, time.start - _BEFORE) : time.start]
    if _OWNED.match(text, time.end) or _OPEN.search(near) or _STAMP.search(near):
        return False
    start, end = _sentence(text, time)
    before, after = text[start : time.start], text[time.end : end]
    beside = _LEAD.search(before[-_BEFORE:])
    lead = before[: len(before[:-_BEFORE]) + beside.start()] if beside else before
    ahead, past = _words("ahead"), _words("past")
    verb = next(reversed([match for match in past.finditer(lead) if match.end() == len(lead)]), None)
    if verb is not None:
        return not ahead.search(lead[max(0, verb.start() - _BEFORE) :])
    if not lead or past.match(after[:_NEXT].lstrip()):
        # "On Friday, the mayor said that she would go", "the mayor on Friday said …": the first verb is the day's;
        # "the strike on Friday was called off": unless it only carries the next.
        first, other = past.search(after), ahead.search(after)
        return first is not None and (other is None or first.end() + 1 < other.start())
    return past.search(before + after) is not None and ahead.search(before + after) is None


def is_ahead(text: str, time: Time) -> bool:
    """Whether the words beside a day of a text surely tell of it as still to come: "will meet on March 3"."""
    start, _ = _sentence(text, time)
    will = next(iter(reversed([*_WILL.finditer(text, start, time.start)])), None)
    between = _BE.sub("", text[will.end() : time.start]) if will else ""
    return will is not None and not _ENDS.search(between) and _words("past").search(between) is None


def _sentence(text: str, time: Time) -> tuple[int, int]:
    """From where to where the sentence reaches that a time stands in, roughly."""
    start = max(0, time.start - _LONG)
    for match in _SENTENCE.finditer(text, start, time.start):
        start = match.end()
    end = _SENTENCE.search(text, time.end, time.end + _LONG)
    return start, end.start() if end else min(len(text), time.end + _LONG)


@cache
def _words(way: str) -> re.Pattern[str]:
    """What finds the words of one way; words in -ed are past unless they put things ahead."""
    listed = sorted((re.escape(row[0]) for row in rows("told_when") if row[1] == way), key=len, reverse=True)
    words = "|".join(listed).replace("'", "['’]")
    if way == "ahead":
        return re.compile(rf"(?:\b|(?=['’]))(?:{words})\b", re.I)
    others = "|".join(re.escape(row[0]) for row in rows("told_when") if row[1] == "ahead")
    return re.compile(rf"\b(?!(?:{others})\b)(?:{words}|[a-z]{{2,}}ed)\b", re.I)
