"""The stream of stories with the store for its memory: of what was added before, only what a page needs is read.

A page's terms are counted in one table, which also has the latest pages that are found by each; the pages that share
most of them, at most as many as the stream scores, are read with what they are recognised by. So the cost of a page
does not grow with the store. What is in these tables follows from the pages and can be made again from them.
"""

from __future__ import annotations

import array
from collections.abc import Iterable, Iterator, Mapping, MutableMapping, MutableSequence
from typing import Any, overload

import msgspec
import sqlalchemy as sql

from rashomon.model import Dated, Page
from rashomon.store.rows import among, many, next_number
from rashomon.store.tables import LINKS, PAGES, STORIES, TERMS, TRAITS
from rashomon.stories.stream import Growing, Memory, Seen
from rashomon.stories.traits import Rarity, Traits, counted

LATEST = 400
"""A term's pages that are kept; the stream looks at half as many."""
FAINT = 0.002
"""Links of a lower score are not kept: they cannot move a story's."""


class _Kept(msgspec.Struct):
    """What is kept of a page for the stream."""

    traits: Traits
    vector: dict[str, float]
    links: dict[int, float]


class Remembered:
    """The memory of one addition: what was read for it, and what has to be written after it."""

    def __init__(self, link: sql.Connection, traits: Traits) -> None:
        """`traits`: of the page that is to be added."""
        self.link = link
        self.here = next_number(link, PAGES)
        self._terms = dict.fromkeys(counted(traits))
        rows = link.execute(sql.select(TERMS.c.term, TERMS.c.pages).where(among(link, TERMS.c.term, self._terms)))
        self.rarity = Rarity(pages=self.here, seen={row.term: row.pages for row in rows})
        self.seen = _Pages(link, self.here)
        self.growing = _Stories(link)
        self.posted = _Posted(link)

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
        links = {earlier: score for earlier, score in new.links.items() if score >= FAINT}
        record = msgspec.msgpack.encode(_Kept(new.traits, new.vector, links))
        self.link.execute(TRAITS.insert().values(number=self.here, record=record))
        if links:
            many(self.link, LINKS, [(earlier, self.here, score) for earlier, score in links.items()])
        _count(self.link, self._terms)
        _post(self.link, self.posted.changed())


def _count(link: sql.Connection, terms: Iterable[str]) -> None:
    """One page more for each term."""
    found = sorted(terms)  # in one order, so that writers do not wait for each other in a ring
    if link.dialect.name == "postgresql":
        link.exec_driver_sql(
            "INSERT INTO terms (term, pages) SELECT term, 1 FROM unnest(CAST(%s AS text[])) AS given (term) "
            "ON CONFLICT (term) DO UPDATE SET pages = terms.pages + 1",
            (found,),
        )
    elif found:
        link.exec_driver_sql(
            "INSERT INTO terms (term, pages) VALUES (?, 1) ON CONFLICT (term) DO UPDATE SET pages = pages + 1",
            [(term,) for term in found],
        )


def _post(link: sql.Connection, changed: Mapping[str, bytes]) -> None:
    """The latest pages of each term; those that no page has counted are counted for none."""
    terms = sorted(changed)
    latest = [changed[term] for term in terms]
    if link.dialect.name == "postgresql":
        link.exec_driver_sql(
            "INSERT INTO terms (term, pages, latest) SELECT term, 0, latest "
            "FROM unnest(CAST(%s AS text[]), CAST(%s AS bytea[])) AS given (term, latest) "
            "ON CONFLICT (term) DO UPDATE SET latest = excluded.latest",
            (terms, latest),
        )
    elif terms:
        link.exec_driver_sql(
            "INSERT INTO terms (term, pages, latest) VALUES (?, 0, ?) "
            "ON CONFLICT (term) DO UPDATE SET latest = excluded.latest",
            list(zip(terms, latest, strict=True)),
        )


class _Posted(MutableMapping[str, list[int]]):
    """Term → the latest pages that are found again by it."""

    def __init__(self, link: sql.Connection) -> None:
        self._link = link
        self._read: dict[str, list[int]] = {}
        self._before: dict[str, int] = {}

    def prepare(self, terms: Iterable[str]) -> None:
        """Read many terms at once."""
        missing = [term for term in dict.fromkeys(terms) if term not in self._read]
        self._read.update((term, []) for term in missing)
        self._before.update((term, -1) for term in missing)
        query = sql.select(TERMS.c.term, TERMS.c.latest).where(
            among(self._link, TERMS.c.term, missing), TERMS.c.latest.is_not(None)
        )
        for term, latest in self._link.execute(query):
            self._read[term] = _numbers(latest)
            self._before[term] = self._read[term][-1]

    def changed(self) -> dict[str, bytes]:
        """The terms whose pages are others than were read."""
        return {
            term: _bytes(pages[-LATEST:])
            for term, pages in self._read.items()
            if pages and pages[-1] != self._before[term]
        }

    def __getitem__(self, term: str) -> list[int]:
        if term not in self._read:
            self.prepare([term])
        return self._read[term]

    def __setitem__(self, term: str, pages: list[int]) -> None:
        self._before.setdefault(term, -1)
        self._read[term] = pages

    def __delitem__(self, term: str) -> None:
        raise TypeError("what is kept is not forgotten")

    def __iter__(self) -> Iterator[str]:
        return iter(self._read)

    def __len__(self) -> int:
        return len(self._read)


