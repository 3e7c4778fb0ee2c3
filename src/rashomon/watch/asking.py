"""Asking hosts politely: robots.txt is obeyed, each host is asked one thing at a time, and waits are kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar
from urllib.parse import urlsplit

import msgspec

from rashomon.watch import keeping, robots
from rashomon.watch.polling import Answered
from rashomon.watch.rounds import Asking, Watch

T = TypeVar("T")
R = TypeVar("R")

HOSTS = 8
"""Hosts that are asked at once."""
SECONDS = 30.0
FEED_BYTES = 32 * 2**20
REFUSED = "robots.txt"
"""How the reason begins where robots.txt forbids."""


def asking(allow_private: bool, seconds: float = SECONDS) -> Asking:
    """The way to ask that opens sockets."""
    from rashomon.pages import fetch, hosts

    def ask(url: str, headers: Mapping[str, str]) -> Answered:
        try:
            found = fetch.answer(url, allow_private, seconds, headers, FEED_BYTES)
        except hosts.RefusedError as error:
            private = not allow_private and "no public address" in str(error)
            hint = "; --allow-private lets it be asked" if private else ""
            return Answered(status=None, failed=f"{error}{hint}", barred=private)
        except fetch.FAILED as error:
            # What follows the semicolon is advice for somebody who reads a single page.
            return Answered(status=None, failed=fetch.failure(error, seconds).partition(";")[0])
        get = found.headers.get
        return Answered(
            status=found.status, body=found.body, url=found.url, moved=found.moved, etag=get("etag"),
            modified=get("last-modified"), retry_after=get("retry-after"),
        )  # fmt: skip

    return ask


class Allowed(msgspec.Struct, frozen=True):
    """What hosts let be asked for."""

    texts: dict[str, str]
    """Host → its robots.txt."""
    closed: dict[str, Answered]
    """Hosts that are not asked for now → an answer that says why."""


def all_allowed(watch: Watch, urls: Iterable[str]) -> Allowed:
    """The robots.txt of each host, asked for where none is kept; a server that fails over it is closed for now."""
    wanted = [host for host in dict.fromkeys(robots.host(url) for url in urls) if _is_web(host)]
    since = watch.clock() - robots.KEPT
    texts: dict[str, str] = {}
    closed: dict[str, Answered] = {}
    for host in wanted:
        kept = watch.store.database.ask(lambda link, host=host: keeping.robots(link, host, since))  # type: ignore[misc]
        if kept is not None:
            texts[host] = kept
    missing = [host for host in wanted if host not in texts]

    def fetch(host: str) -> tuple[str, Answered]:
        return host, watch.ask(f"{host}/robots.txt", {"Accept": "text/plain,*/*;q=0.1"})

    for host, answered in by_host(watch, missing, str, fetch, Allowed({}, {})):
        text = robots.rules(answered.status, answered.body)
        if text is None:
            closed[host] = _closed(host, answered)
            continue
        texts[host] = text
        at = watch.clock()
        watch.store.database.write(lambda link, h=host, t=text, at=at: keeping.keep_robots(link, h, t, at))  # type: ignore[misc]
    return Allowed(texts, closed)


def _is_web(host: str) -> bool:
    scheme, _, name = host.partition("://")
    return scheme in ("http", "https") and bool(name)


def _closed(host: str, answered: Answered) -> Answered:
    if answered.status is None:
        return answered
    from rashomon.pages.fetch import refusal

    return Answered(
        status=None,
        failed=f"{host}/robots.txt, which says what may be asked for, could not be had: {refusal(answered.status)}",
    )


def asked(watch: Watch, url: str, headers: Mapping[str, str], allowed: Allowed) -> Answered:
    """The answer for a URL, unless robots.txt forbids to ask for it."""
    host = robots.host(url)
    if host in allowed.closed:
        return allowed.closed[host]
    if host not in allowed.texts or not urlsplit(url).netloc:
        return Answered(status=None, failed="it is no address of the web (http or https)")
    if not robots.allowed(allowed.texts[host], url):
        return Answered(status=None, failed=f"{REFUSED} of {host} does not let this program ask for it")
    return watch.ask(url, headers)


def by_host(
    watch: Watch, jobs: Sequence[T], url: Callable[[T], str], run: Callable[[T], R], allowed: Allowed
) -> list[R]:
    """The results of jobs, those of one host one after the other with a pause between, in the order of the jobs."""
    groups: dict[str, list[int]] = {}
    for at, job in enumerate(jobs):
        groups.setdefault(robots.host(url(job)), []).append(at)
    out: dict[int, R] = {}

    def work(item: tuple[str, list[int]]) -> None:
        host, places = item
        pause = max(watch.pause, robots.delay(allowed.texts.get(host, "")))
        for turn, at in enumerate(places):
            if turn:
                watch.sleep(pause)
            out[at] = run(jobs[at])

    with ThreadPoolExecutor(HOSTS) as pool:
        list(pool.map(work, groups.items()))
    return [out[at] for at in sorted(out)]
