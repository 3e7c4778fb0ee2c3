"""Pages as rows of numbers, so that one is compared with many at once.

A word or key is known here by 64 bits: its kind, and the CRC-32 of its text.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from rashomon.stories.traits import KINDS, Traits

WORD = len(KINDS)
"""The kind of the words themselves, after those of the keys."""
_PLACE = {kind: place for place, kind in enumerate(KINDS)}

Floats = NDArray[np.float32]


class Profile(NamedTuple):
    """One page as it compares."""

    keys: NDArray[np.int64]
    """What stands on it, sorted; `key >> 32` is the kind, by its place in `KINDS`, or `WORD`."""
    values: Floats
    """Of a word its part of a vector of length 1 over all words of the page; of a key its rarity."""
    proper: NDArray[np.bool_]
    """Whether a word is a name or part of one."""
    whole: Floats
    """The summed rarity of the keys of each kind."""
    told: Floats
    """The first three days that the text speaks of, in days since 1970, padded with NaN."""
    days: tuple[float, float]
    """First and last day of publication; NaN where undated."""
    size: int
    """Content words that were looked at."""
    kept: float
    """The squared length of the words that are kept."""
    names: int
    """How many of these are proper."""


@lru_cache(maxsize=262144)
def key_of(term: str) -> int:
    """The number of a word, or of a key as "kind key"."""
    kind, found, _ = term.partition(" ")
    return (_PLACE[kind] if found else WORD) << 32 | crc32(term.encode())


def profile(traits: Traits, vector: Mapping[str, float]) -> Profile:
    """A page's profile from what `Rarity.vector` said of it when it came."""
    keys = np.fromiter(map(key_of, vector), np.int64, len(vector))
    values = np.fromiter(vector.values(), np.float32, len(vector))
    proper = np.fromiter(map(traits.proper.__contains__, vector), np.bool_, len(vector))
    order = np.argsort(keys)
    kinds = keys >> 32
    whole = np.bincount(kinds, values, minlength=WORD + 1)[:WORD].astype(np.float32)
    words = values[kinds == WORD]
    told = np.full(3, np.nan, np.float32)
    told[: len(traits.told)] = traits.told
    days = traits.days or (math.nan, math.nan)
    return Profile(
        keys[order],
        values[order],
        proper[order],
        whole,
        told,
        days,
        size=sum(traits.words.values()),
        kept=float(words @ words),
        names=int(proper.sum()),
    )


FEATURES: tuple[str, ...] = (
    *(f"{kind} shared" for kind in KINDS),
    *(f"{kind} rarity" for kind in KINDS),
    *(f"{kind} share" for kind in KINDS),
    "plain words", "proper words", "plain cosine", "proper cosine", "cosine of what is kept", "proper share",
    "rarest", "rarity",
    "days", "dated", "later", "titled", "day told by both", "days told", "days told apart",
    "counts that differ", "size",
)  # fmt: skip
"""What two pages are compared by. Shares are of the page that has less, -1 where one has none."""


class Common(NamedTuple):
    """What one page has in common with others: one column a page."""

    columns: Floats
    """One line a feature, by `FEATURES`."""
    shared: Sequence[NDArray[np.int64]]
    """The keys and words that each has too."""


def compare(new: Profile, others: Sequence[Profile]) -> Common:
    """A page's features with each of the others; rarities are those of the page."""
    count = len(others)
    ends = np.cumsum([len(other.keys) for other in others])
    keys = np.concatenate([other.keys for other in others])
    at = np.minimum(np.searchsorted(new.keys, keys), len(new.keys) - 1) if len(new.keys) else np.zeros(len(keys), int)
    hits = np.flatnonzero(new.keys[at] == keys) if len(new.keys) else np.zeros(0, int)
    mine, kind = at[hits], keys[hits] >> 32
    owner = np.searchsorted(ends, hits, side="right")
    is_key = kind < WORD
    place = owner[is_key] * WORD + kind[is_key]
    rare = new.values[mine[is_key]]
    shared = np.bincount(place, minlength=count * WORD).reshape(count, WORD).T
    rarity = np.bincount(place, rare, minlength=count * WORD).reshape(count, WORD).T
    whole = np.minimum(np.array([other.whole for other in others]).T, new.whole[:, None])
    columns = [*shared, *rarity, *np.where(whole > 0, rarity / np.maximum(whole, 1e-6), -1.0)]
    words = ~is_key
    columns += _words(new, others, owner[words], mine[words], hits[words], count)
    rarest = np.zeros(count)
    np.maximum.at(rarest, owner[is_key], rare)
    columns += [rarest, rarity.sum(0), *_dates(new, others)]
    title = KINDS.index("title")
    columns.append((new.whole[title] > 0) + np.array([other.whole[title] > 0 for other in others], np.float32))
    columns += _told(new, others, shared)
    columns.append(np.maximum(shared[KINDS.index("noun")] - shared[KINDS.index("count")], 0))
    columns.append(np.minimum(new.size, [other.size for other in others]))
    parts = np.split(keys[hits], np.searchsorted(owner, np.arange(1, count)))
    return Common(np.array(columns, np.float32), parts)


def _words(new: Profile, others: Sequence[Profile], owner: Any, mine: Any, hits: Any, count: int) -> list[Any]:
    """How many words are shared and the cosine, of plain ones and of names; the cosine of what is kept of both."""
    values = np.concatenate([other.values for other in others])[hits] * new.values[mine]
    proper = np.concatenate([other.proper for other in others])[hits] | new.proper[mine]
    names = np.bincount(owner, proper, minlength=count)
    all_words = np.bincount(owner, minlength=count)
    names_cosine = np.bincount(owner, values * proper, minlength=count)
    cosine = np.bincount(owner, values, minlength=count)
    kept = np.minimum(new.kept, [other.kept for other in others])
    least = np.minimum(new.names, [other.names for other in others])
    share = np.where(least > 0, names / np.maximum(least, 1), -1.0)
    return [all_words - names, names, cosine - names_cosine, names_cosine, cosine / np.maximum(kept, 1e-6), share]


def _dates(new: Profile, others: Sequence[Profile]) -> list[Any]:
    """Whole days between the two, whether both have a date, and whether the page is not the earlier one."""
    first, last = np.array([other.days for other in others]).T
    apart = np.floor(np.maximum(np.maximum(new.days[0] - last, first - new.days[1]), 0))
    dated = ~np.isnan(apart)
    return [np.where(dated, apart, -1), dated, np.where(dated, new.days[0] >= first, 0)]


def _told(new: Profile, others: Sequence[Profile], shared: Any) -> list[Any]:
    """Whether one of the first three days of both is the same, whether both tell any, and how far they are apart."""
    if np.isnan(new.told[0]):
        return [np.zeros(len(others)), np.zeros(len(others)), np.full(len(others), -1.0)]
    told = np.array([other.told for other in others])
    apart = np.abs(told[:, :, None] - new.told[None, None, :])
    nearest = np.where(np.isnan(apart), np.inf, apart).min((1, 2))
    both = np.isfinite(nearest)
    return [nearest == 0, both, np.where(both, nearest, -1)]
