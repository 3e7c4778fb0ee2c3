"""Reports on nearly nothing: no page, a page without a title, a date or a source, pages of two stories."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

import rashomon
from rashomon.model import Report

Visit = Callable[..., Page]

BARE = "The ferry to Oster was late again on a morning in spring, and nobody at the pier knew why it was late."
TWO = (
    "The city of Vellin said on Monday that 14 trams were out of service. Mayor Ada Rask denied that drivers were ill.",
    "A volcano near Port Corran erupted on Friday and 3,000 villagers fled, the geology institute of Corra said.",
)


def _nothing() -> Report:
    return rashomon.report([])


def _bare() -> Report:
    return rashomon.report([rashomon.read_page(b"bare", known={"text": BARE, "language": "en"})])


def _foreign() -> Report:
    text = "Die Fähre nach Oster kam am Montag wieder zu spät, sagte der Hafenmeister, und niemand wusste, warum."
    return rashomon.report([rashomon.read_page(b"fremd", address="fremd.txt", known={"text": text, "language": "de"})])


def _two_stories() -> Report:
    return rashomon.report(
        [
            rashomon.read_page(
                text.encode(),
                address=f"page{number}.txt",
                known={
                    "text": text,
                    "language": "en",
                    "published": f"2026-0{number + 3}-01",
                    "title": text.split(".")[0],
                },
            )
            for number, text in enumerate(TWO)
        ]
    )


@pytest.fixture(scope="session", params=[_nothing, _bare, _foreign, _two_stories], ids=lambda make: make.__name__[1:])
def thin_file(request: pytest.FixtureRequest, written: Callable[[Report], Path]) -> Path:
    make: Callable[[], Report] = request.param
    return written(make())


@pytest.mark.parametrize("width", [390, 1440])
def test_it_is_a_sound_page_all_the_same(visit: Visit, thin_file: Path, width: int) -> None:
    tab = visit(thin_file, width)
    tab.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    found: list[dict[str, Any]] = Axe().run(tab).response["violations"]
    assert not [(each["id"], each["nodes"][0]["html"]) for each in found if each["impact"] in ("serious", "critical")]
    assert tab.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    links = "[...document.querySelectorAll('a[href^=\"#\"]')]"
    assert not tab.evaluate(f"{links}.filter(a => !document.getElementById(a.hash.slice(1))).length")


def test_nothing_is_left_unsaid(visit: Visit, thin_file: Path) -> None:
    """No heading without anything under it, and none of the words that programs write where they know nothing."""
    tab = visit(thin_file)
    text = tab.locator("main").inner_text()
    assert not [word for word in ("None", "null", "undefined", "NaN", "[]") if word in text.split()]
    hollow = tab.evaluate(
        """() => [...document.querySelectorAll('main section')].filter(s => s.querySelector('h2'))
          .filter(s => s.innerText.trim() === s.querySelector('h2').innerText.trim()).map(s => s.innerText)"""
    )
    assert not hollow


def test_an_undated_page_and_a_nameless_source_have_honest_labels(
    visit: Visit, written: Callable[[Report], Path]
) -> None:
    text = visit(written(_bare())).locator("main").inner_text().lower()
    assert "undated" in text
    assert "source unknown" in text or "unknown source" in text
