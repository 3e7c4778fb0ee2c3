"""Claims as a table, one row a claim: CSV, Parquet, and JSON Lines of all records."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import msgspec

from rashomon.errors import UsageError
from rashomon.model import Claim, Report

COLUMNS: dict[str, type] = {
    "story": str, "story_title": str, "points": str, "verdicts": str, "independent": int, "page": str, "address": str,
    "source": str, "page_title": str, "published": str, "published_basis": str, "claim": str, "saying": str,
    "speaker": str, "speaker_text": str, "speaker_kind": str, "via": str, "cue": str, "content": str, "quotes": str,
    "status": str, "event": str, "actor": str, "recipient": str, "low": float, "high": float, "qualifier": str,
    "counted": str, "state": str, "when": str, "when_basis": str, "places": str, "evidence": str, "loaded": str,
    "start": int, "end": int, "exact": str,
}  # fmt: skip
"""The columns in order, with their types. Several values in one cell are parted by " | "; "points" and "verdicts" are
those that the claim stands in, "independent" the most origins of one of them, "low" to "state" its first number."""


def rows(report: Report) -> Iterator[dict[str, Any]]:
    """The rows of a report, in the order of its claims; what is not known is None."""
    pages = {page.id: page for page in report.pages}
    stories = {page: story for story in report.stories for page in story.pages}
    names = {entity.id: entity.name for entity in report.entities}
    points: dict[str, list[Any]] = {}
    for point in report.points:
        for each in point.claims:
            points.setdefault(each, []).append(point)
    for claim in report.claims:
        page, story, mine = pages[claim.page], stories.get(claim.page), points.get(claim.id, [])
        yield {
            "story": story.id if story else None,
            "story_title": story.title if story else None,
            "points": _joined(point.id for point in mine),
            "verdicts": _joined(point.verdict for point in mine),
            "independent": max((point.independent for point in mine), default=None),
            "page": page.id,
            "address": page.address,
            "source": page.source,
            "page_title": page.title,
            "published": page.published.value,
            "published_basis": page.published.basis,
            **_claim(claim, names),
        }


def _claim(claim: Claim, names: dict[str, str]) -> dict[str, Any]:
    number = claim.numbers[0] if claim.numbers else None
    event = claim.event
    return {
        "claim": claim.id,
        "saying": claim.saying,
        "speaker": claim.speaker.name,
        "speaker_text": claim.speaker.text or None,
        "speaker_kind": claim.speaker.kind,
        "via": claim.speaker.via,
        "cue": claim.cue.exact if claim.cue else None,
        "content": _joined(span.exact for span in claim.content),
        "quotes": _joined(span.exact for span in claim.quotes),
        "status": claim.status,
        "event": event.code if event else None,
        "actor": names.get(event.actor) if event and event.actor else None,
        "recipient": names.get(event.recipient) if event and event.recipient else None,
        "low": number.low if number else None,
        "high": number.high if number else None,
        "qualifier": number.qualifier if number else None,
        "counted": number.of if number else None,
        "state": number.state if number else None,
        "when": claim.when.value if claim.when else None,
        "when_basis": claim.when.basis if claim.when else None,
        "places": _joined(place.text for place in claim.places),
        "evidence": _joined(claim.evidence),
        "loaded": _joined(each.exact for each in claim.loaded),
        "start": claim.span.start,
        "end": claim.span.end,
        "exact": claim.span.exact,
    }


def _joined(values: Any) -> str | None:
    return " | ".join(dict.fromkeys(str(value) for value in values)) or None


def write_csv(report: Report) -> bytes:
    """The table as CSV (RFC 4180, UTF-8); empty cells are what is not known."""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(COLUMNS), lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows(report))
    return out.getvalue().encode("utf-8", "replace")


def write_parquet(report: Report) -> bytes:
    """The table as Parquet; UsageError where pyarrow is not installed."""
    try:
        arrow, parquet = import_module("pyarrow"), import_module("pyarrow.parquet")
    except ModuleNotFoundError:
        raise UsageError("Parquet is written by pyarrow, which is not here: pip install pyarrow.") from None
    kinds = {str: arrow.string(), int: arrow.int64(), float: arrow.float64()}
    schema = arrow.schema([(name, kinds[kind]) for name, kind in COLUMNS.items()])
    clean = [
        {
            key: value.encode("utf-8", "replace").decode() if isinstance(value, str) else value
            for key, value in row.items()
        }
        for row in rows(report)
    ]
    out = io.BytesIO()
    parquet.write_table(arrow.Table.from_pylist(clean, schema=schema), out)
    return out.getvalue()


def write_jsonl(report: Report) -> bytes:
    """Every record of the report on a line of its own, `record` naming what it is; stories first, then their parts."""
    from rashomon.schema import written

    groups = (
        ("story", report.stories), ("page", report.pages), ("claim", report.claims), ("entity", report.entities),
        ("point", report.points), ("line", report.timeline), ("gap", report.gaps),
    )  # fmt: skip
    lines = [
        written({"record": name, **msgspec.json.decode(msgspec.json.encode(record))}, indent=0)
        for name, records in groups
        for record in records
    ]
    return b"".join(lines)
