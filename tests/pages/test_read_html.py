"""HTML: the article, what the markup says, and the way back to the source."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rashomon.pages import read
from rashomon.pages.markup import Markup
from rashomon.pages.source import Source, plan
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


SAID = "The harbour bridge of Ormsk was shut on Tuesday after engineers found cracks in two of its piers."
MORE = "<p>It will stay shut for a month, the port said, and ships have to take the canal in the north until then.</p>"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f'<head><meta property="og:title" content="Bridge shut"><title>{SAID}</title></head><body><p>', "</p>"),
        ("<p>", "</p><!-- <body> -->"),
        ("<body><p>", "</p><script>'<body>'</script>"),
        ("<head><script>'<body>'</script></head><body><p>", "</p>"),
    ],
)
def test_a_paragraph_is_found_in_the_body(before: str, after: str) -> None:
    html = f"{before}{SAID}{after}{MORE}"
    page = read(html)
    assert page.text.startswith(SAID)
    assert Map(page.plan, len(html)).back(0, len(SAID)) == (len(before), len(before) + len(SAID))


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
@given(st.lists(PARTS, max_size=30), st.data())
def test_the_plan_makes_the_blocks_of_the_source(parts: list[str], data: st.DataObject) -> None:
    html = "".join(parts)
    markup = Markup(html)
    kept = [at for at in range(len(markup.block_text)) if data.draw(st.booleans())]
    follow = [at - 1 in kept for at in kept]
    places = Source(html).places([markup.block_nodes[at] for at in kept], follow)
    edits = plan(html, [(markup.block_text[at], found) for at, found in zip(kept, places, strict=True)])
    text = apply(edits, html)
    assert text == "\n\n".join(markup.block_text[at] for at in kept)
    back = Map(edits, len(html))
    if None not in places:
        for at, char in enumerate(text):
            left, right = back.back(at, at + 1)
            assert char.isspace() or html[left:right] == char or html[left:right].startswith("&")


@pytest.mark.parametrize("opening", ["<", "<!--", "<p", "<script>", "<a href='", "&", "<![CDATA[", "<b>a", "<td>a"])
def test_markup_that_never_closes_takes_no_longer(opening: str) -> None:
    page = read(f"<html><body>{opening * 100_000}")
    assert apply(page.plan, f"<html><body>{opening * 100_000}") == page.text


@pytest.mark.parametrize("depth", [2_000, 9_000])
def test_markup_nested_deep_is_read(depth: int) -> None:
    said = "The mayor of Ormsk resigned on Monday after a long quarrel over the harbour, she told reporters."
    html = f"<html><title>Mayor resigns</title><body>{'<div>' * depth}{f'<p>{said}</p>' * 4}{'</div>' * depth}"
    page = read(html)
    assert page.text == "\n\n".join([said] * 4)
    assert page.title == "Mayor resigns"
    assert apply(page.plan, html) == page.text
