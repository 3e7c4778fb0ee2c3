"""Whether a story turned out to be two: a function of scored pairs alone, as `joining` is.

A story grows together wrongly where one page tells two (a round-up of the day, "it is the second such fire"), or where
the first pages of two look-alikes shared all that was known of them. What shows it is a later page: it fits one part of
the story and was held against pages of the other, and has nothing in common with them. Then the story is parted where
no pair across fits, one page, which tells of both, aside.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from rashomon.stories.joining import LEAST, Links

APART = 0.1
"""Score under which two pages that were compared speak against one story."""
SIDE = 3
"""Pages that each part has at least, and that the page speaks against."""
MOST = 60
"""Pages of a story that is looked at; a larger one has shown often enough that it is one."""


class Parts(NamedTuple):
    """The two stories that one turned out to be."""

    mine: list[int]
    """The pages that the new one belongs to, itself among them, in order."""
    others: list[int]
    bridge: int | None
    """The page that joined them; it stands in the part that it fits better."""


def against(links: Links, inside: Callable[[int], bool]) -> list[int]:
    """The pages of its story that a new page was compared with and that speak against its being there."""
    return [page for page, score in links.items() if score < APART and inside(page)]


def parted(new: int, foes: Sequence[int], members: Sequence[int], links_of: Callable[[int], Links]) -> Parts | None:
    """The two parts of a story, where it falls apart; null where it holds.

    `new`: the page that came, one of the members; `foes`: see `against`; `links_of`: the links of a member.
    """
    if len(foes) < SIDE or not 2 * SIDE <= len(members) <= MOST:
        return None
    inside = set(members)
    links = {page: {other: score for other, score in links_of(page).items() if other in inside} for page in members}
    fits = {page: {other for other, score in found.items() if score >= LEAST} for page, found in links.items()}
    bridges = sorted({page for foe in foes for page in fits[foe]} - {new})
    for bridge in (None, *bridges):
        mine = _reached(new, fits, bridge)
        others = inside - mine - {bridge}
        if min(len(mine), len(others)) < SIDE or len(others.intersection(foes)) < SIDE:
            continue
        if _mean(links[page].get(other) for page in mine for other in others) >= APART:
            continue
        if bridge is not None:
            own = links[bridge]
            nearer = _mean(own.get(page, 0.0) for page in mine) >= _mean(own.get(page, 0.0) for page in others)
            (mine if nearer else others).add(bridge)
        return Parts(sorted(mine), sorted(others), bridge)
    return None


def _reached(start: int, fits: Mapping[int, set[int]], without: int | None) -> set[int]:
    """The pages that a chain of fitting pairs leads to."""
    found, open_ = {start}, [start]
    while open_:
        new = fits[open_.pop()] - found - {without}
        found |= new
        open_ += sorted(new)
    return found


def _mean(scores: Iterable[float | None]) -> float:
    """The mean of the known scores; 0 where none is."""
    known = [score for score in scores if score is not None]
    return sum(known) / len(known) if known else 0.0
