"""What position a claim takes, and in which of its words: the table `tables/stands.tsv`.

A position is a demand, an accusation, a denial and the like. What may be and what is to be under a
condition is no position but where it is a warning or a threat; the expectations have it.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from rashomon.model import Claim
from rashomon.reports.words import content_words
from rashomon.tables import read

_OWN = frozenset({"demanded", "denied", "declined"})
_STANCES = frozenset({"promise", "warn", "demand", "accuse", "praise", "support", "reject", "deny", "decline"})
_OPEN = frozenset({"possible", "conditional"})
_QUOTED = re.compile(r"[“\"][^”\"]*[”\"]?")
_READER = re.compile(r"\b(?:our|ours|us|we|my|me)\b", re.I)
_NUMBER_TO_CALL = re.compile(r"(?:\d[ ().–-]{0,2}){7,}")
_WORD = re.compile(r"\w[\w’'-]*")
_SMALL = frozenset("a an the this that these those his her its their our my your such some any".split())


class Row(NamedTuple):
    """A row of the table."""

    code: str
    status: str
    words: str
    label: str
    example: str


@cache
def rows() -> tuple[Row, ...]:
    """The table, in its order."""
    return tuple(Row(**row) for row in read("reports", "stands"))


def stand_of(claim: Claim) -> str:
    """The label of the claim's position ("demand", "warning"), "" where it takes none."""
    code = claim.event.code if claim.event else ""
    if (claim.status in _OPEN and code != "THREATEN") or not own(claim):
        return ""
    return label(code, claim.status, claim.cue.exact if claim.cue else content_words(claim))


def own(claim: Claim) -> bool:
    """Whether it is the speaker who takes the position, by what is said or by the saying.

    "Police said that the club was refused a permit" reports a refusal, and is none by the police.
    """
    if claim.status in _OWN or claim.cue is None:
        return True
    doer = claim.event.actor if claim.event else None
    return claim.stance in _STANCES or (doer is not None and doer == claim.speaker.entity)


def label(code: str, status: str, words: str) -> str:
    """What the first row that fits calls it, "" where none fits."""
    for row in rows():
        if (row.code in ("", code)) and row.status in ("", status) and re.search(row.words, words, re.I):
            return row.label
    return ""


def told_apart(claim: Claim) -> bool:
    """Whether the position can be understood alone.

    It cannot where its content is a single noun or pronoun that is aimed at nobody, nor where it is the page that
    speaks to its reader ("ask for our rates", "call 555 0100 200").
    """
    words = content_words(claim)
    bare = [word for word in _WORD.findall(words) if word.casefold() not in _SMALL]
    aimed = claim.event is not None and claim.event.recipient is not None
    if len(bare) < 2 and not aimed and "“" not in words and '"' not in words:
        return False
    return not (_READER.search(_QUOTED.sub("", words)) or _NUMBER_TO_CALL.search(words))
