"""Names that one page knows and another page of the story uses."""

from __future__ import annotations

import pytest

from rashomon.model import Dated, Entity, Page
from rashomon.spans import digest
from rashomon.stories.lent import known_on
from rashomon.stories.names import join
from rashomon.stories.terms import Known, terms


def entity(name: str, kind: str) -> Entity:
    return Entity(digest("entity", name.casefold(), kind), name, (name,), kind, None)


def page(name: str, *entities: Entity) -> Page:
    return Page(id=name, address=None, published=Dated(None, "unknown", "made up"), text="", entities=entities)


def known(*pages: Page) -> dict[str, Known]:
    return known_on(pages, join(pages))


def names(text: str, of: Known) -> set[str]:
    return {key for key in terms(text, of) if key[:1] == "@"}


def test_a_name_of_another_page_is_known() -> None:
    found = known(page("a", entity("Taveu", "GPE")), page("b"))
    assert names("The tremor that hit Taveu", found["b"]) == names("Taveu shook", found["a"]) != set()


@pytest.mark.parametrize("text", ["They marched to the velmor", "The street of brixen"])
def test_a_lent_name_has_capitals(text: str) -> None:
    found = known(page("a", entity("Velmor", "GPE"), entity("Brixen", "GPE")), page("b"))
    assert names(text, found["b"]) == set()


def test_a_common_word_is_not_lent() -> None:
    found = known(page("a", entity("Police", "ORG")), page("b"))
    assert names("Police shut the road", found["b"]) == set()


def test_a_surname_alone_is_the_only_one_of_that_name() -> None:
    found = known(page("a", entity("Ada Vossberg", "PERSON")), page("b"))
    assert names("Vossberg resigned", found["b"]) == names("Ada Vossberg", found["a"]) != set()
    two = known(page("a", entity("Ada Vossberg", "PERSON"), entity("Kai Vossberg", "PERSON")), page("b"))
    assert names("Vossberg resigned", two["b"]) == set()


def test_a_word_before_a_name_makes_nobody_else_of_it() -> None:
    found = known(page("a", entity("Sprinter Ada Voss", "PERSON")), page("b", entity("Ada Voss", "PERSON")))
    assert names("Sprinter Ada Voss", found["a"]) == names("Ada Voss", found["b"]) != set()


def test_a_name_of_two_sorts_is_one() -> None:
    found = known(page("a", entity("Rovers", "ORG")), page("b", entity("Rovers", "GPE")))
    assert names("Rovers won", found["a"]) == names("Rovers lost", found["b"]) != set()
