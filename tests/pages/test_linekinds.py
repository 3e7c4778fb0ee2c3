"""What kind of furniture a line is: by patterns, by phrases of many languages; and that sentences are none."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gold.cases import cases
from rashomon.pages.linekinds import kind, said
from rashomon.pages.tables import rows

CASES = Path(__file__).parents[1] / "cases/pages/linekinds.tsv"
LANGUAGES = ("ar cs da de el en es fa fi fr he hi hu id it ja ko nl no pl pt ro ru sk sv th tr uk vi zh").split()


@pytest.mark.parametrize("row", rows("lines"), ids=lambda row: row["example"])
def test_each_row_of_lines_knows_its_example(row: dict[str, str]) -> None:
    assert kind(row["example"]) == row["kind"]


@pytest.mark.parametrize("row", rows("phrases"), ids=lambda row: row["example"])
def test_each_row_of_phrases_knows_its_example(row: dict[str, str]) -> None:
    assert kind(row["example"], said(row["example"])) == row["kind"]


@pytest.mark.parametrize("row", rows("phrases"), ids=lambda row: f"{row['kind']} {row['language']}")
def test_phrases_are_written_as_they_are_sought(row: dict[str, str]) -> None:
    phrases = row["phrases"].split(" | ")
    assert len(set(phrases)) == len(phrases)
    assert all(phrase == phrase.lower().strip() for phrase in phrases)
    assert row["language"] in LANGUAGES
    assert row["how"] in {"line", "opens", "within"}
    if row["how"] != "within":
        assert all(kind(phrase) is not None for phrase in phrases)


@pytest.mark.parametrize("case", cases(CASES), ids=lambda case: case["line"])
def test_lines(case: dict[str, str]) -> None:
    assert kind(case["line"], said(case["line"])) == (case["kind"] or None), case["reason"]


@given(st.text())
def test_any_line_is_of_a_kind_or_of_none(line: str) -> None:
    assert kind(line, said(line)) in {
        None,
        "date",
        *(row["kind"] for name in ("lines", "phrases") for row in rows(name)),
    }
