"""The sayings read in the articles of a set, as the sets' own scorer reads them; shared by the benchmarks of speech."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any

import rashomon
from rashomon.claims import learned, quotes
from rashomon.reader import english

Row = dict[str, Any]


def scorer(data: Path) -> Any:
    """The sets' own scorer, a module that stands in the sibling `score` of the data's folder."""
    path = data.resolve().parent / "score" / "score_attribution.py"
    spec = importlib.util.spec_from_file_location("score_attribution", path)
    if not path.is_file() or spec is None or spec.loader is None:
        sys.exit(f"The scorer {path} is not there; it comes with the data.")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def read(given: list[Row]) -> list[list[Row]]:
    """Each article's sayings as the scorer reads them; what the page says itself is no attribution.

    A saying with several claims counts once, with all its contents; so does a quotation of several paragraphs, of which
    only the last closes. Another quotation that goes on without a cue is one attribution more.
    """
    pages = [
        rashomon.read_page(row["text"], row["id"], {"text": row["text"], "published": row["date"][:10]})
        for row in given
    ]
    out = []
    for row, claims in zip(given, rashomon.extract_claims(pages), strict=True):
        said: dict[Any, Row] = {}
        marks = quotes.find(row["text"])
        going_on = [two for one, two in pairwise(marks) if not one.closed]
        first = {claim.saying: claim.cue for claim in reversed(claims) if claim.cue}
        for claim in claims:
            if claim.speaker.kind != "source":
                cue = claim.cue
                if cue is None and any(quote.start <= claim.content[0].start < quote.end for quote in going_on):
                    cue = first.get(claim.saying)
                own = (claim.saying, cue) if cue else claim.id
                parts = [[part.start, part.end] for part in claim.content]
                said.setdefault(own, _attribution(claim))["content"] += parts
        out.append(list(said.values()))
    return out


def _attribution(claim: rashomon.Claim) -> Row:
    who = claim.speaker
    return {
        "speaker": [[who.start, who.end]] if who.start is not None else [],
        "cue": [[claim.cue.start, claim.cue.end]] if claim.cue else [],
        "content": [],
        "speaker_name": who.name,
    }


def scored(score: Any, given: list[Row], found: list[list[Row]]) -> Any:
    """What the scorer says of the sayings found in articles of attribution."""
    return score.report_attributions(
        [score.count_attributions(row, own) for row, own in zip(given, found, strict=True)]
    )


def teacher() -> english.Reader:
    """The reader's teacher; ends the program with the sentence that says what is not installed."""
    try:
        return english.reader("teacher")
    except rashomon.UsageError as lacking:
        sys.exit(str(lacking))


@contextmanager
def rules_alone() -> Iterator[None]:
    """Read without the model for as long as this lasts."""
    kept, learned.shipped = learned.shipped, lambda: None  # type: ignore[assignment]
    try:
        yield
    finally:
        learned.shipped = kept
