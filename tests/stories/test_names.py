"""Entities of several pages that are one."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from rashomon.model import Dated, Entity, Page
from rashomon.spans import digest
from rashomon.stories.names import join

CASES = Path(__file__).parent.parent / "cases" / "stories" / "names.tsv"
LINES = [line.split("\t") for line in CASES.read_text(encoding="utf-8").splitlines() if not line.startswith("#")][1:]


def entity(name: str, kind: str, code: str = "") -> Entity:
    return Entity(digest("entity", kind, name.casefold()), name, (name,), kind, code or None)


def page(name: str, *entities: Entity) -> Page:
    return Page(id=name, address=name, published=Dated(None, "unknown", "made up"), text="", entities=entities)


@pytest.mark.parametrize("row", LINES, ids=[f"{row[0]} | {row[3]}" for row in LINES])
def test_two_names(row: list[str]) -> None:
    left, right = entity(*row[:3]), entity(*row[3:6])
    for order in ((left, right), (right, left)):
        names = join([page("a", order[0]), page("b", order[1])])
        assert (names.of[left.id] == names.of[right.id]) is (row[6] == "yes"), row[7]


def test_two_candidates_are_refused() -> None:
    kim, one, two = (entity(name, "PERSON") for name in ("Kim", "Kim Hong Kyun", "Kim Yo Jong"))
    assert len(join([page("a", kim, one), page("b", two)]).entities) == 3


def test_the_joined_entity_has_all_names_the_fullest_first() -> None:
    short, full = entity("Brandt", "PERSON"), entity("Ada Brandt", "PERSON")
    (joined,) = join([page("a", short), page("b", full)]).entities
    assert (joined.name, joined.names, joined.id) == ("Ada Brandt", ("Ada Brandt", "Brandt"), min(short.id, full.id))


def test_the_order_of_pages_decides_nothing() -> None:
    found = [entity(name, "PERSON") for name in ("Brandt", "Ada Brandt", "A. Brandt", "Kim", "Kim Hong Kyun")]
    pages = [page(str(index), one) for index, one in enumerate(found)]
    results = {(join(list(p)).entities, tuple(sorted(join(list(p)).of.items()))) for p in itertools.permutations(pages)}
    assert len(results) == 1


def test_a_country_keeps_the_name_that_its_pages_gave_it() -> None:
    country = Entity("1", "Norland", ("Norland", "Norlandish"), "GPE", "NOR")
    for pages in ([page("a", country)], [page("a", country), page("b", country)]):
        (joined,) = join(pages).entities
        assert (joined.name, joined.names) == ("Norland", ("Norland", "Norlandish"))
