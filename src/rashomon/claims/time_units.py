"""Times counted in units from a day ("last week", "two days ago") as TIMEX3 values.

Rules of the form that `time_values` describes.
"""

from __future__ import annotations

from datetime import date, timedelta

from rashomon.claims.time_values import (
    DAYS,
    YEARS,
    Groups,
    Setting,
    Value,
    amount,
    reference,
    said,
    shifted,
    spoken_of,
    told,
    turned,
    unit_at,
    week,
)


def unit(groups: Groups, setting: Setting) -> Value | None:
    """ "last week", "this month", "next year"."""
    turn = turned(groups) or 0
    letter = said(groups, "unit")
    if letter in ("TH", "TM", "TS", "F"):
        return None
    return unit_at(letter, turn, setting.day)


_BESIDE = frozenset(("following", "previous", "preceding"))
"""Words that count from what is told, where "next" and "last" count from the page's day."""


def theunit(groups: Groups, setting: Setting) -> Value | None:
    """ "the next day" from the day last spoken of; "the last week" is the stretch up to now."""
    turn, letter = turned(groups) or 0, said(groups, "unit")
    side = (groups.get("next") or groups.get("past") or groups["unit"])[0].text.lower()
    if letter == "D" or (side in _BESIDE and not letter.startswith("T")):
        return told(unit_at(letter, turn, spoken_of(setting, letter)), setting)
    if letter.startswith("T"):
        return f"PT1{letter[1]}", "stated"
    return unit_at(letter, turn, setting.day)


def sameunit(groups: Groups, setting: Setting) -> Value | None:
    """ "the same day", "that year", of the day last spoken of."""
    letter = said(groups, "unit")
    if letter == "D" and setting.coarse:
        # "In October 2019 … that day": a day of that month, and nobody says which.
        return (setting.coarse + "-XX-XX")[:10], "vague"
    return None if letter.startswith("T") else unit_at(letter, 0, spoken_of(setting, letter))


def unitnow(groups: Groups, setting: Setting) -> Value | None:
    """ "the end of the year", "later in the week": the one that the page is of; the day is the one last spoken of."""
    letter = said(groups, "unit")
    if letter.startswith("T"):
        return None
    year = setting.coarse[:4] if setting.coarse else str(setting.near.year) if setting.near else None
    if letter in YEARS and setting.day and year not in (None, str(setting.day.year)):
        return "XXXX", "vague"  # The year that is told of, or the page's: nothing says which.
    return unit_at(letter, 0, setting.near if letter == "D" else setting.day)


def daynear(groups: Groups, setting: Setting) -> Value | None:
    """ "the day before", "the year after", from the day last spoken of."""
    letter = said(groups, "unit")
    if letter.startswith("T"):
        return None
    return told(unit_at(letter, -1 if groups.get("before") else 1, spoken_of(setting, letter)), setting)


def unitago(groups: Groups, setting: Setting) -> Value | None:
    """ "the year-earlier quarter"."""
    return _moved(said(groups, "unit"), -1, setting.day)


def _moved(letter: str, count: float, base: date | None) -> Value | None:
    """The day, week, month or year `count` units from a day, as precise as its unit."""
    way = 1 if count > 0 else -1
    if base is None:
        return reference(way)
    if letter.startswith("T"):
        return reference(way) if abs(count) < 24 else ((base + timedelta(round(count / 24))).isoformat(), "resolved")
    try:
        if letter in DAYS:
            day = base + timedelta(round(count * DAYS[letter]))
            return (day.isoformat() if letter == "D" else week(day)), "resolved"
        if letter in ("M", "Q"):
            year, month = shifted(base, round(count * (3 if letter == "Q" else 1)))
            return f"{year}-{month:02d}", "resolved"
    except (ValueError, OverflowError):
        return None
    if letter not in YEARS or not 0 < base.year + count * YEARS[letter] < 9999:
        return None
    if count != int(count):
        year, month = shifted(base, round(count * 12 * YEARS[letter]))
        return f"{year:04d}", "resolved"
    return f"{base.year + int(count) * YEARS[letter]:04d}", "resolved"


def ago(groups: Groups, setting: Setting) -> Value | None:
    """ "two days ago"; "several days ago" says only that it is past."""
    number = amount(groups)
    return ("PAST_REF", "vague") if number is None else _moved(said(groups, "unit"), -number, setting.day)


def agohalf(groups: Groups, setting: Setting) -> Value | None:
    """ "two and a half years ago"."""
    return _moved(said(groups, "unit"), -((amount(groups) or 0) + 0.5), setting.day)


def hence(groups: Groups, setting: Setting) -> Value | None:
    """ "two days from now"."""
    return _moved(said(groups, "unit"), amount(groups) or 1, setting.day)


def earlier(groups: Groups, setting: Setting) -> Value | None:
    """ "two days earlier", counted from the day last spoken of; "four years later" from the year, where one was."""
    letter = said(groups, "unit")
    if letter.startswith("T"):
        return None  # "an hour later" is a stretch of time; of the day it says nothing.
    count = (amount(groups) or 1) * (-1 if groups.get("past") else 1)
    return told(_moved(letter, count, spoken_of(setting, letter)), setting)
