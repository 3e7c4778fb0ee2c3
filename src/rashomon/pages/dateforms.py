"""One date as it may be written: numbers in any order, words of many languages, what programs write, other calendars.

What day-and-month order cannot be told is not guessed.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import cache, lru_cache
from typing import NamedTuple

from rashomon.pages import calendars
from rashomon.pages.tables import either, rows

_ZONE = r"(?:(?:UTC|GMT)?[+-]\d\d(?::?\d\d)?(?![\d:])|(?:Z|z|UTC|GMT)(?![^\W\dZ]))"
_ISO = re.compile(
    r"(?P<y>(?:19|20)\d\d)(?P<s>[-/.])\s?(?P<m>\d{1,2})(?P=s)\s?(?P<d>\d{1,2})"
    rf"(?:(?:T|\s+|,\s*)(?P<time>\d{{1,2}}:\d\d(?::\d{{1,2}}(?:[.,]\d+)?)?)\s*(?P<zone>{_ZONE})?)?(?!\d)"
)
_NUMERIC = re.compile(r"(?<![\d./-])(?P<a>\d{1,2})(?P<s>[./-])\s?(?P<b>\d{1,2})(?P=s)\s?(?P<y>(?:19|20)\d\d)(?!\d)")
_SHORT = re.compile(r"(?<![\d./-])(?P<a>\d{1,2})(?P<s>[./])(?P<b>\d{1,2})(?P=s)(?P<y>\d\d)(?![\d./-])")
"""With the year in two digits."""
_CJK = re.compile(r"(?P<y>(?:19|20)\d\d)\s*[年년]\s*(?P<m>\d{1,2})\s*[月월]\s*(?P<d>\d{1,2})\s*[日일]")
_VIETNAMESE = re.compile(
    r"(?:(?P<d>\d{1,2})\s+tháng\s+(?P<m>\d{1,2})|tháng\s+(?P<m2>\d{1,2})\s+(?P<d2>\d{1,2}))\s*,?\s+(?:năm\s+)?"
    r"(?P<y>(?:19|20)\d\d)(?!\d)",
    re.I,
)
_COMPACT = re.compile(
    r"^(?P<y>(?:19|20)\d\d)(?P<m>[01]\d)(?P<d>[0-3]\d)(?:T?(?P<h>\d\d):?(?P<min>\d\d)(?::?(?P<sec>\d\d))?(?:\.\d+)?)?"
    rf"(?P<zone>{_ZONE})?$"
)
_CLOCK = re.compile(rf",?\s+(?P<time>\d{{1,2}}:\d\d(?::\d\d)?)\s*(?P<zone>{_ZONE})")
_YEAR = re.compile(r"(?:19|20)\d\d")
_OTHER_SCRIPT = re.compile("[\u0600-\u1fff\uff10-\uff19年]")
_OTHER_YEAR = re.compile(r"1[34]\d\d|25\d\d|年")
_REMEMBERED = 500
"""So many texts' dates are remembered,"""
_SHORT_TEXT = 200
"""that have no more characters."""


class Written(NamedTuple):
    """A date as written somewhere: its ISO value and where it stood."""

    value: str
    start: int
    end: int


@cache
def months() -> dict[str, int]:
    """The months by their names in small letters."""
    return {row["name"]: int(row["month"]) for row in rows("months")}


@cache
def _named() -> tuple[re.Pattern[str], ...]:
    """Day month year; month day year, as programs write it with the clock before the year; year first; month year."""
    month = rf"(?P<m>{either(months())})(?![^\W\d])\.?"
    year = r"(?P<y>(?:19|20)\d\d)(?!\d)"
    day = r"(?<!\d)(?P<d>\d{1,2})(?:st|nd|rd|th|er|º|ª|\.|-е|-го)?"
    # Arabic papers give the month twice, as their west and their east calls it.
    twice = r"(?:\s*/\s*[^\W\d]+(?:\s[^\W\d]+)?)?"
    return (
        re.compile(
            rf"{day}\s*(?:of\s+|de\s+|d['’]|[-/]\s?|ב-?|\s)\s*{month}{twice}(?:\s+del?|\s+year)?[\s,،/-]*{year}", re.I
        ),
        re.compile(
            rf"(?<!\w){month}[\s-]*(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)(?:\s*[,،]\s*|\s+|-)"
            rf"(?:(?P<time>\d\d:\d\d:\d\d)\s+(?:(?P<zone>UTC|GMT|[+-]\d{{4}})\b|[A-Z]{{2,5}}\b)?\s*)?{year}",
            re.I,
        ),
        re.compile(
            rf"(?<!\d)(?P<y>(?:19|20)\d\d)(?:\.|ko\b|\s*m\.|[-/])?\s*{month}[\s-]*(?P<d>\d{{1,2}})(?![\d:])", re.I
        ),
        re.compile(rf"(?<!\d)(?P<y>(?:19|20)\d\d)\.?\s*gada\s+(?P<d>\d{{1,2}})\.\s*{month}", re.I),
        re.compile(rf"(?<!\w){month}(?:\s+de)?,?\s+{year}", re.I),
    )


