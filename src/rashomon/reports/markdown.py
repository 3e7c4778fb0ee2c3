"""The report for pasting into a document: Markdown with footnotes as sources.

render(report)   Report → Markdown (CommonMark, with the footnotes and tables that GitHub, Pandoc and others read)

Each footnote is a claim: its exact words, the source, the date, the address. Words of pages are escaped, so that
none of them becomes a heading, a link, HTML or a footnote of its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from rashomon.model import Report
from rashomon.reports.fates import fates
from rashomon.reports.html.facts import Fact, groups
from rashomon.reports.html.figures import in_dispute
from rashomon.reports.html.matrix import MANNERS, Matrix, matrix
from rashomon.reports.html.outlook import evidence, expected, positions, timeline
from rashomon.reports.html.refs import Ref, Refs, Source, references
from rashomon.reports.html.telling import Telling, tellings
from rashomon.reports.view import View, claims_of, views
from rashomon.reports.words import count, day, placed_words, plain

Cite = Callable[[Sequence[Ref]], str]

_MARKS = re.compile(r"([\\`*_{}\[\]<>#|~$^&@])")
_NUMBERED = re.compile(r"^(\d+)([.)])")
_LINKED = re.compile(r"(?i)\b(https?|ftp|mailto|www)([:.])")


def escaped(text: str) -> str:
    """The text on one line, with nothing in it that Markdown would obey."""
    words = _MARKS.sub(r"\\\1", plain(text))
    words = _NUMBERED.sub(r"\1\\\2", words)
    return _LINKED.sub(lambda found: f"{found[1]}\\{found[2]}", words)


def render(report: Report) -> str:
    """The report as Markdown; it ends in a newline."""
    refs = references(report)
    used: dict[str, Ref] = {}
    lines: list[str] = []
    found = views(report)
    ids = {point.id: f"p{number}" for number, point in enumerate(report.points, 1)}
    for view in found:
        lines += _story(view, refs, ids, used, 1 if len(found) == 1 else 2)
    if not found:
        lines += ["# No pages", "", "No page could be read, so there is nothing to report.", ""]
    lines += _gaps(report, refs, 2)
    lines += [_footnote(ref) for _, ref in sorted(used.items(), key=lambda item: _order(item[0]))]
    lines += ["", f"rashomon {plain(report.version)}" + (f", as of {day(report.as_of)}" if report.as_of else "")]
    return "\n".join(lines) + "\n"


def _story(view: View, refs: Refs, ids: dict[str, str], used: dict[str, Ref], level: int) -> Iterator[str]:
    title = escaped(view.story.title) if view.story else "Pages in no story"
    yield from (f"{'#' * level} {title}", "")
    for page in view.pages:
        yield _source(refs.sources[page.id])
        if why := placed_words(page.published):
            yield f"    - *{escaped(why)}*"
    yield ""

    def section(heading: str, lines: Iterable[str]) -> Iterator[str]:
        kept = list(lines) or ["Nothing found."]
        yield from (f"{'#' * (level + 1)} {heading}", "", *kept, "")

    def cite(some: Sequence[Ref]) -> str:
        """Footnote marks; every reference that is cited gets its footnote."""
        used.update((ref.number, ref) for ref in some)
        return "".join(f"[^{ref.number}]" for ref in some)

    many = [f"- {fate.state}: **{fate.words}** ({fate.size}){cite(refs.of(claims_of(view, fate.point.claims)))}"
            for fate in fates(view)]  # fmt: skip
    if many:
        yield from section("How many", many)
    facts = {group.verdict: group for group in groups(view, refs, ids)}
    for group in facts.values():
        yield from section(group.heading, (line for fact in group.facts for line in _fact(fact, cite)))
    yield from section("Claim by source", _matrix(matrix(view, refs, ids)))
    disputed = {ids[point.id] for point in view.points if in_dispute(point)}
    numbers = [fact for group in facts.values() for fact in group.facts if fact.id in disputed]
    yield from section("Disputed and updated numbers", (line for fact in numbers for line in _values(fact)))
    yield from section("Timeline", _timeline(view, refs, cite))
    yield from section("Positions", _positions(view, refs, cite))
    yield from section("What is expected", _expected(view, refs, cite))
    yield from section("Evidence", _evidence(view, refs, cite))
    rows = tellings(view, refs, ids)
    yield from section("How each source tells it", (x for row in rows.rows for x in _telling(row, rows.classes, cite)))


def _source(source: Source) -> str:
    address = f", {_link(source.link)}" if source.link else ""
    return f"- **{source.label}** {escaped(source.name)}, {escaped(source.date)}{address}"


def _link(address: str) -> str:
    """An http or https address as a link to itself; what could end it early is percent-encoded."""
    for char, code in (("<", "%3C"), (">", "%3E"), ("|", "%7C"), (" ", "%20")):
        address = address.replace(char, code)
    return f"<{address}>"


def _fact(fact: Fact, cite: Cite) -> Iterator[str]:
    size = f"{fact.kind}, {count(fact.pages, 'page')}, {count(fact.independent, 'origin')}"
    now = f", now {fact.now}" if fact.now else f", {escaped(fact.amount)}" if fact.amount else ""
    yield f"- {fact.mark} **{escaped(fact.title)}** ({size}{now}){cite(fact.refs)}"
    if fact.verdict == "single":
        return
    for value in fact.values:
        yield f"    - {escaped(value.since)}: {value.amount} ({escaped(value.who)}){cite(value.refs)}"
    for account in fact.accounts:
        status = f" ({account.status})" if account.status else ""
        said = f": {escaped(account.said)}" if account.said != fact.title else ""
        yield f"    - {escaped(account.who)}{status}{said}{cite(account.refs)}"
    yield f"    - *{escaped(fact.why)}*"


def _values(fact: Fact) -> Iterator[str]:
    yield from (f"**{escaped(fact.title)}**", "", "| Since | Value | Words | Who | Claims |", "| - | - | - | - | - |")
    for value in fact.values:
        marks = "".join(f"[^{ref.number}]" for ref in value.refs)
        cells = (escaped(value.since), value.amount, escaped(value.words), escaped(value.who), marks)
        yield f"| {' | '.join(cells)} |"
    yield ""


def _matrix(table: Matrix) -> Iterator[str]:
    if not table.rows:
        return
    yield f"| Point | {' | '.join(source.label for source in table.columns)} |"
    yield f"| - |{' :-: |' * len(table.columns)}"
    for row in table.rows:
        cells = [
            "".join(MANNERS[manner][0] for manner in cell.manners)
            + (f" {' / '.join(cell.amounts)}" if cell.amounts else "")
            for cell in row.cells
        ]
        yield f"| {row.mark} {escaped(row.title)} | {' | '.join(cells)} |"
    yield ""
    yield ", ".join(f"{symbol} {words}" for symbol, words in table.legend)


def _timeline(view: View, refs: Refs, cite: Cite) -> Iterator[str]:
    for line in timeline(view, refs):
        known = f"{line.precision_words}, {escaped(line.basis_words)}"
        yield f"- **{escaped(line.when)}** ({known}): {escaped(line.text)}{cite(line.refs)}"


def _expected(view: View, refs: Refs, cite: Cite) -> Iterator[str]:
    for one in expected(view, refs):
        when = f", {escaped(one.when)}" if one.when else ""
        who = f" ({escaped(one.who)})" if one.who else ""
        yield f"- *{one.label}{when}*: {escaped(one.said)}{who}{cite(one.refs)}"


def _evidence(view: View, refs: Refs, cite: Cite) -> Iterator[str]:
    for kind in evidence(view, refs):
        size = f"{count(kind.claims, 'claim')} on {count(kind.pages, 'page')}"
        shown = [ref for _, some in kind.samples for ref in some] + kind.rest[:6]
        yield f"- **{escaped(kind.kind)}**: {size}{cite(shown)}"


def _positions(view: View, refs: Refs, cite: Cite) -> Iterator[str]:
    for actor in positions(view, refs):
        yield f"- **{escaped(actor.name)}**"
        for stand in actor.stands:
            towards = f" → {escaped(stand.towards)}" if stand.towards else ""
            yield f"    - {stand.label}{towards}: {escaped(stand.said)}{cite(stand.refs)}"


def _telling(row: Telling, classes: Sequence[str], cite: Cite) -> Iterator[str]:
    yield f"- **{row.source.label}** {escaped(row.source.name)}"
    for words, ref in row.leads[:1]:
        yield f"    - leads with: {escaped(words)}{cite([ref])}"
    for name, loaded in zip(classes, row.loaded, strict=True):
        if loaded.words:
            listed = ", ".join(f"“{escaped(word.exact)}”{cite([word.ref])}" for word in loaded.words)
            yield f"    - loaded, {escaped(name)} ({loaded.rate} in 100 words): {listed}"
    for missing in row.missing[:4]:
        yield f"    - not found here: {escaped(missing.title)}"
    if len(row.missing) > 4:
        yield f"    - not found here: {len(row.missing) - 4} more"


def _gaps(report: Report, refs: Refs, level: int) -> Iterator[str]:
    yield from (f"{'#' * level} What could not be read", "")
    for gap in report.gaps:
        source = refs.sources.get(gap.page or "")
        who = f"{source.label}, {escaped(source.name)}" if source else escaped(gap.page or "no page")
        yield f"- {who}: {escaped(gap.what)}: {escaped(gap.why)}"
    yield from (() if report.gaps else ("Nothing found.",))
    yield ""


def _order(number: str) -> tuple[int, str, int]:
    """A2 before A10, Z9 before AA1."""
    label = number.rstrip("0123456789")
    return len(label), label, int(number[len(label) :])


def _footnote(ref: Ref) -> str:
    source = ref.source
    named = [escaped(source.name), escaped(source.date)]
    if ref.link or source.address != source.name:
        named.append(_link(ref.link) if ref.link else escaped(source.address))
    return f"[^{ref.number}]: “{escaped(ref.exact)}” — {', '.join(named)}"
