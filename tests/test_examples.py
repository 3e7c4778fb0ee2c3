"""What a reader expects of the made-up story in examples/: tests/cases/examples.json, one check each.

The expectations were written before any program had read the pages. Those that are not met yet are
its `known_failures`; one that is met must be taken off that list.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

import rashomon

HERE = Path(__file__).parent
ROOT = HERE.parent
CASE = json.loads((HERE / "cases" / "examples.json").read_text(encoding="utf-8"))
KNOWN = {row["check"]: row["reason"] for row in CASE["known_failures"]}

Data = dict[str, Any]


def _fold(text: str | None) -> str:
    """Lower-case, with straight quotes and single blanks, so that wording alone decides."""
    straight = re.sub("[‘’]", "'", re.sub("[“”]", '"', text or ""))
    return re.sub(r"\s+", " ", straight).strip().lower()


def _any_in(needles: Iterable[str], hay: str | None) -> bool:
    return any(_fold(needle) in _fold(hay) for needle in needles)


class Reader:
    """The report on the examples, looked at by the number of an article in the case."""

    def __init__(self, report: Data) -> None:
        self.report = report
        self.entities = {entity["id"]: entity for entity in report["entities"]}
        self.claims_by_id = {claim["id"]: claim for claim in report["claims"]}
        self.pages = [self._page(want["uri"]) for want in CASE["articles"]]

    def _page(self, uri: str) -> Data:
        [page] = [page for page in self.report["pages"] if str(page["address"]).endswith(uri)]
        return dict(page)

    def claims(self, n: int, has: str = "") -> list[Data]:
        """An article's claims whose span has the words; claims too long to say anything count for nothing."""
        return [
            claim
            for claim in self.report["claims"]
            if claim["page"] == self.pages[n]["id"]
            and len(claim["span"]["exact"]) <= 600
            and len(claim["speaker"]["text"]) <= 150
            and all(len(number["of"]) <= 80 for number in claim["numbers"])
            and _fold(has) in _fold(claim["span"]["exact"])
        ]

    def names(self, entity: str | None) -> str:
        found = self.entities.get(entity or "")
        return " | ".join([found["name"], *found["names"], found["code"] or ""]) if found else ""

    def called(self, name: str) -> list[Data]:
        return [e for e in self.report["entities"] if _fold(name) in {_fold(x) for x in [e["name"], *e["names"]]}]

    def speaker(self, claim: Data) -> str:
        who = claim["speaker"]
        return " | ".join([who["text"], who["name"] or "", self.names(who["entity"])])

    def quotes(self, n: int, exact: str) -> list[Data]:
        return [c for c in self.claims(n) if any(_fold(exact) in _fold(quote["exact"]) for quote in c["quotes"])]

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
            words = [(claim["page"], _fold(claim["span"]["exact"])) for claim in claims]
            if all((self.pages[n]["id"], low) in values for n, low in want.get("values", [])) and all(
                any(page == self.pages[n]["id"] and _fold(has) in text for page, text in words)
                for n, has in want.get("claims_have", [])
            ):
                found.append(point)
        return found

    def loaded(self, n: int) -> set[str]:
        return {_fold(loaded["exact"]) for claim in self.claims(n) for loaded in claim["loaded"]}


Holds = Callable[[Reader], bool]
Check = tuple[str, Holds]


# Articles


def _same_words(n: int, key: str, want: str | None) -> Holds:
    return lambda r: _fold(r.pages[n][key]) == _fold(want)


def _same_list(n: int, key: str, want: list[str]) -> Holds:
    return lambda r: list(r.pages[n][key]) == want


def _text_has(n: int, words: str, wanted: bool) -> Holds:
    return lambda r: (_fold(words) in _fold(r.pages[n]["text"])) is wanted


def _dropped_has(n: int, words: str) -> Holds:
    return lambda r: any(_fold(words) in _fold(part["text"]) for part in r.pages[n]["dropped"])


def _copy_of(n: int, copied: int | None) -> Holds:
    return lambda r: r.pages[n]["copy_of"] == (None if copied is None else r.pages[copied]["id"])


def _dated(n: int, want: Data) -> Holds:
    def holds(r: Reader) -> bool:
        got = r.pages[n]["published"]
        if want["value"]:
            return str(got["value"]).startswith(want["value"])
        first, last = want["may_be_inferred_between"]
        return got["value"] is None or (got["basis"] == "inferred" and first <= got["value"][:10] <= last)

    return holds


