"""The paragraphs of a text whose lines were broken at a fixed width, as in exports of PDF files and in letters.

The lines of a paragraph are joined, also over the end of a sheet, and words that were parted there made whole.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from rashomon.pages import hyphens

_END = re.compile(r"[.!?…。！？।؟;:][\"'”’»)\]*]*$|[.!?…。！？][\"'”’»)\]]*\s*\(\w{2,}\)$")
_LOW = re.compile(r"^[a-zà-ÿ]")
MARK = re.compile(r"^(?:[-–—•*·▪►>]+|\(?\d{1,2}[.)])\s*")
"""The mark of a list at a line's beginning."""
_CELLS = re.compile(r"\t+| {4,}")
_SHEET = re.compile(r"\W*(?:page\s+)?\d{1,4}(?:\s*(?:/|of)\s*\d{1,4})?\W*", re.I)
_FEW, _WIDEST, _NARROWEST = 4, 110, 50
"""Full lines of a text that can show how wide it is; characters of a line."""
_FULL, _MOSTLY, _RUN = 0.8, 0.5, 0.5
"""A line of that part of the width is full; such lines hold so much of the text, and so many of them run on."""
_NEARLY, _WELL = 0.75, 0.6
"""The part of the width that a line has before another of its paragraph; before one that its sentence runs on to."""
_TITLED, _TITLE_WORDS, _TITLE_LINES = 4, 25, 3
"""Words of a heading's line before another; words and lines of a heading."""
_LONG = 60
"""Characters of a line that says the same on every sheet."""

Stretch = tuple[int, int]


class Piece(NamedTuple):
    """A part of a paragraph that stands in one piece."""

    start: int
    end: int
    joint: str
    """What stands between the one before it and this."""


def plain(stretch: Stretch) -> tuple[Piece, ...]:
    """A line that is a paragraph."""
    return (Piece(*stretch, ""),)


def paragraphs(text: str, lines: Sequence[Stretch]) -> list[tuple[Piece, ...]] | None:
    """The paragraphs of a text by its lines, in the order of their beginnings; None where it was not wrapped.

    What stands on every sheet (its number, the paper's name) parts no paragraph.
    """
    cells = [cell for line in lines for cell in _cells(text, *line)]
    width = _width(text, cells)
    if width is None:
        return None
    room = _room(text, cells, width)
    sheets = set(_of_sheets(text, cells))
    groups: list[list[Stretch]] = []
    for cell in cells:
        if cell not in sheets:
            before = groups[-1][-1] if groups else None
            over = before is not None and any(before[1] <= start < cell[0] for start, _ in sheets)
            if before is not None and (_over(text, before, cell) if over else _joins(text, before, cell, width, room)):
                groups[-1].append(cell)
            else:
                groups.append([cell])
    groups = _headed(text, groups)
    words = hyphens.spelled(text)
    found = [tuple(_pieces(text, group, words)) for group in groups]
    return sorted([*found, *map(plain, sheets)])


