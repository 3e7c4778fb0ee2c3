"""Entities of several pages that are one: spellings, short forms, acronyms, countries.

Every rule asks for exactly one candidate: where two people could be "Kim", "Kim" stays by itself.
A rule never joins different surnames, a person with a place, or different country codes.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from functools import cache, lru_cache

import msgspec

from rashomon.claims.countries import lookup
from rashomon.model import Entity, Page
from rashomon.stories.words import fold, folded_words, rows

_PLACES = frozenset({"GPE", "LOC", "FAC", "NORP"})
_SMALL = frozenset({"of", "the", "and", "for", "in", "on", "to", "de", "la", "du", "des", "der", "und", "et", "y"})
_LANDS = frozenset({"england", "scotland", "wales", "northern ireland"})
# They share the code of the United Kingdom and are not the same as it.
_LONG, _ALIKE = 8, 0.8
"""Letters from which on surnames may differ and be one, and how alike they must be, from 0 to 1."""
_FIRM = frozenset({"inc", "corp", "corporation", "ltd", "llc", "plc", "co", "company", "gmbh", "ag", "sa", "group"})


class Names(msgspec.Struct, frozen=True):
    """The entities of several pages, those that are one joined."""

    entities: tuple[Entity, ...]
    of: Mapping[str, str]
    """Id as it stands on a page → id of the joined entity."""


def join(pages: Sequence[Page]) -> Names:
    """The entities of the pages with those that are one made one, sorted by name and id.

    A joined entity has the smallest id of its parts, all their names (fullest first), and their code.
    """
    parts = _parts(pages)
    leader = {part.id: part.id for part in parts}
    for rule in (_same_country, _same_spelling, _near_spelling, _middle_names, _initials, _one_name, _acronym):
        for left, right in rule(_groups(parts, leader)):
            _merge(leader, left, right)
    joined = sorted((_joined(group) for group in _groups(parts, leader)), key=lambda entity: (entity.name, entity.id))
    return Names(tuple(joined), {part.id: _lead(leader, part.id) for part in parts})


def _parts(pages: Sequence[Page]) -> list[Entity]:
    """One entity for each id, sorted by id; the type that most pages give it, then the first in the alphabet."""
    seen: dict[str, list[Entity]] = defaultdict(list)
    for page in pages:
        for entity in page.entities:
            seen[entity.id].append(entity)
    return [_united(entity_id, group) for entity_id, group in sorted(seen.items())]


def _united(entity_id: str, group: Sequence[Entity]) -> Entity:
    kinds = Counter(entity.type for entity in group)
    codes = sorted({entity.code for entity in group if entity.code})
    names = _ordered(name for entity in group for name in (entity.name, *entity.names))
    kind = min(kinds, key=lambda kind: (-kinds[kind], kind))
    if len(codes) == 1 and kind == "GPE":
        # Of a country's names the one that most of its entities lead with is the plain one, not the longest.
        lead = Counter(entity.name for entity in group)
        plain = min(lead, key=lambda name: (-lead[name], -len(name), name))
        names = (plain, *(name for name in names if name != plain))
    return Entity(id=entity_id, name=names[0], names=names, type=kind, code=codes[0] if len(codes) == 1 else None)


def _ordered(names: Iterable[str]) -> tuple[str, ...]:
    """Each name once, the fullest first: most words, then most letters, then the alphabet."""
    unique = {name for name in names if name.strip()}
    return tuple(sorted(unique, key=lambda name: (-len(folded_words(name)), -len(name), name))) or ("",)


def _joined(group: Sequence[Entity]) -> Entity:
    """The entity that a group of parts is."""
    if len(group) == 1:
        return group[0]
    return _united(min(part.id for part in group), group)


Group = list[Entity]
Pairs = list[tuple[str, str]]


def _groups(parts: Sequence[Entity], leader: dict[str, str]) -> list[Group]:
    out: dict[str, Group] = defaultdict(list)
    for part in parts:
        out[_lead(leader, part.id)].append(part)
    return list(out.values())


def _lead(leader: Mapping[str, str], entity_id: str) -> str:
    while leader[entity_id] != entity_id:
        entity_id = leader[entity_id]
    return entity_id


def _merge(leader: dict[str, str], left: str, right: str) -> None:
    first, second = sorted((_lead(leader, left), _lead(leader, right)))
    leader[second] = first


@cache
def _titles() -> frozenset[str]:
    return frozenset(row[0] for row in rows("titles"))


@lru_cache(maxsize=16384)
def name_words(name: str) -> tuple[str, ...]:
    """A name's folded words without titles at either end and without a leading article."""
    words = list(folded_words(name))
    while len(words) > 1 and (words[0] in _titles() or words[0] == "the"):
        words.pop(0)
    while len(words) > 1 and words[-1] in _titles():
        words.pop()
    return tuple(words)


