"""The dumps that were made up: their marks, that each is of use, and that no site is both learned and measured."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from folds import site
from gold.made_up import PARTS, made_up, made_up_html


@pytest.mark.parametrize("part", PARTS)
def test_each_line_has_a_mark_and_each_dump_an_article(part: str) -> None:
    for row in made_up(part):
        lines = [line for line in row["text"].split("\n") if line.strip()]
        assert len(lines) == len(row["marks"]), row["url"]
        assert set(row["marks"]) <= set("ASTBDM-"), row["url"]
        assert row["marks"].count("A") >= 1, row["url"]
        assert row["gold"]["title"] or part == "more", row["url"]
        assert (urlsplit(row["url"]).hostname or "").endswith(".example"), row["url"]


def test_what_is_measured_is_of_other_sites_than_what_is_learned() -> None:
    learned, unseen, more = ({site(row["url"]) for row in made_up(part)} for part in PARTS)
    assert not learned & (unseen | more)


def test_html_pages_hold_their_gold_and_no_mark() -> None:
    for row in made_up_html():
        assert "data-gold" not in row["html"], row["url"]
        assert len(row["gold"]["body"].split()) > 60, row["url"]
        assert row["gold"]["title"] in " ".join(row["html"].split()) or "&" in row["html"], row["url"]
