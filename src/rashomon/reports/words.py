"""The fixed words of a report for people: labels, numbers, names. All else in it is a page's own."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from string import ascii_uppercase

from rashomon.model import Claim, Dated, Entity, Moment, Page, Scalar, Speaker, Status, Verdict

VERDICT_MARKS: Mapping[Verdict, str] = {"agreed": "=", "disputed": "≠", "denied": "✗", "updated": "→", "single": "·"}
"""One character a verdict, so that it can be told without colour."""

PARTS: Mapping[str, str] = {
    "DT": "daytime",
    "MO": "morning",
    "MI": "midday",
    "AF": "afternoon",
    "EV": "evening",
    "NI": "night",
    "SP": "spring",
    "SU": "summer",
    "FA": "autumn",
    "WI": "winter",
    "WE": "weekend",
}
"""TIMEX3 codes for parts of a day, of a week and of a year."""

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

_WEEKDAY = re.compile(r"XXXX-WXX-([1-7])$")
_MONTH = re.compile(r"XXXX-(\d\d)(?:-(\d\d))?$")
_WEEK = re.compile(r"(\d{4})-W(\d\d)(-WE)?$")
_OF_YEAR = re.compile(r"(\d{4})-(SP|SU|FA|WI|[QH]\d)$")
_SAYS = re.compile(r"(?:says?|said|saying|tells?|told|telling|adds?|added|adding|states?|stated|reports?|reported"
                   r"|announces?|announced|according to)$", re.I)  # fmt: skip
_SHARED = 4
"""So many first letters of a label and of a cue make them one word ("denies", "denied")."""

EXPECTATIONS: Mapping[Status, str] = {"expected": "expected", "conditional": "conditional", "possible": "possible"}


def plain(text: str) -> str:
    """The text on one line and safe at a terminal: white space is one space, control characters are U+FFFD.

    Control characters could move the cursor or recolour the screen, and direction overrides could
    show words in another order than they stand; neither may come from a page.
    """
    return safe(" ".join(text.split()))


def safe(text: str) -> str:
    """The text with no character that a terminal would obey; white space stays as wide as it was."""
    return text if text.isascii() and text.isprintable() else "".join(map(_safe, text))


def _safe(char: str) -> str:
    if char in "\u200c\u200d" or char.isprintable():
        return char
    if char in "\n\t\r" or unicodedata.category(char) == "Zs":
        return " "
    return "" if char in "\u00ad\u200b\u2060\ufeff" else "\ufffd"


def shorten(text: str, limit: int) -> str:
    """The text's first words, at most `limit` characters, with "…" where some are left off."""
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    cut = head.rfind(" ")
    return (head[:cut] if cut > limit // 2 else head).rstrip(" ,;:–—") + "…"


def quantity(low: Scalar | None, high: Scalar | None, qualifier: str) -> str:
    """A number's interval in words: "about 3,000", "at least 12", "5 to 9"."""
    if low is None and high is None:
        return "not given"
    if low is None or high is None:
        return f"at most {_figure(high)}" if low is None else f"at least {_figure(low)}"
    value = _figure(low) if low == high else f"{_figure(low)} to {_figure(high)}"
    lead = {"about": "about ", "at_least": "at least ", "at_most": "at most "}.get(qualifier, "")
    return lead + value


def _figure(value: Scalar | None) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return f"{value:,}"


def count(number: int, one: str, many: str = "") -> str:
    """ "1 page", "3 pages"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def labels(pages: Iterable[Page]) -> dict[str, str]:
    """A short label for each page, by its id: A, B, … Z, AA, AB, …"""
    out: dict[str, str] = {}
    for page in pages:
        number, label = len(out) + 1, ""
        while number:
            number, digit = divmod(number - 1, 26)
            label = ascii_uppercase[digit] + label
        out[page.id] = label
    return out


def speaker_words(speaker: Speaker) -> str:
    """Who says it, as resolved and as written: "Ana Lund (“she”)"."""
    text = plain(speaker.text)
    if speaker.kind == "source":
        return "the page itself"
    if not text and not speaker.name:
        return "nobody named"
    if speaker.name is None:
        words = f"“{text}” (unresolved)"
    elif not text or _fold(speaker.name) in _fold(text):
        words = text or plain(speaker.name)
    else:
        words = f"{plain(speaker.name)} (“{text}”)"
    told = speaker.via and _fold(speaker.via) not in _fold(words)
    return f"{words}, via {plain(speaker.via or '')}" if told else words


def actor_words(claim: Claim, entities: Mapping[str, Entity]) -> str:
    """Whom a position is listed under: the entity's name, else the speaker's."""
    speaker = claim.speaker
    for entity in (speaker.entity, claim.event.actor if claim.event and speaker.kind == "source" else None):
        if entity is not None and entity in entities:
            return entity_words(entities[entity])
    if speaker.kind == "source":
        return ""
    return plain(speaker.name) if speaker.name and not speaker.via else speaker_words(speaker)


def content_words(claim: Claim) -> str:
    """What is said, in the page's own words; stretches that stand apart are joined by " … "."""
    if _folded(claim):
        start, end = claim.content[0].start - claim.span.start, claim.content[-1].end - claim.span.start
        return plain(claim.span.exact[start:end])
    return plain(" … ".join(span.exact for span in claim.content) or claim.span.exact)


def act_words(claim: Claim, label: str = "") -> str:
    """What is said with the words that say how, where the content alone would be a fragment: "urged the army to go".

    The cue is left out where it only says that it is said, where `label` has the same verb, and where it doesn't
    stand before the content.
    """
    words, cue = content_words(claim), claim.cue
    if cue is None or not claim.content or _folded(claim) or _SAYS.search(plain(cue.exact)) or words[:1] in '“"':
        return words
    first, stem = claim.content[0].start, _stem(label.partition(" ")[0])
    refused = re.search(r"\b(?:not|never)\b|n[’']t\b", cue.exact, re.I)
    if len(stem) == _SHARED and not refused and any(_stem(word).startswith(stem) for word in cue.exact.split()):
        return words
    if cue.end > first or (claim.speaker.start is not None and cue.start <= claim.speaker.start < first):
        return words
    between = plain(claim.span.exact[cue.start - claim.span.start : first - claim.span.start])
    return f"{between} {words}" if between[-1:] not in "“(" else between + words


def _stem(word: str) -> str:
    return word.casefold().removesuffix("s").replace("y", "i")[:_SHARED]


def _folded(claim: Claim) -> bool:
    """Whether the cue stands inside the content and nobody is named: "The vote is expected to follow"."""
    cue, content = claim.cue, claim.content
    return (
        cue is not None and claim.speaker.start is None and len(content) > 1
        and content[0].end <= cue.start and cue.end <= content[-1].start
    )  # fmt: skip


def dated_words(dated: Dated) -> str:
    """When a page was published, with how that is known where it is not stated."""
    if dated.value is None:
        return "undated"
    return day(dated.value) if dated.basis == "stated" else f"{day(dated.value)} ({dated.basis})"


def signed_words(page: Page) -> str:
    """Who signs a page, people first: "by Ada Voss; credits: AFP". Empty where it says nothing of it."""
    people = f"by {', '.join(map(plain, page.authors))}" if page.authors else ""
    others = f"credits: {', '.join(map(plain, page.credits))}" if page.credits else ""
    return "; ".join(part for part in (people, others) if part)


def placed_words(dated: Dated) -> str:
    """Why a page that names no date is taken to be of an interval; "" for every other date."""
    return plain(dated.why) if dated.basis == "inferred" and "/" in (dated.value or "") else ""


def day(value: str) -> str:
    """A TIMEX3 time in words, its clock kept to the minute, an interval's ends likewise.

    "2016-09-12 14:30", "2016-09-12, morning", "summer 2016", "a Friday", "January 6, year unknown".
    """
    return "–".join(_moment(part) for part in plain(value).split("/"))


def _moment(value: str) -> str:
    date, _, clock = value.partition("T")
    if clock:
        return f"{_date(date)}, {PARTS[clock]}" if clock in PARTS else f"{_date(date)} {clock[:5]}"
    return _date(date)


def _date(value: str) -> str:
    if found := _WEEKDAY.match(value):
        return f"a {WEEKDAYS[int(found[1]) - 1]}"
    if (found := _MONTH.match(value)) and 1 <= int(found[1]) <= len(MONTHS):
        named = MONTHS[int(found[1]) - 1]
        return f"{named} {int(found[2])}, year unknown" if found[2] else f"{named}, year unknown"
    if found := _WEEK.match(value):
        return f"{'weekend of ' if found[3] else ''}week {int(found[2])}, {found[1]}"
    if found := _OF_YEAR.match(value):
        return f"{PARTS.get(found[2], found[2])} {found[1]}"
    return value


def moment_words(when: Moment, exact: str | None) -> str:
    """How a time is known: "stated", "resolved from “on Thursday”", "inferred", "vague", "time unknown"."""
    if when.value is None and not exact:
        return "time unknown"
    if when.basis == "stated" or not exact:
        return when.basis
    if when.value and when.value.startswith("XXXX"):
        return f"“{plain(exact)}”, which nothing on the page dates"
    return f"{when.basis} from “{plain(exact)}”"


def entity_words(entity: Entity) -> str:
    """Its name; of a country that the pages also name by its name, that one: "North Korea" for "North Korean"."""
    from rashomon.claims.countries import lookup

    for form in (entity.name, *entity.names) if entity.code else ():
        country = lookup(form)
        if country is not None and country.kind == "name" and country.code == entity.code:
            return plain(form)
    return plain(entity.name)


def source_words(page: Page) -> str:
    """Who publishes the page; where that is unknown, the host or the file that it was read from."""
    if page.source:
        return plain(page.source)
    address = re.sub(r"^https?://web\.archive\.org/web/\d+\w*/", "", page.address or "")
    if found := re.match(r"\w+://([\w-]+(?:\.[\w-]+)+)(?::\d+)?(?:/|$)", address):
        return found[1].removeprefix("www.")
    return plain(address.replace("\\", "/").rstrip("/").rpartition("/")[2] or "source unknown")


def _fold(text: str) -> str:
    return plain(text).casefold().replace("’", "'")
