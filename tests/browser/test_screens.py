"""The report on every width of screen, light and dark: nothing wide, nothing dead, nothing out of reach."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

Visit = Callable[..., Page]

WIDTHS = {"phone": 390, "tablet": 820, "desk": 1440}
SCREENS = [
    pytest.param(width, scheme, id=f"{name}-{scheme}") for name, width in WIDTHS.items() for scheme in ("light", "dark")
]


def findings(tab: Page) -> list[str]:
    """What axe-core finds serious or critical, contrast included, one line an element."""
    found: list[dict[str, Any]] = Axe().run(tab).response["violations"]
    return [
        f"{each['id']} ({each['impact']}): {node['html'][:200]} | {' '.join(node['failureSummary'].split())[:300]}"
        for each in found
        if each["impact"] in ("serious", "critical")
        for node in each["nodes"][:5]
    ]


def overflow(tab: Page) -> list[str]:
    """The elements that make the document wider than the window, where it is."""
    found: list[str] = tab.evaluate(
        """() => {
          const wide = document.documentElement.clientWidth;
          if (document.documentElement.scrollWidth <= wide) return [];
          const clipped = e => { for (let p = e.parentElement; p && p !== document.body; p = p.parentElement)
            if (getComputedStyle(p).overflowX !== 'visible') return true; return false; };
          return ['the document is ' + document.documentElement.scrollWidth + ' pixels wide'].concat(
            [...document.body.querySelectorAll('*')]
              .filter(e => e.getBoundingClientRect().right > wide + 1 && !clipped(e))
              .slice(0, 8).map(e => e.outerHTML.slice(0, 120)));
        }"""
    )
    return found


@pytest.mark.parametrize(("width", "scheme"), SCREENS)
def test_nobody_is_kept_out(visit: Visit, examples_file: Path, width: int, scheme: str) -> None:
    tab = visit(examples_file, width, color_scheme=scheme)
    unfold(tab)
    assert not findings(tab)


@pytest.mark.parametrize(("width", "scheme"), SCREENS)
def test_the_document_is_no_wider_than_its_window(visit: Visit, examples_file: Path, width: int, scheme: str) -> None:
    tab = visit(examples_file, width, color_scheme=scheme)
    assert not overflow(tab)
    unfold(tab)
    assert not overflow(tab), "with everything unfolded"


def test_the_narrowest_screen_scrolls_one_way_alone(visit: Visit, examples_file: Path) -> None:
    """WCAG 1.4.10: at 320 pixels nothing but the regions of wide tables scrolls sideways."""
    tab = visit(examples_file, 320)
    unfold(tab)
    assert not overflow(tab)


def test_a_dark_screen_gets_a_dark_page(visit: Visit, examples_file: Path) -> None:
    shades = [
        sum(map(int, tab.evaluate("getComputedStyle(document.body).backgroundColor.match(/\\d+/g)")[:3]))
        for tab in (visit(examples_file, color_scheme=scheme) for scheme in ("light", "dark"))
    ]
    assert shades[0] > 600
    assert shades[1] < 165


def test_every_link_inside_leads_somewhere(visit: Visit, examples_file: Path) -> None:
    tab = visit(examples_file)
    dead = tab.evaluate(
        """() => [...document.querySelectorAll('a[href^="#"], use[href^="#"]')]
          .map(a => a.getAttribute('href')).filter(h => !document.getElementById(decodeURIComponent(h.slice(1))))"""
    )
    assert not dead


def test_no_two_things_have_one_name(visit: Visit, examples_file: Path) -> None:
    tab = visit(examples_file)
    twice = tab.evaluate(
        """() => { const seen = {}; document.querySelectorAll('[id]').forEach(e => seen[e.id] = (seen[e.id] || 0) + 1);
          return Object.keys(seen).filter(id => seen[id] > 1); }"""
    )
    assert not twice


def test_the_document_says_what_it_is(visit: Visit, examples_file: Path) -> None:
    """A title, a language, one heading of the first rank, no rank passed over, the landmarks that readers jump by."""
    tab = visit(examples_file)
    assert tab.title().strip()
    assert tab.locator("html").get_attribute("lang") == "en"
    assert tab.locator("h1").count() == 1
    assert tab.locator("main").count() == 1
    assert tab.locator("nav").count() >= 1
    ranks = [
        int(name[1]) for name in tab.evaluate("[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(h => h.tagName)")
    ]
    assert all(after - before <= 1 for before, after in pairwise(ranks)), ranks


@pytest.mark.parametrize("width", list(WIDTHS.values()), ids=list(WIDTHS))
def test_targets_are_large_enough_for_a_thumb(visit: Visit, examples_file: Path, width: int) -> None:
    """WCAG 2.5.8: 24 by 24 pixels, links within a sentence aside; here what one presses to fold and unfold."""
    tab = visit(examples_file, width)
    small = tab.evaluate(
        """() => [...document.querySelectorAll('summary, button, input, select')].filter(e => e.checkVisibility())
          .map(e => [e.getBoundingClientRect(), e]).filter(([box]) => box.height < 24 || box.width < 24)
          .map(([box, e]) => `${box.width} × ${box.height} ${e.outerHTML.slice(0, 100)}`)"""
    )
    assert not small


def test_colour_is_never_alone(visit: Visit, examples_file: Path) -> None:
    """Without any colour the standing of each point can still be read: its word stands beside it."""
    tab = visit(examples_file)
    text = tab.locator("main").inner_text().lower()
    for standing in ("agreed", "disputed", "denied", "updated"):
        assert standing in text


def unfold(tab: Page) -> None:
    tab.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
