"""A report on forty pages: made fast, not heavy, folded, and its matrix in place while one scrolls it."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

import rashomon
from rashomon.model import Report

Visit = Callable[..., Page]

PEOPLE = """Fire chief Almut Reeve|Mayor Jorun Falk|Harbour minister Desta Coyle|Prosecutor Ilan Vesper
Union leader Brita Quill|Rector Sten Mallow|Professor Hedda Orne|Company chairman Rufus Dain""".replace(
    "\n", "|"
).split("|")
BODIES = """The Marlet fire service|The Port of Marlet|The Ministry of Harbours|The Dockers' Union
Norling Storage|The Coast Watch|Marlet General Hospital|The city council""".replace("\n", "|").split("|")
SENTENCES = """{body} said on {day} that {some} people were injured in the fire at the grain silo.
At least {few} people were killed when the silo in Marlet harbour caught fire on Monday, {body} said.
{body} said that about {many} residents had been told to leave their homes near the harbour.
"We were never told what was stored there," said {person}.
"Nobody will be left alone with this," {person} told reporters in Marlet on {day}.
{person} demanded that {other} publish the inspection reports on the silo.
{body} denied that the alarm had been switched off before the fire.
{person} accused {other} of ignoring warnings about dust in the silo.
{body} rejected the accusation as "invented from first to last."
{person} declined to comment on the cause of the fire.
{body} is expected to reopen the northern quay next {day}.
The city council will decide on {day} whether to give {money} million crowns to the families.
Satellite images taken on {day} showed smoke over {few} kilometres of the coast.
According to two people who worked at the silo, the sprinklers had not been tested for {few} years.
{person} warned that the port might stay closed if the second silo could not be cooled.
A document of {other} showed that the silo held {many} tonnes of barley.
{person} said that {few} people were still missing on {day}.
The disgraceful fire has laid bare years of reckless neglect in the harbour.
{body} urged {other} to hand over the keys of the storage halls.
{person} promised that the state would pay for {some} new homes.""".splitlines()
DAYS = "Monday Tuesday Wednesday Thursday Friday".split()


def _text(number: int) -> str:
    """Sixteen made-up paragraphs, drawn by the page's number: always the same, and no two pages alike."""
    draw = random.Random(number)
    lines = draw.sample(SENTENCES, 14) + draw.sample(SENTENCES, 6)
    said = [
        line.format(
            body=draw.choice(BODIES),
            other=draw.choice(BODIES).replace("The ", "the "),
            person=draw.choice(PEOPLE),
            day=draw.choice(DAYS),
            few=draw.choice([4, 5, 6, 7]),
            some=draw.choice([19, 23, 30]),
            many=draw.choice([400, 650, 900]),
            money=draw.choice([12, 15]),
        )
        for line in lines
    ]
    return "\n\n".join(said)


@pytest.fixture(scope="session")
def forty() -> Report:
    """A report on forty pages of one invented story."""
    pages = [
        rashomon.read_page(
            f"<p>made up {number}</p>".encode(),
            address=f"https://paper{number}.example/marlet/silo-fire?page={number}&from=front",
            known={
                "title": f"Silo fire in Marlet harbour, account {number}",
                "source": f"The Paper No. {number}" if number % 7 else None,
                "published": f"2026-06-{1 + number // 3:02}" if number % 5 else None,
                "language": "en",
                "text": _text(number),
            },
        )
        for number in range(1, 41)
    ]
    return rashomon.report(pages)


@pytest.fixture(scope="session")
def forty_file(forty: Report, written: Callable[[Report], Path]) -> Path:
    return written(forty)


def test_it_is_made_fast(forty: Report, examples_file: Path) -> None:
    """Under three seconds of one core once the claims are there; libraries are loaded by the first report."""
    from rashomon.reports.html import render

    before = time.process_time()
    render(forty)
    assert time.process_time() - before < 3


def test_it_is_not_heavy(forty_file: Path) -> None:
    assert forty_file.stat().st_size < 5_000_000


def test_it_is_the_same_each_time(forty: Report, forty_file: Path) -> None:
    from rashomon.reports.html import render

    assert render(forty) == forty_file.read_text(encoding="utf-8")


@pytest.mark.parametrize("width", [390, 1440])
def test_it_opens_at_once(visit: Visit, forty_file: Path, width: int) -> None:
    """Loaded within three seconds, no wider than the window, and most of it folded away."""
    tab = visit(forty_file, width)
    loaded = tab.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd")
    assert 0 < loaded < 3000
    assert tab.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    shown, whole = tab.evaluate(
        "[document.querySelector('main').innerText.length, document.querySelector('main').textContent.length]"
    )
    assert shown < whole / 2


def test_no_list_is_endless(visit: Visit, forty_file: Path) -> None:
    """What stands open of any list is what one takes in; the rest is folded, and its fold says how much there is."""
    tab = visit(forty_file)
    long = tab.evaluate(
        """() => [...document.querySelectorAll('main :is(ul, ol, dl, tbody)')].filter(e => e.checkVisibility())
          .map(e => [[...e.children].filter(c => c.checkVisibility()).length, e.outerHTML.slice(0, 100)])
          .filter(([n]) => n > 45)"""
    )
    assert not long
    assert (
        tab.evaluate("[...document.querySelectorAll('main summary')].filter(s => /\\d/.test(s.innerText)).length") > 0
    )


MATRIX = "main table:has(thead):has(tbody th)"


@pytest.mark.parametrize("width", [390, 820, 1440])
def test_the_headings_of_the_matrix_stay(visit: Visit, forty_file: Path, width: int) -> None:
    """Scrolled sideways and down within its region, the sources stay above and the points stay left."""
    tab = visit(forty_file, width)
    table = tab.locator(MATRIX).first
    table.scroll_into_view_if_needed()
    moved = table.evaluate(
        """async table => {
          let region = table.parentElement;
          while (!['auto', 'scroll'].includes(getComputedStyle(region).overflowX)) region = region.parentElement;
          region.scrollIntoView({block: 'start'});
          const frame = region.getBoundingClientRect();
          const at = () => ({ head: table.querySelector('thead th:last-child').getBoundingClientRect(),
            side: table.querySelector('tbody th').getBoundingClientRect() });
          const cell = table.querySelector('tbody td').getBoundingClientRect();
          const before = at();
          region.scrollLeft = 200; region.scrollTop = 150;
          await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
          const after = at();
          return { left: region.scrollLeft, top: region.scrollTop,
            room: [region.scrollWidth - region.clientWidth, region.scrollHeight - region.clientHeight],
            side: [before.side.left, after.side.left], head: [before.head.top, after.head.top],
            wide: before.side.width / frame.width, frame: [frame.top, frame.height] };
        }"""
    )
    assert moved["room"][0] > 200, "forty sources are wider than the window"
    assert moved["left"] == 200
    assert moved["side"][0] == pytest.approx(moved["side"][1], abs=1.5)
    assert moved["wide"] < 0.6, "the headings leave room for what they head"
    if moved["room"][1] > 0:
        assert moved["head"][0] == pytest.approx(moved["head"][1], abs=1.5)
    else:
        pytest.fail("forty pages make more rows than fit: the matrix should scroll by itself, or its headings are lost")


def test_every_source_has_its_column(visit: Visit, forty: Report, forty_file: Path) -> None:
    tab = visit(forty_file)
    heads = tab.locator(MATRIX).first.locator("thead th")
    assert heads.count() >= len(forty.pages)
