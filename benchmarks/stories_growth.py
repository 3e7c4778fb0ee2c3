"""What a page costs in a stream that grows: pages a second at 1,000, 10,000 and 100,000 pages, and the ratio.

Called by `stories.py --stream`. The pages are the incidents over and over; each round has other names, places, numbers
and years, so that it tells other stories: a word with a capital inside a sentence, and most words of the title, become
a word that is made of the old one and the round; a number becomes another of as many digits. Weekdays and months stay.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple
from zlib import crc32

from msgspec.structs import replace

from rashomon.model import Dated, Page
from rashomon.stories.stream import Stream
from rashomon.stories.traits import read
from single_pass import SinglePass

MARKS = (1_000, 10_000, 100_000)
WINDOW = {1_000: 500, 10_000: 1_000, 100_000: 2_000}
"""Pages before each mark over which is measured."""
_BESIDE = 20
# Pages before each mark that the single pass is timed over: it takes long.
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


def rounds(base: Sequence[Page]) -> Iterator[Page]:
    """Endless pages: the given ones as they are, then ever again with other names, numbers and years."""
    turn = 0
    while True:
        for page in base:
            yield _other(page, turn) if turn else page
        turn += 1


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


def costs(pages: Iterable[Page], marks: Sequence[int] = MARKS, beside: bool = True) -> Iterator[tuple[int, Cost]]:
    """What a page costs before each of the marks, in one stream; `beside`: and in a single pass by TF-IDF."""
    stream, single, pages, count = Stream(), SinglePass(0.13), iter(pages), 0
    for mark in marks:
        spent_reading = spent = spent_beside = 0.0
        for page in islice(pages, mark - count):
            count += 1
            start = time.process_time()
            traits = read(page)
            middle = time.process_time()
            stream.place(page, traits)
            end = time.process_time()
            counts = mark - count < WINDOW[mark]
            spent_reading += counts * (middle - start)
            spent += counts * (end - middle)
            if beside:
                timed = mark - count < _BESIDE
                start = time.process_time()
                single.add(traits, alone=not timed)
                spent_beside += timed * (time.process_time() - start)
        parts = (spent_reading / WINDOW[mark], spent / WINDOW[mark], spent_beside / _BESIDE)
        yield mark, Cost(*(1000 * part for part in parts))


def growth(base: Sequence[Page], upto: int) -> None:
    """Print the table."""
    marks = [mark for mark in MARKS if mark <= upto]
    print("| pages | pages/s, the whole step | reading traits alone | the rest alone | online TF-IDF |")
    print("|---|---|---|---|---|")
    found = []
    for mark, cost in costs(rounds(base), marks):
        whole = cost.read + cost.place
        print(f"| {mark} | {' | '.join(f'{1000 / each:.0f}' for each in (whole, *cost))} |", flush=True)
        found.append(cost)
    # A small stream is soon measured, and so more than once: the machine has others to serve too.
    small = [found[0], *(next(costs(rounds(base), MARKS[:1], beside=False))[1] for _ in range(4))]
    whole = sorted(cost.read + cost.place for cost in small)[2]
    place, last = sorted(cost.place for cost in small)[2], found[-1]
    print(f"Cost at {marks[-1]} over cost at {marks[0]} (the median of five streams): "
          f"{(last.read + last.place) / whole:.2f}; without reading traits {last.place / place:.2f}.")  # fmt: skip
