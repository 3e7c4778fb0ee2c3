"""Numbers: the cases of a data file, the examples of the tables, and what holds of any text."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rashomon.claims import number_words, numbers, tables
from rashomon.reader import parse_one

CASES = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "cases/claims/numbers.jsonl").read_text(encoding="utf-8").splitlines()
]
VALUES = [
    ("3,000", 3000),
    ("1.5 million", 1_500_000),
    ("$2.3bn", 2_300_000_000),
    ("twenty-three", 23),
    ("two hundred and fifty-six", 256),
    ("half a million", 500_000),
    ("one and a half million", 1_500_000),
    ("a hundred", 100),
    ("two million three hundred and fifty thousand", 2_350_000),
]


@pytest.mark.parametrize("case", CASES, ids=[case["text"] for case in CASES])
def test_case(case: dict[str, Any]) -> None:
    found = [
        {key: getattr(number, key) for key in ("exact", "low", "high", "qualifier", "of", "state")}
        for number in numbers.find(parse_one(case["text"]))
    ]
    assert found == case["numbers"], case["why"]


@pytest.mark.parametrize(("text", "value"), VALUES)
def test_value(text: str, value: float) -> None:
    assert number_words.value(text) == value


def test_qualifiers_have_their_effect() -> None:
    wrong = []
    for row in tables.rows("number_qualifiers"):
        found = numbers.find(parse_one(row["example"]))
        if not found or row["words"] not in found[0].exact.lower() or found[0].qualifier != row["effect"]:
            wrong.append((row["words"], [(number.exact, number.qualifier) for number in found]))
    assert not wrong


def test_vague_words_have_their_bounds() -> None:
    for row in tables.rows("number_vague"):
        found = numbers.find(parse_one(row["example"]))
        assert found, row["example"]
        assert [found[0].low, found[0].high] == [int(row[key]) if row[key] else None for key in ("low", "high")]


def test_states_are_read_from_their_examples() -> None:
    wrong = []
    for row in tables.rows("number_states"):
        found = numbers.find(parse_one(row["example"]))
        if not found or found[0].state != row["code"]:
            wrong.append((row["code"], row["example"], [number.state for number in found]))
    assert not wrong


def test_figures_that_count_nothing_are_left_out() -> None:
    for row in tables.rows("number_nots"):
        assert re.search(row["pattern"], row["example"]), row
        assert not numbers.find(parse_one(row["example"])), row["example"]


@pytest.mark.parametrize("row", tables.rows("number_units"), ids=lambda row: row["sign"])
def test_the_sign_of_a_measure_is_what_its_figure_counts(row: dict[str, str]) -> None:
    found = numbers.find(parse_one(row["example"]))
    assert [number.of.split(" ")[0] for number in found] == [row["sign"].split(" ")[0]]


@pytest.mark.parametrize("row", tables.rows("number_same"), ids=lambda row: row["word"])
def test_what_looks_singular_is_counted(row: dict[str, str]) -> None:
    assert len(numbers.find(parse_one(row["example"]))) == 1


PIECES = [
    "40",
    "3,000",
    "one",
    "dozen",
    "of",
    "-",
    "to",
    "and",
    "between",
    "52-48",
    "$",
    "%",
    "people",
    "were",
    "killed",
]
PIECES += [",", ".", "at least", "1.5", "million", "\n\n", "€"]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=14))
def test_any_text_gives_exact_spans(pieces: list[str]) -> None:
    text = " ".join(pieces)
    at = 0
    for number in numbers.find(parse_one(text)):
        assert text[number.start : number.end] == number.exact
        assert number.start >= at
        assert not number.of or number.of in text
        assert len(number.of) <= 80
        assert number.low is None or number.high is None or number.low <= number.high
        at = number.end
