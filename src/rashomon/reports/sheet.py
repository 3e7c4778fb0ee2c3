"""Lines for a terminal: rows with a hanging lead, wrapped to a width, with or without colour."""

from __future__ import annotations

from collections.abc import Iterable
from io import StringIO
from typing import NamedTuple

from rich.console import Console
from rich.text import Text

GLUE = "\ue000"
"""Stands for a space at which no line may break; a private character, so no page can hold it unharmed."""

Styled = tuple[str, str]
"""A text and its style."""


ROOM, INDENT = 20, 4
"""Columns that a body has beside its lead at least, and by which it is indented under a lead that leaves fewer."""


class Row(NamedTuple):
    """A wrapped paragraph: the lead stands before its first line, and the others hang under the body."""

    lead: str = ""
    lead_style: str = ""
    body: tuple[Styled, ...] = ()


def row(lead: str, *body: str | Styled, style: str = "") -> Row:
    """A row of plain or styled pieces; `style` is the lead's."""
    return Row(lead, style, tuple((piece, "") if isinstance(piece, str) else piece for piece in body))


def lay(rows: Iterable[Row], width: int, colour: bool) -> str:
    """The rows as text of at most `width` columns, wide characters counted as two."""
    out = StringIO()
    console = Console(
        file=out,
        width=width,
        height=1000,
        force_terminal=colour,
        color_system="standard" if colour else None,
        no_color=not colour,
        force_interactive=False,
        legacy_windows=False,
        markup=False,
        highlight=False,
        emoji=False,
        soft_wrap=True,
        _environ={},
    )
    for each in rows:
        for line in _wrapped(each, width, console):
            console.print(line, end="\n")
    lines = out.getvalue().replace(GLUE, " ").split("\n")
    return "\n".join(line.rstrip() for line in lines)


def _wrapped(each: Row, width: int, console: Console) -> Iterable[Text]:
    """The row's lines; a lead that leaves the body too little room has a line of its own."""
    lead = Text(each.lead, style=each.lead_style)
    body = Text.assemble(*((text.replace("\n", " "), style) for text, style in each.body))
    hang = lead.cell_len
    if body and width - hang < ROOM:
        yield from lead.wrap(console, width, overflow="fold")
        lead, hang = Text(" " * INDENT), INDENT
    lines = body.wrap(console, width - hang, overflow="fold") if body else [Text()]
    for number, line in enumerate(lines):
        line.rstrip()
        yield Text.assemble(lead if number == 0 else Text(" " * hang), line)
