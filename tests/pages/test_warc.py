"""Web archives: successful responses of pages, whatever way they are packed or cut."""

from __future__ import annotations

import gzip
import io
import json
import zipfile

import pytest

from rashomon import run
from rashomon.model import PageGap
from rashomon.pages import Capture
from rashomon.pages.warc import captures, wacz

TEXT = "The harbour bridge of Ormsk was shut on Tuesday after engineers found cracks in two of its piers. " * 4
HTML = f"<html><body><article><h1>Bridge shut</h1><p>{TEXT}</p></article></body></html>".encode()


def record(
    url: str = "https://ormsk.example/a",
    body: bytes = HTML,
    status: str = "200 OK",
    headers: str = "Content-Type: text/html; charset=utf-8\r\n",
    kind: str = "response",
    extra: str = "",
) -> bytes:
    """One record."""
    http = f"HTTP/1.1 {status}\r\n{headers}\r\n".encode() + body if kind in {"response", "revisit"} else body
    media = "application/http; msgtype=response" if kind in {"response", "revisit"} else headers.split(": ")[1].strip()
    head = (
        f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>\r\n"
        f"WARC-Date: 2031-05-04T10:00:00Z\r\nWARC-Target-URI: {url}\r\nContent-Type: {media}\r\n{extra}"
        f"Content-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


def found(raw: bytes) -> list[Capture | PageGap]:
    """What the reader makes of an archive."""
    return list(captures(io.BytesIO(raw), "a.warc"))


def chunked(body: bytes) -> bytes:
    """The body in two chunks."""
    return b"%x\r\n%s\r\n%x\r\n%s\r\n0\r\n\r\n" % (5, body[:5], len(body) - 5, body[5:])


HTML_TYPE = "Content-Type: text/html\r\n"


@pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["plain", "packed"])
@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (HTML, HTML_TYPE),
        (HTML, "Content-Type: TEXT/HTML; charset=utf-8\r\n"),
        (gzip.compress(HTML), HTML_TYPE + "Content-Encoding: gzip\r\n"),
        (chunked(HTML), HTML_TYPE + "Transfer-Encoding: chunked\r\n"),
        (chunked(gzip.compress(HTML)), HTML_TYPE + "Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n"),
        (HTML, "X: y\r\n"),
    ],
)
def test_a_response_is_a_page(pack: type[bytes], body: bytes, headers: str) -> None:
    [item] = found(pack(record(body=body, headers=headers)))
    assert isinstance(item, Capture), item
    assert item.raw == HTML
    page = run.read_capture(item)
    assert (page.address, page.title) == ("https://ormsk.example/a", "Bridge shut")
    assert page.text == TEXT.strip()
    assert "captured on 2031-05-04" in page.published.why


def test_the_charset_of_the_headers_is_used() -> None:
    body = "<html><body><p>Мост закрыли во вторник, сообщили в порту города после осмотра опор.</p></body></html>"
    [item] = found(record(body=body.encode("koi8-r"), headers="Content-Type: text/html; charset=koi8-r\r\n"))
    assert isinstance(item, Capture)
    assert "Мост закрыли" in run.read_capture(item).text


@pytest.mark.parametrize(
    "other",
    [
        record(status="404 Not Found"),
        record(status="301 Moved", headers=HTML_TYPE + "Location: /b\r\n"),
        record(headers="Content-Type: image/png\r\n"),
        record(headers="Content-Type: application/json\r\n"),
        record(kind="revisit"),
        record(kind="request", headers="Content-Type: application/http\r\n"),
        record(kind="metadata", headers="Content-Type: text/plain\r\n"),
        record(url="https://ormsk.example/robots.txt", headers="Content-Type: text/plain\r\n"),
    ],
)
def test_what_is_no_page_is_passed_over(other: bytes) -> None:
    assert [type(item) for item in found(other + record())] == [Capture]
    [gap] = found(other)
    assert isinstance(gap, PageGap)
    assert "no page" in gap.why


def test_texts_and_resources_are_pages() -> None:
    raw = record(kind="conversion", headers="Content-Type: text/plain\r\n", body=TEXT.encode()) + record(
        kind="resource", url="https://ormsk.example/b"
    )
    pages = [run.read_capture(item) for item in found(raw) if isinstance(item, Capture)]
    assert [page.text for page in pages] == [TEXT.strip()] * 2


def test_a_cut_record_is_read_and_said() -> None:
    raw = record() + record(url="https://ormsk.example/b")
    first, second, *_ = found(raw[:-100])
    assert isinstance(second, Capture)
    assert any("cut off" in gap.why for gap in run.read_capture(second).gaps)
    assert isinstance(first, Capture)
    assert first.gaps == ()


def test_cut_packed_records() -> None:
    raw = gzip.compress(record()) + gzip.compress(record(url="https://ormsk.example/b", body=HTML * 20))
    items = found(raw[:-60])
    assert isinstance(items[0], Capture)
    assert isinstance(items[-1], PageGap)
    assert "cut off" in items[-1].why


def test_records_that_the_crawler_cut() -> None:
    [item] = found(record(extra="WARC-Truncated: length\r\n"))
    assert isinstance(item, Capture)
    assert "length" in item.gaps[0].why


@pytest.mark.parametrize("raw", [b"WARC/1.0\r\n", b"WARC/1.1\r\nContent-Length: 99999999999\r\n\r\n", b"WARC/9", b""])
def test_damaged_archives_are_gaps(raw: bytes) -> None:
    assert found(raw)
    assert all(isinstance(item, PageGap) for item in found(raw))


def test_damage_between_records_loses_what_follows_and_says_so() -> None:
    items = found(record() + b"garbage" * 100 + b"\r\n" + record(url="https://ormsk.example/b"))
    assert isinstance(items[0], Capture)
    assert len(items) == 2


def archive(files: dict[str, bytes]) -> io.BytesIO:
    """A ZIP."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as zipped:
        for name, content in files.items():
            zipped.writestr(name, content)
    out.seek(0)
    return out


LISTED = b'{"format": "json-pages-1.0"}\n' + json.dumps({"url": "https://ormsk.example/a"}).encode()


@pytest.mark.parametrize(
    ("pages", "addresses"),
    [
        ({"pages/pages.jsonl": LISTED}, ["a"]),
        ({"pages/pages.jsonl": LISTED.replace(b"/a", b"/gone")}, ["a", "frame"]),
        ({"pages/pages.jsonl": b"{broken\n[[["}, ["a", "frame"]),
        ({}, ["a", "frame"]),
    ],
)
def test_wacz_has_the_pages_that_it_lists(pages: dict[str, bytes], addresses: list[str]) -> None:
    raw = gzip.compress(record()) + gzip.compress(record(url="https://ormsk.example/frame"))
    items = list(wacz(archive({"archive/data.warc.gz": raw, **pages}), "a.wacz"))
    assert [item.address for item in items if isinstance(item, Capture)] == [
        f"https://ormsk.example/{a}" for a in addresses
    ]


def test_other_archives_are_gaps() -> None:
    [gap] = wacz(archive({"a.html": HTML}), "a.zip")
    assert isinstance(gap, PageGap)
    assert "unpack it" in gap.why
    [gap] = wacz(io.BytesIO(b"PK\x03\x04 broken"), "a.zip")
    assert isinstance(gap, PageGap)
    assert "fetch the archive again" in gap.why
