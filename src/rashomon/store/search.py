"""Search: claims and pages by words, speaker, source, status and date, the newest first.

A query is words, all of which must be there; "words in quotation marks" stand together, -word must not be there, and
word* begins so. Claims that have the words come as claims; pages that have them elsewhere come as pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec
import sqlalchemy as sql

from rashomon.errors import UsageError
from rashomon.model import Claim
from rashomon.store import packing
from rashomon.store.rows import Row, among
from rashomon.store.tables import CLAIMS, CLAIMS_OF_PAGE, PAGES, STORIES
from rashomon.stories.dates import stretch

STATUSES = frozenset("asserted denied declined expected possible conditional demanded".split())
_PART = re.compile(r'(-?)"([^"]*)"?|(-?)(\S+)')
_WORD = re.compile(r"\w+(?:['’]\w+)*")
AROUND = 80
"""Characters shown on either side of the first word that was found on a page."""


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What is searched for."""

    words: str = ""
    speaker: str | None = None
    """A name, or part of one."""
    source: str | None = None
    """Who publishes; part of the name."""
    status: str | None = None
    since: str | None = None
    """ISO 8601, with any precision: pages that count from then on…"""
    until: str | None = None
    """… and until then."""
    limit: int = 20


class Hit(msgspec.Struct, frozen=True, kw_only=True):
    """A claim, or a page, that was found."""

    page: str
    """Its id, as of the page where it is a claim…"""
    address: str | None
    title: str | None
    source: str | None
    published: str | None
    story: str
    """Id of the story."""
    claim: Claim | None
    text: str
    """The claim's words, or those of the page around what was found."""


class Part(msgspec.Struct, frozen=True):
    """A word or phrase of a query."""

    words: tuple[str, ...]
    without: bool
    begins: bool


def parts(words: str) -> list[Part]:
    """The parts of a query; UsageError where all of it is what must not be there."""
    out: list[Part] = []
    for match in _PART.finditer(words):
        text = match[2] if match[2] is not None else match[4]
        found = tuple(_WORD.findall(text))
        if found:
            begins = match[2] is None and text.endswith("*")
            out.append(Part(found, bool(match[1] or match[3]), begins))
    if out and all(part.without for part in out):
        raise UsageError("Name a word that is to be there, not only words that are not.")
    return out


def search(link: sql.Connection, asked: Asked) -> list[Hit]:
    """What was found, the newest first: claims, then pages that have the words outside their claims."""
    if asked.status is not None and asked.status not in STATUSES:
        raise UsageError(f"There is no status {asked.status!r}: choose one of {', '.join(sorted(STATUSES))}.")
    found = parts(asked.words)
    if not (found or asked.speaker or asked.source or asked.status or asked.since or asked.until):
        raise UsageError("Say what to search for: words, a speaker, a source, a status or a date.")
    claims = list(_claims(link, asked, found)) if found or asked.speaker or asked.status else []
    if asked.speaker or asked.status or len(claims) >= asked.limit:
        return claims
    return claims + list(_pages(link, asked, found, asked.limit - len(claims), {hit.page for hit in claims}))


def _where(asked: Asked) -> list[sql.ColumnElement[bool]]:
    """What holds of a page's row."""
    out: list[sql.ColumnElement[bool]] = []
    if asked.source:
        out.append(sql.func.lower(PAGES.c.source).contains(asked.source.lower(), autoescape=True))
    for value, first in ((asked.since, True), (asked.until, False)):
        if value is not None:
            span = moment(value)
            out.append(PAGES.c.moment >= span[0] if first else PAGES.c.moment <= span[1])
    return out


def moment(value: str) -> tuple[float, float]:
    """First and last second of a time as a caller writes it; UsageError where it is none."""
    span = stretch(value.strip())
    if span is None:
        raise UsageError(f"{value!r} is no time: write it as in 2026-03, 2026-03-04 or 2026-03-04T15:00.")
    return span


_HEAD = (
    PAGES.c.number,
    PAGES.c.id,
    PAGES.c.address,
    PAGES.c.title,
    PAGES.c.source,
    PAGES.c.published,
    STORIES.c.id.label("story"),
)


def _claims(link: sql.Connection, asked: Asked, found: list[Part]) -> Iterator[Hit]:
    query = sql.select(CLAIMS.c.number, CLAIMS.c.page).join(PAGES, PAGES.c.number == CLAIMS.c.page)
    if found or asked.speaker:
        query = query.where(_claim_words(link, found, parts(asked.speaker or "")))
    if asked.status:
        query = query.where(CLAIMS.c.status == asked.status)
    query = query.where(*_where(asked)).order_by(PAGES.c.moment.desc(), CLAIMS.c.number).limit(asked.limit)
    rows = link.execute(query).all()
    pages = {
        row.number: row
        for row in link.execute(
            sql.select(*_HEAD, PAGES.c.claims)
            .join(STORIES, STORIES.c.number == PAGES.c.story)
            .where(among(link, PAGES.c.number, {row.page for row in rows}))
        )
    }
    read = {number: packing.claims(row.claims) for number, row in pages.items()}
    for row in rows:
        claim = read[row.page][row.number - row.page * CLAIMS_OF_PAGE]
        yield _hit(pages[row.page], claim, claim.span.exact)


