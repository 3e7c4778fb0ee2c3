"""What whole pages say of themselves, in the manner of many content systems and languages."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from rashomon.pages import read

CASES = Path(__file__).parents[1] / "cases/pages/facts.jsonl"
TEXT = (
    "<p>The harbour bridge was shut on Saturday after engineers had found cracks in two of its piers, the port said in "
    "a statement.</p><p>Ferries will run every ten minutes until the piers are mended, which may take the rest of the "
    "year.</p>"
)


ROWS: list[dict[str, Any]] = [json.loads(line) for line in CASES.read_text("utf-8").splitlines()]


@pytest.mark.parametrize("case", ROWS, ids=lambda case: str(case["reason"]))
def test_facts_of_a_page(case: dict[str, Any]) -> None:
    page = read(case["html"].replace("{text}", TEXT), case.get("address"))
    found = {
        "title": page.title,
        "authors": list(page.authors),
        "credits": list(page.credits),
        "tags": list(page.tags),
        "published": page.published.value,
        "modified": page.modified.value if page.modified else None,
        "source": page.source,
        "category": page.category,
    }
    assert {name: found[name] for name in case["facts"]} == case["facts"]
