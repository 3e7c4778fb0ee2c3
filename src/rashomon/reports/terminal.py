"""The situation report for a person at a terminal.

Nothing is written in it but fixed labels (`words.py`), the reasons that the comparison gave, and
words of the pages; after each line stand the pages and offsets that it was read from.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence

from rashomon.model import Page, PageGap, Report, Verdict
from rashomon.reports.fates import rows as fates
from rashomon.reports.outlook import evidence, expected, positions, telling, timeline
from rashomon.reports.sheet import GLUE, Row, Styled, lay, row
from rashomon.reports.verdicts import STYLES, points_of, singles
from rashomon.reports.view import View, views
from rashomon.reports.words import VERDICT_MARKS, count, dated_words, day, labels, placed_words, plain, source_words

Section = tuple[str, str, Callable[[View], list[Row]]]
SECTIONS: Sequence[Section] = (
    ("HOW MANY", "bold", fates),
    ("AGREED", "bold green", lambda view: points_of(view, "agreed")),
    ("DISPUTED", "bold red", lambda view: points_of(view, "disputed")),
    ("DENIED", "bold magenta", lambda view: points_of(view, "denied")),
    ("UPDATED", "bold cyan", lambda view: points_of(view, "updated")),
    ("POSITIONS", "bold", positions),
    ("EXPECTED", "bold", expected),
    ("TIMELINE", "bold", timeline),
    ("ON WHAT EVIDENCE", "bold", evidence),
    ("HOW EACH PAGE TELLS IT", "bold", telling),
    ("ONLY ONE PAGE HAS", "bold", singles),
)
"""The order of a story's report; a section with nothing in it is left out, and the last line says which."""
SOME_HAVE = {"HOW MANY"}
"""Sections that are not missed where nothing is in them: most stories kill nobody."""
ALONE = {"HOW EACH PAGE TELLS IT": "HOW THE PAGE TELLS IT", "ONLY ONE PAGE HAS": "WHAT THE PAGE HAS"}
"""What sections are called in a story of one page."""


def render(report: Report, width: int, colour: bool) -> str:
    """The report as text of at most `width` columns, with ANSI colours or none; it ends in a newline."""
    return lay(_rows(report, width), width, colour)


def _rows(report: Report, width: int) -> Iterator[Row]:
    found = views(report)
    for number, view in enumerate(found):
        yield from _story(view, report.as_of, width, number + 1, len(found))
    if not found:
        yield row("", ("NO PAGES", "bold"))
        yield row("", "No page could be read, so there is nothing to report.")
        yield row("")
    yield from _unread(report, width)
    key = "[A 12–34]: page A, characters 12 to 34 of its text"
    yield row("", (f"rashomon {report.version} · {key}", "dim"))


def _story(view: View, as_of: str | None, width: int, number: int, of: int) -> Iterator[Row]:
    if of > 1:
        yield row("", (f"STORY {number} OF {of}" if view.story else "PAGES IN NO STORY", "bold reverse"))
    if view.story:
        yield row("", (plain(view.story.title), "bold"))
    yield row("", (_header(view, as_of), "dim"))
    if view.points:
        yield row("", *_tally(view))
    yield row("")
    yield _heading("PAGES", "bold", width)
    for page in view.pages:
        yield _page(view, page)
        if why := placed_words(page.published):
            yield row("     ", (why, "dim"))
    yield row("")
    empty = []
    for named, style, section in SECTIONS:
        rows = section(view)
        title = ALONE.get(named, named) if len(view.pages) == 1 else named
        if not rows:
            empty += [title.lower()] if named not in SOME_HAVE else []
            continue
        yield _heading(title, style, width)
        yield from rows
        yield row("")
    if empty:
        yield row("", (f"nothing found for: {', '.join(empty)}", "dim"))
        yield row("")


def _heading(title: str, style: str, width: int) -> Row:
    return row(f"{title} ", ("─" * max(width - len(title) - 1, 0), "dim"), style=style)


def _header(view: View, as_of: str | None) -> str:
    """How many pages and sources, from when to when."""
    sources = {page.source for page in view.pages if page.source}
    parts = [count(len(view.pages), "page"), count(len(sources), "source") if sources else "sources unknown"]
    copies = sum(page.copy_of is not None for page in view.pages)
    if copies:
        parts.append(count(copies, "copy", "copies"))
    parts.append(count(len(view.claims), "claim"))
    if view.story and view.story.first:
        first, last = day(view.story.first), day(view.story.last or view.story.first)
        parts.append(first if first == last else f"{first} – {last}")
    if as_of:
        parts.append(f"as of {day(as_of)}")
    return " · ".join(parts)


def _tally(view: View) -> list[Styled]:
    """How many points have which verdict, in the order of the sections."""
    found = Counter(point.verdict for point in view.points)
    pieces = [
        (f"{VERDICT_MARKS[verdict]} {found[verdict]:,} {words}".replace(" ", GLUE), STYLES[verdict])
        for verdict, words in TALLIED.items()
        if found[verdict]
    ]
    return [part for piece in pieces for part in (("   ", ""), piece)][1:]


TALLIED: Mapping[Verdict, str] = {
    "agreed": "agreed",
    "disputed": "disputed",
    "denied": "denied",
    "updated": "updated",
    "single": "on one page only",
}


def _page(view: View, page: Page) -> Row:
    label = f"[{view.labels[page.id]}] "
    source = source_words(page)
    notes = [dated_words(page.published)]
    if page.modified and page.modified.value:
        notes.append(f"modified {day(page.modified.value)}")
    if page.kind != "news":
        notes.append(page.kind)
    if page.copy_of:
        notes.append(f"copy of [{view.labels.get(page.copy_of, page.copy_of)}]")
    pieces = [(source, "cyan"), (f" · {' · '.join(notes)}", "")]
    if page.title:
        pieces.append((f" · {plain(page.title)}", "bold"))
    if page.address and plain(page.address) != source:
        pieces.append((f"  {plain(page.address)}", "dim"))
    return row(label.rjust(5), *pieces, style="bold")


def _unread(report: Report, width: int) -> Iterator[Row]:
    """What could not be read, page by page, and what was taken for no part of the article."""
    names = labels(report.pages)
    gaps: dict[str, list[PageGap]] = {}
    for gap in report.gaps:
        gaps.setdefault(gap.page or "", []).append(gap)
    order = sorted(gaps, key=lambda page: (page in names, list(names).index(page) if page in names else 0))
    rows = []
    for page in order:
        lead = f"[{names[page]}] ".rjust(5) if page in names else "  ! "
        for gap in gaps[page]:
            who = f"{plain(page)}: " if page and page not in names and page not in gap.why else ""
            rows.append(row(lead, (who, "bold"), (f"{plain(gap.what)}: ", "bold"), plain(gap.why), style="bold"))
            lead = " " * len(lead)
    dropped = [_dropped(page, names[page.id]) for page in report.pages if page.dropped]
    if dropped:
        rows += [*dropped, row("  ", ("rashomon show PAGE has these parts, each where it stood", "dim italic"))]
    if rows:
        yield _heading("NOT READ", "bold yellow", width)
        yield from rows
        yield row("")


def _dropped(page: Page, label: str) -> Row:
    kinds: dict[str, int] = {}
    for part in page.dropped:
        kinds[part.kind] = kinds.get(part.kind, 0) + 1
    listed = ", ".join(f"{kind} {number}" for kind, number in sorted(kinds.items()))
    return row(f"[{label}] ".rjust(5), ("not the article: ", "bold"), listed)
