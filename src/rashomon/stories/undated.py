"""When pages without a date were published, as far as the dated pages of their story tell: an interval, or nothing.

Two things bound it. A weekday by its bare name is, in news, one of the week that ends with the publication: where the
dated pages tell of one day of that weekday, or one of them tells the same thing of it, the page was published on that
day or within the week after it. And a text is reprinted within a few days. What else the page tells as past narrows
the interval: it was published after that, and its news is not a week old. Nothing more is used: that a page tells of
an event says only that it isn't older, and how much younger pages are has no usual measure (in local news from hours
to years). How often the true date lies in the interval: `benchmarks/undated.py`.
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
from rashomon.stories.told_when import Named, named, nearest, weekday

WEEK = 7
"""Days from the one that a bare weekday names to the last on which it is named so."""
FRESH = 5
"""Days from the newest that a page tells of to its publication, at most: of 863 in the incidents 857."""
REPRINT = 5
"""Days between a text and its reprint, either way: of 54 in the incidents 38 are of one day, 51 within five."""
WHOLE = 0.7
"""The shorter text's share of the longer's words from which the one is a reprint; below it, one took over the other."""
ALIKE = 0.3
"""Cosine from which two claims that name one weekday are taken to tell one thing; two words shared at the least, and
none with what is told of another day of that weekday."""
TELLERS = 2
"""Dated pages that tell of a day before it is a day of the story's, not of one page's; copies count once."""
CROWD = 50
"""Claims of one day that each claim of an undated page is held against."""
FEW = 20
"""Claims of an undated page that are held against others: more say nothing more of one week."""
BACK = timedelta(days=30)
"""Before the first dated page; months and days of a month that a page names as later than that are of the story."""

_YEARS = 1000, 2999
# A page of another year has a date that cannot be, and what is counted from it may leave the calendar.
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}$")
_NAMED = 3
# Shared words, or days, that a reason names.
_ONE = timedelta(days=1)


class Bound(NamedTuple):
    """The first and the last day on which a page can have been published, and why."""

    first: date
    last: date
    why: str
    told: date | None = None
    """The day of a weekday that the page tells of, where the bound is one."""


class Told(NamedTuple):
    """What the pages of a story tell of days."""

    claims: Mapping[str, Sequence[Claim]]
    """Claims of a bare weekday, by undated page."""
    days: Mapping[date, Sequence[Claim]]
    """Claims of dated pages, by the day that was past when they were published."""
    tellers: Mapping[date, set[str]]
    """The dated pages that tell of a day as past, copies by their originals."""


def place(pages: Sequence[Page], claims: Iterable[Claim]) -> dict[str, Dated]:
    """For each undated page of a story of several: page id → when it was published, inferred or unknown.

    Inferred, the value is an interval of days ("2024-10-24/2024-10-31"), closed by the capture where one is known.
    Where nothing bounds it, or where what does is at odds, the value stays null and the reason says so.
    """
    dated = {page.id: page for page in pages if _believed(page)}
    undated = {page.id: page for page in pages if page.published.value is None}
    if not undated or len(pages) == 1:
        return {}
    if not dated:
        return {key: _unknown(page, "no page of its story has a date to place it by") for key, page in undated.items()}
    told = _told(claims, dated, undated)
    held = [claim for some in (*told.claims.values(), *told.days.values()) for claim in some] if told.claims else []
    read = accounts(pages, held)
    by_claim = {account.claim.id: account for account in read}
    weights = Weights(read)
    first = min(first for page in dated.values() if (first := _first(page.published.value)))
    out = {}
    for page in undated.values():
        past = named(page)
        bounds = [*_reprints(page, pages, dated)]
        if not _looks_back(page, first):
            bounds += _of_story(past, told)
            for claim in told.claims.get(page.id, ())[:FEW]:
                bounds += _shared(claim, told, by_claim, weights, dated)
        out[page.id] = _narrowed(page, bounds, past)
    return out


def is_placed(page: Page) -> bool:
    """Whether a report has inferred the page's date from others: the page itself says that it names none."""
    dated = page.published
    known = dated.basis != "inferred" or "/" not in (dated.value or "")
    return not known and any(gap.what == "publication date" for gap in page.gaps)


