"""Where text is: spans, digests, and the plans by which a capture becomes a page's text.

A cleaning plan is a sorted tuple of `Edit`s that do not overlap; each says which characters of the
decoded capture become which text. `apply(plan, raw)` replays it, and `Map` answers where any
character of the result stood before.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import Generic, TypeVar

from rashomon.model import Edit, Span

T = TypeVar("T")

DIGEST_VERSION = "1"
"""Opens every id; it changes when what an id is made of changes."""


def digest(*parts: str | bytes) -> str:
    """An id of the content: the version byte and 20 hexadecimal digits of BLAKE2b over the parts.

    Parts are length-prefixed, so ("ab", "c") and ("a", "bc") differ. Stable over machines and runs.
    """
    state = hashlib.blake2b(digest_size=10)
    for part in parts:
        data = part if isinstance(part, bytes) else part.encode("utf-8", "surrogatepass")
        state.update(len(data).to_bytes(8, "big"))
        state.update(data)
    return DIGEST_VERSION + state.hexdigest()


def span(text: str, start: int, end: int) -> Span:
    """The span of `text` from `start` to `end`; ValueError where that is no stretch of it."""
    if not 0 <= start <= end <= len(text):
        raise ValueError(f"no stretch from {start} to {end} in a text of {len(text)} characters")
    return Span(start, end, text[start:end])


def trim(text: str, start: int, end: int, chars: str | None = None) -> tuple[int, int]:
    """The offsets without the white space (or `chars`) at either edge; an empty stretch stays at `start`."""
    inner = text[start:end]
    left = len(inner) - len(inner.lstrip(chars))
    right = len(inner.rstrip(chars))
    return (start + left, start + right) if right > left else (start, start)


def union(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Stretches sorted, with those that touch or overlap made one."""
    out: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out


def subtract(start: int, end: int, holes: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """What is left of a stretch when the holes are cut out of it."""
    out: list[tuple[int, int]] = []
    at = start
    for left, right in union(holes):
        if right <= at or left >= end:
            continue
        if left > at:
            out.append((at, left))
        at = max(at, right)
    if at < end:
        out.append((at, end))
    return out


def apply(plan: Sequence[Edit], raw: str) -> str:
    """The text that the plan makes of the decoded capture."""
    out: list[str] = []
    at = 0
    for edit in plan:
        if edit.start < at or edit.end < edit.start or edit.end > len(raw):
            raise ValueError(f"the edit at {edit.start} overlaps another or leaves the capture")
        out.append(raw[at : edit.start])
        out.append(edit.text)
        at = edit.end
    out.append(raw[at:])
    return "".join(out)


def keep(raw: str, pieces: Iterable[tuple[int, int, str]]) -> tuple[Edit, ...]:
    """The plan that keeps only the pieces: (start, end, text that it becomes), in order, without overlap.

    A gap between two pieces is dropped; what parts them in the text belongs to a piece's text.
    """
    plan: list[Edit] = []
    at = 0
    for start, end, text in pieces:
        if start < at:
            raise ValueError(f"the piece at {start} overlaps the one before it")
        if start > at:
            plan.append(Edit(at, start, ""))
        if raw[start:end] != text:
            plan.append(Edit(start, end, text))
        at = end
    if at < len(raw):
        plan.append(Edit(at, len(raw), ""))
    return merge(plan)


def merge(plan: Iterable[Edit]) -> tuple[Edit, ...]:
    """The plan with deletions that touch made one. Replacements stay apart: each maps back to its own characters."""
    out: list[Edit] = []
    for edit in plan:
        if out and out[-1].end == edit.start and not out[-1].text and not edit.text:
            out[-1] = Edit(out[-1].start, edit.end, "")
        else:
            out.append(edit)
    return tuple(out)


class Stretches(Generic[T]):
    """Things with a start and an end, found by where they stand: a look-up costs what it finds, not all there is."""

    def __init__(self, items: Iterable[tuple[int, int, T]]) -> None:
        """`items`: (start, end, the thing); the order of things that begin together is kept."""
        self._items = sorted(items, key=lambda item: item[:2])
        self._starts = [start for start, _, _ in self._items]
        self._reach = list(accumulate((end for _, end, _ in self._items), max))

    def over(self, start: int, end: int) -> list[T]:
        """The things that overlap or touch a stretch, in order."""
        out: list[T] = []
        at = bisect_right(self._starts, end) - 1
        while at >= 0 and self._reach[at] >= start:
            if self._items[at][1] >= start:
                out.append(self._items[at][2])
            at -= 1
        return out[::-1]


class Map:
    """Where each character of a text stood in the decoded capture that a plan made it of."""

    def __init__(self, plan: Sequence[Edit], length: int) -> None:
        """`length`: of the decoded capture, in characters."""
        # Runs of (start in the text, start in the capture, length of the stretch in the capture, kept as it was).
        self._starts: list[int] = []
        self._runs: list[tuple[int, int, bool]] = []
        at = out = 0
        for edit in (*plan, Edit(length, length, "")):
            if edit.start > at:
                self._starts.append(out)
                self._runs.append((at, edit.start, True))
                out += edit.start - at
            if edit.text:
                self._starts.append(out)
                self._runs.append((edit.start, edit.end, False))
                out += len(edit.text)
            at = edit.end
        self.length = out

    def back(self, start: int, end: int) -> tuple[int, int]:
        """The smallest stretch of the capture that the text's stretch was made of.

        A stretch that lies inside a replacement maps to all the characters that were replaced.
        """
        if not 0 <= start <= end <= self.length:
            raise ValueError(f"no stretch from {start} to {end} in a text of {self.length} characters")
        if start == end:
            left, right = self._place(start)
            return (left, left) if start < self.length or not self._runs else (right, right)
        return self._place(start)[0], self._place(end - 1)[1]

    def _place(self, offset: int) -> tuple[int, int]:
        """The stretch of the capture behind one character of the text."""
        if not self._runs:
            return 0, 0
        index = bisect_right(self._starts, offset) - 1
        left, right, same = self._runs[index]
        if not same:
            return left, right
        at = left + offset - self._starts[index]
        return (at, at + 1) if at < right else (right, right)
