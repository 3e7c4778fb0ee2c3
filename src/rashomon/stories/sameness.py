"""How surely two accounts are about the same thing: learned weights of what they share and of what keeps them apart.

The figures of a pair are structural (what is shared, how rare it is, names, days, figures, where the two stand on their
pages); a logistic regression weighs them (`train/sameness.py`). No word has a weight of its own.
"""

from __future__ import annotations

import math
from functools import cache
from operator import mul

from rashomon.stories.accounts import Account, Weights
from rashomon.stories.dates import day, days_apart
from rashomon.stories.likeness import is_word
from rashomon.stories.terms import rate
from rashomon.stories.words import rows

FIGURES = (
    "lighter", "words", "names", "places_apart", "same_day", "days_apart", "code", "code_apart", "leads", "short",
    "hoped", "denied_apart", "negated_apart", "always",
)  # fmt: skip
"""What is measured of a pair, in the order of the weights."""
HOPED = frozenset({"expected", "possible", "conditional"})
"""The statuses of what is not told as done."""
_LEAD = 250
# Characters from a page's first within which its main news stands.
_FEW = 3
_RARE = 0.003
# The share of claims of general news that have a rare term, at most.
_TWICE = 1.5
# What two equal figures add ("61 to 38"): too rare to be learnt from the pairs, and hardly chance.


def figures(left: Account, right: Account, weights: Weights) -> list[float]:
    """What `FIGURES` names, of two accounts of one story."""
    shared = [term for term in left.terms if term in right.terms]
    lighter = min(weights.beside(left, right), weights.beside(right, left))
    return [
        weights.sum(shared) / lighter if lighter else 0.0,
        math.log1p(sum([is_word(term) for term in shared])),
        min(len(left.names & right.names), _FEW) / _FEW,
        float(bool(left.places and right.places and not left.places & right.places)),
        *_days(left, right),
        *_codes(left, right),
        float(left.place[1] < _LEAD and right.place[1] < _LEAD),
        float(min(len(left.terms), len(right.terms)) <= _FEW),
        *_moods(left, right),
        float(not (left.negated ^ right.negated).isdisjoint(shared)),
        1.0,
    ]


def surely(left: Account, right: Account, weights: Weights) -> float:
    """How surely two accounts of one story are about the same thing, between 0 and 1."""
    key = (id(left), id(right)) if id(left) < id(right) else (id(right), id(left))
    if key not in weights.sure:
        score = sum(map(mul, _learned(), figures(left, right, weights)))
        score += _TWICE if _figures_shared(left, right) > 1 else 0.0
        weights.sure[key] = 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))
    return weights.sure[key]


def telling(left: Account, right: Account, weights: Weights) -> bool:
    """Whether both have two equal figures, or a term that hardly any claim has, of general news and of the story.

    In a story of a dam the dam's name and "collapse" are rare words that stand everywhere.
    """
    shared = [term for term in left.terms if term in right.terms]
    own = [term for term in shared if not weights.crowded(term)]
    # A name beside words that stand all over the story tells who or where, and not what.
    rare = any(rate(term) <= _RARE for term in own) and any(map(is_word, own))
    return rare or _figures_shared(left, right) > 1


def _figures_shared(left: Account, right: Account) -> int:
    """How many values of two digits or more both give."""
    if not left.quantities or not right.quantities:
        return 0
    mine, theirs = (
        {q.number.low for q in account.quantities if q.number.low == q.number.high and float(q.number.low or 0) >= 10}
        for account in (left, right)
    )
    return len(mine & theirs)


@cache
def _learned() -> tuple[float, ...]:
    found = {row[0]: float(row[1]) for row in rows("sameness")}
    return tuple(found[name] for name in FIGURES)


def _moods(left: Account, right: Account) -> tuple[float, float]:
    """Whether both are hoped for or neither; whether one of them alone is a denial."""
    one, two = left.claim.status, right.claim.status
    return float(one in HOPED and two in HOPED), float((one == "denied") != (two == "denied"))


def _days(left: Account, right: Account) -> tuple[float, float]:
    """Whether both say when and mean one day; whether they mean days with others between."""
    a, b = left.claim.when, right.claim.when
    between = days_apart(day(a.value), day(b.value)) if a is not None and b is not None else None
    return (0.0, 0.0) if between is None else (float(between < 1), float(between >= 1))


def _codes(left: Account, right: Account) -> tuple[float, float]:
    """Whether both tell an event of one sort; of two sorts."""
    a, b = left.claim.event, right.claim.event
    return (0.0, 0.0) if a is None or b is None else (float(a.code == b.code), float(a.code != b.code))
