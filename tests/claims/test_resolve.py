"""Whom speakers are: made-up sentences by class, with traps and with those where nobody should be chosen."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import rashomon
from rashomon.claims import gazetteer, people, settled
from rashomon.claims.people import fold
from rashomon.claims.tables import rows
from rashomon.pages import given as given_names

CASES = Path(__file__).parents[1] / "cases" / "claims" / "resolve.jsonl"


def _cases() -> list[Any]:
    lines = [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]
    return [pytest.param(row, id=f"{row['kind']}: {row['why']}") for row in lines]


def _page(text: str) -> rashomon.Page:
    return rashomon.read_page(text, "case", {"text": text, "published": "2026-03-04"})


def _entity(page: rashomon.Page, name: str) -> str:
    found = [entity.id for entity in settled(page).entities if name in (entity.name, *entity.names)]
    assert found, f"no entity is called {name}"
    return found[0]


@pytest.mark.parametrize("case", _cases())
def test_who_a_speaker_is(case: dict[str, Any]) -> None:
    page = _page(case["text"])
    if "entities_one" in case or "entities_two" in case:
        one, two = (case.get("entities_one") or case["entities_two"]).split(";")
        assert (_entity(page, one) == _entity(page, two)) == ("entities_one" in case)
        return
    (claims,) = rashomon.extract_claims([page])
    found = [c for c in claims if case["has"] in " ".join(p.exact for p in c.content) and c.speaker.kind != "source"]
    if not found:
        assert case["name"] is None
        return
    who = min(found, key=lambda claim: claim.span.end - claim.span.start).speaker
    if case["name"] is None:
        assert who.name is None or fold(who.name) in fold(who.text)
    else:
        assert who.name is not None
        assert fold(case["name"]).split() == [word for word in fold(who.name).split() if word in fold(case["name"])]
    if "code" in case:
        assert {entity.code for entity in settled(page).entities if entity.id == who.entity} == {case["code"]}


def _named(text: str, has: str = "") -> list[tuple[str, str | None]]:
    (claims,) = rashomon.extract_claims([_page(text)])
    return [(c.speaker.text, c.speaker.name) for c in claims if c.speaker.kind != "source" and has in c.span.exact]


@pytest.mark.parametrize("row", rows("titles"), ids=lambda row: row["title"])
def test_a_title_tells_who_is_meant_afterwards(row: dict[str, str]) -> None:
    ((_, name),) = _named(row["example"])
    assert name is not None
    assert fold(name).split()[-1] in fold(row["example"].split(" met ")[0])


@pytest.mark.parametrize("row", rows("role_kinds"), ids=lambda row: row["wide"])
def test_a_wider_word_means_who_is_called_by_a_narrower(row: dict[str, str]) -> None:
    ((said, name),) = _named(row["example"], "road was open")
    assert name is not None
    assert name != said
    assert name.split()[-1] in row["example"].split(". ")[0]


@pytest.mark.parametrize("row", rows("metonyms"), ids=lambda row: row["place"])
def test_a_place_that_speaks_is_the_body_in_it(row: dict[str, str]) -> None:
    assert _named(row["example"]) == [(row["place"], row["body"])]


@pytest.mark.parametrize("row", given_names.listed(), ids=lambda row: f"{row['gender']} {row['source']}")
def test_names_tell_a_gender(row: dict[str, str]) -> None:
    by_hand = people.first_names()
    assert all(by_hand.get(fold(name), row["gender"]) in ("m", "f") for name in row["names"].split(";"))
    assert {people.gender_of_name(name) for name in row["names"].split(";") if fold(name) not in by_hand} <= {
        row["gender"],
        None,
        *(people.gender_of_name(fold(name)) for name in row["names"].split(";")),
    }


@pytest.mark.parametrize("row", rows("nicknames"), ids=lambda row: row["name"])
def test_short_first_names_are_one_person_s(row: dict[str, str]) -> None:
    assert all(people.same_given(fold(row["name"]), fold(short)) for short in row["short"].split(";"))
    assert not people.same_given("robert", "peter")


@pytest.mark.parametrize("row", rows("spellings"), ids=lambda row: row["name"])
def test_spellings_are_told_by_one_of_them(row: dict[str, str]) -> None:
    assert {people.spelled(fold(other)) for other in row["others"].split(";")} == {fold(row["name"])}


@pytest.mark.parametrize("row", [*rows("regions"), *rows("towns")], ids=lambda row: row["example"])
def test_the_places_of_a_country(row: dict[str, str]) -> None:
    assert len(row["code"]) == 3
    assert all(gazetteer.place(fold(name)) for name in row["names"].split(";"))


@pytest.mark.parametrize("row", rows("name_kinds"), ids=lambda row: f"{row['where']} {row['type']}")
def test_the_kind_that_a_name_tells(row: dict[str, str]) -> None:
    for word in row["words"].split(";"):
        name = fold(word if row["where"] == "whole" else f"Morrow Orlin {word}")
        assert gazetteer.kind(name) == row["type"]
    assert gazetteer.kind("della street") == "FAC"
    assert gazetteer.kind("nathan lane") is None


_SENTENCES = st.lists(
    st.sampled_from(
        [
            "Robert Hale came on Monday.",
            "Anna Hale said the road was open.",
            "He said the dam was safe.",
            "She and Hale denied it.",
            "“They left,” Hale said.",
            "Seoul said it would wait.",
            "THE MAYOR SAID NO",
            "his, her, their; who said that",
            "Mr. Hale, who said the mayor left, told him so.",
        ]
    ),
    min_size=1,
    max_size=12,
)


@settings(max_examples=40, deadline=None)
@given(_SENTENCES)
def test_names_are_names_of_the_page_and_the_same_each_time(sentences: list[str]) -> None:
    text = " ".join(sentences)
    first, again = _named(text), _named(text)
    assert first == again
    for said, name in first:
        assert name is None or name in text or name in ("South Korea",) or name in said


def test_a_long_page_of_pronouns_is_read() -> None:
    text = "Robert Hale came. " + "He said the road was open. " * 400
    assert {name for _, name in _named(text)} == {"Robert Hale"}
