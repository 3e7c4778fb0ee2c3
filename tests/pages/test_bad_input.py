"""What is no page, and what is a poor one: a sentence that says what to do, never a traceback."""

from __future__ import annotations

import time

import pytest

from rashomon.errors import PageError
from rashomon.pages import read
from rashomon.pages.decode import decode
from rashomon.pages.read import is_html
from rashomon.pages.tables import rows
from rashomon.spans import apply

POLISH = "<meta charset=iso-8859-2><p>Most zamknięto we wtorek, podał zarząd portu.</p>".encode("iso-8859-2")
SENTENCE = "The harbour bridge was shut on Tuesday after engineers found cracks in two of its piers. "


@pytest.mark.parametrize("raw", [b"", b"  \n\t ", "", " \n", b"\xef\xbb\xbf", "\ufeff", b"\x00\x00"])
def test_nothing_is_no_page(raw: bytes | str) -> None:
    with pytest.raises(PageError, match=r"empty .*: fetch the page again\."):
        read(raw)


@pytest.mark.parametrize("row", rows("binaries"), ids=lambda row: row["what"])
def test_pictures_and_archives_are_no_pages(row: dict[str, str]) -> None:
    with pytest.raises(PageError, match="not a page: hand in"):
        read(b"x" * int(row["at"]) + bytes.fromhex(row["magic"]) + b"\x00\x01" * 600)


@pytest.mark.parametrize(
    "raw",
    [
        '{"url": "https://news.example/a", "html": "<p>' + SENTENCE + '</p><p>a</p><p>b</p>"}',
        '[{"title": "A", "text": "' + SENTENCE + '"}]',
        '{"title": "A"}\n{"title": "B"}\n',
        '\ufeff [\n  {\n "a" : 1}]',
        "{}",
        '["' + SENTENCE + '"]',
    ],
)
def test_json_is_no_page(raw: str) -> None:
    for each in (raw, raw.encode()):
        with pytest.raises(PageError, match=r"is JSON .*hand in"):
            read(each)


@pytest.mark.parametrize("raw", ["[Update] " + SENTENCE, "[1] " + SENTENCE, "{{Cite}} " + SENTENCE, "[" * 9000 + "]"])
def test_brackets_alone_are_no_json(raw: str) -> None:
    assert read(raw)


def test_other_binary_data_is_no_page() -> None:
    with pytest.raises(PageError, match="are no text"):
        read(bytes(range(256)) * 40)


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ("Müllers Brücke wurde am Dienstag geschlossen, teilte der Hafen mit.".encode("cp1252"), "Müllers Brücke"),
        (("\ufeff" + SENTENCE).encode("utf-16"), "harbour bridge"),
        (SENTENCE.encode("utf-16-le"), "harbour bridge"),
        ("Мост закрыли во вторник, сообщили в порту города после осмотра опор.".encode("cp1251"), "Мост"),
        (POLISH, "zamknięto"),
    ],
)
def test_encodings(raw: bytes, words: str) -> None:
    assert words in read(raw).text


def test_bytes_in_a_wrong_encoding_are_said() -> None:
    page = read((SENTENCE * 3 + "Café élan crème brûlée déjà vu. ").encode() + b"caf\xe9 " + SENTENCE.encode())
    assert "\ufffd" in page.text
    assert any(gap.what == "characters" and "UTF-8" in gap.why for gap in page.gaps)


def test_lone_surrogates_do_not_pass() -> None:
    page = read(SENTENCE + "\ud800")
    page.text.encode()


def test_a_page_without_a_sentence_says_so() -> None:
    page = read("Home\nNews\nContact")
    assert any(gap.what == "text" and "capture" in gap.why for gap in page.gaps)
    page = read("<html><body><script>var a = 1;</script></body></html>")
    assert any(gap.what == "text" for gap in page.gaps)


