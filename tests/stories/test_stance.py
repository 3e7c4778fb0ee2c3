"""Headlines against bodies; every text is made up."""

from __future__ import annotations

import math

import pytest

from rashomon.stories.stance import STANCES, features, names, read, stance
from rashomon.stories.words import fold, rows, tokens

BODY = (
    "The mayor of Orsa never sold the bridge, the town hall said on Monday. The letter that a paper printed is fake.\n"
    "It was a hoax by two students, and the paper has retracted its report."
)


def test_every_cue_stands_in_its_example() -> None:
    for word, kind, example in rows("stance_cues"):
        assert kind in ("refute", "deny", "hedge")
        words = " ".join(fold(token.exact) for token in tokens(example))
        assert f" {word.replace('-', ' ')} " in f" {words} ", word


def test_no_cue_stands_twice() -> None:
    words = [row[0] for row in rows("stance_cues")]
    assert len(words) == len(set(words))


@pytest.mark.parametrize(
    ("headline", "one", "both"),
    [("Mayor sells bridge", 1.0, 0.0), ("Letter on the bridge is fake", 0.0, 1.0)],
)
def test_who_refutes(headline: str, one: float, both: float) -> None:
    found = dict(zip(names(), features(headline, read(BODY)), strict=True))
    assert (found["one_refutes"], found["both_refute"]) == (one, both)


def test_features_have_names_and_are_numbers() -> None:
    found = features("Mayor sells bridge", read(BODY))
    assert len(found) == len(names()) == len(set(names()))
    assert all(math.isfinite(value) for value in found)


@pytest.mark.parametrize(("headline", "text"), [("", ""), ("Mayor sells bridge", ""), ("", BODY)])
def test_nothing_breaks_on_nothing(headline: str, text: str) -> None:
    assert len(features(headline, read(text))) == len(names())
    assert stance(headline, text) in STANCES


def test_a_body_about_something_else_is_unrelated() -> None:
    assert stance("Ferry Anselma runs aground off Port Tessaly with 212 passengers", BODY) == "unrelated"


def test_a_body_about_the_headline_is_related() -> None:
    assert stance("Mayor of Orsa sold the bridge, letter says", BODY) != "unrelated"
