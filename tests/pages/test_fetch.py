"""URLs: fetched from real servers on this machine's own address, and refused where they lead where they must not."""

from __future__ import annotations

import gzip
import re
import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import httpcore
import pytest

from rashomon import run
from rashomon.model import PageGap
from rashomon.pages import Capture, fetch, gather, hosts, limits
from rashomon.pages.fetch import bare

TEXT = "The harbour bridge of Ormsk was shut on Tuesday after engineers found cracks in two of its piers. " * 4
HTML = f"<html><body><article><h1>Bridge shut</h1><p>{TEXT}</p></article></body></html>".encode()
Answer = Callable[[socket.socket, str], None]


@contextmanager
def server(answer: Answer) -> Iterator[str]:
    """A server that answers each request; its address, "http://127.0.0.1:PORT"."""
    listening = socket.create_server(("127.0.0.1", 0))

    def one(connection: socket.socket) -> None:
        with connection:
            asked = b""
            while b"\r\n\r\n" not in asked and (part := connection.recv(4096)):
                asked += part
            with suppress(OSError):  # whoever asked has gone
                answer(connection, asked.decode())

    def serve() -> None:
        while True:
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            threading.Thread(target=one, args=(connection,), daemon=True).start()

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        listening.shutdown(socket.SHUT_RDWR)
        listening.close()


def sends(body: bytes = HTML, status: str = "200 OK", headers: str = "Content-Type: text/html\r\n") -> Answer:
    """An answer of these parts."""
    return lambda connection, asked: connection.sendall(f"HTTP/1.1 {status}\r\n{headers}\r\n".encode() + body)


def fetched(answer: Answer, path: str = "/a", seconds: float = 10) -> list[Capture | PageGap]:
    """What comes of fetching from a server."""
    with server(answer) as address:
        return list(fetch.fetch(address + path, True, seconds))


def gap(answer: Answer, seconds: float = 10) -> str:
    """The sentence that comes instead of a page."""
    [item] = fetched(answer, seconds=seconds)
    assert isinstance(item, PageGap), item
    return item.why


def test_a_page() -> None:
    asked: list[str] = []

    def answer(connection: socket.socket, request: str) -> None:
        asked.append(request)
        sends(headers="Content-Type: text/html; charset=utf-8\r\nDate: Sun, 04 May 2031 10:00:00 GMT\r\n")(
            connection, request
        )

    [item] = fetched(answer)
    assert isinstance(item, Capture)
    assert item.raw == HTML
    page = run.read_capture(item)
    assert page.title == "Bridge shut"
    assert "captured on 2031-05-04" in page.published.why
    assert "User-Agent: rashomon/" in asked[0]


def test_gather_takes_urls() -> None:
    with server(sends()) as address:
        [item] = gather([address, address], allow_private=True)
        assert isinstance(item, Capture)
        [item] = gather([address])
        assert isinstance(item, PageGap)
        assert "it names this machine, which is no public address; --allow-private lets it be fetched." in item.why


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ("https://", "names no server"),
        ("www.ormsk.example", "write https://www.ormsk.example"),
        ("a.html", "spelling."),
    ],
)
def test_what_is_no_whole_url_is_said_to_be_so(given: str, why: str) -> None:
    [item] = gather([given])
    assert isinstance(item, PageGap)
    assert why in item.why


def test_the_charset_that_the_server_names() -> None:
    body = "<p>Мост закрыли во вторник, сообщили в порту города после осмотра опор.</p>".encode("koi8-r")
    [item] = fetched(sends(body, headers="Content-Type: text/html; charset=KOI8-R\r\n"))
    assert isinstance(item, Capture)
    assert "Мост закрыли" in run.read_capture(item).text


def test_a_feed_has_many_pages() -> None:
    feed = f"<rss><channel><item><link>https://ormsk.example/a</link><description>{TEXT}</description></item></channel></rss>"
    [item] = fetched(sends(feed.encode(), headers="Content-Type: application/rss+xml\r\n"))
    assert isinstance(item, Capture)
    assert item.address == "https://ormsk.example/a"


