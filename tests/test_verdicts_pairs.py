"""The pairs of claims that `benchmarks/verdicts.py` measures on: whole, balanced, and as the guideline says."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).parents[1] / "benchmarks" / "verdicts"
HALVES = ("tune", "held")
GUIDELINE = (FOLDER / "GUIDELINE.md").read_text(encoding="utf-8")


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (FOLDER / name).read_text(encoding="utf-8").splitlines()]


PAIRS = {half: rows(f"pairs_{half}.jsonl") for half in (*HALVES, "more")}
EVERY = [pair for half in HALVES for pair in PAIRS[half]]
ALL = [*EVERY, *PAIRS["more"]]
LABELS = {pair["label"] for pair in EVERY}


def test_spans_quote_their_texts() -> None:
    for pair in ALL:
        for side in ("a", "b"):
            text, span = pair[side]["text"], pair[side]["span"]
            assert span["exact"], pair["id"]
            assert text[span["start"] : span["end"]] == span["exact"], pair["id"]


def test_every_page_has_a_source_a_title_and_a_date() -> None:
    for pair in ALL:
        assert pair["reason"], pair["id"]
        for side in ("a", "b"):
            page = pair[side]["page"]
            assert page["source"], pair["id"]
            assert page["title"], pair["id"]
            assert datetime.fromisoformat(page["published"]), pair["id"]


@pytest.mark.parametrize("half", PAIRS)
def test_labels_are_balanced(half: str) -> None:
    assert Counter(pair["label"] for pair in PAIRS[half]) == dict.fromkeys(LABELS, 20)


@pytest.mark.parametrize("half", HALVES)
def test_about_a_third_of_each_difficulty(half: str) -> None:
    found = Counter(pair["difficulty"] for pair in PAIRS[half])
    assert set(found) == {"easy", "middle", "hard"}
    assert all(30 <= count <= 50 for count in found.values())


def test_ids_are_unique_and_tell_the_half() -> None:
    assert len({pair["id"] for pair in EVERY}) == len(EVERY) == 240
    for half, odd in (("tune", 1), ("held", 0)):
        assert {int(pair["id"][1:]) % 2 for pair in PAIRS[half]} == {odd}


def test_halves_have_no_topic_and_no_text_in_common() -> None:
    topics = [{pair["topic"] for pair in PAIRS[half]} for half in HALVES]
    texts = [{pair[side]["text"] for pair in PAIRS[half] for side in ("a", "b")} for half in HALVES]
    assert not topics[0] & topics[1]
    assert not texts[0] & texts[1]
    assert sum(len(told) for told in texts) == 2 * len(EVERY)


def test_what_was_added_repeats_no_text_of_the_halves() -> None:
    texts = [pair[side]["text"] for pair in ALL for side in ("a", "b")]
    ids = [pair["id"] for pair in ALL]
    assert len(texts) - len(set(texts)) == 0
    assert len(ids) == len(set(ids)) == 360


def test_the_guideline_has_these_labels() -> None:
    named = re.search(r"It is one of six: (.+?)\n", GUIDELINE)
    assert named is not None
    assert set(re.findall(r"\*\*([a-z ]+)\*\*", named.group(1))) == LABELS
    mapped = GUIDELINE.split("## From the report's verdict to the label")[1].split("##")[0]
    assert {row.split("|")[2].strip() for row in mapped.splitlines() if row.startswith("| ")} - {"label"} == LABELS


def test_the_guideline_s_examples_are_none_of_the_pairs() -> None:
    quoted = re.findall(r"«(.+?)»", GUIDELINE)
    assert quoted
    for example in quoted:
        assert not any(example in pair[side]["text"] for pair in EVERY for side in ("a", "b")), example


def test_a_second_reading_labels_each_pair_once() -> None:
    second = rows("second_reading.jsonl")
    assert Counter(row["id"] for row in second) == Counter(pair["id"] for pair in EVERY)
    assert {row["label"] for row in second} <= LABELS
