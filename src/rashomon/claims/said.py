"""What others say on a page: a draft of a claim for each content of each saying."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rashomon.claims import clauses, cues, events, evidence, observed, status
from rashomon.claims.quoting import Saying
from rashomon.claims.resolve import Referent
from rashomon.claims.scene import Scene, Stretch, entity, tokens
from rashomon.claims.sharing import Draft
from rashomon.model import Event, Gap, Speaker
from rashomon.spans import digest, subtract

if TYPE_CHECKING:
    from spacy.tokens import Token

_DOING = frozenset(("demand", "accuse", "deny", "reject", "promise", "praise", "support", "decline", "warn"))
"""Stances whose cue is itself the event; with the others the content tells one."""


def find(scene: Scene) -> tuple[list[Draft], list[Gap]]:
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


def _counted(scene: Scene, part: tuple[Stretch, ...]) -> list[tuple[Stretch, ...]]:
    """A content, or its parts where each of them counts something: "23 were missing and 40 had been moved"."""
    inside = set(tokens(scene.doc, part))
    root = status.head_of(scene.doc, inside) if len(part) == 1 else None
    if root is None or scene.text[part[0][0]] in "\"“'‘":
        return [part]
    pieces = [piece for piece, _ in clauses.split(scene.doc, root, *part[0])]
    counts = [any(a <= number.start < b for number in scene.numbers) for a, b in pieces]
    pieces = pieces if len(pieces) > 1 and all(counts) else [part[0]]
    return [(finer,) for piece in pieces for finer in clauses.by_count(scene.text, *piece, scene.numbers)]


def _referent(scene: Scene, saying: Saying) -> Referent | None:
    if saying.head is None:
        return None
    head = scene.doc[saying.head]
    return scene.who.referent(head)


def _speaker(scene: Scene, saying: Saying, who: Referent | None) -> Speaker:
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


def _via(scene: Scene, head: Token) -> str | None:
    """Who passed it on: "imagery released by the agency", "officials told the paper that the minister said"."""
    for child in head.children:
        if child.dep_ == "acl" and child.tag_ == "VBN":
            by = cues.agent(child)
            if by is not None:
                return scene.who.referent(by).name
    return None


def _said(
    scene: Scene,
    saying: Saying,
    part: tuple[Stretch, ...],
    whole: tuple[Stretch, ...],
    key: str,
    speaker: Speaker,
    who: Referent | None,
) -> Draft:
    """A claim of a saying: `part` of the `whole` that was said."""
    doc = scene.doc
    inside = tokens(doc, part)
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
        evidence=_evidence(scene, saying, speaker),
        own=False,
    )


def _event_said(scene: Scene, saying: Saying, part: tuple[Stretch, ...], who: Referent | None) -> Event | None:
    """What the saying itself does (demand, accuse, deny…), or else the event that it tells of."""
    first, last = part[0][0], part[-1][1]
    near = scene.coded.over(*(saying.cue or (first, last)))
    done = next((coded for coded in near if coded.verb == saying.token), None)
    root = status.head_of(scene.doc, set(tokens(scene.doc, part)))
    clause = root is not None and root.pos_ in ("VERB", "AUX")
    # "agreed to free them" is the agreement, not yet the release.
    ahead = root is not None and root.tag_ == "VB" and any(child.tag_ == "TO" for child in root.children)
    if done is not None and (ahead or saying.stance in _DOING or (saying.stance == "say" and not clause)):
        actor = who.entity if who is not None and who.entity else entity(scene, done.actor)
        return Event(done.code, actor, entity(scene, done.recipient))
    nested = [cue for cue in scene.cues.over(first, last) if cue != saying.cue and first <= cue[0] < last]
    told_here = scene.coded.over(first, last)
    told_here = [coded for coded in told_here if not any(start <= coded.start < end for start, end in nested)]
    told = events.main(scene.doc, first, last, told_here)
    return Event(told.code, entity(scene, told.actor), entity(scene, told.recipient)) if told is not None else None


def _evidence(scene: Scene, saying: Saying, speaker: Speaker) -> tuple[str, ...]:
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
    roles = "; ".join(scene.cast.titles(speaker.entity)) if speaker.entity else ""
    # "President Reyes": a title before the name, which the name leaves out.
    name = speaker.name or ""
    title, there, _ = speaker.text.partition(name) if name else ("", "", "")
    # "the candidate", resolved to a name that it does not hold, still tells what he is.
    who = f"{title}{name}" if there else f"{speaker.text}; {name}"
    found = evidence.find(f"{who}; {roles}", speaker.kind, frame)
    media = ("other media",) if observed.other_medium(speaker.text, scene.media) else ()
    seen = _seen(scene, saying)
    if "own observation" in seen:
        found = tuple(label for label in found if label != "other media")
    return tuple(dict.fromkeys((*found, *media, *seen)))


def _seen(scene: Scene, saying: Saying) -> list[str]:
    """Whose people saw what is said: told by the cue itself, or of the document or the witness that speaks."""
    if saying.token is None:
        return []
    cue = scene.doc[saying.token]
    start, end = saying.speaker or (0, 0)
    return [seen.whose for seen in scene.observed if cue.idx in (seen.at, seen.tells) or start <= seen.at < end]
