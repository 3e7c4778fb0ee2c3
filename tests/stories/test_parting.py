"""Whether a story turned out to be two; the scores are made up."""

from __future__ import annotations

from rashomon.stories.parting import MOST, SIDE, against, parted

Scores = dict[int, dict[int, float]]


def linked(*pairs: tuple[int, int, float]) -> Scores:
    out: Scores = {}
    for one, two, score in pairs:
        out.setdefault(one, {})[two] = out.setdefault(two, {})[one] = score
    return out


def side(pages: range, score: float = 0.9) -> list[tuple[int, int, float]]:
    return [(one, two, score) for one in pages for two in pages if one < two]


BRIDGED = linked(*side(range(1, 5)), *side(range(5, 9)), *((0, page, 0.8) for page in range(1, 9)))
"""Page 0 tells of both; pages 1 to 4 of the one, 5 to 8 of the other."""


def test_a_story_falls_apart_where_only_one_page_holds_it_together() -> None:
    found = parted(8, [1, 2, 3], range(9), BRIDGED.__getitem__)
    assert found is not None
    assert found.bridge == 0
    assert (found.mine, found.others) == ([0, 5, 6, 7, 8], [1, 2, 3, 4])


def test_a_pair_across_that_fits_holds_it() -> None:
    held = linked((2, 6, 0.7), *side(range(1, 5)), *side(range(5, 9)), *((0, page, 0.8) for page in range(1, 9)))
    assert parted(8, [1, 2, 3], range(9), held.__getitem__) is None


def test_pairs_across_that_nearly_fit_hold_it() -> None:
    near = [(one, two, 0.3) for one in range(1, 5) for two in range(5, 9)]
    held = linked(*near, *side(range(1, 5)), *side(range(5, 9)), *((0, page, 0.8) for page in range(1, 9)))
    assert parted(8, [1, 2, 3], range(9), held.__getitem__) is None


def test_few_pages_part_nothing() -> None:
    few = linked(*side(range(1, 3)), *side(range(5, 9)), *((0, page, 0.8) for page in (1, 2, 5, 6, 7, 8)))
    assert parted(8, [1, 2], list(few), few.__getitem__) is None
    assert parted(8, [1, 2, 5], sorted(few), few.__getitem__) is None


def test_a_large_story_is_not_looked_at() -> None:
    def never(page: int) -> dict[int, float]:
        raise AssertionError(page)

    assert parted(0, [1] * SIDE, range(MOST + 1), never) is None


def test_what_speaks_against_is_of_the_story_and_was_compared() -> None:
    assert against({1: 0.01, 2: 0.9, 3: 0.05}, lambda page: page != 3) == [1]
