"""The arrays of a parsed text: rows, trees, quotations."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rashomon.claims import quotes
from rashomon.claims.parsed import DEEPEST, Parsed, parsed
from rashomon.reader import parse

_WORDS = [
    "“We stay,”",
    "he said.",
    "The firm denied",
    "that",
    "it",
    '"',
    "'",
    "no",
    "\n\n",
    "said",
    "(",
    "according to",
]


def _parsed(text: str) -> Parsed:
    return parsed(next(parse([text], "network")), quotes.find(text))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(_WORDS), max_size=20))
def test_any_text_gives_trees_within_its_sentences(words: list[str]) -> None:
    text = " ".join(words)
    rows = _parsed(text)
    assert [text[a:b] for a, b in zip(rows.start, rows.end, strict=True)] == " ".join(
        text[a:b] for a, b in zip(rows.start, rows.end, strict=True)
    ).split()
    for row in range(rows.size):
        above = rows.path[row][rows.path[row] >= 0].tolist()
        assert above[-1] == row
        assert len(above) == rows.depth[row] + 1 <= DEEPEST
        assert all(rows.sentence[each] == rows.sentence[row] for each in above)
        assert above[-2:-1] == ([rows.head[row]] if rows.head[row] != row else [])
        assert rows.left[row] <= row <= rows.right[row]
    assert rows.firsts.tolist() == sorted(set(rows.firsts.tolist()))


def test_quotations_have_numbers_and_their_marks_signs() -> None:
    rows = _parsed("“We stay,” she said. “It is over.”")
    assert rows.quote.tolist() == [1, 1, 1, 1, 1, 0, 0, 0, 2, 2, 2, 2, 2, 2]
    assert rows.mark.tolist() == [1, 0, 0, 0, -1, 0, 0, 0, 1, 0, 0, 0, 0, -1]


@pytest.mark.parametrize("text", ["", " \n\n ", "word"])
def test_texts_without_sentences(text: str) -> None:
    rows = _parsed(text)
    assert rows.size == len(text.split())
    assert rows.firsts.tolist() == [0, *[1] * rows.size]


def test_paragraphs_part_sentences() -> None:
    rows = _parsed("The mayor spoke\n\nand the crowd left")
    assert len(set(rows.sentence.tolist())) == len(set(rows.paragraph.tolist())) == 2
    assert np.array_equal(rows.sentence, np.repeat([0, 1], [3, 4]))
