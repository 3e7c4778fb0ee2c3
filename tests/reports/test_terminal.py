"""The situation report: every section, every width, nothing hidden, nothing that no page supports."""

from __future__ import annotations

import re
from itertools import pairwise

import msgspec
import pytest
from rich.cells import cell_len

from rashomon.model import (
    Claim,
    Current,
    Dated,
    Dropped,
    Entity,
    Event,
    Line,
    Loaded,
    Moment,
    Number,
    Page,
    PageGap,
    Point,
    PointValue,
    Report,
    Span,
    Speaker,
    Story,
    When,
)
from rashomon.reports.terminal import render
from rashomon.reports.words import day, entity_words, moment_words, source_words, speaker_words

TEXTS = {
    "a": (
        "The dam at Orvik gave way on Monday. Governor Ana Lund said that at least 12 people were killed. "
        "“We were not warned,” she said.\n\nThe operator denied that it had ignored warnings."
    ),
    "b": (
        "Satellite images show the breach. Officials who asked not to be named said 19 people were killed. "
        "Lund demanded the resignation of the operator’s board. The catastrophic blunder shocked the valley."
    ),
    "c": "水坝决堤。 A second wave is expected on Thursday, the weather service said.",
}


def made_page(key: str, **known: object) -> Page:
    fields: dict[str, object] = {
        "id": key,
        "address": f"pages/{key}.html",
        "published": Dated("2031-05-02", "stated", "Read from the page’s own date."),
        "text": TEXTS[key],
    }
    return Page(**(fields | known))  # type: ignore[arg-type]


def found(page: str, words: str) -> Span:
    start = TEXTS[page].index(words)
    return Span(start, start + len(words), words)


def made_claim(key: str, page: str, who: str, cue: str, said: str, **known: object) -> Claim:
    parts = [found(page, words) for words in (who, cue, said) if words]
    start, end = min(part.start for part in parts), max(part.end for part in parts)
    speaker = (
        Speaker(who, parts[0].start, parts[0].end, who, None, "named")
        if who
        else Speaker("", None, None, None, None, "source")
    )
    fields: dict[str, object] = {
        "id": key,
        "page": page,
        "saying": key,
        "span": Span(start, end, TEXTS[page][start:end]),
        "speaker": speaker,
        "cue": found(page, cue) if cue else None,
        "content": (found(page, said),),
    }
    return Claim(**(fields | known))  # type: ignore[arg-type]


def made_number(page: str, words: str, value: int, qualifier: str) -> Number:
    at = found(page, words)
    return Number(value, value, qualifier, "people", "killed", at.start, at.end, words)  # type: ignore[arg-type]


