"""What one page says of the killed and the injured: its counts, whom its sentences list, and words that tell.

Patterns over folded sentences; whom a sentence lists without counting is read by `toll_people`.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple

from rashomon.model import Page
from rashomon.stories.toll_people import NUMBERS, census
from rashomon.stories.words import fold, rows

KINDS = ("killed", "injured")
STATES = ("killed", "injured", "shot")
AREA = 3000
"""Characters of a page that are looked at: what comes later is mostly other news."""
LEAD = 500
"""Characters of a page in which it tells what is new."""

_N = r"(\d{1,3}(?!\d|[,.:]\d|-year| ?percent| years?| times| shots?| rounds?)|" + "|".join(list(NUMBERS)[1:]) + r")"
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
        rf"|\b{_N}(?: of them)? (?:fatally|mortally)\b(?! (?:shot|wounded))"
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
_ELSEWHERE = re.compile(
    r"\b(?:separate|weekend|overnight|shootings|incidents|this year|so far|unrelated|another shooting|last year)\b"
    r"|\bviolence\b|\bsince (?:friday|saturday|sunday|january)\b"
)
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
    listed: dict[str, list[int]]
    """"killed", "injured", "shot" → how many each sentence that tells of such people lists, in the page's order."""
    lead_listed: dict[str, list[int]]
    """Those of the title and the head."""
    total: int
    """The most that one sentence lists, whatever became of them."""
    ordinal: int
    """"A fourth victim": the highest; 0 for none."""
    accused_dead: bool
    """Whether a sentence that speaks of who did it tells of somebody killed."""
    elsewhere: int
    """In how many sentences it speaks of other events or of a total ("separate", "weekend", "this year")."""
    lead_elsewhere: bool


def _number(text: str) -> int:
    return NUMBERS[text] if text in NUMBERS else int(text)


def read(page: Page) -> PageToll:
    """What a page says, by its title and the first of its text."""
    title = fold(page.title or "")
    sentences = [title, *(fold(part) for part in _SENTENCE.split(page.text[:AREA]))]
    starts = [0, *itertools.accumulate(len(sentence) for sentence in sentences)]
    placed = list(zip(sentences, [start <= LEAD for start in starts], strict=False))
    cues, people = _cued(placed)
    counted = [(kind, value, early) for sentence, early in placed for kind, value in _counted(sentence)]
    told = [(census(sentence), early) for sentence, early in placed]
    listed = [(kind, getattr(each, kind), early) for each, early in told for kind in STATES if getattr(each, kind)]
    elsewhere = [early for sentence, early in placed if _ELSEWHERE.search(sentence)]
    return PageToll(
        counts=_by_kind(counted),
        lead=_by_kind(each for each in counted if each[2]),
        people=people,
        cues=cues,
        listed=_by_kind(listed),
        lead_listed=_by_kind(each for each in listed if each[2]),
        total=max(each.killed + each.injured + each.shot for each, _ in told),
        ordinal=max(each.ordinal for each, _ in told),
        accused_dead=any(each.accused and each.killed for each, _ in told),
        elsewhere=len(elsewhere),
        lead_elsewhere=any(elsewhere),
    )


def _by_kind(found: Iterable[tuple[str, int, bool]]) -> dict[str, list[int]]:
    out: dict[str, list[int]] = {kind: [] for kind in STATES}
    for kind, value, _ in found:
        out[kind].append(value)
    return out


def _cued(sentences: Sequence[tuple[str, bool]]) -> tuple[dict[str, int], dict[str, int]]:
    """In how many sentences each cue stands; how many different people those with words of death and wounds tell of."""
    cues: Counter[str] = Counter()
    people: dict[str, set[str]] = {kind: set() for kind in KINDS}
    for place, (sentence, early) in enumerate(sentences):
        found = [cue for cue, pattern in _cues().items() if pattern.search(sentence)]
        cues.update(found)
        cues.update(f"lead {cue}" for cue in found if early)
        cues.update(f"title {cue}" for cue in found if not place)
        if "suspect" not in found:
            told = {next(filter(None, match)) for match in _PERSON.findall(sentence)}
            for kind, cue in (("killed", "dead"), ("injured", "hurt")):
                if cue in found:
                    people[kind] |= told
    ages = {kind: sum(each[:1].isdigit() for each in told) or min(len(told), 1) for kind, told in people.items()}
    return dict(cues), ages


def _counted(sentence: str) -> Iterable[tuple[str, int]]:
    for kind, pattern in _COUNTS.items():
        for match in pattern.finditer(sentence):
            yield kind, _number(next(filter(None, match.groups())))
    for match in _MULTIPLE.finditer(sentence):
        yield ("shot" if match[2] in ("shooting", "fatal") else "killed"), _TIMES[match[1]]
