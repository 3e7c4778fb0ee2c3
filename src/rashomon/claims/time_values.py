"""What a time expression says, as a TIMEX3 value, against a day of publication.

Every rule takes the words of one match and a `Setting`, and gives a value and its basis, or None
where the words are no time after all. Without a day to count from, a rule keeps what the words say
by themselves ("XXXX-WXX-4" for "Thursday") and calls it vague; it never fills in a date. The forms
of the values are TimeML's (TIMEX3, ISO 8601 with X for what is unknown).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta

import msgspec

from rashomon.claims.time_words import Word
from rashomon.model import TimeBasis

Value = tuple[str, TimeBasis]
_DAYS = {"D": 1, "W": 7, "F": 14}
_YEARS = {"Y": 1, "E": 10, "C": 100, "L": 1000}
_FAR = 270
_PARTS = {"MO": "TMO", "AF": "TAF", "EV": "TEV", "NI": "TNI", "12:00": "T12:00", "00:00": "T00:00"}


class Setting(msgspec.Struct, frozen=True):
    """What a time expression is read against."""

    day: date | None
    """The day of publication; None where it is not known."""
    near: date | None
    """The day last spoken of in the text."""
    way: Callable[[], int]
    """-1 where the verb beside the words says past, 1 where it says future, 0 where it says neither."""


Groups = Mapping[str, list[Word]]
"""The words of each named part of a match."""


def _text(groups: Groups, name: str) -> str:
    return groups[name][0].value or groups[name][0].text.lower() if groups.get(name) else ""


def _number(groups: Groups, name: str = "number") -> float | None:
    """The number of a part; 1 for "a"; None where the part is not there."""
    if not groups.get(name):
        return None
    word = groups[name][0]
    return 1.0 if word.kind == "A" else float(word.value)


def _valid(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except (ValueError, OverflowError):
        return False
    return True


def _week(day: date) -> str:
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


def _shift(day: date, months: int) -> tuple[int, int]:
    """Year and month so many months from a day's."""
    index = day.year * 12 + day.month - 1 + months
    return index // 12, index % 12 + 1


def _turn(groups: Groups) -> int | None:
    """-1 for "last", 0 for "this", 1 for "next"; None where none of them stands there."""
    if groups.get("past") or groups.get("last") or groups.get("last2"):
        return -1
    if groups.get("this") or groups.get("this2"):
        return 0
    return 1 if groups.get("next") else None


def _reference(turn: int) -> Value:
    return ("PAST_REF", "PRESENT_REF", "FUTURE_REF")[turn + 1], "vague"


def iso(groups: Groups, setting: Setting) -> Value | None:
    """ "2019-03-21"."""
    return _text(groups, "iso"), "stated"


def slashed(groups: Groups, setting: Setting) -> Value | None:
    """ "3/21/2019": month first unless it can't be; a day and month that could be swapped are read as American."""
    first, second, year = (int(part) for part in re.findall(r"\d+", groups["slashed"][0].text))
    year += 0 if year > 99 else (1900 if year > 50 else 2000)
    month, day = (second, first) if first > 12 or "." in groups["slashed"][0].text else (first, second)
    return (f"{year:04d}-{month:02d}-{day:02d}", "stated") if _valid(year, month, day) else None


def calendar(groups: Groups, setting: Setting) -> Value | None:
    """ "March 21, 2019", "21 March", with or without the year."""
    month, number = int(_text(groups, "month")), _number(groups, "day")
    if number is None or number != int(number) or not _valid(2000, month, int(number)):
        return None
    day = int(number)
    if groups.get("year"):
        return f"{int(_text(groups, 'year')):04d}-{month:02d}-{day:02d}", "stated"
    if setting.day is None:
        return f"XXXX-{month:02d}-{day:02d}", "vague"
    turn = _turn(groups)
    year = setting.day.year if turn == 0 else _year(_turned(setting, turn), month, day)
    return f"{year}-{month:02d}-{day:02d}", "resolved"


def _turned(setting: Setting, turn: int | None) -> Setting:
    """The setting where "last" or "next" says the way instead of a verb."""
    return setting if turn is None else msgspec.structs.replace(setting, way=lambda: turn)


def _year(setting: Setting, month: int, day: int) -> int:
    """The year of a month (and day, else 0) named without it.

    The verb's way from the publication day decides, unless that leads more than nine months off: of such a time
    news would say "last April". Where no verb says, the past comes first, since news reports.
    """
    base = setting.day
    assert base is not None
    off = (month - base.month) * 30.4 + (day - base.day if day else 0)
    behind, ahead = (-off if off <= 0 else 365 - off), (off if off >= 0 else 365 + off)
    past, future = base.year - (off > 0), base.year + (off < 0)
    way = setting.way()
    if way > 0:
        return future if ahead <= _FAR else past
    if way < 0:
        return past if behind <= _FAR else future
    return past if behind <= _FAR - 30 else future