def parse(text: str, order: str | None = None) -> Written | None:
    """The first date in a short text that names day, month and year, or month and year; None where there is none.

    A time of day after it is kept where it stands in ISO form or with a zone; 10/11/2024 is no date where its
    `order` ("dmy", "mdy", or "solar" for the calendar of Iran) is not known.
    """
    return _first(text, order) if len(text) <= _SHORT_TEXT else _first.__wrapped__(text, order)


@lru_cache(_REMEMBERED)
def _first(text: str, order: str | None) -> Written | None:
    """The same; remembered, since a page gives a date in several places."""
    found: list[Written] = []
    if order == "solar" or (not text.isascii() and _OTHER_SCRIPT.search(text)):
        text = calendars.western(text)
        found = _foreign(text, order)
    if not _YEAR.search(text):
        return min(found, key=lambda written: written.start, default=None) if found else None
    if match := _ISO.search(text):
        found += _timed(match, int(match["m"]), match["time"], match["zone"])
        if found and not match.start():  # No other can come before it.
            return found[-1]
    if match := _CJK.search(text):
        found += _timed(match, int(match["m"]), None, None)
    if match := _COMPACT.match(text.strip()):
        clock = ":".join(filter(None, (match["h"], match["min"], match["sec"])))
        found += _timed(match, int(match["m"]), clock, match["zone"])
    found += _in_words(text)
    if match := _NUMERIC.search(text):
        found += _ordered(match, int(match["y"]), order)
    if not found and (match := _named()[-1].search(text)):
        month = months()[match["m"].lower()]
        found.append(Written(f"{match['y']}-{month:02}", match.start(), match.end()))
    return min(found, key=lambda written: written.start, default=None)


def short(text: str, order: str | None = None) -> Written | None:
    """The first date of numbers whose year has two digits, where it is known which of the others is the day."""
    match = _SHORT.search(text)
    if match is None or (order is None and int(match["a"]) <= _MONTHS):
        return None
    year = int(match["y"]) + (2000 if int(match["y"]) < _CENTURY else 1900)
    first, second = int(match["a"]), int(match["b"])
    month, day = (first, second) if order == "mdy" and first <= _MONTHS else (second, first)
    return next(iter(on_day(match, year, month, day)), None)


_MONTHS = 12
_CENTURY = 70
"""No page is older: the web began later."""


def ambiguous(text: str) -> str | None:
    """A date in the text whose order of day and month is open, as written."""
    match = _NUMERIC.search(text)
    return match[0] if match and parse(text) is None else None


def _ordered(match: re.Match[str], year: int, order: str | None) -> list[Written]:
    """The date of three numbers, if it is known which is the day."""
    first, second = int(match["a"]), int(match["b"])
    # Dots mean day first wherever they are used; else only a number over 12 tells, or equal ones.
    if match["s"] == "." or first > 12 or first == second:
        return on_day(match, year, second, first)
    if second > 12 or order == "mdy":
        return on_day(match, year, first, second)
    return on_day(match, year, second, first) if order == "dmy" else []


def _in_words(text: str) -> list[Written]:
    """The first date of each form that names the month."""
    out: list[Written] = []
    for pattern in _named()[:-1]:
        if match := pattern.search(text):
            parts = match.groupdict()
            month = months()[match["m"].lower()]
            clock = None if parts.get("time") else _CLOCK.match(text, match.end())
            if clock is not None:
                out += _timed(match, month, clock["time"], clock["zone"])
            else:
                out += _timed(match, month, parts.get("time"), parts.get("zone"))
    if match := _VIETNAMESE.search(text):
        out += on_day(match, int(match["y"]), int(match["m"] or match["m2"]), int(match["d"] or match["d2"]))
    return out


def _foreign(text: str, order: str | None) -> list[Written]:
    if not _OTHER_YEAR.search(text):
        return []
    days = [*calendars.found(text), *(calendars.numbers(text) if order == "solar" else ())]
    return [Written(day.on.isoformat(), day.start, day.end) for day in days]


def _timed(match: re.Match[str], month: int, time: str | None, zone: str | None) -> list[Written]:
    """The date of a match, with its time where it has one."""
    out = on_day(match, int(match["y"]), month, int(match["d"]))
    if out and time:
        clock = ":".join(part.zfill(2) for part in time.replace(",", ".").partition(".")[0].split(":"))
        offset = (zone or "").upper()
        offset = offset[3:] or "+00:00" if offset[:3] in {"UTC", "GMT"} else offset.replace("Z", "+00:00")
        try:
            return [out[0]._replace(value=datetime.fromisoformat(f"{out[0].value}T{clock}{offset}").isoformat())]
        except ValueError:
            return out
    return out


def on_day(match: re.Match[str], year: int, month: int, day: int) -> list[Written]:
    """The date where a match stands; none where there is no such day."""
    try:
        return [Written(date(year, month, day).isoformat(), match.start(), match.end())]
    except ValueError:
        return []
