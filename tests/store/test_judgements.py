"""Judgements outrank the machine at once, are undone by another, and survive a second reading."""

from __future__ import annotations

from typing import Any

import pytest

import rashomon
from rashomon import run
from rashomon.pages import Capture
from rashomon.store import Asked, Store
from rashomon.stories.judged import Judgement, found, in_force, quoted

FIRST = "Mayor Nadia Orsini said that 12 people were injured in Tarn on Monday. The bridge at Tarn is closed."
SECOND = "Police said that 15 people were injured in Tarn on Monday. The bridge at Tarn is closed."


def capture(text: str, address: str, published: str) -> Capture:
    return Capture(address, text.encode(), {"title": "The bridge at Tarn", "published": published, "text": text})


def filled(url: str) -> Store:
    store = Store(url)
    for item in (capture(FIRST, "a", "2026-03-04"), capture(SECOND, "b", "2026-03-04")):
        assert store.add(run.read_capture(item), item)
    return store


def judgement(kind: Any, **given: Any) -> Judgement:
    return Judgement(id="", kind=kind, who="Ada", at="2026-03-10T12:00:00Z", **given)


def injured(store: Store) -> list[rashomon.Point]:
    return [point for point in store.report().points if point.kind == "number"]


def test_what_is_judged_misread_counts_no_longer_until_that_is_undone(url: str) -> None:
    with filled(url) as store:
        (point,) = injured(store)
        assert point.verdict == "disputed"
        wrong = next(hit.claim for hit in store.search(Asked(words="15 people")) if hit.claim)
        kept = store.judge(judgement("misread", left=(quoted(wrong),)))
        assert [each.verdict for each in injured(store)] == ["single"]
        assert any("Ada judged on 2026-03-10 that it is misread" in gap.why for gap in store.report().gaps)
        store.judge(judgement("undo", undoes=kept.id))
        assert [each.verdict for each in injured(store)] == ["disputed"]
        assert [each.kind for each in store.judgements()] == ["misread", "undo"]


def test_judgements_survive_a_second_reading(url: str) -> None:
    with filled(url) as store:
        wrong = next(hit.claim for hit in store.search(Asked(words="15 people")) if hit.claim)
        store.judge(judgement("misread", left=(quoted(wrong),)))
        assert store.reread() == (2, 0)
        assert [each.verdict for each in injured(store)] == ["single"]
        assert len(store.search(Asked(words="15 people"))) == 1


def test_points_are_parted_and_joined(url: str) -> None:
    with filled(url) as store:
        (point,) = injured(store)
        claims = {claim.id: claim for claim in store.claims()}
        one, two = (quoted(claims[each]) for each in point.claims)
        parted = store.judge(judgement("different", left=(one,), right=(two,)))
        assert [each.verdict for each in injured(store)] == ["single", "single"]
        assert all("Ada judged" in each.why for each in injured(store))
        store.judge(judgement("undo", undoes=parted.id))
        assert len(injured(store)) == 1
        store.judge(judgement("different", left=(one,), right=(two,)))
        store.judge(judgement("same", left=(one,), right=(two,)))
        assert [each.verdict for each in injured(store)] == ["disputed"]


def test_two_names_are_one_origin(url: str) -> None:
    first = "Nadia Orsini said the bridge at Tarn will reopen on Friday."
    second = "Nadja Orsino said the bridge at Tarn will reopen on Friday."
    with Store(url) as store:
        store.add_all([run.read_capture(capture(first, "a", "2026-03-04"))])
        store.add_all([run.read_capture(capture(second, "b", "2026-03-04"))])
        before = {entity.name for entity in store.report().entities}
        assert {"Nadia Orsini", "Nadja Orsino"} <= before
        store.judge(judgement("names", names=("Nadia Orsini", "Nadja Orsino")))
        after = store.report()
        (who,) = [entity for entity in after.entities if "Nadia Orsini" in entity.names]
        assert "Nadja Orsino" in who.names
        speakers = {claim.speaker.entity for claim in after.claims if claim.speaker.kind == "named"}
        assert speakers == {who.id}
        assert all(point.independent == 1 for point in after.points)


def test_a_page_leaves_its_story_and_comes_back(url: str) -> None:
    with filled(url) as store:
        (story,) = store.stories()
        page = store.pages()[1].id
        kept = store.judge(judgement("page", page=page, story=story.id))
        assert sorted(each.pages for each in store.stories()) == [1, 1]
        again = capture(SECOND + " More soon.", "b", "2026-03-05")
        store.add(run.read_capture(again), again)
        assert sorted(each.pages for each in store.stories()) == [1, 1], "a later capture of it stays out too"
        store.judge(judgement("undo", undoes=kept.id))
        assert [each.pages for each in store.stories()] == [2]
        assert store.report(story.id).stories[0].id == story.id


def test_what_does_not_exist_cannot_be_undone(url: str) -> None:
    with filled(url) as store, pytest.raises(rashomon.UsageError, match="no judgement"):
        store.judge(judgement("undo", undoes="nothing"))


def test_an_undoing_can_be_undone() -> None:
    first = Judgement(id="1", kind="misread", who="Ada", at="")
    second = Judgement(id="2", kind="undo", who="Ben", at="", undoes="1")
    third = Judgement(id="3", kind="undo", who="Ada", at="", undoes="2")
    assert in_force([first]) == [first]
    assert in_force([first, second]) == []
    assert in_force([first, second, third]) == [first]


def test_a_judged_claim_is_known_again_by_its_words() -> None:
    page = rashomon.read_page(FIRST, "a", {"text": FIRST})
    (claims,) = rashomon.extract_claims([page])
    wanted = quoted(claims[0])
    moved = type(wanted)("another id", wanted.page, wanted.start, wanted.end - 2, wanted.exact[:-2])
    assert found(moved, claims) == claims[0]
    assert found(type(wanted)("another id", wanted.page, 9000, 9010, "nothing"), claims) is None
