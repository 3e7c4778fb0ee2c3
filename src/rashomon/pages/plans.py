"""Cleaning in several steps, as one plan: the steps' plans composed."""

from __future__ import annotations

from collections.abc import Sequence

from rashomon.model import Edit
from rashomon.spans import apply


def compose(first: Sequence[Edit], second: Sequence[Edit], middle: str) -> tuple[Edit, ...]:
    """The one plan that does what `first` and then `second` do; `middle` is what `first` makes.

    Steps that do not overlap stay apart, so that what is kept still maps to where it stood.
    """
    if not first or not second:
        return tuple(first or second)
    # (start, end) in the middle text, which plan, the edit; deletions of the first plan are empty there.
    steps: list[tuple[int, int, int, Edit]] = [(edit.start, edit.end, 1, edit) for edit in second]
    shift = 0
    for edit in first:
        start = edit.start - shift
        steps.append((start, start + len(edit.text), 0, edit))
        shift = edit.end - start - len(edit.text)
    steps.sort(key=lambda step: step[:3])
    out: list[Edit] = []
    at = shift = 0
    while at < len(steps):
        start, end, _, _ = steps[at]
        begin = start + shift
        inner: list[Edit] = []
        while True:
            left, right, which, edit = steps[at]
            if which:
                inner.append(Edit(left - start, right - start, edit.text))
            else:
                begin = min(begin, edit.start) if left > start else edit.start
                shift = edit.end - right
            end = max(end, right)
            at += 1
            if at == len(steps) or steps[at][0] >= end:
                break
        out.append(Edit(begin, end + shift, apply(inner, middle[start:end])))
    return tuple(edit for edit in out if edit.end > edit.start or edit.text)


def join(raw: str, pieces: Sequence[tuple[int, int, str]]) -> tuple[Edit, ...]:
    """The plan that keeps the stretches (start, end, what stands before it in the text) and drops the rest."""
    out: list[Edit] = []
    at = 0
    for start, end, before in pieces:
        if raw[at:start] != before:
            out.append(Edit(at, start, before))
        at = end
    if at < len(raw):
        out.append(Edit(at, len(raw), ""))
    return tuple(out)
