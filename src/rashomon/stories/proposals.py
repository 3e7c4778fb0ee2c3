"""Which accounts of a story are compared: those that share a rare term or the same words, or stand side by side."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from rashomon.stories.accounts import Account

_BEFORE = 3
"""Accounts before a denial that it may point at."""


def candidates(told: Sequence[Account], crowd: int = 60) -> list[tuple[int, int]]:
    """Pairs of accounts that share a term which few have, or two terms at all, or every word, or of which one may be
    what the other denies; by index, sorted.

    Terms that more than `crowd` accounts have propose nothing, so that cost stays near linear.
    """
    posted: dict[str, list[int]] = defaultdict(list)
    for index, account in enumerate(told):
        for key in (*account.terms, *filter(None, (account.verbatim,))):
            posted[key].append(index)
    shared: Counter[int] = Counter()
    size = len(told)
    for indexes in posted.values():
        if 1 < len(indexes) <= crowd:
            worth = 2 if len(indexes) <= 8 else 1
            for at, left in enumerate(indexes):
                base = left * size
                for right in indexes[at + 1 :]:
                    shared[base + right] += worth
    for right, account in enumerate(told):
        if account.claim.status == "denied":
            # "The company denies this" shares no term with what it denies.
            before = (left for left in range(max(0, right - _BEFORE), right) if told[left].page == account.page)
            shared.update({left * size + right: 2 for left in before})
    return sorted(divmod(key, size) for key, worth in shared.items() if worth >= 2)
