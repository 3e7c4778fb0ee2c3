"""What every command has in common: its options, pages in, bytes out, sentences to standard error, a progress bar."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rashomon.errors import PageError, UsageError

if TYPE_CHECKING:
    from rashomon.model import Page, PageGap
    from rashomon.pages import Capture

Tell = Callable[[str, int, int | None], None]

MOST = 1_000_000
"""No option that counts something takes more."""
PLAIN_WIDTH = 100
"""Columns where the output is no terminal, so that a file does not depend on who wrote it."""


def _width(written: str) -> int:
    try:
        columns = int(written)
    except ValueError:
        columns = 0
    if not 40 <= columns <= 1000:
        raise typer.BadParameter(f"{written} is no number of columns from 40 to 1000")
    return columns


def at_least_one(written: str) -> int:
    """The number of an option that counts something; where it is none, the call cannot be carried out."""
    number = int(written) if re.fullmatch(r"[0-9]{1,7}", str(written)) else 0
    if not 1 <= number <= MOST:
        raise typer.BadParameter(f"{written} is no number from 1 to {MOST}")
    return number


# Arguments are hidden, since typer would list them with the types of its own code; the commands' own words name them.
Pages = Annotated[list[str], typer.Argument(metavar="PAGE", hidden=True)]
Output = Annotated[str, typer.Option("--output", "-o", metavar="FILE", help="Write here; - is standard output.")]
Private = Annotated[
    bool,
    typer.Option("--allow-private", help="Let URLs lead to addresses of private networks and of this machine."),
]
Limit = Annotated[int, typer.Option("--limit", metavar="N", parser=at_least_one, help="So many at most.")]
Width = Annotated[
    int | None,
    typer.Option(
        "--width",
        metavar="COLUMNS",
        parser=_width,
        help="From 40 to 1000; the terminal's, at least 40, or 100 where there is none.",
    ),
]


def read_pages(
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


def exit_status(good: Sequence[Page], bad: Sequence[PageGap]) -> int:
    return 1 if bad or not good else 0


def name_gaps(gaps: Iterable[PageGap]) -> None:
    """Each capture that is no page, on standard error with its reason."""
    for gap in gaps:
        say(gap.why if gap.page is None or gap.page in gap.why else f"{gap.page}: {gap.why}")


def say(sentence: str) -> None:
    from rashomon.reports.words import plain

    if sys.stderr is not None:  # closed by the caller
        print(f"rashomon: {plain(sentence)}", file=sys.stderr)


def writable(output: str, inputs: Sequence[str]) -> None:
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


def write_out(data: bytes, output: str) -> None:
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


def at_terminal(output: str) -> bool:
    return output == "-" and sys.stdout.isatty()


def columns(output: str) -> int:
    """The terminal's columns, or `PLAIN_WIDTH` where the output is none."""
    import shutil

    return max(40, shutil.get_terminal_size((PLAIN_WIDTH, 40)).columns) if at_terminal(output) else PLAIN_WIDTH


def coloured(output: str) -> bool:
    """Whether to colour: at a terminal that can, unless NO_COLOR is set (https://no-color.org)."""
    return at_terminal(output) and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


@contextmanager
def progress_bar() -> Iterator[Tell]:
    """Something to tell about progress: a bar on standard error where that is a terminal, else nothing."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield lambda stage, done, total: None
        return
    from rashomon.bar import Bar

    with Bar() as bar:
        yield bar.tell
