"""Dates, authors, languages, kinds and labels, by table."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gold.cases import cases
from rashomon.model import Edit
from rashomon.pages import authors, dates
from rashomon.pages.authors import alone, people
from rashomon.pages.describe import language, page_kind
from rashomon.pages.labels import read as read_labels
from rashomon.pages.lines import units
from rashomon.pages.plans import compose
from rashomon.pages.tables import either, rows
from rashomon.spans import apply

CASES = Path(__file__).parents[1] / "cases/pages"


@pytest.mark.parametrize("case", cases(CASES / "dates.tsv"), ids=lambda case: case["written"])
def test_dates(case: dict[str, str]) -> None:
    found = dates.parse(case["written"])
    assert (found.value if found else "") == case["value"], case["reason"]


@pytest.mark.parametrize("row", rows("months"), ids=lambda row: row["name"])
def test_each_month_is_read(row: dict[str, str]) -> None:
    found = dates.parse(row["example"])
    assert found is not None
    assert found.value == f"2024-{int(row['month']):02}-03"


DIGITS = st.text("0123456789٣۳३²1-/. :TZ+年月日ตค. OctMehr مهر", max_size=24)


@given(DIGITS | st.text(max_size=40), st.sampled_from([None, "dmy", "mdy", "solar"]))
def test_any_text_is_a_date_or_none(text: str, order: str | None) -> None:
    found = dates.parse(text, order)
    assert found is None or (0 <= found.start < found.end <= len(text) and re.match(r"\d{4}-\d\d", found.value))
    stated = dates.stated(text, "a field", order)
    assert stated is None or stated.value
    dates.alone(text, order)
    dates.changed(text, order)


@pytest.mark.parametrize("row", rows("calendars"), ids=lambda row: row["name"])
def test_each_month_and_era_of_other_calendars_is_read(row: dict[str, str]) -> None:
    found = dates.parse(row["example"])
    assert found is not None
    assert (found.start, found.end) == (0, len(row["example"]))
    if row["calendar"] == "buddhist":
        assert found.value == f"2024-{int(row['month']):02}-03"


@given(st.lists(st.text("abA.|", max_size=4), min_size=1, max_size=8), st.text("abA.|", max_size=8))
def test_a_pattern_of_words_finds_the_longest(words: list[str], text: str) -> None:
    found = re.compile(either(words)).match(text)
    longest = max((word for word in words if text.startswith(word)), key=len, default=None)
    assert (found[0] if found else None) == longest


@pytest.mark.parametrize("case", cases(CASES / "authors.tsv"), ids=lambda case: case["written"])
def test_authors(case: dict[str, str]) -> None:
    assert "; ".join(people([case["written"]], case["source"] or None)) == case["people"], case["reason"]


@pytest.mark.parametrize("case", cases(CASES / "alone.tsv"), ids=lambda case: case["line"])
def test_who_signs_without_a_word_for_it(case: dict[str, str]) -> None:
    assert "; ".join(alone(case["line"])) == case["people"], case["reason"]


@pytest.mark.parametrize("row", rows("named_after"), ids=lambda row: row["word"])
def test_a_line_that_names_a_place_or_a_paper_is_no_byline(row: dict[str, str]) -> None:
    assert alone("Charlotte Harlan") == ("Charlotte Harlan",)
    assert alone(row["example"]) == ()
    assert alone(f"Charlotte {row['word'].capitalize()}") == ()


@pytest.mark.parametrize("row", rows("not_names"), ids=lambda row: row["word"])
def test_no_office_is_a_person(row: dict[str, str]) -> None:
    assert people([row["example"]]) == ()


@pytest.mark.parametrize("row", rows("labels"), ids=lambda row: row["label"])
def test_each_label_is_read_on_a_line_of_its_own(row: dict[str, str]) -> None:
    _, kinds = read_labels(units(row["label"].title() + "\n"))
    assert kinds == ["label"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The harbour bridge was shut on Tuesday after engineers found cracks.", "en"),
        ("Die Brücke am Hafen wurde am Dienstag geschlossen, weil Risse entdeckt wurden.", "de"),
        ("Le pont du port a été fermé mardi après la découverte de fissures.", "fr"),
        ("Hm.", None),
    ],
)
def test_languages(text: str, code: str | None) -> None:
    assert language(text) == code


def test_kinds_of_pages() -> None:
    for row in rows("kinds"):
        given_ = {"type": "", "section": None, "title": None, "address": None, row["in"]: row["example"]}
        found = page_kind("x", given_["title"], given_["section"], (str(given_["type"]),), given_["address"])
        assert found == row["kind"], row["example"]


@st.composite
def _plans(draw: st.DrawFn, length: int) -> tuple[Edit, ...]:
    cuts = sorted(draw(st.lists(st.integers(0, length), max_size=8)))
    texts = st.text(alphabet="xyz", max_size=3)
    return tuple(Edit(cuts[at], cuts[at + 1], draw(texts)) for at in range(0, len(cuts) - 1, 2))


@given(st.text(alphabet="abcdef", max_size=25), st.data())
def test_a_composed_plan_does_what_its_steps_do(raw: str, data: st.DataObject) -> None:
    first = data.draw(_plans(len(raw)))
    middle = apply(first, raw)
    second = data.draw(_plans(len(middle)))
    assert apply(compose(first, second, middle), raw) == apply(second, middle)


@pytest.mark.parametrize("row", rows("function_words"), ids=lambda row: row["language"])
def test_each_language_is_told_by_its_example(row: dict[str, str]) -> None:
    assert language(row["example"]) == row["language"]


@pytest.mark.parametrize("row", rows("scripts"), ids=lambda row: row["language"])
def test_each_language_is_told_by_its_script(row: dict[str, str]) -> None:
    assert language(row["example"]) == row["language"]
    assert language(f"{row['example']} (Orvik, 3.5 km)") == row["language"]


def test_a_few_words_in_another_script_change_nothing() -> None:
    text = "The harbour bridge was shut on Tuesday after engineers found cracks in it, and the sign reads 港口周二关闭."
    assert language(text) == "en"
    assert language("港口周二关闭，市长说修理需要三个月的时间，の") == "zh"


def test_long_names_are_compared_but_not_remembered() -> None:
    before = authors._key.cache_info().currsize
    assert authors.key("Harbour-" * 1000) == "harbour" * 1000
    assert authors._key.cache_info().currsize == before
