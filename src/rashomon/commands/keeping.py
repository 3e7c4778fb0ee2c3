"""Commands that add to a store and look into it: add, stories, story, search, changes, migrate, reread."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import TYPE_CHECKING, Annotated, Any

import typer

from rashomon.commands.stores import DEFAULT, AsOf, Form, Where, opened, tell
from rashomon.console import (
    Limit,
    Output,
    Pages,
    Private,
    Tell,
    Width,
    name_gaps,
    progress_bar,
    say,
    writable,
    write_out,
)  # fmt: skip
from rashomon.errors import PageError, UsageError

if TYPE_CHECKING:
    from rashomon.model import PageGap
    from rashomon.store import Store

BATCH = 64
"""Pages that are read before they are added."""


def add(pages: Pages, store: Where = DEFAULT, allow_private: Private = False) -> None:
    """Add pages to a store, and to the stories that they tell.

    Each PAGE is whatever `rashomon read` takes: a file, a folder, a URL, an archive, a feed, or - for standard input.
    The store is a SQLite file, made on first use, or a PostgreSQL database by its URL. What is there already is not
    added again; a page that changed is kept beside what it was. Stopped at any moment, the same command goes on.
    """
    from rashomon.model import PageGap
    from rashomon.pages import gather

    bad: list[PageGap] = []
    new = seen = 0
    from rashomon.commands.watching import delivered, listening

    with opened(store, fresh=True) as kept, progress_bar() as progress:
        listening(kept)
        items = iter(gather(pages, allow_private))
        while batch := list(islice(items, BATCH)):
            bad += [item for item in batch if isinstance(item, PageGap)]
            added, tried = _add(kept, [item for item in batch if not isinstance(item, PageGap)], bad, progress)
            new, seen = new + added, seen + tried
        kept.align(progress)
        total = len(kept.stories())
        delivered(kept, allow_private)
    name_gaps(bad)
    from rashomon.reports.words import count

    known = f", {count(seen - new, 'page')} there already" if seen > new else ""
    write_out(
        f"{count(new, 'new page')}{known} · {count(total, 'story', 'stories')} in {_shown(store)}\n".encode(), "-"
    )
    raise typer.Exit(1 if bad or not seen else 0)


def _add(store: Store, captures: Iterable[Any], bad: list[PageGap], progress: Tell) -> tuple[int, int]:
    """How many of the captures were new pages, and how many were pages."""
    from rashomon import run
    from rashomon.model import PageGap

    read = {}
    origin = {}
    for capture in captures:
        try:
            page = run.read_capture(capture)
        except PageError as error:
            bad.append(PageGap(page=capture.address, what="page", why=str(error)))
            continue
        read[page.id], origin[page.id] = page, capture
        progress("reading", len(read), None)
    return store.add_all(read.values(), origin, progress), len(read)


def _shown(where: str) -> str:
    """A path or URL without its password."""
    scheme, mark, rest = where.partition("://")
    return f"{scheme}{mark}{rest.rpartition('@')[2]}" if mark else where


def stories(
    store: Where = DEFAULT,
    as_of: AsOf = None,
    limit: Limit = 50,
    form: Form = "terminal",
    output: Output = "-",
    width: Width = None,
) -> None:
    """List the stories of a store, those with the newest page first.

    Each with its id, pages, sources, and how many of its points are agreed, disputed, denied or updated.
    """
    from rashomon.commands import shown

    writable(output, [])
    with opened(store) as kept:
        found = kept.stories(as_of, limit + 1)
    more, listed = len(found) > limit, found[:limit]
    tell(listed, lambda columns, colour: shown.stories(listed, more, columns, colour), form, output, width)


def story(
    story: Annotated[str, typer.Argument(metavar="STORY", hidden=True)],
    store: Where = DEFAULT,
    as_of: AsOf = None,
    form: Form = "terminal",
    output: Output = "-",
    width: Width = None,
) -> None:
    """Show how a story grew.

    Its pages stand with why they are in it, its points with each version of their verdicts. STORY is the story's id, or
    how that begins. `rashomon report --store … STORY` is the report of it.
    """
    from rashomon.commands import shown

    writable(output, [])
    with opened(store) as kept:
        report = kept.report(story, as_of)
        points = kept.points(story) if as_of is None else {point.id: point for point in report.points}
        history = {key: kept.history(key) for key in points}
    told = {"story": report.stories[0], "points": points, "versions": history}
    tell(told, lambda columns, colour: shown.story(report, points, history, columns, colour), form, output, width)


def search(
    words: Annotated[list[str] | None, typer.Argument(metavar="WORDS", hidden=True)] = None,
    store: Where = DEFAULT,
    speaker: Annotated[str | None, typer.Option("--speaker", metavar="NAME", help="Claims of this speaker.")] = None,
    source: Annotated[str | None, typer.Option("--source", metavar="NAME", help="Pages of this publisher.")] = None,
    status: Annotated[
        str | None, typer.Option("--status", metavar="STATUS", help="asserted, denied, declined, expected, …")
    ] = None,
    since: Annotated[str | None, typer.Option("--since", metavar="TIME", help="Pages from then on.")] = None,
    until: Annotated[str | None, typer.Option("--until", metavar="TIME", help="Pages until then.")] = None,
    limit: Limit = 20,
    form: Form = "terminal",
    output: Output = "-",
    width: Width = None,
) -> None:
    """Search the claims and pages of a store.

    Claims that have the WORDS come first, then pages that have them elsewhere, the newest first. All WORDS must be
    there; 'words in "quotation marks"' stand together, word* begins so, and -word must not be there: write all of them
    in one pair of quotation marks then, as in 'mine -strike'.
    """
    from rashomon.commands import shown
    from rashomon.store import Asked

    writable(output, [])
    asked = Asked(
        words=" ".join(words or ()), speaker=speaker, source=source, status=status, since=since, until=until,
        limit=limit,
    )  # fmt: skip
    with opened(store) as kept:
        found = kept.search(asked)
    tell(found, lambda columns, colour: shown.hits(found, columns, colour), form, output, width)
    raise typer.Exit(0 if found or form == "json" else 1)


def changes(
    address: Annotated[str, typer.Argument(metavar="ADDRESS", hidden=True)],
    store: Where = DEFAULT,
    form: Form = "terminal",
    output: Output = "-",
    width: Width = None,
) -> None:
    """Show what a page added, removed and reworded.

    From one capture to the next, claims first. ADDRESS is the page's URL or path as it was added, or the id of one of
    its captures.
    """
    from rashomon.commands import shown

    writable(output, [])
    with opened(store) as kept:
        found = kept.changes(address)
    tell(found, lambda columns, colour: shown.changed(address, found, columns, colour), form, output, width)


def migrate(store: Where = DEFAULT) -> None:
    """Bring a store of an earlier rashomon to the form of this one."""
    from rashomon.store import versions
    from rashomon.store.database import Database

    database = Database(store, fresh=False)
    try:
        before = versions.version(database)
        if before is not None and before > versions.HEAD:
            raise UsageError(f"The store {_shown(store)} was made by a newer rashomon: update rashomon.")
        versions.migrate(database)
    finally:
        database.close()
    said = "was up to date" if before == versions.HEAD else f"is of version {versions.HEAD} now"
    say(f"the store {_shown(store)} {said}")


def reread(store: Where = DEFAULT) -> None:
    """Read all captures of a store again with this rashomon.

    Judgements stay in force; pages that came without their bytes stay as they are.
    """
    with opened(store) as kept, progress_bar() as progress:
        done, left = kept.reread(progress)
    from rashomon.reports.words import count

    say(
        f"{count(done, 'page')} read again"
        + (f", {count(left, 'page')} without their bytes left as they were" if left else "")
    )


def register(app: typer.Typer) -> None:
    """Add the commands."""
    for command in (add, stories, story, search, changes, migrate, reread):
        app.command()(command)
