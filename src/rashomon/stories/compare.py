"""Comparators: whether two accounts are about the same thing, how surely, why, and by which words.

Each takes two accounts and gives a `Comparison`, or None where something forbids that they are one.
None of them looks at a third account; what they have in common is weighed by `Weights`.
"""

from __future__ import annotations

from functools import cache

import msgspec

from rashomon.stories.accounts import Account, Weights
from rashomon.stories.dates import at_odds, days_apart
from rashomon.stories.quantities import UNITS, Quantity, compatible
from rashomon.stories.words import fold, rows, stem

LEAST = {"number": 1.5, "event": 0.36, "position": 0.2, "expectation": 0.3}
"""The score from which two accounts are of one point, by kind; see each comparator for its scale."""
WITHIN = {"number": 2.5, "event": 0.6, "position": 0.45, "expectation": 0.5}
"""The same for two accounts on one page, where a difference is more likely meant."""

_FAR = 31.0
# Two stated times further apart (in days) than this are two occasions.
_FEW = 2
# So few shared terms may be chance, unless
_STRONG = 0.5
# they are half of what both say, or
_ALL = 0.8
# nearly all that a denial says.


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
    small, large = (left, right) if len(left.terms) <= len(right.terms) else (right, left)
    shared = [term for term in small.terms if term in large.terms and term not in apart]
    norm = weights.norm(left) * weights.norm(right)
    score = sum(weights[term] ** 2 for term in shared) / norm if norm else 0.0
    ranked = sorted(shared, key=lambda term: (-weights[term], term))
    words = tuple(left.terms[term] for term in ranked)
    return Comparison(score, "shared words", words)


def _is_word(term: str) -> bool:
    return not term.startswith("@")


def _words_shared(left: Account, right: Account) -> int:
    """How many terms that are no names stand in both."""
    return sum(1 for term in left.terms if term in right.terms and _is_word(term))


def _enough(left: Account, right: Account, common: Comparison) -> bool:
    """Whether more is shared than chance would have: three terms, or a name and a word that are half of both."""
    words = _words_shared(left, right)
    if not words or len(common.words) < _FEW:
        return False
    return len(common.words) > _FEW or (words < _FEW and common.score >= _STRONG)


def _times_differ(left: Account, right: Account) -> bool:
    """Whether both say when, and mean two occasions."""
    a, b = left.claim.when, right.claim.when
    if a is None or b is None or not at_odds(a.value, b.value):
        return False
    return (days_apart(a.value, b.value) or 0.0) > _FAR


def numbers(left: Account, one: Quantity, right: Account, two: Quantity, weights: Weights) -> Comparison | None:
    """Whether two numbers count the same thing: points for state, countries, modifiers, words, places, value.

    None where class, countries, states, occasion, or part against whole keep them apart.
    """
    if one.counted is None or one.counted != two.counted or one.part != two.part or one.more != two.more:
        return None
    if one.countries and two.countries and not one.countries & two.countries:
        return None
    if one.listed and two.listed and one.state != two.state:
        return None
    if _times_differ(left, right):
        return None
    score, reasons = 0.0, [f"both count {one.counted}"]
    if one.state and two.state:
        same = one.state == two.state
        # "Two were arrested, three questioned": other verbs count other people, unless the values say otherwise.
        score += (1.5 if one.listed else 1.0) if same else 0.0 if compatible(one.number, two.number) else -1.0
        reasons += [f"state {one.state!r}"] if same else []
    if countries := one.countries & two.countries:
        score += 1.2
        reasons.append(f"of {', '.join(sorted(countries))}")
    if modifiers := one.modifiers & two.modifiers:
        score += 0.8
        reasons.append(f"both {', '.join(sorted(modifiers))}")
    common = overlap(left, right, weights, frozenset({f"#{one.counted}"}))
    if one.counted in UNITS and not _enough(left, right, common):
        return None
    if one.group != two.group and not compatible(one.number, two.number):
        if one.group and two.group:
            return None
        # "Nine people" and "four civilians": the second may be some of the first.
        score -= 1.0
    score += 3 * common.score
    if len(reasons) == 1 and not common.words:
        return None
    score += _place_score(left, right) + _value_score(one, two)
    return Comparison(score, "; ".join(reasons), common.words)


def _place_score(left: Account, right: Account) -> float:
    if not left.places or not right.places:
        return 0.0
    return 0.5 if left.places & right.places else -0.3


def _value_score(one: Quantity, two: Quantity) -> float:
    """Numbers that fit speak for one quantity, the more if they are not small; far-off ones speak against it."""
    a, b = one.number, two.number
    values = [float(value) for value in (a.low, a.high, b.low, b.high) if value is not None]
    if compatible(a, b):
        equal = a.low is not None and a.low == b.low
        if not equal or float(a.low or 0) < 10:
            return 0.3
        return 1.4 if float(a.low or 0) >= 100 else 1.0
    low, high = min(values), max(values)
    return -0.8 if low <= 0 or high / low > 20 else 0.0


def events(left: Account, right: Account, weights: Weights) -> Comparison | None:
    """Whether two accounts tell one event: cosine of their terms, up to .15 more each for code and for the parties."""
    if _times_differ(left, right):
        return None
    common = overlap(left, right, weights)
    if not _enough(left, right, common):
        return None
    score, reasons = common.score, ["shared words"]
    if _counts_differ(left, right, weights):
        return None
    one, two = left.claim.event, right.claim.event
    if one and two:
        if one.code == two.code:
            score += 0.1
            reasons.append(f"both {one.code}")
        parties = {one.actor, one.recipient} & {two.actor, two.recipient} - {None}
        score += 0.05 if parties else 0.0
    return Comparison(score, ", ".join(reasons), common.words)


def _counts_differ(left: Account, right: Account, weights: Weights) -> bool:
    """Whether they give values for one quantity that cannot both hold: that is for a point of kind "number"."""
    return any(
        not compatible(one.number, two.number) and numbers(left, one, right, two, weights) is not None
        for one in left.quantities
        for two in right.quantities
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
    if not _words_shared(left, right) or (len(common.words) < _FEW and common.score < _STRONG):
        return None
    if _counts_differ(left, right, weights):
        return None
    return Comparison(common.score, f"the same speaker {stance} it", common.words)


def expectations(left: Account, right: Account, weights: Weights) -> Comparison | None:
    """Whether two accounts expect one thing: cosine of their terms."""
    if _times_differ(left, right):
        return None
    common = overlap(left, right, weights)
    if not _enough(left, right, common):
        return None
    return Comparison(common.score, "shared words", common.words)


def nested(left: Account, right: Account) -> bool:
    """Whether the two stand on one page and share characters."""
    a, b = left.claim.span, right.claim.span
    return left.page == right.page and a.start < b.end and b.start < a.end


def within(inner: Account, outer: Account) -> bool:
    """Whether the one stands inside the other."""
    a, b = inner.claim.span, outer.claim.span
    return inner.page == outer.page and b.start <= a.start and a.end <= b.end


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
    if _around(other, denial):
        return None
    shared = [term for term in denial.terms if term in other.terms]
    if len(shared) < _FEW or not any(_is_word(term) for term in shared):
        return None
    whole = sum(weights[term] for term in denial.terms)
    ranked = sorted(shared, key=lambda term: (-weights[term], term))
    covered = sum(weights[term] for term in shared) / whole if whole else 0.0
    if len(shared) == _FEW and covered < _ALL:
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
    if left.negated != right.negated and common.score >= 0.6:
        return Comparison(common.score, "one of them negated", common.words)
    return None
