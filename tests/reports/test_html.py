"""The HTML report: text of a page never becomes markup, every line leads to its words, nothing is loaded."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from functools import cache
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from lxml import html as markup

from rashomon.model import (
    Claim,
    Current,
    Dated,
    Dropped,
    Entity,
    Event,
    Gap,
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
from rashomon.reports.html import render

ROWS = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "cases/reports/hostile.jsonl").read_text("utf-8").splitlines()
]
HOSTILE = {row["name"]: row["text"] * row.get("times", 1) for row in ROWS}
CALM = "Calm words"


def made_page(key: str, words: str, **known: Any) -> Page:
    fields: dict[str, Any] = {
        "id": key,
        "address": f"https://{key}.example/story?a=1&b=2#top",
        "source": f"The {key.title()} Post",
        "title": f"Title of {key}",
        "language": "en",
        "published": Dated("2031-05-02", "stated", "Read from the page’s own date."),
        "text": f"At least 12 people were killed, {words} said.\n\nThe firm denied {words}. It may rain on Thursday.",
    }
    return Page(**(fields | known))


def made_claims(page: Page, words: str, value: int) -> list[Claim]:
    def at(found: str, after: int = 0) -> Span:
        start = page.text.index(found, after)
        return Span(start, start + len(found), found)

    def claim(number: int, said: str, who: Span | None, **known: Any) -> Claim:
        content = at(said)
        start, end = min(content.start, who.start if who else content.start), max(content.end, who.end if who else 0)
        speaker = (
            Speaker(who.exact, who.start, who.end, who.exact, "e1", "named")
            if who
            else Speaker(page.source or "", None, None, page.source, None, "source")
        )
        return Claim(
            id=f"{page.id}-{number}", page=page.id, saying=f"{page.id}-{number}",
            span=Span(start, end, page.text[start:end]), speaker=speaker, cue=None, content=(content,), **known,
        )  # fmt: skip

    number = at("12")
    firm = at("The firm")
    loaded = Loaded(number.start, number.end, number.exact, f"intensity: {words}")
    return [
        claim(
            1, "At least 12 people were killed", at(words) if words.strip() else None,
            numbers=(Number(value, None, "at_least", words, "killed", number.start, number.end, "12"),),
            evidence=("official", words), loaded=(loaded,), event=Event("ASSAULT", "e1", "e1"),
        ),
        claim(2, f"denied {words}", firm, status="denied", event=Event("REJECT", "e1", "e1")),
        claim(3, "It may rain on Thursday", None, status="possible",
              when=When("XXXX-WXX-4", "vague", words)),
    ]  # fmt: skip


def made_report(words: str = CALM, **known: Any) -> Report:
    """Two sources that hold different numbers, and whatever `known` says of the first page."""
    one = made_page("one", words, **known)
    two = made_page("two", CALM, published=Dated(None, "unknown", "No date stands on the page."), source=None)
    first, second = made_claims(one, words, 12), made_claims(two, CALM, 19)
    claims = (*first, *second)
    values = (
        PointValue(12, None, "at_least", first[0].id, "2031-05-02"),
        PointValue(19, 19, "exact", second[0].id, None),
    )

    def point(number: int, kind: Any, verdict: Any, told: tuple[Claim, ...], **more: Any) -> Point:
        ids = tuple(claim.id for claim in told)
        pages = len({claim.page for claim in told})
        return Point(
            id=f"q{number}", story="s", title=f"{words} {number}", kind=kind, verdict=verdict, claims=ids,
            pages=pages, independent=pages, why=f"Compared by “{words}”.", **more,
        )  # fmt: skip

    points = (
        point(1, "number", "disputed", (first[0], second[0]), values=values, current=Current(12, None, (first[0].id,))),
        point(2, "event", "denied", (first[1], second[1])),
        point(3, "expectation", "agreed", (first[2], second[2])),
        point(4, "event", "single", (first[1],)),
    )
    return Report(
        version="1",
        as_of="2031-05-02",
        stories=(Story(id="s", title=words, pages=("one", "two"), points=tuple(each.id for each in points)),),
        pages=(one, two),
        claims=claims,
        entities=(Entity("e1", words, (words,), "ORG", None),),
        points=points,
        timeline=(Line(Moment("XXXX-WXX-4", "vague"), words, (first[2].id,)),),
        gaps=(PageGap("one", words, words), PageGap(words, "page", words)),
    )


def everywhere(words: str) -> Report:
    """The words wherever a page's words can stand."""
    return made_report(
        words, source=words, title=words, authors=(words,), language=words, canonical=words,
        published=Dated("2031-05-02", "stated", words), category=words, tags=(words,),
        dropped=(Dropped(words, words),), gaps=(Gap(words, words),),
    )  # fmt: skip


