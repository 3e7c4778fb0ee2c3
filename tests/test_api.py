"""The API that other programs are written against: these names and signatures stay."""

from __future__ import annotations

import inspect

import msgspec
import pytest

import rashomon
from rashomon import model

SIGNATURES = {
    "read_page": ["raw", "address=None", "known=None"],
    "extract_claims": ["pages"],
    "find_stories": ["pages"],
    "open_stream": [],
    "align_claims": ["pages", "claims"],
    "report": ["pages"],
    "to_json": ["record"],
    "open_store": ["url"],
}

KEYS = {
    "Report": "schema as_of version stories pages claims entities points timeline gaps",
    "Story": "id was title pages points first last why",
    "Page": "id address canonical source title authors category tags language kind published modified captured text"
    " dropped repairs times entities copy_of gaps",
    "Dated": "value basis why",
    "Dropped": "text kind",
    "Repair": "start end before after",
    "Time": "start end exact type value basis",
    "Entity": "id name names type code",
    "Gap": "what why",
    "Claim": "id page saying span speaker cue content quotes status event numbers when places evidence loaded",
    "Span": "start end exact",
    "Speaker": "text start end name entity kind via",
    "Event": "code actor recipient",
    "Number": "low high qualifier of state start end exact",
    "When": "value basis exact",
    "Place": "text entity",
    "Loaded": "start end exact why",
    "Point": "id story title kind verdict claims pages independent values current why",
    "PointValue": "low high qualifier claim since",
    "Current": "low high claims",
    "Line": "when text claims",
    "Moment": "value basis",
    "PageGap": "page what why",
}


@pytest.mark.parametrize(("name", "expected"), SIGNATURES.items())
def test_functions_keep_their_signatures(name: str, expected: list[str]) -> None:
    found = inspect.signature(getattr(rashomon, name)).parameters.values()
    shown = [each.name if each.default is each.empty else f"{each.name}={each.default!r}" for each in found]
    assert shown[: len(expected)] == expected
    assert all("=" in extra for extra in shown[len(expected) :]), "a new argument must have a default"


@pytest.mark.parametrize(("name", "expected"), KEYS.items())
def test_records_keep_their_keys_and_are_frozen(name: str, expected: str) -> None:
    record = getattr(model, name)
    assert set(expected.split()) <= set(record.__struct_fields__)
    assert record.__struct_config__.frozen
    assert getattr(rashomon, name, record) is record


def test_all_names_are_there() -> None:
    assert set(SIGNATURES) <= set(rashomon.__all__)
    assert all(hasattr(rashomon, name) for name in rashomon.__all__)
    assert rashomon.__all__ == sorted(rashomon.__all__)


def test_errors_have_one_root() -> None:
    assert issubclass(rashomon.PageError, rashomon.RashomonError)
    assert issubclass(rashomon.UsageError, rashomon.RashomonError)


def test_to_json_gives_plain_data() -> None:
    data = rashomon.to_json([model.Span(0, 3, "The")])
    assert data == [{"start": 0, "end": 3, "exact": "The"}]
    assert msgspec.json.decode(msgspec.json.encode(data)) == data


SAID = "The mayor of Ormsk said on Monday that {} people had left the town, and the police confirmed it later."


def test_pages_may_come_one_after_another_and_count_once() -> None:
    pages = [rashomon.read_page(SAID.format(count), f"{count}.txt") for count in (40, 50)]
    twice = [*pages, pages[0]]
    assert rashomon.report(page for page in twice) == rashomon.report(pages)
    assert [sorted(story.pages) for story in rashomon.find_stories(page for page in twice)] == [
        sorted(story.pages) for story in rashomon.find_stories(pages)
    ]
    claims = [claim for found in rashomon.extract_claims(pages) for claim in found]
    assert rashomon.align_claims(iter(twice), iter(claims)) == rashomon.align_claims(pages, claims)
    assert rashomon.to_json(page for page in pages) == rashomon.to_json(pages)


def test_what_is_no_page_is_refused_with_a_sentence() -> None:
    for function in (rashomon.report, rashomon.find_stories):
        with pytest.raises(rashomon.UsageError, match="made by read_page"):
            function(["a.txt"])  # type: ignore[list-item]
    with pytest.raises(rashomon.UsageError, match="to_json takes records"):
        rashomon.to_json(object())


def test_a_text_with_a_lone_surrogate_is_reported() -> None:
    page = rashomon.read_page(b"x", known={"text": SAID.format("\ud800 40")})
    assert rashomon.to_json(rashomon.report([page]))["claims"]
