"""Small made-up stories, read as pages are: which claims come together, and to which verdict."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

import rashomon
from rashomon.model import Claim, Page, Point

CASES = Path(__file__).parent.parent / "cases" / "stories"
FIRST = ("updated", "denied", "disputed", "agreed", "single")
"""Of several points' verdicts the first in this order counts."""


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (CASES / f"{name}.jsonl").read_text("utf-8").splitlines()]


def told(pages: Sequence[Page]) -> tuple[list[Claim], list[Point]]:
    claims = [claim for found in rashomon.extract_claims(pages) for claim in found]
    return claims, rashomon.align_claims(pages, claims)


STORIES = rows("mini")


@pytest.mark.parametrize("story", STORIES, ids=[row["story"] for row in STORIES])
def test_a_story(story: dict[str, Any]) -> None:
    pages = [
        rashomon.read_page(row["text"], f"https://{index}.example/{story['story']}", {**row, "language": "en"})
        for index, row in enumerate(story["pages"])
    ]
    claims, points = told(pages)

    def saying(place: int, words: str) -> set[str]:
        return {claim.id for claim in claims if claim.page == pages[place].id and words in claim.span.exact}

    for row in story["expect"]:
        one, two = saying(*row["a"]), saying(*row["b"])
        assert one, row
        assert two, row
        held = [set(point.claims) for point in points]
        verdicts = {
            point.verdict
            for point, ids in zip(points, held, strict=True)
            if any(a != b for a in one & ids for b in two & ids)
        }
        found = next((verdict for verdict in FIRST if verdict in verdicts), "apart")
        wanted = row["verdict"].replace("not-disputed", "agreed").split("|")
        assert found in wanted, (row, found)


PAIRS = rows("at_odds")


@pytest.mark.parametrize("row", PAIRS, ids=[row["why"] for row in PAIRS])
def test_two_that_seem_at_odds(row: dict[str, Any]) -> None:
    known = {"language": "en"}
    pages = [
        rashomon.read_page(row["a"] + ".", "https://a.example/", {**known, "published": row["on"], "source": "A Post"}),
        rashomon.read_page(
            row["b"] + ".", "https://b.example/", {**known, "published": row["then"], "source": "B Mail"}
        ),
    ]
    _, points = told(pages)
    against = sorted(
        {point.verdict for point in points if point.pages > 1 and point.verdict not in ("agreed", "single")}
    )
    assert against == ([] if row["verdict"] == "none" else [row["verdict"]])
