"""Reported speech on the attribution and claims sets: content, speaker and time, beside the published peers.

    python benchmarks/speech.py DATA_DIR [--split dev]

Scores with the definitions of the set's own scorer where DATA_DIR's sibling `score` holds it. The peers'
rows were measured with the same scorer on the same part; the rules were written while looking at train only.
"""

from __future__ import annotations

import argparse
import gzip
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import rashomon

PEERS = (
    ("textacy, by paragraph", 30.9, 23.4),
    ("Gender Gap Tracker rules", 53.4, 43.6),
    ("BBC Citron, retrained", 65.4, 56.3),
    ("Citron with rules added", 70.1, 58.6),
    ("one human against another", 82.0, 74.8),
)
"""(system, content F1, content and speaker F1) on dev of attribution."""
PEERS_ON_CLAIMS = (("Gender Gap Tracker rules", 73.9, 55.0), ("BBC Citron, retrained", 55.7, 40.4))
"""(system, utterances found, found with the right speaker) on claims."""


def _rows(path: Path, split: str | None) -> list[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [row for row in map(json.loads, lines) if split is None or row["split"] == split]


def _predictions(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each article's sayings as the scorer reads them; what the page says itself is no attribution."""
    pages = [
        rashomon.read_page(row["text"], row["id"], {"text": row["text"], "published": row["date"][:10]}) for row in rows
    ]
    out = []
    for row, claims in zip(rows, rashomon.extract_claims(pages), strict=True):
        said = [claim for claim in claims if claim.speaker.kind != "source"]
        out.append({"id": row["id"], "attributions": [_attribution(claim) for claim in said]})
    return out


def _attribution(claim: rashomon.Claim) -> dict[str, Any]:
    who = claim.speaker
    return {
        "speaker": [[who.start, who.end]] if who.start is not None else [],
        "cue": [[claim.cue.start, claim.cue.end]] if claim.cue else [],
        "content": [[part.start, part.end] for part in claim.content],
        "speaker_name": who.name,
    }


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--split", default="dev")
    arguments = parser.parse_args()
    scorer = arguments.data.resolve().parent / "score" / "score_attribution.py"
    if not scorer.is_file():
        sys.exit(f"The scorer {scorer} is not there; it comes with the data.")
    _measure(scorer, arguments.data / "attribution.jsonl.gz", arguments.split)
    print("Peers on dev: system, content F1, content and speaker F1")
    for name, content, both in PEERS:
        print(f"  {name:28} {content:5.1f} {both:5.1f}")
    print()
    _measure(scorer, arguments.data / "claims.jsonl.gz", None)
    print("Peers on claims: system, found, found with the right speaker (pronouns carried)")
    for name, found, both in PEERS_ON_CLAIMS:
        print(f"  {name:28} {found:5.1f} {both:5.1f}")


def _measure(scorer: Path, gold: Path, split: str | None) -> None:
    """Read one set's articles and print what the scorer says of the sayings in them."""
    rows = _rows(gold, split)
    start = time.process_time()
    predicted = _predictions(rows)
    spent = time.process_time() - start
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "predicted.jsonl"
        path.write_text("".join(json.dumps(row) + "\n" for row in predicted), encoding="utf-8")
        command = [sys.executable, str(scorer), str(gold), str(path), *(["--split", split] if split else [])]
        print(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    each = sum(len(row["attributions"]) for row in predicted) / len(rows)
    print(
        f"{each:.1f} sayings an article; {len(rows) / spent:.1f} articles a second, parsing and all claims included\n"
    )


if __name__ == "__main__":
    main()
