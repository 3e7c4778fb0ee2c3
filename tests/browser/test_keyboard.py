"""The report without a mouse: Tab reaches everything, in order, and one sees where one is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

Visit = Callable[..., Page]

STOP = """() => {
  const e = document.activeElement, s = getComputedStyle(e), box = e.getBoundingClientRect();
  const ring = (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 1) || s.boxShadow !== 'none';
  const seen = box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight
    && box.right > 0 && box.left < innerWidth;
  return { html: e.outerHTML.slice(0, 120), href: e.getAttribute('href'), ring, seen, body: e === document.body };
}"""
"""Where the keyboard stands: what it is, whether a ring shows it, whether it is within the window."""


def stops(tab: Page, most: int) -> list[dict[str, Any]]:
    """The first stops of the Tab key, until it leaves the document."""
    found = []
    for _ in range(most):
        tab.keyboard.press("Tab")
        stop = tab.evaluate(STOP)
        if stop["body"]:
            break
        found.append(stop)
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
def test_tab_shows_where_it_stands(visit: Visit, examples_file: Path, width: int, scheme: str) -> None:
    """Every stop has a ring and is in the window."""
    tab = visit(examples_file, width, color_scheme=scheme)
    found = stops(tab, 200)
    assert len(found) > 20
    assert not [stop for stop in found if not stop["ring"]]
    assert not [stop for stop in found if not stop["seen"]]


def test_tab_reaches_everything_that_can_be_pressed(visit: Visit, examples_file: Path) -> None:
    tab = visit(examples_file)
    reached = stops(tab, 1000)
    wanted = tab.evaluate(
        """() => [...document.querySelectorAll('a[href], button, input, summary, [tabindex="0"]')]
          .filter(e => e.tabIndex >= 0)
          .filter(e => (e.closest('.tip')?.parentElement ?? e).checkVisibility({visibilityProperty: true})).length"""
    )
    assert len(reached) == wanted
    assert not tab.evaluate('document.querySelectorAll(\'[tabindex]:not([tabindex="0"]):not([tabindex="-1"])\').length')


def test_the_first_stop_skips_to_the_report(visit: Visit, examples_file: Path) -> None:
    tab = visit(examples_file)
    [skip] = stops(tab, 1)
    assert str(skip["href"]).startswith("#")
    assert skip["seen"], "the skip link shows when it has the focus"
    tab.keyboard.press("Enter")
    assert tab.evaluate("document.querySelector(location.hash).closest('main') !== null")


def test_the_contents_come_next_and_lead_to_each_part(visit: Visit, examples_file: Path) -> None:
    tab = visit(examples_file)
    assert tab.evaluate(
        """() => { const links = [...document.querySelectorAll('a[href], summary, [tabindex="0"]')];
          return links[1].closest('nav') !== null; }"""
    )
    linked = tab.evaluate("[...document.querySelectorAll('nav a')].map(a => a.getAttribute('href').slice(1))")
    parts = tab.evaluate(
        "[...document.querySelectorAll('main section[id]:not(.sources):has(> h2)')].map(part => part.id)"
    )
    assert linked == parts


def test_what_scrolls_can_be_scrolled_by_the_keyboard(visit: Visit, examples_file: Path) -> None:
    """Each region that scrolls sideways can take the focus, has a name, and moves by the arrow keys."""
    tab = visit(examples_file, 390)
    wide = """[...document.querySelectorAll('main *')].filter(e => e.scrollWidth > e.clientWidth + 1
      && ['auto', 'scroll'].includes(getComputedStyle(e).overflowX) && e.checkVisibility())"""
    nameless = tab.evaluate(
        f"""() => {wide}.filter(e => e.tabIndex !== 0 || !(e.ariaLabel || e.getAttribute('aria-labelledby')))
          .map(e => e.outerHTML.slice(0, 120))"""
    )
    assert not nameless
    assert tab.evaluate(f"{wide}.length") > 0, "on a phone the matrix scrolls"
    tab.evaluate(f"{wide}[0].focus()")
    for _ in range(3):
        tab.keyboard.press("ArrowRight")
    tab.wait_for_function(f"() => {wide}[0].scrollLeft > 0")


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_what_is_folded_opens_by_a_key(visit: Visit, examples_file: Path, key: str) -> None:
    tab = visit(examples_file)
    fold = tab.locator("main details:not([open]) > summary").first
    mine = fold.locator("xpath=..").element_handle()
    fold.focus()
    tab.keyboard.press(key)
    assert mine.evaluate("e => e.open")
    tab.keyboard.press(key)
    assert not mine.evaluate("e => e.open")


def test_escape_harms_nothing(visit: Visit, examples_file: Path) -> None:
    tab = visit(examples_file)
    before = tab.locator("main").inner_text()
    stops(tab, 30)
    tab.keyboard.press("Escape")
    stops(tab, 1)
    tab.keyboard.press("Escape")
    assert tab.url.partition("#")[0] == examples_file.as_uri()
    tab.evaluate("document.activeElement.blur()")
    # What showed the sources stays a moment, so that one can move onto it.
    tab.wait_for_timeout(500)
    assert tab.locator("main").inner_text() == before
