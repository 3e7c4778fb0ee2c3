"""Who wrote what a plain-text dump holds, by the lines around its article: bylines, names alone, notes at the end."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from rashomon.pages import dates
from rashomon.pages.authors import alone, called, key, people, surely
from rashomon.pages.dumpentries import ABOUT, CLOCK, FROM, HELP, NAME, are_all, bare, entry, is_trade, leads, parts

if TYPE_CHECKING:
    from rashomon.pages.dump import Article, Near

_LINE, _WORDS = 200, 28
"""No byline is longer."""
_KINDS = frozenset({None, "byline", "date", "label", "authors", "published", "modified"})
"""What a line may be called that names an author."""
_FIRST, _LAST = 25, 14
"""So many lines below the title are looked at first, then so many above the article."""
_LAST_PARTS = 2
"""Paragraphs of a text in which a note about its author may have been kept."""
_TOLD_IN, _LEAST = 2_000, 60
"""Characters of a text that tells of others, and of its paragraphs."""
_CLOSE = 3
"""So many lines above the title, and below the article, may give nothing but a name."""
_OPENS = re.compile(r"^(?:\d{1,2}\.\s+)?[\W_]*")
_LETTER = re.compile(r"[^\W\d_]")
_AND = re.compile(r"^(?:,|&|and\b|und\b|et\b|og\b|och\b|y\b|e\b)\s*[^\W\d_a-zß-öø-ÿ]")
_GOES_ON = re.compile(r"(?:,|&|\b(?:and|und|et|og|och|y|e))$")
_REPORTED = re.compile(r"\W*(?:reporting|report|story|text|words|writing) by:? (?P<who>[^;.(]{3,100})", re.I)
_HEADS = re.compile(
    r"^(?:(?:about|über|sobre|à propos de?|om) )?(?:(?:the|die|den|der|el|la|le|l['’]|lo) ?)?"
    r"(?:author|autor|auteur|writer|skribent)[\w:*]*(?: of (?:the|this) (?:article|story))?\s*:?$",
    re.I,
)
_CAPITALS = r"(?:[^\W\d_a-z][\w'’.-]*\s+){2,4}"
_IS = re.compile(
    rf"^(?:about (?:the )?(?:author|writer|reporter)s?:?\s+)?(?P<who>{_CAPITALS})"
    r"(?:is|was|ist|est|es|è|är|er|covers|reports|writes|joined|schreibt|berichtet)\b(?P<rest>.{0,120})",
)
_CONTACT = re.compile(
    r"^(?:contact|follow|email|e-mail|reach|write to|send tips to) (?:reporter |writer |editor )?"
    r"(?P<who>(?:[^\W\d_a-z][\w'’.-]*\s*){2,4}?)(?= (?:at|on|via|by|@)\b| ?[:@])",
    re.I,
)


class _Around(NamedTuple):
    """What a name is held against."""

    papers: frozenset[str]
    """The keys of what the page's publisher may be called by."""
    told: str
    """The title and how the text begins, in small letters: who is told of there has not written it."""
    notes: frozenset[str]
    """Whom the lines below the article are about."""


def written(found: Article, address: str | None) -> list[str]:
    """The entries that name who wrote an article: its byline near the title; where nothing says so, the names that
    stand alone there, such as are beside a trade or a date first; else what lines below the article say."""
    around = _Around(
        _papers(found, address),
        " ".join(
            [found.title or "", *(part for part in found.text[:_TOLD_IN].split("\n") if len(part) > _LEAST)]
        ).casefold(),
        frozenset(filter(None, (_noted(line.text) for line in found.after))),
    )
    lines = [line for line in _ordered(found) if line.kind in _KINDS and len(line.text) <= _LINE]
    said = [entries for at in range(len(lines)) if (entries := _said(lines, at, around.papers))]
    named = next((entries for entries in said if people(entries)), None) or list(found.labels.authors)
    return (
        named
        or _names([line for line in lines if line.below >= -_CLOSE], around)
        or next(iter(said), [])
        or _below(found, around)
    )


def _ordered(found: Article) -> list[Near]:
    """The lines around the title: first those below it, then those right above the article, then those above it."""
    above = [line for line in found.head if line.below < 0]
    below = list(found.head[len(above) :])
    if found.title is None:
        return below[-_LAST:]
    first = below[:_FIRST]
    return [*first, *below[max(_FIRST, len(below) - _LAST) :], *above]


def _papers(found: Article, address: str | None) -> frozenset[str]:
    """The keys of the source that a page states, of its host and of the parts of that."""
    host = re.sub(r"^\w+://|[/:?#].*$", "", address or "")
    pieces = [part for part in host.split(".")[:-1] if part != "www"]
    return frozenset(filter(None, (key(name) for name in (found.labels.source or "", host, *pieces))))


def _said(lines: Sequence[Near], at: int, papers: frozenset[str]) -> list[str]:
    """The entries of a line that says it is a byline, with what the lines below add; none of any other."""
    text = _OPENS.sub("", lines[at].text).strip()
    if len(text.split()) > _WORDS or (text[-1:] in ".!?" and not re.search(r"\b(?:[A-Z]|[JS]r)\.$", text)):
        return []
    before = lines[at - 1].text.strip(" :") if at and lines[at - 1].below < lines[at].below else ""
    headed = bool(leads().fullmatch(f"{before} ")) or bool(_HEADS.match(before))
    pieces = parts(text)
    if headed and surely(pieces[1:]):  # "Ada VossTom Hale"
        pieces = [", ".join(pieces)]
    entries = [entry(f"By {pieces[0]}", papers)] if headed and pieces else [entry(part, papers) for part in pieces]
    one = next(filter(None, entries), None)
    if one is None:
        return []
    out = [one]
    below = [line for line in lines[at + 1 :] if _LETTER.search(line.text) and line.below > lines[at].below]
    for above, line in zip([lines[at], *below], below, strict=False):
        more = parts(_OPENS.sub("", line.text).strip())
        goes_on = _AND.match(line.text) or _GOES_ON.search(above.text.strip()) or headed
        if not goes_on or not more or not (names := people(more[:1])) or not are_all(more[0], names):
            break
        out += names
    return out