def _numbers(data: bytes) -> list[int]:
    found = array.array("I")
    found.frombytes(data)
    return found.tolist()


def _bytes(numbers: list[int]) -> bytes:
    return array.array("I", numbers).tobytes()


class _Pages(MutableSequence[Seen]):
    """The pages of the stream, read when they are looked at."""

    def __init__(self, link: sql.Connection, length: int) -> None:
        self._link = link
        self._length = length
        self._read: dict[int, Seen] = {}
        self.added: Seen | None = None
        self._story: dict[int, int] = {}
        self._why: dict[int, str] = {}

    def prepare(self, numbers: Iterable[int]) -> None:
        """Read many pages at once."""
        missing = [number for number in dict.fromkeys(numbers) if number not in self._read]
        if not missing:
            return
        query = (
            sql.select(PAGES.c.number, PAGES.c.id, PAGES.c.address, PAGES.c.title, PAGES.c.published, PAGES.c.story,
                       PAGES.c.why, TRAITS.c.record)
            .join(TRAITS, TRAITS.c.number == PAGES.c.number)
            .where(among(self._link, PAGES.c.number, missing))
        )  # fmt: skip
        for number, page, address, title, published, story, why, record in self._link.execute(query):
            kept = msgspec.msgpack.decode(record, type=_Kept)
            stub = Page(id=page, address=address, title=title, published=_dated(published), text="")
            self._read[number] = Seen(stub, kept.traits, kept.vector, story, kept.links, why)
            self._story[number], self._why[number] = story, why

    def prepare_links(self, numbers: Iterable[int]) -> None:
        """Read the later links of many pages at once."""
        later = sql.select(LINKS).where(among(self._link, LINKS.c.earlier, numbers))
        for earlier, number, score in self._link.execute(later):
            self._read[earlier].links[number] = score

    def moved(self) -> dict[int, Seen]:
        """The pages, by number, whose story or reason was changed."""
        return {
            number: seen
            for number, seen in self._read.items()
            if number in self._story and (seen.story, seen.why) != (self._story[number], self._why[number])
        }

    def stories_left(self) -> set[int]:
        """The stories that pages were moved out of."""
        return {self._story[number] for number, seen in self.moved().items() if seen.story != self._story[number]}

    @overload
    def __getitem__(self, index: int) -> Seen: ...
    @overload
    def __getitem__(self, index: slice) -> MutableSequence[Seen]: ...
    def __getitem__(self, index: int | slice) -> Seen | MutableSequence[Seen]:
        if isinstance(index, slice):
            raise TypeError("pages are read one by one")
        if index not in self._read:
            self.prepare([index])
        return self._read[index]

    def append(self, value: Seen) -> None:
        self.added = self._read[self._length] = value
        self._length += 1

    def insert(self, index: int, value: Seen) -> None:
        raise TypeError("pages are appended")

    def __setitem__(self, index: Any, value: Any) -> None:
        raise TypeError("pages stay what they are")

    def __delitem__(self, index: Any) -> None:
        raise TypeError("pages stay")

    def __len__(self) -> int:
        return self._length


def _dated(value: str | None) -> Dated:
    return Dated(value, "stated" if value else "unknown", "")


class _Stories(MutableSequence[Growing]):
    """The stories of the stream, read when they are looked at."""

    def __init__(self, link: sql.Connection) -> None:
        self._link = link
        self._length = self._known = next_number(link, STORIES)
        self.read: dict[int, Growing] = {}

    def new(self, number: int) -> bool:
        """Whether the story was founded by this addition."""
        return number >= self._known

    def prepare(self, numbers: Iterable[int]) -> None:
        """Read many stories at once."""
        missing = [number for number in dict.fromkeys(numbers) if number not in self.read]
        if not missing:
            return
        columns = (STORIES.c.number, STORIES.c.founder, STORIES.c.title, STORIES.c.was)
        for number, founder, title, was in self._link.execute(
            sql.select(*columns).where(among(self._link, STORIES.c.number, missing))
        ):
            stub = Page(id=founder, address=None, title=title, published=_dated(None), text="")
            self.read[number] = Growing(stub, [], was.split())
        members = sql.select(PAGES.c.story, PAGES.c.number).where(among(self._link, PAGES.c.story, missing))
        for number, page in self._link.execute(members.order_by(PAGES.c.number)):
            self.read[number].members.append(page)

    @overload
    def __getitem__(self, index: int) -> Growing: ...
    @overload
    def __getitem__(self, index: slice) -> MutableSequence[Growing]: ...
    def __getitem__(self, index: int | slice) -> Growing | MutableSequence[Growing]:
        if isinstance(index, slice):
            raise TypeError("stories are read one by one")
        if index not in self.read:
            self.prepare([index])
        return self.read[index]

    def append(self, value: Growing) -> None:
        self.read[self._length] = value
        self._length += 1

    def insert(self, index: int, value: Growing) -> None:
        raise TypeError("stories are appended")

    def __setitem__(self, index: Any, value: Any) -> None:
        raise TypeError("stories stay what they are")

    def __delitem__(self, index: Any) -> None:
        raise TypeError("stories stay")

    def __len__(self) -> int:
        return self._length
