"""Which pages tell the same story, online: each page joins the story that it fits best, or founds one.

A pair of pages is scored by a logistic function of five figures (words, names, title, figures, days
apart); a page's score with a story is the mean of its best few pairs. The pages to score come from an
inverted index of rare terms, cut to the latest, so that the cost of a page stays flat.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, MutableMapping, MutableSequence, Sequence
from typing import TypeVar

import msgspec

from rashomon.model import Page, Story
from rashomon.spans import digest
from rashomon.stories.dates import stretch
from rashomon.stories.traits import Rarity, Traits, read

T = TypeVar("T")

LEAST = 0.4
"""Score from which a page joins a story; the one setting for every kind of news."""
MERGE = 0.6
"""Score from which two stories, both of which a new page fits, are one."""
BIAS, WORDS, PROPER, NAMES, TITLE, FIGURES = -2.9, 4.8, 17.7, 0.37, 0.56, 0.76
STRANGE, DAYS, UNDATED = -1.7, -1.25, -1.25
"""Weights of the pair's figures, fitted by `benchmarks/stories.py --fit`."""

_SEVERAL = 3
# Names that a page must have for it to say something that none of them is another page's.
_TITLED = 2.0
# Of titles that have so much in common names are no longer asked for: a headline may name what the text does not.
_RARE = 25
# Words of a page by which it is found again.
_CROWD = 200
# A term's latest pages that are looked at.
_NEAR = 50
# Pages of those that are scored.
_BEST = 5
# Pairs of a story that count.


class Pair(msgspec.Struct, frozen=True):
    """What two pages have in common."""

    words: float
    """Cosine of the words, as far as it comes from common ones."""
    proper: float
    """Cosine of the words, as far as it comes from names and their parts."""
    names: float
    """Here and below: the logarithm of the summed rarity of what both have."""
    title: float
    figures: float
    strange: bool
    """Whether both have several names and not one in common, nor much of their titles."""
    days: float | None
    """Whole days between the two; null where one has no date."""

    @property
    def score(self) -> float:
        """How likely it is that the two tell the same story, between 0 and 1."""
        days = UNDATED if self.days is None else DAYS * math.log1p(self.days)
        z = BIAS + WORDS * self.words + PROPER * self.proper + NAMES * self.names + TITLE * self.title
        z += FIGURES * self.figures + STRANGE * self.strange + days
        return 1 / (1 + math.exp(-z)) if z > -30 else 0.0


class Seen(msgspec.Struct):
    """A page in the stream."""

    page: Page
    traits: Traits
    vector: dict[str, float]
    story: int
    links: dict[int, float]
    """Other pages' places in the stream → score of the pair."""
    why: str = ""


class Growing(msgspec.Struct):
    """A story while it grows."""

    founder: Page
    members: list[int]
    was: list[str]


Wanted = Callable[[Iterable[T]], None]


def _at_hand(_: Iterable[object]) -> None:
    """What is in memory need not be read."""


class Memory:
    """What a stream knows of the pages before: here in memory; a store has the same four, read as they are needed."""

    def __init__(self) -> None:
        self.rarity = Rarity()
        self.seen: MutableSequence[Seen] = []
        self.growing: MutableSequence[Growing] = []
        self.posted: MutableMapping[str, list[int]] = defaultdict(list)
        """Term → the latest pages that are found again by it, in order."""
        self.terms_wanted: Wanted[str] = _at_hand
        self.pages_wanted: Wanted[int] = _at_hand
        self.links_wanted: Wanted[int] = _at_hand
        """Told what will be looked at next, so that it can be read at once: terms, pages, all links of pages."""


