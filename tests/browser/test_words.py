"""Every line leads to its words: pointing at it shows its sources, pressing it goes there, and on to the original."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route

import rashomon
from rashomon.model import Report

Visit = Callable[..., Page]
ROOT = Path(__file__).parent.parent.parent


def _folded(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


@pytest.fixture(scope="session")
def addressed() -> Report:
    """The report on examples/ as if each of its pages had been saved from an address of its own."""
    return rashomon.report(
        [
            rashomon.read_page(file.read_bytes(), address=f"https://news{number}.example/{file.name}#top")
            for number, file in enumerate(sorted((ROOT / "examples").glob("0*")))
        ]
    )


@pytest.fixture(scope="session")
def addressed_file(addressed: Report, written: Callable[[Report], Path]) -> Path:
    return written(addressed)


CLAIM_LINKS = """[...document.querySelectorAll('main :not(.notes) a[href^="#"]')]
  .filter(a => document.getElementById(a.hash.slice(1))?.closest('.sheet'))"""
"""Links whose target stands in the text of a page."""


def test_every_claim_is_marked_where_it_stands(visit: Visit, examples: Report, examples_file: Path) -> None:
    """Each claim has a number; the number stands in its page's text before the claim's own words."""
    tab = visit(examples_file)
    found = tab.evaluate(
        """() => Object.fromEntries([...document.querySelectorAll('[data-claim]')].map(note => {
          const number = note.id.replace(/^n-/, ''), mark = document.getElementById(number);
          const range = document.createRange(), end = mark.closest('.sheet');
          range.setStartAfter(mark); range.setEndAfter(end.lastChild);
          const copy = range.cloneContents(); copy.querySelectorAll('.n').forEach(n => n.remove());
          return [note.dataset.claim, copy.textContent.replace(/\\s+/g, ' ').trim()];
        }))"""
    )
    assert set(found) == {claim.id for claim in examples.claims}
    assert not [
        claim.span.exact for claim in examples.claims if not found[claim.id].startswith(_folded(claim.span.exact))
    ]


def test_every_claim_of_a_point_is_linked_to(visit: Visit, examples: Report, examples_file: Path) -> None:
    tab = visit(examples_file)
    linked = set(tab.evaluate(f"{CLAIM_LINKS}.map(a => a.hash.slice(1))"))
    numbers = tab.evaluate(
        """() => Object.fromEntries([...document.querySelectorAll('[data-claim]')]
          .map(note => [note.dataset.claim, note.id.replace(/^n-/, '')]))"""
    )
    assert not [claim for point in examples.points for claim in point.claims if numbers[claim] not in linked]


THERE = """() => {
  const e = document.querySelector(':target');
  if (!e) return null;
  const box = e.getBoundingClientRect(), plain = document.querySelector('.sheet .n:not(:target)');
  const look = s => [s.color, s.backgroundColor, s.outline, s.boxShadow, s.textDecoration, s.borderColor].join();
  const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
  return { seen: box.height > 0 && box.top >= 0 && box.bottom <= innerHeight && box.right <= innerWidth,
    free: Boolean(top && (e === top || e.contains(top) || top.contains(e))),
    other: look(getComputedStyle(e)) !== look(getComputedStyle(plain)) };
}"""


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no-script"])
def test_pressing_a_reference_lands_on_the_words(
    visit: Visit, examples_file: Path, width: int, javascript: bool
) -> None:
    """The target is unfolded, in the window, under nothing that hangs there, and looks otherwise than the rest."""
    tab = visit(examples_file, width, java_script_enabled=javascript)
    names = tab.evaluate(f"[...new Set({CLAIM_LINKS}.filter(a => a.checkVisibility()).map(a => a.hash))]")
    assert len(names) > 5
    for name in (*names[:3], names[len(names) // 2], names[-1]):
        tab.evaluate("scrollTo(0, 0)")
        tab.locator(f'main :not(.notes) a[href="{name}"]:visible').first.press("Enter")
        tab.wait_for_timeout(300)
        there = tab.evaluate(THERE)
        assert there == {"seen": True, "free": True, "other": True}, name


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no-script"])
def test_a_folded_page_opens_for_who_comes_to_its_words(visit: Visit, addressed_file: Path, javascript: bool) -> None:
    tab = visit(addressed_file, java_script_enabled=javascript)
    link = tab.locator('.facts a[href="#F1"], .facts a[href="#F2"], .facts a[href="#F3"]').first
    assert not tab.locator("#page-F > details").evaluate("d => d.open")
    link.press("Enter")
    tab.wait_for_timeout(300)
    assert tab.locator("#page-F > details").evaluate("d => d.open")


def test_from_the_words_one_comes_back(visit: Visit, examples_file: Path) -> None:
    """The browser's own way back returns to the line that one came from."""
    tab = visit(examples_file)
    link = tab.locator('main a[href^="#"]:visible').nth(12)
    link.scroll_into_view_if_needed()
    before = tab.evaluate("scrollY")
    link.click()
    tab.go_back()
    tab.wait_for_function("y => Math.abs(scrollY - y) < 200", arg=before)


