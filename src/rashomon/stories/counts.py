"""Whether two numbers count the same thing, and whether two values that cannot both hold are rivals for it."""

from __future__ import annotations

import re
from functools import cache

from rashomon.stories.accounts import Account, Weights
from rashomon.stories.dates import at_odds, day, days_apart, grain
from rashomon.stories.likeness import FEW, Comparison, another, common, enough, share, shared_words, times_differ
from rashomon.stories.quantities import UNITS, Quantity
from rashomon.stories.remainders import LIVING, fits, same
from rashomon.stories.sameness import surely
from rashomon.stories.words import rows

_LARGE = 1000.0
_TELLING = 10
# A value from which two accounts hardly share it by chance.
_BESIDE, _FAR_OFF = 400, 20.0
# Characters between two rivals' figures on one page, and how many times one of them may be the other.
_AHEAD, _AFTER = 70, 16
# Characters before and after a figure in which it may be said which way it went ("4 percent more").
_NEAR_BY = 3.0
# How many times one of two figures may be the other that count what other nouns name.
_LONG_AGO = 60.0
# Days before publication from which what is told is not the news.
_VAGUELY_PAST = "PAST_REF"
_TALLIED = "tallied"
# "With 40 percent of the votes counted": how far a count has come, which is compared with nothing else.
_HALF = 0.5
# How surely two accounts are about one thing, or what share of the lighter they have in common, to be held together.
_SURE = 0.75
# From here on other verbs tell of the same people.
_SOME_OF = 0.4
# What it costs that one of two figures may count only some of the other's.
_LIKELY = 0.45
# How surely two accounts are about one thing that give one measure.


def numbers(left: Account, one: Quantity, right: Account, two: Quantity, weights: Weights) -> Comparison | None:
    """Whether two numbers are values of one quantity: see `alike`; None also where they differ and are no rivals."""
    found = alike(left, one, right, two, weights)
    if found is None or fits(one, two):
        return found
    return found if _rivals(left, one, right, two, weights) else None


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
        unlike = not agree and known and not fit and surely(left, right, weights) < _SURE
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
    if (_past(left, right) or _past(right, left)) and float(one.number.low or 0) < _TELLING:
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
        return (mine, theirs) if _beside(left, one, right, two) else None
    if (one.counted and one.counted == two.counted) or (one.listed and two.listed and one.state != two.state):
        return None
    if one.counted and two.counted and not fits(one, two) and not {one.counted, two.counted} <= LIVING:
        return None
    low, high = sorted((float(one.number.low or 0), float(two.number.low or 0)))
    near = low > 0 and high / low <= _NEAR_BY
    return (mine, theirs) if near and surely(left, right, weights) >= _HALF else None


def _beside(left: Account, one: Quantity, right: Account, two: Quantity) -> bool:
    """Whether two speakers, one right after the other, give each a figure, and the one needs not say of what.

    "Organisers counted 60,000 marchers. Police said that about 15,000 took part", "1,400 drivers walked out, the union
    said; only 600 of its drivers, said the firm".
    """
    if left.page != right.page or not left.speakers or not right.speakers or left.speakers & right.speakers:
        return False
    if not left.claim.status == right.claim.status == "asserted" or fits(one, two) or one.part or two.part:
        return False
    apart = abs(one.number.start - two.number.start)
    low, high = sorted((float(one.number.low or 0), float(two.number.low or 0)))
    if apart > _BESIDE or low < _TELLING or high / low > _FAR_OFF or (one.listed and two.listed):
        return False
    first, last = (one, two) if one.number.start < two.number.start else (two, one)
    if first.counted in UNITS or first.counted is None:
        return False
    return last.counted is None or (last.counted == first.counted and bool(first.group) and first.group == last.group)


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
    return value >= _TELLING or value % 1 > 0


def _other_things(one: Quantity, two: Quantity) -> bool:
    """Whether class, part against whole, or countries keep two numbers apart."""
    if one.counted is None or one.counted != two.counted:
        return True
    # "Two officers and about 40 demonstrators were hurt": each is a part of the hurt, and all the demonstrators.
    if one.part != two.part and not (one.group and one.group == two.group):
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
    return 0.3 if not same_value or value < _TELLING else 1.4 if value >= 100 else 1.0


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


def _rivals(left: Account, one: Quantity, right: Account, two: Quantity, weights: Weights) -> bool:
    """Whether two values that cannot both hold are given for one quantity, rather than for two that look alike."""
    if one.more != two.more or one.scope != two.scope:
        return False
    # Soldiers of one country, elite or not, are held against one another.
    measured = one.counted in UNITS and surely(left, right, weights) >= _SURE
    if not one.countries & two.countries and not measured and (_narrower(one, two) or _narrower(two, one)):
        return False
    if left.names and right.names and not left.names & right.names:
        return False
    if 1 in (one.number.high, two.number.high) and not (one.listed and two.listed):
        return False
    if _some(one, two) or _some(two, one) or _other_way(left, one, right, two):
        return False
    if left.page == right.page and (
        one.more or not (_held_against(left, right, weights) or two_bodies(left, one, right, two))
    ):
        return False
    return not _other_occasion(left, one, right, two)


