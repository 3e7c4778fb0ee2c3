"""What is read out of a page's text, made at most once a page and only when somebody asks.

A page as `read_page` gives it has not been parsed: its `times` and `entities` are `Read` sequences
that share one `Reading`. The first look at either, or `extract_claims`, parses the text; all of
them then have their part of the same result. `read_out` parses the pages of a batch together.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import TypeVar

import msgspec

from rashomon.later import Later
from rashomon.model import Claim, Entity, Gap, Page, Time

T = TypeVar("T")

_BATCH = 16


class Extraction(msgspec.Struct, frozen=True):
    """All that is read out of one page's text."""

    claims: tuple[Claim, ...] = ()
    times: tuple[Time, ...] = ()
    entities: tuple[Entity, ...] = ()
    gaps: tuple[Gap, ...] = ()


class Reading:
    """The one extraction of one page, made when it is first asked for."""

    __slots__ = ("_result", "page")

    def __init__(self, page: Page) -> None:
        self.page = page
        self._result: Extraction | None = None

    @property
    def done(self) -> bool:
        """Whether the extraction has been made."""
        return self._result is not None

    @property
    def result(self) -> Extraction:
        """The extraction, made now if need be."""
        if self._result is None:
            next(_extract([self]))
        assert self._result is not None
        return self._result

    def keep(self, result: Extraction) -> None:
        """Take an extraction that was made in a batch."""
        self._result = result


class Read(Later[T]):
    """A part of a reading that is not made until it, or another part of it, is looked at."""

    __slots__ = ("reading",)

    def __init__(self, reading: Reading, pick: Callable[[Extraction], tuple[T, ...]]) -> None:
        super().__init__(lambda: pick(reading.result))
        self.reading = reading


def _times(extraction: Extraction) -> tuple[Time, ...]:
    return extraction.times


def _entities(extraction: Extraction) -> tuple[Entity, ...]:
    return extraction.entities


def deferred(page: Page) -> Page:
    """The page with `times` and `entities` that will be read when they are looked at."""
    reading = Reading(page)
    return msgspec.structs.replace(page, times=Read(reading, _times), entities=Read(reading, _entities))


def settled(page: Page) -> Page:
    """The page with all that is made when it is looked at in place, as plain tuples, and the reading's gaps."""
    extraction = _of(page).result
    return msgspec.structs.replace(
        page,
        dropped=tuple(page.dropped),
        plan=tuple(page.plan),
        times=extraction.times,
        entities=extraction.entities,
        gaps=tuple(dict.fromkeys(page.gaps + extraction.gaps)),
    )


def read_out(pages: Iterable[Page]) -> Iterator[Extraction]:
    """The extraction of each page, in order; pages that have none yet are parsed a batch at a time."""
    rest = iter(pages)
    while batch := [_of(page) for page in islice(rest, _BATCH)]:
        yield from _extract(batch)


def _of(page: Page) -> Reading:
    """The reading that belongs to the page, where its text and date are still what they were."""
    if isinstance(page.entities, Read):
        reading = page.entities.reading
        if reading.page.text == page.text and reading.page.published == page.published and reading.page.id == page.id:
            return reading
    return Reading(page)


def _extract(batch: Sequence[Reading]) -> Iterator[Extraction]:
    """Each reading's extraction; the texts not parsed yet go through the reader together."""
    fresh = list({id(reading): reading for reading in batch if not reading.done}.values())
    readable = [reading for reading in fresh if reading.page.language in (None, "en")]
    for reading in fresh:
        # In another language the English reader would find claims that nobody made; the page says so as a gap.
        if reading not in readable:
            reading.keep(Extraction())
    try:
        _read(readable)
    except Exception:
        if os.environ.get("RASHOMON_STRICT"):
            raise
        # One page that the program stumbles over must not lose the others: read each by itself.
        for reading in readable:
            _read_alone(reading)
    for reading in batch:
        yield reading.result


def _read(readings: Sequence[Reading]) -> None:
    """Parse the texts together and keep what is read out of each."""
    from rashomon.claims.extract import extract
    from rashomon.reader import parse

    for reading, doc in zip(readings, parse(reading.page.text for reading in readings), strict=True):
        reading.keep(extract(reading.page, doc))


def _read_alone(reading: Reading) -> None:
    """Read one page; a fault of the program's becomes a gap of the page's that names it."""
    if reading.done:
        return
    try:
        _read([reading])
    except Exception as fault:
        why = (
            f"Reading the claims of this page failed ({type(fault).__name__}: {fault}). "
            "That is a fault of rashomon's, not of the page's: please report it with the page."
        )
        reading.keep(Extraction(gaps=(Gap("claims", why),)))
