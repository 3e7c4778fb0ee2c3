"""Who wrote a dump, and when: by what stands around its article."""

from __future__ import annotations

from pathlib import Path

import pytest

from gold.cases import cases
from rashomon.pages import read

CASES = Path(__file__).parents[1] / "cases/pages/dumpfacts.tsv"
TEXT = (
    "The harbour bridge was shut on Saturday after engineers had found cracks in two of its piers, the port said in a "
    "statement on Sunday.\n\nFerries will run every ten minutes until the piers are mended, which may take the rest of "
    "the year, according to the authority.\n\nNobody was hurt, and the lorries that were on it were towed away before "
    "noon, a spokeswoman said."
)
TITLE = "Harbour bridge shut after cracks are found in piers"
ADDRESS = "https://www.harbourpost.example/news/bridge-shut"


def _page(head: str) -> str:
    above, _, below = head.replace("\\n", "\n").partition("{text}")
    return f"Home\nNews\nSport\n\n{TITLE}\n{above}\n\n{TEXT}\n\n{below}"


@pytest.mark.parametrize("case", cases(CASES), ids=lambda case: case["reason"])
def test_who_and_when(case: dict[str, str]) -> None:
    page = read(_page(case["head"]), ADDRESS)
    changed = page.modified.value if page.modified else None
    assert "; ".join(page.authors) == case["authors"], case["reason"]
    assert "; ".join(page.credits) == case["credits"], case["reason"]
    assert (page.published.value or "", changed or "") == (case["published"], case["modified"]), case["reason"]


def test_who_is_told_of_has_not_written_it() -> None:
    page = read(_page("Marta Oland").replace("the port said", "Marta Oland of the port said"), ADDRESS)
    assert page.authors == ()


def test_a_change_alone_leaves_the_day_of_publication_open() -> None:
    page = read(_page("Updated 4 May 2025"), ADDRESS)
    assert page.published.value is None
    assert page.modified is not None
    assert page.modified.value == "2025-05-04"


def test_posts_of_a_live_page_name_their_authors() -> None:
    posts = f"{TEXT}\n\nFrom HarbourNow's Ada Voss in Port Arden\n\n{TEXT.replace('Saturday', 'Monday')}"
    assert "Ada Voss" in read(_page("").replace(TEXT, posts), ADDRESS).authors
