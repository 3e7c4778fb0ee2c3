"""Every record of rashomon: what a page, a claim, a point, a story and a report are made of.

The records are frozen and know nothing of how they were made. Their names and their JSON form are
a contract (`docs/report.schema.json` is generated from this file), so keys are added here, never
renamed. All offsets count Unicode characters in the page's `text`, end exclusive, and
`text[start:end] == exact` holds for every record that has the three.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import msgspec

Scalar = int | float
"""A quantity as read; an int wherever the page's figure is whole."""

PageKind = Literal["news", "opinion", "live blog", "stub", "listing", "other"]
DateBasis = Literal["stated", "inferred", "unknown"]
TimeBasis = Literal["stated", "resolved", "inferred", "vague"]
SpeakerKind = Literal["named", "unnamed", "document", "source"]
Stance = Literal[
    "say", "report", "show", "believe", "expect", "fear", "warn", "doubt", "promise", "plan",
    "demand", "accuse", "praise", "support", "reject", "deny", "decline",
]  # fmt: skip
Status = Literal["asserted", "denied", "declined", "expected", "possible", "conditional", "demanded"]
Qualifier = Literal["exact", "about", "at_least", "at_most", "between"]
PointKind = Literal["number", "event", "position", "expectation"]
Verdict = Literal["agreed", "disputed", "denied", "updated", "single"]
EventCode = Literal[
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST",
    "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
]  # fmt: skip


class Span(msgspec.Struct, frozen=True):
    """A stretch of a page's text."""

    start: int
    end: int
    exact: str
    """The characters themselves; they are the truth, the offsets a shortcut to them."""


class Gap(msgspec.Struct, frozen=True):
    """Something that could not be read, said rather than passed over."""

    what: str
    """What is missing: "publication date", "speaker", "claims"…"""
    why: str
    """A sentence: why it is missing and, where somebody can do something, what."""


class PageGap(msgspec.Struct, frozen=True):
    """A gap in a report, with the page that it is on."""

    page: str | None
    """Page id, or the address as given where no page could be made of it."""
    what: str
    why: str


class Dated(msgspec.Struct, frozen=True):
    """When a page was published or modified, no more precisely than the page allows."""

    value: str | None
    """ISO 8601 with the precision it has ("2024-10-21", "2024-10"), an interval
    "2024-10-24/2024-10-27" where inferred, or null."""
    basis: DateBasis
    why: str
    """A sentence: where it was read, or what it was inferred from."""


class Dropped(msgspec.Struct, frozen=True):
    """A part of the capture that is not the article."""

    text: str
    kind: str
    """"ticker", "navigation", "share", "comments", "label", "caption", …"""


class Repair(msgspec.Struct, frozen=True):
    """Characters that were mended, where they stand in the text now."""

    start: int
    end: int
    before: str
    after: str


class Edit(msgspec.Struct, frozen=True, array_like=True):
    """One step of a cleaning plan: the decoded capture's characters from `start` to `end` become `text`."""

    start: int
    end: int
    text: str


class Time(msgspec.Struct, frozen=True):
    """A time expression."""

    start: int
    end: int
    exact: str
    type: Literal["DATE", "TIME", "DURATION", "SET"]
    """TIMEX3 type."""
    value: str | None
    """TIMEX3 value ("2024-10-24", "P3D", "PRESENT_REF", "XXXX-WXX-4"), or null."""
    basis: TimeBasis


class Entity(msgspec.Struct, frozen=True):
    """Somebody or something with a name."""

    id: str
    name: str
    """The fullest name that was read."""
    names: tuple[str, ...]
    """Every form that was read, the fullest first."""
    type: str
    """"PERSON", "ORG", "GPE", "NORP", "FAC", "LOC", …"""
    code: str | None
    """ISO 3166-1 alpha-3 for countries and their governments."""


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """One capture of one page at one time, cleaned."""

    id: str
    """Digest of the address and the captured bytes."""
    address: str | None
    """Path or URL as given."""
    canonical: str | None = None
    """The address that the page itself names, where it names another."""
    source: str | None = None
    """Who publishes it; null where unknown."""
    title: str | None = None
    authors: tuple[str, ...] = ()
    """People only."""
    credits: tuple[str, ...] = ()
    """Agencies, desks and organisations that the byline, the author fields or the text's own wire line name, as
    written: whose copy it is, beside the people."""
    category: str | None = None
    tags: tuple[str, ...] = ()
    language: str | None = None
    """ISO 639-1."""
    kind: PageKind = "news"
    published: Dated
    modified: Dated | None = None
    captured: str | None = None
    """When the capture was made, ISO 8601, as whatever holds it says (an archive, a server, a message); null where
    nothing does. The page was published no later."""
    text: str
    """The article alone, without its title, repaired; paragraphs parted by a blank line."""
    dropped: Sequence[Dropped] = ()
    repairs: tuple[Repair, ...] = ()
    times: Sequence[Time] = ()
    entities: Sequence[Entity] = ()
    copy_of: str | None = None
    """Id of the page whose text this one repeats."""
    gaps: tuple[Gap, ...] = ()
    plan: Sequence[Edit] = ()
    """The cleaning plan: applied to the decoded capture, it gives `text`."""


