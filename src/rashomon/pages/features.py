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

from rashomon.pages.blocks import Blocks, folded, groups
from rashomon.pages.markup import FLAGGED, HEADINGS, Markup
from rashomon.pages.shapes import Ints, best_run, bits, running, shifted, window

Lines = dict[str, NDArray[Any]]

_RUNS = (8, 12, 18)
"""What a block must have more words than to speak for the article, for three sums of runs."""
_SHARES = (0.35, 0.6, 0.85)
"""The deepest container that holds so much of the good text."""
_FAR = 50
_FIRST = re.compile(r"\w+")


def features(blocks: Blocks, summary: str | None, stated: str | None) -> Lines:
    """Each feature's figures, one a block; `summary` and `stated` (the article's text) as the page's head says."""
    return {
        **_own(blocks),
        **_around(blocks),
        **_heading(blocks, summary, stated),
        **_elements(blocks),
        **_held(blocks),
        **_contained(blocks),
        **_sections(blocks),
    }


def _own(blocks: Blocks) -> Lines:
    shapes = blocks.shapes
    return {
        "words": shapes.words,
        "characters": shapes.characters,
        "word_length": shapes.word_length,
        "digits": shapes.digits,
        "capitals": shapes.capitals,
        "commas": shapes.commas,
        "stops": shapes.stops,
        "stops_share": shapes.stops / (shapes.words + 1),
        "quotes": shapes.quotes,
        "marks": shapes.marks,
        "initials": shapes.initials,
        "furniture": shapes.furniture,
        "furniture_share": shapes.furniture / (shapes.words + 1),
        "copies": shapes.copies,
        "good": blocks.good,
        "full_stop": shapes.full_stop,
    }


def _around(blocks: Blocks) -> Lines:
    """Where a block stands, and what stands near it."""
    shapes, at, count, total = blocks.shapes, blocks.at, blocks.count, blocks.good_all
    sums = running(shapes.characters)
    out: Lines = {
        "good_before": blocks.good_before[:count] / total,
        "good_after": (total - blocks.good_before[1:]) / total,
        "place": at / max(1, count),
        "blocks": np.full(count, count),
        "good_all": np.full(count, total),
        "character_place": sums[:count] / max(1.0, sums[-1]),
    }
    for reach in (1, 3, 8, 20):
        out[f"good_within_{reach}"] = window(blocks.good_before, reach)
    words = running(shapes.words)
    for reach in (2, 8):
        out[f"words_within_{reach}"] = window(words, reach)
    linked = running(blocks.linked * shapes.words)
    out["linked_within_4"] = window(linked, 4) / np.maximum(0.5, window(words, 4))
    furniture = shapes.furniture / (shapes.words + 1)
    for step in (1, -1, 2, -2):
        out[f"words{step:+}"] = shifted(shapes.words, step)
        out[f"initials{step:+}"] = shifted(shapes.initials, step)
    for step in (1, -1):
        out[f"linked{step:+}"] = shifted(blocks.linked, step)
        out[f"furniture{step:+}"] = shifted(furniture, step)
    worth = np.minimum(np.where(blocks.linked > 0.5, 0, shapes.words), 40)
    for size in _RUNS:
        start, end = best_run((worth - size).tolist())
        out[f"run_{size}"] = (at >= start) & (at < end)
        if size == _RUNS[1]:
            out["before_run"], out["after_run"] = np.maximum(0, start - at), np.maximum(0, at - end + 1)
    good = np.flatnonzero(blocks.good > 0)
    place = np.searchsorted(good, at)
    if len(good):
        out["next_good"] = np.minimum(_FAR, np.abs(good[np.minimum(place, len(good) - 1)] - at))
        out["last_good"] = np.minimum(_FAR, np.abs(at - good[np.maximum(place - 1, 0)]))
    else:
        out["next_good"] = out["last_good"] = np.full(count, _FAR)
    return out


