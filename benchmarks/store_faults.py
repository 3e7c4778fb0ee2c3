"""What a store bears: killed writers, two writers at once, a full disk, a server that is restarted.

After each the store is compared, row by row, with one to which the same pages were added undisturbed.
"""

from __future__ import annotations

import gzip
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec

import store_postgres
from rashomon.pages import Capture
from rashomon.spans import digest
from rashomon.store import Store, StoreError, adding
from store_pages import SEED, Read

LONGEST = 0.8
"""Seconds that a writer has before it is killed, at most."""
CHILD = """
import gzip, sys, msgspec
sys.path.insert(0, sys.argv[3])
from store_faults import put
from store_pages import Read
from rashomon.store import Store
rows = msgspec.msgpack.decode(gzip.decompress(open(sys.argv[2], "rb").read()), type=list[Read])
store = Store(sys.argv[1])
print("ready", flush=True)
for each in rows[:: int(sys.argv[4])]:
    put(store, each)
"""


def put(store: Store, each: Read) -> None:
    """One page, read before, as `Store.add` adds it."""
    lay(store, each)
    store.align()


def lay(store: Store, each: Read) -> None:
    """The same without the verdicts, as `Store.add_all` adds each of many."""
    fresh = adding.Fresh(each.page, each.claims, Capture(each.page.address or "", each.page.text.encode()))
    now = store.clock()
    store.database.write(lambda link: adding.add(link, fresh, now))


def kill(url: str, rows: Sequence[Read], times: int) -> None:
    """Kill whoever adds, again and again, then let it finish."""
    chance = random.Random(SEED)
    bad = 0
    with kept(rows) as path:
        for _ in range(times):
            with subprocess.Popen(_child(url, path), stdout=subprocess.PIPE) as child:
                assert child.stdout is not None
                child.stdout.readline()
                time.sleep(chance.random() * LONGEST)
                child.send_signal(signal.SIGKILL)
            bad += len(halves(url, quick=True))
        began = count(url)
        subprocess.run(_child(url, path), stdout=subprocess.DEVNULL, check=True)
    told = f"killed {times} times while {began} pages were added: {bad} things half there or doubled"
    print(f"{told}; run again, {verdict(url, rows)}")


def writers(url: str, rows: Sequence[Read]) -> None:
    """Two processes add the same pages, one from the first on, one from the last."""
    Store(url).close()
    began = time.perf_counter()
    with kept(rows) as path:
        both = [subprocess.Popen(_child(url, path, step), stdout=subprocess.DEVNULL) for step in (1, -1)]
        failed = [writer.wait() for writer in both if writer.wait()]
    # Which page comes first is chance here, and stories follow the order: what is compared is the pages alone.
    left = [*halves(url), *(["a writer failed"] if failed else [])]
    seconds = time.perf_counter() - began
    print(f"two writers: {count(url)} of {len(rows)} pages, {left or 'nothing lost or doubled'}, {seconds:.0f} seconds")


def disk(rows: Sequence[Read], server: bool) -> None:
    """A disk that is full while pages are added, until somebody makes room. It is a file system of its own, so this
    needs a user who may mount one."""
    with small_disk(140 if server else 24) as folder:
        ballast = Path(folder) / "ballast"
        if not server:
            _full(str(Path(folder) / "news.db"), rows, ballast, None)
            return
        with store_postgres.cluster(True, Path(folder) / "server") as cluster:
            _full(cluster.database(), rows, ballast, cluster)


def _full(url: str, rows: Sequence[Read], ballast: Path, cluster: Any) -> None:
    said: list[str] = []
    times = 0
    with Store(url) as store:
        for each in rows[:5]:
            put(store, each)
    for _ in range(3):
        _leave(ballast, 2 * 2**20)
        try:
            with Store(url) as store:
                for each in rows:
                    put(store, each)
        except (StoreError, OSError) as error:
            times += 1
            said.append(str(error))
        ballast.unlink()
        if cluster is not None:
            cluster.restart()  # one whose log cannot grow stops itself
    with Store(url) as store:
        for each in rows:
            put(store, each)
    print(f"the disk was full {times} times: {verdict(url, rows)}\n    {said[0] if said else 'nothing was said'}")


def _leave(ballast: Path, left: int) -> None:
    """Fill the disk up to so many bytes."""
    free = os.statvfs(ballast.parent)
    with open(ballast, "wb") as out:
        out.write(bytes(max(0, free.f_bavail * free.f_frsize - left)))


@contextmanager
def small_disk(megabytes: int) -> Iterator[str]:
    """A file system of so many megabytes, in memory."""
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", folder], check=True)
        try:
            yield folder
        finally:
            subprocess.run(["umount", folder], check=True)


