"""Days that a text speaks of; every text is made up."""

from __future__ import annotations

from datetime import date

import pytest

from rashomon.stories.told_days import told

PUBLISHED = (date(2031, 5, 7) - date(1970, 1, 1)).days
"""A Wednesday."""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The dam broke on Monday.", ["2031-05-05"]),
        ("It rained on Wednesday.", ["2031-05-07"]),
        ("It rained Thurs. night.", ["2031-05-01"]),
        ("He was heard on Jan. 29.", ["2031-01-29"]),
        ("He was heard on 29 January 2029.", ["2029-01-29"]),
        ("The hearing of December 3 was short.", ["2030-12-03"]),
        ("Last night the bridge fell; today it was closed.", ["2031-05-06", "2031-05-07"]),
        ("On February 30 nothing happened.", []),
        ("Mayor May Thorne spoke.", []),
    ],
)
def test_days_are_read_against_the_publication(text: str, expected: list[str]) -> None:
    days = [(date.fromisoformat(day) - date(1970, 1, 1)).days for day in expected]
    assert list(told(text, PUBLISHED).days) == days


def test_without_a_date_only_what_names_its_year_is_resolved() -> None:
    found = told("On Monday and on March 3, as on March 3, 2030, it snowed.", None)
    assert len(found.days) == 1
    assert found.weekdays == {0}
    assert found.calendar == {"03-03"}
