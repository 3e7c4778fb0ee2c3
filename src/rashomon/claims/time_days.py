"""Days of the calendar and of the week as TIMEX3 values; rules of the form that `time_values` describes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from rashomon.claims.time_values import (
    FAR,
    PARTS,
    Groups,
    Setting,
    Value,
    amount,
    exists,
    reference,
    said,
    told,
    turned,
    week,
    with_turn,
    year_of,
)
from rashomon.claims.time_words import Word


def iso(groups: Groups, setting: Setting) -> Value | None:
    """ "2019-03-21"."""
    return said(groups, "iso"), "stated"


def slashed(groups: Groups, setting: Setting) -> Value | None:
    """ "3/21/2019", "21.3.2019": of figures that may be either, which is the day is not known, and not guessed."""
    first, second, year = (int(part) for part in re.findall(r"\d+", groups["slashed"][0].text))
    year += 0 if year > 99 else (1900 if year > 50 else 2000)
    dotted = "." in groups["slashed"][0].text
    month, day = (second, first) if first > 12 or dotted else (first, second)
    if not exists(year, month, day):
        return None
    if day <= 12 and day != month and not dotted:
        return f"{year:04d}-XX-XX", "vague"
    return f"{year:04d}-{month:02d}-{day:02d}", "stated"


def calendar(groups: Groups, setting: Setting) -> Value | None:
    """ "March 21, 2019", "21 March", with or without the year."""
    month, number = int(said(groups, "month")), amount(groups, "day")
    if number is None or number != int(number) or not exists(2000, month, int(number)):
        return None
    day = int(number)
    if groups.get("year"):
        return f"{int(said(groups, 'year')):04d}-{month:02d}-{day:02d}", "stated"
    if setting.day is None:
        return f"XXXX-{month:02d}-{day:02d}", "vague"
    turn = turned(groups)
    year = setting.day.year if turn == 0 else year_of(with_turn(setting, turn), month, day)
    if groups.get("named"):
        year = _year_named(year, month, day, int(said(groups, "named")))
    return f"{year}-{month:02d}-{day:02d}", "resolved"


def _year_named(year: int, month: int, day: int, number: int) -> int:
    """The year in which the day falls on the weekday named with it: the one read, else the one before or after."""
    near = (year, year - 1, year + 1)
    return next((y for y in near if exists(y, month, day) and date(y, month, day).isoweekday() == number), year)


def _easter(year: int) -> date:
    """Easter Sunday (the anonymous Gregorian algorithm: Meeus, Astronomical Algorithms, chapter 8)."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return date(year, f // 31, f % 31 + 1)


def _holiday(rule: str, year: int) -> date:
    """The day of a holiday in a year: month-day, month-weekday-which (5: the last), Easter ± days, or election day."""
    if rule.startswith("E"):
        return _easter(year) + timedelta(int(rule[1:]))
    if rule == "11-E":
        first = date(year, 11, 1)
        return first + timedelta((0 - first.weekday()) % 7 + 1)
    parts = [int(part) for part in rule.split("-")]
    if len(parts) == 2:
        return date(year, *parts)
    start = date(year, parts[0], 1)
    day = start + timedelta((parts[1] - 1 - start.weekday()) % 7 + 7 * (parts[2] - 1))
    return day if day.month == parts[0] else day - timedelta(7)


def holiday(groups: Groups, setting: Setting) -> Value | None:
    """ "Christmas Day", "last Thanksgiving"."""
    rule = said(groups, "holiday")
    if groups.get("year"):
        return _holiday(rule, int(said(groups, "year"))).isoformat(), "stated"
    if setting.day is None:
        return (f"XXXX-{rule}", "vague") if re.fullmatch(r"\d\d-\d\d", rule) else ("XXXX-XX-XX", "vague")
    base = setting.day
    turn = turned(groups)
    way = turn if turn else setting.way()
    near = [_holiday(rule, base.year + step) for step in (-1, 0, 1)]
    past, future = max(day for day in near if day <= base), min(day for day in near if day >= base)
    if way < 0 and ((base - past).days <= FAR or turn):
        return past.isoformat(), "resolved"
    if way > 0 and ((future - base).days <= FAR or turn):
        return future.isoformat(), "resolved"
    return min(near, key=lambda day: abs((day - base).days)).isoformat(), "resolved"


def today(groups: Groups, setting: Setting) -> Value | None:
    """ "today", "yesterday", "tomorrow", with a part of the day."""
    step = int(said(groups, "today"))
    if setting.day is None:
        return reference(step)
    return (setting.day + timedelta(step)).isoformat() + PARTS.get(said(groups, "part"), ""), "resolved"


def tonight(groups: Groups, setting: Setting) -> Value | None:
    """ "tonight"."""
    return (setting.day.isoformat() + "TNI", "resolved") if setting.day else ("PRESENT_REF", "vague")


def partday(groups: Groups, setting: Setting) -> Value | None:
    """ "this morning", "last night"."""
    if setting.day is None:
        return "XXXX-XX-XX" + PARTS[said(groups, "part")], "vague"
    day = setting.day - timedelta(1 if groups.get("last") else 0)
    return day.isoformat() + PARTS[said(groups, "part")], "resolved"


