"""When an HTML page was published and changed: of all dates on it, those that say so.

What is stated in a place made for it comes first (JSON-LD, meta tags, microdata), then the address, then what is
printed near the headline, then htmldate (Barbaresi 2020), which looks at the whole page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from rashomon.model import Dated
from rashomon.pages import dates
from rashomon.pages.beside import is_aside, words
from rashomon.pages.linked import plain
from rashomon.pages.tables import rows

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

    from rashomon.pages.metadata import Metadata

_LINE = 150
"""No line that is there to print a date is longer."""
_WORDS = 16
_SHORT = 60
_MOST, _LINES = 150, 400
_ENOUGH = 1_000_000
"""Characters in all elements together that are looked at: elements may lie in each other."""
_SHOWN = 60


_CHANGED = re.compile(r"modif|updat|aktualis|edited", re.I)


class Printed(NamedTuple):
    """A date that stands on the page."""

    value: str
    said: str
    """The words that it stands in."""
    below: bool
    """Whether it comes after the first heading."""
    change: bool
    """Whether it is that of a change."""
    updated: bool
    """Whether it is said after it that there was a change."""


def dated(tree: LexborHTMLParser, html: str, told: Metadata, address: str | None) -> tuple[Dated, Dated | None]:
    """When the page was published and, where it says so, last changed."""
    order = dates.order(told.language, address)
    changed = next((found for value, where in told.modified if (found := dates.stated(value, where, order))), None)
    first = next((found for value, where in told.published if (found := dates.stated(value, where, order))), None)
    named = dates.from_address(address) or dates.from_address(told.canonical)
    if first is not None:
        return _settled(first, named, changed, tree, order), changed
    if named is not None:
        return named, changed
    shown = [one for one in printed(tree, order) if _fits_address(one.value, address)]
    changed = changed or next((_as_printed(one) for one in shown if one.change), None)
    if best := _best(shown):
        return _as_printed(best), changed
    if labelled := _labelled(html, order, address):
        return labelled, changed
    if line := _alone(tree, order, address):
        return _as_printed(line), changed
    searched = dates.searched(html, address, order)
    if searched is not None and searched.value is not None:
        return searched, changed
    vague = next((found for value, where in told.dated if (found := dates.stated(value, where, order))), None)
    return vague or searched or dates.UNKNOWN, changed


_MONTH = re.compile(r"/((?:19|20)\d\d)/(\d{1,2})/")


def _fits_address(value: str, address: str | None) -> bool:
    """Whether a date is near the year and month that an address holds, if it holds one."""
    match = _MONTH.search(address or "")
    if match is None or not 1 <= int(match[2]) <= 12 or len(value) < 7:
        return True
    return abs(int(match[1]) * 12 + int(match[2]) - int(value[:4]) * 12 - int(value[5:7])) <= 1


_AFTER_LABEL = 160


def _labelled(html: str, order: str | None, address: str | None) -> Dated | None:
    """The first date that stands right after a word for publication, in the source."""
    for at, word in sorted(islice(_labels(html), _MOST)):
        after = plain(html[at + len(word) : at + len(word) + _AFTER_LABEL].rpartition("<")[0])
        found = dates.parse(after[:_LABEL], order)
        if found and found.start <= _NEAR and _fits_address(found.value, address):
            space = "" if after[:1] in ":," else " "
            return Dated(found.value, "stated", f"Stated on the page: “{word}{space}{after[: found.end]}”.")
    return None


def _labels(html: str) -> Iterator[tuple[int, str]]:
    """Where words for publication stand."""
    low = html.lower()
    # A few capital letters of Turkish become two small ones, which would shift every offset.
    low = low if len(low) == len(html) else html
    for word in (row["word"] for row in rows("date_words") if row["of"] == "published"):
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
    best = _best(printed(tree, order, all_of_them=False))
    if best is None:
        return first
    if same and best.updated and _gap(best.value, value) < 0:
        # The field was written anew with the change, and the page says so.
        return _as_printed(best)
    if _gap(best.value, value) > 0 and int(value[11:13] or 0) < 24 - _EUROPE:
        return first
    return _local(first, best.value[:10], f"as printed there (“{best.said[:_SHOWN]}”)")


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


@cache
def _marks(all_of_them: bool) -> str:
    """The selector of headings and of elements that may print a date: all of those, or those that always do."""
    marks = [f'[{row["attribute"]}*="{row["has"]}" i]' for row in rows("date_marks") if all_of_them or row["sure"]]
    return ",".join(["h1", "time", "abbr[title]", *marks])


def printed(tree: LexborHTMLParser, order: str | None, all_of_them: bool = True) -> list[Printed]:
    """The dates that stand on the page in an element made for them, in the order of the page.

    Unless it is `all_of_them`, only elements that are sure to print one are asked, up to the first that `_best` takes.
    """
    out: list[Printed] = []
    below = False
    looked_at = 0
    for node in tree.css(_marks(all_of_them))[:_MOST]:
        if node.tag == "h1":
            below = True
            continue
        said = words(node)
        looked_at += len(said)
        if looked_at > _ENOUGH:
            break
        if len(said) > _LINE or said.count(" ") > _WORDS:
            continue
        if (value := _value(node, said, order)) and not is_aside(node):
            change = _is_change(node, said)
            updated = not change and bool(dates.said_before("modified").search(said))
            out.append(Printed(value, said or value, below, change, updated))
            if not all_of_them and below and _is_day(out[-1]):
                break
    return out


def _alone(tree: LexborHTMLParser, order: str | None, address: str | None) -> Printed | None:
    """The first line below the headline that says a day and little else."""
    below = not tree.tags("h1")
    for node in tree.css("h1,p,span,small,em,li,td")[:_LINES]:
        if node.tag == "h1":
            below = True
            continue
        said = words(node) if below else ""
        if len(said) < 8 or len(said) > _SHORT or not (found := dates.alone(said, order)) or len(found.value) < 10:
            continue
        if not is_aside(node) and _fits_address(found.value, address) and not _is_change(node, said):
            return Printed(found.value, said, below, False, False)
    return None


def _value(node: LexborNode, said: str, order: str | None) -> str | None:
    """The date of an element: what it is marked with, or else what it says."""
    attributes = node.attributes
    marked = attributes.get("datetime") or (attributes.get("title") if node.tag == "abbr" else None)
    found = (dates.parse(marked, order) if marked else None) or dates.parse(said, order)
    return found.value if found else None


def _is_change(node: LexborNode, said: str) -> bool:
    """Whether an element's class, its words or those right before it say that its date is that of a change."""
    marks = f"{node.attributes.get('class') or ''} {node.attributes.get('itemprop') or ''}"
    if dates.is_update(said) or _CHANGED.search(marks):
        return True
    changed = dates.said_before("modified")
    return bool(changed.match(said) or changed.search(_before(node)))


def _before(node: LexborNode) -> str:
    """The few words that stand right before an element: "Updated:"."""
    at = node.prev
    for _ in range(3):
        if at is None or at.tag in {"p", "div", "ul", "table", "section"}:
            break
        if said := words(at):
            return said if len(said) < _SHORT and not dates.parse(said) else ""
        at = at.prev
    return ""


def _is_day(one: Printed) -> bool:
    """Whether it is a whole date, and none of a change."""
    return not one.change and len(one.value) >= 10


def _best(shown: Sequence[Printed]) -> Printed | None:
    """The first date below the headline, or else above it, that is a day and not that of a change."""
    days = [one for one in shown if _is_day(one)]
    return next((one for one in days if one.below), None) or next(iter(reversed(days)), None)
