"""Text laid out in lines and sheets → paragraphs, with a plan.

The lines of a paragraph are joined, also over the end of a column or sheet; a word parted at the end of a line is made
whole; what stands at the top or foot of most sheets is left out.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

from rashomon.model import Dropped, Edit
from rashomon.pages.hyphens import HYPHENS, belongs, parts, spelled
from rashomon.spans import apply

_EDGE = 3
"""Lines at the top and the foot of a sheet that may be furniture."""
_SHEET = re.compile(r"[^\f]*[^\f\n][^\f]*")
_PARAGRAPH = re.compile(r"[^\n]+(?:\n[^\n]+)*")
_LINE = re.compile(r"[^\n]+")
_BREAK = re.compile(r"(?P<hyphen>(?<=[^\W\d_])[-‐])?(?P<end>[\n\f]+)")
_OPEN = re.compile(r"[^.!?…:;。！？\"'”’»)\]\s]$")
_PRINTED = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{2,4},?\s+\d{1,2}[:.]\d\d")
_LONGEST = 60
"""Characters of a word that was parted."""
_NUMBERED = re.compile(r"(?:^|\s)\d{1,3}\s?/\s?\d{1,3}$")


class Flow(NamedTuple):
    """Paragraphs, parted by blank lines."""

    text: str
    plan: tuple[Edit, ...]
    dropped: tuple[Dropped, ...]


class _Line(NamedTuple):
    start: int
    end: int
    text: str
    among: int
    """How many lines its paragraph has."""


def flowed(text: str) -> Flow:
    """The paragraphs of a laid-out text (see `pdf`)."""
    furniture = _furniture(_sheets(text))
    plan = tuple(_breaks(text, furniture))
    dropped = tuple(Dropped(line.text, "label") for line in furniture)
    return Flow(apply(plan, text), plan, dropped)


def _sheets(text: str) -> list[list[_Line]]:
    """The lines of each sheet that has any."""
    out: list[list[_Line]] = []
    for sheet in _SHEET.finditer(text):
        lines: list[_Line] = []
        for part in _PARAGRAPH.finditer(text, sheet.start(), sheet.end()):
            count = part[0].count("\n") + 1
            for line in _LINE.finditer(text, part.start(), part.end()):
                lines.append(_Line(line.start(), line.end(), line[0], count))
        out.append(lines)
    return out


def _furniture(sheets: list[list[_Line]]) -> list[_Line]:
    """Lines at the edges that most sheets share but for numbers; what a browser prints around a single sheet."""
    ends = [dict.fromkeys((*lines[:_EDGE], *lines[-_EDGE:])) for lines in sheets if lines]
    edges = [[line for line in lines if line.among <= 2] for lines in ends]
    seen = Counter(key for lines in edges for key in {_key(line.text) for line in lines})
    need = max(2, 0.6 * len(edges))
    out: list[_Line] = []
    met: set[str] = set()
    for lines in edges:
        for line in lines:
            key = _key(line.text)
            if seen[key] < need or len(line.text) > 200:
                continue
            # The first sheet's may be the title; a page's number or the day of printing is none.
            if key in met or "#" in key or "/" in key:
                out.append(line)
            met.add(key)
    if len(edges) == 1 and edges[0] and _PRINTED.match(edges[0][0].text) and _NUMBERED.search(edges[0][-1].text):
        out += [edges[0][0], *([edges[0][-1]] if edges[0][-1] is not edges[0][0] else [])]
    return sorted(set(out))


def _key(text: str) -> str:
    return re.sub(r"\d+", "#", " ".join(text.split()).casefold())


def _breaks(text: str, furniture: list[_Line]) -> list[Edit]:
    """What becomes of the ends of lines, paragraphs and sheets, and of the furniture between them."""
    words = spelled(text)
    out: list[Edit] = []
    blank = [(line.start, line.end) for line in furniture]
    at = 0
    stretches: list[tuple[int, int]] = []
    for start, end in (*blank, (len(text), len(text))):
        if text[at:start].strip("\n\f"):
            left = at + len(text[at:start]) - len(text[at:start].lstrip("\n\f"))
            right = start - (len(text[at:start]) - len(text[at:start].rstrip("\n\f")))
            stretches.append((left, right))
        at = end
    last = 0
    for index, (start, end) in enumerate(stretches):
        if start > last:
            before = text[stretches[index - 1][0] : last] if index else ""
            out.append(_edit(text, last, start, before, words) if index else Edit(last, start, ""))
        for match in _BREAK.finditer(text, start, end):
            out.append(_edit(text, match.start("end"), match.end("end"), text[start : match.start("end")], words))
        last = end
    if last < len(text):
        out.append(Edit(last, len(text), ""))
    return out


def _edit(text: str, start: int, end: int, before: str, words: Counter[str]) -> Edit:
    """One break: a space, nothing (with the hyphen before it), or the blank line between paragraphs."""
    inner = text[start:end]
    after = text[end : end + 1]
    runs_on = bool(_OPEN.search(before[-2:])) and after.islower() and len(before[before.rfind("\n") + 1 :]) > 25
    if inner != "\n" and not runs_on and not before.endswith(HYPHENS):
        return Edit(start, end, "\n\n")
    if not parts(before, after):
        return Edit(start, end, " " if inner == "\n" or runs_on else "\n\n")
    keeps = belongs(before, text[end : end + _LONGEST], words)
    return Edit(start, end, "") if keeps else Edit(start - 1, end, "")
