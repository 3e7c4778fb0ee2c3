"""HTML: the article, what the markup says, and the way back to the source."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rashomon.pages import read
from rashomon.pages.source import Source, ink
from rashomon.spans import Map, apply

CASES = Path(__file__).parents[1] / "cases/pages/html.jsonl"


def _cases() -> list[dict[str, Any]]:
    return [json.loads(line) for line in CASES.read_text("utf-8").splitlines()]


@pytest.mark.parametrize("case", _cases(), ids=lambda case: case["name"])
def test_html(case: dict[str, Any]) -> None:
    page = read(case["html"].encode())
    want = case["expect"]
    assert apply(page.plan, case["html"]) == page.text
    for key in ("title", "source", "category", "canonical", "language"):
        if key in want:
            assert getattr(page, key) == want[key], key
    for key in ("tags", "authors"):
        if key in want:
            assert list(getattr(page, key)) == want[key], key
    if "published" in want:
        assert page.published.value == want["published"]
    if "modified" in want:
        assert page.modified is not None
        assert page.modified.value == want["modified"]
    assert page.text.startswith(want.get("text_starts", ""))
    assert page.text.endswith(want.get("text_ends", ""))
    for words in want.get("text_has", []):
        assert words in page.text
    if page.title:
        assert page.title not in page.text.split("\n\n")
    for kind, words in want.get("dropped_has", {}).items():
        assert any(part.kind == kind and words in part.text for part in page.dropped), (kind, page.dropped)
    if "gap" in want:
        assert want["gap"] in {gap.what for gap in page.gaps}


@pytest.mark.parametrize("case", _cases(), ids=lambda case: case["name"])
def test_what_was_kept_maps_back_to_equal_characters(case: dict[str, Any]) -> None:
    page = read(case["html"])
    places = Map(page.plan, len(case["html"]))
    mended = {at for repair in page.repairs for at in range(repair.start, repair.end)}
    for at, char in enumerate(page.text):
        left, right = places.back(at, at + 1)
        found = case["html"][left:right]
        if not char.isspace() and at not in mended:
            assert found == char or found.startswith("&")


PARTS = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<b>",
        "word ",
        "&amp;",
        "<",
        ">",
        "<!--",
        "-->",
        "<script>",
        "</script>",
        '<a href="x>y">',
        "é",
        "\n",
    ]
)


@settings(deadline=None)
@given(st.lists(PARTS, max_size=30))
def test_every_character_of_the_stream_stands_in_the_source(parts: list[str]) -> None:
    html = "".join(parts)
    source = Source(html)
    for at, char in enumerate(source.stream):
        [(left, right, size)] = source.stretches(at, at + 1)
        assert size == 1
        assert html[left:right] == char or html[left:right].startswith("&")
    assert ink(source.stream) == source.stream


@pytest.mark.parametrize("opening", ["<", "<!--", "<p", "<script>", "<a href='", "&", "<![CDATA["])
def test_markup_that_never_closes_takes_no_longer(opening: str) -> None:
    Source(opening * 200_000)


@pytest.mark.parametrize("depth", [2_000, 3_000, 20_000])
def test_markup_nested_too_deep_is_read_and_said(depth: int) -> None:
    said = "The mayor of Ormsk resigned on Monday after a long quarrel over the harbour, she told reporters."
    html = f"<html><title>Mayor resigns</title><body>{'<div>' * depth}{f'<p>{said}</p>' * 4}{'</div>' * depth}"
    page = read(html)
    assert page.text == "\n\n".join([said] * 4)
    assert page.title == "Mayor resigns"
    assert apply(page.plan, html) == page.text
    assert ("markup" in {gap.what for gap in page.gaps}) == (depth > 2_048)
