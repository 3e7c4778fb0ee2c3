"""How two accounts of one thing stand to each other: undone by the later, refuted, or both in the way.

Nothing here asks whether the two are about one thing (`sameness`); what is read are opposite words, words that take
something back, words that call something false, negation, and whether what was expected is told as done.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Literal

import msgspec

from rashomon.stories.accounts import Account, Weights
from rashomon.stories.dates import earlier
from rashomon.stories.likeness import is_word, overlap
from rashomon.stories.sameness import HOPED
from rashomon.stories.terms import term
from rashomon.stories.words import fold, folded_words, is_content, rows, stem

_SAME = 0.6
# The cosine from which two accounts that differ in a negation say the same but for it.
_HALF = 0.5
_LONG = 12
# Accounts of more terms than this have opposite words, or words of a turn, by chance.


class Relation(msgspec.Struct, frozen=True):
    """What keeps two accounts from holding at one time."""

    kind: Literal["passes", "excludes", "refuted"]
    """The later takes the place of the earlier; one of them is wrong; one says that the other is."""
    why: str
    words: tuple[str, ...]
    """The words that decided, as they stand."""


def relation(one: Account, two: Account, weights: Weights) -> Relation | None:
    """What keeps two accounts of one thing from holding at one time; None where nothing does.

    `two` is the one that is published later, where the dates tell; what needs an order is not read where they do not.
    """
    return _refuted(one, two) or _opposite(one, two) or _negated(one, two, weights) or _undone(one, two)


def _refuted(one: Account, two: Account) -> Relation | None:
    """Whether just one of the two calls something false."""
    found = _refutation(one), _refutation(two)
    if bool(found[0]) == bool(found[1]):
        return None
    return Relation("refuted", "one says that it is not so", (found[0] or found[1],))


def _refutation(account: Account) -> str:
    return _found(_refuting(), account.claim.span.exact)


@lru_cache(maxsize=16384)
def _found(pattern: re.Pattern[str], text: str) -> str:
    """What a pattern first finds in a text once it is folded, or nothing; kept, since a claim is held against many."""
    found = pattern.search(fold(text))
    return found.group() if found else ""


@cache
def _refuting() -> re.Pattern[str]:
    words = sorted((fold(row[0]) for row in rows("refuting")), key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(map(re.escape, words)) + r")\b")


@cache
def _opposites() -> dict[str, dict[str, str]]:
    out: dict[str, dict[str, str]] = {}
    for word, other, kind, _ in rows("opposites"):
        out.setdefault(stem(word), {})[stem(other)] = kind
        out.setdefault(stem(other), {}).setdefault(stem(word), kind)
    return out


def _opposite(one: Account, two: Account) -> Relation | None:
    """Whether words of opposite outcome stand in the two."""
    if min(len(one.terms), len(two.terms)) > _LONG:
        return None
    for word in sorted(one.stems):
        for other, kind in sorted(_opposites().get(word, {}).items()):
            if other in two.stems and other not in one.stems and word not in two.stems:
                words = one.stems[word], two.stems[other]
                if _is_negated(words[0], one) != _is_negated(words[1], two):
                    # "Acquitted" and "not guilty" say the same.
                    return None
                return Relation("passes" if kind == "passes" else "excludes", "opposite outcomes", words)
    return None


def _agree_by_negation(one: Account, two: Account) -> bool:
    """Whether one negates the opposite of what the other says: "acquitted" and "not guilty"."""
    return any(
        other in two.stems and _is_negated(one.stems[word], one) != _is_negated(two.stems[other], two)
        for word in one.stems
        for other in _opposites().get(word, {})
    )


def _is_negated(word: str, account: Account) -> bool:
    return any(term(each) in account.negated for each in folded_words(word))


def _negated(one: Account, two: Account, weights: Weights) -> Relation | None:
    """Whether one of the two negates what the other says."""
    shared = [term for term in one.terms if term in two.terms]
    apart = sorted((t for t in shared if (t in one.negated) != (t in two.negated)), key=lambda t: (-weights[t], t))
    if not any(is_word(term) for term in apart):
        return None
    if sum(weights[t] for t in apart) <= sum(weights[t] for t in shared) * _HALF:
        return None
    if one.negated and two.negated and overlap(one, two, weights).score < _SAME:
        return None
    if _agree_by_negation(one, two):
        return None
    after = earlier(one.published, two.published)
    later = after and ((one.claim.status in HOPED and two.claim.status != "denied") or _turned(one, two))
    return Relation("passes" if later else "excludes", "one of them negated", tuple(one.terms[t] for t in apart))


def _undone(one: Account, two: Account) -> Relation | None:
    """Whether the later says that the earlier is so no more, or tells as done what the earlier expected."""
    if not earlier(one.published, two.published):
        return None
    if one.claim.status in HOPED and two.claim.status == "asserted":
        return Relation("passes", "what was expected is told as done", ())
    said = _turned(one, two) if len(two.terms) <= _LONG else ""
    if not said:
        return None
    return Relation("passes", "the later one says what has changed", (said,))


def _turned(one: Account, two: Account) -> str:
    """The words by which the second says that something has changed, where the first has none of them."""
    said = _turn(two)
    words = [word for word in folded_words(said) if is_content(word)]
    # "Died of" is no turn where the first says as well that somebody died.
    told = bool(words) and all(term(word) in one.terms for word in words)
    told = told or any(term(word) in one.terms for word in _same_turn().get(said, ()))
    return said if said and not told and _turn(one) != said else ""


_WAITING = re.compile(r"\b(?:until|unless|if|once|when|before|as soon as)\b.*$", re.I | re.S)
# "Put off until the systems work again": what is waited for has not come.


def _turn(account: Account) -> str:
    text = account.claim.span.exact
    return _found(_turning(), _WAITING.sub("", text) or text)


@cache
def _same_turn() -> dict[str, list[str]]:
    """Words of a turn → other words for it: "found dead" is no turn where the first says that he died or was killed."""
    return {fold(row[0]): row[1].split(";") for row in rows("turns") if row[1]}


@cache
def _turning() -> re.Pattern[str]:
    words = sorted((fold(row[0]) for row in rows("turns")), key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(map(re.escape, words)) + r")\b")