@pytest.mark.parametrize(
    "piece", [SENTENCE + "\n", SENTENCE, "a", "<", "â?", "&", "Title: x | ", "- 13:16x\n", "word "]
)
def test_fifty_megabytes_take_seconds(piece: str) -> None:
    begin = time.perf_counter()
    page = read((piece * (50_000_000 // len(piece.encode()) + 1)).encode())
    assert time.perf_counter() - begin < 20  # a few seconds where nobody else computes
    assert any(gap.what == "text" for gap in page.gaps)


def test_a_dump_that_shows_tags_is_no_html() -> None:
    assert not is_html("The <b> tag and the <p> tag were discussed.\n" + SENTENCE * 5)
    assert is_html("<div><p>" + SENTENCE + "</p></div>")
    assert is_html("\n<?xml version='1.0'?>\n<!-- saved -->\n<HTML><body>x")


def test_what_the_caller_knows_outranks() -> None:
    known = {
        "title": "A",
        "authors": ["B C"],
        "published": "2024-10-21",
        "source": "D",
        "language": "de",
        "text": " as it is\n",
    }
    page = read(b"whatever", "x", known)
    assert (page.title, page.authors, page.source, page.language, page.text) == (
        "A",
        ("B C",),
        "D",
        "de",
        " as it is\n",
    )
    assert (page.published.value, page.published.basis) == ("2024-10-21", "stated")
    assert page.plan == ()


def test_the_same_capture_makes_the_same_page() -> None:
    assert read(SENTENCE.encode(), "a") == read(SENTENCE.encode(), "a")
    assert read(SENTENCE.encode(), "a").id != read(SENTENCE.encode(), "b").id


def test_what_colours_a_terminal_is_no_text() -> None:
    raw = "\x1b[31mFriday\x1b[0m: the harbour bridge of Ormsk was shut,\x1b]0;log\x07 its engineers said. "
    raw += "\x1b It opens\x07."
    page = read(raw)
    assert page.text == "Friday: the harbour bridge of Ormsk was shut, its engineers said.   It opens ."
    assert apply(page.plan, decode(raw).text) == page.text
    assert [repair.after for repair in page.repairs] == ["", "", ""]
    assert "Friday: the" in read(f"<html><body><p>{raw}</p><p>{SENTENCE * 3}</p></body></html>").text


def test_a_title_is_one_line() -> None:
    long = "The mayor of Ormsk resigned " * 30
    page = read(f"<html><head><title>{long}</title></head><body><p>{SENTENCE * 3}</p></body></html>")
    assert page.title is not None
    assert len(page.title) <= 300
    assert page.title[-1] == "…"
    assert read(SENTENCE, known={"title": long}).title == long
    assert read("橋" * 400 + "\n\n" + SENTENCE).title is None


def test_words_that_nobody_sees_are_no_title() -> None:
    hidden = "<noscript><h1>Please switch on the scripts of this page</h1></noscript>"
    assert read(f"<html><body>{hidden}<p>{SENTENCE * 3}</p></body></html>").title is None


@pytest.mark.parametrize(
    "html",
    ["<ul><li>Home<li>News</ul>", "<div><a href=1>Home</a> <a href=2>News</a></div>", "<p>Home</p><nav>News</nav>"],
)
def test_what_is_on_a_page_without_an_article_is_dropped_in_sight(html: str) -> None:
    page = read(f"<html><body>{html}</body></html>")
    assert {"Home", "News"} <= set(" ".join([page.text, *(part.text for part in page.dropped)]).split())


@pytest.mark.parametrize("tag", ["div", "span", "section"])
def test_what_stands_deeper_than_on_any_page_is_there_or_said(tag: str) -> None:
    said = "The harbour bridge was shut after cracks were found in its piers, the port said on Tuesday."
    deep = f"<{tag}>" * 9_900 + f"<p>{said}</p>" + f"</{tag}>" * 9_900
    page = read(f"<html><body>{f'<p>{SENTENCE * 3}</p>' * 4}{deep}</body></html>")
    assert said in page.text or any(gap.what == "text" and "deep" in gap.why for gap in page.gaps)
