"""Events: every frame's example, what modes make of events, and cases."""

import json
import os
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rashomon.claims.events import code_of, find, main
from rashomon.claims.tables import rows
from rashomon.reader import parse_one

CASES = Path(__file__).parents[1] / "cases" / "claims" / "events.jsonl"
MARKS = {"actor": r"\[([^\]]+)\]", "trigger": r"\{([^}]+)\}", "recipient": r"<([^>]+)>"}


def unmarked(example: str) -> tuple[str, dict[str, tuple[int, int]]]:
    """The sentence without its marks, and where the marked parts stand in it."""
    places = {}
    for name, pattern in MARKS.items():
        if found := re.search(pattern, example):
            before = re.sub(r"[\[\]{}<>]", "", example[: found.start()])
            places[name] = (len(before), len(before) + len(found[1]))
    return re.sub(r"[\[\]{}<>]", "", example), places


def meets(one: tuple[int, int] | None, other: tuple[int, int] | None) -> bool:
    if one is None or other is None:
        return one == other
    return max(one[0], other[0]) < min(one[1], other[1])


@pytest.mark.parametrize("row", rows("events"), ids=lambda row: f"{row['code']} {row['example'][:40]}")
def test_every_frame_s_example(row: dict[str, str]) -> None:
    text, places = unmarked(row["example"])
    if row["code"] == "-":
        assert not find(parse_one(text)), text
        return
    found = [one for one in find(parse_one(text)) if meets((one.start, one.end), places["trigger"])]
    assert [one.code for one in found] == [row["code"]], text
    if "actor" in places:
        assert meets(found[0].actor, places["actor"]), text
    if "recipient" in places:
        assert meets(found[0].recipient, places["recipient"]), text


@pytest.mark.parametrize("row", rows("events_words"), ids=lambda row: row["class"])
def test_every_class_s_example_has_one_of_its_words(row: dict[str, str]) -> None:
    assert {token.lemma_.lower() for token in parse_one(row["example"])} & set(row["words"].split(","))


@pytest.mark.parametrize("row", rows("events_modes"), ids=lambda row: row["mode"] + row["place"])
def test_every_mode_s_example(row: dict[str, str]) -> None:
    doc = parse_one(row["example"])
    found = main(doc, 0, len(doc.text), find(doc))
    assert found is not None
    assert found.code == row["gives"]


@pytest.mark.parametrize(
    "case",
    [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()],
    ids=lambda case: case["text"][:50],
)
def test_cases(case: dict[str, str]) -> None:
    doc = parse_one(case["text"])
    found = main(doc, 0, len(doc.text), find(doc))
    if case["code"] is None:
        assert found is None, case["reason"]
        return
    assert found is not None, case["reason"]
    actor = doc.text[slice(*found.actor)] if found.actor else None
    recipient = doc.text[slice(*found.recipient)] if found.recipient else None
    assert (found.code, actor, recipient) == (case["code"], case["actor"], case["recipient"]), case["reason"]


@pytest.mark.parametrize(
    ("text", "word", "code"),
    [
        ("The union urged the firm to pay.", "urged", "REQUEST"),
        ("The mayor blasted the report.", "blasted", "ACCUSE"),
        ("The firm dismissed the report.", "dismissed", "REJECT"),
        ("The king dismissed his minister.", "dismissed", "COERCE"),
        ("The senator vowed reform.", "vowed", "AGREE"),
        ("The cat slept.", "slept", None),
    ],
)
def test_code_of_a_cue(text: str, word: str, code: str | None) -> None:
    token = next(token for token in parse_one(text) if token.text == word)
    assert code_of(token) == code


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_read(text: str) -> None:
    doc = parse_one(text)
    for one in find(doc):
        assert 0 <= one.start < one.end <= len(text)
        for part in (one.actor, one.recipient):
            assert part is None or text[slice(*part)].strip()


@pytest.mark.skipif("RASHOMON_DATA" not in os.environ, reason="RASHOMON_DATA names no folder with plover.jsonl.gz")
def test_records_are_read_without_a_crash() -> None:
    import gzip

    with gzip.open(Path(os.environ["RASHOMON_DATA"]) / "plover.jsonl.gz", "rt", encoding="utf-8") as lines:
        texts = [row["text"] for row in map(json.loads, lines) if row.get("text")]
    assert sum(bool(find(parse_one(text))) for text in texts) > len(texts) * 0.7
