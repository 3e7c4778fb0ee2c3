"""A page's text with what was read out of it: every stretch visible, every dropped part in its place."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from rashomon import spans
from rashomon.model import Claim, Dated, Dropped, Entity, Event, Loaded, Number, Page, Span, Speaker, When
from rashomon.reports.show import marks_of, place_dropped, render

TEXT = "Mayor Ida Holm said on Friday that about 40 homes burned. “It was reckless,” she said.\n\nThe fire is out."


def made_page(text: str = TEXT, **known: object) -> Page:
    fields: dict[str, object] = {
        "id": "p", "address": "p.txt", "title": "Fire", "published": Dated(None, "unknown", "No date."), "text": text,
    }  # fmt: skip
    return Page(**(fields | known))  # type: ignore[arg-type]


def made_claim(start: int, end: int, text: str = TEXT, **known: object) -> Claim:
    fields: dict[str, object] = {
        "id": f"{start}-{end}", "page": "p", "saying": f"{start}", "span": Span(start, end, text[start:end]),
        "speaker": Speaker("", None, None, None, None, "source"), "cue": None,
        "content": (Span(start, end, text[start:end]),),
    }  # fmt: skip
    return Claim(**(fields | known))  # type: ignore[arg-type]


def made_claims() -> list[Claim]:
    return [
        made_claim(
            0, 56, speaker=Speaker("Mayor Ida Holm", 0, 14, "Ida Holm", None, "named"), cue=Span(15, 19, "said"),
            content=(Span(30, 56, TEXT[30:56]),),
            numbers=(Number(40, 40, "about", "homes", "burn", 35, 43, "about 40"),),
        ),
        made_claim(
            58, 85, speaker=Speaker("she", 77, 80, "Ida Holm", None, "named"), cue=Span(81, 85, "said"),
            content=(Span(58, 76, TEXT[58:76]),), quotes=(Span(59, 75, TEXT[59:75]),),
            loaded=(Loaded(66, 74, "reckless", "judgement: blames"),),
        ),
    ]  # fmt: skip


def test_everything_is_marked_where_it_stands_without_colour() -> None:
    shown = render(made_page(), made_claims(), None, 300, colour=False)
    assert "[S1⟩Mayor Ida Holm] [K1⟩said] on Friday [C1⟩that [N1⟩about 40] homes burned]." in shown
    assert "[C2⟩“[Q2⟩It was [L2⟩reckless],]”] [S2⟩she] [K2⟩said]." in shown
    assert "number: about 40 “about 40” of homes, burn" in shown
    assert "Ida Holm (“she”) · said" in shown


def test_stretches_that_cross_name_what_they_close() -> None:
    text = "one two three four"
    claims = [made_claim(0, 13, text), made_claim(4, 18, text)]
    shown = render(made_page(text), claims, None, 200, colour=False)
    assert "[C1⟩one [C2⟩two three⟨C1] four]" in shown


def test_the_same_stretch_of_two_claims_is_marked_once() -> None:
    said = (Span(15, 19, "said"),)
    marks = marks_of([made_claim(0, 56, cue=said[0]), made_claim(30, 56, cue=said[0])])
    assert [mark.claims for mark in marks if mark.kind == "K"] == ["1,2"]


def test_times_and_events_are_in_words() -> None:
    town = Entity("holm", "Ida Holm", ("Ida Holm",), "PERSON", None)
    claim = made_claim(0, 56, event=Event("ACCUSE", "holm", None), when=When("XXXX-WXX-5", "vague", "Friday"))
    shown = render(made_page(entities=(town,)), [claim], None, 200, colour=False)
    assert "event: ACCUSE by Ida Holm · when: a Friday (vague, “Friday”)" in shown
    alone = made_claim(0, 56, event=Event("ACCUSE", None, "holm"))
    assert "event: ACCUSE towards Ida Holm\n" in render(made_page(entities=(town,)), [alone], None, 200, colour=False)


def test_colour_is_laid_over_the_same_text() -> None:
    plain = render(made_page(), made_claims(), None, 80, colour=False)
    coloured = render(made_page(), made_claims(), None, 80, colour=True)
    assert re.sub("\x1b\\[[0-9;]*m", "", coloured) == plain
    assert "\x1b[4;7mabout 40\x1b[0m" in coloured


def test_dropped_parts_stand_where_they_stood() -> None:
    first, second = TEXT.split("\n\n")
    raw = f"<nav><b>09:30</b>Snow &amp; ice</nav><p>{first}</p><div>Share</div><p>{second}</p><i>Comments (0)</i>"
    one, two = raw.index(first), raw.index(second)
    plan = spans.keep(
        raw, [(one, one + len(first), first), (two - 3, two, "\n\n"), (two, two + len(second), second)]
    )  # fmt: skip
    parts = ("09:30 Snow & ice", "Share", "Comments (0)", "never there")
    page = made_page(plan=plan, dropped=tuple(Dropped(part, "label") for part in parts))
    assert spans.apply(plan, raw) == page.text
    assert [offset for offset, _ in place_dropped(page, raw)] == [0, len(first), len(TEXT), None]
    shown = render(page, [], raw, 200, colour=False)
    order = ["{label, its place is not known: never there}", "{label: 09:30 Snow & ice}", "Mayor", "{label: Share}"]
    places = [shown.index(part) for part in [*order, "The fire is out.", "{label: Comments (0)}"]]
    assert places == sorted(places)


def test_without_the_capture_dropped_parts_are_listed_first() -> None:
    page = made_page(dropped=(Dropped("Share", "share"),))
    assert place_dropped(page, None) == [(None, page.dropped[0])]
    assert "{share, its place is not known: Share}" in render(page, [], None, 80, colour=False)


texts = st.text(alphabet="ab 水.\n“\x1b", min_size=1, max_size=60)


@given(texts, st.lists(st.tuples(st.integers(0, 59), st.integers(1, 60)), max_size=6), st.integers(40, 90))
def test_no_character_is_lost_and_every_bracket_is_closed(text: str, edges: list[tuple[int, int]], width: int) -> None:
    # A stretch begins and ends with a word or a mark, never with the space around it.
    stretches = [(a, b) for a, b in edges if a < b <= len(text) and text[a:b] == text[a:b].strip()]
    claims = [made_claim(a, b, text) for a, b in stretches]
    shown = render(made_page(text), claims, None, width, colour=False)
    assert max(map(cell_len, shown.splitlines())) <= width
    # The body stands between the legend and the list of claims, whose lines are not looked at here.
    body = shown.partition("claim's\n")[2].partition("\n  1  ")[0].partition("0 claims,")[0]
    assert body.count("⟩") == len(set(stretches)) == body.count("]")
    bare = re.sub(r"\[C[\d,]+⟩|(⟨C[\d,]+)?\]|\s", "", body)
    assert bare == re.sub(r"\s", "", text).replace("\x1b", "\ufffd")


def test_the_head_says_who_signs_the_page() -> None:
    page = made_page(authors=("Ada Voss", "Cole Finn"), credits=("AFP",))
    head = render(page, [], None, 100, colour=False).splitlines()[1]
    assert head == "p.txt · undated · news · by Ada Voss, Cole Finn; credits: AFP · p.txt"
    assert "credits" not in render(made_page(authors=("Ada Voss",)), [], None, 100, colour=False)
