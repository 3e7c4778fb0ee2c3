"""Loaded wording in the page's own voice: words that colour, judge, label or guess.

The words, what each does, and beside which words it is meant literally are in `tables/wording.tsv`,
our own list. What somebody else says is theirs: the caller names the stretches that are quoted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

import msgspec

from rashomon.claims.tables import rows
from rashomon.model import Loaded
from rashomon.reader import written

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_NAMES = frozenset({"PERSON", "ORG", "GPE", "FAC", "LOC", "WORK_OF_ART", "PRODUCT", "EVENT", "LAW"})
_POS = {"ADJ": "adj", "ADV": "adv", "VERB": "verb", "NOUN": "noun", "AUX": "verb"}
_NEAR = 8
# Tokens on either side of a phrase in which a word tells that it is meant literally.
# Determiners in phrases: "bury his head" is also "bury its head".
_OWNERS = frozenset({"his", "her", "its", "their", "my", "our", "your"})


class _Row(msgspec.Struct, frozen=True):
    """What the table says of a word."""

    why: str
    literal: frozenset[str]


@cache
def _words() -> dict[tuple[str, str], _Row]:
    """The rows of single words by word and part of speech; adjectives with their adverbs."""
    found: dict[tuple[str, str], _Row] = {}
    for row in rows("wording"):
        if row["pos"] == "phrase":
            continue
        made = _Row(f"{row['class']}: {row['why']}", frozenset(filter(None, row["literal"].split(","))))
        for word in row["words"].split(","):
            if " " in word:
                continue
            found.setdefault((word, row["pos"]), made)
            if row["pos"] == "adj":
                found.setdefault((_adverb(word), "adv"), made)
    return found


@cache
def _phrases() -> dict[str, tuple[tuple[tuple[str, ...], _Row], ...]]:
    """The phrases by their first lemma, the longest first."""
    found: dict[str, list[tuple[tuple[str, ...], _Row]]] = {}
    for row in rows("wording"):
        made = _Row(f"{row['class']}: {row['why']}", frozenset(filter(None, row["literal"].split(","))))
        for phrase in row["words"].split(","):
            if " " in phrase or "-" in phrase:
                parts = tuple(phrase.replace("-", " - ").split())
                found.setdefault(parts[0], []).append((parts, made))
    return {first: tuple(sorted(them, key=lambda one: -len(one[0]))) for first, them in found.items()}


def _adverb(adjective: str) -> str:
    """The adverb of an adjective: "shameful" → "shamefully"."""
    if adjective.endswith("ic"):
        return adjective + "ally"
    if adjective.endswith("le") and adjective[-3] not in "aeiou":
        return adjective[:-1] + "y"
    if adjective.endswith("y"):
        return adjective[:-1] + "ily"
    return adjective + "ly"


def _lemma(token: Token) -> str:
    """The token's lemma in lower case, possessives of all persons as "his"."""
    lemma = token.lemma_.lower()
    return "his" if token.lower_ in _OWNERS else lemma


def _phrase_at(doc: Doc, index: int) -> tuple[int, _Row] | None:
    """The listed phrase that begins at the token: the index after it, and its row."""
    token = doc[index]
    for first in {_lemma(token), token.lower_}:
        for parts, row in _phrases().get(first, ()):
            end = index + len(parts)
            if end <= len(doc) and all(
                part in (_lemma(word), word.lower_, word.lower_.rstrip("s"))
                for part, word in zip(parts, doc[index:end], strict=True)
            ):
                near = doc[max(0, index - _NEAR) : end + _NEAR]
                return None if row.literal & {_lemma(word) for word in near} else (end, row)
    return None


def _beside(token: Token) -> Iterator[str]:
    """The lemmas of what the word stands with: its head, its objects and modifiers, its neighbours."""
    yield _lemma(token.head)
    for child in token.children:
        yield _lemma(child)
        if child.dep_ in ("prep", "agent"):
            yield from (_lemma(part) for part in child.children)
    for near in (token.i - 1, token.i + 1):
        if 0 <= near < len(token.doc):
            yield _lemma(token.doc[near])


def _is_name(token: Token) -> bool:
    """Whether the word is part of a name, or written as one."""
    return token.ent_type_ in _NAMES or (token.pos_ == "PROPN" and not token.is_lower)


def _word_at(token: Token) -> _Row | None:
    """The row of a single word, where it is used as the table says and isn't meant literally."""
    pos = _POS.get(token.pos_, "adj")
    if not token.is_alpha or _is_name(token):
        return None
    row = _words().get((_lemma(token), pos)) or _words().get((token.lower_, pos))
    if row is None and token.dep_ in ("amod", "compound", "acomp"):
        row = _words().get((token.lower_, "adj"))  # The tagger takes rare adjectives for nouns and participles.
    if row is None or (row.literal and row.literal & set(_beside(token))):
        return None
    if pos == "noun" and token.dep_ in ("compound", "nmod") and (token.lower_, "adj") not in _words():
        return None
    return row


def find(doc: Doc, quoted: Sequence[tuple[int, int]]) -> list[Loaded]:
    """Loaded words of a parsed text outside the `quoted` stretches (characters, end exclusive), in order.

    Each says why: its class ("intensity", "judgement", "label", "speculation") and what it does.
    """
    found: list[Loaded] = []
    index = 0
    while index < len(doc):
        token = doc[index]
        end, row = index + 1, None
        phrase = _phrase_at(doc, index)
        if phrase is not None:
            end, row = phrase
        else:
            row = _word_at(token)
        last = doc[end - 1]
        stop = last.idx + len(last)
        if row is not None and not any(start < stop and token.idx < until for start, until in quoted):
            found.append(Loaded(token.idx, stop, written(doc)[token.idx : stop], row.why))
        index = end
    return found
