"""In a store an undated page is placed in the report, never on the page itself; all pages are made up."""

from __future__ import annotations

from datetime import UTC, datetime

import rashomon
from rashomon.model import Page, Report

TOLD = {
    "one": ("2024-04-30", "The ferry Halcyon ran aground off Tarn Point on Monday with sixty people aboard. "
            "Coastguards brought all sixty passengers ashore. Harbour master Mirela Dostal closed the channel."),
    "two": ("2024-05-01", "Sixty passengers were brought ashore after the ferry Halcyon ran aground off Tarn Point on "
            "Monday. Divers will look at the hull, said Mirela Dostal, the harbour master."),
    "bare": (None, "The ferry Halcyon lies off Tarn Point, a hole in its hull. On Monday, the town hall stayed lit. "
             "Mirela Dostal, the harbour master, asked for patience."),
}  # fmt: skip


def read(key: str, **more: str) -> Page:
    date, text = TOLD[key]
    known = {"text": text, "title": f"Ferry aground: {key}", "published": date, **more}
    return rashomon.read_page(text, f"{key}.txt", known)


def bare(report: Report) -> Page:
    return next(page for page in report.pages if page.address == "bare.txt")


def test_a_page_is_placed_once_the_pages_that_place_it_have_come(url: str) -> None:
    with rashomon.open_store(url) as store:
        store.add_all([read("bare"), read("one")])
        before = bare(store.report())
        assert before.published.value is None
        store.add(read("two"))
        after = bare(store.report())
        assert (after.published.value, after.published.basis) == ("2024-04-29/2024-05-04", "inferred")
        assert rashomon.to_json(store.report().pages[0].times) == rashomon.to_json(before.times)


def test_the_stored_page_keeps_what_it_says_of_itself(url: str) -> None:
    pages = [read(key) for key in TOLD]
    with rashomon.open_store(url) as store:
        store.add_all(pages)
        assert bare(store.report()).published.basis == "inferred"
        (kept,) = [page for page in store.pages() if page.address == "bare.txt"]
        assert rashomon.to_json(kept) == rashomon.to_json(pages[-1])
        (heading,) = store.stories()
        assert (heading.first, heading.last) == ("2024-04-30", "2024-05-01")
        assert rashomon.to_json(store.report()) == rashomon.to_json(rashomon.report(pages))


def test_as_it_stood_the_page_is_not_placed_by_what_came_later(url: str) -> None:
    with rashomon.open_store(url) as store:
        store.add_all([read("one"), read("two"), read("bare", captured="2024-05-01T06:00:00+00:00")])
        early, late = (bare(store.report(as_of=day)).published for day in ("2024-05-01T07:00", "2024-05-02"))
        assert (early.value, early.basis) == (None, "unknown")
        assert late.value == "2024-04-29/2024-05-01"
        assert "captured on 2024-05-01" in late.why


def test_no_verdict_is_of_the_time_that_was_inferred(url: str) -> None:
    with rashomon.open_store(url) as store:
        store.add_all([read(key) for key in TOLD])
        (story,) = store.report().stories
        moments = {version.moment for point in store.points(story.id) for version in store.history(point)}
        assert max(moments) == datetime(2024, 5, 2, tzinfo=UTC).timestamp() - 1
