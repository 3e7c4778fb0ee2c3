"""What each block of a page looks like, in figures: its own text, what stands around it, and what holds it.

The features follow boilerpipe (Kohlschütter et al. 2010) and its successors: a block is judged by its
neighbours and by how much good text its containers hold, more than by its own words.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rashomon.pages.blocks import Blocks, folded
from rashomon.pages.markup import FLAGGED
from rashomon.pages.shapes import Ints, best_run, running, window
from rashomon.trees import Columns

Lines = dict[str, NDArray[Any] | float]

_RUN = 8
"""What a block must have more words than to speak for the article."""
_NEAR = 4
_SHARES = (0.35, 0.6, 0.85)
"""The deepest container that holds so much of the good text."""
_FAR = 50
_SUMMARY = 1000
"""Characters of the page's head that are looked at."""
_OPENING = 40
"""Characters by which the page's head and a block are held against each other."""
_IN = ("article", "blockquote")
"""The tags that a block is asked for whether it stands in one, however deep."""
_KEYS = ("element", "parent", "above", "third", "shape", "shape_parent", "shape_all")
"""What a block shares with others: its element, those that hold that, the form of these."""
_HELD = tuple(f"{key}_{what}" for what in ("blocks", "words", "good", "linked", "mean", "rank") for key in _KEYS)
_MIXED = 0x1000


def features(blocks: Blocks, summary: str | None) -> tuple[tuple[str, ...], Columns]:
    """The features' names, and their figures: one row a feature, one column a block; there is one block at least.

    `summary`: as the page's head says.
    """
    lines = {
        **_own(blocks),
        **_around(blocks),
        "summarized": _summarized(blocks, summary),
        "held": blocks.held,
        **_elements(blocks),
        **_contained(blocks),
    }
    out = np.empty((len(_HELD) + len(lines), blocks.count), np.float32)
    out[: len(_HELD)] = _held(blocks)
    for at, line in enumerate(lines.values(), len(_HELD)):
        out[at] = line
    return (*_HELD, *lines), out


def _own(blocks: Blocks) -> Lines:
    shapes = blocks.shapes
    return {"words": shapes.words, "furniture_share": shapes.furniture / (shapes.words + 1)}


def _around(blocks: Blocks) -> Lines:
    """Where a block stands, and what stands near it."""
    shapes, at, count, total = blocks.shapes, blocks.at, blocks.count, blocks.good_all
    sums = running(shapes.characters)
    left, right = np.maximum(0, at - _NEAR), np.minimum(count, at + _NEAR + 1)
    linked, words = running(blocks.linked_words), running(shapes.words)
    start, end = best_run(np.minimum(shapes.words, 40) * (blocks.linked <= 0.5) - _RUN)
    place = blocks.title
    return {
        "good_before": blocks.good_before[:count] / total,
        "good_all": total,
        "character_place": sums[:count] / max(1.0, sums[-1]),
        "good_within_1": window(blocks.good_before, 1),
        "linked_within_4": (linked[right] - linked[left]) / (words[right] - words[left]),
        "run_8": (at >= start) & (at < end),
        "characters_from_title": sums[:count] - sums[place] if place is not None else -9e5,
    }


def _summarized(blocks: Blocks, summary: str | None) -> NDArray[np.float64]:
    """Whether the page's head says what a block says."""
    told = np.zeros(blocks.count)
    whole = folded((summary or "")[:_SUMMARY])
    if not whole:
        return told
    head = whole[:_OPENING]
    # What opens both has each other's words, which is seen in less time than it takes to fold them.
    known = frozenset(whole.split())
    telling = max((summary or "")[:_OPENING].split()[:-1], key=len, default="")
    texts = blocks.markup.block_text
    for index in ((blocks.shapes.words >= 4) & (blocks.linked < 0.8)).nonzero()[0].tolist():
        text = texts[index][:200]
        if telling in text or _is_opened(text, known):
            begin = folded(text)
            told[index] = (len(begin) > 12 and begin[:_OPENING] in whole) or (len(whole) > 30 and head in begin)
    return told


