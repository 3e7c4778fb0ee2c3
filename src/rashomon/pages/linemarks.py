"""What the lines of a dump are made of, as numbers: characters by one table look-up, words, ends, repetitions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import chain
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from rashomon.pages.lines import Unit
from rashomon.pages.tables import rows

Row = NDArray[np.float64]

PROSE = 10
"""Sentences of so many words are prose."""
_CAP = 120
"""Words of a longer line say no more for it."""
_LONG = 50
"""In lines of so many words, words of furniture say nothing."""
_EDGES = "\"'“”„«»‘’().,;!?"
_END = frozenset('.!?"”»“’)。！？」…؟।')
_CUT = tuple(f"{dots}{close}" for dots in ("…", "...") for close in ("", "]", ")"))
_NUMBER = re.compile(r"\d+")
_CLOCK = re.compile(r"(?<!\d)(?:\d{1,2}[:.h]\d\d|(?:19|20)\d\d|\d{1,2}[./]\d{1,2})(?!\d)")
_WEB = re.compile(r"https?://|www\.|\S@\S|(?<!\S)@\w|[$€£¥]\s?\d|\d\s?[$€£¥]")
_SPACE, _DIGIT, _UPPER, _COMMA, _STOP, _CJK, _QUOTE, _LETTER, _SIGN = (1 << at for at in range(9))
_SIGNS = (("digit", _DIGIT), ("sign", _SIGN), ("cjk", _CJK))
_TABLED = 0x3000


class Marks(NamedTuple):
    """One number a line in each array, but for the texts."""

    low: list[str]
    """The lines in small letters."""
    words: Row
    size: Row
    """Characters."""
    ends: Row
    """1 where the line ends as sentences, quotes or brackets do."""
    cut: Row
    """1 where it ends in dots, as a teaser does."""
    clock: Row
    """1 where a short line holds a time, a year or a date of digits."""
    web: Row
    """1 where it holds an address, a handle or a price."""
    capital: Row
    """The share of words that open with a capital."""
    common: Row
    """Function words of any language."""
    site: Row
    """Words of furniture."""
    voices: tuple[tuple[str, Row], ...]
    """Words by which pages speak to their readers and of themselves, and readers to each other, by group."""
    letters: tuple[tuple[str, Row], ...]
    """Shares and numbers of characters, by name."""
    times: Row
    """How often the line stands in the dump, numbers left out of account."""
    furniture: Row
    """1 where the tables or its place say what kind of furniture it is."""
    good: Row
    """Its words where it is prose, else 0."""


def marks(lines: Sequence[Unit], kinds: Sequence[str | None]) -> Marks:
    """What the lines, at least one, are made of; `kinds` are those that are known."""
    count = len(lines)

    def row(values: object) -> Row:
        return np.fromiter(values, np.float64, count)  # type: ignore[call-overload, no-any-return]

    texts = [line.text for line in lines]
    low = [text.lower() for text in texts]
    words = row(line.words for line in lines)
    size = row(map(len, texts))
    ends = row(text[-1] in _END for text in texts)
    furniture = row(kind is not None for kind in kinds)
    prose = (words >= PROSE) & (ends > 0) & (furniture == 0)
    masked = [_NUMBER.sub("0", text) if len(text) < 100 else text for text in low]
    seen = Counter(masked)
    common, site, voices = _known_words(low)
    capital, letters = _letters(texts, size, words)
    return Marks(
        low=low,
        words=words,
        size=size,
        ends=ends,
        cut=row(text.endswith(_CUT) for text in texts),
        clock=row(len(text) < 80 and _CLOCK.search(text) is not None for text in texts),
        web=row(len(text) < 200 and _WEB.search(text) is not None for text in texts),
        capital=capital,
        common=common,
        voices=tuple(zip(_words("voice_words")[0], voices, strict=True)),
        site=site,
        letters=letters,
        times=row(seen[text] for text in masked),
        furniture=furniture,
        good=np.where(prose, np.minimum(words, _CAP), 0.0),
    )


@cache
def _classes() -> NDArray[np.uint16]:
    """What each character below U+10000 is, as bits; above U+3000 only roughly."""
    out = np.zeros(0x10000, np.uint16)
    for code in range(_TABLED):
        char = chr(code)
        out[code] = (
            _SPACE * char.isspace()
            | _DIGIT * char.isdigit()
            | _UPPER * char.isupper()
            | _COMMA * (char in ",;،")
            | _STOP * (char in ".!?؟।")
            | _QUOTE * (char in "\"“”„«»‘’'")
            | _LETTER * char.isalpha()
            | _SIGN * (char in "|»›·•:@/")
        )
    for start, end in ((0x3040, 0x3100), (0x3400, 0xA000), (0xAC00, 0xD7B0)):
        out[start:end] = _LETTER | _CJK
    for chars, bit in (("、，", _COMMA), ("。！？", _STOP), ("「」", _QUOTE), ("\u3000", _SPACE)):
        for char in chars:
            out[ord(char)] = bit
    return out


def _letters(texts: Sequence[str], size: Row, words: Row) -> tuple[Row, tuple[tuple[str, Row], ...]]:
    """The share of words with a capital, and what else characters tell."""
    codes = np.frombuffer("\n".join(texts).encode("utf-32-le", "replace"), np.uint32)
    bits = _classes()[np.minimum(codes, 0xFFFF)]
    starts = np.zeros(len(texts), np.intp)
    starts[1:] = np.cumsum(size[:-1] + 1)

    def count(mask: NDArray[np.bool_]) -> Row:
        return np.add.reduceat(mask, starts, dtype=np.float64)

    space = (bits & _SPACE) > 0
    first = ~space
    first[1:] &= space[:-1]
    upper = (bits & _UPPER) > 0
    parts = np.maximum(1, count(first))
    letters = np.maximum(1, count((bits & _LETTER) > 0))
    commas, stops = count((bits & _COMMA) > 0), count((bits & _STOP) > 0)
    out = [
        ("upper", count(upper) / letters),
        ("commas", commas / (words + 1)),
        ("stops", stops),
        ("stop_share", stops / (words + 1)),
        ("quotes", count((bits & _QUOTE) > 0)),
        ("letter_share", letters / size),
        ("word_size", size / parts),
    ]
    out += [(name, count((bits & bit) > 0) / size) for name, bit in _SIGNS]
    return count(first & upper) / parts, tuple(out)


@cache
def _words(name: str) -> tuple[tuple[str, ...], dict[str, tuple[int, ...]]]:
    """A table's groups of words, and for each word the groups it is in."""
    table = rows(name)
    out: dict[str, tuple[int, ...]] = {}
    for at, row in enumerate(table):
        for word in set(row["words"].split()):
            out[word] = (*out.get(word, ()), at)
    return tuple(row["group"] for row in table), out


@cache
def _function_words() -> frozenset[str]:
    return frozenset(word for row in rows("function_words") for word in row["words"].split())


@lru_cache(1 << 15)
def _spoken(word: str) -> tuple[int, ...]:
    """The groups of voices that a word is in."""
    return _words("voice_words")[1].get(word.strip(_EDGES), ())


def _known_words(low: Sequence[str]) -> tuple[Row, Row, Row]:
    """How many function words each line has, and how many words of furniture, and of each group of voices."""
    common, known = _function_words(), _words("line_words")[1]
    often, found = np.zeros(len(low)), np.zeros(len(low))
    voices = np.zeros((len(_words("voice_words")[0]), len(low)))
    for at, text in enumerate(low):
        words = text.replace(":", " ").split()
        often[at] = sum(map(common.__contains__, words))
        if len(words) < _LONG:
            found[at] = sum([len(known[word]) for word in words if word in known])
        for place in chain.from_iterable(map(_spoken, words)):
            voices[place, at] += 1
    return often, found, voices