def _article_checks(n: int, want: Data) -> Iterator[Check]:
    for key in ("title", "category", "source", "language"):
        if key in want:
            yield f"page {n}: {key}", _same_words(n, key, want[key])
    for key in ("authors", "tags"):
        if key in want:
            yield f"page {n}: {key}", _same_list(n, key, want[key])
    yield f"page {n}: published", _dated(n, want["published"])
    yield f"page {n}: basis of the date", lambda r: r.pages[n]["published"]["basis"] in want["published"]["basis"]
    if "modified" in want:
        yield (
            f"page {n}: modified",
            lambda r: _fold((r.pages[n]["modified"] or {}).get("value"))[:10] == want["modified"],
        )
    yield f"page {n}: copy of", _copy_of(n, want.get("copy_of"))
    yield f"page {n}: text starts", lambda r: _fold(r.pages[n]["text"]).startswith(_fold(want["text_starts"]))
    yield f"page {n}: text ends", lambda r: _fold(r.pages[n]["text"]).endswith(_fold(want["text_ends"]))
    for words in want.get("text_has", []):
        yield f"page {n}: text has {words!r}", _text_has(n, words, True)
    for words in want.get("text_has_not", []):
        yield f"page {n}: text has not {words!r}", _text_has(n, words, False)
    for words in want.get("dropped_has", []):
        yield f"page {n}: dropped has {words!r}", _dropped_has(n, words)


# Claims


def _quote_checks(want: Data) -> Iterator[Check]:
    n, exact = want["article"], want["exact"]
    yield f"page {n}: quote {exact!r}", lambda r: bool(r.quotes(n, exact))
    yield (
        f"page {n}: speaker of {exact!r}",
        lambda r: any(_any_in(want["speaker"], r.speaker(c)) for c in r.quotes(n, exact)),
    )


def _not_quote_checks(want: Data) -> Iterator[Check]:
    n, exact = want["article"], want["exact"]

    def holds(r: Reader) -> bool:
        quoted = [_fold(quote["exact"]).strip("\"', ") for claim in r.claims(n) for quote in claim["quotes"]]
        return _fold(exact) not in quoted

    yield f"page {n}: no quote {exact!r}", holds


def _number_checks(want: Data) -> Iterator[Check]:
    name = f"page {want['article']}: number {want['low']} {want['of']}"
    yield name, lambda r: bool(r.numbers(want))
    if "qualifier" in want:
        yield f"{name}, qualifier", lambda r: any(x["qualifier"] == want["qualifier"] for _, x in r.numbers(want))
    if "speaker" in want:
        yield f"{name}, speaker", lambda r: any(_any_in(want["speaker"], r.speaker(c)) for c, _ in r.numbers(want))


CLAIM_TESTS: dict[str, Callable[[Reader, Data, Any], bool]] = {
    "status": lambda r, claim, want: claim["status"] in want,
    "speaker": lambda r, claim, want: _any_in(want, r.speaker(claim)),
    "kind": lambda r, claim, want: claim["speaker"]["kind"] in want,
    "event": lambda r, claim, want: (claim["event"] or {}).get("code") in want,
    "actor": lambda r, claim, want: _any_in(want, r.names((claim["event"] or {}).get("actor"))),
    "evidence": lambda r, claim, want: _any_in(want, " | ".join(claim["evidence"])),
    "time": lambda r, claim, want: _any_in([want], (claim["when"] or {}).get("exact")),
}


def _one_claim(want: Data, keys: list[str]) -> Holds:
    """One claim with the words meets all of the keys."""
    return lambda r: any(
        all(CLAIM_TESTS[key](r, claim, want[key]) for key in keys) for claim in r.claims(want["article"], want["has"])
    )


def _claim_checks(want: Data) -> Iterator[Check]:
    name = f"page {want['article']}: claim {want['has']!r}"
    asked = [key for key in CLAIM_TESTS if key in want]
    yield name, _one_claim(want, [])
    for key in asked:
        yield f"{name}, {key}", _one_claim(want, [key])
    if len(asked) > 1:
        yield f"{name}, {' and '.join(asked)}", _one_claim(want, asked)


