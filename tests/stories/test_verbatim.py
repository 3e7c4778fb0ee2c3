"""Sentences that one page has from another, or both from one hand."""

from __future__ import annotations

import rashomon
from rashomon.stories.verbatim import firsts

LINE = "Hooded men threw stones at the windows of the town hall before the police drove them away from the square"
CUT = "Hooded men threw stones at the windows of the town hall before police drove them off"


def test_a_sentence_cut_short_is_the_same_sentence() -> None:
    other = "The windows of the town hall were broken by men in hoods, whom the police drove away"
    assert firsts([LINE, other, CUT]) == [0, 1, 0]


def test_a_short_sentence_may_be_said_twice() -> None:
    assert firsts(["No arrests have been made", "No arrests have been made"]) == [0, 1]


def test_no_sentence_repeats_none() -> None:
    assert firsts([]) == []
    assert firsts(["", ""]) == [0, 1]


def independent(*texts: str) -> int:
    pages = [
        rashomon.read_page(
            f"{text}.",
            f"https://{place}.example/",
            {"source": f"Paper {place}", "language": "en", "published": "2031-03-01"},
        )
        for place, text in enumerate(texts)
    ]
    claims = [claim for found in rashomon.extract_claims(pages) for claim in found]
    (point,) = (point for point in rashomon.align_claims(pages, claims) if point.pages > 1)
    return point.independent


def test_two_pages_with_one_sentence_are_one_origin() -> None:
    line = "Some 400 villagers were driven from their homes when the river Sorn burst its banks above the old mill"
    cut = "Some 400 villagers were driven from their homes on Sunday when the river Sorn burst its banks above the mill"
    more = "The mayor of Selby spoke of it in Tarn, where she opened the summer fair"
    assert independent(line, f"{more}. {cut}") == 1
    assert independent(line, f"{more}. The river Sorn drove 400 villagers from their homes on Sunday") == 2
