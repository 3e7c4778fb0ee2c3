"""The whole job on the made-up story in examples/: no line without a span, and what a person reading it expects.

The same rules about spans and lines are checked on every folder of pages beside the one named by RASHOMON_DATA.
"""

from __future__ import annotations

import json
import os
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
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
CASE = json.loads((HERE / "cases" / "examples.json").read_text(encoding="utf-8"))
KNOWN = {row["check"]: row["reason"] for row in CASE["known_failures"]}

Data = dict[str, Any]
Rule = Callable[[Data], Iterator[str]]


def _fold(text: str | None) -> str:
    """Lower-case, with straight quotes and single blanks, so that wording alone decides."""
    straight = re.sub("[‘’]", "'", re.sub("[“”]", '"', text or ""))
    return re.sub(r"\s+", " ", straight).strip().lower()


def _any_in(needles: Iterable[str], hay: str | None) -> bool:
    return any(_fold(needle) in _fold(hay) for needle in needles)


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
    return [_report(case) for case in sorted(cases.iterdir()) if case.is_dir()]


# What holds of every report, whatever its pages. Each rule yields a sentence for every breach.


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


# What a person expects of the examples: tests/cases/examples.json, one check each.

Check = tuple[str, Callable[["Reader"], bool]]


class Reader:
    """The report on the examples, looked at by the number of an article in the case."""

    def __init__(self, report: Data) -> None:
        self.report = report
        self.entities = {entity["id"]: entity for entity in report["entities"]}
        self.claims_by_id = _claims(report)

    def page(self, number: int) -> Data:
        uri = CASE["articles"][number]["uri"]
        [page] = [page for page in self.report["pages"] if str(page["address"]).endswith(uri)]
        return dict(page)

    def claims(self, number: int, has: str = "") -> list[Data]:
        """An article's claims whose span has the words; claims too long to say anything count for nothing."""
        page = self.page(number)["id"]
        return [
            claim
            for claim in self.report["claims"]
            if claim["page"] == page
            and len(claim["span"]["exact"]) <= 600
            and len(claim["speaker"]["text"]) <= 150
            and _fold(has) in _fold(claim["span"]["exact"])
        ]

    def names(self, entity: str | None) -> str:
        found = self.entities.get(entity or "")
        return " | ".join([found["name"], *found["names"], found["code"] or ""]) if found else ""

    def speaker(self, claim: Data) -> str:
        who = claim["speaker"]
        return " | ".join([who["text"], who["name"] or "", self.names(who["entity"])])

    def quotes(self, number: int, exact: str) -> list[Data]:
        return [
            claim
            for claim in self.claims(number)
            if any(_fold(exact) in _fold(quote["exact"]) for quote in claim["quotes"])
        ]

    def numbers(self, want: Data) -> list[tuple[Data, Data]]:
        return [
            (claim, number)
            for claim in self.claims(want["article"])
            for number in claim["numbers"]
            if (number["low"], number["high"]) == (want["low"], want["high"])
            and _fold(want["of"]) in _fold(number["of"])
        ]

    def points(self, want: Data) -> list[Data]:
        """The points that bring together the values and words wanted, each from its article."""
        found = []
        for point in self.report["points"]:
            claims = [self.claims_by_id[id_] for id_ in point["claims"]]
            values = {(claim["page"], number["low"]) for claim in claims for number in claim["numbers"]}
            if all((self.page(n)["id"], low) in values for n, low in want.get("values", [])) and all(
                any(
                    claim["page"] == self.page(n)["id"] and _fold(has) in _fold(claim["span"]["exact"])
                    for claim in claims
                )
                for n, has in want.get("claims_have", [])
            ):
                found.append(point)
        return found


def _dated(page: Data, want: Data) -> bool:
    value = page["published"]["value"]
    if want["value"]:
        return str(value or "").startswith(want["value"])
    first, last = want["may_be_inferred_between"]
    return value is None or (page["published"]["basis"] == "inferred" and first <= str(value)[:10] <= last)


