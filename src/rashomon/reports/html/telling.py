"""How each page tells the story: what it leads with, its loaded words by class, what it leaves out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from rashomon.model import Claim, Loaded, Page, Point
from rashomon.reports.html.refs import Ref, Refs, Source
from rashomon.reports.verdicts import title_words
from rashomon.reports.view import View
from rashomon.reports.words import plain, shorten

LEADS = 2
_WORD = re.compile(r"\w[\w'’-]*")


class Word(NamedTuple):
    """A loaded word with the claim that it stands in."""

    exact: str
    why: str
    ref: Ref
    times: int


class Wording(NamedTuple):
    """A page's loaded words of one class."""

    words: list[Word]
    places: int
    rate: str
    """In 100 words of the page."""


class Missing(NamedTuple):
    """A point that other pages agree on."""

    id: str
    title: str
    pages: int


class Telling(NamedTuple):
    """One page's way of telling."""

    source: Source
    title: str
    words: int
    leads: list[tuple[str, Ref]]
    loaded: list[Wording]
    """In the order of the classes."""
    total: int
    rate: str
    missing: list[Missing]
    agreed: int
    """Points that pages agree on, told here or not."""


class Tellings(NamedTuple):
    """All pages side by side."""

    classes: list[str]
    rows: list[Telling]


def tellings(view: View, refs: Refs, ids: dict[str, str]) -> Tellings:
    """Every page of the story, in order; `ids`: the element id of each point's fact."""
    said: dict[str, list[Claim]] = {page.id: [] for page in view.pages}
    for claim in view.claims:
        said[claim.page].append(claim)
    classes = sorted({_class(word) for claim in view.claims for word in claim.loaded})
    agreed = [
        (point, Missing(ids[point.id], shorten(title_words(view, point), 140), point.pages))
        for point in view.points
        if point.verdict in ("agreed", "updated") and point.pages > 1
    ]
    return Tellings(classes, [_telling(refs, page, said[page.id], classes, agreed) for page in view.pages])


def _telling(
    refs: Refs, page: Page, claims: list[Claim], classes: list[str], agreed: Sequence[tuple[Point, Missing]]
) -> Telling:
    length = len(_WORD.findall(page.text))
    loaded = [_wording(refs, claims, name, length) for name in classes]
    mine = {claim.id for claim in claims}
    # One matter can be several points (an event and its number) under one title: who has one of them has the matter.
    told = {shown.title.casefold() for point, shown in agreed if mine.intersection(point.claims)}
    missing = list(
        {shown.title.casefold(): shown for _, shown in reversed(agreed) if shown.title.casefold() not in told}.values()
    )[::-1]
    total = sum(wording.places for wording in loaded)
    return Telling(
        source=refs.sources[page.id],
        title=plain(page.title or ""),
        words=length,
        leads=[(shorten(plain(claim.span.exact), 280), refs.by_claim[claim.id]) for claim in _first(claims)],
        loaded=loaded,
        total=total,
        rate=_rate(total, length),
        missing=missing,
        agreed=len(agreed),
    )


def _first(claims: Sequence[Claim]) -> list[Claim]:
    """The first claims of a page, none of which stands inside another of them."""
    out: list[Claim] = []
    for claim in claims:
        if not out or claim.span.start >= out[-1].span.end:
            out.append(claim)
        if len(out) == LEADS:
            break
    return out


def _wording(refs: Refs, claims: Sequence[Claim], name: str, length: int) -> Wording:
    """The words of a class, each place once, the same word counted rather than repeated."""
    places: dict[tuple[int, int], tuple[Loaded, Claim]] = {}
    for claim in claims:
        for word in claim.loaded:
            if _class(word) == name:
                places.setdefault((word.start, word.end), (word, claim))
    alike: dict[str, list[tuple[Loaded, Claim]]] = {}
    for key in sorted(places):
        alike.setdefault(plain(places[key][0].exact).casefold(), []).append(places[key])
    words = []
    for found in alike.values():
        word, claim = found[0]
        words.append(Word(plain(word.exact), plain(word.why), refs.by_claim[claim.id], len(found)))
    return Wording(words, len(places), _rate(len(places), length))


def _class(word: Loaded) -> str:
    return plain(word.why).partition(":")[0]


def _rate(number: int, length: int) -> str:
    return f"{100 * number / length:.1f}" if length else "–"
