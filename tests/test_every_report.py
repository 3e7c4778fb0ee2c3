"""What holds of every report, whatever its pages: no line without a span, no span that misquotes.

Checked on the made-up story in examples/ and on every folder of pages in `cases`, beside the folder
that RASHOMON_DATA names.
"""

from __future__ import annotations

import json
import os
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import jsonschema
import msgspec
import pytest

import rashomon
from rashomon import model

HERE = Path(__file__).parent
EXAMPLES = HERE.parent / "examples"

Data = dict[str, Any]
Rule = Callable[[Data], Iterator[str]]


def _fold(text: str | None) -> str:
    """Lower-case, with straight quotes and single blanks, so that wording alone decides."""
    straight = re.sub("[‘’]", "'", re.sub("[“”]", '"', text or ""))
    return re.sub(r"\s+", " ", straight).strip().lower()


def _report(folder: Path) -> Data:
    """The report on a folder's pages, as plain data."""
    files = sorted(file for file in folder.iterdir() if file.suffix in {".html", ".txt"})
    pages = [rashomon.read_page(file.read_bytes(), address=f"{folder.name}/{file.name}") for file in files]
    return dict(rashomon.to_json(rashomon.report(pages)))


@pytest.fixture(scope="module")
def report() -> Data:
    return _report(EXAMPLES)


@pytest.fixture(scope="module", params=["examples", "cases"])
def reports(request: pytest.FixtureRequest) -> list[Data]:
    if request.param == "examples":
        return [request.getfixturevalue("report")]
    folder = os.environ.get("RASHOMON_DATA")
    cases = Path(folder).parent / "cases" if folder else None
    if cases is None or not cases.is_dir():
        pytest.skip("RASHOMON_DATA names no folder with a folder `cases` beside it")
    found = [_report(case) for case in sorted(cases.iterdir()) if case.is_dir()]
    assert found
    return found


# Each rule yields a sentence for every breach.


def _pages(report: Data) -> dict[str, Data]:
    return {page["id"]: page for page in report["pages"]}


def _claims(report: Data) -> dict[str, Data]:
    return {claim["id"]: claim for claim in report["claims"]}


def _spans(claim: Data) -> Iterator[Data]:
    """Every record of a claim that has offsets."""
    speaker = claim["speaker"]
    if speaker["start"] is not None:
        yield {**speaker, "exact": speaker["text"]}
    yield claim["span"]
    if claim["cue"]:
        yield claim["cue"]
    for key in ("content", "quotes", "numbers", "loaded"):
        yield from claim[key]


def spans_quote_their_page(report: Data) -> Iterator[str]:
    pages = _pages(report)
    for claim in report["claims"]:
        for span in _spans(claim):
            whole = pages[claim["page"]]["title" if span.get("in") == "title" else "text"]
            if whole[span["start"] : span["end"]] != span["exact"]:
                yield f"claim {claim['id']} on {pages[claim['page']]['address']}: {span['exact']!r} stands elsewhere"
    for page in report["pages"]:
        for time in page["times"]:
            if page["text"][time["start"] : time["end"]] != time["exact"]:
                yield f"{page['address']}: the time {time['exact']!r} stands elsewhere"
        for repair in page["repairs"]:
            if page["text"][repair["start"] : repair["end"]] != repair["after"]:
                yield f"{page['address']}: the repair {repair['after']!r} stands elsewhere"


def claims_say_something(report: Data) -> Iterator[str]:
    pages = _pages(report)
    for claim in report["claims"]:
        if claim["page"] not in pages:
            yield f"claim {claim['id']} is of a page that the report has not"
        if not any(span["exact"].strip() for span in claim["content"]):
            yield f"claim {claim['id']} has no content: {claim['span']['exact']!r}"


def contents_differ(report: Data) -> Iterator[str]:
    seen: set[tuple[str, tuple[tuple[int, int], ...]]] = set()
    for claim in report["claims"]:
        key = claim["page"], tuple((span["start"], span["end"]) for span in claim["content"])
        if key in seen:
            yield f"claimed twice: {claim['content'][0]['exact']!r}"
        seen.add(key)


def contents_of_a_saying_are_apart(report: Data) -> Iterator[str]:
    sayings: defaultdict[tuple[str, str], list[Data]] = defaultdict(list)
    for claim in report["claims"]:
        sayings[claim["page"], claim["saying"]].extend(claim["content"])
    for spans in sayings.values():
        spans.sort(key=lambda span: (span["start"], span["end"]))
        for left, right in pairwise(spans):
            if right["start"] < left["end"]:
                yield f"one saying says twice: {left['exact']!r} and {right['exact']!r}"


