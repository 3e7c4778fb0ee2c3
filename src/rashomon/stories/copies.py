"""Which pages repeat another page's text: wire copy, syndication, plagiarism.

Containment of hashed shingles of five words (Broder 1997): the share of the shorter page's shingles that stand in the
other page too. Containment, not resemblance, because a page that wraps a wire story in three paragraphs of its own
still repeats it. All shingles of all pages are sorted once; pages that share one stand together there, so what two
pages share is counted exactly and no sketch is guessed from.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from rashomon.model import Page
from rashomon.pages.credits import agency
from rashomon.stories.dates import earlier
from rashomon.stories.words import fold

WORDS = 5
"""Words in a shingle."""
LEAST = 15
"""A text with fewer shingles is too short to be called a copy."""
SHARE = 0.7
"""Containment from which a page repeats another."""
CROWD = 50
"""Pages that share a shingle and are all held against each other; of more, each is held against the first."""

Shingles = NDArray[np.uint64]

_WORD = re.compile(r"\w+")
_TURN = np.uint64(0x9E3779B97F4A7C15)
# An odd number whose bits are mixed well (the golden ratio's): products with its powers hash a run of words.
_PAGE = 24
# Bits of a sorted shingle that say whose it is.
_CREDIT_AREA = 300
# A wire credit stands at the head or at the foot.


class _Words(dict[str, int]):
    """A word → the CRC-32 of its folded form, worked out once."""

    def __missing__(self, word: str) -> int:
        if len(self) >= 1 << 17:
            self.clear()
        found = self[word] = crc32(fold(word.strip("_")).encode())
        return found


_WORDS = _Words()


def shingles(text: str) -> Shingles:
    """A hash of every run of five folded words, each once, sorted."""
    words = _WORD.findall(text)
    count = len(words) - WORDS + 1
    if count < 1:
        return np.zeros(0, np.uint64)
    each = np.fromiter(map(_WORDS.__getitem__, words), np.uint64, len(words))
    runs = each[:count].copy()
    for at in range(1, WORDS):
        runs *= _TURN
        runs += each[at : at + count]
    runs *= _TURN
    runs.sort()
    return np.asarray(runs[np.append(True, runs[1:] != runs[:-1])])


def containment(left: Shingles, right: Shingles) -> float:
    """The share of the smaller set that stands in the other; 0 where the smaller has under `LEAST`."""
    least = min(len(left), len(right))
    return len(np.intersect1d(left, right, assume_unique=True)) / least if least >= LEAST else 0.0


def copies(pages: Sequence[Page]) -> dict[str, str]:
    """For each page that repeats another's text: page id → id of the page that it repeats.

    The original is the page published earlier; where dates don't tell, the one that the other credits, or that an
    agency credited by both publishes itself; else the one handed in first, which stands for its group. A copy of a
    copy points at the original. Pages that already carry `copy_of` keep it.
    """
    found: dict[int, int] = {}
    for left, right in repeating([page.text for page in pages]):
        copy, original = (left, right) if _repeats(pages[left], pages[right]) else (right, left)
        kept = found.get(copy)
        if kept is None or _repeats(pages[kept], pages[original]):
            found[copy] = original
    out = {pages[copy].id: pages[_root(found, copy)].id for copy in found}
    out.update({page.id: page.copy_of for page in pages if page.copy_of})
    return {copy: original for copy, original in out.items() if copy != original}


def repeating(texts: Sequence[str]) -> list[tuple[int, int]]:
    """The pairs of texts, by their places, one of which repeats the other, sorted.

    All of them, but where more than `CROWD` texts share what they have in common: of these, each with the first of
    them alone. So a thousand copies of one text take no million comparisons.
    """
    groups: dict[bytes, list[int]] = defaultdict(list)
    sets: list[Shingles] = []
    for at, text in enumerate(texts):
        each = shingles(text)
        same = groups[each.tobytes()]
        same.append(at)
        if len(same) == 1:
            sets.append(each)
    firsts = [same[0] for same in groups.values()]
    long = [at for at, each in enumerate(sets) if len(each) >= LEAST]
    pairs = {(firsts[long[left]], firsts[long[right]]) for left, right in _sharing([sets[at] for at in long])}
    of_first = dict(zip(firsts, groups.values(), strict=True))
    alike = {firsts[at] for at in long}
    return sorted({pair for first in alike for pair in _all(of_first[first], [])}
                  | {pair for one, two in pairs for pair in _all(of_first[one], of_first[two])})  # fmt: skip


def _all(one: Sequence[int], two: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The pairs of two groups of the same text each, or of one group where the other is empty."""
    if len(one) + len(two) > CROWD:
        first = min(one[0], two[0]) if two else one[0]
        yield from ((first, other) for other in (*one, *two) if other != first)
        return
    for at, left in enumerate(one):
        yield from ((min(left, right), max(left, right)) for right in two or one[at + 1 :])


