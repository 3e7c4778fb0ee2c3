"""Filled stores: made once as SQLite files, and moved from there into any database that is measured."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

import sqlalchemy as sql

from rashomon.store import Store, packing, words
from rashomon.store.rows import Row, many
from rashomon.store.tables import CLAIMS_OF_PAGE, META, PAGES
from store_faults import count_of, lay
from store_pages import Read, stream

SMALL, TIMED = 1000, 300
"""Pages of the store that the whole one is held against; pages that are timed, which are in neither yet."""
_ROWS = 400


def fill(folder: Path, base: list[Read], pages: int) -> None:
    """Two SQLite files with all pages but the last, and with the thousand before these; what is there stays."""
    if (folder / "large.db").exists():
        return
    made = {name: Store(str(folder / f"{name}.part")) for name in ("small", "large")}
    for at, each in enumerate(islice(stream(base, pages), pages - TIMED)):
        lay(made["large"], each)
        if at >= pages - TIMED - SMALL:
            lay(made["small"], each)
    for name, store in made.items():
        store.align()
        store.close()  # with the last connection goes the log
        (folder / f"{name}.part").rename(folder / f"{name}.db")


def move(path: Path, url: str) -> Store:
    """The store of a file as a new one elsewhere."""
    if "://" not in url:
        shutil.copy(path, url)
        return Store(url)
    with Store(str(path)) as old:
        new = Store(url)
        for table in META.sorted_tables:
            _rows(old, new, table)
        last = count_of(old)
        for first in range(0, last, _ROWS):
            with old.database.read() as link:
                query = sql.select(PAGES.c.number, PAGES.c.record, PAGES.c.claims)
                rows = link.execute(query.where(PAGES.c.number.between(first, first + _ROWS - 1))).all()
            new.database.write(lambda link, rows=rows: _words(link, rows))  # type: ignore[misc]
    new.database.write(lambda link: link.exec_driver_sql("ANALYZE"))
    return new


def _rows(old: Store, new: Store, table: sql.Table) -> None:
    with old.database.read() as link:
        for some in link.execute(sql.select(table).order_by(*table.primary_key.columns)).partitions(_ROWS):
            rows = [tuple(row) for row in some]
            new.database.write(lambda to, rows=rows: many(to, table, rows))  # type: ignore[misc]


def _words(link: sql.Connection, rows: Sequence[Row]) -> None:
    for number, record, claims in rows:
        words.add_page(link, number, packing.page(record))
        words.add_claims(link, number * CLAIMS_OF_PAGE, packing.claims(claims)[:CLAIMS_OF_PAGE])
