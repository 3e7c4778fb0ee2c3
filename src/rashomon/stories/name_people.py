"""People of several pages who are one: spellings, short forms, initials, names left out.

Every rule asks for exactly one candidate: where two people could be "Kim", "Kim" stays by itself.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from difflib import SequenceMatcher

from rashomon.claims.people import same_given
from rashomon.stories.name_groups import Group, Pairs, agree, kind, single
from rashomon.stories.name_words import name_words, spelling

Words = tuple[str, ...]
_LONG, _ALIKE = 8, 0.8
"""Letters from which on surnames may differ and be one, and how alike they must be, from 0 to 1;"""
_BONES = 2
"""and the consonants after the first letter from which on vowels alone may differ."""
_VOWELS = re.compile("[aeiouy]")


def _people(groups: Sequence[Group]) -> list[tuple[Group, Words]]:
    """Groups of people, each with the words of its fullest name as they compare."""
    out = []
    for group in groups:
        if kind(group) == "PERSON":
            words = max((name_words(name) for part in group for name in part.names), key=lambda w: (len(w), w))
            out.append((group, tuple(spelling(word) for word in words)))
    return out


def near_spelling(groups: Sequence[Group]) -> Pairs:
    """ "Salome Zourabichvili" and "Salome Zurabishvili", "Bill Harlan" and "William Harlan", "Mohamed Qasem" and
    "Muhammad Qassim": first names that may be one person's, and surnames that may be spellings of one."""
    people = [(group, words) for group, words in _people(groups) if len(words) == 2]
    initial: dict[str, list[tuple[Group, Words]]] = defaultdict(list)
    for group, words in people:
        initial[words[1][0]].append((group, words))
    near = [
        (one, two)
        for one, mine in people
        for two, theirs in initial[mine[1][0]]
        if one is not two and mine != theirs and _near(mine[1], theirs[1]) and _one_given(one, two) and agree(one, two)
    ]
    return single(near)


def _one_given(one: Group, two: Group) -> bool:
    """Whether the first names of two people may be one person's: spelled alike, short forms, transliterations."""
    mine, theirs = ({words[0] for words in _full(group)} for group in (one, two))
    pairs = [(left, right) for left in mine for right in theirs if min(len(left), len(right)) > 1]
    return any(spelling(left) == spelling(right) or same_given(left, right) for left, right in pairs)


def _full(group: Group) -> list[Words]:
    """A person's names of two words."""
    return [words for part in group for name in part.names if len(words := name_words(name)) == 2]


def _near(mine: str, theirs: str) -> bool:
    """Whether two surnames of one initial may be spellings of one: but for their vowels the same, or long and nearly
    the same. A short surname differs from its neighbour by a letter too."""
    if mine == theirs:
        return True
    bones = {_VOWELS.sub("", name[1:]) for name in (mine, theirs)}
    if len(bones) == 1 and len(bones.pop()) >= _BONES:
        return True
    long = min(len(mine), len(theirs)) >= _LONG
    return long and SequenceMatcher(None, mine, theirs, autojunk=False).ratio() >= _ALIKE


def _short_for(groups: Sequence[Group], fits: Callable[[Words, Words], bool]) -> Pairs:
    """The people whose name is short for one other's: `fits` is asked of the words of the two."""
    people = _people(groups)
    return single(
        [(short, full) for short, few in people for full, many in people if fits(few, many) and agree(short, full)]
    )


def middle_names(groups: Sequence[Group]) -> Pairs:
    """ "Ada Maria Brandt" and "Ada Brandt": first and last word the same, the rest left out."""
    return _short_for(groups, lambda few, many: 2 == len(few) < len(many) and few == (many[0], many[-1]))


def initials(groups: Sequence[Group]) -> Pairs:
    """ "A. Brandt" and "Ada Brandt"."""
    return _short_for(groups, _is_initial)


def _is_initial(few: Words, many: Words) -> bool:
    if len(few) != 2 or len(few[0]) != 1 or len(many) < 2 or len(many[0]) == 1:
        return False
    return many[0][0] == few[0] and many[-1] == few[-1]


def one_name(groups: Sequence[Group]) -> Pairs:
    """ "Brandt" and "Ada Brandt", "Yoon" and "Yoon Suk Yeol"."""
    return _short_for(
        groups,
        lambda few, many: len(few) == 1 and len(few[0]) > 1 and len(many) > 1 and few[0] in (many[0], many[-1]),
    )
