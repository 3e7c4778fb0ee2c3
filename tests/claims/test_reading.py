"""Pages are read when they are looked at, once, and one that cannot be read loses no other."""

from __future__ import annotations

import pickle
from typing import Any

import pytest

import rashomon
from rashomon.claims import extract, read_out, settled
from rashomon.claims.reading import Extraction


def _page(text: str, language: str = "en") -> rashomon.Page:
    return rashomon.read_page(text, text[:9], {"text": text, "language": language, "published": "2026-03-04"})


def test_a_page_is_read_once_whoever_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    count = []
    read = extract.extract

    def counted(page: rashomon.Page, doc: Any) -> Extraction:
        count.append(page.id)
        return read(page, doc)

    monkeypatch.setattr(extract, "extract", counted)
    page = _page("Mayor Ana Reyes said on Friday that the bridge was safe.")
    assert not count
    assert [time.exact for time in page.times] == ["Friday"]
    assert [entity.name for entity in page.entities] == ["Ana Reyes"]
    (claims,) = rashomon.extract_claims([page])
    assert len(claims) == 1
    assert count == [page.id]


def test_what_is_read_later_is_a_plain_tuple_to_whoever_compares_or_pickles_it() -> None:
    page = _page("Mayor Ana Reyes said on Friday that the bridge was safe.")
    copy = pickle.loads(pickle.dumps(page))
    assert isinstance(copy.times, tuple)
    assert copy == page
    assert hash(copy.times) == hash(page.times)


def test_a_page_in_another_language_has_no_claims() -> None:
    (extraction,) = read_out([_page("Der Minister sagte, die Brücke sei sicher.", "de")])
    assert extraction == Extraction()


def test_a_fault_on_one_page_loses_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    read = extract.extract

    def faulty(page: rashomon.Page, doc: Any) -> Extraction:
        if "mill" in page.text:
            raise ValueError("an odd mill")
        return read(page, doc)

    monkeypatch.setattr(extract, "extract", faulty)
    pages = [_page("The mayor said the road was open."), _page("The mill said it would close.")]
    with pytest.raises(ValueError, match="an odd mill"):
        list(read_out(pages))
    monkeypatch.delenv("RASHOMON_STRICT")
    good, bad = pages = [_page(page.text) for page in pages]
    claims = list(rashomon.extract_claims(pages))
    assert [len(some) for some in claims] == [1, 0]
    assert settled(good).gaps == good.gaps
    assert "an odd mill" in settled(bad).gaps[-1].why


@pytest.mark.parametrize(
    "text",
    [
        "It will close on February 29, 2023, the mayor said.",
        "It will close on February 29, the mayor said.",
        "10000000000 May was it, the mayor said.",
        "The ministry said " + "9" * 400 + " people left.",
        "The ministry said " + "1,000," * 200 + "000 people left.",
        "The ministry said it had counted " + "40 people, " * 1500 + "and no more.",
    ],
)
def test_an_impossible_date_or_figure_is_no_fault(text: str) -> None:
    (claims,) = rashomon.extract_claims([_page(text)])
    assert claims
