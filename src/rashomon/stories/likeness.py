"""What two accounts have in common: shared terms by their weight, and whether they speak of one occasion."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

import msgspec

from rashomon.stories.accounts import Account, Weights
from rashomon.stories.dates import at_odds, days_apart

_FAR = 31.0
# Two stated times further apart (in days) than this are two occasions.
FEW = 2
"""So few shared terms may be chance."""
STRONG = 0.5
"""The cosine from which few shared terms are half of what both say;"""
NEARLY_ALL = 0.8
"""and from which they are nearly all of it."""


class Comparison(msgspec.Struct, frozen=True):
    """What came of comparing two accounts."""

    score: float
    why: str
    """What speaks for it, as the part of a sentence."""
    words: tuple[str, ...]
    """The words that decided, as the first of the two has them."""


def overlap(left: Account, right: Account, weights: Weights, apart: frozenset[str] = frozenset()) -> Comparison:
    """Cosine of the two sets of terms, each weighed by its rarity in the story, between 0 and 1.

    `apart`: terms that do not count.
    """
    shared, score = common(left, right, weights, apart)
    return Comparison(score, "shared words", shared_words(left, shared, weights))


def common(
    left: Account, right: Account, weights: Weights, apart: frozenset[str] = frozenset()
) -> tuple[list[str], float]:
    """The terms that two accounts share, and their cosine (`overlap`)."""
    key = (id(left), id(right))
    if (found := weights.common.get(key)) is None:
        small, large = (left, right) if len(left.terms) <= len(right.terms) else (right, left)
        shared = [term for term in small.terms if term in large.terms]
        found = weights.common[key] = shared, _cosine(left, right, shared, weights)
    if apart.isdisjoint(found[0]):
        return found
    shared = [term for term in found[0] if term not in apart]
    return shared, _cosine(left, right, shared, weights)


def _cosine(left: Account, right: Account, shared: Sequence[str], weights: Weights) -> float:
    norm = weights.norm(left) * weights.norm(right)
    return sum([weights[term] ** 2 for term in shared]) / norm if norm else 0.0


def shared_words(left: Account, shared: Sequence[str], weights: Weights) -> tuple[str, ...]:
    """The words that shared terms stand for in the first of two accounts, the weightiest first."""
    return tuple(left.terms[term] for term in sorted(shared, key=lambda term: (-weights[term], term)))


def share(left: Account, right: Account, weights: Weights) -> float:
    """How much of the lighter account's weight both have, between 0 and 1."""
    lighter = min(weights.total(left), weights.total(right))
    return sum(weights[term] for term in left.terms if term in right.terms) / lighter if lighter else 0.0


def is_word(term: str) -> bool:
    """Whether a term is no name."""
    return not term.startswith("@")


def words_shared(left: Account, right: Account) -> int:
    """How many terms that are no names stand in both."""
    return sum([is_word(term) for term in left.terms if term in right.terms])


def enough(left: Account, right: Account, terms: int, score: float) -> bool:
    """Whether more is shared than chance would have: three terms, two that are nearly all of both, or a name and a word
    that are half of both.

    `terms`: how many are shared; `score`: their cosine.
    """
    words = words_shared(left, right)
    if not words or terms < FEW:
        return False
    return terms > FEW or score >= NEARLY_ALL or (words < FEW and score >= STRONG)


_ANOTHER = re.compile(
    r"\banother\b(?! of)|, (?:too|also),|\belsewhere\b|^(?:a|the) (?:similar|separate|second|third|further)\b"
    r"|\b(?:second|third|next|following) (?:round|session|meeting|day|week|march|match|game|hearing|attempt)\b"
    r"|\b(?:week|month|year)s? (?:later|earlier)\b",
    re.I,
)
# Words of one who tells of a further thing of the same sort.
_LONG_AFTER = 3.0
# Days between two pages from which a further thing is hardly the one that the other tells.


def another(left: Account, right: Account) -> bool:
    """Whether just one of two accounts says that it tells of a further thing, and names, or days, are others too.

    "In Almenta, too, police arrested a man"; "another march passed off peacefully", a week later.
    """
    one, two = (_says_another(account.claim.span.exact) for account in (left, right))
    if one == two:
        return False
    if left.names and right.names and left.names - right.names and right.names - left.names:
        return True
    apart = days_apart(left.published, right.published) if left.published and right.published else None
    return apart is not None and apart >= _LONG_AFTER


@lru_cache(maxsize=16384)
def _says_another(text: str) -> bool:
    return _ANOTHER.search(text) is not None


def times_differ(left: Account, right: Account) -> bool:
    """Whether both say when, and mean two occasions."""
    a, b = left.claim.when, right.claim.when
    if a is None or b is None or not at_odds(a.value, b.value):
        return False
    return (days_apart(a.value, b.value) or 0.0) > _FAR
