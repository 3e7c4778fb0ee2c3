"""What a store costs and bears: `python benchmarks/store.py DATA_DIR [--pages N] [--postgres URL] [--only PART…]`.

Prints a table for a new SQLite file, or for the empty PostgreSQL database of the URL (`tests/postgres.py` starts a
server), which each part needs for itself: `--only size`.

    size     milliseconds for adding a page (its claims read before) with 1,000 pages and with all, for a search, and
             for a story's report. The pages are those of incidents and of attribution, over and over, each time with
             other names and later dates; their claims are read once, and kept in --cache FILE where that is given.
    kill     `kill -9` at 50 random moments of adding: what is half there or doubled afterwards
    polls    500 polls of a feed server on this machine that misbehaves: what is lost or doubled
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import msgspec
from msgspec.structs import replace

from rashomon import run
from rashomon.claims import read_out, settled
from rashomon.model import Claim, Dated, Page
from rashomon.pages import Capture
from rashomon.spans import digest
from rashomon.store import Asked, Store, adding
from rashomon.watch import keeping, watching
from rashomon.watch.polling import DAY

SEED = 20
_NAME = re.compile(r"\b[A-Z][a-z]{3,}\b")
_VOWELS, _OTHERS = "aeiou", "bcdfghklmnprst"


class Read(msgspec.Struct):
    """A page with its claims."""

    page: Page
    claims: list[Claim]


def texts(folder: Path, most: int) -> Iterator[tuple[str, str, str]]:
    """Title, text and date of the pages of both sets, in turns."""
    with gzip.open(folder / "incidents.jsonl.gz") as lines:
        told = [page for line in lines for page in json.loads(line)["pages"]]
    with gzip.open(folder / "attribution.jsonl.gz") as lines:
        said = [json.loads(line) for line in lines]
    rows = [(page["title"] or "", page["text"], (page["published"] or "2016-01-01")[:10]) for page in told]
    rows += [("", row["text"], str(date(2014, 1, 1) + timedelta(days=3 * at))) for at, row in enumerate(said)]
    rows = [row for row in rows if len(row[1]) > 200]
    random.Random(SEED).shuffle(rows)
    yield from rows[:most]


def bases(folder: Path, most: int, cache: Path | None) -> list[Read]:
    """The pages as they were read, from the cache where they are in it."""
    if cache is not None and cache.exists():
        kept = msgspec.msgpack.decode(gzip.decompress(cache.read_bytes()), type=list[Read])
        if len(kept) >= most:
            return kept[:most]
    pages = []
    for at, (title, text, day) in enumerate(texts(folder, most)):
        known = {"text": text, "title": title or None, "published": day, "source": f"Paper {at % 90}"}
        pages.append(run.read_page(text, f"https://paper{at % 90}.example/{at}", {k: v for k, v in known.items() if v}))
    out = [Read(settled(page), list(each.claims)) for page, each in zip(pages, read_out(pages), strict=True)]
    if cache is not None:
        cache.write_bytes(gzip.compress(msgspec.msgpack.encode(out), 1))
    return out


def varied(base: Read, turn: int) -> Read:
    """The page with other names of the same length, a later date, and ids of its own."""
    if not turn:
        return base

    def other(match: re.Match[str]) -> str:
        word = match.group()
        return word[0] + "".join(_turned(char, turn) for char in word[1:])

    encoded = msgspec.json.encode(base).decode()
    fresh = msgspec.json.decode(_NAME.sub(other, encoded), type=Read)
    value = base.page.published.value
    day = str(date.fromisoformat(value[:10]) + timedelta(days=700 * turn)) if value and len(value) > 9 else None
    key = digest("varied", base.page.id, str(turn))
    page = replace(fresh.page, id=key, address=f"{base.page.address}/{turn}", published=Dated(day, "stated", "Varied."))
    claims = [
        replace(claim, id=digest(key, claim.id), page=key, saying=digest(key, claim.saying)) for claim in fresh.claims
    ]
    return Read(page, claims)


def _turned(char: str, turn: int) -> str:
    for letters in (_VOWELS, _OTHERS):
        if char in letters:
            return letters[(letters.index(char) + turn) % len(letters)]
    return char


def put(store: Store, each: Read) -> None:
    """One page, read before, as `Store.add` adds it."""
    fresh = adding.Fresh(each.page, each.claims, Capture(each.page.address or "", each.page.text.encode()))
    now = store.clock()
    store.database.write(lambda link: adding.add(link, fresh, now))
    store.align()


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


def size(url: str, folder: Path, pages: int, most: int, cache: Path | None) -> None:
    """What things cost in a store of so many pages."""
    base = bases(folder, most, cache)
    order = [(at % len(base), at // len(base)) for at in range(pages)]
    print(f"{'milliseconds':<44}{'median':>9}{'process':>9}{'95 %':>9}")
    with Store(url) as store:
        batch: list[tuple[float, float]] = []
        for at, (which, turn) in enumerate(order):
            each = varied(base[which], turn)
            batch.append(timed(lambda each=each: put(store, each)))  # type: ignore[misc]
            if at + 1 in (1000, 2000, 5000, 10_000, pages):
                show(f"add a page, {at + 1:,} pages in the store", batch[-300:])
        chance = random.Random(SEED)
        looked = [chance.choice(store_words(base, chance)) for _ in range(60)]
        show("search", [timed(lambda words=words: store.search(Asked(words=words))) for words in looked])  # type: ignore[misc]
        several = [each.id for each in store.stories(limit=4000) if each.pages > 1]
        stories = chance.sample(several, min(60, len(several)))
        show("a story's report", [timed(lambda key=key: store.report(key)) for key in stories])  # type: ignore[misc]
        print(f"{len(store.stories()):,} stories, the largest of {max(each.pages for each in store.stories())} pages")


def store_words(base: list[Read], chance: random.Random) -> list[str]:
    """A query: one to three words of a page."""
    words = re.findall(r"[a-z]{4,}", chance.choice(base).page.text) or ["police"]
    return [" ".join(chance.sample(words, min(count, len(words)))) for count in (1, 2, 3)]


CHILD = """
import gzip, sys, msgspec
sys.path.insert(0, sys.argv[3])
from store import Read, put
from rashomon.store import Store
rows = msgspec.msgpack.decode(gzip.decompress(open(sys.argv[2], "rb").read()), type=list[Read])
store = Store(sys.argv[1])
print("ready", flush=True)
for each in rows:
    put(store, each)
