"""A second opinion on which blocks are the article, asked where the first is unsure of itself: trafilatura's.

It costs several times what the rest costs, so it is asked of few pages: those where the blocks that were
kept promise a low F1 (Barbaresi 2021 for trafilatura).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from rashomon.pages.blocks import Blocks
from rashomon.pages.ink import inked

UNSURE = 0.85
"""The expected F1 below which a second opinion is asked. By cross-validation over sites."""
_TAGS = 30_000
"""The opening and closing tags of pages that are shown to it: those of news have half as many at most."""
_WHOLE = 20
"""Blocks of so many characters may stand inside a paragraph; shorter ones are a paragraph, or a cell of a table."""
_ITEM = re.compile(r"^(?:[-–•*]|\d+[.)])\s+")


def paragraphs(html: str) -> list[str]:
    """The article's paragraphs as trafilatura finds them, set to favour precision.

    None where it finds nothing, where it fails, and where the page has so many tags that it would take long.
    """
    from trafilatura import bare_extraction

    if html.count("<") > _TAGS:
        return []
    try:
        found = bare_extraction(html, favor_precision=True, include_comments=False, with_metadata=False)
    except Exception:  # Whatever it raises for markup that is made to hurt: it has no opinion.
        return []
    text = (found.text if found is not None and not isinstance(found, dict) else None) or ""
    return [line for line in (line.strip() for line in text.split("\n")) if line]


def agreed(blocks: Blocks, own: NDArray[np.bool_], lines: Sequence[str]) -> NDArray[np.bool_]:
    """The blocks that stand in the paragraphs of the second opinion; those of the first where none does."""
    found = [inked(line) for line in lines]
    whole = "".join(found)
    short = {inked(_ITEM.sub("", line)) for line in lines} | set(found)
    short |= {inked(cell) for line in lines if line.startswith("|") for cell in line.split("|")}
    texts = map(inked, blocks.markup.block_text)
    out = np.array([(len(text) >= _WHOLE and text in whole) or text in short for text in texts], bool)
    return out if out.any() else own
