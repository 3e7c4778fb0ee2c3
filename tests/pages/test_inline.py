"""What breaks into sentences is left out of them; what only looks like it stays; every offset leads to its source."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gold.cases import cases
from rashomon.model import Repair
from rashomon.pages import read
from rashomon.pages.inline import insertions
from rashomon.pages.repair import moved
from rashomon.pages.tables import rows
from rashomon.spans import apply

CASES = Path(__file__).parents[1] / "cases/pages/inline.tsv"
STORY = (
    "The harbour bridge was shut on Tuesday after engineers found cracks in two of its piers, the port authority said.",
    "“We will not reopen it before every bolt has been checked,” said the authority's director, {}.",
    "The opposition blamed the council for having put off repairs since 2019, and called for an inquiry.",
)


@pytest.mark.parametrize("row", [*rows("inline"), *cases(CASES)], ids=lambda row: row["example"][:60])
def test_what_breaks_into_a_sentence_is_left_out(row: dict[str, str]) -> None:
    edits, dropped = insertions(row["example"])
    assert apply(edits, row["example"]) == row["becomes"]
    assert {part.kind for part in dropped} == ({row["kind"]} - {""})


@pytest.mark.parametrize("form", ["<p>{}</p>", "{}"])
def test_pages_are_read_without_it_and_map_to_their_source(form: str) -> None:
    box = "Marta OlandMarta Inge OlandFerry fares to rise in May, council says MORE"
    written = "\n\n".join(form.format(line.format(box)) for line in STORY)
    source = f"<html><body><article><h1>Bridge shut</h1>{written}</article></body></html>" if "<" in form else written
    page = read(source)
    assert page.text == "\n\n".join(STORY).format("Marta Oland")
    assert apply(page.plan, source) == page.text
    assert any(part.kind == "related" and "Ferry fares" in part.text for part in page.dropped)


def test_repairs_keep_their_places() -> None:
    text = "The reportâ€™s authors, opens new tab, donâ€™t agree with the council, which shut the bridge on Tuesday."
    page = read("\n\n".join((STORY[0], text, STORY[2])))
    assert "opens new tab" not in page.text
    assert len(page.repairs) == 2
    assert all(page.text[repair.start : repair.end] == repair.after for repair in page.repairs)


def test_repairs_in_what_is_cut_go_with_it() -> None:
    edits, _ = insertions("A report (opens in new window) said.")
    assert moved([Repair(12, 13, "x", "y"), Repair(33, 34, "x", "y")], edits) == (Repair(11, 12, "x", "y"),)


@given(st.text(alphabet="AaÖö (),.'MORE\nnewtabopens", max_size=200))
def test_any_text_is_cut_into_what_it_was(text: str) -> None:
    edits, dropped = insertions(text)
    assert len(edits) == len(dropped)
    assert all(left.end <= right.start for left, right in pairwise(edits))
    assert len(apply(edits, text)) == len(text) - sum(edit.end - edit.start for edit in edits)


@pytest.mark.parametrize("text", ["A" * 200_000, "Aa'" * 100_000, "Ann AnnAnn " * 20_000 + " MORE", "(opens " * 50_000])
def test_texts_made_to_hurt_are_read_in_time(text: str) -> None:
    insertions(f"{text} new tab MORE")
