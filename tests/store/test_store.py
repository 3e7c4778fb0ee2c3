"""What every store does, on SQLite and on PostgreSQL."""

from __future__ import annotations

import time
from typing import Any

import pytest

import rashomon
from rashomon import run
from rashomon.pages import Capture
from rashomon.store import Asked, Store

FIRST = "Mayor Nadia Orsini said the bridge would reopen on Friday.\n\nAt least 12 people were injured in Tarn."
SECOND = "Police denied that officers had closed the bridge.\n\nSome 300 people left Tarn on Monday."
OTHER = "The central bank of Ilder raised its rate to 4 percent.\n\nGovernor Tomas Reyl said prices would fall by May."


def page(text: str, address: str, published: str = "2026-03-04", title: str = "The bridge at Tarn") -> rashomon.Page:
    known = {"text": text, "title": title, "published": published, "source": f"The {address} Herald"}
    return rashomon.read_page(text, address, known)


def html(*paragraphs: str, title: str = "The bridge at Tarn", published: str = "2026-03-04") -> bytes:
    body = "".join(f"<p>{each}</p>" for each in paragraphs)
    head = f'<title>{title}</title><meta property="article:published_time" content="{published}">'
    article = f"<article><h1>{title}</h1>{body}</article>"
    return f"<!doctype html><html><head>{head}</head><body>{article}</body></html>".encode()


def add(store: Store, address: str, raw: bytes) -> bool:
    capture = Capture(address, raw)
    return store.add(run.read_capture(capture), capture)


def test_the_same_capture_is_kept_once(url: str) -> None:
    with rashomon.open_store(url) as store:
        assert store.add(page(FIRST, "a"))
        assert not store.add(page(FIRST, "a"))
        assert store.add_all([page(FIRST, "a"), page(SECOND, "b"), page(SECOND, "b")]) == 1
        assert [each.address for each in store.pages()] == ["a", "b"]


def test_what_was_kept_is_what_was_read(url: str) -> None:
    first = page(FIRST, "a")
    with rashomon.open_store(url) as store:
        store.add(first)
    with rashomon.open_store(url) as store:
        (kept,) = store.pages()
        assert rashomon.to_json(kept) == rashomon.to_json(first)
        assert store.claims(first.id) == next(rashomon.extract_claims([first]))
        assert store.claims("no such page") == []


def test_the_report_of_the_store_is_the_report_of_its_pages(url: str) -> None:
    pages = [page(FIRST, "a"), page(SECOND, "b"), page(OTHER, "c", title="Bank raises rate")]
    with rashomon.open_store(url) as store:
        store.add_all(pages)
        assert rashomon.to_json(store.report()) == rashomon.to_json(rashomon.report(pages))
        assert [len(each.sources) for each in store.stories()] == [2, 1]


def test_the_bytes_are_kept_and_once_for_equal_ones(url: str) -> None:
    raw = html(FIRST, SECOND)
    with rashomon.open_store(url) as store:
        assert add(store, "https://tarn.example/a", raw)
        assert add(store, "https://ilder.example/a", raw)
        assert [store.capture(each.id) for each in store.pages()] == [raw, raw]
        with store.database.read() as link:
            assert link.exec_driver_sql("SELECT count(*) FROM captures").scalar() == 1


def test_an_address_is_one_however_it_is_written(url: str) -> None:
    raw = html(FIRST)
    with rashomon.open_store(url) as store:
        assert add(store, "https://www.tarn.example/a?utm_source=feed#top", raw)
        assert not add(store, "http://tarn.example/a", raw)


def test_a_changed_page_is_a_capture_that_names_the_old_one_and_takes_its_place(url: str) -> None:
    address = "https://tarn.example/a"
    with rashomon.open_store(url) as store:
        add(store, address, html("Police said that 12 people were injured in Tarn.", "The road is closed."))
        add(store, address, html("Police said that 15 people were injured in Tarn.", "The road is open again."))
        assert len(store.pages()) == 2
        (story,) = store.report().stories
        assert story.pages == (store.pages()[1].id,)
        (change,) = store.changes(address)
        assert (change.before, change.after) == tuple(each.id for each in store.pages())
        first, *rest = change.changes
        assert (first.what, first.how) == ("claim", "reworded")
        assert first.before is not None
        assert "12 people" in first.before
        assert first.after is not None
        assert "15 people" in first.after
        assert all(each.what == "text" or each.what == "claim" for each in rest)
        with pytest.raises(rashomon.UsageError, match="no page"):
            store.changes("https://tarn.example/nothing")