def made_report() -> Report:
    claims = (
        made_claim(
            "a1", "a", "", "", "The dam at Orvik gave way on Monday", when=When("2031-04-28", "resolved", "Monday"),
        ),
        made_claim(
            "a2", "a", "Governor Ana Lund", "said", "at least 12 people were killed",
            numbers=(made_number("a", "at least 12", 12, "at_least"),), evidence=("official",),
        ),
        made_claim(
            "a3", "a", "she", "said", "“We were not warned,”",
            speaker=Speaker("she", 119, 122, "Ana Lund", "lund", "named"), quotes=(found("a", "We were not warned,"),),
        ),
        made_claim("a4", "a", "The operator", "denied", "that it had ignored warnings", status="denied"),
        made_claim("b1", "b", "", "", "Satellite images show the breach", evidence=("satellite imagery",)),
        made_claim(
            "b2", "b", "Officials who asked not to be named", "said", "19 people were killed",
            numbers=(made_number("b", "19", 19, "exact"),), evidence=("unnamed official",),
        ),
        made_claim(
            "b3", "b", "Lund", "demanded", "the resignation of the operator’s board", status="demanded",
            speaker=Speaker("Lund", 98, 102, "Ana Lund", "lund", "named"), event=Event("REQUEST", "lund", "operator"),
        ),
        made_claim(
            "b4", "b", "", "", "The catastrophic blunder shocked the valley",
            loaded=(Loaded(158, 170, "catastrophic", "judgement: says how bad it is"),),
        ),
        made_claim(
            "c1", "c", "the weather service", "said", "A second wave is expected on Thursday",
            status="expected", when=When(None, "vague", "on Thursday"),
        ),
    )  # fmt: skip
    points = (
        made_point("p1", "agreed", "The dam at Orvik gave way on Monday", ("a1", "b1"), 2, 1),
        made_point(
            "p2", "updated", "people were killed", ("a2", "b2"), 2, 2, kind="number",
            values=(
                PointValue(12, 12, "at_least", "a2", "2031-05-02"),
                PointValue(19, 19, "exact", "b2", "2031-05-03T09:30"),
            ),
            current=Current(19, 19, ("b2",)),
        ),
        made_point("p3", "denied", "it had ignored warnings", ("a3", "a4"), 1, 2),
        made_point("p4", "disputed", "the resignation of the operator’s board", ("a4", "b3"), 2, 2, kind="position"),
        *(made_point(f"s{n}", "single", "A second wave is expected on Thursday", ("c1",), 1, 1) for n in range(9)),
    )  # fmt: skip
    return Report(
        version="0.1.0",
        as_of="2031-05-03T09:30:00",
        stories=(
            Story(
                id="story", title="The dam at Orvik gave way", pages=("a", "b", "c"),
                points=tuple(point.id for point in points), first="2031-05-02", last="2031-05-03",
            ),
        ),
        pages=(
            made_page("a", source="Orvik Post", title="Dam gives way", dropped=(Dropped("09:30Snow", "ticker"),)),
            made_page("b", source="Valley Wire", copy_of="a", kind="live blog"),
            made_page("c", published=Dated(None, "unknown", "The page names no date.")),
        ),
        claims=claims,
        entities=(
            Entity("lund", "Ana Lund", ("Ana Lund", "Lund"), "PERSON", None),
            Entity("operator", "Orvik Hydro", ("Orvik Hydro",), "ORG", None),
        ),
        points=points,
        timeline=(
            Line(Moment("2031-04-28", "resolved"), "The dam at Orvik gave way on Monday", ("a1",)),
            Line(Moment(None, "vague"), "A second wave is expected on Thursday", ("c1",)),
        ),
        gaps=(
            PageGap("c", "publication date", "The page names no date: hand it in if you know it."),
            PageGap("pages/d.png", "page", "This is a picture, not a page: hand in its text."),
        ),
    )  # fmt: skip


def made_point(
    key: str, verdict: str, title: str, claims: tuple[str, ...], pages: int, origins: int, **known: object
) -> Point:
    fields: dict[str, object] = {
        "id": key, "story": "story", "title": title, "kind": "event", "verdict": verdict,
        "claims": claims, "pages": pages, "independent": origins, "why": f"What {key} was compared with.",
    }  # fmt: skip
    return Point(**(fields | known))  # type: ignore[arg-type]


ANSI = re.compile("\x1b\\[[0-9;]*m")
HEADINGS = (
    "PAGES", "AGREED", "DISPUTED", "DENIED", "UPDATED", "POSITIONS", "EXPECTED", "TIMELINE",
    "ON WHAT EVIDENCE", "HOW EACH PAGE TELLS IT", "ONLY ONE PAGE HAS", "NOT READ",
)  # fmt: skip


def changed(report: Report, **known: object) -> Report:
    return Report(**({name: getattr(report, name) for name in report.__struct_fields__} | known))


@pytest.mark.parametrize("width", [40, 60, 80, 120, 200])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    report = changed(
        made_report(),
        pages=(
            made_page("a", title="A title that does not end " * 20, source="Orvik Post"),
            made_page("b", title="洪水" * 100),
            made_page("c", title="x" * 400, address="pages/" + "y" * 300),
        ),
        timeline=(Line(Moment("2031-04-28T05:00/2031-04-28TAF", "resolved"), "The dam at Orvik gave way", ("a1",)),),
    )
    lines = render(report, width, colour=False).splitlines()
    assert max(map(cell_len, lines)) <= width
    assert any("洪水" in line for line in lines)


def test_colour_changes_nothing_but_colour() -> None:
    report = made_report()
    coloured = render(report, 100, colour=True)
    assert "\x1b[" in coloured
    assert ANSI.sub("", coloured).splitlines() == render(report, 100, colour=False).splitlines()


def test_sections_stand_in_order() -> None:
    text = render(made_report(), 100, colour=False)
    places = [text.index(f"\n{heading} ─") for heading in HEADINGS]
    assert all(before < after for before, after in pairwise(places))


def test_every_line_under_a_story_leads_to_its_words() -> None:
    lines = render(made_report(), 1000, colour=False).splitlines()
    told = lines[lines.index(next(line for line in lines if line.startswith("AGREED"))) :]
    told = told[: told.index(next(line for line in told if line.startswith("NOT READ")))]
    unsourced = ("^$", "─", "^ +why: ", r" more \(rashomon report", r"^ ?\[[A-Z]\] ", "not found here", r"^  [\w ,]+$",
                 r"^  [\w ]+: \d+ claims? on")  # fmt: skip
    labels = re.compile("|".join(unsourced))
    sourced = re.compile(r"\[[A-C] \d+–\d+\]|\[[A-C]\]")
    assert [line for line in told if not labels.search(line) and not sourced.search(line)] == []


