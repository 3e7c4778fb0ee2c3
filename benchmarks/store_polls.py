"""A feed server on this machine that misbehaves, and what comes of polling it."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from rashomon.store import Store
from rashomon.watch import keeping, watching
from rashomon.watch.asking import asking
from rashomon.watch.polling import DAY
from rashomon.watch.rounds import Watch
from store_pages import SEED, turned


def polls(url: str, times: int) -> None:
    """Poll a feed that misbehaves; each of its entries must be one page in the end."""
    chance = random.Random(SEED)
    herald = Herald(chance)
    server = _server(herald)
    root = herald.root
    clock = {"now": 1_900_000_000.0}
    began = time.perf_counter()
    with Store(url, clock=lambda: clock["now"]) as store:
        watch = Watch(store, asking(True, 0.4), lambda: clock["now"], lambda seconds: None, pause=0.0)
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
        town = "T" + "".join(turned(char, at) for char in "esarotin")
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
