"""Whether a hyphen at the end of a line is the word's own, or was put there to part it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import cache

from rashomon.pages.tables import rows

HYPHENS = ("-", "‐")
_WORD = re.compile(r"[^\W\d_]+(?:[-‐][^\W\d_]+)*")
_LAST = re.compile(r"[^\W\d_]+(?:[-‐][^\W\d_]+)*[-‐]$")
_LONGEST = 60


def spelled(text: str) -> Counter[str]:
    """How often each word stands in a text, folded; compounds with a hyphen are words."""
    return Counter(match[0].casefold() for match in _WORD.finditer(text))


def parts(before: str, after: str) -> bool:
    """Whether what stands before the end of a line and what stands after it may be one word, parted by a hyphen."""
    return before.endswith(HYPHENS) and before[-2:-1].isalpha() and after[:1].isalpha()


def belongs(before: str, after: str, words: Mapping[str, int]) -> bool:
    """Whether the hyphen of such a word is its own: before a capital, after the first part of a compound, or where the
    text has the compound oftener than the word without a hyphen. `words`: those of the text (`spelled`)."""
    first, second = _LAST.search(before[-_LONGEST:]), _WORD.match(after[:_LONGEST])
    one, two = first[0][:-1].casefold() if first else "", second[0].casefold() if second else ""
    if not after[:1].islower() or one.rpartition("-")[2] in _firsts():
        return True
    return words.get(f"{one}-{two}", 0) > words.get(one + two, 0)


@cache
def _firsts() -> frozenset[str]:
    return frozenset(row["first"] for row in rows("hyphens"))
