"""Counts of terms apart from the pages that are found by them; what pages are recognised by in its new form."""

from __future__ import annotations

import sqlalchemy as sql
from alembic import op

from rashomon.store.remaking import remake

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the tables anew, and fill them from the pages."""
    op.drop_table("terms")
    op.create_table(
        "terms",
        sql.Column("term", sql.Text, primary_key=True),
        sql.Column("pages", sql.Integer, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "postings",
        sql.Column("term", sql.Text, primary_key=True),
        sql.Column("latest", sql.LargeBinary, nullable=False),
        sqlite_with_rowid=False,
    )
    if op.get_bind().dialect.name == "postgresql":
        # Each page changes rows of both: with room beside them no index has to follow.
        op.execute("ALTER TABLE terms SET (fillfactor = 60)")
        op.execute("ALTER TABLE postings SET (fillfactor = 60)")
    remake(op.get_bind())
