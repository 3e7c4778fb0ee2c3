"""What kind of furniture a line of a dump is: by patterns of its shape, and by what pages say in many languages."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache
from typing import NamedTuple

from rashomon.pages import dates
from rashomon.pages.tables import rows

_LONG = 500
"""A line of more characters is never furniture."""
_HEADLINE = 300
"""One that opens as a list of other stories does, and tells a headline behind it, has no more."""
_DATE = 90
_YEAR = re.compile(r"(?:19|20)\d\d")
_PARTED = re.compile(r"\s?[:|>»–—]+\s|\s-\s")
_SENTENCE = (".", "!", "?", "。", "؟", "।", ",")
_OPENING, _MORE = 6, 4
"""A heading of other stories opens with a phrase of so many words at most, and has so many more."""
_EDGES = ' \t:.!?…»>|•*-–—()[]"“”'
_MARKS = "•*>»-–—([ "


class _Patterns(NamedTuple):
    """The table of lines, ready to be asked."""

    rare: tuple[str, ...]
    """A line that a costly row describes holds one of these: most lines need not be asked about such rows."""
    all: re.Pattern[str]
    cheap: re.Pattern[str]
    """Without the costly rows."""
    names: tuple[str, ...]


class _Phrases(NamedTuple):
    """The table of phrases: in small letters, and of which kind each is."""

    lines: dict[str, str]
    """What a line is as a whole."""
    opens: dict[str, str]
    """What may have a headline behind it."""
    within: dict[str, str]
    """What may stand anywhere in a line."""


@cache
def _patterns() -> _Patterns:
    table = rows("lines")
    parts = [(f"(?P<r{at}>{row['pattern']})", row["holds"].split()) for at, row in enumerate(table)]
    return _Patterns(
        tuple(dict.fromkeys(text for _, holds in parts for text in holds)),
        re.compile("|".join(part for part, _ in parts), re.I),
        re.compile("|".join(part for part, holds in parts if not holds), re.I),
        tuple(row["kind"] for row in table),
    )


@cache
def _phrases() -> _Phrases:
    found: dict[str, dict[str, str]] = {"line": {}, "opens": {}, "within": {}}
    for row in rows("phrases"):
        found[row["how"]] |= dict.fromkeys(row["phrases"].split(" | "), row["kind"])
    return _Phrases(found["line"] | found["opens"], found["opens"], found["within"])


@cache
def _begun() -> tuple[tuple[str, frozenset[str]], ...]:
    """The phrases that are sought within lines, and their words but for the last, which may go on."""
    return tuple(
        (phrase, frozenset(word.strip(_EDGES) for word in phrase.split()[:-1])) for phrase in _phrases().within
    )


def said(text: str) -> tuple[str, ...]:
    """The phrases that stand in some line of a dump: only these need be looked for line by line."""
    low = _low(text)
    words = {word.strip(_EDGES) for word in low.split()}
    return tuple(phrase for phrase, begun in _begun() if begun <= words and phrase in low)


def kind(text: str, phrases: Collection[str] = ()) -> str | None:
    """The kind of a line by the tables, or None for what may be the article's; `phrases`: what `said` found."""
    if len(text) > _LONG:
        return None
    if len(text) < _DATE and _YEAR.search(text) and dates.alone(text):
        return "date"
    known = _patterns()
    low = _low(text)
    pattern = known.all if any(map(low.__contains__, known.rare)) else known.cheap
    if match := pattern.match(text):
        return known.names[int((match.lastgroup or "r0")[1:])]
    return _phrased(low, phrases)


def _phrased(low: str, phrases: Collection[str]) -> str | None:
    """The kind of a line in small letters by the table of phrases."""
    known = _phrases()
    if len(low) <= _HEADLINE:
        if whole := known.lines.get(low.strip(_EDGES)):
            return whole
        bare = low.lstrip(_MARKS)
        opening = _PARTED.split(bare, 1)
        if len(opening) > 1 and opening[0] in known.opens:
            return known.opens[opening[0]]
        if heading := _heads(bare):
            return heading
    return next((known.within[phrase] for phrase in phrases if phrase in low), None)


def _heads(low: str) -> str | None:
    """The kind of a heading that goes on after a phrase: what of, or where."""
    words = low.rstrip(": ").split(maxsplit=_OPENING + _MORE)
    if not 1 < len(words) <= _OPENING + _MORE or low.endswith(_SENTENCE):
        return None
    opens = _phrases().opens
    first = max(2, len(words) - _MORE)
    return next((opens[text] for at in range(first, len(words)) if (text := " ".join(words[:at])) in opens), None)


def _low(text: str) -> str:
    """A text in small letters, the Turkish dotted capital as a plain i."""
    return text.lower().replace("i\u0307", "i")
