"""A name as words that compare: without titles, and but for how it is put into our letters."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from rashomon.stories.words import folded_words, rows


@cache
def _titles() -> frozenset[str]:
    return frozenset(row[0] for row in rows("titles"))


@lru_cache(maxsize=16384)
def name_words(name: str) -> tuple[str, ...]:
    """A name's folded words without titles at either end and without a leading article."""
    words = list(folded_words(name))
    while len(words) > 1 and (words[0] in _titles() or words[0] == "the"):
        words.pop(0)
    while len(words) > 1 and words[-1] in _titles():
        words.pop()
    return tuple(words)


@lru_cache(maxsize=16384)
def spelling(word: str) -> str:
    """What the transliterations of one name have in common: doubled letters, y for i, ie, ei or iy, f for ph."""
    word = re.sub(r"(.)\1+", r"\1", word.replace("ph", "f").replace("ck", "k"))
    word = re.sub(r"(?:iy|ij|yi|ie|e[iyj]|[iyj])$", "y", word)
    return re.sub(r"(.)\1+", r"\1", word)
