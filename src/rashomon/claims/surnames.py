"""Which person of a page a short name means: surnames, first names, and full names written in more than one way.

Refuses to guess: a surname that two people bear, and that neither title nor number tells apart, is nobody's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from rashomon.claims import people

_CLEARLY = 3
"""How many times as often as all others of the name somebody must be mentioned to be meant by it alone."""
FAMILY_FIRST = frozenset(
    "yoon kim lee park choi moon xi li wang zhang chen hu wen deng mao nguyen tran pham abe suga kishida ishiba "
    "ban zhao liu huang wu zhou xu sun ma zhu lin guo he gao luo jung jeong han shin kwon hwang ahn song".split()
)
"""Family names that stand before the given name, as East Asian names are written."""


class Person(msgspec.Struct):
    """Somebody whom a page names in full."""

    key: str
    words: tuple[str, ...]
    """Of the fullest name, as `people.words_of` gives them."""
    first: int
    """Where the first full name stands (a token's index)."""
    count: int = 1
    """Mentions that are surely his."""
    plainly: bool = False
    """Whether a full name stands in running text, where not every word has a capital."""
    gender: str | None = None
    roles: frozenset[str] = frozenset()


def same(one: Sequence[str], two: Sequence[str]) -> bool:
    """Whether two full names may be one person's: "Ada Maria Brandt" and "A. Brandt", "Chuck Hale" and "Charles
    Hale"."""
    if one[-1] != two[-1] or not people.same_given(one[0], two[0]):
        return False
    few, many = sorted((set(one[1:-1]), set(two[1:-1])), key=len)
    return few <= many


def grouped(names: Mapping[tuple[str, ...], int]) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Each full name → the one that stands for it; `names` are words of full names and how often each is used.

    Names are joined where exactly one longer or more frequent name fits.
    """
    order = sorted(names, key=lambda words: (-len(words), -names[words], words))
    leader: dict[tuple[str, ...], tuple[str, ...]] = {}
    for words in order:
        leads = {leader[other] for other in leader if other != words and same(words, other)}
        leader[words] = leads.pop() if len(leads) == 1 else words
    return leader


def meant(word: str, at: int, given: Iterable[Person], gender: str | None, role: str | None) -> Person | None:
    """Whom a surname (or first name) at a token means; None where nobody, or several, could be meant.

    `gender` and `role` are what a title before it tells ("Mrs", "senator").
    """
    fits = [person for person in given if _called(person, word)]
    if not fits:
        fits = [person for person in given if _first(person, word)]
    if gender is not None:
        fits = [person for person in fits if person.gender in (None, gender)]
    if len(fits) > 1 and role is not None:
        fits = [person for person in fits if role in person.roles] or fits
    if len(fits) <= 1:
        return fits[0] if fits else None
    before = [person for person in fits if person.first <= at]
    if len(before) == 1:
        # No reader knows of any other yet.
        return before[0]
    ranked = sorted(before or fits, key=lambda person: -person.count)
    others = sum(person.count for person in fits if person is not ranked[0])
    return ranked[0] if ranked[0].count >= _CLEARLY * others else None


def _called(person: Person, word: str) -> bool:
    """Whether the word is the end of the name: "Reyes", "Wasserman Schultz"."""
    words = tuple(word.split())
    return len(words) < len(person.words) and person.words[-len(words) :] == words


def _first(person: Person, word: str) -> bool:
    known = people.gender_of_name(word) is not None or word in FAMILY_FIRST
    return person.words[0] == word and (known or person.plainly)
