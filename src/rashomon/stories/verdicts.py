"""Verdicts: a pure function of the accounts that stand together.

The words mean what the report's form says: agreed, disputed, denied, updated, single. A page that
repeats another's text holds nothing on its own. Where dates do not tell which page came later, there is
no order and so no update.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import msgspec

from rashomon.model import Current, PointValue, Verdict
from rashomon.stories.accounts import Account, Weights
from rashomon.stories.dates import earlier, stretch
from rashomon.stories.nesting import nested
from rashomon.stories.origins import independent
from rashomon.stories.quantities import Quantity
from rashomon.stories.relations import Relation, relation
from rashomon.stories.remainders import compared, explained, fits


class Finding(msgspec.Struct, frozen=True):
    """A verdict with what it rests on."""

    verdict: Verdict
    why: str
    """What decided, as the part of a sentence."""
    values: tuple[PointValue, ...] = ()
    current: Current | None = None
    compared: str | None = None
    """What was compared, and which values were given on how many pages, as the part of a sentence."""


Told = tuple[Account, Quantity]


def when(account: Account) -> tuple[float, float]:
    """The key that sorts by publication; what has no date comes last."""
    return stretch(account.published) or (float("inf"), float("inf"))


def pages(told: Iterable[Account]) -> int:
    """How many pages they stand on."""
    return len({account.page for account in told})


def on_numbers(told: Sequence[Told]) -> Finding:
    """The verdict on accounts that give a value for one quantity."""
    return msgspec.structs.replace(_on_numbers(told), compared=compared(told))


def _on_numbers(told: Sequence[Told]) -> Finding:
    ranked = sorted(told, key=lambda pair: (when(pair[0]), pair[0].place, pair[0].claim.id))
    values = tuple(
        PointValue(q.number.low, q.number.high, q.number.qualifier, a.claim.id, a.published) for a, q in ranked
    )
    held = [pair for pair in ranked if not pair[0].copied] or ranked
    clashes = [(one, two) for i, one in enumerate(held) for two in held[i + 1 :] if not fits(one[1], two[1])]
    grown = _outgrown(held) if not clashes else None
    if grown is not None:
        bound, value = grown
        later = f"stands on the later page{_as_inferred(held)}"
        why = f"{_words(value)} {later} and is far above {_words(bound)}, which nobody holds after it"
        return Finding("updated", why, values, _current(held, value))
    if not clashes:
        several = pages(account for account, _ in told) > 1
        one_origin = independent([account for account, _ in held]) == 1
        reasons = (explained(one[1], two[1]) for i, one in enumerate(held) for two in held[i + 1 :])
        rest = next((reason for reason in reasons if reason), None)
        fit = "the values fit one another" + (f", since {rest}" if rest else "")
        fit += ", but all go back to one origin" if one_origin else ""
        why = fit if several else "one page only gives it"
        return Finding("agreed" if several else "single", why, values, _current(held, _narrowest(held)))
    one, two = clashes[0]
    differ = f"{_words(one)} and {_words(two)} cannot both hold"
    last = _replacing(held, clashes)
    if last is None:
        return Finding("disputed", f"{differ}, and {_no_order(one[0], two[0])}", values)
    later = f"stands on the later page{_as_inferred(held)}"
    why = f"{differ}; {_words(last)} {later}, and nobody holds another value after it"
    return Finding("updated", why, values, _current(held, last))


_FAR_ABOVE = 2.0
"""So many times a bound, a later value says something else than the bound did, though it fits it."""
_ROUGH, _FAR_ABOVE_ROUGH = re.compile(r"\b(?:dozens|scores|hundreds|thousands|tens|millions)\b", re.I), 5.0
# "Tens of thousands" may be 50,000.


def _outgrown(held: Sequence[Told]) -> tuple[Told, Told] | None:
    """An open bound and the value of a later page that is far above it, where nobody gives so low a bound since."""
    for last in reversed(held):
        value = float(last[1].number.low or 0)
        low = [pair for pair in held if _open_bound(pair) and _far_above(pair) <= value]
        if low and all(earlier(pair[0].published, last[0].published) for pair in low):
            return low[0], last
    return None


def _open_bound(pair: Told) -> bool:
    """Whether it is given as "at least" a number of two or more: "at least one suspect" may be any number."""
    return pair[1].number.qualifier == "at_least" and float(pair[1].number.low or 0) > 1


def _as_inferred(told: Sequence[Told | Account]) -> str:
    """What to add where an order rests on a date that no page states."""
    accounts = (each if isinstance(each, Account) else each[0] for each in told)
    return " (by a date that is inferred)" if any(account.placed for account in accounts) else ""


def _far_above(pair: Told) -> float:
    """The least value that is far above a bound."""
    times = _FAR_ABOVE_ROUGH if _ROUGH.search(pair[1].number.exact) else _FAR_ABOVE
    return float(pair[1].number.low or 0) * times


def _words(pair: Told) -> str:
    return f"“{pair[1].number.exact}”"


def _no_order(one: Account, two: Account) -> str:
    """Why the one cannot have replaced the other."""
    if one.page == two.page:
        return "both stand on one page"
    if stretch(one.published) is None or stretch(two.published) is None:
        return "a page without a date leaves open which came later"
    if earlier(one.published, two.published) or earlier(two.published, one.published):
        return "the earlier value is still held later"
    return "their pages were published at the same time as far as their dates tell"


def _replacing(held: Sequence[Told], clashes: Sequence[tuple[Told, Told]]) -> Told | None:
    """The value that replaced every value that it clashes with; None where there is none."""
    clashing = [pair for clash in clashes for pair in clash]
    last = max(clashing, key=lambda pair: when(pair[0]))
    others = [pair for pair in held if not fits(pair[1], last[1])]
    same = [pair for pair in held if fits(pair[1], last[1])]
    done = all(
        earlier(other[0].published, one[0].published) for other in others for one in same if not fits(other[1], one[1])
    )
    return last if done and all(any(_replaces(other, one) for one in same) for other in others) else None


_HOUR = 3600.0
_RUNNING = frozenset(
    [
        "killed", "injured", "missing", "arrested", "hospitalized", "displaced", "rescued", "infected", "trapped",
        "present", "destroyed", "damaged", "freed", "kidnapped", "charged", "killed or injured", "burn", "shot",
    ]
)  # fmt: skip
# States of which more, or fewer, hold as time passes.
_ONLY_GROWS = frozenset({"killed", "injured", "arrested", "infected", "destroyed", "killed or injured", "burn", "shot"})
_KINDS = frozenset({"cases", "hectares", "acres"})
_SAYS_SO = re.compile(
    r"\b(?:toll|tally|r[io]sen?|rises|climb\w*|grow[ns]?|grew|jump\w*|updat\w*|revis\w*|correct(?:ed|s|ion)|now|so far"
    r"|instead of|up from|down from|no longer|as of|by now|conced\w*|admit\w*|settled for|went up|gone up)\b",
    re.I,
)


def _replaces(first: Told, last: Told) -> bool:
    """Whether a later value takes the place of an earlier one: of the same body, in words that say so, or of a count
    that runs. Of a quantity that was over when it was first told, two bodies' values stay rivals."""
    if same_body(first[0], last[0]) or _SAYS_SO.search(last[0].claim.span.exact):
        return True
    runs = last[1].running or last[1].state in _RUNNING or last[1].counted in _KINDS
    if not runs or _at_once(first[0], last[0]):
        return False
    only = last[1].state in _ONLY_GROWS or last[1].counted in _KINDS
    return not only or last[1].interval[0] > first[1].interval[0]


