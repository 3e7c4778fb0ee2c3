"""Dates of other calendars and in other digits, as news sites print them: each as the day of the Gregorian calendar.

Persian sites date by the Solar Hijri calendar, Thai sites by the Buddhist era, offices of Taiwan and Japan by eras.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import NamedTuple

from rashomon.pages.tables import either, rows

_ZEROS = "٠۰߀०০੦૦୦௦౦೦൦෦๐໐༠၀០᠐０"
"""The noughts of the scripts that have digits of their own; the other nine follow each."""
_WESTERN = {ord(zero) + step: str(step) for zero in _ZEROS for step in range(10)}
_PERSIAN = {ord("ي"): "ی", ord("ك"): "ک"}
"""Letters of Arabic keyboards, as Persian writes them."""
_NUMBERS = re.compile(r"(?<![\d/-])(?P<y>1[34]\d\d)(?P<s>[/-])(?P<m>\d{1,2})(?P=s)(?P<d>\d{1,2})(?![\d/-])")
_BUDDHIST = 543
_FIRST = -356_033
"""The day before the first of the Solar Hijri calendar's great cycle, as Python counts days."""


class Day(NamedTuple):
    """A day of the Gregorian calendar, and where it is written."""

    on: date
    start: int
    end: int


def western(text: str) -> str:
    """The text with its digits as 0 to 9, each in its place."""
    return text.translate(_WESTERN)


def solar(year: int, month: int, day: int) -> date | None:
    """A day of the Solar Hijri calendar, by its cycles of 33 years; None where it has none."""
    if not (1206 <= year <= 1498 and 1 <= month <= 12 and 1 <= day <= (31 if month <= 6 else 30)):
        return None
    years = year + 1595
    months = 31 * (month - 1) if month <= 6 else 186 + 30 * (month - 7)
    return date.fromordinal(_FIRST + 365 * years + years // 33 * 8 + (years % 33 + 3) // 4 + months + day)


def found(text: str) -> Iterator[Day]:
    """The first date of each other calendar in a text whose digits are western, by its months' and eras' names."""
    text, months = text.translate(_PERSIAN), _months()
    if (match := _named().search(text)) and (row := months.get(match["m"])):
        year, month, day = int(match["y"]), int(row["month"]), int(match["d"])
        on = solar(year, month, day) if row["calendar"] == "solar" else _day(year - _BUDDHIST, month, day)
        if on is not None:
            yield Day(on, match.start(), match.end())
    if match := _of_era().search(text):
        first = 1 if match["y"] == "元" else int(match["y"])
        if on := _day(_eras()[match["era"]] + first, int(match["m"]), int(match["d"])):
            yield Day(on, match.start(), match.end())


def numbers(text: str) -> Iterator[Day]:
    """The first date that is written as numbers of the Solar Hijri calendar, in a text whose digits are western."""
    if (match := _NUMBERS.search(text)) and (on := solar(int(match["y"]), int(match["m"]), int(match["d"]))):
        yield Day(on, match.start(), match.end())


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


@cache
def _months() -> dict[str, dict[str, str]]:
    return {row["name"]: row for row in rows("calendars") if row["month"]}


@cache
def _eras() -> dict[str, int]:
    """The year before the first of each era."""
    return {row["name"]: int(row["before"]) for row in rows("calendars") if row["before"]}


@cache
def _named() -> re.Pattern[str]:
    """Day month year, the month by its name."""
    return re.compile(
        rf"(?<!\d)(?P<d>\d{{1,2}})\s*(?P<m>{either(_months())})\s*(?:ماه\s*|พ\.ศ\.\s*)?[,،]?\s*(?P<y>1[34]\d\d|25\d\d)(?!\d)"
    )


@cache
def _of_era() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<era>{either(_eras())})\s*(?P<y>\d{{1,3}}|元)\s*年\s*(?P<m>\d{{1,2}})\s*月\s*(?P<d>\d{{1,2}})\s*日"
    )
