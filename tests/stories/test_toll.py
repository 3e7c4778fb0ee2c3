"""How many were killed and injured in a story; every page is made up."""

from __future__ import annotations

import pytest

from rashomon.model import Dated, Page
from rashomon.stories.toll import CUES, read, toll
from rashomon.stories.words import rows


def page(text: str, title: str | None = None, name: str = "p") -> Page:
    return Page(id=name, address=None, title=title, text=text, published=Dated(None, "unknown", "made up"))


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("Two people were killed and three injured at the fair.", "killed", [2]),
        ("Two people were killed and three injured at the fair.", "injured", [3]),
        ("Gunfire left four dead, police said.", "killed", [4]),
        ("Five people were shot outside the depot.", "shot", [5]),
        ("A double shooting shook the town.", "shot", [2]),
        ("He was shot and killed two years ago.", "killed", []),
        ("A 12-year-old was hurt.", "injured", []),
        ("He fired, wounding two officers.", "injured", [2]),
        ("Another two were hospitalized.", "injured", [2]),
    ],
)
def test_what_a_page_counts(text: str, kind: str, expected: list[int]) -> None:
    assert read(page(text)).counts[kind] == expected


def test_who_is_listed_and_not_counted() -> None:
    told = read(page("A 19-year-old died at the scene. A 40-year-old died on Friday. Police charged a 22-year-old."))
    assert told.people["killed"] == 2


def test_every_cue_of_the_table_stands_in_its_example_and_is_looked_at() -> None:
    for words, cue, example in rows("toll_cues"):
        assert cue in CUES
        assert read(page(example)).cues.get(cue), words


def test_a_story_that_all_pages_count_alike() -> None:
    pages = [
        page("Two people were killed and one was injured in a shooting on Elm Street, police said.", "Two killed", "a"),
        page("Two men are dead and a third is injured after a shooting on Elm Street.", "Two dead, one injured", "b"),
    ]
    found = toll(pages, "killed")
    assert found.value == 2
    assert "2 killed" in found.why


def test_no_page_is_no_answer() -> None:
    assert toll([], "killed").value is None
