"""The terms that pages are found again by: how many pages have each, and the latest pages of those that are rare.

The counts are apart from the pages, since each page changes the counts of some hundred terms and the pages of a few
dozen: short rows lie close together, and the cost of changing them hardly grows with their number.
"""

from __future__ import annotations

import array
from collections.abc import Iterable, Iterator, Mapping, MutableMapping

import sqlalchemy as sql

from rashomon.store.rows import among
from rashomon.store.tables import POSTINGS, TERMS
from rashomon.stories.stream import CROWD

LATEST = 2 * CROWD
"""A term's pages that are kept; the stream looks at half as many."""


def counts(link: sql.Connection, terms: Iterable[str]) -> dict[str, int]:
    """How many pages have each of the terms; none of those that no page has."""
    rows = link.execute(sql.select(TERMS.c.term, TERMS.c.pages).where(among(link, TERMS.c.term, terms)))
    return {row.term: row.pages for row in rows}


def count(link: sql.Connection, terms: Iterable[str]) -> None:
    """One page more for each term."""
    found = sorted(terms)  # in one order, so that writers do not wait for each other in a ring
    if link.dialect.name == "postgresql":
        link.exec_driver_sql(
            "INSERT INTO terms (term, pages) SELECT term, 1 FROM unnest(CAST(%s AS text[])) AS given (term) "
            "ON CONFLICT (term) DO UPDATE SET pages = terms.pages + 1",
            (found,),
        )
    elif found:
        link.exec_driver_sql(
            "INSERT INTO terms (term, pages) VALUES (?, 1) ON CONFLICT (term) DO UPDATE SET pages = pages + 1",
            [(term,) for term in found],
        )


def post(link: sql.Connection, changed: Mapping[str, bytes]) -> None:
    """The latest pages of each term."""
    terms = sorted(changed)
    latest = [changed[term] for term in terms]
    if link.dialect.name == "postgresql":
        link.exec_driver_sql(
            "INSERT INTO postings (term, latest) SELECT term, latest "
            "FROM unnest(CAST(%s AS text[]), CAST(%s AS bytea[])) AS given (term, latest) "
            "ON CONFLICT (term) DO UPDATE SET latest = excluded.latest",
            (terms, latest),
        )
    elif terms:
        link.exec_driver_sql(
            "INSERT INTO postings (term, latest) VALUES (?, ?) "
            "ON CONFLICT (term) DO UPDATE SET latest = excluded.latest",
            list(zip(terms, latest, strict=True)),
        )


class Posted(MutableMapping[str, list[int]]):
    """Term → the latest pages that are found again by it."""

    def __init__(self, link: sql.Connection) -> None:
        self._link = link
        self._read: dict[str, list[int]] = {}
        self._before: dict[str, int] = {}

    def prepare(self, terms: Iterable[str]) -> None:
        """Read many terms at once."""
        missing = [term for term in dict.fromkeys(terms) if term not in self._read]
        self._read.update((term, []) for term in missing)
        self._before.update((term, -1) for term in missing)
        query = sql.select(POSTINGS).where(among(self._link, POSTINGS.c.term, missing))
        for term, latest in self._link.execute(query):
            self._read[term] = _numbers(latest)
            self._before[term] = self._read[term][-1]

    def changed(self) -> dict[str, bytes]:
        """The terms whose pages are others than were read."""
        return {
            term: in_bytes(pages[-LATEST:])
            for term, pages in self._read.items()
            if pages and pages[-1] != self._before[term]
        }

    def __getitem__(self, term: str) -> list[int]:
        if term not in self._read:
            self.prepare([term])
        return self._read[term]

    def __setitem__(self, term: str, pages: list[int]) -> None:
        self._before.setdefault(term, -1)
        self._read[term] = pages

    def __delitem__(self, term: str) -> None:
        raise TypeError("what is kept is not forgotten")

    def __iter__(self) -> Iterator[str]:
        return iter(self._read)

    def __len__(self) -> int:
        return len(self._read)


def _numbers(data: bytes) -> list[int]:
    found = array.array("I")
    found.frombytes(data)
    return found.tolist()


def in_bytes(numbers: list[int]) -> bytes:
    """Numbers of pages as a row has them."""
    return array.array("I", numbers).tobytes()
