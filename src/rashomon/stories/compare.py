"""Comparators: whether two accounts are about the same thing, how surely, why, and by which words.

Each takes two accounts and gives a `Comparison`, or None where something forbids that they are one.
None of them looks at a third account; what they have in common is weighed by `Weights`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rashomon.stories.accounts import Account, Weights
from rashomon.stories.clauses import hopes
from rashomon.stories.counts import alike
from rashomon.stories.dates import earlier
from rashomon.stories.likeness import (
    FEW,
    STRONG,
    Comparison,
    another,
    common,
    is_word,
    overlap,
    share,
    shared_words,
    times_differ,
    words_shared,
)
from rashomon.stories.relations import ALIKE, nearly, opposite
from rashomon.stories.remainders import fits, same
from rashomon.stories.sameness import surely, telling
from rashomon.stories.terms import rate

LEAST = {"number": 1.5, "event": 0.45, "position": 0.2, "expectation": 0.5}
"""The score from which two accounts are of one point, by kind; see each comparator for its scale."""
WITHIN = {"number": 2.5, "event": 0.85, "position": 0.45, "expectation": 0.85}
"""The same for two accounts on one page, where a difference is more likely meant."""

_HALF = 0.5
# From here on one rare term is enough to share.
_SURE = 0.6
# From here on one term, or names alone, are enough.
_LITTLE, _THIN, _MUCH, _SURELY = 3, 0.3, 0.45, 0.7
# So few shared terms must reach this cosine, be of one sort of event, or have one among them that is rare.
_CROSSED, _TELLING = 0.4, 0.01
# How sure two accounts must be that negate one another's words, and how common such a word is at most.
_WEAK = 0.4
# Below what an event needs.
_ASKED = re.compile(r"\W*(?:(?:as to|of|about|on) )?(?:whether|how|what|why|who|whom|where|when|if)\b", re.I)
# Who denies knowing whether it is so denies nothing.
_WAVING = re.compile(
    r"(?:this|that|it|them|these|(?:the|this|that|these|those|such|both|his|her|their|its) (?:\w+ )?(?P<noun>claim"
    r"|accusation|allegation|charge|report|suggestion|assertion|criticism)s?)(?: as\b.{1,40})?",
    re.I,
)
_NEXT, _WAVED = 60, 0.9
# Characters between a saying and a denial of the next sentence; how surely it denies that.
_SHORTLY = 300
# Characters between an account and the denial of it on one page.
_ALL = 0.8
# nearly all that a denial says.
_NEARLY_ALL = 0.9
# What share of the lighter of two accounts both have, for one term to be enough.


def events(left: Account, right: Account, weights: Weights) -> Comparison | None:
    """Whether two accounts tell one event, or expect one: how surely they are about the same (`sameness.surely`).

    Two terms must be shared, one of them no name, unless one is rare or the two are surely one; else the score is too
    low to bring them together. No count in them may be at odds. What is expected is the same as what came of it only
    where the page that expects it is the earlier one.
    """
    shared, cosine = common(left, right, weights)
    if left.page != right.page and _same_content(left, right) and not times_differ(left, right):
        return Comparison(1.0, "the same words", shared_words(left, shared, weights))
    if not shared or times_differ(left, right) or another(left, right) or not _in_order(left, right):
        return None
    few = len(shared) < FEW or not words_shared(left, right)
    if (few and not _alike_hoped(left, right)) or _counts_differ(left, right, weights):
        return None
    sure = surely(left, right, weights)
    rare = sure >= _HALF and telling(left, right, weights)
    code = left.claim.event.code if left.claim.event else None
    both = code is not None and right.claim.event is not None and right.claim.event.code == code
    thin = len(shared) <= _LITTLE and cosine < _THIN and not (both or rare or sure >= _SURELY)
    if _against(left, right, shared, sure, cosine, weights):
        sure, thin, few = max(sure, _HALF), False, False
    if few and _common_only(left, right, shared, cosine, weights):
        sure, rare = min(sure, _WEAK), False
    # Too little to bring two together is nothing that keeps them apart where a third tells what both do.
    if thin or (few and sure < _SURE and (len(shared) < FEW or not rare)):
        sure = min(sure, _WEAK)
    words = shared_words(left, shared, weights)
    return Comparison(sure, f"shared words, both {code}" if both else "shared words", words)


def _against(
    left: Account, right: Account, shared: Sequence[str], sure: float, cosine: float, weights: Weights
) -> bool:
    """Whether two accounts are so much of one thing that a negation, or opposite outcomes, set them at odds."""
    if sure >= _CROSSED and _crossed(left, right, shared):
        return True
    return cosine >= ALIKE and nearly(left, right, weights) and opposite(left, right, weights) is not None


def _common_only(left: Account, right: Account, shared: Sequence[str], cosine: float, weights: Weights) -> bool:
    """Whether the one term, or the names, that two accounts share stand all over the story or all over the news."""
    much = cosine >= _MUCH or share(left, right, weights) >= _NEARLY_ALL
    if much or (len(shared) >= FEW and words_shared(left, right)):
        return False
    return all(weights.crowded(term) or (is_word(term) and rate(term) > _TELLING) for term in shared)


def _crossed(left: Account, right: Account, shared: Sequence[str]) -> bool:
    """Whether one negates a telling word that the other has: "no weapon was found", "he reached for his weapon".

    A denial leaves out most of what it denies.
    """
    return any(
        is_word(term) and (term in left.negated) != (term in right.negated) and rate(term) <= _TELLING
        for term in shared
    )


def _alike_hoped(left: Account, right: Account) -> bool:
    """Whether both hang on a condition or neither: "if rain falls" tells of something else than "rain is likely"."""
    return (left.claim.status == "conditional") == (right.claim.status == "conditional")


def _in_order(left: Account, right: Account) -> bool:
    """Whether one of the two is no sequel of the other, or the one that hopes stands on the earlier page."""
    ahead = hopes(left), hopes(right)
    if ahead[0] == ahead[1]:
        return True
    first, last = (left, right) if ahead[0] else (right, left)
    return earlier(first.published, last.published)


def _counts_differ(left: Account, right: Account, weights: Weights) -> bool:
    """Whether they give values for one quantity that cannot both hold: that is for a point of kind "number"."""
    mine, theirs = left.quantities, right.quantities
    return any(
        one.counted == two.counted
        and not fits(one, two)
        # "61 to 38" on both sides is no difference between 61 and 38.
        and not any(same(one, other) for other in theirs)
        and not any(same(two, other) for other in mine)
        and alike(left, one, right, two, weights) is not None
        for one in mine
        for two in theirs
    )


def _same_content(left: Account, right: Account) -> bool:
    """Whether both say the very same words."""
    return bool(left.claim.content) and left.verbatim == right.verbatim


def positions(left: Account, right: Account, weights: Weights) -> Comparison | None:
    """Whether one speaker takes one position in both: same speaker, same stance, shared words; cosine."""
    if not left.speakers & right.speakers or left.stance != right.stance:
        return None
    found = overlap(left, right, weights)
    stance = left.stance or "said"
    if _same_content(left, right):
        return Comparison(1.0, f"the same speaker {stance} it in the same words", found.words)
    if not words_shared(left, right) or (len(found.words) <= FEW and found.score < STRONG):
        return None
    if _counts_differ(left, right, weights):
        return None
    return Comparison(found.score, f"the same speaker {stance} it", found.words)


def _follows(denial: Account, account: Account, most: int) -> bool:
    """Whether a denial stands on the same page after an account, so many characters away at most."""
    return account.page == denial.page and 0 <= denial.claim.span.start - account.claim.span.end <= most


def _around(account: Account, denial: Account) -> bool:
    """Whether an account's own words are those that deny."""
    cue = denial.claim.cue or denial.claim.span
    return account.page == denial.page and account.claim.span.start <= cue.start < account.claim.span.end


