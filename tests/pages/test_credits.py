"""Agencies, desks and organisations: of bylines by table, and of the lines by which a text says whose it is."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gold.cases import cases
from rashomon.pages import read
from rashomon.pages.credits import agency, credited, joined, signed
from rashomon.pages.tables import rows

CASES = Path(__file__).parents[1] / "cases/pages/credits.tsv"
BODY = (
    "The harbour bridge of Ormsk was shut on Friday after divers found deep cracks in two of its piers, the port said.",
    "Lorries must take the ferry until the piers are mended, which will take until spring, engineers told the town.",
    "The mayor asked the state for money, and the opposition wants to know who let inspections lapse for six years.",
)


@pytest.mark.parametrize("case", cases(CASES), ids=lambda case: case["written"])
def test_credits_of_bylines(case: dict[str, str]) -> None:
    assert "; ".join(credited([case["written"]], case["source"] or None)) == case["credits"], case["reason"]


@pytest.mark.parametrize("row", rows("agencies"), ids=lambda row: row["name"])
def test_each_agency_is_a_credit_and_is_called_by_one_name(row: dict[str, str]) -> None:
    assert credited([row["name"]]) == (row["name"],)
    assert agency(row["name"]) == (row["agency"] or None)


@pytest.mark.parametrize("row", rows("credit_lines"), ids=lambda row: row["example"])
def test_lines_by_which_a_text_says_whose_it_is(row: dict[str, str]) -> None:
    found = signed([row["example"]]) if row["where"] != "after" else signed([], [row["example"]])
    assert "; ".join(found) == row["credits"]


@pytest.mark.parametrize(
    "sentence",
    [
        "The agency (AP), which said so first, is old.",
        "The AP reported on Friday that the bridge was shut.",
        "He told Reuters.",
        "“It is over,” he told AFP.",
        "Photo: AFP",
        "He said that the report by Reuters was false.",
        "Reuters helped to free him.",
        "With Reuters closing its office in Ormsk, reporters left the town, and nobody knows where they went to then.",
        "Read more news",
    ],
)
def test_an_agency_that_is_spoken_of_is_no_credit(sentence: str) -> None:
    assert signed([sentence]) == ()
    assert signed([], [sentence]) == ()


def test_of_one_agencys_names_the_first_is_kept() -> None:
    assert joined(["Associated Press", "AFP", "AP", "The Associated Press"]) == ("Associated Press", "AFP")


def test_a_page_has_the_credits_of_its_fields_and_of_its_text() -> None:
    author = '{"@type": "NewsArticle", "headline": "Bridge shut", "author": [{"@type": "Person", "name": "Jane Doe"}, '
    linked = author + '{"@type": "Organization", "name": "Keystone-SDA"}]}'
    text = "".join(f"<p>{part}</p>" for part in ("ORMSK, May 3 (Reuters) - " + BODY[0], *BODY[1:]))
    html = f"<html><head><script type='application/ld+json'>{linked}</script></head><body><h1>Bridge shut</h1>{text}"
    page = read(html.encode(), "https://post.example/a")
    assert (page.authors, page.credits) == (("Jane Doe",), ("Keystone-SDA", "Reuters"))


def test_a_site_that_names_itself_while_its_byline_names_people_is_no_credit() -> None:
    text = "".join(f"<p>{part}</p>" for part in BODY)
    head = "<meta property=og:site_name content='Harbour Post'><meta name=author content='Harbour Post'>"
    html = f"<html><head>{head}</head><body><h1>Bridge shut</h1><p class=byline>By Jane Doe</p>{text}"
    page = read(html.encode())
    assert (page.authors, page.credits) == (("Jane Doe",), ())
    alone = read(html.replace("<p class=byline>By Jane Doe</p>", "").encode())
    assert (alone.authors, alone.credits) == ((), ("Harbour Post",))


def test_a_publishers_own_dateline_is_no_credit() -> None:
    text = "".join(f"<p>{part}</p>" for part in ("ORMSK, May 3 (Reuters) - " + BODY[0], *BODY[1:]))
    head = "<meta property=og:site_name content=Reuters>"
    assert read(f"<html><head>{head}</head><body><h1>Bridge shut</h1>{text}".encode()).credits == ()


def test_dumps_have_credits_too() -> None:
    lines = ["Bridge shut in Ormsk", "By Jane Doe", *BODY, "Reuters and AFP contributed to this report."]
    assert read("\n\n".join(lines)).credits == ("Reuters", "AFP")
    dateline = "\n".join(["Bridge shut in Ormsk", "ORMSK, May 3 (Xinhua) -- " + BODY[0], *BODY[1:]])
    assert read(dateline).credits == ("Xinhua",)


def test_known_credits_come_first() -> None:
    page = read("\n\n".join(("(AP) - " + BODY[0], *BODY[1:])), known={"credits": ["Ormsk Desk", "Associated Press"]})
    assert page.credits == ("Ormsk Desk", "Associated Press")
    page = read("Bridge shut.", known={"text": "(AP) - " + BODY[0]})
    assert page.credits == ("AP",)


@given(st.text(max_size=400), st.text(max_size=60))
def test_credits_stand_on_the_page(text: str, source: str) -> None:
    found = signed([text])
    assert all(name in text for name in found)
    assert len(joined(credited([text], source))) == len(credited([text], source))
