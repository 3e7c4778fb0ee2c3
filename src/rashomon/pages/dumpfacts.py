"""When a plain-text dump says that it was published and when it was changed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from rashomon.model import Dated, Gap
from rashomon.pages import dates
from rashomon.pages.authors import people
from rashomon.pages.dateforms import Written

if TYPE_CHECKING:
    from rashomon.pages.dump import Article, Near

_DATE_KINDS = frozenset({None, "date", "byline", "label", "published", "modified"})
_LINE, _DAY = 160, 10
_PARTED = re.compile(r"\s[|·•/]\s|\s{3,}")
_WORD = re.compile(r"[^\W\d_]{4,}")
_GLUED = re.compile(
    r"(?<=[a-zß-öø-ÿ])(?=\d|[A-ZÄÖÜ][a-zß-öø-ÿ])|(?<=\d)(?=[A-Z][a-zß-öø-ÿ])|(?<=\b(?:19|20)\d\d)(?=\d{1,2}:\d\d)"
)
_BELOW = 4
"""So many lines below an article may say in small print when it was published."""


def dated(found: Article, address: str | None) -> tuple[Dated, Dated | None, tuple[Gap, ...]]:
    """When it was published and changed: by the lines below the title, by labels, by the lines above the title, by the
    address (which tells no change), by the lines right below the article, the first that says it."""
    order = dates.order(None, address)
    published, modified = _lines([line for line in found.head if line.below > 0], "near the title", order)
    published = published or _first_date(found.labels.published, order)
    modified = modified or _first_date(found.labels.modified, order)
    for value, label in found.labels.published:
        modified = modified or _changed(_GLUED.sub(" ", value), f"the line labelled “{label}”", order)
    if published is None:
        above = [line for line in reversed(found.head) if line.below < 0]
        published, change = _lines(above, "near the title", order)
        modified = modified or change
    published = published or dates.from_address(address)
    if published is None:
        published, change = _lines(found.after[:_BELOW], "below the article", order)
        modified = modified or change
    if published is not None:
        return published, modified, ()
    written = [line.text for line in found.head] + [value for value, _ in found.labels.published]
    if open_order := next(filter(None, map(dates.ambiguous, written)), None):
        why = f"The page says {open_order}, whose order of day and month is not known."
        return Dated(None, "unknown", why), modified, ()
    return dates.UNKNOWN, modified, ()


def _lines(lines: Sequence[Near], where: str, order: str | None) -> tuple[Dated | None, Dated | None]:
    """The first days of publication and of a change that lines state."""
    published = modified = None
    for line in lines:
        text = _GLUED.sub(" ", line.text)
        found = _alone(text, order) if line.kind in _DATE_KINDS else None
        if found is None:
            continue
        place = f"the line “{line.text}” {where}"
        day = Dated(found.value, "stated", f"Stated in {place}.")
        if line.kind == "modified" or dates.is_update(text):
            modified = modified or day
        elif published is None:
            published, modified = day, modified or _changed(text, place, order)
    return published, modified


def _alone(line: str, order: str | None) -> Written | None:
    """The date of a line that says little else but who wrote it."""
    found = dates.alone(line, order)
    if found is None and len(line) <= _LINE and (there := dates.parse(line, order)) and line[-1:] not in ".!?":
        names = people([line[: there.start], line[there.end :].strip(" ,/|·•–-")])
        before, after = line[: there.start], line[there.end :]
        for name in names:
            before, after = before.replace(name, " "), after.replace(name, " ")
        bare = f"{before} {there.value[:_DAY]} {after}" if len(there.value) >= _DAY else ""
        found = there if bare and any(dates.alone(part) for part in _PARTED.split(bare)) else None
    if found and len(found.value) < _DAY and _WORD.search(line[: found.start] + " " + line[found.end :]):
        return None  # "Head of the bank since May 2022" is a month and two words besides.
    return found


def _changed(said: str, where: str, order: str | None) -> Dated | None:
    """The day of a change that is said after that of publication."""
    day = dates.changed(said, order)
    return Dated(day, "stated", f"Stated in {where}.") if day else None


def _first_date(values: tuple[tuple[str, str], ...], order: str | None) -> Dated | None:
    found = (dates.stated(value, f"the line labelled “{label}”", order) for value, label in values)
    return next((dated for dated in found if dated), None)
