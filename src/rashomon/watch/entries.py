"""Entries of feeds → pages in the store: the page behind each, or what the feed itself gives of it."""

from __future__ import annotations

import io
from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import sqlalchemy as sql

from rashomon.errors import PageError
from rashomon.model import Gap
from rashomon.pages import Capture, told
from rashomon.store.places import url_key
from rashomon.store.store import iso
from rashomon.store.tables import PAGES
from rashomon.stories.dates import stretch
from rashomon.watch import asking, keeping, polling
from rashomon.watch.keeping import Pending
from rashomon.watch.polling import Answered
from rashomon.watch.rounds import Round, Watch

if TYPE_CHECKING:
    from rashomon.model import Page

FULL = 150
"""Words from which an entry's own content is taken for the article."""
SOME = 12
"""Words from which it is taken where the page cannot be had."""


def read(watch: Watch, done: Round) -> None:
    """Make pages of the entries that are due, a batch at a time."""
    store = watch.store
    while True:
        now = watch.clock()
        batch = store.database.ask(lambda link, now=now: keeping.pending(link, now))  # type: ignore[misc]
        if not batch:
            return
        rest = [each for each in batch if not _known(watch, each)]
        whole = [each for each in rest if each.entry.words >= FULL or each.entry.address is None]
        asked = [each for each in rest if each not in whole]
        for each in whole:
            _from_feed(watch, each, done, None)
        for each, answered in _pages(watch, asked):
            _from_page(watch, each, answered, done)


def _pages(watch: Watch, due: Sequence[Pending]) -> list[tuple[Pending, Answered]]:
    """What came of asking for the pages of entries."""

    def url(each: Pending) -> str:
        return each.entry.address or ""

    allowed = asking.all_allowed(watch, map(url, due))
    return asking.by_host(watch, due, url, lambda each: (each, asking.asked(watch, url(each), {}, allowed)), allowed)


def _known(watch: Watch, pending: Pending) -> bool:
    """Whether the entry became a page before and was stopped just then."""
    if pending.entry.address is None or pending.tries:
        return False
    key = url_key(pending.entry.address)

    def work(link: sql.Connection) -> bool:
        query = sql.select(PAGES.c.id).where(PAGES.c.place == key, PAGES.c.added >= pending.seen)
        page = link.execute(query.order_by(PAGES.c.number.desc()).limit(1)).scalar()
        if page is not None:
            keeping.became(link, pending.number, page)
        return page is not None

    return watch.store.database.write(work)


def _from_page(watch: Watch, pending: Pending, answered: Answered, done: Round) -> None:
    """Read the page behind an entry, or decide what becomes of it."""
    from rashomon.pages.fetch import refusal
    from rashomon.pages.opening import opened

    why = answered.failed
    if answered.status == 200:
        address = pending.entry.address or ""
        captures = [each for each in opened(io.BytesIO(answered.body), address, urlsplit(address).path)
                    if isinstance(each, Capture)]  # fmt: skip
        if captures and (page := _page(watch, pending, captures[0], done)):
            _became(watch, pending, page, None)
            return
        why = "the page could not be read"
    elif answered.status is not None:
        why = refusal(answered.status)
    refused = answered.status is None and (why or "").startswith(asking.REFUSED)
    tried = polling.missed(
        pending.tries, answered.status if answered.status != 200 else 404, refused, pending.entry.words >= SOME,
        watch.clock(), watch.every,
    )  # fmt: skip
    if tried.fallback:
        _from_feed(watch, pending, done, f"The page itself was not read: {why}.")
        return
    done.failed += 1
    problem = f"The page could not be had: {why}."
    watch.store.database.write(lambda link: keeping.put_off(link, pending.number, tried, problem))


def _from_feed(watch: Watch, pending: Pending, done: Round, why: str | None) -> None:
    """Read the content that the feed itself gives of an entry."""
    entry = pending.entry
    gaps = [Gap("text", f"{why} What the feed gives of it was read instead.")] if why else []
    if entry.cut:
        gaps.append(Gap("text", "Only the first million characters of the entry were read."))
    body = f'<!doctype html><meta charset="utf-8">\n<title>{escape(entry.title or "")}</title>\n{entry.html}'
    address = entry.address or f"entry {entry.key}"
    page = _page(watch, pending, Capture(address, body.encode("utf-8", "replace"), None, tuple(gaps)), done)
    if page is not None:
        _became(watch, pending, page, why)
        return
    done.failed += 1
    tried = polling.Tried("failed", pending.tries + 1, watch.clock(), False)
    problem = f"{why or 'The feed gives nothing of it that could be read.'}"
    watch.store.database.write(lambda link: keeping.put_off(link, pending.number, tried, problem))


def _page(watch: Watch, pending: Pending, capture: Capture, done: Round) -> str | None:
    """The id of the page that a capture of an entry became in the store; None where it is none."""
    from rashomon import run

    entry, now = pending.entry, watch.clock()
    own: dict[str, Any] = dict(capture.known or {})
    own["captured"] = iso(now)
    when = stretch(entry.published)
    gaps = list(capture.gaps)
    if when is not None and when[0] > now + polling.DAY:
        gaps.append(Gap("publication date", f"The feed gives {entry.published}, which is still to come."))
        when = None
    try:
        page = run.read_capture(Capture(capture.address, capture.raw, own, tuple(gaps)))
        more = _lacking(page, pending, when is not None)
        if more:
            page = run.read_capture(Capture(capture.address, capture.raw, own | more, tuple(gaps)))
    except PageError:
        return None
    if not page.text.strip():
        return None
    done.pages += watch.store.add_all([page], {page.id: Capture(capture.address, capture.raw, own | more, tuple(gaps))})
    return page.id


def _lacking(page: Page, pending: Pending, dated: bool) -> dict[str, Any]:
    """What the feed knows of a page and the page does not say itself."""
    entry = pending.entry
    known, _ = told.known(
        "the feed that the page came in",
        title=None if page.title else entry.title,
        authors=() if page.authors else entry.authors,
        published=entry.published if dated and page.published.basis != "stated" else None,
        source=None if page.source else entry.source,
        language=None if page.language else entry.language,
    )
    return known


def _became(watch: Watch, pending: Pending, page: str, why: str | None) -> None:
    watch.store.database.write(lambda link: keeping.became(link, pending.number, page, why))
