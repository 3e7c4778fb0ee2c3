"""What the trees make of a dump: lists in the article, other stories after it, cleaned text, titles."""

from __future__ import annotations

import numpy as np
import pytest

from rashomon.pages import read
from rashomon.pages.choose import choose
from rashomon.pages.linemarks import marks
from rashomon.pages.lines import units
from rashomon.pages.tables import rows
from rashomon.pages.traits import columns
from rashomon.pages.weigh import chances, chosen, gaps, silenced, weighed
from rashomon.trees import shipped

STORY = (
    "The harbour bridge was shut on Tuesday after engineers found cracks in two of its piers, the port authority said.",
    "Some 4,000 drivers who use it every day were told to take the ferry, which will run every ten minutes until May.",
    "“We will not reopen it before every bolt has been checked,” said the authority's director, Marta Oland.",
    "The opposition blamed the council for having put off repairs since 2019, and called for an inquiry.",
)
NONE = (None,)
MENU = ("Home", "News", "Sport", "Weather", "Log in", "Subscribe")


def test_prose_is_kept_and_menus_are_not() -> None:
    page = read("\n".join((*MENU, "Bridge shut after cracks are found in its piers", *STORY, *MENU)))
    assert page.text == "\n\n".join(STORY)
    assert page.title == "Bridge shut after cracks are found in its piers"


def test_cleaned_text_is_left_alone() -> None:
    text = "\n\n".join((*STORY[:2], "Nobody was hurt.", *STORY[2:]))
    assert read(text).text == text


def test_lines_wrapped_at_a_width_make_the_same_article() -> None:
    words = " ".join(STORY).split()
    lines = [""]
    for word in words:
        if len(lines[-1]) + len(word) > 68:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    assert " ".join(read("\n".join(lines)).text.split()) == " ".join(words)


def test_the_address_does_not_change_the_article() -> None:
    text = "\n".join((*MENU, "Bridge shut after cracks are found", *STORY))
    page = read(text, "https://harbour.example/bridge-shut-after-cracks-are-found")
    assert page.text == read(text).text
    assert page.title == "Bridge shut after cracks are found"


def test_each_line_has_as_many_features_as_the_trees_know() -> None:
    trees = shipped("pages", "dump")
    assert trees is not None
    text = "\n".join((*MENU, *STORY))
    lines = units(text)
    choice = choose(lines)
    names, values = columns(lines, choice, gaps(text, lines))
    assert names == trees.names
    assert values.shape == (len(names), len(lines))
    found = chances(trees, text, lines, choice)
    assert all(0 <= chance <= 1 for chance in found)
    assert set(chosen(lines, choice, found)) <= set(range(len(lines)))


def test_doubtful_sentences_below_a_cleaned_text_are_left_out_sooner_than_on_a_whole_page() -> None:
    lines = units("\n".join(("Bridge shut after cracks are found", *STORY)))
    found = np.array([0.02, 0.99, 0.99, 0.6, 0.5])
    whole = choose(lines)._replace(clean=False)
    kept = chosen(lines, whole, found)
    clean = chosen(lines, whole._replace(clean=True, kept=()), found)
    assert kept == [1, 2, 3, 4]
    assert clean == [1, 2, 3]


def test_nothing_is_weighed_where_there_is_no_line() -> None:
    choice = choose([])
    assert weighed("", [], choice) == choice


@pytest.mark.parametrize("row", rows("line_words"), ids=lambda row: row["group"])
def test_each_group_of_words_knows_its_example(row: dict[str, str]) -> None:
    assert marks(units(row["example"]), [None]).site[0] > 0


@pytest.mark.parametrize("row", rows("voice_words"), ids=lambda row: row["group"])
def test_each_voice_is_heard_in_its_example(row: dict[str, str]) -> None:
    voices = dict(marks(units(row["example"]), [None]).voices)
    assert voices[row["group"]][0] > 0


@pytest.mark.parametrize("row", rows("comment_heads"), ids=lambda row: row["example"])
def test_readers_comments_begin_where_the_first_of_several_is_opened(row: dict[str, str]) -> None:
    lines = units("\n".join((*STORY, row["example"], STORY[0], row["example"], STORY[1])))
    assert [round(chance, 2) for chance in silenced(lines, np.full(8, 0.9), NONE * 8)] == [0.9] * 4 + [0.09] * 4


def test_one_line_with_a_name_a_date_and_a_word_of_speech_opens_no_thread() -> None:
    lines = units("\n".join((*STORY, "Marta Oland on May 3, 2031 at 5:23 pm said:", STORY[0])))
    assert list(silenced(lines, np.full(6, 0.9), NONE * 6)) == [0.9] * 6


@pytest.mark.parametrize("row", rows("thread_words"), ids=lambda row: row["words"].split()[0])
def test_comments_below_their_heading_are_hardly_the_article(row: dict[str, str]) -> None:
    text = "\n".join((*STORY, row["example"], *STORY))
    found = silenced(units(text), np.full(9, 0.9), NONE * 9)
    assert list(found[:4]) == [0.9] * 4
    assert max(found[4:]) < 0.1


def test_a_count_of_comments_above_the_article_silences_nothing() -> None:
    lines = units("\n".join(("Bridge shut", "12 comments", *STORY)))
    assert list(silenced(lines, np.full(6, 0.9), NONE * 6)) == [0.9] * 6


@pytest.mark.parametrize("heading", ["More stories", *(row["example"] for row in rows("story_heads"))])
def test_what_a_heading_of_other_stories_heads_is_hardly_the_article(heading: str) -> None:
    lines = units("\n".join((*STORY, heading, *STORY[:2])))
    kinds = (*NONE * 4, "related" if heading == "More stories" else "navigation", *NONE * 2)
    unsure = np.array([0.95] * 4 + [0.0] + [0.7] * 2)
    assert max(silenced(lines, unsure, kinds)[4:]) < 0.1
    # Where the article goes on below a box, nothing is silenced.
    sure = np.array([0.95] * 4 + [0.0] + [0.7, 0.8])
    assert list(silenced(lines, sure, kinds)) == list(sure)


def test_a_menu_s_words_below_a_box_head_nothing() -> None:
    lines = units("\n".join((*STORY, "Subscribe", *STORY[:2])))
    found = np.array([0.95] * 4 + [0.0] + [0.7] * 2)
    assert list(silenced(lines, found, (*NONE * 4, "navigation", *NONE * 2))) == list(found)


def test_readers_comments_are_left_out() -> None:
    replies = ("I drove over it on Monday and it shook like a leaf in the wind.", "They should have listened to us.")
    page = read("\n".join((*MENU, "Bridge shut after cracks are found in its piers", *STORY, "2 comments", *replies)))
    assert page.text == "\n\n".join(STORY)
