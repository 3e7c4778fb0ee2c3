"""What a file says of the pages in it, as what is known of a page: read as far as it can be, the rest said.

Readers of feeds, messages and JSON hand in what stands there; `known` makes of it what `read` takes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any

from rashomon.model import Dated, Gap
from rashomon.pages import dates
from rashomon.pages.authors import people
from rashomon.pages.credits import credited

_LANGUAGE = re.compile(r"([A-Za-z]{2})(?:[-_][A-Za-z0-9]+)*")
_MAIL_DATE = re.compile(r"\s*(?:[A-Za-z]{3},\s*)?\d{1,2}\s+[A-Za-z]{3}\s+\d{2,4}\s+\d")


def known(
    where: str,
    *,
    title: str | None = None,
    authors: Iterable[str] = (),
    published: str | None = None,
    source: str | None = None,
    language: str | None = None,
    encoding: str | None = None,
    captured: str | None = None,
) -> tuple[dict[str, Any], tuple[Gap, ...]]:
    """What is known of a page, and a gap for a date that cannot be read; `where` ends "Stated in …"."""
    out: dict[str, Any] = {}
    gaps: tuple[Gap, ...] = ()
    if title and (line := " ".join(title.split())):
        out["title"] = line
    if source and (line := " ".join(source.split())):
        out["source"] = line
    written = list(authors)
    if names := people(written, source):
        out["authors"] = names
    if others := credited(written, source):
        out["credits"] = others
    if published and published.strip():
        if day := date(published):
            out["published"] = Dated(day, "stated", f"Stated in {where}.")
        else:
            why = f"{where[:1].upper()}{where[1:]} gives {published.strip()[:80]!r} as the date, which cannot be read."
            gaps = (Gap("publication date", why),)
    if language and (tag := _LANGUAGE.fullmatch(language.strip())):
        out["language"] = tag[1].lower()
    if encoding:
        out["encoding"] = encoding
    if captured and (day := date(captured)):
        out["captured"] = day
    return out, gaps


def date(written: str) -> str | None:
    """ISO 8601 of a date as files write it: ISO, the form of mail (RFC 5322), or in words; None where it is none."""
    written = written.strip()[:200]
    try:
        return datetime.fromisoformat(written).isoformat() if len(written) > 10 else _short(written)
    except ValueError:
        pass
    if _MAIL_DATE.match(written):
        try:
            return parsedate_to_datetime(written).isoformat()
        except (ValueError, TypeError, IndexError, OverflowError):
            pass
    found = dates.parse(written)
    return found.value if found else None


def _short(written: str) -> str | None:
    if re.fullmatch(r"(?:19|20)\d\d(?:-(?:0[1-9]|1[0-2]))?", written):
        return written
    found = dates.parse(written)
    return found.value if found else None
