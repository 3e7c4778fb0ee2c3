"""Pages as rows of numbers, so that one is compared with many at once.

A word or key is known here by 64 bits: its kind, and the CRC-32 of its text.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import NamedTuple
from zlib import crc32

import msgspec
import numpy as np
from numpy.typing import NDArray

from rashomon.stories.rarity import Weighed
from rashomon.stories.traits import KEYED, Traits

KINDS = ("title", *KEYED, "lead")
"""What is compared apart from the words: "title" and "lead" are words of the title and the first words of all."""
WORD = len(KINDS)
"""The kind of the words themselves, after those of the keys; of those that are names where pages are compared, the
next one."""
_TITLE, _LEAD, _NOUN, _COUNT = (KINDS.index(kind) for kind in ("title", "lead", "noun", "count"))
_KEY_KINDS = np.arange(1, 1 + len(KEYED), dtype=np.int64) << 32

Floats = NDArray[np.float32]
Whole = NDArray[np.int64]

_FORMAT = 1
_HEAD = np.dtype("<u2")


class Profile(msgspec.Struct, frozen=True, gc=False):
    """One page as it compares."""

    keys: Whole
    """What stands on it, sorted; `key >> 32` is the kind, by its place in `KINDS`, or `WORD`."""
    values: Floats
    """Of a key its rarity; of a word its part of a vector of length 1 over all words of the page, below zero where it
    is a name or part of one."""
    numbers: Floats
    """The summed rarity of the keys of each kind; then what `SINGLE` names."""


SINGLE = ("first day", "last day", "told", "told then", "told last", "size", "kept", "names")
"""Days of publication, and the first three that the text speaks of, in days since 1970, NaN where there are none;
content words that were looked at; the squared length of the words that are kept, and how many are names."""


def _digests(terms: Iterable[str], count: int) -> Whole:
    return np.fromiter(map(crc32, map(str.encode, terms)), np.int64, count)


def _keys(traits: Traits, weighed: Weighed) -> Whole:
    counts = [len(found) for found in traits.keys.values()]
    return _digests(weighed.keys, len(weighed.keys)) | np.repeat(_KEY_KINDS, counts)


def shared_terms(traits: Traits, weighed: Weighed, shared: Sequence[int]) -> list[str]:
    """The terms of a page, words first, that stand for one of the keys and words of `Common.shared`."""
    words = _digests(weighed.words, len(weighed.words)) | WORD << 32
    both = frozenset(shared)
    terms = chain(zip(weighed.words, words.tolist(), strict=True),
                  zip(weighed.keys, _keys(traits, weighed).tolist(), strict=True))  # fmt: skip
    return [term for term, key in terms if key in both]


def profile(traits: Traits, weighed: Weighed) -> Profile:
    """A page's profile from what `Rarity.weigh` said of it when it came."""
    early = list(traits.words)[: len(weighed.first)]
    first, words = _digests(early, len(early)), _digests(weighed.words, len(weighed.words)) | WORD << 32
    keys = np.concatenate([
        first[: traits.titled] | _TITLE << 32,
        _keys(traits, weighed),
        first[: traits.leading] | _LEAD << 32,
        words,
    ])  # fmt: skip
    names = np.fromiter(map(traits.proper.__contains__, weighed.words), np.bool_, len(words))
    parts = np.where(names, -weighed.parts, weighed.parts)
    values = np.concatenate(
        [weighed.first[: traits.titled], weighed.rarities, weighed.first[: traits.leading], parts], dtype=np.float32
    )
    rarities = values[: len(keys) - len(words)]
    whole = np.bincount(keys[: len(rarities)] >> 32, rarities, minlength=WORD)
    told = [*traits.told, math.nan, math.nan, math.nan][:3]
    kept = float(weighed.parts @ weighed.parts)
    single = [*(traits.days or (math.nan, math.nan)), *told, sum(traits.words.values()), kept, names.sum()]
    order = np.argsort(keys)
    return Profile(keys[order], values[order], np.concatenate([whole, single], dtype=np.float32))


def packed(page: Profile) -> bytes:
    """A profile as bytes, the same on every machine."""
    parts = [np.array([_FORMAT, len(page.keys)], _HEAD), page.keys.astype("<i8"), page.values.astype("<f4"),
             page.numbers.astype("<f4")]  # fmt: skip
    return b"".join(part.tobytes() for part in parts)


def unpacked(data: bytes) -> Profile:
    """The profile of what `packed` gave; ValueError for what another version packed."""
    form, count = np.frombuffer(data, _HEAD, 2).tolist()
    at = 2 * _HEAD.itemsize
    if form != _FORMAT or len(data) != at + 12 * count + 4 * (WORD + len(SINGLE)):
        raise ValueError(f"A page's profile is of form {form}, not {_FORMAT}: it has to be made again from the page.")
    keys = np.frombuffer(data, "<i8", count, at)
    values = np.frombuffer(data, "<f4", count, at + 8 * count)
    return Profile(keys, values, np.frombuffer(data, "<f4", -1, at + 12 * count))


