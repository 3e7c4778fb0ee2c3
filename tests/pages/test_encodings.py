"""Pages in any encoding, declared, undeclared, or declared falsely: a case is a row of encodings.tsv."""

from __future__ import annotations

import csv
import unicodedata
from pathlib import Path

import pytest

from rashomon.pages import read
from rashomon.pages.charset import fitting
from rashomon.pages.decode import decode
from rashomon.pages.tables import rows

CASES = Path(__file__).parents[1] / "cases/pages/encodings.tsv"
FORMS = {
    "none": "<html><head><title>{title}</title></head><body>{body}</body></html>",
    "meta": '<html><head><meta charset="{label}"><title>{title}</title></head><body>{body}</body></html>',
    "single": "<html><head><meta charset='{label}' /><title>{title}</title></head><body>{body}</body></html>",
    "bare": "<html><head><META CHARSET={label}><title>{title}</title></head><body>{body}</body></html>",
    "http-equiv": (
        '<html><head><meta http-equiv="Content-Type" content="text/html; charset={label}"><title>{title}</title></head>'
        "<body>{body}</body></html>"
    ),
    "late": (
        "<html><head><script>{filler}</script><meta charset={label}><title>{title}</title></head>"
        "<body>{body}</body></html>"
    ),
    "xml": '<?xml version="1.0" encoding="{label}"?><html><title>{title}</title><body>{body}</body></html>',
    "script": (
        '<html><head><script charset="iso-8859-1"></script><meta charset={label}><title>{title}</title></head>'
        "<body>{body}</body></html>"
    ),
    "beside": "<html><head><title>{title}</title></head><body>{body}</body></html>",
    "over": '<html><head><meta charset="iso-8859-1"><title>{title}</title></head><body>{body}</body></html>',
}


def _cases() -> list[dict[str, str]]:
    return list(csv.DictReader(CASES.read_text("utf-8").splitlines(), delimiter="\t"))


@pytest.mark.parametrize("row", _cases(), ids=lambda row: f"{row['codec']} {row['form']} {row['label']}")
def test_encodings(row: dict[str, str]) -> None:
    body = f"<article><p>{row['text']}</p><p>Ormsk, 2031.</p></article>"
    form = FORMS[row["form"]]
    html = form.format(label=row["label"], title=row["text"].split(",")[0], body=body, filler="var a = 1;" * 4000)
    beside = row["label"] if row["form"] in {"beside", "over"} else None
    decoded = decode(html.encode(row["codec"]), beside)
    assert row["text"] in decoded.text, decoded.encoding
    assert decoded.gaps == ()


@pytest.mark.parametrize("row", [row for row in _cases() if row["form"] == "none"], ids=lambda row: row["codec"])
def test_texts_without_markup(row: dict[str, str]) -> None:
    """A dump declares nothing, so what was declared is left to the detector."""
    assert row["text"] in decode((row["text"] + "\n").encode(row["codec"])).text


@pytest.mark.parametrize("row", rows("encodings"), ids=lambda row: row["label"])
def test_labels_are_read_as_browsers_do(row: dict[str, str]) -> None:
    assert f"charset={row['label']}" == row["example"]
    raw = b"<meta " + row["example"].encode() + b"><p>" + "été".encode("cp1252") + b" in Ormsk"
    assert decode(raw).text


@pytest.mark.parametrize("row", rows("encoding_signs"), ids=lambda row: row["codec"])
def test_signs(row: dict[str, str]) -> None:
    assert fitting(row["example"].encode(row["codec"])) == row["codec"]


def test_nul_bytes_are_no_text() -> None:
    more = b"<p>The port said so in a statement on Tuesday.</p>" * 9
    page = read(b"<html><body><p>The harbour\x00 bridge was shut on Tues\x00day.</p>" + more + b"</body></html>")
    assert "\x00" not in page.text
    assert page.text.startswith("The harbour")


@pytest.mark.parametrize(
    "label", ["x" * 5000, "\x00", "utf-7", "idna", "rot13", "base64", "punycode", "zip", "undefined"]
)
def test_labels_that_are_no_charsets(label: str) -> None:
    raw = f"<html><meta charset={label}><p>caf\xe9 in Ormsk was shut on Tuesday.</p></html>".encode("cp1252")
    assert "caf\xe9" in decode(raw).text
    assert "caf\xe9" in decode(raw, label).text


@pytest.mark.parametrize("code", range(0x180), ids=hex)
def test_control_characters_become_spaces_wherever_they_stand(code: int) -> None:
    plain = " " if unicodedata.category(chr(code)) == "Cc" and code < 0x80 and chr(code) not in "\t\n\r" else chr(code)
    for text in ("The bridge{}\t\n\r was shut é", 30_000 * "The bridge was shut\n" + "{}"):
        assert decode(text.format(chr(code))).text == text.format(plain)