def test_offsets_lead_to_the_words_before_them() -> None:
    text = render(made_report(), 1000, colour=False)
    leads = re.findall(r"leads with: (.+?)  \[([A-C]) (\d+)–(\d+)\]", text)
    assert leads
    for words, label, start, end in leads:
        assert words in TEXTS[label.lower()][int(start) : int(end)]


@pytest.mark.parametrize(
    "line",
    [
        "= The dam at Orvik gave way on Monday  event, 2 pages, 1 origin [A][B]",
        "2031-05-02        at least 12 people · Governor Ana Lund  [A 37–95]",
        "now: 19  [B 34–96]",
        "The operator (denied): that it had ignored warnings  [A 130–178]",
        "demand → Orvik Hydro: demanded the resignation of the operator’s board  [B 98–151]",
        "Ana Lund (“she”): “We were not warned,”  [A 55–122]",
        "2031-04-28  The dam at Orvik gave way on Monday · resolved from “Monday”  [A 0–35]",
        "loaded, judgement (1): “catastrophic” [B 158–170]",
        "[B] Valley Wire · 2031-05-02 · live blog · copy of [A]",
        "[C] c.html · undated  pages/c.html",
        "! pages/d.png: page: This is a picture, not a page: hand in its text.",
        "[A] not the article: ticker 1",
        " [C] 9 points in 1 place",
    ],
)
def test_what_is_said(line: str) -> None:
    assert line in render(made_report(), 200, colour=False)


def test_what_a_page_holds_cannot_reach_the_terminal() -> None:
    report = changed(
        made_report(), pages=(made_page("a", title="\x1b[2Jred\x07\u202eevil\ue000"), *made_report().pages[1:])
    )
    text = render(report, 100, colour=True)
    assert not re.search("[\x00-\x09\x0b-\x1a\x1c-\x1f\x7f\u202e\ue000]", text)
    assert "\x1b[2J" not in text
    assert "red" in text


def test_an_empty_report_says_so() -> None:
    report = Report(
        version="0.1.0", as_of=None, gaps=(PageGap("x.png", "page", "This is a picture: hand in its text."),)
    )
    text = render(report, 80, colour=False)
    assert "No page could be read" in text
    assert "x.png" in text


def test_pages_in_no_story_are_still_there() -> None:
    report = made_report()
    text = render(changed(report, stories=(), points=()), 80, colour=False)
    assert "[C] c.html · undated" in text
    assert "nothing found for: agreed" in text


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("2031-05-02", "2031-05-02"),
        ("2031-05-02T09:30:00Z", "2031-05-02 09:30"),
        ("2031-05-01/2031-05-06", "2031-05-01–2031-05-06"),
        ("2031-05-02TMO", "2031-05-02, morning"),
        ("2031-05-02TNI", "2031-05-02, night"),
        ("XXXX-WXX-5", "a Friday"),
        ("XXXX-WXX-5TEV", "a Friday, evening"),
        ("XXXX-01-06", "January 6, year unknown"),
        ("XXXX-11", "November, year unknown"),
        ("2031-SU", "summer 2031"),
        ("2031-W05", "week 5, 2031"),
        ("2031-W05-WE", "weekend of week 5, 2031"),
        ("2031-Q2", "Q2 2031"),
        ("XXXX-99-01", "XXXX-99-01"),
    ],
)
def test_times_are_in_words(value: str, words: str) -> None:
    assert day(value) == words


def test_a_weekday_that_nothing_dates_says_so() -> None:
    assert moment_words(Moment("XXXX-WXX-5", "vague"), "Friday") == "“Friday”, which nothing on the page dates"


@pytest.mark.parametrize(
    ("address", "source", "words"),
    [
        ("https://www.orvik-post.test/news/dam.html", "Orvik Post", "Orvik Post"),
        ("https://www.orvik-post.test/news/dam.html", None, "orvik-post.test"),
        ("http://web.archive.org/web/20310502010203/http://orvik-post.test:80/dam", None, "orvik-post.test"),
        ("saved/pages/dam.v2.html", None, "dam.v2.html"),
        (None, None, "source unknown"),
    ],
)
def test_a_page_without_a_source_is_known_by_its_host_or_file(
    address: str | None, source: str | None, words: str
) -> None:
    assert source_words(made_page("a", address=address, source=source)) == words


