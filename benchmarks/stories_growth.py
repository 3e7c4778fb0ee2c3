"""What a page costs in a stream that grows: pages a second at 1,000, 10,000 and 100,000 pages, and the ratio.

Called by `stories.py --stream`. The pages are the incidents over and over; each round has other names, places, numbers
and years, so that it tells other stories. Over the pages before a mark, where is measured, that is done in the text: a
word with a capital inside a sentence, and most words of the title, become a word that is made of the old one and the
round; a number becomes another of as many digits. The pages in between, which only have to be there, are renamed in
what was read of them, and founded as stories without a look at the others, which is sooner done. Beside it a single
pass by TF-IDF, up to 10,000 pages: each page of it takes longer than the one before.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Sequence
from typing import NamedTuple
from zlib import crc32

from msgspec.structs import replace

from rashomon.model import Dated, Page
from rashomon.stories.memory import Growing, Memory, Seen, stub
from rashomon.stories.profiles import profile
from rashomon.stories.stream import Stream
from rashomon.stories.traits import Traits, read
from single_pass import SinglePass

MARKS = (1_000, 10_000, 100_000)
WINDOW = {1_000: 500, 10_000: 1_000, 100_000: 2_000}
"""Pages before each mark over which is measured."""
_BESIDE, _TIMED = 10_000, 20
# Up to so many pages the single pass is measured, over so many pages before each mark: it takes long.
_NAME = re.compile(r"[A-Z][a-z]{2,}(?:['’]s)?")
_NUMBER = re.compile(r"(?<![\w.,])\d{2,6}\b")
_KEPT = frozenset(
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August "
    "September October November December Street Avenue Road Drive Police The This That Sunday's Monday's".split()
)
_SYLLABLES = [first + vowel for first in "bdfgklmnprstvz" for vowel in ("a", "e", "i", "o", "u", "an", "el", "or")]
YEARS = 60
"""Rounds after which the years begin again, so that dates stay dates."""


class Cost(NamedTuple):
    """What a page costs, in milliseconds."""

    read: float
    """Reading what it is recognised by."""
    place: float
    """The rest of the step."""
    beside: float
    """The single pass by TF-IDF, without the reading."""


class Rounds:
    """Endless pages: the given ones as they are, then ever again with other names, numbers and years."""

    def __init__(self, base: Sequence[Page]) -> None:
        self._base = base
        self._traits = [read(page) for page in base]

    def page(self, number: int) -> Page:
        """The page of a number, with its own text."""
        turn, at = divmod(number, len(self._base))
        # Also in the first round: words that were met before cost less to read.
        return _other(self._base[at], turn + 1)

    def filling(self, number: int) -> tuple[Page, Traits]:
        """A page whose text is that of the first round, and traits that are its own."""
        turn, at = divmod(number, len(self._base))
        page, traits = self._base[at], self._traits[at]
        return (replace(page, id=f"{page.id} {turn}"), _renamed(traits, turn)) if turn else (page, traits)


def _renamed(traits: Traits, turn: int) -> Traits:
    """What is read of a page with other names, and some years later."""
    later = 365 * (turn % YEARS)
    words = {f"{word}{turn}" if word in traits.proper else word: count for word, count in traits.words.items()}
    keys = {
        kind: tuple(f"{key} {turn}" for key in found) if kind in ("name", "street", "block", "aged") else found
        for kind, found in traits.keys.items()
    }
    keys["day"] = tuple(str(int(day) + later) for day in keys["day"])
    return Traits(
        words=words,
        titled=traits.titled,
        leading=traits.leading,
        proper=frozenset(f"{word}{turn}" for word in traits.proper),
        keys=keys,
        written={f"{term} {turn}": name for term, name in traits.written.items()},
        told=tuple(day + later for day in traits.told),
        days=traits.days and (traits.days[0] + later, traits.days[1] + later),
    )


def _other(page: Page, turn: int) -> Page:
    def name(match: re.Match[str]) -> str:
        word = match.group()
        if word in _KEPT:
            return word
        number = crc32(f"{turn} {word.removesuffix('’s')}".encode())
        parts = [_SYLLABLES[number >> shift & 63] for shift in (0, 8, 16)]
        return "".join(parts).capitalize()

    def digits(match: re.Match[str]) -> str:
        old = match.group()
        return f"{crc32(f'{turn} {old}'.encode()) % 9 + 1}{crc32(f'{old} {turn}'.encode()):010}"[: len(old)]

    def inside(match: re.Match[str]) -> str:
        return _NAME.sub(name, match.group())

    text = _NUMBER.sub(digits, re.sub(r"(?<=[a-z,;] )(?:[A-Z][\w’']+ ?)+", inside, page.text))
    value = page.published.value or "2014-01-01"
    date = Dated(f"{2014 + turn % YEARS}{value[4:]}", "stated", "made for the benchmark")
    return replace(page, id=f"{page.id} {turn}", title=_NAME.sub(name, page.title or ""), text=text, published=date)


def costs(pages: Rounds, marks: Sequence[int] = MARKS, beside: bool = True) -> Iterator[tuple[int, Cost]]:
    """What a page costs before each of the marks, in one stream; `beside`: and in a single pass by TF-IDF."""
    memory = Memory()
    stream, single, count = Stream(memory), SinglePass(0.13), 0
    for mark in marks:
        for number in range(count, mark - WINDOW[mark]):
            page, traits = pages.filling(number)
            _found(memory, stream, page, traits)
            if beside and mark <= _BESIDE:
                single.add(traits, alone=True)
        spent_reading = spent = spent_beside = 0.0
        for number in range(mark - WINDOW[mark], mark):
            page = pages.page(number)
            start = time.process_time()
            traits = read(page)
            middle = time.process_time()
            stream.place(page, traits)
            end = time.process_time()
            spent_reading += middle - start
            spent += end - middle
            if beside and mark <= _BESIDE:
                single.add(traits, alone=number < mark - _TIMED)
                spent_beside += (time.process_time() - end) * (number >= mark - _TIMED)
        count = mark
        yield mark, Cost(*(1000 * part for part in (spent_reading / WINDOW[mark], spent / WINDOW[mark],
                                                    spent_beside / _TIMED)))  # fmt: skip


def _found(memory: Memory, stream: Stream, page: Page, traits: Traits) -> None:
    """Let a page found a story, as if it had been found to be of none before."""
    weighed = memory.rarity.weigh(traits)
    memory.growing.append(Growing(stub(page), [len(memory.seen)], []))
    stream.post(
        Seen(memory.growing[-1].founder, profile(traits, weighed), len(memory.growing) - 1, {}), weighed.finding
    )


def growth(base: Sequence[Page], upto: int) -> None:
    """Print the table."""
    marks = [mark for mark in MARKS if mark <= upto]
    pages = Rounds(base)
    print("| pages | pages/s, the whole step | reading traits alone | the rest alone | online TF-IDF, the rest |")
    print("|---|---|---|---|---|")
    found = []
    for mark, cost in costs(pages, marks):
        parts = (cost.read + cost.place, *cost)
        print(f"| {mark} | {' | '.join(f'{1000 / part:.0f}' if part else '–' for part in parts)} |", flush=True)
        found.append(cost)
    # A small stream is soon measured, and so again after the large one: the machine may have others to serve too.
    small = [found[0], *(next(costs(pages, MARKS[:1], beside=False))[1] for _ in range(4))]
    whole = sorted(cost.read + cost.place for cost in small)[2]
    place, last = sorted(cost.place for cost in small)[2], found[-1]
    print(f"At {marks[0]} pages (median of five streams) {1000 / whole:.0f} pages/s, the rest {1000 / place:.0f}.")
    print(f"Cost at {marks[-1]} over cost at {marks[0]}: {(last.read + last.place) / whole:.2f}, of the rest "
          f"{last.place / place:.2f}.")  # fmt: skip
