"""What watching keeps: feeds, their entries, robots.txt of hosts, rules of alerts, and alerts."""

from __future__ import annotations

import sqlalchemy as sql
from alembic import op

revision = "0002"
down_revision = "0001"

_ID = sql.String(32)


def _number() -> sql.Column[int]:
    return sql.Column("number", sql.Integer, primary_key=True, autoincrement=False)


def upgrade() -> None:
    """Make the tables."""
    _polled()
    _alerting()


def _polled() -> None:
    op.create_table(
        "feeds",
        _number(),
        sql.Column("address", sql.Text, nullable=False, unique=True),
        sql.Column("title", sql.Text),
        sql.Column("added", sql.Float, nullable=False),
        sql.Column("etag", sql.Text),
        sql.Column("modified", sql.Text),
        sql.Column("polled", sql.Float),
        sql.Column("due", sql.Float, nullable=False),
        sql.Column("failures", sql.Integer, nullable=False),
        sql.Column("problem", sql.Text),
        sql.Column("gone", sql.Boolean, nullable=False),
    )
    op.create_table(
        "entries",
        _number(),
        sql.Column("feed", sql.Integer, sql.ForeignKey("feeds.number"), nullable=False),
        sql.Column("key", _ID, nullable=False),
        sql.Column("content", _ID, nullable=False),
        sql.Column("address", sql.Text),
        sql.Column("title", sql.Text),
        sql.Column("published", sql.Float),
        sql.Column("seen", sql.Float, nullable=False),
        sql.Column("record", sql.LargeBinary, nullable=False),
        sql.Column("state", sql.String(10), nullable=False),
        sql.Column("tries", sql.Integer, nullable=False),
        sql.Column("due", sql.Float, nullable=False),
        sql.Column("problem", sql.Text),
        sql.Column("page", _ID),
    )
    op.create_index("entries_key", "entries", ["feed", "key"], unique=True)
    op.create_index("entries_state", "entries", ["state", "due"])
    op.create_index("entries_published", "entries", ["published"])
    op.create_table(
        "hosts",
        sql.Column("host", sql.String(300), primary_key=True),
        sql.Column("robots", sql.Text, nullable=False),
        sql.Column("fetched", sql.Float, nullable=False),
    )


def _alerting() -> None:
    op.create_table(
        "rules",
        _number(),
        sql.Column("id", _ID, nullable=False, unique=True),
        sql.Column("record", sql.LargeBinary, nullable=False),
        sql.Column("dropped", sql.Boolean, nullable=False),
    )
    op.create_table(
        "alerts",
        _number(),
        sql.Column("id", _ID, nullable=False, unique=True),
        sql.Column("rule", sql.Integer, sql.ForeignKey("rules.number"), nullable=False),
        sql.Column("made", sql.Float, nullable=False),
        sql.Column("record", sql.LargeBinary, nullable=False),
        sql.Column("sent", sql.Float),
        sql.Column("tries", sql.Integer, nullable=False),
        sql.Column("due", sql.Float, nullable=False),
        sql.Column("problem", sql.Text),
    )
    op.create_index("alerts_due", "alerts", ["sent", "due"])
