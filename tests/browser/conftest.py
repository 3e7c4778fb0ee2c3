"""The report in a browser: Debian's Chromium, the reports it opens, and what must hold of every visit.

`visit` opens a file in a tab of its own. When its test ends, whatever the test was about, the tab must
have written no error or warning on its console and must have asked for nothing but the file itself.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

import rashomon
from rashomon.model import Report

ROOT = Path(__file__).parent.parent.parent

SWITCHES = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
"""No sandbox, since continuous integration often runs as root; the rest keeps the browser off the network."""

HEIGHT = 900
"""Of the window, in CSS pixels."""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium without a window; where there is none, the tests skip, but not where they are meant to run."""
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if chromium is None:
        sentence = "there is no chromium here: `make test` as root installs it, or name one with CHROMIUM=/path/to/it"
        if os.environ.get("CI") or os.geteuid() == 0:
            pytest.fail(sentence, pytrace=False)
        pytest.skip(sentence)
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=chromium, args=SWITCHES)


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Open a file in a window `width` pixels wide, without motion; `options` are Playwright's for a context."""
    contexts: list[BrowserContext] = []
    wrong: list[str] = []

    def open_file(file: Path, width: int = 1440, **options: Any) -> Page:
        context = browser.new_context(
            **{"viewport": {"width": width, "height": HEIGHT}, "reduced_motion": "reduce"} | options
        )
        contexts.append(context)
        context.set_default_timeout(5000)
        tab = context.new_page()
        tab.on("console", lambda message: wrong.extend(_complaint(message)))
        tab.on("pageerror", lambda error: wrong.append(f"an error that nobody caught: {error}"))
        tab.on("dialog", lambda dialog: wrong.append(f"a dialog: {dialog.message}"))
        context.on("page", lambda other: wrong.append(f"another tab: {other.url}"))
        context.on("requestfailed", lambda request: wrong.append(f"a request that failed: {request.url[:200]}"))
        context.on(
            "request", lambda request: wrong.extend([f"a request: {request.url[:200]}"] * _goes_out(request.url, file))
        )
        tab.goto(file.as_uri())
        return tab

    yield open_file
    for context in contexts:
        context.close()
    assert not wrong, "\n".join(wrong)


def _complaint(message: ConsoleMessage) -> list[str]:
    return [f"console {message.type}: {message.text[:500]}"] if message.type in ("error", "warning") else []


def _goes_out(url: str, file: Path) -> bool:
    """Whether a request is for anything but the file that was opened or what stands in it."""
    return url.partition("#")[0] != file.as_uri() and not url.startswith("data:")


def _written(report: Report, file: Path) -> Path:
    from rashomon.reports.html import render

    file.write_text(render(report), encoding="utf-8")
    return file


@pytest.fixture(scope="session")
def examples() -> Report:
    """The report on the made-up story in examples/."""
    files = sorted((ROOT / "examples").glob("0*"))
    return rashomon.report(
        [rashomon.read_page(file.read_bytes(), address=str(file.relative_to(ROOT))) for file in files]
    )


@pytest.fixture(scope="session")
def examples_file(examples: Report, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same as a file of HTML."""
    return _written(examples, tmp_path_factory.mktemp("examples") / "report.html")


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Report], Path]:
    """Write a report as HTML into a folder of its own."""
    return lambda report: _written(report, tmp_path_factory.mktemp("report") / "report.html")