def _waves_at(account: Account, denial: Account) -> bool:
    """Whether a denial only points at the saying right before it: "The company denies this"."""
    content = denial.claim.content
    if not _follows(denial, account, _NEXT) or len(content) != 1 or account.claim.cue is None:
        return False
    plain = account.claim.status == "asserted" and not denial.speakers & account.speakers
    found = _WAVING.fullmatch(content[0].exact.strip(" .,")) if plain else None
    if found is None or found["noun"] is None:
        return found is not None
    # "The allegations" may be those of the whole story, where what was said last neither makes nor tells one.
    told = rf"\b{found['noun']}s? (?:that|of)\b"
    return account.claim.stance == "accuse" or re.search(told, account.claim.span.exact, re.I) is not None


def denials(denial: Account, other: Account, weights: Weights) -> Comparison | None:
    """Whether `other` is (about) what `denial` denies: the share of the denial's weight that it covers.

    At least two terms must be shared, one of them no name; of the same speaker only another denial will do, or what
    surely is the same on another page.
    """
    own = denial.speakers & other.speakers and other.claim.status != "denied"
    if own and denial.page == other.page:
        return None
    if _around(other, denial) or (denial.claim.content and _ASKED.match(denial.claim.content[0].exact)):
        return None
    if _waves_at(other, denial):
        return Comparison(_WAVED, "what was said right before", (denial.claim.content[0].exact,))
    shared = [term for term in denial.terms if term in other.terms]
    few = len(shared) < FEW or not any(is_word(term) for term in shared)
    if not shared or (few and not telling(denial, other, weights)):
        return None
    sure = surely(denial, other, weights)
    whole = sum(weights[term] for term in denial.terms)
    ranked = sorted(shared, key=lambda term: (-weights[term], term))
    covered = sum(weights[term] for term in shared) / whole if whole else 0.0
    plainly = covered >= _ALL and words_shared(denial, other) >= FEW
    least = _HALF if own or few else 0.0 if plainly or _follows(denial, other, _SHORTLY) else _WEAK
    if sure < least:
        return None
    if len(shared) == FEW and covered < _ALL and sure < _HALF:
        return None
    return Comparison(max(covered, sure), "what is denied", tuple(denial.terms[term] for term in ranked))