def _at_once(one: Account, two: Account) -> bool:
    """Whether both were published at a known hour, less than an hour apart: nothing has moved on between them."""
    (first, start), (last, end) = when(one), when(two)
    return first == start and last == end and abs(last - first) <= _HOUR


def same_body(one: Account, two: Account) -> bool:
    """Whether one speaker gives both, or one source in its own voice."""
    if one.speakers or two.speakers:
        return bool(one.speakers & two.speakers)
    return one.claim.speaker.kind == two.claim.speaker.kind == "source" and one.origin == two.origin


def _narrowest(held: Sequence[Told]) -> Told:
    """The value that leaves least open; of those that leave the same, the one held last, then the highest."""

    def order(pair: Told) -> tuple[float, float, float]:
        low, high = pair[1].interval
        date = stretch(pair[0].published)
        return high - low, -date[1] if date else float("inf"), -low

    return min(held, key=order)


def _current(held: Sequence[Told], value: Told) -> Current | None:
    number = value[1].number
    if number.low is None and number.high is None:
        return None
    low, high = value[1].interval
    # "At least 8" fits 17 and does not hold it: who holds a value leaves no more open than it does.
    claims = tuple(account.claim.id for account, q in held if low <= q.interval[0] and q.interval[1] <= high)
    return Current(number.low, number.high, claims)


