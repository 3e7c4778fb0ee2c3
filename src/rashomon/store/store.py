"""The store as one thing to hold: every way in and out, each a transaction."""

from __future__ import annotations

import time
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from itertools import pairwise
from types import TracebackType
from typing import TYPE_CHECKING, Self

import sqlalchemy as sql

from rashomon.errors import UsageError
from rashomon.model import Claim, Page, Point, Report, Story
from rashomon.store import adding, judging, listing, packing, search, telling, verdicts, versions
from rashomon.store.changes import Changes, changes
from rashomon.store.database import Database
from rashomon.store.places import url_key
from rashomon.store.tables import CAPTURES, PAGES, STORIES

if TYPE_CHECKING:
    from rashomon.pages import Capture
    from rashomon.stories.judged import Judgement

Tell = Callable[[str, int, int], None]
Hearing = Callable[[sql.Connection, Report, list[verdicts.Version]], None]
"""Told, inside the transaction that keeps them, of a story's new versions of verdicts."""


class Store:
    """Pages and what was read of them, that stay. Use it as a context manager, or call `close`."""

    def __init__(self, url: str, *, fresh: bool = True, clock: Callable[[], float] = time.time) -> None:
        """`url`: a SQLite file's path (made on first use where `fresh`) or a PostgreSQL URL.

        UsageError where it cannot be opened or is of another version. `clock`: seconds since 1970.
        """
        self.database = Database(url, fresh=fresh)
        self.clock = clock
        self.hearing: list[Hearing] = []
        try:
            versions.ready(self.database)
        except BaseException:
            self.database.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database."""
        self.database.close()

    def add(self, page: Page, capture: Capture | None = None) -> bool:
        """Keep the page with its claims and its place in a story; False where this capture is there already."""
        return self.add_all([page], {page.id: capture} if capture else None) == 1

    def add_all(
        self, pages: Iterable[Page], captures: Mapping[str, Capture] | None = None, progress: Tell | None = None
    ) -> int:
        """Keep the pages, a transaction each, reading their claims in batches; how many of them were new.

        `captures`: the bytes that they were read from, by page id. Then the stories that changed have their points made
        anew, a transaction each; where that was cut short the next call goes on with it.
        """
        from rashomon.claims import read_out, settled

        fresh = self._new(pages)
        new = 0
        for done, (page, extraction) in enumerate(zip(fresh, read_out(fresh), strict=True), 1):
            ready = adding.Fresh(settled(page), extraction.claims, (captures or {}).get(page.id))
            work = partial(adding.add, fresh=ready, now=self.clock())
            new += self.database.write(work) is not None
            if progress:
                progress("adding", done, len(fresh))
        self.align(progress)
        return new

    def _new(self, pages: Iterable[Page]) -> list[Page]:
        """The pages that are not there yet, each once."""
        once = {page.id: page for page in pages}
        known = self.database.ask(lambda link: adding.known_ids(link, list(once)))
        return [page for key, page in once.items() if key not in known]

    def align(self, progress: Tell | None = None) -> list[verdicts.Version]:
        """Make the points anew of every story that changed; the versions of verdicts that came of it."""
        out: list[verdicts.Version] = []
        done = 0
        while True:
            left = self.database.ask(verdicts.unaligned)
            if not left:
                return out
            for number, revision in left:
                out += self._align(number, revision)
                done += 1
                if progress:
                    progress("comparing", done, max(done, len(left)))

    def _align(self, number: int, revision: int) -> list[verdicts.Version]:
        stories, judgements = self.database.ask(lambda link: (telling.told(link, [number]), judging.holding(link)))
        found = telling.report(stories, judgements) if stories else None
        now = self.clock()

        def work(link: sql.Connection) -> list[verdicts.Version]:
            kept = verdicts.keep(link, number, revision, found, now) or []
            for hear in self.hearing:
                if kept and found:
                    hear(link, found, kept)
            return kept

        return self.database.write(work)

    def reread(self, progress: Tell | None = None) -> tuple[int, int]:
        """Read every capture again with this version; how many pages were read, and how many came without bytes.

        Judgements stay in force: they name words and places. A transaction a page.
        """
        from rashomon import run
        from rashomon.claims import read_out, settled

        with self.database.read() as link:
            kept = list(link.execute(sql.select(PAGES.c.number).where(PAGES.c.capture.is_not(None))).scalars())
            left = int(link.execute(sql.select(sql.func.count()).select_from(PAGES)).scalar() or 0) - len(kept)
        for done, number in enumerate(sorted(kept), 1):
            with self.database.read() as link:
                capture = adding.captured(link, number)
            page = run.read_capture(capture)
            (extraction,) = read_out([page])
            fresh = adding.Fresh(settled(page), extraction.claims, None)
            self.database.write(partial(adding.replace, number=number, fresh=fresh))
            if progress:
                progress("reading", done, len(kept))
        self.align(progress)
        return len(kept), left

    def pages(self) -> list[Page]:
        """Every page, all captures of it, in the order in which they were added."""
        with self.database.read() as link:
            records = link.execute(sql.select(PAGES.c.record).order_by(PAGES.c.number)).scalars()
            return [packing.page(record) for record in records]

    def claims(self, page: str | None = None) -> list[Claim]:
        """The claims of one page (by its id), or of all, in the order of the pages and their texts."""
        query = sql.select(PAGES.c.claims).order_by(PAGES.c.number)
        if page is not None:
            query = query.where(PAGES.c.id == page)
        with self.database.read() as link:
            return [claim for data in link.execute(query).scalars() for claim in packing.claims(data)]

    def capture(self, page: str) -> bytes | None:
        """The bytes that a page was read from; None where the page is not there or came without them."""
        with self.database.read() as link:
            query = sql.select(CAPTURES.c.packed).join(PAGES, PAGES.c.capture == CAPTURES.c.id)
            data = link.execute(query.where(PAGES.c.id == page)).scalar()
        return None if data is None else zlib.decompress(data)

    def report(self, story: str | None = None, as_of: str | None = None) -> Report:
        """The report of a story (its id, or how that begins), or of all; nothing is read again.

        Of each address the latest capture counts. `as_of`: as it stood then (ISO 8601): the pages that had been
        published or captured by then. Judgements that hold today are obeyed whenever they were made.
        """
        until = search.moment(as_of)[1] if as_of else None
        with self.database.read() as link:
            numbers = [listing.meant(link, story)] if story else self._all(link)
            found = telling.told(link, numbers, until)
            if story and not found:
                raise UsageError(f"The story {story} has no page by {as_of}.")
            return telling.report(found, judging.holding(link))

    def _all(self, link: sql.Connection) -> list[int]:
        return list(link.execute(sql.select(STORIES.c.number).where(STORIES.c.into.is_(None))).scalars())

    def stories(self, as_of: str | None = None, limit: int | None = None) -> list[listing.Heading]:
        """The stories, those with the latest page first, each with what a list shows of it."""
        until = search.moment(as_of)[1] if as_of else None
        with self.database.read() as link:
            return listing.headings(link, until, limit)

    def story(self, story: str, as_of: str | None = None) -> Story:
        """One story, by its id or how that begins."""
        return self.report(story, as_of).stories[0]

    def history(self, point: str) -> list[verdicts.Version]:
        """The versions of a point's verdict, by the point's id in the store, in the order in which they were made."""
        with self.database.read() as link:
            return verdicts.history(link, point)

    def points(self, story: str) -> dict[str, Point]:
        """The points of a story by the ids that they keep in the store."""
        with self.database.read() as link:
            return verdicts.points(link, listing.meant(link, story))

    def point(self, point: str) -> Point | None:
        """A point by the id that it keeps, or how that begins; None where there is none, or more than one."""
        with self.database.read() as link:
            return verdicts.one(link, point)

    def claim(self, claim: str) -> Claim:
        """A claim by its id, or how that begins; UsageError where there is none, or more than one."""
        with self.database.read() as link:
            return listing.claim(link, claim)

    def search(self, asked: search.Asked) -> list[search.Hit]:
        """Claims and pages, the newest first."""
        with self.database.read() as link:
            return search.search(link, asked)

    def changes(self, address: str) -> list[Changes]:
        """What changed from each capture of an address to the next; UsageError where there is no such page.

        `address` is a URL or path as it was given, or the id of one of its captures.
        """
        columns = (PAGES.c.number, PAGES.c.place, PAGES.c.added, PAGES.c.record, PAGES.c.claims)
        with self.database.read() as link:
            wanted = sql.or_(PAGES.c.id == address, PAGES.c.address == address, PAGES.c.place.in_(_keys(address)))
            place = link.execute(sql.select(PAGES.c.place).where(wanted).order_by(PAGES.c.number.desc())).scalar()
            if place is None:
                raise UsageError(f"There is no page {address} in the store: write its address as it was added.")
            rows = link.execute(sql.select(*columns).where(PAGES.c.place == place).order_by(PAGES.c.number)).all()
        read = [(packing.page(row.record), packing.claims(row.claims), row.added) for row in rows]
        return [_changes(before, after) for before, after in pairwise(read)]

    def judge(self, judgement: Judgement) -> Judgement:
        """Append a judgement and obey it at once; what comes back has its id."""
        now = self.clock()
        kept = self.database.write(lambda link: judging.append(link, judgement, now))
        self.align()
        return kept

    def judgements(self) -> list[Judgement]:
        """All judgements, the undone ones too, in the order in which they were made."""
        with self.database.read() as link:
            return judging.judgements(link)


def _keys(address: str) -> Sequence[str]:
    import os

    return [url_key(address)] if "://" in address else [os.path.abspath(address)]


Read = tuple[Page, list[Claim], float]


def _changes(before: Read, after: Read) -> Changes:
    return Changes(
        address=after[0].address,
        before=before[0].id,
        after=after[0].id,
        when=(before[0].captured or iso(before[2]), after[0].captured or iso(after[2])),
        changes=tuple(changes(before[0], before[1], after[0], after[1])),
    )


def iso(moment: float) -> str:
    """Seconds since 1970 as ISO 8601, UTC, to the second."""
    return datetime.fromtimestamp(moment, UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
