"""How long a time lasts, how often it comes, and times counted in units from a day: TIMEX3 values.

Rules of the same form as in `time_values`.
"""

from __future__ import annotations

from datetime import date, timedelta

from rashomon.claims.time_values import (
    _DAYS,
    _PARTS,
    _YEARS,
    Groups,
    Setting,
    Value,
    _number,
    _reference,
    _shift,
    _text,
    _week,
)


def _moved(letter: str, count: float, base: date | None) -> Value | None:
    """The day, week, month or year `count` units from a day, as precise as its unit."""
    way = 1 if count > 0 else -1
    if base is None:
        return _reference(way)
    if letter.startswith("T"):
        return _reference(way) if abs(count) < 24 else ((base + timedelta(round(count / 24))).isoformat(), "resolved")
    try:
        if letter in _DAYS:
            day = base + timedelta(round(count * _DAYS[letter]))
            return (day.isoformat() if letter == "D" else _week(day)), "resolved"
        if letter in ("M", "Q"):
            year, month = _shift(base, round(count * (3 if letter == "Q" else 1)))
            return f"{year}-{month:02d}", "resolved"
    except (ValueError, OverflowError):
        return None
    if letter not in _YEARS or not 0 < base.year + count * _YEARS[letter] < 9999:
        return None
    if count != int(count):
        year, month = _shift(base, round(count * 12 * _YEARS[letter]))
        return f"{year:04d}", "resolved"
    return f"{base.year + int(count) * _YEARS[letter]:04d}", "resolved"


def ago(groups: Groups, setting: Setting) -> Value | None:
    """ "two days ago"; "several days ago" says only that it is past."""
    number = _number(groups)
    return ("PAST_REF", "vague") if number is None else _moved(_text(groups, "unit"), -number, setting.day)


def agohalf(groups: Groups, setting: Setting) -> Value | None:
    """ "two and a half years ago"."""
    return _moved(_text(groups, "unit"), -((_number(groups) or 0) + 0.5), setting.day)


def hence(groups: Groups, setting: Setting) -> Value | None:
    """ "two days from now"."""
    return _moved(_text(groups, "unit"), _number(groups) or 1, setting.day)


def earlier(groups: Groups, setting: Setting) -> Value | None:
    """ "two days earlier", counted from the day last spoken of."""
    if _text(groups, "unit").startswith("T"):
        return None  # "an hour later" is a stretch of time; of the day it says nothing.
    return _moved(_text(groups, "unit"), (_number(groups) or 1) * (-1 if groups.get("past") else 1), setting.near)


def period(letter: str, count: str) -> str | None:
    """A TIMEX3 duration of so many units."""
    if letter == "WE":
        return f"P{count}WE"
    if letter in ("E", "C", "L", "F"):
        factor, to = {"E": (10, "Y"), "C": (100, "Y"), "L": (1000, "Y"), "F": (2, "W")}[letter]
        return f"PX{to}" if count == "X" else f"P{_plain(float(count) * factor)}{to}"
    return f"P{letter[0]}{count}{letter[1:]}" if letter.startswith("T") else f"P{count}{letter}"


def _plain(number: float) -> str:
    return str(int(number)) if number == int(number) else str(number)


def duration(groups: Groups, setting: Setting) -> Value | None:
    """ "three days", "a 16-hour"; of "two to three days" the longer."""
    number = _number(groups, "upto") or _number(groups)
    value = period(_text(groups, "unit"), _plain(number)) if number is not None else None
    return (value, "stated") if value else None


def halfduration(groups: Groups, setting: Setting) -> Value | None:
    """ "half an hour"."""
    letter = _text(groups, "unit")
    value = {"TH": "PT30M", "Y": "P6M", "E": "P5Y", "C": "P50Y", "D": "PT12H"}.get(letter) or period(letter, "0.5")
    return (value, "stated") if value else None


def andahalf(groups: Groups, setting: Setting) -> Value | None:
    """ "two and a half hours", "5 1/2 hours"."""
    number, letter = _number(groups) or 0, _text(groups, "unit")
    if letter == "TH":
        return f"PT{int(number)}H30M", "stated"
    value = period(letter, _plain(number + 0.5))
    return (value, "stated") if value else None


def manyduration(groups: Groups, setting: Setting) -> Value | None:
    """ "several days", "recent weeks", "decades-long"."""
    many = groups["many"][-1].text.lower() if groups.get("many") else ""
    value = period(_text(groups, "unit"), "2" if many == "couple" else "X")
    return (value, "stated" if many == "couple" else "vague") if value else None


def lasting(groups: Groups, setting: Setting) -> Value | None:
    """ "decades-long", "day-long"."""
    word = groups["unit"][0]
    value = period(word.value, "1" if word.kind == "UNIT" else "X")
    return (value, "stated" if word.kind == "UNIT" else "vague") if value else None


def bareduration(groups: Groups, setting: Setting) -> Value | None:
    """ "for years"."""
    value = period(_text(groups, "bare"), "X")
    return (value, "vague") if value else None


def pastduration(groups: Groups, setting: Setting) -> Value | None:
    """ "the past two years"."""
    number = _number(groups)
    value = period(_text(groups, "unit"), "X" if number is None else _plain(number))
    return (value, "vague" if number is None else "stated") if value else None


def each(groups: Groups, setting: Setting) -> Value | None:
    """ "every week", "every Friday", "every two weeks"."""
    if groups.get("weekday"):
        return f"XXXX-WXX-{_text(groups, 'weekday')}", "stated"
    if groups.get("month"):
        return f"XXXX-{int(_text(groups, 'month')):02d}", "stated"
    if groups.get("season"):
        return f"XXXX-{_text(groups, 'season')}", "stated"
    if groups.get("part"):
        return "XXXX-XX-XX" + _PARTS[_text(groups, "part")], "stated"
    number = _number(groups)
    value = period(_text(groups, "unit"), _plain(number) if number is not None else "1")
    return (value, "stated") if value else None


def often(groups: Groups, setting: Setting) -> Value | None:
    """ "daily"."""
    return _text(groups, "set"), "stated"


def yearly(groups: Groups, setting: Setting) -> Value | None:
    """ "ten dollars a year"."""
    return rate(groups, setting)


def rate(groups: Groups, setting: Setting) -> Value | None:
    """ "twice a week", "per year"."""
    value = period(_text(groups, "unit"), "1")
    return (value, "stated") if value else None


def present(groups: Groups, setting: Setting) -> Value | None:
    """ "now"."""
    return _reference(0)


def past(groups: Groups, setting: Setting) -> Value | None:
    """ "recently", "the past"."""
    word = groups["past"][0]
    return _reference(-1) if word.kind != "LAST" or word.text.lower() == "past" else None


def future(groups: Groups, setting: Setting) -> Value | None:
    """ "soon"."""
    return _reference(1)
