"""Numbers made comparable: what is counted, what holds of it, and as what interval.

Two numbers are compared only where they may count the same thing: the same class of things, no
different countries, no states that exclude each other, not a part against the whole. What speaks
for it is then added up, and the words that spoke are kept.
"""

from __future__ import annotations

import math
import re
from functools import cache, lru_cache

import msgspec

from rashomon.model import Number
from rashomon.stories.beside import beside, fatally, total_of
from rashomon.stories.lands import named
from rashomon.stories.terms import term
from rashomon.stories.words import fold, folded_words, is_content, rows, stem, tokens

ABOUT = 0.1
"""What "about" leaves open on either side, as a share of the value."""

UNITS = frozenset(
    {
        "percent", "points", "cents", "magnitude", "hours", "minutes", "days", "weeks",
        "months", "years", "kilometres", "miles", "metres", "feet", "tonnes", "barrels",
        "hectares", "acres", "dollars", "euros", "pounds", "yen", "won", "rubles",
        "yuan", "rupees",
    }
)  # fmt: skip
"""Classes that measure anything whatever, so that the class alone says nothing about what is measured."""

_NOTHING = re.compile(r"(?:took|takes?|taken|taking) part\b", re.I)
# "About 15,000 took part" does not say who.
_CUT = re.compile(r"\b(?:of|in|at|from|who|which|that|with|on|for|to|by|aboard|inside)\b", re.I)


class Quantity(msgspec.Struct, frozen=True):
    """A number as it compares."""

    number: Number
    counted: str | None
    """The class of what is counted; the stem of its head noun where no table has it; null where nothing is named."""
    state: str | None
    """The state that the table gives for the number's, else its stem."""
    listed: bool
    """Whether the state stands in the table, where two states exclude each other."""
    countries: frozenset[str]
    modifiers: frozenset[str]
    """Stems of the other content words of what is counted."""
    group: str | None
    """Which of its class: the stem of a noun such as "civilians"; null for "people", "victims"."""
    part: bool
    """"two of them", "including two", "two civilians and an officer"."""
    more: bool
    """"another two", "two more"."""
    scope: frozenset[str]
    """The stretches of time over which it is counted: "this year", "since 2020"; none for one occasion."""
    running: bool
    """"the toll rose to 17", "11 so far": a count that grows."""
    former: bool = False
    """"up from 11": a value that another in the claim has replaced."""
    less: tuple[int, ...] = ()
    """How many of them may be counted apart elsewhere: the attacker in "six died, including the gunman"."""

    @property
    def interval(self) -> tuple[float, float]:
        """The values that the words leave open."""
        return interval(self.number)


def interval(number: Number) -> tuple[float, float]:
    """Lowest and highest value that a number's words leave open: "about" is ±10 %, "at least" has no end."""
    low = -math.inf if number.low is None else float(number.low)
    high = math.inf if number.high is None else float(number.high)
    if number.qualifier == "about":
        return low - abs(low) * ABOUT, high + abs(high) * ABOUT
    if number.qualifier == "at_least":
        return (low if number.low is not None else high), math.inf
    if number.qualifier == "at_most":
        return -math.inf, (high if number.high is not None else low)
    return low, high


def compatible(left: Number, right: Number) -> bool:
    """Whether one value can make both true."""
    a, b = interval(left), interval(right)
    return a[0] <= b[1] and b[0] <= a[1]


@cache
def _counted() -> dict[str, tuple[str, str | None]]:
    return {row[0].casefold(): (row[1], row[2] or None) for row in rows("counted")}


@cache
def classes() -> frozenset[str]:
    """The classes that the table has."""
    return frozenset(counted for counted, _ in _counted().values())


@cache
def _states() -> dict[str, str]:
    return {row[0]: row[1] for row in rows("states")}


@lru_cache(maxsize=4096)
def quantities(numbers: tuple[Number, ...], text: str) -> tuple[Quantity, ...]:
    """The numbers of a claim as they compare, in its order, by them and their page's text.

    Kept, since a story's claims are compared anew whenever a page joins it.
    """
    found = [_quantity(number, text) for number in numbers]
    # "Two civilians and an officer were killed": each is a part of those of whom the state holds.
    whole: dict[str, set[tuple[str | None, str | None]]] = {}
    for quantity in found:
        if quantity.state and quantity.listed and not quantity.part:
            whole.setdefault(quantity.state, set()).add((quantity.counted, quantity.group))
    return tuple(
        msgspec.structs.replace(quantity, part=True)
        if quantity.listed and len(whole.get(quantity.state or "", ())) > 1
        else quantity
        for quantity in found
    )


