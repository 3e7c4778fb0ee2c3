"""Names that are given are not said: every row of the table by its example, and what is said all the same."""

from __future__ import annotations

import pytest

from rashomon.claims import quotes, speech
from rashomon.claims.tables import rows
from rashomon.reader import parse


def _cues(text: str) -> list[str]:
    found = speech.find(next(parse([text])), quotes.find(text))
    return [text[slice(*saying.cue)] for saying in found if saying.cue]


@pytest.mark.parametrize("row", rows("naming"), ids=lambda row: row["verb"])
def test_a_name_that_is_given_is_no_saying(row: dict[str, str]) -> None:
    assert _cues(row["example"]) == []


@pytest.mark.parametrize(
    "text",
    [
        "The elite Eleventh Brigade, also called the “Heron Corps”, trains abroad.",
        "Officials have dubbed the plan “Bright Path”.",
        "The disease, known locally as “weeping fever”, kills cattle.",
        "The storm, which forecasters named “Hilda”, made landfall.",
    ],
)
def test_names_in_other_clauses(text: str) -> None:
    assert _cues(text) == []


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("The mayor called the plan “a disgrace”.", "called"),
        ("Critics dubbed him “the minister of delays”.", "dubbed"),
        ("He was called “a liar and a thief” by the judge.", "was called"),
        ("The ministry said that the “Heron Corps” had left.", "said"),
    ],
)
def test_what_somebody_is_called_to_judge_him_is_said(text: str, cue: str) -> None:
    assert cue in _cues(text)
