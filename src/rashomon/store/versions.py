"""Which version a store has: a new one is made on opening, one of another version is refused with what to do."""

from __future__ import annotations

import sqlalchemy as sql

from rashomon.errors import UsageError
from rashomon.store.database import Database, sentence

HEAD = "0003"
"""The revision that this program writes; a test holds it against the migrations."""


def ready(database: Database) -> None:
    """Make the tables where there are none; UsageError for a store of another version or for what is none."""
    found = version(database)
    if found is None:
        migrate(database)
    elif found != HEAD:
        raise UsageError(_other(database.shown, found))


def version(database: Database) -> str | None:
    """The store's version; None for an empty database, UsageError for one that holds something else."""
    try:
        with database.engine.connect() as link:
            names = set(sql.inspect(link).get_table_names())
            if "alembic_version" in names and "captures" in names:
                return str(link.exec_driver_sql("SELECT version_num FROM alembic_version").scalar())
    except (sql.exc.SQLAlchemyError, OSError) as error:
        raise UsageError(sentence(database.shown, error)) from None
    if not names:
        return None
    if {"pages", "claims"} <= names and "alembic_version" not in names:
        raise UsageError(
            f"The store {database.shown} was made by an early rashomon and kept no captures: "
            "name a new file, and add the pages to it again."
        )
    raise UsageError(f"{database.shown} is a database of something else: name another for the store.")


def _other(shown: str, found: str) -> str:
    if found.isdigit() and found < HEAD:
        return (
            f"The store {shown} is of version {found}, and this rashomon works with {HEAD}: "
            f"run `rashomon migrate --store {shown}` (keep a copy of it before)."
        )
    return f"The store {shown} is of version {found}, newer than this rashomon ({HEAD}): update rashomon."


def migrate(database: Database, to: str = HEAD) -> None:
    """Bring the store to a version, in one transaction."""
    from alembic import command
    from alembic.config import Config

    def work(link: sql.Connection) -> None:
        settings = Config()
        settings.set_main_option("script_location", "rashomon.store:migrations")
        settings.attributes["link"] = link
        command.upgrade(settings, to)

    try:
        database.write(work)
    except UsageError:
        raise
    except Exception as error:
        from rashomon.store.database import StoreError

        if isinstance(error, StoreError):
            raise UsageError(str(error)) from None
        raise
