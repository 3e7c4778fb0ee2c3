"""A memory for pages and what was read out of them: one SQLite file, or PostgreSQL by its URL.

Ids are digests of content, so adding the same capture again adds nothing. A page and its claims go in
together in one transaction, or not at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from types import TracebackType
from typing import TYPE_CHECKING, Self

import msgspec
import sqlalchemy as sql

from rashomon.errors import UsageError
from rashomon.model import Claim, Page, Report

if TYPE_CHECKING:
    from collections.abc import Sequence

_META = sql.MetaData()
_PAGES = sql.Table(
    "pages",
    _META,
    sql.Column("id", sql.String(32), primary_key=True),
    sql.Column("position", sql.Integer, nullable=False),
    sql.Column("address", sql.Text),
    sql.Column("published", sql.String(40), index=True),
    sql.Column("record", sql.LargeBinary, nullable=False),
)
_CLAIMS = sql.Table(
    "claims",
    _META,
    sql.Column("id", sql.String(32), primary_key=True),
    sql.Column("page", sql.String(32), sql.ForeignKey("pages.id"), index=True, nullable=False),
    sql.Column("position", sql.Integer, nullable=False),
    sql.Column("record", sql.LargeBinary, nullable=False),
)


class Store:
    """Pages and claims that stay. Use it as a context manager, or call `close`."""

    def __init__(self, url: str) -> None:
        """`url`: a SQLite file's path (made on first use) or a PostgreSQL URL; UsageError where it cannot be opened."""
        self._engine = _engine(url)
        try:
            _META.create_all(self._engine)
        except sql.exc.SQLAlchemyError as error:
            reason = str(getattr(error, "orig", error)).splitlines()[0]
            raise UsageError(
                f"The store {url} could not be opened: {reason}. Give a path in a folder that exists."
            ) from None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    def add(self, page: Page) -> bool:
        """Keep the page with its claims; False where this capture is there already."""
        return self.add_all([page]) == 1

    def add_all(self, pages: Iterable[Page]) -> int:
        """Keep the pages, a transaction each, reading their claims in batches; how many of them were new."""
        from rashomon.claims import read_out, settled

        fresh = self._new(pages)
        for page, extraction in zip(fresh, read_out(fresh), strict=True):
            self._put(settled(page), extraction.claims)
        return len(fresh)

    def pages(self) -> list[Page]:
        """Every page, in the order in which they were added."""
        with self._engine.connect() as link:
            found = link.execute(sql.select(_PAGES.c.record).order_by(_PAGES.c.position)).scalars()
            return [msgspec.json.decode(record, type=Page) for record in found]

    def claims(self, page: str | None = None) -> list[Claim]:
        """The claims of one page (by its id), or of all, in the order of the pages and their texts."""
        query = sql.select(_CLAIMS.c.record).join(_PAGES).order_by(_PAGES.c.position, _CLAIMS.c.position)
        if page is not None:
            query = query.where(_CLAIMS.c.page == page)
        with self._engine.connect() as link:
            return [msgspec.json.decode(record, type=Claim) for record in link.execute(query).scalars()]

    def report(self) -> Report:
        """The report of all pages; nothing is parsed again."""
        from rashomon.reports import compose

        return compose(self.pages(), self.claims())

    def _new(self, pages: Iterable[Page]) -> Sequence[Page]:
        """The pages that are not there yet, each once."""
        once = {page.id: page for page in pages}
        with self._engine.connect() as link:
            known = set(link.execute(sql.select(_PAGES.c.id).where(_PAGES.c.id.in_(list(once)))).scalars())
        return [page for key, page in once.items() if key not in known]

    def _put(self, page: Page, claims: Sequence[Claim]) -> None:
        """One page and its claims in one transaction."""
        with self._engine.begin() as link:
            last = link.execute(sql.select(sql.func.max(_PAGES.c.position))).scalar()
            link.execute(
                _PAGES.insert().values(
                    id=page.id,
                    position=0 if last is None else last + 1,
                    address=page.address,
                    published=page.published.value,
                    record=msgspec.json.encode(page),
                )
            )
            rows = list(_rows(claims))
            if rows:
                link.execute(_CLAIMS.insert(), rows)


def _rows(claims: Iterable[Claim]) -> Iterator[dict[str, object]]:
    for position, claim in enumerate(claims):
        yield {"id": claim.id, "page": claim.page, "position": position, "record": msgspec.json.encode(claim)}


def _engine(url: str) -> sql.Engine:
    """The database behind a path or URL, with SQLite's foreign keys and write-ahead log on."""
    if "://" in url:
        address = url.replace("postgres://", "postgresql://", 1).replace("postgresql://", "postgresql+pg8000://", 1)
    else:
        address = f"sqlite:///{url}"
    try:
        engine = sql.create_engine(address)
    except (sql.exc.ArgumentError, sql.exc.NoSuchModuleError):
        raise UsageError(f"{url} is neither a path nor a PostgreSQL URL (postgresql://user@host/name).") from None
    except ModuleNotFoundError as error:
        raise UsageError(f"{url} needs the driver {error.name}: pip install 'rashomon[postgres]'.") from None
    if engine.dialect.name == "sqlite":
        sql.event.listen(engine, "connect", _prepare_sqlite)
    return engine


def _prepare_sqlite(link: object, _: object) -> None:
    cursor = link.cursor()  # type: ignore[attr-defined]
    for pragma in ("journal_mode = WAL", "foreign_keys = ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
