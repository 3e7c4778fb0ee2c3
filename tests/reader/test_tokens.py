"""Tokens are spaCy's, found faster; a sentence starts at each paragraph and after a dateline."""

from __future__ import annotations

from typing import Any

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from rashomon.reader.tokens import blank, paragraph_starts, sentence_starts

PLAIN = spacy.blank("en")
WORDS = st.text(st.sampled_from("abcXYZusUSkmKM'’.,-–$£%()\"“é9 0\n:/@#"), max_size=40)


@settings(deadline=None)
@given(WORDS)
def test_the_tokens_are_those_of_spacy(text: str) -> None:
    assert [(t.text, t.whitespace_, t.norm_) for t in blank()(text)] == [
        (t.text, t.whitespace_, t.norm_) for t in PLAIN(text)
    ]


@settings(deadline=None)
@given(st.text(st.sampled_from("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"), min_size=1, max_size=30))
def test_no_pattern_of_the_tokenizer_finds_anything_in_letters_alone(word: str) -> None:
    tokenizer: Any = PLAIN.tokenizer
    assert not tokenizer.prefix_search(word)
    assert not tokenizer.suffix_search(word)
    assert not list(tokenizer.infix_finditer(word))
    assert not tokenizer.url_match(word)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("ORMSK, June 19 (NAP) — The mayor resigned.", "The"),
        ("Ormsk (NAP) – The mayor resigned.", "The"),
        ("Dec 29 (Newswire) - The mayor resigned.", "The"),
        ("PORT AMSEL, Veldia (NAP) -- Captain Veld resigned.", "Captain"),
        ("ORMSK — “We resign,” the mayor said.", "“"),
        ("ORMSK/ORVIK (NAP) - The mayor resigned.", "The"),
    ],
)
def test_a_sentence_starts_after_a_dateline(text: str, first: str) -> None:
    doc = blank()("Two ferries sank.\n\n" + text)
    starts = sentence_starts(doc)
    assert [doc[start].text for start in starts] == ["Two", doc[starts[1]].text, first]


@pytest.mark.parametrize(
    "text",
    [
        "The mayor – a builder – resigned.",
        "Ormsk - a port of 40,000 people - is quiet.",
        "NATO-led troops left.",
        "Ida Holm — who has led Ormsk (and Orvik) — resigned.",
        "A 12-year-old was found - alive.",
    ],
)
def test_other_dashes_start_nothing(text: str) -> None:
    assert sentence_starts(blank()(text)) == [0]


def test_blank_lines_and_spaces_start_nothing_twice() -> None:
    doc = blank()("\n\n  One.\n \n\nTwo\nthree.\n")
    assert [doc[start].text for start in paragraph_starts(doc)] == ["One", "Two", "three"]
