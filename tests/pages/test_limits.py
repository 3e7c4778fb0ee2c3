"""Bombs stop at a stated limit, with a gap, in little memory: each runs in a process of its own, which is measured."""

from __future__ import annotations

import gzip
import io
import json
import re
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from rashomon.pages.limits import PACKED_FLOOR, Chained, Unpacked, size, whole

GIB = 2**30
# What getrusage says is never less than what the process had that started this one.
PEAK = r"""
import re
from pathlib import Path

def peak():
    return int(re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())[1]) * 1024
"""
RUN = """
import json, sys
from rashomon import run
from rashomon.errors import PageError
from rashomon.model import PageGap
from rashomon.pages import gather

said = []
for item in gather([sys.argv[1]]):
    if isinstance(item, PageGap):
        said.append(item.why)
        continue
    try:
        said += [gap.why for gap in run.read_capture(item).gaps]
    except PageError as error:
        said += [str(error), *(gap.why for gap in item.gaps)]
print(json.dumps([peak(), said]))
"""
SENTENCE = b"The harbour bridge was shut on Tuesday after engineers found cracks in two of its piers. "


def zeros(count: int) -> bytes:
    """So many spaces, packed, without having them in memory."""
    pack = zlib.compressobj(9, zlib.DEFLATED, 31)
    return b"".join([pack.compress(b" " * 2**20) for _ in range(count // 2**20)] + [pack.flush()])


def response(body: bytes, length: int, more: str = "") -> bytes:
    """The beginning of a WARC record, whose body says to be of a length."""
    http = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{more}\r\n".encode()
    head = "WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http; msgtype=response\r\n"
    head += f"WARC-Target-URI: https://ormsk.example/a\r\nContent-Length: {len(http) + length}\r\n\r\n"
    return head.encode() + http + body


def page_bomb(path: Path) -> None:
    (path / "a.html.gz").write_bytes(zeros(GIB // 2))


def nested(path: Path) -> None:
    (path / "a.html").write_bytes(b"<html><body>" + b"<div>" * 1_000_000 + SENTENCE)


def attributes(path: Path) -> None:
    many = " ".join(f"a{at}=1" for at in range(200_000))
    (path / "a.html").write_bytes(b"<html><body><div " + many.encode() + b">" + SENTENCE)


def formatting(path: Path) -> None:
    many = "".join(f"<b x={at}>" for at in range(1000))
    (path / "a.html").write_bytes(b"<html><body>" + many.encode() + (b"<p>" + SENTENCE + b"</p>") * 20_000)


def long_page(path: Path) -> None:
    with open(path / "a.html", "wb") as out:
        out.write(b"<html><body>")
        for _ in range(200):
            out.write((b"<p>" + SENTENCE + b"</p>\n") * (2**20 // (len(SENTENCE) + 8)))


def long_dump(path: Path) -> None:
    with open(path / "a.txt", "wb") as out:
        for _ in range(200):
            out.write((SENTENCE + b"\n") * (2**20 // (len(SENTENCE) + 1)))


def long_json(path: Path) -> None:
    with open(path / "a.jsonl", "wb") as out:
        out.write(b'{"text": "')
        for _ in range(200):
            out.write(SENTENCE * (2**20 // len(SENTENCE)))
        out.write(b'"}\n{"text": "' + SENTENCE + b'"}\n')


def packed_json(path: Path) -> None:
    (path / "a.jsonl.gz").write_bytes(gzip.compress(b'{"text": "') + zeros(GIB // 4))


def warc_bomb(path: Path) -> None:
    body = zeros(GIB // 2)
    (path / "a.warc").write_bytes(response(body, len(body), "Content-Encoding: gzip\r\n"))


def packed_warc_bomb(path: Path) -> None:
    (path / "a.warc.gz").write_bytes(gzip.compress(response(b"", 4 * GIB)) + zeros(GIB // 2))


def wacz_bomb(path: Path) -> None:
    with zipfile.ZipFile(path / "a.wacz", "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("archive/a.warc.gz", gzip.compress(response(b"", 4 * GIB)) + zeros(GIB // 2))


def deep_json(path: Path) -> None:
    (path / "a.jsonl").write_bytes(b'{"text": ' + b"[" * 10_000_000)


def entities(path: Path) -> None:
    inner = "".join(f'<!ENTITY l{at} "{f"&l{at - 1};" * 10}">' for at in range(1, 12))
    doctype = f'<!DOCTYPE rss [<!ENTITY l0 "lol">{inner}]>'
    (path / "a.xml").write_text(
        f"<?xml version='1.0'?>{doctype}<rss><item><description>&l11;</description></item></rss>"
    )


def feed_of_tags(path: Path) -> None:
    (path / "a.rss").write_bytes(b"<rss><channel>" + b"<item>" * 3_000_000)


def mail_of_parts(path: Path) -> None:
    head = b"From: a@b.example\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n"
    (path / "a.eml").write_bytes(head + b"--x\nContent-Type: multipart/mixed; boundary=x\n\n" * 300_000)


def pdf_bomb(path: Path) -> None:
    packed = zlib.compress(b" " * (GIB // 2), 9)
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>",
        b"<< /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (len(packed), packed),
    ]
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % (at, part) for at, part in enumerate(parts, 1))
    (path / "a.pdf").write_bytes(b"%PDF-1.4\n" + body + b"trailer\n<< /Root 1 0 R /Size 5 >>\n")


def many_elements(path: Path) -> None:
    (path / "a.html").write_bytes(b"<html><body>" + b"<p>a</p>" * 300_000)


BOMBS: list[tuple[Callable[[Path], None], str]] = [
    (page_bomb, "longer than 32 MB"),
    (many_elements, "more elements or attributes"),
    (nested, "more elements or attributes"),
    (attributes, "more elements or attributes"),
    (formatting, "more elements or attributes"),
    (long_page, "longer than 32 MB"),
    (long_dump, "longer than 32 MB"),
    (long_json, "longer than 64 MB"),
    (packed_json, "longer than 64 MB"),
    (warc_bomb, "longer than 32 MB"),
    (packed_warc_bomb, "200 times what it is packed in"),
    (wacz_bomb, "200 times what it is packed in"),
    (deep_json, "no JSON|begins as JSON"),
    (entities, "no content"),
    (feed_of_tags, "damaged or too long|no content"),
    (mail_of_parts, "as bombs are"),
    (pdf_bomb, "unpacks to more than 64 MB"),
]


@pytest.mark.parametrize(("bomb", "why"), BOMBS, ids=[bomb.__name__ for bomb, _ in BOMBS])
def test_bombs_stop_at_a_limit(bomb: Callable[[Path], None], why: str, tmp_path: Path) -> None:
    bomb(tmp_path)
    done = subprocess.run([sys.executable, "-c", PEAK + RUN, str(tmp_path)], capture_output=True, timeout=90)
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    peak, said = json.loads(done.stdout)
    assert peak < GIB, f"{peak / 2**20:.0f} MB"
    assert any(re.search(why, sentence) for sentence in said), said


# Lines that make a careless regular expression take quadratic or exponential time.
LINES = ["a" * 1_000_000, " " * 1_000_000, "a " * 500_000, "(" * 1_000_000, "<" * 1_000_000, "&" * 1_000_000]
LINES += ["By " * 330_000, "- " * 500_000, "1" * 1_000_000, "1/" * 500_000, "12:00 " * 166_000, "“" * 1_000_000]
LINES += [
    "a@" * 500_000,
    "a.b" * 333_000,
    "http://" * 142_000,
    "May 3 " * 166_000,
    "=?utf-8?q?" * 100_000,
    "\t" * 1_000_000,
]
LINES += ["A" * 1_000_000, "a-" * 500_000, "\u00ad" * 500_000, "'" * 1_000_000, "#" * 1_000_000, "{" * 1_000_000]


FORMS = {
    "dump": "Title\n\n{sentence}\n{line}\n",
    "html": "<html><body><p>{sentence}{sentence}{sentence}</p><p>{line}</p></body></html>",
    "title": "<html><head><title>{line}</title></head><body><p>{sentence}{sentence}{sentence}</p></body></html>",
    "mail": "From: {line}\nSubject: {line}\nDate: {line}\nMessage-ID: x\n\n{sentence}",
}
READ_LINES = """
import io, json, sys, time
from contextlib import suppress
from rashomon.errors import PageError
from rashomon.pages import Capture, read
from rashomon.pages.opening import opened

told = json.load(sys.stdin)
took = []
for line in told["lines"]:
    begin = time.process_time()
    for item in opened(io.BytesIO(told["form"].replace("LINE", line).encode()), "a", "a"):
        if isinstance(item, Capture):
            with suppress(PageError):
                read(item.raw, item.address, item.known)
    took.append(time.process_time() - begin)
print(json.dumps([peak(), took]))
"""


@pytest.mark.parametrize("form", FORMS)
def test_lines_of_a_million_characters_take_seconds(form: str) -> None:
    told = {"form": FORMS[form].format(line="LINE", sentence=SENTENCE.decode()), "lines": LINES}
    done = subprocess.run(
        [sys.executable, "-c", PEAK + READ_LINES], input=json.dumps(told).encode(), capture_output=True, timeout=240
    )
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    peak, took = json.loads(done.stdout)
    assert peak < GIB, f"{peak / 2**20:.0f} MB"
    slow = {line[:8]: seconds for line, seconds in zip(LINES, took, strict=True) if seconds > 15}
    assert not slow  # one to three seconds where nobody else computes


def test_sizes_are_written_as_people_say_them() -> None:
    assert [size(1), size(2), size(2**20), size(3 * 2**29)] == ["1 byte", "2 bytes", "1 MB", "1.5 GB"]


@pytest.mark.parametrize("step", [1, 7, 2**20])
def test_packed_members_are_one_stream(step: int) -> None:
    raw = gzip.compress(b"abc" * 1000) + b"\x00" * 9 + gzip.compress(b"") + gzip.compress(b"def")
    stream = Unpacked(io.BytesIO(raw))
    out = b""
    while part := stream.read(step):
        out += part
    assert out == b"abc" * 1000 + b"def"
    assert stream.cut is None


@pytest.mark.parametrize(
    ("raw", "cut"),
    [
        (gzip.compress(b"abc" * 1000)[:-9], "it is cut off"),
        (gzip.compress(b"abc")[:5], "it is cut off"),
        (gzip.compress(b"abc") + b"\x1f\x8b", "it is cut off"),
        (gzip.compress(b"abc") + b"junk", "its packed data are damaged"),
        (gzip.compress(b"abc")[:-8] + b"12345678", "its packed data are damaged"),
    ],
)
def test_packed_data_that_end_badly(raw: bytes, cut: str) -> None:
    stream = Unpacked(io.BytesIO(raw))
    assert (b"abc" * 1000).startswith(whole(stream, 10**6))  # type: ignore[arg-type]
    assert stream.cut == cut


def test_what_grows_too_much_is_cut() -> None:
    stream = Unpacked(io.BytesIO(zeros(2 * PACKED_FLOOR)))
    total = 0
    while part := stream.read(2**20):
        total += len(part)
    assert PACKED_FLOOR - 2**20 <= total <= PACKED_FLOOR
    assert stream.cut is not None


def test_chained() -> None:
    stream = Chained(b"abc", io.BytesIO(b"def"))
    assert (stream.read(2), stream.read(2), stream.read(), stream.read(1)) == (b"ab", b"c", b"def", b"")
