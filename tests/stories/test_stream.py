"""Which pages tell the same story; every text is made up."""

from __future__ import annotations

import os
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import numpy as np
import pytest
from numpy.typing import NDArray

from gold.stories import SETS, score
from rashomon.model import Dated, Page
from rashomon.spans import digest
from rashomon.stories import Stream, find
from rashomon.stories.profiles import packed, unpacked
from rashomon.stories.stream import story_id

T = TypeVar("T")

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


def timed(work: Callable[[], T]) -> tuple[T, float]:
    """What came of it, and the seconds that this process took for it."""
    start = time.process_time()
    return work(), time.process_time() - start


def most_memory(work: Callable[[], object]) -> int:
    """The most that was allocated meanwhile, in bytes; several times as slow as the work alone."""
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_a_thousand_copies_of_one_page_are_one_story_in_bounded_time_and_memory() -> None:
    pages = [page(f"p{number}", FERRY, "2031-05-02", "Ferry aground") for number in range(1000)]
    (story,), seconds = timed(lambda: find(pages))
    assert len(story.pages) == 1000
    assert seconds < 60
    assert most_memory(lambda: find(pages[:100])) < 5_000_000


def test_a_story_of_five_hundred_pages_stays_one_in_bounded_time_and_memory() -> None:
    towns = [f"{one}{two}" for one in ("Ash", "Oak", "Elm", "Fern", "Moss") for two in ("ford", "ton", "by", "wick")]
    texts = [f"{FERRY} {towns[n % 20]} sent {n + 10} blankets. {FERRY_AGAIN if n % 2 else ''}" for n in range(500)]
    pages = [
        page(f"p{n}", text, f"2031-05-{2 + n // 20:02}", f"Ferry Anselma: {towns[n // 20 % 20]} helps")
        for n, text in enumerate(texts)
    ]
    stories, seconds = timed(lambda: find(pages))
    assert [len(story.pages) for story in stories] == [500]
    assert seconds < 30
    assert most_memory(lambda: find(pages[:100])) < 5_000_000


def test_one_title_over_different_stories_does_not_join_them() -> None:
    pages = [page("a", FERRY, "2031-05-02", "Morning news"), page("b", BUDGET, "2031-05-02", "Morning news")]
    assert len(find(pages)) == 2


def made_up(seed: str) -> str:
    """A name that no other seed gives."""
    return "".join(dict(zip("0123456789abcdef", "aeioubdfgklmnrst", strict=True))[c] for c in digest(seed)[:8]).title()


def test_one_title_over_a_hundred_stories_joins_hardly_any_of_them() -> None:
    pages = [
        page(f"p{n}", f"The dam of {made_up(f'a{n}')} broke near {made_up(f'b{n}')} Bridge, said {made_up(f'c{n}')} "
             f"{made_up(f'd{n}')}, its keeper. {n + 12} cellars of {made_up(f'a{n}')} had to be pumped dry.",
             "2031-05-02", "Morning news")
        for n in range(100)
    ]  # fmt: skip
    stories, seconds = timed(lambda: find(pages))
    assert len(stories) > 95
    assert seconds < 15


def test_a_page_dated_in_the_future_joins_by_what_it_says() -> None:
    pages = [page("a", FERRY, "2031-05-02", "Ferry Anselma aground"), page("b", FERRY_AGAIN, "2999-01-01", "Anselma")]
    stories = find(pages)
    assert {p for story in stories for p in story.pages} == {"a", "b"}
    assert all(story.first is not None for story in stories)


def test_without_any_date_pages_join_by_what_they_say() -> None:
    pages = [page("a", FERRY), page("b", BUDGET), page("c", FERRY_AGAIN), page("d", OTHER_FERRY)]
    stories = find(pages)
    assert ("a", "c") in [story.pages for story in stories]
    assert all(story.first is None and story.last is None for story in stories)
    assert "one of the two has no date" in stories[0].why[1]


def scored(stream: Stream, monkeypatch: pytest.MonkeyPatch, score: Callable[[str, str], float]) -> None:
    """Let pairs of pages, by their ids, be as likely one story as is said."""

    def near(_: object) -> list[int]:
        return list(range(len(stream._seen)))[-20:]

    def likely(columns: NDArray[np.float32], _: object) -> NDArray[np.float64]:
        earlier = [seen.page.id for seen in stream._seen][-20:]
        return np.array([score(coming[0], each) for each in earlier])

    coming = [""]
    place = stream.place

    def placing(each: Page, *rest: object) -> int:
        coming[0] = each.id
        return place(each)

    monkeypatch.setattr(stream, "_near", near)
    monkeypatch.setattr(stream, "place", placing)
    monkeypatch.setattr("rashomon.stories.stream.likely", likely)


