"""What each block of a page looks like, in figures: its own text, what stands around it, and what holds it.

The features follow boilerpipe (Kohlschütter et al. 2010) and its successors: a block is judged by its
neighbours and by how much good text its containers hold, more than by its own words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rashomon.pages.blocks import Blocks, folded
from rashomon.pages.ink import inked
from rashomon.pages.markup import FLAGGED, HEADINGS, Markup
from rashomon.pages.shapes import Ints, best_run, running, shifted, window
from rashomon.trees import Columns

Lines = dict[str, NDArray[Any] | float]

_RUNS = (8, 12)
"""What a block must have more words than to speak for the article, for two sums of runs."""
_SHARES = (0.35, 0.6, 0.85)
"""The deepest container that holds so much of the good text."""
_FAR = 50
_FIRST = re.compile(r"\w+")
_IN = ("article", "blockquote")
"""The tags that a block is asked for whether it stands in one, however deep."""
_KEYS = ("element", "parent", "above", "third", "shape", "shape_parent", "shape_all")
"""What a block shares with others: its element, those that hold that, the form of these."""
_HELD = tuple(f"{key}_{what}" for what in ("blocks", "words", "good", "linked", "mean", "rank") for key in _KEYS)
_MIXED = 0x1000


def features(blocks: Blocks, summary: str | None, stated: str | None) -> tuple[tuple[str, ...], Columns]:
    """The features' names, and their figures: one row a feature, one column a block; there is one block at least.

    `summary` and `stated` (the article's text) as the page's head says.
    """
    lines = {
        **_own(blocks),
        **_around(blocks),
        **_heading(blocks, summary, stated),
        **_elements(blocks),
        **_contained(blocks),
        **_sections(blocks),
    }
    out = np.empty((len(_HELD) + len(lines), blocks.count), np.float32)
    out[: len(_HELD)] = _held(blocks)
    for at, line in enumerate(lines.values(), len(_HELD)):
        out[at] = line
    return (*_HELD, *lines), out


def _own(blocks: Blocks) -> Lines:
    shapes = blocks.shapes
    return {
        "words": shapes.words,
        "capitals": shapes.capitals,
        "commas": shapes.commas,
        "stops": shapes.stops,
        "quotes": shapes.quotes,
        "initials": shapes.initials,
        "furniture_share": shapes.furniture / (shapes.words + 1),
    }


def _around(blocks: Blocks) -> Lines:
    """Where a block stands, and what stands near it."""
    shapes, at, count, total = blocks.shapes, blocks.at, blocks.count, blocks.good_all
    sums = running(shapes.characters)
    before = blocks.good_before / total
    linked_words = blocks.linked * shapes.words
    out: Lines = {
        "good_before": before[:count],
        "good_after": 1 - before[1:],
        "place": at / count,
        "blocks": count,
        "good_all": total,
        "character_place": sums[:count] / max(1.0, sums[-1]),
        "good_within_1": window(blocks.good_before, 1),
        "linked_within_4": window(running(linked_words), 4) / np.maximum(0.5, window(running(shapes.words), 4)),
        "linked-1": shifted(blocks.linked, -1),
    }
    worth = np.minimum(np.where(blocks.linked > 0.5, 0, shapes.words), 40)
    for size in _RUNS:
        start, end = best_run(worth - size)
        out[f"run_{size}"] = (at >= start) & (at < end)
    out["after_run"] = np.maximum(0, at - end + 1)
    place = blocks.title
    out["from_title"] = at - place if place is not None else -999
    out["characters_from_title"] = sums[:count] - sums[place] if place is not None else -9e5
    return out


def _heading(blocks: Blocks, summary: str | None, stated: str | None) -> Lines:
    """Whether the page's head says what a block says."""
    texts, count = blocks.markup.block_text, blocks.count
    sentences = np.flatnonzero((blocks.shapes.words >= 4) & (blocks.linked < 0.8)).tolist()
    whole = folded(summary or "")[:1000]
    told = np.zeros(count)
    if whole:
        head = whole[:40]
        word = head.split(" ", 1)[0]
        for index in sentences:
            text = texts[index][:200].casefold()
            first = _FIRST.search(text)
            if word in text or (first is not None and first[0] in whole):  # Folding takes longer than both.
                begin = folded(text)
                told[index] = (len(begin) > 12 and begin[:40] in whole) or (len(whole) > 30 and head in begin)
    body = inked((stated or "")[:80_000])
    said = np.full(count, -1)
    if body:
        for index in sentences:
            begin = inked(texts[index][:200])
            said[index] = (begin[:40] in body) + (begin[len(begin) // 2 :][:30] in body)
    return {"stated": said, "stated_all": len(body) / (blocks.good_all * 6), "summarized": told, "held": blocks.held}


def _elements(blocks: Blocks) -> Lines:
    """The element that a block stands in, and what holds it."""
    markup, element = blocks.markup, blocks.element
    flags = blocks.flags[element]
    return {
        "linked": blocks.linked,
        "bold": np.minimum(1, np.array(markup.block_bold, np.float64) / blocks.shapes.characters),
        "tag": blocks.tag[element],
        "tag_parent": blocks.tag[blocks.parents[element]],
        "depth": blocks.depth[element],
        **{f"in_{name}": flags & (1 << FLAGGED.index(name)) != 0 for name in _IN},
    }


def _held(blocks: Blocks) -> NDArray[np.float64]:
    """What those blocks are like that share a block's element, its parents, or their shapes: the rows of `_HELD`."""
    element, words, good = blocks.element, blocks.shapes.words, blocks.good
    parent = blocks.parents[element]
    above = blocks.parents[parent]
    shape, size = blocks.shape, max(len(blocks.parents), int(blocks.shape.max()) + 1)
    keys = np.stack(
        (
            element,
            parent,
            above,
            blocks.parents[above],
            shape[element],
            shape[parent],
            (shape[element] * 7919 + shape[parent] * 31 + blocks.tag[above] * 3) & (_MIXED - 1),
        )
    )
    keys += np.arange(len(_KEYS))[:, None] * size
    flat = keys.ravel()
    top = (len(_KEYS) - 1) * size + _MIXED
    count = np.bincount(flat, minlength=top)[keys]
    all_words, all_good, all_linked = (
        np.bincount(flat, np.tile(line, len(_KEYS)), top)[keys] for line in (words, good, blocks.linked * words)
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
        enough = np.flatnonzero(held >= share)
        place = int(enough[np.argmax(depth[enough])]) if len(enough) else 0
        if place not in found:
            found[place] = _meeting(place, last, blocks)
        out[f"below_{share}"] = depth[element] - found[place]
        if share < _SHARES[-1]:
            out[f"apart_{share}"] = depth[place] - found[place]
    parent = parents[element]
    above = parents[parent]
    out |= {"good_parent": held[parent], "good_above": held[above], "good_third": held[parents[above]]}
    return out


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
    out = np.zeros(blocks.count, np.intp)
    path = []
    while place > 0:
        path.append(place)
        place = blocks.markup.parent[place]
    for holder in reversed(path):
        out[(blocks.element >= holder) & (blocks.element <= last[holder])] = blocks.markup.depth[holder]
    return out


def _sections(blocks: Blocks) -> Lines:
    """Which part of the page a block stands in: under how long a heading, in which article, after whose comments."""
    element, tag = blocks.element, blocks.tag
    article = tag == HEADINGS["article"]
    heads = np.flatnonzero(_is_heading(tag[element]))
    place = np.searchsorted(heads, blocks.at, "right") - 1
    words = blocks.shapes.words[heads[np.maximum(place, 0)]] if len(heads) else 0.0
    first = int(np.argmax(blocks.aside)) if blocks.aside.any() else blocks.count
    return {
        "article": np.cumsum(article)[element],
        "heading_words": np.where(place >= 0, words, -1),
        "from_aside": np.clip(blocks.at - first, -_FAR, _FAR),
        "siblings": _siblings(blocks.markup)[element],
    }


def _is_heading(tag: Ints) -> NDArray[np.bool_]:
    first, last = HEADINGS["headings"][0], HEADINGS["headings"][-1]
    return np.asarray((tag >= first) & (tag <= last))


def _siblings(markup: Markup) -> Ints:
    """How many elements of the same shape stand in the same parent, at most over an element and those that hold it.

    A list of teasers or of readers' comments repeats; paragraphs and items of lists do not count.
    """
    seen: dict[tuple[int, int], int] = {}
    keys = list(zip(markup.parent, markup.shape, strict=True))
    for key in keys:
        seen[key] = seen.get(key, 0) + 1
    out = [0] * len(keys)
    plain = HEADINGS["plain"]
    for at, key in enumerate(keys):
        above = out[key[0]] if at else 0
        own = 0 if markup.tag[at] in plain else seen[key]
        out[at] = own if own > above else above
    return np.array(out, np.intp)