def _pages(link: sql.Connection, asked: Asked, found: list[Part], limit: int, known: set[str]) -> Iterator[Hit]:
    query = sql.select(*_HEAD, PAGES.c.record).join(STORIES, STORIES.c.number == PAGES.c.story)
    if found:
        query = query.where(_page_words(link, found))
    query = query.where(*_where(asked)).order_by(PAGES.c.moment.desc(), PAGES.c.number)
    for row in link.execute(query.limit(limit + len(known))):
        if row.id not in known and limit > 0:
            limit -= 1
            yield _hit(row, None, _around(packing.page(row.record).text, found))


def _hit(row: Row, claim: Claim | None, text: str) -> Hit:
    return Hit(
        page=row.id,
        address=row.address,
        title=row.title,
        source=row.source,
        published=row.published,
        story=row.story,
        claim=claim,
        text=text,
    )


def _around(text: str, found: list[Part]) -> str:
    """The words around the first that was found, as far as it stands there as it is written; else the first words."""
    words = [part.words[0] for part in found if not part.without]
    at = next((match.start() for word in words if (match := re.search(rf"\b{re.escape(word)}", text, re.I))), 0)
    start = max(0, at - AROUND)
    start = text.find(" ", start) + 1 if start else 0
    end = text.rfind(" ", at, at + 2 * AROUND) if at + 2 * AROUND < len(text) else len(text)
    return ("…" if start else "") + " ".join(text[start:end].split()) + ("…" if end < len(text) else "")


def _claim_words(link: sql.Connection, found: list[Part], speaker: list[Part]) -> sql.ColumnElement[bool]:
    if link.dialect.name == "sqlite":
        both = [f"{name} : ({_lite(group)})" for name, group in (("words", found), ("speaker", speaker)) if group]
        query = " AND ".join(both)
        inside = sql.text("SELECT rowid FROM claim_words WHERE claim_words MATCH :asked").bindparams(asked=query)
        return CLAIMS.c.number.in_(inside.columns(sql.column("rowid", sql.Integer)))
    each = []
    values: dict[str, str] = {}
    for name, kind, group in (("words", "english", found), ("speaker", "simple", speaker)):
        if group:
            each.append(f"{name} @@ {_post(group, kind, name, values)}")
    inside = sql.text(f"SELECT number FROM claim_words WHERE {' AND '.join(each)}").bindparams(**values)
    return CLAIMS.c.number.in_(inside.columns(sql.column("number", sql.BigInteger)))


def _page_words(link: sql.Connection, found: list[Part]) -> sql.ColumnElement[bool]:
    if link.dialect.name == "sqlite":
        inside = sql.text("SELECT rowid FROM page_words WHERE page_words MATCH :asked").bindparams(
            sql.bindparam("asked", _lite(found), unique=True)
        )
        return PAGES.c.number.in_(inside.columns(sql.column("rowid", sql.Integer)))
    values: dict[str, str] = {}
    query = _post(found, "english", "page", values)
    inside = sql.text(f"SELECT number FROM page_words WHERE words @@ {query}")
    inside = inside.bindparams(*(sql.bindparam(key, value, unique=True) for key, value in values.items()))
    return PAGES.c.number.in_(inside.columns(sql.column("number", sql.Integer)))


def _lite(found: list[Part]) -> str:
    """The query for FTS5: what must be there, then what must not."""

    def one(part: Part) -> str:
        return f'"{" ".join(part.words)}"' + (" *" if part.begins else "")

    wanted = " AND ".join(one(part) for part in found if not part.without)
    without = "".join(f" NOT {one(part)}" for part in found if part.without)
    return f"({wanted}){without}" if without else wanted


def _post(found: list[Part], kind: str, name: str, values: dict[str, str]) -> str:
    """The same for PostgreSQL, as an expression; `values` gets its parameters."""
    out = []
    for at, part in enumerate(found):
        key = f"{name}_{at}"
        values[key] = " ".join(part.words)
        if part.begins and len(part.words) == 1:
            values[key] = f"{part.words[0]}:*"
            query = f"to_tsquery('{kind}', :{key})"
        else:
            query = f"phraseto_tsquery('{kind}', :{key})"
        out.append(f"!!{query}" if part.without else query)
    return f"({' && '.join(out)})"


def naming(link: sql.Connection, names: Sequence[str]) -> sql.ColumnElement[bool]:
    """The pages in whose title or text one of the names stands."""
    groups = [[Part(tuple(_WORD.findall(name)), False, False)] for name in names if _WORD.search(name)]
    return sql.or_(sql.false(), *(_page_words(link, group) for group in groups))