def test_packed() -> None:
    [item] = fetched(sends(gzip.compress(HTML), headers="Content-Encoding: gzip\r\n"))
    assert isinstance(item, Capture)
    assert item.raw == HTML
    [item] = fetched(sends(gzip.compress(HTML)[:-20], headers="Content-Encoding: gzip\r\n"))
    assert isinstance(item, Capture)
    assert any("cut off" in gap.why for gap in item.gaps)
    assert "not asked for" in gap(sends(b"x", headers="Content-Encoding: br\r\n"))


def test_a_bomb_stops_at_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PACKED_FLOOR", 2**20)
    [item] = fetched(sends(gzip.compress(b"a" * 2**24), headers="Content-Encoding: gzip\r\n"))
    assert isinstance(item, Capture)
    assert len(item.raw) < 2**22
    assert any("grows to more than" in gap.why for gap in item.gaps)


def test_an_endless_page_stops_at_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch, "FILE_BYTES", 2**20)

    def answer(connection: socket.socket, asked: str) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n")
        while True:
            connection.sendall(TEXT.encode() * 100)

    [item] = fetched(answer)
    assert isinstance(item, Capture)
    assert len(item.raw) == 2**20
    assert any("1 MB" in gap.why for gap in item.gaps)


def test_redirects_are_followed() -> None:
    def answer(connection: socket.socket, asked: str) -> None:
        path = asked.split()[1]
        if path == "/b":
            sends()(connection, asked)
        else:
            sends(b"", "302 Found", "Location: /b\r\n")(connection, asked)

    [item] = fetched(answer)
    assert isinstance(item, Capture)
    assert item.raw == HTML


@pytest.mark.parametrize(
    ("location", "why"),
    [
        ("/a", "redirected more than 10 times"),
        ("file:///etc/passwd", "only http and https"),
        ("ftp://ormsk.example/a", "only http and https"),
        ("gopher://127.0.0.1:25/x", "only http and https"),
        ("javascript:alert(1)", "only http and https|no URL of a page"),
        ("http://[bad", "no server|no URL"),
    ],
)
def test_redirects_that_lead_nowhere(location: str, why: str) -> None:
    assert re.search(why, gap(sends(b"", "302 Found", f"Location: {location}\r\n")))


