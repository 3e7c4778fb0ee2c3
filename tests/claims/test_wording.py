"""Loaded wording: every row's example, literal uses, quotations, and that offsets hold."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rashomon.claims.tables import rows
from rashomon.claims.wording import find
from rashomon.reader import parse_one

CASES = Path(__file__).parents[1] / "cases" / "claims" / "wording.tsv"


@pytest.mark.parametrize("row", rows("wording"), ids=lambda row: row["words"][:30])
def test_every_row_s_example(row: dict[str, str]) -> None:
    text = row["example"].replace("{", "").replace("}", "")
    wanted = row["example"][row["example"].index("{") + 1 : row["example"].index("}")]
    found = {one.exact: one.why for one in find(parse_one(text), [])}
    assert wanted in found, text
    assert found[wanted].startswith(row["class"] + ": ")


def test_no_word_is_listed_twice() -> None:
    listed = [(word, row["pos"]) for row in rows("wording") for word in row["words"].split(",")]
    assert len(listed) == len(set(listed)), sorted({one for one in listed if listed.count(one) > 1})


def cases() -> list[list[str]]:
    lines = CASES.read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")]


@pytest.mark.parametrize("case", cases(), ids=lambda case: case[0][:40])
def test_cases(case: list[str]) -> None:
    text, wanted, reason = case
    found = [one.exact for one in find(parse_one(text), [])]
    assert found == ([] if wanted == "-" else wanted.split(";")), reason


def test_quoted_stretches_are_left_alone() -> None:
    text = "The brazen theft was “shameful”, he said."
    start = text.index("“")
    assert [one.exact for one in find(parse_one(text), [(start, text.index("”") + 1)])] == ["brazen"]


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=80))
def test_offsets_hold(text: str) -> None:
    for one in find(parse_one(text), []):
        assert text[one.start : one.end] == one.exact
