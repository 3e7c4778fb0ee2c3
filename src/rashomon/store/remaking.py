"""What the stream of stories knows of pages, made again from the pages: after its form has changed.

Stories, and the links between pages by which they were found, stay as they are.
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Iterator

import msgspec
import sqlalchemy as sql

from rashomon.model import Page
from rashomon.store import packing
from rashomon.store.memory import Kept
from rashomon.store.rows import many
from rashomon.store.tables import LINKS, PAGES, POSTINGS, TERMS, TRAITS
from rashomon.store.terms import LATEST, in_bytes
from rashomon.stories.profiles import packed, profile
from rashomon.stories.rarity import Rarity
from rashomon.stories.traits import counted, read

_ROWS = 500
"""Rows that are read or written at once."""


def remake(link: sql.Connection) -> None:
    """Fill the tables of terms, postings and traits anew, as if the pages came again one after the other."""
    for table in (TERMS, POSTINGS, TRAITS):
        link.execute(table.delete())
    rarity = Rarity()
    pages: Counter[str] = Counter()
    latest: defaultdict[str, deque[int]] = defaultdict(lambda: deque(maxlen=LATEST))
    made: list[tuple[int, bytes]] = []
    for number, page in _pages(link):
        traits = read(page)
        pages.update(dict.fromkeys(counted(traits), 1))
        weighed = rarity.weigh(traits)
        for term in weighed.finding:
            latest[term].append(number)
        made.append((number, packed(profile(traits, weighed))))
        if len(made) == _ROWS:
            _keep(link, made)
            made.clear()
    _keep(link, made)
    for table, rows in ((TERMS, list(pages.items())), (POSTINGS, [(k, in_bytes(list(v))) for k, v in latest.items()])):
        for at in range(0, len(rows), _ROWS):
            many(link, table, rows[at : at + _ROWS])


def _pages(link: sql.Connection) -> Iterator[tuple[int, Page]]:
    last = -1
    query = sql.select(PAGES.c.number, PAGES.c.record).order_by(PAGES.c.number).limit(_ROWS)
    while rows := link.execute(query.where(PAGES.c.number > last)).all():
        for row in rows:
            yield row.number, packing.page(row.record)
        last = rows[-1].number


def _keep(link: sql.Connection, made: list[tuple[int, bytes]]) -> None:
    """The traits of pages that follow each other."""
    if not made:
        return
    links: defaultdict[int, dict[int, float]] = defaultdict(dict)
    first, last = made[0][0], made[-1][0]
    for row in link.execute(sql.select(LINKS).where(LINKS.c.later >= first, LINKS.c.later <= last)):
        links[row.later][row.earlier] = row.score
    rows = [(number, msgspec.msgpack.encode(Kept(each, links.get(number, {})))) for number, each in made]
    many(link, TRAITS, rows)
