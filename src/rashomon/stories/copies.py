"""Which pages repeat another page's text: wire copy, syndication, plagiarism.

Containment of hashed shingles of five words (Broder 1997): the share of the shorter page's shingles
that stand in the other page too. Containment, not resemblance, because a page that wraps a wire
story in three paragraphs of its own still repeats it. Candidates come from a sample of the hashes
(those divisible by eight), so that cost stays near linear; the containment of a candidate is exact.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from zlib import crc32

from rashomon.model import Page
from rashomon.stories.dates import earlier
from rashomon.stories.words import fold

WORDS = 5
"""Words in a shingle."""
LEAST = 15
"""A text with fewer shingles is too short to be called a copy."""
SHARE = 0.7
"""Containment from which a page repeats another."""

_EVERY = 8
_CROWD = 50
# A shingle that stands on more pages than this is boilerplate and proposes nothing.
_WORD = re.compile(r"[^\W_]+")
_CREDIT_AREA = 300
# A wire credit stands at the head or at the foot.


def shingles(text: str) -> frozenset[int]:
    """The CRC-32 of every run of five folded words."""
    words = _WORD.findall(fold(text))
    return frozenset(crc32(" ".join(words[i : i + WORDS]).encode()) for i in range(len(words) - WORDS + 1))


def containment(left: frozenset[int], right: frozenset[int]) -> float:
    """The share of the smaller set that stands in the other; 0 where the smaller has under `LEAST`."""
    least = min(len(left), len(right))
    return len(left & right) / least if least >= LEAST else 0.0


def copies(pages: Sequence[Page]) -> dict[str, str]:
    """For each page that repeats another's text: page id → id of the page that it repeats.

    The original is the page published earlier; where dates don't tell, the one that the other credits;
    else the one handed in first. A copy of a copy points at the original. Pages that already carry
    `copy_of` keep it.
    """
    sets = [shingles(page.text) for page in pages]
    pairs = [pair for pair in _candidates(sets) if containment(sets[pair[0]], sets[pair[1]]) >= SHARE]
    found: dict[int, int] = {}
    for left, right in sorted(pairs):
        copy, original = (left, right) if _repeats(pages[left], pages[right]) else (right, left)
        kept = found.get(copy)
        if kept is None or _repeats(pages[kept], pages[original]):
            found[copy] = original
    out = {pages[copy].id: pages[_root(found, copy)].id for copy in found}
    out.update({page.id: page.copy_of for page in pages if page.copy_of})
    return {copy: original for copy, original in out.items() if copy != original}


def _candidates(sets: Sequence[frozenset[int]]) -> set[tuple[int, int]]:
    """Pairs of pages that share sampled shingles."""
    posted: dict[int, list[int]] = defaultdict(list)
    for index, found in enumerate(sets):
        # A short text may have no shingle in the sample, so all of its shingles are posted.
        for shingle in found if len(found) < LEAST * _EVERY else (s for s in found if s % _EVERY == 0):
            posted[shingle].append(index)
    shared: Counter[tuple[int, int]] = Counter()
    for indexes in posted.values():
        if 1 < len(indexes) <= _CROWD:
            shared.update((a, b) for i, a in enumerate(indexes) for b in indexes[i + 1 :])
    return {pair for pair, count in shared.items() if count >= 2}


def _repeats(page: Page, other: Page) -> bool:
    """Whether `page` rather than `other`, which stands later in the input, is the copy."""
    if earlier(other.published.value, page.published.value):
        return True
    if earlier(page.published.value, other.published.value):
        return False
    return _credits(page, other) and not _credits(other, page)


def _credits(page: Page, other: Page) -> bool:
    """Whether the page names the other's source at its head, at its foot, or among its authors."""
    if not other.source or (page.source and fold(page.source) == fold(other.source)):
        return False
    credit = " ".join([*page.authors, page.text[:_CREDIT_AREA], page.text[-_CREDIT_AREA:]])
    return re.search(rf"\b{re.escape(fold(other.source))}\b", fold(credit)) is not None


def _root(found: dict[int, int], copy: int) -> int:
    """The page at the end of a chain of copies; a ring ends at its first page."""
    seen = {copy}
    at = found[copy]
    while at in found and found[at] not in seen:
        seen.add(at)
        at = found[at]
    return at
