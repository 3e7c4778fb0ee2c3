"""The command that hands what is in a store to other programs: export."""

from __future__ import annotations

from typing import Annotated

import typer

from rashomon.commands.stores import DEFAULT, AsOf, Where, opened
from rashomon.console import Output, writable, write_out
from rashomon.errors import UsageError

NAMES = "json|jsonl|csv|parquet|ftm|annotation|claim|atom|jsonfeed"


def export(
    story: Annotated[str | None, typer.Argument(metavar="STORY", hidden=True)] = None,
    form: Annotated[str, typer.Option("--format", "-f", metavar=NAMES, help="What it is written as.")] = "json",
    store: Where = DEFAULT,
    as_of: AsOf = None,
    output: Output = "-",
) -> None:
    """Write a STORY of a store, or all of them, for another program.

    json is the report, jsonl its records one a line; csv and parquet are a table of claims; ftm is FollowTheMoney,
    annotation W3C Web Annotation, claim schema.org's Claim; atom and jsonfeed are feeds of the points of several pages.
    """
    if form not in NAMES.split("|"):
        raise UsageError(f"There is no format called {form}: choose one of {NAMES.replace('|', ', ')}.")
    writable(output, [])
    from rashomon.formats.export import FORMATS

    with opened(store) as kept:
        report = kept.report(story, as_of)
    write_out(FORMATS[form](report), output)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(export)
