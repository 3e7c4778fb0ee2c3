"""Figures that mean no number or may mean two: nothing is read where nothing is meant, and nothing is guessed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import rashomon
from rashomon.claims import numbers, settled, times
from rashomon.model import Dated
from rashomon.reader import parse_one

CASES = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "cases/claims/bad_input.jsonl").read_text(encoding="utf-8").splitlines()
]
DAY = Dated("2024-10-22", "stated", "Made up.")
PIECES = [case["text"] for case in CASES]


@pytest.mark.parametrize("case", CASES, ids=[f"{case['what']}: {case['text'][:30]!r}" for case in CASES])
def test_figures(case: dict[str, Any]) -> None:
    doc = parse_one(case["text"])
    assert [number.exact for number in numbers.find(doc)] == case["numbers"], case["why"]
    assert [time.value for time in times.find(doc, DAY)] == case["times"], case["why"]


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=4), st.sampled_from(["\n", " ", "\t", "\n\n", "|"]))
def test_no_mixture_of_them_raises(pieces: list[str], joint: str) -> None:
    text = joint.join(pieces)
    claims = next(rashomon.extract_claims([rashomon.read_page(text, "case", {"text": text})]))
    for number in [number for claim in claims for number in claim.numbers]:
        assert text[number.start : number.end] == number.exact


def test_a_date_of_open_order_is_a_gap() -> None:
    page = rashomon.read_page("", "case", {"text": "It opened on 03/04/2019 and shut on 13/04/2019."})
    next(rashomon.extract_claims([page]))
    assert [gap.why for gap in settled(page).gaps if gap.what == "date"] == [
        "Of “03/04/2019” nothing says which figure is the day and which the month (characters 13–23)."
    ]
