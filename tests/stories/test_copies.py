"""Which pages repeat another's text; every text is made up."""

from __future__ import annotations

import time

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from rashomon.model import Dated, Page
from rashomon.stories.copies import LEAST, SHARE, containment, copies, repeating, shingles

WIRE = " ".join(f"The {word} council met at dawn and heard the {word} report." for word in
                "harbour river mill bridge school tower market station".split())  # fmt: skip
OTHER = " ".join(f"Nobody in the {word} quarter saw the lights go out." for word in
                 "old new upper lower green stone".split())  # fmt: skip


def page(name: str, text: str, date: str | None = None, source: str | None = None) -> Page:
    return Page(
        id=name, address=name, source=source, published=Dated(date, "stated" if date else "unknown", ""), text=text
    )


def test_the_earlier_is_the_original() -> None:
    late = page("late", WIRE + " Own words at the end.", "2031-05-03")
    early = page("early", WIRE, "2031-05-02")
    assert copies([late, early, page("other", OTHER)]) == {"late": "early"}


def test_without_dates_the_credited_is_the_original() -> None:
    one = page("one", f"(Seaboard Wire) {WIRE}", source="The Ledger")
    two = page("two", WIRE, source="Seaboard Wire")
    assert copies([one, two]) == {"one": "two"}


def test_else_the_first_handed_in_is_the_original() -> None:
    assert copies([page("one", WIRE), page("two", WIRE)]) == {"two": "one"}


def test_a_copy_of_a_copy_points_at_the_original() -> None:
    pages = [page(str(day), WIRE, f"2031-05-0{day}") for day in (3, 1, 2)]
    assert copies(pages) == {"2": "1", "3": "1"}


def test_a_short_text_is_no_copy() -> None:
    text = " ".join(WIRE.split()[: LEAST + 3])
    assert copies([page("a", text), page("b", text)]) == {}


def test_a_paragraph_in_common_is_no_copy() -> None:
    assert copies([page("a", WIRE + OTHER * 4), page("b", OTHER + " ".join(f"word{i}" for i in range(200)))]) == {}


@settings(deadline=None)
@given(st.lists(st.sampled_from([WIRE, OTHER, WIRE + OTHER, OTHER[:150], ""]), max_size=6))
def test_copies_settle(texts: list[str]) -> None:
    """No original is itself a copy, and without the copies there are no copies."""
    pages = [page(str(index), text) for index, text in enumerate(texts)]
    found = copies(pages)
    assert not set(found) & set(found.values())
    assert copies(pages) == found


@settings(deadline=None)
@given(st.text(max_size=200), st.text(max_size=200))
def test_containment_is_symmetric_and_a_share(one: str, two: str) -> None:
    a, b = shingles(one), shingles(two)
    assert 0 <= containment(a, b) == containment(b, a) <= 1


def test_of_pages_that_credit_an_agency_its_own_is_the_original() -> None:
    one = page("one", WIRE, source="The Ledger")
    two = page("two", WIRE, source="Reuters")
    assert copies([msgspec.structs.replace(one, credits=("REUTERS",)), two]) == {"one": "two"}
    assert copies([one, two]) == {"two": "one"}


def test_a_thousand_copies_point_at_the_first_in_bounded_time() -> None:
    texts = [WIRE if number % 2 else f"{WIRE} Note {number}: {OTHER[: number % 40]}" for number in range(1000)]
    pages = [page(str(number), text, f"2031-05-{1 + number // 100:02}") for number, text in enumerate(texts)]
    start = time.process_time()
    found = copies(pages)
    assert time.process_time() - start < 20
    assert len(found) == 999
    assert set(found.values()) == {"0"}


@settings(deadline=None, max_examples=30)
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 9)), max_size=12))
def test_no_pair_is_missed(cuts: list[tuple[int, int]]) -> None:
    """Every pair of texts whose containment is enough is found, and no other."""
    texts = [" ".join((WIRE + OTHER).split()[10 * first : 10 * (first + 2 + length)]) for first, length in cuts]
    sets = [shingles(text) for text in texts]
    real = [(a, b) for a in range(len(texts)) for b in range(a + 1, len(texts))
            if containment(sets[a], sets[b]) >= SHARE]  # fmt: skip
    assert repeating(texts) == real