def month(groups: Groups, setting: Setting) -> Value | None:
    """ "March 2019", "last March", "in March"."""
    number = int(_text(groups, "month"))
    if groups.get("year"):
        return f"{_full_year(_text(groups, 'year'), setting)}-{number:02d}", "stated"
    if setting.day is None:
        return f"XXXX-{number:02d}", "vague"
    year = setting.day.year
    turn = _turn(groups)
    if groups.get("last2"):
        year -= 1
    elif turn == -1:
        year -= number >= setting.day.month
    elif turn == 1:
        year += number <= setting.day.month
    elif turn is None:
        year = _year(setting, number, 0)
    return f"{year}-{number:02d}", "resolved"


def _full_year(text: str, setting: Setting) -> int:
    """The year of "2019" or "'98": two figures are the last such year up to the next one."""
    figures = int(re.sub(r"\D", "", text))
    if figures > 99:
        return figures
    top = setting.day.year + 1 if setting.day else 2050
    return top - (top - figures) % 100


def year(groups: Groups, setting: Setting) -> Value | None:
    """ "2019"."""
    return _text(groups, "year"), "stated"


def years(groups: Groups, setting: Setting) -> Value | None:
    """ "2019-2021", "2019-21" as an interval of years."""
    first, second = int(_text(groups, "year")), float(_text(groups, "to"))
    if second < 100:
        second += first // 100 * 100
    return (f"{first}/{int(second)}", "stated") if first < second < 2200 else None


def decade(groups: Groups, setting: Setting) -> Value | None:
    """ "the 1990s", "the '90s", "the nineties": the century of two figures is the last one that fits."""
    word = groups["decade"][0]
    figures = re.sub(r"\D", "", word.text)
    if len(figures) == 4:
        return f"{figures[:3]}X", "stated"
    tens = word.value[:1] if word.kind == "DECADE" else figures[:1]
    return (f"{19 if int(tens) > 2 else 20}{tens}X", "stated") if tens else None


def century(groups: Groups, setting: Setting) -> Value | None:
    """ "the 19th century"."""
    if _text(groups, "century") != "C":
        return None
    return f"{int(_text(groups, 'which')) - 1:02d}XX", "stated"


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
    rule = _text(groups, "holiday")
    if groups.get("year"):
        return _holiday(rule, int(_text(groups, "year"))).isoformat(), "stated"
    if setting.day is None:
        return (f"XXXX-{rule}", "vague") if re.fullmatch(r"\d\d-\d\d", rule) else ("XXXX-XX-XX", "vague")
    base = setting.day
    turn = _turn(groups)
    way = turn if turn else setting.way()
    near = [_holiday(rule, base.year + step) for step in (-1, 0, 1)]
    past, future = max(day for day in near if day <= base), min(day for day in near if day >= base)
    if way < 0 and ((base - past).days <= _FAR or turn):
        return past.isoformat(), "resolved"
    if way > 0 and ((future - base).days <= _FAR or turn):
        return future.isoformat(), "resolved"
    return min(near, key=lambda day: abs((day - base).days)).isoformat(), "resolved"


def today(groups: Groups, setting: Setting) -> Value | None:
    """ "today", "yesterday", "tomorrow", with a part of the day."""
    step = int(_text(groups, "today"))
    if setting.day is None:
        return _reference(step)
    return (setting.day + timedelta(step)).isoformat() + _PARTS.get(_text(groups, "part"), ""), "resolved"


def tonight(groups: Groups, setting: Setting) -> Value | None:
    """ "tonight"."""
    return (setting.day.isoformat() + "TNI", "resolved") if setting.day else ("PRESENT_REF", "vague")


def partday(groups: Groups, setting: Setting) -> Value | None:
    """ "this morning", "last night"."""
    if setting.day is None:
        return "XXXX-XX-XX" + _PARTS[_text(groups, "part")], "vague"
    day = setting.day - timedelta(1 if groups.get("last") else 0)
    return day.isoformat() + _PARTS[_text(groups, "part")], "resolved"


def partnear(groups: Groups, setting: Setting) -> Value | None:
    """ "the next morning", counted from the day last spoken of."""
    if setting.near is None:
        return "XXXX-XX-XX" + _PARTS[_text(groups, "part")], "vague"
    day = setting.near + timedelta(_turn(groups) or 0)
    return day.isoformat() + _PARTS[_text(groups, "part")], "resolved"


def weekday(groups: Groups, setting: Setting) -> Value | None:
    """ "Friday", "last Friday", "next Friday", "Friday morning".

    A bare weekday is the last one up to the publication day, or, where the verb lies ahead, the next from it on:
    news names the weekday of the day it is printed on.
    """
    number, part = int(_text(groups, "weekday")), _PARTS.get(_text(groups, "part"), "")
    if setting.day is None:
        return f"XXXX-WXX-{number}{part}", "vague"
    base = setting.day
    back = (base.isoweekday() - number) % 7
    ahead = (number - base.isoweekday()) % 7
    if groups.get("lastweek"):
        turn = {"LAST": -1, "THIS": 0, "NEXT": 1}[groups["lastweek"][0].kind]
        day = base + timedelta(7 * turn + number - base.isoweekday())
    elif groups.get("past"):
        day = base - timedelta(back or 7)
    elif groups.get("next"):
        day = base + timedelta(ahead or 7)
    elif groups.get("this2"):
        day = base + timedelta(ahead) if setting.way() >= 0 else base - timedelta(back)
    else:
        day = base + timedelta(ahead) if setting.way() > 0 else base - timedelta(back)
    return day.isoformat() + part, "resolved"


