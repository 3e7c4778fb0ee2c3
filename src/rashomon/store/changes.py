"""What a page added, removed and reworded between two captures of it: claims first, then the rest of its text."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Sequence
from difflib import SequenceMatcher
from typing import Literal, TypeVar

import msgspec

from rashomon.model import Claim, Page
from rashomon.stories.words import content_stems, fold

T = TypeVar("T")
ALIKE = 0.5
"""The share of words, from 0 to 1, that two wordings of one thing have in common."""
_SENTENCE = re.compile(r"\S.*?(?:[.!?…][”\"')\]]*(?=\s)|$)", re.S)


class Change(msgspec.Struct, frozen=True):
    """One thing that is other than it was."""

    what: Literal["title", "publication date", "claim", "text"]
    how: Literal["added", "removed", "reworded"]
    before: str | None
    after: str | None
    claims: tuple[str | None, str | None] = (None, None)
    """Ids of the claim before and of the claim after, where it is one."""


class Changes(msgspec.Struct, frozen=True):
    """What changed from one capture of a page to the next."""

    address: str | None
    before: str
    """Page ids."""
    after: str
    when: tuple[str | None, str | None]
    """When the two were captured or came into the store, ISO 8601, UTC."""
    changes: tuple[Change, ...]


def changes(before: Page, old: Sequence[Claim], after: Page, new: Sequence[Claim]) -> list[Change]:
    """The changes, claims first in the order of the texts; a claim that only stands elsewhere has not changed."""
    out: list[Change] = []
    gone, came = _differing(old, new, _said)
    pairs = _paired(gone, came, lambda claim: frozenset(content_stems(_words(claim))), _same_voice)
    reworded = {id(claim) for pair in pairs for claim in pair}
    shown: list[tuple[int, Change]] = []
    for one, two in pairs:
        shown.append((two.span.start, Change("claim", "reworded", _words(one), _words(two), (one.id, two.id))))
    for claim in came:
        if id(claim) not in reworded:
            shown.append((claim.span.start, Change("claim", "added", None, _words(claim), (None, claim.id))))
    for claim in gone:
        if id(claim) not in reworded:
            shown.append((claim.span.start, Change("claim", "removed", _words(claim), None, (claim.id, None))))
    if (before.title or "") != (after.title or ""):
        out.append(Change("title", "reworded", before.title, after.title))
    if before.published.value != after.published.value:
        out.append(Change("publication date", "reworded", before.published.value, after.published.value))
    out += [change for _, change in sorted(shown, key=lambda item: item[0])]
    return out + _text(before.text, after.text, [*gone, *came])


def _words(claim: Claim) -> str:
    return " ".join(claim.span.exact.split())


def _said(claim: Claim) -> Hashable:
    return fold(_words(claim)), claim.status


def _same_voice(one: Claim, two: Claim) -> bool:
    """Whether the two can be one claim in other words: of the same speaker, or of the page's own voice both."""
    return fold(one.speaker.name or one.speaker.text) == fold(two.speaker.name or two.speaker.text)


def _differing(old: Sequence[T], new: Sequence[T], key: Callable[[T], Hashable]) -> tuple[list[T], list[T]]:
    """What is only in the one and only in the other; of what stands twice each is counted."""
    matched: dict[Hashable, int] = {}
    for each in new:
        matched[key(each)] = matched.get(key(each), 0) + 1
    gone: list[T] = []
    for each in old:
        if matched.get(key(each), 0):
            matched[key(each)] -= 1
        else:
            gone.append(each)
    came: list[T] = []
    for each in reversed(new):
        if matched.get(key(each), 0):
            matched[key(each)] -= 1
            came.append(each)
    return gone, came[::-1]


def _paired(
    gone: Sequence[T], came: Sequence[T], words: Callable[[T], frozenset[str]], may: Callable[[T, T], bool]
) -> list[tuple[T, T]]:
    """Pairs that are one thing in two wordings, the most alike first; each is in one pair."""
    bags = [words(each) for each in gone], [words(each) for each in came]
    scored: list[tuple[float, int, int]] = []
    for i, one in enumerate(gone):
        for j, two in enumerate(came):
            common, whole = len(bags[0][i] & bags[1][j]), len(bags[0][i]) + len(bags[1][j])
            if whole and 2 * common / whole >= ALIKE and may(one, two):
                scored.append((-2 * common / whole, i, j))
    out: list[tuple[T, T]] = []
    used: tuple[set[int], set[int]] = (set(), set())
    for _, i, j in sorted(scored):
        if i not in used[0] and j not in used[1]:
            used[0].add(i)
            used[1].add(j)
            out.append((gone[i], came[j]))
    return out


def _text(before: str, after: str, claims: Sequence[Claim]) -> list[Change]:
    """Sentences outside the claims that changed."""
    told = [fold(_words(claim)) for claim in claims]

    def free(sentence: str) -> bool:
        return not any(fold(sentence) in each or each in fold(sentence) for each in told)

    old, new = _sentences(before), _sentences(after)
    out: list[Change] = []
    matcher = SequenceMatcher(None, [fold(each) for each in old], [fold(each) for each in new], autojunk=False)
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag == "equal":
            continue
        gone, came = [each for each in old[i:j] if free(each)], [each for each in new[k:m] if free(each)]
        pairs = _paired(gone, came, lambda each: frozenset(content_stems(each)), lambda one, two: True)
        paired = {each for pair in pairs for each in pair}
        out += [Change("text", "reworded", one, two) for one, two in pairs]
        out += [Change("text", "removed", each, None) for each in gone if each not in paired]
        out += [Change("text", "added", None, each) for each in came if each not in paired]
    return out


def _sentences(text: str) -> list[str]:
    return [" ".join(match.group().split()) for part in text.split("\n\n") for match in _SENTENCE.finditer(part)]
