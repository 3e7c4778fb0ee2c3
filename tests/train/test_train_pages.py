"""What HTML pages are learned from: altered copies keep their labels, and scores follow the published protocol."""

from __future__ import annotations

import subprocess
import sys
from argparse import Namespace
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

import blocks as training
import dumps
import pages as benchmark
from options import options
from scores import score

SAID = [
    f"The harbour bridge was shut on day {at} after engineers found {at + 2} more cracks in its piers, the port said."
    for at in range(6)
]
HTML = (
    "<html><head><title>Harbour bridge shut</title></head><body><ul><li><a>Home</a><li><a>World</a></ul>"
    f"<h1>Harbour bridge shut</h1><div class=story>{''.join(f'<p>{said}</p>' for said in SAID)}</div>"
    "<div class=related><p>Read more about bridges</p></div></body></html>"
)
ROW = {"html": HTML, "url": "https://www.example.org/bridge", "set": "made up", "gold": {}}


def test_altered_copies_keep_their_labels() -> None:
    found = training.example(ROW, "\n".join(SAID), 2, 7)
    assert found is not None
    first, *copies = found.samples
    assert first.labels.sum() == len(SAID)
    assert len(copies) == 2
    for sample in found.samples:
        assert sample.columns.shape == (len(found.names), len(sample.labels))
        assert len(sample.weights) == len(sample.labels)
    words = found.names.index("words")
    for sample in copies:
        assert (sample.columns[words][sample.labels > 0] > 10).all()


def test_the_same_page_makes_the_same_samples() -> None:
    one, other = (training.example(ROW, "\n".join(SAID), 2, 7) for _ in range(2))
    assert one is not None
    assert other is not None
    for left, right in zip(one.samples, other.samples, strict=True):
        np.testing.assert_array_equal(left.columns, right.columns)


@pytest.mark.parametrize(
    ("gold", "text", "f1"),
    [
        ({"body": SAID[0]}, SAID[0], 1.0),
        ({"body": SAID[0]}, "", 0.0),
        ({"body": f"{SAID[0]} {SAID[1]}", "summary": SAID[0]}, SAID[1], 1.0),
        ({"body": f"{SAID[0]} {SAID[1]}", "summary": SAID[0]}, f"{SAID[0]} {SAID[1]}", 1.0),
    ],
)
def test_scores(gold: dict[str, str], text: str, f1: float) -> None:
    assert score(gold, text)[2] == pytest.approx(f1)


@pytest.mark.parametrize("script", [training, dumps])
def test_the_benchmark_asks_as_the_scripts_answer(
    script: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """`benchmarks/pages.py --cross-validate` called a script with an option that it did not have."""
    calls: list[list[str]] = []
    monkeypatch.setattr(subprocess, "run", lambda call, check: calls.append(call))
    monkeypatch.setattr(sys, "argv", ["pages.py", str(tmp_path), "--set", "dump_fundus", "--cross-validate"])
    monkeypatch.setattr(benchmark, "measure", lambda *asked: [])
    benchmark.main()
    [call] = [call for call in calls if Path(call[1]) == Path(script.__file__ or "")]
    monkeypatch.setattr(sys, "argv", call[1:])
    asked: list[Namespace] = []

    def answer(doc: str | None) -> None:
        asked.append(options(doc))
        sys.exit(0)

    monkeypatch.setattr(script, "options", answer)
    with pytest.raises(SystemExit):
        script.main()
    assert asked[0].cross_validate
    assert asked[0].no_write
