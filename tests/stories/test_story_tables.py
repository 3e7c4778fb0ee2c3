"""The tables of the room: every row's example holds, and what the words module makes of them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rashomon.model import Number, Qualifier
from rashomon.stories.dates import at_odds, earlier, stretch
from rashomon.stories.lands import named
from rashomon.stories.quantities import compatible
from rashomon.stories.terms import term
from rashomon.stories.words import content_stems, fold, rows, stem, tokens

EXAMPLES = ["bodies", "light", "counted", "denials", "forms", "offices", "opposites", "states", "titles"]


@pytest.mark.parametrize("table", EXAMPLES)
def test_every_row_has_an_example_with_its_words(table: str) -> None:
    for row in rows(table):
        example = fold(row[-1])
        words = {token.folded for token in tokens(example)} | {char for char in example if not char.isalnum()}
        stems = {stem(word) for word in words}
        assert fold(row[0]) in words or stem(fold(row[0])) in stems, row


def test_every_phrase_stands_in_its_example() -> None:
    for phrase, *_, example in (*rows("phrases"), *rows("turns"), *rows("refuting")):
        assert phrase in example.casefold(), phrase


def test_a_word_is_of_one_kin() -> None:
    words = [word for row in rows("kin") for word in row[0].split(";")]
    assert len(words) == len(set(words))
    assert term("blaze") == term("wildfires") == term("fire")
    assert term("plane") != term("plan")


KEYED = [*EXAMPLES, "phrases", "akin", "stances", "suffixes", "stopwords", "common", "turns", "refuting"]


@pytest.mark.parametrize("table", KEYED)
def test_no_row_stands_twice(table: str) -> None:
    keys = [row[:2] if table in ("akin", "opposites") else row[0] for row in rows(table)]
    assert len(keys) == len(set(keys))


def test_forms_of_one_word_have_one_stem() -> None:
    for _, _, _, example, same in rows("suffixes"):
        assert stem(example) == stem(same), example
    for form, same, _ in rows("forms"):
        assert stem(form) == stem(same), form


def test_content_stems_leave_out_what_says_nothing() -> None:
    assert content_stems("The two ministers said on Monday that they were withdrawing") == content_stems(
        "minister withdraw"
    )


def test_countries_are_found_by_name_and_by_adjective() -> None:
    assert [code for code, _, _ in named("North Korean troops left Russia for the sea")] == ["PRK", "RUS"]


QUALIFIERS: list[Qualifier] = ["exact", "about", "at_least", "at_most", "between"]
NUMBERS = st.builds(
    lambda low, more, qualifier: Number(
        None if qualifier == "at_most" else low,
        None if qualifier == "at_least" else low + (more if qualifier == "between" else 0),
        qualifier, "people", None, 0, 1, "x",
    ),
    st.integers(0, 10_000), st.integers(0, 1_000), st.sampled_from(QUALIFIERS),
)  # fmt: skip


@settings(deadline=None)
@given(NUMBERS, NUMBERS)
def test_comparing_intervals_is_symmetric(one: Number, two: Number) -> None:
    assert compatible(one, two) == compatible(two, one)
    assert compatible(one, one)


TABLE: list[tuple[tuple[int | None, int | None, Qualifier], tuple[int | None, int | None, Qualifier], bool]] = [
    ((3000, 3000, "about"), (1500, 1500, "about"), False),
    ((3000, 3000, "about"), (2800, 2800, "exact"), True),
    ((40, None, "at_least"), (52, 52, "exact"), True),
    ((40, None, "at_least"), (38, 38, "exact"), False),
    ((None, 60, "at_most"), (52, 52, "exact"), True),
    ((None, 60, "at_most"), (61, 61, "exact"), False),
    ((10, 20, "between"), (15, 15, "exact"), True),
    ((10, 20, "between"), (21, 30, "between"), False),
    ((40, 40, "exact"), (41, 41, "exact"), False),
]


@pytest.mark.parametrize(("one", "two", "fits"), TABLE)
def test_intervals(
    one: tuple[int | None, int | None, Qualifier], two: tuple[int | None, int | None, Qualifier], fits: bool
) -> None:
    left, right = (Number(low, high, qualifier, "people", None, 0, 1, "x") for low, high, qualifier in (one, two))
    assert compatible(left, right) is fits


def test_dates_have_no_more_order_than_they_say() -> None:
    assert earlier("2031-05-02", "2031-05-03")
    assert earlier("2031-04", "2031-05-01")
    assert not earlier("2031-05", "2031-05-20")
    assert not earlier("2031-05-02", "2031-05-02T10:00:00")
    assert earlier("2031-05-02T09:00:00+00:00", "2031-05-02T10:00:00Z")
    assert not earlier(None, "2031-05-02")
    assert earlier("2031-05-01/2031-05-03", "2031-05-04")
    assert at_odds("2031", "2032")
    assert not at_odds("2031", "2031-05")
    assert stretch("P3D") is None
    assert stretch("XXXX-WXX-4") is None
    assert at_odds("2031-W18", "2031-05-06")
    assert not at_odds("2031-W18", "2031-05-02")
