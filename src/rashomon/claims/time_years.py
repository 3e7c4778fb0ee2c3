"""Months, years, decades, seasons and quarters as TIMEX3 values; rules of the form that `time_values` describes."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from rashomon.claims.time_values import (
    Groups,
    Setting,
    Value,
    said,
    turned,
    year_of,
)
from rashomon.claims.time_words import Word


def month(groups: Groups, setting: Setting) -> Value | None:
    """ "March 2019", "last March", "in March"."""
    number = int(said(groups, "month"))
    if groups.get("year"):
        return f"{full_year(said(groups, 'year'), setting)}-{number:02d}", "stated"
    if setting.day is None:
        return f"XXXX-{number:02d}", "vague"
    year = setting.day.year
    turn = turned(groups)
    if groups.get("last2"):
        year -= 1
    elif turn == -1:
        year -= number >= setting.day.month
    elif turn == 1:
        year += number <= setting.day.month
    elif turn is None:
        year = year_of(setting, number, 0)
    return f"{year}-{number:02d}", "resolved"


def year_after(groups: Groups, row: Sequence[Word], at: int) -> dict[str, list[Word]]:
    """The year that a month shares with the next one ("from March to June 2019"), as a named part; else none.

    `at` is the word behind the month and its day. "from November to March 2019" begins in the year before.
    """
    if groups.keys() & {"year", "past", "last", "last2", "next", "this"} or not groups.get("month"):
        return {}
    joined = "".join(_JOINTS.get(word.kind, " ") for word in row[at : at + 7])
    match = re.match(r"j(m)\.?(?:n,?)?(y)", joined)
    if match is None:
        return {}
    other, word = row[at + match.start(1)], row[at + match.start(2)]
    back = row[at].kind != "AND" and int(said(groups, "month")) > int(other.value)
    return {"year": [msgspec.structs.replace(word, value=str(int(word.value) - back))]}


_JOINTS = {"TO": "j", "AND": "j", "OR": "j", "HYPHEN": "j", "FOR": "j", "MONTH": "m", "DOT": ".", "NUMBER": "n"}
_JOINTS |= {"COMMA": ",", "YEAR": "y"}


def full_year(text: str, setting: Setting) -> int:
    """The year of "2019" or "'98": two figures are the last such year up to the next one."""
    figures = int(re.sub(r"\D", "", text))
    if figures > 99:
        return figures
    top = setting.day.year + 1 if setting.day else 2050
    return top - (top - figures) % 100


def year(groups: Groups, setting: Setting) -> Value | None:
    """ "2019"."""
    return said(groups, "year"), "stated"


def shortyear(groups: Groups, setting: Setting) -> Value | None:
    """ "since '96"."""
    return str(full_year(said(groups, "year"), setting)), "stated"


def years(groups: Groups, setting: Setting) -> Value | None:
    """ "2019-2021", "2019-21" as an interval of years."""
    first, second = int(said(groups, "year")), float(said(groups, "to"))
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
    if said(groups, "century") != "C":
        return None
    return f"{int(said(groups, 'which')) - 1:02d}XX", "stated"


def season(groups: Groups, setting: Setting) -> Value | None:
    """ "last spring", "the spring of 2019", "in the spring"."""
    code = said(groups, "season")
    if groups.get("year"):
        return f"{full_year(said(groups, 'year'), setting)}-{code}", "stated"
    if setting.day is None:
        return f"XXXX-{code}", "vague"
    base = setting.day
    start, end = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "WI": (12, 14)}[code]
    turn = turned(groups)
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
        which = int(said(groups, "which"))
        half = groups["unit"][0].kind == "HALF"
        if (not half and said(groups, "unit") != "Q") or which > (2 if half else 4):
            return None
        code = f"{'H' if half else 'Q'}{which}"
    if groups.get("year"):
        return f"{said(groups, 'year')}-{code}", "stated"
    if setting.day is None or (code[0] == "H" and turned(groups) is None):
        return f"XXXX-{code}", "vague"
    year = setting.day.year + (turned(groups) or 0)
    if turned(groups) is None and code[0] == "Q":
        now = (setting.day.month + 2) // 3
        way = setting.way()
        year += (way > 0 and int(code[1]) < now) - (way <= 0 and int(code[1]) > now)
    return f"{year}-{code}", "resolved"


def fiscal(groups: Groups, setting: Setting) -> Value | None:
    """ "fiscal 2019"."""
    return f"FY{said(groups, 'year')}", "stated"