def test_a_country_is_called_by_its_name_where_the_pages_have_it() -> None:
    assert entity_words(Entity("x", "Peruvian", ("Peruvian", "Peru"), "NORP", "PER")) == "Peru"
    assert entity_words(Entity("x", "Peruvian", ("Peruvian",), "NORP", "PER")) == "Peruvian"


def test_who_passed_on_a_document_is_not_named_twice() -> None:
    speaker = Speaker("a note by the survey", 0, 20, "a note by the survey", None, "document", via="the survey")
    assert speaker_words(speaker) == "a note by the survey"


def with_values(*values: tuple[int, int | None, str, str, str | None], current: Current) -> str:
    """The report's one number point, with values (low, high, qualifier, claim, since), as printed."""
    point = made_point(
        "p", "updated", "people were killed", ("a2", "b2"), 2, 2, kind="number",
        values=tuple(PointValue(*value) for value in values), current=current,  # type: ignore[arg-type]
    )  # fmt: skip
    text = render(changed(made_report(), points=(point,)), 200, colour=False)
    return text[text.index("UPDATED ─") : text.index("POSITIONS ─")]


def test_the_current_value_is_held_by_those_who_say_no_less() -> None:
    text = with_values(
        (19, 19, "exact", "b2", "2031-05-02"), (12, None, "at_least", "a2", "2031-05-03"),
        current=Current(19, 19, ("a2", "b2")),
    )  # fmt: skip
    assert "now: 19  [B 34–96]\n" in text


def test_an_open_current_value_keeps_its_words() -> None:
    text = with_values((12, None, "at_least", "a2", "2031-05-03"), current=Current(12, None, ("a2",)))
    assert "now: at least 12  [A 37–95]\n" in text


def test_dated_and_undated_pages_have_lines_of_their_own() -> None:
    report = made_report()
    claims = tuple(
        msgspec.structs.replace(claim, speaker=Speaker("", None, None, None, None, "source"))
        if claim.id in ("a2", "b2")
        else claim
        for claim in report.claims
    )
    values = (PointValue(12, 12, "exact", "a2", "2031-05-02"), PointValue(12, 12, "exact", "b2", None))
    point = made_point("p", "agreed", "people", ("a2", "b2"), 2, 2, kind="number", values=values)
    text = render(changed(report, claims=claims, points=(point,)), 200, colour=False)
    assert re.search(r"2031-05-02  12 .*\[A 37–95\]\n    undated     12 .*\[B 34–96\]\n", text)


def test_what_one_origin_alone_has_stands_after_what_several_agree_on() -> None:
    points = (
        made_point("p1", "agreed", "gave way", ("a1", "b1"), 2, 1),
        made_point("p2", "agreed", "were killed", ("a2", "b2"), 2, 2),
    )
    lines = render(changed(made_report(), points=points), 120, colour=False).splitlines()
    places = [
        next(number for number, line in enumerate(lines) if line.startswith(start))
        for start in ("  several origins", "  = were killed", "  several pages, but all of one origin", "  = gave way")
    ]
    assert places == sorted(places)


def test_denials_that_nobody_answers_are_few_and_the_rest_counted() -> None:
    points = tuple(made_point(f"d{n}", "denied", "it had ignored warnings", ("a4",), 1, 1) for n in range(200))
    text = render(changed(made_report(), points=points), 120, colour=False)
    assert text.count("✗ it had ignored warnings") < 10
    assert re.search(r"… and 19\d more", text)


def test_a_title_that_was_cut_ends_in_dots() -> None:
    words = "The dam at Orvik " + "gave way and " * 12 + "gave in."
    span = Span(0, len(words), words)
    claim = msgspec.structs.replace(made_report().claims[0], span=span, content=(span,))
    point = made_point("p", "agreed", words[:150], ("a1",), 2, 2)
    report = changed(made_report(), claims=(claim,), points=(point,))
    assert f"= {words[:150].rstrip()}…  event" in render(report, 400, colour=False)
    whole = made_point("p", "agreed", words.rstrip("."), ("a1",), 2, 2)
    assert f"= {words.rstrip('.')}  event" in render(changed(report, points=(whole,)), 400, colour=False)


def test_points_are_tallied_under_the_title() -> None:
    assert "= 1 agreed   ≠ 1 disputed   ✗ 1 denied   → 1 updated   · 9 on one page only" in render(
        made_report(), 100, colour=False
    )


