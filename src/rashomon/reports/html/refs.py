"""References: each claim has a short number ("A12": the twelfth claim of page A), and every line names its claims'."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from rashomon.model import Claim, Page, Report
from rashomon.reports.html.links import original, words_at
from rashomon.reports.view import View, views
from rashomon.reports.words import dated_words, labels, plain, shorten, source_words

WORDS = 180
"""Characters of a claim that are shown beside its reference; the marked page has the rest."""


class Source(NamedTuple):
    """A page as it is named beside its words."""

    label: str
    name: str
    """Who publishes it, else the host or file that it was read from, else "source unknown"."""
    date: str
    """When it was published, or "undated"."""
    link: str | None
    address: str


class Ref(NamedTuple):
    """What leads from a line to the words that it was read from."""

    number: str
    source: Source
    words: str
    """Its first words; `exact` has all."""
    exact: str
    offsets: str
    link: str | None
    """Into the original, where that has an address."""


class Refs(NamedTuple):
    """All references of a report, by claim, and all sources, by page."""

    by_claim: Mapping[str, Ref]
    sources: Mapping[str, Source]

    def of(self, claims: Iterable[Claim]) -> list[Ref]:
        """The claims' references, in their order, each once."""
        return list(dict.fromkeys(self.by_claim[claim.id] for claim in claims))


def references(report: Report) -> Refs:
    """Numbers for all claims: a page's claims are counted in the order of its words."""
    names = labels(report.pages)
    pages = {page.id: page for page in report.pages}
    sources = {page.id: source(page, names[page.id]) for page in report.pages}
    found: dict[str, Ref] = {}
    for view in views(report):
        counted: dict[str, int] = {}
        for claim in view.claims:
            number = counted[claim.page] = counted.get(claim.page, 0) + 1
            found[claim.id] = _ref(claim, pages[claim.page], sources[claim.page], number)
    return Refs(found, sources)


def source(page: Page, label: str) -> Source:
    """How the page is named; a nameless one by its host or file."""
    name = shorten(source_words(page), 80)
    address = shorten(plain(page.address or "no address"), 300)
    return Source(label, name, dated_words(page.published), original(page), address)


def _ref(claim: Claim, page: Page, of: Source, number: int) -> Ref:
    span = claim.span
    link = words_at(page, span.start, span.end)
    return Ref(
        f"{of.label}{number}",
        of,
        shorten(plain(span.exact), WORDS),
        plain(span.exact),
        f"{span.start}–{span.end}",
        link,
    )


def of_points(view: View, refs: Refs) -> dict[str, list[Source]]:
    """The sources that tell each point, in the order of the pages."""
    tellers: dict[str, list[Source]] = {}
    for point in view.points:
        pages = {view.by_id[each].page for each in point.claims if each in view.by_id}
        tellers[point.id] = [refs.sources[page.id] for page in view.pages if page.id in pages]
    return tellers
