"""Claims of small texts: who is meant, how sure, on what evidence, and what must not be claimed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import rashomon
from rashomon.claims import settled
from rashomon.claims.tables import rows
from rashomon.pages import given

CASES = Path(__file__).parents[1] / "cases" / "claims" / "claims.jsonl"

_READ: dict[str, Callable[[rashomon.Claim], Any]] = {
    "name": lambda claim: claim.speaker.name,
    "speaker": lambda claim: claim.speaker.text,
    "kind": lambda claim: claim.speaker.kind,
    "status": lambda claim: claim.status,
    "event": lambda claim: claim.event.code if claim.event else None,
    "evidence": lambda claim: list(claim.evidence),
    "actor": lambda claim: claim.event.actor if claim.event else None,
    "places": lambda claim: [place.text for place in claim.places],
    "low": lambda claim: claim.numbers[0].low if claim.numbers else None,
}


def _cases() -> list[dict[str, Any]]:
    return [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]


def _page(text: str) -> rashomon.Page:
    return rashomon.read_page(text, "case", {"text": text, "source": "The Case", "published": "2026-03-04"})


def _claims(text: str) -> list[rashomon.Claim]:
    return next(rashomon.extract_claims([_page(text)]))


@pytest.mark.parametrize("case", _cases(), ids=lambda case: case["why"])
def test_a_claim_of_a_small_text(case: dict[str, Any]) -> None:
    found = [c for c in _claims(case["text"]) if case["has"] in " ".join(part.exact for part in c.content)]
    if case.get("absent"):
        assert not found
        return
    claim = min(found, key=lambda claim: claim.span.end - claim.span.start)
    asked = [key for key in _READ if key in case]
    assert {key: _READ[key](claim) for key in asked} == {key: case[key] for key in asked}
    if "gap" in case:
        assert case["gap"] in [gap.what for gap in settled(_page(case["text"])).gaps]


@pytest.mark.parametrize("row", rows("evidence"), ids=lambda row: row["evidence"])
def test_the_evidence_of_each_row_s_example(row: dict[str, str]) -> None:
    labels = {label for claim in _claims(row["example"]) for label in claim.evidence}
    assert row["evidence"] in labels or f"unnamed {row['evidence']}" in labels


@pytest.mark.parametrize("row", rows("status"), ids=lambda row: row["kind"])
def test_the_status_of_each_row_s_example(row: dict[str, str]) -> None:
    assert "denied" in {claim.status for claim in _claims(row["example"])}


@pytest.mark.parametrize("row", given.by_hand(), ids=lambda row: row["names"][:12])
def test_a_first_name_tells_whom_a_pronoun_means(row: dict[str, str]) -> None:
    (claim,) = [claim for claim in _claims(row["example"]) if claim.speaker.text in ("He", "She")]
    assert claim.speaker.name is not None
    assert claim.speaker.name.split()[0] in row["names"].split(";")


def test_two_clauses_of_one_saying_are_two_claims() -> None:
    claims = _claims("The minister said that the road was open and that the bridge was shut.")
    assert len(claims) == 2
    assert len({claim.saying for claim in claims}) == 1
    assert len({claim.id for claim in claims}) == 2


def test_a_quotation_that_goes_on_shares_the_saying() -> None:
    first, second = _claims("“The wall was old,” Ana Reyes said.\n\n“We had asked for a new one for years.”")
    assert first.saying == second.saying
    assert second.cue is None
    assert second.speaker == first.speaker


def test_a_page_without_a_sentence_has_no_claims() -> None:
    assert _claims("***") == []


def test_what_comes_after_the_longest_article_is_a_gap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rashomon.reader.english.MAX_CHARS", 100)
    text = "The mayor said the road was open. " * 9
    (gap,) = [gap for gap in settled(_page(text)).gaps if gap.what == "claims"]
    assert "one file a page" in gap.why


@pytest.mark.parametrize("row", rows("gendered"), ids=lambda row: row["gender"])
def test_a_noun_tells_whom_a_pronoun_means(row: dict[str, str]) -> None:
    (claim,) = [claim for claim in _claims(row["example"]) if claim.speaker.text in ("He", "She")]
    assert claim.speaker.name is not None
    assert claim.speaker.name.split()[-1] in row["nouns"].split(";")
