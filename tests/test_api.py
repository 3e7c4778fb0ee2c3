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
    "Page": "id address canonical source title authors category tags language kind published modified text dropped"
    " repairs times entities copy_of gaps",
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