def _quantity(number: Number, text: str) -> Quantity:
    total = "" if (number.of or "").strip() else total_of(text, number)
    head, rest = _parted(total)
    of = "" if _NOTHING.match(number.of or "") else number.of or head
    counted, implied, modifiers, countries, group = _read(of)
    said = number.state or next((word for word in rest if _states().get(word)), None)
    state, listed = _state(said) if said else (implied, implied is not None)
    if implied is not None and not listed:
        state, listed = implied, True
    if not listed and (found := _held_already(of)):
        state, listed, modifiers = _states()[found], True, modifiers - {term(found)}
    if state == "dismissed" and counted not in _DISMISSED:
        # Shots are fired as well.
        state, listed = None, False
    if fatally(text, number):
        state, listed = "killed", True
    # "Moved" alone says where they are, "moved to shelters" what became of them.
    if (not listed or state == "present") and (said := _phrase(text[number.end : number.end + 90])):
        state, listed = said, True
    if counted is None and listed and not (number.of or "").strip() and (number.low or 0) > 1:
        # "2 dead", "five are stable": lives are counted where a state of lives is all that is said.
        counted = "people"
    near = beside(text, number, state, _states())
    return Quantity(
        number=number,
        counted=counted or _unit(number.exact),
        state=state,
        listed=listed,
        countries=countries,
        modifiers=modifiers | near.how,
        group=group,
        part=near.part,
        # "Another man": the word for one more is itself the number.
        more=near.more or fold(number.exact).startswith(("another", "a further")),
        scope=near.scope,
        running=near.running,
        former=near.former,
        less=near.less,
    )


def _parted(total: str) -> tuple[str, tuple[str, ...]]:
    """What a total is of, up to its noun, and the folded words after it: "people", "killed in the clashes"."""
    words = total.split()
    at = next((at for at, word in enumerate(words) if fold(word) in _counted() or is_person(fold(word))), len(words))
    return " ".join(words[: at + 1]), folded_words(" ".join(words[at + 1 :]))


def _unit(exact: str) -> str | None:
    """The class of a sign written at the figure itself ("$", "%")."""
    signs = [char for char in exact if not char.isalnum() and char in _counted()]
    return _counted()[signs[0]][0] if signs else None


def _state(text: str) -> tuple[str | None, bool]:
    """The state that a lemma or code stands for, and whether the table has it."""
    words = folded_words(text)
    for word in words:
        if word in _states():
            return _states()[word] or None, bool(_states()[word])
    plain = [stem(word) for word in words if is_content(word)]
    return (plain[0] if plain else None), False


def _phrase(after: str) -> str | None:
    """The state that the words after a number put in a phrase, if they do so in its sentence."""
    words = " ".join(folded_words(re.split(r"[.!?;](?:\s|$)|\n", after)[0]))
    return next((state for phrase, state, _ in rows("phrases") if f" {phrase} " in f" {words} "), None)


def _held_already(of: str) -> str | None:
    """The word before the noun that says what holds, whatever is done to them: "80 injured people" were treated."""
    words = folded_words(of)[:-1]
    return next((word for word in words if word[-2:] in ("ed", "ad", "ng") and _states().get(word)), None)


_DISMISSED = frozenset({"people", "children", "forces", "police", "journalists", "lawmakers", "jobs", None})
_ANYBODY = frozenset(
    [
        "people",
        "person",
        "persons",
        "others",
        "victim",
        "victims",
        "individuals",
        "inhabitants",
        "dead",
        "body",
        "bodies",
        "participants",
        "attendees",
        "somebody",
        "anybody",
        "everybody",
    ]
)


def _read(of: str) -> tuple[str | None, str | None, frozenset[str], frozenset[str], str | None]:
    """Class, implied state, modifiers, countries and group of what is counted."""
    head = of[: cut.start()] if (cut := _CUT.search(of)) and cut.start() else of
    words = list(tokens(of))
    counted = implied = None
    found = ""
    for token in reversed([token for token in words if token.start < len(head)]):
        if entry := _counted().get(token.folded):
            (counted, implied), found = entry, token.folded
            break
        if is_person(token.folded):
            # Bus drivers are no buses.
            break
    if counted is None and (signs := [char for char in of if not char.isalnum() and char in _counted()]):
        counted = _counted()[signs[0]][0]
    plain = [token for token in words if is_content(token.folded)]
    if counted is None and (inside := [token for token in plain if token.start < len(head)]):
        found = inside[-1].folded
        counted = "people" if is_person(found) else stem(found)
    countries, used = _countries(of)
    others = frozenset(term(token.folded) for token in plain if token.folded != found and token.folded not in used)
    group = term(found) if counted == "people" and not implied and found not in _ANYBODY else None
    return counted, implied, others, countries, group


@cache
def _persons() -> frozenset[str]:
    return frozenset(row[0] for row in rows("persons"))


def is_person(word: str) -> bool:
    """Whether a folded noun is a word for people, in the singular or the plural."""
    single = (word, word[:-1], word[:-2], f"{word[:-3]}y", word.replace("men", "man"))
    ends = ("", "s", "es", "ies", "men")
    return any(form in _persons() for form, end in zip(single, ends, strict=True) if word.endswith(end))


def _countries(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """Codes of the countries named, and the folded words that name them."""
    found = named(text)
    return frozenset(code for code, _, _ in found), frozenset(w for _, s, e in found for w in folded_words(text[s:e]))