@lru_cache(maxsize=16384)
def spelling(word: str) -> str:
    """What the transliterations of one name have in common: doubled letters, y for i, ie or iy, f for ph."""
    word = re.sub(r"(.)\1+", r"\1", word.replace("ph", "f").replace("ck", "k"))
    word = re.sub(r"(?:iy|ij|yi|ie|ey|[iyj])$", "y", word)
    return re.sub(r"(.)\1+", r"\1", word)


def _kind(group: Group) -> str:
    """Person, place, or body: what may never be mixed."""
    kinds = {"PERSON" if part.type == "PERSON" else "place" if part.type in _PLACES else "body" for part in group}
    return kinds.pop() if len(kinds) == 1 else "mixed"


def _codes(group: Group) -> set[str]:
    return {part.code for part in group if part.code}


def _agree(left: Group, right: Group) -> bool:
    """Whether nothing about the two forbids that they are one."""
    return _kind(left) == _kind(right) != "mixed" and len(_codes(left) | _codes(right)) <= 1


def _same_country(groups: Sequence[Group]) -> Pairs:
    """Countries (not nationalities, bodies or towns) of one code."""
    by_code: dict[str, list[str]] = defaultdict(list)
    for group in groups:
        for part in group:
            if part.type == "GPE" and part.code and _is_country(part):
                by_code[part.code].append(part.id)
    return [(ids[0], other) for ids in by_code.values() for other in ids[1:]]


def _is_country(entity: Entity) -> bool:
    """Whether a name of the entity is a country's own name, not a capital's or a nationality's."""
    found = [lookup(name) for name in entity.names if fold(name) not in _LANDS]
    return any(country is not None and country.kind == "name" for country in found)


def _pairs(groups: Sequence[Group], key: Callable[[Entity], Iterable[str]]) -> Pairs:
    """Pairs of groups that share a key and that nothing keeps apart."""
    found: dict[str, list[Group]] = defaultdict(list)
    for group in groups:
        for value in sorted({value for part in group for value in key(part)}):
            found[value].append(group)
    return [
        (group[0].id, other[0].id)
        for same in found.values()
        for index, group in enumerate(same)
        for other in same[index + 1 :]
        if group is not other and _agree(group, other)
    ]


def _same_spelling(groups: Sequence[Group]) -> Pairs:
    """Names that differ in hyphens, spaces, accents, titles, or the way they are put into our letters."""
    return _pairs(groups, _spellings)


def _spellings(entity: Entity) -> Iterable[str]:
    for name in entity.names:
        words = name_words(name)
        if entity.type != "PERSON":
            plain = [word for word in words if word not in _FIRM] or list(words)
            yield f"{entity.type in _PLACES} {' '.join(plain)}"
        elif sum(map(len, words)) > 3:
            # Each word by itself, so that "Li Na" and "Lina" stay two while "Suk Yeol" and "Suk-yeol" are one.
            yield " ".join(spelling(word) for word in words)
            if len(words) > 2:
                yield f"{spelling(words[0])} {spelling(''.join(words[1:]))}"
            elif len(words) == 2:
                yield f"{spelling(words[0])} {spelling(words[1])}"