"""


def kill(url: str, folder: Path, most: int, cache: Path | None, times: int) -> None:
    """Kill whoever adds, again and again, then let it finish."""
    rows = bases(folder, most, cache)
    chance = random.Random(SEED)
    bad = 0
    with tempfile.NamedTemporaryFile(suffix=".gz") as kept:
        kept.write(gzip.compress(msgspec.msgpack.encode(rows), 1))
        kept.flush()
        words = [sys.executable, "-c", CHILD, url, kept.name, str(Path(__file__).parent)]
        for _ in range(times):
            with subprocess.Popen(words, stdout=subprocess.PIPE) as child:
                assert child.stdout is not None
                child.stdout.readline()
                time.sleep(chance.random() * 1.2)
                child.send_signal(signal.SIGKILL)
            bad += len(halves(url))
        subprocess.run(words, stdout=subprocess.DEVNULL, check=True)
    left = halves(url)
    with Store(url) as store:
        found = len(store.pages())
    print(f"killed {times} times: {bad} things half there or doubled, {found} of {len(rows)} pages in the end {left}")


def halves(url: str) -> list[str]:
    """What of a store is half there or doubled."""
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
            if count := link.exec_driver_sql(query).scalar():
                out.append(f"{count} {name}")
        words = link.exec_driver_sql("SELECT count(*) FROM claims").scalar()
        told = sum(len(store.claims(page.id)) for page in store.pages())
        if words != told:
            out.append(f"{words} claims found of {told}")
    return out


def polls(url: str, times: int) -> None:
    """Poll a feed that misbehaves; each of its entries must be one page in the end."""
    chance = random.Random(SEED)
    herald = Herald(chance)
    server = _server(herald)
    root = herald.root
    clock = {"now": 1_900_000_000.0}
    began = time.perf_counter()
    with Store(url, clock=lambda: clock["now"]) as store:
        watch = watching.Watch(store, watching.asking(True, 0.4), lambda: clock["now"], lambda seconds: None, pause=0.0)
        watching.once(watch, [f"{root}/feed"])
        for turn in range(times):
            if turn % 4 == 0:
                herald.entries += 1
            clock["now"] += chance.choice([1000.0, 4000.0, DAY])
            if store.database.ask(keeping.feeds)[0].gone:
                store.database.write(lambda link: keeping.follow(link, [f"{root}/feed"], clock["now"]))
            watching.once(watch, all_of_them=True)
        herald.calm = True
        for _ in range(8):
            clock["now"] += 2 * DAY
            watching.once(watch, [f"{root}/feed"])
        found = [page.address for page in store.pages() if page.address and "/page/" in page.address]
    server.shutdown()
    wanted = {f"{root}/page/{at}" for at in range(herald.entries)}
    lost, doubled = wanted - set(found), len(found) - len(set(found))
    seconds = time.perf_counter() - began
    print(f"{times} polls, {herald.entries} entries: {len(lost)} lost, {doubled} doubled, {seconds:.0f} seconds")


class Herald:
    """What the server has: so many entries, and how it misbehaves."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.entries = 0
        self.calm = False
        self.root = ""

    def feed(self, broken: bool = False, more: str = "", day: str = "Sat, 03 May 2025 14:00:00 GMT") -> bytes:
        """The feed's forty latest entries."""
        items = "".join(
            f"<item><guid>{at}</guid><link>{self.root}/page/{at}</link><title>Mine {at}</title>"
            f"<pubDate>{day}</pubDate></item>"
            for at in reversed(range(max(0, self.entries - 40), self.entries))
        )
        text = f'<rss version="2.0"><channel><title>Herald</title>{items}{more}</channel></rss>'
        return text[: len(text) * 2 // 3].encode() if broken else text.encode()

    def page(self, at: int) -> bytes:
        """The page of an entry."""
        town = "T" + "".join(_turned(char, at) for char in "esarotin")
        told = f"Police said that {at + 3} people were injured at the mine in {town} on Monday."
        return f"<title>Mine at {town}</title><article><h1>Mine at {town}</h1><p>{told}</p></article>".encode()

    def answer(self, path: str, condition: str | None) -> tuple[int, dict[str, str], bytes]:
        """Status, headers and body."""
        fault = "none" if self.calm else self.chance.choice(FAULTS)
        if path.startswith("/page/"):
            return (500, {}, b"") if fault in ("500", "slow") else (200, {}, self.page(int(path.rpartition("/")[2])))
        tag = f'"{self.entries}"'
        if not path.startswith("/feed"):
            return 404, {}, b""
        if condition == tag:
            return 304, {}, b""
        return self.faulty(fault, path, {"ETag": tag})

    def faulty(self, fault: str, path: str, headers: dict[str, str]) -> tuple[int, dict[str, str], bytes]:
        """The feed with a fault."""
        if fault == "slow":
            time.sleep(0.6)
        if fault == "redirect" and "?" in path:
            fault = "none"
        huge = f"<item><guid>huge</guid><title>x</title><description>{'x ' * 5_000_000}</description></item>"
        answers: dict[str, Callable[[], tuple[int, dict[str, str], bytes]]] = {
            "500": lambda: (500, {}, b""),
            "429": lambda: (429, {"Retry-After": "60"}, b""),
            "410": lambda: (410, {}, b""),
            "malformed": lambda: (200, headers, self.feed(broken=True)),
            "huge": lambda: (200, headers, self.feed(more=huge)),
            "future": lambda: (200, headers, self.feed(day="Sat, 03 May 2081 14:00:00 GMT")),
            "redirect": lambda: (302, {"Location": f"/feed?{self.entries}"}, b""),
            "circle": lambda: (302, {"Location": path}, b""),
        }
        return answers.get(fault, lambda: (200, headers, self.feed()))()


def _server(herald: Herald) -> ThreadingHTTPServer:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, headers, body = herald.answer(self.path, self.headers.get("If-None-Match"))
            with suppress(OSError):  # whoever asked waits no longer
                self.send_response(status)
                for key, value in {**headers, "Content-Length": str(len(body))}.items():
                    self.send_header(key, value)
                self.end_headers()
                self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    herald.root = f"http://127.0.0.1:{server.server_port}"
    return server


FAULTS = ["none", "none", "304", "500", "429", "410", "slow", "malformed", "huge", "future", "redirect", "circle"]


def main() -> None:
    """The table."""
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("folder", type=Path)
    words.add_argument("--pages", type=int, default=20_000)
    words.add_argument("--read", type=int, default=4_000, help="pages that are read; the others are made of them")
    words.add_argument("--cache", type=Path, help="where what was read is kept")
    words.add_argument("--postgres", metavar="URL", help="an empty database; else a new SQLite file")
    words.add_argument("--only", nargs="*", choices=["size", "kill", "polls"], default=["size", "kill", "polls"])
    words.add_argument("--kills", type=int, default=50)
    words.add_argument("--polls", type=int, default=500)
    given = words.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for part in given.only:
            url = given.postgres or os.path.join(folder, f"{part}.db")
            print(f"\n{part}, {'PostgreSQL' if given.postgres else 'SQLite'}")
            if part == "size":
                size(url, given.folder, given.pages, min(given.read, given.pages), given.cache)
            elif part == "kill":
                kill(url, given.folder, 300, given.cache, given.kills)
            else:
                polls(url, given.polls)


if __name__ == "__main__":
    main()
