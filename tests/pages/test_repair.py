"""Mojibake, lossy and whole: what is mended, and what is left alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gold.cases import cases
from rashomon.pages.repair import mend, mended, repairs
from rashomon.pages.tables import rows
from rashomon.spans import apply

CASES = Path(__file__).parents[1] / "cases/pages/repairs.tsv"


@pytest.mark.parametrize("case", cases(CASES), ids=lambda case: f"{case['class']}: {case['reason']}")
def test_repairs(case: dict[str, str]) -> None:
    assert mended(case["before"]) == case["after"]


@pytest.mark.parametrize("row", rows("lossy"), ids=lambda row: row["example"])
def test_each_row_mends_its_example(row: dict[str, str]) -> None:
    assert mended(row["example"]) == row["mended"]


@given(st.text(alphabet="abs .,â?¦Ã©€™’“”\ufffd&mp;\n", max_size=60))
def test_repairs_say_what_stands_where(text: str) -> None:
    edits = mend(text)
    after = apply(edits, text)
    for repair in repairs(edits, text):
        assert after[repair.start : repair.end] == repair.after
        assert repair.before in text
        assert repair.before != repair.after


@given(st.text(alphabet=st.characters(max_codepoint=127, exclude_characters="&?"), max_size=80))
def test_plain_ascii_is_never_touched(text: str) -> None:
    assert mend(text) == ()
