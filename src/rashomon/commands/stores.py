"""What the commands on a store have in common: where it is, as of when, how it is opened, and how records are told."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from rashomon.console import coloured, columns, write_out

if TYPE_CHECKING:
    from rashomon.store import Store

DEFAULT = "rashomon.db"


def _format(written: str) -> str:
    if written not in ("terminal", "json"):
        raise typer.BadParameter(f"there is no format called {written}; choose one of terminal, json")
    return written


Where = Annotated[
    str,
    typer.Option(
        "--store",
        "-s",
        metavar="PATH|URL",
        envvar="RASHOMON_STORE",
        help="A SQLite file, or postgresql://user@host/name.",
    ),
]
AsOf = Annotated[
    str | None,
    typer.Option("--as-of", metavar="TIME", help="As it stood then: 2026-03, 2026-03-04, 2026-03-04T15:00."),
]
Form = Annotated[
    str, typer.Option("--format", "-f", metavar="terminal|json", parser=_format, help="For a person, or a program.")
]


def opened(where: str, fresh: bool = False) -> Store:
    """The store, which must be there unless `fresh`."""
    from rashomon.store import Store

    return Store(where, fresh=fresh)


def tell(record: Any, lay: Callable[[int, bool], str], form: str, output: str, width: int | None) -> None:
    """Write records as one JSON value, or as `lay` lays them out in so many columns, in colour or without."""
    if form == "json":
        import msgspec

        from rashomon.schema import written

        write_out(written(msgspec.json.decode(msgspec.json.encode(record))), output)
    else:
        write_out(lay(width or columns(output), coloured(output)).encode("utf-8", "replace"), output)
