"""The loop that follows feeds: it asks, keeps, reads, and hands out alerts; what to make of answers, others decide.

Hosts are asked in parallel, each of them by one request at a time with a pause after it. What was found goes into the
store in one transaction a feed, then one a page; stopped at any moment, the next round goes on where it was.
"""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from html import escape
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

import msgspec
import sqlalchemy as sql

from rashomon.errors import PageError
from rashomon.model import Gap
from rashomon.pages import Capture, told
from rashomon.store.places import url_key
from rashomon.store.store import Store, iso
from rashomon.store.tables import PAGES
from rashomon.stories.dates import stretch
from rashomon.watch import keeping, polling, robots
from rashomon.watch.keeping import Pending
from rashomon.watch.polling import Answered, Polled

if TYPE_CHECKING:
    from rashomon.model import Page

T = TypeVar("T")
R = TypeVar("R")

Asking = Callable[[str, Mapping[str, str]], Answered]
"""A URL and headers → what came of it; it never raises."""

FULL = 150
"""Words from which an entry's own content is taken for the article."""
SOME = 12
"""Words from which it is taken where the page cannot be had."""
PAUSE = 2.0
"""Seconds between two requests to one host."""
HOSTS = 8
"""Hosts that are asked at once."""
SECONDS = 30.0
FEED_BYTES = 32 * 2**20


class Watch(msgspec.Struct):
    """What the loop works with; all that it does outside it does through these."""

    store: Store
    ask: Asking
    clock: Callable[[], float] = time.time
    sleep: Callable[[float], None] = time.sleep
    every: float = polling.EVERY
    pause: float = PAUSE
    tell: Callable[[str], None] = lambda sentence: None


class Round(msgspec.Struct):
    """What one round did."""

    polled: int = 0
    entries: int = 0
    """New or changed."""
    pages: int = 0
    """That are new in the store."""
    failed: int = 0
    """Entries whose pages could not be had, for now or for good."""


def asking(allow_private: bool, seconds: float = SECONDS) -> Asking:
    """The way to ask that opens sockets."""
    from rashomon.pages import fetch

    def ask(url: str, headers: Mapping[str, str]) -> Answered:
        try:
            found = fetch.answer(url, allow_private, seconds, headers, FEED_BYTES)
        except fetch.FAILED as error:
            return Answered(status=None, failed=fetch.failure(error, seconds))
        get = found.headers.get
        return Answered(
            status=found.status, body=found.body, url=found.url, moved=found.moved, etag=get("etag"),
            modified=get("last-modified"), retry_after=get("retry-after"),
        )  # fmt: skip

    return ask


def once(watch: Watch, addresses: Sequence[str] = (), all_of_them: bool = False) -> Round:
    """One round: every feed that is due is polled, every entry that is due is read.

    `addresses`: feeds or lists of feeds that are followed from now on; `all_of_them`: feeds that answered the last time
    are due whenever that was.
    """
    done = Round()
    store = watch.store
    now = watch.clock()
    if addresses:
        store.database.write(lambda link: keeping.follow(link, addresses, now))
    polled: set[int] = set()
    while due := [each for each in store.database.ask(keeping.feeds) if _due(each, watch, all_of_them, polled)]:
        polled |= {each.number for each in due}
        for feed, answered in _polls(watch, due):
            at = watch.clock()
            outcome = polling.after(feed, answered, at, watch.every)
            done.entries += store.database.write(lambda link, o=outcome, at=at: keeping.keep(link, o, at))  # type: ignore[misc]
            done.polled += 1
            if outcome.feed.problem and outcome.feed.problem != feed.problem:
                watch.tell(f"{feed.address}: {outcome.feed.problem}")
    _entries(watch, done)
    store.align()
    return done


def wait(watch: Watch) -> float:
    """Seconds until the next feed or entry is due, a minute at most."""
    feeds = [each.due for each in watch.store.database.ask(keeping.feeds) if not each.gone]
    return min(max(min(feeds, default=0.0) - watch.clock(), 1.0), 60.0)


