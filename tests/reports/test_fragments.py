"""Links to the very words of a page, as the text fragment draft has them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rashomon.reports.html.links import LONGEST, fragment

CASES = Path(__file__).parents[1] / "cases/reports/fragments.jsonl"
ROWS = [json.loads(line) for line in CASES.read_text("utf-8").splitlines()]


@pytest.mark.parametrize("row", ROWS, ids=[row["reason"] for row in ROWS])
def test_fragments(row: dict[str, Any]) -> None:
    start = -1
    for _ in range(row.get("at", 1)):
        start = row["text"].index(row["exact"], start + 1)
    assert fragment(row["text"], start, start + len(row["exact"])) == row["fragment"]


@given(st.text(max_size=300), st.integers(0, 300), st.integers(0, 300))
def test_a_fragment_is_of_words_of_the_text_and_of_safe_characters(text: str, one: int, two: int) -> None:
    start, end = sorted((min(one, len(text)), min(two, len(text))))
    found = fragment(text, start, end)
    assert found.isascii()
    assert not set(found) & set(" \n\"'<>&#")
    assert len(found) < 12 * (LONGEST + 240)
    for part in found.split(","):
        words = unquote(part.strip("-"))
        assert words in text or "\ufffd" in words or "?" in words
