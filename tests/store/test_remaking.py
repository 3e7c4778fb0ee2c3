"""What the stream of stories knows of pages can be made again from them, and a migration does so."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sql

from rashomon import run
from rashomon.pages import Capture
from rashomon.store import Store, versions
from rashomon.store.database import Database
from rashomon.store.remaking import remake
from rashomon.store.tables import CAPTURES, LINKS, PAGES, POSTINGS, STORIES, TERMS, TRAITS

TEXTS = (
    "Police said that 12 people were injured at the Harrow mine in Tarn on Monday. Doctors denied it.",
    "At least 14 people were injured at the Harrow mine in Tarn, police said on Monday evening.",
    "The council of Velm voted on Tuesday to close two libraries, and Mayor Ada Holm called it a mistake.",
)


def fill(store: Store, first: int, last: int) -> None:
    for at in range(first, last):
        told = {"title": "Mine" if at % 3 < 2 else "Libraries", "published": f"2026-03-0{at + 1}"}
        item = Capture(f"https://tarn.example/{at}", TEXTS[at % 3].encode(), told)
        store.add(run.read_capture(item), item)


def known(link: sql.Connection) -> dict[str, list[tuple[Any, ...]]]:
    """All that the stream knows."""
    return {
        table.name: [tuple(row) for row in link.execute(sql.select(table).order_by(*table.primary_key.columns))]
        for table in (TERMS, POSTINGS, TRAITS)
    }


def test_what_the_stream_knows_is_made_again_as_it_was(url: str) -> None:
    with Store(url) as store:
        fill(store, 0, 6)
        before = store.database.ask(known)
        store.database.write(remake)
        assert store.database.ask(known) == before
        assert all(before.values())


def test_a_store_from_before_the_postings_goes_on_as_if_it_had_had_them(url: str, tmp_path: Any) -> None:
    with Store(str(tmp_path / "newer.db")) as newer:
        fill(newer, 0, 6)
        wanted = newer.database.ask(known)
        rows = newer.database.ask(
            lambda link: {
                table: [row._asdict() for row in link.execute(sql.select(table))]
                for table in (STORIES, CAPTURES, PAGES, LINKS)
            }
        )
        fill(newer, 6, 9)
        told = [(each.id, each.pages) for each in newer.stories()]
    database = Database(url)
    versions.migrate(database, "0002")

    def copied(link: sql.Connection) -> None:
        for table, found in rows.items():
            if found:
                link.execute(table.insert(), found)

    database.write(copied)
    versions.migrate(database)
    database.close()
    with Store(url) as store:
        found = store.database.ask(known)
        assert [len(each) for each in found.values()] == [len(each) for each in wanted.values()]
        assert sorted(found["terms"]) == sorted(wanted["terms"])
        fill(store, 6, 9)
        assert [(each.id, each.pages) for each in store.stories()] == told