def _heading(blocks: Blocks, summary: str | None, stated: str | None) -> Lines:
    """How far a block stands below the article's heading, and whether others say the same."""
    texts, count, at = blocks.markup.block_text, blocks.count, blocks.at
    place = blocks.title
    sums = running(blocks.shapes.characters)[:count]
    below = at - place if place is not None else np.full(count, -999)
    out: Lines = {
        "from_title": below,
        "characters_from_title": sums - sums[place] if place is not None else np.full(count, -9e5),
    }
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
    body = folded((stated or "")[:80_000])
    said = np.full(count, -1)
    if body:
        for index in sentences:
            begin = folded(texts[index][:200])
            said[index] = (begin[:40] in body) + (begin[len(begin) // 2 :][:30] in body)
    out["stated"], out["stated_all"] = said, np.full(count, len(body) / (blocks.good_all * 6))
    out["summarized"], out["held"], out["repeats"] = told, blocks.held, blocks.repeats
    return out


def _elements(blocks: Blocks) -> Lines:
    """The element that a block stands in, and what it and those around it are called."""
    markup, element = blocks.markup, blocks.element
    tag = np.array(markup.tag, np.intp)
    parent = blocks.parents[element]
    here = tag[element]
    out: Lines = {
        "linked": blocks.linked,
        "links": np.array(markup.block_links),
        "bold": np.minimum(1, np.array(markup.block_bold, np.float64) / blocks.shapes.characters),
        "tag": here,
        "tag_parent": tag[parent],
        "tag_above": tag[blocks.parents[parent]],
        "depth": np.array(markup.depth)[element],
    }
    for step in (1, -1):
        out[f"tag{step:+}"] = shifted(here.astype(np.float64), step)
    flags = bits(np.array(markup.flags, np.intp)[element], len(FLAGGED) + 1)
    out |= zip((f"in_{name}" for name in (*FLAGGED, "hidden")), flags, strict=True)
    spoken = bits(np.array(markup.groups, np.intp)[element], len(groups()))
    out |= zip((f"under_{name}" for name in groups()), spoken, strict=True)
    return out


def _held(blocks: Blocks) -> Lines:
    """What the other blocks are like that share a block's element, its parents, or their shapes."""
    element, words, good = blocks.element, blocks.shapes.words, blocks.good
    parent = blocks.parents[element]
    above = blocks.parents[parent]
    shape = np.array(blocks.markup.shape, np.intp)
    tag = np.array(blocks.markup.tag, np.intp)
    size = len(blocks.parents)
    mixed = (shape[element] * 7919 + shape[parent] * 31 + tag[above] * 3) & 0xFFF
    keys = {
        "element": (element, size),
        "parent": (parent, size),
        "above": (above, size),
        "third": (blocks.parents[above], size),
        "shape": (shape[element], size),
        "shape_parent": (shape[parent], size),
        "shape_all": (mixed, 0x1000),
    }
    out: Lines = {}
    for name, (key, top) in keys.items():
        count = np.bincount(key, minlength=top)[key]
        all_words, all_good, all_linked = (
            np.bincount(key, line, top)[key] for line in (words, good, blocks.linked * words)
        )
        out[f"{name}_blocks"] = count
        out[f"{name}_words"] = all_words
        out[f"{name}_good"] = all_good / blocks.good_all
        out[f"{name}_linked"] = all_linked / np.maximum(1, all_words)
        out[f"{name}_mean"] = all_good / count
        out[f"{name}_rank"] = all_good / max(1.0, float(all_good.max(initial=0)))
    return out


def _contained(blocks: Blocks) -> Lines:
    """How a block lies to the deepest containers that hold a share of the good text."""
    markup, element, parents = blocks.markup, blocks.element, blocks.parents
    size = len(parents)
    last = _last(markup.parent)
    sums = running(np.bincount(element, blocks.good, size).astype(np.float64))
    held = (sums[last + 1] - sums[np.arange(size)]) / blocks.good_all
    depth = np.array(markup.depth, np.intp)
    out: Lines = {}
    found: dict[int, Ints] = {}
    for share in _SHARES:
        enough = np.flatnonzero(held >= share)
        place = int(enough[np.argmax(depth[enough])]) if len(enough) else 0
        if place not in found:
            found[place] = _meeting(place, last, blocks)
        out[f"below_{share}"] = depth[element] - found[place]
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
    """Which part of the page a block stands in: whose heading, which article, after whose comments."""
    markup, element = blocks.markup, blocks.element
    tag = np.array(markup.tag, np.intp)
    article = tag == HEADINGS["article"]
    out: Lines = {"articles": np.full(blocks.count, article.sum()), "article": np.cumsum(article)[element]}
    heads = np.flatnonzero(np.isin(tag[element], HEADINGS["headings"]))
    place = np.searchsorted(heads, blocks.at, "right") - 1
    over = heads[np.maximum(place, 0)] if len(heads) else np.zeros(blocks.count, np.intp)
    headed = place >= 0
    furniture = blocks.shapes.furniture / (blocks.shapes.words + 1)
    out["heading_furniture"] = np.where(headed, furniture[over], -1)
    out["heading_words"] = np.where(headed, blocks.shapes.words[over], -1)
    out["from_heading"] = np.where(headed, blocks.at - over, -1)
    first = int(np.argmax(blocks.aside)) if blocks.aside.any() else blocks.count
    out["aside"] = blocks.aside
    out["from_aside"] = np.clip(blocks.at - first, -_FAR, _FAR)
    out["asides"] = np.full(blocks.count, blocks.aside.sum() / max(1, blocks.count))
    siblings = _siblings(markup)
    out["siblings"] = siblings[element]
    return out


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
