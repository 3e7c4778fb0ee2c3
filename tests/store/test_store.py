"""The store keeps pages and claims, once each, and gives the report of what it holds."""

from __future__ import annotations

from pathlib import Path

import pytest

import rashomon

FIRST = "Mayor Nadia Orsini said the bridge would reopen on Friday.\n\nAt least 12 people were injured in Tarn."
SECOND = "Police denied that officers had closed the bridge.\n\nSome 300 people left Tarn on Monday."


def _page(text: str, address: str) -> rashomon.Page:
    known = {"text": text, "title": "The bridge at Tarn", "published": "2026-03-04", "source": address}
    return rashomon.read_page(text, address, known)


def test_the_same_capture_is_kept_once(tmp_path: Path) -> None:
    with rashomon.open_store(str(tmp_path / "news.db")) as store:
        assert store.add(_page(FIRST, "a"))
        assert not store.add(_page(FIRST, "a"))
        assert store.add_all([_page(FIRST, "a"), _page(SECOND, "b"), _page(SECOND, "b")]) == 1
        assert [page.address for page in store.pages()] == ["a", "b"]


def test_what_was_kept_is_what_was_read(tmp_path: Path) -> None:
    page = _page(FIRST, "a")
    path = str(tmp_path / "news.db")
    with rashomon.open_store(path) as store:
        store.add(page)
    with rashomon.open_store(path) as store:
        (kept,) = store.pages()
        assert rashomon.to_json(kept) == rashomon.to_json(page)
        assert store.claims(page.id) == next(rashomon.extract_claims([page]))
        assert store.claims("no such page") == []


def test_the_report_of_the_store_is_the_report_of_its_pages(tmp_path: Path) -> None:
    pages = [_page(FIRST, "a"), _page(SECOND, "b")]
    with rashomon.open_store(str(tmp_path / "news.db")) as store:
        store.add_all(pages)
        assert rashomon.to_json(store.report()) == rashomon.to_json(rashomon.report(pages))


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("{tmp}/missing/news.db", "could not be opened"),
        ("nosuch://host/name", "neither a path nor a PostgreSQL URL"),
    ],
)
def test_a_store_that_cannot_be_opened_says_so(tmp_path: Path, url: str, words: str) -> None:
    with pytest.raises(rashomon.UsageError, match=words):
        rashomon.open_store(url.format(tmp=tmp_path))
