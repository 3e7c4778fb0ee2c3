"""The `rashomon` command: the same verbs as the API, files in, reports out.

Exit status: 0 when all went well, 1 when some page could not be read (named on standard error, the
rest still written), 2 when the call itself cannot be carried out. Nothing heavy is imported before
a command runs.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rashomon import __version__
from rashomon.__main__ import STOPPED
from rashomon.errors import PageError, RashomonError, UsageError

if TYPE_CHECKING:
    from rashomon.model import Page, PageGap, Report
    from rashomon.pages import Capture

Tell = Callable[[str, int, int | None], None]

PLAIN_WIDTH = 100
"""Columns where the output is no terminal, so that a file does not depend on who wrote it."""

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


def _width(written: str) -> int:
    try:
        columns = int(written)
    except ValueError:
        columns = 0
    if not 40 <= columns <= 1000:
        raise typer.BadParameter(f"{written} is no number of columns from 40 to 1000")
    return columns


# Arguments are hidden, since typer would list them with the types of its own code; the commands' own words name them.
Pages = Annotated[list[str], typer.Argument(metavar="PAGE", hidden=True)]
Output = Annotated[str, typer.Option("--output", "-o", metavar="FILE", help="Write here; - is standard output.")]
Private = Annotated[
    bool,
    typer.Option("--allow-private", help="Let URLs lead to addresses of private networks and of this machine."),
]
Width = Annotated[
    int | None,
    typer.Option(
        "--width",
        metavar="COLUMNS",
        parser=_width,
        help="From 40 to 1000; the terminal's, at least 40, or 100 where there is none.",
    ),
]


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
    encoding, plain text, PDF, an e-mail message, MHTML) or holds many (WARC, WACZ, JSON Lines of {url, html or text},
    RSS, Atom, JSON Feed), also packed with gzip; what it is, is told by its content.

    Each line of the report names the pages and the characters that it was read from. With the format html it is one
    file that loads nothing; with the format json all of it is one object, and `rashomon schema` has its form.
    """
    from rashomon import run

    if opened and form is Format.terminal:
        form = Format.html
    if opened and form is not Format.html:
        raise UsageError(f"--open shows HTML in the browser and cannot show {form}; leave one of the two out")
    _writable(output, pages)
    with _progress() as progress:
        good, bad = _read(pages, progress, allow_private)
        result = run.report(good, bad, progress)
    _name(bad)
    output = _temporary() if opened and output == "-" else output
    _write(_rendered(result, form, output, width), output)
    if opened:
        _open(output)
    if not good:
        _say("no page could be read, so the report is empty")
    raise typer.Exit(_status(good, bad))


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

        text = terminal.render(result, width or _columns(output), _coloured(output))
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
        _say(f"the report is in {path}")
    else:
        _say(f"no browser could be opened; the report is in {path}")


@app.command()
def read(pages: Pages, output: Output = "-", allow_private: Private = False) -> None:
    """Write each page as one line of JSON.

    Each PAGE is a file, a folder of files, a URL (http, https), or - for standard input. A file is a page (HTML in any
    encoding, plain text, PDF, an e-mail message, MHTML) or holds many (WARC, WACZ, JSON Lines of {url, html or text},
    RSS, Atom, JSON Feed), also packed with gzip; what it is, is told by its content.

    A line has the page with its text, date, authors, times and entities, what was dropped, and what could not be read.
    Such lines are JSON Lines that can be given for pages again.
    """
    import rashomon
    from rashomon.claims import read_out, settled
    from rashomon.schema import written

    _writable(output, pages)
    with _progress() as progress:
        good, bad = _read(pages, progress, allow_private)
        for done, _ in enumerate(read_out(good), 1):
            progress("parsing", done, len(good))
    _name(bad)
    _write(b"".join(written(rashomon.to_json(settled(page)), indent=0) for page in good), output)
    raise typer.Exit(_status(good, bad))


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

    _writable(output, [page])
    captures: dict[str, Capture] = {}
    with _progress() as progress:
        good, bad = _read([page], progress, allow_private, captures)
        claims = [extraction.claims for extraction in read_out([] if parse else good)]
    _name(bad)
    if parse:
        _write(_trees(good, width or _columns(output), _coloured(output)), output)
        raise typer.Exit(_status(good, bad))
    parts = [
        render(settled(each), said, _decoded(captures[each.id]), width or _columns(output), _coloured(output))
        for each, said in zip(good, claims, strict=True)
    ]
    _write("\n".join(parts).encode("utf-8", "replace"), output)
    raise typer.Exit(_status(good, bad))


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

    _writable(output, [])
    _write(written(report_schema()), output)


