"""Quotations under which a name stands."""

from __future__ import annotations

import pytest

from rashomon.claims import quotes, signed
from rashomon.reader import parse


def _read(text: str) -> list[tuple[str, str]]:
    found = signed.find(next(parse([text])), text, quotes.find(text))
    return [(text[slice(*saying.speaker)], text[slice(*saying.parts[0][0])]) for saying in found if saying.speaker]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“No school, no future here.” — Ana Brook, teacher", [("Ana Brook", "“No school, no future here.”")]),
        ("“We were never asked.”\n\n—Peter Hale, 54, Northport", [("Peter Hale", "“We were never asked.”")]),
        ('"They closed it overnight." -- Maria Stone', [("Maria Stone", '"They closed it overnight."')]),
        ("“We stay,” said Roth — Ana Brook left.", []),
        ("He called it “a very bad idea” — Roth disagreed.", []),
        ("“It is over.” — nobody believed him then.", []),
        ("“It is over.” — Roth said on Monday.", []),
        ("“It is over.” — Roth, who said “never” before", []),
    ],
)  # fmt: skip
def test_a_dash_and_a_name_say_whose_words_they_are(text: str, expected: list[tuple[str, str]]) -> None:
    assert _read(text) == expected
