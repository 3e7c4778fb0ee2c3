"""The patterns of the table `time_patterns`, matched over the classes of the words of a text."""

from __future__ import annotations

import re
from calendar import month_name
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Literal

import msgspec

from rashomon.claims import tables
from rashomon.claims.time_words import Word, compiled, signature

Kind = Literal["DATE", "TIME", "DURATION", "SET"]


class Pattern(msgspec.Struct, frozen=True):
    """A row of `time_patterns`, ready to use."""

    reading: str
    kind: Kind | None
    """Null where the words are no time."""
    regex: re.Pattern[str]
    rank: int


class Match(msgspec.Struct, frozen=True):
    """A pattern found in the words: from the word `first` up to the word `last`, exclusive."""

    first: int
    last: int
    pattern: Pattern
    groups: dict[str, list[Word]]


@cache
def _patterns() -> tuple[Pattern, ...]:
    return tuple(
        Pattern(
            row["reading"],
            msgspec.convert(row["type"], Kind) if row["type"] else None,
            compiled(row["pattern"]),
            rank,
        )
        for rank, row in enumerate(tables.rows("time_patterns"))
    )


def _all(regex: re.Pattern[str], signs: str) -> Iterator[re.Match[str]]:
    """All matches that hold a word, those too that begin inside another: an earlier expression may take its start."""
    match = regex.search(signs)
    while match:
        if match.end() > match.start():
            yield match
        match = regex.search(signs, match.start() + 1)


def matches(row: Sequence[Word]) -> Iterator[Match]:
    """All matches from the left; of those that begin together the longest first, then the earlier row of the table."""
    signs = signature(list(row))
    found = [
        (match.start(), -match.end(), pattern.rank, match)
        for pattern in _patterns()
        for match in _all(pattern.regex, signs)
    ]
    for first, minus_last, rank, match in sorted(found, key=lambda item: item[:3]):
        groups = {name: list(row[slice(*match.span(name))]) for name in match.groupdict() if match[name]}
        last = -minus_last
        if row[last - 1].kind == "DOT" and (row[last - 2].kind != "MONTH" or row[last - 2].text in _WHOLE):
            last -= 1  # The full stop of the sentence, not of an abbreviation.
        yield Match(first, last, _patterns()[rank], groups)


_WHOLE = frozenset(word for word in month_name if word)
