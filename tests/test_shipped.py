"""What comes with the program is there: it works without its models, and a table may be empty, so neither is missed."""

from __future__ import annotations

from pathlib import Path

import pytest

import rashomon
from rashomon import trees
from rashomon.claims import learned
from rashomon.reader import loading
from rashomon.stories import toll_words

ROOT = Path(rashomon.__file__).parent
TREES = ("pages dump", "pages html", "pages title", "stories pairs", "stories toll_injured", "stories toll_killed")


@pytest.mark.parametrize("name", [*TREES, *(f"stories stance_{each}" for each in ("agree", "disagree", "discuss"))])
def test_trees(name: str) -> None:
    found = trees.shipped(*name.split())
    assert found is not None
    assert found.names


def test_other_models() -> None:
    assert learned.shipped() is not None
    assert toll_words.own() is not None
    assert loading.load() is not None


@pytest.mark.parametrize("path", sorted(ROOT.glob("**/tables/*.tsv")), ids=lambda path: f"{path.parts[-3]} {path.stem}")
def test_tables(path: Path) -> None:
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("# ")]
    assert len(lines) > 1
    assert len(set(lines[1:])) == len(lines) - 1, "a row stands twice"
