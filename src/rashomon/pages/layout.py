"""A sheet's lines with their places → reading order and paragraphs.

The order is that of Breuel (2003): a block comes before another that lies below it in the same column, or to the right
of it; where that decides nothing, blocks stay in the order in which they were drawn.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median, quantiles
from typing import NamedTuple

_MANY = 90
"""Sheets of more blocks keep the order in which they were drawn: they are tables or drawings."""
_WOVEN = 4
"""So many columns may be drawn side by side."""
_FULL = re.compile(r"[.!?…:;。！？][\"'”’»)\]]*$")


class Line(NamedTuple):
    """A line of a sheet; places in points from its lower left corner."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    height: float
    """Of its letters, from the lowest to the highest that its fount has."""


class Block(NamedTuple):
    """Lines that stand below each other."""

    lines: tuple[Line, ...]
    left: float
    bottom: float
    right: float
    top: float


def in_order(lines: Sequence[Line], height: float) -> list[Block]:
    """The blocks of a sheet in reading order, what stands at its very top first and at its very foot last.

    `height`: of the sheet, in points.
    """
    foot = _apart([(line.bottom, line) for line in lines], height)
    rest = [line for line in lines if line not in foot]
    head = _apart([(height - line.top, line) for line in rest], height)
    body = [line for line in rest if line not in head]
    return [*_blocks(head), *_ordered(_blocks(body)), *_blocks(foot)]


def _apart(lines: Sequence[tuple[float, Line]], height: float) -> list[Line]:
    """Lines within a tenth of the sheet from its edge that white space parts from the rest; each with its distance."""
    ranked = sorted(lines, key=lambda pair: pair[0])
    for at, ((near, line), (far, _)) in enumerate(pairwise(ranked), 1):
        if far > 0.14 * height or near > 0.1 * height:
            return [line for _, line in ranked[:at]] if near < 0.1 * height and far - near > 2 * line.height else []
        if far - near > 2 * line.height:
            return [line for _, line in ranked[:at]]
    return []


def _ordered(blocks: list[Block]) -> list[Block]:
    """The blocks in reading order."""
    if not 1 < len(blocks) <= _MANY:
        return blocks
    left = list(range(len(blocks)))
    before = {a: {b for b in left if a != b and _precedes(blocks[b], blocks[a], blocks)} for a in left}
    out: list[Block] = []
    while left:
        # A circle is broken where it was drawn first.
        at = next((a for a in left if not before[a].intersection(left)), left[0])
        left.remove(at)
        out.append(blocks[at])
    return out


def written(blocks: Sequence[Block]) -> str:
    """The sheet's text: lines parted by a line feed, paragraphs by two."""
    lines = [line for block in blocks for line in block.lines]
    if not lines:
        return ""
    width = quantiles([0.0, *(line.right - line.left for line in lines)], n=5)[-1]
    height = median(line.height for line in lines)
    return "\n\n".join(paragraph for block in blocks for paragraph in _paragraphs(block, width, height))


def _blocks(lines: Sequence[Line]) -> list[Block]:
    """Lines that follow each other down a column, as drawn."""
    groups: list[list[Line]] = []
    for line in lines:
        last = groups[-1][-1] if groups else None
        # Two columns may be drawn a line of each at a time.
        above = next((group for group in reversed(groups[-_WOVEN:]) if _below(group[-1], line)), None)
        if above is not None:
            above.append(line)
        elif last is not None and _beside(last, line):
            groups[-1][-1] = _joined(last, line)
        else:
            groups.append([line])
    return [
        Block(
            tuple(group),
            min(line.left for line in group),
            min(line.bottom for line in group),
            max(line.right for line in group),
            max(line.top for line in group),
        )
        for group in groups
    ]


def _below(last: Line, line: Line) -> bool:
    """Whether a line stands right below another, in the same column and in letters of about the same size."""
    gap = last.bottom - line.top
    return (
        -0.5 * line.height < gap < 1.2 * line.height
        and line.bottom < last.bottom
        and min(last.right, line.right) > max(last.left, line.left)
        and 0.8 < line.height / last.height < 1.25
    )


def _beside(last: Line, line: Line) -> bool:
    """Whether two pieces are of one line, parted by hardly more than a space."""
    same = abs(last.bottom - line.bottom) < 0.4 * last.height
    return same and -0.2 * last.height < line.left - last.right < 0.8 * last.height


def _joined(last: Line, line: Line) -> Line:
    return Line(
        f"{last.text} {line.text}",
        min(last.left, line.left),
        min(last.bottom, line.bottom),
        max(last.right, line.right),
        max(last.top, line.top),
        max(last.height, line.height),
    )


def _precedes(a: Block, b: Block, blocks: Sequence[Block]) -> bool:
    """Whether a block is read before another."""
    if min(a.right, b.right) > max(a.left, b.left):
        return (a.top + a.bottom) > (b.top + b.bottom)
    if a.right > b.left:
        return False
    low, high = min(a.bottom, b.bottom), max(a.top, b.top)
    return not any(
        c.left < a.right and c.right > b.left and low < (c.top + c.bottom) / 2 < high
        for c in blocks
        if c is not a and c is not b
    )


def _paragraphs(block: Block, usual_width: float, usual_height: float) -> list[str]:
    """The block's lines, a paragraph's together: told by space above, indent, letters' size, and short last lines.

    `usual_width` is that of the sheet's full lines, `usual_height` that of its letters.
    """
    out: list[list[str]] = []
    steps = [above.bottom - line.bottom for above, line in pairwise(block.lines)]
    usual = median(steps) if steps else 0.0
    width = block.right - block.left
    for at, line in enumerate(block.lines):
        above = block.lines[at - 1] if at else None
        if above is None or (
            steps[at - 1] > 1.25 * usual
            or steps[at - 1] > 1.7 * line.height
            or (above.right - above.left < 0.6 * usual_width and above.height < 1.2 * usual_height)
            or not 0.9 < line.height / above.height < 1.12
            or (line.left - above.left > 0.6 * line.height and line.left - block.left < 6 * line.height)
            or (block.right - above.right > max(0.12 * width, 2 * line.height) and _FULL.search(above.text) is not None)
        ):
            out.append([line.text])
        else:
            out[-1].append(line.text)
    return ["\n".join(part) for part in out]
