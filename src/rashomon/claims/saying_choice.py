"""Which cues make a saying: each cue with its best content and speaker, described for small trees to judge."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from rashomon.claims import content_choice, speaker_choice
from rashomon.claims.content_choice import Contents
from rashomon.claims.hashing import Ints
from rashomon.claims.pair_features import Pairs
from rashomon.claims.parsed import Parsed
from rashomon.claims.ruled import Ruled, in_table
from rashomon.claims.speaker_choice import Phrases

Floats = npt.NDArray[np.float32]

OWN = (
    "cue", "content", "speaker", "both", "other_cue", "nobody", "mass", "cues", "paragraph",
    "cue_quoted", "rival", "overlap", "inside", "holds", "ruled",
    "in_table", "rules_content", "rules_speaker", "content_lead", "speaker_lead",
)  # fmt: skip
NAMES = (
    *OWN,
    *(f"content.{name}" for name in content_choice.NAMES),
    *(f"speaker.{name}" for name in speaker_choice.NAMES),
)


class Choices(NamedTuple):
    """For each cue the best way of cutting its content, -1 where there is none, and the best speaker."""

    content: Ints
    content_chance: Floats
    content_lead: Floats
    """How far its score is above the next best; 9 where there is no other."""
    speaker: Ints
    speaker_chance: Floats
    speaker_lead: Floats


def best(which: Ints, scores: npt.NDArray[np.floating], count: int) -> Ints:
    """For each of `count` cues the line of the highest score; -1 for those without lines."""
    out = np.full(count, -1, dtype=np.int64)
    order = np.lexsort((scores, which))
    out[which[order]] = order
    return out


def lead(which: Ints, scores: npt.NDArray[np.floating], count: int) -> Floats:
    """For each of `count` cues how far its best line's score is above its next; 9 where there is no other."""
    order = np.lexsort((-scores, which))
    of, ordered = which[order], scores[order]
    first = np.flatnonzero(np.diff(of, prepend=-1))
    second = first + 1
    has = (second < len(of)) & (of[np.minimum(second, len(of) - 1)] == of[first])
    out = np.full(count, 9.0, dtype=np.float32)
    out[of[first[has]]] = ordered[first[has]] - ordered[second[has]]
    return out


def words(text: Parsed, found: Pairs, given: Contents, chosen: Ints) -> npt.NDArray[np.bool_]:
    """(cues, words): which words are the chosen content of each cue."""
    of_line = np.full(len(given.which) + 1, -1, dtype=np.int64)
    has = np.flatnonzero(chosen >= 0)
    of_line[chosen[has]] = has
    cue = of_line[given.line]
    out = np.zeros((len(chosen), text.size), dtype=bool)
    out[cue[cue >= 0], found.row[given.pair[cue >= 0]]] = True
    return out


def described(
    text: Parsed,
    found: Pairs,
    likely: Floats,
    chances: Floats,
    lines: tuple[Contents, Floats, Phrases, Floats],
    choices: Choices,
    rules: Ruled,
) -> Floats:
    """The features of the cues, a line each, as `NAMES` has them; `likely`: to be a cue."""
    given, of_content, _, of_speaker = lines
    count = len(found.cues)
    cue = found.cues
    odds = np.log(likely / (1 - likely + 1e-6) + 1e-6)
    both = likely * choices.content_chance
    same_sentence = text.sentence[cue][:, None] == text.sentence[cue][None, :]
    same_paragraph = text.paragraph[cue][:, None] == text.paragraph[cue][None, :]
    others = same_paragraph & ~np.eye(count, dtype=bool)
    inside = words(text, found, given, choices.content)
    real = inside.astype(np.float32)
    shared = np.where(others, real @ real.T, 0)
    size = real.sum(1)
    agree = 2 * shared / np.maximum(1, size[:, None] + size[None, :])
    weight = both[None, :]
    holds = inside[:, cue]  # [i, j]: the content of i holds the cue j
    of = np.maximum(choices.content, 0)
    none = np.full((len(content_choice.NAMES), count), -1, dtype=np.float32)
    content = np.where(choices.content >= 0, of_content[:, of], none) if of_content.shape[1] else none
    at = rules.at(cue)
    theirs = rules.words(text.size)[at]
    agreed = 2 * (theirs & inside).sum(1) / np.maximum(1, theirs.sum(1) + size)
    who = Phrases(*(column[choices.speaker] for column in lines[2]))
    first = text.paragraph[0] if text.size else 0
    columns = [
        odds, choices.content_chance, choices.speaker_chance, both,
        np.where(same_sentence & ~np.eye(count, dtype=bool), likely[None, :], 0).max(1, initial=0),
        lines[2].first[choices.speaker] < 0, np.bincount(found.which, weights=chances[:, 1], minlength=count),
        np.full(count, count / max(1, text.size)), text.paragraph[cue] - first, text.quote[cue] > 0,
        np.where(agree > 0.5, weight, 0).max(1, initial=0), (agree * weight).max(1, initial=0),
        np.where(others & holds.T, weight, 0).max(1, initial=0), np.where(others & holds, weight, 0).max(1, initial=0),
        at >= 0, in_table(text.lemma[cue]), np.where(at < 0, -1, agreed), speaker_choice.agreement(rules, cue, who),
        choices.content_lead, choices.speaker_lead,
    ]  # fmt: skip
    own = np.stack([np.asarray(column, dtype=np.float32) for column in columns])
    return np.concatenate([own, content, of_speaker[:, choices.speaker]]).astype(np.float32)


def kept(scores: npt.NDArray[np.floating], inside: npt.NDArray[np.bool_], least: float, alike: float) -> Ints:
    """The cues whose score is at least so high, without those whose content a better one has, in the text's order."""
    real = inside.astype(np.float32)
    size = real.sum(1)
    same = 2 * (real @ real.T) >= alike * (size[:, None] + size[None, :])
    out: list[int] = []
    for cue in np.argsort(-scores, kind="stable").tolist():
        if scores[cue] < least:
            break
        if size[cue] and not same[cue, out].any():
            out.append(cue)
    return np.array(sorted(out), dtype=np.int64)
