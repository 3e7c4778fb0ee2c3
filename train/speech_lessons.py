"""Articles whose sayings somebody marked, as the reader of speech learns from them: parsed, the gold in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from rashomon.claims import quotes, speech
from rashomon.claims.cue_features import key
from rashomon.claims.hashing import Ints
from rashomon.claims.parsed import Parsed, parsed
from rashomon.claims.ruled import Ruled, ruled
from rashomon.reader import parse

DUPLICATE = 0.8
"""Marks of two annotators are one where their contents share so much and their cues touch."""
_HEADS = (("VERB",), ("NOUN", "ADJ", "AUX"), ("ADP", "PROPN", "ADV", "SCONJ"))


class Gold(NamedTuple):
    """A saying as marked, in rows of the parsed text. `head` is the row that heads the cue, -1 without a cue."""

    head: int
    cue: Ints
    content: Ints
    speaker: Ints


class Lesson(NamedTuple):
    """An article with its gold; `weights` counts the letters and digits of each word."""

    id: str
    fold: int
    text: Parsed
    weights: npt.NDArray[np.float64]
    gold: tuple[Gold, ...]
    rules: Ruled
    """What the rules read."""


def lessons(given: Sequence[dict[str, Any]], folds: int) -> Iterator[Lesson]:
    """A lesson for each row; the folds are dealt out in turn, an article whole."""
    docs = parse((row["text"] for row in given), "network")
    for number, (row, doc) in enumerate(zip(given, docs, strict=True)):
        marks = quotes.find(row["text"])
        text = parsed(doc, marks)
        good = np.array([char.isalnum() for char in row["text"]])
        sums = np.concatenate([[0], np.cumsum(good)])
        gold = tuple(_golden(text, row["text"], row["attributions"]))
        weights = (sums[text.end] - sums[text.start]).astype(float)
        rules = ruled(text, speech.by_rules(doc, marks))
        yield Lesson(row["id"], number % folds, text, weights, gold, rules)


def _golden(text: Parsed, raw: str, attributions: Iterable[dict[str, Any]]) -> Iterator[Gold]:
    """The sayings marked, each once however many annotators marked it."""
    kept: list[tuple[frozenset[int], frozenset[int]]] = []
    for marked in attributions:
        content, cue = _letters(raw, marked["content"]), _letters(raw, marked["cue"])
        if not content or any(
            2 * len(content & other) >= DUPLICATE * (len(content) + len(other)) and (cue & beside or not cue | beside)
            for other, beside in kept
        ):
            continue
        kept.append((content, cue))
        found = {name: _words(text, marked[name]) for name in ("cue", "content", "speaker")}
        if len(found["content"]):
            yield Gold(_head(text, found["cue"]), found["cue"], found["content"], found["speaker"])


def _letters(raw: str, spans: Iterable[Sequence[int]]) -> frozenset[int]:
    return frozenset(at for start, end in spans or () for at in range(start, end) if raw[at : at + 1].isalnum())


def _words(text: Parsed, spans: Iterable[Sequence[int]]) -> Ints:
    """The rows that the spans touch."""
    out: set[int] = set()
    for start, end in spans or ():
        out.update(range(int(np.searchsorted(text.end, start, side="right")), int(np.searchsorted(text.start, end))))
    return np.array(sorted(out), dtype=np.int64)


def _head(text: Parsed, cue: Ints) -> int:
    """The row of a cue that the others hang on, a verb before any other."""
    inside = set(cue.tolist())
    tops = [row for row in cue.tolist() if text.head[row] == row or int(text.head[row]) not in inside]
    for group in _HEADS:
        for row in tops:
            if any(text.pos[row] == key(pos) for pos in group):
                return int(row)
    return int(tops[0]) if tops else -1


def shared(weights: npt.NDArray[np.float64], one: Ints, two: Ints) -> tuple[float, float]:
    """How much two sets of words share, by their letters: F1, and the part of their union."""
    both = float(weights[np.intersect1d(one, two)].sum())
    total = float(weights[one].sum() + weights[two].sum())
    return (2 * both / total, both / (total - both)) if total else (float(len(one) == len(two)),) * 2