def _names(lines: Sequence[Near], around: _Around) -> list[str]:
    """The names that lines give and little else: those of the first line of the best, and of the lines right below."""
    found = [_alone(lines, at, around) for at in range(len(lines))]
    best = max((worth for _, worth in found), default=0)
    if best <= 0:
        return []
    at = next(at for at, (_, worth) in enumerate(found) if worth == best)
    while at and found[at - 1][0] and lines[at - 1].below > 0 and lines[at - 1].below == lines[at].below - 1:
        at -= 1
    out: list[str] = []
    for place in range(at, len(lines)):
        names, worth = found[place]
        if not names and is_trade(lines[place].text):
            continue
        little = worth <= 0 and place > at and found[at][1] > 0
        if not names or little or (lines[place].below < 0) != (lines[at].below < 0):
            break
        out += names
    return out


def _alone(lines: Sequence[Near], at: int, around: _Around) -> tuple[tuple[str, ...], int]:
    """The names that a line gives, and how much says that they are authors'; 0 where too little does."""
    text = _OPENS.sub("", lines[at].text).strip()
    pieces = parts(text)
    if not pieces or text[-1:] in ".!?:":
        return (), 0
    plain = bare(pieces[0], around.papers)
    names = (alone(plain) if len(pieces) == 1 else ()) or alone(" | ".join(pieces)) or alone(plain)
    given = bool(names)
    if not names:
        names = people([plain])
        if not names or not are_all(plain.replace(",", ""), names):
            return (), 0
    if any(_is_paper(name, around.papers) or name.casefold() in around.told for name in names):
        return (), 0
    near = [line.text for line in (*lines[max(0, at - 1) : at], *lines[at + 1 : at + 2])]
    below = lines[at + 1].text if at + 1 < len(lines) else ""
    trade = any(map(is_trade, pieces[1:])) or is_trade(below) or _is_office(below, around.papers)
    dated = _is_dated(lines[at].text) or any(map(_is_dated, near))
    vouched = 3 * any(name in around.notes for name in names) + 3 * _is_mailed(names[0], below) + 2 * trade + 2 * dated
    if lines[at].below < 0 and not (given and (trade or lines[at].below == -1)):
        return (), 0
    return names, 2 * vouched + given


def _is_paper(name: str, papers: frozenset[str]) -> bool:
    """Whether a name is part of the publisher's, as a town is of its paper's."""
    return any(key(name) in paper for paper in papers)


def _is_dated(line: str) -> bool:
    """Whether a line is a date's or a clock's, and says little else."""
    return len(line.split()) <= ABOUT + NAME and bool(dates.parse(line) or CLOCK.search(line))


def _is_office(line: str, papers: frozenset[str]) -> bool:
    """Whether a line says for whom somebody works, and maybe where: "Harbour News, Port Arden"."""
    own, comma, _ = line.strip().partition(",")
    if key(own) in papers:
        return True
    return bool(comma) and len(line.split()) <= ABOUT and "office" in called(own) and line[-1:] not in ".!?:"


def _is_mailed(name: str, line: str) -> bool:
    """Whether a line is somebody's address for letters."""
    local, at, _ = line.strip().partition("@")
    return bool(at) and " " not in line.strip() and key(name.split()[-1])[:_CLOSE] in key(local)


def _below(found: Article, around: _Around) -> list[str]:
    """Who wrote it by the lines below the article, or by those between the posts of a live page."""
    for at, line in enumerate(found.after):
        text = line.text.strip()
        if match := _REPORTED.match(text):
            return [HELP.sub("", match["who"])]
        if people([who := _noted(text)]):
            return [who]
        if line.kind not in _KINDS or len(text) > _LINE:
            continue
        if (not at or ":" in text[:20]) and surely(said := _said(found.after, at, around.papers)):
            return said
        names, worth = _alone(found.after, at, around)
        below = found.after[at + 1].text if at + 1 < len(found.after) else ""
        if worth and ((surely(names) and at < _CLOSE) or _is_mailed(names[0], below) or is_trade(below)):
            return list(names)
    closing = (who for part in found.text.split("\n\n")[-_LAST_PARTS:] if (who := _noted(part)))
    return [who for who in closing if surely([who]) and found.text.count(who) == 1] or list(
        _posts(found, around.papers)
    )


def _posts(found: Article, papers: frozenset[str]) -> Iterator[str]:
    """Who wrote the posts of a live page."""
    for line in found.inside:
        if FROM.match(line.text) and (one := entry(line.text, papers)):
            yield one


def _noted(text: str) -> str:
    """Whom a line is about that says what somebody does, or how to write to them; "" for any other line."""
    if match := _CONTACT.match(text):
        return match["who"].strip()
    match = _IS.match(text)
    return match["who"].strip() if match and "job" in called(match["rest"]) else ""
