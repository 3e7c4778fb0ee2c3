"""Fit the learned reader of speech: `src/rashomon/claims/models/speech.npz`.

    OPENBLAS_NUM_THREADS=1 python train/speech_learn.py DATA_DIR [--no-write | --cross-validate]

Reads the train part of `attribution` in DATA_DIR, parses it with the reader's network, and fetches nothing. The trees
learn from choices that scorers and networks of other folds give, so the figures printed are out of fold. With
--cross-validate nothing is fitted on everything, and nothing written. The same data gives the same bytes on the same
processor.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

import speech_cues
import speech_network
from gold.rows import rows
from rashomon.claims import learned
from rashomon.claims.learned import Model, Scorer, Seen, saved
from rashomon.claims.pair_network import Network
from speech_choices import Example, Judged, choosers, example, judged, judges, measured, scored
from speech_lessons import Lesson, lessons

FOLDS = 4
GROUPS = 3
"""The trees are tried on groups of articles of their own."""
LEVELS = tuple(round(0.2 + 0.02 * step, 2) for step in range(16))
EVEN = 0.08
"""Points of F1 that are no difference; of levels that are even the highest is taken, at which least is said wrongly."""
PLACE = Path(__file__).parents[1] / "src/rashomon/claims/models/speech.npz"

Floats = npt.NDArray[np.float64]


def looked_at(scorer: Scorer, network: Network, lesson: Lesson) -> Seen:
    """What may be chosen in an article."""
    text = lesson.text
    return learned.seen(network, text, *learned.cues(scorer, text, lesson.rules.cue), lesson.rules)


def out_of_fold(given: Sequence[Lesson]) -> list[Example]:
    """Each article as scorers and networks see it that did not learn from it."""
    out: dict[str, Example] = {}
    for fold in range(FOLDS):
        others = [lesson for lesson in given if lesson.fold != fold]
        scorer = speech_cues.scorer(others)
        network = speech_network.learnt(others)
        for lesson in given:
            if lesson.fold == fold:
                out[lesson.id] = example(lesson, looked_at(scorer, network, lesson))
        say(f"fold {fold}")
    return [out[lesson.id] for lesson in given]


def judged_in_turn(given: Sequence[Example]) -> tuple[list[Judged], list[Floats]]:
    """Each article as trees of other groups choose for it, and the scores that judges of other groups give."""
    group = [at // FOLDS % GROUPS for at in range(len(given))]
    found: list[Judged | None] = [None] * len(given)
    for held in range(GROUPS):
        content, speaker = choosers([one for one, own in zip(given, group, strict=True) if own != held])
        for at, own in enumerate(group):
            if own == held:
                found[at] = judged(given[at], content, speaker)
    cases = [one for one in found if one is not None]
    scores: list[Floats] = [np.zeros(0)] * len(cases)
    for held in range(GROUPS):
        trees = judges([one for one, own in zip(cases, group, strict=True) if own != held])
        for at, own in enumerate(group):
            if own == held:
                scores[at] = scored(cases[at], *trees)
    return cases, scores


def best_level(cases: Sequence[Judged], scores: Sequence[Floats]) -> float:
    """The highest score from which on content with speaker is as good as it can be; prints all levels."""
    found = {level: measured(cases, scores, level) for level in LEVELS}
    for level, figures in found.items():
        say(f"  from {level:.2f}: " + "  ".join(f"{name} {value:.2f}" for name, value in figures.items()))
    best = max(figures["both"] for figures in found.values())
    return max(level for level, figures in found.items() if figures["both"] > best - EVEN)


_BEGAN = time.monotonic()


def say(line: str) -> None:
    """Print with the minutes since the start."""
    print(f"{(time.monotonic() - _BEGAN) / 60:5.1f} min  {line}", flush=True)


def main() -> None:
    """Fit, print, write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--no-write", action="store_true")
    parser.add_argument("--cross-validate", action="store_true")
    options = parser.parse_args()
    given = list(lessons(list(rows(options.folder, "attribution", "train")), FOLDS))
    say(f"{len(given)} articles, {sum(len(lesson.gold) for lesson in given)} sayings")
    examples = out_of_fold(given)
    cases, scores = judged_in_turn(examples)
    least = best_level(cases, scores)
    say(f"out of fold, the least score is {least}")
    if options.cross_validate:
        return
    scorer = speech_cues.scorer(given)
    network = speech_network.learnt(given)
    content, speaker = choosers(examples)
    # The judges learn from choices by trees of other groups: trees judge what they learnt from too well.
    found, right = judges(cases)
    data = saved(Model(scorer, network, content, speaker, found, right, least))
    say(f"{len(data) / 1e6:.2f} MB")
    if not options.no_write:
        PLACE.parent.mkdir(exist_ok=True)
        PLACE.write_bytes(data)


if __name__ == "__main__":
    main()
