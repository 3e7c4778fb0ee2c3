"""What the trees of the reader of speech learn from: cuts and phrases of gold cues, and the sayings put together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from boosting import fit
from rashomon.claims import content_choice, learned, saying_choice, speaker_choice
from rashomon.claims.hashing import Ints
from rashomon.claims.learned import Seen
from rashomon.trees import Trees, odds
from speech_lessons import Gold, Lesson, shared

Floats = npt.NDArray[np.float64]

RIGHT = 0.5
"""A content is right from that F1 on, a speaker from that part of the union on."""
GOOD = 0.8
"""From there on it is better than that."""
CHOICE: dict[str, Any] = {
    "objective": "lambdarank",
    "label_gain": [0, 1, 5, 8],
    "learning_rate": 0.04,
    "num_leaves": 20,
    "min_data_in_leaf": 50,
    "feature_fraction": 0.5,
    "bagging_fraction": 0.7,
}
JUDGEMENT: dict[str, Any] = {
    "num_leaves": 12,
    "learning_rate": 0.04,
    "min_data_in_leaf": 60,
    "feature_fraction": 0.4,
    "lambda_l2": 10.0,
}
CHOICES, JUDGEMENTS = 300, 200
"""Trees of either kind."""


class Example(NamedTuple):
    """An article with what may be chosen, by models that did not learn from it, and how right each choice is."""

    lesson: Lesson
    seen: Seen
    golden: npt.NDArray[np.bool_]
    """Which of the cues are gold."""
    contents: Floats
    phrases: Floats


def example(lesson: Lesson, seen: Seen) -> Example:
    """The article with the rightness of each choice: F1 for contents, the part of the union for phrases."""
    of_row: dict[int, Gold] = {row: gold for gold in lesson.gold for row in gold.cue.tolist()}
    of_row |= {gold.head: gold for gold in lesson.gold if gold.head >= 0}
    golds = [of_row.get(row) for row in seen.found.cues.tolist()]
    contents = np.zeros(len(seen.contents.which))
    bounds = np.searchsorted(seen.contents.line, np.arange(len(contents) + 1))
    for line, cue in enumerate(seen.contents.which.tolist()):
        gold = golds[cue]
        if gold is not None:
            rows = seen.found.row[seen.contents.pair[bounds[line] : bounds[line + 1]]]
            contents[line] = shared(lesson.weights, rows, gold.content)[0]
    phrases = np.zeros(len(seen.phrases.which))
    for line, cue in enumerate(seen.phrases.which.tolist()):
        gold = golds[cue]
        if gold is not None:
            phrases[line] = shared(lesson.weights, phrase(seen, line), gold.speaker)[1]
    return Example(lesson, seen, np.array([gold is not None for gold in golds], bool), contents, phrases)


def phrase(seen: Seen, line: int) -> Ints:
    """The rows of a phrase; none for nobody."""
    first, last = int(seen.phrases.first[line]), int(seen.phrases.last[line])
    return np.arange(first, last + 1) if first >= 0 else np.zeros(0, dtype=np.int64)


def choosers(given: Sequence[Example]) -> tuple[Trees, Trees]:
    """The trees that choose contents and speakers, from the choices that gold cues have."""
    out = []
    for which, columns, right, names in (
        ([one.seen.contents.which for one in given], [one.seen.of_contents for one in given],
         [one.contents for one in given], content_choice.NAMES),
        ([one.seen.phrases.which for one in given], [one.seen.of_phrases for one in given],
         [one.phrases for one in given], speaker_choice.NAMES),
    ):  # fmt: skip
        known = [one.golden[cues] for one, cues in zip(given, which, strict=True)]
        lines = np.concatenate([each[:, good] for each, good in zip(columns, known, strict=True)], axis=1)
        share = np.concatenate([each[good] for each, good in zip(right, known, strict=True)])
        # A cue's choices stand together; which of them is the best is all that is asked.
        sizes = [np.unique(cues[good], return_counts=True)[1] for cues, good in zip(which, known, strict=True)]
        labels = (2 * (share >= RIGHT) + (share >= GOOD)).astype(np.float64)
        out.append(fit(lines, labels, names, rounds=CHOICES, groups=np.concatenate(sizes), **CHOICE))
    return out[0], out[1]


class Judged(NamedTuple):
    """An article's cues with their best choices: features, and whether content, and content and speaker, are right."""

    example: Example
    columns: npt.NDArray[np.float32]
    inside: npt.NDArray[np.bool_]
    contents: Floats
    """(cues, gold): F1 of the cue's content with each gold one."""
    speakers: Floats
    """(cues, gold): what part of their union speakers share."""
    found: Floats
    right: Floats


