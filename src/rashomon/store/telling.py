"""A story out of the store: its pages as they stood at a time, its claims, and the report of them."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import sqlalchemy as sql

from rashomon.model import Claim, Page, Report, Story
from rashomon.reports.compose import compose
from rashomon.store import packing
from rashomon.store.judging import holding
from rashomon.store.rows import Row
from rashomon.store.tables import PAGES, STORIES
from rashomon.stories.dates import stretch
from rashomon.stories.judged import Judgement, aligning, kept, named


class Told(msgspec.Struct, frozen=True):
    """One story as it is in the store, before anything is compared."""

    number: int
    id: str
    was: tuple[str, ...]
    title: str
    pages: tuple[Page, ...]
    """The latest capture of each address that counts by then, in the order in which they came."""
    claims: tuple[Claim, ...]
    why: tuple[str, ...]
    order: tuple[int, ...]
    """The pages' numbers."""


def told(link: sql.Connection, numbers: Sequence[int], until: float | None = None) -> list[Told]:
    """The stories with those numbers that have pages by then; `until`: seconds since 1970."""
    columns = (PAGES.c.number, PAGES.c.story, PAGES.c.place, PAGES.c.record, PAGES.c.claims, PAGES.c.why)
    query = sql.select(*columns).where(PAGES.c.story.in_(numbers)).order_by(PAGES.c.number)
    if until is not None:
        query = query.where(PAGES.c.moment <= until)
    latest: dict[int, dict[str, Row]] = {}
    for row in link.execute(query):
        latest.setdefault(row.story, {}).pop(row.place, None)
        latest[row.story][row.place] = row
    out = []
    heads = sql.select(STORIES.c.number, STORIES.c.id, STORIES.c.was, STORIES.c.title)
    for number, key, was, title in link.execute(heads.where(STORIES.c.number.in_(numbers)).order_by(STORIES.c.number)):
        rows = list(latest.get(number, {}).values())
        if not rows:
            continue
        out.append(
            Told(
                number=number,
                id=key,
                was=tuple(was.split()),
                title=title,
                pages=tuple(packing.page(row.record) for row in rows),
                claims=tuple(claim for row in rows for claim in packing.claims(row.claims)),
                why=tuple(row.why for row in rows),
                order=tuple(row.number for row in rows),
            )
        )
    return out


def story(each: Told) -> Story:
    """The story's record."""
    dates = sorted((key, page.published.value) for page in each.pages if (key := stretch(page.published.value)))
    return Story(
        id=each.id,
        was=each.was,
        title=each.title,
        pages=tuple(page.id for page in each.pages),
        first=dates[0][1] if dates else None,
        last=max(dates, key=lambda item: item[0][::-1])[1] if dates else None,
        why=each.why,
    )


def report(stories: Sequence[Told], judgements: Sequence[Judgement]) -> Report:
    """The report of stories, all judgements obeyed; pages in the order in which they came."""
    numbered = [pair for each in stories for pair in zip(each.order, each.pages, strict=True)]
    pages = [page for _, page in sorted(numbered, key=lambda pair: pair[0])]
    claims = [claim for each in stories for claim in each.claims]
    claims, gaps = kept(claims, judgements)
    pages, claims = named(pages, claims, judgements)
    ruled = aligning(judgements)
    return compose(pages, claims, gaps, found=[story(each) for each in stories], aligning=ruled)


def reported(link: sql.Connection, numbers: Sequence[int], until: float | None = None) -> Report:
    """The same of stories by their numbers."""
    return report(told(link, numbers, until), holding(link))
