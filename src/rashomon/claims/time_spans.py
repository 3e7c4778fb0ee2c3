"""How long a time lasts, how often it comes, and times counted in units from a day: TIMEX3 values.

Rules of the same form as in `time_values`.
"""

from __future__ import annotations

from rashomon.claims.time_values import (
    PARTS,
    Groups,
    Setting,
    Value,
    amount,
    reference,
    said,
)


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
    number = amount(groups, "upto") or amount(groups)
    value = period(said(groups, "unit"), _plain(number)) if number is not None else None
    return (value, "stated") if value else None


def halfduration(groups: Groups, setting: Setting) -> Value | None:
    """ "half an hour"."""
    letter = said(groups, "unit")
    value = {"TH": "PT30M", "Y": "P6M", "E": "P5Y", "C": "P50Y", "D": "PT12H"}.get(letter) or period(letter, "0.5")
    return (value, "stated") if value else None


def andahalf(groups: Groups, setting: Setting) -> Value | None:
    """ "two and a half hours", "5 1/2 hours"."""
    number, letter = amount(groups) or 0, said(groups, "unit")
    if letter == "TH":
        return f"PT{int(number)}H30M", "stated"
    value = period(letter, _plain(number + 0.5))
    return (value, "stated") if value else None


def manyduration(groups: Groups, setting: Setting) -> Value | None:
    """ "several days", "recent weeks", "decades-long"."""
    many = groups["many"][-1].text.lower() if groups.get("many") else ""
    value = period(said(groups, "unit"), "2" if many == "couple" else "X")
    return (value, "stated" if many == "couple" else "vague") if value else None


def lasting(groups: Groups, setting: Setting) -> Value | None:
    """ "decades-long", "day-long"."""
    word = groups["unit"][0]
    value = period(word.value, "1" if word.kind == "UNIT" else "X")
    return (value, "stated" if word.kind == "UNIT" else "vague") if value else None


def bareduration(groups: Groups, setting: Setting) -> Value | None:
    """ "for years"; "three-quarters of the vote" are none."""
    letter = said(groups, "bare")
    value = period(letter, "X") if letter != "Q" else None
    return (value, "vague") if value else None


def pastduration(groups: Groups, setting: Setting) -> Value | None:
    """ "the past two years"."""
    number = amount(groups)
    value = period(said(groups, "unit"), "X" if number is None else _plain(number))
    return (value, "vague" if number is None else "stated") if value else None


def pastunit(groups: Groups, setting: Setting) -> Value | None:
    """ "the past year", "the last decade": a stretch up to now; "the last year" may be a year of the calendar."""
    stretch = groups["past"][0].text.lower() == "past" or said(groups, "unit") == "E"
    value = period(said(groups, "unit"), "1") if stretch else None
    return (value, "stated") if value else None


def overunit(groups: Groups, setting: Setting) -> Value | None:
    """ "over the last week", "in the next year": a stretch up to now or from now on, not the week of the calendar."""
    letter = said(groups, "unit")
    value = period(letter, "1") if letter in ("D", "W", "M", "Y", "E") else None
    return (value, "stated") if value else None


def quarterof(groups: Groups, setting: Setting) -> Value | None:
    """ "a quarter of a century", "a quarter of an hour"."""
    value = {"C": "P25Y", "Y": "P3M", "TH": "PT15M"}.get(said(groups, "unit"))
    return (value, "stated") if value and said(groups, "quarter") == "Q" else None


def each(groups: Groups, setting: Setting) -> Value | None:
    """ "every week", "every Friday", "every two weeks"."""
    if groups.get("weekday"):
        return f"XXXX-WXX-{said(groups, 'weekday')}", "stated"
    if groups.get("month"):
        return f"XXXX-{int(said(groups, 'month')):02d}", "stated"
    if groups.get("season"):
        return f"XXXX-{said(groups, 'season')}", "stated"
    if groups.get("weekend"):
        return "XXXX-WXX-WE", "stated"
    if groups.get("part"):
        return "XXXX-XX-XX" + PARTS[said(groups, "part")], "stated"
    number = 2.0 if groups.get("other") else amount(groups)
    value = period(said(groups, "unit"), _plain(number) if number is not None else "1")
    return (value, "stated") if value else None


def often(groups: Groups, setting: Setting) -> Value | None:
    """ "daily"."""
    return said(groups, "set"), "stated"


def yearly(groups: Groups, setting: Setting) -> Value | None:
    """ "ten dollars a year"."""
    return rate(groups, setting)


def rate(groups: Groups, setting: Setting) -> Value | None:
    """ "twice a week", "per year"."""
    value = period(said(groups, "unit"), "1")
    return (value, "stated") if value else None


def present(groups: Groups, setting: Setting) -> Value | None:
    """ "now"."""
    return reference(0)


def past(groups: Groups, setting: Setting) -> Value | None:
    """ "recently", "the past"."""
    word = groups["past"][0]
    return reference(-1) if word.kind != "LAST" or word.text.lower() == "past" else None


def future(groups: Groups, setting: Setting) -> Value | None:
    """ "soon"."""
    return reference(1)
