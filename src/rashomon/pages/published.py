"""When an HTML page was published and changed: of all dates on it, those that say so.

What is stated in a place made for it comes first (JSON-LD, meta tags, microdata), then the address, then what is
printed near the headline, then htmldate (Barbaresi 2020), which looks at the whole page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

from rashomon.model import Dated
from rashomon.pages import dates
from rashomon.pages.linked import plain
from rashomon.pages.printed import Printed, alone, best, printed
from rashomon.pages.tables import rows

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser

    from rashomon.pages.metadata import Metadata

_MOST = 150
_SHOWN = 60


def dated(tree: LexborHTMLParser, html: str, told: Metadata, address: str | None) -> tuple[Dated, Dated | None]:
    """When the page was published and, where it says so, last changed."""
    order = dates.order(told.language, address)
    changed = next(_stated(told.modified, order), None)
    first = _witnessed([*_stated(told.published, order)], told, tree, order)
    named = dates.from_address(address) or dates.from_address(told.canonical)
    if first is not None:
        return _settled(first, named, changed, tree, order), changed
    if named is not None:
        return named, changed
    shown = [one for one in printed(tree, order, title=told.title) if _fits_address(one.value, address)]
    changed = changed or next((_as_printed(one) for one in shown if one.change), None)
    changed = changed or next((found for one in shown if one.updated and (found := _change(one.said, order))), None)
    near = best(shown)
    if near and near.is_by_headline() and not (changed and _is_same_day(near.value, changed)):
        return _as_printed(near), changed
    # Today's date stands in the head of a page, and the day of a change may be the only one in an element for dates.
    labelled, then = _labelled(html, order, address, told.language)
    if labelled and not (near and _is_same_day(near.value, labelled)):
        return labelled, changed or then
    line = near if near and near.is_by_headline() else None
    line = line or best([one for one in alone(tree, order, told.title) if _fits_address(one.value, address)]) or near
    if line:
        return _as_printed(line), changed
    if slug := dates.from_slug(address) or dates.from_slug(told.canonical):
        return slug, changed
    searched = dates.searched(html, address, order)
    if searched is not None and searched.value is not None:
        return searched, changed
    vague = next(_stated(told.dated, order), None)
    return vague or searched or dates.UNKNOWN, changed


def _stated(fields: Iterable[tuple[str, str]], order: str | None) -> Iterator[Dated]:
    """The dates of fields made for them, as far as they can be read."""
    return (found for value, where in fields if (found := dates.stated(value, where, order)))


def _witnessed(given: Sequence[Dated], told: Metadata, tree: LexborHTMLParser, order: str | None) -> Dated | None:
    """The first of the dates that fields give, or, where they differ by days, that which the page also prints.

    A field that has the same instant as one of a change was written anew with it.
    """
    first = next(iter(given), None)
    others = [one for one in given if first and _days_apart(one, first) >= _APART]
    if not others:
        return first
    changes = {one.value for one in _stated(told.modified, order)}
    shown = best(printed(tree, order, title=told.title))
    if shown is None or (first and _is_same_day(shown.value, first)):
        return first
    for one in others:
        if first and _is_same_day(shown.value, one) and one.value not in changes:
            other = f"{(first.value or '')[:_DAY]} is {first.why[0].lower()}{first.why[1:]}"
            return Dated(one.value, one.basis, f"{one.why[:-1]} and printed there; {other}")
    return first


def _days_apart(one: Dated, other: Dated) -> int:
    """Days between two dates; none where one of them is no day."""
    if len(one.value or "") < _DAY or len(other.value or "") < _DAY:
        return 0
    return abs(_gap(one.value or "", other.value or ""))


_APART = 2
"""Days that no zone of time accounts for."""
_DAY = len("2024-10-21")
_MONTH = re.compile(r"/((?:19|20)\d\d)/(\d{1,2})/")


def _fits_address(value: str, address: str | None) -> bool:
    """Whether a date is near the year and month that an address holds, if it holds one."""
    match = _MONTH.search(address or "")
    if match is None or not 1 <= int(match[2]) <= 12 or len(value) < 7:
        return True
    return abs(int(match[1]) * 12 + int(match[2]) - int(value[:4]) * 12 - int(value[5:7])) <= 1


_AFTER_LABEL = 160
_TAGS = re.compile(r"</?[A-Za-z][^<>]*>")


def _labelled(
    html: str, order: str | None, address: str | None, spoken: str | None
) -> tuple[Dated | None, Dated | None]:
    """The first date that stands right after a word for publication, in the source; that of a change said after it."""
    for at, word in sorted(islice(_labels(html, spoken), _MOST)):
        source = html[at + len(word) : at + len(word) + _AFTER_LABEL].rpartition("<")[0]
        after = plain(_TAGS.sub(" ", source))
        found = dates.parse(after[:_LABEL], order)
        if found and found.start <= _NEAR and _fits_address(found.value, address):
            space = "" if after[:1] in ":," else " "
            first = Dated(found.value, "stated", f"Stated on the page: “{word}{space}{after[: found.end]}”.")
            return first, _change(after[found.end :], order)
    return None, None


def _change(said: str, order: str | None) -> Dated | None:
    """The change that words give the day of."""
    day = dates.changed(said, order)
    return Dated(day, "stated", f"Stated on the page: “{said.strip()[:_SHOWN]}”.") if day else None


@cache
def _published(spoken: str | None) -> tuple[str, ...]:
    """The words for publication of a language and of all."""
    own = (spoken or "").partition("-")[0].partition("_")[0].lower()
    return tuple(
        row["word"]
        for row in rows("date_words")
        if row["of"] == "published" and (not row["language"] or own in row["language"].split())
    )


def _labels(html: str, spoken: str | None) -> Iterator[tuple[int, str]]:
    """Where words for publication stand, in a page of a language."""
    low = html.lower()
    # A few capital letters of Turkish become two small ones, which would shift every offset.
    low = low if len(low) == len(html) else html
    for word in _published(spoken):
        at = low.find(word)
        while at >= 0:
            end = at + len(word)
            if not low[at - 1 : at].isalnum() and not low[end : end + 1].isalnum():
                yield at, html[at:end]
            at = low.find(word, end)


_NEAR, _LABEL = 25, 60
"""Characters between a label and its date, and those that both take."""


def _as_printed(one: Printed) -> Dated:
    said = one.said if len(one.said) <= _SHOWN else f"{one.said[:_SHOWN].rstrip()}…"
    return Dated(one.value, "stated", f"Stated on the page: “{said}”.")


def _settled(
    first: Dated, named: Dated | None, changed: Dated | None, tree: LexborHTMLParser, order: str | None
) -> Dated:
    """What is stated, held against the address and what is printed: the day is that of where it was published."""
    value = first.value or ""
    if len(value) < 10:
        return named or first
    if named is not None and named.value:
        if _gap(named.value, value) < -1:
            why = f"{named.why[:-1]}; {first.why[0].lower()}{first.why[1:-1]} is a later date, {value[:10]}."
            return Dated(named.value, named.basis, why)
        return _local(first, named.value, "by the page's address")
    same = changed is not None and changed.value == value
    if not same and not _may_be_another_day(value):
        return first
    shown = best(printed(tree, order, all_of_them=False))
    if shown is None:
        return first
    if same and shown.updated and _gap(shown.value, value) < 0:
        # The field was written anew with the change, and the page says so.
        return _as_printed(shown)
    if _gap(shown.value, value) > 0 and int(value[11:13] or 0) < 24 - _EUROPE:
        return first
    return _local(first, shown.value[:10], f"as printed there (“{shown.said[:_SHOWN]}”)")


def _is_same_day(value: str, other: Dated) -> bool:
    return value[:10] == (other.value or "")[:10]


def _gap(day: str, value: str) -> int:
    """Days from the second date to the first."""
    return (date.fromisoformat(day[:10]) - date.fromisoformat(value[:10])).days


def _may_be_another_day(value: str) -> bool:
    """Whether what is printed may tell that an instant in UTC falls on another day where it was published.

    A day later is more likely that of a change, but for the last hours of a day.
    """
    if not value.endswith("+00:00") or value[11:19] == "00:00:00":
        return False
    hour = int(value[11:13])
    return hour < _WEST or hour >= 24 - _EUROPE


_WEST, _EAST, _EUROPE = 10, 12, 2
"""Hours from UTC to Hawaii, to New Zealand and to most of Europe."""


def _local(first: Dated, day: str, how: str) -> Dated:
    """The day of an instant in UTC where the page was published, if it may be that."""
    value = first.value or ""
    apart = _gap(day, value)
    if abs(apart) != 1 or not value.endswith("+00:00") or value[11:19] == "00:00:00":
        return first
    hour = datetime.fromisoformat(value).hour
    if (apart < 0 and hour >= _WEST) or (apart > 0 and hour < 24 - _EAST):
        return first
    return Dated(
        day[:10], first.basis, f"{first.why[:-1]} as {value}, which is {day[:10]} where it was published, {how}."
    )
