"""What a server's answer means for a feed: pure decisions, which the loop carries out.

A feed that answers is asked again after its interval; one that fails, after twice as long as the last time, a day at
most; one that says when (Retry-After), then; one that says that it is gone for good (410), never. An address that a
server moved for good is the new one from then on.
"""

from __future__ import annotations

from email.utils import parsedate_to_datetime
from typing import Literal

import msgspec

from rashomon.watch.parsing import Entry, Feed, Listed, parse

DAY = 86_400.0
EVERY = 900.0
"""Seconds between two polls of a feed that answers."""
replace = msgspec.structs.replace


class Polled(msgspec.Struct, frozen=True, kw_only=True):
    """A feed as the store knows it."""

    number: int
    address: str
    title: str | None = None
    etag: str | None = None
    modified: str | None = None
    polled: float | None = None
    """Here and below: seconds since 1970."""
    due: float = 0.0
    failures: int = 0
    problem: str | None = None
    gone: bool = False


class Answered(msgspec.Struct, frozen=True, kw_only=True):
    """What came of asking for a feed."""

    status: int | None
    """None where no answer came."""
    failed: str | None = None
    """Why none came, as a clause."""
    barred: bool = False
    """Whether nobody was asked, since the address is none that may be: asking again disturbs nobody."""
    body: bytes = b""
    url: str = ""
    moved: bool = False
    """Whether every redirect was for good."""
    etag: str | None = None
    modified: str | None = None
    retry_after: str | None = None


class Outcome(msgspec.Struct, frozen=True):
    """What is to be kept."""

    feed: Polled
    entries: tuple[Entry, ...] = ()
    feeds: tuple[str, ...] = ()
    """Addresses that an OPML list names."""


def conditions(feed: Polled) -> dict[str, str]:
    """The headers that ask for the feed only where it has changed."""
    out = {"Accept": "application/atom+xml,application/rss+xml,application/feed+json,application/xml;q=0.9,*/*;q=0.5"}
    if feed.etag:
        out["If-None-Match"] = feed.etag
    if feed.modified:
        out["If-Modified-Since"] = feed.modified
    return out


def after(feed: Polled, answered: Answered, now: float, every: float = EVERY) -> Outcome:
    """The feed after an answer, and what was in it."""
    feed = replace(feed, polled=now)
    if answered.status == 304:
        return Outcome(replace(feed, due=now + every, failures=0, problem=None))
    if answered.status == 410:
        return Outcome(
            replace(feed, due=now + 365 * DAY, gone=True, problem="The server has taken it away for good (410).")
        )
    if answered.status != 200:
        return Outcome(_failed(feed, answered, now, every))
    found = parse(answered.body, answered.url or feed.address)
    if isinstance(found, Listed):
        clause = f"the list {found.problem or 'names no feeds'}"
        if not found.feeds:
            return Outcome(_problem(feed, clause, now, every))
        problem = f"Not all may be there: {clause}." if found.problem else None
        return Outcome(replace(feed, due=now + DAY, failures=0, problem=problem, title="OPML list"), feeds=found.feeds)
    if found.problem and not found.entries:
        return Outcome(_problem(feed, found.problem, now, every))
    return Outcome(_read(feed, found, answered, now, every), found.entries)


def _read(feed: Polled, found: Feed, answered: Answered, now: float, every: float) -> Polled:
    # What came damaged is asked for again in full, whatever the server says has not changed.
    return replace(
        feed,
        address=answered.url if answered.moved and answered.url else feed.address,
        title=found.title or feed.title,
        etag=None if found.problem else answered.etag,
        modified=None if found.problem else answered.modified,
        due=now + every,
        failures=0,
        problem=found.problem and f"The feed is not whole: {found.problem}.",
    )


def _failed(feed: Polled, answered: Answered, now: float, every: float) -> Polled:
    from rashomon.pages.fetch import refusal

    if answered.status is None:
        later = _problem(feed, answered.failed or "it did not answer", now, every)
        return replace(later, failures=0, due=now + every) if answered.barred else later
    later = _problem(feed, refusal(answered.status).replace("gave no page", "gave no feed"), now, every)
    wait = retry_after(answered.retry_after, now)
    return replace(later, due=max(later.due, now + wait)) if wait is not None else later


def _problem(feed: Polled, clause: str, now: float, every: float) -> Polled:
    failures = feed.failures + 1
    wait = min(every * 2 ** min(failures, 20), max(DAY, every))
    return replace(feed, due=now + wait, failures=failures, problem=f"The feed could not be read: {clause}.")


def retry_after(written: str | None, now: float) -> float | None:
    """Seconds to wait, as a server asks for: a number of them or a date; a week at most, None where it says nothing."""
    if not written:
        return None
    try:
        wait = float(written) if written.strip().isdigit() else parsedate_to_datetime(written).timestamp() - now
    except (ValueError, TypeError, OverflowError):
        return None
    return min(max(wait, 0.0), 7 * DAY)


class Tried(msgspec.Struct, frozen=True):
    """What becomes of an entry whose page could not be had."""

    state: Literal["new", "failed"]
    tries: int
    due: float
    fallback: bool
    """Whether the feed's own content is read for it."""


FOR_GOOD = frozenset({401, 402, 403, 404, 405, 410, 451})
"""Statuses at which asking again is of no use."""
TRIES = 5


def missed(tries: int, status: int | None, refused: bool, has_content: bool, now: float, every: float) -> Tried:
    """After a page could not be had: again later, or the feed's own content, or given up.

    `refused`: by robots.txt, or because the address is none that may be asked.
    """
    tries += 1
    if refused or status in FOR_GOOD or tries >= TRIES:
        return Tried("failed", tries, now, has_content)
    return Tried("new", tries, now + min(every * 2**tries, DAY), False)
