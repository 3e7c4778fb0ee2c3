"""What the page's own people saw, told from what another medium's did and from what somebody says he saw."""

from __future__ import annotations

import pytest

import rashomon
from rashomon.claims import tables
from rashomon.claims.observed import same


def claims(text: str, source: str | None) -> list[rashomon.Claim]:
    return next(rashomon.extract_claims([rashomon.read_page(text, "case", {"text": text, "source": source or ""})]))


@pytest.mark.parametrize("row", tables.rows("observed"), ids=lambda row: row["words"])
def test_every_row_reads_its_example(row: dict[str, str]) -> None:
    found = claims(row["example"], "The Gazette")
    assert any("own observation" in claim.evidence for claim in found)


@pytest.mark.parametrize(
    ("source", "text", "label"),
    [
        ("The Associated Press", "An AP journalist counted 14 bodies in the yard.", "own observation"),
        ("AP", "An Associated Press journalist counted 14 bodies in the yard.", "own observation"),
        (None, "A correspondent for this newspaper counted 40 tents.", "own observation"),
        (None, "On the road to Velmar I saw eleven burnt trucks.", "own observation"),
        ("The Gazette", "A reporter for Reuters saw soldiers leave the town.", "other media"),
        (None, "A reporter for Reuters saw 40 soldiers leave the town.", None),
        ("The Gazette", "Reporters saw 40 soldiers leave the town.", None),
        ("The Gazette", "“I saw three men run,” said Ann Roe, a baker.", None),
        ("The Gazette", "As we saw in May, 40 schools have no alarms.", None),
        ("The Gazette", "The gate, filmed by a Gazette photographer, fell on 3 workers.", None),
        ("The Harbour Post", "A reporter for the Valley Post saw 40 soldiers leave.", "other media"),
        ("The Gazette", "The Gazette saw its sales fall by 40 percent.", None),
    ],
)
def test_whose_eyes(source: str | None, text: str, label: str | None) -> None:
    labels = {one for claim in claims(text, source) for one in claim.evidence}
    assert labels & {"own observation", "other media"} == ({label} if label else set())


def test_a_letter_that_the_paper_has_seen_is_told_by_the_letter_alone() -> None:
    (claim,) = claims("The pump was broken, according to a memo reviewed by The Gazette.", "The Gazette")
    assert set(claim.evidence) == {"document", "own observation"}


@pytest.mark.parametrize(
    ("written", "known", "is_same"),
    [
        ("Times", "The Harbour Times", True),
        ("Harbour Times", "The Times", False),
        ("BBC", "British Broadcasting Corporation", True),
        ("BBC", "BBC News", True),
        ("the", "The Times", False),
        ("Post", "The Times", False),
    ],
)
def test_names_of_media(written: str, known: str, is_same: bool) -> None:
    assert same(written, known) is is_same
