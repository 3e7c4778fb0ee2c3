"""Labelled lines of a dump: "Category", "Tags", "Author: …", "Date Created October 21, 2024 Author …"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

import msgspec

from rashomon.pages import dates
from rashomon.pages.authors import people, surely
from rashomon.pages.lines import Unit, bare, is_item
from rashomon.pages.tables import rows

_SPLIT = re.compile(r"\s*[,;|#·•]\s*")
_GLUED = re.compile(r"\b((?:19|20)\d\d)(?=\d{1,2}:\d\d)")
_DATED = 90
"""A date's line has no more characters."""
_BY = frozenset({"by", "von", "par", "por", "written by", "story by", "words by", "door", "skriven av"})
_NAMES = 12
_NUMBER = re.compile(r"^[-–•*]?\s*\d{1,2}[.)]?$")
_ALONE = re.compile(r"(?:,| and| &) (?:news )?agencies$", re.I)
"""What a page names beside its own source, and is nobody's name."""


class Labels(msgspec.Struct, frozen=True, kw_only=True):
    """What labelled lines say, as written."""

    title: str | None = None
    authors: tuple[str, ...] = ()
    source: str | None = None
    category: str | None = None
    tags: tuple[str, ...] = ()
    published: tuple[tuple[str, str], ...] = ()
    """(value, the label)."""
    modified: tuple[tuple[str, str], ...] = ()


@cache
def _fields() -> dict[str, str]:
    return {row["label"]: row["field"] for row in rows("labels")}


@cache
def _label() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """A label alone; one with a colon at a line's start or after a bar; one written like a heading within a line."""
    names = "|".join(re.escape(name) for name in sorted(_fields(), key=len, reverse=True))
    return (
        re.compile(rf"^[#*\s]*({names})\s*:?[*\s]*$", re.I),
        re.compile(rf"(?:^|[|•·]\s*|(?<=\s{{2}}))({names})\s*:\s*", re.I),
        re.compile(rf"(?:^|(?<=\s))({names})\s+", re.I),
    )


def read(lines: Sequence[Unit]) -> tuple[Labels, list[str | None]]:
    """What labels say, and for each line the kind that it has as a label or a labelled value."""
    kinds: list[str | None] = [None] * len(lines)
    values: dict[str, list[tuple[str, str]]] = {}
    at = 0
    while at < len(lines):
        text = lines[at].text
        if len(text) > 600:
            at += 1
            continue
        if alone := _label()[0].match(text):
            at = _alone(lines, at, alone[1], values, kinds)
            continue
        pairs = _inline(text, lines[at].words)
        if not pairs and (kind := _kind(lines, at)):
            kinds[at : at + len(kind)] = kind
        if pairs:
            kinds[at] = "label"
            for name, value in pairs:
                values.setdefault(_fields()[name.lower()], []).append((value, name))
        at += 1
    return _labels(values), kinds


def _kind(lines: Sequence[Unit], at: int) -> tuple[str, ...]:
    """What a line and the next are that give a byline in two lines ("By", then a name), or a date and a clock that lost
    what stood between them ("October 21, 20245:00 AM")."""
    text = lines[at].text
    if _GLUED.search(text) and len(text) <= _DATED and dates.alone(_GLUED.sub(r"\1 ", text)):
        return ("published",)
    if at + 1 < len(lines) and text.strip(" :").casefold() in _BY and surely([lines[at + 1].text]):
        return ("byline", "authors") if lines[at + 1].words <= _NAMES and not lines[at + 1].ends else ()
    return ()


def _alone(
    lines: Sequence[Unit], at: int, name: str, values: dict[str, list[tuple[str, str]]], kinds: list[str | None]
) -> int:
    """Take a label that is alone on its line with the values below it; the next line's index."""
    field = _fields()[name.lower()]
    kinds[at] = "label"
    at += 1
    if field in {"text", "none"}:
        return at
    taken = values.setdefault(field, [])
    number = False
    while at < len(lines):
        text = lines[at].text
        if _label()[0].match(text) or _inline(text, lines[at].words):
            break
        if field in {"tags", "category"} and _NUMBER.match(text):
            number = True
        elif field in {"tags", "category"} and (is_item(text) or number) and lines[at].words <= 10:
            taken.append((bare(bare(text)), name))
            number = False
        elif not taken and _fits(field, lines[at]):
            parts = [text] if field not in {"tags", "authors"} else _SPLIT.split(text)
            taken += [(part, name) for part in parts if part]
            kinds[at] = field
            return at + 1
        else:
            break
        kinds[at] = field
        at += 1
    return at


def _fits(field: str, line: Unit) -> bool:
    """Whether a line can be the value of a label above it."""
    if field == "title":
        return 2 <= line.words <= 40
    if field in {"published", "modified"}:
        return line.words <= 10 and dates.parse(line.text) is not None
    if field == "authors":
        return line.words <= 10 and not line.ends and bool(people([line.text]))
    if field == "tags":
        return line.words <= 40 and not line.ends and ("," in line.text or line.words <= 4)
    return line.words <= 5 and not line.ends


def _inline(text: str, words: int) -> list[tuple[str, str]]:
    """The (label, value) pairs of a line that is made of them; none where it is anything else."""
    for pattern in _label()[1:]:
        if words > 60 or not pattern.match(text):
            continue
        found = list(pattern.finditer(text))
        stops = [match.start() for match in found[1:]] + [len(text)]
        pairs = [
            (match[1], text[match.end() : stop].strip(" |•·\t-–")) for match, stop in zip(found, stops, strict=True)
        ]
        strict = pattern is _label()[2]
        if all(value and _valid(_fields()[name.lower()], name, value, strict) for name, value in pairs):
            return pairs
    return []


def _valid(field: str, name: str, value: str, strict: bool) -> bool:
    """Whether a value is one of its field; without a colon (strict), only what can be nothing else."""
    size = len(value.split())
    if field in {"published", "modified"}:
        date = dates.parse(value)
        return (date is not None and date.start <= 12 and size <= 12) or (not strict and bool(dates.ambiguous(value)))
    if field == "authors":
        return size <= (4 if strict else 12) and bool(people([value])) and not value.endswith(".")
    if strict or field in {"text", "none"}:
        return False
    if field == "title":
        return size <= 40
    return size <= (8 if field in {"category", "source"} else 60) and not re.search(r"[.!?]\s+[A-Z]", value)


def _labels(values: dict[str, list[tuple[str, str]]]) -> Labels:
    """The values by field; those of lists split and each once."""

    def first(field: str) -> str | None:
        return next((value for value, _ in values.get(field, [])), None)

    tags = [part for value, _ in values.get("tags", []) for part in _SPLIT.split(value)]
    return Labels(
        title=first("title"),
        authors=tuple(value for value, _ in values.get("authors", [])),
        source=_ALONE.sub("", first("source") or "") or None,
        category=first("category"),
        tags=tuple(dict.fromkeys(tag.strip(" .") for tag in tags if tag.strip(" ."))),
        published=tuple(values.get("published", [])),
        modified=tuple(values.get("modified", [])),
    )
