"""Places: where a claim says that it happens, by the examples of the table."""

from __future__ import annotations

import pytest

import rashomon
from rashomon.claims.tables import rows


@pytest.mark.parametrize("row", rows("places"), ids=lambda row: row["kind"])
def test_every_row_s_example(row: dict[str, str]) -> None:
    page = rashomon.read_page(b"", known={"text": row["example"], "language": "en", "source": "The Case"})
    claims = next(iter(rashomon.extract_claims([page])))
    assert claims
    found = [place.text for claim in claims for place in claim.places]
    assert found == ([row["place"]] if row["place"] else [])


def test_who_does_it_is_no_place() -> None:
    page = rashomon.read_page(
        b"", known={"text": "The strait, claimed by China, was shut on Monday.", "language": "en"}
    )
    assert [place.text for claim in next(iter(rashomon.extract_claims([page]))) for place in claim.places] == []
