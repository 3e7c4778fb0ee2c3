"""The stages in order: the only place that knows how many processes there are."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from rashomon.claims import deferred, read_out, settled
from rashomon.errors import UsageError
from rashomon.model import Claim, Page, PageGap, Point, Report, Story

if TYPE_CHECKING:
    from rashomon.pages import Capture

Progress = Callable[[str, int, int], None]
"""Told the stage's name, how many pages it has done, and of how many."""


def read_page(
    raw: bytes | bytearray | memoryview | str,
    address: str | os.PathLike[str] | None,
    known: Mapping[str, Any] | None,
) -> Page:
    """One capture as a page whose times and entities are read when they are looked at."""
    from rashomon.pages import read

    return deferred(read(raw, address, known))


def read_capture(capture: Capture) -> Page:
    """A gathered capture as a page, with what was missing of the capture among its gaps."""
    from msgspec.structs import replace

    from rashomon.pages import read

    page = read(capture.raw, capture.address, capture.known)
    return deferred(replace(page, gaps=tuple(dict.fromkeys(capture.gaps + page.gaps))))


def extract_claims(pages: Iterable[Page]) -> Iterator[list[Claim]]:
    """The claims of each page, in order."""
    for extraction in read_out(pages):
        yield list(extraction.claims)


def find_stories(pages: Iterable[Page]) -> list[Story]:
    """Which pages tell the same story."""
    from rashomon.stories import find

    return find(_once(pages))


def align_claims(pages: Iterable[Page], claims: Iterable[Claim]) -> list[Point]:
    """What one story's pages agree on, dispute, deny and update."""
    from rashomon.stories import align

    return align(_once(pages), tuple(claims))


def report(pages: Iterable[Page], gaps: Sequence[PageGap] = (), progress: Progress | None = None) -> Report:
    """All stages; `gaps` are those of captures that no page could be made of."""
    from rashomon.reports import compose

    pages = _once(pages)
    claims: list[Claim] = []
    for done, extraction in enumerate(read_out(pages), 1):
        claims.extend(extraction.claims)
        if progress:
            progress("claims", done, len(pages))
    return compose([settled(page) for page in pages], claims, gaps)


def _once(pages: Iterable[Page]) -> tuple[Page, ...]:
    """The pages in order, the first of those with one id; UsageError for what is no page."""
    out: dict[str, Page] = {}
    for page in pages:
        if not isinstance(page, Page):
            raise UsageError(f"pages are made by read_page; this is of the type {type(page).__name__}")
        out.setdefault(page.id, page)
    return tuple(out.values())
