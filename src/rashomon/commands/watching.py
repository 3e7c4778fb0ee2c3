"""Commands that follow feeds: watch, feeds, ticker, alert."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Annotated

import typer

from rashomon.commands.stores import DEFAULT, Form, Where, opened, tell
from rashomon.console import Limit, Output, Private, Width, at_least_one, coloured, columns, say, writable, write_out
from rashomon.errors import UsageError

if TYPE_CHECKING:
    from rashomon.store import Store
    from rashomon.watch.alerts import Alert, Rule
    from rashomon.watch.polling import Polled
    from rashomon.watch.rounds import Round

_SPAN = re.compile(r"(\d+(?:\.\d+)?)(s|m|h|d)")
_UNITS = {"s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0}
LEAST = 60.0
"""Seconds between two polls of a feed, at least."""


def _span(written: str) -> float:
    match = _SPAN.fullmatch(written.strip())
    if not match or float(match[1]) * _UNITS[match[2]] < LEAST:
        raise UsageError(f"--every {written} is no span of a minute or more: write 15m, 2h or 1d.")
    return float(match[1]) * _UNITS[match[2]]


def watch(
    feeds: Annotated[list[str] | None, typer.Argument(metavar="FEED", hidden=True)] = None,
    store: Where = DEFAULT,
    every: Annotated[
        str, typer.Option("--every", metavar="SPAN", help="Between two polls of a feed: 15m, 2h.")
    ] = "15m",
    only_once: Annotated[bool, typer.Option("--once", help="Poll each feed once and stop, as from cron.")] = False,
    allow_private: Private = False,
) -> None:
    """Poll feeds, and add what is new in them to a store.

    Each FEED is the URL of an RSS, Atom or JSON feed, or an OPML list of feeds (a URL or a file). Feeds that were named
    once are followed from then on; without a FEED those are polled. robots.txt is obeyed, hosts are asked one request
    at a time, feeds that fail less and less often; `rashomon feeds` shows how each of them is. With --once the exit
    status is 1 where a feed could not be read.
    """
    from rashomon.watch import keeping, watching
    from rashomon.watch.asking import asking
    from rashomon.watch.rounds import Watch

    span = _span(every)
    named = [address for each in feeds or () for address in _addresses(each)]
    with opened(store, fresh=bool(named)) as kept:
        if not named and not kept.database.ask(keeping.feeds):
            raise UsageError("No feed is followed yet: name one, as in `rashomon watch https://www.example.org/feed`.")
        listening(kept)
        work = Watch(kept, asking(allow_private), every=span, tell=say)
        done = watching.once(work, named, only_once)
        for each in done.waiting:
            say(f"{each.address} failed and is not asked again before {_time(each)}: {each.problem}")
        delivered(kept, allow_private)
        write_out(_round(done), "-")
        if only_once:
            raise typer.Exit(1 if done.problems or done.waiting else 0)
        while True:
            work.sleep(watching.wait(work))
            done = watching.once(work)
            delivered(kept, allow_private)
            if done.polled:
                write_out(_round(done), "-")


def _addresses(written: str) -> list[str]:
    """The feeds that an argument names: itself, or those of an OPML file."""
    from rashomon.watch.parsing import Listed, parse
    from rashomon.watch.sending import is_web

    if "://" in written:
        if not is_web(written):
            raise UsageError(f"{written} is no address of a feed: write it whole, as in https://www.example.org/feed.")
        return [written]
    if not os.path.isfile(written):
        raise UsageError(f"{written} is neither a URL (https://…) nor an OPML file that is there.")
    try:
        with open(written, "rb") as stream:
            found = parse(stream.read(), "")
    except OSError as error:
        raise UsageError(f"{written} cannot be read ({error.strerror}): look at its permissions.") from None
    if isinstance(found, Listed):
        if not found.feeds:
            raise UsageError(f"The OPML list {written} {found.problem or 'names no feeds'}: export it again.")
        if found.problem:
            say(f"the list {written} {found.problem}; the {len(found.feeds)} feeds before that are followed")
        return list(found.feeds)
    if found.entries:
        raise UsageError(f"{written} is a saved feed: `rashomon add {written}` reads its entries.")
    raise UsageError(f"{written} is no OPML list of feeds: {found.problem}.")


def _time(feed: Polled) -> str:
    from rashomon.commands.shown import minute

    return f"{minute(feed.due)} UTC"


def _round(done: Round) -> bytes:
    from rashomon.reports.words import count

    parts = [f"{count(done.polled, 'feed')} polled", count(done.entries, "new entry", "new entries")]
    parts.append(count(done.pages, "new page"))
    if done.failed:
        parts.append(f"{done.failed} could not be had")
    return f"{' · '.join(parts)}\n".encode()


def listening(store: Store) -> None:
    from rashomon.watch import ruling

    ruling.listen(store)


def delivered(store: Store, allow_private: bool) -> None:
    """Hand over the alerts that are due."""
    from rashomon.commands import shown
    from rashomon.watch import ruling, sending

    def send(alert: Alert, rule: Rule) -> None:
        if rule.to == "terminal":
            write_out(shown.alerts([alert], columns("-"), coloured("-")).encode("utf-8", "replace"), "-")
        elif rule.to.startswith(("http://", "https://")):
            sending.webhook(rule.to, alert, store.clock(), os.environ.get("RASHOMON_WEBHOOK_SECRET"), allow_private)
        elif rule.to.startswith("mailto:"):
            sending.mail(rule.to, alert, os.environ.get("RASHOMON_SMTP"))
        else:
            found = store.database.ask(lambda link: ruling.latest(link, rule=rule.id))
            sending.feed_file(rule.to, found, f"rashomon alerts: {rule.kind}")

    _, problems = ruling.deliver(store, send)
    for problem in dict.fromkeys(problems):
        say(problem)


def feeds(store: Where = DEFAULT, form: Form = "terminal", output: Output = "-", width: Width = None) -> None:
    """List the feeds: when each is polled, and what is wrong."""
    from rashomon.commands import shown
    from rashomon.watch import keeping

    writable(output, [])
    with opened(store) as kept:
        found = kept.database.ask(keeping.feeds)
        now = kept.clock()
    tell(found, lambda columns, colour: shown.feeds(found, now, columns, colour), form, output, width)


def ticker(
    store: Where = DEFAULT,
    limit: Limit = 30,
    form: Form = "terminal",
    output: Output = "-",
    width: Width = None,
) -> None:
    """Show the newest headlines of the feeds that are followed.

    Each stands with its time; ≠ marks what it newly disputes.
    """
    from rashomon.commands import shown
    from rashomon.watch.ticker import headlines

    writable(output, [])
    with opened(store) as kept:
        found = kept.database.ask(lambda link: headlines(link, limit))
    tell(found, lambda columns, colour: shown.ticker(found, columns, colour), form, output, width)


KINDS = ("number", "denial", "disputed", "agreed", "speaker", "phrase")


def alert(
    kind: Annotated[str | None, typer.Argument(metavar="KIND", hidden=True)] = None,
    words: Annotated[str | None, typer.Argument(metavar="WORDS", hidden=True)] = None,
    to: Annotated[
        str, typer.Option("--to", metavar="WHERE", help="terminal, https://…, mailto:…, or a file (.atom, .json).")
    ] = "terminal",
    story: Annotated[str | None, typer.Option("--story", metavar="STORY", help="Of this story alone.")] = None,
    origins: Annotated[
        int,
        typer.Option("--origins", metavar="N", parser=at_least_one, help="With agreed: by so many origins."),
    ] = 2,
    drop: Annotated[str | None, typer.Option("--drop", metavar="RULE", help="Drop the rule with this id.")] = None,
    store: Where = DEFAULT,
) -> None:  # fmt: skip
    """Be told of what watching or adding finds.

    Without a KIND, the rules and the latest alerts are listed. KIND is number (one moved), denial (one appeared),
    disputed, agreed (points that became so), speaker NAME or phrase WORDS. A webhook is signed (Standard Webhooks) with
    RASHOMON_WEBHOOK_SECRET; mail goes by RASHOMON_SMTP (smtp://user:password@host:587).
    """
    from rashomon.commands import shown
    from rashomon.watch import ruling
    from rashomon.watch.alerts import Rule
    from rashomon.watch.sending import checked

    words, where = _words(kind, words), checked(to)
    with opened(store, fresh=kind is not None) as kept:
        if drop is not None:
            gone = kept.database.write(lambda link: ruling.drop(link, drop))
            say(f"the rule {gone.id[:10]} ({gone.kind}) is dropped")
            return
        if kind is None:
            found = kept.database.ask(lambda link: (ruling.rules(link), ruling.latest(link, 20), ruling.held(link)))
            write_out(shown.rules(*found, columns("-"), coloured("-")).encode("utf-8", "replace"), "-")
            return
        told = kept.story(story).id if story else None
        rule = Rule(id="", kind=kind, words=words, origins=origins, story=told, to=where)  # type: ignore[arg-type]
        made = kept.database.write(lambda link: ruling.add(link, rule))
        say(f"the rule {made.id[:10]} is kept; `rashomon alert --drop {made.id[:10]}` drops it")
        if where.startswith("mailto:") and not os.environ.get("RASHOMON_SMTP"):
            say("RASHOMON_SMTP is not set: name the mail server in it before you run watch or add")


def _words(kind: str | None, written: str | None) -> str | None:
    """The words of a rule of that kind; UsageError where there is no such kind, or it takes none, or lacks them."""
    if kind is not None and kind not in KINDS:
        raise UsageError(f"There is no kind of alert called {kind}: choose one of {', '.join(KINDS)}.")
    words = " ".join((written or "").split()) or None
    if kind is not None and (kind in ("speaker", "phrase")) != bool(words):
        raise UsageError(
            f"An alert on {kind} takes no words: leave {words!r} out."
            if words
            else f"Say which {kind}, as in `rashomon alert {kind} 'Ada Holm'`."
        )
    return words


def register(app: typer.Typer) -> None:
    """Add the commands."""
    for command in (watch, feeds, ticker, alert):
        app.command()(command)
