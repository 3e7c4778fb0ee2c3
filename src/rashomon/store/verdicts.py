"""Versions of verdicts: each time a story's pages or judgements change its points are made again, and what changed of a
point is kept with the time.

A point's id follows from its first claim, so an earlier page can change it; in the store a point keeps the first id
that it had, and is known again by the claims that it shares with what it was.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import msgspec
import sqlalchemy as sql

from rashomon.model import Page, Point, Report
from rashomon.store import packing
from rashomon.store.rows import next_number, storable
from rashomon.store.tables import POINTS, STORIES, VERDICTS
from rashomon.stories.dates import stretch

replace = msgspec.structs.replace


class Version(msgspec.Struct, frozen=True):
    """A point as it was from a time on."""

    number: int
    point: str
    story: str
    made: float
    """When it was computed, in seconds since 1970."""
    moment: float
    """The latest publication among the pages that it rests on, the same; 0 where none is dated."""
    before: Point | None
    now: Point
    """The point; of a point that is gone the last that it was, with no claims."""


class _Known(msgspec.Struct):
    number: int
    key: str
    point: Point
    live: bool


def unaligned(link: sql.Connection, limit: int = 1000) -> list[tuple[int, int]]:
    """Number and revision of the stories whose points are of an earlier revision."""
    query = sql.select(STORIES.c.number, STORIES.c.revision).where(sql.text("revision <> aligned"))
    return [(row.number, row.revision) for row in link.execute(query.order_by(STORIES.c.number).limit(limit))]


def keep(link: sql.Connection, number: int, revision: int, report: Report | None, now: float) -> list[Version] | None:
    """Keep the points of a story's report and a version of each that changed.

    None, and nothing done, where the story has changed since the report was made. `report` is None where the story has
    no pages any more: its points are gone with them.
    """
    done = link.execute(
        STORIES.update()
        .where(STORIES.c.number == number, STORIES.c.revision == revision)
        .values(aligned=revision, **({"title": storable(report.stories[0].title)} if report and report.stories else {}))
    )
    if done.rowcount != 1:
        return None
    _follow(link, number)
    known = _known(link, number)
    points = list(report.points) if report else []
    pages = (
        {claim.id: page for page in report.pages for claim in report.claims if claim.page == page.id} if report else {}
    )
    matched = _matched(points, known)
    out: list[Version] = []
    for point, old in zip(points, matched, strict=True):
        moment = _moment(point, pages)
        if old is None:
            out.append(_found(link, number, point, moment, now))
        elif version := _changed(link, number, old, point, moment, now):
            out.append(version)
    left = {id(old) for old in matched if old is not None}
    for old in known:
        if old.live and id(old) not in left:
            _gone(link, old)
    return out


def _follow(link: sql.Connection, number: int) -> None:
    """Points of stories that this one took over are its own."""
    taken = sql.select(STORIES.c.number).where(STORIES.c.into == number)
    link.execute(POINTS.update().where(POINTS.c.story.in_(taken)).values(story=number))


def _known(link: sql.Connection, number: int) -> list[_Known]:
    query = sql.select(POINTS).where(POINTS.c.story == number).order_by(POINTS.c.number)
    return [
        _Known(row.number, row.id, msgspec.json.decode(row.record, type=Point), row.live) for row in link.execute(query)
    ]


def _matched(points: Sequence[Point], known: Sequence[_Known]) -> list[_Known | None]:
    """For each point the one that it was: of its kind, and sharing most claims; each old one is of one new."""
    by_claim: dict[str, list[int]] = {}
    for at, old in enumerate(known):
        for claim in old.point.claims:
            by_claim.setdefault(claim, []).append(at)
    pairs: list[tuple[int, int, int, int]] = []
    for place, point in enumerate(points):
        shared = Counter(at for claim in point.claims for at in by_claim.get(claim, ()))
        pairs += [(-count, not known[at].live, place, at) for at, count in shared.items()
                  if known[at].point.kind == point.kind]  # fmt: skip
    out: list[_Known | None] = [None] * len(points)
    taken: set[int] = set()
    for _, _, place, at in sorted(pairs):
        if out[place] is None and at not in taken:
            out[place] = known[at]
            taken.add(at)
    return out


def _moment(point: Point, pages: dict[str, Page]) -> float:
    """The latest publication among the pages of the point's claims; 0 where none has a date."""
    ends = [key[1] for claim in point.claims if claim in pages and (key := stretch(pages[claim].published.value))]
    return max(ends, default=0.0)


