"""In the tests a fault of the program's is an error, never a gap in a report; a store is tried on both databases."""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

os.environ["RASHOMON_STRICT"] = "1"
# One thread: several are of no use for a page, and while they wait they count as work where work is measured.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def _beside(name: str) -> Any:
    """A module of this folder, which is no package."""
    spec = importlib.util.spec_from_file_location(name, Path(__file__).parent / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def cluster() -> Iterator[Any]:
    """A running PostgreSQL of the tests' own; skips with the reason where there can be none."""
    postgres = _beside("postgres")
    try:
        with postgres.cluster() as running:
            yield running
    except postgres.MissingError as missing:
        if os.environ.get("CI"):
            raise
        pytest.skip(str(missing))


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a new store is to be: a file, then an empty database of PostgreSQL's."""
    if request.param == "sqlite":
        return str(tmp_path / "news.db")
    return str(request.getfixturevalue("cluster").database())
