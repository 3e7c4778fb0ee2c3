"""How many origins an account has: tests/cases/stories/origins.jsonl, each row a few sayings and their count.

A saying is [page, speaker as written or "", name of the person or null, place in the row of the saying that it
stands inside, a body named in the speaker's words]; what is left out is null.
"""

from __future__ import annotations

import itertools
import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from rashomon.model import Claim, Dated, Entity, Page, Span, Speaker
from rashomon.stories.origins import Voice, called, independent, origin_of, voice

CASES = Path(__file__).parent.parent / "cases" / "stories" / "origins.jsonl"
ROWS = [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]


class Said(msgspec.Struct, frozen=True):
    """What the count asks of an account."""

    claim: Claim
    root: str
    speakers: frozenset[str]
    voice: Voice


def said(row: list[list[Any]]) -> list[Said]:
    out = []
    for place, (page, text, name, *more) in enumerate(row):
        inside, body = (*more, None, None)[:2]
        start = 100 * (place if inside is None else inside) + (0 if inside is None else 10)
        span = Span(start, start + (50 if inside is None else 20), "")
        kind: Any = "named" if name else "unnamed" if text else "source"
        claim = Claim(id=str(place), page=page, saying=str(place), span=span, cue=None, content=(span,),
                      speaker=Speaker(text, None, None, name or text, None, kind))  # fmt: skip
        key = f"e:{name or text.removeprefix('the ')}" if name or "Union" in text else f"t:{text}"
        keys = frozenset({key} if text else ())
        person = Entity(name, name, (name,), "PERSON", None) if name else None
        bodies = [body] if body else []
        out.append(Said(claim, page, keys, voice(keys, f"s:{page}", text, person, bodies)))
    return out


@pytest.mark.parametrize("row", ROWS, ids=[row["why"] for row in ROWS])
def test_origins(row: dict[str, Any]) -> None:
    for order in itertools.permutations(said(row["say"])):
        assert independent(order) == row["origins"]


def test_a_speaker_is_called_all_that_it_is_called_anywhere() -> None:
    assert called([("1", "Police Chief Ada Holm"), ("1", "Holm"), ("2", "Brandt")]) == {
        "1": "Holm, Police Chief Ada Holm",
        "2": "Brandt",
    }


def test_pages_that_credit_one_agency_have_one_origin() -> None:
    def page(source: str, *credits: str) -> Page:
        return Page(
            id=source, address=None, source=source, credits=credits, published=Dated(None, "unknown", ""), text=""
        )

    assert origin_of(page("The Courier", "Associated Press")) == origin_of(page("Ledger", "AP")) == "s:ap"
    assert origin_of(page("The Courier")) == origin_of(page("Courier")) == "s:courier"
    assert origin_of(page("Ledger", "AP", "Reuters")) == "s:ledger"
    assert origin_of(page("Ledger", "Harbour Desk")) == "s:ledger"