def unit(groups: Groups, setting: Setting) -> Value | None:
    """ "last week", "this month", "next year"."""
    turn = _turn(groups) or 0
    letter = _text(groups, "unit")
    if letter in ("TH", "TM", "TS", "F"):
        return None
    return _unit(letter, turn, setting.day)


def _unit(letter: str, turn: int, base: date | None) -> Value | None:
    """The day, week, month… so many from the one that holds `base`."""
    if base is None:
        return _reference(max(-1, min(1, turn)))
    if letter in _DAYS:
        day = base + timedelta(turn * _DAYS[letter])
        return (day.isoformat() if letter == "D" else _week(day)), "resolved"
    if letter == "M":
        year, month = _shift(base, turn)
        return f"{year}-{month:02d}", "resolved"
    if letter == "Q":
        year, month = _shift(base, 3 * turn)
        return f"{year}-Q{(month + 2) // 3}", "resolved"
    if letter == "E":
        return f"{base.year // 10 + turn}X", "resolved"
    if letter == "C":
        return f"{base.year // 100 + turn}XX", "resolved"
    return (f"{base.year + turn * _YEARS[letter]:04d}", "resolved") if letter in _YEARS else None


def theunit(groups: Groups, setting: Setting) -> Value | None:
    """ "the next day" from the day last spoken of; "the last week" is the stretch up to now."""
    turn, letter = _turn(groups) or 0, _text(groups, "unit")
    if letter in ("D",):
        return _unit(letter, turn, setting.near)
    if letter.startswith("T"):
        return f"PT1{letter[1]}", "stated"
    return _unit(letter, turn, setting.day)


def sameunit(groups: Groups, setting: Setting) -> Value | None:
    """ "the same day", "that year", of the day last spoken of."""
    letter = _text(groups, "unit")
    return None if letter.startswith("T") else _unit(letter, 0, setting.near)


def season(groups: Groups, setting: Setting) -> Value | None:
    """ "last spring", "the spring of 2019", "in the spring"."""
    code = _text(groups, "season")
    if groups.get("year"):
        return f"{_text(groups, 'year')}-{code}", "stated"
    if setting.day is None:
        return f"XXXX-{code}", "vague"
    base = setting.day
    start, end = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "WI": (12, 14)}[code]
    turn = _turn(groups)
    way = setting.way() if turn is None else turn
    year = base.year - (code == "WI" and base.month <= 2 and way <= 0)
    if way < 0 and not (end % 12 or 12) < base.month + (12 if base.year > year else 0):
        year -= 1
    if way > 0 and base.month > start:
        year += 1
    return f"{year}-{code}", "resolved"


def quarter(groups: Groups, setting: Setting) -> Value | None:
    """ "the third quarter of 2019", "Q3", "the first half"."""
    if groups.get("q"):
        code = groups["q"][0].text
    else:
        which = int(_text(groups, "which"))
        half = groups["unit"][0].kind == "HALF"
        if (not half and _text(groups, "unit") != "Q") or which > (2 if half else 4):
            return None
        code = f"{'H' if half else 'Q'}{which}"
    if groups.get("year"):
        return f"{_text(groups, 'year')}-{code}", "stated"
    if setting.day is None or (code[0] == "H" and _turn(groups) is None):
        return f"XXXX-{code}", "vague"
    year = setting.day.year + (_turn(groups) or 0)
    if _turn(groups) is None and code[0] == "Q":
        now = (setting.day.month + 2) // 3
        way = setting.way()
        year += (way > 0 and int(code[1]) < now) - (way <= 0 and int(code[1]) > now)
    return f"{year}-{code}", "resolved"


def fiscal(groups: Groups, setting: Setting) -> Value | None:
    """ "fiscal 2019"."""
    return f"FY{_text(groups, 'year')}", "stated"


def weekof(groups: Groups, setting: Setting) -> Value | None:
    """ "the week of March 6"."""
    found = calendar(groups, setting)
    if found is None or "X" in found[0]:
        return found
    return _week(date.fromisoformat(found[0])), found[1]


def weekend(groups: Groups, setting: Setting) -> Value | None:
    """ "the weekend", "next weekend"."""
    if setting.day is None:
        return "XXXX-WXX-WE", "vague"
    turn = _turn(groups)
    if turn is None:
        way = setting.way()
        turn = -1 if way <= 0 and setting.day.isoweekday() < 6 else 0
    elif turn < 0 and setting.day.isoweekday() >= 6:
        turn = -1
    return _week(setting.day + timedelta(7 * turn)) + "-WE", "resolved"
