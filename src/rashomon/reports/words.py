"""The fixed words of a report for people: labels, numbers, names. All else in it is a page's own."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from string import ascii_uppercase

from rashomon.model import Claim, Dated, Entity, Moment, Page, Scalar, Speaker, Status, Verdict

VERDICT_MARKS: Mapping[Verdict, str] = {"agreed": "=", "disputed": "≠", "denied": "✗", "updated": "→", "single": "·"}
"""One character a verdict, so that it can be told without colour."""

POSITION_CODES: Mapping[str, str] = {
    "REQUEST": "demands",
    "ACCUSE": "accuses",
    "REJECT": "rejects",
    "THREATEN": "threatens",
    "SUPPORT": "supports",
    "AGREE": "agrees to",
    "CONCEDE": "gives way",
    "SANCTION": "sanctions",
}
"""The PLOVER types that are a position towards somebody, and the label of each."""

POSITION_STATUSES: Mapping[Status, str] = {"demanded": "demands", "denied": "denies", "declined": "declines"}
"""The statuses that are a position whatever the event."""

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
    return f"{words}, via {plain(speaker.via)}" if speaker.via else words


def actor_words(claim: Claim, entities: Mapping[str, Entity]) -> str:
    """Whom a position is listed under: the entity's name, else the speaker's."""
    speaker = claim.speaker
    for entity in (speaker.entity, claim.event.actor if claim.event and speaker.kind == "source" else None):
        if entity is not None and entity in entities:
            return plain(entities[entity].name)
    return speaker_words(speaker) if speaker.kind != "source" else ""


def content_words(claim: Claim) -> str:
    """What is said, in the page's own words; stretches that stand apart are joined by " … "."""
    return plain(" … ".join(span.exact for span in claim.content) or claim.span.exact)


def dated_words(dated: Dated) -> str:
    """When a page was published, with how that is known where it is not stated."""
    if dated.value is None:
        return "undated"
    return day(dated.value) if dated.basis == "stated" else f"{day(dated.value)} ({dated.basis})"


def day(value: str) -> str:
    """An ISO 8601 time with its clock kept to the minute, an interval's ends likewise."""
    return "–".join(part[:16].replace("T", " ") for part in plain(value).split("/"))


def moment_words(when: Moment, exact: str | None) -> str:
    """How a time is known: "stated", "resolved from “on Thursday”", "inferred", "vague", "unknown"."""
    if when.value is None and not exact:
        return "time unknown"
    if when.basis == "stated" or not exact:
        return when.basis
    return f"{when.basis} from “{plain(exact)}”"


def _fold(text: str) -> str:
    return plain(text).casefold().replace("’", "'")
