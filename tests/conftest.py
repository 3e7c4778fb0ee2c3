"""In the tests a fault of the program's is an error, never a gap in a report; a store is tried on both databases."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

import store_postgres

os.environ["RASHOMON_STRICT"] = "1"
# One thread: several are of no use for a page, and while they wait they count as work where work is measured.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


@pytest.fixture(scope="session")
def cluster() -> Iterator[store_postgres.Cluster]:
    """A running PostgreSQL of the tests' own; skips with the reason where there can be none."""
    # Tests that are ended from outside take their server down with them.
    signal.signal(signal.SIGTERM, lambda *_: pytest.exit("ended from outside", 143))
    try:
        with store_postgres.cluster() as running:
            yield running
    except store_postgres.MissingError as missing:
        if os.environ.get("CI"):
            raise
        pytest.skip(str(missing))


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a new store is to be: a file, then an empty database of PostgreSQL's."""
    if request.param == "sqlite":
        return str(tmp_path / "news.db")
    return str(request.getfixturevalue("cluster").database())
