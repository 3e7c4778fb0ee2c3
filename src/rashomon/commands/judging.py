"""Commands by which a person corrects what the machine read: judge names, misread, same, different, page; undo."""

from __future__ import annotations

import getpass
from typing import TYPE_CHECKING, Annotated

import typer

from rashomon.commands.stores import DEFAULT, Form, Where, opened, tell
from rashomon.console import Output, Width, say, writable
from rashomon.errors import UsageError

if TYPE_CHECKING:
    from rashomon.model import Claim
    from rashomon.store import Store
    from rashomon.stories.judged import Judgement, JudgementKind, Quoted

Who = Annotated[str | None, typer.Option("--who", metavar="NAME", help="Who judges; the user's name where left out.")]
Note = Annotated[str | None, typer.Option("--note", metavar="WORDS", help="Why.")]

judge = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Correct what was read.\n\nA judgement outranks the machine at once and everywhere, until another undoes it.",
)


@judge.command()
def names(
    one: Annotated[str, typer.Argument(metavar="NAME", hidden=True)],
    other: Annotated[str, typer.Argument(metavar="NAME", hidden=True)],
    store: Where = DEFAULT, who: Who = None, note: Note = None,
) -> None:  # fmt: skip
    """Two NAMEs are one person, body or place."""
    with opened(store) as kept:
        _keep(kept, _new("names", who, note, names=(one, other)))


@judge.command()
def misread(
    claim: Annotated[str, typer.Argument(metavar="CLAIM", hidden=True)],
    store: Where = DEFAULT, who: Who = None, note: Note = None,
) -> None:  # fmt: skip
    """A CLAIM was read wrong and counts no longer.

    CLAIM is its id, or how that begins.
    """
    with opened(store) as kept:
        _keep(kept, _new("misread", who, note, left=(_quoted(kept.claim(claim)),)))


@judge.command()
def same(
    point: Annotated[str, typer.Argument(metavar="POINT", hidden=True)],
    other: Annotated[str, typer.Argument(metavar="POINT", hidden=True)],
    store: Where = DEFAULT, who: Who = None, note: Note = None,
) -> None:  # fmt: skip
    """Two POINTs (or claims), by their ids, are about the same."""
    _on_points("same", point, other, store, who, note)


@judge.command()
def different(
    point: Annotated[str, typer.Argument(metavar="CLAIM", hidden=True)],
    other: Annotated[str, typer.Argument(metavar="CLAIM", hidden=True)],
    store: Where = DEFAULT, who: Who = None, note: Note = None,
) -> None:  # fmt: skip
    """Two CLAIMs of one point are about different things.

    By their ids; the second gets a point of its own.
    """
    _on_points("different", point, other, store, who, note)


@judge.command()
def page(
    page: Annotated[str, typer.Argument(metavar="PAGE", hidden=True)],
    story: Annotated[str, typer.Argument(metavar="STORY", hidden=True)],
    store: Where = DEFAULT, who: Who = None, note: Note = None,
) -> None:  # fmt: skip
    """A PAGE is not of a STORY, both by their ids."""
    with opened(store) as kept:
        told = kept.story(story)
        mine = [each for each in told.pages if each.startswith(page)]
        if len(mine) != 1:
            raise UsageError(f"There is no page {page} in the story {told.id}: `rashomon story {told.id}` lists them.")
        _keep(kept, _new("page", who, note, page=mine[0], story=told.id))


@judge.command()
def undo(
    judgement: Annotated[str, typer.Argument(metavar="JUDGEMENT", hidden=True)],
    store: Where = DEFAULT, who: Who = None, note: Note = None,
) -> None:  # fmt: skip
    """A JUDGEMENT, by its id, holds no longer.

    It may be one that undid another.
    """
    with opened(store) as kept:
        mine = [each for each in kept.judgements() if each.id.startswith(judgement)]
        if len(mine) != 1:
            raise UsageError(f"There is no one judgement {judgement}: `rashomon judgements` lists them with their ids.")
        _keep(kept, _new("undo", who, note, undoes=mine[0].id))


def judgements(store: Where = DEFAULT, form: Form = "terminal", output: Output = "-", width: Width = None) -> None:
    """List the judgements: by whom, when, and which were undone."""
    from rashomon.commands import shown

    writable(output, [])
    with opened(store) as kept:
        found = kept.judgements()
    tell(found, lambda columns, colour: shown.judgements(found, columns, colour), form, output, width)


def _on_points(kind: JudgementKind, one: str, other: str, store: str, who: str | None, note: str | None) -> None:
    with opened(store) as kept:
        left, right = (_claims(kept, each) for each in (one, other))
        if {each.claim for each in left} & {each.claim for each in right}:
            raise UsageError("The two are one and the same already: name two claims of it to part them.")
        _keep(kept, _new(kind, who, note, left=left, right=right))


def _claims(store: Store, name: str) -> tuple[Quoted, ...]:
    """The claims of a point, or the one claim, that an id names."""
    found = store.point(name)
    if found is not None:
        return tuple(_quoted(store.claim(each)) for each in found.claims)
    return (_quoted(store.claim(name)),)


def _quoted(claim: Claim) -> Quoted:
    from rashomon.stories.judged import quoted

    return quoted(claim)


def _new(
    kind: JudgementKind, who: str | None, note: str | None, *, names: tuple[str, ...] = (),
    left: tuple[Quoted, ...] = (), right: tuple[Quoted, ...] = (), page: str | None = None, story: str | None = None,
    undoes: str | None = None,
) -> Judgement:  # fmt: skip
    import time

    from rashomon.store.store import iso
    from rashomon.stories.judged import Judgement

    if who is None:
        try:
            who = getpass.getuser()
        except (KeyError, OSError):
            raise UsageError("Nobody knows who you are here: say it with --who NAME.") from None
    return Judgement(
        id="", kind=kind, who=who, at=iso(time.time()), names=names, left=left, right=right, page=page, story=story,
        undoes=undoes, note=note,
    )  # fmt: skip


def _keep(store: Store, judgement: Judgement) -> None:
    kept = store.judge(judgement)
    say(f"kept as judgement {kept.id}; `rashomon judge undo {kept.id[:10]}` takes it back")


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(judge, name="judge")
    app.command()(judgements)
