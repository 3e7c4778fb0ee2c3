"""rashomon reads the pages that tell one developing story and shows what they agree on, what they
dispute, who said it, and on what evidence.

    page    = rashomon.read_page(raw)              bytes → Page
    claims  = rashomon.extract_claims(pages)       pages → iterator of list[Claim]
    stories = rashomon.find_stories(pages)         which pages tell the same story
    points  = rashomon.align_claims(pages, claims) what they agree on, dispute, deny, update
    report  = rashomon.report(pages)               all of the above
    data    = rashomon.to_json(report)             any record → plain dict

Records are frozen, functions pure; none of them opens a socket or writes a file (`open_store`
aside). Nothing heavy is imported until it is used.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from rashomon.errors import PageError, RashomonError, UsageError

if TYPE_CHECKING:
    import os

    from rashomon.model import (
        Claim,
        Current,
        Dated,
        Dropped,
        Edit,
        Entity,
        Event,
        Gap,
        Line,
        Loaded,
        Moment,
        Number,
        Page,
        PageGap,
        Place,
        Point,
        PointValue,
        Repair,
        Report,
        Span,
        Speaker,
        Story,
        Time,
        When,
    )
    from rashomon.store import Store
    from rashomon.stories import Stream

__version__ = "0.1.0"

__all__ = [
    "Claim",
    "Current",
    "Dated",
    "Dropped",
    "Edit",
    "Entity",
    "Event",
    "Gap",
    "Line",
    "Loaded",
    "Moment",
    "Number",
    "Page",
    "PageError",
    "PageGap",
    "Place",
    "Point",
    "PointValue",
    "RashomonError",
    "Repair",
    "Report",
    "Span",
    "Speaker",
    "Story",
    "Time",
    "UsageError",
    "When",
    "align_claims",
    "extract_claims",
    "find_stories",
    "open_store",
    "open_stream",
    "read_page",
    "report",
    "to_json",
]


def __getattr__(name: str) -> Any:
    """The records, imported when the first of them is asked for: half of what `import rashomon` would take."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from rashomon import model

    globals()[name] = found = getattr(model, name)
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


def read_page(
    raw: bytes | bytearray | memoryview | str,
    address: str | os.PathLike[str] | None = None,
    known: Mapping[str, Any] | None = None,
) -> Page:
    """Make a page of one capture: HTML in whatever encoding, a PDF, or a plain-text dump.

    `known` holds what the caller already knows: any of `title`, `authors` (people), `credits` (agencies, desks; put
    before those that the page names), `published` and `modified` (ISO 8601: a date, a month, a time, or an interval),
    `source`, `canonical` (the page's own address), `category`, `tags`, `kind` ("news", "opinion", "live blog", "stub",
    "listing", "other"), `language`, `text` (already clean: taken exactly as it is), `encoding` (the charset that a
    server named) and `captured` (ISO 8601: when the capture was made). What could not be read is in the page's `gaps`;
    PageError is raised only for what is no page at all (no bytes, a picture, a path), UsageError for a key or value of
    `known` that cannot be. The page's `times`, `entities`, `dropped` and `plan` are made when they are first looked at.
    """
    from rashomon import run

    return run.read_page(raw, address, known)


def extract_claims(pages: Iterable[Page]) -> Iterator[list[Claim]]:
    """The claims of each page, in the order of the pages; texts are parsed in batches inside."""
    from rashomon import run

    return run.extract_claims(pages)


def find_stories(pages: Iterable[Page]) -> list[Story]:
    """Which of the pages tell the same story, in the order in which the stories were founded."""
    from rashomon import run

    return run.find_stories(pages)


def open_stream() -> Stream:
    """The same online: `stream.add(page)` gives the page's story, `stream.stories` all of them."""
    from rashomon.stories import Stream

    return Stream()


def align_claims(pages: Iterable[Page], claims: Iterable[Claim]) -> list[Point]:
    """What one story's pages agree on, dispute, deny and update: `claims` is the flat list of theirs."""
    from rashomon import run

    return run.align_claims(pages, claims)


def report(pages: Iterable[Page]) -> Report:
    """All of it: stories, claims, points, timeline and gaps of the pages."""
    from rashomon import run

    return run.report(pages)


def to_json(record: Any) -> Any:
    """Any record, or records one after another, as plain dicts and lists of the published form."""
    import msgspec

    def plain(value: Any) -> Any:
        if isinstance(value, Iterable):
            return tuple(value)
        raise UsageError(
            f"to_json takes records of rashomon and plain data; this is of the type {type(value).__name__}"
        )

    # Through JSON and back, so that tuples come out as lists and what is read later is read now.
    return msgspec.json.decode(msgspec.json.encode(record, enc_hook=plain))


def open_store(url: str) -> Store:
    """A store that remembers pages and claims: a SQLite file's path, or a PostgreSQL URL."""
    from rashomon.store import Store

    return Store(url)
