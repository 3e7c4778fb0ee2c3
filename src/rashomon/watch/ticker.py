"""The newest headlines of the watched feeds, with their times, new disputes marked."""

from __future__ import annotations

import msgspec
import sqlalchemy as sql

from rashomon.model import Point
from rashomon.store.tables import ENTRIES, FEEDS, PAGES, POINTS, STORIES, VERDICTS


class Headline(msgspec.Struct, frozen=True):
    """One entry of a watched feed."""

    title: str
    source: str | None
    address: str | None
    published: float | None
    """As the feed states it, never later than it was seen; here and below: seconds since 1970."""
    seen: float
    story: str | None
    """Id; None where no page could be made of it yet."""
    disputes: tuple[str, ...]
    """Titles of the points of its page that became disputed when it came, or later, and still are."""
    problem: str | None


def headlines(link: sql.Connection, limit: int) -> list[Headline]:
    """The newest entries, by when they were published, else seen; the newest first."""
    when = sql.func.coalesce(ENTRIES.c.published, ENTRIES.c.seen)
    query = (
        sql.select(ENTRIES.c.title, ENTRIES.c.address, ENTRIES.c.published, ENTRIES.c.seen, ENTRIES.c.problem,
                   ENTRIES.c.page, FEEDS.c.title.label("feed"), PAGES.c.number, PAGES.c.added,
                   PAGES.c.title.label("own"), PAGES.c.source, PAGES.c.story, STORIES.c.id.label("story_id"))
        .join(FEEDS, FEEDS.c.number == ENTRIES.c.feed)
        .outerjoin(PAGES, PAGES.c.id == ENTRIES.c.page)
        .outerjoin(STORIES, STORIES.c.number == PAGES.c.story)
        .order_by(when.desc(), ENTRIES.c.number.desc())
        .limit(limit)
    )  # fmt: skip
    rows = link.execute(query).all()
    disputed = _disputed(link, {row.story for row in rows if row.story is not None})
    return [
        Headline(
            title=row.own or row.title or row.address or "",
            source=row.source or row.feed,
            address=row.address,
            published=row.published,
            seen=row.seen,
            story=row.story_id,
            disputes=tuple(
                point.title
                for point, since in disputed.get(row.story, ())
                if since >= row.added and any(_on(link, claim, row.number) for claim in point.claims)
            ),
            problem=row.problem,
        )
        for row in rows
    ]


def _disputed(link: sql.Connection, stories: set[int]) -> dict[int, list[tuple[Point, float]]]:
    """The disputed points of stories, each with since when it is."""
    query = sql.select(POINTS.c.number, POINTS.c.story, POINTS.c.record)
    query = query.where(POINTS.c.story.in_(sorted(stories)), POINTS.c.live, POINTS.c.verdict == "disputed")
    out: dict[int, list[tuple[Point, float]]] = {}
    for row in link.execute(query).all():
        since = 0.0
        versions = sql.select(VERDICTS.c.verdict, VERDICTS.c.made).where(VERDICTS.c.point == row.number)
        for version in link.execute(versions.order_by(VERDICTS.c.number.desc())):
            if version.verdict != "disputed":
                break
            since = version.made
        out.setdefault(row.story, []).append((msgspec.json.decode(row.record, type=Point), since))
    return out


def _on(link: sql.Connection, claim: str, page: int) -> bool:
    from rashomon.store.tables import CLAIMS

    found = link.execute(sql.select(CLAIMS.c.number).where(CLAIMS.c.id == claim, CLAIMS.c.page == page)).first()
    return found is not None