def _due(feed: Polled, watch: Watch, all_of_them: bool, polled: set[int]) -> bool:
    if feed.gone or feed.number in polled:
        return False
    return feed.due <= watch.clock() or (all_of_them and not feed.failures)


def _polls(watch: Watch, due: Sequence[Polled]) -> list[tuple[Polled, Answered]]:
    """What came of asking for feeds."""
    texts = _robots(watch, [each.address for each in due])

    def poll(feed: Polled) -> tuple[Polled, Answered]:
        return feed, _asked(watch, feed.address, polling.conditions(feed), texts)

    return _by_host(watch, due, lambda feed: feed.address, poll, texts)


def _asked(watch: Watch, url: str, headers: Mapping[str, str], texts: Mapping[str, str | None]) -> Answered:
    """The answer for a URL, unless robots.txt forbids to ask for it."""
    host = robots.host(url)
    if not host.startswith(("http://", "https://")) or not urlsplit(url).netloc:
        return Answered(status=None, failed="it is no address of the web (http or https)")
    text = texts.get(host)
    if text is None:
        return Answered(status=None, failed=f"{host}/robots.txt, which says what may be asked for, could not be had")
    if not robots.allowed(text, url):
        return Answered(status=None, failed=f"{REFUSED} of {host} does not let this program ask for it")
    return watch.ask(url, headers)


REFUSED = "robots.txt"


def _robots(watch: Watch, urls: Iterable[str]) -> dict[str, str | None]:
    """The robots.txt of each host, asked for where none is kept; None where a server failed over it."""
    wanted = dict.fromkeys(robots.host(url) for url in urls)
    since = watch.clock() - robots.KEPT
    found: dict[str, str | None] = {
        host: watch.store.database.ask(lambda link, host=host: keeping.robots(link, host, since))  # type: ignore[misc]
        for host in wanted
    }
    missing = [host for host, text in found.items() if text is None and host.startswith("http")]

    def fetch(host: str) -> tuple[str, str | None]:
        answered = watch.ask(f"{host}/robots.txt", {"Accept": "text/plain,*/*;q=0.1"})
        return host, robots.rules(answered.status, answered.body)

    for host, text in _by_host(watch, missing, str, fetch, {}):
        found[host] = text
        if text is not None:
            at = watch.clock()
            watch.store.database.write(lambda link, h=host, t=text, at=at: keeping.keep_robots(link, h, t, at))  # type: ignore[misc]
    return found


def _by_host(
    watch: Watch, jobs: Sequence[T], url: Callable[[T], str], run: Callable[[T], R], texts: Mapping[str, str | None]
) -> list[R]:
    """The results of jobs, those of one host one after the other with a pause between, in the order of the jobs."""
    groups: dict[str, list[int]] = {}
    for at, job in enumerate(jobs):
        groups.setdefault(robots.host(url(job)), []).append(at)
    out: dict[int, R] = {}

    def work(item: tuple[str, list[int]]) -> None:
        host, places = item
        pause = max(watch.pause, robots.delay(texts.get(host) or ""))
        for turn, at in enumerate(places):
            if turn:
                watch.sleep(pause)
            out[at] = run(jobs[at])

    with ThreadPoolExecutor(HOSTS) as pool:
        list(pool.map(work, groups.items()))
    return [out[at] for at in sorted(out)]


def _entries(watch: Watch, done: Round) -> None:
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


def _pages(watch: Watch, asked: Sequence[Pending]) -> list[tuple[Pending, Answered]]:
    """What came of asking for the pages of entries."""

    def url(each: Pending) -> str:
        return each.entry.address or ""

    texts = _robots(watch, map(url, asked))
    return _by_host(watch, asked, url, lambda each: (each, _asked(watch, url(each), {}, texts)), texts)


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
    from rashomon.pages.gather import opened

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
    refused = answered.status is None and (why or "").startswith(REFUSED)
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
