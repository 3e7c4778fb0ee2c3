"""Our own pairs of claims, `benchmarks/verdicts/pairs_*.jsonl`: two texts, a marked claim in each, and a label."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import rashomon
from rashomon.model import Claim, Page

FOLDER = Path(__file__).parents[2] / "benchmarks" / "verdicts"
Pair = Mapping[str, Any]


def read(path: Path) -> list[dict[str, Any]]:
    """The rows of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def pages_of(pair: Pair) -> tuple[Page, Page]:
    """The two texts as pages."""
    return _page(pair["a"]), _page(pair["b"])


def _page(side: Mapping[str, Any]) -> Page:
    return rashomon.read_page(side["text"], known={**side["page"], "text": side["text"], "language": "en"})


def marked(side: Mapping[str, Any], page: Page, claims: Iterable[Claim]) -> list[Claim]:
    """The page's claims that overlap the marked stretch."""
    start, end = side["span"]["start"], side["span"]["end"]
    return [claim for claim in claims if claim.page == page.id and claim.span.start < end and start < claim.span.end]