def _saying_checks(want: Data) -> Iterator[Check]:
    n = want["article"]
    one, two = want["has"]

    def holds(r: Reader) -> bool:
        return bool({c["saying"] for c in r.quotes(n, one)} & {c["saying"] for c in r.quotes(n, two)})

    yield f"page {n}: one saying, {one!r} and {two!r}", holds


# What is made of the claims


def _entity_checks(want: Data) -> Iterator[Check]:
    if "same" in want:
        first, *others = want["same"]
        yield (
            f"one entity: {' = '.join(want['same'])}",
            lambda r: any(all(entity in r.called(name) for name in others) for entity in r.called(first)),
        )
        return
    yield f"one entity: {want['name']}", lambda r: [e["code"] for e in r.called(want["name"])] == [want["code"]]


def _point_is(want: Data, key: str, values: list[Any]) -> Holds:
    return lambda r: any(point[key] in values for point in r.points(want))


def _point_checks(want: Data) -> Iterator[Check]:
    name = f"point: {want['what']}"
    yield name, lambda r: bool(r.points(want))
    for key in ("kind", "verdict", "independent"):
        if key in want:
            yield f"{name}, {key}", _point_is(want, key, want[key])
    if "pages_at_least" in want:
        yield f"{name}, pages", lambda r: any(point["pages"] >= want["pages_at_least"] for point in r.points(want))
    if "current" in want:
        yield (
            f"{name}, current",
            lambda r: any((point["current"] or {}).get("low") == want["current"] for point in r.points(want)),
        )


def _loaded_checks(want: Data) -> Iterator[Check]:
    n = want["article"]
    if "at_most" in want:
        yield f"page {n}: sober wording", lambda r: len(r.loaded(n)) <= want["at_most"]
        return

    def holds(r: Reader) -> bool:
        seen = r.loaded(n)
        found = [x for x in want["any"] if any(_fold(x) in words or words in _fold(x) for words in seen)]
        return len(found) >= int(want["at_least"])

    yield f"page {n}: loaded wording", holds


def _story_checks(want: Data) -> Iterator[Check]:
    def holds(r: Reader) -> bool:
        together = {r.pages[n]["id"] for n in want["articles"]}
        return together in [set(story["pages"]) for story in r.report["stories"]]

    yield f"one story: articles {want['articles']}", holds


MAKERS: dict[str, Callable[[Data], Iterator[Check]]] = {
    "quotes": _quote_checks,
    "not_quotes": _not_quote_checks,
    "numbers": _number_checks,
    "claims": _claim_checks,
    "one_saying": _saying_checks,
    "entities": _entity_checks,
    "stories": _story_checks,
    "points": _point_checks,
    "loaded": _loaded_checks,
}


def _checks() -> Iterator[Check]:
    for number, want in enumerate(CASE["articles"]):
        yield from _article_checks(number, want)
    for key, make in MAKERS.items():
        for want in CASE[key]:
            yield from make(want)


CHECKS = list(_checks())


def _marked(check: Check) -> Any:
    name, holds = check
    marks = [pytest.mark.xfail(strict=True, raises=AssertionError, reason=KNOWN[name])] if name in KNOWN else []
    return pytest.param(name, holds, id=name, marks=marks)


@pytest.fixture(scope="module")
def reader() -> Reader:
    files = sorted((ROOT / "examples").glob("0*"))
    pages = [rashomon.read_page(file.read_bytes(), address=f"examples/{file.name}") for file in files]
    return Reader(rashomon.to_json(rashomon.report(pages)))


@pytest.mark.parametrize(("name", "holds"), [_marked(check) for check in CHECKS])
def test_expectation(name: str, holds: Holds, reader: Reader) -> None:
    assert holds(reader), f"{name}: not met"


def test_every_expectation_has_a_name_of_its_own() -> None:
    names = [name for name, _ in CHECKS]
    assert sorted(set(names)) == sorted(names)


def test_known_failures_are_expectations() -> None:
    assert set(KNOWN) <= {name for name, _ in CHECKS}, "a known failure names no expectation"
    assert all(reason.strip() for reason in KNOWN.values())


def test_readme_library_use_runs(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    block = re.search(r"```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    assert block
    monkeypatch.chdir(ROOT)
    exec(compile(block.group(1), "README.md", "exec"), {})
    assert capsys.readouterr().out.strip()