def test_no_page_is_said_to_lack_what_it_is_cited_for(visit: Visit, examples_file: Path) -> None:
    """What a page does not have is not the title of a fact that cites the page, and is named once."""
    tab = visit(examples_file)
    wrong = tab.evaluate(
        """() => { const cited = {}, wrong = [];
          document.querySelectorAll('.fact, .fact-line').forEach(fact => {
            const title = (fact.querySelector('.claim') ?? fact.querySelector('bdi')).textContent;
            fact.querySelectorAll('.ref > a').forEach(a => {
              (cited[a.textContent.replace(/\\d+$/, '')] ??= new Set()).add(title); }); });
          document.querySelectorAll('.teller').forEach(teller => {
            const label = teller.querySelector('.chip').textContent, seen = new Set();
            teller.querySelectorAll('.missing a').forEach(a => {
              if (cited[label]?.has(a.textContent) || seen.has(a.textContent)) wrong.push(label + ': ' + a.textContent);
              seen.add(a.textContent); }); });
          return wrong; }"""
    )
    assert not wrong


def _fragments(tab: Page) -> list[str]:
    found: list[str] = tab.evaluate(
        "[...document.querySelectorAll('main a[href*=\":~:text=\"]')].map(a => a.getAttribute('href'))"
    )
    return found


def test_links_into_the_original_name_its_words(visit: Visit, addressed: Report, addressed_file: Path) -> None:
    """A text fragment's words stand in the page's text in their order, and its own signs are escaped."""
    found = _fragments(visit(addressed_file))
    texts = {urlsplit(str(page.address)).hostname: _folded(page.text) for page in addressed.pages}
    assert {urlsplit(href).hostname for href in found} == set(texts)
    for href in found:
        address, _, directive = href.partition(":~:text=")
        assert address.count("#") == 1, href
        assert "&" not in directive
        assert " " not in href
        parts = [part for part in directive.split(",") if not part.startswith("-") and not part.endswith("-")]
        assert 1 <= len(parts) <= 2, href
        assert all("-" not in part for part in parts), href
        at = 0
        for part in parts:
            words = _folded(unquote(part))
            at = texts[urlsplit(href).hostname].find(words, at)
            assert at >= 0, f"{words!r} does not stand in the page"
            at += len(words)


def test_links_into_the_original_leave_nothing_behind(visit: Visit, addressed_file: Path) -> None:
    """The original does not learn where one came from, nor does it get a hold of the report."""
    tab = visit(addressed_file)
    loose = tab.evaluate(
        """() => [...document.querySelectorAll('a[href^="http"]')]
          .filter(a => a.target && !a.relList.contains('noopener'))
          .map(a => a.href)"""
    )
    assert not loose
    policy = tab.locator("meta[name='referrer']").get_attribute("content")
    assert policy == "no-referrer"


def test_the_original_shows_the_words(browser: Browser, visit: Visit, addressed_file: Path) -> None:
    """The browser finds the words of every fifth link in the page that was saved, and scrolls to them."""
    links = [href for href in dict.fromkeys(_fragments(visit(addressed_file))) if ".html#" in href][::5]
    assert len(links) > 5
    original = browser.new_page(viewport={"width": 400, "height": 300}, java_script_enabled=False)
    for href in links:
        html = (ROOT / "examples" / urlsplit(href).path.strip("/")).read_text(encoding="utf-8")
        # Far enough down that no words are seen without scrolling.
        lower = re.sub("(?i)(<body[^>]*>)", r'\1<div style="height: 3000px">above</div>', html)
        original.unroute_all()
        original.route("**", partial(_answer, lower))
        original.goto("about:blank")
        original.goto(href)
        _await_scroll(original, href)
    original.close()


def _answer(html: str, route: Route) -> None:
    route.fulfill(body=html, content_type="text/html; charset=utf-8")


def _await_scroll(tab: Page, href: str) -> None:
    for _ in range(20):
        if tab.evaluate("scrollY") > 2000:
            return
        tab.wait_for_timeout(50)
    pytest.fail(f"the browser does not find the words of {href}")


@pytest.mark.parametrize("way", ["hover", "focus"])
def test_pointing_at_a_line_shows_its_sources(visit: Visit, examples_file: Path, way: str) -> None:
    """Something that was not to be seen before is to be seen then; it does not go away when one moves onto it."""
    tab = visit(examples_file)
    seen = """() => [...document.querySelectorAll('main *')]
      .filter(e => e.checkVisibility({visibilityProperty: true, opacityProperty: true}))
      .filter(e => e.getBoundingClientRect().height > 2 && getComputedStyle(e).clipPath === 'none').length"""
    links = tab.locator("main a[href^='#']:visible")
    shows = False
    for number in (3, 10, 20):
        before = tab.evaluate(seen)
        link = links.nth(number)
        link.scroll_into_view_if_needed()
        link.hover() if way == "hover" else link.focus()
        tab.wait_for_timeout(250)
        shows = shows or tab.evaluate(seen) > before
    assert shows
