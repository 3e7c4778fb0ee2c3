"""Each export is read back by its format's own library."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import feedparser  # type: ignore[import-untyped]
import jsonschema
import pytest

import rashomon
from rashomon.formats import table
from rashomon.formats.export import FORMATS
from rashomon.schema import report_schema

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def report() -> rashomon.Report:
    files = sorted((ROOT / "examples").glob("0*"))
    pages = [rashomon.read_page(each.read_bytes(), f"https://news.example/{each.name}") for each in files]
    return rashomon.report(pages)


def test_json_is_of_the_published_schema(report: rashomon.Report) -> None:
    jsonschema.validate(json.loads(FORMATS["json"](report)), report_schema())


def test_every_record_has_its_line(report: rashomon.Report) -> None:
    rows = [json.loads(line) for line in FORMATS["jsonl"](report).splitlines()]
    kinds = [row["record"] for row in rows]
    assert kinds.count("claim") == len(report.claims)
    assert kinds.count("page") == len(report.pages)
    assert kinds.count("point") == len(report.points)


def test_csv_has_a_row_a_claim(report: rashomon.Report) -> None:
    rows = list(csv.DictReader(io.StringIO(FORMATS["csv"](report).decode(), newline="")))
    assert [row["claim"] for row in rows] == [claim.id for claim in report.claims]
    assert [row["exact"] for row in rows] == [claim.span.exact for claim in report.claims]
    assert list(rows[0]) == list(table.COLUMNS)


def test_parquet_is_typed(report: rashomon.Report) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed")
    read = parquet.read_table(io.BytesIO(FORMATS["parquet"](report)))
    assert read.num_rows == len(report.claims)
    assert read.column_names == list(table.COLUMNS)
    assert read.column("exact").to_pylist() == [claim.span.exact for claim in report.claims]
    assert str(read.schema.field("low").type) == "double"


def test_parquet_without_pyarrow_is_a_sentence(report: rashomon.Report, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(rashomon.UsageError, match="pyarrow"):
        FORMATS["parquet"](report)


def test_followthemoney_takes_every_entity(report: rashomon.Report) -> None:
    ftm: Any = pytest.importorskip("followthemoney", reason="followthemoney is not installed")
    rows = [json.loads(line) for line in FORMATS["ftm"](report).splitlines()]
    ids = {row["id"] for row in rows}
    assert len(ids) == len(rows)
    for row in rows:
        schema = ftm.model.get(row["schema"])
        assert schema is not None, row["schema"]
        for name, values in row["properties"].items():
            prop = schema.get(name)
            assert prop is not None, (row["schema"], name)
            for value in values:
                if prop.type.name == "entity":
                    assert value in ids
                    target = ftm.model.get(next(each["schema"] for each in rows if each["id"] == value))
                    assert target.is_a(prop.range), (name, target.name)
                else:
                    assert prop.type.clean(value) is not None, (name, value)
    schemata = {row["schema"] for row in rows}
    assert {"Article", "Person", "Organization", "Event", "Note"} <= schemata


def test_annotations_find_their_words(report: rashomon.Report) -> None:
    data = json.loads(FORMATS["annotation"](report))
    assert data["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert data["total"] == len(data["first"]["items"]) == len(report.claims)
    texts = {page.address: page.text for page in report.pages}
    for each in data["first"]["items"]:
        quote, position = each["target"]["selector"]
        text = texts[each["target"]["source"]]
        assert text[position["start"] : position["end"]] == quote["exact"]
        assert quote["prefix"] + quote["exact"] + quote["suffix"] in text


def test_claims_are_linked_data(report: rashomon.Report) -> None:
    data = json.loads(FORMATS["claim"](report))
    assert data["@context"] == "https://schema.org"
    assert {each["@type"] for each in data["@graph"]} == {"Claim"}
    assert len({each["@id"] for each in data["@graph"]}) == len(report.claims)
    assert all(each["text"] and each["appearance"]["url"] for each in data["@graph"])


def test_feeds_are_read_by_feed_readers(report: rashomon.Report) -> None:
    several = [point for point in report.points if point.verdict != "single"]
    read = feedparser.parse(FORMATS["atom"](report))
    assert not read.bozo
    assert len(read.entries) == len(several)
    assert all(entry.updated_parsed and entry.title and entry.link for entry in read.entries)
    feed = json.loads(FORMATS["jsonfeed"](report))
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert [item["id"] for item in feed["items"]] == [entry.id for entry in read.entries]


def test_what_no_page_can_break_is_not_broken() -> None:
    text = "Police said\x0b that 12 people \ud800 were injured in Tarn ]]> <b>."
    strange = rashomon.report([rashomon.read_page(text, "a", {"text": text, "title": "\x1b[31m ]]>"})])
    for name, write in FORMATS.items():
        if name != "parquet" or "pyarrow" in sys.modules:
            assert write(strange)
    assert not feedparser.parse(FORMATS["atom"](strange)).bozo
    assert all(write(rashomon.report([])) is not None for name, write in FORMATS.items() if name != "parquet")


def test_the_command_writes_what_it_is_asked_for(tmp_path: Path) -> None:
    store, out = str(tmp_path / "a.db"), tmp_path / "out.csv"
    with rashomon.open_store(store) as kept:
        kept.add(rashomon.read_page((ROOT / "examples" / "04_newsmill.txt").read_bytes(), "a"))
    words = [sys.executable, "-m", "rashomon", "export", "-s", store]
    subprocess.run([*words, "-f", "csv", "-o", str(out)], check=True, timeout=200)
    assert out.stat().st_size > 1000
    done = subprocess.run([*words, "-f", "word"], capture_output=True, timeout=200)
    assert done.returncode == 2
    assert b"There is no format called word" in done.stderr


def test_followthemoney_names_people_and_agencies_as_authors() -> None:
    text = "The harbour bridge was shut on Monday, the port said."
    page = rashomon.read_page(text, "a", {"text": text, "authors": ["Ada Voss"], "credits": ["AFP"]})
    rows = [json.loads(line) for line in FORMATS["ftm"](rashomon.report([page])).splitlines()]
    assert [row["properties"]["author"] for row in rows if row["schema"] == "Article"] == [["Ada Voss", "AFP"]]
