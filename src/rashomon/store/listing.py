"""The stories of a store as a list, and which of them somebody means."""

from __future__ import annotations

from collections import Counter

import msgspec
import sqlalchemy as sql

from rashomon.errors import UsageError
from rashomon.model import Claim, Verdict
from rashomon.store import packing
from rashomon.store.judging import story_number
from rashomon.store.rows import Row, among
from rashomon.store.tables import CLAIMS, PAGES, POINTS, STORIES


class Heading(msgspec.Struct, frozen=True):
    """A story in a list."""

    number: int
    id: str
    title: str
    pages: int
    """Addresses, not captures."""
    sources: tuple[str, ...]
    first: str | None
    last: str | None
    """The earliest and the latest publication among its pages, as the pages state them."""
    verdicts: dict[Verdict, int]
    """How many of its points have which verdict now; empty for an earlier time."""


def headings(link: sql.Connection, until: float | None, limit: int | None) -> list[Heading]:
    """The stories that have pages by then, those with the latest page first; `until`: seconds since 1970."""
    last = sql.func.max(PAGES.c.moment).label("moment")
    if until is None:
        query = sql.select(STORIES.c.number).where(STORIES.c.into.is_(None)).order_by(STORIES.c.last.desc())
        query = query.order_by(STORIES.c.number)
    else:
        query = sql.select(PAGES.c.story).where(PAGES.c.moment <= until).group_by(PAGES.c.story)
        query = query.order_by(last.desc(), PAGES.c.story)
    numbers = list(link.execute(query.limit(limit)).scalars())
    return told(link, numbers, until)


def told(link: sql.Connection, numbers: list[int], until: float | None) -> list[Heading]:
    """The stories of those numbers, in their order; those without pages by then are left out."""
    out: dict[int, Heading] = {}
    for at in range(0, len(numbers), 500):
        some = numbers[at : at + 500]
        rows = link.execute(
            sql.select(STORIES.c.number, STORIES.c.id, STORIES.c.title).where(among(link, STORIES.c.number, some))
        )
        titles = {row.number: (row.id, row.title) for row in rows}
        pages = sql.select(PAGES.c.story, PAGES.c.place, PAGES.c.source, PAGES.c.published, PAGES.c.moment)
        pages = pages.where(among(link, PAGES.c.story, some))
        if until is not None:
            pages = pages.where(PAGES.c.moment <= until)
        found: dict[int, list[Row]] = {}
        for row in link.execute(pages.order_by(PAGES.c.number)):
            found.setdefault(row.story, []).append(row)
        verdicts: dict[int, Counter[Verdict]] = {}
        if until is None:
            points = sql.select(POINTS.c.story, POINTS.c.verdict, sql.func.count()).where(POINTS.c.live)
            points = points.where(among(link, POINTS.c.story, some)).group_by(POINTS.c.story, POINTS.c.verdict)
            for story, verdict, count in link.execute(points):
                verdicts.setdefault(story, Counter())[verdict] = count
        for number in some:
            if number in found:
                key, title = titles[number]
                out[number] = _heading(number, key, title, found[number], dict(verdicts.get(number, {})))
    return list(out.values())


def _heading(
    number: int, key: str, title: str, rows: list[Row],
    verdicts: dict[Verdict, int],
) -> Heading:  # fmt: skip
    dated = sorted((row for row in rows if row.published), key=lambda row: row.moment)
    return Heading(
        number=number,
        id=key,
        title=title,
        pages=len({row.place for row in rows}),
        sources=tuple(sorted({row.source for row in rows if row.source})),
        first=dated[0].published if dated else None,
        last=dated[-1].published if dated else None,
        verdicts=verdicts,
    )


def meant(link: sql.Connection, story: str) -> int:
    """The number of the story with the id, or with the only id that begins so; UsageError where there is none.

    The id of a story that was taken over is its heir's.
    """
    wanted = story.strip()
    found = story_number(link, wanted)
    if found is None:
        begins = sql.select(STORIES.c.id).where(STORIES.c.id.startswith(wanted, autoescape=True)).limit(3)
        ids = list(link.execute(begins).scalars()) if len(wanted) >= 4 else []
        if len(ids) > 1:
            raise UsageError(f"Several stories begin with {wanted}: write more of the id.")
        found = story_number(link, ids[0]) if ids else None
    if found is None:
        raise UsageError(f"There is no story {wanted!r} in the store: `rashomon stories` lists them with their ids.")
    return found


def claim(link: sql.Connection, wanted: str) -> Claim:
    """The claim with the id, or with the only id that begins so; UsageError where there is none."""
    query = sql.select(CLAIMS.c.id, CLAIMS.c.page).where(CLAIMS.c.id.startswith(wanted, autoescape=True))
    rows = link.execute(query.limit(3)).all() if len(wanted) > 3 else []
    rows = [row for row in rows if row.id == wanted][:1] or rows
    if len(rows) != 1:
        few = "several claims begin" if rows else "no claim begins"
        raise UsageError(f"In the store {few} with {wanted!r}: `rashomon report --format json` has their ids.")
    data = link.execute(sql.select(PAGES.c.claims).where(PAGES.c.number == rows[0].page)).scalar()
    return next(each for each in packing.claims(data or b"") if each.id == rows[0].id)
