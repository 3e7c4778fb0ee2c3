"""Which lines of a dump are the article, and which is its title.

A line's worth says how much it speaks for being the article: prose for, furniture against. The
article is the stretch of lines with the greatest sum; furniture inside it is left out as well, and
the title is the heading above it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from rashomon.pages.lines import Unit, is_item, is_tick

PROSE = 8
"""Sentences of fewer words do not speak for the article by themselves."""
PLAIN = 18
"""Nor do lines of fewer words that end in no full stop."""
CLOSING = {"comments": -60, "related": -25, "copyright": -30}
"""Furniture that rarely has more of the article after it."""
FURNITURE = -6
REPEATED = -20
STRAY = 2
"""Lines of so few words inside the article are none of it (buttons, names)."""
RUN = 2
"""Nor are so many headings or more in a run."""
CLEAN = 0.15
"""A dump has been cleaned where prose is more than this share of its words, and nothing is furniture."""
MENU = 2
"""Lines of so few words that end in no full stop are a menu's."""
MENUS = 6
"""One line in so many may look like a menu's in a text that has been cleaned."""
TOP = 5
"""And so many lines may stand above its first prose."""
WEB = frozenset(
    {"appeal", "share", "comments", "cookies", "navigation", "advertisement", "newsletter", "related", "ticker"}
)
"""Furniture that nobody leaves in a text that has been cleaned."""
TITLE = 300
"""Lines of more characters are no title in any script."""
HEADING = 8
"""A heading of other stories has so many words at most,"""
TEASERS = 6
"""and so many headlines below it are told without looking at what they say."""
HEADER = 14
"""How many lines above the article its title and byline may stand."""
_STOPS = re.compile(r"[.!?。！？।؟][\"'”’»)]*\s+[\"'“‘«(]*[^\Wa-z]|[.!?。！？।؟][\"'”’»)]*$|[。！？।]")


class Choice(NamedTuple):
    """What was decided about the lines of a dump."""

    kept: tuple[int, ...]
    """The lines that are the article."""
    title: int | None
    start: int
    """The first line of the stretch that holds the article."""
    end: int
    """The line after its last."""
    clean: bool
    """Whether somebody has cleaned the dump already."""
    kinds: tuple[str | None, ...]
    """What each line is, where something says so."""


def choose(lines: Sequence[Unit], labelled: Sequence[str | None] = (), stated: str | None = None) -> Choice:
    """The lines of the article; `labelled` are the kinds of labels and their values, `stated` a labelled title."""
    kinds = [line.kind for line in lines]
    for at, kind in enumerate(labelled):
        kinds[at] = kind or kinds[at]
    _tickers(lines, kinds)
    _teasers(lines, kinds)
    repeated = _repeated(lines)
    start, end = _stretch(lines, kinds, repeated)
    clean = _clean(lines, kinds)
    if clean:
        start, end = min(start, _first(lines)), len(lines)
    start = _lead(lines, kinds, start, end)
    title = _title(lines, kinds, start, stated)
    heading = lines[title].text.casefold() if title is not None else ""
    kept = tuple(
        at
        for at in range(start, end)
        if kinds[at] is None
        and at != title
        and (clean or at not in repeated)
        and lines[at].text.casefold() != heading
        and (clean or not _stray(lines, kinds, at, start, end))
    )
    return Choice(kept, title, start, end, clean, tuple(kinds))


def retitled(lines: Sequence[Unit], choice: Choice, kept: Sequence[int], stated: str | None = None) -> Choice:
    """The choice with other lines kept, and the title that stands above them; the same where none is kept."""
    if not kept:
        return choice
    start = _lead(lines, choice.kinds, kept[0], kept[-1] + 1)
    return entitled(lines, choice, kept, _title(lines, choice.kinds, start, stated))


def entitled(lines: Sequence[Unit], choice: Choice, kept: Sequence[int], title: int | None) -> Choice:
    """The choice with these lines, of which there is one at least, and this title; neither is in the other."""
    end = kept[-1] + 1
    start = _lead(lines, choice.kinds, kept[0], end)
    if title is not None and start <= title < start + TOP:
        start = title + 1
    heading = lines[title].text.casefold() if title is not None else ""
    body = tuple(at for at in kept if at >= start and lines[at].text.casefold() != heading)
    return Choice(body, title, start, end, choice.clean, choice.kinds)


def worth(line: Unit, kind: str | None) -> float:
    """How much a line speaks for being the article, in words."""
    if kind:
        return CLOSING.get(kind, FURNITURE)
    if line.ends:
        return line.words - PROSE if line.words < 60 else 60 - PROSE + (line.words - 60) / 4
    if line.words > 25 and not _STOPS.search(line.text):
        return -10
    return min(line.words - PLAIN, 30)


