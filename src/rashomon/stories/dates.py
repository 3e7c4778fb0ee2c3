"""Publication dates as stretches of time, so that no order is read out of them that they don't have."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

_DAY = timedelta(days=1)
_WEEK = re.compile(r"\d{4}-W\d{2}$")


@lru_cache(maxsize=4096)
def stretch(value: str | None) -> tuple[float, float] | None:
    """First and last moment of an ISO date with the precision it has, in seconds; None where unreadable.

    "2024-10" is the whole month, "2024-W43" the whole week, "2024-10-24/2024-10-27" from the first to the
    last day, a moment with a clock just that moment (its zone respected, else UTC).
    """
    if not value:
        return None
    if "/" in value:
        left, right = (stretch(part) for part in value.split("/", 1))
        return (left[0], right[1]) if left and right else None
    try:
        return _parse(value.strip())
    except (ValueError, OverflowError):
        return None


def _parse(value: str) -> tuple[float, float]:
    if len(value) == 4:
        first, last = date(int(value), 1, 1), date(int(value), 12, 31)
    elif len(value) == 7:
        year, month = int(value[:4]), int(value[5:])
        first, last = date(year, month, 1), date(year, month, monthrange(year, month)[1])
    elif _WEEK.match(value):
        year, week = int(value[:4]), int(value[6:])
        first, last = date.fromisocalendar(year, week, 1), date.fromisocalendar(year, week, 7)
    elif len(value) == 10:
        first = last = date.fromisoformat(value)
    else:
        moment = datetime.fromisoformat(value)
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=UTC)
        return moment.timestamp(), moment.timestamp()
    start = datetime(first.year, first.month, first.day, tzinfo=UTC)
    end = datetime(last.year, last.month, last.day, tzinfo=UTC) + _DAY
    return start.timestamp(), end.timestamp() - 1


def earlier(value: str | None, other: str | None) -> bool:
    """Whether the first is certainly before the second."""
    left, right = stretch(value), stretch(other)
    return left is not None and right is not None and left[1] < right[0]


def days_apart(value: str | None, other: str | None) -> float | None:
    """The least number of days between the two; None where either is unknown."""
    left, right = stretch(value), stretch(other)
    if left is None or right is None:
        return None
    gap = max(left[0] - right[1], right[0] - left[1], 0.0)
    return gap / 86400


def at_odds(value: str | None, other: str | None) -> bool:
    """Whether both are known dates and they do not overlap."""
    left, right = stretch(value), stretch(other)
    return left is not None and right is not None and (left[1] < right[0] or right[1] < left[0])


_DATE = re.compile(r"\d{4}-(?:\d{2}-\d{2}|W\d{2})")
_SPANS = re.compile(r"P\d|\d{4}(?:$|/)|\d{4}-\d{2}(?:-\d{2})?/")


def day(value: str | None) -> str | None:
    """The day (or week) of a TIMEX3 value without its time of day or its part of the week; None where it has none."""
    found = _DATE.match(value or "")
    return found.group() if found else None


def grain(value: str | None) -> str | None:
    """ "year" for years and longer stretches between two times, "day" for days and shorter, None for the rest."""
    if not value:
        return None
    if _SPANS.match(value):
        return "year"
    return "day" if re.match(r"\d{4}-\d{2}-\d{2}", value) else None
