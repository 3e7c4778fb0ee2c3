"""Whether two values that cannot both hold are rivals for one quantity, rather than values of two that look alike.

Where a reader would not take the one for the other's denial they are no rivals: some of one sort beside all, one alone
beside many, a rise beside a fall, what is asked beside what is given, another occasion.
"""

from __future__ import annotations

import re

from rashomon.stories.accounts import Account, Weights
from rashomon.stories.dates import at_odds, day, days_apart, earlier, grain
from rashomon.stories.likeness import share
from rashomon.stories.quantities import UNITS, Quantity
from rashomon.stories.remainders import fits
from rashomon.stories.sameness import surely

TELLING = 10
"""A value from which two accounts hardly share it by chance."""
NEAR_BY = 3.0
"""How many times one of two figures may be the other that count what other nouns name."""
HALF = 0.5
"""How surely two accounts are about one thing, or what share of the lighter both have, to be held together."""
SURE = 0.75
"""From here on other verbs tell of the same people."""
_BESIDE, _FAR_OFF = 400, 20.0
# Characters between two rivals' figures on one page, and how many times one of them may be the other.
_AHEAD, _AFTER = 70, 16
# Characters before and after a figure in which it may be said which way it went ("4 percent more").
_LONG_AGO = 60.0
# Days before publication from which what is told is not the news.
_VAGUELY_PAST = "PAST_REF"
_LOOSE = 0.4
# How surely at least, where not the same is said to hold of both figures.


def rivals(left: Account, one: Quantity, right: Account, two: Quantity, weights: Weights) -> bool:
    """Whether two values that cannot both hold are given for one quantity, rather than for two that look alike."""
    if one.more != two.more or one.scope != two.scope:
        return False
    # Soldiers of one country, elite or not, are held against one another.
    measured = one.counted in UNITS and surely(left, right, weights) >= SURE
    if not one.countries & two.countries and not measured and (_narrower(one, two) or _narrower(two, one)):
        return False
    if left.names and right.names and not left.names & right.names:
        return False
    said = bool(one.state and one.state == two.state) or bool(one.countries & two.countries)
    if not said and (surely(left, right, weights) < _LOOSE or _times(one, two) > _FAR_OFF):
        return False
    if _one_of_many(left, one, right, two) or _one_of_many(right, two, left, one):
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


def _times(one: Quantity, two: Quantity) -> float:
    """How many times the one value is the other."""
    low, high = sorted(float(q.number.low or q.number.high or 0) for q in (one, two))
    return high / low if low > 0 else 1.0


def _narrower(one: Quantity, two: Quantity) -> bool:
    """Whether the first counts some of a kind that the second does not name, and so may be a part of it."""
    if one.modifiers <= two.modifiers:
        return False
    return bool(two.modifiers - one.modifiers) or one.interval[1] <= two.interval[1]


def _one_of_many(left: Account, one: Quantity, right: Account, two: Quantity) -> bool:
    """Whether the first tells of one alone, and the second, that is no later, of so many that he may be among them."""
    alone = one.number.low == one.number.high == 1
    return alone and two.interval[0] >= TELLING and not earlier(left.published, right.published)


def _some(one: Quantity, two: Quantity) -> bool:
    """Whether the first counts a few of one sort ("two guards", "two women") and the second more, of all."""
    if not one.group or two.group or one.running or two.running:
        return False
    few, all_of_them = one.interval[1], two.interval[0]
    return few <= all_of_them and (few < TELLING or few * NEAR_BY < all_of_them)


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
    return named and share(left, right, weights) >= HALF


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
    if past(left, right) or past(right, left):
        return True
    if bool(_ELSEWHEN.search(left.claim.span.exact)) != bool(_ELSEWHEN.search(right.claim.span.exact)):
        return True
    if a is None or b is None or one.running or two.running:
        return False
    if grain(a.value) and grain(b.value) and (grain(a.value) == "year") != (grain(b.value) == "year"):
        return True
    return at_odds(day(a.value), day(b.value))


_ELSEWHEN = re.compile(
    r"\blast (?:year|month|summer|fall|autumn|winter|spring|january|february|march|april|may|june|july|august|september"
    r"|october|november|december)\b|\b(?:years|months|decades?|a year|a month) (?:ago|earlier|before)\b"
    r"|\b(?:another|a previous|an earlier|a similar) (?:\w+ )?(?:shooting|attack|incident|quake|accident|crash"
    r"|earthquake|fire|blast|explosion|outbreak|case|march|strike|vote|election|flood|storm)\b",
    re.I,
)
# "Another shooting last October, when one person was killed".


def past(left: Account, right: Account) -> bool:
    """Whether the one tells of a time long before both pages ("three years ago"), and the other of none."""
    then = left.claim.when
    if then is None or right.claim.when is not None:
        return False
    if then.value == _VAGUELY_PAST:
        return True
    apart = [days_apart(day(then.value) or then.value, published) for published in (left.published, right.published)]
    return all(each is not None and each > _LONG_AGO for each in apart)


def beside(left: Account, one: Quantity, right: Account, two: Quantity) -> bool:
    """Whether two speakers, one right after the other, give each a figure, and the one needs not say of what.

    "Organisers counted 60,000 marchers. Police said that about 15,000 took part", "1,400 drivers walked out, the union
    said; only 600 of its drivers, said the firm".
    """
    if left.page != right.page or not left.speakers or not right.speakers or left.speakers & right.speakers:
        return False
    if left.claim.status != right.claim.status or fits(one, two) or one.part or two.part:
        return False
    apart = abs(one.number.start - two.number.start)
    low, high = sorted((float(one.number.low or 0), float(two.number.low or 0)))
    if apart > _BESIDE or low < TELLING or high / low > _FAR_OFF or (one.listed and two.listed):
        return False
    first, last = (one, two) if one.number.start < two.number.start else (two, one)
    if first.counted in UNITS or first.counted is None:
        return False
    alike = (bool(first.group) and first.group == last.group) or (bool(first.state) and first.state == last.state)
    return last.counted is None or (last.counted == first.counted and alike)
