"""Times of day as TIMEX3 values; rules of the same form as in `time_values`."""

from __future__ import annotations

import re

from rashomon.claims.time_days import calendar, today, weekday
from rashomon.claims.time_values import (
    PARTS,
    Groups,
    Setting,
    Value,
    said,
)


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
    """ "6 p.m.", "13:16", "9 a.m. EST Tuesday", "six o'clock"."""
    figures = re.findall(r"\d+", groups["clock"][0].text) or [said(groups, "clock")]
    if not all(figure.isdigit() for figure in figures):
        return None
    hour, minute = int(figures[0]), int(figures[1]) if len(figures) > 1 else 0
    half = groups["half"][0].text.lower()[:1] if groups.get("half") else ""
    if half in ("a", "p"):
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour > 24 or minute > 59:
        return None
    value, basis = _date(groups, setting)
    return f"{value}T{hour:02d}:{minute:02d}", basis


def noon(groups: Groups, setting: Setting) -> Value | None:
    """ "noon", "midnight Friday"."""
    value, basis = _date(groups, setting)
    return value + PARTS[said(groups, "part")], basis
