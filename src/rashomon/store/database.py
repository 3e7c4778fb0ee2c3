"""The one way to a store's database: connections, transactions that are tried again, and failures as sentences.

SQLite keeps a write-ahead log, so that readers and a writer do not wait for each other; whoever writes takes the lock
when the transaction begins and not halfway through it. On PostgreSQL an advisory lock does the same. All that is
written is written in one transaction, and what such a transaction does, it does again without harm: so a lost
connection is mended by trying again.
"""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import sqlalchemy as sql

from rashomon.errors import RashomonError, UsageError

T = TypeVar("T")

LOCK = 0x7261736F
"""The advisory lock of writers on PostgreSQL: "raso"."""
WAITS = (0.1, 0.3, 1.0, 2.0, 4.0, 8.0, 15.0, 30.0)
"""Seconds between one try and the next where the database is busy or went away: a minute, in which a server that fell
is back."""
BUSY = 30.0
"""Seconds that a writer waits for another on SQLite."""
SILENCE = 120.0
"""Seconds after which a PostgreSQL that says nothing is taken for gone."""


# A lost connection is said in a sentence of ours; without a handler Python would print SQLAlchemy's above it.
logging.getLogger("sqlalchemy.pool").addHandler(logging.NullHandler())


class StoreError(RashomonError):
    """The store failed in the midst of work; what was begun was undone, and can be done again."""


class Database:
    """An opened database; `shown` is its path or URL, without a password."""

    def __init__(self, url: str, *, fresh: bool = True) -> None:
        """`fresh`: whether a SQLite file that is not there is made; UsageError where it cannot be opened."""
        self.engine, self.shown = _engine(url, fresh)
        self.lite = self.engine.dialect.name == "sqlite"

    def close(self) -> None:
        """Let go of it."""
        self.engine.dispose()

    @contextmanager
    def read(self) -> Iterator[sql.Connection]:
        """A connection whose reads are of one moment."""
        with self.named(), self.engine.connect() as link, link.begin():
            yield link

    def ask(self, work: Callable[[sql.Connection], T]) -> T:
        """The result of reading done in one transaction, which may be begun several times."""
        return self._tried(work, False)

    def write(self, work: Callable[[sql.Connection], T]) -> T:
        """The result of work done in one transaction that may write, which may be begun several times."""
        return self._tried(work, True)

    def _tried(self, work: Callable[[sql.Connection], T], writes: bool) -> T:
        with self.named():
            for wait in (*WAITS, None):
                try:
                    return self._once(work, writes)
                except Exception as error:
                    if wait is None or not passing(error):
                        raise
                    self.engine.dispose()
                    time.sleep(wait)
        raise AssertionError("unreachable")

    def _once(self, work: Callable[[sql.Connection], T], writes: bool) -> T:
        with self.engine.connect().execution_options(writes=writes) as link, link.begin():
            if writes and not self.lite:
                link.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK})")
            return work(link)

    @contextmanager
    def named(self) -> Iterator[None]:
        """What goes wrong with the database inside, as a sentence that names it."""
        try:
            yield
        except (sql.exc.SQLAlchemyError, OSError) as error:
            raise StoreError(sentence(self.shown, error)) from error


def _engine(url: str, fresh: bool) -> tuple[sql.Engine, str]:
    """The database behind a path or URL, and how it is shown."""
    if "://" not in url:
        if not url:
            raise UsageError("The store has an empty name: give a path, or a PostgreSQL URL.")
        if os.path.isdir(url):
            raise UsageError(f"The store {url} is a folder: name a file in it, as in {os.path.join(url, 'news.db')}.")
        if not fresh and not os.path.exists(url):
            raise UsageError(
                f"There is no store {url}: `rashomon add --store {url} PAGE` makes one, and so does `rashomon watch`."
            )
        return _lite(url), url
    for scheme in ("postgres://", "postgresql://", "postgresql+pg8000://"):
        url = url.replace(scheme, "postgresql+pg8000://", 1) if url.startswith(scheme) else url
    try:
        address = sql.make_url(url)
        if address.get_backend_name() != "postgresql":
            raise sql.exc.NoSuchModuleError
        shown = address.set(drivername="postgresql", password=None).render_as_string()
        return sql.create_engine(address, connect_args={"timeout": SILENCE}, pool_pre_ping=True), shown
    except (sql.exc.ArgumentError, sql.exc.NoSuchModuleError):
        raise UsageError(f"{url} is neither a path nor a PostgreSQL URL (postgresql://user@host/name).") from None
    except ModuleNotFoundError as error:
        raise UsageError(f"{url} needs the driver {error.name}: pip install {error.name}.") from None


