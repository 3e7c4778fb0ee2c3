"""Which pages tell the same story, online: each page joins the story that it fits best, or founds one.

A page goes five steps, each a module that knows nothing of what the others keep:

    traits.read(page)                  what it is recognised by: a function of the page alone
    rarity.Rarity                      how rare each of these things is by now; by which of them it is found again
    profiles.compare, likely.likely    what it has in common with some earlier pages; how likely each tells its story
    joining.fitting, .one_story        the stories that it fits by the scores of those pairs; which stories are one
    parting.parted                     whether that shows its story to be two

The pages to compare come from postings of rare terms. A page reads a bounded number of them, the rarest term's
first, and is compared with a bounded number of pages, so it costs the same at a thousand pages and at a million.
All that a stream knows stands in its `Memory`: four containers, which a store may replace by its own.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from math import log1p
from typing import NamedTuple

import numpy as np

from rashomon.model import Page, PageGap, Story
from rashomon.spans import digest
from rashomon.stories import joining, parting
from rashomon.stories.dates import stretch
from rashomon.stories.likely import asked, likely, own
from rashomon.stories.memory import Growing, Memory, Seen, id_of, story_id, stub, title_of
from rashomon.stories.profiles import FEATURES, Common, Floats, Profile, compare, profile
from rashomon.stories.rarity import Weighed
from rashomon.stories.reasons import reason
from rashomon.stories.traits import Traits, read
from rashomon.trees import Trees

__all__ = ["Growing", "Memory", "Seen", "Stream", "find", "find_with_gaps", "story_id", "title_of"]

CROWD = 100
"""A key's latest pages that are looked at."""
READ = 200
"""Postings that a page reads at most. More of them find no page more, in a stream of 100,000 either."""
NEAR = 12
"""Earlier pages that a page is compared with."""
COMMON = 3.0
"""What is no rarer than this is worth next to nothing for finding a page again."""
SHARED = 0.02
"""The part of a page's own terms, weighed so, that another must share to be compared."""
_LITTLE = 0.1
_MORE, _AGO, _LATELY = 4, 0.3, 20
# Of so many times as many pages those are compared that came lately: a page that came 20, 400 or 8,000 pages ago shares
# what is worth 0.83, 0.52 or 0.36 of what it is. Twelve of them hold more of a story's pages than sixteen without it.
_LOOKED = 50
# The latest pages of a story by which it is found to be another.
FAINT = 0.002
"""Links of a lower score are forgotten: they cannot move a story's."""


class _New(NamedTuple):
    """A page that comes."""

    traits: Traits
    weighed: Weighed
    profile: Profile
    near: list[int]
    """The earlier pages that it is compared with, by their places in the stream."""
    common: Common | None
    """What it has in common with them; null where there are none."""


