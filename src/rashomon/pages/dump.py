"""A plain-text dump of a page → the article, by rules over its lines.

A line's worth says how much it speaks for being the article: prose for, furniture against. The
article is the stretch of lines with the greatest sum; furniture inside it is dropped as well, and
the title is the heading above it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from rashomon.model import Dropped, Edit
from rashomon.pages import labels
from rashomon.pages.lines import Unit, bare, is_item, is_tick, units
from rashomon.pages.plans import join

_PROSE = 8
"""Sentences of fewer words do not speak for the article by themselves."""
_PLAIN = 12
"""Nor do lines of fewer words that end in no full stop."""
_CLOSING = {"comments": -60, "related": -40, "copyright": -30}
_FURNITURE = -6
_STOPS = re.compile(r"[.!?。！？][\"'”’»)]*\s+[\"'“‘«(]*[^\Wa-z]|[.!?。！？][\"'”’»)]*$|[。！？]")
_HEADER = 14
"""How many lines above the article its title and byline may stand."""


class Article(NamedTuple):
    """What a dump holds."""

    text: str
    plan: tuple[Edit, ...]
    title: str | None
    dropped: tuple[Dropped, ...]
    labels: labels.Labels
    header: tuple[str, ...]
    """The lines between the title (and a few above it) and the article, and its first and last lines' neighbours."""


def article(text: str) -> Article:
    """The article in a dump; where no line is prose, all lines that are no furniture."""
    lines = units(text)
    found, kinds = labels.read(lines)
    kinds = [kinds[at] or line.kind for at, line in enumerate(lines)]
    _tickers(lines, kinds)
    start, end = _stretch(lines, kinds)
    start = _lead(lines, kinds, start, end)
    title = _title(lines, kinds, start, found.title)
    kept = _kept(lines, kinds, start, end, title)
    pieces: list[tuple[int, int, str]] = []
    for at in kept:
        for index, (left, right) in enumerate(lines[at].pieces):
            pieces.append((left, right, " " if index else "\n\n" if pieces else ""))
    heading = lines[title].text if title is not None else found.title
    header = [lines[at].text for at in range(max(0, start - _HEADER), start) if kinds[at] != "ticker" and at != title]
    return Article(
        "\n\n".join(lines[at].text for at in kept),
        join(text, pieces),
        bare(heading) if heading else None,
        _dropped(lines, kinds, kept, title, start),
        found,
        tuple(header),
    )


def _worth(line: Unit, kind: str | None) -> float:
    """How much a line speaks for being the article, in words."""
    if kind:
        return _CLOSING.get(kind, _FURNITURE)
    if line.ends:
        return line.words - _PROSE if line.words < 60 else 52 + (line.words - 60) / 4
    if line.words > 25 and not _STOPS.search(line.text):
        return -10
    return min(line.words - _PLAIN, 30)


def _stretch(lines: Sequence[Unit], kinds: Sequence[str | None]) -> tuple[int, int]:
    """The stretch of lines with the greatest sum of worth (Kadane's algorithm); the first of equals."""
    best, place, total, begin = 0.0, (0, 0), 0.0, 0
    for at, line in enumerate(lines):
        if total <= 0:
            total, begin = 0.0, at
        total += _worth(line, kinds[at])
        if total > best:
            best, place = total, (begin, at + 1)
    return place if best > 0 else (0, len(lines))


def _lead(lines: Sequence[Unit], kinds: Sequence[str | None], start: int, end: int) -> int:
    """Where the prose of a stretch begins: after the headings that stand at its head."""
    for at in range(start, min(end, start + 6)):
        if lines[at].ends or lines[at].words > 40:
            return at
        if kinds[at] is None and not _is_heading(lines[at], None):
            break
    return start


def _tickers(lines: Sequence[Unit], kinds: list[str | None]) -> None:
    """Runs of headlines that open with a clock's time are a ticker."""
    at = 0
    while at < len(lines):
        end = at
        while end < len(lines) and is_tick(lines[end].text) and lines[end].words < 40:
            end += 1
        if end - at >= 2:
            kinds[at:end] = ["ticker"] * (end - at)
        at = max(end, at + 1)


def _title(lines: Sequence[Unit], kinds: Sequence[str | None], start: int, stated: str | None) -> int | None:
    """The line of the title: the last heading above the article, or the one that is repeated there."""
    folded = [" ".join(line.text.casefold().split()) for line in lines[: start + 1]]
    if stated:
        wanted = " ".join(stated.casefold().split())
        return next((at for at, text in enumerate(folded) if text == wanted), None)
    candidates = [at for at in range(max(0, start - _HEADER), start) if _is_heading(lines[at], kinds[at])]
    for at in reversed(candidates):
        if any(folded[at] in other and other != folded[at] for other in folded[:at]) and lines[at].words >= 4:
            return at
    return candidates[-1] if candidates else None


def _is_heading(line: Unit, kind: str | None) -> bool:
    return (
        kind is None
        and 3 <= line.words <= 30
        and not line.text.endswith((".", ":", ",", ";"))
        and not is_item(line.text)
    )


def _kept(lines: Sequence[Unit], kinds: Sequence[str | None], start: int, end: int, title: int | None) -> list[int]:
    """The lines of the stretch that are the article."""
    heading = lines[title].text.casefold() if title is not None else ""
    return [
        at for at in range(start, end) if kinds[at] is None and at != title and lines[at].text.casefold() != heading
    ]


def _dropped(
    lines: Sequence[Unit], kinds: Sequence[str | None], kept: Sequence[int], title: int | None, start: int
) -> tuple[Dropped, ...]:
    """What is no part of the article, in order, each line with its kind."""
    rest = set(range(len(lines))).difference(kept)
    out: list[Dropped] = []
    for at in sorted(rest):
        kind = "title" if at == title else kinds[at]
        if kind is None:
            kind = "navigation" if at < start or lines[at].words < _PLAIN else "other"
        out.append(Dropped(lines[at].text, kind))
    return tuple(out)
