"""Lemmas: the table first, then suffix rules that must lead to a known word."""

from __future__ import annotations

import pytest

from rashomon.reader import lemmas
from rashomon.reader.loading import load

RULES = "VERB\ts\t\nVERB\ted\te\nVERB\ted\t\nNOUN\ts\t\nNOUN\tses\ts"
TABLES = lemmas.read("went\tVERB\tgo\nleft\tVERB\tleave", RULES, "VERB\tbake walk\nNOUN\tbus horse")


@pytest.mark.parametrize(
    ("written", "pos", "tag", "lemma"),
    [
        ("Went", "VERB", "VBD", "go"),
        ("walked", "VERB", "VBD", "walk"),
        ("baked", "VERB", "VBN", "bake"),
        ("Buses", "NOUN", "NNS", "bus"),
        ("horses", "NOUN", "NNS", "horse"),
        ("gropples", "NOUN", "NNS", "gropple"),
        ("Focus", "NOUN", "NN", "focus"),
        ("Orviks", "PROPN", "NNPS", "Orviks"),
        ("s", "VERB", "VBZ", "s"),
        ("The", "DET", "DT", "the"),
    ],
)
def test_the_lemma_of_a_word(written: str, pos: str, tag: str, lemma: str) -> None:
    assert lemmas.lemma(TABLES, written, pos, tag) == lemma


@pytest.mark.parametrize(
    ("written", "pos", "tag", "lemma"),
    [("demolished", "VERB", "VBD", "demolish"), ("children", "NOUN", "NNS", "child"), ("was", "AUX", "VBD", "be")],
)
def test_the_tables_that_are_shipped(written: str, pos: str, tag: str, lemma: str) -> None:
    assert lemmas.lemma(load().lemmas, written, pos, tag) == lemma
