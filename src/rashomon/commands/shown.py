"""What is in a store, laid out for a person at a terminal."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import urlsplit

from rashomon.model import Point, Report
from rashomon.reports.sheet import GLUE, Row, Styled, lay, row
from rashomon.reports.verdicts import STYLES
from rashomon.reports.words import VERDICT_MARKS, count, dated_words, day, placed_words, plain, quantity, shorten
from rashomon.store.changes import Change, Changes
from rashomon.store.listing import Heading
from rashomon.store.search import Hit
from rashomon.store.store import iso
from rashomon.store.verdicts import Version
from rashomon.stories.judged import Judgement, in_force
from rashomon.watch.alerts import Alert, Rule
from rashomon.watch.polling import Polled
from rashomon.watch.ticker import Headline

ID = 10
"""Characters of an id that are shown; so many are enough to name it by."""
TOLD = ("agreed", "disputed", "denied", "updated")
TITLE = 60
_INNER = re.compile(r"(?<=.)(?=https?://)", re.S)
WORDS = 220
"""Characters of a claim that are shown."""


def stories(found: Sequence[Heading], more: bool, width: int, colour: bool) -> str:
    """A list of stories."""
    rows: list[Row] = []
    for each in found:
        lead = f"{each.id[:ID]}  "
        rows.append(row(lead, (plain(each.title), "bold"), style="cyan"))
        rows.append(row(" " * len(lead), (_summary(each), "dim"), *_tally(each)))
    if not found:
        rows.append(row("", "There are no stories to list: `rashomon add PAGE` adds pages."))
    elif more:
        rows.append(row("", ("There are more: --limit says how many are listed.", "dim")))
    return lay(rows, width, colour)


def _summary(each: Heading) -> str:
    parts = [count(each.pages, "page"), count(len(each.sources), "source") if each.sources else "sources unknown"]
    if each.first and each.last:
        first, last = day(each.first), day(each.last)
        parts.append(first if first == last else f"{first} – {last}")
    return " · ".join(part.replace(" ", GLUE) for part in parts)


def _tally(each: Heading) -> Iterator[Styled]:
    for verdict in TOLD:
        number = each.verdicts.get(verdict, 0)  # type: ignore[call-overload]
        if number:
            yield "  ", ""
            yield f"{VERDICT_MARKS[verdict]}{GLUE}{number}{GLUE}{verdict}", STYLES[verdict]  # type: ignore[index]


def story(
    report: Report, points: Mapping[str, Point], history: Mapping[str, Sequence[Version]], width: int, colour: bool
) -> str:
    """How a story grew."""
    (told,) = report.stories
    rows = [
        row("", (plain(told.title), "bold")),
        row("", (f"story {told.id} · {count(len(told.pages), 'page')} · {count(len(points), 'point')}", "dim")),
        row(""),
        _heading("PAGES", width),
    ]
    pages = {page.id: page for page in report.pages}
    for key, why in zip(told.pages, told.why, strict=True):
        page = pages[key]
        lead = f"{key[:ID]}  "
        who = publisher(page.source, page.address)
        when = dated_words(page.published)
        dot = " · " if page.title else ""
        rows.append(row(lead, (who, "cyan"), f" · {when}{dot}", (plain(page.title or ""), "bold"), style="dim"))
        rows.append(row(" " * len(lead), (plain(why), "dim")))
        if placed := placed_words(page.published):
            rows.append(row(" " * len(lead), (placed, "dim")))
    rows += [row(""), _heading("POINTS, AND WHAT EACH WAS BEFORE", width)]
    several = {
        key: point for key, point in points.items() if point.verdict != "single" or len(history.get(key, ())) > 1
    }
    for key, point in several.items():
        lead = f"{key[:ID]}  "
        mark = f"{VERDICT_MARKS[point.verdict]} {point.verdict}"
        rows.append(row(lead, (mark, STYLES[point.verdict]), "  ", plain(point.title), _value(point), style="dim"))
        rows += [row(" " * len(lead), *_version(each)) for each in history.get(key, ())]
    left = len(points) - len(several)
    if left:
        rows.append(row("", (f"{count(left, 'point')} that one page alone has: `rashomon report` shows them", "dim")))
    return lay(rows, width, colour)


def _heading(title: str, width: int) -> Row:
    return row(f"{title} ", ("─" * max(width - len(title) - 1, 0), "dim"), style="bold")


def _value(point: Point) -> Styled:
    if point.current is None:
        return "", ""
    return f"  [{quantity(point.current.low, point.current.high, 'exact')}]", "bold"


def _version(each: Version) -> list[Styled]:
    now = each.now
    values = "; ".join(dict.fromkeys(quantity(v.low, v.high, v.qualifier) for v in now.values))
    told = f"{now.verdict}, {count(now.independent, 'origin')}" + (f", {values}" if values else "")
    return [(f"{minute(each.made)}  ", "dim"), (plain(told), "")]


def minute(moment: float) -> str:
    """Seconds since 1970 as a person reads them, UTC, to the minute."""
    return iso(moment)[:16].replace("T", " ")


def hits(found: Sequence[Hit], width: int, colour: bool) -> str:
    """What a search found."""
    rows: list[Row] = []
    for each in found:
        where = [publisher(each.source, each.address)]
        where.append(day(each.published) if each.published else "undated")
        if each.title:
            where.append(shorten(plain(each.title), TITLE))
        rows.append(row("", (shorten(plain(each.text), WORDS), "")))
        claim = each.claim
        said: list[Styled] = []
        if claim is not None:
            speaker = shorten(plain(claim.speaker.name or claim.speaker.text or ""), TITLE)
            said.append((f"{speaker} · " if speaker and claim.speaker.kind != "source" else "", "cyan"))
            said.append((f"{claim.status} · ", ""))
        place = f" · {each.page[:ID]} {claim.span.start}–{claim.span.end}" if claim else f" · {each.page[:ID]}"
        rows.append(row("    ", *said, (" · ".join(where), "dim"), (place + f" · story {each.story[:ID]}", "dim")))
    if not found:
        rows.append(row("", "Nothing was found."))
    return lay(rows, width, colour)


def publisher(source: str | None, address: str | None) -> str:
    """Who publishes a page; where that is unknown its server, or the file's name. Of an archive's copy the server that
    it was copied from."""
    if source or not address:
        return plain(source or "source unknown")
    try:
        host = urlsplit(_INNER.split(address)[-1]).hostname
    except ValueError:
        host = None
    return plain(host.removeprefix("www.") if host else address.rstrip("/").rpartition("/")[2] or address)


_MARKS = {"added": ("+ ", "green"), "removed": ("- ", "red"), "reworded": ("~ ", "yellow")}


def changed(address: str, found: Sequence[Changes], width: int, colour: bool) -> str:
    """What changed between captures."""
    if not found:
        return lay(
            [row("", f"{plain(address)} was captured once; there is nothing to compare it with.")], width, colour
        )
    rows: list[Row] = []
    for each in found:
        first, second = (minutes(when) for when in each.when)
        rows.append(row("", (plain(each.address or address), "bold")))
        rows.append(row("", (f"from {first} ({each.before[:ID]}) to {second} ({each.after[:ID]})", "dim")))
        if not each.changes:
            rows.append(row("", "Nothing in its title, date, claims or text has changed."))
        for what in ("title", "publication date", "claim", "text"):
            mine = [change for change in each.changes if change.what == what]
            if mine:
                rows.append(_heading({"claim": "CLAIMS", "text": "OTHER TEXT"}.get(what, what.upper()), width))
            for change in mine:
                rows += _change(change)
        rows.append(row(""))
    return lay(rows[:-1], width, colour)


def minutes(written: str | None) -> str:
    """An ISO time to the minute."""
    return written[:16].replace("T", " ") if written else "unknown"


def _change(change: Change) -> Iterator[Row]:
    mark, style = _MARKS[change.how]
    if change.how == "reworded":
        yield row(mark, ("was  ", "dim"), (plain(change.before or "nothing"), "red"), style=style)
        yield row("  ", ("now  ", "dim"), (plain(change.after or "nothing"), "green"))
    else:
        yield row(mark, (plain(change.after or change.before or ""), style), style=style)


def judgements(found: Sequence[Judgement], width: int, colour: bool) -> str:
    """A list of judgements."""
    holding = {each.id for each in in_force(found)}
    rows: list[Row] = []
    for each in found:
        state = "" if each.id in holding or each.kind == "undo" else "  (undone)"
        lead = f"{each.id[:ID]}  "
        rows.append(row(lead, (_judged(each), "" if not state else "dim"), (state, "red"), style="cyan"))
        note = f" · {plain(each.note)}" if each.note else ""
        rows.append(row(" " * len(lead), (f"{plain(each.who)} · {minutes(each.at)}{note}", "dim")))
    if not found:
        rows.append(row("", "Nobody has judged anything yet: `rashomon judge -h` says how."))
    return lay(rows, width, colour)


def _judged(each: Judgement) -> str:
    left, right = (shorten(plain(" / ".join(q.exact for q in side)), 90) for side in (each.left, each.right))
    said = {
        "names": lambda: " and ".join(f"“{plain(name)}”" for name in each.names) + " are one",
        "misread": lambda: f"misread: “{left}”",
        "same": lambda: f"the same: “{left}” and “{right}”",
        "different": lambda: f"not the same: “{left}” and “{right}”",
        "page": lambda: f"page {(each.page or '')[:ID]} is not of the story {(each.story or '')[:ID]}",
        "undo": lambda: f"undoes {(each.undoes or '')[:ID]}",
    }
    return said[each.kind]()


def alerts(found: Sequence[Alert], width: int, colour: bool) -> str:
    """Alerts, as they come."""
    rows: list[Row] = []
    for each in found:
        rows.append(row("! ", (plain(each.title), "bold"), f"  {shorten(plain(each.text), WORDS)}", style="bold red"))
        where = f"{minutes(each.at)} · {plain(each.story_title)} · story {each.story[:ID]}"
        rows.append(row("  ", (where, "dim")))
    return lay(rows, width, colour)


def rules(
    found: Sequence[Rule], latest: Sequence[Alert], held: Sequence[tuple[str, int, int]], width: int, colour: bool
) -> str:
    """Rules of alerts, why alerts were held up (with how many are tried again, and given up), the latest alerts."""
    rows: list[Row] = []
    for each in found:
        what = {"agreed": f"by {each.origins} origins", "speaker": each.words or "", "phrase": f"“{each.words}”"}
        story = f" in the story {each.story[:ID]}" if each.story else ""
        lead = f"{each.id[:ID]}  "
        rows.append(
            row(
                lead,
                f"{each.kind} {plain(what.get(each.kind, ''))}".rstrip() + f"{story} → {plain(each.to)}",
                style="cyan",
            )
        )
    if not found:
        rows.append(row("", "There are no rules yet: `rashomon alert -h` says how to make one."))
    for why, again, over in held:
        parts = [f"{count(again, 'alert')} to be sent again"] if again else []
        parts += [f"{count(over, 'alert')} given up"] if over else []
        rows.append(row("", (f"{' and '.join(parts)}: ", "yellow"), plain(why)))
    text = lay([*rows, row("")] if latest else rows, width, colour)
    return text + alerts(latest, width, colour)


def feeds(found: Sequence[Polled], now: float, width: int, colour: bool) -> str:
    """The feeds that are followed."""
    rows: list[Row] = []
    for each in found:
        failing = each.failures or (each.problem and each.title is None)
        state = ("gone", "red") if each.gone else ("failing", "red") if failing else ("ok", "green")
        rows.append(row("", (plain(each.title or each.address), "bold"), "  ", state))
        asked = f"polled {minute(each.polled)} UTC" if each.polled else "not polled yet"
        later = "" if each.gone else f" · next {minute(max(each.due, now))} UTC"
        rows.append(row("    ", (f"{plain(each.address)} · {asked}{later}", "dim")))
        if each.problem:
            rows.append(row("    ", (plain(each.problem), "red" if failing or each.gone else "yellow")))
    if not found:
        rows.append(row("", "No feed is followed yet: `rashomon watch FEED` follows one."))
    return lay(rows, width, colour)


def ticker(found: Sequence[Headline], width: int, colour: bool) -> str:
    """Headlines with their times."""
    rows: list[Row] = []
    for each in found:
        when = minute(each.published if each.published is not None else each.seen)
        mark = (f"{VERDICT_MARKS['disputed']} ", STYLES["disputed"]) if each.disputes else ("", "")
        source = (f"  {plain(each.source)}" if each.source else "", "cyan")
        rows.append(row(f"{when}  ", mark, (plain(each.title), "bold"), source, style="dim"))
        rows += [row(" " * 18, ("now disputed: ", "red"), shorten(plain(title), WORDS)) for title in each.disputes]
        if each.problem and each.story is None:
            rows.append(row(" " * 18, (plain(each.problem), "yellow")))
    if not found:
        rows.append(row("", "No entry of a feed was seen yet: `rashomon watch FEED` follows one."))
    return lay(rows, width, colour)
