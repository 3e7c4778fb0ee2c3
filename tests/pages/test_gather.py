"""Files and folders, in a fixed order, with a sentence for what is missing."""

from __future__ import annotations

import gzip
import io
import json
import os
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from rashomon.errors import UsageError
from rashomon.model import PageGap
from rashomon.pages import Capture, gather
from rashomon.pages.gather import takes


def test_a_folder_is_read_in_order_without_what_is_no_page(tmp_path: Path) -> None:
    for name in ("b.txt", "a.html", "expected.json", ".hidden.txt", "inner/c.htm", "plain", "inner/.git/d.txt"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    found = list(gather([tmp_path]))
    assert [Path(item.address).relative_to(tmp_path).as_posix() for item in found if isinstance(item, Capture)] == [
        "a.html", "b.txt", "inner/c.htm", "plain",
    ]  # fmt: skip
    assert len(found) == 4


def test_files_that_are_named_are_tried_and_come_one_at_a_time(tmp_path: Path) -> None:
    (tmp_path / "page.csv").write_text("a, b")
    stream = gather([str(tmp_path / "page.csv"), str(tmp_path / "missing.txt")])
    assert next(stream) == Capture(str(tmp_path / "page.csv"), b"a, b")
    gap = next(stream)
    assert isinstance(gap, PageGap)
    assert gap.page == str(tmp_path / "missing.txt")
    assert "check the spelling" in gap.why


def test_a_folder_without_pages_is_a_gap(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("1")
    [gap] = gather([tmp_path])
    assert isinstance(gap, PageGap)
    assert "holds no pages" in gap.why


def test_a_link_back_up_is_not_followed_forever(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    assert len(list(gather([tmp_path]))) == 1


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(b"text")))
    assert list(gather(["-"])) == [Capture("standard input", b"text")]


def test_closed_standard_input_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(UsageError, match="is closed"):
        list(gather(["-"]))


def test_a_file_is_read_once_by_whatever_paths_it_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "q.txt").write_text("x")
    (tmp_path / "same.txt").symlink_to("q.txt")
    paths: list[str | Path] = ["q.txt", "./q.txt", tmp_path, "same.txt", "gone.txt", "gone.txt"]
    found = list(gather(paths))
    assert [item.address for item in found if isinstance(item, Capture)] == ["q.txt"]
    assert len(found) == 3, "a path that leads nowhere is named each time"


def test_an_empty_path_is_a_gap() -> None:
    [gap] = gather([""])
    assert isinstance(gap, PageGap)
    assert gap.why.startswith("One of the paths is empty")


@pytest.mark.parametrize(
    ("output", "taken"),
    [
        ("a.txt", True),  # one of the pages
        ("link.json", True),  # a link to one
        ("report.txt", True),  # not there yet, and a page the next time
        ("inner/report", True),
        ("report.json", False),
        (".report.txt", False),
        ("inner/.git/report.txt", False),
        ("../report.txt", False),
        ("../pages-report/report.txt", False),
    ],
)
def test_what_would_be_read_again_is_told(tmp_path: Path, output: str, taken: bool) -> None:
    folder = tmp_path / "pages"
    (folder / "inner").mkdir(parents=True)
    (folder / "a.txt").write_text("x")
    (folder / "link.json").symlink_to("a.txt")
    assert takes(["-", "gone.txt", folder], folder / output) == (str(folder) if taken else None)
    assert takes([folder / "a.txt"], folder / output) == (
        str(folder / "a.txt") if output in {"a.txt", "link.json"} else None
    )


def test_a_name_that_is_no_text_is_an_address_all_the_same(tmp_path: Path) -> None:
    name = os.fsdecode(bytes(tmp_path) + b"/\xff.txt")
    try:
        Path(name).write_bytes(b"text")
    except OSError:
        pytest.skip("this file system has no such names")
    [capture, gap] = gather([name, name.replace(".txt", "gone.txt")])
    assert isinstance(capture, Capture)
    assert isinstance(gap, PageGap)
    assert capture.address == f"{tmp_path}/\ufffd.txt"
    assert f"{gap.page} {gap.why}".isprintable()


HTML = b"<html><body><p>The harbour bridge of Ormsk was shut on Tuesday.</p></body></html>"
RSS = b"<?xml version='1.0'?><rss><item><description>The harbour bridge of Ormsk was shut.</description></item></rss>"
MAIL = b"From: Herald <a@b.example>\nMIME-Version: 1.0\nContent-Type: text/html\n\n" + HTML
WARC = (
    b"WARC/1.0\r\nWARC-Type: resource\r\nWARC-Target-URI: https://ormsk.example/a\r\nContent-Type: text/html\r\n"
    b"Content-Length: %d\r\n\r\n%s\r\n\r\n" % (len(HTML), HTML)
)
LINE = json.dumps({"text": "The harbour bridge of Ormsk was shut on Tuesday."}).encode()


def test_a_folder_of_all_kinds(tmp_path: Path) -> None:
    kinds = {
        "a.html.gz": gzip.compress(HTML),
        "b.eml": MAIL,
        "c.warc": WARC,
        "d.warc.gz": gzip.compress(WARC),
        "e.jsonl": LINE,
        "f.ndjson.gz": gzip.compress(LINE),
        "g.rss": RSS,
        "h.xml": RSS,
        "i.json": b'{"version": "https://jsonfeed.org/version/1", "items": [' + LINE + b"]}",
        "j.txt": LINE,
        "k.html": MAIL,
        "sitemap.xml": b"<?xml version='1.0'?><urlset></urlset>",
        "report.json": b'{"schema": "x"}',
        "table.csv.gz": gzip.compress(b"a,b"),
    }
    for name, content in kinds.items():
        (tmp_path / name).write_bytes(content)
    found = list(gather([tmp_path]))
    assert all(isinstance(item, Capture) for item in found), found
    assert len(found) == 11
    assert all(b"The harbour bridge of Ormsk was shut" in item.raw for item in found if isinstance(item, Capture))


@pytest.mark.parametrize("raw", [HTML, gzip.compress(HTML), MAIL, WARC, gzip.compress(WARC), LINE, RSS])
def test_standard_input_is_told_by_its_content(raw: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    class Slow(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            return super().read(min(size or 7, 7) if size and size > 0 else 7)

    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=Slow(raw)))
    [item] = gather(["-"])
    assert isinstance(item, Capture)
    assert b"The harbour bridge of Ormsk was shut" in item.raw


def test_a_packed_page_that_is_cut_is_read_and_said(tmp_path: Path) -> None:
    (tmp_path / "a.html.gz").write_bytes(gzip.compress(HTML * 50)[:-12])
    [item] = gather([tmp_path])
    assert isinstance(item, Capture)
    assert item.raw.startswith(HTML)
    assert "cut off" in item.gaps[0].why


@pytest.mark.parametrize("raw", [gzip.compress(gzip.compress(HTML)), gzip.compress(b"PK\x03\x04"), b"PK\x03\x04"])
def test_archives_in_archives_are_gaps(raw: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(raw)
    [gap] = gather([tmp_path])
    assert isinstance(gap, PageGap)


def test_dumps_with_labels_are_no_mail(tmp_path: Path) -> None:
    raw = b"From: Ormsk Herald\nDate: 3 May 2031\nSubject: Bridge shut\n\nThe harbour bridge of Ormsk was shut."
    (tmp_path / "a.txt").write_bytes(raw)
    assert list(gather([tmp_path / "a.txt"])) == [Capture(str(tmp_path / "a.txt"), raw)]
