"""Parsed page → claims: sayings and the page's own statements, with all that each of them says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import msgspec

from rashomon.claims import (
    clauses,
    cues,
    events,
    evidence,
    numbers,
    quotes,
    sharing,
    speech,
    status,
    times,
    voice,
    wording,
)
from rashomon.claims.cast import Cast
from rashomon.claims.places import places_in
from rashomon.claims.quoting import Saying
from rashomon.claims.reading import Extraction
from rashomon.claims.resolve import Referent, Referents
from rashomon.claims.sharing import Draft
from rashomon.model import Claim, Event, Gap, Loaded, Number, Page, Span, Speaker, Time, When
from rashomon.reader import written
from rashomon.spans import Stretches, digest, span, subtract

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

Stretch = tuple[int, int]

_DOING = frozenset(("demand", "accuse", "deny", "reject", "promise", "praise", "support", "decline", "warn"))
"""Stances whose cue is itself the event; with the others the content tells one."""


class _Scene(msgspec.Struct):
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


def extract(page: Page, doc: Doc) -> Extraction:
    """The claims, times and entities of a page whose text was parsed to `doc`, and what could not be read."""
    if not page.text.strip():
        return Extraction()
    scene = _read(page, doc)
    drafts, gaps = _spoken(scene)
    drafts += _own(scene, drafts)
    claims = _finish(scene, drafts)
    if not doc.has_annotation("DEP"):
        gaps.append(
            Gap("claims", "Its sentences were not parsed, for the file reader/english.npz is missing: install it anew.")
        )
    if len(written(doc)) < len(page.text):
        gaps.append(
            Gap(
                "claims",
                f"Only the first {len(written(doc)):,} of {len(page.text):,} characters were read for claims; "
                "split the text into one file a page.",
            )
        )
    return Extraction(tuple(claims), tuple(scene.times), scene.cast.entities, tuple(gaps))


def _read(page: Page, doc: Doc) -> _Scene:
    text = written(doc)
    marks = quotes.find(text)
    spoken = [quote for quote in marks if not quotes.is_name(text, quote)]
    sayings = speech.find(doc, marks)
    cast = Cast(doc)
    return _Scene(
        page,
        doc,
        text,
        marks,
        cast,
        Referents(doc, cast, spoken),
        sayings,
        Stretches((*stretch, stretch) for saying in sayings for part in saying.parts for stretch in part),
        Stretches((*saying.cue, saying.cue) for saying in sayings if saying.cue and saying.token is not None),
        Stretches((coded.start, coded.end, coded) for coded in events.find(doc)),
        numbers.find(doc),
        times.find(doc, page.published),
        wording.find(doc, [(quote.start, quote.end) for quote in spoken]),
    )


# --- what others say ---


def _spoken(scene: _Scene) -> tuple[list[Draft], list[Gap]]:
    """A draft for each content of each saying, and a gap for each speaker that could not be told."""
    out: list[Draft] = []
    gaps: list[Gap] = []
    for saying in scene.sayings:
        root = scene.sayings[saying.joins] if saying.joins is not None else saying
        key = digest(scene.page.id, "saying", *(f"{a}-{b}" for part in root.parts for a, b in part))
        who = _referent(scene, saying)
        speaker = _speaker(scene, saying, who)
        if who is not None and who.name is None and saying.speaker:
            at = f"characters {saying.speaker[0]}–{saying.speaker[1]}"
            gaps.append(Gap("speaker", f"{who.why or 'The speaker could not be told.'} ({at})"))
        for whole in saying.parts:
            out.extend(_said(scene, saying, part, whole, key, speaker, who) for part in _counted(scene, whole))
    return out, gaps


def _counted(scene: _Scene, part: tuple[Stretch, ...]) -> list[tuple[Stretch, ...]]:
    """A content, or its parts where each of them counts something: "23 were missing and 40 had been moved"."""
    inside = set(_tokens(scene.doc, part))
    root = status.head_of(scene.doc, inside) if len(part) == 1 else None
    if root is None or scene.text[part[0][0]] in "\"“'‘":
        return [part]
    pieces = [piece for piece, _ in clauses.split(scene.doc, root, *part[0])]
    counts = [any(a <= number.start < b for number in scene.numbers) for a, b in pieces]
    pieces = pieces if len(pieces) > 1 and all(counts) else [part[0]]
    return [(finer,) for piece in pieces for finer in clauses.by_count(scene.text, *piece, scene.numbers)]


def _referent(scene: _Scene, saying: Saying) -> Referent | None:
    if saying.head is None:
        return None
    head = scene.doc[saying.head]
    return scene.who.referent(head)


def _speaker(scene: _Scene, saying: Saying, who: Referent | None) -> Speaker:
    """The speaker as written and as resolved; nobody where the text names nobody."""
    if saying.speaker is None or who is None:
        return Speaker("", None, None, None, None, "unnamed")
    start, end = saying.speaker
    text = scene.text[start:end]
    via = who.via or (_via(scene, scene.doc[saying.head]) if saying.head is not None else None)
    name = who.name
    if saying.head is not None and not start <= scene.doc[saying.head].idx < end:
        # "who": the phrase that it stands for may run over the whole sentence, its entity's name does not.
        name = scene.who.short(who).name
    elif name is not None and (who.entity is None or who.kind == "document") and name.startswith(text):
        name = text
    return Speaker(text, start, end, name, who.entity, who.kind, via)  # type: ignore[arg-type]


def _via(scene: _Scene, head: Token) -> str | None:
    """Who passed it on: "imagery released by the agency", "officials told the paper that the minister said"."""
    for child in head.children:
        if child.dep_ == "acl" and child.tag_ == "VBN":
            by = cues.agent(child)
            if by is not None:
                return scene.who.referent(by).name
    return None


def _said(
    scene: _Scene,
    saying: Saying,
    part: tuple[Stretch, ...],
    whole: tuple[Stretch, ...],
    key: str,
    speaker: Speaker,
    who: Referent | None,
) -> Draft:
    """A claim of a saying: `part` of the `whole` that was said."""
    doc = scene.doc
    inside = _tokens(doc, part)
    cue = doc[saying.token] if saying.token is not None else None
    found = status.of_saying(doc, saying.stance, saying.negated, cue, inside)
    reach = [*part]
    if saying.cue is not None:
        reach.append(saying.cue)
        reach.extend([saying.speaker] if saying.speaker else [])
    ends = (min(start for start, _ in reach), max(end for _, end in reach))
    return Draft(
        content=part,
        scope=whole,
        saying=key,
        speaker=speaker,
        cue=saying.cue,
        stance=saying.stance,
        status=found,
        reach=ends,
        event=_event_said(scene, saying, part, who) or _event_said(scene, saying, whole, who),
        evidence=_evidence(scene, saying, part, speaker),
        own=False,
    )


def _tokens(doc: Doc, part: Iterable[Stretch]) -> list[int]:
    out: list[int] = []
    for start, end in part:
        found = doc.char_span(start, end, alignment_mode="expand")
        if found is not None:
            out.extend(range(found.start, found.end))
    return out


def _event_said(scene: _Scene, saying: Saying, part: tuple[Stretch, ...], who: Referent | None) -> Event | None:
    """What the saying itself does (demand, accuse, deny…), or else the event that it tells of."""
    first, last = part[0][0], part[-1][1]
    near = scene.coded.over(*(saying.cue or (first, last)))
    done = next((coded for coded in near if coded.verb == saying.token), None)
    root = status.head_of(scene.doc, set(_tokens(scene.doc, part)))
    clause = root is not None and root.pos_ in ("VERB", "AUX")
    if done is not None and (saying.stance in _DOING or (saying.stance == "say" and not clause)):
        actor = who.entity if who is not None and who.entity else _entity(scene, done.actor)
        return Event(done.code, actor, _entity(scene, done.recipient))
    nested = [cue for cue in scene.cues.over(first, last) if cue != saying.cue and first <= cue[0] < last]
    told_here = scene.coded.over(first, last)
    told_here = [coded for coded in told_here if not any(start <= coded.start < end for start, end in nested)]
    told = events.main(scene.doc, first, last, told_here)
    return Event(told.code, _entity(scene, told.actor), _entity(scene, told.recipient)) if told is not None else None


def _entity(scene: _Scene, place: Stretch | None) -> str | None:
    """The entity that a noun phrase of an event is about: its referent's, else the one entity named in it."""
    if place is None:
        return None
    found = scene.doc.char_span(*place, alignment_mode="expand")
    if found is None:
        return None
    who = scene.who.referent(found.root)
    if who.entity:
        return who.entity
    inside = scene.cast.within(found.start, found.end)
    return inside[0].entity if len({mention.entity for mention in inside}) == 1 else None


