"""What a gold body says of a page's blocks: which of them are the article, and which nobody should learn from."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af"
_TOKEN = re.compile(rf"[{_CJK}]|[^\W{_CJK}]+")
_SIZE = 4
_NEAR = 10
"""Copies of a block are told apart by how much of the article stands within so many blocks."""


def tokens(text: str) -> list[str]:
    """Words, and characters of unspaced scripts, as the body's score counts them."""
    return _TOKEN.findall(text)


def labels(blocks: Sequence[str], gold: str) -> NDArray[np.float64]:
    """1 for blocks of which at least half of the 4-word shingles stand in the gold, else 0.

    A block of fewer words is the article where it is a whole line of the gold, or stands in the gold
    and between two blocks that are the article. Of copies, no more than the gold has are the article:
    those with the most of the article around them.
    """
    words = tokens(gold)
    shingles = set(zip(words, words[1:], words[2:], words[3:], strict=False))
    whole = {" ".join(tokens(line)) for line in gold.split("\n")}
    running = f" {' '.join(words)} "
    parts = [tokens(block) for block in blocks]
    joined = [" ".join(part) for part in parts]
    out = np.zeros(len(parts))
    for at, part in enumerate(parts):
        if len(part) >= _SIZE:
            own = list(zip(part, part[1:], part[2:], part[3:], strict=False))
            out[at] = sum(shingle in shingles for shingle in own) * 2 >= len(own)
        elif part:
            out[at] = joined[at] in whole
    for at in range(1, len(parts) - 1):
        if 0 < len(parts[at]) < _SIZE and out[at - 1] and out[at + 1] and f" {joined[at]} " in running:
            out[at] = 1
    _copies(out, parts, joined, running)
    return out


def _copies(out: NDArray[np.float64], parts: Sequence[Sequence[str]], joined: Sequence[str], running: str) -> None:
    """Set to 0 the copies that are more than the gold has."""
    sums = np.concatenate([[0], np.cumsum(out * np.array([len(part) for part in parts], float))])
    kept = [at for at in range(len(parts)) if out[at] and len(parts[at]) >= _SIZE]
    page = "\n".join(f" {joined[at]} " for at in kept)

    def around(at: int) -> float:
        return float(sums[min(len(parts), at + _NEAR + 1)] - sums[max(0, at - _NEAR)])

    for at in sorted(kept, key=around):
        text = f" {joined[at]} "
        if page.count(text) > 1:
            have = sum(text in f" {joined[other]} " for other in kept if out[other])
            if have > max(1, running.count(text)):
                out[at] = 0


def open_blocks(blocks: Sequence[str], summary: str | None, gold: str) -> NDArray[np.bool_]:
    """Which blocks stand in a standfirst that the gold counts as right whether it is kept or left out."""
    if not summary or summary == gold:
        return np.zeros(len(blocks), bool)
    running = f" {' '.join(tokens(summary))} "
    return np.array([f" {' '.join(tokens(block))} " in running and bool(block.strip()) for block in blocks], bool)


def weights(words: NDArray[np.float64], found: NDArray[np.float64]) -> NDArray[np.float64]:
    """What each block weighs in training: its words, so that pages count alike and long furniture does not outweigh."""
    own = np.clip(words, 4, 150)
    total = max(float(own[found > 0].sum()), 50.0)
    return np.asarray(own / total * 100 / (1 + np.log10(1 + max(0.0, float(own.sum()) / total - 1))), np.float64)