class Stream:
    """Stories, online: `add` a page, get its story."""

    def __init__(self, memory: Memory | None = None) -> None:
        """`memory`: what was added before, where it is kept elsewhere."""
        memory = memory or Memory()
        self._rarity = memory.rarity
        self._seen = memory.seen
        self._growing = memory.growing
        self._posted = memory.posted
        self._memory = memory

    @property
    def stories(self) -> list[Story]:
        """All stories so far, in the order in which they were founded."""
        return [self._story(growing) for growing in self._growing if growing.members]

    def add(self, page: Page) -> Story:
        """Put a page into the story that it tells, or found one with it."""
        return self._story(self._growing[self.place(page)])

    def place(self, page: Page, traits: Traits | None = None) -> int:
        """The same; the place of its story among those founded. `traits`: of the page, where they were read already."""
        traits = traits or read(page)
        self._rarity.add(traits)
        seen = Seen(page, traits, self._rarity.vector(traits), -1, {})
        here = len(self._seen)
        pairs = {index: self._pair(seen, self._seen[index]) for index in self._near(seen)}
        for index, pair in pairs.items():
            seen.links[index] = self._seen[index].links[here] = pair.score
        fitting = self._fitting(seen)
        if fitting:
            seen.story = fitting[0]
            seen.why = self._reason(seen, pairs)
        else:
            seen.story = len(self._growing)
            seen.why = "founded the story"
            self._growing.append(Growing(page, [], []))
        self._growing[seen.story].members.append(here)
        self._post(seen)
        for other in fitting[1:]:
            self._merge(seen.story, other, page)
        return seen.story

    def compared(self, page: Page) -> list[tuple[str, Pair]]:
        """The pages that a page would be compared with if it were added, by id, with what they have in common."""
        traits = read(page)
        seen = Seen(page, traits, self._rarity.vector(traits), -1, {})
        return [(self._seen[index].page.id, self._pair(seen, self._seen[index])) for index in self._near(seen)]

    def _terms(self, seen: Seen) -> list[str]:
        """What a page is found again by."""
        return [*list(seen.vector)[:_RARE], *(f"n {name}" for name in seen.traits.names)]

    def _post(self, seen: Seen) -> None:
        index = len(self._seen)
        self._seen.append(seen)
        for term in self._terms(seen):
            posted = self._posted[term]
            posted.append(index)
            if len(posted) > 2 * _CROWD:
                del posted[:_CROWD]

    def _near(self, seen: Seen) -> list[int]:
        """The earlier pages that share most of its rare terms."""
        found: Counter[int] = Counter()
        terms = self._terms(seen)
        self._memory.terms_wanted(terms)
        for term in terms:
            for index in self._posted.get(term, ())[-_CROWD:]:
                found[index] += 1
        ranked = sorted((item for item in found.items() if item[1] > 1), key=lambda item: (-item[1], -item[0]))
        near = [index for index, _ in ranked[:_NEAR]]
        self._memory.pages_wanted(near)
        return near

    def _pair(self, one: Seen, two: Seen) -> Pair:
        """What two pages have in common."""
        a, b, rarity = one.traits, two.traits, self._rarity.of
        days = None
        if a.days and b.days:
            days = float(math.floor(max(a.days[0] - b.days[1], b.days[0] - a.days[1], 0.0)))
        proper = a.proper | b.proper
        words = {word: one.vector[word] * two.vector[word] for word in one.vector.keys() & two.vector.keys()}
        title = math.log1p(math.fsum([rarity(word) for word in a.title & b.title]))
        return Pair(
            words=math.fsum([value for word, value in words.items() if word not in proper]),
            proper=math.fsum([value for word, value in words.items() if word in proper]),
            names=math.log1p(math.fsum([rarity(f"n {name}") for name in a.names.keys() & b.names.keys()])),
            title=title,
            figures=math.log1p(math.fsum([rarity(f"f {figure}") for figure in a.figures & b.figures])),
            strange=min(len(a.proper), len(b.proper)) >= _SEVERAL and not a.proper & b.proper and title < _TITLED,
            days=days,
        )

    def _shared(self, one: Seen, two: Seen) -> list[str]:
        """Names, then words, that both have, the rarest first."""
        names = one.traits.names.keys() & two.traits.names.keys()
        words = one.vector.keys() & two.vector.keys()
        ranked = sorted(names, key=lambda name: (-self._rarity.of(f"n {name}"), name))
        weighed = sorted(words, key=lambda word: (-one.vector[word] * two.vector[word], word))
        return [one.traits.names[name] for name in ranked] + weighed

    def _fitting(self, seen: Seen) -> list[int]:
        """The stories that a page fits, the best first."""
        stories: dict[int, set[int]] = defaultdict(set)
        for index in seen.links:
            stories[self._seen[index].story].add(index)
        scored = [(-self._fit(seen, story), story) for story in stories]
        return [story for score, story in sorted(scored) if -score >= LEAST]

    def _fit(self, seen: Seen, story: int) -> float:
        """A page's score with a story: the mean of its best pairs with as many pages as the story has, five at most."""
        top = sorted((p for index, p in seen.links.items() if self._seen[index].story == story), reverse=True)[:_BEST]
        return sum(top) / min(len(self._growing[story].members), _BEST)

    def _merge(self, one: int, two: int, page: Page) -> None:
        """Make two stories one where the pages of the smaller fit the larger; the one founded first lives on."""
        first, second = sorted((one, two))
        small, large = sorted((first, second), key=lambda story: len(self._growing[story].members))
        members = self._growing[small].members
        self._memory.links_wanted(members)
        if sum(self._fit(self._seen[index], large) for index in members) / len(members) < MERGE:
            return
        kept, gone = self._growing[first], self._growing[second]
        for index in gone.members:
            seen = self._seen[index]
            seen.story = first
            if seen.page.id == gone.founder.id:
                seen.why = f"founded a story that {page.title or page.address or page.id} showed to be this one"
        kept.members = sorted(kept.members + gone.members)
        kept.was += [story_id(gone.founder), *gone.was]
        gone.members = []

    def _reason(self, seen: Seen, pairs: dict[int, Pair]) -> str:
        """Why a page joins its story: what it shares with the page of it that it is most like."""
        inside = [(index, pair) for index, pair in pairs.items() if self._seen[index].story == seen.story]
        index, pair = max(inside, key=lambda item: (item[1].score, -item[0]))
        other = self._seen[index]
        shared = self._shared(seen, other)
        shown = ", ".join(f"“{word}”" for word in shared[:3])
        more = f" and {len(shared) - 3} more rare names or words" if len(shared) > 3 else ""
        return f"shares {shown}{more} with {_title(other.page)}; {_how_far(pair.days)}"

    def _story(self, growing: Growing) -> Story:
        members = [self._seen[index].page for index in growing.members]
        dates = sorted((key, page.published.value) for page in members if (key := stretch(page.published.value)))
        return Story(
            id=story_id(growing.founder),
            was=tuple(growing.was),
            title=_title(growing.founder),
            pages=tuple(page.id for page in members),
            first=dates[0][1] if dates else None,
            last=max(dates, key=lambda item: item[0][::-1])[1] if dates else None,
            why=tuple(self._seen[index].why for index in growing.members),
        )


def find(pages: Sequence[Page]) -> list[Story]:
    """Which of the pages tell the same story: the stream over them in order of publication, undated ones last.

    A story's pages, and the stories, are in the order in which the stream saw them.
    """
    stream = Stream()
    far = (math.inf, math.inf)
    for _, page in sorted(enumerate(pages), key=lambda item: (stretch(item[1].published.value) or far, item[0])):
        stream.add(page)
    return stream.stories


def story_id(founder: Page) -> str:
    """The id of the story that a page founds."""
    return digest("story", founder.id)


_TITLE = 200
"""Characters that the title of a story has at most where its page has none."""


def _title(page: Page) -> str:
    """The page's title, else its first sentence, else its address."""
    if page.title:
        return page.title
    line = page.text.strip().split("\n", 1)[0]
    stop = line.find(". ")
    return (line[: stop + 1] if stop > 0 else line)[:_TITLE] or page.address or page.id


def _how_far(days: float | None) -> str:
    if days is None:
        return "one of the two has no date"
    if days < 1:
        return "published on the same or the next day"
    return f"{days:.0f} day{'s' if days >= 2 else ''} apart"
