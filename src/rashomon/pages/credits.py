"""Whom a text is credited to besides people: agencies, desks and organisations, as bylines and the text name them.

Two texts with one credit may have one origin, however many sites print it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from rashomon.pages.authors import HOST, agencies, is_source, key, keys, named, not_names
from rashomon.pages.tables import either, rows

_LONGEST = 60
_OPENING, _CLOSING = 2, 4
"""Paragraphs in which a text names its agency at its beginning, and at its end."""
_NEWSROOM = 30
"""Characters of a line that signs a text for a newsroom."""
_DATELINE, _LINE = 120, 300
"""Characters of a paragraph that are read for it, from its beginning and to its end."""
# Capitals, figures, and the small words of places and dates: what stands before the agency in a dateline.
_PLACE = (
    r"(?:(?:[^\W\d_a-zß-öø-ÿа-яё][\w.'’-]*|\d{1,2}\.?\s+[^\W\d_]+\.?|\d[\d.:/]*|de|del|la|le|el|of|the|den|der|im|am|and|"
    r"y|et|u|di|do|da)[,.]?\s+){0,9}"
)


def agency(name: str) -> str | None:
    """What the agency that a name is of is called by ("Associated Press" → "AP"), or None for other names."""
    own = key(name)
    return agencies().get(own) or agencies().get(own.removeprefix("the")) or None


def credited(written: Iterable[str], *sources: str | None, printed: bool = False) -> tuple[str, ...]:
    """The agencies, desks and organisations among the names of bylines or author fields, as written, each once.

    `sources`: names and addresses of who publishes the page. A name is a credit that is one of these, an agency's or
    a site's, or holds a newsroom's word, or that of another body, unless it is merely `printed` where authors may
    be; others may be anything and are left out.
    """
    published = keys(sources)
    words = _BODIES[: 1 if printed else 2]
    return joined(
        name for name, is_person in named(written, *sources) if not is_person and _is_credit(name, published, words)
    )


_BODIES = ("newsroom", "office")


def joined(names: Iterable[str]) -> tuple[str, ...]:
    """Credits, each once: of an agency's names, the first."""
    out: dict[str, str] = {}
    for name in names:
        out.setdefault(agency(name) or key(name), name)
    return tuple(out.values())


def is_published(name: str, *sources: str | None) -> bool:
    """Whether a credit is that of the publisher itself."""
    own = key(name)
    return any(is_source(own, other) for other in keys(sources))


def _is_credit(name: str, sources: tuple[str, ...], words: Sequence[str]) -> bool:
    own = key(name)
    if not own or not 2 <= len(name) <= _LONGEST:
        return False
    if own in agencies() or own.removeprefix("the") in agencies() or any(is_source(own, other) for other in sources):
        return True
    return bool(HOST.match(name)) or _holds(name, words)


def _holds(name: str, what: Sequence[str]) -> bool:
    """Whether a name holds a word of one of some kinds of the table."""
    table = not_names()[0]
    found = [table.get(word.casefold().strip(".")) for word in re.split(r"[\s\-/.]+", name)]
    if "job" in found and None not in found:  # "staff reporter" is a job, "Post staff reporter" somebody at the Post.
        return False
    if any(of in what for of in found):
        return True
    return not name.isascii() and any(word in name for word, of in table.items() if of in what and not word.isascii())


def signed(paragraphs: Sequence[str], after: Sequence[str] = ()) -> tuple[str, ...]:
    """The agencies that a text itself names as where it comes from: in its dateline, or at its end.

    `after`: the lines that follow the text on the page, which may still say whose it is.
    """
    out: list[str] = []
    for part in paragraphs[:_OPENING]:
        out += _matched(part[:_DATELINE], ("opening",))
    for part in paragraphs[-_CLOSING:]:
        out += _matched(part[-_LINE:], ("closing", "after"))
        if len(part) <= _NEWSROOM and len(part.split()) <= 3 and _holds(part, _BODIES[:1]):
            out.append(part.strip("()[] .–—-"))
    for part in after:
        out += _matched(part[-_LINE:], ("after",))
    return joined(out)


