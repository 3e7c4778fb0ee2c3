"""The lines of a plain-text dump: where they stand, what kind of line each is, by table and by shape."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from rashomon.pages import dates, wrapped
from rashomon.pages.tables import rows

_LINE = re.compile(r"[^\n\r\u2028\u2029\x85]+")
_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
_CJK = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]")
_FULL = re.compile(r"[.!?…。！？।؟][\"'”’»)\]*]*(?:\s*\([^)]{2,40}\))?$")
_LAST = frozenset(".!?…。！？।؟\"'”’»)]*")
_TAIL = 120
"""A sentence's end is sought in so many characters."""
_TICK = re.compile(r"^[-–•*]?\s*\d{1,2}[:.h]\d\d(?!\d)\s*(?:[-–|:]\s*)?\S")
_YEAR = re.compile(r"(?:19|20)\d\d")


class Unit(NamedTuple):
    """A paragraph of the dump: one line, or several that were wrapped."""

    text: str
    pieces: tuple[wrapped.Piece, ...]
    """Where its lines stand in the dump, without the white space at their edges."""
    words: int
    kind: str | None
    """What the table of lines calls it; null for what may be the article."""

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


class _Kinds(NamedTuple):
    """The table of lines, ready to be asked."""

    rare: tuple[str, ...]
    """A line that a costly row describes holds one of these: most lines need not be asked about such rows."""
    all: re.Pattern[str]
    cheap: re.Pattern[str]
    """Without the costly rows."""
    names: tuple[str, ...]


@cache
def _kinds() -> _Kinds:
    table = rows("lines")
    parts = [(f"(?P<r{at}>{row['pattern']})", row["holds"].split()) for at, row in enumerate(table)]
    return _Kinds(
        tuple(dict.fromkeys(text for _, holds in parts for text in holds)),
        re.compile("|".join(part for part, _ in parts), re.I),
        re.compile("|".join(part for part, holds in parts if not holds), re.I),
        tuple(row["kind"] for row in table),
    )


def kind(text: str) -> str | None:
    """The kind of a line by the table, or None; lines of more than 500 characters are never furniture."""
    if len(text) > 500:
        return None
    if len(text) < 90 and _YEAR.search(text) and dates.alone(text):
        return "date"
    known = _kinds()
    low = text.lower()
    pattern = known.all if any(map(low.__contains__, known.rare)) else known.cheap
    match = pattern.match(text)
    return known.names[int((match.lastgroup or "r0")[1:])] if match else None


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
    for pieces in wrapped.paragraphs(text, stretches) or map(wrapped.plain, stretches):
        joined = "".join(f"{piece.joint}{text[piece.start : piece.end]}" for piece in pieces)
        out.append(Unit(joined, pieces, words(joined), kind(joined)))
    return out
