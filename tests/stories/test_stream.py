"""Which pages tell the same story; every text is made up."""

from __future__ import annotations

import os
from importlib import import_module
from pathlib import Path

import pytest

from rashomon.model import Dated, Page
from rashomon.stories import Stream, find
from rashomon.stories.stream import NEAR, story_id

FERRY = (
    "The car ferry Anselma ran aground off Port Tessaly on Monday with 212 passengers aboard, the coast guard said. "
    "Captain Mirela Voss ordered the passengers into lifeboats as water entered the engine room."
)
FERRY_AGAIN = (
    "Questions are growing about the maintenance of the Anselma. Documents seen by the paper show that the Tessaly "
    "Line put off repairs of the ferry's engine room twice. Mirela Voss, who commanded her, was heard on Friday."
)
OTHER_FERRY = (
    "The car ferry Bodil lost power near Cape Harrow on Monday with 90 passengers aboard, the coast guard said. "
    "Captain Jon Ekman asked for tugs, and the passengers were brought to Harrow by lifeboats."
)
BUDGET = (
    "The parliament of Cardovia passed a budget on Monday that raises the tax on fuel. Petra Lindqvist, the minister, "
    "called it a compromise; the Farmers' League promised protests."
)


def page(name: str, text: str, date: str | None = None, title: str | None = None) -> Page:
    return Page(id=name, address=f"{name}.html", title=title, text=text,
                published=Dated(date, "stated" if date else "unknown", "made up"))  # fmt: skip


def test_another_angle_without_a_date_joins_and_look_alikes_do_not() -> None:
    pages = [
        page("a", FERRY, "2031-05-02", "Ferry Anselma runs aground off Port Tessaly"),
        page("b", OTHER_FERRY, "2031-05-02", "Ferry Bodil loses power near Cape Harrow"),
        page("c", FERRY_AGAIN, None, "Tessaly Line put off repairs of the Anselma"),
        page("d", BUDGET, "2031-05-02", "Cardovia passes budget"),
    ]
    assert sorted(story.pages for story in find(pages)) == [("a", "c"), ("b",), ("d",)]


def test_every_page_has_a_reason_and_the_founder_gives_title_and_id() -> None:
    first, second = page("a", FERRY, "2031-05-02", "Ferry aground"), page("b", FERRY_AGAIN, "2031-05-04")
    (story,) = find([second, first])
    assert (story.id, story.title, story.first, story.last) == (
        story_id(first),
        "Ferry aground",
        "2031-05-02",
        "2031-05-04",
    )
    assert story.why[0] == "founded the story"
    assert "Mirela Voss" in story.why[1]
    assert "1 day apart" in story.why[1]


def test_the_stream_gives_a_page_its_story_at_once() -> None:
    stream = Stream()
    assert stream.add(page("a", FERRY)).pages == ("a",)
    assert stream.add(page("b", FERRY_AGAIN)).pages == ("a", "b")
    assert [story.pages for story in stream.stories] == [("a", "b")]


def test_a_page_without_a_word_founds_a_story() -> None:
    (story,) = find([page("a", "")])
    assert (story.title, story.first, story.pages) == ("a.html", None, ("a",))


def test_nothing_gives_nothing() -> None:
    assert find([]) == []


def test_a_reason_names_what_is_shared_as_the_page_writes_it() -> None:
    stream = Stream()
    stream.add(page("a", FERRY, "2031-05-02", "Ferry aground"))
    why = stream.add(page("b", FERRY_AGAIN, "2031-05-04", "Repairs put off")).why[1]
    assert why.startswith("shares “Mirela Voss”, “Anselma”")
    assert why.endswith("with Ferry aground; 1 day apart")


def test_without_the_file_of_trees_stories_are_told_apart_too() -> None:
    stream = Stream(trees=())
    for each in (page("a", FERRY, "2031-05-02"), page("b", BUDGET, "2031-05-02"), page("c", FERRY_AGAIN, "2031-05-04")):
        stream.add(each)
    assert [story.pages for story in stream.stories] == [("a", "c"), ("b",)]


def test_the_same_pages_give_the_same_stories() -> None:
    pages = [page("a", FERRY, "2031-05-02"), page("b", FERRY_AGAIN, None), page("c", OTHER_FERRY, "2032-01-01")]
    assert find(pages) == find(pages)


def test_a_thousand_copies_are_one_story_and_bounded() -> None:
    stream = Stream()
    for number in range(300):
        stream.place(page(f"p{number}", FERRY, "2031-05-02", "Ferry aground"))
    (story,) = stream.stories
    assert len(story.pages) == 300
    assert max(len(stream.compared(page("q", FERRY))[0]) for _ in range(1)) <= NEAR


def test_one_title_over_different_stories_does_not_join_them() -> None:
    pages = [page("a", FERRY, "2031-05-02", "Morning news"), page("b", BUDGET, "2031-05-02", "Morning news")]
    assert len(find(pages)) == 2


def test_a_page_dated_in_the_future_is_placed_by_what_it_says() -> None:
    pages = [page("a", FERRY, "2031-05-02", "Ferry Anselma aground"), page("b", FERRY_AGAIN, "2999-01-01", "Anselma")]
    assert {p for story in find(pages) for p in story.pages} == {"a", "b"}


@pytest.mark.parametrize(("name", "least"), [("gva", 0.95), ("ecb", 0.88), ("basil", 0.97)])
def test_gold(name: str, least: float, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = os.environ.get("RASHOMON_DATA")
    if not folder:
        pytest.skip("RASHOMON_DATA names no folder with the gold stories.")
    monkeypatch.syspath_prepend(str(Path(__file__).parents[2] / "benchmarks"))
    sets = import_module("story_sets")
    pages, gold = sets.SETS[name](Path(folder))
    told = {p: story.id for story in find(pages) for p in story.pages}
    assert sets.score(gold, told)["f"] >= least
