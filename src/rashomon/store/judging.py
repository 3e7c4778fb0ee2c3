"""Judgements in the store: appended, listed, and obeyed where a page may not be of a story."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import sqlalchemy as sql

from rashomon.errors import UsageError
from rashomon.spans import digest
from rashomon.store import packing, search
from rashomon.store.rows import Row, next_number
from rashomon.store.tables import JUDGEMENTS, PAGES, STORIES
from rashomon.stories.judged import Judgement, in_force


def judgements(link: sql.Connection) -> list[Judgement]:
    """All judgements, the undone ones too, in the order in which they were made."""
    rows = link.execute(sql.select(JUDGEMENTS.c.record).order_by(JUDGEMENTS.c.number)).scalars()
    return [msgspec.json.decode(record, type=Judgement) for record in rows]


def holding(link: sql.Connection) -> list[Judgement]:
    """The judgements that nobody has undone."""
    return in_force(judgements(link))


def append(link: sql.Connection, judgement: Judgement, made: float) -> Judgement:
    """Keep a judgement, with the id that it gets by its place, and obey it at once; `made`: seconds since 1970."""
    number = next_number(link, JUDGEMENTS)
    kept = msgspec.structs.replace(judgement, id=digest("judgement", str(number), packing.plain(judgement)))
    link.execute(JUDGEMENTS.insert().values(number=number, id=kept.id, made=made, record=packing.plain(kept)))
    if kept.undoes:
        undone = next((each for each in judgements(link) if each.id == kept.undoes), None)
        if undone is None:
            raise UsageError(f"There is no judgement {kept.undoes}: `rashomon judgements` lists them.")
        _unsettle(link, undone)
        if undone.kind == "page" and undone not in holding(link):
            _bring_back(link, undone)
    _unsettle(link, kept)
    keep_apart(link)
    return kept


def _unsettle(link: sql.Connection, judgement: Judgement) -> None:
    """Have the points made anew of the stories that a judgement is about."""
    stories: sql.Select[tuple[int]] = sql.select(PAGES.c.story)
    if judgement.kind == "names":
        where: sql.ColumnElement[bool] = STORIES.c.number.in_(stories.where(search.naming(link, judgement.names)))
    else:
        pages = {each.page for each in (*judgement.left, *judgement.right)} | {judgement.page or ""}
        where = STORIES.c.number.in_(stories.where(PAGES.c.id.in_(sorted(pages))))
    link.execute(STORIES.update().where(where).values(revision=STORIES.c.revision + 1))


def keep_apart(link: sql.Connection) -> None:
    """Take each page out of a story that it was judged not to be of, into one of its own."""
    for judgement in holding(link):
        if judgement.kind != "page":
            continue
        number = story_number(link, judgement.story or "")
        for page in _captures(link, judgement.page or ""):
            if number is not None and page.story == number:
                _take_out(link, page, judgement)


def _captures(link: sql.Connection, page: str) -> Sequence[Row]:
    """All captures of a page's address."""
    place = sql.select(PAGES.c.place).where(PAGES.c.id == page).scalar_subquery()
    query = sql.select(
        PAGES.c.number, PAGES.c.id, PAGES.c.story, PAGES.c.title, PAGES.c.address, PAGES.c.place, PAGES.c.moment
    )
    return link.execute(query.where(PAGES.c.place == place).order_by(PAGES.c.number)).all()


def story_number(link: sql.Connection, story: str) -> int | None:
    """The number of the story that has the id now, or that took over the story that had it."""
    row = link.execute(sql.select(STORIES.c.number, STORIES.c.into).where(STORIES.c.id == story)).first()
    while row is not None and row.into is not None:
        row = link.execute(sql.select(STORIES.c.number, STORIES.c.into).where(STORIES.c.number == row.into)).first()
    return None if row is None else int(row.number)


def _take_out(link: sql.Connection, page: Row, judgement: Judgement) -> None:
    key = digest("story", page.place, "apart")  # one for all captures of the address
    number = link.execute(sql.select(STORIES.c.number).where(STORIES.c.id == key)).scalar()
    if number is None:
        number = next_number(link, STORIES)
        link.execute(
            STORIES.insert().values(
                number=number, id=key, founder=page.id, title=page.title or page.address or "", was="", into=None,
                revision=1, aligned=0, last=page.moment,
            )
        )  # fmt: skip
    why = f"founded a story: {judgement.who} judged on {judgement.at[:10]} that it is not of the other"
    _move(link, page.number, page.story, number, why)


def _bring_back(link: sql.Connection, judgement: Judgement) -> None:
    """The page into the story again that it had been taken out of."""
    number = story_number(link, judgement.story or "")
    for page in _captures(link, judgement.page or ""):
        if number is not None and page.story != number:
            _move(link, page.number, page.story, number, "the judgement that it is not of this story was undone")


def _move(link: sql.Connection, page: int, old: int, new: int, why: str) -> None:
    link.execute(PAGES.update().where(PAGES.c.number == page).values(story=new, why=why))
    changed = STORIES.update().where(STORIES.c.number.in_([old, new]))
    link.execute(changed.values(revision=STORIES.c.revision + 1))
    if not link.execute(sql.select(PAGES.c.number).where(PAGES.c.story == old).limit(1)).first():
        link.execute(STORIES.update().where(STORIES.c.number == old).values(into=new))
    link.execute(STORIES.update().where(STORIES.c.number == new).values(into=None))