def _evidence(scene: _Scene, saying: Saying, part: tuple[Stretch, ...], speaker: Speaker) -> tuple[str, ...]:
    """Evidence in the speaker's words and in the rest of the sentence that no saying claims."""
    text = scene.text
    frame = ""
    if saying.token is not None:
        sentence = scene.doc[saying.token].sent
        here = (sentence.start_char, sentence.end_char)
        others = [
            s.speaker for s in scene.sayings if s is not saying and s.speaker and here[0] <= s.speaker[0] < here[1]
        ]
        claimed = scene.said.over(*here)
        frame = " ".join(text[a:b] for a, b in subtract(*here, [*claimed, *others]))
    # A document that only passes on what somebody says is not the evidence; he is.
    roles = " ".join(scene.cast.titles(speaker.entity)) if speaker.entity else ""
    who = f"{speaker.name or speaker.text} {roles}"
    return evidence.find(who, speaker.kind, frame)


# --- what the page says itself ---


def _own(scene: _Scene, said: Sequence[Draft]) -> list[Draft]:
    """A draft for each sentence that reports something in the page's own voice."""
    source = scene.page.source or ""
    speaker = Speaker(source, None, None, source or None, None, "source")
    out: list[Draft] = []
    taken = {draft.content for draft in said}
    mine = [n for n in scene.numbers if not any(a <= n.start < b for a, b in scene.said.over(n.start, n.start))]
    for statement in voice.find(scene.doc, scene.sayings, scene.coded, scene.numbers, scene.loaded):
        if (statement.content,) in taken:
            continue
        coded = statement.event
        event = Event(coded.code, _entity(scene, coded.actor), _entity(scene, coded.recipient)) if coded else None
        key = digest(scene.page.id, "saying", f"{statement.sentence[0]}-{statement.sentence[1]}")
        for part in clauses.by_count(scene.text, *statement.content, mine):
            scope = (statement.sentence,)
            out.append(Draft((part,), scope, key, speaker, None, None, statement.status, part, event, (), True))
    return out


# --- together ---


def _finish(scene: _Scene, drafts: Sequence[Draft]) -> list[Claim]:
    """Claims in the order of the text, each number and loaded word given to the one claim that it belongs to."""
    ordered = sorted(drafts, key=lambda d: (d.reach[0], d.reach[1], d.content))
    mine = sharing.numbers(scene.numbers, ordered)
    loaded = sharing.loaded(scene.doc, scene.loaded, ordered)
    return [_claim(scene, draft, mine[i], loaded[i]) for i, draft in enumerate(ordered)]


def _claim(scene: _Scene, draft: Draft, own_numbers: list[Number], loaded: list[Loaded]) -> Claim:
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


def _when(scene: _Scene, part: tuple[Stretch, ...]) -> When | None:
    return times.when(scene.doc, scene.times, part[0][0], part[-1][1], None)


def _quotes(scene: _Scene, draft: Draft) -> tuple[Span, ...]:
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
