"""Every reader, fed damaged files: nothing but captures, gaps and PageError comes out."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
import zlib
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from rashomon.errors import PageError
from rashomon.model import PageGap
from rashomon.pages import Capture, read
from rashomon.pages.bounds import sound
from rashomon.pages.decode import decode
from rashomon.pages.flow import flowed
from rashomon.pages.known import checked
from rashomon.pages.layout import Line, in_order, written
from rashomon.pages.opening import opened
from rashomon.spans import apply

TEXT = "The harbour bridge of Ormsk was shut on Tuesday after engineers found cracks – in two of its piers. " * 3
HTML = f"<html><head><meta charset=utf-8><title>Bridge shut</title></head><body><p>{TEXT}</p></body></html>".encode()


def _warc() -> bytes:
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n\r\n"
    packed = gzip.compress(HTML)
    http += b"%x\r\n%s\r\n0\r\n\r\n" % (len(packed), packed)
    head = b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Date: 2031-05-04T10:00:00Z\r\n"
    head += b"WARC-Target-URI: https://ormsk.example/a\r\nContent-Type: application/http; msgtype=response\r\n"
    return (head + b"Content-Length: %d\r\n\r\n" % len(http) + http + b"\r\n\r\n") * 2


def _wacz() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as zipped:
        zipped.writestr("archive/a.warc.gz", gzip.compress(_warc()))
        zipped.writestr("pages/pages.jsonl", json.dumps({"url": "https://ormsk.example/a"}))
    return out.getvalue()


def _pdf() -> bytes:
    drawn = zlib.compress(b"BT /F1 12 Tf 60 700 Td (The harbour bridge of Ormsk was shut on Tuesday.) Tj ET")
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % (at, part) for at, part in enumerate(parts, 1))
    return b"%PDF-1.4\n" + body + b"trailer\n<< /Root 1 0 R /Size 6 >>\n"


SAMPLES: dict[str, bytes] = {
    "html": HTML,
    "utf-16": HTML.decode().encode("utf-16"),
    "text": b"Title: Bridge\n\n" + TEXT.encode(),
    "gzip": gzip.compress(HTML),
    "warc": _warc(),
    "warc.gz": gzip.compress(_warc()[: len(_warc()) // 2]) * 2,
    "wacz": _wacz(),
    "pdf": _pdf(),
    "jsonl": (json.dumps({"url": "a", "text": TEXT, "authors": ["A B"], "published": "2031"}) + "\n").encode() * 2,
    "json": json.dumps([{"html": HTML.decode(), "source": {"name": "Herald"}}]).encode(),
    "rss": f"<rss><channel><title>H</title><item><link>http://a.example/</link><description>{TEXT}</description>"
    "<pubDate>Sat, 03 May 2031 14:00:00 GMT</pubDate></item></channel></rss>".encode(),
    "eml": b"From: Herald <a@b.example>\nSubject: =?utf-8?q?Br=C3=BCcke?=\nDate: Sat, 03 May 2031 14:00:00 +0200\n"
    b"MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/html; charset=utf-8\n"
    b"Content-Transfer-Encoding: base64\n\nPGh0bWw+VGhlIGJyaWRnZTwvaHRtbD4=\n--x\nContent-Type: message/rfc822\n\n"
    b"Subject: inner\n\ntext\n--x--\n",
}  # fmt: skip
Change = tuple[int, int, bytes]
CHANGES = st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 40), st.binary(max_size=12)), max_size=6)


def damaged(raw: bytes, changes: list[Change], cut: int) -> bytes:
    """The file with stretches replaced, then cut."""
    for at, length, new in changes:
        start = at % (len(raw) + 1)
        raw = raw[:start] + new + raw[start + length :]
    return raw[: len(raw) - cut % (len(raw) + 1)] if cut else raw


def survives(raw: bytes, name: str) -> None:
    """Nothing but captures and gaps comes out of a file, and nothing but text and PageError of a capture."""
    for item in opened(io.BytesIO(raw), "a", name):
        if isinstance(item, PageGap):
            assert item.why.strip().endswith(".")
            continue
        assert isinstance(item, Capture)
        known = checked(item.known)
        try:
            decoded = decode(item.raw, known.encoding)
        except PageError:
            continue
        decoded.text.encode()
        assert 0 <= sound(decoded.text) <= len(decoded.text)


@pytest.mark.parametrize("kind", SAMPLES)
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(changes=CHANGES, cut=st.one_of(st.just(0), st.integers(0, 10**6)))
def test_damaged_files(kind: str, changes: list[Change], cut: int) -> None:
    survives(damaged(SAMPLES[kind], changes, cut), f"a.{kind}")


STARTS = [
    b"",
    b"%PDF-",
    b"WARC/1.0\r\n",
    b"PK\x03\x04",
    b"\x1f\x8b\x08",
    b"<rss>",
    b"From: a\nMIME-Version: 1\n",
    b"{",
    b"[{",
]


@settings(max_examples=150, deadline=None)
@given(
    start=st.sampled_from(STARTS),
    rest=st.binary(max_size=300),
    name=st.sampled_from(["", "a.eml", "a.warc.zst", "a.xml"]),
)
def test_any_bytes(start: bytes, rest: bytes, name: str) -> None:
    survives(start + rest, name)


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="aB-‐.\n\f #1/é", max_size=120))
def test_any_laid_out_text(laid: str) -> None:
    flow = flowed(laid)
    assert apply(flow.plan, laid) == flow.text
    assert "\f" not in flow.text


PLACES = st.floats(-1000, 1000, allow_nan=False)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(PLACES, PLACES, PLACES, PLACES, st.floats(1, 50)), max_size=12), st.floats(0, 2000))
def test_any_layout_keeps_every_line(boxes: list[tuple[float, float, float, float, float]], height: float) -> None:
    lines = [Line(f"line{at}", *box) for at, box in enumerate(boxes)]
    text = written(in_order(lines, height))
    assert sorted(text.split()) == sorted(line.text for line in lines)


SAID = "“We would rather be late,” the mayor of Ormsk said on Tuesday. "
PIECES = (
    "<html> <head> <title> </title> <body> <p> </p> <h1> </h1> <div_class=comment> </div> <article> </article> "
    "<a_href=/tag/a_rel=tag> </a> <b> </b> <br> <table><tr><td> </table> <ul><li> </ul> <script> </script> <!-- --> "
    "<meta_name=author_content=Rosa> <meta_name=date_content=0000-00-00> <time_datetime=2031-05-03T24:61> "
    "<link_rel=canonical_href=http://[> <plaintext> <xmp> <textarea> <svg> <template> <frameset> <nav> </nav> "
    '</span> &amp; &nbsp; &#0; &#xD800; &# \u00ad \u200b \x00 \ufffd \ud800 İ 漢字。 < & > " a 05/04/2031 By_Rosa_Veld'
)
MARKUP = st.lists(st.sampled_from([*(piece.replace("_", " ") for piece in PIECES.split(" ")), " ", "\r\n", SAID]))


@settings(max_examples=150, deadline=None)
@given(MARKUP)
@example(["<plaintext>", SAID, "&nbsp;", "<p>"])
@example([SAID, '"', "<html>", "\r\n", "<html>", SAID])
@example(["&amp;", "<b>", "\r\n", "</span>", SAID])
def test_any_markup_is_mapped_to_its_source(pieces: list[str]) -> None:
    html = "<html><body>" + "".join(pieces)
    with suppress(PageError):
        page = read(html, "a.html")
        assert apply(page.plan, decode(html).text) == page.text
