"""Numbers as they compare, read from made-up sentences: what is counted, what became of it, what has been replaced."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import rashomon
from rashomon.stories.quantities import Quantity, is_person, quantities

CASES = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "cases" / "stories" / "quantities.jsonl").read_text("utf-8").splitlines()
]


def read(text: str) -> list[Quantity]:
    page = rashomon.read_page(text, known={"text": text, "language": "en", "published": "2031-05-05"})
    [claims] = rashomon.extract_claims([page])
    return [quantity for claim in claims for quantity in quantities(claim.numbers, page.text)]


@pytest.mark.parametrize("case", CASES, ids=[case["text"] for case in CASES])
def test_a_number_is_read_so(case: dict[str, Any]) -> None:
    found = [each for each in read(case["text"]) if each.number.exact == case["exact"]]
    assert found, case["why"]
    for key in ("counted", "state", "former"):
        if key in case:
            assert getattr(found[0], key) == case[key], case["why"]


@pytest.mark.parametrize("word", ["voter", "voters", "bandits", "bogeymen", "secretaries"])
def test_words_for_people(word: str) -> None:
    assert is_person(word)


@pytest.mark.parametrize("word", ["tablets", "pumps", "shots", "buses", "tonnes"])
def test_words_for_things(word: str) -> None:
    assert not is_person(word)
