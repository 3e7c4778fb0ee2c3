"""What a store costs and bears: `python benchmarks/store.py DATA_DIR [--pages N] [--postgres] [--only PART…]`.

Prints a table for new SQLite files, or for databases of a PostgreSQL that is started for it and waits for the disk.

    size     milliseconds for adding a page (its claims read before) to a store of 1,000 pages and to one of all, for a
             search, and for a story's report: on the clock, and of this process alone. The pages are those of incidents
             and of attribution, over and over, each time with other names, other rare words and later dates; their
             claims are read once, and kept in --cache FILE where that is given.
    kill     `kill -9` at 50 random moments of adding: what is half there or doubled afterwards
    writers  two processes that add the same pages at once
    disk     a disk that is full while pages are added (needs a user who may mount one)
    restart  a PostgreSQL that falls and comes back at 10 random moments of adding
    polls    500 polls of a feed server on this machine that misbehaves: what is lost or doubled
"""

from __future__ import annotations

import argparse
import os
import random
import re
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import count, islice
from pathlib import Path

import store_faults
import store_moved
import store_postgres
from rashomon.store import Asked, Store
from store_faults import put
from store_pages import SEED, Read, bases, stream
from store_polls import polls

PARTS = ("size", "kill", "writers", "disk", "restart", "polls")
MANY, FEW = 1000, 200
"""Pages that are added while somebody is killed; while a disk fills, or a server falls."""


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds on the clock, and of this process."""
    wall, own = time.perf_counter(), time.process_time()
    work()
    return 1000 * (time.perf_counter() - wall), 1000 * (time.process_time() - own)


def show(name: str, found: list[tuple[float, float]]) -> None:
    """Medians, and the slowest in twenty."""
    wall = sorted(each[0] for each in found)
    own = statistics.median(each[1] for each in found)
    late = wall[int(len(wall) * 0.95)]
    print(f"{name:<44}{statistics.median(wall):>9.1f}{own:>9.1f}{late:>9.1f}", flush=True)


def size(url: str, other: str, base: list[Read], pages: int, folder: Path) -> None:
    """What things cost in a store of so many pages.

    The last pages are added to two stores in turns, one with the thousand pages before them and the whole one: so it is
    the same pages that are timed, at the same time, in both.
    """
    began = time.perf_counter()
    store_moved.fill(folder, base, pages)
    small, large = store_moved.move(folder / "small.db", other), store_moved.move(folder / "large.db", url)
    print(f"filled in {time.perf_counter() - began:.0f} seconds")
    print(f"{'milliseconds':<44}{'median':>9}{'process':>9}{'95 %':>9}")
    found: dict[Store, list[tuple[float, float]]] = {small: [], large: []}
    with small, large:
        before = {store: store_faults.count_of(store) for store in found}
        for each in islice(stream(base, pages), pages - store_moved.TIMED, None):
            for store, times in found.items():
                times.append(timed(lambda store=store, each=each: put(store, each)))  # type: ignore[misc]
        for store, times in found.items():
            show(f"add a page, {before[store]:,} pages in the store", times)
        for at, what in enumerate(("on the clock", "of this process")):
            middle = [statistics.median(each[at] for each in times) for times in found.values()]
            print(f"    times {middle[1] / middle[0]:.2f} {what}")
        reading(large, base)


def reading(store: Store, base: list[Read]) -> None:
    """What it costs to look into a store."""
    chance = random.Random(SEED)
    looked = [chance.choice(store_words(base, chance)) for _ in range(60)]
    show("search", [timed(lambda words=words: store.search(Asked(words=words))) for words in looked])  # type: ignore[misc]
    listed = store.stories()
    several = [each.id for each in listed if each.pages > 1]
    stories = chance.sample(several, min(60, len(several)))
    show("a story's report", [timed(lambda key=key: store.report(key)) for key in stories])  # type: ignore[misc]
    largest = max(listed, key=lambda each: each.pages)
    told = [timed(lambda: store.report(largest.id)) for _ in range(5)]
    show(f"the report of the largest, of {largest.pages} pages", told)
    show("the list of stories", [timed(lambda: store.stories(limit=50)) for _ in range(10)])
    sizes = [each.pages for each in listed]
    print(f"{len(sizes):,} stories, {len(several):,} of several pages, on average {statistics.mean(sizes):.2f}")


def store_words(base: list[Read], chance: random.Random) -> list[str]:
    """A query: one to three words of a page."""
    words = re.findall(r"[a-z]{4,}", chance.choice(base).page.text) or ["police"]
    return [" ".join(chance.sample(words, min(count, len(words)))) for count in (1, 2, 3)]


def urls(server: bool, stack: ExitStack) -> Iterator[str]:
    """Where new stores are to be: files, or databases of a server that is started for them."""
    if not server:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        return (os.path.join(folder, f"{at}.db") for at in count())
    cluster = stack.enter_context(store_postgres.cluster(True))
    return (cluster.database() for _ in count())


def main() -> None:
    """The table."""
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("folder", type=Path)
    words.add_argument("--pages", type=int, default=20_000)
    words.add_argument("--read", type=int, default=4_000, help="pages that are read; the others are made of them")
    words.add_argument("--cache", type=Path, help="where what was read is kept")
    words.add_argument("--keep", type=Path, help="a folder where the filled stores of `size` are kept, and taken from")
    words.add_argument("--postgres", action="store_true", help="with a PostgreSQL, started for it, instead of SQLite")
    words.add_argument("--only", nargs="*", choices=PARTS, default=PARTS)
    words.add_argument("--kills", type=int, default=50)
    words.add_argument("--polls", type=int, default=500)
    given = words.parse_args()
    with ExitStack() as stack:
        places = urls(given.postgres, stack)
        read = min(given.read, given.pages)
        for part in given.only:
            print(f"\n{part}, {'PostgreSQL' if given.postgres else 'SQLite'}", flush=True)
            if part == "polls":
                polls(next(places), given.polls)
                continue
            rows = list(stream(bases(given.folder, read, given.cache)[:MANY], MANY)) if part != "size" else []
            if part == "size":
                folder = given.keep or Path(stack.enter_context(tempfile.TemporaryDirectory()))
                size(next(places), next(places), bases(given.folder, read, given.cache), given.pages, folder)
            elif part == "kill":
                store_faults.kill(next(places), rows, given.kills)
            elif part == "writers":
                store_faults.writers(next(places), rows[:FEW])
            elif part == "disk":
                store_faults.disk(rows[:FEW], given.postgres)
            elif given.postgres:
                store_faults.restart(rows[:FEW], 10)
            else:
                print("SQLite has no server")


if __name__ == "__main__":
    main()