def test_a_story_that_turns_out_to_be_two_is_parted_and_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first pages of two look-alikes were taken for one story; page by page they turn out to be two."""
    stream = Stream()

    def score(one: str, two: str) -> float:
        return 0.9 if one[0] == two[0] or "both" in (one, two) else 0.02 if "a4" in (one, two) else 0.15

    scored(stream, monkeypatch, score)
    for name in ("both", "a1", "b1"):
        stream.add(page(name, FERRY, "2031-05-02", name))
    for index in range(len(stream._seen)):
        # A hand's work: what earlier pages would have been taken for.
        stream._seen[index].story = 0
    stream._growing[0].members[:] = [0, 1, 2]
    del stream._growing[1:]
    for name in ("b2", "b3", "a2", "a3"):
        number = stream.place(page(name, FERRY, "2031-05-03", name))
        _force(stream, number)
    for one, two in ((a, b) for a in (1, 5, 6) for b in (2, 3, 4)):
        stream._seen[one].links[two] = stream._seen[two].links[one] = 0.03
    stream.add(page("a4", FERRY, "2031-05-04", "a4"))
    stories = {story.pages[0]: story for story in stream.stories}
    assert [sorted(story.pages) for story in stories.values()] in (
        [["a1", "a2", "a3", "a4", "both"], ["b1", "b2", "b3"]],
        [["b1", "b2", "b3", "both"], ["a1", "a2", "a3", "a4"]],
    )
    first, second = stories.values()
    assert first.id == story_id(page("both", FERRY))
    assert second.was == (first.id,)
    assert second.why[0].startswith("founded a story that was parted from both: its 3 pages and the 5 others have")
    assert second.why[0].endswith("next to nothing in common but both")


def _force(stream: Stream, number: int) -> None:
    """Put the latest page into the first story, wherever it went."""
    if number:
        stream._seen[-1].story = 0
        stream._growing[number].members.clear()
        stream._growing[0].members.append(len(stream._seen) - 1)


def test_two_stories_that_a_page_shows_to_be_one_are_merged_and_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = Stream()
    scored(stream, monkeypatch, lambda one, two: 0.9 if "c" in (one, two) else 0.7 if {one, two} == {"d", "a"} else 0.1)
    for name in ("a", "b"):
        stream.add(page(name, FERRY, "2031-05-02", name.upper()))
    stream._seen[0].links[1] = stream._seen[1].links[0] = 0.6
    story = stream.add(page("c", FERRY, "2031-05-03", "C"))
    assert story.pages == ("a", "b", "c")
    assert story.id == story_id(page("a", FERRY))
    assert story.was == (story_id(page("b", FERRY)),)
    assert story.why[1] == "founded a story that C showed to be this one"


def test_a_page_that_tells_two_stories_is_named_in_the_gaps(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = Stream()
    scored(stream, monkeypatch, lambda one, two: 0.9 if "round-up" in (one, two) else 0.01)
    for name in ("ferry", "budget", "round-up"):
        stream.add(page(name, FERRY, "2031-05-02", name.capitalize()))
    (gap,) = stream.beside()
    assert gap.page == "round-up"
    assert gap.why == "It fits “Budget” too; a page stands in one story, this one in “Ferry”."


def test_a_profile_is_the_same_after_it_was_kept() -> None:
    stream = Stream()
    stream.add(page("a", FERRY, "2031-05-02", "Ferry aground"))
    kept = stream._seen[0].profile
    again = unpacked(packed(kept))
    assert all((getattr(kept, name) == getattr(again, name))[~np.isnan(getattr(kept, name))].all()
               for name in ("keys", "values", "numbers"))  # fmt: skip
    with pytest.raises(ValueError, match="made again from the page"):
        unpacked(b"\x09\x00" + packed(kept)[2:])


@pytest.mark.parametrize(("name", "least"), [("gva", 0.95), ("ecb", 0.88), ("basil", 0.97)])
def test_gold(name: str, least: float) -> None:
    folder = os.environ.get("RASHOMON_DATA")
    if not folder:
        pytest.skip("RASHOMON_DATA names no folder with the gold stories.")
    pages, gold = SETS[name](Path(folder))
    told = {p: story.id for story in find(pages) for p in story.pages}
    assert score(gold, told)["f"] >= least
