"""The stream of stories with the store for its memory: of what was added before, only what a page needs is read.

A page's terms are counted in one table, the latest pages that are found by each stand in another (`terms`); the pages
that share most of them, at most as many as the stream scores, are read with what they are recognised by. So the cost of
a page does not grow with the store. What is in these tables follows from the pages and can be made again from them
(`remaking`).
"""

from __future__ import annotations

from collections.abc import Iterable, MutableSequence, Sequence
from typing import Any, TypeVar, overload

import msgspec
import sqlalchemy as sql

from rashomon.model import Dated, Page
from rashomon.store import terms
from rashomon.store.rows import among, many, next_number
from rashomon.store.tables import LINKS, PAGES, STORIES, TRAITS
from rashomon.stories.profiles import packed, unpacked
from rashomon.stories.rarity import Rarity
from rashomon.stories.stream import Growing, Memory, Seen
from rashomon.stories.traits import Traits, counted

T = TypeVar("T")


class Kept(msgspec.Struct):
    """What is kept of a page for the stream."""

    profile: bytes
    """As `profiles.packed` gives it."""
    links: dict[int, float]


class Remembered:
    """The memory of one addition: what was read for it, and what has to be written after it."""

    def __init__(self, link: sql.Connection, traits: Traits) -> None:
        """`traits`: of the page that is to be added."""
        self.link = link
        self.here = next_number(link, PAGES)
        self._terms = dict.fromkeys(counted(traits))
        self.rarity = Rarity(pages=self.here, seen=terms.counts(link, self._terms))
        self.seen = _Pages(link, self.here)
        self.growing = _Stories(link)
        self.posted = terms.Posted(link)

    def memory(self) -> Memory:
        """What a stream is made with."""
        out = Memory()
        out.rarity, out.seen, out.growing, out.posted = self.rarity, self.seen, self.growing, self.posted
        out.terms_wanted, out.pages_wanted, out.links_wanted = self.posted.prepare, self._pages, self._links
        return out

    def _pages(self, numbers: Iterable[int]) -> None:
        self.seen.prepare(numbers)
        self.growing.prepare(self.seen[number].story for number in numbers)

    def _links(self, numbers: Iterable[int]) -> None:
        """All links of the pages, and the pages that they lead to."""
        found = list(numbers)
        self._pages(found)
        self.seen.prepare_links(found)
        self._pages([other for number in found for other in self.seen[number].links])

    def keep(self) -> None:
        """Write what the addition of the page changed, all but the page and the stories themselves."""
        new = self.seen.added
        assert new is not None
        record = msgspec.msgpack.encode(Kept(packed(new.profile), new.links))
        self.link.execute(TRAITS.insert().values(number=self.here, record=record))
        many(self.link, LINKS, [(earlier, self.here, score) for earlier, score in new.links.items()])
        terms.count(self.link, self._terms)
        terms.post(self.link, self.posted.changed())


class _Read(MutableSequence[T]):
    """Pages or stories of the stream, read when they are looked at; `_kind` is what a sentence calls them."""

    _kind: str

    def __init__(self, link: sql.Connection, length: int) -> None:
        self._link = link
        self._length = length
        self.read: dict[int, T] = {}

    def prepare(self, numbers: Iterable[int]) -> None:
        """Read many at once."""
        if missing := [number for number in dict.fromkeys(numbers) if number not in self.read]:
            self._fetch(missing)

    def _fetch(self, numbers: Sequence[int]) -> None:
        raise NotImplementedError

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> MutableSequence[T]: ...
    def __getitem__(self, index: int | slice) -> T | MutableSequence[T]:
        if isinstance(index, slice):
            raise TypeError(f"{self._kind} are read one by one")
        if index not in self.read:
            self._fetch([index])
        return self.read[index]

    def append(self, value: T) -> None:
        self.read[self._length] = value
        self._length += 1

    def insert(self, index: int, value: T) -> None:
        raise TypeError(f"{self._kind} are appended")

    def __setitem__(self, index: Any, value: Any) -> None:
        raise TypeError(f"{self._kind} stay what they are")

    def __delitem__(self, index: Any) -> None:
        raise TypeError(f"{self._kind} stay")

    def __len__(self) -> int:
        return self._length


class _Pages(_Read[Seen]):
    """The pages of the stream."""

    _kind = "pages"

    def __init__(self, link: sql.Connection, length: int) -> None:
        super().__init__(link, length)
        self.added: Seen | None = None
        self._story: dict[int, int] = {}
        self._why: dict[int, str] = {}

    def _fetch(self, numbers: Sequence[int]) -> None:
        query = (
            sql.select(PAGES.c.number, PAGES.c.id, PAGES.c.address, PAGES.c.title, PAGES.c.published, PAGES.c.story,
                       PAGES.c.why, TRAITS.c.record)
            .join(TRAITS, TRAITS.c.number == PAGES.c.number)
            .where(among(self._link, PAGES.c.number, numbers))
        )  # fmt: skip
        for number, page, address, title, published, story, why, record in self._link.execute(query):
            kept = msgspec.msgpack.decode(record, type=Kept)
            stub = Page(id=page, address=address, title=title, published=_dated(published), text="")
            self.read[number] = Seen(stub, unpacked(kept.profile), story, kept.links, why)
            self._story[number], self._why[number] = story, why

    def append(self, value: Seen) -> None:
        self.added = value
        super().append(value)

    def prepare_links(self, numbers: Iterable[int]) -> None:
        """Read the later links of many pages at once."""
        later = sql.select(LINKS).where(among(self._link, LINKS.c.earlier, numbers))
        for earlier, number, score in self._link.execute(later):
            self.read[earlier].links[number] = score

    def moved(self) -> dict[int, Seen]:
        """The pages, by number, whose story or reason was changed."""
        return {
            number: seen
            for number, seen in self.read.items()
            if number in self._story and (seen.story, seen.why) != (self._story[number], self._why[number])
        }

    def stories_left(self) -> set[int]:
        """The stories that pages were moved out of."""
        return {self._story[number] for number, seen in self.moved().items() if seen.story != self._story[number]}


class _Stories(_Read[Growing]):
    """The stories of the stream."""

    _kind = "stories"

    def __init__(self, link: sql.Connection) -> None:
        super().__init__(link, next_number(link, STORIES))
        self._known = self._length

    def new(self, number: int) -> bool:
        """Whether the story was founded by this addition."""
        return number >= self._known

    def _fetch(self, numbers: Sequence[int]) -> None:
        columns = (STORIES.c.number, STORIES.c.id, STORIES.c.founder, STORIES.c.title, STORIES.c.was)
        for number, story, founder, title, was in self._link.execute(
            sql.select(*columns).where(among(self._link, STORIES.c.number, numbers))
        ):
            stub = Page(id=founder, address=None, title=title, published=_dated(None), text="")
            self.read[number] = Growing(stub, [], was.split(), story)
        members = sql.select(PAGES.c.story, PAGES.c.number).where(among(self._link, PAGES.c.story, numbers))
        for number, page in self._link.execute(members.order_by(PAGES.c.number)):
            self.read[number].members.append(page)


def _dated(value: str | None) -> Dated:
    return Dated(value, "stated" if value else "unknown", "")