def _article_checks(n: int, want: Data) -> Iterator[Check]:
    for key in ("title", "category", "source", "language"):
        if key in want:
            yield f"page {n}: {key}", lambda r, k=key: _fold(r.page(n)[k]) == _fold(want[k])  # type: ignore[misc]
    for key in ("authors", "tags"):
        if key in want:
            yield f"page {n}: {key}", lambda r, k=key: list(r.page(n)[k]) == want[k]  # type: ignore[misc]
    yield f"page {n}: published", lambda r: _dated(r.page(n), want["published"])
    yield f"page {n}: basis of the date", lambda r: r.page(n)["published"]["basis"] in want["published"]["basis"]
    if "modified" in want:
        yield (
            f"page {n}: modified",
            lambda r: str((r.page(n)["modified"] or {}).get("value")).startswith(want["modified"]),
        )
    yield f"page {n}: text starts", lambda r: _fold(r.page(n)["text"]).startswith(_fold(want["text_starts"]))
    yield f"page {n}: text ends", lambda r: _fold(r.page(n)["text"]).endswith(_fold(want["text_ends"]))
    copied = want.get("copy_of")
    yield (
        f"page {n}: copy of",
        lambda r: r.page(n)["copy_of"] == (None if copied is None else r.page(copied)["id"]),
    )
    for words in want.get("text_has", []):
        yield f"page {n}: text has {words!r}", lambda r, w=words: _fold(w) in _fold(r.page(n)["text"])  # type: ignore[misc]
    for words in want.get("text_has_not", []):
        yield f"page {n}: text has not {words!r}", lambda r, w=words: _fold(w) not in _fold(r.page(n)["text"])  # type: ignore[misc]
    for words in want.get("dropped_has", []):
        yield (
            f"page {n}: dropped has {words!r}",
            lambda r, w=words: any(_fold(w) in _fold(part["text"]) for part in r.page(n)["dropped"]),  # type: ignore[misc]
        )


def _quote_checks(want: Data) -> Iterator[Check]:
    n, exact = want["article"], want["exact"]
    if "speaker" not in want:
        same = _fold(exact)
        yield (
            f"page {n}: no quote {exact!r}",
            lambda r: (
                not any(_fold(quote["exact"]).strip("\"', ") == same for c in r.claims(n) for quote in c["quotes"])
            ),
        )
        return
    yield f"page {n}: quote {exact!r}", lambda r: bool(r.quotes(n, exact))
    yield (
        f"page {n}: speaker of {exact!r}",
        lambda r: any(_any_in(want["speaker"], r.speaker(claim)) for claim in r.quotes(n, exact)),
    )


def _number_checks(want: Data) -> Iterator[Check]:
    name = f"page {want['article']}: number {want['low']} {want['of']}"
    yield name, lambda r: bool(r.numbers(want))
    if "qualifier" in want:
        yield f"{name}, qualifier", lambda r: any(x["qualifier"] == want["qualifier"] for _, x in r.numbers(want))
    if "speaker" in want:
        yield f"{name}, speaker", lambda r: any(_any_in(want["speaker"], r.speaker(c)) for c, _ in r.numbers(want))


CLAIM_TESTS: dict[str, Callable[[Reader, Data, list[str]], bool]] = {
    "status": lambda r, claim, want: claim["status"] in want,
    "speaker": lambda r, claim, want: _any_in(want, r.speaker(claim)),
    "kind": lambda r, claim, want: claim["speaker"]["kind"] in want,
    "event": lambda r, claim, want: (claim["event"] or {}).get("code") in want,
    "actor": lambda r, claim, want: _any_in(want, r.names((claim["event"] or {}).get("actor"))),
    "evidence": lambda r, claim, want: _any_in(want, " | ".join(claim["evidence"])),
    "time": lambda r, claim, want: _any_in([str(want)], (claim["when"] or {}).get("exact")),
}


def _claim_checks(want: Data) -> Iterator[Check]:
    n, has = want["article"], want["has"]
    name = f"page {n}: claim {has!r}"
    asked = [key for key in CLAIM_TESTS if key in want]
    yield name, lambda r: bool(r.claims(n, has))
    for key in asked:
        yield f"{name}, {key}", lambda r, k=key: any(CLAIM_TESTS[k](r, c, want[k]) for c in r.claims(n, has))  # type: ignore[misc]
    if len(asked) > 1:
        yield (
            f"{name}, all in one",
            lambda r: any(all(CLAIM_TESTS[k](r, c, want[k]) for k in asked) for c in r.claims(n, has)),
        )


