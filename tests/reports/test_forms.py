"""The command's forms for people: HTML to a file, to standard output and in the browser; Markdown."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

PAGE = """Ferry sinks off Port Amsel

PORT AMSEL, 3 May 2031 – A ferry with about 60 people on board sank on Friday, the coast guard said.

“We have found 41 survivors,” said Captain Rosa Veld, who leads the search.
"""


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.txt"
    path.write_text(PAGE, encoding="utf-8")
    return path


def rashomon(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "rashomon", "report", *map(str, arguments)],
        capture_output=True,
        env=os.environ | environment,
        timeout=300,
    )


def test_html_goes_to_a_file_or_to_standard_output(page: Path, tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    done = rashomon(page, "--format", "html", "-o", file)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    again = rashomon(page, "--format", "html")
    assert again.stdout == file.read_bytes()
    assert again.stdout.startswith(b"<!doctype html>")


def test_markdown(page: Path) -> None:
    done = rashomon(page, "--format", "markdown")
    assert done.returncode == 0
    assert b"## Timeline" in done.stdout
    assert b"[^A1]: " in done.stdout


def test_the_browser_is_given_the_file_and_its_place_is_said(page: Path, tmp_path: Path) -> None:
    opened, file = tmp_path / "opened", tmp_path / "report.html"
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" > "{opened}"\n')
    browser.chmod(0o755)
    done = rashomon(page, "--open", "-o", file, BROWSER=f"{browser} %s")
    assert done.returncode == 0
    assert f"the report is in {file}" in done.stderr.decode()
    assert opened.read_text().strip() == file.as_uri()


def test_without_a_name_the_report_goes_to_a_temporary_file(page: Path, tmp_path: Path) -> None:
    done = rashomon(page, "--open", BROWSER="true %s", TMPDIR=str(tmp_path))
    assert done.returncode == 0
    found = re.search(r"the report is in (\S+\.html)", done.stderr.decode())
    assert found
    assert Path(found[1]).parent == tmp_path
    assert Path(found[1]).read_bytes().startswith(b"<!doctype html>")


def test_only_html_can_be_opened(page: Path) -> None:
    done = rashomon(page, "--open", "--format", "json")
    assert done.returncode == 2
    assert done.stderr.decode().startswith("rashomon: --open shows HTML in the browser")
