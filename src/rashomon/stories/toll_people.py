"""How many people a sentence tells of as killed, injured or shot, where it lists them and gives no count.

"Three women and two men were taken to hospital" is five; "a man killed his girlfriend and her daughter" is two; "a
27-year-old and her son died" is two. A sentence is read from left to right: people that stand together, joined by
commas and "and", belong to the next word that says what became of them, or to the last one where it takes those whom
it struck after it ("killing two men and a boy"). Who did it is not counted. The words are in the tables `toll_people`
and `toll_states`. No parse: thousands of pages are read where claims are not.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from rashomon.stories.words import rows

NUMBERS = {
    word: number
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen".split()
    )
}
_ORDINALS = {word: n for n, word in enumerate("second third fourth fifth sixth seventh eighth ninth tenth".split(), 2)}
_TOKEN = re.compile(r"\d{1,2}-years?-old|\d[\d,.]*|[a-z]+(?:[-'][a-z]+)*|[.,;:()&]")
_YEARS = re.compile(r"\b(\w+)[- ]years?[- ]old\b")
_ONE = frozenset(["a", "an", "another", "one", "his", "her", "their", "the", "my", "this", "that"])
_JOINS = frozenset([",", "and", "&", "as", "well", "plus", "along", "with", "or"])
_BE = frozenset(["was", "were", "is", "are", "been", "being", "be", "who", "that", "left", "reportedly", "also"])
_ADJECTIVES = 3
# Words that may stand between a number or article and the noun.
_WITHIN = 2
# Words that may stand between a verb and those whom it struck.


class Census(NamedTuple):
    """Whom one sentence tells of."""

    killed: int
    injured: int
    shot: int
    """Told only to have been shot."""
    ordinal: int
    """"A fourth victim": the highest; 0 for none."""
    accused: bool
    """Whether it speaks of those who did it."""


class _Group(NamedTuple):
    start: int
    end: int
    many: int


@cache
def _people() -> dict[str, str]:
    return {row[0]: row[1] for row in rows("toll_people")}


@cache
def _states() -> dict[tuple[str, ...], tuple[str, bool]]:
    return {tuple(words.split()): (state, after == "object") for words, state, after, _ in rows("toll_states")}


@cache
def _longest() -> int:
    return max(len(words) for words in _states())


def census(sentence: str) -> Census:
    """Whom a folded sentence tells of as killed, injured or shot."""
    words = _TOKEN.findall(_YEARS.sub(_age, sentence))
    groups = list(_groups(words))
    found = {"killed": 0, "injured": 0, "shot": 0}
    used: set[int] = set()
    for start, end, state, takes in _told(words):
        after = _chain(groups, end, used, words) if takes and not _BE & set(words[max(0, start - 2) : start]) else []
        taken = after or _before(groups, start, used, words)
        used.update(group.start for group in taken)
        found[state] += sum(group.many for group in taken)
    ordinal = max((_ORDINALS.get(word, 0) for word, noun in itertools.pairwise(words) if noun in _people()),
                  default=0)  # fmt: skip
    accused = any(_people().get(word) == "accused" for word in words)
    return Census(found["killed"], found["injured"], found["shot"], ordinal, accused)


def _age(match: re.Match[str]) -> str:
    number = NUMBERS.get(match[1], match[1])
    return f"{number}-year-old" if str(number).isdigit() and int(number) < 100 else match[0]


def _groups(words: list[str]) -> Iterator[_Group]:
    """People in the order of the sentence: "two young men", "his wife", "a 12-year-old", and a name's age (", 34,")."""
    at = last = 0
    while at < len(words):
        found = _group(words, at, last)
        if found is not None:
            yield found
        at = last = found.end if found else at + 1
        if found is None:
            last = -1


def _group(words: list[str], at: int, last: int) -> _Group | None:
    word = words[at]
    if word == "both":
        return _Group(at, at + 1 + (words[at + 1 : at + 2] in (["men"], ["women"], ["victims"])), 2)
    if word == "," and last != at and _is_age(words, at + 1) and at:
        return _Group(at - 1, at + 2, 1)
    if word.endswith("year-old"):
        kind = _people().get(words[at + 1]) if at + 1 < len(words) else None
        return _Group(at, at + 1 + (kind == "1"), 1)
    count = NUMBERS.get(word) or (int(word) if word.isdigit() and int(word) < 1000 else None)
    if count is None and word not in _ONE and _people().get(word) not in ("1", "2"):
        return None
    for place in range(at, min(len(words), at + 2 + _ADJECTIVES)):
        kind = _people().get(words[place])
        if words[place].endswith("year-old"):
            follows = place + 1 < len(words) and _people().get(words[place + 1]) in ("1", "many")
            return _Group(at, place + 1 + follows, count or 1)
        if kind == "accused" or words[place] in _JOINS:
            return None
        if place > at and (_state_at(words, place) or (count is None and words[place] in _ONE)):
            return None
        if kind:
            several = {"1": 1, "2": 2}.get(kind, 0) if count is None else count
            following = words[place + 1] if place + 1 < len(words) else ""
            # "Police officer", "store clerk": the last noun is the head.
            return None if not several else _Group(at, place + 1 + (_people().get(following) in ("1", "many")), several)
    return None


def _is_age(words: list[str], at: int) -> bool:
    age = words[at + 1 : at + 2] if words[at : at + 1] in (["age"], ["aged"]) else words[at : at + 1]
    return bool(age) and age[0].isdigit() and 0 < int(age[0]) < 100


def _told(words: list[str]) -> Iterator[tuple[int, int, str, bool]]:
    """Where the sentence says what became of somebody: start, end, state, whether those whom it struck may follow."""
    at = 0
    while at < len(words):
        size = _state_at(words, at)
        if size:
            yield (at, at + size, *_states()[tuple(words[at : at + size])])
        at += size or 1


def _state_at(words: list[str], at: int) -> int:
    """How many words, from this one on, are a row of the table of states; 0 for none."""
    sizes = range(min(_longest(), len(words) - at), 0, -1)
    return next((size for size in sizes if tuple(words[at : at + size]) in _states()), 0)


def _joined(words: list[str], start: int, end: int) -> bool:
    """Whether what stands between two groups only joins them: "and", commas, a name."""
    between = words[start:end]
    strange = [word for word in between if word not in _JOINS]
    apart = _BE | {"said", "says", "told", "police", "."}
    told = any(True for _ in _told(between)) or bool(apart & set(between))
    return len(strange) <= 3 and any(word in _JOINS for word in between) and not told


def _chain(groups: list[_Group], end: int, used: set[int], words: list[str]) -> list[_Group]:
    """The groups that follow a word that takes them."""
    out: list[_Group] = []
    for group in groups:
        if group.start < end or group.start in used:
            continue
        if group.start - end > _WITHIN if not out else not _joined(words, out[-1].end, group.start):
            break
        out.append(group)
    return out


def _before(groups: list[_Group], start: int, used: set[int], words: list[str]) -> list[_Group]:
    """The groups that stand together before a word, the last of them nearest to it."""
    out: list[_Group] = []
    for group in reversed([group for group in groups if group.end <= start]):
        if group.start in used or (out and not _joined(words, group.end, out[-1].start)):
            break
        out.append(group)
    return out