def test_expectations_in_the_same_words_share_a_line() -> None:
    report = made_report()
    again = msgspec.structs.replace(report.claims[-1], id="c2", page="b")
    points = (
        made_point("e1", "agreed", "second wave", ("c1",), 1, 1, kind="expectation"),
        made_point("e2", "agreed", "second wave", ("c2",), 1, 1, kind="expectation"),
    )
    text = render(changed(report, claims=(*report.claims, again), points=points), 200, colour=False)
    assert text[text.index("EXPECTED ─") : text.index("TIMELINE ─")].count("  ? ") == 1


def test_of_a_long_timeline_the_latest_and_what_most_pages_have_are_shown() -> None:
    report = made_report()
    lines = [Line(Moment(f"{year}", "stated"), f"In {year}", ("a1",)) for year in range(1900, 2000)]
    lines[3] = Line(Moment("1903", "stated"), "In 1903", ("a1", "b1"))
    text = render(changed(report, timeline=tuple(lines)), 200, colour=False)
    years = re.findall(r"^  (\d{4})  In", text, re.M)
    assert years[0] == "1903"
    assert years[1:] == [str(year) for year in range(1961, 2000)]
    assert "… and 60 more" in text


def test_a_story_of_one_page_says_what_the_page_has() -> None:
    report = made_report()
    text = render(changed(report, pages=report.pages[2:], stories=(), points=()), 100, colour=False)
    assert "HOW THE PAGE TELLS IT ─" in text


def test_of_what_one_page_has_the_outermost_places_are_shown_and_the_rest_counted() -> None:
    report = made_report()
    spans = [Span(start, start + 6, TEXTS["c"][start : start + 6]) for start in range(0, 60, 6)]
    spans.append(Span(1, 4, TEXTS["c"][1:4]))
    claims = tuple(
        msgspec.structs.replace(report.claims[-1], id=f"x{n}", span=span, content=(span,))
        for n, span in enumerate(spans)
    )
    points = tuple(made_point(claim.id, "single", claim.span.exact, (claim.id,), 1, 1) for claim in claims)
    text = render(changed(report, claims=claims, points=points), 120, colour=False)
    told = text[text.index("ONLY ONE PAGE HAS ─") :]
    assert " [C] 11 points in 10 places\n" in told
    assert re.findall(r"\[C (\d+)–", told) == ["0", "6", "12", "18"]
    assert "… and 6 more" in told


def test_of_two_demands_one_around_the_other_the_tighter_stands() -> None:
    report = made_report()
    inner = report.claims[6]
    wide = msgspec.structs.replace(inner, id="wide", span=Span(90, 180, TEXTS["b"][90:180]), content=(inner.span,))
    twin = msgspec.structs.replace(inner, id="twin", content=(found("b", "the operator’s board"),))
    text = render(changed(report, claims=(*report.claims, wide, twin)), 200, colour=False)
    mine = text[text.index("POSITIONS ─") : text.index("EXPECTED ─")]
    assert re.findall(r"demand → .*\[B (\d+–\d+)\]", mine) == ["98–151", "98–151"]


def test_a_position_is_titled_with_its_verb_and_a_clause_without() -> None:
    points = (
        made_point("p1", "disputed", "the resignation of the operator’s board", ("b3", "a3"), 2, 2, kind="position"),
        made_point("p2", "denied", "it had ignored warnings", ("a4",), 1, 1, kind="position"),
    )
    claim = msgspec.structs.replace(made_report().claims[3], content=(found("a", "it had ignored warnings"),))
    claims = tuple(claim if each.id == "a4" else each for each in made_report().claims)
    text = render(changed(made_report(), claims=claims, points=points), 200, colour=False)
    assert "≠ demanded the resignation of the operator’s board  position" in text
    assert "Ana Lund (“Lund”) (demanded): in these words  [B 98–151]" in text
    assert "✗ it had ignored warnings  position" in text


def test_one_who_is_written_in_two_ways_is_one_actor_and_no_pronoun() -> None:
    report = made_report()
    denial = report.claims[3]
    claims = (
        denial,
        msgspec.structs.replace(
            denial, id="x1", speaker=Speaker("the operator", 0, 3, "the operator", None, "unnamed")
        ),
        msgspec.structs.replace(denial, id="x2", speaker=Speaker("it", 0, 2, "The operator", None, "unnamed")),
    )
    text = render(changed(report, claims=claims, points=()), 120, colour=False)
    assert re.findall(r"^  (\w.*)", text[text.index("POSITIONS ─") : text.index("HOW EACH")], re.M) == ["The operator"]