def _stretch(lines: Sequence[Unit], kinds: Sequence[str | None], repeated: set[int]) -> tuple[int, int]:
    """The stretch of lines with the greatest sum of worth (Kadane's algorithm); the first of equals, and the shortest.

    `shapes.best_run` takes the longest of equals, and what was learned of HTML pages was learned so.
    """
    best, place, total, begin = 0.0, (0, 0), 0.0, 0
    for at, line in enumerate(lines):
        if total <= 0:
            total, begin = 0.0, at
        total += REPEATED if at in repeated else worth(line, kinds[at])
        if total > best:
            best, place = total, (begin, at + 1)
    return place if best > 0 else (0, len(lines))


def _repeated(lines: Sequence[Unit]) -> set[int]:
    """Lines that say nothing in sentences and stand three times or more: buttons, menus, section names."""
    count = Counter(line.text for line in lines)
    return {at for at, line in enumerate(lines) if not line.ends and line.words <= 12 and count[line.text] > 2}


def _clean(lines: Sequence[Unit], kinds: Sequence[str | None]) -> bool:
    """Whether somebody has cleaned the dump already: no menu's short lines, hardly any furniture, and some prose."""
    furniture = sum(kind in WEB for kind in kinds)
    menu = sum(line.words <= MENU and not line.ends and not line.text.endswith(":") for line in lines)
    total = sum(line.words for line in lines)
    prose = sum(line.words for line in lines if line.ends and line.words >= PROSE)
    few = max(1, len(lines) // 50)
    return _first(lines) <= TOP and furniture <= few and menu <= few + len(lines) // MENUS and prose > total * CLEAN


def _stray(lines: Sequence[Unit], kinds: Sequence[str | None], at: int, start: int, end: int) -> bool:
    """Whether a line inside the article is none of it: a word or two, or one of a run of headlines."""
    if not _slight(lines[at], kinds[at]):
        return False
    left = right = at
    while left > start and _slight(lines[left - 1], kinds[left - 1]) and at - left < 12:
        left -= 1
    while right + 1 < end and _slight(lines[right + 1], kinds[right + 1]) and right - at < 12:
        right += 1
    return lines[at].words <= STRAY or right - left + 1 >= RUN


def _slight(line: Unit, kind: str | None) -> bool:
    """Whether a line says nothing in sentences, as headings, links and names do."""
    return kind is not None or (
        not line.ends and line.words < 25 and not line.text.endswith((":", ",")) and not is_item(line.text)
    )


def _first(lines: Sequence[Unit]) -> int:
    """The first line that is prose."""
    return next((at for at, line in enumerate(lines) if line.words > 40 or (line.ends and line.words >= PROSE)), 0)


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
        while end < len(lines) and is_tick(lines[end].text) and lines[end].words < 40 and not lines[end].ends:
            end += 1
        if end - at >= 2:
            kinds[at:end] = ["ticker"] * (end - at)
        at = max(end, at + 1)


def _teasers(lines: Sequence[Unit], kinds: list[str | None]) -> None:
    """Headlines right below a heading of other stories are of these; of two, the last may be a heading of the text."""
    for at in [at for at, line in enumerate(lines) if kinds[at] == "related" and line.words <= HEADING]:
        end = at + 1
        while end < len(lines) and end <= at + TEASERS and _is_teaser(lines[end], kinds[end]):
            end += 1
        for place in range(at + 1, end - 1 if end == at + 3 else end):
            kinds[place] = kinds[place] or "related"


def _is_teaser(line: Unit, kind: str | None) -> bool:
    """Whether a line may be a headline in a list of other stories."""
    return kind in {None, "related", "date"} and not line.ends and line.words <= PLAIN and not is_item(line.text)


def _title(lines: Sequence[Unit], kinds: Sequence[str | None], start: int, stated: str | None) -> int | None:
    """The line of the title: the last heading above the article, or the one that is repeated there."""
    folded = [" ".join(line.text.casefold().split()) for line in lines[: start + 1]]
    if stated:
        wanted = " ".join(stated.casefold().split())
        return next((at for at, text in enumerate(folded) if text == wanted), None)
    candidates = [at for at in range(max(0, start - HEADER), start) if _is_heading(lines[at], kinds[at])]
    for at in reversed(candidates):
        if any(folded[at] in other and other != folded[at] for other in folded[:at]) and lines[at].words >= 4:
            return at
    full = [at for at in candidates if lines[at].words >= 4]
    best = full or candidates
    return best[-1] if best else None


def _is_heading(line: Unit, kind: str | None) -> bool:
    plain = not line.text.endswith((".", ":", ",", ";")) and not is_item(line.text) and len(line.text) <= TITLE
    return kind is None and 3 <= line.words <= 30 and plain
