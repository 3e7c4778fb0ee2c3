"""What language a text is in, and what kind of page it makes."""

from __future__ import annotations

import re

from rashomon.model import PageKind
from rashomon.pages.tables import rows

_FAR = 1100
"""Resiliparse's distance beyond which a text fits no language's profile."""
_ENOUGH = 40
"""Letters below which no profile is drawn."""
_LIVE_TIME = re.compile(r"(?m)^\s*\d{1,2}[:.]\d\d\s?(?:[ap]\.?m\.?)?\b")


def language(text: str, declared: str | None = None) -> str | None:
    """ISO 639-1 by the text's n-grams (resiliparse); what the page declares where the text is too short to tell."""
    from resiliparse.parse.lang import detect_fast

    sample = text[:20_000]
    if sum(map(str.isalpha, sample[:400])) >= _ENOUGH:
        found, distance = detect_fast(sample)
        if found != "unknown" and distance < _FAR:
            return str(found)[:2]
    code = re.match(r"[A-Za-z]{2}(?=$|[-_])", declared or "")
    return code[0].lower() if code else None


def page_kind(
    text: str, title: str | None, category: str | None, types: tuple[str, ...], address: str | None
) -> PageKind:
    """The kind of page: by its markup's type, the words of its section, title and address, then its shape."""
    hay = {"type": " ".join(types), "section": category or "", "title": title or "", "address": address or ""}
    for row in rows("kinds"):
        if re.search(row["pattern"], hay[row["in"]], re.I):
            return row["kind"]  # type: ignore[return-value]
    if len(_LIVE_TIME.findall(text)) >= 6:
        return "live blog"
    paragraphs = [part for part in text.split("\n\n") if part.strip()]
    count = len(text.split())
    if len(paragraphs) >= 8 and count / len(paragraphs) < 14 and not re.search(r"[.!?][\"”’]?$", text, re.M):
        return "listing"
    return "stub" if (count < 50 and text.isascii()) or not count else "news"
