"""Dumps with part of their article made into a list: real articles have too few for trees to learn what lists are.

A list of the article's looks like a menu line by line; what tells it is where it stands and what it is about.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

from rashomon.pages.tables import rows

_PART = re.compile(r"(?<=[.!?。])\s+|[,;:–—]\s+|(?<=[。、])")
_MARKS = ("•", "- ", "* ", "n.", "n)", "", "", "", "")
_WORDS = 12
"""Paragraphs of fewer words are left as they are."""
_MOST = 25
"""A paragraph makes so many lines at most."""


def listed(lines: Sequence[str], article: Sequence[int], seed: str) -> tuple[list[str], list[int]] | None:
    """The lines with some of the article's as a list, and the line that each of them was; None for a short article.

    `article` are the article's lines. The same seed gives the same list.
    """
    chance = random.Random(seed)
    long = [at for at in article if len(lines[at].split()) >= _WORDS]
    if len(long) < 3:
        return None
    first = chance.randint(1, len(long) - 1)
    count = chance.randint(1, max(1, min(len(long) - first, 1 + len(long) // 3)))
    chosen = set(long[first : first + count])
    items = _Items(chance)
    out: list[str] = []
    origin: list[int] = []
    for at, line in enumerate(lines):
        if at not in chosen:
            out.append(line)
            origin.append(at)
            continue
        if out and at - 1 not in chosen and at - 1 in article and chance.random() < 0.3:
            out[-1] = out[-1].rstrip(".") + ":"
        for item in items.of(line):
            out.append(item)
            origin.append(at)
    return out, origin


class _Items:
    """Makes a list's lines, all of one list alike."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.mark = chance.choice(_MARKS)
        self.size = chance.randint(2, 12)
        self.titled, self.bare, self.counted, self.priced = (chance.random() < share for share in (0.4, 0.4, 0.25, 0.2))
        self.number = 0
        self.common = frozenset(word for row in rows("function_words") for word in row["words"].split())

    def of(self, line: str) -> list[str]:
        """The lines that a paragraph makes."""
        out: list[str] = []
        for part in _PART.split(line):
            words = part.split()
            for at in range(0, len(words), self.size):
                item = self._item(words[at : at + self.size])
                if item and len(out) < _MOST:
                    out.append(item)
                    if self.priced and self.chance.random() < 0.5:
                        out.append(f"{self.chance.choice(('Price: $', 'Rating', 'Size', 'No.'))} {self._digits()}")
        return out

    def _item(self, words: list[str]) -> str:
        if self.bare:
            words = [word for word in words if word.lower() not in self.common]
        text = " ".join(words).strip(' .,;:!?。、"“”«»')
        if len(text) < 3:
            return ""
        self.number += 1
        text = (
            " ".join(word[:1].upper() + word[1:] for word in text.split())
            if self.titled
            else text[:1].upper() + text[1:]
        )
        if self.counted:
            digits = self._digits()
            text = self.chance.choice((f"{digits}: ", f"${digits}.99 ", f"{digits}/12 ", f"({digits}) ")) + text
        mark = {"n.": f"{self.number}. ", "n)": f"{self.number}) ", "•": "• "}.get(self.mark, self.mark)
        return mark + text

    def _digits(self) -> int:
        return self.chance.randint(1, 99)