def _believed(page: Page) -> bool:
    """Whether a page has a date that it can have: one that news is of, and not after its own capture."""
    first, capture = _first(page.published.value), _day(page.captured)
    return first is not None and (capture is None or first <= capture + _ONE)


def _told(claims: Iterable[Claim], dated: Mapping[str, Page], undated: Mapping[str, Page]) -> Told:
    mine: dict[str, list[Claim]] = defaultdict(list)
    days: dict[date, list[Claim]] = defaultdict(list)
    tellers: dict[date, set[str]] = defaultdict(set)
    last = {page.id: _last(page.published.value) for page in dated.values()}
    for claim in claims:
        when = claim.when
        if when is None or claim.status != "asserted":
            continue
        if claim.page in undated and weekday(when.value, when.exact):
            mine[claim.page].append(claim)
        elif claim.page in dated and when.basis in ("stated", "resolved"):
            found = _day(when.value)
            if found is not None and found <= last[claim.page]:
                days[found].append(claim)
    for page in dated.values():
        for time in page.times:
            found = _day(time.value) if time.basis in ("stated", "resolved") else None
            if found is not None and found <= last[page.id]:
                tellers[found].add(page.copy_of or page.id)
    return Told(mine, days, tellers)


def _looks_back(page: Page, first: date) -> bool:
    """Whether a page names months, or days of them, that are of the story (“in May”), as one written long after does.

    Its weekdays are rather those of what came after: of 91 such pages of incidents that their weekdays would place, 17
    would be placed wrongly; of 464 others 20.
    """
    named = (nearest(time.value or "", first) for time in page.times)
    return any(found is not None and found >= first - BACK for found in named)


def _day(value: str | None) -> date | None:
    found = day(value)
    return _first(found) if found and _DAY.match(found) else None


def _first(value: str | None) -> date | None:
    """The first day of a date; None where no news can be of it."""
    found = stretch(value)
    first = datetime.fromtimestamp(found[0], UTC).date() if found else date.min
    return first if _YEARS[0] <= first.year <= _YEARS[1] else None


def _last(value: str | None) -> date:
    """The last day of a date, as its own clock has it."""
    end = (value or "").split("/")[-1][:10]
    if _DAY.match(end):
        return date.fromisoformat(end)
    found = stretch(value)
    return datetime.fromtimestamp(found[1], UTC).date() if found else date.max


def _of_story(past: Sequence[Named], told: Told) -> Iterator[Bound]:
    """What follows from a weekday that is one day only in what the dated pages tell, and is told on two of them."""
    for each in past:
        days = [found for found in told.tellers if found.isoweekday() == each.weekday]
        if len(days) == 1 and len(told.tellers[days[0]]) >= TELLERS:
            why = (
                f"“{each.exact}” is {days[0]} on all {len(told.tellers[days[0]])} dated pages that tell of that weekday"
            )
            yield _week(days[0], why)


def _week(told: date, why: str) -> Bound:
    return Bound(told, told + WEEK * _ONE, why, told)


def _shared(
    claim: Claim, told: Told, by_claim: Mapping[str, Account], weights: Weights, dated: Mapping[str, Page]
) -> Iterator[Bound]:
    """What follows from a dated page that tells the like of such a weekday; nothing where two days are likely."""
    assert claim.when is not None
    mine = by_claim[claim.id]
    alike: dict[date, list[Account]] = {}
    for each in told.days:
        if each.isoweekday() == weekday(claim.when.value, claim.when.exact):
            others = (by_claim[other.id] for other in told.days[each][:CROWD])
            if sharing := [other for other in others if not mine.terms.keys().isdisjoint(other.terms)]:
                alike[each] = sharing
    if len(alike) != 1:
        return
    [(each, sharing)] = alike.items()
    ranked = [(overlap(mine, other, weights), other) for other in sharing]
    common, best = min(ranked, key=lambda pair: (-pair[0].score, pair[1].claim.id))
    if common.score >= ALIKE and len(common.words) > 1:
        words = ", ".join(common.words[:_NAMED])
        exact = " ".join(claim.when.exact.split())
        yield _week(each, f"“{exact}” is {each} in what {_name(dated[best.page])} tells likewise ({words})")


