"""Times of day as TIMEX3 values; rules of the same form as in `time_values`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rashomon.claims.time_days import calendar, today, weekday
from rashomon.claims.time_values import (
    PARTS,
    Groups,
    Setting,
    Value,
    said,
)
from rashomon.claims.time_words import Word


def _date(groups: Groups, setting: Setting) -> Value:
    """The day that a time of day stands with, else the day last spoken of, else that of publication."""
    groups = {name: words for name, words in groups.items() if name != "part"}
    if groups.get("month") and groups.get("day"):
        found = calendar(groups, setting)
    elif groups.get("weekday"):
        found = weekday(groups, setting)
    elif groups.get("today"):
        found = today(groups, setting)
    else:
        day = setting.near or setting.day
        found = (day.isoformat(), "resolved") if day else None
    if found is None or "REF" in found[0]:
        return "XXXX-XX-XX", "vague"
    return found


def clock(groups: Groups, setting: Setting) -> Value | None:
    """ "6 p.m.", "13:16", "9 a.m. EST Tuesday", "six o'clock", "at 4 in the morning"."""
    figures = re.findall(r"\d+", groups["clock"][0].text) or [said(groups, "clock")]
    if not all(figure.isdigit() for figure in figures):
        return None
    hour, minute = int(figures[0]), int(figures[1]) if len(figures) > 1 else 0
    if groups.get("zone"):
        # "1640 GMT": four figures are a time of day only beside a zone that is told on a clock of 24 hours.
        if not re.fullmatch(r"\d{4}", groups["clock"][0].text) or not groups["zone"][0].value:
            return None
        hour, minute = divmod(int(groups["clock"][0].text), 100)
    half = groups["half"][0].text.lower()[:1] if groups.get("half") else _half(said(groups, "daypart"), hour)
    if half in ("a", "p"):
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour > 24 or minute > 59:
        return None
    value, basis = _date(groups, setting)
    return f"{value}T{hour:02d}:{minute:02d}", basis


def _half(part: str, hour: int) -> str:
    """The half of the day that a part of it lies in: "4 in the morning", "11 at night" but "2 at night"; else ""."""
    if not part or not 1 <= hour <= 12:
        return ""
    return "a" if part == "MO" or (part == "NI" and (hour < 6 or hour == 12)) else "p"


def day_after(row: Sequence[Word], at: int) -> dict[str, list[Word]]:
    """The day that stands a little behind a time of day ("6 p.m. (1600 GMT) on Friday"), as named parts; else none.

    `at` is the word behind the time of day; only a zone, a second time of day or a preposition may stand between.
    """
    for i in range(at, min(at + 10, len(row))):
        word = row[i]
        if word.kind in ("WEEKDAY", "TODAY"):
            return {word.kind.lower(): [word]}
        if word.kind == "MONTH" and i + 1 < len(row) and row[i + 1].kind == "NUMBER":
            year = {"year": [row[i + 3]]} if i + 3 < len(row) and row[i + 3].kind == "YEAR" else {}
            return {"month": [word], "day": [row[i + 1]], **year}
        if word.kind not in _BETWEEN and word.text not in ("(", ")"):
            break
    return {}


_BETWEEN = frozenset(("ZONE", "LOCAL", "TIMEWORD", "NUMBER", "YEAR", "CLOCK", "AMPM", "ON", "COMMA"))


def noon(groups: Groups, setting: Setting) -> Value | None:
    """ "noon", "midnight Friday"."""
    value, basis = _date(groups, setting)
    return value + PARTS[said(groups, "part")], basis
