"""Report → HTML: the sections of every story in their order, laid out by the templates in this folder."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Any, NamedTuple

from rashomon.model import PageGap, Report
from rashomon.reports.fates import Fate, fates
from rashomon.reports.html.facts import Alone, Group, alone, groups
from rashomon.reports.html.figures import Figure, figures
from rashomon.reports.html.marked import KINDS, Marked, marked
from rashomon.reports.html.matrix import MANNERS, Matrix, matrix
from rashomon.reports.html.outlook import (
    Actor,
    Evidence,
    Expectation,
    TimeLine,
    evidence,
    expected,
    positions,
    timeline,
)
from rashomon.reports.html.refs import Refs, Source, references
from rashomon.reports.html.telling import Tellings, tellings
from rashomon.reports.view import View, views
from rashomon.reports.words import count, day, plain, shorten

if TYPE_CHECKING:
    from jinja2 import Environment

TITLE = 200
"""Characters of a title that are shown; the marked page has all of it."""
OPEN_PAGES = 4
"""So many pages stand open; of more, all but the first of each story are folded."""

SECTIONS = (
    ("facts", "Headline facts"),
    ("matrix", "Claim by source"),
    ("numbers", "Disputed and updated numbers"),
    ("timeline", "Timeline"),
    ("positions", "Positions"),
    ("expected", "What is expected"),
    ("evidence", "Evidence"),
    ("telling", "How each source tells it"),
    ("pages", "The pages, marked"),
)
"""A story's sections in order: the element id of each, and its heading."""
GAPS = ("gaps", "What could not be read")


class Chapter(NamedTuple):
    """One story, ready to be laid out."""

    prefix: str
    """Before every id of the chapter, so that two stories' sections differ: "" for the first."""
    title: str
    meta: list[tuple[str, str]]
    sources: list[Source]
    notes: Mapping[str, str]
    """Beside a source's label, what else is to be known of the page."""
    titles: Mapping[str, str]
    groups: list[Group]
    singles: list[Alone]
    fates: list[Fate]
    matrix: Matrix
    figures: list[Figure]
    timeline: list[TimeLine]
    positions: list[Actor]
    expected: list[Expectation]
    evidence: list[Evidence]
    tellings: Tellings
    pages: list[Marked]


class Unread(NamedTuple):
    """What of one page could not be read."""

    source: Source | None
    address: str
    gaps: list[tuple[str, str]]


def render(report: Report) -> str:
    """The report as the text of one HTML file; the same report gives the same text."""
    refs = references(report)
    found = views(report)
    numbers: dict[str, str] = {point.id: f"p{number}" for number, point in enumerate(report.points, 1)}
    drawn = figures(found, refs, numbers)
    chapters = [_chapter(view, report.as_of, refs, numbers, number, drawn[number]) for number, view in enumerate(found)]
    style, script = _read("style.css"), _read("script.js")
    text = _environment().get_template("report.html.j2").render(
        title=_title(chapters),
        chapters=chapters,
        unread=_unread(report, refs),
        sections=SECTIONS,
        gaps=GAPS,
        as_of=day(report.as_of) if report.as_of else "",
        version=plain(report.version),
        style=style,
        script=script,
        policy=_policy(style, script),
        manners=MANNERS,
        kinds=list(KINDS.values()),
        fold=len(report.pages) > OPEN_PAGES,
        pages=len(report.pages),
        elements=numbers,
    )  # fmt: skip
    return text if text.endswith("\n") else text + "\n"


def _chapter(
    view: View, as_of: str | None, refs: Refs, ids: dict[str, str], number: int, drawn: list[Figure]
) -> Chapter:
    title = shorten(plain(view.story.title), TITLE) if view.story else "Pages in no story"
    found = groups(view, refs, ids)
    return Chapter(
        prefix=f"s{number + 1}-" if number else "",
        title=title or "Untitled",
        meta=_meta(view, as_of),
        sources=[refs.sources[page.id] for page in view.pages],
        notes=_notes(view),
        titles={view.labels[page.id]: shorten(plain(page.title), TITLE) for page in view.pages if page.title},
        groups=found,
        singles=alone(view, found),
        fates=fates(view),
        matrix=matrix(view, refs, ids),
        figures=drawn,
        timeline=timeline(view, refs),
        positions=positions(view, refs),
        expected=expected(view, refs),
        evidence=evidence(view, refs),
        tellings=tellings(view, refs, ids),
        pages=marked(view, refs, ids),
    )


def _meta(view: View, as_of: str | None) -> list[tuple[str, str]]:
    """How many pages, sources, copies, claims; from when to when."""
    named = {page.source for page in view.pages if page.source}
    copies = sum(page.copy_of is not None for page in view.pages)
    out = [(f"{len(view.pages):,}", "page" if len(view.pages) == 1 else "pages")]
    out.append((f"{len(named):,}", "named source" if len(named) == 1 else "named sources"))
    if copies:
        out.append((f"{copies:,}", "copy" if copies == 1 else "copies"))
    out.append((f"{len(view.claims):,}", "claim" if len(view.claims) == 1 else "claims"))
    if view.story and view.story.first:
        first, last = day(view.story.first), day(view.story.last or view.story.first)
        out.append((first if first == last else f"{first} – {last}", "published"))
    if as_of:
        out.append((day(as_of), "as of"))
    return out


def _notes(view: View) -> dict[str, str]:
    notes = {}
    for page in view.pages:
        parts: list[str] = [page.kind] if page.kind != "news" else []
        if page.copy_of:
            parts.append(f"copy of {view.labels.get(page.copy_of, 'another page')}")
        if page.modified and page.modified.value:
            parts.append(f"modified {day(page.modified.value)}")
        notes[view.labels[page.id]] = " · ".join(parts)
    return notes


def _unread(report: Report, refs: Refs) -> list[Unread]:
    """The gaps page by page: first those of captures that no page could be made of."""
    gaps: dict[str, list[PageGap]] = {}
    for gap in report.gaps:
        gaps.setdefault(gap.page or "", []).append(gap)
    order = [page for page in gaps if page not in refs.sources] + [page for page in refs.sources if page in gaps]
    return [
        Unread(refs.sources.get(page), plain(page), [(plain(gap.what), plain(gap.why)) for gap in gaps[page]])
        for page in order
    ]


def _title(chapters: list[Chapter]) -> str:
    if not chapters:
        return "No pages"
    return chapters[0].title if len(chapters) == 1 else count(len(chapters), "story", "stories")


def _policy(style: str, script: str) -> str:
    """Nothing is loaded and nothing runs but the file's own style sheet and script, known by their hashes."""

    def hashed(text: str) -> str:
        return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"

    return (
        f"default-src 'none'; style-src {hashed(style)}; script-src {hashed(script)}; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


@lru_cache(maxsize=8)
def _read(name: str) -> str:
    return resources.files(__package__).joinpath(name).read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def _environment() -> Environment:
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    environment = Environment(
        autoescape=True, loader=FunctionLoader(_read), undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    filters: dict[str, Any] = {"count": count}
    environment.filters |= filters
    return environment
