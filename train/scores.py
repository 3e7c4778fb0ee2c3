"""How well a body was found: the protocol of scrapinghub's article-extraction-benchmark."""

from __future__ import annotations

from typing import Any

from renderings import shingles

Score = tuple[float | None, float | None, float]
"""Precision and recall, None where there is nothing to divide by, and F1."""


def score(gold: dict[str, Any], text: str) -> Score:
    """Precision, recall and F1 of 4-word shingles; a standfirst that the gold marks may be left out."""
    got, out = shingles(text), []
    body, summary = gold["body"], gold.get("summary")
    for part in (body, body[len(summary) :]) if summary and summary != body else (body,):
        want = shingles(part)
        hit, both = (want & got).total(), want.total() + got.total()
        precision, recall = hit / got.total() if got else None, hit / want.total() if want else None
        out.append((precision, recall, 2 * hit / both if both else 1.0))
    return max(out, key=lambda found: found[2])
