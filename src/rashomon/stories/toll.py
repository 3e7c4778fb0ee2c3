"""How many were killed and injured in one story, from all of its pages: what they count, and whom they only list.

Pages count in many ways: "two dead, three hurt", "five people were shot" (the dead among them), "a double shooting",
"a teen is dead and another is hurt", or a name and an age in each sentence. What a page says is read by patterns into
figures (`toll_counts`, `toll_people`); which value of a story they speak for, boosted trees say
(`models/toll_*.npz`, made by `train/toll.py`). Where none is likely enough, or the file was left out, the value is
unknown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from rashomon.model import Page
from rashomon.stories.toll_counts import KINDS, PageToll, read
from rashomon.stories.toll_words import CLASSES, chances, grams, own
from rashomon.trees import Trees, odds, shipped

HIGHEST = 999
"""No value above is asked for."""
SURE = 0.42
"""The chance below which a value is unknown."""

CUES = (
    "dead", "hurt", "suicide", "gunman dead", "unhurt", "police fired", "suspect", "another", "both", "total",
    "robbery", "accident", "self", "charged with murder", "charged with assault", "stable", "shots only",
)  # fmt: skip
_OF_VALUE = (
    "value", "counted first", "counted ever", "counted in lead", "most frequent", "last page", "other first",
    "shot first", "shot less killed", "people share", "words", "listed first", "listed most", "listed in lead",
    "listed ever", "listed shot", "listed shot less killed", "below ordinal",
)  # fmt: skip
_OF_STORY = (
    "pages", "other most", "shot most", "shot share", "people", "people of other", "first most", "lead most",
    "none counted", "highest", "lowest", *(f"words {kind} {n}" for kind in KINDS for n in range(CLASSES)),
    "listed first most", "listed most most", "listed highest", "listed lead most", "listed share",
    "listed shot most", "listed shot highest", "listed shot lead", "listed shot share", "listed other most",
    "listed other highest", "listed other first", "ordinal", "total most", "total highest", "accused dead",
    "elsewhere", "lead elsewhere", "elsewhere sentences",
    *(f"share {cue}" for cue in CUES), *(f"lead {cue}" for cue in CUES), *(f"title {cue}" for cue in CUES),
)  # fmt: skip
FEATURES: tuple[str, ...] = (*_OF_VALUE, *_OF_STORY)
"""What a value of a story is judged by; "share" and "lead" are shares of the pages that have the cue."""


def _usual(values: Sequence[int], none: int = -1) -> int:
    """The most frequent value; of two alike the lower."""
    counts = Counter(values)
    return min(counts, key=lambda value: (-counts[value], value)) if counts else none


def values(told: Sequence[PageToll], kind: str) -> list[int]:
    """The values that may be a story's: few, and what its pages count or list, alone or less those killed."""
    found, dead = {0, 1, 2, 3}, {0, 1}
    shot: set[int] = set()
    for page in told:
        found.update(page.counts[kind], page.listed[kind], [page.people[kind], page.total])
        shot.update(page.counts["shot"], page.listed["shot"])
        dead.update(page.counts["killed"], page.listed["killed"], [2])
    found |= shot
    if kind == "injured":
        found |= {max(0, each - killed) for each in shot for killed in dead}
    return sorted(value for value in found if value <= HIGHEST)


class _Told(NamedTuple):
    """One state's figures, one a page that has any."""

    firsts: list[int]
    """The first count of each page, of its lead where that has one."""
    ever: list[set[int]]
    lead: list[int]
    listed_first: list[int]
    listed_most: list[int]
    listed_lead: list[int]
    listed_ever: list[set[int]]


def _told(told: Sequence[PageToll], state: str) -> _Told:
    counted = [page for page in told if page.counts[state]]
    listed = [page for page in told if page.listed[state]]
    return _Told(
        [(page.lead[state] or page.counts[state])[0] for page in counted],
        [set(page.counts[state]) for page in counted],
        [page.lead[state][0] for page in counted if page.lead[state]],
        [page.listed[state][0] for page in listed],
        [max(page.listed[state]) for page in listed],
        [max(page.lead_listed[state]) for page in listed if page.lead_listed[state]],
        [set(page.listed[state]) for page in listed],
    )


