"""Versions of verdicts: each time a story's pages or judgements change its points are made again, and what changed of a
point is kept with the time.

A point's id follows from its first claim, so an earlier page can change it; in the store a point keeps the first id
that it had, and is known again by the claims that it shares with what it was.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import msgspec
import sqlalchemy as sql

from rashomon.model import Page, Point, Report
from rashomon.store import packing
from rashomon.store.rows import among, many, next_number, storable
from rashomon.store.tables import POINTS, STORIES, VERDICTS
from rashomon.stories.dates import stretch
from rashomon.stories.undated import is_placed

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
    record: bytes
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
    told = list(_numbered(link, points, matched))
    _write(link, number, told)
    left = {id(old) for old in matched if old is not None}
    gone = [old.number for old in known if old.live and id(old) not in left]
    if gone:
        link.execute(POINTS.update().where(among(link, POINTS.c.number, gone)).values(live=False))
    at = next_number(link, VERDICTS)
    changed = [each for each in told if each.is_news]
    out = [
        Version(at + turn, each.key, each.point.story or "", now, _moment(each.point, pages), each.before, each.point)
        for turn, each in enumerate(changed)
    ]
    numbers = {each.key: each.number for each in changed}
    rows = [(each.number, numbers[each.point], number, now, each.moment, each.now.verdict, packing.plain(each.now))
            for each in out]  # fmt: skip
    many(link, VERDICTS, rows)
    return out


class _Told(msgspec.Struct, frozen=True):
    """A point as the report has it, and what it is in the store."""

    number: int
    key: str
    """The id that it keeps."""
    point: Point
    old: _Known | None

    @property
    def before(self) -> Point | None:
        """What it was."""
        return None if self.old is None else self.old.point

    @property
    def is_news(self) -> bool:
        """Whether something changed that a verdict is made of."""
        return self.old is None or not self.old.live or _decided(self.old.point) != _decided(self.point)


def _numbered(link: sql.Connection, points: Sequence[Point], matched: Sequence[_Known | None]) -> Iterator[_Told]:
    """The points with their numbers and the ids that they keep, those of new ones too."""
    fresh = [point.id for point, old in zip(points, matched, strict=True) if old is None]
    taken = set(link.execute(sql.select(POINTS.c.id).where(among(link, POINTS.c.id, fresh))).scalars()) if fresh else ()
    used = set(taken)
    number = next_number(link, POINTS) if fresh else 0
    for point, old in zip(points, matched, strict=True):
        if old is not None:
            yield _Told(old.number, old.key, point, old)
            continue
        key = point.id
        while key in used or (key != point.id and _is_taken(link, key)):
            key += "x"  # another point had this id before its first claim went elsewhere
        used.add(key)
        yield _Told(number, key, point, None)
        number += 1


def _is_taken(link: sql.Connection, key: str) -> bool:
    return link.execute(sql.select(POINTS.c.number).where(POINTS.c.id == key)).first() is not None


def _write(link: sql.Connection, story: int, told: Sequence[_Told]) -> None:
    """The rows of points that are new or other than they were."""
    rows = [(each.number, each.key, story, each.point.verdict, True, packing.plain(each.point))
            for each in told if each.old is None]  # fmt: skip
    many(link, POINTS, rows)
    for each in told:
        if each.old is None:
            continue
        record = packing.plain(each.point)
        if not each.old.live or each.old.record != record:
            values = {"record": record, "verdict": each.point.verdict, "live": True}
            link.execute(POINTS.update().where(POINTS.c.number == each.number).values(**values))


def _follow(link: sql.Connection, number: int) -> None:
    """Points of stories that this one took over are its own."""
    taken = sql.select(STORIES.c.number).where(STORIES.c.into == number)
    link.execute(POINTS.update().where(POINTS.c.story.in_(taken)).values(story=number))


def _known(link: sql.Connection, number: int) -> list[_Known]:
    query = sql.select(POINTS).where(POINTS.c.story == number).order_by(POINTS.c.number)
    return [
        _Known(row.number, row.id, msgspec.json.decode(row.record, type=Point), bytes(row.record), row.live)
        for row in link.execute(query)
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
    """The latest publication among the pages of the point's claims; 0 where none has a date of its own."""
    told = [pages[claim].published.value for claim in point.claims if claim in pages and not is_placed(pages[claim])]
    return max((key[1] for value in told if (key := stretch(value))), default=0.0)


def _decided(point: Point) -> object:
    """What a verdict is made of: what does not change where another page only repeats it."""
    current = point.current and (point.current.low, point.current.high)
    return point.verdict, point.independent, current, {(value.low, value.high) for value in point.values}


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
