"""How two accounts of one thing stand to each other: undone by the later, refuted, or both in the way.

Nothing here asks whether the two are about one thing (`sameness`); what is read are opposite words, words that take
something back, words that call something false, negation, and whether what was expected is told as done.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Literal

import msgspec

from rashomon.stories.accounts import Account, Weights
from rashomon.stories.clauses import SENTENCE, clause, expects, hopes, in_passing, looks_ahead, says
from rashomon.stories.dates import earlier
from rashomon.stories.likeness import common, is_word, overlap, share
from rashomon.stories.sameness import surely
from rashomon.stories.terms import term
from rashomon.stories.words import fold, folded_words, is_content, rows, stem

_SAME = 0.6
# The cosine from which two accounts that differ in a negation say the same but for it.
_HALF = 0.5
_LEAST_SURE, _LEAST_SHARE, _EQUAL = 0.5, 0.28, 0.8
# How surely two are about one thing, and what share of the lighter they have in common, to be held against each other;
# and the cosine from which they say nearly the same words, whoever says them.
ALIKE = 0.35
"""The cosine from which two accounts, the one more than half in the other, are held against each other on two days."""
_CROSSED = 0.4
# How surely, where two speakers differ in a negation.
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
    Two that share little are not held against each other, whatever words stand in them: the word that decides has to be
    said of what they share.
    """
    shared, cosine = common(one, two, weights)
    sure = 1.0 if cosine >= _EQUAL else surely(one, two, weights)
    firm = sure >= _LEAST_SURE and share(one, two, weights) >= _LEAST_SHARE
    found = (_refuted(one, two, shared) if firm else None) or opposite(one, two, weights)
    if found is None and (
        sure >= (_LEAST_SURE if one.speakers & two.speakers else _CROSSED) or nearly(one, two, weights)
    ):
        found = _negated(one, two, weights, shared)
    return found or (_undone(one, two, shared) if firm else None)


def _refuted(one: Account, two: Account, shared: Sequence[str]) -> Relation | None:
    """Whether just one of the two calls something false that both tell."""
    found = _refutation(one, two), _refutation(two, one)
    if bool(found[0]) == bool(found[1]):
        return None
    account, words = (one, found[0]) if found[0] else (two, found[1])
    if not says(account, filter(is_word, shared), clause(account.claim.span.exact, words, SENTENCE)):
        return None
    return Relation("refuted", "one says that it is not so", (words,))


def _refutation(account: Account, other: Account) -> str:
    """The words by which an account calls something false, if it is said of such a thing."""
    words = _found(_refuting(), account.claim.span.exact)
    things = _refuted_things().get(words, "")
    return words if not things or _has(account, things) or _has(other, things) else ""


def _has(account: Account, beginnings: str) -> bool:
    """Whether a word of an account begins like one of those listed, parted by ";"."""
    pattern = re.compile(r"(?:\b|(?='))(?:" + "|".join(map(re.escape, beginnings.split(";"))) + ")")
    return bool(_found(pattern, account.claim.span.exact))


@cache
def _refuted_things() -> dict[str, str]:
    return {fold(row[0]): row[1] for row in rows("refuting") if row[1]}


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


def nearly(one: Account, two: Account, weights: Weights) -> bool:
    """Whether the lighter of two accounts says hardly anything that the other does not, a word that is no name with it.

    "The truce is holding", "the truce collapsed on Tuesday": what has changed is told of another day.
    """
    shared, cosine = common(one, two, weights)
    return share(one, two, weights) >= _HALF and cosine >= ALIKE and any(is_word(term) for term in shared)


def opposite(one: Account, two: Account, weights: Weights) -> Relation | None:
    """Whether words of opposite outcome stand in the two, each beside what they share."""
    if min(len(one.terms), len(two.terms)) > _LONG:
        return None
    shared = common(one, two, weights)[0]
    firm = surely(one, two, weights) >= _LEAST_SURE and share(one, two, weights) >= _LEAST_SHARE
    if not firm and not nearly(one, two, weights):
        return None
    for word in sorted(one.stems):
        for other, kind in sorted(_opposites().get(word, {}).items()):
            if other in two.stems and other not in one.stems and word not in two.stems:
                words = one.stems[word], two.stems[other]
                if _is_negated(words[0], one) != _is_negated(words[1], two):
                    # "Acquitted" and "not guilty" say the same.
                    return None
                if any(in_passing(a, w) for a, w in zip((one, two), words, strict=True)):
                    continue
                beside = (clause(a.claim.span.exact, fold(w)) for a, w in zip((one, two), words, strict=True))
                if all(says(a, shared, text) for a, text in zip((one, two), beside, strict=True)):
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


_LACKING = re.compile(
    r"\b(?:without|lack(?:s|ed|ing)?(?: of)?|free of|absence of) (?:(?:any|a|an|the) )?([\w-]+(?: [\w-]+)?)"
)


