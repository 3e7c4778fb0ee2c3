"""Properties of spans, plans and their maps."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rashomon.model import Edit
from rashomon.spans import Map, apply, digest, keep, merge, span, subtract, trim, union

TEXT = st.text(alphabet="ab \né’", max_size=40)
PAIRS = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)).map(lambda pair: (min(pair), max(pair))), max_size=8)


@st.composite
def planned(draw: st.DrawFn) -> tuple[str, tuple[Edit, ...]]:
    """A capture and a plan for it."""
    raw = draw(TEXT)
    cuts = sorted(draw(st.lists(st.integers(0, len(raw)), max_size=8)))
    edits = [
        Edit(cuts[at], cuts[at + 1], draw(st.text(alphabet="xyz", max_size=3))) for at in range(0, len(cuts) - 1, 2)
    ]
    return raw, tuple(edits)


@given(planned())
def test_apply_keeps_what_no_edit_touches(case: tuple[str, tuple[Edit, ...]]) -> None:
    raw, plan = case
    wanted, at = "", 0
    for edit in plan:
        wanted += raw[at : edit.start] + edit.text
        at = edit.end
    assert apply(plan, raw) == wanted + raw[at:]
    assert Map(plan, len(raw)).length == len(apply(plan, raw))


@given(planned())
def test_a_kept_character_maps_back_to_itself(case: tuple[str, tuple[Edit, ...]]) -> None:
    raw, plan = case
    text = apply(plan, raw)
    places = Map(plan, len(raw))
    for at, char in enumerate(text):
        left, right = places.back(at, at + 1)
        assert 0 <= left <= right <= len(raw)
        if char not in "xyz":  # no edit writes it, so it was kept
            assert raw[left:right] == char


@given(planned(), st.data())
def test_a_stretch_maps_back_to_a_stretch_around_its_characters(
    case: tuple[str, tuple[Edit, ...]], data: st.DataObject
) -> None:
    raw, plan = case
    places = Map(plan, len(raw))
    start = data.draw(st.integers(0, places.length))
    end = data.draw(st.integers(start, places.length))
    left, right = places.back(start, end)
    assert 0 <= left <= right <= len(raw)
    for at in range(start, end):
        inner = places.back(at, at + 1)
        assert left <= inner[0] <= inner[1] <= right


@given(planned())
def test_merging_does_not_change_what_a_plan_makes(case: tuple[str, tuple[Edit, ...]]) -> None:
    raw, plan = case
    assert apply(merge(plan), raw) == apply(plan, raw)


@given(TEXT, PAIRS)
def test_keep_keeps_the_pieces(raw: str, pairs: list[tuple[int, int]]) -> None:
    pieces = [(left, right, raw[left:right]) for left, right in union(pairs) if right <= len(raw)]
    assert apply(keep(raw, pieces), raw) == "".join(text for _, _, text in pieces)


@given(PAIRS)
def test_union_covers_the_same_and_its_parts_lie_apart(pairs: list[tuple[int, int]]) -> None:
    joined = union(pairs)
    assert {at for left, right in joined for at in range(left, right)} == {
        at for left, right in pairs for at in range(left, right)
    }
    assert all(first[1] < second[0] for first, second in pairwise(joined))


@given(st.integers(0, 30), st.integers(0, 30), PAIRS)
def test_subtract_leaves_what_no_hole_covers(start: int, end: int, holes: list[tuple[int, int]]) -> None:
    left = {at for first, last in subtract(start, end, holes) for at in range(first, last)}
    assert left == set(range(start, end)) - {at for first, last in holes for at in range(first, last)}


@given(TEXT, st.data())
def test_trim_leaves_no_white_space_at_the_edges(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    left, right = trim(text, start, end)
    assert start <= left <= right <= end
    assert text[left:right] == text[start:end].strip()


def test_an_edit_that_overlaps_or_leaves_the_capture_is_refused() -> None:
    with pytest.raises(ValueError, match="overlaps"):
        apply([Edit(0, 2, ""), Edit(1, 3, "")], "abcd")
    with pytest.raises(ValueError, match="leaves"):
        apply([Edit(2, 9, "")], "abcd")


def test_a_span_outside_the_text_is_refused() -> None:
    assert span("bridge", 1, 3).exact == "ri"
    with pytest.raises(ValueError, match="no stretch"):
        span("bridge", 3, 9)


def test_digests_tell_parts_apart_and_stay_the_same() -> None:
    assert digest("ab", "c") != digest("a", "bc")
    assert digest("ab") == digest(b"ab") == digest("ab")
    assert digest("harbour") == "1" + digest("harbour")[1:]
    assert len(digest("x")) == 21
