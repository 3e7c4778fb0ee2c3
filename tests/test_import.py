"""`import rashomon` is light: what is heavy is imported when it is used."""

from __future__ import annotations

import json
import subprocess
import sys
import time

HEAVY = (
    "spacy",
    "thinc",
    "trafilatura",
    "resiliparse",
    "lxml",
    "numpy",
    "rich",
    "typer",
    "ftfy",
    "htmldate",
    "sqlalchemy",
)
ALLOWED = 0.15
"""Seconds beyond what the bare interpreter takes."""


def seconds(code: str) -> float:
    """The best of five runs, since the machine may be busy with something else."""
    best = float("inf")
    for _ in range(5):
        began = time.perf_counter()
        subprocess.run([sys.executable, "-c", code], check=True)
        best = min(best, time.perf_counter() - began)
    return best


def test_it_takes_no_time() -> None:
    assert seconds("import rashomon") - seconds("pass") < ALLOWED


def test_it_imports_nothing_heavy() -> None:
    code = "import json, sys, rashomon; print(json.dumps(sorted({name.partition('.')[0] for name in sys.modules})))"
    loaded = json.loads(subprocess.run([sys.executable, "-c", code], check=True, capture_output=True).stdout)
    assert set(HEAVY).isdisjoint(loaded)


def test_what_stands_before_the_guard_against_interruption_is_light() -> None:
    code = "import json, sys, rashomon.__main__; print(json.dumps(sorted(sys.modules)))"
    loaded = json.loads(subprocess.run([sys.executable, "-c", code], check=True, capture_output=True).stdout)
    assert {*HEAVY, "msgspec", "rashomon.model", "rashomon.cli"}.isdisjoint(loaded)


def test_records_are_there_when_they_are_asked_for() -> None:
    code = "import rashomon, sys; assert 'msgspec' not in sys.modules; print(rashomon.Span(0, 3, 'The').exact)"
    assert subprocess.run([sys.executable, "-c", code], check=True, capture_output=True).stdout == b"The\n"
