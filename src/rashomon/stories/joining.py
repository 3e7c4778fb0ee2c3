"""Which story a page joins, and which stories that shows to be one: functions of scored pairs alone.

Nothing here knows where pages, links and stories are kept, so a stream in memory and one over a store decide
alike.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

LEAST = 0.42
"""Score from which a page joins a story; the one setting for every kind of news."""
MERGE = 0.55
"""Score from which two stories, both of which a new page fits, are one."""
_BEST, _FEW = 8, 3
# Pairs of a story that count, and how many at least where a page was compared with as many of its pages.

Links = Mapping[int, float]
"""A page's links: the other page's number → the pair's score between 0 and 1."""


def fit(links: Sequence[float], members: int) -> float:
    """A page's score with a story of so many members: the mean of its best links with those that it was compared with.

    Eight links at most count, and three at least where the story has as many pages: what it was not compared with
    shared too little to be asked, which says something where hardly any page of the story shared enough.
    """
    return sum(sorted(links, reverse=True)[:_BEST]) / min(members, _BEST, max(len(links), _FEW))


def fitting(
    links: Links, story_of: Callable[[int], int], members: Callable[[int], int], least: float = LEAST
) -> list[int]:
    """The stories that a page with these links fits, the best first; of two alike the one founded first."""
    by_story: dict[int, list[float]] = defaultdict(list)
    for page, score in links.items():
        by_story[story_of(page)].append(score)
    # No mean is above its greatest part.
    some = ((story, scores) for story, scores in by_story.items() if max(scores) >= least)
    scored = sorted((-fit(scores, members(story)), story) for story, scores in some)
    return [story for score, story in scored if -score >= least]


def one_story(small: Iterable[Links], large: Callable[[int], bool], members: int) -> bool:
    """Whether the pages of a story, given by their links, fit another one of so many members on the average.

    `large`: whether a page is one of that story's.
    """
    scores = [fit([score for page, score in links.items() if large(page)], members) for links in small]
    return bool(scores) and sum(scores) / len(scores) >= MERGE