def columns(told: Sequence[PageToll], kind: str, words: NDArray[np.float64]) -> tuple[list[int], NDArray[np.float32]]:
    """The values that may be, and their features: one line a feature, one column a value.

    `words`: what `toll_words.chances` says of the pages.
    """
    mine, n = words[KINDS.index(kind)], len(told)
    own, other, shot, dead = (_told(told, each) for each in (kind, KINDS[1 - KINDS.index(kind)], "shot", "killed"))
    people = [page.people[kind] for page in told]
    usual, shots, shots_listed = _usual(own.firsts), _usual(shot.firsts), _usual(shot.listed_most)
    killed = _usual(dead.firsts, _usual([min(1, page.cues.get("dead", 0)) for page in told], 0))
    killed_listed = _usual(dead.listed_most, 0)
    ordinal = max(page.ordinal for page in told)
    possible = values(told, kind)
    of_story = _of_story(told, kind, words)
    out = []
    for value in possible:
        out.append([
            value, own.firsts.count(value) / n, sum(value in found for found in own.ever) / n,
            own.lead.count(value) / n, usual == value, own.firsts[-1:] == [value], other.firsts.count(value) / n,
            shot.firsts.count(value) / n, bool(shot.firsts) and shots - killed == value, people.count(value) / n,
            mine[min(value, CLASSES - 1)], own.listed_first.count(value) / n, own.listed_most.count(value) / n,
            own.listed_lead.count(value) / n, sum(value in found for found in own.listed_ever) / n,
            shot.listed_most.count(value) / n, shots_listed - killed_listed == value, ordinal > value, *of_story,
        ])  # fmt: skip
    return possible, np.array(out, np.float32).T


def _of_story(told: Sequence[PageToll], kind: str, words: NDArray[np.float64]) -> list[float]:
    """The features that all values of a story share."""
    n, name = len(told), KINDS[1 - KINDS.index(kind)]
    own, other, shot = (_told(told, each) for each in (kind, name, "shot"))
    counted = [value for page in told for value in page.counts[kind]]
    totals = [page.total for page in told]

    def share(cue: str) -> float:
        return sum(1 for page in told if page.cues.get(cue)) / n

    return [
        n, _usual(other.firsts), _usual(shot.firsts), len(shot.firsts) / n,
        _usual([page.people[kind] for page in told], 0), _usual([page.people[name] for page in told], 0),
        _usual(own.firsts), _usual(own.lead), 1 - len(own.firsts) / n, max(counted, default=-1),
        min(counted, default=-1), *words.ravel(), _usual(own.listed_first), _usual(own.listed_most),
        max(own.listed_most, default=0), _usual(own.listed_lead), len(own.listed_first) / n,
        _usual(shot.listed_most), max(shot.listed_most, default=0), _usual(shot.listed_lead),
        len(shot.listed_most) / n, _usual(other.listed_most), max(other.listed_most, default=0),
        _usual(other.listed_first), max(page.ordinal for page in told), _usual(totals), max(totals),
        sum(page.accused_dead for page in told) / n, sum(page.elsewhere > 0 for page in told) / n,
        sum(page.lead_elsewhere for page in told) / n, sum(page.elsewhere for page in told) / n,
        *(share(f"{part}{cue}") for part in ("", "lead ", "title ") for cue in CUES),
    ]  # fmt: skip


class Toll(NamedTuple):
    """How many were killed or injured in a story."""

    value: int | None
    """Null where no value is likely enough."""
    chance: float
    """Of the likeliest value, between 0 and 1."""
    counted: tuple[str, ...]
    """Ids of the pages that count this value."""
    why: str


def toll(pages: Sequence[Page], kind: str) -> Toll:
    """How many people one story's pages tell were "killed" or "injured"."""
    trees, weights = shipped("stories", f"toll_{kind}"), own()
    if not pages:
        return Toll(None, 0.0, (), "no page was read")
    if trees is None or weights is None:
        return Toll(None, 0.0, (), "the files that weigh what pages count were left out")
    return settled(pages, [read(page) for page in pages], kind, chances(grams(pages), weights), trees)


def settled(
    pages: Sequence[Page], told: Sequence[PageToll], kind: str, words: NDArray[np.float64], trees: Trees
) -> Toll:
    """The likeliest value by these trees, or none; the other arguments as for `columns`."""
    possible, found = columns(told, kind, words)
    likely = odds(trees.scores(found))
    best = int(likely.argmax())
    value, chance = possible[best], float(likely[best] / likely.sum())
    counted = tuple(page.id for page, page_toll in zip(pages, told, strict=True) if value in page_toll.counts[kind])
    if chance < SURE:
        return Toll(None, chance, (), "what the pages count and whom they list does not settle it")
    if counted:
        return Toll(value, chance, counted, f"{len(counted)} of {len(pages)} pages count {value} {kind}")
    return Toll(value, chance, (), f"no page counts the {kind}; whom they tell of speaks for {value}")