def naming(written: Sequence[str], text: str, after: Sequence[str], *sources: str | None) -> tuple[str, ...]:
    """The credits of bylines and fields, and those that the text itself names but for the publisher's own."""
    found = signed(text.split("\n\n"), after)
    return joined((*written, *(name for name in found if not is_published(name, *sources))))


def _matched(part: str, where: Sequence[str]) -> list[str]:
    """The agencies in what the first line of the table that fits a paragraph takes for them."""
    if not _may_name(part):
        return []
    found: list[str] = []

    def mark(match: re.Match[str]) -> str:
        found.append(match[0])
        return _WRITTEN if match[0] in agency_names() or match[0].isupper() else _OTHER

    # Each agency becomes one character, so that the patterns need not know their names.
    marked = _names().sub(mark, part)
    if not found:
        return []
    for pattern in (pattern for name in where for pattern in _lines()[name]):
        if match := pattern.match(marked):
            before = sum(map(marked[: match.start("names")].count, _MARKS))
            return found[before : before + sum(map(match["names"].count, _MARKS))]
    return []


_WRITTEN, _OTHER = _MARKS = "\U00010000\U00010001"
"""Letters that no page uses stand for an agency: written as it writes itself, or in capitals; and otherwise."""
_WORD = re.compile(r"[^\W_]+")


@cache
def agency_names() -> frozenset[str]:
    """The names of agencies as the table writes them."""
    return frozenset(row["name"] for row in rows("agencies") if row["agency"])


def _may_name(text: str) -> bool:
    """Whether an agency's name may stand in a text: mostly the pieces of its words in ASCII tell that none does, which
    are parted in a fraction of the time that it takes to find words or names."""
    pieces, others = _telling()
    low = text.lower()
    if not pieces.isdisjoint(low.encode("utf-8", "replace").translate(_ASCII_WORDS).split()):
        return True
    return not text.isascii() and any(map(low.__contains__, others))


_ASCII_WORDS = bytes(code if code < 128 and chr(code).isalnum() else ord(" ") for code in range(256))


@cache
def _telling() -> tuple[frozenset[bytes], tuple[str, ...]]:
    """The longest piece in ASCII of the longest word of each agency's name in small letters; the words without any."""
    words = {max(_WORD.findall(name.lower()), key=len) for name in agency_names()}
    pieces = {word: word.encode().translate(_ASCII_WORDS).split() for word in words}
    known = frozenset(max(parts, key=len) for parts in pieces.values() if parts)
    return known, tuple(sorted(word for word, parts in pieces.items() if not parts))


@cache
def _names() -> re.Pattern[str]:
    """An agency's name."""
    names = sorted(agency_names())
    spaced = either([name for name in names if not _UNSPACED.match(name)])
    unspaced = either([name for name in names if _UNSPACED.match(name)])
    return re.compile(rf"(?<![^\W_]){spaced}(?![^\W_])|{unspaced}", re.I)


_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


@cache
def _lines() -> dict[str, tuple[re.Pattern[str], ...]]:
    """The patterns of the table, by where they are looked for."""
    fill = {"place": _PLACE}
    for name, marks in (("names", _WRITTEN), ("signed", f"[{_MARKS}]")):
        one = rf"(?:[Tt]he |THE |[Ll]['’])?{marks}"
        fill[name] = rf"(?P<names>{one}(?:(?:\s*(?:/|,|&|\+|-)\s*|,? (?:and|und|et|y|e) ){one})*)"
    out: dict[str, dict[str, re.Pattern[str]]] = {}
    for row in rows("credit_lines"):
        pattern = row["pattern"]
        for name, becomes in fill.items():
            pattern = pattern.replace(f"{{{name}}}", becomes, 1)
        out.setdefault(row["where"], {})[row["pattern"]] = re.compile(pattern)
    return {where: tuple(patterns.values()) for where, patterns in out.items()}