def _found(link: sql.Connection, story: int, point: Point, moment: float, now: float) -> Version:
    number = next_number(link, POINTS)
    key = point.id
    while link.execute(sql.select(POINTS.c.number).where(POINTS.c.id == key)).first():
        key += "x"  # another point had this id before its first claim went elsewhere
    link.execute(
        POINTS.insert().values(
            number=number, id=key, story=story, live=True, verdict=point.verdict, record=packing.plain(point)
        )
    )
    return _version(link, story, number, key, None, point, moment, now)


def _changed(link: sql.Connection, story: int, old: _Known, point: Point, moment: float, now: float) -> Version | None:
    """The new version of a known point; None where nothing changed that a verdict is made of."""
    before, after = packing.plain(old.point), packing.plain(point)
    if before == after and old.live:
        return None
    values = {"record": after, "verdict": point.verdict, "live": True}
    link.execute(POINTS.update().where(POINTS.c.number == old.number).values(**values))
    if old.live and _decided(old.point) == _decided(point):
        return None
    return _version(link, story, old.number, old.key, old.point, point, moment, now)


def _decided(point: Point) -> object:
    """What a verdict is made of: what does not change where another page only repeats it."""
    current = point.current and (point.current.low, point.current.high)
    return point.verdict, point.independent, current, {(value.low, value.high) for value in point.values}


def _gone(link: sql.Connection, old: _Known) -> None:
    link.execute(POINTS.update().where(POINTS.c.number == old.number).values(live=False))


def _version(
    link: sql.Connection, story: int, number: int, key: str, before: Point | None, point: Point, moment: float,
    now: float,
) -> Version:  # fmt: skip
    at = next_number(link, VERDICTS)
    link.execute(
        VERDICTS.insert().values(
            number=at, point=number, story=story, made=now, moment=moment, verdict=point.verdict,
            record=packing.plain(point),
        )
    )  # fmt: skip
    return Version(at, key, point.story or "", now, moment, before, point)


def history(link: sql.Connection, point: str) -> list[Version]:
    """The versions of a point, by its id or one that it had, in the order in which they were made."""
    query = (
        sql.select(VERDICTS.c.number, VERDICTS.c.made, VERDICTS.c.moment, VERDICTS.c.record, POINTS.c.id,
                   STORIES.c.id.label("story"))
        .join(POINTS, POINTS.c.number == VERDICTS.c.point)
        .join(STORIES, STORIES.c.number == POINTS.c.story)
        .where(POINTS.c.id == point)
        .order_by(VERDICTS.c.number)
    )  # fmt: skip
    out: list[Version] = []
    for row in link.execute(query):
        now = msgspec.json.decode(row.record, type=Point)
        out.append(Version(row.number, row.id, row.story, row.made, row.moment, out[-1].now if out else None, now))
    return out


def points(link: sql.Connection, story: int) -> dict[str, Point]:
    """The points that a story has now, by the ids that they keep."""
    query = sql.select(POINTS.c.id, POINTS.c.record).where(POINTS.c.story == story, POINTS.c.live)
    return {
        row.id: msgspec.json.decode(row.record, type=Point) for row in link.execute(query.order_by(POINTS.c.number))
    }


def one(link: sql.Connection, point: str) -> Point | None:
    """The point that a story has now with the id, or with the only id that begins so; None where there is none."""
    query = sql.select(POINTS.c.id, POINTS.c.record).where(POINTS.c.live)
    rows = link.execute(query.where(POINTS.c.id.startswith(point, autoescape=True)).limit(2)).all()
    rows = [row for row in rows if row.id == point] or rows
    return msgspec.json.decode(rows[0].record, type=Point) if len(rows) == 1 and len(point) > 3 else None
