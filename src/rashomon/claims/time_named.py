"""Words and days of the tables `time_named` and `time_tense`, by their kinds."""

from __future__ import annotations

from functools import cache

from rashomon.claims import tables


@cache
def happenings(kind: str) -> frozenset[str]:
    """What days without a year name ("happening"), days that are names ("day"), and what has taken place ("done")."""
    return frozenset(row["word"] for row in tables.rows("time_named") if row["kind"] == kind)


@cache
def tellers(kind: str) -> frozenset[str]:
    """Words that tell which way a time lies; the table says what each kind is."""
    return frozenset(row["word"] for row in tables.rows("time_tense") if row["kind"] == kind)