def _sharing(sets: Sequence[Shingles]) -> Iterator[tuple[int, int]]:
    """The pairs of sets of which the smaller stands in the other by `SHARE`."""
    if len(sets) < 2:
        return
    sizes = np.array([len(each) for each in sets])
    ones = np.uint64((1 << _PAGE) - 1)
    every = np.sort((np.concatenate(sets) & ~ones) | np.repeat(np.arange(len(sets), dtype=np.uint64), sizes))
    shingle, owner = every >> np.uint64(_PAGE), (every & ones).astype(np.intp)
    starts = np.flatnonzero(np.append(True, shingle[1:] != shingle[:-1]))
    lengths = np.diff(np.append(starts, len(every)))
    crowded = np.repeat(lengths > CROWD, lengths)
    pairs, shared = np.unique(_pairs(owner, starts, lengths), return_counts=True)
    left, right = pairs >> _PAGE, pairs & ((1 << _PAGE) - 1)
    # What they share among crowds is not counted: at most what the one that has less of it has.
    unseen = np.bincount(owner[crowded], minlength=len(sets))
    least = SHARE * np.minimum(sizes[left], sizes[right])
    likely = shared + np.minimum(unseen[left], unseen[right]) >= least
    sure = shared >= least
    for one, two, known in zip(left[likely].tolist(), right[likely].tolist(), sure[likely].tolist(), strict=True):
        if known or containment(sets[one], sets[two]) >= SHARE:
            yield one, two


def _pairs(owner: NDArray[np.intp], starts: NDArray[np.intp], lengths: NDArray[np.intp]) -> NDArray[np.intp]:
    """For each run of owners of one shingle, its pairs, the lower first, as one number each."""
    out = [np.zeros(0, np.intp)]
    runs = np.flatnonzero(lengths > CROWD)
    for start, length in zip(starts[runs].tolist(), lengths[runs].tolist(), strict=True):
        out.append((owner[start] << _PAGE) | owner[start + 1 : start + length])
    fit = (lengths > 1) & (lengths <= CROWD)
    starts, lengths = starts[fit], lengths[fit]
    for apart in range(1, int(lengths.max(initial=1))):
        inside = lengths > apart
        starts, lengths = starts[inside], lengths[inside]
        for at in range(int(lengths.max(initial=0)) - apart):
            first = starts[lengths > at + apart] + at
            out.append((owner[first] << _PAGE) | owner[first + apart])
    return np.concatenate(out)


def _repeats(page: Page, other: Page) -> bool:
    """Whether `page` rather than `other`, which stands later in the input, is the copy."""
    if earlier(other.published.value, page.published.value):
        return True
    if earlier(page.published.value, other.published.value):
        return False
    return _credits(page, other) and not _credits(other, page)


def _credits(page: Page, other: Page) -> bool:
    """Whether the page names the other's source at its head, at its foot, among its authors, or as its credit."""
    if not other.source or (page.source and house(page.source) == house(other.source)):
        return False
    if house(other.source) in credited(page):
        return True
    credit = " ".join([*page.authors, page.text[:_CREDIT_AREA], page.text[-_CREDIT_AREA:]])
    return re.search(rf"\b{re.escape(fold(other.source))}\b", fold(credit)) is not None


def house(name: str) -> str:
    """A publisher or an agency by the one name that all of its names have; folded, without a leading article."""
    return fold(agency(name) or name).removeprefix("the ")


def credited(page: Page) -> frozenset[str]:
    """The agencies and others that a page credits, each by the one name that all of its names have."""
    return frozenset(map(house, page.credits))


def _root(found: dict[int, int], copy: int) -> int:
    """The page at the end of a chain of copies; a ring ends at its first page."""
    seen = {copy}
    at = found[copy]
    while at in found and found[at] not in seen:
        seen.add(at)
        at = found[at]
    return at
