"""A word's lemma: from a table of forms, or by suffix rules that must lead to a known word.

The way of WordNet's morphy (Fellbaum 1998) and of spaCy's rule lemmatizer, with the teacher's rules and word list.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

_AS_THEY_STAND = frozenset(("PROPN", "SPACE"))
_BASE = frozenset(("NN", "VB", "VBP", "JJ"))
"""Tags of words that are their own lemmas."""


class Lemmas(NamedTuple):
    """Lemmas by form in small letters and part of speech; by part of speech its endings, with what for, and words."""

    pairs: Mapping[tuple[str, str], str]
    rules: Mapping[str, tuple[tuple[str, str], ...]]
    words: Mapping[str, frozenset[str]]


def lemma(lemmas: Lemmas, written: str, pos: str, tag: str) -> str:
    """The lemma of a word as it is written: a name as it stands, any other word in small letters."""
    if pos in _AS_THEY_STAND:
        return written
    form = written.lower()
    known = lemmas.pairs.get((form, pos))
    if known is not None or tag in _BASE:
        return known or form
    stems = [form[: -len(old)] + new for old, new in lemmas.rules.get(pos, ()) if form.endswith(old) and form != old]
    words = lemmas.words.get(pos, frozenset())
    return next((stem for stem in reversed(stems) if stem in words), stems[0] if stems else form)


def read(pairs: str, rules: str, words: str) -> Lemmas:
    """The tables from lines of cells: form, pos and lemma; pos, ending and what replaces it; pos and words."""
    by_pos: dict[str, list[tuple[str, str]]] = {}
    for pos, old, new in _cells(rules):
        by_pos.setdefault(pos, []).append((old, new))
    return Lemmas(
        {(form, pos): lemma for form, pos, lemma in _cells(pairs)},
        {pos: tuple(endings) for pos, endings in by_pos.items()},
        {pos: frozenset(known.split(" ")) for pos, known in _cells(words)},
    )


def _cells(lines: str) -> list[list[str]]:
    return [line.split("\t") for line in lines.split("\n") if line]
