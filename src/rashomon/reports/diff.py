"""What is new, moved, withdrawn and newly disputed between two reports of a story.

A point of the new report is the old one's where they share a claim; claims of a page that was captured again have
other ids, so where none is shared, the same words said by the same speaker on the same source's page will do. Of
several that fit, the pair with most in common is taken, and no point is taken twice.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

import msgspec

from rashomon.errors import UsageError
from rashomon.model import Claim, Point, Report
from rashomon.reports.words import count, plain, quantity, shorten

ChangeKind = Literal["new", "moved", "newly disputed", "settled", "withdrawn"]
KINDS: tuple[ChangeKind, ...] = ("newly disputed", "moved", "new", "settled", "withdrawn")
"""In the order in which they are shown: what a reader must know first."""
_OPEN = frozenset({"disputed", "denied"})
_TITLE = 110


class Change(msgspec.Struct, frozen=True):
    """One point that is not what it was."""

    kind: ChangeKind
    title: str
    """Of the point: words of one of its claims."""
    point: str
    """Id of the point in the new report; in the old one where it was withdrawn."""
    before: str | None
    """What held before, in words; null for what is new."""
    after: str | None
    """What holds now; null for what was withdrawn."""
    why: str
    """The sentence that the report has for its verdict."""


class Diff(msgspec.Struct, frozen=True):
    """All that changed between two reports."""

    old: str | None
    """`as_of` of the old report."""
    new: str | None
    pages_added: int
    pages_gone: int
    changes: tuple[Change, ...] = ()


def read(data: bytes, name: str) -> Report:
    """A report from its JSON; UsageError says what is wrong with the file of that name."""
    try:
        return msgspec.json.decode(data, type=Report)
    except msgspec.MsgspecError as fault:
        raise UsageError(
            f"{name} is no report in JSON ({fault}); `rashomon report PAGE… --format json -o {name}` writes one"
        ) from None


def diff(old: Report, new: Report) -> Diff:
    """What changed from the old report to the new one, the most urgent kinds first, then in the new report's order."""
    before, after = ({page.id for page in report.pages} for report in (old, new))
    pairs = _pairs(old, new)
    by_id = {point.id: point for point in old.points}
    changes = [change for point in new.points if (change := _change(by_id.get(pairs.get(point.id, "")), point))]
    kept = set(pairs.values())
    for point in old.points:
        if point.id not in kept:
            why = "no claim of the new report says it"
            changes.append(Change("withdrawn", point.title, point.id, _holds(point), None, why))
    changes.sort(key=lambda change: KINDS.index(change.kind))
    return Diff(old.as_of, new.as_of, len(after - before), len(before - after), tuple(changes))


def _pairs(old: Report, new: Report) -> dict[str, str]:
    """New point's id → old point's id."""
    marks_old, marks_new = _marks(old), _marks(new)
    holders: dict[str, list[str]] = defaultdict(list)
    kinds = {point.id: point.kind for point in old.points}
    for point in old.points:
        for mark in marks_old[point.id]:
            holders[mark].append(point.id)
    shared: Counter[tuple[str, str]] = Counter()
    for point in new.points:
        shared.update((point.id, held) for mark in marks_new[point.id] for held in holders.get(mark, ())
                      if kinds[held] == point.kind)  # fmt: skip
    out: dict[str, str] = {}
    taken: set[str] = set()
    for (mine, theirs), _ in sorted(shared.items(), key=lambda item: (-item[1], item[0])):
        if mine not in out and theirs not in taken:
            out[mine] = theirs
            taken.add(theirs)
    return out


def _marks(report: Report) -> dict[str, set[str]]:
    """Point → what it is known again by: the ids of its claims, and who says what on which source's pages."""
    claims = {claim.id: claim for claim in report.claims}
    source = {page.id: page.source or page.address or page.id for page in report.pages}
    return {
        point.id: {mark for claim in point.claims if claim in claims for mark in (claim, _words(claims[claim], source))}
        for point in report.points
    }


def _words(claim: Claim, source: Mapping[str, str]) -> str:
    said = " ".join(span.exact for span in claim.content) or claim.span.exact
    speaker = claim.speaker.name or claim.speaker.text
    return "\t".join((source.get(claim.page, claim.page), speaker, " ".join(said.casefold().split())))


def _change(old: Point | None, new: Point) -> Change | None:
    """What became of a point; None where it is what it was, but for who else says it."""
    if old is None:
        kind: ChangeKind = "newly disputed" if new.verdict in _OPEN else "new"
        return Change(kind, new.title, new.id, None, _holds(new), new.why)
    moved = old.current is not None and new.current is not None and _value(old) != _value(new)
    if new.verdict in _OPEN and new.verdict != old.verdict:
        kind = "newly disputed"
    elif moved or (new.verdict == "updated" and old.verdict != "updated"):
        kind = "moved"
    elif old.verdict in _OPEN and new.verdict not in _OPEN:
        kind = "settled"
    else:
        return None
    return Change(kind, new.title, new.id, _holds(old), _holds(new), new.why)


def _value(point: Point) -> tuple[object, object] | None:
    return (point.current.low, point.current.high) if point.current else None


def _holds(point: Point) -> str:
    """A point's verdict and what is held, in words."""
    said = f"{point.verdict}, {count(point.pages, 'page')}"
    if point.current is not None:
        given = [v for v in point.values if (v.low, v.high) == _value(point)]
        qualifier = given[-1].qualifier if given else "exact"
        return f"{quantity(point.current.low, point.current.high, qualifier)} ({said})"
    values = list(dict.fromkeys(quantity(v.low, v.high, v.qualifier) for v in point.values))
    return f"{' or '.join(values)} ({said})" if values else said


def lines(found: Diff) -> Iterable[str]:
    """The diff as lines of text."""
    yield f"From {found.old or 'a report without a date'} to {found.new or 'a report without a date'}: " + (
        f"{count(found.pages_added, 'page')} more, {count(found.pages_gone, 'page')} gone."
    )
    for kind in KINDS:
        mine: Sequence[Change] = [change for change in found.changes if change.kind == kind]
        if mine:
            yield ""
            yield f"{kind.capitalize()} ({len(mine)})"
        for change in mine:
            yield f"- {shorten(plain(change.title), _TITLE)}"
            held = [text for text in (change.before, change.after) if text]
            yield f"    {' → '.join(held)}. {plain(change.why)}"
    if not found.changes:
        yield ""
        yield "Every point is what it was."
