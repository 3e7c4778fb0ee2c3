"""The loop against a server of its own on the loopback address, which misbehaves in every way that feeds do."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from rashomon.store import Store
from rashomon.watch import keeping, watching
from rashomon.watch.asking import asking
from rashomon.watch.polling import DAY
from rashomon.watch.rounds import Watch

TEXT = "Police said that {} people were injured at the mine in Tarn on Monday, and doctors denied it again."


class Site:
    """What the server answers: path → status, headers, body; a callable is asked each time."""

    def __init__(self) -> None:
        self.pages: dict[str, Any] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked.append((self.path, {key.lower(): value for key, value in self.headers.items()}))
                found = site.pages.get(self.path, (404, {}, b""))
                status, headers, body = found(self.headers) if callable(found) else found
                self.send_response(status)
                for key, value in headers.items():
                    self.send_header(key, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.root = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]


def item(site: Site, at: int, title: str | None = None) -> str:
    return f"<item><guid>g{at}</guid><link>{site.root}/p{at}</link><title>{title or f'Mine {at}'}</title></item>"


def rss(*items: str) -> bytes:
    head = '<?xml version="1.0"?><rss version="2.0"><channel><title>Tarn Herald</title>'
    return f"{head}{''.join(items)}</channel></rss>".encode()


def article(at: int) -> bytes:
    body = f"<p>{TEXT.format(at)}</p><p>The mine belongs to Tarn Coal, which has run it for {at + 20} years.</p>"
    return f"<!doctype html><title>Mine {at}</title><article><h1>Mine {at}</h1>{body}</article>".encode()


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site()
    for at in range(6):
        made.pages[f"/p{at}"] = (200, {"Content-Type": "text/html"}, article(at))
    yield made
    made.server.shutdown()
    made.server.server_close()


class Clock:
    def __init__(self) -> None:
        self.now = 1_900_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def watch(url: str, site: Site) -> Iterator[Watch]:
    clock = Clock()
    with Store(url, clock=clock) as store:
        yield Watch(store, asking(True, 5.0), clock, lambda seconds: None, pause=0.0)


def feed(watch: Watch, at: int = 0) -> Any:
    return watch.store.database.ask(keeping.feeds)[at]


def later(watch: Watch, seconds: float) -> None:
    watch.clock.now += seconds  # type: ignore[attr-defined]


def test_new_entries_become_pages_once(watch: Watch, site: Site) -> None:
    site.pages["/feed"] = (200, {"ETag": '"1"'}, rss(item(site, 1), item(site, 2)))
    done = watching.once(watch, [f"{site.root}/feed"])
    assert (done.polled, done.entries, done.pages, done.failed) == (1, 2, 2, 0)
    assert {page.address for page in watch.store.pages()} == {f"{site.root}/p1", f"{site.root}/p2"}
    assert {page.source for page in watch.store.pages()} == {"Tarn Herald"}
    assert len(watch.store.stories()) == 1
    later(watch, 1000)
    site.pages["/feed"] = (200, {}, rss(item(site, 3), item(site, 2), item(site, 1)))
    done = watching.once(watch)
    assert (done.entries, done.pages) == (1, 1)
    assert site.asked[-2][1]["if-none-match"] == '"1"'
    assert feed(watch).title == "Tarn Herald"


def test_what_has_not_changed_is_not_read_again(watch: Watch, site: Site) -> None:
    site.pages["/feed"] = lambda headers: (
        (304, {}, b"")
        if headers.get("If-Modified-Since")
        else (200, {"Last-Modified": "yesterday"}, rss(item(site, 1)))
    )
    watching.once(watch, [f"{site.root}/feed"])
    later(watch, 1000)
    done = watching.once(watch)
    assert (done.polled, done.entries, done.pages) == (1, 0, 0)
    assert feed(watch).problem is None


@pytest.mark.parametrize(
    ("answer", "words", "wait"),
    [
        ((500, {}, b""), "status 500", 1800),
        ((429, {"Retry-After": "7200"}, b""), "asked too often", 7200),
        ((200, {}, b"<rss><channel><item><title>Unclosed"), "not be read|not whole", 900),
        ((200, {}, b""), "is empty|no feed", 1800),
        ((200, {}, b"<html><link rel='alternate' type='application/rss+xml' href='/real'/></html>"), "/real", 1800),
        ((200, {}, b'{"version": "other"}'), "no JSON Feed", 1800),
        ((302, {"Location": "/feed"}, b""), "redirected more than", 1800),
        ((302, {"Location": "file:///etc/passwd"}, b""), "only http and https", 1800),
        ((200, {"Content-Encoding": "br"}, b"x"), "packed it in a way", 1800),
    ],
)  # fmt: skip
def test_a_feed_that_fails_says_why_and_is_asked_less_often(
    watch: Watch, site: Site, answer: Any, words: str, wait: float
) -> None:
    said: list[str] = []
    watch.tell = said.append
    site.pages["/feed"] = answer
    watching.once(watch, [f"{site.root}/feed"])
    import re

    found = feed(watch)
    assert found.problem is not None
    assert re.search(words, found.problem), found.problem
    assert found.due - watch.clock() == pytest.approx(wait)
    assert len(said) == 1
    later(watch, wait + 1)
    site.pages["/feed"] = (200, {}, rss(item(site, 1)))
    assert watching.once(watch).pages == 1
    assert feed(watch).problem is None


def test_a_feed_that_goes_on_failing_is_asked_once_a_day(watch: Watch, site: Site) -> None:
    watching.once(watch, [f"{site.root}/nothing"])
    for _ in range(12):
        later(watch, DAY + 1)
        watching.once(watch)
    assert feed(watch).failures == 13
    assert feed(watch).due - watch.clock() == pytest.approx(DAY)


def test_a_feed_that_is_gone_is_not_asked_again_until_it_is_named(watch: Watch, site: Site) -> None:
    site.pages["/feed"] = (410, {}, b"")
    watching.once(watch, [f"{site.root}/feed"])
    later(watch, 30 * DAY)
    assert watching.once(watch).polled == 0
    assert "taken it away" in feed(watch).problem
    site.pages["/feed"] = (200, {}, rss(item(site, 1)))
    assert watching.once(watch, [f"{site.root}/feed"]).pages == 1


def test_a_feed_that_moved_for_good_is_followed_to_its_new_address(watch: Watch, site: Site) -> None:
    site.pages["/old"] = (301, {"Location": "/feed"}, b"")
    site.pages["/loan"] = (302, {"Location": "/feed"}, b"")
    site.pages["/feed"] = (200, {}, rss(item(site, 1)))
    watching.once(watch, [f"{site.root}/old", f"{site.root}/loan"])
    assert [feed(watch, 0).address, feed(watch, 1).address] == [f"{site.root}/feed", f"{site.root}/loan"]
    assert len(watch.store.pages()) == 1


def test_robots_are_obeyed_and_asked_once_a_day(watch: Watch, site: Site) -> None:
    site.pages["/robots.txt"] = (200, {}, b"User-agent: rashomon\nDisallow: /p1\nDisallow: /secret\nCrawl-delay: 3")
    slept: list[float] = []
    watch.sleep = slept.append
    site.pages["/feed"] = (200, {}, rss(item(site, 1), item(site, 2), item(site, 3)))
    site.pages["/secret"] = (200, {}, rss())
    done = watching.once(watch, [f"{site.root}/feed", f"{site.root}/secret"])
    assert "/p1" not in site.paths()
    assert "/secret" not in site.paths()
    assert (done.pages, done.failed) == (2, 1)
    assert "robots.txt" in feed(watch, 1).problem
    assert slept
    assert set(slept) == {3.0}
    later(watch, 2000)
    watching.once(watch)
    assert site.paths().count("/robots.txt") == 1


def test_a_server_that_fails_over_its_robots_is_left_alone_for_now(watch: Watch, site: Site) -> None:
    site.pages["/robots.txt"] = (500, {}, b"")
    site.pages["/feed"] = (200, {}, rss(item(site, 1)))
    watching.once(watch, [f"{site.root}/feed"])
    assert "/feed" not in site.paths()
    assert "robots.txt" in feed(watch).problem


def test_whole_articles_in_a_feed_need_no_page(watch: Watch, site: Site) -> None:
    content = f"<p>{TEXT.format(40)}</p>" + "<p>The mine is closed and will stay closed for long, they said.</p>" * 15
    link = f'<link href="{site.root}/p9"/>'
    entry = f'<id>x</id><title>M</title>{link}<content type="html"><![CDATA[{content}]]></content>'
    body = f'<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><entry>{entry}</entry></feed>'
    site.pages["/feed"] = (200, {}, body.encode())
    assert watching.once(watch, [f"{site.root}/feed"]).pages == 1
    assert "/p9" not in site.paths()
    assert "40 people" in watch.store.pages()[0].text


def test_what_the_feed_gives_is_read_where_the_page_is_not_to_be_had(watch: Watch, site: Site) -> None:
    entry = f"<guid>a</guid><link>{site.root}/gone</link><title>Mine</title><description>{TEXT.format(8)}</description>"
    site.pages["/feed"] = (200, {}, rss(f"<item>{entry}</item>"))
    assert watching.once(watch, [f"{site.root}/feed"]).pages == 1
    (page,) = watch.store.pages()
    assert any("no such page" in gap.why for gap in page.gaps)


def test_a_page_that_fails_is_tried_again_and_not_for_ever(watch: Watch, site: Site) -> None:
    site.pages["/p1"] = (503, {}, b"")
    site.pages["/feed"] = (200, {}, rss(item(site, 1)))
    assert watching.once(watch, [f"{site.root}/feed"]).failed == 1
    later(watch, 2000)
    site.pages["/p1"] = (200, {}, article(1))
    assert watching.once(watch).pages == 1
    site.pages["/feed"] = (200, {}, rss(item(site, 7)))
    site.pages["/p7"] = (503, {}, b"")
    for _ in range(12):
        later(watch, DAY + 1)
        watching.once(watch)
    assert site.paths().count("/p7") == 5


def test_a_changed_entry_is_read_again_as_a_capture_of_its_page(watch: Watch, site: Site) -> None:
    site.pages["/feed"] = (200, {}, rss(item(site, 1)))
    watching.once(watch, [f"{site.root}/feed"])
    later(watch, 2000)
    site.pages["/p1"] = (200, {}, article(1).replace(b"1 people", b"5 people"))
    site.pages["/feed"] = (200, {}, rss(item(site, 1, "Mine 1, update")))
    assert watching.once(watch).pages == 1
    assert len(watch.store.pages()) == 2
    assert watch.store.changes(f"{site.root}/p1")[0].changes


def test_a_list_of_feeds_is_followed(watch: Watch, site: Site) -> None:
    site.pages["/list"] = (
        200,
        {},
        b'<opml version="2.0"><body><outline text="a"><outline xmlUrl="/feed"/></outline></body></opml>',
    )
    site.pages["/feed"] = (200, {}, rss(item(site, 1)))
    assert watching.once(watch, [f"{site.root}/list"]).pages == 1


def test_a_json_feed_is_read(watch: Watch, site: Site) -> None:
    site.pages["/feed"] = (
        200,
        {},
        b'{"version": "https://jsonfeed.org/version/1.1", "title": "T", "items": [{"id": "1", "url": "/p1"}]}',
    )
    assert watching.once(watch, [f"{site.root}/feed"]).pages == 1


def test_hostile_feeds_reach_nothing_and_change_nothing(watch: Watch, site: Site) -> None:
    bomb = '<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {chr(98 + at)} "{f"&{chr(97 + at)};" * 10}">' for at in range(8)
    )
    site.pages["/bomb"] = (200, {}, (bomb + "]><rss><channel><title>&i;</title></channel></rss>").encode())
    inside = '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    site.pages["/inside"] = (
        200,
        {},
        f"{inside}<rss><channel><title>T</title><item><guid>1</guid><title>&x;</title><description>{TEXT.format(3)}</description></item></channel></rss>".encode(),
    )
    title = "&lt;script&gt;alert(1)&lt;/script&gt;Mine\x1b[31m"
    site.pages["/script"] = (200, {}, rss(item(site, 2, title.replace("\x1b", ""))))
    watching.once(watch, [f"{site.root}/bomb", f"{site.root}/inside", f"{site.root}/script"])
    assert not any("root:" in (page.title or "") + page.text for page in watch.store.pages())
    assert not any("<script" in (page.title or "") for page in watch.store.pages())


def test_private_addresses_are_not_asked_unless_that_is_allowed(watch: Watch, site: Site) -> None:
    watch.ask = asking(False, 5.0)
    site.pages["/feed"] = (200, {}, rss(item(site, 1)))
    watching.once(watch, [f"{site.root}/feed"])
    assert site.asked == []
    assert feed(watch).problem is not None


def test_a_feed_that_was_barred_is_asked_once_that_is_allowed(watch: Watch, site: Site) -> None:
    allowed, watch.ask = watch.ask, asking(False, 5.0)
    site.pages["/feed"] = (200, {}, rss(item(site, 1)))
    assert watching.once(watch, [f"{site.root}/feed"], True).problems == 1
    assert "--allow-private" in feed(watch).problem
    watch.ask = allowed
    assert watching.once(watch, [f"{site.root}/feed"], True).pages == 1


def test_a_feed_that_failed_and_is_named_again_is_told_of(watch: Watch, site: Site) -> None:
    site.pages["/feed"] = (500, {}, b"")
    assert watching.once(watch, [f"{site.root}/feed"], True).problems == 1
    done = watching.once(watch, [f"{site.root}/feed"], True)
    assert (done.polled, [each.address for each in done.waiting]) == (0, [f"{site.root}/feed"])


def test_a_list_that_names_nothing_is_a_problem(watch: Watch, site: Site) -> None:
    site.pages["/list"] = (200, {}, b"<opml><body></body></opml>")
    watching.once(watch, [f"{site.root}/list"])
    assert feed(watch).problem == "The feed could not be read: the list names no feeds."


def test_a_date_to_come_is_not_believed(watch: Watch, site: Site) -> None:
    entry = item(site, 1).replace("</item>", "<pubDate>Sat, 03 May 2081 14:00:00 GMT</pubDate></item>")
    site.pages["/feed"] = (200, {}, rss(entry))
    watching.once(watch, [f"{site.root}/feed"])
    (page,) = watch.store.pages()
    assert not (page.published.value or "").startswith("2081")
    assert any("still to come" in gap.why for gap in page.gaps)


def test_an_entry_of_ten_megabytes_is_cut_and_says_so(watch: Watch, site: Site) -> None:
    content = f"<p>{TEXT.format(4)}</p>" + "<!-- filling -->" * 600_000
    entry = f"<item><guid>a</guid><title>Mine</title><description><![CDATA[{content}]]></description></item>"
    site.pages["/feed"] = (200, {}, rss(entry, item(site, 1)))
    assert watching.once(watch, [f"{site.root}/feed"]).pages == 2
    assert any("first million" in gap.why for page in watch.store.pages() for gap in page.gaps)


def test_stopped_before_an_entry_was_marked_it_is_not_asked_again(watch: Watch, site: Site) -> None:
    site.pages["/feed"] = (200, {}, rss(item(site, 1)))
    kept = keeping.became
    try:
        keeping.became = _stop  # type: ignore[assignment]
        with pytest.raises(KeyboardInterrupt):
            watching.once(watch, [f"{site.root}/feed"])
    finally:
        keeping.became = kept
    watching.once(watch)
    assert site.paths().count("/p1") == 1
    assert len(watch.store.pages()) == 1


def _stop(*_: object) -> None:
    raise KeyboardInterrupt
