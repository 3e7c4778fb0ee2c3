"""Which blocks of an HTML page are its article.

Boosted trees say of each block how likely it is; kept is what promises the best F1 in words for the page
as a whole (the expected-F1 cut of Lewis 1995), so that a page is not judged by another's threshold.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from rashomon.pages import opinion
from rashomon.pages.blocks import REPEATS, Blocks
from rashomon.pages.features import features
from rashomon.pages.markup import Markup
from rashomon.pages.shapes import best_run
from rashomon.trees import odds, shipped

Odds = NDArray[np.float64]

_FLOOR = 0.12
"""No block that is less likely is kept, however little there is on the page."""
_LEAN = 1.5
"""Furniture that is kept counts so many times what an article's line counts that is lost: it would be attributed."""
_COPY = 6
"""Blocks of so many words are not kept twice."""
_SURE = 0.9
_FAR = 25
"""Blocks so far from the run that holds the article are kept only where they are likely, or long."""
_LIKELY = 0.8
_LITTLE = 0.05
_BETWEEN = 3.0
"""What a block that is not kept costs a run, in words."""
_BOXES = frozenset({"advertisement", "caption", "comments", "cookies", "newsletter", "share"})
_BOX = 0.15
_SIBLING = 0.2
_PROSE = 12


def article(markup: Markup, html: str, title: str | None = None, summary: str | None = None) -> list[int]:
    """The blocks that are the article, in order; `title` and `summary` as the page's head says."""
    if not markup.block_text:
        return []
    blocks = Blocks(markup, title)
    trees = shipped("pages", "html")
    if trees is None:
        likely = ruled(blocks)
    else:
        names, columns = features(blocks, summary)
        if names != trees.names:
            raise ValueError("the trees of HTML pages were made of other features: make them anew (train/blocks.py)")
        likely = odds(trees.scores(columns))
    own, promise = kept(blocks, likely)
    if promise < opinion.UNSURE:
        own = opinion.agreed(blocks, own, opinion.paragraphs(html))
    return [int(at) for at in own.nonzero()[0]]


def ruled(blocks: Blocks) -> Odds:
    """How likely each block is where there are no trees: the run of blocks with the most words, without its links."""
    worth = np.where(blocks.linked > 0.5, 0, np.minimum(blocks.shapes.words, 40)) - _PROSE
    start, end = best_run(worth)
    inside = (blocks.at >= start) & (blocks.at < end) & (blocks.linked <= 0.5)
    return np.where(inside, 0.9, 0.0)


def kept(blocks: Blocks, likely: Odds) -> tuple[NDArray[np.bool_], float]:
    """Which blocks are kept, by how likely each is the article, and the F1 in words that they promise."""
    # Readers' comments, and the article once more as one field of data.
    likely = np.where(blocks.aside | (blocks.repeats > REPEATS), 0.0, likely)
    words = np.maximum(blocks.shapes.words, 1)
    order = (-likely).argsort(kind="stable")
    expected = (likely * words)[order]
    found, size = np.add.accumulate(expected), np.add.accumulate(words[order])
    cut = int((found / (_LEAN * size + expected.sum())).argmax())
    out: NDArray[np.bool_] = likely >= max(_FLOOR, likely[order[cut]])
    _drop_above(blocks, out)
    _drop_copies(blocks, likely, out)
    _drop_strays(blocks, likely, out)
    _drop_boxes(blocks, out)
    _keep_siblings(blocks, likely, out)
    return out, float((2 * found / (size + expected.sum())).max())


def _drop_above(blocks: Blocks, out: NDArray[np.bool_]) -> None:
    """Menus stand above the heading: what is no sentence there is dropped."""
    if blocks.title is not None:
        out[(blocks.at < blocks.title) & (blocks.good == 0)] = False


def _drop_copies(blocks: Blocks, likely: Odds, out: NDArray[np.bool_]) -> None:
    """Of blocks that say the same, the likelier is kept: pull quotes. Lists say the same again in the same form."""
    texts, words = blocks.markup.block_text, blocks.shapes.words
    shape, parent = blocks.markup.shape, blocks.markup.parent
    seen: dict[str, int] = {}
    for at in (out & (words >= _COPY)).nonzero()[0].tolist():
        first = seen.setdefault(texts[at], at)
        if first == at:
            continue
        here, there = int(blocks.element[at]), int(blocks.element[first])
        alike = shape[here] == shape[there] and parent[here] == parent[there]
        if alike or min(likely[first], likely[at]) >= _SURE:
            continue
        if likely[at] > likely[first]:
            out[first], seen[texts[at]] = False, at
        else:
            out[at] = False


def _drop_strays(blocks: Blocks, likely: Odds, out: NDArray[np.bool_]) -> None:
    """Short blocks that are not likely and lie far from the run that holds the article are dropped."""
    places = out.nonzero()[0]
    if len(places) <= 3:
        return
    words = blocks.shapes.words * out
    start, end = best_run(words - _BETWEEN * ~out)
    far = (places < start - _FAR) | (places > end + _FAR)
    slight = (likely[places] < _LIKELY) & (words[places] < _LITTLE * words.sum())
    out[places[far & slight]] = False


def _drop_boxes(blocks: Blocks, out: NDArray[np.bool_]) -> None:
    """What stands in an element that is named for furniture is dropped, unless much of the article does."""
    kinds = blocks.markup.kind
    inside: dict[str, list[int]] = {}
    for at in out.nonzero()[0].tolist():
        kind = kinds[blocks.markup.block_element[at]]
        if kind in _BOXES:
            inside.setdefault(kind, []).append(at)
    words = blocks.shapes.words * out
    for places in inside.values():
        if words[places].sum() < _BOX * words.sum():
            out[places] = False


def _keep_siblings(blocks: Blocks, likely: Odds, out: NDArray[np.bool_]) -> None:
    """A sentence is kept that stands in the same element as two kept blocks, in the same form."""
    left = (~out & (blocks.good > 0) & (likely >= _SIBLING)).nonzero()[0]
    if len(left):
        parent, shape = blocks.parents[blocks.element], blocks.shape[blocks.element]
        for at in left[[np.count_nonzero(out & (parent == parent[at]) & (shape == shape[at])) >= 2 for at in left]]:
            out[at] = True