def main() -> None:
    """The command's entry: errors are sentences on standard error, never tracebacks."""
    try:
        app(prog_name="rashomon")
    except RashomonError as error:
        _say(str(error))
        sys.exit(2 if isinstance(error, UsageError) else 1)
    except SystemExit as stop:
        if stop.code == 130:
            _say(STOPPED)
        raise


def _read(
    paths: Sequence[str], progress: Tell, allow_private: bool, captures: dict[str, Capture] | None = None
) -> tuple[list[Page], list[PageGap]]:
    """The pages that could be made, in order and each once, and a gap for each capture that is none.

    `captures`, where given, is filled with the capture of each page by its id.
    """
    from rashomon import run
    from rashomon.model import PageGap
    from rashomon.pages import gather

    good: dict[str, Page] = {}
    bad: list[PageGap] = []
    for done, item in enumerate(gather(paths, allow_private), 1):
        if isinstance(item, PageGap):
            bad.append(item)
        else:
            try:
                page = run.read_capture(item)
                good.setdefault(page.id, page)
                if captures is not None:
                    captures[page.id] = item
            except PageError as error:
                bad.append(PageGap(page=item.address, what="page", why=str(error)))
                bad += [PageGap(item.address, gap.what, gap.why) for gap in item.gaps]
        progress("reading", done, None)
    return list(good.values()), bad


def _status(good: Sequence[Page], bad: Sequence[PageGap]) -> int:
    return 1 if bad or not good else 0


def _name(gaps: Iterable[PageGap]) -> None:
    """Each capture that is no page, on standard error with its reason."""
    for gap in gaps:
        _say(gap.why if gap.page is None or gap.page in gap.why else f"{gap.page}: {gap.why}")


def _say(sentence: str) -> None:
    from rashomon.reports.words import plain

    if sys.stderr is not None:  # closed by the caller
        print(f"rashomon: {plain(sentence)}", file=sys.stderr)


def _writable(output: str, inputs: Sequence[str]) -> None:
    """UsageError, before any work is done, where the output cannot be written."""
    if output == "-":
        if sys.stdout is None:
            raise UsageError("standard output is closed, so there is nowhere to write; name a file with -o")
        return
    if not output:
        raise UsageError("-o has an empty name; name a file to write to, or - for standard output")
    path = Path(output)
    if path.is_dir():
        raise UsageError(f"{output} is a folder; name a file to write to")
    if not path.parent.is_dir():
        raise UsageError(f"there is no folder {path.parent} to write {path.name} in; make it first")
    if not os.access(path if path.exists() else path.parent, os.W_OK):
        raise UsageError(f"{output} cannot be written: its permissions do not allow it; choose another file")
    from rashomon.pages.gather import takes

    if folder := takes(inputs, output):
        if path.exists():
            raise UsageError(f"{output} is one of the pages and would be overwritten; choose another file to write to")
        raise UsageError(
            f"{output} would be read as a page of {folder} the next time; write it outside that folder, "
            "or give it an ending that no page has (.json)"
        )


def _write(data: bytes, output: str) -> None:
    """The bytes to the file or to standard output; whoever stops listening (`| head`) has had enough."""
    if output != "-":
        try:
            Path(output).write_bytes(data)
        except OSError as error:
            raise UsageError(f"{output} cannot be written ({error.strerror}); choose another file") from None
        return
    try:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        # Python flushes standard output once more at its end: give it somewhere to flush to.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        raise UsageError(f"standard output cannot be written ({error.strerror})") from None


def _at_terminal(output: str) -> bool:
    return output == "-" and sys.stdout.isatty()


def _columns(output: str) -> int:
    """The terminal's columns, or `PLAIN_WIDTH` where the output is none."""
    import shutil

    return max(40, shutil.get_terminal_size((PLAIN_WIDTH, 40)).columns) if _at_terminal(output) else PLAIN_WIDTH


def _coloured(output: str) -> bool:
    """Whether to colour: at a terminal that can, unless NO_COLOR is set (https://no-color.org)."""
    return _at_terminal(output) and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


@contextmanager
def _progress() -> Iterator[Tell]:
    """Something to tell about progress: a bar on standard error where that is a terminal, else nothing."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield lambda stage, done, total: None
        return
    from rashomon.bar import Bar

    with Bar() as bar:
        yield bar.tell
