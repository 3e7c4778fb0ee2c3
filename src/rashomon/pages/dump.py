"""A plain-text dump of a page → the article.

`choose` decides by rules which lines are the article, `weigh` by what was learned from pages of many
sites; `article` makes the text and its plan of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rashomon.model import Dropped, Edit
from rashomon.pages import labels
from rashomon.pages.choose import HEADER, Choice, choose
from rashomon.pages.lines import Unit, bare, units
from rashomon.pages.plans import join
from rashomon.pages.weigh import weighed

_AFTER = 2
"""So many lines below an article may still say whose it is."""
_SHORT = 12
"""Lines after the article with fewer words are taken for navigation."""


class Article(NamedTuple):
    """What a dump holds."""

    text: str
    plan: tuple[Edit, ...]
    title: str | None
    dropped: tuple[Dropped, ...]
    labels: labels.Labels
    header: tuple[tuple[str, str | None], ...]
    """The lines above the article that may name its author and date, with their kinds; no ticker's."""
    after: tuple[str, ...]
    """The first lines below the article that are no part of it."""


def article(text: str, address: str | None = None) -> Article:
    """The article in a dump; where no line is prose, all lines that are no furniture.

    The page's address, where it is known, helps to tell its title.
    """
    lines = units(text)
    found, labelled = labels.read(lines)
    choice = weighed(text, lines, choose(lines, labelled, found.title), found.title, address)
    pieces: list[tuple[int, int, str]] = []
    for at in choice.kept:
        for index, piece in enumerate(lines[at].pieces):
            pieces.append((piece.start, piece.end, piece.joint if index or not pieces else "\n\n"))
    heading = lines[choice.title].text if choice.title is not None else found.title
    top = max(0, choice.start - HEADER)
    if choice.title is not None:
        top = min(max(top, choice.title - 3), choice.start)
    header = [(lines[at].text, choice.kinds[at]) for at in range(top, choice.start) if at != choice.title]
    return Article(
        "\n\n".join(lines[at].text for at in choice.kept),
        join(text, pieces),
        bare(heading) if heading else None,
        _dropped(lines, choice),
        found,
        tuple((line, kind) for line, kind in header if kind != "ticker"),
        tuple(line.text for line in lines[choice.kept[-1] + 1 :][:_AFTER]) if choice.kept else (),
    )


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
