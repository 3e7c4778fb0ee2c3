"""Words made comparable: folding, tokens, stems, and the tables that say which words count alike.

Two accounts of one thing rarely use the same forms ("deployed", "the deployment of", "deploying").
The stemmer is a table of suffixes tried in order and a table of forms that no suffix explains; it
need not yield words, only the same string for the same root.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files

import msgspec

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_POSSESSIVE = re.compile(r"['’]s?$")
_VOWELS = frozenset("aeiou")


class Token(msgspec.Struct, frozen=True):
    """A word of a text."""

    start: int
    end: int
    exact: str
    folded: str
    """Lower case, without accents and without a possessive ending."""


@cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of a table of this room, without its comments and its head line."""
    text = files("rashomon.stories").joinpath("tables", f"{name}.tsv").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return tuple(tuple(cell.strip() for cell in line.split("\t")) for line in lines[1:])


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Lower case, no accents, straight quotes and dashes, single spaces."""
    text = text.translate(_STRAIGHT).casefold()
    if not text.isascii():
        text = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    return " ".join(text.split())


_STRAIGHT = {ord("’"): "'", ord("‘"): "'", ord("“"): '"', ord("”"): '"', ord("–"): "-", ord("—"): "-", ord("‑"): "-"}


def tokens(text: str) -> Iterator[Token]:
    """The words and figures of a text; a hyphen parts words."""
    for match in _WORD.finditer(text):
        exact = match.group()
        yield Token(match.start(), match.end(), exact, _folded(exact))


@lru_cache(maxsize=65536)
def _folded(word: str) -> str:
    return _POSSESSIVE.sub("", fold(word))


def folded_words(text: str) -> tuple[str, ...]:
    """The folded words of a text, in order."""
    return tuple(filter(None, map(_folded, _WORD.findall(text))))


@cache
def _stopwords() -> frozenset[str]:
    return frozenset(row[0] for row in rows("stopwords"))


def is_content(word: str) -> bool:
    """Whether a folded word says anything by itself: no figure, no function word."""
    return len(word) > 1 and not word[0].isdigit() and word not in _stopwords() and not word.endswith("n't")


@cache
def _forms() -> dict[str, str]:
    return {row[0]: row[1] for row in rows("forms")}


@cache
def _suffixes() -> tuple[tuple[str, str, int], ...]:
    return tuple((row[0], row[1], int(row[2])) for row in rows("suffixes"))


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The root of a folded word, such that forms of one word have the same."""
    word = _forms().get(word, word)
    for turn in range(3):
        shorter = _cut(word, turn == 0)
        if shorter == word:
            break
        word = shorter
    if len(word) > 3 and word.endswith("e"):
        word = word[:-1]
    if len(word) > 3 and word.endswith("y") and word[-2] not in _VOWELS:
        word = word[:-1] + "i"
    if len(word) > 5 and word.endswith("i"):
        word = word[:-1]
    return word


def _cut(word: str, whole: bool) -> str:
    """The word without the first suffix of the table that fits it; a plural only of the whole word."""
    for suffix, instead, least in _suffixes():
        if (whole or suffix != "s") and word.endswith(suffix) and len(word) - len(suffix) >= least:
            left = word[: len(word) - len(suffix)]
            doubled = suffix in ("ing", "ed") and len(left) > 3 and left[-1] == left[-2] and left[-1] not in "lsz"
            return (left[:-1] if doubled else left) + instead
    return word


def content_stems(text: str) -> list[str]:
    """The stems of the content words of a text, in order."""
    return [stem(word) for word in map(_folded, _WORD.findall(text)) if is_content(word)]
