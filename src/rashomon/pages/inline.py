"""What stands inside sentences and is no part of them: what links say of windows, and people's boxes.

A crawl writes down what is shown on a click or under the pointer where it stands in the markup: in the midst of a
sentence, which nobody wrote so.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from rashomon.model import Dropped, Edit
from rashomon.pages.tables import rows

_FORMS = {
    "bracket": ("(", r"\((?i:{})\)"),
    "comma": (", ", r", (?:{})\b"),
    "box": (
        "{}",
        r"\b(?P<last>[A-Z][\w’'-]{{1,30}}[a-z])(?P<cut> ?(?:[A-Z(][\w.()’'-]{{0,30}} ){{1,4}}(?P=last) ?(?=[A-Z‘“'\"])"
        r"[^\n]{{20,1500}}? (?:{})\b)",
    ),
}
"""What a text must have, which is seen in less time than it takes to search, and what is sought then: the words in
brackets or after a comma, or between them and a person's name the name again, with the headlines of stories on them."""


class Insertion(NamedTuple):
    """Ways of breaking into a sentence that are sought at once."""

    mark: str
    pattern: re.Pattern[str]
    """Its group `cut`, or all of it, is none of the sentence."""
    kind: str


def insertions(text: str) -> tuple[tuple[Edit, ...], tuple[Dropped, ...]]:
    """The edits that cut what breaks into the sentences of a text, and what they cut, both in the order of the text."""
    found = [
        (*match.span("cut" if "cut" in each.pattern.groupindex else 0), each.kind)
        for each in _known()
        if each.mark in text
        for match in each.pattern.finditer(text)
    ]
    edits: list[Edit] = []
    dropped: list[Dropped] = []
    for start, end, name in sorted(found):
        # The space before it goes with it.
        start -= text[start - 1 : start] == " "
        if not edits or start >= edits[-1].end:
            edits.append(Edit(start, end, ""))
            dropped.append(Dropped(text[start:end].strip(" ,"), name))
    return tuple(edits), tuple(dropped)


@cache
def _known() -> tuple[Insertion, ...]:
    alike: dict[tuple[str, str], list[str]] = {}
    for row in rows("inline"):
        alike.setdefault((row["form"], row["kind"]), []).append(row["pattern"])
    out: list[Insertion] = []
    for (form, kind), patterns in alike.items():
        mark, pattern = _FORMS[form]
        words = "|".join(patterns)
        out.append(Insertion(mark.format(words), re.compile(pattern.format(words)), kind))
    return tuple(out)
