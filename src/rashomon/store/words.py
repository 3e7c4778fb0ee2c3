"""The words of pages and claims, to be searched: FTS5 on SQLite, tsvector on PostgreSQL.

Both stem English words and fold accents or case in their own way, so that what is found may differ by a word between
the two. The texts themselves are not kept twice: the index has the words alone.
"""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sql

from rashomon.model import Claim, Page
from rashomon.store.rows import storable

LONGEST = 200_000
"""Characters of a page whose words are found."""


def add_page(link: sql.Connection, number: int, page: Page) -> None:
    """Make a page's title and text findable."""
    title, text = _page(page)
    if link.dialect.name == "sqlite":
        link.exec_driver_sql("INSERT INTO page_words (rowid, title, words) VALUES (?, ?, ?)", (number, title, text))
    else:
        link.exec_driver_sql(
            "INSERT INTO page_words (number, words) VALUES (%s, to_tsvector('english', CAST(%s AS text)))",
            (number, f"{title}\n{text}"),
        )


def add_claims(link: sql.Connection, first: int, claims: Sequence[Claim]) -> None:
    """Make the claims of a page, numbered from `first`, findable by their words and their speakers."""
    rows = [(first + at, *_claim(claim)) for at, claim in enumerate(claims)]
    if not rows:
        return
    if link.dialect.name == "sqlite":
        link.exec_driver_sql("INSERT INTO claim_words (rowid, words, speaker) VALUES (?, ?, ?)", rows)
    else:
        link.exec_driver_sql(
            "INSERT INTO claim_words (number, words, speaker) "
            "SELECT number, to_tsvector('english', words), to_tsvector('simple', speaker) "
            "FROM unnest(CAST(%s AS bigint[]), CAST(%s AS text[]), CAST(%s AS text[])) AS t (number, words, speaker)",
            tuple([list(values) for values in zip(*rows, strict=True)]),
        )


def drop_page(link: sql.Connection, number: int, page: Page) -> None:
    """Forget the words of a page; it must be the page that was added under the number."""
    if link.dialect.name == "sqlite":
        link.exec_driver_sql(
            "INSERT INTO page_words (page_words, rowid, title, words) VALUES ('delete', ?, ?, ?)",
            (number, *_page(page)),
        )
    else:
        link.exec_driver_sql("DELETE FROM page_words WHERE number = %s", (number,))


def drop_claims(link: sql.Connection, first: int, claims: Sequence[Claim]) -> None:
    """Forget the words of a page's claims; they must be those that were added."""
    if not claims:
        return
    if link.dialect.name == "sqlite":
        link.exec_driver_sql(
            "INSERT INTO claim_words (claim_words, rowid, words, speaker) VALUES ('delete', ?, ?, ?)",
            [(first + at, *_claim(claim)) for at, claim in enumerate(claims)],
        )
    else:
        last = first + len(claims)
        link.exec_driver_sql("DELETE FROM claim_words WHERE number >= %s AND number < %s", (first, last))


def _page(page: Page) -> tuple[str, str]:
    return storable(page.title or ""), storable(page.text[:LONGEST])


def _claim(claim: Claim) -> tuple[str, str]:
    """A claim's words, and all that its speaker is called."""
    names = dict.fromkeys(name for name in (claim.speaker.name, claim.speaker.text, claim.speaker.via) if name)
    return storable(claim.span.exact[:LONGEST]), storable(" ; ".join(names))
