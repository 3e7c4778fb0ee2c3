"""Comparators: whether two accounts are about the same thing, how surely, why, and by which words.

Each takes two accounts and gives a `Comparison`, or None where something forbids that they are one.
None of them looks at a third account; what they have in common is weighed by `Weights`.
"""

from __future__ import annotations

import re
from functools import cache

from rashomon.stories.accounts import Account, Weights
from rashomon.stories.counts import alike
from rashomon.stories.dates import day, days_apart
from rashomon.stories.likeness import (
    FEW,
    STRONG,
    Comparison,
    enough,
    is_word,
    overlap,
    share,
    times_differ,
    words_shared,
)
from rashomon.stories.remainders import fits, same
from rashomon.stories.words import fold, rows, stem

LEAST = {"number": 1.5, "event": 0.36, "position": 0.2, "expectation": 0.3}
"""The score from which two accounts are of one point, by kind; see each comparator for its scale."""
WITHIN = {"number": 2.5, "event": 0.6, "position": 0.45, "expectation": 0.5}
"""The same for two accounts on one page, where a difference is more likely meant."""

_LITTLE, _HALF = 3, 0.5
# So few shared terms must be this share of the lighter account, or stand beside a name or a figure that both have.
_FIGURE = 0.1
# What an equal figure adds to the cosine.
_SAME = 0.6
# The cosine from which two accounts that differ in a negation say the same but for it.
_ASKED = re.compile(r"\W*(?:(?:as to|of|about|on) )?(?:whether|how|what|why|who|whom|where|when|if)\b", re.I)
# Who denies knowing whether it is so denies nothing.
_WEEK = 6
# Days between one weekday and the next of its name.
_ALL = 0.8
# nearly all that a denial says.


def events(left: Account, right: Account, weights: Weights) -> Comparison | None:
    """Whether two accounts tell one event: cosine of their terms, up to .15 more each for code and for the parties."""
    if times_differ(left, right):
        return None
    common = overlap(left, right, weights)
    if not enough(left, right, common):
        return None
    shared = share(left, right, weights)
    if len(common.words) <= _LITTLE and shared < _HALF and not _firm(left, right):
        return None
    if common.score < _ALL and _days_differ(left, right):
        return None
    score, reasons = common.score, ["shared words"]
    if _counts_differ(left, right, weights):
        return None
    one, two = left.claim.event, right.claim.event
    score += _FIGURE * min(_figures_shared(left, right), 2)
    if one and two:
        if one.code == two.code:
            score += 0.1
            reasons.append(f"both {one.code}")
        parties = {one.actor, one.recipient} & {two.actor, two.recipient} - {None}
        score += 0.05 if parties else 0.0
    return Comparison(score, ", ".join(reasons), common.words)


def _figures_shared(left: Account, right: Account) -> int:
    """How many values of two digits or more both give."""
    mine, theirs = (
        {q.number.low for q in account.quantities if q.number.low == q.number.high and float(q.number.low or 0) >= 10}
        for account in (left, right)
    )
    return len(mine & theirs)


def _days_differ(left: Account, right: Account) -> bool:
    """Whether both say on which day, and mean days with others between; a week apart may be one weekday misread."""
    a, b = left.claim.when, right.claim.when
    between = round(days_apart(day(a.value), day(b.value)) or 0.0) if a is not None and b is not None else 0
    return between >= 1 and between != _WEEK


def _firm(left: Account, right: Account) -> bool:
    """Whether both have two figures, or tell an event of one sort, at one place, with one party, or with one figure."""
    figures = _figures_shared(left, right)
    if figures > 1 or (figures and left.names & right.names):
        return True
    one, two = left.claim.event, right.claim.event
    if one is None or two is None or one.code != two.code:
        return False
    return bool(left.names & right.names or left.places & right.places) or any(
        a.counted == b.counted and same(a, b) for a in left.quantities for b in right.quantities
    )