@pytest.mark.parametrize(
    "inside",
    ["http://127.0.0.1:1/", "http://[::1]/", "http://2130706433/", "http://localhost/", "http://[::ffff:7f00:1]/"],
)
def test_a_redirect_inside_is_refused(inside: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first server stands for a public one; where it leads is checked as any other."""
    real = hosts.private
    with server(sends(b"", "302 Found", f"Location: {inside}\r\n")) as address:
        port = int(address.rpartition(":")[2])
        looked = hosts.look_up

        def look_up(host: str, at: int, allow_private: bool, seconds: float) -> list[str]:
            return ["127.0.0.1"] if at == port else looked(host, at, allow_private, seconds)

        monkeypatch.setattr(hosts, "look_up", look_up)
        [item] = fetch.fetch(address + "/a")
    assert isinstance(item, PageGap)
    assert "no public address" in item.why
    assert real("127.0.0.1")


def test_what_was_checked_is_what_is_connected_to(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that leads outside when it is checked, and inside when it is asked for again, gains nothing."""
    answers = iter(["93.184.216.34", "127.0.0.1", "127.0.0.1"])
    connected: list[str] = []

    def getaddrinfo(*args: Any, **more: Any) -> list[Any]:
        return [(0, 0, 0, "", (next(answers), 80))]

    def connect(self: Any, host: str, *args: Any, **more: Any) -> Any:
        connected.append(host)
        raise httpcore.ConnectError("not here")

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    monkeypatch.setattr(httpcore.SyncBackend, "connect_tcp", connect)
    [item] = fetch.fetch("http://ormsk.example/a")
    assert connected == ["93.184.216.34"]
    assert isinstance(item, PageGap)
    assert "could not be fetched" in item.why


def test_a_trickle_ends_at_the_deadline() -> None:
    def body(connection: socket.socket, asked: str) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
        while True:
            connection.sendall(b"a")
            time.sleep(0.05)

    def head(connection: socket.socket, asked: str) -> None:
        for char in b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 1000:
            connection.sendall(bytes([char]))
            time.sleep(0.05)

    def silent(connection: socket.socket, asked: str) -> None:
        time.sleep(5)

    def circle(connection: socket.socket, asked: str) -> None:
        time.sleep(0.3)
        sends(b"", "302 Found", "Location: /a\r\n")(connection, asked)

    for answer in (body, head, silent, circle):
        begin = time.monotonic()
        assert "it took longer than 1 seconds" in gap(answer, seconds=1)
        assert time.monotonic() - begin < 3


@pytest.mark.parametrize(
    ("status", "why"),
    [
        ("404 Not Found", "has no such page (status 404)"),
        ("403 Forbidden", "does not let this program in"),
        ("500 Oops", "gave no page (status 500)"),
        ("204 No Content", "gave no page (status 204)"),
        ("304 Not Modified", "gave no page (status 304)"),
    ],
)
def test_statuses(status: str, why: str) -> None:
    assert why in gap(sends(b"", status))


@pytest.mark.parametrize(
    "answer", [b"", b"garbage\r\n\r\n", b"HTTP/1.1 abc\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nx"]
)
def test_broken_answers_are_sentences(answer: bytes) -> None:
    assert "could not be fetched: " in gap(lambda connection, asked: connection.sendall(answer))


def test_nobody_listens() -> None:
    with server(sends()) as address:
        pass
    [item] = fetch.fetch(address, True, 5)
    assert isinstance(item, PageGap)
    assert "the connection failed" in item.why


def test_a_certificate_that_nobody_vouches_for_is_a_sentence(tmp_path: Path) -> None:
    if not shutil.which("openssl"):
        pytest.skip("there is no openssl here to make a certificate with")
    make = "openssl req -x509 -newkey rsa:2048 -nodes -keyout key -out cert -days 2 -subj /CN=ormsk.example"
    subprocess.run(make.split(), cwd=tmp_path, check=True, capture_output=True, timeout=60)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "cert", tmp_path / "key")
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        connection, _ = listening.accept()
        with suppress(OSError):
            context.wrap_socket(connection, server_side=True)

    threading.Thread(target=serve, daemon=True).start()
    [item] = fetch.fetch(f"https://127.0.0.1:{listening.getsockname()[1]}/", True, 5)
    listening.close()
    assert isinstance(item, PageGap)
    assert "its certificate or its encryption cannot be trusted" in item.why
    assert "save the page with a browser" in item.why


@pytest.mark.parametrize(
    "url",
    (
        "ftp://ormsk.example/a file:///etc/passwd data://x http:// http://:80/ https://[::1 "
        f"http://ormsk.example:99999/ http://{'a' * 70}.example/ http://\u202e.example/ http://xn--/ http://a..b/ http://%00/"
    ).split(),
)  # fmt: skip
def test_urls_that_are_none(url: str) -> None:
    [item] = gather([url])
    assert isinstance(item, PageGap)
    assert item.why.endswith(".")


def test_names_and_passwords_are_not_shown() -> None:
    assert bare("https://user:secret@ormsk.example/a@b") == "https://ormsk.example/a@b"
    with server(sends(b"", "404 Not Found")) as address:
        [item] = gather([address.replace("//", "//user:secret@")], allow_private=True)
    assert isinstance(item, PageGap)
    assert "secret" not in f"{item.page} {item.why}"
