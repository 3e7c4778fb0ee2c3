"""Which days a page names as past; the sentences are made up (tests/cases/stories/told_when.tsv)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rashomon.model import Dated, Page, Time
from rashomon.stories.told_when import Named, is_ahead, is_past, named, nearest, weekday
from rashomon.stories.words import rows

LINES = (Path(__file__).parents[1] / "cases" / "stories" / "told_when.tsv").read_text("utf-8").splitlines()
CASES = [line.split("\t") for line in LINES if line and not line.startswith("#")][1:]


def made(sentence: str, value: str = "XXXX-WXX-5") -> tuple[str, Time]:
    before, rest = sentence.split("[[")
    exact, after = rest.split("]]")
    return before + exact + after, Time(len(before), len(before) + len(exact), exact, "DATE", value, "vague")


@pytest.mark.parametrize(("sentence", "way", "why"), CASES, ids=[case[0] for case in CASES])
def test_the_words_beside_a_day_say_whether_it_is_past(sentence: str, way: str, why: str) -> None:
    text, time = made(sentence)
    assert is_past(text, time) is (way == "past"), why
    if not time.exact.startswith("Friday"):
        assert is_ahead(text, time) is (way == "ahead"), why


@pytest.mark.parametrize("row", rows("told_when"), ids=[row[0] for row in rows("told_when")])
def test_every_row_of_the_table_holds_in_its_example(row: tuple[str, ...]) -> None:
    word, way, example = row
    assert word in example.casefold().replace("’", "'")
    text, time = made(example.replace("Friday", "[[Friday]]", 1))
    assert is_past(text, time) is (way == "past")


def test_no_word_stands_twice_in_the_table() -> None:
    words = [row[0] for row in rows("told_when")]
    assert len(words) == len(set(words))


def test_a_page_names_each_day_once() -> None:
    parts = [
        made("The mayor resigned [[Friday]]. "),
        made("She spoke [[late Friday]]. ", "XXXX-WXX-5TNI"),
        made("A vote was held [[last Friday]]. "),
        made("A court will sit on [[May 2, 2031]]. ", "2031-05-02"),
        made("It heard her [[the following day]]. ", "2031-05-03"),
        made("She resigned [[at 3 p.m.]]. ", "2031-05-03T15:00"),
    ]
    text, times = "", []
    for words, time in parts:
        times.append(Time(len(text) + time.start, len(text) + time.end, time.exact, "DATE", time.value, "vague"))
        text += words
    page = Page(id="p", address="p", text=text, published=Dated(None, "unknown", ""), times=tuple(times))
    assert named(page) == [Named("XXXX-WXX-5", "Friday"), Named("2031-05-02", "May 2, 2031", ahead=True)]


@pytest.mark.parametrize(
    ("value", "ahead", "age"),
    [
        ("XXXX-WXX-5", False, 0),
        ("XXXX-WXX-4", False, 1),
        ("XXXX-WXX-7", False, 5),
        ("XXXX-WXX-6", False, -1),
        ("2031-05-01", False, 1),
        ("2031-05-04", False, -2),
        ("XXXX-05-20", False, -18),
        ("XXXX-11-18", False, 165),
        ("XXXX-04-30", True, 2),
        ("XXXX-02-30", False, 0),
    ],
)
def test_how_old_a_day_is_on_a_friday(value: str, ahead: bool, age: int) -> None:
    assert Named(value, "", ahead).age(date(2031, 5, 2)) == age


def test_a_month_without_a_year_is_the_nearest() -> None:
    assert nearest("XXXX-11", date(2031, 2, 1)) == date(2030, 11, 15)
    assert nearest("XXXX-03-04", date(2031, 2, 1)) == date(2031, 3, 4)
    assert nearest("2031-03-04", date(2031, 2, 1)) is None
    assert nearest("XXXX-02-30", date(2031, 2, 1)) is None


def test_a_turned_weekday_is_none() -> None:
    assert weekday("XXXX-WXX-5", "on Friday") == 5
    assert weekday("XXXX-WXX-5", "last Friday") is None
    assert weekday(None, "soon") is None


@settings(deadline=None)
@given(st.text(alphabet=" ,.\nFridaysaidwlon\"'", max_size=300), st.integers(0, 300), st.integers(0, 9))
def test_nothing_that_a_page_holds_is_too_much(text: str, start: int, length: int) -> None:
    start = min(start, len(text))
    end = min(start + length, len(text))
    time = Time(start, end, text[start:end], "DATE", "XXXX-WXX-5", "vague")
    assert is_past(text, time) in (True, False)
    assert is_ahead(text, time) in (True, False)
