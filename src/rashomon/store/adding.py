"""A page into the store, in one transaction: its capture, its claims, its words, and its place in a story."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

import msgspec
import sqlalchemy as sql

from rashomon.model import Claim, Page
from rashomon.pages import Capture
from rashomon.store import packing, places, words
from rashomon.store.judging import keep_apart
from rashomon.store.memory import Remembered
from rashomon.store.rows import many, storable
from rashomon.store.tables import CAPTURES, CLAIMS, CLAIMS_OF_PAGE, PAGES, STORIES
from rashomon.stories.memory import Growing, id_of
from rashomon.stories.stream import Stream
from rashomon.stories.traits import read as read_traits


class Fresh(msgspec.Struct, frozen=True):
    """A page that is to be added, with all that was read of it."""

    page: Page
    claims: Sequence[Claim]
    capture: Capture | None
    """The bytes that it was read from, where they are at hand."""


def known_ids(link: sql.Connection, ids: Sequence[str]) -> set[str]:
    """Those of the pages that are there already."""
    out: set[str] = set()
    for at in range(0, len(ids), 500):
        out |= set(link.execute(sql.select(PAGES.c.id).where(PAGES.c.id.in_(ids[at : at + 500]))).scalars())
    return out


def add(link: sql.Connection, fresh: Fresh, now: float) -> int | None:
    """The number of the page's story; None where this capture is there already, and nothing was done.

    `now`: seconds since 1970.
    """
    page = fresh.page
    key = storable(places.place(page))
    former, same = _former(link, key, page, fresh.capture)
    if same or link.execute(sql.select(PAGES.c.number).where(PAGES.c.id == page.id)).first():
        return None
    traits = read_traits(page)
    memory = Remembered(link, traits)
    story = Stream(memory.memory()).place(page, traits)
    moment = places.moment(page, now, former is not None)
    _stories(link, memory, page, moment)
    link.execute(
        PAGES.insert().values(
            number=memory.here,
            id=page.id,
            place=key,
            **columns(page),
            moment=moment,
            added=now,
            capture=_capture(link, fresh.capture),
            known=packing.known(fresh.capture) if fresh.capture else None,
            former=former,
            claims=packing.packed(fresh.claims),
            why=storable(memory.seen[memory.here].why),
            story=story,
        )
    )
    memory.keep()
    _moved(link, memory)
    keep_claims(link, memory.here, fresh.claims)
    words.add_page(link, memory.here, page)
    keep_apart(link)
    return story


def columns(page: Page) -> dict[str, object]:
    """What a page's row has of the page itself."""
    from rashomon import __version__

    return {
        "address": page.address and storable(page.address),
        "source": page.source and storable(page.source),
        "title": page.title and storable(page.title),
        "published": page.published.value,
        "version": __version__,
        "record": packing.packed(page),
    }


def keep_claims(link: sql.Connection, number: int, claims: Sequence[Claim]) -> None:
    """The rows by which a page's claims are found."""
    first, claims = number * CLAIMS_OF_PAGE, claims[:CLAIMS_OF_PAGE]
    many(link, CLAIMS, [(first + at, claim.id, number, claim.status) for at, claim in enumerate(claims)])
    words.add_claims(link, first, claims)


def _former(link: sql.Connection, key: str, page: Page, capture: Capture | None) -> tuple[int | None, bool]:
    """The number of the latest capture of the page's address, and whether it is of the very same bytes."""
    found = link.execute(
        sql.select(PAGES.c.number, PAGES.c.capture).where(PAGES.c.place == key).order_by(PAGES.c.number.desc()).limit(1)
    ).first()
    if found is None:
        return None, False
    return found.number, capture is not None and found.capture == packing.capture_id(capture.raw)


def _capture(link: sql.Connection, capture: Capture | None) -> str | None:
    """Keep the bytes, once; their id."""
    if capture is None:
        return None
    key = packing.capture_id(capture.raw)
    if not link.execute(sql.select(CAPTURES.c.id).where(CAPTURES.c.id == key)).first():
        row = {"id": key, "size": len(capture.raw), "packed": zlib.compress(capture.raw, 6)}
        link.execute(CAPTURES.insert().values(row))
    return key


def _stories(link: sql.Connection, memory: Remembered, page: Page, moment: float) -> None:
    """Write the stories that the addition founded or changed."""
    seen = memory.seen[memory.here]
    changed = {seen.story} | memory.seen.stories_left()
    for number, growing in memory.growing.read.items():
        if memory.growing.new(number):
            link.execute(
                STORIES.insert().values(
                    number=number, id=id_of(growing), founder=growing.founder.id, title=storable(_title(growing, page)),
                    was=" ".join(growing.was), into=None, revision=1, aligned=0, last=moment,
                )
            )  # fmt: skip
        elif number in changed:
            gone = not growing.members
            link.execute(
                STORIES.update()
                .where(STORIES.c.number == number)
                .values(
                    was=" ".join(growing.was),
                    revision=STORIES.c.revision + 1,
                    last=_later(moment),
                    **({"into": seen.story} if gone else {}),
                )
            )


def _title(growing: Growing, page: Page) -> str:
    """The title of a new story; the page founds it, or shows that earlier pages did."""
    founder = page if growing.founder.id == page.id else growing.founder
    return founder.title or founder.address or ""


def _later(moment: float) -> sql.ColumnElement[float]:
    return sql.case((STORIES.c.last < moment, moment), else_=STORIES.c.last)


def _moved(link: sql.Connection, memory: Remembered) -> None:
    """Write which earlier pages are of another story now."""
    for number, seen in memory.seen.moved().items():
        link.execute(PAGES.update().where(PAGES.c.number == number).values(story=seen.story, why=storable(seen.why)))


def captured(link: sql.Connection, number: int) -> Capture:
    """The capture that a page was read from, as it was handed in."""
    query = sql.select(PAGES.c.record, PAGES.c.known, CAPTURES.c.packed)
    row = link.execute(query.join(CAPTURES, CAPTURES.c.id == PAGES.c.capture).where(PAGES.c.number == number)).one()
    address = packing.page(row.record).address or ""
    return packing.capture(address, zlib.decompress(row.packed), row.known)


def replace(link: sql.Connection, number: int, fresh: Fresh) -> None:
    """What was read of a page, by what was read of it now; its place in a story stays."""
    row = link.execute(sql.select(PAGES.c.record, PAGES.c.claims, PAGES.c.story).where(PAGES.c.number == number)).one()
    words.drop_page(link, number, packing.page(row.record))
    words.drop_claims(link, number * CLAIMS_OF_PAGE, packing.claims(row.claims)[:CLAIMS_OF_PAGE])
    link.execute(CLAIMS.delete().where(CLAIMS.c.page == number))
    values = {**columns(fresh.page), "claims": packing.packed(fresh.claims)}
    link.execute(PAGES.update().where(PAGES.c.number == number).values(values))
    words.add_page(link, number, fresh.page)
    keep_claims(link, number, fresh.claims)
    changed = STORIES.update().where(STORIES.c.number == row.story)
    link.execute(changed.values(revision=STORIES.c.revision + 1))
