"""What stands inside sentences and is no part of them: what links say of windows, and people's boxes.

A crawl writes down what is shown on a click or under the pointer where it stands in the markup: in the midst of a
sentence, which nobody wrote so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from rashomon.model import Dropped, Edit, Repair
from rashomon.pages.tables import rows


class Insertion(NamedTuple):
    """A way of breaking into a sentence."""

    marks: tuple[str, ...]
    """Words of which it has one: most texts have none, which is seen in less time than it takes to search."""
    pattern: re.Pattern[str]
    """Its group `cut` is what is none of the sentence."""
    kind: str


def insertions(text: str) -> tuple[tuple[Edit, ...], tuple[Dropped, ...]]:
    """The edits that cut what breaks into the sentences of a text, and what they cut, both in the order of the text."""
    found = [
        (*match.span("cut"), each.kind)
        for each in _known()
        if any(mark in text for mark in each.marks)
        for match in each.pattern.finditer(text)
    ]
    edits: list[Edit] = []
    dropped: list[Dropped] = []
    for start, end, name in sorted(found):
        if not edits or start >= edits[-1].end:
            edits.append(Edit(start, end, ""))
            dropped.append(Dropped(text[start:end].strip(" ,"), name))
    return tuple(edits), tuple(dropped)


def moved(repairs: Sequence[Repair], cuts: Sequence[Edit]) -> tuple[Repair, ...]:
    """The repairs of a text where they stand once these cuts are made; those in what was cut are left out."""
    out: list[Repair] = []
    for repair in repairs:
        if any(cut.start < repair.end and repair.start < cut.end for cut in cuts):
            continue
        gone = sum(cut.end - cut.start for cut in cuts if cut.end <= repair.start)
        out.append(Repair(repair.start - gone, repair.end - gone, repair.before, repair.after))
    return tuple(out)


@cache
def _known() -> tuple[Insertion, ...]:
    return tuple(
        Insertion(tuple(row["marks"].split("|")), re.compile(row["pattern"]), row["kind"]) for row in rows("inline")
    )