def test_an_earlier_time_has_the_pages_of_that_time(url: str) -> None:
    with rashomon.open_store(url) as store:
        store.add_all([page(FIRST, "a", "2026-03-04"), page(SECOND, "b", "2026-03-06")])
        assert len(store.report(as_of="2026-03-05").pages) == 1
        assert len(store.report(as_of="2026-03").pages) == 2
        assert store.report(as_of="2026-03-01").pages == ()
        assert [each.pages for each in store.stories(as_of="2026-03-05")] == [1]
        story = store.stories()[0].id
        assert store.report(story[:8], "2026-03-05").stories[0].id == story
        with pytest.raises(rashomon.UsageError, match="no page by"):
            store.report(story, "2020")
        with pytest.raises(rashomon.UsageError, match="is no time"):
            store.report(as_of="yesterday")
        with pytest.raises(rashomon.UsageError, match="no story"):
            store.report("nothing")


def test_each_version_of_a_verdict_is_kept_with_its_time(url: str) -> None:
    clock = iter(range(1_000_000, 2_000_000))
    with Store(url, clock=lambda: float(next(clock))) as store:
        store.add(page("Police said that 12 people were injured in Tarn on Monday.", "a", "2026-03-04"))
        store.add(page("Police said that 15 people were injured in Tarn on Monday.", "b", "2026-03-05"))
        store.add(page("Doctors said that 12 people were injured in Tarn on Monday.", "c", "2026-03-06"))
        points = store.points(store.stories()[0].id)
        moved = next(key for key, each in points.items() if each.kind == "number" and each.pages == 3)
        versions = store.history(moved)
        assert [each.now.verdict for each in versions] == ["single", "updated", "disputed"]
        assert [each.before and each.before.verdict for each in versions] == [None, "single", "updated"]
        assert sorted(each.made for each in versions) == [each.made for each in versions]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"words": "bridge"}, {"a", "b"}),
        ({"words": "injure"}, {"a"}),
        ({"words": '"reopen on Friday"'}, {"a"}),
        ({"words": "bridge -police"}, {"a"}),
        ({"words": "brid* clos*"}, {"b"}),
        ({"words": "nothing of this"}, set()),
        ({"words": "' OR 1=1 -- \" *"}, set()),
        ({"speaker": "orsini"}, {"a"}),
        ({"speaker": "Nadia Orsini", "words": "bridge"}, {"a"}),
        ({"status": "denied"}, {"b"}),
        ({"source": "c herald"}, {"c"}),
        ({"since": "2026-03-05"}, {"c"}),
        ({"until": "2026-03-04", "words": "bridge"}, {"a", "b"}),
        ({"words": "bridge", "since": "2026-03-05"}, set()),
    ],
)
def test_search_finds_claims_and_pages(url: str, asked: dict[str, Any], found: set[str]) -> None:
    with rashomon.open_store(url) as store:
        store.add_all([page(FIRST, "a"), page(SECOND, "b"), page(OTHER, "c", "2026-03-09", "Bank raises rate")])
        assert {each.address for each in store.search(Asked(**asked))} == found


def test_what_is_searched_for_must_be_said(url: str) -> None:
    with rashomon.open_store(url) as store:
        for asked, words in (
            (Asked(), "Say what"),
            (Asked(words="-bridge"), "not only"),
            (Asked(status="lied"), "no status"),
            (Asked(words="a", since="soon"), "is no time"),
        ):
            with pytest.raises(rashomon.UsageError, match=words):
                store.search(asked)


def test_text_that_a_database_cannot_hold_is_kept_all_the_same(url: str) -> None:
    strange = page("Police said\0 that 12 people \ud800 were injured in Tarn.", "a\0b", title="Tarn\0 \udfff")
    with rashomon.open_store(url) as store:
        assert store.add(strange)
        assert store.search(Asked(words="injured"))
        assert store.pages()[0].text.startswith("Police said\0 that")


def test_pages_join_the_stories_that_a_stream_in_memory_would_give(url: str) -> None:
    towns = ["Tarn", "Ormsk", "Ilder", "Norvane", "Selwyn"]
    people = ["Nadia Orsini", "Tomas Reyl", "Rosa Veld", "Ada Holm", "Karel Brandt"]
    pages = []
    for at in range(30):
        town, name = towns[at % 5], people[at % 5]
        text = (
            f"{name}, who leads the rescue in {town}, said on day {at} that {20 + at % 5} people were trapped in "
            f"the {town} mine. The mine at {town} belongs to the {town} Coal Company, said {name}."
        )
        pages.append(page(text, f"p{at}", f"2026-03-{1 + at // 5:02}", f"Mine accident at {town}, day {at // 5}"))
    stream = rashomon.open_stream()
    for each in pages:
        stream.add(each)
    with rashomon.open_store(url) as store:
        store.add_all(pages)
        mine = {(each.id, each.pages, each.why) for each in store.report().stories}
        assert mine == {(each.id, each.pages, each.why) for each in stream.stories}


def test_the_time_is_asked_of_the_clock_alone(url: str) -> None:
    now = time.time()
    with Store(url, clock=lambda: 1_000_000.0) as store:
        store.add(page(FIRST, "a"))
        with store.database.read() as link:
            assert link.exec_driver_sql("SELECT added FROM pages").scalar() == 1_000_000.0
    assert now > 1_000_000
