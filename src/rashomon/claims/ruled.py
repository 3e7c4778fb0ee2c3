"""What the hand-written rules read in a text, in rows: the learned reader weighs it as it weighs anything else."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from rashomon.claims import cues
from rashomon.claims.cue_features import key
from rashomon.claims.hashing import Ints, Keys
from rashomon.claims.parsed import Parsed
from rashomon.claims.quoting import Saying


class Ruled(NamedTuple):
    """The rules' sayings that have a cue, sorted by it, no cue twice."""

    cue: Ints
    first: Ints
    """The speaker's first and last word; -1 for nobody."""
    last: Ints
    line: Ints
    """For each word of a content, which saying's it is."""
    row: Ints

    def at(self, rows: Ints) -> Ints:
        """Which of the sayings has its cue at each of the rows; -1 for none."""
        if not len(self.cue):
            return np.full(len(rows), -1, dtype=np.int64)
        found = np.minimum(np.searchsorted(self.cue, rows), len(self.cue) - 1)
        return np.where(self.cue[found] == rows, found, -1)

    def part(self, first: int, last: int) -> Ruled:
        """The sayings whose cue is one of the rows `first` to before `last`, counted from `first`."""
        mine = (self.cue >= first) & (self.cue < last)
        number = np.cumsum(mine) - 1
        here = mine[self.line] & (self.row >= first) & (self.row < last)
        one, two = (np.where(column < 0, -1, column - first)[mine] for column in (self.first, self.last))
        return Ruled(self.cue[mine] - first, one, two, number[self.line[here]], self.row[here] - first)

    def words(self, count: int) -> npt.NDArray[np.bool_]:
        """(sayings + 1, words): which words are each one's content; the last line is empty."""
        out = np.zeros((len(self.cue) + 1, count), dtype=bool)
        out[self.line, self.row] = True
        return out


def ruled(text: Parsed, sayings: Sequence[Saying]) -> Ruled:
    """The sayings as rows."""
    places, starts, ends = text.place.tolist(), text.start.tolist(), text.end.tolist()

    def rows(piece: tuple[int, int]) -> tuple[int, int]:
        """The rows that a stretch touches, end exclusive."""
        return bisect_right(ends, piece[0]), bisect_left(starts, piece[1])

    at: dict[int, Saying] = {}
    for saying in sayings:
        if saying.token is not None:
            at.setdefault(bisect_left(places, saying.token), saying)
    order = sorted(at)
    who = [rows(at[row].speaker or (0, 0)) for row in order]
    words = [[word for part in at[row].parts for piece in part for word in range(*rows(piece))] for row in order]
    return Ruled(
        np.array(order, dtype=np.int64),
        np.array([first if last > first else -1 for first, last in who], dtype=np.int64),
        np.array([last - 1 if last > first else -1 for first, last in who], dtype=np.int64),
        np.repeat(np.arange(len(order)), [len(each) for each in words]).astype(np.int64),
        np.array([word for each in words for word in each], dtype=np.int64),
    )


@cache
def tabled() -> Keys:
    """The lemmas of the table of cues, sorted."""
    return np.sort(np.array([key(lemma) for lemma in cues.table()], dtype=np.uint64))


def in_table(lemmas: Keys) -> npt.NDArray[np.bool_]:
    """Which of the lemmas the table of cues has."""
    known = tabled()
    return np.asarray(known[np.minimum(np.searchsorted(known, lemmas), len(known) - 1)] == lemmas)