def judged(one: Example, content: Trees, speaker: Trees) -> Judged:
    """The article's cues as those trees choose for them."""
    lesson, seen = one.lesson, one.seen
    text = lesson.text
    chosen = learned.choices(content, speaker, seen)
    inside = saying_choice.words(text, seen.found, seen.contents, chosen.content)
    who = np.zeros_like(inside)
    for cue, line in enumerate(chosen.speaker.tolist()):
        who[cue, phrase(seen, line)] = True
    contents = _shares(lesson, inside, [gold.content for gold in lesson.gold])[0]
    speakers = _shares(lesson, who, [gold.speaker for gold in lesson.gold])[1]
    likely = seen.likely * chosen.content_chance
    own = np.array([[row in gold.cue for gold in lesson.gold] for row in seen.found.cues.tolist()])
    cues, golds = np.nonzero(contents >= RIGHT)
    found, right = np.zeros(len(inside)), np.zeros(len(inside))
    order = sorted(
        zip(cues.tolist(), golds.tolist(), strict=True),
        key=lambda pair: (not own[pair], -round(float(contents[pair]), 3), -float(likely[pair[0]]), pair),
    )
    for cue, gold in _one_to_one(order):
        found[cue], right[cue] = 1, speakers[cue, gold] >= RIGHT
    return Judged(one, learned.described(text, seen, chosen), inside, contents, speakers, found, right)


def _shares(lesson: Lesson, mine: npt.NDArray[np.bool_], golds: Sequence[Ints]) -> tuple[Floats, Floats]:
    """F1, and the part of the union, of each set of words with each gold one, by letters; empty ones are the same."""
    other = np.zeros((len(golds), mine.shape[1]), dtype=bool)
    for at, gold in enumerate(golds):
        other[at, gold] = True
    both = (mine * lesson.weights) @ other.T
    total = (mine @ lesson.weights)[:, None] + (other @ lesson.weights)[None, :]
    empty = total <= 0
    return (
        np.where(empty, 1, 2 * both / np.maximum(total, 1e-9)),
        np.where(empty, 1, both / np.maximum(total - both, 1e-9)),
    )


def _one_to_one(pairs: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The pairs in order, without those of which either is in a pair already."""
    left: set[int] = set()
    right: set[int] = set()
    for one, two in pairs:
        if one not in left and two not in right:
            left.add(one)
            right.add(two)
            yield one, two


def judges(given: Sequence[Judged]) -> tuple[Trees, Trees]:
    """The trees that say of a cue whether its content is right, and whether content and speaker are."""
    lines = np.concatenate([one.columns for one in given], axis=1)
    names = saying_choice.NAMES
    labels = (np.concatenate([getattr(one, name) for one in given]) for name in ("found", "right"))
    found, right = (fit(lines, label, names, rounds=JUDGEMENTS, **JUDGEMENT) for label in labels)
    return found, right


def scored(one: Judged, found: Trees, right: Trees) -> Floats:
    """How likely each cue makes a saying that is right."""
    return np.asarray((odds(found.scores(one.columns)) + odds(right.scores(one.columns))) / 2)


def measured(given: Sequence[Judged], scores: Sequence[Floats], least: float) -> dict[str, float]:
    """F1 of content and of content with speaker when sayings from that score on are kept."""
    said = hits = both = gold = 0
    for one, score in zip(given, scores, strict=True):
        kept = saying_choice.kept(score, one.inside, least, learned.ALIKE)
        said += len(kept)
        gold += len(one.example.lesson.gold)
        places = [(cue, at) for cue in kept.tolist() for at in np.flatnonzero(one.contents[cue] >= RIGHT).tolist()]
        for pair in _one_to_one(sorted(places, key=lambda pair: (-one.contents[pair], -one.speakers[pair], pair))):
            hits += 1
            both += bool(one.speakers[pair] >= RIGHT)
    f1 = {"content": 200 * hits / max(1, said + gold), "both": 200 * both / max(1, said + gold)}
    return f1 | {"sayings": said / max(1, len(given))}
