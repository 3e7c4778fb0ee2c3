"""The days that a text speaks of, read without a parse: roughly, for pages to be compared by.

What a claim's time is, `claims/times.py` reads with care. Here one rule stands for all: a weekday is the last
one before the page, a day of a month the nearest that is not well after it. Two pages that are read alike
differ alike, and a page that is wrong by a week is only as far from the others as if it said nothing.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache

import msgspec

_EPOCH = date(1970, 1, 1)
_WEEKDAYS = {name: at for at, name in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))}
_MONTHS = {
    name: at
    for at, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), start=1
    )
}
_MONTH = (
    r"Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?"
)
_STARTS = re.compile("Mon|Tue|Wed|Thu|Fri|Sat|Sun|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec")
# A text is searched fastest for plain strings; what stands around one is looked at where it is found.
_NAMED = re.compile(
    r"(?<!\w)(?:(?P<weekday>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Mon|Tues?|Wed|Thurs?|Fri|Sat|Sun)\.)"
    rf"|(?P<month>{_MONTH})(?:\.? (?P<day>\d{{1,2}})(?:st|nd|rd|th)?)?\b(?:,? (?P<year>(?:19|20)\d\d))?)"
)
_DAY_BEFORE = re.compile(r"(?<!\w)(\d{1,2})(?:st|nd|rd|th)? $")
_LONG = len("31st ")
_NEAR = re.compile(r"[TtYyLl](?:oday|onight|his (?:morning|afternoon|evening)|(?P<before>esterday|ast night))")
_NEAR_WORDS = ("oday", "onight", "esterday", "morning", "evening", "afternoon", "ast night")
_AHEAD = 45
# A day of a month further ahead of the page than this is last year's.
_THURSDAY = 3
# The weekday of the first of January 1970.


class Told(msgspec.Struct, frozen=True):
    """The days of one text."""

    days: tuple[int, ...]
    """Days since 1970 in the order of the text, each as often as it is told; those that no date resolves left out."""
    weekdays: frozenset[int]
    """Weekdays named, Monday 0."""
    calendar: frozenset[str]
    """Days of a month named, as "01-29"."""


def told(text: str, published: int | None) -> Told:
    """The days that a text speaks of; `published` in days since 1970, None where the page has no day.

    Nothing is resolved that needs a publication date where there is none.
    """
    days: list[tuple[int, int]] = []
    weekdays: set[int] = set()
    calendar: set[str] = set()
    done = 0
    for start in _STARTS.finditer(text):
        match = _NAMED.match(text, start.start())
        if match is None:
            continue
        found = None
        if weekday := match["weekday"]:
            at = _WEEKDAYS[weekday[:3].lower()]
            weekdays.add(at)
            if published is not None:
                found = published - (published + _THURSDAY - at) % 7
        else:
            before = _DAY_BEFORE.search(text[max(done, match.start() - _LONG) : match.start()])
            number = int(before[1] if before else match["day"] or 0)
            if not number:
                continue
            month = _MONTHS[match["month"][:3].lower()]
            calendar.add(f"{month:02}-{number:02}")
            found = _resolved(month, number, match["year"], published)
        done = match.end()
        if found is not None:
            days.append((match.start(), found))
    if published is not None and any(word in text for word in _NEAR_WORDS):
        days += [(match.start(), published - bool(match["before"])) for match in _NEAR.finditer(text)]
        days.sort()
    return Told(tuple(day for _, day in days), frozenset(weekdays), frozenset(calendar))


@lru_cache(maxsize=4096)
def _resolved(month: int, number: int, year: str | None, published: int | None) -> int | None:
    """A day of a month in days since 1970: of its year, else of the page's year or the one before."""
    try:
        if year:
            return (date(int(year), month, number) - _EPOCH).days
        if published is None:
            return None
        page_year = (_EPOCH + timedelta(published)).year
        found = (date(page_year, month, number) - _EPOCH).days
        return found if found <= published + _AHEAD else (date(page_year - 1, month, number) - _EPOCH).days
    except (ValueError, OverflowError):
        # The calendar lacks the day.
        return None
