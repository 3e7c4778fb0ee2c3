"""Sayings: every row of the table of cues by its example, and the cases that were got wrong once."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from rashomon.claims import cues, quotes, speech
from rashomon.claims.quoting import Saying
from rashomon.claims.tables import rows
from rashomon.model import Stance
from rashomon.reader import parse

CASES = Path(__file__).parents[1] / "cases" / "claims" / "speech.jsonl"
_MARKS = re.compile(r"[\[\]{}<>]")
Read = tuple[str | None, str | None, list[list[str]]]


def _expected(marked: str) -> tuple[str, Read]:
    """The bare sentence of an example, and its speaker in [], cue in {} and content in <>."""
    found = {
        name: [_bare(_MARKS.sub("", match)) for match in re.findall(pattern, marked)]
        for name, pattern in (("speaker", r"\[(.*?)\]"), ("cue", r"\{(.*?)\}"), ("content", r"<(.*?)>"))
    }
    speaker = found["speaker"][0] if found["speaker"] else None
    return _MARKS.sub("", marked), (speaker, found["cue"][0], [found["content"]])


def _bare(words: str) -> str:
    """Words without the quotation marks and stops at their edges."""
    return words.strip("“”\"'.,")


def _read(text: str, by: Callable[[Doc, Sequence[quotes.Quote]], list[Saying]] = speech.find) -> list[Read]:
    doc = next(parse([text]))
    return [_as_read(text, saying) for saying in by(doc, quotes.find(text))]


def _as_read(text: str, saying: Saying) -> Read:
    speaker = text[slice(*saying.speaker)] if saying.speaker else None
    cue = text[slice(*saying.cue)] if saying.cue else None
    return speaker, cue, [[_bare(text[a:b]) for a, b in part] for part in saying.parts]


def _examples() -> Iterator[Any]:
    for row in rows("cues"):
        yield pytest.param(row["example"], id=f"{row['cue']}-{row['pos']}")


@pytest.mark.parametrize("example", list(_examples()))
def test_every_cue_is_read_in_its_example(example: str) -> None:
    text, expected = _expected(example)
    assert expected in _read(text, speech.by_rules)


@cache
def _cases() -> list[dict[str, Any]]:
    return [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("case", _cases(), ids=lambda case: case["why"])
def test_sayings_of_a_text(case: dict[str, Any]) -> None:
    got = [[speaker, cue, parts] for speaker, cue, parts in _read(case["text"])]
    for expected in case["sayings"]:
        assert expected in got
    for cue in case.get("no_cue", []):
        assert cue not in [found[1] for found in got]


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.sampled_from(["“We stay,”", "he said.", "The firm denied", "that", "it", '"', "'", "no", "\n\n", "said"]),
        max_size=14,
    )
)
def test_any_text_gives_stretches_of_it_that_do_not_overlap_within_a_saying(words: list[str]) -> None:
    text = " ".join(words)
    doc = next(parse([text]))
    for saying in speech.find(doc, quotes.find(text)):
        stretches = sorted(stretch for part in saying.parts for stretch in part)
        assert all(0 <= start < end <= len(text) for start, end in stretches)
        assert all(left[1] <= right[0] for left, right in pairwise(stretches))


def test_every_stance_of_the_table_is_one_that_claims_know() -> None:
    assert {row["stance"] for row in rows("cues")} <= set(get_args(Stance))


def test_what_is_told_as_left_undone_by_its_example() -> None:
    given = rows("left_undone")
    texts = [_MARKS.sub("", row["example"]) for row in given]
    for row, doc in zip(given, parse(texts), strict=True):
        token = next(token for token in doc if token.idx == row["example"].index("{"))
        assert cues.at(token).negated, row["example"]


def test_every_stance_without_a_row_of_its_own_by_its_example() -> None:
    given = [*rows("stances"), *rows("stances_objects")]
    assert {row["stance"] for row in given} <= set(get_args(Stance))
    texts = [_MARKS.sub("", row["example"]) for row in given]
    for row, doc in zip(given, parse(texts), strict=True):
        at = row["example"].index("{")
        token = next(token for token in doc if token.idx == at)
        assert cues.at(token).cue.stance == row["stance"], row["example"]
