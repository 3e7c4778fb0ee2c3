"""Feeds, entries and robots.txt in the store: what a poll found goes in together, or not at all."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import sqlalchemy as sql

from rashomon.store import packing
from rashomon.store.rows import next_number, storable
from rashomon.store.tables import ENTRIES, FEEDS, HOSTS
from rashomon.stories.dates import stretch
from rashomon.watch.parsing import Entry
from rashomon.watch.polling import Outcome, Polled, Tried

_COLUMNS = (
    FEEDS.c.number, FEEDS.c.address, FEEDS.c.title, FEEDS.c.etag, FEEDS.c.modified, FEEDS.c.polled, FEEDS.c.due,
    FEEDS.c.failures, FEEDS.c.problem, FEEDS.c.gone,
)  # fmt: skip


class Pending(msgspec.Struct, frozen=True):
    """An entry that is to become a page."""

    number: int
    seen: float
    tries: int
    entry: Entry


def feeds(link: sql.Connection) -> list[Polled]:
    """All feeds, in the order in which they were named."""
    rows = link.execute(sql.select(*_COLUMNS).order_by(FEEDS.c.number))
    return [Polled(**row._mapping) for row in rows]


def follow(link: sql.Connection, addresses: Sequence[str], now: float) -> None:
    """Feeds that are to be polled from now on; those that are known already stay as they are, the gone come back."""
    for address in dict.fromkeys(storable(each) for each in addresses):
        known = link.execute(sql.select(FEEDS.c.number, FEEDS.c.gone).where(FEEDS.c.address == address)).first()
        if known is None:
            link.execute(
                FEEDS.insert().values(
                    number=next_number(link, FEEDS), address=address, added=now, due=now, failures=0, gone=False
                )
            )
        elif known.gone:
            link.execute(FEEDS.update().where(FEEDS.c.number == known.number).values(gone=False, due=now, problem=None))


def keep(link: sql.Connection, outcome: Outcome, now: float) -> int:
    """Keep what a poll found, all of it at once; how many entries are new or changed."""
    feed = outcome.feed
    taken = sql.select(FEEDS.c.number).where(FEEDS.c.address == feed.address, FEEDS.c.number != feed.number)
    values = {
        "title": feed.title and storable(feed.title), "etag": feed.etag and storable(feed.etag),
        "modified": feed.modified and storable(feed.modified), "polled": feed.polled, "due": feed.due,
        "failures": feed.failures, "problem": feed.problem and storable(feed.problem), "gone": feed.gone,
    }  # fmt: skip
    if not link.execute(taken).first():
        values["address"] = storable(feed.address)
    link.execute(FEEDS.update().where(FEEDS.c.number == feed.number).values(values))
    if outcome.feeds:
        follow(link, outcome.feeds, now)
    return sum(_entry(link, feed.number, entry, now) for entry in outcome.entries)


def _entry(link: sql.Connection, feed: int, entry: Entry, now: float) -> bool:
    """Keep an entry; False where it is known and says what it said."""
    row = link.execute(
        sql.select(ENTRIES.c.number, ENTRIES.c.content).where(ENTRIES.c.feed == feed, ENTRIES.c.key == entry.key)
    ).first()
    if row is not None and row.content == entry.content:
        return False
    when = stretch(entry.published)
    values = {
        "content": entry.content, "address": entry.address and storable(entry.address),
        "title": entry.title and storable(entry.title), "published": min(when[1], now) if when else None, "seen": now,
        "record": packing.packed(entry), "state": "new", "tries": 0, "due": now, "problem": None,
    }  # fmt: skip
    if row is None:
        link.execute(ENTRIES.insert().values(number=next_number(link, ENTRIES), feed=feed, key=entry.key, **values))
    else:
        link.execute(ENTRIES.update().where(ENTRIES.c.number == row.number).values(values))
    return True


def pending(link: sql.Connection, now: float, limit: int = 500) -> list[Pending]:
    """The entries that are due to become pages, the oldest first."""
    import zlib

    query = sql.select(ENTRIES.c.number, ENTRIES.c.seen, ENTRIES.c.tries, ENTRIES.c.record)
    query = query.where(ENTRIES.c.state == "new", ENTRIES.c.due <= now).order_by(ENTRIES.c.published, ENTRIES.c.number)
    return [
        Pending(row.number, row.seen, row.tries, msgspec.json.decode(zlib.decompress(row.record), type=Entry))
        for row in link.execute(query.limit(limit))
    ]


def became(link: sql.Connection, number: int, page: str, problem: str | None = None) -> None:
    """The entry is a page."""
    values = {"state": "read", "page": page, "problem": problem and storable(problem)}
    link.execute(ENTRIES.update().where(ENTRIES.c.number == number).values(values))


def put_off(link: sql.Connection, number: int, tried: Tried, problem: str) -> None:
    """The entry's page could not be had."""
    values = {"state": tried.state, "tries": tried.tries, "due": tried.due, "problem": storable(problem)}
    link.execute(ENTRIES.update().where(ENTRIES.c.number == number).values(values))


def robots(link: sql.Connection, host: str, since: float) -> str | None:
    """The robots.txt of a host that was fetched since then; None where it has to be asked for."""
    query = sql.select(HOSTS.c.robots).where(HOSTS.c.host == host, HOSTS.c.fetched >= since)
    found = link.execute(query).scalar()
    return None if found is None else str(found)


def keep_robots(link: sql.Connection, host: str, text: str, now: float) -> None:
    """Keep a host's robots.txt."""
    link.execute(HOSTS.delete().where(HOSTS.c.host == host))
    link.execute(HOSTS.insert().values(host=host[:300], robots=storable(text), fetched=now))
