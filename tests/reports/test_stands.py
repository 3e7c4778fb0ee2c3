"""What a position is called, and which can be shown alone; the sentences are made up."""

from __future__ import annotations

import pytest

from rashomon.model import Claim, Event, Span, Speaker, Stance
from rashomon.reports.stands import Row, label, rows, stand_of, told_apart
from rashomon.reports.words import act_words, content_words


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row.code or row.status}: {row.example}")
def test_each_example_gets_its_label(row: Row) -> None:
    assert label(row.code, row.status or "asserted", row.example) == row.label


STANCES: dict[str, Stance] = {
    "warns": "warn", "warned": "warn", "vowed": "promise", "decried": "accuse", "said": "say", "confirmed": "say",
}  # fmt: skip


def made(sentence: str, status: str = "asserted", code: str | None = None, recipient: str | None = None) -> Claim:
    """A claim of a sentence in which `[…]` is the speaker, `{…}` the cue and `<…>` each stretch of content."""
    text, opened, spans = "", [], []
    for char in sentence:
        if char in "[{<":
            opened.append((char, len(text)))
        elif char in "]}>":
            kind, start = opened.pop()
            spans.append((kind, Span(start, len(text), text[start:])))
        else:
            text += char
    found = {kind: [span for each, span in spans if each == kind] for kind in "[{<"}
    who = found["["][0] if found["["] else None
    speaker = (
        Speaker(who.exact, who.start, who.end, who.exact, "e", "named")
        if who
        else Speaker("", None, None, None, None, "source")
    )
    kind, _, doer = (code or "").partition(" ")
    event = Event(kind, "e" if doer else None, recipient) if code else None  # type: ignore[arg-type]
    return Claim(
        id="c",
        page="p",
        saying="s",
        span=Span(0, len(text), text),
        speaker=speaker,
        cue=found["{"][0] if found["{"] else None,
        content=tuple(found["<"]),
        stance=STANCES.get(found["{"][0].exact) if found["{"] else None,
        status=status,  # type: ignore[arg-type]
        event=event,
    )


@pytest.mark.parametrize(
    ("sentence", "status", "code", "stand"),
    [
        ("[The weather office] {warns} that <hail is likely by Sunday>.", "expected", "THREATEN", "warning"),
        ("[The river agency] {warned} that <a weir could burst if it rains>.", "conditional", "THREATEN", "warning"),
        ("[The militia] {vowed} <to burn the port>.", "expected", "THREATEN", "threat"),
        ("<The two unions have still not agreed on a date.>", "asserted", "REJECT", "no agreement"),
        ("[The union] {turned down} <the offer>.", "asserted", "REJECT own", "rejection"),
        ("[Aldria] {hinted} that <it might drop its refusal to sell grain>.", "possible", "REJECT", ""),
        ("[The envoy] {expressed} <deep concern over the pact>.", "asserted", "ACCUSE own", "criticism"),
        ("[The company] {said} <it would pay for the repairs>.", "expected", "AGREE own", "promise"),
        ("[The mayor] {said} <the bridge is closed>.", "asserted", None, ""),
        ("[Police] {said} <the club was refused a permit>.", "asserted", "REJECT", ""),
        ("[Doctors] {confirmed} that <two patients were let go>.", "asserted", "CONCEDE", ""),
        ("[Critics] {decried} <the arrests as illegal>.", "asserted", "ACCUSE", "criticism"),
    ],
)
def test_a_position_is_called_what_it_is(sentence: str, status: str, code: str | None, stand: str) -> None:
    assert stand_of(made(sentence, status, code)) == stand


@pytest.mark.parametrize(
    ("sentence", "recipient", "alone"),
    [
        ("[The coach] {voiced} <frustration>.", None, False),
        ("[The coach] {blamed} <them>.", None, False),
        ("[The council] {is pressing} the firm for <answers>.", "firm", True),
        ("[The council] {backed} <a public inquiry>.", None, True),
        ("[The minister] {called} it <“reckless”>.", None, True),
        ("[Photographs of the quay]: {ask} for <our daily rate>.", None, False),
        ("[Officers] {asked} <anyone who saw the van to ring 555-0100-200>.", None, False),
        ("[The union] {demanded} <1,200 crowns a month from 2031 on>.", None, True),
        ("[The nurses] {demanded}: <“Give us our wages.”>", None, True),
    ],
)
def test_what_cannot_be_understood_alone_is_told(sentence: str, recipient: str | None, alone: bool) -> None:
    assert told_apart(made(sentence, "demanded", "REQUEST", recipient)) is alone


@pytest.mark.parametrize(
    ("sentence", "name", "words"),
    [
        ("[The league] {dismissed} <the promise as empty>.", "denied", "dismissed the promise as empty"),
        ("[The firm] {denied} <that it had known>.", "denies", "that it had known"),
        ("[The firm] {did not deny} <that it had known>.", "denies", "did not deny that it had known"),
        ("[The mayor] {said} that <the quay is shut>.", "", "the quay is shut"),
        ("<The quay is shut>, [the mayor] {warned}.", "", "The quay is shut"),
        ("[She] {called} the delay <“a test of the state”>.", "", "“a test of the state”"),
        ("[The town] {wants} <the owners to pay>.", "expected", "wants the owners to pay"),
        ("<The upper chamber> {is expected} <to follow>.", "expected", "The upper chamber is expected to follow"),
    ],
)
def test_a_fragment_is_shown_with_its_verb(sentence: str, name: str, words: str) -> None:
    assert act_words(made(sentence), name) == words


def test_stretches_that_others_part_stay_apart() -> None:
    assert content_words(made("<“We stay,”> [he] {said}. <“It is over.”>")) == "“We stay,” … “It is over.”"
