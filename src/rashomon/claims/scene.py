"""A page as its claims are made from it: all that is read once and used by each of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import msgspec

from rashomon.claims import events, numbers, observed, quotes, speech, times, wording
from rashomon.claims.cast import Cast
from rashomon.claims.mentions import Mention
from rashomon.claims.quoting import Saying
from rashomon.claims.resolve import Referents
from rashomon.model import Loaded, Number, Page, Time
from rashomon.reader import written
from rashomon.spans import Stretches

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

Stretch = tuple[int, int]


class Scene(msgspec.Struct):
    """All that is read once for the page and used by each of its claims."""

    page: Page
    doc: Doc
    text: str
    """The part of the page's text that was parsed; `doc.text` puts it together anew at each look."""
    quotes: list[quotes.Quote]
    cast: Cast
    who: Referents
    sayings: list[Saying]
    said: Stretches[Stretch]
    """Every stretch that some saying has as its content."""
    cues: Stretches[Stretch]
    coded: Stretches[events.Coded]
    numbers: list[Number]
    times: list[Time]
    loaded: list[Loaded]
    observed: list[observed.Observed]
    """What the page's own people, or those of another medium, saw themselves."""
    media: tuple[str, ...]
    """The names of whoever publishes the page or is credited on it."""


def read(page: Page, doc: Doc) -> Scene:
    text = written(doc)
    marks = quotes.find(text)
    spoken = [quote for quote in marks if not quotes.is_name(text, quote)]
    sayings = speech.find(doc, marks)
    cast = Cast(doc)
    said = Stretches((*stretch, stretch) for saying in sayings for part in saying.parts for stretch in part)
    inside = [(quote.start, quote.end) for quote in spoken]
    media = tuple(name for name in (page.source, *page.credits) if name)
    return Scene(
        page,
        doc,
        text,
        marks,
        cast,
        Referents(doc, cast, spoken),
        sayings,
        said,
        Stretches((*saying.cue, saying.cue) for saying in sayings if saying.cue and saying.token is not None),
        Stretches((coded.start, coded.end, coded) for coded in events.find(doc)),
        numbers.find(doc),
        times.find(doc, page.published),
        wording.find(doc, inside),
        observed.find(doc, media, inside, said),
        media,
    )


def tokens(doc: Doc, part: Iterable[Stretch]) -> list[int]:
    out: list[int] = []
    for start, end in part:
        found = doc.char_span(start, end, alignment_mode="expand")
        if found is not None:
            out.extend(range(found.start, found.end))
    return out


def _only_where(scene: Scene, mention: Mention, phrase: Span) -> bool:
    """Whether a name in a phrase only says where somebody is: "dockers in Genoa". Who is in a country acts for it."""
    over = scene.doc[mention.start : mention.end].root.head
    beside = phrase.start <= over.i < phrase.end and over.dep_ == "prep"
    return beside and over.lower_ in ("in", "at", "near", "outside") and not scene.cast.codes.get(mention.entity or "")


def entity(scene: Scene, place: Stretch | None) -> str | None:
    """The entity that a noun phrase of an event is about: its referent's, else the one entity named in it."""
    if place is None:
        return None
    found = scene.doc.char_span(*place, alignment_mode="expand")
    if found is None:
        return None
    who = scene.who.referent(found.root)
    if who.entity:
        return who.entity
    inside = [
        mention for mention in scene.cast.within(found.start, found.end) if not _only_where(scene, mention, found)
    ]
    return inside[0].entity if len({mention.entity for mention in inside}) == 1 else None