FEATURES: tuple[str, ...] = (
    *(f"{kind} shared" for kind in KINDS),
    "plain words", "proper words",
    *(f"{kind} rarity" for kind in KINDS),
    "plain cosine", "proper cosine",
    *(f"{kind} share" for kind in KINDS),
    "cosine of what is kept", "proper share", "rarest", "rarity",
    "days", "dated", "later", "titled", "day told by both", "days told", "days told apart",
    "counts that differ", "size",
)  # fmt: skip
"""What two pages are compared by. Shares are of the page that has less, -1 where one has none."""
_NO_KEY = np.array([-1], np.int64)
_SHARE = 2 * (WORD + 2)
_REST = _SHARE + WORD
_TOLD = slice(WORD + 2, WORD + 5)


class Common(NamedTuple):
    """What one page has in common with others: one column a page."""

    columns: Floats
    """One line a feature, by `FEATURES`."""
    hits: Whole
    """The keys and words that others have too, page by page."""
    owner: NDArray[np.intp]
    """The page, by its place among the others, that each of them is on."""

    def shared(self, at: int) -> list[int]:
        """The keys and words that the one at a place has too."""
        found: list[int] = self.hits[self.owner == at].tolist()
        return found


def compare(new: Profile, others: Sequence[Profile]) -> Common:
    """A page's features with each of the others; rarities are those of the page."""
    count = len(others)
    keys = np.concatenate([other.keys for other in others])
    known = new.keys if len(new.keys) else _NO_KEY
    at = known.searchsorted(keys)
    hits = (known.take(at, mode="clip") == keys).nonzero()[0]
    mine = new.values[at[hits]]
    theirs = np.concatenate([other.values for other in others])[hits]
    owner = np.repeat(np.arange(count), [len(other.keys) for other in others])[hits]
    kind = keys[hits] >> 32
    is_word = kind >= WORD
    # A word that is a name on either page counts as one.
    place = (kind + (is_word & ((mine < 0) | (theirs < 0)))) * count + owner
    worth = np.where(is_word, np.abs(mine * theirs), mine)
    out = np.empty((len(FEATURES), count), np.float32)
    size = (WORD + 2) * count
    out[: WORD + 2] = np.bincount(place, minlength=size).reshape(-1, count)
    out[WORD + 2 : _SHARE] = np.bincount(place, worth, minlength=size).reshape(-1, count)
    bounds = owner.searchsorted(np.arange(count + 1))
    rarities = np.zeros(len(mine) + 1, np.float32)
    np.multiply(mine, ~is_word, out=rarities[:-1])
    out[_REST + 2] = np.where(bounds[:-1] < bounds[1:], np.maximum.reduceat(rarities, bounds[:-1]), 0)
    numbers = np.concatenate([other.numbers for other in others]).reshape(count, -1).T
    _derive(out, new.numbers, numbers)
    return Common(out, keys[hits], owner)


def _derive(out: Floats, mine: Floats, theirs: Floats) -> None:
    """The features that follow from others and from the numbers of the pages."""
    shared, sums = out[: WORD + 2], out[WORD + 2 : _SHARE]
    rarity, rest = sums[:WORD], out[_REST:]
    whole = np.minimum(theirs[:WORD], mine[:WORD, None])
    out[_SHARE:_REST] = -1
    np.divide(rarity, whole, out=out[_SHARE:_REST], where=whole > 0)
    first, last, _, _, _, size, kept, names = theirs[WORD:]
    my_first, my_last, _, _, _, my_size, my_kept, my_names = mine[WORD:].tolist()
    rest[0] = (sums[WORD] + sums[WORD + 1]) / np.maximum(np.minimum(my_kept, kept), 1e-6)
    least = np.minimum(my_names, names)
    rest[1] = -1
    np.divide(shared[WORD + 1], least, out=rest[1], where=least > 0)
    rest[3] = rarity.sum(0)
    apart = np.floor(np.maximum(np.maximum(my_first - last, first - my_last), 0))
    dated = ~np.isnan(apart)
    rest[4] = np.where(dated, apart, -1)
    rest[5] = dated
    rest[6] = my_first >= first
    rest[7] = theirs[_TITLE] > 0
    rest[7] += mine[_TITLE] > 0
    told = np.abs(theirs[_TOLD, None] - mine[None, _TOLD, None])
    nearest = np.fmin.reduce(told.reshape(9, -1))
    known = ~np.isnan(nearest)
    rest[8] = nearest == 0
    rest[9] = known
    rest[10] = np.where(known, nearest, -1)
    np.maximum(shared[_NOUN] - shared[_COUNT], 0, out=rest[11])
    np.minimum(my_size, size, out=rest[12])