class Speaker(msgspec.Struct, frozen=True):
    """Who is said to have said it."""

    text: str
    """As written; the source's name for the page's own voice; "" where nobody is named."""
    start: int | None
    end: int | None
    """Null where the speaker stands nowhere."""
    name: str | None
    """Who "he" is; `text` itself where nothing is to resolve, null where unresolved."""
    entity: str | None
    kind: SpeakerKind
    via: str | None = None
    """Who passed it on."""


class Event(msgspec.Struct, frozen=True):
    """A PLOVER event."""

    code: EventCode
    actor: str | None
    """Entity id."""
    recipient: str | None
    """Entity id."""


class Number(msgspec.Struct, frozen=True):
    """A quantity as an interval, with what is counted and what holds of it."""

    low: Scalar | None
    high: Scalar | None
    """Equal to `low` where one value is given; null where the range is open."""
    qualifier: Qualifier
    of: str
    """What is counted, as written."""
    state: str | None
    """What holds of them: a lemma or a code ("killed", "injured", "deploy")."""
    start: int
    end: int
    exact: str


class When(msgspec.Struct, frozen=True):
    """When the thing claimed is said to happen."""

    value: str | None
    basis: TimeBasis
    exact: str


class Place(msgspec.Struct, frozen=True):
    """Where the thing claimed is said to happen."""

    text: str
    entity: str | None


class Loaded(msgspec.Struct, frozen=True):
    """Loaded wording in the page's own voice."""

    start: int
    end: int
    exact: str
    why: str
    """Its class and what it does: "intensity: …", "judgement: …", "label: …", "speculation: …"."""


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """One thing said in one saying, or reported in the page's own voice."""

    id: str
    page: str
    saying: str
    """Shared by all claims that come from one act of saying."""
    span: Span
    """From the first to the last of speaker, cue and content."""
    speaker: Speaker
    cue: Span | None
    content: tuple[Span, ...]
    quotes: tuple[Span, ...] = ()
    """The parts of the content given verbatim, without their quotation marks."""
    stance: Stance | None = None
    """What the speaker does in saying it, by the cue; null in the page's own voice."""
    status: Status = "asserted"
    event: Event | None = None
    numbers: tuple[Number, ...] = ()
    when: When | None = None
    places: tuple[Place, ...] = ()
    evidence: tuple[str, ...] = ()
    loaded: tuple[Loaded, ...] = ()


class Story(msgspec.Struct, frozen=True, kw_only=True):
    """What the reader follows: the pages that tell one development, and their points."""

    id: str
    """Of the page that founded it."""
    was: tuple[str, ...] = ()
    """Ids of stories that were merged into this one."""
    title: str
    pages: tuple[str, ...]
    points: tuple[str, ...] = ()
    first: str | None = None
    last: str | None = None
    """The earliest and the latest publication among its pages."""
    why: tuple[str, ...] = ()
    """A reason for each page's join, in the order of `pages`."""


class PointValue(msgspec.Struct, frozen=True):
    """A value that somebody gives for a point of kind "number"."""

    low: Scalar | None
    high: Scalar | None
    qualifier: Qualifier
    claim: str
    since: str | None
    """The publication date of the page that gives it."""


class Current(msgspec.Struct, frozen=True):
    """The value held last, where nobody holds another since."""

    low: Scalar | None
    high: Scalar | None
    claims: tuple[str, ...]


class Point(msgspec.Struct, frozen=True, kw_only=True):
    """Claims about the same thing, and what comes of comparing them."""

    id: str
    story: str | None
    title: str
    """Words of one of its claims."""
    kind: PointKind
    verdict: Verdict
    claims: tuple[str, ...]
    pages: int
    independent: int
    """Origins, not pages: copies and common speakers folded."""
    values: tuple[PointValue, ...] = ()
    current: Current | None = None
    why: str
    """One sentence: what was compared and what decided."""


class Moment(msgspec.Struct, frozen=True):
    """A time and how it is known."""

    value: str | None
    basis: TimeBasis


class Line(msgspec.Struct, frozen=True):
    """A line of the timeline."""

    when: Moment
    text: str
    """Words of the page."""
    claims: tuple[str, ...]


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """What a set of pages agrees on, disputes, and on what evidence."""

    schema: str = "rashomon/report/1"
    version: str
    as_of: str | None
    """The latest publication or capture time among the pages."""
    stories: tuple[Story, ...] = ()
    pages: tuple[Page, ...] = ()
    claims: tuple[Claim, ...] = ()
    entities: tuple[Entity, ...] = ()
    points: tuple[Point, ...] = ()
    timeline: tuple[Line, ...] = ()
    gaps: tuple[PageGap, ...] = ()
