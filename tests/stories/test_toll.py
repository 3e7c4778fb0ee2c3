"""How many were killed and injured in a story; every page is made up."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rashomon.model import Dated, Page
from rashomon.stories.toll import CUES, toll
from rashomon.stories.toll_counts import read
from rashomon.stories.toll_people import census
from rashomon.stories.words import fold, rows


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


@pytest.mark.parametrize(
    ("sentence", "killed", "injured", "shot"),
    [
        ("Three women and two men were taken to hospital.", 0, 5, 0),
        ("Four adults and two children were killed at the lake.", 6, 0, 0),
        ("A man killed his girlfriend and her daughter, then fled.", 2, 0, 0),
        ("Both men in the car were killed, and three others were injured.", 2, 3, 0),
        ("Two men, 18 and 20, and one woman, 19, were hurt.", 0, 3, 0),
        ("A 27-year-old man and his 3-year-old son died, and a woman was hurt.", 2, 1, 0),
        ("The quake left 20 people dead.", 20, 0, 0),
        ("The gunman fled.", 0, 0, 0),
        ("Storm kills two women, injures their father.", 2, 1, 0),
        ("The store clerk was shot.", 0, 0, 1),
        ("A couple and their two young children were found dead.", 4, 0, 0),
        ("She was killed two years ago.", 0, 0, 0),
    ],
)
def test_whom_a_sentence_lists(sentence: str, killed: int, injured: int, shot: int) -> None:
    found = census(fold(sentence))
    assert (found.killed, found.injured, found.shot) == (killed, injured, shot)


def test_an_ordinal_is_a_lower_bound() -> None:
    assert census("a fifth person may have been hurt").ordinal == 5


def test_every_word_of_the_tables_is_read_in_its_example() -> None:
    for word, how_many, example in rows("toll_people"):
        found = census(fold(example))
        if how_many == "accused":
            assert found.accused, word
        else:
            assert found.injured or found.killed == 1, word
            assert found.injured == {"1": 1, "2": 2, "many": 3}[how_many] or found.killed, word
    for words, state, _, example in rows("toll_states"):
        assert getattr(census(fold(example)), state), words


@given(st.text(alphabet="adno ,.;0123456789-manywomekild", max_size=80))
@settings(max_examples=200, deadline=None)
def test_any_text_is_read(text: str) -> None:
    assert all(value >= 0 for value in census(fold(text))[:4])


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