def _is_opened(text: str, known: frozenset[str]) -> bool:
    """Whether all words are known that a block opens with; the first may be part of another there, the last is cut."""
    opening = text[:_OPENING]
    # Of most blocks, the second word tells that they are not.
    words = opening.split(" ", 2)
    if len(words) > 2 and words[1].isalnum() and words[1].casefold() not in known:
        return False
    return known.issuperset([word.casefold() for word in opening.split(" ")[1:-1] if word.isalnum()])


def _elements(blocks: Blocks) -> Lines:
    """The element that a block stands in, and what holds it."""
    element = blocks.element
    flags = blocks.flags[element]
    first = int(blocks.aside.argmax()) if blocks.aside.any() else blocks.count
    return {
        "linked": blocks.linked,
        "tag": blocks.tag[element],
        "depth": blocks.depth[element],
        "from_aside": np.maximum(np.minimum(blocks.at - first, _FAR), -_FAR),
        **{f"in_{name}": flags & (1 << FLAGGED.index(name)) != 0 for name in _IN},
    }


def _held(blocks: Blocks) -> NDArray[np.float64]:
    """What those blocks are like that share a block's element, its parents, or their shapes: the rows of `_HELD`."""
    element, words, good = blocks.element, blocks.shapes.words, blocks.good
    parent = blocks.parents[element]
    above = blocks.parents[parent]
    shape, size = blocks.shape, max(len(blocks.parents), int(blocks.shape.max()) + 1)
    own, outer = shape[element], shape[parent]
    mixed = (own * 7919 + outer * 31 + blocks.tag[above] * 3) & (_MIXED - 1)
    flat = np.concatenate((element, parent, above, blocks.parents[above], own, outer, mixed))
    keys = flat.reshape(len(_KEYS), -1)
    keys += np.arange(len(_KEYS))[:, None] * size
    count = np.bincount(flat)[keys]
    all_words, all_good, all_linked = (
        np.bincount(flat, np.concatenate((line,) * len(_KEYS)))[keys] for line in (words, good, blocks.linked_words)
    )
    return np.concatenate(
        (
            count,
            all_words,
            all_good / blocks.good_all,
            all_linked / np.maximum(1, all_words),
            all_good / count,
            all_good / np.maximum(1.0, all_good.max(axis=1, keepdims=True)),
        )
    )


def _contained(blocks: Blocks) -> Lines:
    """How a block lies to the deepest containers that hold a share of the good text."""
    element, parents, depth = blocks.element, blocks.parents, blocks.depth
    size = len(parents)
    last = _last(blocks.markup.parent)
    sums = running(np.bincount(element, blocks.good, size).astype(np.float64))
    held = (sums[last + 1] - sums[np.arange(size)]) / blocks.good_all
    out: Lines = {}
    found: dict[int, Ints] = {}
    for share in _SHARES:
        enough = (held >= share).nonzero()[0]
        place = int(enough[depth[enough].argmax()]) if len(enough) else 0
        if place not in found:
            found[place] = _meeting(place, last, blocks)
        if share > _SHARES[0]:
            out[f"below_{share}"] = depth[element] - found[place]
        if share < _SHARES[-1]:
            out[f"apart_{share}"] = depth[place] - found[place]
    above = parents[parents[element]]
    return out | {"good_above": held[above], "good_third": held[parents[above]]}


def _last(parent: Sequence[int]) -> Ints:
    """Each element's last descendant, itself where it has none: elements stand in the order of the source."""
    last = list(range(len(parent)))
    for at in range(len(parent) - 1, 0, -1):
        above = parent[at]
        if last[at] > last[above]:
            last[above] = last[at]
    return np.array(last, np.intp)


def _meeting(place: int, last: Ints, blocks: Blocks) -> Ints:
    """The depth of the deepest element that holds both `place` and each block."""
    path = [place]
    while place > 0:
        place = blocks.markup.parent[place]
        path.append(place)
    # Each of these lies in those after it, so that what as many begin before as end after lies in so many of them.
    begun = np.array(path[::-1]).searchsorted(blocks.element, "right")
    ended = len(path) - last[path].searchsorted(blocks.element)
    return np.minimum(begun, ended) - 1
