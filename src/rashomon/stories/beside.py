"""What the words beside a number say of it: a part, some more, over which time, still growing, who is counted in.

"Two of them", "six others", "this year", "the toll rose to", "including the gunman": none of it is what is counted, and
all of it decides with what a number may be compared.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from rashomon.model import Number
from rashomon.stories.words import folded_words, stem

_FEW = r"two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d+"
_PART_BEFORE = re.compile(
    r"\b(?:of (?:them|whom|those|these)|including|among (?:them|whom|those))\W+(?:\w+\W+){0,3}$"
    r"|\b(?:the|his|her|their|its) (?:first|last|final|initial|remaining)\W+$|\ball but\W+$",
    re.I,
)
_PART_AFTER = re.compile(
    r"^\W*(?:\w+\W+){0,2}?(?<!instead )(?<!ahead )(?<!because )of"
    r" (?:them|whom|those|these|the (?:dead|injured|victims|wounded)"
    rf"|(?:the|those|these|his|her|their|its) (?:\w+ )?(?:{_FEW}))\b|^\W*of (?:{_FEW})\b",
    re.I,
)
# "Two of the four", "one of three suspects", "the first four shots".
_SOME_BEFORE = re.compile(
    r"\b(?:identit(?:y|ies)|names?|photos?|pictures?|bodies|remains|relatives|families|funerals?) of\W+$", re.I
)
# "The identities of three victims" were found out, of however many; "of the three" would be all.
_ACCUSED_AFTER = re.compile(
    r"^[^.;!?]{0,60}?\bincluding (?:the |an? |one )?(?:\w+ )?(?:suspects?|gunm[ae]n|shooters?|attackers?|assailants?"
    r"|bombers?|perpetrators?|hijackers?|driver who)\b",
    re.I,
)
_FATALLY_AFTER = re.compile(r"^\W*(?:of (?:them|whom|those)\W+)?(?:were )?(?:fatally|mortally)\b", re.I)
_CONDITION_AFTER = re.compile(
    r"^[^.;!?,]{0,40}?\b(?:(critical|serious|grave|stable|fair|good|guarded) condition"
    r"|(critically|seriously|gravely|badly|slightly|lightly)\b)",
    re.I,
)
_THERE = r"(?:in|at|being|under|there|hospitali[sz]ed|recovering|critical)\b"
_STILL_BEFORE = re.compile(rf"\bstill {_THERE}[^.;,!?]{{0,40}}$", re.I)
_STILL_AFTER = re.compile(rf"^[^.;,!?]{{0,60}}?\b(?:still|remain(?:s|ed|ing)?) {_THERE}", re.I)
# "Three remain in hospital", "three are in critical condition": some of those hurt.
_STRUCK = frozenset({"killed", "injured", "hospitalized", "shot"})
_MORE_BEFORE = re.compile(r"\b(?:another|a further|an additional|further|the other)\W+$", re.I)
_HE_AND = re.compile(r"\b(?:he|she|him|her|they|them|[A-Z]\w+) and\W+$")
# "He and four others were hurt": five.
_MORE_AFTER = re.compile(r"^\W*(?:more|others?|additional)\b(?! than)", re.I)
_SCOPE = re.compile(
    r"\b(?:this|last|each|every|per|a) (?:year|month|week|season|day)\b"
    r"|\b(?:over|in|for|during) (?:the )?(?:last|past) (?:\w+ )?(?:years|months|weeks|days|decade)\b"
    r"|\b(?:over|in|for|during) (?:the |an? )?(?:\w+[ -])?(?:years?|months|weeks|decades?)\b"
    r"|\bsince (?:\d{4}|the (?:start|beginning)|january|february|march|april|may|june|july|august)\b"
    r"|\bsince (?:september|october|november|december)\b|\byear to date\b|\bannual(?:ly)?\b|\byearly\b"
    r"|\b(?:built|designed|made|licen[sc]ed|meant|certified|room|space|enough) for\b|\bcapacity\b"
    r"|\b(?:in|during) \w+ alone\b|\b(?:prior|previous)(?= \w+s\b)",
    re.I,
)
_RUNNING = re.compile(
    r"\b(?:toll|tally|r[io]sen?|rises|climb\w*|grow[ns]?|grew|reach\w*|jump\w*|updat\w*|revis\w*|now|so far|as of)\b",
    re.I,
)
_FORMER_BEFORE = re.compile(
    r"\b(?:(?:up|down) (?:from|on)|instead of|rather than"
    r"|(?:r[io]sen?|rising|f[ae]ll(?:en)?|falling|gr[eo]wn?|climb\w*|drop\w*|jump\w*|cut|went|rais\w*|lower\w*|increas\w*"
    r"|decreas\w*|revis\w*|correct\w*)\b[^.;,]{0,40}?\bfrom)\s+(?:(?:the|an?|its|earlier|initial|previous)\s){0,2}$",
    re.I,
)
# "Risen to 17, up from the 11 reported on Wednesday": the second figure holds no more.
_TOTAL_BEFORE = re.compile(
    r"\b(?:numbers?|count|total) of ([^.;!?]{3,90}?)"
    r"\s(?:to|at|is|was|are|were|reached|hit|stands|stood|passed|exceeded|totall?ed)\s+(?:\w+\s){0,2}$",
    re.I,
)
# "The number of people killed in the clashes has risen to four".
_NEAR = 200
# Characters in which the state that "others" and "of them" look back to is said.


class Beside(NamedTuple):
    """What stands beside a number; the fields are those of `Quantity`."""

    part: bool
    more: bool
    scope: frozenset[str]
    running: bool
    less: tuple[int, ...]
    how: frozenset[str]
    """How badly those are hurt whom it counts, or that they still are; it then counts some of the hurt only."""
    former: bool
    """"up from 11": a value that another has replaced."""


def fatally(text: str, number: Number) -> bool:
    """Whether the words after a number say that its people died: "two of them fatally"."""
    return bool(_FATALLY_AFTER.search(text[number.end : number.end + 40]))


def beside(text: str, number: Number, state: str | None, states: Mapping[str, str]) -> Beside:
    """What stands beside a number of a page's text; `states`: word → state, as the table has them."""
    before, after = text[max(0, number.start - 60) : number.start], text[number.end : number.end + 120]
    around = _sentence(text, number)
    # "Seven were shot, two of them died": all the dead. "Five died, six others were hurt": all the hurt.
    other = state in _STRUCK and _struck_before(text, number, states) not in (None, state)
    some = bool(_PART_BEFORE.search(before) or _PART_AFTER.search(after[:40]))
    others = _MORE_AFTER.search(after[:40])
    how = _how_hurt(before, after[:80]) if state in ("injured", "hospitalized") else frozenset()
    return Beside(
        part=(some and not (other and state == "killed")) or bool(_SOME_BEFORE.search(before) or how),
        more=bool(_MORE_BEFORE.search(before) or others) and (not other or bool(others and _HE_AND.search(before))),
        scope=frozenset(" ".join(found.casefold().split()) for found in _SCOPE.findall(around)),
        running=bool(_RUNNING.search(around)),
        less=(1,) if state == "killed" and _ACCUSED_AFTER.search(after) else (),
        how=how,
        former=bool(_FORMER_BEFORE.search(before)),
    )


