"""What goes wrong with a store is a sentence, undoes what was begun, and can be done again."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sql
from alembic.migration import MigrationContext

import rashomon
from rashomon import run
from rashomon.pages import Capture
from rashomon.store import Store, StoreError, versions
from rashomon.store.database import Database
from rashomon.store.tables import META

TEXT = "Police said that {} people were injured at the mine in Tarn{} on Monday. Doctors denied it."


def capture(at: int) -> Capture:
    text = TEXT.format(at + 10, at % 7)
    return Capture(f"https://tarn.example/{at}", text.encode(), {"title": f"Mine {at % 7}", "published": "2026-03-04"})


def fill(store: Store, first: int, last: int) -> None:
    for at in range(first, last):
        item = capture(at)
        store.add(run.read_capture(item), item)


def whole(url: str, pages: int) -> None:
    """Nothing is half there, nothing doubled."""
    with Store(url) as store, store.database.read() as link:

        def count(query: str) -> Any:
            return link.exec_driver_sql(query).scalar()

        assert count("SELECT count(*) FROM pages") == pages
        assert count("SELECT count(DISTINCT place) FROM pages") == pages
        assert count("SELECT count(*) FROM traits") == pages
        assert count("SELECT count(*) FROM captures") == pages
        assert count("SELECT max(number) FROM pages") == pages - 1
        assert count("SELECT count(*) FROM stories WHERE revision <> aligned") == 0
        told = sum(len(store.claims(each)) for each in link.execute(sql.text("SELECT id FROM pages")).scalars())
        assert count("SELECT count(*) FROM claims") == told
        if store.database.lite:
            assert count("PRAGMA integrity_check") == "ok"


def test_a_new_store_has_the_tables_that_the_program_works_with(url: str) -> None:
    from alembic.autogenerate import compare_metadata

    with Store(url) as store, store.database.read() as link:
        context = MigrationContext.configure(
            link, opts={"include_name": lambda name, kind, _: not (kind == "table" and "_words" in str(name))}
        )
        assert compare_metadata(context, META) == []
        assert versions.version(store.database) == versions.HEAD


def test_the_last_migration_is_the_version_that_the_program_writes() -> None:
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    settings = Config()
    settings.set_main_option("script_location", "rashomon.store:migrations")
    assert ScriptDirectory.from_config(settings).get_current_head() == versions.HEAD


@pytest.mark.parametrize(("found", "words"), [("0000", "rashomon migrate --store"), ("9999", "newer than this")])
def test_a_store_of_another_version_says_what_to_do(url: str, found: str, words: str) -> None:
    with Store(url) as store:
        store.database.write(lambda link: link.execute(sql.text(f"UPDATE alembic_version SET version_num = '{found}'")))
    with pytest.raises(rashomon.UsageError, match=words):
        Store(url)


def test_a_store_of_an_earlier_version_is_migrated_by_the_command(url: str) -> None:
    database = Database(url)
    versions.migrate(database, "0001")
    database.close()
    if versions.HEAD != "0001":
        with pytest.raises(rashomon.UsageError, match="migrate"):
            Store(url)
    done = subprocess.run(
        [sys.executable, "-m", "rashomon", "migrate", "--store", url], capture_output=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr
    Store(url).close()


def test_what_is_no_store_is_refused(tmp_path: Path) -> None:
    damaged = tmp_path / "damaged.db"
    damaged.write_bytes(b"no database at all " * 1000)
    early = tmp_path / "early.db"
    with sqlite3.connect(early) as link:
        link.execute("CREATE TABLE pages (id)")
        link.execute("CREATE TABLE claims (id)")
    other = tmp_path / "other.db"
    with sqlite3.connect(other) as link:
        link.execute("CREATE TABLE bookmarks (id)")
    for where, words in (
        (damaged, "damaged"),
        (early, "early rashomon"),
        (other, "something else"),
        (tmp_path, "is a folder"),
        (tmp_path / "none" / "a.db", "could not be opened"),
        ("nosuch://host/name", "neither a path nor a PostgreSQL URL"),
        ("", "empty name"),
    ):
        with pytest.raises(rashomon.UsageError, match=words):
            rashomon.open_store(str(where))
    with pytest.raises(rashomon.UsageError, match="There is no store"):
        Store(str(tmp_path / "new.db"), fresh=False)


def test_a_page_torn_out_of_a_file_is_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    with Store(str(path)) as store:
        fill(store, 0, 5)
    data = bytearray(path.read_bytes())
    for at in range(8192, len(data)):
        data[at] = 0x5A
    path.write_bytes(data)
    with pytest.raises(rashomon.RashomonError, match=r"damaged|cannot be read"), Store(str(path)) as store:
        store.report()


def test_a_postgresql_that_is_not_there_is_a_sentence() -> None:
    with pytest.raises(rashomon.UsageError, match=r"cannot be reached.*whether the server is running") as said:
        rashomon.open_store("postgresql://ada:secret@127.0.0.1:9/news")
    assert "secret" not in str(said.value)


@pytest.mark.skipif(os.name != "posix", reason="permissions are POSIX's")
def test_a_read_only_file_is_read_and_not_written(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    with Store(str(path)) as store:
        fill(store, 0, 1)
    code = (
        "import os, sys\nos.setgroups([]) if os.getuid() == 0 else None\n"
        "os.setuid(65534) if os.getuid() == 0 else None\n"
        "sys.path[:0] = sys.argv[2].split(os.pathsep)\nimport rashomon\nfrom rashomon.model import Dated, Page\n"
        "with rashomon.open_store(sys.argv[1]) as store:\n"
        "    print(len(store.pages()))\n"
        "    page = Page(id='x', address='x', text='', published=Dated(None, 'unknown', ''))\n"
        "    try: store.add(page)\n"
        "    except rashomon.RashomonError as error: print(error)\n"
    )
    path.chmod(0o444)
    for folder in (tmp_path, *tmp_path.parents):
        if folder.stat().st_uid == os.getuid() and folder != Path("/"):
            folder.chmod(folder.stat().st_mode | 0o055)
    done = subprocess.run(
        [sys.executable, "-c", code, str(path), os.pathsep.join(sys.path)], capture_output=True, text=True, timeout=120
    )
    if "ModuleNotFoundError" in done.stderr or "PermissionError" in done.stderr:
        pytest.skip("The program's own files cannot be read by another user here.")
    assert "1\n" in done.stdout, done.stderr
    assert "may not be written" in done.stdout


def test_a_full_disk_undoes_what_was_begun_and_goes_on_when_there_is_room(tmp_path: Path) -> None:
    path = str(tmp_path / "news.db")
    with Store(path) as store:
        fill(store, 0, 3)
        with store.database.engine.connect() as link:
            pages = int(link.exec_driver_sql("PRAGMA page_count").scalar() or 0)

        @sql.event.listens_for(store.database.engine, "connect")
        def small(link: Any, _: object) -> None:
            link.execute(f"PRAGMA max_page_count = {pages + 12}")

        store.database.engine.dispose()
        with pytest.raises(StoreError, match="disk is full"):
            fill(store, 3, 60)
    with Store(path) as store:
        fill(store, 0, 20)
    whole(path, 20)


def test_a_server_restarted_in_mid_work_loses_nothing(cluster: Any) -> None:
    url = cluster.database()
    with Store(url) as store:
        fill(store, 0, 2)
        restart = threading.Thread(target=lambda: (cluster.stop("immediate"), cluster.start()))
        restart.start()
        fill(store, 2, 12)
        restart.join()
        fill(store, 12, 14)
    whole(url, 14)


def test_two_writers_at_once_lose_and_double_nothing(url: str) -> None:
    Store(url).close()
    faults: list[BaseException] = []

    def write(first: int, last: int) -> None:
        try:
            with Store(url) as store:
                fill(store, first, last)
        except BaseException as fault:
            faults.append(fault)

    threads = [threading.Thread(target=write, args=(first, first + 12)) for first in (0, 6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    whole(url, 18)


def test_killed_at_any_moment_nothing_is_half_there(url: str, tmp_path: Path) -> None:
    lines = tmp_path / "pages.jsonl"
    rows = [rashomon.to_json({"url": capture(at).address, "text": capture(at).raw.decode()}) for at in range(12)]
    import json

    lines.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    words = [sys.executable, "-m", "rashomon", "add", "--store", url, str(lines)]
    for wait in (0.9, 1.3, 1.6, 1.9):
        process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(wait)
        process.send_signal(signal.SIGKILL)
        process.wait()
    done = subprocess.run(words, capture_output=True, check=False, timeout=200)
    assert done.returncode == 0, done.stderr
    whole(url, 12)
