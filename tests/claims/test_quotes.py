"""Quotation marks of every kind, and names in them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rashomon.claims import quotes

CASES = Path(__file__).parents[1] / "cases" / "claims" / "quotes.jsonl"


def _cases() -> list[dict[str, Any]]:
    return [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("case", _cases(), ids=lambda case: case["why"])
def test_quotations_of_a_text(case: dict[str, Any]) -> None:
    text = case["text"]
    found = quotes.find(text)
    assert [text[q.inner_start : q.inner_end] for q in found] == case["quotes"]
    assert [text[q.inner_start : q.inner_end] for q in found if quotes.is_name(text, q)] == case.get("names", [])
    assert [q.closed for q in found] == case.get("closed", [True] * len(found))


@given(st.text(alphabet="ab S.,\n\"'“”‘’«»„`", max_size=60))
def test_any_text_gives_quotations_in_order_that_do_not_overlap(text: str) -> None:
    at = 0
    for quote in quotes.find(text):
        assert at <= quote.start < quote.inner_start < quote.inner_end <= quote.end <= len(text)
        assert "\n" not in text[quote.start : quote.end]
        at = quote.end