@cache
def calm() -> str:
    return render(made_report())


def parsed(text: str) -> Any:
    return markup.document_fromstring(text.encode("utf-8", "replace"), markup.HTMLParser(encoding="utf-8"))


def skeleton(tree: Any) -> list[tuple[str, tuple[str, ...]]]:
    """Every element with the names of its attributes, without what depends on the words."""
    return [
        (element.tag, tuple(sorted(set(element.attrib) - {"lang"})))
        for element in tree.iter()
        if isinstance(element.tag, str)
    ]


def assert_sound(text: str) -> None:
    """What holds of every report: ids once, every link inside leads somewhere, nothing is loaded, nothing runs."""
    tree = parsed(text)
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        names = set(element.attrib)
        assert not {name for name in names if name.startswith("on")} | (names & {"style", "srcdoc", "formaction"})
        assert "src" not in names
        assert element.tag not in {"link", "iframe", "object", "embed", "base", "img", "form", "use", "image"}
        href = element.get("href")
        if href is None:
            continue
        assert element.tag == "a"
        if href.startswith("#"):
            assert href[1:] in ids, href
        else:
            assert re.match(r"https?://[^\s\"<>]+$", href), href
            assert set(element.get("rel", "").split()) >= {"noreferrer", "noopener"}
    assert len(tree.xpath("//script")) == len(tree.xpath("//style")) == 1
    for name in ("aria-labelledby", "aria-describedby", "for"):
        for value in tree.xpath(f"//@{name}"):
            assert set(value.split()) <= set(ids)


@pytest.mark.parametrize("name", HOSTILE)
def test_words_of_a_page_change_nothing_around_them(name: str) -> None:
    text = render(everywhere(HOSTILE[name]))
    assert_sound(text)
    calm_words = render(everywhere("Words"))
    allowed = {"p", "span", "a", "bdi", "summary", "details", "li", "ul"}
    assert {tag for tag, _ in skeleton(parsed(text))} <= {tag for tag, _ in skeleton(parsed(calm_words))} | allowed
    assert len(parsed(text).xpath("//section")) == len(parsed(calm_words).xpath("//section"))
    assert not re.search("[\u202a-\u202e\u2066-\u2069\x00\x1b]", text)


@pytest.mark.parametrize("name", [name for name in HOSTILE if name not in {"long word", "control characters"}])
def test_words_of_a_page_are_still_shown(name: str) -> None:
    shown = " ".join(parsed(render(everywhere(HOSTILE[name]))).xpath("//main")[0].text_content().split())
    words = re.sub("[\u202a-\u202e\u2066-\u2069]", "\ufffd", " ".join(HOSTILE[name].split()))
    assert words in shown


@pytest.mark.parametrize("name", [name for name in HOSTILE if "address" in name])
def test_only_web_addresses_are_links(name: str) -> None:
    tree = parsed(render(made_report(address=HOSTILE[name])))
    links = tree.xpath("//a/@href[not(starts-with(., '#'))]")
    assert links
    for href in links:
        assert "two.example" in href


