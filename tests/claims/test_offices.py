"""Whose office it is: the table's examples, and phrases as news writes them."""

from __future__ import annotations

import pytest

from rashomon.claims.offices import private, public, without_private
from rashomon.claims.tables import rows


@pytest.mark.parametrize("row", rows("offices"), ids=lambda row: row["kind"])
def test_every_row_s_example(row: dict[str, str]) -> None:
    assert bool(private(row["example"])) == (row["office"] == "no")


@pytest.mark.parametrize(
    "phrase",
    [
        "the French president",
        "President Ana Reyes",
        "a senior U.S. official",
        "Vice President Ana Reyes",
        "Leeds officials",
        "spokesman Tim Hale",
        "a spokesman for Gov. Ana Reyes",
        "State Department spokeswoman Ana Reyes",
        "the president of Peru",
        "Foreign Secretary Ana Reyes",
    ],
)
def test_an_office_of_a_public_body(phrase: str) -> None:
    assert private(phrase) == frozenset()


@pytest.mark.parametrize(
    ("phrase", "role"),
    [
        ("a spokesperson for fennelair", "spokesperson"),
        ("Fennel Air President Tim Hale", "president"),
        ("Tim Hale, president, Fennel Air Holdings", "president"),
        ("the party's general secretary", "secretary"),
        ("the president of the bar association", "president"),
        ("union officials", "official"),
    ],
)
def test_an_office_of_any_other(phrase: str, role: str) -> None:
    assert private(phrase) == {role}
    assert role not in without_private(phrase).lower()


def test_a_bank_is_public_where_it_is_a_land_s() -> None:
    assert public("the central bank")
    assert public("Bank of England")
    assert not public("Fennel Bank")
