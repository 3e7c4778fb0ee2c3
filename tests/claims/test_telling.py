"""Which sentences in a page's own voice tell of an event, or of a state that can change."""

from __future__ import annotations

import pytest

import rashomon
from rashomon.claims.tables import rows


def _own(text: str) -> list[str]:
    page = rashomon.read_page(text, "case", {"text": text, "source": "The Case"})
    claims = next(rashomon.extract_claims([page]))
    return [claim.content[0].exact for claim in claims if claim.speaker.kind == "source"]


@pytest.mark.parametrize(
    "text",
    [
        "Masked men robbed the savings bank in Selby on Friday.",
        "The river burst its banks near Ormley before dawn.",
        "The old theatre in Selby has been torn down.",
        "The ferry port in Selby is closed.",
        "Ferries are running to Selby again.",
        "Ferries are running again.",
        "There is no trace of the gang in Selby.",
        "Typhoid: 61 patients.",
        "Rescuers found the missing boy alive.",
        "A worn cable caused the crash.",
        "Hall has left the club.",
        "Sven Hall is no longer coach.",
        "There were no casualties.",
        "Nobody aboard survived.",
        "No patient data was taken.",
        "Workers are back at their posts.",
        "The cause of the crash is unknown.",
        "Work on the tunnel began in 2016.",
        "The crash happened on Monday near Leeds.",
    ],
)
def test_an_event_a_changed_state_and_a_figure_are_told(text: str) -> None:
    assert _own(text)


@pytest.mark.parametrize(
    "row", [row for row in rows("telling") if row["kind"] == "still"], ids=lambda row: row["words"]
)
def test_what_is_described_is_not(row: dict[str, str]) -> None:
    assert _own(row["example"]) == []


@pytest.mark.parametrize(
    "text",
    [
        "Dogs bark at the moon.",
        "Dogs bark at night.",
        "Did the crash happen in Leeds?",
        "The river began to rise near Leeds.",
        "You can take the bus to the beach.",
        "It was a fine evening.",
        "There was no wind.",
        "A beach is a fine place for the young.",
    ],
)
def test_what_is_usual_is_not(text: str) -> None:
    assert _own(text) == []