class Nesting(HTMLParser):
    """Every element closed where it was opened, no block in a paragraph, no link in a link."""

    VOID = frozenset({"meta", "input", "br", "hr", "img"})
    BLOCKS = frozenset({"p", "div", "ul", "ol", "dl", "table", "section", "article", "details", "figure", "h2", "h3"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert not (tag in self.BLOCKS and {"p", "span", "bdi"} & set(self.open)), (tag, self.open)
        assert not (tag == "a" and "a" in self.open)
        assert tag != "li" or self.open[-1] in {"ul", "ol"}
        assert len({name for name, _ in attrs}) == len(attrs)
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert "svg" in self.open

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("name", ["unclosed tag", "end of style", "comment", "attribute"])
def test_elements_are_nested_as_they_may_be(name: str) -> None:
    parser = Nesting()
    parser.feed(render(everywhere(HOSTILE[name])))
    parser.close()
    assert parser.open == []


def test_a_strict_policy_stands_before_anything_that_it_governs() -> None:
    tree = parsed(calm())
    policy = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    for kind in ("style", "script"):
        body = tree.xpath(f"//{kind}")[0].text
        digest = base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy
    assert "unsafe" not in policy
    for rule in ("default-src 'none'", "base-uri 'none'", "form-action 'none'"):
        assert rule in policy
    assert calm().index("Content-Security-Policy") < calm().index("<style")


def test_every_claim_has_its_place_and_every_line_its_claims() -> None:
    report = made_report()
    assert_sound(calm())
    tree = parsed(calm())
    for label, page in zip("AB", report.pages, strict=True):
        for number, claim in enumerate((each for each in report.claims if each.page == page.id), 1):
            assert tree.get_element_by_id(f"{label}{number}").get("href") == f"#n-{label}{number}"
            note = tree.get_element_by_id(f"n-{label}{number}")
            assert note.get("data-claim") == claim.id
    lines = tree.xpath("//li[contains(@class,'fact')] | //*[contains(@class,'line')]//li[.//p]")
    assert lines
    for line in lines:
        assert line.xpath(".//a[starts-with(@href, '#A') or starts-with(@href, '#B')]")


def test_the_text_of_a_page_is_whole_whatever_is_marked_in_it() -> None:
    tree = parsed(calm())
    for label, page in zip("AB", made_report().pages, strict=True):
        sheet = tree.xpath(f"//article[@id='page-{label}']//div[@class='sheet']")[0]
        for number in sheet.xpath(".//a[@class='n']"):
            number.text = ""
        found = [p.text_content() for p in sheet.xpath("./p[not(@class)]")]
        assert found == page.text.split("\n\n")


def test_the_sections_stand_in_order_with_their_headings() -> None:
    tree = parsed(calm())
    order = ["facts", "matrix", "numbers", "timeline", "positions", "expected", "evidence", "telling", "pages", "gaps"]
    assert [each for each in tree.xpath("//main//section/@id") if each != "sources"] == order
    levels = [int(each.tag[1]) for each in tree.xpath("//h1 | //h2 | //h3 | //h4 | //h5 | //h6")]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert [each.tag for each in tree.xpath("//body/*[self::header or self::footer] | //main | //nav")] == [
        "header", "nav", "main", "footer",
    ]  # fmt: skip
    assert tree.xpath("//nav//a/@href[. = '#facts']")


def test_a_link_goes_to_the_very_words_in_the_original() -> None:
    links = parsed(calm()).xpath("//article[@id='page-A']//a/@href[contains(., ':~:text=')]")
    assert links[0] == (
        "https://one.example/story?a=1&b=2#top:~:text=At%20least%2012%20people%20were%20killed%2C%20Calm%20words"
    )


def test_an_undated_page_and_a_nameless_source_say_so() -> None:
    text = parsed(calm()).xpath("//section[@id='sources']")[0].text_content()
    assert "undated" in text
    assert "two.example" in text
    nameless = render(made_report(source=None, address=None))
    assert "source unknown" in nameless


def test_the_numbers_are_drawn_and_listed() -> None:
    chart = parsed(calm()).xpath("//figure[@class='chart']")[0]
    image = chart.xpath(".//*[@role='img']")[0]
    assert "A, 2031-05-02: at least 12; B, undated: 19" in image.get("aria-label")
    assert image.xpath(".//*[local-name()='svg']")
    assert "at least 12" in chart.xpath(".//details")[0].text_content()


def test_the_same_report_gives_the_same_text() -> None:
    assert render(made_report()) == calm()


def test_nothing_to_report_is_a_page_too() -> None:
    text = render(Report(version="1", as_of=None, gaps=(PageGap("x.png", "page", "x.png is a picture."),)))
    assert_sound(text)
    assert "No page could be read" in text
    assert "x.png is a picture." in text


def test_stories_do_not_share_ids() -> None:
    report = made_report()
    two = Report(
        version="1",
        as_of=None,
        pages=report.pages,
        claims=report.claims,
        stories=(Story(id="s", title="One", pages=("one",)), Story(id="t", title="Two", pages=("two",))),
    )
    text = render(two)
    assert_sound(text)
    assert parsed(text).xpath("//section[@id='s2-facts']")
