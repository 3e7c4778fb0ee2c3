"""JSON Lines, JSON arrays and JSON Feed → captures: one object, one page.

An object has `html` or `text`, as a rule `url`, and any of what is known of a page; `tables/json_keys.tsv` lists the
names that other programs give these. Lines that `rashomon read` wrote, and reports in JSON, are pages already: their
text is taken as it is.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any, BinaryIO, get_args

from rashomon.model import DateBasis, Dated, Gap, PageGap, PageKind
from rashomon.pages import told
from rashomon.pages.captures import Capture
from rashomon.pages.limits import PAGE_BYTES, size, whole
from rashomon.pages.tables import rows

_LINE = PAGE_BYTES * 2
"""Bytes of a line: JSON writes a character in up to twice its bytes, as a rule."""
_HTML = "<!doctype html><meta charset=utf-8>\n"


@cache
def _keys() -> dict[str, str]:
    return {row["key"]: row["means"] for row in rows("json_keys")}


def captures(stream: BinaryIO, address: str) -> Iterator[Capture | PageGap]:
    """The pages of a file of JSON; a line or an object that is none is a gap."""
    first = stream.readline(_LINE + 1)
    while first and not first.strip(b"\xef\xbb\xbf \t\r\n"):
        first = stream.readline(_LINE + 1)
    row = _parsed(first) if len(first) <= _LINE else {}
    if isinstance(row, dict) and not _list_in(row):
        yield from _lines(first, stream, address)
        return
    text = first + whole(stream, _LINE + 1)
    if len(text) > _LINE + 1:
        why = f"{address} is one JSON value of more than {size(_LINE)}: write each page's object on a line of its own."
        yield PageGap(address, "page", why)
        return
    yield from _document(_parsed(text), address)


def _lines(first: bytes, stream: BinaryIO, address: str) -> Iterator[Capture | PageGap]:
    """The page of each line."""
    line, number = first, 0
    while line:
        number += 1
        here = f"{address}#{number}"
        if len(line) > _LINE:
            while line and not line.endswith(b"\n"):
                line = stream.readline(2**20)
            yield PageGap(here, "page", f"Line {number} of {address} is longer than {size(_LINE)}: split it.")
        elif line.strip():
            row = _parsed(line)
            if isinstance(row, dict):
                yield _capture(row, here, {})
            else:
                why = f"Line {number} of {address} is no JSON object (it may be cut off): write one page's a line."
                yield PageGap(here, "page", why)
        line = stream.readline(_LINE + 1)


def _document(value: object, address: str) -> Iterator[Capture | PageGap]:
    """The pages of one JSON value: an array of objects, a feed, a report, or one object over several lines."""
    shared: dict[str, Any] = {}
    if isinstance(value, dict):
        listed = _list_in(value)
        if listed == "items":
            authors = value.get("authors") or value.get("author")
            shared = {"source": value.get("title"), "language": value.get("language"), "authors": authors}
        found = value[listed] if listed else [value]
    elif isinstance(value, list):
        found = value
    else:
        why = f"{address} begins as JSON does and is none (it may be cut off): save it again, or name its pages."
        yield PageGap(address, "page", why)
        return
    yield from _rows(found, address, shared)


def _rows(found: Iterable[object], address: str, shared: Mapping[str, Any]) -> Iterator[Capture | PageGap]:
    number = 0
    for number, row in enumerate(found, 1):
        here = f"{address}#{number}"
        if isinstance(row, dict):
            yield _capture(row, here, shared)
        else:
            yield PageGap(here, "page", f"Entry {number} of {address} is no JSON object: write each page as one.")
    if not number:
        yield PageGap(address, "page", f"{address} is JSON without any page in it: look whether it was saved in full.")


def _list_in(row: Mapping[str, Any]) -> str | None:
    """The key of the pages in a JSON Feed, or in a report of rashomon's; None in any other object."""
    if isinstance(row.get("items"), list) and "jsonfeed.org" in str(row.get("version"))[:200]:
        return "items"
    if isinstance(row.get("pages"), list) and str(row.get("schema")).startswith("rashomon/report"):
        return "pages"
    return None


def _parsed(line: bytes) -> object:
    """The JSON value, or None."""
    try:
        return json.loads(line.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError):
        return None


def _capture(row: Mapping[str, Any], here: str, shared: Mapping[str, Any]) -> Capture | PageGap:
    """One object as a capture."""
    given: dict[str, Any] = {}
    for key, value in (*row.items(), *shared.items()):
        if (means := _keys().get(str(key).lower())) and value:
            given.setdefault(means, value)
    raw = given.get("html") or given.get("text")
    if not isinstance(raw, str) or not raw.strip():
        why = f"{here} has neither “html” nor “text” with a page in it: name the key that holds the page so."
        return PageGap(here, "page", why)
    if "plan" in row and isinstance(row.get("published"), dict):
        return _again(row, here)
    if given.get("html"):
        raw = _HTML + raw
    known, gaps = told.known(
        "the JSON that the page came in",
        title=_text(given.get("title")),
        authors=_names(given.get("authors")),
        published=_text(given.get("published")),
        source=_text(given.get("source")),
        language=_text(given.get("language")),
        encoding="utf-8",
        captured=_text(given.get("captured")),
    )
    return Capture(_text(given.get("address")) or here, raw.encode("utf-8", "replace"), known, gaps)


def _again(row: Mapping[str, Any], here: str) -> Capture:
    """A page that rashomon wrote: as it was, with what could not be read of it."""
    text = row.get("text")
    text = text if isinstance(text, str) else ""
    known: dict[str, Any] = {"text": text, **{key: _names(row.get(key)) for key in ("authors", "credits", "tags")}}
    known |= {key: _text(row.get(key)) for key in ("title", "source", "canonical", "category", "language")}
    known |= {key: _dated(row.get(key)) for key in ("published", "modified")}
    if row.get("kind") in get_args(PageKind):
        known["kind"] = row["kind"]
    if value := told.date(_text(row.get("captured")) or ""):
        known["captured"] = value
    gaps = [gap for gap in row.get("gaps") or () if isinstance(gap, dict)]
    dated = known["published"]
    if dated and dated.basis == "inferred" and any(gap.get("what") == "publication date" for gap in gaps):
        # A report inferred it from the other pages of the story, which need not be here.
        known["published"] = None
    return Capture(
        _text(row.get("address")) or here,
        text.encode("utf-8", "replace"),
        known,
        tuple(Gap(str(gap.get("what")), str(gap.get("why"))) for gap in gaps if gap.get("what") != "claims"),
    )


def _dated(value: object) -> Dated | None:
    """A date as rashomon wrote it, with how it is known."""
    written = str(value.get("value") or "") if isinstance(value, dict) else ""
    if not isinstance(value, dict) or not (day := told.date(written)):
        return None
    basis: DateBasis = "inferred" if value.get("basis") == "inferred" else "stated"
    why = _text(value.get("why")) or "Stated in the page as read before."
    return Dated(written if "/" in written else day, basis, why)


def _text(value: object) -> str | None:
    """The value's text: itself, or the name in an object."""
    if isinstance(value, dict):
        value = value.get("name") or value.get("title") or value.get("value")
    return value if isinstance(value, str) and value.strip() else None


def _names(value: object) -> tuple[str, ...]:
    found = value if isinstance(value, list) else [value]
    return tuple(name for entry in found if (name := _text(entry)))