def _saying_checks(want: Data) -> Iterator[Check]:
    n = want["article"]
    one, two = want["has"]
    yield (
        f"page {n}: one saying, {one!r} and {two!r}",
        lambda r: bool({c["saying"] for c in r.quotes(n, one)} & {c["saying"] for c in r.quotes(n, two)}),
    )


def _entity_checks(want: Data) -> Iterator[Check]:
    def called(r: Reader, name: str) -> list[Data]:
        return [e for e in r.report["entities"] if _fold(name) in {_fold(x) for x in [e["name"], *e["names"]]}]

    if "same" in want:
        yield (
            f"one entity: {' = '.join(want['same'])}",
            lambda r: any(all(e in called(r, name) for name in want["same"]) for e in called(r, want["same"][0])),
        )
        return
    yield f"one entity: {want['name']}", lambda r: [e["code"] for e in called(r, want["name"])] == [want["code"]]


def _point_checks(want: Data) -> Iterator[Check]:
    name = f"point: {want['what']}"
    yield name, lambda r: bool(r.points(want))
    yield f"{name}, verdict", lambda r: any(point["verdict"] in want["verdict"] for point in r.points(want))
    for key in ("kind", "independent"):
        if key in want:
            yield f"{name}, {key}", lambda r, k=key: any(point[k] in want[k] for point in r.points(want))  # type: ignore[misc]
    if "pages_at_least" in want:
        yield f"{name}, pages", lambda r: any(point["pages"] >= want["pages_at_least"] for point in r.points(want))
    if "current" in want:
        yield (
            f"{name}, current",
            lambda r: any((point["current"] or {}).get("low") == want["current"] for point in r.points(want)),
        )


def _loaded_checks(want: Data) -> Iterator[Check]:
    n = want["article"]

    def seen(r: Reader) -> set[str]:
        return {_fold(loaded["exact"]) for claim in r.claims(n) for loaded in claim["loaded"]}

    if "at_least" in want:
        yield (
            f"page {n}: loaded wording",
            lambda r: (
                sum(any(_fold(x) in s or s in _fold(x) for s in seen(r)) for x in want["any"]) >= want["at_least"]
            ),
        )
    else:
        yield f"page {n}: sober wording", lambda r: len(seen(r)) <= want["at_most"]


def _story_checks(want: Data) -> Iterator[Check]:
    yield (
        f"one story: articles {want['articles']}",
        lambda r: any(
            set(story["pages"]) == {r.page(n)["id"] for n in want["articles"]} for story in r.report["stories"]
        ),
    )


def _checks() -> Iterator[Check]:
    for number, want in enumerate(CASE["articles"]):
        yield from _article_checks(number, want)
    kinds: list[tuple[str, Callable[[Data], Iterator[Check]]]] = [
        ("quotes", _quote_checks),
        ("not_quotes", lambda want: _quote_checks({"article": want["article"], "exact": want["exact"]})),
        ("numbers", _number_checks),
        ("claims", _claim_checks),
        ("one_saying", _saying_checks),
        ("entities", _entity_checks),
        ("stories", _story_checks),
        ("points", _point_checks),
        ("loaded", _loaded_checks),
    ]
    for key, make in kinds:
        for want in CASE[key]:
            yield from make(want)


CHECKS = dict(_checks())


def _marked(name: str) -> Any:
    marks = [pytest.mark.xfail(strict=True, reason=KNOWN[name])] if name in KNOWN else []
    return pytest.param(name, id=name, marks=marks)


@pytest.mark.parametrize("name", [_marked(name) for name in CHECKS])
def test_expectation(name: str, report: Data) -> None:
    assert CHECKS[name](Reader(report)), "no longer met, or not yet: see tests/cases/examples.json"


def test_known_failures_are_checks() -> None:
    assert set(KNOWN) <= set(CHECKS), "a known failure names no check"
    assert all(reason.strip() for reason in KNOWN.values())


def test_every_expectation_is_one_check() -> None:
    names = [name for name, _ in _checks()]
    assert len(names) == len(set(names)), "two expectations have the same name"
