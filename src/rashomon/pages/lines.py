"""The lines of a plain-text dump: where they stand, and what kind of line each is."""

from __future__ import annotations

import re
from typing import NamedTuple

from rashomon.pages import wrapped
from rashomon.pages.linekinds import kind, said

_LINE = re.compile(r"[^\n\r\u2028\u2029\x85]+")
_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
_CJK = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]")
_FULL = re.compile(r"[.!?…。！？।؟][\"'”’»)\]*]*(?:\s*\([^)]{2,40}\))?$")
_LAST = frozenset(".!?…。！？।؟\"'”’»)]*")
_TAIL = 120
"""A sentence's end is sought in so many characters."""
_TICK = re.compile(r"^[-–•*]?\s*\d{1,2}[:.h]\d\d(?!\d)\s*(?:[-–|:]\s*)?\S")


class Unit(NamedTuple):
    """A paragraph of the dump: one line, or several that were wrapped."""

    text: str
    pieces: tuple[wrapped.Piece, ...]
    """Where its lines stand in the dump, without the white space at their edges."""
    words: int
    kind: str | None
    """What the tables call it; null for what may be the article."""

    @property
    def ends(self) -> bool:
        """Whether it ends as a sentence does."""
        return self.text[-1] in _LAST and bool(_FULL.search(self.text, max(0, len(self.text) - _TAIL)))


def words(text: str) -> int:
    """How many words; two characters of an unspaced script count as one."""
    unspaced = len(_CJK.findall(text))
    return len(_WORD.findall(_CJK.sub(" ", text) if unspaced else text)) + unspaced // 2


def bare(text: str) -> str:
    """Without the list mark at its start."""
    return wrapped.MARK.sub("", text, count=1)


def is_item(text: str) -> bool:
    """Whether the line begins with a list mark."""
    return bool(wrapped.MARK.match(text))


def is_tick(text: str) -> bool:
    """Whether a clock's time opens the line, as in a ticker."""
    return bool(_TICK.match(text))


def units(text: str) -> list[Unit]:
    """The dump's paragraphs, in order; lines wrapped at a fixed width are joined."""
    stretches: list[tuple[int, int]] = []
    for match in _LINE.finditer(text):
        line = match[0]
        left = len(line) - len(line.lstrip())
        right = len(line.rstrip())
        if right > left:
            stretches.append((match.start() + left, match.start() + right))
    out: list[Unit] = []
    phrases = said(text)
    for pieces in wrapped.paragraphs(text, stretches) or map(wrapped.plain, stretches):
        joined = "".join(f"{piece.joint}{text[piece.start : piece.end]}" for piece in pieces)
        out.append(Unit(joined, pieces, words(joined), kind(joined, phrases)))
    return out