def restart(rows: Sequence[Read], times: int) -> None:
    """A server that falls and comes back at random moments, while one writer adds on."""
    with store_postgres.cluster() as cluster:
        _falling(cluster, cluster.database(), rows, times)


def _falling(cluster: Any, url: str, rows: Sequence[Read], times: int) -> None:
    chance = random.Random(SEED)
    done = threading.Event()
    fallen = 0

    def fall() -> None:
        nonlocal fallen
        while fallen < times and not done.wait(0.5 + chance.random()):
            cluster.stop("immediate")
            cluster.start()
            fallen += 1

    thread = threading.Thread(target=fall)
    with Store(url) as store:
        thread.start()
        for each in rows:
            put(store, each)
        done.set()
        thread.join()
    print(f"the server fell {fallen} times while {len(rows)} pages were added: {verdict(url, rows)}")


@contextmanager
def kept(rows: Sequence[Read]) -> Iterator[str]:
    """A file of the pages."""
    with tempfile.NamedTemporaryFile(suffix=".gz") as out:
        out.write(gzip.compress(msgspec.msgpack.encode(rows), 1))
        out.flush()
        yield out.name


def _child(url: str, path: str, step: int = 1) -> list[str]:
    return [sys.executable, "-c", CHILD, url, path, str(Path(__file__).parent), str(step)]


def count(url: str) -> int:
    """The pages of a store."""
    with Store(url) as store:
        return count_of(store)


def count_of(store: Store) -> int:
    """The same of an opened one."""
    with store.database.read() as link:
        return int(link.exec_driver_sql("SELECT count(*) FROM pages").scalar() or 0)


def verdict(url: str, rows: Sequence[Read]) -> str:
    """How a store is after all pages were added: against one to which they were added undisturbed."""
    left = halves(url)
    with tempfile.TemporaryDirectory() as folder:
        other = os.path.join(folder, "undisturbed.db")
        with Store(other) as store:
            for each in rows:
                put(store, each)
        wanted, found = contents(other), contents(url)
    differs = [name for name in wanted if wanted[name] != found[name]]
    same = f"other than undisturbed: {', '.join(differs)}" if differs else "all tables as undisturbed"
    return f"{count(url)} of {len(rows)} pages, {', '.join(left) or 'nothing half there or doubled'}, {same}"


_CONTENTS = {
    "pages": "SELECT number, id, place, story, why, former FROM pages ORDER BY number",
    "claims": "SELECT number, id, page, status FROM claims ORDER BY number",
    "captures": "SELECT id, size FROM captures ORDER BY id",
    "stories": 'SELECT number, id, was, "into", title FROM stories ORDER BY number',
    "points": "SELECT number, id, story, verdict FROM points ORDER BY number",
    "verdicts": "SELECT number, point, story, verdict FROM verdicts ORDER BY number",
    "links": "SELECT earlier, later FROM links ORDER BY earlier, later",
    "traits": "SELECT number FROM traits ORDER BY number",
    "counted": "SELECT count(*), sum(pages) FROM terms",
}


def contents(url: str) -> dict[str, str]:
    """A digest of what is in each table, all but times."""
    with Store(url) as store, store.database.read() as link:
        return {
            name: digest("rows", repr([tuple(row) for row in link.exec_driver_sql(query)]))
            for name, query in _CONTENTS.items()
        }


def halves(url: str, quick: bool = False) -> list[str]:
    """What of a store is half there or doubled; `quick`: without looking into each page and each block of the file."""
    checks = {
        "pages without traits": "SELECT count(*) FROM pages WHERE number NOT IN (SELECT number FROM traits)",
        "traits without pages": "SELECT count(*) FROM traits WHERE number NOT IN (SELECT number FROM pages)",
        "numbers left out": "SELECT coalesce(max(number), -1) + 1 - count(*) FROM pages",
        "addresses doubled": "SELECT count(*) - count(DISTINCT place) FROM pages",
        "captures of no page": "SELECT count(*) FROM captures WHERE id NOT IN (SELECT capture FROM pages)",
        "stories without pages": 'SELECT count(*) FROM stories WHERE "into" IS NULL AND number NOT IN '
        "(SELECT story FROM pages)",
    }
    out = []
    with Store(url) as store, store.database.read() as link:
        for name, query in checks.items():
            if found := link.exec_driver_sql(query).scalar():
                out.append(f"{found} {name}")
        if quick:
            return out
        words = link.exec_driver_sql("SELECT count(*) FROM claims").scalar()
        told = sum(len(store.claims(page.id)) for page in store.pages())
        if words != told:
            out.append(f"{words} claims found of {told}")
        if store.database.lite and (said := link.exec_driver_sql("PRAGMA integrity_check").scalar()) != "ok":
            out.append(f"a damaged file: {said}")
    return out