def _reprints(page: Page, pages: Sequence[Page], dated: Mapping[str, Page]) -> Iterator[Bound]:
    """What follows from dated pages with the same text."""
    for other in pages:
        related = page.id == other.copy_of or (page.copy_of is not None and page.copy_of in (other.id, other.copy_of))
        if other.id in dated and related and (told := _day(other.published.value)):
            sizes = sorted((len(page.text.split()), len(other.text.split())))
            if sizes[0] >= WHOLE * sizes[1]:
                why = f"it has the text of {_name(other)}, published on {told}"
                yield Bound(told - REPRINT * _ONE, told + REPRINT * _ONE, why)


def _narrowed(page: Page, bounds: Sequence[Bound], names: Sequence[Named]) -> Dated:
    """What all bounds leave, and of it what the days that the page names leave."""
    if not bounds:
        return _unknown(page, "nothing that it shares with dated pages of its story bounds when it was published")
    told = sorted({bound.told for bound in bounds if bound.told})
    others = [each for each in names if each.weekday not in {found.isoweekday() for found in told}]
    capture = _day(page.captured)
    last = min([bound.last for bound in bounds] + ([capture] if capture else []))
    texts = [bound for bound in bounds if bound.told is None]
    days, at = [], max(bound.first for bound in bounds) - _ONE
    while at <= last:
        if all(bound.first <= at for bound in texts) and _fits(at, told, others):
            days.append(at)
        at += _ONE
    whys = list(dict.fromkeys(bound.why for bound in bounds))
    if not days:
        odd = "".join(f"; it tells of “{each.exact}”" for each in others[:_NAMED])
        odd += f"; it was captured on {capture}" if capture else ""
        return _unknown(page, f"what it shares with dated pages is at odds: {'; '.join(whys[:2])}{odd}")
    tight = [bound.why for bound in bounds if bound.first == days[0] or bound.last == days[-1]]
    shown = [*list(dict.fromkeys(tight or whys))[:2], *_beside(days, told, others)]
    if capture == days[-1]:
        shown.append(f"it was captured on {capture}")
    return Dated(f"{days[0]}/{days[-1]}", "inferred", f"Inferred from the story's dated pages: {'; '.join(shown)}.")


def _fits(at: date, told: Iterable[date], names: Iterable[Named]) -> bool:
    """Whether a page of a day can tell of the days as past, or as still to come, that it tells of.

    A page of the day itself is often added to on the next, so one thing that it tells may be of the day after where
    all the rest is of its own.
    """
    ages = [(at - each).days for each in told]
    if ages and max(ages) > WEEK:
        return False
    for each in names:
        age = each.age(at)
        if each.weekday is None and (age > 0 if each.ahead else age < 0):
            return False
        ages += [age] if each.weekday else []
    known = [age for age in ages if age >= 0]
    if len(known) == len(ages):
        return not ages or min(known) <= FRESH
    return min(ages) == -1 and bool(known) and max(known) == 0


def _beside(days: Sequence[date], told: Sequence[date], others: Sequence[Named]) -> Iterator[str]:
    """What the page itself names that narrows the interval."""
    for each in others:
        if not each.ahead and each.age(days[0]) == 0 and (not told or days[0] > told[-1]):
            yield f"it tells of “{each.exact}” as past, which is {days[0]}"
        if each.ahead and each.age(days[-1]) == 0:
            yield f"it tells of “{each.exact}” as still to come, which is {days[-1]}"
    newest = [*told, *(days[-1] - each.age(days[-1]) * _ONE for each in others if each.weekday)]
    if newest and days[-1] - max(newest) == FRESH * _ONE:
        yield f"it tells of nothing newer than {max(newest)}"


def _unknown(page: Page, why: str) -> Dated:
    known = page.published.why.rstrip(". ")
    return Dated(None, "unknown", f"{f'{known}. ' if known else ''}{why[0].upper()}{why[1:]}.")


def _name(page: Page) -> str:
    """A page by its source, else by its title."""
    return page.source or (f"“{page.title}”" if page.title else "another page")
