"""Words and days of the table `time_named`: what days give their names to, and what is over where a day is told."""

from __future__ import annotations

from functools import cache

from rashomon.claims import tables


@cache
def happenings(kind: str) -> frozenset[str]:
    """What days without a year name ("happening"), days that are names ("day"), and what has taken place ("done")."""
    return frozenset(row["word"] for row in tables.rows("time_named") if row["kind"] == kind)