def _people(groups: Sequence[Group]) -> list[tuple[Group, tuple[str, ...]]]:
    """Groups of people, each with the words of its fullest name as they compare."""
    out = []
    for group in groups:
        if _kind(group) == "PERSON":
            words = max((name_words(name) for part in group for name in part.names), key=lambda w: (len(w), w))
            out.append((group, tuple(spelling(word) for word in words)))
    return out


def _single(found: Sequence[tuple[Group, Group]]) -> Pairs:
    """Of (short, full) the pairs whose short form has one candidate only."""
    candidates: dict[str, list[Group]] = defaultdict(list)
    for short, full in found:
        candidates[short[0].id].append(full)
    return [(short_id, full[0][0].id) for short_id, full in sorted(candidates.items()) if len(full) == 1]


def _near_spelling(groups: Sequence[Group]) -> Pairs:
    """ "Salome Zourabichvili" and "Salome Zurabishvili": one first name, and long surnames that differ in a letter or
    two, as they do where two outlets put one name into our letters."""
    people = [(group, words) for group, words in _people(groups) if len(words) == 2]
    near = [
        (one, two)
        for one, mine in people
        for two, theirs in people
        if one is not two and mine != theirs and _near(mine, theirs) and _agree(one, two)
    ]
    return _single(near)


def _near(mine: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    """Whether two names may be spellings of one; a short surname differs from its neighbour by a letter too."""
    same = mine[0] == theirs[0] and mine[-1][0] == theirs[-1][0] and min(len(mine[-1]), len(theirs[-1])) >= _LONG
    return same and SequenceMatcher(None, mine[-1], theirs[-1], autojunk=False).ratio() >= _ALIKE


def _middle_names(groups: Sequence[Group]) -> Pairs:
    """ "Ada Maria Brandt" and "Ada Brandt": first and last word the same, the rest left out."""
    people = _people(groups)
    return _single(
        [
            (short, full)
            for short, few in people
            for full, many in people
            if 2 == len(few) < len(many) and (few[0], few[-1]) == (many[0], many[-1]) and _agree(short, full)
        ]
    )


def _initials(groups: Sequence[Group]) -> Pairs:
    """ "A. Brandt" and "Ada Brandt"."""
    people = _people(groups)
    return _single(
        [
            (short, full)
            for short, few in people
            for full, many in people
            if len(few) == 2
            and len(few[0]) == 1
            and len(many) >= 2
            and len(many[0]) > 1
            and many[0][0] == few[0]
            and many[-1] == few[-1]
            and _agree(short, full)
        ]
    )


def _one_name(groups: Sequence[Group]) -> Pairs:
    """ "Brandt" and "Ada Brandt", "Yoon" and "Yoon Suk Yeol"."""
    people = _people(groups)
    return _single(
        [
            (short, full)
            for short, few in people
            for full, many in people
            if len(few) == 1 and len(few[0]) > 1 and len(many) > 1 and few[0] in (many[0], many[-1])
            and _agree(short, full)
        ]
    )  # fmt: skip


def _acronym(groups: Sequence[Group]) -> Pairs:
    """ "WRO" and "World Repair Organization", whether or not the small words are counted."""
    bodies = [group for group in groups if _kind(group) == "body"]
    short = [
        (group, letters) for group in bodies for letters in {_letters(n) for p in group for n in p.names} if letters
    ]
    found = [
        (few, full)
        for few, letters in short
        for full in bodies
        if few is not full and _agree(few, full) and any(letters in _heads(n) for p in full for n in p.names)
    ]
    return _single(found)


def _letters(name: str) -> str | None:
    """The letters of an acronym; None where the name is none."""
    plain = name.replace(".", "").removeprefix("the ").removeprefix("The ")
    return plain.casefold() if 2 <= len(plain) <= 8 and plain.isupper() and plain.isalpha() else None


@lru_cache(maxsize=16384)
def _heads(name: str) -> frozenset[str]:
    """The acronyms that a name of several words may have."""
    words = name_words(name)
    if len(words) < 2:
        return frozenset()
    return frozenset({"".join(w[0] for w in words), "".join(w[0] for w in words if w not in _SMALL)})
