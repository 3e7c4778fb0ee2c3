"""How many were killed and injured in one story, from all of its pages: what they count, and whom they only list.

Pages count in many ways: "two dead, three hurt", "five people were shot" (the dead among them), "a double shooting",
"a teen is dead and another is hurt", or a name and an age in each sentence. What a page says is read by patterns into
figures; which value of a story they speak for, boosted trees say (`models/toll.npz`, made by `train/toll.py`). Where
none is likely enough, or the file was left out, the value is unknown.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from rashomon.model import Page
from rashomon.stories.toll_words import CLASSES, chances, grams, own
from rashomon.stories.words import fold, rows
from rashomon.trees import Trees, odds, shipped

KINDS = ("killed", "injured")
AREA = 3000
"""Characters of a page that are looked at: what comes later is mostly other news."""
LEAD = 500
"""Characters of a page in which it tells what is new."""
MOST = 60
"""No value above is asked for unless a page counts it."""
SURE = 0.15
"""The chance below which a value is unknown."""

_NUMBERS = {
    word: number
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen".split()
    )
}
_N = r"(\d{1,3}(?!\d|[,.:]\d|-year| ?percent| years?| times| shots?| rounds?)|" + "|".join(list(_NUMBERS)[1:]) + r")"
_WHO = (
    r"(?: (?:other|others|more|additional|young|teenage|adult|male|female|local|police|innocent))*"
    r"(?: (?:people|persons?|men|man|women|woman|teens?|teenagers?|children|child|students?|others?|victims?|adults?"
    r"|kids|boys?|girls?|officers?|deputies|bystanders?|youths?|brothers|sisters|family members|residents))?"
)
_BE = r"(?: (?:who |that )?(?:were|was|are|is|have been|has been|had been|left|confirmed|reported|lay|lie))*"
_HOW = r"(?: (?:also|seriously|critically|badly|slightly|reportedly|apparently|fatally|shot and|found))*"
_DEAD = r"(?:killed|dead|slain|murdered|fatally (?:shot|wounded)|died)"
_HURT = (
    r"(?:injured|wounded|hurt|hospitali[sz]ed|in (?:the )?hospital"
    r"|(?:in )?(?:critical|stable|serious|fair|good) condition)"
)
_COUNTS = {
    "killed": re.compile(
        rf"\b{_N}{_WHO}{_BE}{_HOW} {_DEAD}\b"
        rf"|\b(?:kill(?:ed|s|ing)?|deaths? of|murder(?:ed|ing)? of|leav(?:es|ing)|left)(?: at least)? {_N}{_WHO}"
        rf"(?= dead|[,.;]| and| in\b| at\b| on\b|$)"
        rf"|\b{_N} (?:homicides|deaths|murders|fatalities)\b"
    ),
    "injured": re.compile(
        rf"\b{_N}{_WHO}{_BE}{_HOW} {_HURT}\b"
        rf"|\b(?:injur(?:ed|es|ing)|wound(?:ed|s|ing)?|hurt(?:s|ing)?)(?: at least)? {_N}{_WHO}"
    ),
    "shot": re.compile(
        rf"\b{_N}{_WHO}{_BE}(?: also)? (?:shot|gunned down|struck|hit|victims)\b(?! and killed)"
        rf"|\bsho(?:t|oting|ots)(?: at least| of)? {_N}{_WHO}(?= |[,.;])"
    ),
}
_MULTIPLE = re.compile(r"\b(double|triple|quadruple|quintuple)[- ](shooting|homicide|murder|slaying|fatal)")
_TIMES = {"double": 2, "triple": 3, "quadruple": 4, "quintuple": 5}
_SENTENCE = re.compile(r"(?<=[.!?])[\"”')]*\s+|\n+")
_PERSON = re.compile(
    r"\b(\w+)[- ]years?[- ]old\b|, (\d{1,2}),|\b(man|woman|boy|girl|teen|teenager|child|baby|toddler|mother|father|son"
    r"|daughter|wife|husband|brother|sister|girlfriend|boyfriend|officer|deputy|victim|student|clerk|owner)\b"
)


@cache
def _cues() -> dict[str, re.Pattern[str]]:
    """Cue → pattern of its words, from the table."""
    found: dict[str, list[str]] = {}
    for words, cue, _ in rows("toll_cues"):
        found.setdefault(cue, []).append(re.escape(words))
    return {cue: re.compile(rf"\b(?:{'|'.join(words)})\b") for cue, words in found.items()}


class PageToll(NamedTuple):
    """What one page says of the killed and the injured."""

    counts: dict[str, list[int]]
    """"killed", "injured", "shot" → the counts in the order of the page."""
    lead: dict[str, list[int]]
    """Those of the title and the head."""
    people: dict[str, int]
    """"killed", "injured" → how many different people the sentences with such words tell of, told by age or noun."""
    cues: dict[str, int]
    """Cue of the table → in how many sentences; "title CUE" likewise."""


def _number(text: str) -> int:
    return _NUMBERS[text] if text in _NUMBERS else int(text)


def read(page: Page) -> PageToll:
    """What a page says, by its title and the first of its text."""
    title = fold(page.title or "")
    sentences = [title, *(fold(part) for part in _SENTENCE.split(page.text[:AREA]))]
    counts: dict[str, list[int]] = {kind: [] for kind in _COUNTS}
    lead: dict[str, list[int]] = {kind: [] for kind in _COUNTS}
    cues: Counter[str] = Counter()
    people: dict[str, set[str]] = {kind: set() for kind in KINDS}
    at = 0
    for place, sentence in enumerate(sentences):
        for kind, value in _counted(sentence):
            counts[kind].append(value)
            if at <= LEAD:
                lead[kind].append(value)
        found = [cue for cue, pattern in _cues().items() if pattern.search(sentence)]
        cues.update(found)
        cues.update(f"lead {cue}" for cue in found if at <= LEAD)
        cues.update(f"title {cue}" for cue in found if not place)
        if "suspect" not in found:
            told = {next(filter(None, match)) for match in _PERSON.findall(sentence)}
            for kind, cue in (("killed", "dead"), ("injured", "hurt")):
                if cue in found:
                    people[kind] |= told
        at += len(sentence)
    ages = {kind: sum(each[:1].isdigit() for each in told) or min(len(told), 1) for kind, told in people.items()}
    return PageToll(counts, lead, ages, dict(cues))


def _counted(sentence: str) -> Iterable[tuple[str, int]]:
    for kind, pattern in _COUNTS.items():
        for match in pattern.finditer(sentence):
            yield kind, _number(next(filter(None, match.groups())))
    for match in _MULTIPLE.finditer(sentence):
        yield ("shot" if match[2] in ("shooting", "fatal") else "killed"), _TIMES[match[1]]


CUES = (
    "dead", "hurt", "suicide", "gunman dead", "unhurt", "police fired", "suspect", "another", "both", "total",
    "robbery", "accident", "self", "charged with murder", "charged with assault", "stable", "shots only",
)  # fmt: skip
FEATURES: tuple[str, ...] = (
    "value", "pages", "counted first", "counted ever", "counted in lead", "most frequent", "last page",
    "other first", "other most", "shot first", "shot less killed", "shot most", "shot share",
    "people", "people share", "people of other", "first most", "lead most", "none counted", "highest", "lowest",
    "words", *(f"words {kind} {n}" for kind in KINDS for n in range(CLASSES)),
    *(f"share {cue}" for cue in CUES), *(f"lead {cue}" for cue in CUES), *(f"title {cue}" for cue in CUES),
)  # fmt: skip
"""What a value of a story is judged by; "share" and "lead" are shares of the pages that have the cue."""


def _usual(values: Sequence[int], none: int = -1) -> int:
    """The most frequent value; of two alike the lower."""
    counts = Counter(values)
    return min(counts, key=lambda value: (-counts[value], value)) if counts else none


def _firsts(told: Sequence[PageToll], kind: str) -> list[int]:
    return [(page.lead[kind] or page.counts[kind])[0] for page in told if page.counts[kind]]


def values(told: Sequence[PageToll], kind: str) -> list[int]:
    """The values that may be a story's: few, and what its pages count, alone or less those killed."""
    found = {0, 1, 2, 3}
    for page in told:
        found.update(page.counts[kind])
        for shot in page.counts["shot"]:
            found.update({shot, max(0, shot - 1), max(0, shot - 2)})
            found.update(max(0, shot - dead) for dead in page.counts["killed"])
        found.add(min(page.people[kind], MOST))
    return sorted(value for value in found if value <= 999)


