"""The report with JavaScript off, on paper, and for those whom motion makes ill: all of it is there."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from rashomon.model import Report

Visit = Callable[..., Page]


HEAD = 150
"""Characters of a line that are there whatever its length; the marked page has the rest."""


def _folded(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def test_without_javascript_all_is_there(visit: Visit, examples: Report, examples_file: Path) -> None:
    """The words of every point, of every line of the timeline and of every page stand in the document."""
    tab = visit(examples_file, java_script_enabled=False)
    text = _folded(
        tab.locator("main").evaluate(
            "e => { e.querySelectorAll('.sheet .n').forEach(number => number.remove()); return e.textContent; }"
        )
    )
    assert not [point.title for point in examples.points if _folded(point.title)[:HEAD] not in text]
    assert not [line.text for line in examples.timeline if _folded(line.text)[:HEAD] not in text]
    for page in examples.pages:
        paragraphs = [_folded(paragraph) for paragraph in page.text.split("\n\n")]
        assert not [paragraph for paragraph in paragraphs if paragraph not in text], page.address


def test_without_javascript_it_looks_the_same(visit: Visit, examples_file: Path) -> None:
    """Scripts may help, but nothing waits for them: the same is seen, and folds open without."""
    seen = [
        visit(examples_file, java_script_enabled=on).locator("main").evaluate("e => e.innerText")
        for on in (True, False)
    ]
    missing = set(seen[0].splitlines()) - set(seen[1].splitlines())
    assert not missing
    tab = visit(examples_file, java_script_enabled=False)
    tab.locator("main details:not([open]) > summary").first.press("Enter")
    assert tab.locator("main details[open]").count() > 0


def test_on_paper_nothing_is_folded(visit: Visit, examples_file: Path) -> None:
    """What is folded on the screen is printed; nothing hangs over each sheet; ink is dark on white."""
    tab = visit(examples_file, color_scheme="dark")
    tab.emulate_media(media="print")
    hidden = tab.evaluate(
        """() => [...document.querySelectorAll('main details > :not(summary)')]
          .filter(e => !e.checkVisibility({contentVisibilityAuto: false}) || e.getBoundingClientRect().height === 0)
          .filter(e => e.textContent.trim()).map(e => e.outerHTML.slice(0, 120))"""
    )
    assert not hidden
    hanging = tab.evaluate(
        """() => [...document.querySelectorAll('body *')].filter(e => e.checkVisibility()
          && ['fixed', 'sticky'].includes(getComputedStyle(e).position)).map(e => e.outerHTML.slice(0, 120))"""
    )
    assert not hanging
    cut = tab.evaluate(
        """() => [...document.querySelectorAll('main *')].filter(e => e.checkVisibility()
          && ['auto', 'scroll', 'hidden'].includes(getComputedStyle(e).overflowY)
          && e.clientHeight > 4 && e.scrollHeight > e.clientHeight + 4).map(e => e.outerHTML.slice(0, 120))"""
    )
    assert not cut
    ink = tab.evaluate(
        "getComputedStyle(document.querySelector('main p')).color.match(/\\d+/g).slice(0, 3).map(Number)"
    )
    assert sum(ink) < 300


def test_on_paper_it_is_a_document_of_some_sheets(visit: Visit, examples_file: Path) -> None:
    tab = visit(examples_file)
    sheets = len(re.findall(rb"/Type\s*/Page\b", tab.pdf(format="A4")))
    assert 3 <= sheets <= 60


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_motion_is_spared_where_it_is_asked_for(visit: Visit, examples_file: Path, motion: str) -> None:
    tab = visit(examples_file, reduced_motion=motion)
    moving = tab.evaluate(
        """() => [document.documentElement, ...document.querySelectorAll('body *')].filter(e => {
          const s = getComputedStyle(e), still = ['display', 'visibility'];
          const lasts = value => value.split(',').some(each => parseFloat(each) > 0.01);
          const moves = s.transitionProperty.split(', ').some(each => !still.includes(each));
          return s.scrollBehavior === 'smooth' || (moves && lasts(s.transitionDuration)) || lasts(s.animationDuration);
        }).map(e => e.outerHTML.slice(0, 80))"""
    )
    assert motion == "no-preference" or not moving
    endless = tab.evaluate("document.getAnimations().filter(a => a.effect.getTiming().iterations === Infinity).length")
    assert not endless


def test_forced_colours_leave_it_readable(visit: Visit, examples_file: Path) -> None:
    """Where the system sets all colours, no text is drawn in the colour of its ground."""
    tab = visit(examples_file, forced_colors="active")
    assert not tab.evaluate(
        """() => [...document.querySelectorAll('main *')].filter(e => {
          const s = getComputedStyle(e), words = [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim());
          return words && e.checkVisibility() && s.color === s.backgroundColor; })
          .map(e => e.outerHTML.slice(0, 120))"""
    )
