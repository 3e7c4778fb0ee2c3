"""The store's tables, as they are after all migrations; a test holds the two against each other.

Pages, stories and judgements are numbered by the store in the order in which they came: the numbers are given inside
the one transaction that may write, so that none is missing. Moments are seconds since 1970, UTC.
"""

from __future__ import annotations

import sqlalchemy as sql

META = sql.MetaData()

_ID = sql.String(32)
_BYTES = sql.LargeBinary


def _number(name: str = "number") -> sql.Column[int]:
    return sql.Column(name, sql.Integer, primary_key=True, autoincrement=False)


CAPTURES = sql.Table(
    "captures",
    META,
    sql.Column("id", _ID, primary_key=True),  # digest of the bytes
    sql.Column("size", sql.Integer, nullable=False),
    sql.Column("packed", _BYTES, nullable=False),  # zlib
)

PAGES = sql.Table(
    "pages",
    META,
    _number(),
    sql.Column("id", _ID, nullable=False, unique=True),
    sql.Column("place", sql.Text, nullable=False),  # what is the same for all captures of one address
    sql.Column("address", sql.Text),
    sql.Column("source", sql.Text),
    sql.Column("title", sql.Text),
    sql.Column("published", sql.Text),
    sql.Column("moment", sql.Float, nullable=False),  # from when it counts
    sql.Column("added", sql.Float, nullable=False),
    sql.Column("capture", _ID, sql.ForeignKey("captures.id")),
    sql.Column("known", _BYTES),  # what was known of the capture beforehand, as JSON
    sql.Column("former", sql.Integer, sql.ForeignKey("pages.number")),  # the capture of this address before it
    sql.Column("version", sql.String(40), nullable=False),  # of rashomon, that read it
    sql.Column("record", _BYTES, nullable=False),  # the Page, JSON in zlib
    sql.Column("claims", _BYTES, nullable=False),  # its Claims, JSON in zlib
    sql.Column("why", sql.Text, nullable=False),  # it is in its story
    sql.Column("story", sql.Integer, sql.ForeignKey("stories.number"), nullable=False),
)
sql.Index("pages_place", PAGES.c.place, PAGES.c.number)
sql.Index("pages_story", PAGES.c.story, PAGES.c.number)
sql.Index("pages_moment", PAGES.c.moment)
sql.Index("pages_former", PAGES.c.former)
sql.Index("pages_capture", PAGES.c.capture)

BIG = sql.BigInteger().with_variant(sql.Integer, "sqlite")

CLAIMS = sql.Table(
    "claims",
    META,
    sql.Column("number", BIG, primary_key=True, autoincrement=False),  # the page's times CLAIMS_OF_PAGE, plus its place
    sql.Column("id", _ID, nullable=False),
    sql.Column("page", sql.Integer, sql.ForeignKey("pages.number"), nullable=False),
    sql.Column("status", sql.String(20), nullable=False),
)
sql.Index("claims_id", CLAIMS.c.id)
sql.Index("claims_page", CLAIMS.c.page)

STORIES = sql.Table(
    "stories",
    META,
    _number(),
    sql.Column("id", _ID, nullable=False, unique=True),
    sql.Column("founder", _ID, nullable=False),
    sql.Column("title", sql.Text, nullable=False),
    sql.Column("was", sql.Text, nullable=False),  # ids, parted by spaces
    sql.Column("into", sql.Integer),  # the story that took it over
    sql.Column("revision", sql.Integer, nullable=False),  # goes up with each change
    sql.Column("aligned", sql.Integer, nullable=False),  # the revision that its points are of
    sql.Column("last", sql.Float, nullable=False),  # the latest moment of its pages
)
sql.Index("stories_last", STORIES.c.last)
sql.Index("stories_unaligned", STORIES.c.number, sqlite_where=sql.text("revision <> aligned"),
          postgresql_where=sql.text("revision <> aligned"))  # fmt: skip

POINTS = sql.Table(
    "points",
    META,
    _number(),
    sql.Column("id", _ID, nullable=False, unique=True),  # the first that it had
    sql.Column("story", sql.Integer, sql.ForeignKey("stories.number"), nullable=False),
    sql.Column("verdict", sql.String(20), nullable=False),
    sql.Column("live", sql.Boolean, nullable=False),  # still among its story's points
    sql.Column("record", _BYTES, nullable=False),  # the Point, JSON
)
sql.Index("points_story", POINTS.c.story)

VERDICTS = sql.Table(
    "verdicts",
    META,
    _number(),
    sql.Column("point", sql.Integer, sql.ForeignKey("points.number"), nullable=False),
    sql.Column("story", sql.Integer, sql.ForeignKey("stories.number"), nullable=False),
    sql.Column("made", sql.Float, nullable=False),  # when it was given
    sql.Column("moment", sql.Float, nullable=False),  # the latest page that it rests on
    sql.Column("verdict", sql.String(20), nullable=False),
    sql.Column("record", _BYTES, nullable=False),  # the Point as it was then, JSON
)
sql.Index("verdicts_point", VERDICTS.c.point, VERDICTS.c.number)
sql.Index("verdicts_made", VERDICTS.c.made)

