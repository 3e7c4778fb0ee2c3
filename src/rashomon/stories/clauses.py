"""Clauses of a claim: which words stand beside a word that decides, and what lies ahead of one that hopes.

Real claims are long, and two that share a subject share many words. A word decides how they stand to each other only
where it is said of what they share, in one clause.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from rashomon.stories.accounts import Account
from rashomon.stories.words import fold, folded_words

CLAUSE = re.compile(
    r"[.;:!?,](?=\s|$)| [-–—]+ |\b(?:and|but|while|although|though|when|after|before|because|who|whom|whose|which|where"
    r"|until|unless|since)\b"
)
"""What parts two clauses, in folded text."""
SENTENCE = re.compile(r"[.;!?](?=\s|$)|\b(?:but|while|although|though|after|as well as)\b")
"""What parts two statements, in folded text; a clause of the one that says what is told belongs to it."""
_PREDICATE = re.compile(r"\W*(?:was|were|is|are|has|have|had|will|would)\b")
_SENTENCE_END = re.compile(r"[.;!?](?=\s)")
_AHEAD = re.compile(
    r"\b(?:will|would|shall|may|might|could|can|should|won't|wouldn't|(?:is|are|was|were|be|has|have|had) to"
    r"|plan(?:s|ned|ning)?|expect\w*|due|set|likely|hop(?:e|es|ed|ing)|prepar\w+|intend\w*|aim\w*|about to|schedul\w+"
    r"|forecast\w*|promis\w+|announced|wants?|consider\w*|going to|means to|fear\w*|warn\w*)\b"
)
_TOLD_SO = re.compile(
    r"\b(?:alleg\w+|appear(?:s|ed|ing)?|apparent(?:ly)?|seem(?:s|ed|ing)?|reportedly|purported\w*|presum\w+|suspect\w*"
    r"|believ\w+|th(?:ought|inks?)|perhaps|(?:may|might|could|must) (?:well )?have|could be (?:seen|heard)|possible)\b"
)
# What is told with a reserve, and not as something to come.
_HOPED = frozenset({"expected", "conditional"})


@lru_cache(maxsize=16384)
def _hopes(status: str, text: str) -> bool:
    return status in _HOPED or (status == "possible" and not _TOLD_SO.search(fold(text)))


def hopes(account: Account) -> bool:
    """Whether an account tells of what may come, and not of what is over with a reserve ("allegedly", "may have")."""
    return _hopes(account.claim.status, account.claim.span.exact)


@lru_cache(maxsize=16384)
def clause(text: str, words: str, parting: re.Pattern[str] = CLAUSE) -> str:
    """The clause of a text, folded, in which the folded words first stand; the whole text where they do not."""
    folded = fold(text)
    at = folded.find(words)
    if at < 0:
        return folded
    # The words themselves may hold what parts clauses.
    before = [found.end() for found in parting.finditer(folded, 0, at)]
    after = parting.search(folded, at + len(words))
    end = after.start() if after else len(folded)
    # "Rook, the engineer held in the camp, was released": whose clause it is stands before the comma.
    start = before[-1] if before else 0
    if _PREDICATE.match(folded, start):
        start = max((found.end() for found in _SENTENCE_END.finditer(folded, 0, start)), default=0)
    return folded[start:end]


def says(account: Account, shared: Iterable[str], text: str) -> bool:
    """Whether any of the shared terms of an account stands in a part of its folded text."""
    inside = set(folded_words(text))
    return any(inside.issuperset(folded_words(account.terms[term])) for term in shared)


def expects(account: Account, shared: Iterable[str]) -> bool:
    """Whether any of the shared terms of an account stands in what it says will come, or in the clause that says so."""
    text = account.claim.span.exact
    found = _AHEAD.search(fold(text))
    return found is None or says(account, shared, clause(text, found.group()))


def looks_ahead(account: Account) -> bool:
    """Whether an account tells of what is still to come, whatever its status."""
    return hopes(account) or _AHEAD.search(fold(account.claim.span.exact)) is not None


_SUBORDINATE = re.compile(
    r"\b(?:after|before|when|because|since|while|although|though|unless|whose|whom|who|which|where|if|as|once)\b"
)
_ENDS = re.compile(r"[,.;:!?](?=\s|$)|[\"”]")


def in_passing(account: Account, words: str) -> bool:
    """Whether words of an account stand in a subordinate clause: "schools opened after no new case was found"."""
    folded = fold(account.claim.span.exact)
    at = folded.find(fold(words))
    opened = [found.end() for found in _SUBORDINATE.finditer(folded, 0, max(0, at))]
    return bool(opened) and _ENDS.search(folded, opened[-1], at) is None
