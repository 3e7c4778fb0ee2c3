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
DAYS = {"D": 1, "W": 7, "F": 14}
YEARS = {"Y": 1, "E": 10, "C": 100, "L": 1000}
FAR = 270
_PAST_FIRST = 45
"""So many days a past time may be farther off than the one to come, where no verb says which."""
PARTS = {"MO": "TMO", "AF": "TAF", "EV": "TEV", "NI": "TNI", "12:00": "T12:00", "00:00": "T00:00"}


class Setting(msgspec.Struct, frozen=True):
    """What a time expression is read against."""

    day: date | None
    """The day of publication; None where it is not known."""
    near: date | None
    """The day last spoken of in the text."""
    coarse: str | None
    """The month or year last spoken of, where that was after `near`."""
    way: Callable[[], int]
    """-1 where the verb beside the words says past, 1 where it says future, 0 where it says neither.

    -2 where it must be past."""


Groups = Mapping[str, list[Word]]
"""The words of each named part of a match."""


def said(groups: Groups, name: str) -> str:
    return groups[name][0].value or groups[name][0].text.lower() if groups.get(name) else ""


def amount(groups: Groups, name: str = "number") -> float | None:
    """The number of a part; 1 for "a"; None where the part is not there."""
    if not groups.get(name):
        return None
    word = groups[name][0]
    return 1.0 if word.kind == "A" else float(word.value)


def exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except (ValueError, OverflowError):
        return False
    return True


def week(day: date) -> str:
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


def shifted(day: date, months: int) -> tuple[int, int]:
    """Year and month so many months from a day's."""
    index = day.year * 12 + day.month - 1 + months
    return index // 12, index % 12 + 1


def turned(groups: Groups) -> int | None:
    """-1 for "last", 0 for "this", 1 for "next"; None where none of them stands there."""
    if groups.get("past") or groups.get("last") or groups.get("last2"):
        return -1
    if groups.get("this") or groups.get("this2"):
        return 0
    return 1 if groups.get("next") else None


def reference(turn: int) -> Value:
    return ("PAST_REF", "PRESENT_REF", "FUTURE_REF")[turn + 1], "vague"


def with_turn(setting: Setting, turn: int | None) -> Setting:
    """The setting where "last" or "next" says the way instead of a verb."""
    return setting if turn is None else msgspec.structs.replace(setting, way=lambda: turn)


def year_of(setting: Setting, month: int, day: int) -> int:
    """The year of a month (and day, else 0) named without it.

    The verb's way from the publication day decides, unless that leads more than nine months off: of such a time
    news would say "last April". Where no verb says, it is the nearer of both, the past somewhat rather, since news
    reports.
    """
    base = setting.day
    assert base is not None
    off = (month - base.month) * 30.4 + (day - base.day if day else 0)
    behind, ahead = (-off if off <= 0 else 365 - off), (off if off >= 0 else 365 + off)
    past, future = base.year - (off > 0), base.year + (off < 0)
    way = setting.way()
    if way > 0:
        return future if ahead <= FAR else past
    if way < 0:
        return past if behind <= FAR or way < -1 else future
    return past if behind <= ahead + _PAST_FIRST else future


def spoken_of(setting: Setting, letter: str) -> date | None:
    """The day that a count of units starts from where it starts from what is told: "In 2016 … four years later".

    A year or month spoken of after the last day stands for itself where the unit is no finer.
    """
    coarse = setting.coarse
    if coarse is None or letter in DAYS or (len(coarse) == 4 and letter not in YEARS):
        return setting.near
    return date(int(coarse[:4]), int(coarse[5:7] or 1), 1)


def told(value: Value | None, setting: Setting) -> Value | None:
    """A value counted forward from what is told, left open where it would lie ahead of the page and no verb says so.

    "Two years later he resigned" is not to come: what it is counted from was not understood.
    """
    if value is None or setting.day is None or not value[0][:4].isdigit():
        return value
    ahead = value[0] > setting.day.isoformat()[: len(value[0])]
    if "W" in value[0]:
        ahead = value[0] > week(setting.day)
    if not ahead or setting.way() > 0:
        return value
    return re.sub(r"\d", "X", value[0]), "vague"


def unit_at(letter: str, turn: int, base: date | None) -> Value | None:
    """The day, week, month… so many from the one that holds `base`."""
    if base is None:
        return reference(max(-1, min(1, turn)))
    if letter in DAYS:
        day = base + timedelta(turn * DAYS[letter])
        return (day.isoformat() if letter == "D" else week(day)), "resolved"
    if letter == "M":
        year, month = shifted(base, turn)
        return f"{year}-{month:02d}", "resolved"
    if letter == "Q":
        year, month = shifted(base, 3 * turn)
        return f"{year}-Q{(month + 2) // 3}", "resolved"
    if letter == "E":
        return f"{base.year // 10 + turn}X", "resolved"
    if letter == "C":
        return f"{base.year // 100 + turn}XX", "resolved"
    return (f"{base.year + turn * YEARS[letter]:04d}", "resolved") if letter in YEARS else None
