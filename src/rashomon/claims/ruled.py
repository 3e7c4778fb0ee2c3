"""What the hand-written rules read in a text, in rows: the learned reader weighs it as it weighs anything else."""

from __future__ import annotations

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

    def words(self, count: int) -> npt.NDArray[np.bool_]:
        """(sayings + 1, words): which words are each one's content; the last line is empty."""
        out = np.zeros((len(self.cue) + 1, count), dtype=bool)
        out[self.line, self.row] = True
        return out


def ruled(text: Parsed, sayings: Sequence[Saying]) -> Ruled:
    """The sayings as rows."""
    at: dict[int, Saying] = {}
    for saying in sayings:
        if saying.token is not None:
            at.setdefault(int(np.searchsorted(text.place, saying.token)), saying)
    order = sorted(at)
    who = [_rows(text, at[row].speaker or (0, 0)) for row in order]
    words = [
        np.concatenate([np.arange(*_rows(text, piece)) for part in at[row].parts for piece in part]) for row in order
    ]
    sizes = [len(each) for each in words]
    nothing = np.zeros(0, dtype=np.int64)
    return Ruled(
        np.array(order, dtype=np.int64),
        np.array([first if last > first else -1 for first, last in who], dtype=np.int64),
        np.array([last - 1 if last > first else -1 for first, last in who], dtype=np.int64),
        np.repeat(np.arange(len(order)), sizes) if sizes else nothing,
        np.concatenate(words) if words else nothing,
    )


def _rows(text: Parsed, piece: tuple[int, int]) -> tuple[int, int]:
    """The rows that a stretch touches, end exclusive."""
    return int(np.searchsorted(text.end, piece[0], side="right")), int(np.searchsorted(text.start, piece[1]))


@cache
def tabled() -> Keys:
    """The lemmas of the table of cues, sorted."""
    return np.sort(np.array([key(lemma) for lemma in cues.table()], dtype=np.uint64))


def in_table(lemmas: Keys) -> npt.NDArray[np.bool_]:
    """Which of the lemmas the table of cues has."""
    known = tabled()
    return np.asarray(known[np.minimum(np.searchsorted(known, lemmas), len(known) - 1)] == lemmas)