def columns(told: Sequence[PageToll], kind: str, words: NDArray[np.float64]) -> tuple[list[int], NDArray[np.float32]]:
    """The values that may be, and their features: one line a feature, one column a value.

    `words`: what `toll_words.chances` says of the pages.
    """
    mine = words[KINDS.index(kind)]
    other = KINDS[1 - KINDS.index(kind)]
    n = len(told)
    firsts, others, shots = (_firsts(told, each) for each in (kind, other, "shot"))
    ever = [set(page.counts[kind]) for page in told]
    lead = [value for page in told for value in page.lead[kind][:1]]
    everything = [value for page in told for value in page.counts[kind]]
    people = [page.people[kind] for page in told]
    usual, shot = _usual(firsts), _usual(shots)
    dead = _usual(_firsts(told, "killed"), _usual([min(1, page.cues.get("dead", 0)) for page in told], 0))
    cues = [sum(1 for page in told if page.cues.get(cue)) / n for cue in CUES]
    leads = [sum(1 for page in told if page.cues.get(f"lead {cue}")) / n for cue in CUES]
    titles = [sum(1 for page in told if page.cues.get(f"title {cue}")) / n for cue in CUES]
    possible = values(told, kind)
    out = []
    for value in possible:
        out.append([
            value, n, firsts.count(value) / n, sum(value in found for found in ever) / n, lead.count(value) / n,
            usual == value, bool(firsts) and firsts[-1] == value, others.count(value) / n, _usual(others),
            shots.count(value) / n, bool(shots) and shot - dead == value, shot, len(shots) / n,
            people.count(value) / n, _usual(people, 0), _usual([page.people[other] for page in told], 0),
            usual, _usual(lead), 1 - len(firsts) / n, max(everything, default=-1), min(everything, default=-1),
            mine[min(value, CLASSES - 1)], *words.ravel(), *cues, *leads, *titles,
        ])  # fmt: skip
    return possible, np.array(out, np.float32).T


