"""When pages without a date were published, as far as the dated pages of their story tell: an interval, or nothing.

Two things bound it. A weekday by its bare name is, in news, one of the week that ends with the publication: where a
dated page tells the same thing of the same weekday, and so of a day, the page was published on that day or within the
week after it. And a text is reprinted within a few days. Nothing else is used: that a page tells of an event says
only that it isn't older, and how much younger pages are has no usual measure (in local news from hours to years).
How often the true date lies in the interval: `benchmarks/undated.py`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from rashomon.model import Claim, Dated, Page
from rashomon.stories.accounts import Account, Weights, accounts
from rashomon.stories.dates import day, stretch
from rashomon.stories.likeness import overlap

WEEK = timedelta(days=7)
"""From the day that a bare weekday names to the last day on which it is named so."""
REPRINT = timedelta(days=5)
"""Between a text and its reprint, either way: of 54 in the incidents 38 are of one day, 51 within five."""
ALIKE = 0.3
"""Cosine from which two claims that name one weekday are taken to tell one thing; two words shared at the least, and
none with what is told of another day of that weekday."""
TELLERS = 2
"""Dated pages that tell of a day before it is a day of the story's, not of one page's."""
CROWD = 50
"""Claims of one day that each claim of an undated page is held against."""

_WEEKDAY = re.compile(r"XXXX-WXX-([1-7])(?:T|$)")
_TURNED = re.compile(r"\b(?:next|coming|last|past|previous|every|each)\b", re.I)
"""A weekday that is not the one nearest before."""
_LATE_VALUE = re.compile(r"XXXX-\d{2}(?:-\d{2})?(?:T|$)")
_LATE_WORDS = re.compile(r"\blast (?:year|month|summer|winter|fall|autumn|spring)\b|\bago\b", re.I)
"""Times as pages tell them that look back from afar: their weekdays are rather those of what came after."""
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}$")
_NAMED = 3
# Shared words that a reason names.


class Bound(NamedTuple):
    """The first and the last day on which a page can have been published, and why."""

    first: date
    last: date
    why: str


def place(pages: Sequence[Page], claims: Iterable[Claim]) -> dict[str, Dated]:
    """For each undated page of one story that has dated ones: page id → when it was published, inferred or unknown.

    Inferred, the value is an interval of days ("2024-10-24/2024-10-31"), closed by the capture where one is known.
    Where nothing bounds it, or where what does is at odds, the value stays null and the reason says so.
    """
    dated = {page.id: page for page in pages if stretch(page.published.value)}
    undated = [page for page in pages if page.published.value is None]
    if not dated or not undated:
        return {}
    weekdays, days = _told(claims, dated, {page.id for page in undated})
    read = accounts(pages, [claim for some in (*weekdays.values(), *days.values()) for claim in some])
    by_claim = {account.claim.id: account for account in read}
    weights = Weights(read)
    out = {}
    for page in undated:
        bounds = [*_reprints(page, pages, dated)]
        bounds += _weekdays(weekdays[page.id], days, by_claim, weights, dated)
        out[page.id] = _narrowed(page, bounds)
    return out


def _told(
    claims: Iterable[Claim], dated: Mapping[str, Page], undated: set[str]
) -> tuple[dict[str, list[Claim]], dict[date, list[Claim]]]:
    """What undated pages tell of a bare weekday, by page, and what dated ones tell of a day that was past, by day.

    Of pages that look back (“in May”, “last year”) nothing: their weekday may be any later one.
    """
    weekdays: dict[str, list[Claim]] = defaultdict(list)
    days: dict[date, list[Claim]] = defaultdict(list)
    late: set[str] = set()
    for claim in claims:
        when = claim.when
        if when is None or when.value is None:
            continue
        if _LATE_VALUE.match(when.value) or _LATE_WORDS.search(when.exact):
            late.add(claim.page)
        if claim.status != "asserted":
            continue
        if claim.page in undated and _WEEKDAY.match(when.value) and not _TURNED.search(when.exact):
            weekdays[claim.page].append(claim)
        elif claim.page in dated and when.basis in ("stated", "resolved"):
            told = _day(when.value)
            if told is not None and told <= _last(dated[claim.page].published.value):
                days[told].append(claim)
    return defaultdict(list, {page: some for page, some in weekdays.items() if page not in late}), days


def _day(value: str | None) -> date | None:
    found = day(value)
    return date.fromisoformat(found) if found and _DAY.match(found) and stretch(found) else None


def _last(value: str | None) -> date:
    """The last day of a date, as its own clock has it."""
    end = (value or "").split("/")[-1][:10]
    if _DAY.match(end):
        return date.fromisoformat(end)
    found = stretch(value)
    return datetime.fromtimestamp(found[1], UTC).date() if found else date.max


def _weekdays(
    mine: Sequence[Claim], days: Mapping[date, Sequence[Claim]], by_claim: Mapping[str, Account], weights: Weights,
    dated: Mapping[str, Page],
) -> list[Bound]:  # fmt: skip
    """A bound for each weekday that a dated page tells of the same thing; of none, for each that is one day only."""
    found = [bound for claim in mine if (bound := _shared(claim, days, by_claim, weights, dated))]
    return found or list(_of_story(mine, days))


def _shared(
    claim: Claim, days: Mapping[date, Sequence[Claim]], by_claim: Mapping[str, Account], weights: Weights,
    dated: Mapping[str, Page],
) -> Bound | None:  # fmt: skip
    """What follows from a dated page that tells the like of a day of that weekday; None where two days are likely."""
    found = []
    for told, others in _same(claim, days):
        ranked = ((overlap(by_claim[claim.id], by_claim[each.id], weights), each) for each in others[:CROWD])
        common, other = min(ranked, key=lambda pair: (-pair[0].score, pair[1].id))
        if common.words:
            found.append((told, common, other))
    if len(found) != 1:
        return None
    told, common, other = found[0]
    if common.score < ALIKE or len(common.words) < 2:
        return None
    words = ", ".join(common.words[:_NAMED])
    why = f"“{_weekday(claim)}” is {told} in what {_name(dated[other.page])} tells likewise ({words})"
    return Bound(told, told + WEEK, why)


def _of_story(mine: Sequence[Claim], days: Mapping[date, Sequence[Claim]]) -> Iterator[Bound]:
    """What follows from a weekday that is one day only in what the dated pages tell, and is told on two of them."""
    for claim in mine:
        same = list(_same(claim, days))
        tellers = {other.page for _, others in same for other in others}
        if len(same) == 1 and len(tellers) >= TELLERS:
            told = same[0][0]
            why = f"“{_weekday(claim)}” is {told} on each of the {len(tellers)} dated pages that tell of that weekday"
            yield Bound(told, told + WEEK, why)


def _same(claim: Claim, days: Mapping[date, Sequence[Claim]]) -> Iterator[tuple[date, Sequence[Claim]]]:
    """The days of the weekday that a claim names, in order."""
    match = _WEEKDAY.match(claim.when.value or "") if claim.when else None
    if match:
        yield from ((told, days[told]) for told in sorted(days) if told.isoweekday() == int(match[1]))


def _reprints(page: Page, pages: Sequence[Page], dated: Mapping[str, Page]) -> Iterator[Bound]:
    """What follows from dated pages with the same text."""
    for other in pages:
        related = page.id == other.copy_of or (page.copy_of is not None and page.copy_of in (other.id, other.copy_of))
        if other.id in dated and related and (told := _day(other.published.value)):
            why = f"it has the text of {_name(other)}, published on {told}"
            yield Bound(told - REPRINT, told + REPRINT, why)


def _narrowed(page: Page, bounds: Sequence[Bound]) -> Dated:
    """What all bounds leave."""
    if not bounds:
        return _unknown(page, "nothing that it shares with dated pages of its story bounds when it was published")
    capture = _day(page.captured)
    first = max(bound.first for bound in bounds)
    last = min(bound.last for bound in bounds)
    if capture is not None:
        last = min(last, capture)
    whys = list(dict.fromkeys(bound.why for bound in bounds))
    if first > last:
        return _unknown(page, f"what it shares with dated pages is at odds: {'; '.join(whys[:2])}")
    tight = [bound.why for bound in bounds if bound.first == first] + [b.why for b in bounds if b.last == last]
    shown = "; ".join(list(dict.fromkeys(tight))[:2])
    return Dated(f"{first}/{last}", "inferred", f"Inferred from the story's dated pages: {shown}.")


def _unknown(page: Page, why: str) -> Dated:
    known = page.published.why.rstrip(". ")
    return Dated(None, "unknown", f"{f'{known}. ' if known else ''}{why[0].upper()}{why[1:]}.")


def _weekday(claim: Claim) -> str:
    return " ".join(claim.when.exact.split()) if claim.when else ""


def _name(page: Page) -> str:
    """A page by its source, else by its title."""
    return page.source or (f"“{page.title}”" if page.title else "another page")
