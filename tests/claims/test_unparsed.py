"""Without the reader's model a page is still read, and says what is missing of it."""

from __future__ import annotations

import pytest

import rashomon
from rashomon.reader import english


def test_a_missing_model_is_a_gap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rashomon.reader.loading.FILE", "not-there.npz")
    monkeypatch.delenv("RASHOMON_READER", raising=False)
    english._installed.cache_clear()
    try:
        text = "The ferry sank on Friday, the coast guard said.\n\n“We have found 41 survivors,” she told reporters."
        report = rashomon.report([rashomon.read_page(text, "ferry.txt", {"text": text})])
    finally:
        english._installed.cache_clear()
    assert ["english.npz is missing" in gap.why for gap in report.pages[0].gaps if gap.what == "claims"] == [True]
