"""The blocks of a page with what several features need: their shapes, their containers, the good text, the heading."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from rashomon.pages.markup import FLAGGED, Markup
from rashomon.pages.shapes import Floats, Shapes, running

_LONG = 60
REPEATS = 0.5
"""A block of which so much stands elsewhere in blocks of its own is a copy of those."""
_WORK = 1_000_000_000
"""So many characters are looked through for copies, of pages of any size: a second or less."""
_ASIDES = frozenset({"comments", "cookies"})
_OWN = 50
"""Unless so many good words are left, what is named for comments is no aside."""
_TITLE_REACH = 250
_HEADING = 1 << FLAGGED.index("h1")
_WORD = re.compile(r"\w+")


def folded(text: str) -> str:
    """A text's words in one case, a space between them."""
    return " ".join(_WORD.findall(text.casefold()))


class Blocks:
    """A page's blocks with what several features need: their shapes, their containers, the good text."""

    def __init__(self, markup: Markup, title: str | None) -> None:
        self.markup = markup
        self.shapes = Shapes(markup.block_text)
        self.count = self.shapes.count
        self.at = np.arange(self.count)
        self.element = np.array(markup.block_element, np.intp)
        self.parents = np.maximum(np.array(markup.parent, np.intp), 0)
        self.tag = np.array(markup.tag, np.intp)
        self.depth = np.array(markup.depth, np.intp)
        self.flags = np.array(markup.flags, np.intp)
        self.shape = np.array(markup.shape, np.intp)
        self.linked = np.minimum(1, np.array(markup.block_linked, np.float64) / self.shapes.characters)
        self.linked_words = self.linked * self.shapes.words
        self.held, self.repeats = _copies(markup.block_text, self.shapes.words * (self.linked < 0.5))
        self.title = _title_place(self, folded(title or "")[:60])
        """The block that is the article's heading."""
        self.aside = _aside(markup, self.title)[self.element]
        """Whether readers, or lawyers, speak there, to go by the names of what holds the block but not the heading."""
        self.good = self._good(markup)
        """The words of blocks that are sentences beyond doubt; it is from these that the article is found."""
        self.good_before = running(self.good)
        self.good_all = float(self.good_before[-1]) or 1.0

    def _good(self, markup: Markup) -> Floats:
        words = self.shapes.words
        prose = (words >= 10) & (self.shapes.full_stop > 0) & (self.linked < 0.4) & (self.repeats < REPEATS)
        good = np.minimum(words, 120) * prose
        # Readers' comments and consent forms are sentences too, and may be longer than the article.
        own = good * ~self.aside
        if own.sum() >= _OWN:
            return own
        self.aside[:] = False
        return good


def _aside(markup: Markup, title: int | None) -> NDArray[np.bool_]:
    """For each element, whether it or one that holds it is named for comments or consent, and is not the article's."""
    if not _ASIDES.intersection(markup.kind_own):
        return np.zeros(len(markup.parent), bool)
    holding = set()
    at = markup.block_element[title] if title is not None else 0
    while at > 0:
        holding.add(at)
        at = markup.parent[at]
    out = [False] * len(markup.parent)
    for at, (parent, own) in enumerate(zip(markup.parent, markup.kind_own, strict=True)):
        out[at] = (at > 0 and out[parent]) or (own in _ASIDES and at not in holding)
    return np.array(out, bool)


def _copies(texts: Sequence[str], words: Floats) -> tuple[Floats, Floats]:
    """How often each block of a sentence's length stands on the page, inside others too; and how much of each long
    block stands on the page in blocks of its own: pages repeat their article as one field of data.

    Blocks of no words (links) are left out; so are, on a page with so many blocks that it would take long, the later.
    """
    held, repeats = np.zeros(len(texts)), np.zeros(len(texts))
    joined = "\n".join([texts[at] for at in words.nonzero()[0].tolist()])
    long = (words > _LONG).nonzero()[0].tolist()
    inside: dict[int, list[tuple[int, int]]] = {}
    left = _WORK
    for index in ((words >= 6) & (words <= _LONG)).nonzero()[0].tolist():
        if left < 0:
            break
        left -= len(joined)
        text = texts[index][:-1].strip('"“”„')
        held[index] = joined.count(text)
        if held[index] > 1:
            left -= len(joined)
            for other in long:
                if times := texts[other].count(text):
                    repeats[other] += len(text) / len(texts[other])
                    inside.setdefault(other, []).append((index, times))
    # The article once more as one field of data makes no copies of its paragraphs.
    for other, parts in inside.items():
        for index, times in parts if repeats[other] > REPEATS else ():
            held[index] -= times
    return held, repeats


def _title_place(blocks: Blocks, title: str) -> int | None:
    """The block that is the article's heading."""
    texts = blocks.markup.block_text
    heads = (blocks.flags[blocks.element] & _HEADING).nonzero()[0].tolist()
    for index in heads:
        if title and folded(texts[index][:120])[:25] == title[:25]:
            return int(index)
    if heads:
        return int(heads[0])
    if len(title) > 8:
        for index, text in enumerate(texts[:_TITLE_REACH]):
            if len(text) < 250 and folded(text[:60]).startswith(title[:20]):
                return index
    return None
