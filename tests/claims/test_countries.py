"""Countries: every row's example, the tricky phrases, and that no text makes the look-up fail."""

from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rashomon.claims.countries import country_of, government_of, lookup, mentions

CASES = Path(__file__).parents[1] / "cases" / "claims" / "countries.tsv"


def rows(text: str) -> list[dict[str, str]]:
    lines = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    return [dict(zip(lines[0], line, strict=True)) for line in lines[1:]]


def table(name: str) -> list[dict[str, str]]:
    return rows((files("rashomon.claims") / "tables" / name).read_text(encoding="utf-8"))


def known(code: str) -> str | None:
    return None if code == "-" else code


def test_every_country_s_example() -> None:
    wrong = [(row["example"], row["code"]) for row in table("countries.tsv")
             if government_of(row["example"]) != known(row["code"])]  # fmt: skip
    assert not wrong


def test_every_institution_s_example() -> None:
    wrong = [(row["example"], row["gives"]) for row in table("institutions.tsv")
             if government_of(row["example"]) != known(row["gives"])]  # fmt: skip
    assert not wrong


def test_every_form_is_found() -> None:
    for row in table("countries.tsv"):
        forms = ";".join([row["name"], row["names"], row["demonyms"], row["capitals"], row["metonyms"]])
        for form in filter(None, forms.split(";")):
            found = lookup(form.rstrip("?"))
            assert (found.code if found else "-") == row["code"], form
            assert not found or found.ambiguous or not form.endswith("?"), form


@pytest.mark.parametrize("row", rows(CASES.read_text(encoding="utf-8")), ids=lambda row: row["phrase"])
def test_phrases(row: dict[str, str]) -> None:
    assert government_of(row["phrase"]) == known(row["government"]), row["reason"]
    assert country_of(row["phrase"]) == known(row["country"]), row["reason"]


@pytest.mark.parametrize(
    ("text", "code", "kind"),
    [
        ("the U.S.", "USA", "name"),
        ("US’s", "USA", "name"),
        ("NORTH KOREA", "PRK", "name"),
        ("Britons", "GBR", "demonym"),
        ("The Kremlin", "RUS", "metonym"),
        ("Kyiv's", "UKR", "capital"),
        ("the Netherlands", "NLD", "name"),
    ],
)
def test_lookup(text: str, code: str, kind: str) -> None:
    found = lookup(text)
    assert found is not None
    assert (found.code, found.kind) == (code, kind)


@pytest.mark.parametrize("text", ["us", "turkey", "chad", "", "the", "New Mexico", "Springfield", "U.S.-backed"])
def test_what_names_no_country(text: str) -> None:
    assert lookup(text) is None


def test_ambiguous_names_say_so() -> None:
    assert [name for name in ("Georgia", "Jordan", "Chad", "Guinea", "Norway") if _ambiguous(name)] == [
        "Georgia", "Jordan", "Chad", "Guinea",
    ]  # fmt: skip


def _ambiguous(name: str) -> bool:
    found = lookup(name)
    return bool(found and found.ambiguous)


@given(st.text())
def test_no_text_fails(text: str) -> None:
    government_of(text)
    for found in mentions(text):
        assert lookup(text[found.start : found.end]) == found.country
