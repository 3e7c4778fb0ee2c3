"""The Markdown report: the HTML's order, a footnote for each claim, nothing of a page obeyed as markup."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import rashomon
from rashomon.model import Report
from rashomon.reports.markdown import escaped, render

ROWS = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "cases/reports/hostile.jsonl").read_text("utf-8").splitlines()
]
TEXT = """Ferry sinks off Port Amsel

PORT AMSEL, 3 May 2031 – A ferry with about 60 people on board sank on Friday, the coast guard said.

"We have found 41 survivors," said Captain Rosa Veld. The owner, {words}, denied that the ship was overloaded.
"""
HEADINGS = [
    "Agreed", "Disputed", "Denied", "Updated", "Told by one page only", "Claim by source",
    "Disputed and updated numbers", "Timeline", "Positions", "What is expected", "Evidence", "How each source tells it",
    "What could not be read",
]  # fmt: skip


def made(words: str) -> str:
    known = {"title": words, "source": words, "text": TEXT.format(words=words)}
    return render(rashomon.report([rashomon.read_page("x", address="https://one.example/a|b>c", known=known)]))


@pytest.fixture(scope="module")
def calm() -> str:
    return made("Amsel Lines")


def test_sections_stand_in_order(calm: str) -> None:
    assert re.findall(r"(?m)^## (.*)$", calm) == HEADINGS


def test_each_footnote_is_made_once_and_cited(calm: str) -> None:
    notes = re.findall(r"(?m)^\[\^([A-Z]+\d+)\]: “.+” — .+", calm)
    assert notes
    assert len(notes) == len(set(notes))
    cited = set(re.findall(r"(?<!\\)\[\^([A-Z]+\d+)\](?!: “)", calm))
    assert cited == set(notes)


@pytest.mark.parametrize("row", ROWS, ids=[row["name"] for row in ROWS])
def test_words_of_a_page_are_no_markup(row: dict[str, str], calm: str) -> None:
    words = row["text"].encode("utf-8", "replace").decode()
    text = made(words)
    assert re.findall(r"(?m)^## (.*)$", text) == HEADINGS
    bare = re.sub(r"\\[\\`*_{}\[\]<>#|~$^&@:]", "", text)
    bare = re.sub(r"<https?://[^\s<>]*>", "", bare)
    assert not re.search(r"<[a-z/!]|\]\(|!\[|&[a-z#]", bare, re.I)
    assert not re.search(r"(?i)\bhttps?://", bare)


@given(st.text())
def test_escaped_words_stay_on_one_line_and_lose_nothing_but_control_characters(words: str) -> None:
    line = escaped(words)
    assert len(line.splitlines()) <= 1
    shown = re.sub(r"\\([\\`*_{}\[\]<>#|~$^&@:.)])", r"\1", line)
    from rashomon.reports.words import plain

    assert shown == plain(words) or "\\" in words


def test_nothing_to_report() -> None:
    assert "No page could be read" in render(Report(version="1", as_of=None))
