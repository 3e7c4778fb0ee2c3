"""What somebody denies in passing is the clause that the noun sums up, and the page still tells it."""

from __future__ import annotations

import pytest

import rashomon


def _claims(text: str) -> list[tuple[str, str, str]]:
    page = rashomon.read_page(text, "case", {"text": text, "source": "The Case", "language": "en"})
    claims = next(rashomon.extract_claims([page]))
    return [(claim.speaker.text, claim.status, claim.content[0].exact) for claim in claims]


@pytest.mark.parametrize(
    ("text", "speaker", "content"),
    [
        (
            "The rebels seized the airport on Monday, a claim the army denied.",
            "the army",
            "The rebels seized the airport on Monday",
        ),
        ("The firm hid the tests, an allegation denied by its lawyers.", "its lawyers", "The firm hid the tests"),
        (
            "The opposition accused the president of rigging the election, a charge he rejects.",
            "he",
            "The opposition accused the president of rigging the election",
        ),
    ],
)
def test_a_denial_in_passing_denies_the_clause_before(text: str, speaker: str, content: str) -> None:
    found = _claims(text)
    assert (speaker, "denied", content) in found
    assert any(status == "asserted" for _, status, _ in found)


@pytest.mark.parametrize(
    "text",
    [
        "The rebels seized the airport on Monday, a claim the army did not deny.",
        "The rebels seized the airport on Monday, a town the army had left.",
        "She read a report that the ministry denied on Monday.",
    ],
)
def test_what_denies_nothing_before_it_is_none(text: str) -> None:
    assert not any(status == "denied" and content.startswith(text[:10]) for _, status, content in _claims(text))


def test_quotations_go_on_from_the_saying_that_they_went_on_from() -> None:
    text = (
        "The mill leaked, a claim its owner denied. “We saw it,” said Ann Roe of the union. “It ran for days.”\n\n"
        "“And nobody came.”"
    )
    page = rashomon.read_page(text, "case", {"text": text, "language": "en"})
    claims = next(rashomon.extract_claims([page]))
    said = [claim for claim in claims if "Ann Roe" in claim.speaker.text]
    assert [claim.content[0].exact for claim in said][:1] == ["“We saw it,”"]
    assert "denied" in {claim.status for claim in claims}