def quotes_lie_in_content(report: Data) -> Iterator[str]:
    for claim in report["claims"]:
        for quote in claim["quotes"]:
            if not any(span["start"] <= quote["start"] and quote["end"] <= span["end"] for span in claim["content"]):
                yield f"the quote {quote['exact']!r} lies outside the content"


def claims_lie_in_their_span(report: Data) -> Iterator[str]:
    for claim in report["claims"]:
        parts = [*claim["content"], *filter(None, [claim["cue"]])]
        start, end = min(span["start"] for span in parts), max(span["end"] for span in parts)
        if claim["span"]["start"] > start or claim["span"]["end"] < end:
            yield f"the span {claim['span']['exact']!r} leaves out a part of the claim"


def lines_have_claims(report: Data) -> Iterator[str]:
    claims, pages = _claims(report), _pages(report)
    lines = [("point", point["title"], point["claims"]) for point in report["points"]]
    lines += [("line of the timeline", line["text"], line["claims"]) for line in report["timeline"]]
    for kind, words, ids in lines:
        if not ids or any(id_ not in claims for id_ in ids):
            yield f"a {kind} without its claims: {words!r}"
            continue
        texts = [_fold(pages[claims[id_]["page"]]["text"]) for id_ in ids]
        pieces = [_fold(piece) for piece in re.split(r"…|\[\.\.\.\]", words) if piece.strip()]
        if not pieces or not any(all(piece in text for piece in pieces) for text in texts):
            yield f"a {kind} in words of no page of its claims: {words!r}"
    for point in report["points"]:
        current = point["current"] or {"claims": []}
        for id_ in [value["claim"] for value in point["values"]] + list(current["claims"]):
            if id_ not in point["claims"]:
                yield f"a value of the point {point['title']!r} has a claim that the point has not"


def points_count_what_they_have(report: Data) -> Iterator[str]:
    claims = _claims(report)
    for point in report["points"]:
        if point["pages"] != len({claims[id_]["page"] for id_ in point["claims"]}):
            yield f"the point {point['title']!r} counts {point['pages']} pages"
        if not 1 <= point["independent"] <= len(point["claims"]):
            yield f"the point {point['title']!r} counts {point['independent']} origins"
        if (point["verdict"] == "single") and point["pages"] > 1 and point["independent"] > 1:
            yield f"the point {point['title']!r} is single on {point['pages']} pages"


def stories_hold_each_page_once(report: Data) -> Iterator[str]:
    listed = [id_ for story in report["stories"] for id_ in story["pages"]]
    if sorted(listed) != sorted(_pages(report)):
        yield "the stories' pages are not the report's, each once"
    points = {point["id"]: point["story"] for point in report["points"]}
    for story in report["stories"]:
        if len(story["why"]) != len(story["pages"]):
            yield f"the story {story['title']!r} has {len(story['why'])} reasons for {len(story['pages'])} pages"
        for id_ in story["points"]:
            if points.get(id_) != story["id"]:
                yield f"the story {story['title']!r} lists a point that is not of it"


def references_resolve(report: Data) -> Iterator[str]:
    entities = {entity["id"] for entity in report["entities"]}
    for claim in report["claims"]:
        event = claim["event"] or {"actor": None, "recipient": None}
        named = [claim["speaker"]["entity"], event["actor"], event["recipient"]]
        for id_ in filter(None, named + [place["entity"] for place in claim["places"]]):
            if id_ not in entities:
                yield f"claim {claim['id']} names an entity that the report has not"
    for page in report["pages"]:
        if page["copy_of"] is not None and page["copy_of"] not in _pages(report):
            yield f"{page['address']} is a copy of a page that the report has not"


RULES: list[Rule] = [
    spans_quote_their_page,
    claims_say_something,
    contents_differ,
    contents_of_a_saying_are_apart,
    quotes_lie_in_content,
    claims_lie_in_their_span,
    lines_have_claims,
    points_count_what_they_have,
    stories_hold_each_page_once,
    references_resolve,
]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: str(rule.__name__))
def test_rule_holds(rule: Rule, reports: list[Data]) -> None:
    breaches = [breach for report in reports for breach in rule(report)]
    assert not breaches, "\n".join(breaches[:20])


def test_report_has_the_published_form(reports: list[Data]) -> None:
    schema = msgspec.json.schema(model.Report)
    for report in reports:
        jsonschema.Draft202012Validator(schema).validate(json.loads(json.dumps(report)))


def test_same_pages_same_bytes(report: Data) -> None:
    assert msgspec.json.encode(_report(EXAMPLES)) == msgspec.json.encode(report)


def test_examples_say_something(report: Data) -> None:
    """The rules above hold of an empty report too; this one is not."""
    assert {claim["page"] for claim in report["claims"]} == set(_pages(report))
    assert report["points"]
    assert report["timeline"]