def total_of(text: str, number: Number) -> str:
    """What is counted, where its noun stands far before the figure: "the number of people killed has risen to four"."""
    sentence = re.split(r"[.!?]\s|\n", text[max(0, number.start - 160) : number.start])[-1]
    found = _TOTAL_BEFORE.search(sentence)
    return " ".join(found[1].split()) if found else ""


def _how_hurt(before: str, after: str) -> frozenset[str]:
    """How those are that a number counts, where it counts only some of the hurt; nothing where it may count all."""
    if found := _CONDITION_AFTER.search(after):
        return frozenset({stem((found[1] or found[2]).casefold())})
    still = _STILL_BEFORE.search(before) or _STILL_AFTER.search(after)
    return frozenset({"still"}) if still else frozenset()


def _struck_before(text: str, number: Number, states: Mapping[str, str]) -> str | None:
    """What the sentence of a number, and the one before, last say of somebody's life; None where nothing."""
    sentences = re.split(r"[.!?]\s+|\n+", text[max(0, number.start - _NEAR) : number.start])[-2:]
    found = [states.get(word) for sentence in sentences for word in folded_words(sentence)]
    return next((state for state in reversed(found) if state in _STRUCK), None)


def _sentence(text: str, number: Number) -> str:
    """What stands around a number in its sentence, some words on either side."""
    before = re.split(r"[.!?]\s|\n", text[max(0, number.start - 90) : number.start])[-1]
    after = re.split(r"[.!?](?:\s|$)|\n", text[number.end : number.end + 90])[0]
    return f"{before} {number.exact} {after}"