class Toll(NamedTuple):
    """How many were killed or injured in a story."""

    value: int | None
    """Null where no value is likely enough."""
    chance: float
    """Of the likeliest value, between 0 and 1."""
    counted: tuple[str, ...]
    """Ids of the pages that count this value."""
    why: str


def toll(pages: Sequence[Page], kind: str) -> Toll:
    """How many people one story's pages tell were "killed" or "injured"."""
    trees, weights = shipped("stories", f"toll_{kind}"), own()
    if not pages:
        return Toll(None, 0.0, (), "no page was read")
    if trees is None or weights is None:
        return Toll(None, 0.0, (), "the files that weigh what pages count were left out")
    return settled(pages, [read(page) for page in pages], kind, chances(grams(pages), weights), trees)


def settled(
    pages: Sequence[Page], told: Sequence[PageToll], kind: str, words: NDArray[np.float64], trees: Trees
) -> Toll:
    """The likeliest value by these trees, or none; the other arguments as for `columns`."""
    possible, found = columns(told, kind, words)
    likely = odds(trees.scores(found))
    best = int(likely.argmax())
    value, chance = possible[best], float(likely[best])
    counted = tuple(page.id for page, page_toll in zip(pages, told, strict=True) if value in page_toll.counts[kind])
    if chance < SURE:
        return Toll(None, chance, (), "what the pages count and whom they list does not settle it")
    if counted:
        return Toll(value, chance, counted, f"{len(counted)} of {len(pages)} pages count {value} {kind}")
    return Toll(value, chance, (), f"no page counts the {kind}; whom they tell of speaks for {value}")