def _counts_differ(left: Account, right: Account, weights: Weights) -> bool:
    """Whether they give values for one quantity that cannot both hold: that is for a point of kind "number"."""
    mine, theirs = left.quantities, right.quantities
    return any(
        not fits(one, two)
        # "61 to 38" on both sides is no difference between 61 and 38.
        and not any(same(one, other) for other in theirs)
        and not any(same(two, other) for other in mine)
        and alike(left, one, right, two, weights) is not None
        for one in mine
        for two in theirs
    )


def _same_content(left: Account, right: Account) -> bool:
    """Whether both say the very same words."""
    one, two = (tuple(fold(span.exact) for span in account.claim.content) for account in (left, right))
    return bool(one) and one == two


def positions(left: Account, right: Account, weights: Weights) -> Comparison | None:
    """Whether one speaker takes one position in both: same speaker, same stance, shared words; cosine."""
    if not left.speakers & right.speakers or left.stance != right.stance:
        return None
    common = overlap(left, right, weights)
    stance = left.stance or "said"
    if _same_content(left, right):
        return Comparison(1.0, f"the same speaker {stance} it in the same words", common.words)
    if not words_shared(left, right) or (len(common.words) <= FEW and common.score < STRONG):
        return None
    if _counts_differ(left, right, weights):
        return None
    return Comparison(common.score, f"the same speaker {stance} it", common.words)


def expectations(left: Account, right: Account, weights: Weights) -> Comparison | None:
    """Whether two accounts expect one thing: cosine of their terms."""
    if times_differ(left, right):
        return None
    common = overlap(left, right, weights)
    if not enough(left, right, common):
        return None
    return Comparison(common.score, "shared words", common.words)


def _around(account: Account, denial: Account) -> bool:
    """Whether an account's own words are those that deny."""
    cue = denial.claim.cue or denial.claim.span
    return account.page == denial.page and account.claim.span.start <= cue.start < account.claim.span.end


def denials(denial: Account, other: Account, weights: Weights) -> Comparison | None:
    """Whether `other` is (about) what `denial` denies: the share of the denial's weight that it covers.

    At least two terms must be shared, one of them no name; of the same speaker only another denial will do.
    """
    if denial.speakers & other.speakers and other.claim.status != "denied":
        return None
    if _around(other, denial) or (denial.claim.content and _ASKED.match(denial.claim.content[0].exact)):
        return None
    shared = [term for term in denial.terms if term in other.terms]
    if len(shared) < FEW or not any(is_word(term) for term in shared):
        return None
    whole = sum(weights[term] for term in denial.terms)
    ranked = sorted(shared, key=lambda term: (-weights[term], term))
    covered = sum(weights[term] for term in shared) / whole if whole else 0.0
    if len(shared) == FEW and covered < _ALL:
        return None
    return Comparison(covered, "what is denied", tuple(denial.terms[term] for term in ranked))


@cache
def _opposites() -> dict[str, frozenset[str]]:
    out: dict[str, set[str]] = {}
    for word, other, _ in rows("opposites"):
        out.setdefault(stem(word), set()).add(stem(other))
        out.setdefault(stem(other), set()).add(stem(word))
    return {word: frozenset(others) for word, others in out.items()}


def opposed(left: Account, right: Account, weights: Weights) -> Comparison | None:
    """Whether two accounts of one thing cannot both hold: words of opposite outcome, or one of them negated.

    None where nothing of the kind stands in them.
    """
    for term in sorted(left.terms):
        for other in sorted(_opposites().get(term, ())):
            if other in right.terms and other not in left.terms and term not in right.terms:
                return Comparison(1.0, "opposite outcomes", (left.terms[term], right.terms[other]))
    common = overlap(left, right, weights)
    shared = [term for term in left.terms if term in right.terms]
    apart = sorted((t for t in shared if (t in left.negated) != (t in right.negated)), key=lambda t: (-weights[t], t))
    if common.score >= _SAME and sum(weights[t] for t in apart) > sum(weights[t] for t in shared) * _HALF:
        return Comparison(common.score, "one of them negated", tuple(left.terms[t] for t in apart))
    return None