JUDGEMENTS = sql.Table(
    "judgements",
    META,
    _number(),
    sql.Column("id", _ID, nullable=False, unique=True),
    sql.Column("made", sql.Float, nullable=False),
    sql.Column("record", _BYTES, nullable=False),
)

TERMS = sql.Table(
    "terms",
    META,
    sql.Column("term", sql.Text, primary_key=True),
    sql.Column("pages", sql.Integer, nullable=False),
    sqlite_with_rowid=False,
)
"""How many pages have a term."""

POSTINGS = sql.Table(
    "postings",
    META,
    sql.Column("term", sql.Text, primary_key=True),
    sql.Column("latest", _BYTES, nullable=False),  # numbers of pages, four bytes each
    sqlite_with_rowid=False,
)
"""The latest pages that are found again by a term."""

TRAITS = sql.Table(
    "traits",
    META,
    _number(),  # the page's
    sql.Column("record", _BYTES, nullable=False),  # `memory.Kept`, as MessagePack
)
"""What the stream of stories recognises a page by, and its links to earlier pages."""

LINKS = sql.Table(
    "links",
    META,
    sql.Column("earlier", sql.Integer, primary_key=True, autoincrement=False),
    sql.Column("later", sql.Integer, primary_key=True, autoincrement=False),
    sql.Column("score", sql.Float, nullable=False),
)
"""How well two pages fit, by the earlier one; the later one has it among its traits."""

FEEDS = sql.Table(
    "feeds",
    META,
    _number(),
    sql.Column("address", sql.Text, nullable=False, unique=True),
    sql.Column("title", sql.Text),
    sql.Column("added", sql.Float, nullable=False),
    sql.Column("etag", sql.Text),
    sql.Column("modified", sql.Text),  # Last-Modified, as the server wrote it
    sql.Column("polled", sql.Float),
    sql.Column("due", sql.Float, nullable=False),
    sql.Column("failures", sql.Integer, nullable=False),  # in a row
    sql.Column("problem", sql.Text),  # the last one, a sentence; stays until the feed is read again
    sql.Column("gone", sql.Boolean, nullable=False),
)

ENTRIES = sql.Table(
    "entries",
    META,
    _number(),
    sql.Column("feed", sql.Integer, sql.ForeignKey("feeds.number"), nullable=False),
    sql.Column("key", _ID, nullable=False),  # digest of its id, else of its address
    sql.Column("content", _ID, nullable=False),  # digest of what it says
    sql.Column("address", sql.Text),
    sql.Column("title", sql.Text),
    sql.Column("published", sql.Float),
    sql.Column("seen", sql.Float, nullable=False),
    sql.Column("record", _BYTES, nullable=False),  # the Entry, JSON in zlib
    sql.Column("state", sql.String(10), nullable=False),  # "new", "read", "failed"
    sql.Column("tries", sql.Integer, nullable=False),
    sql.Column("due", sql.Float, nullable=False),
    sql.Column("problem", sql.Text),
    sql.Column("page", _ID),  # id of the page that it became
)
sql.Index("entries_key", ENTRIES.c.feed, ENTRIES.c.key, unique=True)
sql.Index("entries_state", ENTRIES.c.state, ENTRIES.c.due)
sql.Index("entries_published", ENTRIES.c.published)

HOSTS = sql.Table(
    "hosts",
    META,
    sql.Column("host", sql.String(300), primary_key=True),
    sql.Column("robots", sql.Text, nullable=False),
    sql.Column("fetched", sql.Float, nullable=False),
)

RULES = sql.Table(
    "rules",
    META,
    _number(),
    sql.Column("id", _ID, nullable=False, unique=True),
    sql.Column("record", _BYTES, nullable=False),
    sql.Column("dropped", sql.Boolean, nullable=False),
)

ALERTS = sql.Table(
    "alerts",
    META,
    _number(),
    sql.Column("id", _ID, nullable=False, unique=True),
    sql.Column("rule", sql.Integer, sql.ForeignKey("rules.number"), nullable=False),
    sql.Column("made", sql.Float, nullable=False),
    sql.Column("record", _BYTES, nullable=False),
    sql.Column("sent", sql.Float),
    sql.Column("tries", sql.Integer, nullable=False),
    sql.Column("due", sql.Float, nullable=False),
    sql.Column("problem", sql.Text),
)
sql.Index("alerts_due", ALERTS.c.sent, ALERTS.c.due)

CLAIMS_OF_PAGE = 100_000
"""Of one page no more claims can be searched."""