def partnear(groups: Groups, setting: Setting) -> Value | None:
    """ "the next morning", counted from the day last spoken of."""
    if setting.near is None:
        return "XXXX-XX-XX" + PARTS[said(groups, "part")], "vague"
    day = setting.near + timedelta(turned(groups) or 0)
    found: Value = (day.isoformat(), "resolved")
    return _with_part(told(found, setting) if turned(groups) else found, PARTS[said(groups, "part")])


def _with_part(value: Value | None, part: str) -> Value | None:
    """A day with the part of it that is told."""
    return (value[0] + part, value[1]) if value else None


def dayby(groups: Groups, setting: Setting) -> Value | None:
    """ "the day before yesterday", "the day after Friday"."""
    if said(groups, "unit") != "D":
        return None
    rule = today if groups.get("today") else weekday if groups.get("weekday") else calendar
    found = rule(groups, setting)
    if found is None or not re.fullmatch(r"\d{4}-\d\d-\d\d", found[0]):
        return None
    step = timedelta(-1 if groups.get("before") else 1)
    return (date.fromisoformat(found[0]) + step).isoformat(), found[1]


def dayrange(groups: Groups, setting: Setting) -> Value | None:
    """ "March 3-7, 2019" as an interval of days."""
    first, last = amount(groups, "day"), amount(groups, "to")
    found = calendar(groups, setting)
    if found is None or first is None or last is None or not first < last <= 31 or last != int(last):
        return None
    until = f"{found[0][:-2]}{int(last):02d}"
    return (f"{found[0]}/{until}", found[1]) if exists(2000, int(until[-5:-3]), int(last)) else None


def holidayweek(groups: Groups, setting: Setting) -> Value | None:
    """ "Easter week", "Labor Day weekend": the week that holds the day, with or before it."""
    letter, found = said(groups, "span"), holiday(groups, setting)
    if letter not in ("W", "WE") or found is None:
        return None
    end = "-WE" if letter == "WE" else ""
    if "X" in found[0]:
        return f"XXXX-WXX{end}", "vague"
    day = date.fromisoformat(found[0])
    # The weekend of a holiday on Monday or Tuesday is the one before it.
    return week(day - timedelta(2 if end and day.isoweekday() < 3 else 0)) + end, found[1]


def day_before(row: Sequence[Word], at: int) -> dict[str, list[Word]]:
    """The weekday that a stretch of days begins with, for the one at `at` that ends it, as a named part; else none."""
    if (
        at > 1
        and row[at - 1].text.lower() in ("through", "to", "till", "until", "-", "–")
        and row[at - 2].kind == "WEEKDAY"
    ):
        return {"from": [row[at - 2]]}
    return {}


def weekday(groups: Groups, setting: Setting) -> Value | None:
    """ "Friday", "last Friday", "next Friday", "Friday morning".

    A bare weekday is the last one up to the publication day, or, where the verb lies ahead, the next from it on:
    news names the weekday of the day it is printed on.
    """
    number, part = int(said(groups, "weekday")), PARTS.get(said(groups, "part"), "")
    if setting.day is None:
        return f"XXXX-WXX-{number}{part}", "vague"
    base = setting.day
    back = (base.isoweekday() - number) % 7
    ahead = (number - base.isoweekday()) % 7
    if groups.get("lastweek"):
        turn = {"LAST": -1, "THIS": 0, "NEXT": 1}[groups["lastweek"][0].kind]
        day = base + timedelta(7 * turn + number - base.isoweekday())
    elif groups.get("from") and setting.near:
        # "Monday through Friday": the end of a stretch does not come before its beginning.
        day = setting.near + timedelta((number - setting.near.isoweekday()) % 7)
    elif groups.get("past"):
        day = base - timedelta(back or 7)
    elif groups.get("next"):
        if groups["next"][0].text.lower() == "following" and setting.near:
            day = setting.near + timedelta((number - setting.near.isoweekday()) % 7 or 7)
            return _with_part(told((day.isoformat(), "resolved"), setting), part)
        day = base + timedelta(ahead or 7)
    elif groups.get("this2"):
        day = base + timedelta(ahead) if setting.way() >= 0 else base - timedelta(back)
    else:
        day = base + timedelta(ahead) if setting.way() > 0 else base - timedelta(back)
    return day.isoformat() + part, "resolved"


def partof(groups: Groups, setting: Setting) -> Value | None:
    """ "the morning of March 5", "the early morning hours Saturday"."""
    rule = calendar if groups.get("month") else weekday
    found = rule({name: words for name, words in groups.items() if name != "part"}, setting)
    return _with_part(found, PARTS[said(groups, "part")])


def weekof(groups: Groups, setting: Setting) -> Value | None:
    """ "the week of March 6"."""
    found = calendar(groups, setting)
    if found is None or "X" in found[0]:
        return found
    return week(date.fromisoformat(found[0])), found[1]


def weekend(groups: Groups, setting: Setting) -> Value | None:
    """ "the weekend", "next weekend"."""
    if setting.day is None:
        return "XXXX-WXX-WE", "vague"
    turn = turned(groups)
    if turn is None:
        way = setting.way()
        turn = -1 if way <= 0 and setting.day.isoweekday() < 6 else 0
    elif turn < 0 and setting.day.isoweekday() >= 6:
        turn = -1
    return week(setting.day + timedelta(7 * turn)) + "-WE", "resolved"
