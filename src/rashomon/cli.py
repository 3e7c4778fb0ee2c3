"""The `rashomon` command: the same verbs as the API, files in, reports out.

Exit status: 0 when all went well, 1 when some page could not be read (named on standard error, the
rest still written), 2 when the call itself cannot be carried out. Nothing heavy is imported before
a command runs.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rashomon import __version__
from rashomon.__main__ import STOPPED
from rashomon.commands import comparing, exporting, judging, keeping, watching
from rashomon.console import (
    Output,
    Pages,
    Private,
    Width,
    coloured,
    columns,
    exit_status,
    name_gaps,
    progress_bar,
    read_pages,
    say,
    writable,
    write_out,
)
from rashomon.errors import RashomonError, UsageError

if TYPE_CHECKING:
    from rashomon.model import Page, PageGap, Report
    from rashomon.pages import Capture

app = typer.Typer(
    name="rashomon",
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


class Format(StrEnum):
    """How a report is written."""

    terminal = "terminal"
    html = "html"
    markdown = "markdown"
    json = "json"


def _form(written: str) -> Format:
    try:
        return Format(written)
    except ValueError:
        raise typer.BadParameter(f"there is no format called {written}; choose one of {', '.join(Format)}") from None


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"rashomon {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say which version this is.")
    ] = False,
) -> None:
    """Read the pages that tell one developing story: what they agree on, dispute, who said it, on what evidence."""


@app.command()
def report(
    pages: Pages,
    store: Annotated[
        str | None,
        typer.Option("--store", "-s", metavar="PATH|URL", help="Report a story of this store: PAGE is its id."),
    ] = None,
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="TIME", help="With --store: as the story stood then (2026-03-04).")
    ] = None,
    form: Annotated[
        Format,
        typer.Option("--format", "-f", metavar="|".join(Format), parser=_form, help="For a person, or for a program."),
    ] = Format.terminal,
    output: Output = "-",
    width: Width = None,
    opened: Annotated[
        bool, typer.Option("--open", help="Write HTML and open it in the browser; without -o, to a temporary file.")
    ] = False,
    allow_private: Private = False,
) -> None:
    """Report what the pages agree on, dispute and deny.

    Each PAGE is a file, a folder of files, a URL (http, https), or - for standard input. A file is a page (HTML in any
    encoding, plain text, PDF, an e-mail message, MHTML) or holds many (WARC, WACZ, a mailbox as .mbox, JSON Lines of
    {url, html or text}, RSS, Atom, JSON Feed), also packed with gzip; what it is, is told by its content. Of a folder,
    files are taken whose names end as those of such pages do, or not at all.

    Each line of the report names the pages and the characters that it was read from. With the format html it is one
    file that loads nothing; with the format json all of it is one object, and `rashomon schema` has its form.

    With --store, PAGE is the id of a story that `rashomon stories` lists, and nothing is read again.
    """
    from rashomon import run

    if opened and form is Format.terminal:
        form = Format.html
    if opened and form is not Format.html:
        raise UsageError(f"--open shows HTML in the browser and cannot show {form}; leave one of the two out")
    writable(output, [] if store else pages)
    good: Sequence[Page] = ()
    bad: Sequence[PageGap] = ()
    if store is not None:
        result = _stored(store, pages, as_of)
        good = result.pages
    elif as_of is not None:
        raise UsageError("--as-of asks a store how it was; name the store with --store")
    else:
        with progress_bar() as progress:
            good, bad = read_pages(pages, progress, allow_private)
            result = run.report(good, bad, progress)
    name_gaps(bad)
    output = _temporary() if opened and output == "-" else output
    write_out(_rendered(result, form, output, width), output)
    if opened:
        _open(output)
    if not good:
        say("no page could be read, so the report is empty")
    raise typer.Exit(exit_status(good, bad))


def _stored(store: str, stories: Sequence[str], as_of: str | None) -> Report:
    """The report of one story out of a store."""
    from rashomon.commands.stores import opened

    if len(stories) != 1:
        raise UsageError("with --store, name one story by its id: `rashomon stories` lists them")
    with opened(store) as kept:
        return kept.report(stories[0], as_of)


def _rendered(result: Report, form: Format, output: str, width: int | None) -> bytes:
    """The report in one of its forms."""
    import rashomon

    if form is Format.json:
        from rashomon.schema import checked, written

        return written(checked(rashomon.to_json(result)))
    if form is Format.html:
        from rashomon.reports import html

        text = html.render(result)
    elif form is Format.markdown:
        from rashomon.reports import markdown

        text = markdown.render(result)
    else:
        from rashomon.reports import terminal

        text = terminal.render(result, width or columns(output), coloured(output))
    return text.encode("utf-8", "replace")


def _temporary() -> str:
    """A new file for a report that is only to be looked at; it is left where it is, for the browser to read."""
    import tempfile

    handle, path = tempfile.mkstemp(prefix="rashomon-", suffix=".html")
    os.close(handle)
    return path


def _open(output: str) -> None:
    """Show the file in the browser, and say where it is."""
    import webbrowser

    path = Path(output).resolve()
    if webbrowser.open(path.as_uri()):
        say(f"the report is in {path}")
    else:
        say(f"no browser could be opened; the report is in {path}")


@app.command()
def read(pages: Pages, output: Output = "-", allow_private: Private = False) -> None:
    """Write each page as one line of JSON.

    Each PAGE is a file, a folder of files, a URL (http, https), or - for standard input. A file is a page (HTML in any
    encoding, plain text, PDF, an e-mail message, MHTML) or holds many (WARC, WACZ, a mailbox as .mbox, JSON Lines of
    {url, html or text}, RSS, Atom, JSON Feed), also packed with gzip; what it is, is told by its content. Of a folder,
    files are taken whose names end as those of such pages do, or not at all.

    A line has the page with its text, date, authors, credits, times and entities, what was dropped, and what could not
    be read. Such lines are JSON Lines that can be given for pages again.
    """
    import rashomon
    from rashomon.claims import read_out, settled
    from rashomon.schema import written

    writable(output, pages)
    with progress_bar() as progress:
        good, bad = read_pages(pages, progress, allow_private)
        for done, _ in enumerate(read_out(good), 1):
            progress("parsing", done, len(good))
    name_gaps(bad)
    write_out(b"".join(written(rashomon.to_json(settled(page)), indent=0) for page in good), output)
    raise typer.Exit(exit_status(good, bad))


@app.command()
def show(
    page: Annotated[str, typer.Argument(metavar="PAGE", hidden=True)],
    output: Output = "-",
    width: Width = None,
    allow_private: Private = False,
    parse: Annotated[bool, typer.Option("--parse", help="Show how each sentence was taken apart instead.")] = False,
) -> None:
    """Show a page's text with what was read out of it.

    PAGE is one file, as `read` takes them, or a URL; - is standard input.

    Speakers, cues, contents, quotes, numbers, loaded words and dropped parts are marked where they stand.
    """
    from rashomon.claims import read_out, settled
    from rashomon.reports.show import render

    writable(output, [page])
    captures: dict[str, Capture] = {}
    with progress_bar() as progress:
        good, bad = read_pages([page], progress, allow_private, captures)
        claims = [extraction.claims for extraction in read_out([] if parse else good)]
    name_gaps(bad)
    if parse:
        write_out(_trees(good, width or columns(output), coloured(output)), output)
        raise typer.Exit(exit_status(good, bad))
    parts = [
        render(settled(each), said, _decoded(captures[each.id]), width or columns(output), coloured(output))
        for each, said in zip(good, claims, strict=True)
    ]
    write_out("\n".join(parts).encode("utf-8", "replace"), output)
    raise typer.Exit(exit_status(good, bad))


def _trees(pages: Iterable[Page], width: int, coloured: bool) -> bytes:
    """The trees of each page's sentences."""
    from rashomon.reader import parse_one
    from rashomon.reports import tree

    shown = (tree.render(page, parse_one(page.text), width, coloured) for page in pages)
    return "\n".join(shown).encode("utf-8", "replace")


def _decoded(capture: Capture) -> str:
    """The characters that the page's plan was made for."""
    from rashomon.pages.decode import decode

    known = capture.known or {}
    return str(known["text"]) if known.get("text") else decode(capture.raw, known.get("encoding")).text


@app.command()
def schema(output: Output = "-") -> None:
    """Write the JSON Schema of the report."""
    from rashomon.schema import report_schema, written

    writable(output, [])
    write_out(written(report_schema()), output)


for commands in (keeping, judging, watching, comparing, exporting):
    commands.register(app)


def main() -> None:
    """The command's entry: errors are sentences on standard error, never tracebacks."""
    try:
        app(prog_name="rashomon")
    except RashomonError as error:
        say(str(error))
        sys.exit(2 if isinstance(error, UsageError) else 1)
    except SystemExit as stop:
        if stop.code == 130:
            say(STOPPED)
        raise
