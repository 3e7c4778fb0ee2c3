"""What a report is put together of: its date, copies, joined names, the timeline, gaps; all pages are made up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
import pytest

from rashomon.model import Claim, Dated, Entity, Event, Gap, Line, Page, PageGap, Place, Point, Span, Speaker, When
from rashomon.reports.compose import compose, timeline

TOLD = (
    "The ferry Halcyon ran aground off Tarn Point on Monday with sixty people aboard. Coastguards brought every "
    "passenger ashore before dawn, and the harbour master closed the channel to all other traffic. Divers are to look "
    "at the hull when the wind drops. The owner said that the captain had twenty years of service on the route."
)
OTHER = (
    "Bakers in the upper town raised the price of bread for the third time since spring. The guild blamed a poor "
    "harvest in the plains and the cost of fuel for its ovens, and asked the council to waive the levy on flour."
)


def made_page(key: str, text: str = TOLD, published: str | None = "2031-05-02", **known: Any) -> Page:
    dated = Dated(published, "stated" if published else "unknown", "Read from the page’s own date.")
    fields: dict[str, Any] = {"id": key, "address": f"{key}.html", "published": dated, "text": text} | known
    return Page(**fields)


def made_claim(key: str, page: str, words: str, value: str | None = "2031-04-28", **known: Any) -> Claim:
    """A claim in the page's own voice; `words` stand at `at` in the page's text, 0 where it isn't given."""
    start = known.pop("at", 0)
    span = Span(start, start + len(words), words)
    fields: dict[str, Any] = {
        "id": key,
        "page": page,
        "saying": key,
        "span": span,
        "speaker": Speaker("", None, None, None, None, "source"),
        "cue": None,
        "content": (span,),
        "event": Event("RETREAT", None, None),
        "when": When(value, "resolved", "on the day") if value else None,
    }
    return Claim(**(fields | known))


def made_point(key: str, claims: tuple[str, ...]) -> Point:
    return Point(
        id=key, story=None, title="", kind="event", verdict="agreed", claims=claims, pages=1, independent=1, why=""
    )


@pytest.mark.parametrize(
    ("dates", "as_of"),
    [
        ([("2031-05-02", None), ("2031-05-01", None)], "2031-05-02"),
        ([("2031-05-02", "2031-05-03T08:00"), ("2031-05-02T20:00", None)], "2031-05-03T08:00"),
        ([("2031-05-01/2031-05-06", None), ("2031-05-02", None)], "2031-05-06"),
        ([(None, None), ("2031-05-02", None)], "2031-05-02"),
        ([(None, None)], None),
    ],
)
def test_the_report_stands_as_of_its_latest_page(dates: list[tuple[str | None, str | None]], as_of: str | None) -> None:
    pages = [
        made_page(
            f"p{n}",
            TOLD if n else OTHER,
            published,
            modified=Dated(modified, "stated", "Read from the page’s own date.") if modified else None,
        )
        for n, (published, modified) in enumerate(dates)
    ]
    assert compose(pages, []).as_of == as_of


def test_a_report_stands_as_of_its_latest_capture() -> None:
    pages = [made_page("a", TOLD, "2031-05-02"), made_page("b", OTHER, captured="2031-05-04T10:00:00+00:00")]
    assert compose(pages, []).as_of == "2031-05-04T10:00:00+00:00"


def test_a_copy_names_the_page_that_it_repeats() -> None:
    pages = [made_page("wire", published="2031-05-01"), made_page("reprint"), made_page("bread", OTHER)]
    assert {page.id: page.copy_of for page in compose(pages, []).pages} == {
        "wire": None,
        "reprint": "wire",
        "bread": None,
    }


def test_one_capture_stands_once_with_its_claims() -> None:
    page, claim = made_page("a"), made_claim("c", "a", "The ferry Halcyon ran aground")
    report = compose([page, page], [claim, claim])
    assert [each.id for each in report.pages] == ["a"]
    assert [each.id for each in report.claims] == ["c"]


def test_who_is_one_on_two_pages_has_one_id_in_every_claim() -> None:
    full = Entity("full", "Mirela Dostal", ("Mirela Dostal",), "PERSON", None)
    short = Entity("short", "Dostal", ("Dostal",), "PERSON", None)
    place = Entity("tarn", "Tarn Point", ("Tarn Point",), "LOC", None)
    pages = [
        made_page("a", "Harbour master Mirela Dostal closed the channel. " + TOLD, entities=(full, place)),
        made_page("b", "Mirela Dostal, the harbour master, closed it. " + TOLD, entities=(full, short, place)),
    ]
    claims = [
        made_claim(
            f"c{n}",
            page,
            "closed",
            speaker=Speaker("Dostal", None, None, "Mirela Dostal", entity, "named"),
            event=Event("COERCE", entity, None),
            places=(Place("Tarn Point", "tarn"),),
        )
        for n, (page, entity) in enumerate([("a", "full"), ("b", "short"), ("b", "full")])
    ]
    report = compose(pages, claims)
    known = {entity.id for entity in report.entities}
    named = [
        [claim.speaker.entity, claim.event and claim.event.actor, claim.places[0].entity] for claim in report.claims
    ]
    assert all(each in known for ids in named for each in ids)
    assert len({tuple(ids) for ids in named}) == 1


