"""Whether two numbers count the same thing."""

from __future__ import annotations

from functools import cache

from rashomon.stories.accounts import Account, Weights
from rashomon.stories.likeness import FEW, Comparison, another, common, enough, shared_words, times_differ
from rashomon.stories.quantities import UNITS, Quantity
from rashomon.stories.remainders import LIVING, fits, same
from rashomon.stories.rivals import HALF, NEAR_BY, SURE, TELLING, beside, past, rivals
from rashomon.stories.sameness import surely
from rashomon.stories.words import rows

_LARGE = 1000.0
_TALLIED = "tallied"
# "With 40 percent of the votes counted": how far a count has come, which is compared with nothing else.
_SOME_OF = 0.4
# What it costs that one of two figures may count only some of the other's.
_LIKELY = 0.45
# How surely two accounts are about one thing that give one measure.


def numbers(left: Account, one: Quantity, right: Account, two: Quantity, weights: Weights) -> Comparison | None:
    """Whether two numbers are values of one quantity: see `alike`; None also where they differ and are no rivals."""
    found = alike(left, one, right, two, weights)
    if found is None or fits(one, two):
        return found
    return found if rivals(left, one, right, two, weights) else None


def alike(left: Account, one: Quantity, right: Account, two: Quantity, weights: Weights) -> Comparison | None:
    """Whether two numbers count the same thing: points for state, countries, modifiers, words, places, value.

    None where class, countries, states, occasion, or part against whole keep them apart.
    """
    if _other_things(one, two):
        return None
    fit = fits(one, two)
    same_value = fit and same(one, two)
    # "Seven others were hurt" and "seven were hurt" are one figure; other values beside the first are others.
    if one.more != two.more and not same_value:
        return None
    akin = same_value and frozenset((one.state, two.state)) in _akin()
    if one.listed and two.listed and one.state != two.state and not akin:
        return None
    if times_differ(left, right) or another(left, right):
        return None
    score, reasons = 0.0, [f"both count {one.counted}"]
    unlike = False
    if one.state and two.state:
        agree = one.state == two.state or akin
        known = one.listed or two.listed
        # "Two were arrested, three questioned": other verbs count other people, unless the values say otherwise.
        score += (1.5 if one.listed else 1.0) if agree else 0.0 if fit else -1.0 if known else -0.5
        reasons += [f"state {one.state!r}"] if agree else []
        unlike = not agree and known and not fit and surely(left, right, weights) < SURE
    if countries := one.countries & two.countries:
        score += 1.2
        reasons.append(f"of {', '.join(sorted(countries))}")
    if modifiers := one.modifiers & two.modifiers:
        score += 0.8
        reasons.append(f"both {', '.join(sorted(modifiers))}")
    shared, cosine = common(left, right, weights, frozenset({f"#{one.counted}"}))
    if same_value and one.number.low == 1 and len(shared) < FEW:
        # One woman hurt and one person hurt may be two.
        return None
    sure = surely(left, right, weights)
    rare = same_value and _odd(one) and shared
    if one.counted in UNITS and sure < _LIKELY and not rare and not enough(left, right, len(shared), cosine):
        return None
    if one.group != two.group and not fit:
        if one.group and two.group:
            return None
        # "Nine people" and "four civilians": the second may be some of the first.
        score -= _SOME_OF
    if (past(left, right) or past(right, left)) and float(one.number.low or 0) < TELLING:
        # Four dead years ago and four dead now are two fours.
        score -= 1.0
    score += 3 * max(cosine, 0.0 if left.root == right.root or unlike else sure)
    if len(reasons) == 1 and not shared:
        return None
    score += _place_score(left, right) + (_fitting(one, same_value) if fit else _far_off(one, two))
    return Comparison(score, "; ".join(reasons), shared_words(left, shared, weights))


def only_figures(left: Account, right: Account, weights: Weights) -> tuple[int, int] | None:
    """The places of the only figure of either, where they are values of one quantity though other nouns are counted.

    "9,000 savers lost money", "9,340 names are on the list": two accounts that surely are about the same, each with one
    figure of two digits or more and no measure, which fit; or do not, where one of them counts nothing that is named.
    """
    mine, theirs = _main(left), _main(right)
    if mine is None or theirs is None:
        return None
    one, two = left.quantities[mine], right.quantities[theirs]
    if left.root == right.root or left.page == right.page:
        return (mine, theirs) if beside(left, one, right, two) else None
    if (one.counted and one.counted == two.counted) or (one.listed and two.listed and one.state != two.state):
        return None
    if one.counted and two.counted and not fits(one, two) and not {one.counted, two.counted} <= LIVING:
        return None
    low, high = sorted((float(one.number.low or 0), float(two.number.low or 0)))
    near = low > 0 and high / low <= NEAR_BY
    return (mine, theirs) if near and surely(left, right, weights) >= HALF else None


def _main(account: Account) -> int | None:
    """The place of the only figure that counts, and does not measure in whole numbers."""
    found = [
        place
        for place, q in enumerate(account.quantities)
        if (q.counted not in UNITS or float(q.number.low or 0) % 1 > 0)
        and not q.part
        and not q.more
        and _is_telling(float(q.number.low or 0))
    ]
    return found[0] if len(found) == 1 else None


def _is_telling(value: float) -> bool:
    """Whether a value is no small count, which anything may have: two digits, or a fraction."""
    return value >= TELLING or value % 1 > 0


def _other_things(one: Quantity, two: Quantity) -> bool:
    """Whether class, part against whole, or countries keep two numbers apart."""
    if one.counted is None or one.counted != two.counted:
        return True
    # "Two officers and about 40 demonstrators were hurt": each is a part of the hurt, and all the demonstrators.
    if (one.part or two.part) and one.group != two.group:
        return True
    if one.part != two.part and not one.group:
        return True
    if one.state != two.state and _TALLIED in (one.state, two.state):
        return True
    return bool(one.countries and two.countries and not one.countries & two.countries)


def _place_score(left: Account, right: Account) -> float:
    if not left.places or not right.places:
        return 0.0
    return 0.5 if left.places & right.places else -0.3


def _fitting(one: Quantity, same_value: bool) -> float:
    """What numbers that fit speak for one quantity, the more if they are not small."""
    value = float(one.number.low or 0)
    return 0.3 if not same_value or value < TELLING else 1.4 if value >= 100 else 1.0


def _far_off(one: Quantity, two: Quantity) -> float:
    """What numbers that do not fit speak against one quantity, where they are far off."""
    a, b = one.number, two.number
    values = [float(value) for value in (a.low, a.high, b.low, b.high) if value is not None]
    low, high = min(values), max(values)
    return -0.8 if low <= 0 or high / low > 20 else 0.0


def _odd(one: Quantity) -> bool:
    """Whether a value is so large that two accounts hardly have it by chance."""
    return float(one.number.low or 0) >= _LARGE


@cache
def _akin() -> frozenset[frozenset[str | None]]:
    """States that may hold of the same people, such as shot and injured."""
    return frozenset(frozenset(row[:2]) for row in rows("akin"))
