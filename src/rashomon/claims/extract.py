"""Parsed page → claims: sayings and the page's own statements, with all that each of them says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from rashomon.claims import clauses, quotes, said, sharing, times, voice
from rashomon.claims.places import places_in
from rashomon.claims.reading import Extraction
from rashomon.claims.scene import Scene, Stretch, entity, read
from rashomon.claims.sharing import Draft
from rashomon.model import Claim, Event, Gap, Loaded, Number, Page, Span, Speaker, When
from rashomon.reader import written
from rashomon.spans import digest, span

if TYPE_CHECKING:
    from spacy.tokens import Doc


def extract(page: Page, doc: Doc) -> Extraction:
    """The claims, times and entities of a page whose text was parsed to `doc`, and what could not be read."""
    if not page.text.strip():
        return Extraction()
    scene = read(page, doc)
    drafts, gaps = said.find(scene)
    drafts += _own(scene, drafts)
    claims = _finish(scene, drafts)
    gaps += [*_open_dates(scene), *_unread(page, doc)]
    return Extraction(tuple(claims), tuple(scene.times), scene.cast.entities, tuple(gaps))


def _open_dates(scene: Scene) -> Iterator[Gap]:
    """A gap for each date of which nothing says what is the day and what the month."""
    for time in scene.times:
        if times.is_open(time):
            at = f"characters {time.start}–{time.end}"
            yield Gap("date", f"Of “{time.exact}” nothing says which figure is the day and which the month ({at}).")


def _unread(page: Page, doc: Doc) -> Iterator[Gap]:
    """What of the page was not read for claims at all."""
    if not doc.has_annotation("DEP"):
        yield Gap(
            "claims", "Its sentences were not parsed, for the file reader/english.npz is missing: install it anew."
        )
    if len(written(doc)) < len(page.text):
        yield Gap(
            "claims",
            f"Only the first {len(written(doc)):,} of {len(page.text):,} characters were read for claims; "
            "split the text into one file a page.",
        )


# --- what the page says itself ---


def _own(scene: Scene, spoken: Sequence[Draft]) -> list[Draft]:
    """A draft for each sentence that reports something in the page's own voice."""
    source = scene.page.source or ""
    speaker = Speaker(source, None, None, source or None, None, "source")
    out: list[Draft] = []
    taken = {draft.content for draft in spoken}
    mine = [n for n in scene.numbers if not any(a <= n.start < b for a, b in scene.said.over(n.start, n.start))]
    for statement in voice.find(scene.doc, scene.sayings, scene.coded, scene.numbers, scene.loaded, scene.observed):
        if (statement.content,) in taken:
            continue
        coded = statement.event
        event = Event(coded.code, entity(scene, coded.actor), entity(scene, coded.recipient)) if coded else None
        key = digest(scene.page.id, "saying", f"{statement.sentence[0]}-{statement.sentence[1]}")
        for part in clauses.by_count(scene.text, *statement.content, mine):
            scope = (statement.sentence,)
            out.append(
                Draft((part,), scope, key, speaker, None, None, statement.status, part, event, _seen(scene, part), True)
            )
    return out


def _seen(scene: Scene, content: Stretch) -> tuple[str, ...]:
    """Whose people saw what the page says itself: those of the page, or another medium's."""
    inside = [seen for seen in scene.observed if content[0] <= seen.tells < content[1]]
    return tuple(dict.fromkeys(label for seen in inside for label in (seen.record, seen.whose) if label))


# --- together ---


def _finish(scene: Scene, drafts: Sequence[Draft]) -> list[Claim]:
    """Claims in the order of the text, each number and loaded word given to the one claim that it belongs to."""
    ordered = sorted(drafts, key=lambda d: (d.reach[0], d.reach[1], d.content))
    mine = sharing.numbers(scene.numbers, ordered)
    loaded = sharing.loaded(scene.doc, scene.loaded, ordered)
    return [_claim(scene, draft, mine[i], loaded[i]) for i, draft in enumerate(ordered)]


def _claim(scene: Scene, draft: Draft, own_numbers: list[Number], loaded: list[Loaded]) -> Claim:
    text = scene.page.text
    spans = tuple(span(text, start, end) for start, end in draft.content)
    key = digest(scene.page.id, "claim", *(f"{s.start}-{s.end}" for s in spans))
    return Claim(
        id=key,
        page=scene.page.id,
        saying=draft.saying,
        span=span(text, *draft.reach),
        speaker=draft.speaker,
        cue=span(text, *draft.cue) if draft.cue else None,
        content=spans,
        quotes=_quotes(scene, draft),
        stance=draft.stance,  # type: ignore[arg-type]
        status=draft.status,  # type: ignore[arg-type]
        event=draft.event,
        numbers=tuple(own_numbers),
        when=_when(scene, draft.content) or _when(scene, draft.scope),
        places=places_in(scene.doc, scene.cast, draft.content) or places_in(scene.doc, scene.cast, draft.scope),
        evidence=draft.evidence,
        loaded=tuple(loaded),
    )


def _when(scene: Scene, part: tuple[Stretch, ...]) -> When | None:
    return times.when(scene.doc, scene.times, part[0][0], part[-1][1], None)


def _quotes(scene: Scene, draft: Draft) -> tuple[Span, ...]:
    """What of a content is given verbatim. The page's own sentences give nobody's words but their sayings'."""
    if draft.own:
        return ()
    text = scene.page.text
    out: list[Span] = []
    for quote in scene.quotes:
        if any(start <= quote.inner_start and quote.inner_end <= end for start, end in draft.content):
            alone = draft.content == ((quote.start, quote.end),)
            if alone or not quotes.is_name(text, quote):
                out.append(span(text, quote.inner_start, quote.inner_end))
    return tuple(out)