class Stream:
    """Stories, online: `add` a page, get its story."""

    def __init__(self, memory: Memory | None = None, trees: Trees | tuple[()] | None = None) -> None:
        """`memory`: what was added before, where it is kept elsewhere; `trees` instead of those that are shipped, an
        empty tuple for none."""
        memory = memory or Memory()
        self._rarity = memory.rarity
        self._seen = memory.seen
        self._growing = memory.growing
        self._posted = memory.posted
        self._memory = memory
        self.trees = own() if trees is None else trees or None

    @property
    def trees(self) -> Trees | None:
        """What says how likely two pages tell one story; None for the logistic function that stands in for it."""
        return self._trees

    @trees.setter
    def trees(self, trees: Trees | None) -> None:
        self._trees = trees
        self._asked = asked(trees) if trees else None

    @property
    def stories(self) -> list[Story]:
        """All stories so far, in the order in which they were founded."""
        return [self._story(growing) for growing in self._growing if growing.members]

    def add(self, page: Page) -> Story:
        """Put a page into the story that it tells, or found one with it."""
        return self._story(self._growing[self.place(page)])

    def place(self, page: Page, traits: Traits | None = None) -> int:
        """The same; the place of its story among those founded. `traits`: of the page, where they were read already."""
        new = self._come(page, traits or read(page))
        here = len(self._seen)
        seen = Seen(stub(page), new.profile, -1, {})
        scores = likely(new.common.columns, self._asked).tolist() if new.common else []
        links = dict(zip(new.near, scores, strict=True))
        for index, score in links.items():
            if score >= FAINT:
                seen.links[index] = self._seen[index].links[here] = score
        fitting = joining.fitting(links, self._story_of, self._size)
        if fitting:
            seen.story = fitting[0]
            seen.why = self._reason(page, new, links, seen.story)
        else:
            seen.story = len(self._growing)
            seen.why = "founded the story"
            self._growing.append(Growing(seen.page, [], []))
        self._growing[seen.story].members.append(here)
        self.post(seen, new.weighed.finding)
        for other in fitting[1:]:
            self._merge(seen.story, other, page)
        if foes := parting.against(links, lambda index: self._story_of(index) == seen.story):
            self._part(here, foes)
        return seen.story

    def compared(self, page: Page) -> tuple[list[str], Floats]:
        """The pages that a page would be compared with if it were added, by id, and its features with each
        (`profiles.FEATURES`): one line a feature, one column a page."""
        new = self._come(page, read(page), count=False)
        columns = new.common.columns if new.common else np.zeros((len(FEATURES), 0), np.float32)
        return [self._seen[index].page.id for index in new.near], columns

    def _come(self, page: Page, traits: Traits, count: bool = True) -> _New:
        """What there is to know of a page when it comes; `count`: and count it."""
        weighed = self._rarity.weigh(traits, count)
        mine = profile(traits, weighed)
        near = self._near(weighed.finding)
        common = compare(mine, [self._seen[index].profile for index in near]) if near else None
        return _New(traits, weighed, mine, near, common)

    def _story_of(self, page: int) -> int:
        return self._seen[page].story

    def _size(self, story: int) -> int:
        return len(self._growing[story].members)

    def post(self, seen: Seen, terms: Iterable[str]) -> None:
        """Let a page that has its story be found again by its terms."""
        index = len(self._seen)
        self._seen.append(seen)
        for term in terms:
            posted = self._posted[term]
            posted.append(index)
            if len(posted) > 2 * CROWD:
                del posted[:CROWD]

    def _near(self, terms: Mapping[str, float]) -> list[int]:
        """The earlier pages that share most of its rare terms, by their summed rarity and by how lately they came."""
        self._memory.terms_wanted(terms)
        sums: dict[int, float] = {}
        get, posted = sums.get, self._posted.get
        worths = [max(_LITTLE, rarity - COMMON) for rarity in terms.values()]
        left = READ
        for term, worth in zip(terms, worths, strict=True):
            latest = posted(term, ())[-CROWD:]
            for index in latest:
                sums[index] = get(index, 0.0) + worth
            left -= len(latest)
            if left <= 0:
                break
        least = SHARED * sum(worths)
        found = [index for index, worth in sums.items() if worth >= least]
        # Twice by plain numbers is sooner done than once by pairs. Of two alike the later page.
        found.sort(reverse=True)
        found.sort(key=sums.__getitem__, reverse=True)
        here = len(self._seen)
        best = [(sums[index] / (1 + _AGO * log1p((here - index) / _LATELY)), index) for index in found[: _MORE * NEAR]]
        near = [index for _, index in sorted(best, reverse=True)[:NEAR]]
        self._memory.pages_wanted(near)
        return near

    def _merge(self, one: int, two: int, page: Page) -> None:
        """Make two stories one where the pages of the smaller fit the larger; the one founded first lives on."""
        first, second = sorted((one, two))
        small, large = sorted((first, second), key=self._size)
        members = self._growing[small].members[-_LOOKED:]
        self._memory.links_wanted(members)
        links = (self._seen[index].links for index in members)
        if not joining.one_story(links, lambda index: self._seen[index].story == large, self._size(large)):
            return
        kept, gone = self._growing[first], self._growing[second]
        for index in gone.members:
            seen = self._seen[index]
            seen.story = first
            if seen.page.id == gone.founder.id:
                seen.why = f"founded a story that {title_of(page)} showed to be this one"
        kept.members = sorted(kept.members + gone.members)
        kept.was += [each for each in (id_of(gone), *gone.was) if each != id_of(kept)]
        gone.members = []

    def _part(self, here: int, foes: Sequence[int]) -> None:
        """Make a story two where the page that came shows it to be; the part that holds the first page goes on."""
        number = self._seen[here].story
        growing = self._growing[number]
        if len(foes) < parting.SIDE or len(growing.members) > parting.MOST:
            return
        self._memory.links_wanted(growing.members)
        parts = parting.parted(here, foes, growing.members, lambda index: self._seen[index].links)
        if parts is None:
            return
        stay, leave = sorted((parts.mine, parts.others))
        first = self._seen[leave[0]]
        parted = Growing(first.page, leave, [id_of(growing)])
        if story_id(first.page) in growing.was:
            # It was a story before it was merged into this one. Whoever followed it then finds it again.
            growing.was.remove(story_id(first.page))
            parted.was.append(story_id(first.page))
            parted.id = digest("story", first.page.id, parted.was[0])
        for index in leave:
            self._seen[index].story = len(self._growing)
        bridge = f" but {title_of(self._seen[parts.bridge].page)}" if parts.bridge is not None else ""
        first.why = (
            f"founded a story that was parted from {title_of(growing.founder)}: "
            f"its {len(leave)} pages and the {len(stay)} others have next to nothing in common{bridge}"
        )
        growing.members = stay
        self._growing.append(parted)

    def beside(self) -> list[PageGap]:
        """A gap for each page that fits another story beside its own: it may tell of two, and stands in one."""
        out = []
        for index in range(len(self._seen)):
            seen = self._seen[index]
            fits = joining.fitting(seen.links, self._story_of, self._size, joining.MERGE)
            others = [self._named(story) for story in fits if story != seen.story]
            if others:
                why = f"It fits {' and '.join(others)} too; a page stands in one story, this one in "
                out.append(PageGap(seen.page.id, "another story", f"{why}{self._named(seen.story)}."))
        return out

    def _named(self, story: int) -> str:
        return f"“{title_of(self._growing[story].founder)}”"

    def _reason(self, page: Page, new: _New, links: joining.Links, story: int) -> str:
        """Why a page joins its story: what it shares with the page of it that it is most like."""
        assert new.common is not None
        inside = [(score, -at) for at, (index, score) in enumerate(links.items()) if self._story_of(index) == story]
        _, at = max(inside)
        features = dict(zip(FEATURES, new.common.columns[:, -at].tolist(), strict=True))
        like = title_of(self._seen[new.near[-at]].page)
        return reason(page, new.traits, new.weighed, new.common.shared(-at), like, features)

    def _story(self, growing: Growing) -> Story:
        members = [self._seen[index].page for index in growing.members]
        dates = sorted((key, page.published.value) for page in members if (key := stretch(page.published.value)))
        return Story(
            id=id_of(growing),
            was=tuple(growing.was),
            title=title_of(growing.founder),
            pages=tuple(page.id for page in members),
            first=dates[0][1] if dates else None,
            last=max(dates, key=lambda item: item[0][::-1])[1] if dates else None,
            why=tuple(self._seen[index].why for index in growing.members),
        )


def find(pages: Sequence[Page]) -> list[Story]:
    """Which of the pages tell the same story: the stream over them in order of publication, undated ones last.

    A story's pages, and the stories, are in the order in which the stream saw them.
    """
    return find_with_gaps(pages)[0]


def find_with_gaps(pages: Sequence[Page]) -> tuple[list[Story], list[PageGap]]:
    """The same, and a gap for each page that fits another story beside its own."""
    stream = Stream()
    far = (math.inf, math.inf)
    for _, page in sorted(enumerate(pages), key=lambda item: (stretch(item[1].published.value) or far, item[0])):
        stream.place(page)
    return stream.stories, stream.beside()
