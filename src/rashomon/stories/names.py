"""Entities of several pages that are one: spellings, short forms, acronyms, countries.

Every rule asks for exactly one candidate: where two people could be "Kim", "Kim" stays by itself.
A rule never joins different surnames, a person with a place, or different country codes.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache

import msgspec

from rashomon.claims.countries import lookup
from rashomon.model import Entity, Page
from rashomon.stories.name_groups import PLACES, Group, Pairs, agree, kind, single
from rashomon.stories.name_people import initials, middle_names, near_spelling, one_name
from rashomon.stories.name_words import name_words, spelling
from rashomon.stories.words import fold, folded_words

_SMALL = frozenset({"of", "the", "and", "for", "in", "on", "to", "de", "la", "du", "des", "der", "und", "et", "y"})
_LANDS = frozenset({"england", "scotland", "wales", "northern ireland"})
# They share the code of the United Kingdom and are not the same as it.
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
    for rule in (_same_country, _same_spelling, near_spelling, middle_names, initials, one_name, _acronym):
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
        if group is not other and agree(group, other)
    ]


def _same_spelling(groups: Sequence[Group]) -> Pairs:
    """Names that differ in hyphens, spaces, accents, titles, or the way they are put into our letters."""
    return _pairs(groups, _spellings)


def _spellings(entity: Entity) -> Iterable[str]:
    for name in entity.names:
        words = name_words(name)
        if entity.type != "PERSON":
            plain = [word for word in words if word not in _FIRM] or list(words)
            yield f"{entity.type in PLACES} {' '.join(plain)}"
        elif sum(map(len, words)) > 3:
            # Each word by itself, so that "Li Na" and "Lina" stay two while "Suk Yeol" and "Suk-yeol" are one.
            yield " ".join(spelling(word) for word in words)
            if len(words) > 2:
                yield f"{spelling(words[0])} {spelling(''.join(words[1:]))}"
            elif len(words) == 2:
                yield f"{spelling(words[0])} {spelling(words[1])}"


def _acronym(groups: Sequence[Group]) -> Pairs:
    """ "WRO" and "World Repair Organization", whether or not the small words are counted."""
    bodies = [group for group in groups if kind(group) == "body"]
    short = [
        (group, letters) for group in bodies for letters in {_letters(n) for p in group for n in p.names} if letters
    ]
    found = [
        (few, full)
        for few, letters in short
        for full in bodies
        if few is not full and agree(few, full) and any(letters in _heads(n) for p in full for n in p.names)
    ]
    return single(found)


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