def _width(text: str, lines: Sequence[Stretch]) -> int | None:
    """How many characters a line may have, where most lines are that long and run on."""
    sizes = sorted(end - start for start, end in lines)
    if len(sizes) < _FEW or sizes[-1] > _WIDEST:
        return None
    width = sizes[-1 - len(sizes) // 20]
    full = [at for at, (start, end) in enumerate(lines[:-1]) if end - start > width * _FULL]
    if width < _NARROWEST or len(full) < _FEW or sum(lines[at][1] - lines[at][0] for at in full) < sum(sizes) * _MOSTLY:
        return None
    running = sum(_runs_on(text, lines[at], lines[at + 1]) for at in full)
    return width if running >= len(full) * _RUN else None


def _cells(text: str, start: int, end: int) -> Iterator[Stretch]:
    """What stands side by side on a line: a paper's name on the left, the day on the right."""
    for gap in _CELLS.finditer(text, start, end):
        yield start, gap.start()
        start = gap.end()
    yield start, end


def _of_sheets(text: str, cells: Sequence[Stretch]) -> Iterator[Stretch]:
    """The numbers of sheets, and lines that stood on a sheet before."""
    seen: Counter[str] = Counter()
    for start, end in cells:
        line = text[start:end]
        key = re.sub(r"\d+", "#", line.casefold())
        seen[key] += 1
        if _SHEET.fullmatch(line) or (seen[key] > 1 and len(line) <= _LONG and not _END.search(line)):
            yield start, end


def _room(text: str, lines: Sequence[Stretch], width: int) -> int:
    """The characters of the longest line, where no sentence runs on from one that had room for the next word; else 0.

    So are lines broken where all letters are as wide: a line that is shorter than it need be ends its paragraph.
    """
    room = max(end - start for start, end in lines)
    runs = [pair for pair in pairwise(lines) if _goes_on(text, *pair) and pair[0][1] - pair[0][0] > width * _WELL]
    return room if len(runs) >= _FEW and not any(_has_room(text, *pair, room) for pair in runs) else 0


def _goes_on(text: str, line: Stretch, follow: Stretch) -> bool:
    """Whether the next line surely goes on with a sentence."""
    return text[line[1] : follow[0]].count("\n") == 1 and _LOW.match(text[follow[0] : follow[0] + 1]) is not None


def _has_room(text: str, line: Stretch, follow: Stretch, room: int) -> bool:
    """Whether the first word of the next line would have stood in a line of so many characters."""
    return line[1] - line[0] + 1 + len(text[slice(*follow)].split(None, 1)[0]) <= room


def _joins(text: str, before: Stretch, line: Stretch, width: int, room: int) -> bool:
    """Whether a line goes on with the paragraph of the one before it; `room` as `_room` gives it."""
    between, size = text[before[1] : line[0]], before[1] - before[0]
    if "\n" not in between or between.count("\n") > 1 or MARK.match(text[line[0] : line[1]]):
        return False
    if between.partition("\n")[0].endswith(("  ", "\t")):
        return False
    parted = hyphens.parts(text[before[0] : before[1]], text[line[0] : line[1]])
    if room and not parted and _has_room(text, before, line, room):
        return False
    return parted or size > width * _NEARLY or (size > width * _WELL and _runs_on(text, before, line))


def _over(text: str, before: Stretch, line: Stretch) -> bool:
    """Whether a paragraph goes on over the end of a sheet."""
    return _LOW.match(text[line[0] : line[1]]) is not None and not _END.search(text[before[0] : before[1]])


def _runs_on(text: str, line: Stretch, follow: Stretch) -> bool:
    """Whether a sentence goes on from a line to the next."""
    gap = text[line[1] : follow[0]].count("\n")
    low = _LOW.match(text[follow[0] : follow[0] + 1])
    return gap < 2 and (not _END.search(text[max(line[0], line[1] - _LONG) : line[1]]) or low is not None)


def _headed(text: str, groups: Sequence[list[Stretch]]) -> list[list[Stretch]]:
    """The groups, short lines between blank ones that are a heading on several lines made one."""
    blocks: list[list[list[Stretch]]] = []
    for group in groups:
        between = text[blocks[-1][-1][-1][1] : group[0][0]] if blocks else ""
        if blocks and between.count("\n") == 1:
            blocks[-1].append(group)
        else:
            blocks.append([group])
    out: list[list[Stretch]] = []
    for block in blocks:
        out += [[line for group in block for line in group]] if _is_heading(text, block) else block
    return out


def _is_heading(text: str, block: Sequence[list[Stretch]]) -> bool:
    if not 1 < len(block) <= _TITLE_LINES or any(len(group) > 1 for group in block):
        return False
    lines = [text[start:end] for group in block for start, end in group]
    sizes = [len(line.split()) for line in lines]
    short = min(sizes[:-1]) >= _TITLED and sum(sizes) <= _TITLE_WORDS
    return short and not any(_END.search(line) or MARK.match(line) or line.endswith(",") for line in lines)


def _pieces(text: str, group: Sequence[Stretch], words: Mapping[str, int]) -> Iterator[Piece]:
    """The lines of a paragraph, without the hyphens that part a word between them."""
    joint = ""
    for line, follow in zip(group, [*group[1:], (0, 0)], strict=True):
        (start, end), after = line, text[slice(*follow)]
        parted = hyphens.parts(text[start:end], after)
        kept = not parted or hyphens.belongs(text[start:end], after, words)
        yield Piece(start, end if kept else end - 1, joint)
        joint = "" if parted else " "
