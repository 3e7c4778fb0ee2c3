"""A parsed text as arrays, which the learned reader of speech looks at: its words, its trees, its quotation marks.

White space is no word here: rows are the other tokens in order, and `place` says where each stood in the Doc.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import numpy.typing as npt

from rashomon.claims.quotes import Quote

if TYPE_CHECKING:
    from spacy.tokens import Doc

Ints = npt.NDArray[np.int64]
Keys = npt.NDArray[np.uint64]

DEEPEST = 24
"""Words further below their root than this count as standing this deep."""
_COLUMNS = [
    "LOWER",
    "LEMMA",
    "TAG",
    "POS",
    "DEP",
    "ENT_TYPE",
    "HEAD",
    "SENT_START",
    "IS_SPACE",
    "ORTH",
    "IS_PUNCT",
    "IDX",
    "LENGTH",
]


class Parsed(NamedTuple):
    """Words, a row each. Keys are spaCy's hashes of strings; `head`, `left` and `right` are rows, ends inclusive."""

    place: Ints
    start: Ints
    end: Ints
    """Characters of the text, end exclusive."""
    word: Keys
    lemma: Keys
    tag: Keys
    pos: Keys
    dep: Keys
    kind: Keys
    """The kind of name, 0 for none."""
    spelt: Keys
    punct: npt.NDArray[np.bool_]
    head: Ints
    depth: Ints
    path: Ints
    """(words, DEEPEST): the word above at each depth, or the word itself, then -1."""
    left: Ints
    right: Ints
    sentence: Ints
    paragraph: Ints
    firsts: Ints
    """The first row of each sentence, and one beyond the last."""
    quote: Ints
    """The number of the quotation that the word stands in, from 1; 0 outside."""
    mark: Ints
    """1 for the words that open a quotation, -1 for those that close one."""

    @property
    def size(self) -> int:
        """How many words there are."""
        return len(self.place)

    def part(self, first: int, last: int) -> Parsed:
        """The rows from `first` to before `last`, whole sentences, counted from `first`."""
        here = slice(first, last)
        cut = {name: getattr(self, name)[here] for name in self._fields if name != "firsts"}
        cut |= {name: cut[name] - first for name in ("head", "left", "right")}
        cut["path"] = np.where(cut["path"] < 0, -1, cut["path"] - first)
        sentences = self.sentence[[first, last - 1]].tolist()
        cut["sentence"] = cut["sentence"] - sentences[0]
        return Parsed(**cut, firsts=self.firsts[sentences[0] : sentences[1] + 2] - first)

    def bounds(self, rows: Ints) -> tuple[Ints, Ints]:
        """The first row of each row's sentence, and the first after it."""
        return self.firsts[self.sentence[rows]], self.firsts[self.sentence[rows] + 1]


def parsed(doc: Doc, quotes: Sequence[Quote]) -> Parsed:
    """The arrays of a parsed text with its quotations."""
    raw: Any = doc.to_array(list[int | str](_COLUMNS))
    column = {name: raw[:, at] for at, name in enumerate(_COLUMNS)}
    spaces = column["IS_SPACE"] == 1
    place = np.flatnonzero(~spaces)
    row_of = np.cumsum(~spaces) - 1
    starts, lengths = column["IDX"].view(np.int64), column["LENGTH"].view(np.int64)
    head = np.arange(len(doc)) + column["HEAD"].view(np.int64)
    head = np.where(spaces[head], np.arange(len(doc)), head)[place]
    lines = np.zeros(len(doc), dtype=np.int64)
    lines[[at for at in np.flatnonzero(spaces).tolist() if "\n" in doc[at].text]] = 1
    paragraph = np.cumsum(lines)[place]
    opens = np.cumsum(column["SENT_START"].view(np.int64) == 1)[place]
    sentence, firsts = _runs(opens, paragraph)
    head = _within(row_of[head], sentence)
    depth, path = _paths(head)
    left, right = _edges(head, depth)
    quote, mark = _quoted(starts[place], (starts + lengths)[place], quotes)
    text = {name: values[place] for name, values in column.items()}
    return Parsed(
        place, starts[place], (starts + lengths)[place], text["LOWER"], text["LEMMA"], text["TAG"], text["POS"],
        text["DEP"], text["ENT_TYPE"], text["ORTH"], text["IS_PUNCT"] == 1, head, depth, path, left, right,
        sentence, paragraph, firsts, quote, mark,
    )  # fmt: skip


def _runs(opens: Ints, paragraph: Ints) -> tuple[Ints, Ints]:
    """The number of each word's sentence, none of which runs over a paragraph's end, and where each begins."""
    if not len(opens):
        return opens, np.zeros(1, dtype=np.int64)
    new = np.ones(len(opens), dtype=bool)
    new[1:] = (opens[1:] != opens[:-1]) | (paragraph[1:] != paragraph[:-1])
    return np.cumsum(new) - 1, np.append(np.flatnonzero(new), len(opens))


def _within(head: Ints, sentence: Ints) -> Ints:
    """The heads; a word whose head stands in another sentence is a root."""
    rows = np.arange(len(head))
    return np.where(sentence[head] == sentence, head, rows) if len(head) else head


def _paths(head: Ints) -> tuple[Ints, Ints]:
    """How deep each word stands, and the words above it at each depth."""
    rows = np.arange(len(head))
    path = np.full((len(head), DEEPEST), -1, dtype=np.int64)
    depth = np.zeros(len(head), dtype=np.int64)
    level = rows[head == rows]
    path[level, 0] = level
    open_ = head != rows
    for deep in range(1, len(head)):
        below = np.flatnonzero(open_)
        if not len(below):
            break
        level = below[~open_[head[below]]]
        if not len(level):
            break
        at = min(deep, DEEPEST - 1)
        depth[level] = at
        path[level] = path[head[level]]
        path[level, at] = level
        # Read before it is written: what is placed now is no parent for this step.
        open_[level] = False
    return depth, path


def _edges(head: Ints, depth: Ints) -> tuple[Ints, Ints]:
    """The first and the last word below each word, or the word itself."""
    left, right = np.arange(len(head)), np.arange(len(head))
    for _ in range(2 if len(depth) and depth.max() == DEEPEST - 1 else 1):
        for deep in range(int(depth.max()) if len(depth) else 0, 0, -1):
            level = np.flatnonzero(depth == deep)
            np.minimum.at(left, head[level], left[level])
            np.maximum.at(right, head[level], right[level])
    return left, right


def _quoted(start: Ints, end: Ints, quotes: Sequence[Quote]) -> tuple[Ints, Ints]:
    """The number of the quotation that each word stands in, its marks included, and which words are its marks."""
    number, mark = np.zeros(len(start), dtype=np.int64), np.zeros(len(start), dtype=np.int64)
    starts, ends = start.tolist(), end.tolist()
    for which, quote in enumerate(quotes, 1):
        first, last = bisect_right(ends, quote.start), bisect_right(ends, quote.end - 1)
        inner, beyond = bisect_left(starts, quote.inner_start), bisect_left(starts, quote.inner_end)
        number[first : min(last + 1, len(start))] = which
        mark[first : max(inner, first + 1)] = 1
        if quote.closed:
            mark[max(beyond, first + 1) : last + 1] = -1
    return number, mark
