"""The command: exit statuses, sentences for bad input, the same bytes for the same input."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
from typer.testing import CliRunner

from rashomon.cli import app
from rashomon.schema import report_schema

ROOT = Path(__file__).parents[1]
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x02\x00\x00\x00\x90wS\xde"
GOOD = """Ferry sinks off Port Amsel

PORT AMSEL, 3 May 2031 – A ferry with about 60 people on board sank on Friday, the coast guard said.

“We have found 41 survivors,” said Captain Rosa Veld, who leads the search. The owner, Amsel Lines, denied that
the ship had been overloaded. The search is expected to go on until Sunday.
"""


def rashomon(
    *arguments: str | Path, given: bytes = b"", cwd: Path | None = None, environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "rashomon", *map(str, arguments)],
        input=given,
        capture_output=True,
        cwd=cwd,
        env=os.environ | {"NO_COLOR": ""} | (environment or {}),
        timeout=300,
    )


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "good.txt"
    path.write_text(GOOD, encoding="utf-8")
    return path


def sentences(done: subprocess.CompletedProcess[bytes]) -> str:
    said = done.stderr.decode()
    assert "Traceback" not in said
    return said


def bad_pages(folder: Path) -> dict[str, Path]:
    """Each kind of input that is no page."""
    (folder / "none").mkdir()
    files = {"empty": b"", "blank": b" \n\t\n", "picture": PNG, "archive": b"PK\x03\x04" + bytes(range(256)) * 8}
    for name, data in files.items():
        (folder / f"{name}.html").write_bytes(data)
    return {name: folder / f"{name}.html" for name in files} | {
        "folder": folder / "none",
        "missing": folder / "gone.txt",
    }


def test_a_good_page_is_reported(good: Path) -> None:
    done = rashomon("report", good)
    assert (done.returncode, sentences(done)) == (0, "")
    assert "PAGES" in done.stdout.decode()
    assert b"\x1b[" not in done.stdout


def test_what_is_no_page_is_named_and_the_others_are_reported(good: Path, tmp_path: Path) -> None:
    bad = bad_pages(tmp_path)
    done = rashomon("report", *bad.values(), good, "--format", "json")
    assert done.returncode == 1
    said = sentences(done).splitlines()
    assert len(said) == len(bad)
    for line, path in zip(said, bad.values(), strict=True):
        assert line.startswith("rashomon: ")
        assert str(path) in line
        assert line.rstrip().endswith(".")
    report = json.loads(done.stdout)
    assert [page["address"] for page in report["pages"]] == [str(good)]
    assert {gap["page"] for gap in report["gaps"]} >= {str(path) for path in bad.values()}
    jsonschema.Draft202012Validator(report_schema()).validate(report)


def test_an_empty_report_is_still_a_report(tmp_path: Path) -> None:
    done = rashomon("report", tmp_path / "gone.txt", "--format", "json")
    assert done.returncode == 1
    assert "no page could be read" in sentences(done)
    report = json.loads(done.stdout)
    assert report["pages"] == []
    assert len(report["gaps"]) == 1


STRANGE = {
    "wrong.txt": GOOD.encode("utf-16-le")[1:],
    "latin.txt": GOOD.replace("–", "\xe9\xe8").encode("latin-1", "replace") + b"\xff\xfe\x80",
    "no_sentence.txt": b"Home\nNews\nSport\n",
    "no_sentence.html": b"<html><body><ul><li>Home<li>News</ul></body></html>",
    "cut.html": b"<html><body><p>The bridge at Ormsk fell on Monday, police sa\xe2\x80",
    "deep.html": b"<div>" * 5000 + b"The mayor resigned on Monday, she said." + b"</div>" * 5000,
    "nothing_but_marks.txt": "?!… “” — ‘".encode(),
}


def test_strange_pages_neither_fail_nor_stop_the_others(good: Path, tmp_path: Path) -> None:
    for name, data in STRANGE.items():
        (tmp_path / name).write_bytes(data)
    done = rashomon("report", *(tmp_path / name for name in STRANGE), good, "--format", "json")
    assert done.returncode in (0, 1)
    said = sentences(done)
    report = json.loads(done.stdout)
    read = {page["address"] for page in report["pages"]}
    assert str(good) in read
    assert all(str(tmp_path / name) in read or name in said for name in STRANGE), "none is passed over"
    assert all(page["gaps"] or page["text"] for page in report["pages"])
    texts = {page["id"]: page["text"] for page in report["pages"]}
    for claim in report["claims"]:
        for span in (claim["span"], *claim["content"], *claim["quotes"], *claim["numbers"], *claim["loaded"]):
            assert texts[claim["page"]][span["start"] : span["end"]] == span["exact"]


def test_fifty_megabytes_of_text_are_read_or_refused_with_a_sentence(good: Path, tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    # One paragraph in twenty reports speech, as in a log or a book: how much of it is read is the reader's affair.
    line = "The harbour of Ormsk lies north of the old town, and boats come and go with the tide.\n\n" * 19
    line += "The council of Ormsk said on Monday that it had counted 40 boats in the harbour.\n\n"
    path.write_text(line * (50_000_000 // len(line)), encoding="utf-8")
    done = rashomon("report", path, good, "--format", "json")
    assert done.returncode in (0, 1)
    report = json.loads(done.stdout)
    assert str(good) in {page["address"] for page in report["pages"]}
    ids = {page["id"] for page in report["pages"] if page["address"] == str(path)} | {str(path)}
    assert [gap for gap in report["gaps"] if gap["page"] in ids], "what was not read of it must be said"
    sentences(done)


def test_standard_input_is_a_page() -> None:
    done = rashomon("read", "-", given=GOOD.encode())
    assert done.returncode == 0
    assert "coast guard" in json.loads(done.stdout)["text"]


def test_read_writes_a_line_a_page(good: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text(GOOD.replace("Amsel", "Orvik"), encoding="utf-8")
    done = rashomon("read", good, other, good)
    pages = [json.loads(line) for line in done.stdout.splitlines()]
    assert [page["address"] for page in pages] == [str(good), str(other)]
    assert pages[0]["entities"]
    assert pages[0]["times"]


def test_show_marks_what_was_read(good: Path) -> None:
    done = rashomon("show", good)
    assert done.returncode == 0
    shown = done.stdout.decode()
    assert "[S" in shown
    assert "[C" in shown
    assert "Captain Rosa Veld" in shown


def test_show_names_what_is_no_page(tmp_path: Path) -> None:
    done = rashomon("show", tmp_path / "gone.txt")
    assert done.returncode == 1
    assert "gone.txt" in sentences(done)


@pytest.mark.parametrize("form", ["terminal", "json"])
def test_the_same_input_gives_the_same_bytes(form: str) -> None:
    environments = ({"PYTHONHASHSEED": "1", "COLUMNS": "70"}, {"PYTHONHASHSEED": "2", "COLUMNS": "200"})
    runs = {
        rashomon("report", "examples", "--format", form, cwd=ROOT, environment=each).stdout for each in environments
    }
    assert len(runs) == 1
    assert str(ROOT).encode() not in runs.pop()


def test_output_goes_to_the_file(good: Path, tmp_path: Path) -> None:
    out = tmp_path / "report.json"
    done = rashomon("report", good, "-f", "json", "-o", out)
    assert (done.returncode, done.stdout) == (0, b"")
    assert json.loads(out.read_bytes())["schema"] == "rashomon/report/1"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("report",), "Missing argument"),
        (("report", "good.txt", "--format", "pdf"), ": there is no format called pdf; choose one of"),
        (("report", "good.txt", "-o", "no/such/folder/report.txt"), "there is no folder"),
        (("report", "good.txt", "-o", "."), "is a folder"),
        (("report", "good.txt", "-o", ""), "has an empty name"),
        (("report", ".", "-o", "good.txt"), "would be overwritten"),
        (("report", ".", "-o", "report.txt"), "would be read as a page"),
        (("report", "good.txt", "-o", "good.txt"), "would be overwritten"),
        (("report", "good.txt", "--width", "3"), "3 is no number of columns from 40 to 1000"),
        (("explain",), "explain"),
        (("report", "--colour", "good.txt"), "--colour"),
    ],
)
def test_a_call_that_cannot_be_carried_out(
    good: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], said: str
) -> None:
    monkeypatch.chdir(good.parent)
    done = rashomon(*arguments)
    assert done.returncode == 2
    assert said in sentences(done)
    assert good.read_text(encoding="utf-8") == GOOD


@pytest.mark.skipif(os.name == "nt", reason="there are no such pipes there")
def test_a_broken_pipe_is_silent() -> None:
    done = subprocess.run(
        ["/bin/sh", "-c", f"'{sys.executable}' -m rashomon schema | head -c 10"], capture_output=True, timeout=60
    )
    assert (len(done.stdout), done.stderr) == (10, b"")


def test_interruption_is_a_sentence(tmp_path: Path) -> None:
    code = "import rashomon.pages as pages\ndef stop(*given): raise KeyboardInterrupt\npages.gather = stop\n"
    run = "import sys; sys.argv = ['rashomon', 'report', 'x']; from rashomon.cli import main; main()"
    done = subprocess.run([sys.executable, "-c", code + run], capture_output=True, timeout=60)
    assert done.returncode == 130
    assert sentences(done) == "rashomon: stopped before the end; nothing was written\n"


def test_interruption_while_the_command_is_imported_is_a_sentence() -> None:
    code = "import sys\nclass Stop:\n  def find_spec(self, name, path, target=None):\n"
    code += "    if name == 'typer': raise KeyboardInterrupt\n"
    code += "sys.meta_path.insert(0, Stop()); from rashomon.__main__ import main; main()"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=60)
    assert done.returncode == 130
    assert sentences(done) == "rashomon: stopped before the end; nothing was written\n"


@pytest.mark.skipif(os.name == "nt", reason="there is no such shell there")
@pytest.mark.parametrize(
    ("closed", "status", "said"),
    [
        ("- <&-", 2, "standard input is closed"),
        ("good.txt >&-", 2, "standard output is closed"),
        ("good.txt 2>&-", 0, ""),
    ],
)
def test_closed_streams_are_sentences(good: Path, closed: str, status: int, said: str) -> None:
    command = f"'{sys.executable}' -m rashomon report {closed}"
    done = subprocess.run(["/bin/sh", "-c", command], capture_output=True, cwd=good.parent, timeout=60)
    assert done.returncode == status
    assert said in sentences(done)


@pytest.mark.parametrize("command", ["report", "read", "show"])
def test_help_names_what_a_reader_knows(command: str) -> None:
    assert "PAGE" in rashomon(command, "--help").stdout.decode()


def test_no_help_has_words_of_our_own_code_or_is_cut_off() -> None:
    listed = CliRunner().invoke(app, ["--help"]).output.split("Commands:")[1]
    commands = re.findall(r"^  ([a-z]+)  ", listed, re.M)
    assert {"report", "watch", "judge"} <= set(commands)
    assert "..." not in listed
    said = "".join(CliRunner().invoke(app, [command, "--help"]).output for command in commands)
    assert not any(word in said for word in ("list[", "<", "int range", "<=x"))


def test_the_version_and_the_schema_can_be_asked_for() -> None:
    assert rashomon("--version").stdout.startswith(b"rashomon 0.")
    assert json.loads(rashomon("schema").stdout) == json.loads((ROOT / "docs" / "report.schema.json").read_bytes())