def _narrower(one: Quantity, two: Quantity) -> bool:
    """Whether the first counts some of a kind that the second does not name, and so may be a part of it."""
    if one.modifiers <= two.modifiers:
        return False
    return bool(two.modifiers - one.modifiers) or one.interval[1] <= two.interval[1]


def _some(one: Quantity, two: Quantity) -> bool:
    """Whether the first counts a few of one sort ("two guards", "two women") and the second more, of all."""
    if not one.group or two.group or one.running or two.running:
        return False
    few, all_of_them = one.interval[1], two.interval[0]
    return few <= all_of_them and (few < _TELLING or few * _NEAR_BY < all_of_them)


_UP = re.compile(
    r"\b(?:rose|risen?|rises|rising|gain\w*|up|climb\w*|increas\w*|grew|grow\w*|jump\w*|more|higher)\b", re.I
)
_DOWN = re.compile(
    r"\b(?:f[ae]ll(?:en|s|ing)?|los[et]\w*|down|drop\w*|declin\w*|decreas\w*|slid|shrank|less|lower)\b", re.I
)
_ASKED = re.compile(r"\b(?:wants?|wanted|demand\w*|seek\w*|sought|ask(?:s|ed|ing)?|call\w* for|request\w*)\b", re.I)
_OFFERED = re.compile(r"\b(?:offer\w*|propos\w*|bid)\b", re.I)


def _other_way(left: Account, one: Quantity, right: Account, two: Quantity) -> bool:
    """Whether one measures a rise and the other a fall, or the one is asked or offered and the other is not."""
    if one.counted not in UNITS:
        return False
    near = _before(left, one), _before(right, two)
    ways = [(bool(_UP.search(text)), bool(_DOWN.search(text))) for text in near]
    if ways[0] == ways[1][::-1] and True in ways[0] and ways[0] != ways[1]:
        return True
    bids = [(bool(_ASKED.search(text)), bool(_OFFERED.search(text))) for text in near]
    return bids[0] != bids[1]


def _before(account: Account, quantity: Quantity) -> str:
    """What an account says shortly before a number of its, in its clause, and the words right after it."""
    text, at = account.claim.span.exact, max(0, quantity.number.end - account.claim.span.start)
    return re.split(r"[,;:.] ", text[max(0, at - _AHEAD) : at])[-1] + text[at : at + _AFTER]


def _held_against(left: Account, right: Account, weights: Weights) -> bool:
    """Whether two speakers on one page, one of them with a name, speak of the same."""
    if not left.speakers or not right.speakers or left.speakers & right.speakers:
        return False
    named = "named" in (left.claim.speaker.kind, right.claim.speaker.kind)
    return named and share(left, right, weights) >= _HALF


def two_bodies(left: Account, one: Quantity, right: Account, two: Quantity) -> bool:
    """Whether two speakers on one page, one after the other, give each a figure of lives for one state.

    "The ministry says 2,053 died. The Red Cross puts it at 1,023": they share no word, and need not. Not where places
    or people differ, where one figure is a part or an addition, or where they are too far apart to be rivals.
    """
    if left.page != right.page or not left.speakers or not right.speakers or left.speakers & right.speakers:
        return False
    if not (one.listed and two.listed and one.state == two.state and one.counted == two.counted == "people"):
        return False
    if one.part or two.part or one.more or two.more or one.group != two.group or one.scope != two.scope:
        return False
    if left.claim.status != "asserted" or right.claim.status != "asserted":
        return False
    if left.places and right.places and not left.places & right.places:
        return False
    apart = abs(one.number.start - two.number.start)
    low, high = sorted((float(one.number.low or 0), float(two.number.low or 0)))
    return apart <= _BESIDE and low > 0 and high / low <= _FAR_OFF


def _other_occasion(left: Account, one: Quantity, right: Account, two: Quantity) -> bool:
    """Whether the times that they state are two occasions, or a day and a whole year.

    A toll that is said to grow is one quantity however many days lie between.
    """
    a, b = left.claim.when, right.claim.when
    if _past(left, right) or _past(right, left):
        return True
    if a is None or b is None or one.running or two.running:
        return False
    if grain(a.value) and grain(b.value) and (grain(a.value) == "year") != (grain(b.value) == "year"):
        return True
    return at_odds(day(a.value), day(b.value))


def _past(left: Account, right: Account) -> bool:
    """Whether the one tells of a time long before both pages ("three years ago"), and the other of none."""
    then = left.claim.when
    if then is None or right.claim.when is not None:
        return False
    if then.value == _VAGUELY_PAST:
        return True
    apart = [days_apart(day(then.value) or then.value, published) for published in (left.published, right.published)]
    return all(each is not None and each > _LONG_AGO for each in apart)
