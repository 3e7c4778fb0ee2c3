"""What the network sees of a word: spaCy's own lexical attributes, each hashed to four rows of a table.

The rows are those of the tables in spaCy's English model (`HashEmbed`: MurmurHash3, x64, 128 bits, a seed an
attribute), from which the network's tables come, so a word never met lands on the rows that the teacher gives it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from spacy.tokens import Doc

ATTRIBUTES = ("NORM", "PREFIX", "SUFFIX", "SHAPE", "SPACY", "IS_SPACE")
"""The word without case and variants, its first character, its last three, its shape, a space after it, white space."""
ROWS = (5000, 1000, 2500, 2500, 50, 50)
"""How many rows the table has for each attribute."""
PLACES = 4
"""In so many rows is each value; a word's vector is their sum, so that two words seldom share one."""
_FIRST_SEED = 8

Keys = npt.NDArray[np.uint64]
_ONE, _TWO = np.uint64(0x87C37B91114253D5), np.uint64(0x4CF5AD432745937F)


def attributes(docs: Sequence[Doc], columns: Sequence[str]) -> Keys:
    """Those attributes of every token of the docs, a row a token."""
    found: list[Any] = [doc.to_array(list(columns)) for doc in docs]
    return np.concatenate(found).astype(np.uint64, copy=False)


def rows_of_attribute(values: Keys, column: int) -> npt.NDArray[np.int64]:
    """The table's rows for values of that one of the `ATTRIBUTES`: (values, `PLACES`)."""
    return sum(ROWS[:column]) + murmur(values, _FIRST_SEED + column).astype(np.int64) % ROWS[column]


def rows_of(keys: Keys) -> npt.NDArray[np.int64]:
    """The table's rows for words given by their `ATTRIBUTES`: (words, attributes, `PLACES`)."""
    return np.stack([rows_of_attribute(keys[:, column], column) for column in range(len(ATTRIBUTES))], axis=1)


def murmur(keys: Keys, seed: int) -> npt.NDArray[np.uint32]:
    """MurmurHash3 (x64, 128 bits; Austin Appleby, public domain) of each 64-bit key: four 32-bit numbers a key."""
    with np.errstate(over="ignore"):
        start = np.uint64(seed)
        one = start ^ (_turned(keys * _ONE, 31) * _TWO) ^ np.uint64(8)
        two = np.full_like(keys, start ^ np.uint64(8))
        one = one + two
        two = two + one
        one, two = _mixed(one), _mixed(two)
        one = one + two
        two = two + one
    return np.stack([one, two], axis=1).astype("<u8").view("<u4").astype(np.uint32, copy=False)


def _turned(keys: Keys, by: int) -> Keys:
    return (keys << np.uint64(by)) | (keys >> np.uint64(64 - by))


def _mixed(keys: Keys) -> Keys:
    keys = (keys ^ (keys >> np.uint64(33))) * np.uint64(0xFF51AFD7ED558CCD)
    keys = (keys ^ (keys >> np.uint64(33))) * np.uint64(0xC4CEB9FE1A85EC53)
    return keys ^ (keys >> np.uint64(33))
