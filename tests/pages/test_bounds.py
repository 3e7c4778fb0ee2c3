"""How much of a source is parsed: all of an ordinary one, and of a hostile one what comes before it becomes that."""

from __future__ import annotations

import pytest
import trafilatura

from rashomon.pages import opinion
from rashomon.pages.bounds import ANEW, ATTRIBUTES, DEPTH, ELEMENTS, sound
from rashomon.pages.read import read

SENTENCE = "The harbour bridge of Ormsk was shut on Tuesday after engineers found cracks in two of its piers. "
DATA = "x" * 50_000


@pytest.mark.parametrize(
    "html",
    [
        "",
        "no markup at all " * 9999,
        f"<p>{SENTENCE}</p>" * 9000,
        f"<p><b>{SENTENCE}</b></p>" * 9000,
        f"<li>{SENTENCE}" * 20_000,
        f"<p><b>{SENTENCE}</p>" * 900,
        f"<script>{DATA}</script><p data-all='{'a ' * 9999}'>{SENTENCE}</p>",
        "<" * 9999,
    ],
)
def test_ordinary_sources_are_parsed_whole(html: str) -> None:
    assert sound(html) == len(html)


MANY = " ".join(f"a{at}" for at in range(ATTRIBUTES + 1))


@pytest.mark.parametrize(
    ("before", "piece", "most"),
    [
        ("", "<p>a</p>", ELEMENTS),
        ("", "<div>", DEPTH),
        ("", "<span><div></span>", 2 * DEPTH),
        ("<b>" * 900, f"<p>{SENTENCE}</p>", 900 + ANEW // 900),
        ("<B>" * 900, f"<P>{SENTENCE}</P>", 900 + ANEW // 900),
        ("<b>", "<i><p>x</p>", 2 * ANEW),
        ("<p>x</p>", f"<p {MANY}>", 1),
        ("<p>x</p><", f"<p {MANY}>", 1),
    ],
)
def test_hostile_sources_are_parsed_up_to_where_they_become_so(before: str, piece: str, most: int) -> None:
    html = before + piece * max(9, min(100_000, 4_000_000 // len(piece)))
    end = sound(html)
    assert len(before) <= end < len(html)
    assert html[end] == "<"
    assert html.count("<", 0, end) - html.count("</", 0, end) <= most + 2


@pytest.mark.parametrize("before", [0, 1, 998, 999, 1000, 1001, 1999, 2000, 2001])
def test_a_tag_of_too_many_attributes_is_found_wherever_it_stands(before: int) -> None:
    html = f"{'x' * before}<p {MANY}"
    assert sound(html) == sound(f"{html}><p>x</p>") == before
    assert sound(f"é{html}>") == before + 1


def test_a_second_opinion_that_fails_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    page = f"<p>{SENTENCE}</p>"
    assert opinion.paragraphs(f"<html><body><article>{page * 5}</article></body></html>")
    assert opinion.paragraphs(page * 20_000) == []

    def fails(*_: object, **__: object) -> None:
        raise RecursionError

    monkeypatch.setattr(trafilatura, "bare_extraction", fails)
    assert opinion.paragraphs(page) == []


def test_the_plan_of_a_page_that_was_cut_ends_with_the_capture() -> None:
    html = f"<html><body><p>{SENTENCE * 3}</p>" + "<p>a</p>" * (ELEMENTS + 10)
    page = read(html)
    assert page.plan[-1].end == len(html)
    assert any("split it" in gap.why for gap in page.gaps)