def _lacks(account: Account, key: str) -> bool:
    """Whether an account says in other words than "no" that a term's thing is wanting: "without bond"."""
    found = _LACKING.findall(fold(account.claim.span.exact))
    return any(fold(account.terms[key]) in words for words in found)


def _in_passing(account: Account, key: str) -> bool:
    return in_passing(account, account.terms[key])


def _negated(one: Account, two: Account, weights: Weights, shared: Sequence[str]) -> Relation | None:
    """Whether one of the two negates what the other says."""
    differ = (
        t
        for t in shared
        if (t in one.negated) != (t in two.negated)
        and not (_lacks(one, t) or _lacks(two, t) or _in_passing(one if t in one.negated else two, t))
    )
    apart = sorted(differ, key=lambda t: (-weights[t], t))
    if all(not is_word(t) or (one.terms[t][:1].isupper() and two.terms[t][:1].isupper()) for t in apart):
        # Names, and titles before them.
        return None
    # What both tell in passing ("after the crash") is no part of what the one says and the other negates.
    told = [t for t in shared if not (_in_passing(one, t) and _in_passing(two, t))]
    if sum(weights[t] for t in apart) <= sum(weights[t] for t in told) * _HALF:
        return None
    if any(is_word(t) and t in one.negated and t in two.negated for t in told):
        # "Has no cards to play with" and "don't have any cards, but they're playing" negate one thing.
        return None
    if one.negated and two.negated and overlap(one, two, weights).score < _SAME:
        return None
    if _agree_by_negation(one, two):
        return None
    after = earlier(one.published, two.published)
    # Two who expect the opposite of one another differ, whoever speaks later.
    rivals = hopes(two) and one.speakers and two.speakers and not one.speakers & two.speakers
    expected = hopes(one) and not rivals and two.claim.status != "denied"
    moved = expected or _so_far(one, apart) or _turned(one, two, shared)
    later = after and moved
    return Relation("passes" if later else "excludes", "one of them negated", tuple(one.terms[t] for t in apart))


_SO_FAR = re.compile(
    r"\b(?:no one|nobody|none|no [a-z]+(?: [a-z]+)?) (?:is|are|has|have)\b|\b(?:is|are|has|have)(?: not|n't)\b"
    r"|\bnot yet\b|\b(?:remains?|still) (?:un\w+|at large)\b|\bat this (?:time|point)\b|\bso far\b"
)
# "Nobody is in custody", "it has not been opened": so far.


def _so_far(one: Account, apart: Sequence[str]) -> bool:
    """Whether an account negates those terms of the state of things as it stands, which may move on."""
    return any(t in one.negated for t in apart) and bool(_found(_SO_FAR, one.claim.span.exact))


def _undone(one: Account, two: Account, shared: Sequence[str]) -> Relation | None:
    """Whether the later says that the earlier is so no more, or tells as done what the earlier expected."""
    if not earlier(one.published, two.published):
        return None
    if (
        hopes(one)
        and one.claim.status != "conditional"
        and two.claim.status == "asserted"
        and not looks_ahead(two)
        and expects(one, shared)
    ):
        return Relation("passes", "what was expected is told as done", ())
    said = _turned(one, two, shared) if len(two.terms) <= _LONG else ""
    if not said:
        return None
    return Relation("passes", "the later one says what has changed", (said,))


def _turned(one: Account, two: Account, shared: Sequence[str]) -> str:
    """The words by which the second says that what both tell has changed; the first has none of them, and has the state
    that they end."""
    said = _turn(two)
    if not said or _turn(one) == said or not says(two, shared, clause(two.claim.span.exact, said)):
        return ""
    same, ends = _turns()[said]
    if ends and not _has(one, ends):
        return ""
    words = [word for word in folded_words(said) if is_content(word)]
    # "Died of" is no turn where the first says as well that somebody died.
    told = bool(words) and all(term(word) in one.terms for word in words)
    return "" if told or any(term(word) in one.terms for word in same) else said


_WAITING = re.compile(r"\b(?:until|unless|if|once|when|before|as soon as)\b.*$", re.I | re.S)
# "Put off until the systems work again": what is waited for has not come.


def _turn(account: Account) -> str:
    text = account.claim.span.exact
    return _found(_turning(), _WAITING.sub("", text) or text)


@cache
def _turns() -> dict[str, tuple[list[str], str]]:
    """Words of a turn → other words for it, and how words of the state begin that it ends."""
    return {fold(row[0]): (list(filter(None, row[1].split(";"))), row[2]) for row in rows("turns")}


@cache
def _turning() -> re.Pattern[str]:
    words = sorted((fold(row[0]) for row in rows("turns")), key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(map(re.escape, words)) + r")\b")
