"""Time expressions: the cases of a data file, the examples of the patterns, and what holds of any text."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rashomon.claims import tables, times
from rashomon.model import Dated
from rashomon.reader import parse_one

CASES = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "cases/claims/times.jsonl").read_text(encoding="utf-8").splitlines()
]
DAY = Dated("2024-10-22", "stated", "Made up.")
NEVER = Dated(None, "unknown", "Made up.")
PIECES = [
    "last",
    "Friday",
    "March",
    "21",
    ",",
    "2019",
    "-",
    "6 p.m.",
    "the",
    "next",
    "three",
    "days",
    "ago",
    "in",
    "\n\n",
]


def dated(value: str | None) -> Dated:
    return Dated(value, "stated" if value else "unknown", "Made up.")


@pytest.mark.parametrize("case", CASES, ids=[f"{case['text']} {case['published']}" for case in CASES])
def test_case(case: dict[str, Any]) -> None:
    found = [
        {key: getattr(time, key) for key in ("exact", "type", "value", "basis")}
        for time in times.find(parse_one(case["text"]), dated(case["published"]))
    ]
    assert found == case["times"], case["why"]


def test_every_pattern_reads_its_example() -> None:
    wrong = []
    for row in tables.rows("time_patterns"):
        kinds = [time.type for time in times.find(parse_one(row["example"]), DAY)]
        if row["type"] not in kinds and (row["type"] or kinds):
            wrong.append((row["reading"], row["example"], kinds))
    assert not wrong


NAMED = tables.rows("time_named")


@pytest.mark.parametrize("row", [row for row in NAMED if row["kind"] != "done"], ids=lambda row: row["word"])
def test_a_day_that_names_a_happening_has_no_year(row: dict[str, str]) -> None:
    (time,) = times.find(parse_one(row["example"]), DAY)
    assert time.value is not None
    assert time.value.startswith("XXXX-")
    assert time.basis == "vague"


@pytest.mark.parametrize("row", [row for row in NAMED if row["kind"] == "done"], ids=lambda row: row["word"])
def test_a_day_of_what_has_taken_place_is_past_under_a_verb_that_looks_ahead(row: dict[str, str]) -> None:
    (time,) = times.find(parse_one(row["example"]), DAY)
    assert time.value == "2024-10-18"


@pytest.mark.parametrize("row", tables.rows("time_tense"), ids=lambda row: f"{row['word']} {row['kind']}")
def test_words_tell_which_way_a_weekday_lies(row: dict[str, str]) -> None:
    (time,) = times.find(parse_one(row["example"]), DAY)
    assert time.value == row["value"]


def test_the_time_that_dates_the_main_verb_is_chosen() -> None:
    text = "The council, founded in 1998, voted on Thursday to close the port."
    doc = parse_one(text)
    found = times.when(doc, times.find(doc, DAY), 0, len(text), text.index("voted"))
    assert found is not None
    assert (found.value, found.basis, found.exact) == ("2024-10-17", "resolved", "Thursday")


def test_a_stretch_without_a_date_has_none() -> None:
    text = "The talks lasted three days."
    doc = parse_one(text)
    assert times.when(doc, times.find(doc, DAY), 0, len(text)) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Togo has held the cape since its February 2022 invasion.", None),
        ("Between 2005 and 2015 it had nine owners.", None),
        ("The firm, which was sold in 2019, made a loss.", None),
        ("It was the worst flood since 1998.", None),
        ("He joined the January 6 riot.", None),
        ("The army took the town on Friday.", "2024-10-18"),
        ("The council voted to close the port in 2019.", "2019"),
        ("It happened just after midnight on Friday.", "2024-10-18T00:00"),
    ],
)
def test_a_date_of_something_else_dates_nothing(text: str, value: str | None) -> None:
    doc = parse_one(text)
    found = times.when(doc, times.find(doc, DAY), 0, len(text))
    assert (found.value if found else None) == value


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=12))
def test_any_text_gives_exact_spans_and_invents_no_date(pieces: list[str]) -> None:
    text = " ".join(pieces)
    doc = parse_one(text)
    at = 0
    for time in times.find(doc, DAY):
        assert text[time.start : time.end] == time.exact
        assert time.start >= at
        at = time.end
    for time in times.find(doc, NEVER):
        assert time.basis != "resolved" or "2019" in text
