"""What a stream of stories knows: its pages, its stories, and by which terms a page is found again.

Four containers hold all of it; a store has the same four, read as they are needed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, MutableMapping, MutableSequence
from typing import TypeVar

import msgspec

from rashomon.model import Page
from rashomon.spans import digest
from rashomon.stories.profiles import Profile
from rashomon.stories.rarity import Rarity

T = TypeVar("T")


class Seen(msgspec.Struct, gc=False):
    """A page in the stream."""

    page: Page
    """Without its text."""
    profile: Profile
    story: int
    links: dict[int, float]
    """Other pages' places in the stream → score of the pair."""
    why: str = ""


class Growing(msgspec.Struct):
    """A story while it grows."""

    founder: Page
    members: list[int]
    was: list[str]
    id: str = ""
    """Empty where it follows from the founder (`story_id`)."""


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


def stub(page: Page) -> Page:
    """What the stream keeps of a page."""
    return Page(id=page.id, address=page.address, title=title_of(page), published=page.published, text="")


def story_id(founder: Page) -> str:
    """The id of the story that a page founds."""
    return digest("story", founder.id)


def id_of(story: Growing) -> str:
    """The id of a story."""
    return story.id or story_id(story.founder)


_TITLE = 200
"""Characters that the title of a story has at most where its page has none."""


def title_of(page: Page) -> str:
    """The page's title, else its first sentence, else its address."""
    if page.title:
        return page.title
    line = page.text.strip().split("\n", 1)[0]
    stop = line.find(". ")
    return (line[: stop + 1] if stop > 0 else line)[:_TITLE] or page.address or page.id
