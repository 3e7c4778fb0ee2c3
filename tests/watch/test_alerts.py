"""Rules are told of what happens once, in time, and wherever they asked for it."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import socketserver
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import feedparser  # type: ignore[import-untyped]
import pytest

import rashomon
from rashomon.store import Store
from rashomon.watch import ruling, sending
from rashomon.watch.alerts import Alert, Rule

TEXT = "{} said that {} people were injured at the mine in Tarn on Monday."


def page(who: str, number: int, address: str, published: str, more: str = "") -> rashomon.Page:
    text = f"{TEXT.format(who, number)}{more}"
    return rashomon.read_page(text, address, {"text": text, "title": "Mine accident at Tarn", "published": published})


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    with Store(url) as made:
        ruling.listen(made)
        yield made


def rule(store: Store, kind: Any, **given: Any) -> Rule:
    given.setdefault("to", "terminal")
    return store.database.write(lambda link: ruling.add(link, Rule(id="", kind=kind, **given)))


def told(store: Store) -> list[Alert]:
    return list(reversed(store.database.ask(ruling.latest)))


def test_a_number_that_moved_is_told_once(store: Store) -> None:
    rule(store, "number")
    store.add(page("Police", 12, "a", "2026-03-04"))
    assert told(store) == []
    store.add(page("Police", 15, "b", "2026-03-05"))
    (alert,) = told(store)
    assert alert.title == "A number moved: 12 → 15"
    assert alert.address == "b"
    store.align()
    assert len(told(store)) == 1


def test_a_point_that_became_disputed_and_one_that_is_agreed(store: Store) -> None:
    rule(store, "disputed")
    rule(store, "agreed", origins=2)
    rule(store, "agreed", origins=3)
    store.add(page("Police", 12, "a", "2026-03-04"))
    store.add(page("Doctors", 12, "b", "2026-03-04"))
    assert [alert.title for alert in told(store)] == ["Agreed by 2 independent origins"]
    store.add(page("Police", 15, "c", "2026-03-04"))
    assert told(store)[-1].title == "A point became disputed"
    assert len(told(store)) == 2


def test_a_denial_a_speaker_and_a_phrase(store: Store) -> None:
    rule(store, "denial")
    rule(store, "speaker", words="Orsini")
    rule(store, "phrase", words="reckless mine")
    rule(store, "speaker", words="Nobody Else")
    more = "\n\nNadia Orsini denied that she had ordered the reckless mine works."
    store.add(page("Police", 12, "a", "2026-03-04", more))
    kinds = [alert.kind for alert in told(store)]
    assert set(kinds) == {"denial", "speaker", "phrase"}
    assert all("Orsini" in alert.text or alert.kind != "denial" for alert in told(store))


def test_a_rule_of_one_story_hears_of_that_alone_and_a_dropped_one_of_nothing(store: Store) -> None:
    store.add(page("Police", 12, "a", "2026-03-04"))
    rule(store, "number", story=store.stories()[0].id)
    rule(store, "number", story="1another")
    gone = rule(store, "phrase", words="injured")
    store.database.write(lambda link: ruling.drop(link, gone.id[:8]))
    store.add(page("Police", 15, "b", "2026-03-05"))
    assert len(told(store)) == 1
    with pytest.raises(rashomon.UsageError, match="There is no rule"):
        store.database.write(lambda link: ruling.drop(link, "nothing"))


def alert(**given: Any) -> Alert:
    values: dict[str, Any] = {
        "id": "1a", "rule": "1r", "kind": "number", "title": "A number moved: 12 → 15", "text": "15 people <b>",
        "story": "1s", "story_title": "Mine\naccident", "point": None, "claim": None, "page": None,
        "address": "https://tarn.example/a", "at": "2026-03-05T10:00:00Z",
    }  # fmt: skip
    return Alert(**values | given)


def test_what_did_not_arrive_is_sent_again_and_what_arrived_is_not(store: Store) -> None:
    rule(store, "number")
    store.add(page("Police", 12, "a", "2026-03-04"))
    store.add(page("Police", 15, "b", "2026-03-05"))
    now = store.clock()
    store.clock = lambda: now
    tried: list[str] = []

    def send(each: Alert, _: Rule) -> None:
        tried.append(each.id)
        if len(tried) == 1:
            raise OSError("The server is away.")

    sent, (why,) = ruling.deliver(store, send)
    assert sent == 0
    assert why.startswith("The server is away. It is tried again after ")
    assert store.database.ask(ruling.held) == [("The server is away.", 1, 0)]
    assert ruling.deliver(store, send) == (0, [])
    store.clock = lambda: now + 100
    assert ruling.deliver(store, send) == (1, [])
    assert ruling.deliver(store, send) == (0, [])
    assert len(set(tried)) == 1


@pytest.fixture
def hook() -> Iterator[tuple[str, list[tuple[dict[str, str], bytes]]]]:
    got: list[tuple[dict[str, str], bytes]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            got.append(({key.lower(): value for key, value in self.headers.items()}, body))
            self.send_response(500 if self.path == "/bad" else 204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", got
    server.shutdown()
    server.server_close()


def test_a_webhook_is_signed(hook: tuple[str, list[tuple[dict[str, str], bytes]]]) -> None:
    root, got = hook
    sending.webhook(f"{root}/hook", alert(), 1_900_000_000.0, "secret", True)
    ((headers, body),) = got
    signed = hmac.new(b"secret", b"1a.1900000000." + body, hashlib.sha256).digest()
    assert headers["webhook-signature"] == "v1," + base64.b64encode(signed).decode()
    assert json.loads(body)["data"]["title"] == "A number moved: 12 → 15"
    assert (
        sending.signature("whsec_" + base64.b64encode(b"secret").decode(), "1a", 1_900_000_000, body)
        == headers["webhook-signature"]
    )
    with pytest.raises(OSError, match="status 500"):
        sending.webhook(f"{root}/bad", alert(), 0.0, None, True)
    with pytest.raises(OSError, match="no public address"):
        sending.webhook(f"{root}/hook", alert(), 0.0, None, False)


def test_a_mail_is_sent() -> None:
    got: list[str] = []

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            say: Callable[[str], int] = lambda line: self.wfile.write(f"{line}\r\n".encode())  # noqa: E731
            say("220 here")
            for raw in self.rfile:
                line = raw.decode().strip().upper()
                if line == "DATA":
                    say("354 go on")
                    while (text := self.rfile.readline().decode()) != ".\r\n":
                        got.append(text)
                say("221 bye" if line == "QUIT" else "250 yes")
                if line == "QUIT":
                    return

    with socketserver.TCPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        sending.mail("mailto:ada@tarn.example", alert(), f"smtp://127.0.0.1:{server.server_address[1]}")
        server.shutdown()
    text = "".join(got)
    assert "To: ada@tarn.example" in text
    assert "Message-ID: <1a@" in text
    with pytest.raises(OSError, match="RASHOMON_SMTP"):
        sending.mail("mailto:ada@tarn.example", alert(), None)
    with pytest.raises(OSError, match="No mail was sent"):
        sending.mail("mailto:ada@tarn.example", alert(), "smtp://127.0.0.1:9")


def test_a_feed_file_is_read_by_others(tmp_path: Path) -> None:
    atom, feed = str(tmp_path / "a.atom"), str(tmp_path / "a.json")
    for path in (atom, feed):
        sending.feed_file(path, [alert(), alert(id="1b", address=None)], "Alerts")
    read = feedparser.parse(Path(atom).read_bytes())
    assert not read.bozo
    assert [entry.id for entry in read.entries] == ["urn:rashomon:1a", "urn:rashomon:1b"]
    assert read.entries[0].link == "https://tarn.example/a"
    assert json.loads(Path(feed).read_text())["items"][0]["content_text"] == "15 people <b>"


@pytest.mark.parametrize("server", ["nonsense", "smtp://mail.example:x", "http://mail.example", "smtp://"])
def test_a_mail_server_that_is_none_is_a_sentence(server: str) -> None:
    with pytest.raises(OSError, match="RASHOMON_SMTP is no address"):
        sending.mail("mailto:ada@tarn.example", alert(), server)


def test_a_secret_that_is_cut_off_is_a_sentence() -> None:
    with pytest.raises(OSError, match="RASHOMON_WEBHOOK_SECRET"):
        sending.webhook("http://127.0.0.1:9/hook", alert(), 0.0, "whsec_x", True)


def test_a_feed_file_that_cannot_be_written_is_a_sentence_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.atom").mkdir()
    with pytest.raises(OSError, match=r"a\.atom could not be written"):
        sending.feed_file(str(tmp_path / "a.atom"), [alert()], "Alerts")
    assert [path.name for path in tmp_path.iterdir()] == ["a.atom"]


@pytest.mark.parametrize("to", ["ftp://a.example", "nothing", "mailto:nobody", "/no/such/folder/a.atom", "https://"])
def test_alerts_go_somewhere(to: str) -> None:
    with pytest.raises(rashomon.UsageError):
        sending.checked(to)