def test_every_gap_is_in_the_report_those_without_a_page_first() -> None:
    page = made_page("a", gaps=(Gap("publication date", "The page names none."),))
    report = compose([page], [], [PageGap("x.png", "page", "This is a picture.")])
    assert [(gap.page, gap.what) for gap in report.gaps] == [("x.png", "page"), ("a", "publication date")]


def test_points_are_of_a_story_and_listed_by_it() -> None:
    words = "The ferry Halcyon ran aground off Tarn Point on Monday with sixty people aboard."
    pages = [made_page("a"), made_page("b", TOLD + " " + OTHER)]
    report = compose(pages, [made_claim("c1", "a", words), made_claim("c2", "b", words)])
    listed = {point: story.id for story in report.stories for point in story.points}
    assert listed == {point.id: point.story for point in report.points}
    assert {claim for point in report.points for claim in point.claims} == {"c1", "c2"}


def lines(claims: Sequence[Claim], points: Sequence[Point] = (), pages: str = "ab") -> list[Line]:
    return timeline([made_page(key) for key in pages], claims, points)


def test_times_stand_in_order_and_parts_of_a_day_among_its_clocks() -> None:
    values = [
        "XXXX-WXX-5", "2031-04-28TNI", "2031-04-28T14:30", "2031-04-28", "2031-04-28TMO", "2031-04-28TAF", "2030",
        "2031-04", "2031-04-28TEV", "XXXX-01-06", "2030-SU",
    ]  # fmt: skip
    found = lines([made_claim(f"c{n}", "a", f"The ferry left, {n}", value) for n, value in enumerate(values)])
    assert [line.when.value for line in found] == [
        "2030", "2030-SU", "2031-04", "2031-04-28", "2031-04-28TMO", "2031-04-28TAF", "2031-04-28T14:30",
        "2031-04-28TEV", "2031-04-28TNI", "XXXX-WXX-5", "XXXX-01-06",
    ]  # fmt: skip


@pytest.mark.parametrize("value", ["PRESENT_REF", "P3D", None, "FUTURE_REF"])
def test_what_no_calendar_holds_is_not_in_it(value: str | None) -> None:
    assert lines([made_claim("c", "a", "The ferry left", value)]) == []


def test_only_events_numbers_and_expectations_are_in_it() -> None:
    idle = made_claim("c1", "a", "The owner spoke", event=None)
    hoped = made_claim("c2", "a", "The ferry is due back", event=None, status="expected")
    assert [line.claims for line in lines([idle, hoped])] == [("c2",)]


def test_copies_share_a_line() -> None:
    found = lines([made_claim("c1", "a", "The ferry ran aground"), made_claim("c2", "b", "The ferry  ran\naground")])
    assert [(line.text, line.claims) for line in found] == [("The ferry ran aground", ("c1", "c2"))]


def test_the_same_words_on_another_day_have_their_own_line() -> None:
    found = lines([made_claim("c1", "a", "The ferry left"), made_claim("c2", "b", "The ferry left", "2031-04-29")])
    assert [line.claims for line in found] == [("c1",), ("c2",)]


def test_claims_of_a_point_share_a_line_in_the_words_of_the_first_page() -> None:
    claims = [made_claim("c1", "b", "The ship was stranded"), made_claim("c2", "a", "The ferry ran aground")]
    found = lines(claims, [made_point("p", ("c1", "c2"))])
    assert [(line.text, line.claims) for line in found] == [("The ferry ran aground", ("c2", "c1"))]


def test_of_several_points_any_that_is_shared_joins_a_line() -> None:
    claims = [made_claim("c1", "a", "Sixty were to vote"), made_claim("c2", "b", "The chamber is to vote")]
    found = lines(claims, [made_point("p", ("c1", "c2")), made_point("q", ("c1",)), made_point("r", ("c2",))])
    assert [line.claims for line in found] == [("c1", "c2")]


def test_what_stands_inside_another_claim_shares_its_line() -> None:
    claims = [
        made_claim("c1", "a", "the ferry ran aground", at=12),
        made_claim("c2", "a", "Divers said the ferry ran aground", at=0),
        made_claim("c3", "a", "the channel is closed", at=40),
    ]
    found = lines(claims)
    assert [(line.text, line.claims) for line in found] == [
        ("Divers said the ferry ran aground", ("c2", "c1")),
        ("the channel is closed", ("c3",)),
    ]


def test_the_same_pages_make_the_same_report() -> None:
    pages = [made_page("a"), made_page("b", OTHER)]
    claims = [made_claim("c1", "a", "The ferry left"), made_claim("c2", "b", "Bread rose")]
    assert msgspec.json.encode(compose(pages, claims)) == msgspec.json.encode(compose(pages, claims))
