"""What changed between two reports; every page is made up."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

import rashomon
from rashomon.errors import UsageError
from rashomon.model import Current, Point, PointValue, Report, Verdict
from rashomon.reports.diff import Diff, diff, lines, read


def point(name: str, verdict: Verdict, claims: str, value: int | None = None) -> Point:
    return Point(
        id=name, story="s", title=f"Title of {claims}", kind="number" if value else "event", verdict=verdict,
        claims=tuple(claims.split()), pages=2, independent=2,
        values=(PointValue(value, value, "exact", claims.split()[0], None),) if value else (),
        current=Current(value, value, tuple(claims.split())) if value else None, why="What decided.",
    )  # fmt: skip


def report(*points: Point, as_of: str | None = None) -> Report:
    from rashomon.model import Claim, Dated, Page, Span, Speaker

    named = sorted({claim for each in points for claim in each.claims})
    page = Page(id="p", address="p.html", published=Dated(as_of, "stated", "made up"), text="x")
    claims = tuple(
        Claim(id=name, page="p", saying=name, span=Span(0, 1, name), cue=None, content=(Span(0, 1, name),),
              speaker=Speaker("", None, None, None, None, "source"))
        for name in named
    )  # fmt: skip
    return Report(version="0", as_of=as_of, pages=(page,), claims=claims, points=points)


def kinds(found: Diff) -> list[tuple[str, str]]:
    return [(change.kind, change.title.removeprefix("Title of ")) for change in found.changes]


def test_each_kind_of_change() -> None:
    old = report(
        point("1", "agreed", "a b", 40),
        point("2", "single", "c"),
        point("3", "single", "d"),
        point("4", "disputed", "e f"),
        point("5", "agreed", "g h"),
        as_of="2031-05-02",
    )
    new = report(
        point("10", "updated", "a b i", 52),
        point("11", "denied", "c j"),
        point("12", "agreed", "e f"),
        point("13", "agreed", "g h k"),
        point("14", "single", "l"),
        as_of="2031-05-03",
    )
    assert kinds(diff(old, new)) == [
        ("newly disputed", "c j"),
        ("moved", "a b i"),
        ("new", "l"),
        ("settled", "e f"),
        ("withdrawn", "d"),
    ]
    assert "40 (agreed, 2 pages) → 52 (updated, 2 pages). What decided." in "\n".join(lines(diff(old, new)))


def test_a_report_is_what_it_was() -> None:
    same = report(point("1", "agreed", "a b", 40))
    assert diff(same, same).changes == ()
    assert list(lines(diff(same, same)))[-1] == "Every point is what it was."


def test_what_is_no_report_is_said_in_a_sentence() -> None:
    with pytest.raises(UsageError, match="is no report in JSON"):
        read(b"[1, 2]", "old.json")


def test_the_command(tmp_path: Path) -> None:
    import typer

    from rashomon.commands import comparing

    app = typer.Typer()
    comparing.register(app)
    for name, toll in (("old", 40), ("new", 52)):
        made = report(point(name, "agreed", f"a {name}", toll))
        (tmp_path / f"{name}.json").write_text(json.dumps(rashomon.to_json(made)), encoding="utf-8")
    result = CliRunner().invoke(app, [str(tmp_path / "old.json"), str(tmp_path / "new.json"), "--format", "json"])
    assert result.exit_code == 0
    assert [change["kind"] for change in json.loads(result.stdout)["changes"]] == ["moved"]
