"""Counts that fit once those counted apart are taken away: the dead among those shot, the attacker among the dead.

"Seven were shot, two of them died" and "five were injured" are one account, and so are "six were killed, including
the gunman" and "five were killed". Which counts may be taken away is read off the pages; a remainder only ever lets
two counts agree, and never sets two pages at odds.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

import msgspec

from rashomon.model import Number
from rashomon.stories.accounts import Account
from rashomon.stories.quantities import UNITS, Quantity, classes, interval

WHOLES = frozenset({"shot", "killed or injured"})
"""States that hold of the dead and of the injured."""


def _single(number: Number) -> int | None:
    """The one whole value that a number gives; None where it leaves any open."""
    whole = isinstance(number.low, int) and number.low == number.high and number.qualifier == "exact"
    return int(number.low or 0) if whole else None


def remaining(told: Sequence[Account]) -> list[Account]:
    """The accounts, their counts of all who were struck with the dead that may be taken away: `Quantity.less`.

    The dead of the same page, where it counts them, else those that any page of the story counts; and of the dead one,
    where a page tells that whoever did it died.
    """
    dead: dict[str, set[int]] = defaultdict(set)
    for account in told:
        for quantity in account.quantities:
            value = _single(quantity.number)
            if quantity.state == "killed" and quantity.counted == "people" and not quantity.more and value:
                dead[account.root].add(value)
    anywhere = {value for values in dead.values() for value in values}
    culprit = any(_CULPRIT_DIED.search(account.claim.span.exact) for account in told)
    states = WHOLES | {"killed"} if culprit else WHOLES
    return [
        msgspec.structs.replace(
            account,
            quantities=tuple(
                _without(quantity, dead.get(account.root) or anywhere, culprit) for quantity in account.quantities
            ),
        )
        if any(quantity.state in states for quantity in account.quantities)
        else account
        for account in told
    ]


_CULPRIT_DIED = re.compile(
    r"\b(?:kill(?:ed|ing|s)?|shot|shoot(?:ing|s)?|hang(?:ed|ing)?|turn(?:ed|ing|s) (?:the|a|his|her) (?:gun|weapon) on"
    r"|blew|blowing) (?:himself|herself|themselves)\b|\bmurder[- ]suicide\b"
    r"|\b(?:took|taking|taken|takes) (?:his|her|their) own li(?:fe|ves)\b"
    r"|\b(?:gunm[ae]n|shooters?|attackers?|assailants?|bombers?|suspects?)"
    r" (?:(?:is|was|were|are|also|among the|later|shot and|then) )*(?:dead|killed)\b"
    r"|\b(?:he|she|they) (?:was|were) (?:shot and |shot dead|killed)",
    re.I,
)
# Where whoever did it is dead as well, some count them in and others do not.


def _without(quantity: Quantity, dead: set[int], culprit: bool) -> Quantity:
    value = _single(quantity.number)
    if culprit and quantity.state == "killed" and quantity.counted == "people" and value is not None and value > 1:
        return msgspec.structs.replace(quantity, less=tuple(sorted({*quantity.less, 1})))
    if quantity.state not in WHOLES or quantity.counted != "people" or value is None:
        return quantity
    less = sorted({*quantity.less, *(each for each in dead if each < value)})
    return msgspec.structs.replace(quantity, less=tuple(less))


def fits(one: Quantity, two: Quantity) -> bool:
    """Whether one value can make both true, as they stand or with those taken away whom the pages count apart."""
    return _taken(one, two) is not None


def same(one: Quantity, two: Quantity) -> bool:
    """Whether both give one value, and the same, as they stand or with those taken away."""
    taken = _taken(one, two)
    if taken is None:
        return False
    if taken == (0, 0):
        return one.number.low == one.number.high == two.number.low == two.number.high is not None
    a, b = one.number, two.number
    values = {None if each is None else each - taken[0] for each in (a.low, a.high)}
    values |= {None if each is None else each - taken[1] for each in (b.low, b.high)}
    return len(values) == 1 and None not in values


def _taken(one: Quantity, two: Quantity) -> tuple[int, int] | None:
    """How many are taken from each so that they fit; the fewest."""
    if _meet(one, 0, two, 0):
        return 0, 0
    if not (one.less or two.less) or (one.state != two.state and {one.state, two.state} <= WHOLES):
        return None
    tries = sorted({(i, j) for i in (0, *one.less) for j in (0, *two.less)}, key=lambda pair: (sum(pair), pair))
    return next(((i, j) for i, j in tries if _meet(one, i, two, j)), None)


def _meet(one: Quantity, less: int, two: Quantity, other: int) -> bool:
    a, b = interval(one.number), interval(two.number)
    return a[0] - less <= b[1] - other and b[0] - other <= a[1] - less


def explained(one: Quantity, two: Quantity) -> str | None:
    """How the two fit where they do only with those taken away, as the part of a sentence; else None."""
    taken = _taken(one, two)
    if taken in (None, (0, 0)):
        return None
    (whole, less, rest) = (one, taken[0], two) if taken[0] else (two, taken[1], one)
    what = "killed" if whole.state in WHOLES else "counted with those who did it"
    struck = "shot" if whole.state == "shot" else whole.state or "counted"
    return f"of “{whole.number.exact}” {struck}, {less} {what} leave “{rest.number.exact}” {rest.state or 'others'}"


LIVING = frozenset({"people", "children", "forces", "police", "journalists", "lawmakers"})
"""Classes of which a state's word says what became of them."""
_SHOWN = 4
# Values that a sentence names; the others are counted.


def compared(told: Sequence[tuple[Account, Quantity]]) -> str:
    """What the accounts count, and each value in the words of a page with its number of pages, as part of a sentence.

    "how many people were killed (“five” on 7 pages, “three” on 1)".
    """
    of: dict[tuple[object, object, str], set[str]] = defaultdict(set)
    words: dict[tuple[object, object, str], str] = {}
    for account, quantity in told:
        key = (quantity.number.low, quantity.number.high, quantity.number.qualifier)
        of[key].add(account.page)
        words.setdefault(key, quantity.number.exact)
    ranked = sorted(of, key=lambda key: (-len(of[key]), words[key]))
    values = [f"“{words[key]}” on {len(of[key])} page{'s' if len(of[key]) > 1 else ''}" for key in ranked[:_SHOWN]]
    more = [f"{len(ranked) - _SHOWN} more"] if len(ranked) > _SHOWN else []
    return f"{_subject([quantity for _, quantity in told])} ({', '.join(values + more)})"


def _subject(quantities: Sequence[Quantity]) -> str:
    """ "how many people were killed", where the tables have class and state; else "what is counted"."""
    states = Counter(quantity.state for quantity in quantities if quantity.listed and quantity.state)
    counted = quantities[0].counted
    if counted is None or counted in UNITS or counted not in classes():
        return "what is counted"
    if not states or counted not in LIVING:
        return f"how many {counted}"
    return f"how many {counted} were {states.most_common(1)[0][0]}"
