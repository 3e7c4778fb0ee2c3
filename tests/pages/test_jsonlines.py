"""JSON Lines, arrays, JSON Feed and what rashomon wrote itself, as pages."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest

from rashomon import run, to_json
from rashomon.model import PageGap
from rashomon.pages import Capture
from rashomon.pages.jsonlines import captures
from rashomon.pages.tables import rows

TEXT = "The harbour bridge of Ormsk was shut on Tuesday after engineers found cracks in two of its piers. " * 4
HTML = f"<html><head><title>Bridge shut</title></head><body><article><p>{TEXT}</p></article></body></html>"


def found(text: str | bytes) -> list[Capture | PageGap]:
    """What the reader makes of a file."""
    return list(captures(io.BytesIO(text.encode() if isinstance(text, str) else text), "a.jsonl"))


def only(text: str) -> Capture:
    """The one capture of a file."""
    [item] = found(text)
    assert isinstance(item, Capture), item
    return item


def test_a_line_is_a_page() -> None:
    lines = [
        {"url": "https://ormsk.example/a", "html": HTML},
        {"url": "https://ormsk.example/b", "text": TEXT, "title": "A bridge", "published": "2031-05-03"},
    ]
    first, second = found("\n".join(map(json.dumps, lines)) + "\n\n")
    assert isinstance(first, Capture)
    assert isinstance(second, Capture)
    page = run.read_capture(first)
    assert (page.address, page.title) == ("https://ormsk.example/a", "Bridge shut")
    assert "<p>" not in page.text
    page = run.read_capture(second)
    assert (page.title, page.published.value, page.text) == ("A bridge", "2031-05-03", TEXT.strip())
    assert page.published.basis == "stated"
    assert "JSON" in page.published.why


@pytest.mark.parametrize("row", rows("json_keys"), ids=lambda row: row["key"])
def test_keys_that_other_programs_write(row: dict[str, str]) -> None:
    given = json.loads(row["example"])
    key = next(key for key in given if key.lower() == row["key"])
    capture = only(row["example"])
    if row["means"] in {"html", "text"}:
        assert given[key].encode() in capture.raw
    elif row["means"] == "address":
        assert capture.address == given[key]
    else:
        assert row["means"] in (capture.known or {})
        if row["means"] == "published":
            assert (run.read_capture(capture).published.value or "").startswith("2031-05-03")


@pytest.mark.parametrize(
    "text",
    [
        json.dumps([{"text": TEXT}]),
        json.dumps({"text": TEXT}, indent=2),
        json.dumps([{"text": TEXT}], indent=1),
        "\ufeff" + json.dumps({"text": TEXT}),
        "\n\n" + json.dumps({"text": TEXT}),
    ],
)
def test_json_in_other_shapes(text: str) -> None:
    assert run.read_capture(only(text)).text == TEXT.strip()


def test_a_json_feed_shares_what_it_says_of_all() -> None:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Ormsk Herald",
        "language": "en-GB",
        "items": [
            {"url": "https://ormsk.example/a", "content_html": f"<p>{TEXT}</p>", "authors": [{"name": "Rosa Veld"}]},
            {"url": "https://ormsk.example/b", "content_text": TEXT, "date_published": "2031-05-03T10:00:00Z"},
        ],
    }
    pages = [run.read_capture(item) for item in found(json.dumps(feed, indent=1)) if isinstance(item, Capture)]
    assert [page.source for page in pages] == ["Ormsk Herald"] * 2
    assert pages[0].authors == ("Rosa Veld",)
    assert pages[1].published.value == "2031-05-03T10:00:00+00:00"


def test_what_rashomon_wrote_is_read_again_as_it_was() -> None:
    dump = b"Menu\nHome\n\nBridge shut in Ormsk\n\nBy Rosa Veld\n\n3 May 2031\n\n" + TEXT.encode()
    page = run.read_page(dump, "a.txt", {"captured": "2031-05-04T10:00:00+00:00"})
    again = run.read_capture(only(json.dumps(to_json(page))))
    same = ("address", "title", "authors", "source", "language", "text", "published", "captured", "kind")
    assert {key: getattr(again, key) for key in same} == {key: getattr(page, key) for key in same}
    report = {"schema": "rashomon/report/1", "pages": [to_json(page)]}
    assert run.read_capture(only(json.dumps(report))) == again


def test_all_that_a_page_was_told_of_itself_is_kept() -> None:
    html = (
        "<html lang=en><head><title>Comment: the bridge</title><meta property=og:title content='Comment: the bridge'>"
        "<link rel=canonical href=https://www.ormsk.example/bridge><meta name=keywords content='Bridges, Harbours'>"
        "<meta property=article:section content=Opinion><meta property=article:published_time content=2031-05-03>"
        f"<meta property=article:modified_time content=2031-05-04></head><body><h1>The bridge</h1><p>{TEXT}</p>"
    )
    page = run.read_page(html.encode(), "https://ormsk.example/a", None)
    assert (page.kind, page.category, page.tags) == ("opinion", "Opinion", ("Bridges", "Harbours"))
    again = run.read_capture(only(json.dumps(to_json(page))))
    same = ("canonical", "category", "tags", "kind", "published", "modified", "title", "authors", "text")
    assert {key: getattr(again, key) for key in same} == {key: getattr(page, key) for key in same}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('{"url": "https://ormsk.example/a"}', "neither"),
        ('{"html": 5}', "neither"),
        ('{"text": "   "}', "neither"),
        ("[]", "without any page"),
        ("[1, 2]", "no JSON object"),
        ('{"text": "cut', "cut off"),
        ("[[[[", "cut off"),
        ("[" * 100_000, "cut off"),
    ],
)
def test_what_is_no_page_is_a_gap(text: str, why: str) -> None:
    items = found(text)
    assert items
    for item in items:
        assert isinstance(item, PageGap)
        assert why in item.why


def test_a_bad_line_spoils_no_other() -> None:
    text = json.dumps({"text": TEXT}) + "\n{broken\n5\n" + json.dumps({"text": TEXT})
    items = found(text)
    assert [type(item) for item in items] == [Capture, PageGap, PageGap, Capture]
    assert [gap.page for gap in items if isinstance(gap, PageGap)] == ["a.jsonl#2", "a.jsonl#3"]


@pytest.mark.parametrize("key", ["title", "authors", "published", "source", "language", "url", "captured"])
@pytest.mark.parametrize(
    "value", [5, [], {}, [[]], {"name": 5}, "\ud800", " ", "yesterday", ["a", 5], True, "x" * 99999]
)
def test_what_is_told_may_be_anything(key: str, value: Any) -> None:
    [item] = found(json.dumps({"text": TEXT, key: value}))
    assert isinstance(item, Capture)
    assert run.read_capture(item).text == TEXT.strip()


def test_a_date_that_cannot_be_read_is_said() -> None:
    page = run.read_capture(only(json.dumps({"text": TEXT, "published": "last week"})))
    assert page.published.value is None
    assert any("last week" in gap.why for gap in page.gaps)
