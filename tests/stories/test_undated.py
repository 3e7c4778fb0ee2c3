"""Undated pages are placed by what they share with dated ones, as intervals; all pages and claims are made up."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from rashomon.model import Claim, Dated, Event, Page, Span, Speaker, Time, When
from rashomon.stories.undated import place

CASES = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "cases" / "stories" / "undated.jsonl").read_text("utf-8").splitlines()
]


def made_page(key: str, published: str | None, **known: Any) -> Page:
    dated = Dated(
        published, "stated" if published else "unknown", "Read from the page." if published else "None named."
    )
    fields: dict[str, Any] = {
        "id": key,
        "address": key,
        "title": f"Page {key}",
        "published": dated,
        "text": key,
    } | known
    return Page(**fields)


def made_claim(number: int, row: list[Any]) -> Claim:
    page, words, value, basis, exact, *status = row
    span = Span(0, len(words), words)
    return Claim(
        id=f"c{number}", page=page, saying=f"c{number}", span=span, cue=None, content=(span,),
        speaker=Speaker("", None, None, None, None, "source"), event=Event("RETREAT", None, None),
        when=When(value, basis, exact) if exact else None, status=status[0] if status else "asserted",
    )  # fmt: skip


def made(case: dict[str, Any]) -> tuple[list[Page], list[Claim]]:
    """The case's pages, their texts and times those of its claims and of what else it has them say; and the claims."""
    told: dict[str, list[tuple[str, str, str, str]]] = {key: [] for key in (*case["dated"], "u")}
    for page, words, value, basis, exact, *_ in case["claims"]:
        told[page].append((f"{words}.", value, basis, (exact or "").removeprefix("on ")))
    for page, words, value, exact in case.get("said", ()):
        told[page].append((words, value, "vague", exact))
    pages = []
    for key, rows in told.items():
        text, times = "", []
        for words, value, basis, exact in rows:
            if value:
                start = len(text) + words.index(exact)
                times.append(Time(start, start + len(exact), exact, "DATE", value, basis))  # type: ignore[arg-type]
            text += f"{words}\n\n"
        known = case.get("undated", {}) if key == "u" else {"captured": case.get("captured", {}).get(key)}
        copied = {"copy_of": case["copies"][key]} if key in case.get("copies", {}) else {}
        pages.append(made_page(key, case["dated"].get(key), text=text or "word", times=tuple(times), **known, **copied))
    return pages, [made_claim(number, row) for number, row in enumerate(case["claims"])]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_page_is_placed_where_what_it_shares_bounds_it(case: dict[str, Any]) -> None:
    found = place(*made(case)).get("u")
    if case["why"] is None:
        assert found is None
        return
    assert found is not None
    assert (found.value, found.basis) == (case["value"], "inferred" if case["value"] else "unknown")
    assert case["why"] in found.why


@settings(deadline=None)
@given(st.data())
def test_the_order_of_pages_and_claims_decides_nothing(data: st.DataObject) -> None:
    pages, claims = made(data.draw(st.sampled_from(CASES)))
    turned = data.draw(st.permutations(pages)), data.draw(st.permutations(claims))
    one, two = place(pages, claims), place(*turned)
    assert {key: found.value for key, found in one.items()} == {key: found.value for key, found in two.items()}


DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()


def telling(key: str, published: date | None, days: list[date]) -> Page:
    """A page that tells of days by their weekdays, as news does."""
    text, times = "", []
    for day in days:
        name = DAYS[day.weekday()]
        start = len(text) + len("The harbour was shut on ")
        value = day.isoformat() if published else f"XXXX-WXX-{day.isoweekday()}"
        times.append(Time(start, start + len(name), name, "DATE", value, "resolved" if published else "vague"))
        text += f"The harbour was shut on {name}.\n\n"
    return made_page(key, published.isoformat() if published else None, text=text, times=tuple(times))


@settings(deadline=None)
@given(st.dates(date(1990, 1, 1), date(2060, 1, 1)), st.sets(st.integers(0, 5), min_size=1), st.data())
def test_a_page_that_names_days_as_news_does_is_placed_about_its_date(
    published: date, ages: set[int], data: st.DataObject
) -> None:
    days = [published - timedelta(age) for age in sorted(ages)]
    known = data.draw(st.lists(st.sampled_from(days), min_size=1, unique=True))
    others = [telling(key, max(known) + timedelta(data.draw(st.integers(0, 3))), known) for key in "ab"]
    found = place([*others, telling("u", None, days)], [])["u"]
    first, last = (date.fromisoformat(each) for each in (found.value or "").split("/"))
    assert first <= published <= last <= first + timedelta(8)
    assert found.basis == "inferred"


@settings(deadline=None)
@given(st.data())
def test_whatever_pages_tell_an_interval_is_one(data: st.DataObject) -> None:
    some = st.lists(st.dates(), max_size=5, unique=True)
    dated = [telling(key, data.draw(st.dates()), data.draw(some)) for key in "abc"]
    captured = data.draw(st.none() | st.dates().map(date.isoformat))
    bare = replace(telling("u", None, data.draw(some)), captured=captured)
    found = place([*dated, bare], [])["u"]
    if found.value is None:
        assert found.basis == "unknown"
    else:
        first, last = found.value.split("/")
        # Of a year that no page is of, a capture bounds nothing.
        assert first <= last <= (captured if captured and captured >= "1000" else last)
    assert found.why.endswith(".")