def on_accounts(told: Sequence[Account], weights: Weights) -> Finding:
    """The verdict on accounts of one event, position or expectation."""
    ranked = sorted(told, key=lambda account: (when(account), account.place, account.claim.id))
    held = [account for account in ranked if not account.copied] or ranked
    denials = [account for account in held if account.claim.status == "denied"]
    if denials:
        return _on_denial(denials, held)
    clash = _first_clash(held, weights)
    if clash is not None:
        return _on_clash(*clash, held, weights)
    if pages(told) > 1:
        origins = independent(held)
        why = "nothing in them conflicts" if origins > 1 else "nothing in them conflicts, but all go back to one origin"
        return Finding("agreed", why)
    return Finding("single", "one page only has it")


def _on_denial(denials: Sequence[Account], held: Sequence[Account]) -> Finding:
    """Denied, unless each who denied it asserts it on a later page."""
    standing = [
        denial
        for denial in denials
        if not any(
            other.claim.status == "asserted"
            and other.speakers & denial.speakers
            and earlier(denial.published, other.published)
            for other in held
        )
    ]
    if not standing:
        return Finding("updated", f"first denied by {_who(denials[0])}, then asserted by the same on a later page")
    alone = len(denials) == len(held)
    tail = "and no account of what it denies was read" if alone else "and nobody has withdrawn the denial"
    return Finding("denied", f"denied by {_who(standing[0])}, {tail}")


def _who(account: Account) -> str:
    """Who speaks, by the name where a pronoun stands for it."""
    speaker = account.claim.speaker
    return speaker.name or speaker.text or "somebody who is not named"


def _first_clash(held: Sequence[Account], weights: Weights) -> tuple[Account, Account, Relation] | None:
    """The first two, in order of time, that cannot both hold at one time."""
    for index, one in enumerate(held):
        for two in held[index + 1 :]:
            if nested(one, two):
                continue
            if one.page != two.page or (one.speakers and two.speakers and not one.speakers & two.speakers):
                found = relation(one, two, weights)
                if found is not None:
                    return one, two, found
    return None


def _on_clash(one: Account, two: Account, found: Relation, held: Sequence[Account], weights: Weights) -> Finding:
    """What follows from two accounts that cannot both hold: the later has replaced the earlier, or they dispute it."""
    words = " and ".join(f"“{word}”" for word in found.words[:2])
    why = f"{found.why}{f': {words}' if words else ''}"
    replaces = found.kind == "passes" or same_body(one, two)
    if replaces and earlier(one.published, two.published) and not _held_after(one, two, held, weights):
        return Finding("updated", f"{why}; the second stands on the later page{_as_inferred([one, two])}")
    if found.kind == "refuted":
        return Finding("denied", f"{why}, and nobody has withdrawn it")
    return Finding("disputed", f"{why}; {_no_order(one, two)}")


def _held_after(one: Account, two: Account, held: Sequence[Account], weights: Weights) -> bool:
    """Whether anybody holds the account `one` when or after `two` stands."""
    return any(
        relation(other, two, weights) is not None and not earlier(other.published, two.published)
        for other in held
        if other is not two and other is not one
    )
