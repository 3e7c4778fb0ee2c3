"""What the page says itself, and what it says of itself, which is no claim."""

from __future__ import annotations

import pytest

import rashomon
from rashomon.claims.tables import rows


def _claims(text: str) -> list[rashomon.Claim]:
    return next(rashomon.extract_claims([rashomon.read_page(text, "case", {"text": text, "source": "The Case"})]))


@pytest.mark.parametrize("row", rows("asides"), ids=lambda row: row["kind"])
def test_a_sentence_about_the_page_is_no_claim_of_it(row: dict[str, str]) -> None:
    assert [claim for claim in _claims(row["example"]) if claim.speaker.kind == "source"] == []


def test_counting_the_speakers_is_no_claim() -> None:
    (claim,) = _claims("Two officials said the factory would close.")
    assert claim.speaker.text == "Two officials"


def test_what_the_page_adds_in_passing_is_its_own() -> None:
    own = [
        c for c in _claims("The firm, which employs 300 people, said the dam was safe.") if c.speaker.kind == "source"
    ]
    assert [number.low for claim in own for number in claim.numbers] == [300]


def test_main_clauses_that_each_count_are_claimed_one_by_one() -> None:
    claims = _claims("Eleven people were killed and 4,000 residents were moved to schools.")
    assert [[number.low for number in claim.numbers] for claim in claims] == [[11], [4000]]
    assert len({claim.saying for claim in claims}) == 1


def test_a_list_of_counts_is_one_claim_each_with_the_place_and_time_of_all() -> None:
    claims = _claims("Two people were killed and seven injured in a fire in Nairobi on Monday.")
    assert [[number.low for number in claim.numbers] for claim in claims] == [[2], [7]]
    assert [[place.text for place in claim.places] for claim in claims] == [["Nairobi"], ["Nairobi"]]
    assert len({claim.saying for claim in claims}) == 1


def test_a_part_of_those_counted_stays_with_the_whole() -> None:
    (claim,) = _claims("Some 23 people, including four children, were killed.")
    assert [number.low for number in claim.numbers] == [23, 4]


@pytest.mark.parametrize(
    "text",
    [
        "The pump was broken, according to the memo.",
        "The ferry will sail on Friday, according to the ministry.",
        "The shameful deal was dropped, according to the memo.",
    ],
)
def test_what_is_said_to_be_so_is_not_the_pages_own(text: str) -> None:
    assert [claim.speaker.kind == "source" for claim in _claims(text)] == [False]
