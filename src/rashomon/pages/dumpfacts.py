"""What a plain-text dump says of itself: who wrote it, when it was published and when it was changed."""

from __future__ import annotations

import re
from itertools import dropwhile, takewhile
from typing import TYPE_CHECKING

from rashomon.model import Dated, Gap
from rashomon.pages import dates
from rashomon.pages.authors import alone, surely

if TYPE_CHECKING:
    from rashomon.pages.dump import Article

_REPORTED = re.compile(r"\W*reporting by:? (?P<who>[^;.(]{3,100})", re.I)
_BY = re.compile(r"(?:\S+ ){0,2}by\b|von\b|par\b|por\b", re.I)
_DATE_KINDS = frozenset({None, "date", "byline"})


def bylines(found: Article) -> list[str]:
    """The first line near the title that names who wrote it; where none says so, the first lines of one name each, or
    who reported by the line at the end."""
    said = [(line, kind) for line, kind in found.header if kind in ("byline", "date") and _BY.match(line)]
    # A date's line may name who published it, which need be nobody.
    if written := [line for line, kind in said if kind == "byline" or surely([line])][:1]:
        return written
    names = dropwhile(lambda each: not each, [alone(line) for line, _ in found.header])
    signed_ = [name for each in takewhile(bool, names) for name in each]
    return signed_ or [match["who"] for line in found.after if (match := _REPORTED.match(line))][:1]


def dated(found: Article, address: str | None) -> tuple[Dated, Dated | None, tuple[Gap, ...]]:
    """What labels and the lines near the title state; what the address holds."""
    published = _first_date(found.labels.published)
    modified = _first_date(found.labels.modified)
    for line, kind in found.header if published is None else ():
        written = dates.alone(line) if kind in _DATE_KINDS else None
        if written is None:
            continue
        where = f"the line “{line}” near the title"
        if dates.is_update(line):
            modified = modified or Dated(written.value, "stated", f"Stated in {where}.")
        else:
            published = published or Dated(written.value, "stated", f"Stated in {where}.")
    if published is None:
        open_order = [text for line, _ in found.header if (text := dates.ambiguous(line))]
        open_order += [text for value, _ in found.labels.published if (text := dates.ambiguous(value))]
        if open_order and not dates.from_address(address):
            why = f"The page says {open_order[0]}, whose order of day and month is not known."
            return Dated(None, "unknown", why), modified, ()
    return published or dates.from_address(address) or dates.UNKNOWN, modified, ()


def _first_date(values: tuple[tuple[str, str], ...]) -> Dated | None:
    found = (dates.stated(value, f"the line labelled “{label}”") for value, label in values)
    return next((dated for dated in found if dated), None)
