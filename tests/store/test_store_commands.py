"""The commands on a store: what they print, and their exit statuses."""

from __future__ import annotations

import io
import json
import os
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import NamedTuple

import pytest

from rashomon import cli
from rashomon.commands.shown import publisher
from rashomon.errors import RashomonError

FIRST = "Mayor Nadia Orsini said that 12 people were injured in Tarn on Monday. The bridge at Tarn is closed."
SECOND = "Police said that 15 people were injured in Tarn on Monday. The bridge at Tarn is closed, police said."


class Done(NamedTuple):
    """What a command did."""

    status: int
    out: str
    err: str


def rashomon(*words: str, cwd: Path) -> Done:
    """A command, run in this process: a new one for each would take longer than all that is tried."""
    before, out, err = Path.cwd(), io.TextIOWrapper(io.BytesIO(), encoding="utf-8"), io.StringIO()
    os.chdir(cwd)
    try:
        with redirect_stdout(out), redirect_stderr(err):
            try:
                status = cli.app(list(words), prog_name="rashomon", standalone_mode=False)
            except RashomonError as error:
                status = 2
                print(error, file=err)
    finally:
        os.chdir(before)
    out.flush()
    written = out.buffer.getvalue()
    return Done(status or 0, written.decode(), err.getvalue())


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a store of two pages, one of which was captured twice."""
    made = tmp_path_factory.mktemp("kept")
    for name, text in (("a.txt", FIRST), ("b.txt", SECOND)):
        (made / name).write_text(f"The bridge at Tarn\n\n{text}\n", encoding="utf-8")
    done = rashomon("add", "a.txt", "b.txt", cwd=made)
    assert done.status == 0, done.err
    assert done.out == "2 new pages · 1 story in rashomon.db\n"
    (made / "b.txt").write_text(f"The bridge at Tarn\n\n{SECOND.replace('15', '17')}\n", encoding="utf-8")
    assert "1 new page, 1 page there already" in rashomon("add", "a.txt", "b.txt", cwd=made).out
    return made


def test_stories_are_listed_and_reported_by_how_their_ids_begin(folder: Path) -> None:
    done = rashomon("stories", cwd=folder)
    story = done.out.split()[0]
    assert "2 pages" in done.out
    assert json.loads(rashomon("stories", "--format", "json", cwd=folder).out)[0]["pages"] == 2
    shown = rashomon("story", story, cwd=folder)
    assert "POINTS, AND WHAT EACH WAS BEFORE" in shown.out
    report = rashomon("report", "--store", "rashomon.db", story, "--format", "json", cwd=folder)
    assert json.loads(report.out)["stories"][0]["id"].startswith(story)
    assert rashomon("report", "--store", "rashomon.db", story, cwd=folder).out.count("17") >= 1


def test_search_and_changes(folder: Path) -> None:
    found = rashomon("search", "injured", "--speaker", "Orsini", cwd=folder)
    assert "12 people were injured" in found.out
    assert rashomon("search", "zebra", cwd=folder).status == 1
    changed = rashomon("changes", "b.txt", cwd=folder)
    assert "was  " in changed.out
    assert "now  " in changed.out
    assert changed.out.index("CLAIMS") < changed.out.index("now  ")


def test_judgements_are_made_listed_and_undone(folder: Path) -> None:
    hits = json.loads(rashomon("search", "12 people", "--format", "json", cwd=folder).out)
    claim = hits[0]["claim"]["id"]
    kept = rashomon("judge", "misread", claim, "--who", "Ada", "--note", "a slip", cwd=folder)
    assert kept.status == 0, kept.err
    listed = rashomon("judgements", cwd=folder).out
    assert "misread" in listed
    assert "Ada" in listed
    assert rashomon("judge", "undo", listed.split()[0], cwd=folder).status == 0
    assert "(undone)" in rashomon("judgements", cwd=folder).out


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["stories", "--store", "no.db"], "There is no store no.db"),
        (["report", "--store", "rashomon.db", "zzzz"], "There is no story 'zzzz'"),
        (["report", "--as-of", "2026", "a.txt"], "--as-of asks a store"),
        (["search"], "Say what to search for"),
        (["changes", "nothing.txt"], "There is no page nothing.txt"),
        (["judge", "misread", "1234567"], "no claim begins"),
        (["judge", "undo", "1234567"], "no one judgement"),
        (["alert", "weather"], "no kind of alert"),
        (["alert", "number", "--to", "nowhere"], "nowhere to send to"),
        (["watch", "--once", "nothing.opml"], "neither a URL"),
        (["watch", "--once", "--every", "soon"], "is no span"),
        (["watch", "--once"], "No feed is followed yet"),
        (["watch", "--once", "--store", "no.db"], "There is no store no.db"),
        (["watch", "--once", "http://"], "is no address of a feed"),
        (["watch", "--once", "http://a b.example/feed"], "is no address of a feed"),
        (["watch", "--once", "a.txt"], "a.txt is no OPML list of feeds"),
        (["alert", "phrase", "  "], "Say which phrase"),
        (["alert", "number", "mine"], "takes no words"),
        (["alert", "number", "--to", "mailto:a b@tarn.example"], "nowhere to send to"),
        (["alert", "number", "--to", "https://a b.example"], "nowhere to send to"),
        (["alert", "--drop", ""], "There is no rule ''"),
        (["export", "--format", "word"], "no format called word"),
    ],
)
def test_a_call_that_cannot_be_carried_out_says_why(folder: Path, words: list[str], sentence: str) -> None:
    done = rashomon(*words, cwd=folder)
    assert done.status == 2, done.out
    assert sentence in " ".join(done.err.split())


def test_a_call_that_is_refused_makes_no_store(tmp_path: Path) -> None:
    for words in (["alert", "number", "--to", "nowhere"], ["watch", "--once", "http://"], ["watch", "--once"]):
        assert rashomon(*words, cwd=tmp_path).status == 2
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("source", "address", "shown"),
    [
        ("Tarn Herald", "https://herald.example/a", "Tarn Herald"),
        (None, "https://www.herald.example/a", "herald.example"),
        (None, "https://archive.example/2026/http://www.herald.example:80/a", "herald.example"),
        (None, "/home/ada/pages/a.txt", "a.txt"),
        (None, "http://[broken", "[broken"),
        (None, None, "source unknown"),
    ],
)
def test_a_page_without_a_source_is_shown_by_its_server(source: str | None, address: str | None, shown: str) -> None:
    assert publisher(source, address) == shown


def test_a_store_is_read_again(folder: Path) -> None:
    assert "3 pages read again" in rashomon("reread", cwd=folder).err
    assert "was up to date" in rashomon("migrate", cwd=folder).err
