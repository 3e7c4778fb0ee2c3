"""Plain-text dumps: the article, what is dropped, what labels say."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rashomon.pages import read
from rashomon.pages.decode import decode
from rashomon.spans import Map, apply

CASES = Path(__file__).parents[1] / "cases/pages/dumps.jsonl"


def _cases() -> list[dict[str, Any]]:
    return [json.loads(line) for line in CASES.read_text("utf-8").splitlines()]


@pytest.mark.parametrize("case", _cases(), ids=lambda case: case["name"])
def test_dumps(case: dict[str, Any]) -> None:
    page = read(case["text"].encode())
    want = case["expect"]
    assert apply(page.plan, case["text"]) == page.text
    for key in ("text", "title", "category", "kind", "source"):
        if key in want:
            assert getattr(page, key) == want[key], key
    assert want.get("text_has", "") in page.text
    assert want.get("text_lacks", "\0") not in page.text
    for key in ("tags", "authors"):
        if key in want:
            assert list(getattr(page, key)) == want[key], key
    if "published" in want:
        assert page.published.value == want["published"]
        assert page.published.basis == ("stated" if want["published"] else "unknown")
    if "modified" in want:
        assert page.modified is not None
        assert page.modified.value == want["modified"]
    if "dropped" in want:
        assert [part.text for part in page.dropped] == want["dropped"]
    for name, words in want.get("dropped_has", {}).items():
        assert any(part.kind == name and words in part.text for part in page.dropped), (name, page.dropped)
    if "repairs" in want:
        assert [[repair.before, repair.after] for repair in page.repairs] == want["repairs"]
    for repair in page.repairs:
        assert page.text[repair.start : repair.end] == repair.after


LINES = st.sampled_from(
    [
        "13:16Rains delay the final",
        "09:40 Storm warning lifted",
        "Home",
        "Comments (0)",
        "Tags",
        "1. bridge",
        "Author",
        "By Jane Doe",
        "Date: 2024-10-21",
        "Share",
        "The bridge was shut on Tuesday, and nobody could say for how long.",
        "â??We stay,â?? said the mayorâ??s deputy, who had come by boat that morning.",
        "",
        "   ",
        "A heading of the day",
        "\tIndented words that go on",
        "The bridge over the southern arm of the harbour was shut on Tues-",
        "day, and nobody could say for how long the well-",
        "known crossing would stay so; the Harbour Post      3 March 2026",
        "Page 2 of 9",
        "caf\u00e9 \ufffd &amp; bar",
        "\u2028",
        "©",
        "- - -",
    ]
)


@settings(deadline=None)  # the first page loads the models
@given(st.lists(LINES, min_size=1, max_size=25).map("\n".join).filter(lambda text: text.strip("\n \t")))
def test_the_plan_makes_the_text_and_maps_it_back(text: str) -> None:
    page = read(text)
    decoded = decode(text).text
    assert apply(page.plan, decoded) == page.text
    places = Map(page.plan, len(decoded))
    mended = {at for repair in page.repairs for at in range(repair.start, repair.end)}
    for at, char in enumerate(page.text):
        left, right = places.back(at, at + 1)
        if not char.isspace() and at not in mended:
            assert decoded[left:right] == char
    for repair in page.repairs:
        assert page.text[repair.start : repair.end] == repair.after
        left, right = places.back(repair.start, repair.end)
        assert repair.before in decoded[left:right]


@settings(deadline=None)
@given(st.text(max_size=200).filter(lambda text: text.strip("\ufeff\x00 \t\r\n\f\v")))
def test_any_text_makes_a_page(text: str) -> None:
    text += "\nAnd more."  # alone, ".gz" is refused as a file's name
    page = read(text)
    if not page.text.isspace() and page.text:
        assert apply(page.plan, decode(text).text) == page.text
