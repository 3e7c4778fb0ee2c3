"""Points and verdicts, from claims built by hand: every sentence here is made up."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from rashomon.model import Claim, Dated, Entity, Event, Number, Page, Point, Speaker, When
from rashomon.spans import digest, span
from rashomon.stories import align

SOURCE = "the page itself"


def entity(name: str, kind: str = "ORG", code: str | None = None) -> Entity:
    return Entity(digest("entity", name.casefold()), name, (name,), kind, code)


NORLAND = entity("Norland", "GPE", "NOR")
HARBOUR = entity("Harbour Union")
BRANDT = entity("Ada Brandt", "PERSON")


def page(name: str, date: str | None = None, text: str = "", copy_of: str | None = None, **more: Any) -> Page:
    dated = Dated(date, "stated" if date else "unknown", "made up")
    return Page(id=name, address=f"{name}.html", source=more.pop("source", f"The {name}"), published=dated,
                text=text, copy_of=copy_of, entities=(NORLAND, HARBOUR, BRANDT), **more)  # fmt: skip


class Desk:
    """Pages that grow a paragraph with every claim made on them."""

    def __init__(self) -> None:
        self.pages: dict[str, Page] = {}
        self.claims: list[Claim] = []

    def open(self, name: str, date: str | None = None, copy_of: str | None = None) -> None:
        self.pages[name] = page(name, date, copy_of=copy_of)

    def claim(self, name: str, text: str, *numbers: tuple[Any, ...], by: str | Entity = SOURCE, status: str = "asserted",  # noqa: E501
              cue: str | None = None, code: str | None = None, when: str | None = None) -> Claim:  # fmt: skip
        """A claim whose content is `text`; numbers as (exact, low, high, qualifier, of, state)."""
        old = self.pages[name]
        start = len(old.text) + (2 if old.text else 0)
        said = by.name if isinstance(by, Entity) else by
        whole = text if by == SOURCE else f"{said} {cue or 'said'} {text}"
        new = old.text + ("\n\n" if old.text else "") + whole
        self.pages[name] = page(name, old.published.value, new, old.copy_of)
        at = start + whole.index(text) if by == SOURCE else start + len(said) + len(cue or "said") + 2
        found = []
        for exact, low, high, qualifier, of, state in numbers:
            first = at + text.index(exact)
            found.append(Number(low, high, qualifier, of, state, first, first + len(exact), exact))
        speaker = (
            Speaker(f"The {name}", None, None, f"The {name}", None, "source")
            if by == SOURCE
            else Speaker(said, start, start + len(said), said, by.id if isinstance(by, Entity) else None,
                         "named" if isinstance(by, Entity) else "unnamed")
        )  # fmt: skip
        claim = Claim(
            id=digest("claim", name, str(start)), page=name, saying=digest(name, str(start)),
            span=span(new, start, start + len(whole)), speaker=speaker,
            cue=None if by == SOURCE else span(new, start + len(said) + 1, start + len(said) + 1 + len(cue or "said")),
            content=(span(new, at, at + len(text)),), status=status, numbers=tuple(found),  # type: ignore[arg-type]
            event=Event(code, None, None) if code else None,  # type: ignore[arg-type]
            when=When(when, "stated", when) if when else None,
        )  # fmt: skip
        self.claims.append(claim)
        return claim

    def align(self) -> list[Point]:
        return align(list(self.pages.values()), self.claims)

    def holding(self, *claims: Claim, kind: str | None = None) -> list[Point]:
        return [p for p in self.align() if {c.id for c in claims} <= set(p.claims) and kind in (None, p.kind)]


def about(exact: str, value: int, of: str, state: str | None = None) -> tuple[Any, ...]:
    return exact, value, value, "about", of, state


def exactly(exact: str, value: int, of: str, state: str | None = None) -> tuple[Any, ...]:
    return exact, value, value, "exact", of, state


def at_least(exact: str, value: int, of: str, state: str | None = None) -> tuple[Any, ...]:
    return exact, value, None, "at_least", of, state


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_numbers_that_differ_without_an_order_are_disputed(desk: Desk) -> None:
    desk.open("a")
    desk.open("b", "2031-05-02")
    one = desk.claim("a", "about 4,000 Norwegian soldiers are stationed on the island",
                     about("about 4,000", 4000, "Norwegian soldiers", "station"), by="Two officials")  # fmt: skip
    two = desk.claim("b", "The presence of some 2,500 Norwegian marines has alarmed the islanders",
                     about("some 2,500", 2500, "Norwegian marines"))  # fmt: skip
    (point,) = desk.holding(one, two)
    assert (point.kind, point.verdict, point.pages, point.independent) == ("number", "disputed", 2, 2)
    assert point.current is None
    assert "date" in point.why
    assert [value.low for value in point.values] == [2500, 4000]


def test_a_later_page_updates(desk: Desk) -> None:
    desk.open("a", "2031-05-02")
    desk.open("b", "2031-05-03")
    one = desk.claim("a", "The flood killed 40 people in the valley",
                     exactly("40", 40, "people", "kill"))  # fmt: skip
    two = desk.claim("b", "52 people were killed by the flood in the valley",
                     exactly("52", 52, "people", "kill"))  # fmt: skip
    (point,) = desk.holding(one, two)
    assert point.verdict == "updated"
    assert point.current is not None
    assert (point.current.low, point.current.claims) == (52, (two.id,))


def test_an_earlier_value_held_again_is_disputed(desk: Desk) -> None:
    for name, day, value in (("a", 2, 40), ("b", 3, 52), ("c", 4, 40)):
        desk.open(name, f"2031-05-0{day}")
        desk.claim(name, f"The flood killed {value} people in the valley",
                   exactly(str(value), value, "people", "kill"))  # fmt: skip
    (point,) = desk.holding(*desk.claims)
    assert (point.verdict, point.current) == ("disputed", None)


def test_at_least_does_not_conflict_with_more(desk: Desk) -> None:
    desk.open("a", "2031-05-02")
    desk.open("b", "2031-05-02")
    one = desk.claim("a", "At least 40 people died in the flood", at_least("At least 40", 40, "people", "die"))
    two = desk.claim("b", "The flood left 52 people dead", exactly("52", 52, "people", "dead"))
    (point,) = desk.holding(one, two)
    assert point.verdict == "agreed"
    assert point.current is not None
    assert point.current.low == 52


def test_a_copy_holds_nothing_on_its_own(desk: Desk) -> None:
    desk.open("a", "2031-05-02")
    desk.open("b", "2031-05-03")
    desk.open("c", "2031-05-04", copy_of="a")
    for name, value in (("a", 40), ("b", 52), ("c", 40)):
        desk.claim(name, f"The flood killed {value} people in the valley",
                   exactly(str(value), value, "people", "kill"))  # fmt: skip
    (point,) = desk.holding(*desk.claims)
    assert (point.verdict, point.pages, point.independent) == ("updated", 3, 2)


NOT_COMPARABLE = [
    ("men and women", "The blast killed 12 men", ("12", "men", "kill"),
     "The blast killed 4 women", ("4", "women", "kill")),
    ("managers held and managers heard", "Police arrested 2 managers of the mill", ("2", "managers", "arrest"),
     "Police heard 3 managers of the quarry", ("3", "managers", "hear")),
    ("killed and injured", "The blast killed 12 people", ("12", "people", "kill"),
     "The blast wounded 30 people", ("30", "people", "wound")),
    ("another country's soldiers", "9,000 Norwegian soldiers crossed it", ("9,000", "Norwegian soldiers", "cross"),
     "3,000 Danish soldiers crossed the river", ("3,000", "Danish soldiers", "cross")),
    ("unrelated twos", "Two people run the bakery next door", ("Two", "people", "run"),
     "Five people sang at the opening of the bridge", ("Five", "people", "sing")),
    ("a part", "The blast killed 12 people", ("12", "people", "kill"),
     "The blast killed many, including 4 people from the mill", ("4", "people", "kill")),
    ("other people more", "The blast killed 12 people", ("12", "people", "kill"),
     "The blast killed another 4 people", ("4", "people", "kill")),
    ("percent of something else", "Turnout reached 61 percent", ("61", "percent", "reach"),
     "Inflation rose by 4 percent", ("4", "percent", "rise")),
]  # fmt: skip


@pytest.mark.parametrize("row", NOT_COMPARABLE, ids=[row[0] for row in NOT_COMPARABLE])
def test_numbers_of_other_things_stay_apart(desk: Desk, row: tuple[Any, ...]) -> None:
    _, text, (exact, of, state), other, (second, of_other, state_other) = row
    desk.open("a")
    desk.open("b")
    values = {"Two": 2, "Five": 5}
    one = desk.claim("a", text, exactly(exact, values.get(exact) or int(exact.replace(",", "")), of, state))
    two = desk.claim(
        "b", other, exactly(second, values.get(second) or int(second.replace(",", "")), of_other, state_other)
    )
    assert not desk.holding(one, two, kind="number")


NUMBERS = [
    json.loads(line)
    for line in (Path(__file__).parent.parent / "cases" / "stories" / "numbers.jsonl").read_text("utf-8").splitlines()
]


def value(exact: str, of: str, state: str | None) -> tuple[Any, ...]:
    figure = float("".join(char for char in exact if char.isdigit() or char == "."))
    return exactly(exact, int(figure * (1_000_000 if "million" in exact else 1)), of, state)


@pytest.mark.parametrize("row", NUMBERS, ids=[row["why"] for row in NUMBERS])
def test_two_numbers(desk: Desk, row: dict[str, Any]) -> None:
    desk.open("a", "2031-05-02")
    desk.open("b", "2031-05-03")
    one = desk.claim("a", row["a"], value(*row["n"]), when=row.get("when"))
    two = desk.claim("b", row["b"], value(*row["m"]), when=row.get("then"))
    verdicts = [point.verdict for point in desk.holding(one, two, kind="number")]
    assert verdicts == ([row["verdict"]] if row["verdict"] else [])


EVENTS = [
    json.loads(line)
    for line in (Path(__file__).parent.parent / "cases" / "stories" / "events.jsonl").read_text("utf-8").splitlines()
]


@pytest.mark.parametrize("row", EVENTS, ids=[row["why"] for row in EVENTS])
def test_two_events(desk: Desk, row: dict[str, Any]) -> None:
    desk.open("a", "2031-05-02")
    desk.open("b", "2031-05-09")
    one = desk.claim("a", row["a"], *([value(*row["n"])] if "n" in row else []), when=row.get("when"))
    two = desk.claim("b", row["b"], *([value(*row["m"])] if "m" in row else []), when=row.get("then"))
    desk.claim("b", "Nobody else was seen near the quarry")
    assert bool(desk.holding(one, two)) is row["one"]


def test_two_figures_on_one_page_are_rivals_only_where_two_speakers_hold_them(desk: Desk) -> None:
    desk.open("a")
    one = desk.claim(
        "a", "23 people are missing in the flooded valley", exactly("23", 23, "people", "missing"), by=HARBOUR
    )
    two = desk.claim(
        "a", "40 people are missing in the flooded valley", exactly("40", 40, "people", "missing"), by=BRANDT
    )
    (point,) = desk.holding(one, two)
    assert (point.verdict, point.independent) == ("disputed", 2)


def test_a_page_that_gives_the_same_value_gives_its_other_value_for_something_else(desk: Desk) -> None:
    desk.open("a")
    desk.open("b")
    one = desk.claim("a", "4 people were shot on Harbour Road", exactly("4", 4, "people", "shot"))
    two = desk.claim("b", "4 people were shot on Harbour Road", exactly("4", 4, "people", "shot"))
    other = desk.claim("b", "2 people were shot in a robbery", exactly("2", 2, "people", "shot"))
    assert [point.verdict for point in desk.holding(one, two, kind="number")] == ["agreed"]
    assert not desk.holding(one, other)


def test_the_parts_of_a_sum_are_not_the_sum(desk: Desk) -> None:
    desk.open("a", "2031-05-02")
    desk.open("b", "2031-05-03")
    one = desk.claim("a", "3 people were killed at the mill on Friday", exactly("3", 3, "people", "kill"))
    two = desk.claim("b", "2 civilians and 1 officer were killed at the mill on Friday",
                     exactly("2", 2, "civilians", "kill"), exactly("1", 1, "officer", "kill"))  # fmt: skip
    assert not desk.holding(one, two, kind="number")


def test_a_sentence_around_a_denial_is_not_what_it_denies(desk: Desk) -> None:
    desk.open("a")
    denial = desk.claim("a", "any role in the fire at the mill", by=NORLAND, status="denied", cue="denies")
    span_ = denial.span
    own = Claim(id="own", page="a", saying="own", span=span_, speaker=Speaker("", None, None, None, None, "source"),
                cue=None, content=(span_,))  # fmt: skip
    desk.claims.append(own)
    assert not desk.holding(denial, own)


def test_one_demand_in_two_pages_is_agreed(desk: Desk) -> None:
    desk.open("a")
    desk.open("b", "2031-05-02")
    one = desk.claim("a", "the immediate return of the seized ferry from the northern port", by=HARBOUR,
                     status="demanded", cue="urged", code="REQUEST")  # fmt: skip
    two = desk.claim("b", "the immediate return of the ferry seized to press for lower tolls", by=HARBOUR,
                     status="demanded", cue="demanded", code="REQUEST")  # fmt: skip
    other = desk.claim("b", "a new harbour master", by=HARBOUR, status="demanded", cue="demanded")
    (point,) = desk.holding(one, two)
    assert (point.kind, point.verdict, point.pages, point.independent) == ("position", "agreed", 2, 1)
    assert not desk.holding(one, other)
    assert "one origin" in point.why


def test_a_denial_is_tied_to_what_it_denies(desk: Desk) -> None:
    desk.open("a")
    desk.open("b")
    one = desk.claim("a", "Norland shipped engines to the besieged port", code="AID")
    two = desk.claim("b", "the reports of engines shipped to the port as baseless", by=NORLAND, status="denied",
                     cue="dismissed")  # fmt: skip
    (point,) = desk.holding(one, two)
    assert point.verdict == "denied"
    assert point.title == one.content[0].exact


def test_a_denial_alone_is_denied(desk: Desk) -> None:
    desk.open("a")
    denial = desk.claim("a", "the rumors as groundless", by=NORLAND, status="denied", cue="dismissed")
    (point,) = desk.holding(denial)
    assert (point.verdict, point.pages) == ("denied", 1)


def test_opposite_outcomes_are_disputed(desk: Desk) -> None:
    desk.open("a", "2031-05-02")
    desk.open("b", "2031-05-02")
    one = desk.claim("a", "The upper chamber approved the fishing treaty on Thursday", code="AGREE")
    two = desk.claim("b", "The upper chamber rejected the fishing treaty on Thursday", code="REJECT")
    (point,) = desk.holding(one, two, kind="event")
    assert point.verdict == "disputed"
    assert "approved" in point.why


def test_what_one_page_has_is_single_and_unrelated_claims_stay_apart(desk: Desk) -> None:
    desk.open("a")
    desk.open("b")
    desk.claim("a", "The upper chamber is to vote on the treaty in June", status="expected")
    desk.claim("b", "Dockers marched through the old town at noon", code="PROTEST")
    desk.claim("b", "The sea was calm")
    assert sorted((p.kind, p.verdict) for p in desk.align()) == [("event", "single"), ("expectation", "single")]


def test_one_expectation_in_two_pages(desk: Desk) -> None:
    desk.open("a")
    desk.open("b")
    one = desk.claim("a", "The upper chamber is expected to ratify the fishing treaty", status="expected")
    two = desk.claim("b", "The fishing treaty could be ratified by the upper chamber soon", status="possible")
    (point,) = desk.holding(one, two)
    assert (point.kind, point.verdict) == ("expectation", "agreed")


def big(desk: Desk) -> None:
    """A story of some pages that overlap."""
    for index in range(6):
        name = f"p{index}"
        desk.open(name, f"2031-05-{index + 1:02}" if index % 3 else None)
        desk.claim(name, f"The flood killed {40 + index // 2} people in the valley",
                   exactly(str(40 + index // 2), 40 + index // 2, "people", "kill"))  # fmt: skip
        desk.claim(name, "Ada Brandt left the capital for talks about the dam", code="CONSULT")
        desk.claim(name, "the dam be emptied at once", by=HARBOUR, status="demanded", cue="demanded that")
        # Words of its own, so that the page is no copy of another.
        desk.claim(name, " ".join(f"Word{index}x{at}" for at in range(60)))


def test_the_order_of_the_claims_does_not_matter(desk: Desk) -> None:
    big(desk)
    pages: Sequence[Page] = list(desk.pages.values())
    before = {(p.kind, p.verdict, frozenset(p.claims)) for p in align(pages, desk.claims)}
    shuffled = list(desk.claims)
    random.Random(7).shuffle(shuffled)
    after = {(p.kind, p.verdict, frozenset(p.claims)) for p in align(list(reversed(pages)), shuffled)}
    assert before == after


def test_every_title_is_words_of_a_claim_and_no_claim_stands_twice_in_a_kind(desk: Desk) -> None:
    big(desk)
    texts = {page.id: page.text for page in desk.pages.values()}
    of = {claim.id: claim for claim in desk.claims}
    seen: set[tuple[str, str]] = set()
    points = desk.align()
    assert points
    for point in points:
        assert 0 < len(point.title) <= 160
        assert any(point.title in texts[of[claim].page] for claim in point.claims)
        assert point.why.endswith(".")
        for claim in point.claims:
            assert (point.kind, claim) not in seen
            seen.add((point.kind, claim))


def test_a_claim_with_two_figures_goes_where_its_page_has_no_other(desk: Desk) -> None:
    desk.open("a")
    desk.open("b")
    both = desk.claim("a", "Two dead, 7 hurt at the mill", exactly("Two", 2, "", "dead"), exactly("7", 7, "", "hurt"))
    dead = desk.claim("a", "Two people died at the mill", exactly("Two", 2, "people", "die"))
    other = desk.claim("b", "Two people died in the fire at the mill", exactly("Two", 2, "people", "die"))
    hurt = desk.claim("b", "7 people were injured at the mill", exactly("7", 7, "people", "injure"))
    assert [point.verdict for point in desk.holding(dead, other, kind="number")] == ["agreed"]
    assert [point.verdict for point in desk.holding(both, hurt, kind="number")] == ["agreed"]


def test_a_denial_is_tied_to_an_accusation(desk: Desk) -> None:
    desk.open("a")
    desk.open("b")
    one = desk.claim(
        "a", "Norland of ignoring warnings about cracks in the quay", by=HARBOUR, cue="accused", code="ACCUSE"
    )
    two = desk.claim("b", "it had ignored warnings about cracks", by=NORLAND, status="denied", cue="denied that")
    (point,) = desk.holding(one, two)
    assert (point.kind, point.verdict, point.independent) == ("position", "denied", 2)
    assert "denied by Norland" in point.why


def test_one_vote_is_one_event_by_its_figures(desk: Desk) -> None:
    desk.open("a")
    desk.open("b")
    one = desk.claim("a", "The assembly voted 61 to 38 to open a public inquiry into the fall of the quay",
                     exactly("61", 61, "voted", "for"), exactly("38", 38, "voted", "against"))  # fmt: skip
    two = desk.claim("b", "The assembly backed a public inquiry with 61 members in favour and 38 against",
                     exactly("61", 61, "members", None), exactly("38", 38, "", None))  # fmt: skip
    assert [point.verdict for point in desk.holding(one, two)] == ["agreed"]


def test_people_who_left_and_people_who_were_moved_are_one_count(desk: Desk) -> None:
    desk.open("a")
    desk.open("b")
    one = desk.claim(
        "a", "About 4,200 residents have left their homes", about("About 4,200", 4200, "residents", "leave")
    )
    two = desk.claim("b", "Some 4,200 residents were moved to schools", about("Some 4,200", 4200, "residents", "move"))
    assert [point.verdict for point in desk.holding(one, two, kind="number")] == ["agreed"]


def test_a_negation_of_something_else_makes_no_dispute(desk: Desk) -> None:
    desk.open("a", "2031-05-02")
    desk.open("b", "2031-05-02")
    one = desk.claim("a", "The ferry crew had broken arms and light burns on their hands")
    two = desk.claim("b", "The owner has not named the ferry crew, who had broken arms and light burns")
    assert [point.verdict for point in desk.holding(one, two)] == ["agreed"]
    desk.claims.remove(two)
    three = desk.claim("b", "The ferry crew did not have broken arms and light burns on their hands")
    assert [point.verdict for point in desk.holding(one, three)] == ["disputed"]


def test_who_does_not_know_whether_denies_nothing(desk: Desk) -> None:
    desk.open("a")
    one = desk.claim("a", "Three dockers opened the locked gate of the yard")
    two = desk.claim("a", "how many dockers opened the locked gate", by=HARBOUR, status="denied", cue="did not know")
    assert not desk.holding(one, two)


def test_what_is_said_inside_what_is_told_makes_one_point(desk: Desk) -> None:
    for name, by in (("a", HARBOUR), ("b", HARBOUR)):
        desk.open(name)
        inner = desk.claim(name, "the seized ferry leaked oil into the northern port", by=by)
        desk.claims.append(
            Claim(
                id=f"own {name}",
                page=name,
                saying=f"own {name}",
                span=inner.span,
                cue=None,
                content=(inner.span,),
                speaker=Speaker("", None, None, None, None, "source"),
            )
        )
    assert len([point for point in desk.align() if point.pages == 2]) == 1


def test_two_bodies_beside_each_other_are_held_against_each_other(desk: Desk) -> None:
    desk.open("a", "2031-05-02")
    one = desk.claim("a", "2,053 people were killed", exactly("2,053", 2053, "people", "kill"), by="The ministry")
    two = desk.claim("a", "the number of dead is 1,023", exactly("1,023", 1023, "dead", "killed"), by=HARBOUR)
    (point,) = desk.holding(one, two)
    assert (point.kind, point.verdict) == ("number", "disputed")


def test_one_speaker_with_two_figures_does_not_dispute_himself(desk: Desk) -> None:
    desk.open("a", "2031-05-02")
    one = desk.claim("a", "2,053 people were killed", exactly("2,053", 2053, "people", "kill"), by=HARBOUR)
    two = desk.claim("a", "1,023 people died here", exactly("1,023", 1023, "people", "die"), by=HARBOUR)
    assert desk.holding(one, two) == []


def test_a_bound_that_was_far_outgrown_is_updated(desk: Desk) -> None:
    desk.open("a", "2031-05-02")
    desk.open("b", "2031-05-06")
    one = desk.claim("a", "The flood killed at least 120 people in the valley",
                     at_least("at least 120", 120, "people", "kill"))  # fmt: skip
    two = desk.claim("b", "2,000 people were killed by the flood in the valley",
                     exactly("2,000", 2000, "people", "kill"))  # fmt: skip
    (point,) = desk.holding(one, two)
    assert point.verdict == "updated"
    assert point.current is not None
    assert (point.current.low, point.current.claims) == (2000, (two.id,))


def test_a_bound_that_a_later_value_just_passes_agrees(desk: Desk) -> None:
    desk.open("a", "2031-05-02")
    desk.open("b", "2031-05-03")
    one = desk.claim("a", "The flood killed at least 40 people in the valley",
                     at_least("at least 40", 40, "people", "kill"))  # fmt: skip
    two = desk.claim("b", "52 people were killed by the flood in the valley",
                     exactly("52", 52, "people", "kill"))  # fmt: skip
    (point,) = desk.holding(one, two)
    assert point.verdict == "agreed"


def test_a_larger_force_and_a_smaller_one_are_compared(desk: Desk) -> None:
    for name in ("a", "b"):
        desk.open(name, "2031-05-02")
    one = desk.claim("a", "Norway sent about 3,000 Norwegian troops to the border river",
                     about("about 3,000", 3000, "Norwegian troops", "send"))  # fmt: skip
    two = desk.claim("b", "Norway sent 1,500 Norwegian special forces to the border river",
                     exactly("1,500", 1500, "Norwegian special forces", "send"))  # fmt: skip
    assert [point.verdict for point in desk.holding(one, two, kind="number")] == ["disputed"]


def test_at_least_forty_and_fifty_two_agree(desk: Desk) -> None:
    for name in ("a", "b"):
        desk.open(name, "2031-05-02")
    one = desk.claim(
        "a", "The quake killed at least 40 people in Orsa", ("40", 40, None, "at_least", "people", "killed")
    )
    two = desk.claim("b", "The quake killed 52 people in Orsa", exactly("52", 52, "people", "killed"))
    assert [point.verdict for point in desk.holding(one, two, kind="number")] == ["agreed"]


def shooting(desk: Desk, dead: bool) -> tuple[Claim, Claim]:
    """One page with two killed and three injured, another with five shot, whose dead it may count."""
    for name in ("a", "b"):
        desk.open(name, "2031-05-02")
    desk.claim("a", "Two people were killed at the fair", exactly("Two", 2, "people", "killed"))
    one = desk.claim("a", "Three people were injured at the fair", exactly("Three", 3, "people", "injured"))
    two = desk.claim("b", "Five people were shot at the fair", exactly("Five", 5, "people", "shot"))
    if dead:
        desk.claim("b", "Two of them died at the fair", exactly("Two", 2, "", "killed"))
    return one, two


@pytest.mark.parametrize("dead", [False, True])
def test_two_killed_and_three_injured_are_five_shot(desk: Desk, dead: bool) -> None:
    [point] = desk.holding(*shooting(desk, dead), kind="number")
    assert point.verdict == "agreed"
    assert "of “Five” shot, 2 killed leave “Three” injured" in point.why
    assert "“Five” on 1 page, “Three” on 1 page" in point.why


def test_all_the_dead_of_those_shot_are_the_dead(desk: Desk) -> None:
    shooting(desk, dead=True)
    killed = [point for point in desk.align() if "how many people were killed" in point.why]
    assert [(point.verdict, point.pages) for point in killed] == [("agreed", 2)]


def test_others_beside_the_dead_are_all_the_hurt(desk: Desk) -> None:
    for name in ("a", "b"):
        desk.open(name, "2031-05-02")
    desk.claim("a", "Five people were killed at the fair", exactly("Five", 5, "people", "killed"))
    text = "Five people were killed and six others were injured at the fair"
    one = desk.claim("a", text, exactly("six", 6, "others", "injured"))
    two = desk.claim("b", "Eight people were injured at the fair", exactly("Eight", 8, "people", "injured"))
    assert [point.verdict for point in desk.holding(one, two, kind="number")] == ["disputed"]


def test_two_bodies_values_of_what_is_over_stay_rivals(desk: Desk) -> None:
    desk.open("a", "2031-05-02")
    desk.open("b", "2031-05-04")
    one = desk.claim("a", "The sunken ferry of Velmor carried 40 lorries", exactly("40", 40, "lorries", "carry"))
    two = desk.claim("b", "The sunken ferry of Velmor carried 70 lorries", exactly("70", 70, "lorries", "carry"))
    (point,) = desk.holding(one, two)
    assert point.verdict == "disputed"


def test_a_blaze_and_a_fire_are_one_event(desk: Desk) -> None:
    desk.open("a", "2031-05-02")
    desk.open("b", "2031-05-02")
    one = desk.claim("a", "Flames destroyed the observatory of Velmor")
    two = desk.claim("b", "The blaze razed the observatory of Velmor")
    (point,) = desk.holding(one, two, kind="event")
    assert point.verdict == "agreed"


def test_what_a_later_page_says_is_so_no_more_is_updated(desk: Desk) -> None:
    desk.open("a", "2031-05-02")
    desk.open("b", "2031-05-05")
    one = desk.claim("a", "The harbour tunnel of Velmor is closed")
    two = desk.claim("b", "The harbour tunnel of Velmor has reopened")
    (point,) = desk.holding(one, two, kind="event")
    assert point.verdict == "updated"


def test_what_another_page_tells_of_a_further_thing_is_no_part_of_the_first(desk: Desk) -> None:
    desk.open("a", "2031-05-02")
    desk.open("b", "2031-05-09")
    one = desk.claim("a", "The bakers of Velmor marched to the ministry against the bread law")
    two = desk.claim("b", "Another march of the bakers of Velmor against the bread law ended at the ministry")
    assert not desk.holding(one, two, kind="event")


def test_a_telling_word_that_one_negates_brings_two_together(desk: Desk) -> None:
    desk.open("a", "2031-05-02")
    desk.open("b", "2031-05-03")
    one = desk.claim("a", "The Velmor brewer poured cyanide into the barrels of his rival")
    two = desk.claim("b", "No cyanide was found in the barrels")
    (point,) = desk.holding(one, two, kind="event")
    assert point.verdict == "disputed"


def test_the_negated_opposite_is_no_clash(desk: Desk) -> None:
    desk.open("a", "2031-05-02")
    desk.open("b", "2031-05-02")
    one = desk.claim("a", "The jury acquitted the Velmor brewer of poisoning his rival")
    two = desk.claim("b", "The Velmor brewer is not guilty of poisoning his rival, the jury found")
    (point,) = desk.holding(one, two, kind="event")
    assert point.verdict == "agreed"


def test_the_only_figures_of_two_claims_are_rivals_whatever_they_count(desk: Desk) -> None:
    desk.open("a", "2031-05-02")
    desk.open("b", "2031-05-02")
    one = desk.claim("a", "32 rebels fell at the Velmor bridge on Friday night", exactly("32", 32, "rebels", "fall"))
    two = desk.claim("b", "85 bandits died at the Velmor bridge on Friday night", exactly("85", 85, "bandits", "die"))
    (point,) = desk.holding(one, two, kind="number")
    assert point.verdict == "disputed"
