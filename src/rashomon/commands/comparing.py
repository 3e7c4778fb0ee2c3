"""The command that compares two reports: diff."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from rashomon.commands.stores import Form
from rashomon.console import Output, writable, write_out
from rashomon.errors import UsageError


def _bytes(name: str) -> bytes:
    try:
        return Path(name).read_bytes()
    except OSError as fault:
        raise UsageError(f"{name} cannot be read: {fault.strerror or fault}") from None


def diff(
    old: Annotated[str, typer.Argument(metavar="OLD", hidden=True)],
    new: Annotated[str, typer.Argument(metavar="NEW", hidden=True)],
    form: Form = "terminal",
    output: Output = "-",
) -> None:
    """Say what changed between two reports of a story.

    What is new, moved, withdrawn, and newly disputed. OLD and NEW are files that `rashomon report PAGE… --format json`
    wrote, the second of them later.
    """
    import msgspec

    from rashomon.reports import diff as comparing

    writable(output, [old, new])
    found = comparing.diff(comparing.read(_bytes(old), old), comparing.read(_bytes(new), new))
    if form == "json":
        text = msgspec.json.format(msgspec.json.encode(found), indent=2).decode() + "\n"
    else:
        text = "\n".join(comparing.lines(found)) + "\n"
    write_out(text.encode(), output)


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command()(diff)
