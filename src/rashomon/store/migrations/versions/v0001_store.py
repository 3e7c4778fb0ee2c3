"""Captures, pages, claims, stories, points, verdicts, judgements, and what the stream of stories knows."""

from __future__ import annotations

import sqlalchemy as sql
from alembic import op

revision = "0001"
down_revision = None

_ID = sql.String(32)
_BIG = sql.BigInteger().with_variant(sql.Integer, "sqlite")


def _number() -> sql.Column[int]:
    return sql.Column("number", sql.Integer, primary_key=True, autoincrement=False)


def upgrade() -> None:
    """Make the tables."""
    _captured()
    _told()
    _streamed()
    _searched()


def _captured() -> None:
    op.create_table(
        "captures",
        sql.Column("id", _ID, primary_key=True),
        sql.Column("size", sql.Integer, nullable=False),
        sql.Column("packed", sql.LargeBinary, nullable=False),
    )
    op.create_table(
        "stories",
        _number(),
        sql.Column("id", _ID, nullable=False, unique=True),
        sql.Column("founder", _ID, nullable=False),
        sql.Column("title", sql.Text, nullable=False),
        sql.Column("was", sql.Text, nullable=False),
        sql.Column("into", sql.Integer),
        sql.Column("revision", sql.Integer, nullable=False),
        sql.Column("aligned", sql.Integer, nullable=False),
        sql.Column("last", sql.Float, nullable=False),
    )
    op.create_index("stories_last", "stories", ["last"])
    where = sql.text("revision <> aligned")
    op.create_index("stories_unaligned", "stories", ["number"], sqlite_where=where, postgresql_where=where)
    op.create_table(
        "pages",
        _number(),
        sql.Column("id", _ID, nullable=False, unique=True),
        sql.Column("place", sql.Text, nullable=False),
        sql.Column("address", sql.Text),
        sql.Column("source", sql.Text),
        sql.Column("title", sql.Text),
        sql.Column("published", sql.Text),
        sql.Column("moment", sql.Float, nullable=False),
        sql.Column("added", sql.Float, nullable=False),
        sql.Column("capture", _ID, sql.ForeignKey("captures.id")),
        sql.Column("known", sql.LargeBinary),
        sql.Column("former", sql.Integer, sql.ForeignKey("pages.number")),
        sql.Column("version", sql.String(40), nullable=False),
        sql.Column("record", sql.LargeBinary, nullable=False),
        sql.Column("claims", sql.LargeBinary, nullable=False),
        sql.Column("why", sql.Text, nullable=False),
        sql.Column("story", sql.Integer, sql.ForeignKey("stories.number"), nullable=False),
    )
    op.create_index("pages_place", "pages", ["place", "number"])
    op.create_index("pages_story", "pages", ["story", "number"])
    op.create_index("pages_moment", "pages", ["moment"])
    op.create_index("pages_former", "pages", ["former"])
    op.create_index("pages_capture", "pages", ["capture"])
    op.create_table(
        "claims",
        sql.Column("number", _BIG, primary_key=True, autoincrement=False),
        sql.Column("id", _ID, nullable=False),
        sql.Column("page", sql.Integer, sql.ForeignKey("pages.number"), nullable=False),
        sql.Column("status", sql.String(20), nullable=False),
    )
    op.create_index("claims_id", "claims", ["id"])
    op.create_index("claims_page", "claims", ["page"])


def _told() -> None:
    op.create_table(
        "points",
        _number(),
        sql.Column("id", _ID, nullable=False, unique=True),
        sql.Column("story", sql.Integer, sql.ForeignKey("stories.number"), nullable=False),
        sql.Column("verdict", sql.String(20), nullable=False),
        sql.Column("live", sql.Boolean, nullable=False),
        sql.Column("record", sql.LargeBinary, nullable=False),
    )
    op.create_index("points_story", "points", ["story"])
    op.create_table(
        "verdicts",
        _number(),
        sql.Column("point", sql.Integer, sql.ForeignKey("points.number"), nullable=False),
        sql.Column("story", sql.Integer, sql.ForeignKey("stories.number"), nullable=False),
        sql.Column("made", sql.Float, nullable=False),
        sql.Column("moment", sql.Float, nullable=False),
        sql.Column("verdict", sql.String(20), nullable=False),
        sql.Column("record", sql.LargeBinary, nullable=False),
    )
    op.create_index("verdicts_point", "verdicts", ["point", "number"])
    op.create_index("verdicts_made", "verdicts", ["made"])
    op.create_table(
        "judgements",
        _number(),
        sql.Column("id", _ID, nullable=False, unique=True),
        sql.Column("made", sql.Float, nullable=False),
        sql.Column("record", sql.LargeBinary, nullable=False),
    )


def _streamed() -> None:
    op.create_table(
        "terms",
        sql.Column("term", sql.Text, primary_key=True),
        sql.Column("pages", sql.Integer, nullable=False),
        sql.Column("latest", sql.LargeBinary),
    )
    op.create_table("traits", _number(), sql.Column("record", sql.LargeBinary, nullable=False))
    op.create_table(
        "links",
        sql.Column("earlier", sql.Integer, primary_key=True, autoincrement=False),
        sql.Column("later", sql.Integer, primary_key=True, autoincrement=False),
        sql.Column("score", sql.Float, nullable=False),
    )


def _searched() -> None:
    """The words of pages and claims: FTS5 without the texts themselves, or tsvector."""
    if op.get_bind().dialect.name == "sqlite":
        fold = "tokenize = 'porter unicode61 remove_diacritics 2'"
        op.execute(f"CREATE VIRTUAL TABLE page_words USING fts5(title, words, content='', {fold})")
        op.execute(f"CREATE VIRTUAL TABLE claim_words USING fts5(words, speaker, content='', {fold})")
        return
    op.execute("CREATE TABLE page_words (number integer PRIMARY KEY, words tsvector NOT NULL)")
    op.execute("CREATE INDEX page_words_words ON page_words USING gin (words)")
    op.execute(
        "CREATE TABLE claim_words (number bigint PRIMARY KEY, words tsvector NOT NULL, speaker tsvector NOT NULL)"
    )
    op.execute("CREATE INDEX claim_words_words ON claim_words USING gin (words)")
    op.execute("CREATE INDEX claim_words_speaker ON claim_words USING gin (speaker)")
    op.execute("ALTER TABLE terms SET (fillfactor = 70)")
