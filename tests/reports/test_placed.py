"""A report places its undated pages: as an interval, inferred, with the reason; all pages are made up."""

from __future__ import annotations

from typing import Any

import pytest

import rashomon
from rashomon.formats.export import write_json
from rashomon.model import Page, Report
from rashomon.pages import Capture, gather
from rashomon.reports import markdown, terminal
from rashomon.reports.html.page import render as render_html
from rashomon.run import read_capture

TOLD = {
    "one": ("2031-04-29", "The ferry Halcyon ran aground off Tarn Point on Monday with sixty people aboard. "
            "Coastguards brought all sixty passengers ashore. Harbour master Mirela Dostal closed the channel."),
    "two": ("2031-04-30", "Sixty passengers were brought ashore after the ferry Halcyon ran aground off Tarn Point on "
            "Monday. Divers will look at the hull, said Mirela Dostal, the harbour master."),
    "three": ("2031-05-02", "The owner of the ferry Halcyon, which ran aground off Tarn Point on Monday, blamed the "
              "fog. Mirela Dostal said that the channel was open again."),
    "four": (None, "The Halcyon, a ferry with sixty passengers aboard, ran aground off Tarn Point late on Monday. "
             "The coastguards took them ashore. On Tuesday, harbour master Mirela Dostal asked for patience. The "
             "ferry had left Varn on Sunday."),
}  # fmt: skip
PLACED = "2031-04-29/2031-05-04"


def read(key: str, **more: Any) -> Page:
    date, text = TOLD[key]
    return rashomon.read_page(
        text, f"{key}.txt", {"text": text, "title": f"Ferry aground: {key}", "published": date, **more}
    )


def page_of(report: Report, key: str) -> Page:
    return next(page for page in report.pages if page.address == f"{key}.txt")


@pytest.fixture(scope="module")
def told() -> Report:
    return rashomon.report([read(key) for key in TOLD])


def test_the_page_has_an_interval_with_its_reason(told: Report) -> None:
    published = page_of(told, "four").published
    assert (published.value, published.basis) == (PLACED, "inferred")
    assert "“Monday” is 2031-04-28 on all 3 dated pages" in published.why or "late on Monday" in published.why
    assert "it tells of “Tuesday” as past, which is 2031-04-29" in published.why


def test_nothing_else_is_dated_by_it(told: Report) -> None:
    page = page_of(told, "four")
    values = {time.value for time in page.times if time.type == "DATE"}
    assert values
    assert all(str(value).startswith("XXXX") for value in values)
    when = [claim.when for claim in told.claims if claim.page == page.id and claim.when]
    assert when
    assert all(str(each.value).startswith("XXXX") for each in when)
    assert told.as_of == "2031-05-02"
    assert [(story.first, story.last) for story in told.stories] == [("2031-04-29", "2031-05-02")]


def test_the_gap_is_said_once(told: Report) -> None:
    page = page_of(told, "four")
    assert [gap.what for gap in told.gaps if gap.page == page.id].count("publication date") == 1


def test_an_undated_page_that_nothing_places_says_so_once() -> None:
    text = (
        "The ferry Halcyon ran aground off Tarn Point with sixty passengers aboard. Mirela Dostal closed the channel."
    )
    bare = rashomon.read_page(text, "five.txt", {"text": text, "title": "Ferry Halcyon aground off Tarn Point"})
    report = rashomon.report([*(read(key) for key in ("one", "two", "three")), bare])
    assert len(report.stories) == 1
    page = page_of(report, "five")
    assert (page.published.value, page.published.basis) == (None, "unknown")
    [gap] = [gap for gap in report.gaps if gap.page == page.id and gap.what == "publication date"]
    assert "Nothing that it shares with dated pages of its story bounds when it was published." in gap.why
    assert gap.why == page.published.why


def test_where_no_page_has_a_date_none_is_placed() -> None:
    report = rashomon.report([read(key, published=None) for key in TOLD])
    assert {page.published.value for page in report.pages} == {None}
    gaps = [gap for gap in report.gaps if gap.what == "publication date"]
    assert len(gaps) == len(report.pages)


def test_a_stated_date_wins() -> None:
    pages = [read("one"), read("two"), read("three"), read("four", published="2031-06-11")]
    published = page_of(rashomon.report(pages), "four").published
    assert (published.value, published.basis) == ("2031-06-11", "stated")


def test_the_order_of_the_pages_does_not_place_them(told: Report) -> None:
    turned = rashomon.report([read(key) for key in reversed(TOLD)])
    assert page_of(turned, "four").published.value == PLACED


def test_reports_show_that_the_date_is_inferred_and_from_what(told: Report) -> None:
    for shown in (terminal.render(told, width=400, colour=False), markdown.render(told)):
        assert "2031-04-29–2031-05-04 (inferred)" in shown
        assert "Inferred from the story's dated pages: " in shown
    page = render_html(told)
    assert "2031-04-29–2031-05-04 (inferred)" in page
    assert "2031-04-29–2031-05-04 · Inferred from the story" in page


def test_a_report_read_again_places_the_page_anew(told: Report, tmp_path: Any) -> None:
    file = tmp_path / "report.json"
    file.write_bytes(write_json(told))
    captures = [capture for capture in gather([str(file)]) if isinstance(capture, Capture)]
    again = rashomon.report([read_capture(capture) for capture in captures])
    assert page_of(again, "four").published == page_of(told, "four").published
    assert page_of(again, "four").times == page_of(told, "four").times
    [alone] = [capture for capture in captures if capture.address == "four.txt"]
    page = read_capture(alone)
    assert (page.published.value, [gap.what for gap in page.gaps].count("publication date")) == (None, 1)