def _lite(path: str) -> sql.Engine:
    engine = sql.create_engine(sql.URL.create("sqlite", database=path), connect_args={"timeout": BUSY})
    sql.event.listen(engine, "connect", _prepare)
    sql.event.listen(engine, "begin", _begin)
    return engine


def _prepare(link: object, _: object) -> None:
    link.isolation_level = None  # type: ignore[attr-defined]  # so that `_begin` alone begins
    cursor = link.cursor()  # type: ignore[attr-defined]
    pragmas = ["foreign_keys = ON", "synchronous = NORMAL", "cache_size = -65536", "temp_store = MEMORY"]
    pragmas.append("wal_autocheckpoint = 4000")  # pages; what several additions changed is written back once
    if cursor.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        pragmas.insert(0, "journal_mode = WAL")
    for pragma in pragmas:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(link: sql.Connection) -> None:
    link.exec_driver_sql("BEGIN IMMEDIATE" if link.get_execution_options().get("writes") else "BEGIN")


_PASSING = ("57P01", "57P02", "57P03", "40001", "40P01", "08000", "08003", "08006", "55P03")
"""SQLSTATEs of a server that stops, starts or is busy, and of transactions that met."""


def passing(error: BaseException) -> bool:
    """Whether trying again may help."""
    if isinstance(error, StoreError):
        return error.__cause__ is not None and passing(error.__cause__)
    if isinstance(error, OSError):
        return True
    if not isinstance(error, sql.exc.DBAPIError):
        return False
    inner = error.orig
    if error.connection_invalidated or isinstance(inner, OSError):
        return True
    if state := _state(inner):
        return state in _PASSING
    text = str(inner).lower()
    return any(
        words in text
        for words in ("database is locked", "network error", "connection is closed", "can't create a connection")
    )


def _state(error: BaseException | None) -> str | None:
    """The SQLSTATE that PostgreSQL gave."""
    first = error.args[0] if error is not None and error.args else None
    return str(first.get("C")) if isinstance(first, dict) else None


_SAID = (
    ("unable to open", "could not be opened: give a path in a folder that exists and that you may write in"),
    ("not a database", "is no store, or a damaged one: name another file, or restore this one from a copy"),
    ("malformed", "is damaged: restore it from a copy, or save what can be read with sqlite3's `.recover`"),
    ("readonly", "may not be written to by this user: change its permissions, or name another"),
    ("read-only", "may not be written to: change its permissions, or name another"),
    ("disk is full", "cannot grow, the disk is full: what was begun was undone; make room and run the command again"),
    ("no space left", "cannot grow, the disk is full: what was begun was undone; make room and run the command again"),
    ("disk i/o", "cannot be read or written, the disk fails or is full: look after the disk and run the command again"),
    ("locked", "is being written by another program, which does not let go: try again later"),
    ("network error", "went away in the midst of work: what was begun was undone; run the command again"),
    ("connection is closed", "went away in the midst of work: what was begun was undone; run the command again"),
    ("starting up", "is only starting: what was begun was undone; run the command again in a minute"),
    ("shutting down", "is being shut down: what was begun was undone; run the command again when it runs"),
    ("password authentication", "does not let this user in: look at the name and the password in its URL"),
    ("does not exist", "is not there: make the database, or look at the name in its URL"),
)  # fmt: skip


def sentence(shown: str, error: BaseException) -> str:
    """What went wrong with a store, and what to do."""
    return f"The store {shown} {_said(error)}."


def _said(error: BaseException) -> str:
    inner = getattr(error, "orig", None) or error
    first = inner.args[0] if inner.args else ""
    text = str(first.get("M")) if isinstance(first, dict) else str(inner)
    text = " ".join(text.split())
    for words, sentence in _SAID:
        if words in text.lower():
            return sentence
    if "create a connection" in text.lower() or isinstance(inner, OSError):
        cause = inner.__cause__ or inner.__context__ or inner
        why = cause.strerror if isinstance(cause, OSError) and cause.strerror else text[:200].rstrip(".")
        return f"cannot be reached ({why}): look whether the server is running, and at host and port in its URL"
    return f"failed ({text[:200]}): if that is no fault of the database's, please report it"
