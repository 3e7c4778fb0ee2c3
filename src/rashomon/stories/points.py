"""A group of accounts → the point that it is: its id, its title in words of one of its claims, and its why."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from rashomon.model import Point, PointKind
from rashomon.spans import digest
from rashomon.stories.accounts import Account, Weights
from rashomon.stories.origins import independent
from rashomon.stories.verdicts import Finding, when
from rashomon.stories.verdicts import pages as count_pages

TITLE = 160
"""Characters that a point's title has at most."""
_WORDS = 5
"""Words that a point's reason names."""
_SHORT = 25
# A content shorter than this says nothing without the rest of its claim.


def point(kind: PointKind, told: Sequence[Account], finding: Finding, weights: Weights) -> Point:
    """The point that a group of accounts is."""
    ranked = sorted(told, key=lambda account: (when(account), account.place, account.claim.id))
    held = [account for account in ranked if not account.copied] or ranked
    return Point(
        id=digest("point", kind, ranked[0].claim.id),
        story=None,
        title=_title(_fullest(_holders(held, finding), weights, kind == "number")),
        kind=kind,
        verdict=finding.verdict,
        claims=tuple(account.claim.id for account in ranked),
        pages=count_pages(ranked),
        independent=independent(ranked),
        values=finding.values,
        current=finding.current,
        why=_why(kind, ranked, finding, weights),
    )


def _holders(held: Sequence[Account], finding: Finding) -> Sequence[Account]:
    """The accounts of the value that has replaced the others; all of them where none has."""
    if finding.verdict != "updated" or finding.current is None:
        return held
    return [account for account in held if account.claim.id in finding.current.claims] or held


def _fullest(told: Sequence[Account], weights: Weights, bare: bool) -> Account:
    """The account that has most of what the others have; of two alike the first.

    `bare`: for its length, so that a number is titled "Five people were killed" and not by a sentence on one of them.
    """
    if len(told) == 1:
        return told[0]

    def common(account: Account) -> float:
        found = sum(weights[t] for other in told if other is not account for t in account.terms if t in other.terms)
        return found / math.sqrt(weights.total(account) or 1.0) if bare else found

    plain = [account for account in told if account.claim.status != "denied"] or list(told)
    return max(plain, key=common)


def _title(account: Account) -> str:
    """Words of the claim as they stand: its content, or all of it where that is short or in several stretches."""
    claim = account.claim
    text = claim.content[0].exact if len(claim.content) == 1 else claim.span.exact
    text = (claim.span.exact if len(text) < _SHORT else text).strip()
    text = text.split("\n\n", 1)[0]
    if len(text) <= TITLE:
        return text
    cut = text[: TITLE + 1].rsplit(None, 1)[0]
    return (cut if len(cut) <= TITLE else text[:TITLE]).rstrip(" ,;:–—-")


_COMPARED = {
    "event": "Compared what is said to have happened",
    "position": "Compared what the speaker holds",
    "expectation": "Compared what is expected",
}


def _why(kind: PointKind, ranked: Sequence[Account], finding: Finding, weights: Weights) -> str:
    """One sentence: what was compared, with which words, and what decided."""
    if len(ranked) == 1:
        return f"No other claim is about the same: {finding.why}."
    words = ", ".join(f"“{word}”" for word in _shared(ranked, weights))
    if finding.verdict == "single":
        return f"One page alone has it, in {len(ranked)} claims{f' with {words}' if words else ''}."
    what = f"Compared {finding.compared}" if finding.compared else _COMPARED[kind]
    return f"{what} in {len(ranked)} claims{f' by {words}' if words else ''}: {finding.why}."


def _shared(told: Sequence[Account], weights: Weights) -> list[str]:
    """The words that brought the accounts together: those of several, of most first, the weightier of as many."""
    held = Counter(term for account in told for term in account.terms)
    several = [term for term, count in held.items() if count > 1]
    best = sorted(several, key=lambda term: (-held[term], -weights[term], term))[:_WORDS]
    return [next(account.terms[term] for account in told if term in account.terms) for term in best]
