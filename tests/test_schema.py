"""The published schema is the one that the records give, and what is written fits it."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import msgspec
import pytest

import rashomon
from rashomon.model import Dated, Edit, Page, Report
from rashomon.schema import checked, report_schema, written

PUBLISHED = Path(__file__).parents[1] / "docs" / "report.schema.json"


def made_report() -> Report:
    page = Page(
        id="p",
        address="p.txt",
        published=Dated(None, "unknown", "No date."),
        text="The ferry sank.",
        plan=(Edit(0, 4, ""),),
    )
    return Report(version="0.1.0", as_of=None, pages=(page,))


def test_the_published_schema_is_what_the_records_give() -> None:
    assert PUBLISHED.read_bytes() == written(report_schema()), "docs/report.schema.json is stale: run `make docs`"


def test_the_schema_is_a_schema_and_a_report_fits_it() -> None:
    schema = json.loads(written(report_schema()))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(json.loads(written(rashomon.to_json(made_report()))))


def test_fields_carry_their_prose() -> None:
    fields = report_schema()["$defs"]["Claim"]["properties"]
    assert fields["saying"]["description"] == "Shared by all claims that come from one act of saying."


def test_a_report_of_another_form_is_not_written() -> None:
    data = rashomon.to_json(made_report())
    assert checked(data) is data
    data["pages"][0]["kind"] = "rumour"
    with pytest.raises(msgspec.ValidationError, match="rumour"):
        checked(data)


def test_lone_surrogates_do_not_stop_the_writing() -> None:
    assert json.loads(written({"text": ["a\ud800b"]}, indent=0)) == {"text": ["a\ufffdb"]}
