"""What the caller hands in: taken as it is meant, or refused with a sentence."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest

from rashomon.errors import PageError, UsageError
from rashomon.model import Dated
from rashomon.pages import read
from rashomon.pages.known import address, capture, checked

RAW = b"The harbour bridge of Ormsk was shut on Tuesday, the port's engineers said in a statement."


@pytest.mark.parametrize(
    ("published", "value", "basis"),
    [
        ("2031", "2031", "stated"),
        ("2031-05", "2031-05", "stated"),
        (" 2031-05-03 ", "2031-05-03", "stated"),
        ("20310503", "2031-05-03", "stated"),
        ("2031-05-03T14:05:00Z", "2031-05-03T14:05:00+00:00", "stated"),
        ("2031-05-03 14:05", "2031-05-03T14:05:00", "stated"),
        (date(2031, 5, 3), "2031-05-03", "stated"),
        (datetime(2031, 5, 3, 14, tzinfo=UTC), "2031-05-03T14:00:00+00:00", "stated"),
        ("2031-05-03/2031-05-06", "2031-05-03/2031-05-06", "inferred"),
        ("2031-04/2031-05", "2031-04/2031-05", "inferred"),
    ],
)
def test_dates_keep_the_precision_they_have(published: Any, value: str, basis: str) -> None:
    dated = read(RAW, known={"published": published}).published
    assert (dated.value, dated.basis) == (value, basis)


@pytest.mark.parametrize(
    "published",
    [
        "yesterday",
        "2031-13-45",
        "01/02/2031",
        "3 May 2031",
        "2031-05-03/",
        "2031-05-06/2031-05-03",
        "a/b/c",
        5,
        ["2031"],
    ],
)
def test_what_is_no_iso_date_is_refused(published: Any) -> None:
    with pytest.raises(UsageError, match="is a date as ISO 8601"):
        checked({"published": published})


@pytest.mark.parametrize(("given", "code"), [("en", "en"), ("EN", "en"), ("en-GB", "en"), ("zh_Hant_TW", "zh")])
def test_languages_are_codes(given: str, code: str) -> None:
    page = read(RAW, known={"language": given})
    assert page.language == code
    assert ("claims" in {gap.what for gap in page.gaps}) == (code != "en")


@pytest.mark.parametrize(
    ("known", "said"),
    [
        ({"language": "English"}, "en-GB"),
        ({"autor": "X"}, "no key 'autor'"),
        ({5: "X"}, "no key 5"),
        ({"title": 5}, "'title'.*type int"),
        ({"source": ["X"]}, "'source'.*type list"),
        ({"authors": 5}, "'authors'.*list of names"),
        ({"authors": [5]}, "'authors'.*list of names"),
        ({"authors": {"A", "B"}}, "'authors'.*list of names"),
        ({"text": b"bytes"}, "'text'.*type bytes"),
        ({"kind": "essay"}, "'kind'.*news, opinion"),
        ({"tags": 5}, "'tags'.*list of names"),
        ("title", "known is a dict"),
    ],
)
def test_what_cannot_be_known_is_refused(known: Any, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        read(RAW, known=known)


@pytest.mark.parametrize("empty", [None, "", (), []])
def test_what_is_empty_is_not_known(empty: Any) -> None:
    assert read(RAW, known={"authors": empty, "title": empty or None}) == read(RAW)


def test_authors_may_be_one_name_or_several() -> None:
    assert checked({"authors": "Rosa Veld"}).authors == ("Rosa Veld",)
    assert checked({"authors": (name for name in ("A", "B"))}).authors == ("A", "B")


def test_a_lone_surrogate_is_read_and_said() -> None:
    page = read(RAW, known={"text": "The mayor \ud800 said it.", "title": "A\udfff", "authors": ["B\ud800"]})
    assert page.text == "The mayor \ufffd said it."
    assert "characters" in {gap.what for gap in page.gaps}
    assert msgspec.json.encode(page)


@pytest.mark.parametrize("kind", [bytes, bytearray, memoryview])
def test_all_that_holds_bytes_is_a_capture(kind: Any) -> None:
    assert read(kind(RAW)) == read(RAW)


def test_a_path_may_be_the_address() -> None:
    assert read(RAW, Path("a/b.txt")) == read(RAW, str(Path("a/b.txt")))
    assert address("a\udcff.txt") == "a\ufffd.txt"


@pytest.mark.parametrize("raw", [None, 5, Path("a.txt"), ["x"]])
def test_what_is_no_capture_is_refused(raw: Any) -> None:
    with pytest.raises(PageError, match="hand in"):
        read(raw)


@pytest.mark.parametrize("given", [5, ["x"], {}])
def test_what_is_no_address_is_refused(given: Any) -> None:
    with pytest.raises(UsageError, match="an address is"):
        read(RAW, given)


@pytest.mark.parametrize(
    "raw",
    ["pages/a.html", "a.txt", "../x/y.htm", "/srv/pages/a b.txt", "C:\\pages\\a.html", "https://news.example/a?b=1"],
)
def test_names_of_pages_are_no_pages(raw: str) -> None:
    with pytest.raises(PageError, match="hand in"):
        read(raw)


@pytest.mark.parametrize("raw", ["<p>See a.html", "The mayor said no.", "Read notes.txt, she said.", "Ormsk 3.5", "/"])
def test_short_texts_are_pages(raw: str) -> None:
    assert capture(raw) == raw


def test_a_long_line_is_looked_at_in_no_time() -> None:
    assert capture("a/ " * 600) == "a/ " * 600
    assert capture("~a" * 900) == "~a" * 900


def test_whoever_knows_the_date_may_say_how() -> None:
    dated = Dated("2031-05-03", "inferred", "By the postmark.")
    assert read(RAW, known={"published": dated}).published == dated
    with pytest.raises(UsageError, match="is a date as ISO 8601"):
        checked({"published": Dated("yesterday", "stated", "")})
    assert checked({"published": Dated(None, "unknown", "")}).published is None


def test_the_day_of_the_capture_bounds_an_unknown_date() -> None:
    page = read(RAW, known={"captured": "2031-05-04T10:00:00Z"})
    assert page.published.value is None
    assert page.published.why.endswith("It was captured on 2031-05-04, and is no later.")
    assert read(RAW, known={"captured": "2031-05-04", "published": "2031-05-03"}).published.value == "2031-05-03"


def test_when_the_capture_was_made_is_kept() -> None:
    assert read(RAW).captured is None
    assert read(RAW, known={"captured": "2031-05-04T10:00:00Z"}).captured == "2031-05-04T10:00:00+00:00"
    assert read(RAW, known={"captured": date(2031, 5, 4)}).captured == "2031-05-04"
    for wrong in ("2031-05-04/2031-05-06", "yesterday", 5):
        with pytest.raises(UsageError, match=r"'captured'.*date or time"):
            checked({"captured": wrong})


def test_the_encoding_that_came_with_a_capture() -> None:
    raw = "Мост через гавань закрыли во вторник, сообщили в порту.".encode("koi8-r")
    assert "Мост через гавань" in read(raw, known={"encoding": "koi8-r"}).text
    with pytest.raises(UsageError, match=r"'encoding'.*type int"):
        checked({"encoding": 5})
