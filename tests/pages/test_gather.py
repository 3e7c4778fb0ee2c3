"""Files and folders, in a fixed order, with a sentence for what is missing."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from rashomon.model import PageGap
from rashomon.pages import Capture, gather


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
    (tmp_path / "page.json").write_text("{}")
    stream = gather([str(tmp_path / "page.json"), str(tmp_path / "missing.txt")])
    assert next(stream) == Capture(str(tmp_path / "page.json"), b"{}")
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
