"""Incidents with their pages and how many were killed and injured in each, and how answers are scored."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from gold.rows import rows
from gold.stories import gva
from rashomon.model import Page

KINDS = ("killed", "injured")
Answers = Mapping[str, Mapping[str, int | None]]


class Incident(NamedTuple):
    """One story."""

    id: str
    gold: dict[str, int]
    pages: list[Page]
    disagree: bool
    """Whether a crude pattern finds different first counts of one kind on two of its pages."""


def incidents(folder: Path) -> list[Incident]:
    """The incidents with gold and a usable page, their pages in order of publication."""
    pages, story = gva(folder)
    of: dict[str, list[Page]] = defaultdict(list)
    for page in pages:
        of[story[page.id]].append(page)
    gold = {row["incident"]: row["gold"] for row in rows(folder, "incidents") if row["gold"]}
    return [
        Incident(name, {kind: gold[name][kind] for kind in KINDS}, found, disagree(found))
        for name, found in of.items()
        if name in gold
    ]


WORDS = {w: n for n, w in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())}
_N = r"(?P<{}>\d{{1,3}}|" + "|".join(list(WORDS)[1:]) + ")"
_PEOPLE = (
    r"(?: other| more)?(?: people| persons| men| women| teens| teenagers| children| students| others| victims| adults"
    r"| kids| boys| girls| officers)?"
)
_LINK = r"(?: were| was| are| is| have been| has been| left| confirmed| shot and)?"
_END = {"killed": r" (?:killed|dead|slain|fatally shot)", "injured": r" (?:injured|wounded|hurt|hospitalized)"}
_VERB = {
    "killed": "(?:killed|killing|kills)",
    "injured": "(?:injured|injuring|injures|wounded|wounding|wounds|hurting)",
}
COUNTS = {
    kind: re.compile(
        rf"\b{_N.format('a')}{_PEOPLE}{_LINK}{_END[kind]}\b"
        rf"|\b{_VERB[kind]} (?:at least )?{_N.format('b')}\b(?! ?-?years?| ?-?year-old| times?)",
        re.IGNORECASE,
    )
    for kind in KINDS
}
"""The crude patterns, of the baselines and of the group "disagree"."""


def counts(kind: str, page: Page) -> list[int]:
    """What the crude pattern finds on a page, in order."""
    found = [(m["a"] or m["b"]).lower() for m in COUNTS[kind].finditer(f"{page.title or ''}. {page.text}")]
    return [WORDS[word] if word in WORDS else int(word) for word in found]


def disagree(pages: Sequence[Page]) -> bool:
    return any(len({found[0] for page in pages if (found := counts(kind, page))}) > 1 for kind in KINDS)


def score(given: Sequence[Incident], answers: Answers) -> list[float]:
    """Right killed, right injured, both right, both answered, both right where pages disagree, as shares of incidents
    (where none is answered, nothing is right); and both right as a share of the incidents that are answered."""

    def right(incident: Incident, kinds: Sequence[str]) -> bool:
        return all(answers.get(incident.id, {}).get(kind) == incident.gold[kind] for kind in kinds)

    several = [incident for incident in given if incident.disagree]
    answered = sum(all(answers.get(i.id, {}).get(kind) is not None for kind in KINDS) for i in given)
    both = sum(right(incident, KINDS) for incident in given)
    return [
        *(sum(right(incident, [kind]) for incident in given) / len(given) for kind in KINDS),
        both / len(given),
        answered / len(given),
        sum(right(incident, KINDS) for incident in several) / max(1, len(several)),
        both / max(1, answered),
    ]


HEAD = """| method | killed | injured | both | both answered | both, where pages disagree | both, of the answered |
| --- | --- | --- | --- | --- | --- | --- |"""


def line(name: str, found: Sequence[float]) -> str:
    return f"| {name} | " + " | ".join(f"{value:.3f}" for value in found) + " |"
