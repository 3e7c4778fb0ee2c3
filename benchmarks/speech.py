"""Reported speech on the attribution and claims sets: content, speaker and time, beside the published peers.

    OPENBLAS_NUM_THREADS=1 python benchmarks/speech.py DATA_DIR [--split dev]

Scores with the sets' own scorer, which stands in DATA_DIR's sibling `score`. The peers' rows were measured with
it on dev. A saying with several claims counts once, with all its contents. Speed is from clean text to sayings on
one core, beside the whole English pipeline of spaCy over the same texts in the same run.
"""

from __future__ import annotations

import argparse
import gzip
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import rashomon
from rashomon.claims import learned, quotes, speech
from rashomon.reader import english, parse

Row = dict[str, Any]

PEERS = (
    ("textacy, by paragraph", 30.9, 23.4, 48.4, 0.1),
    ("Gender Gap Tracker rules", 53.4, 43.6, 57.5, 33.3),
    ("60 lines of rules over spaCy", 57.2, 45.9, 56.9, 37.8),
    ("BBC Citron, retrained", 65.4, 56.3, 70.9, 48.1),
    ("Citron with those rules added", 70.1, 58.6, 69.1, 52.2),
    ("one human against another", 82.0, 74.8, 92.3, 67.1),
)
"""(system, content F1, content and speaker F1, the same of quoted and of unquoted gold) on dev of attribution."""
PEERS_ON_CLAIMS = (
    ("Gender Gap Tracker rules", 73.9, 55.0),
    ("60 lines of rules over spaCy", 76.7, 54.1),
    ("BBC Citron, retrained", 55.7, 40.4),
)
"""(system, utterances found, found with the right speaker, pronouns carried) on claims."""


class Figures(NamedTuple):
    """What the scorer says of one reader on one set."""

    scores: dict[str, Any]
    each: float
    """Sayings an article."""


def rows(path: Path, split: str | None) -> list[Row]:
    """The rows of a set, or of one part of it."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [row for row in map(json.loads, lines) if split is None or row["split"] == split]


def predictions(given: list[Row]) -> list[Row]:
    """Each article's sayings as the scorer reads them; what the page says itself is no attribution."""
    pages = [
        rashomon.read_page(row["text"], row["id"], {"text": row["text"], "published": row["date"][:10]})
        for row in given
    ]
    out = []
    for row, claims in zip(given, rashomon.extract_claims(pages), strict=True):
        said: dict[Any, Row] = {}
        for claim in claims:
            if claim.speaker.kind != "source":
                # A quotation that goes on without a cue is one attribution more.
                own = (claim.saying, claim.cue) if claim.cue else claim.id
                parts = [[part.start, part.end] for part in claim.content]
                said.setdefault(own, _attribution(claim))["content"] += parts
        out.append({"id": row["id"], "attributions": list(said.values())})
    return out


def _attribution(claim: rashomon.Claim) -> Row:
    who = claim.speaker
    return {
        "speaker": [[who.start, who.end]] if who.start is not None else [],
        "cue": [[claim.cue.start, claim.cue.end]] if claim.cue else [],
        "content": [],
        "speaker_name": who.name,
    }


def measured(scorer: Path, gold: Path, split: str | None) -> Figures:
    """What the scorer says of the sayings read in one set's articles."""
    given = rows(gold, split)
    predicted = predictions(given)
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as out:
        out.writelines(json.dumps(row) + "\n" for row in predicted)
        out.flush()
        command = [sys.executable, str(scorer), str(gold), out.name, "--json", *(["--split", split] if split else [])]
        told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return Figures(json.loads(told), sum(len(row["attributions"]) for row in predicted) / len(given))


@contextmanager
def rules_alone() -> Any:
    """Read without the model for as long as this lasts."""
    kept, learned.shipped = learned.shipped, lambda: None  # type: ignore[assignment]
    try:
        yield
    finally:
        learned.shipped = kept


def sayings(texts: Iterable[str], by: str) -> int:
    """How many sayings the texts hold, read by that reader."""
    given = list(texts)
    return sum(len(speech.find(doc, quotes.find(text))) for text, doc in zip(given, parse(given, by), strict=True))


def speeds(texts: list[str]) -> None:
    """Print articles a second from text to sayings, with either way of reading, and of the teacher's pipeline alone."""
    teacher = english.reader("teacher")
    jobs: dict[str, Callable[[list[str]], object]] = {
        "spaCy's English pipeline alone": lambda part: list(teacher.annotated([*map(teacher.tokens, part)])),
        "text to sayings, learned": lambda part: sayings(part, "network"),
    }
    spent = dict.fromkeys(jobs, 0.0)
    for job in jobs.values():
        job(texts[:2])
    for first in range(0, len(texts), 16):
        for name, job in jobs.items():
            began = time.process_time()
            job(texts[first : first + 16])
            spent[name] += time.process_time() - began
    slowest = max(spent.values())
    for name, seconds in spent.items():
        print(f"  {name:40} {len(texts) / seconds:6.1f} articles a second, {slowest / seconds:4.1f} x")


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--split", default="dev")
    arguments = parser.parse_args()
    scorer = arguments.data.resolve().parent / "score" / "score_attribution.py"
    if not scorer.is_file():
        sys.exit(f"The scorer {scorer} is not there; it comes with the data.")
    attribution, claims = (arguments.data / f"{name}.jsonl.gz" for name in ("attribution", "claims"))
    print(f"attribution, {arguments.split}: F1 of content / with speaker / that, quoted / unquoted; sayings an article")
    for name, content, both, quoted, unquoted in PEERS:
        print(f"  {name:32} {content:5.1f} {both:5.1f} {quoted:5.1f} {unquoted:5.1f}")
    _own(lambda: measured(scorer, attribution, arguments.split), _line_of_attribution)
    print("\nclaims: found / found with the right speaker; sayings an article")
    for name, found, both in PEERS_ON_CLAIMS:
        print(f"  {name:32} {found:5.1f} {both:5.1f}")
    _own(lambda: measured(scorer, claims, None), _line_of_claims)
    print("\nspeed on one core")
    try:
        english.reader("teacher")
    except rashomon.UsageError as lacking:
        sys.exit(str(lacking))
    speeds([row["text"] for row in rows(attribution, arguments.split)])


def _own(measure: Callable[[], Figures], line: Callable[[Figures], str]) -> None:
    """Print our two rows."""
    with rules_alone():
        print(f"  {'rashomon, rules alone':32} {line(measure())}")
    print(f"  {'rashomon':32} {line(measure())}", flush=True)


def _line_of_attribution(found: Figures) -> str:
    of = found.scores
    values = [of["all"]["content"], *(of[part]["content+speaker"] for part in ("all", "quoted", "unquoted"))]
    return " ".join(f"{100 * value['f1']:5.1f}" for value in values) + f"   {found.each:.1f}"


def _line_of_claims(found: Figures) -> str:
    of = found.scores["all"]
    return f"{100 * of['found']:5.1f} {100 * of['found+speaker']:5.1f}   {found.each:.1f}"


if __name__ == "__main__":
    main()
