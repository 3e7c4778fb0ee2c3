"""A plain-text dump of a page → the article.

`choose` decides by rules which lines are the article, `weigh` by what was learned from pages of many
sites; `article` makes the text and its plan of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rashomon.model import Dropped, Edit
from rashomon.pages import labels
from rashomon.pages.choose import HEADER, Choice, choose
from rashomon.pages.lines import Unit, bare, units
from rashomon.pages.plans import join
from rashomon.pages.weigh import weighed

_AFTER = 12
"""So many lines below an article may still say whose it is."""
_SIGNED = 4
"""A line of so few words may sign an article."""
_ABOVE, _BELOW = 8, 40
"""So many lines above and below the title may do so, and below it no more"""
_PROSE, _FULL = 3, 12
"""than so many paragraphs of so many words later."""
_POSTS = 4
"""So many times between parts of the text are those of a live page's posts."""
_CLOCK = re.compile(r"\d{1,2}[:.h]\d\d(?:\s?[ap]\.?m\.?|\s?uhr)?(?:\s[a-z]{2,4})?", re.I)
_SHORT = 12
"""Lines after the article with fewer words are taken for navigation."""


class Near(NamedTuple):
    """A line that may tell of the article."""

    text: str
    kind: str | None
    below: int
    """So many lines it stands below the title, or above it where negative; below the dump's head without a title."""


class Article(NamedTuple):
    """What a dump holds."""

    text: str
    plan: tuple[Edit, ...]
    title: str | None
    dropped: tuple[Dropped, ...]
    labels: labels.Labels
    head: tuple[Near, ...]
    """The lines above the article and among its first that may name its author and date; no ticker's."""
    inside: tuple[Near, ...]
    """The bylines within the article, as of a live page's posts."""
    after: tuple[Near, ...]
    """The first lines below the article that are no part of it."""
    live: bool = False
    """Whether times stand between its parts, as between the posts of a live page."""


def article(text: str, address: str | None = None) -> Article:
    """The article in a dump; where no line is prose, all lines that are no furniture.

    The page's address, where it is known, helps to tell its title.
    """
    lines = units(text)
    found, labelled = labels.read(lines)
    choice = weighed(text, lines, choose(lines, labelled, found.title), found.title, address)
    choice = choice._replace(kept=_apart(lines, choice.kept))
    pieces: list[tuple[int, int, str]] = []
    for at in choice.kept:
        for index, piece in enumerate(lines[at].pieces):
            pieces.append((piece.start, piece.end, piece.joint if index or not pieces else "\n\n"))
    heading = lines[choice.title].text if choice.title is not None else found.title
    return Article(
        "\n\n".join(lines[at].text for at in choice.kept),
        join(text, pieces),
        bare(heading) if heading else None,
        _dropped(lines, choice),
        found,
        _head(lines, choice),
        tuple(_near(lines, choice, [at for at in range(*_span(choice)) if choice.kinds[at] == "byline"])),
        tuple(_near(lines, choice, range(*_below(lines, choice)))),
        sum(_is_time(lines[at].text, choice.kinds[at]) for at in range(*_span(choice))) >= _POSTS,
    )


def _is_time(text: str, kind: str | None) -> bool:
    """Whether a line says nothing but when, as above a post; no row of a table does."""
    return "|" not in text and (kind == "date" or _CLOCK.fullmatch(text) is not None)


def _span(choice: Choice) -> tuple[int, int]:
    """The article's first line, and the line after its last; of no article, none."""
    return (choice.kept[0], choice.kept[-1] + 1) if choice.kept else (0, 0)


def _below(lines: Sequence[Unit], choice: Choice) -> tuple[int, int]:
    """The first line below the article, or a last one of it that is no sentence and may be a name; the line after the
    last that may tell of the article."""
    end = _span(choice)[1]
    signed = bool(choice.kept) and lines[end - 1].words <= _SIGNED and not lines[end - 1].ends
    return end - signed, min(len(lines), end + _AFTER) if choice.kept else 0


def _near(lines: Sequence[Unit], choice: Choice, places: Sequence[int]) -> Iterator[Near]:
    top = _top(lines, choice)
    return (Near(lines[at].text, choice.kinds[at], at - top) for at in places)


def _top(lines: Sequence[Unit], choice: Choice) -> int:
    """The title's line, or where it stands again right above the article; without one, the line before the first."""
    if choice.title is None:
        return -1
    heading = lines[choice.title].text.casefold()
    again = (at for at in range(choice.start, choice.title, -1) if lines[at].text.casefold() == heading)
    return next(again, choice.title)


def _head(lines: Sequence[Unit], choice: Choice) -> tuple[Near, ...]:
    """The lines near the title; without one, those above the article. The article's first paragraphs may be captions,
    so that a byline stands below them."""
    first = max(0, choice.start - HEADER) if choice.title is None else max(0, choice.title - _ABOVE)
    top = _top(lines, choice)
    last = max(choice.start, top + _BELOW)
    kept = set(choice.kept)
    places: list[int] = []
    prose = 0
    for at in range(first, min(len(lines), last + 1)):
        prose += at in kept and lines[at].words >= _FULL
        if prose >= _PROSE:
            break
        told = at in (choice.title, top) or choice.kinds[at] == "ticker"
        if not told and (at not in kept or not lines[at].ends):
            places.append(at)
    return tuple(_near(lines, choice, places))


def _apart(lines: Sequence[Unit], kept: Sequence[int]) -> tuple[int, ...]:
    """The kept lines but those that stand in the midst of another, as what is printed on every sheet does."""
    out: list[int] = []
    for at in kept:
        if not out or lines[at].pieces[0].start >= lines[out[-1]].pieces[-1].end:
            out.append(at)
    return tuple(out)


def _dropped(lines: Sequence[Unit], choice: Choice) -> tuple[Dropped, ...]:
    """What is no part of the article, in order, each line with its kind."""
    kept = set(choice.kept)
    out: list[Dropped] = []
    for at, line in enumerate(lines):
        if at in kept:
            continue
        kind = "title" if at == choice.title else choice.kinds[at]
        if kind is None:
            kind = "navigation" if at < choice.start or line.words < _SHORT else "other"
        out.append(Dropped(line.text, kind))
    return tuple(out)
