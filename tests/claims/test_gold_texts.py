"""Every span of every claim of 924 real articles quotes its text exactly, and no article is too odd to read."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

import rashomon

DATA = os.environ.get("RASHOMON_DATA")


def _pages() -> Iterator[rashomon.Page]:
    with gzip.open(Path(DATA or "") / "attribution.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            known = {"text": row["text"], "published": row["date"], "source": row["source"]}
            yield rashomon.read_page(row["text"], row["id"], known)


def _spans(claim: rashomon.Claim) -> Iterator[tuple[int, int, str]]:
    who = claim.speaker
    if who.start is not None and who.end is not None:
        yield who.start, who.end, who.text
    cue = [claim.cue] if claim.cue else []
    for span in [claim.span, *cue, *claim.content, *claim.quotes]:
        yield span.start, span.end, span.exact
    yield from ((number.start, number.end, number.exact) for number in claim.numbers)
    yield from ((word.start, word.end, word.exact) for word in claim.loaded)


@pytest.mark.skipif(not DATA, reason="RASHOMON_DATA is not set: it names the folder of attribution.jsonl.gz")
def test_every_span_of_every_text_quotes_it_exactly() -> None:
    count = 0
    batch = 32
    pages = list(_pages())
    for at in range(0, len(pages), batch):
        some = pages[at : at + batch]
        for page, claims in zip(some, rashomon.extract_claims(some), strict=True):
            count += 1
            wrong = [
                (claim.id, span)
                for claim in claims
                for span in _spans(claim)
                if page.text[span[0] : span[1]] != span[2]
            ]
            assert not wrong, page.address
            contents = [tuple((part.start, part.end) for part in claim.content) for claim in claims]
            assert len(set(contents)) == len(contents), page.address
            times = [(time.start, time.end, time.exact) for time in page.times]
            assert all(page.text[start:end] == exact for start, end, exact in times), page.address
    assert count == 924
