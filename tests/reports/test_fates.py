"""How many were killed and injured, before all else; every page is made up."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

import rashomon
from rashomon.model import Claim, Current, Dated, Number, Page, Point, PointValue, Report, Span, Speaker, Story, Verdict
from rashomon.reports import fates
from rashomon.reports.html import render as html
from rashomon.reports.markdown import render as markdown
from rashomon.reports.terminal import render
from rashomon.reports.view import views

UNDATED = Dated(None, "unknown", "made up")
QUAKE = "A quake killed {dead} people in Orsa on Monday. It injured {hurt} others, the town hall said."


def made(
    values: Sequence[tuple[str, int, str, str | None]], verdict: Verdict, pages: int = 3, last: int = -1
) -> Report:
    """A report of one number point: a page for each value, given as (words, value, qualifier, state)."""
    texts = [f"In Orsa {words} people died." for words, *_ in values] + [""] * (pages - len(values))
    told = tuple(
        Page(id=f"p{n}", address=f"p{n}", title=None, text=text, published=UNDATED) for n, text in enumerate(texts)
    )
    claims = []
    for n, (words, value, qualifier, state) in enumerate(values):
        number = Number(value, value, qualifier, "people", state, 8, 8 + len(words), words)  # type: ignore[arg-type]
        span = Span(0, len(texts[n]), texts[n])
        speaker = Speaker("", None, None, None, None, "source")
        claims.append(Claim(id=f"c{n}", page=f"p{n}", saying=f"c{n}", span=span, speaker=speaker, cue=None,
                            content=(span,), numbers=(number,)))  # fmt: skip
    current = Current(values[last][1], values[last][1], (claims[last].id,)) if verdict != "disputed" else None
    point = Point(
        id="p", story="s", title="people died", kind="number", verdict=verdict, claims=tuple(c.id for c in claims),
        pages=len(values), independent=len(values), current=current, why="Made up.",
        values=tuple(PointValue(v, v, q, f"c{n}", None) for n, (_, v, q, _) in enumerate(values)),  # type: ignore[arg-type]
    )  # fmt: skip
    story = Story(
        id="s", title="Quake", pages=tuple(page.id for page in told), points=("p",), first=None, last=None, why=()
    )
    return Report(version="0", as_of=None, stories=(story,), pages=told, claims=tuple(claims), points=(point,))


def told(report: Report) -> list[tuple[str, str, str]]:
    [view] = views(report)
    return [(fate.state, fate.words, fate.size) for fate in fates.fates(view)]


def test_what_all_count_alike() -> None:
    report = made([("12", 12, "exact", "killed"), ("twelve", 12, "exact", "killed")], "agreed")
    assert told(report) == [("killed", "12", "agreed, 2 pages, 2 origins")]


def test_of_a_dispute_every_amount_is_shown() -> None:
    values = [("12", 12, "exact", "killed"), ("twelve", 12, "exact", "killed"), ("19", 19, "exact", "killed")]
    assert told(made(values, "disputed")) == [("killed", "12 (2 pages) / 19 (1 page)", "disputed, 3 pages, 3 origins")]


def test_of_an_update_only_the_last_value_is_shown() -> None:
    values = [("12", 12, "at_least", "killed"), ("19", 19, "exact", "killed")]
    assert told(made(values, "updated")) == [("killed", "19", "now; updated, 2 pages, 2 origins")]


@pytest.mark.parametrize("state", ["arrested", "deployed", None])
def test_what_is_no_fate(state: str | None) -> None:
    assert told(made([("12", 12, "exact", state), ("12", 12, "exact", state)], "agreed")) == []


def test_one_page_alone_makes_no_headline_of_a_story_of_many() -> None:
    assert told(made([("12", 12, "exact", "killed")], "single")) == []
    assert told(made([("12", 12, "exact", "killed")], "single", pages=2)) == [("killed", "12", "one page only")]


def test_every_form_of_the_report_begins_with_it() -> None:
    known = {"title": "Quake in Orsa", "published": "2031-05-05"}
    pages = [
        rashomon.read_page("<p>", address=f"{name}.html", known={
            **known, "source": name, "text": QUAKE.format(dead=dead, hurt="300")
        })
        for name, dead in (("north", "40"), ("south", "40"), ("west", "forty"))
    ]  # fmt: skip
    report = rashomon.report(pages)
    text = render(report, 100, False)
    assert text.index("HOW MANY") < text.index("AGREED")
    assert "killed: 40" in text
    assert "injured: 300" in text
    assert '<dl class="fates">' in html(report)
    assert "- killed: **40**" in markdown(report)
