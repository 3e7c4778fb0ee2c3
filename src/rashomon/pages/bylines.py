"""Bylines that nothing marks: lines between the headline and the text that say by whom it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from rashomon.pages import dates
from rashomon.pages.authors import alone, called, people
from rashomon.pages.beside import is_aside, words
from rashomon.pages.given import is_given
from rashomon.pages.headline import headline
from rashomon.pages.tables import rows

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_LINE, _WORDS = 160, 24
"""No line that names authors is longer."""
_TEXT = 200
"""Characters of a paragraph that is the text's, and no more about it."""
_LINES = 60
"""Elements below the headline that are looked at."""
_LONGEST = 2
"""Words beside each name: a trade, a clock's time."""
_WORD = re.compile(r"[^\W\d_]{2,}")
_OF_PICTURES = frozenset({"figure", "figcaption", "picture", "button", "nav", "form"})


def printed(tree: LexborHTMLParser, title: str | None) -> Iterator[str]:
    """The lines between the headline and the first paragraph of the text that name who wrote it, as bylines do.

    They begin with a word for it ("By", "Autor:"), end with one ("기자"), or give a name beside a trade or a date.
    """
    head = headline(tree, title)
    if head.around is None:
        return
    below = seen = 0
    for node in head.around.css(f"{head.tag},p,div,span,li,address,a,strong,em,small,h4,h5,h6"):
        if node.tag == head.tag:
            below = below or head.starts(node)
            continue
        if not below:
            continue
        seen += 1
        said = _said(node)
        if seen > _LINES or len(said) > _TEXT:
            return
        if 4 <= len(said) <= _LINE and said.count(" ") < _WORDS and _names(node, said) and not _beside(node):
            yield said


def _said(node: LexborNode) -> str:
    """The words of an element, those of its parts apart; of a division only if some stand in it outside its parts."""
    if node.tag == "div" and not (node.text(deep=False) or "").strip():
        return ""
    parts = (" ".join(part.split()) for part in (node.text(separator="\0") or "").split("\0"))
    return " | ".join(part for part in parts if part)


def _names(node: LexborNode, said: str) -> bool:
    """Whether a line is a byline."""
    if said[-1] in ".!?":
        return False
    spaced = said.replace(" | ", " ")
    before, after = _words()
    if label := before.match(spaced):
        spaced = _undated(spaced)
        found = people([spaced])
        if not found or label["colon"]:
            return bool(found)
        beside = len(_WORD.findall(spaced)) - sum(len(_WORD.findall(name)) for name in found)
        return all(" " in name for name in found) and beside <= (_LONGEST + 1) * len(found) + 1
    if not spaced.isascii() and after.search(spaced):
        return bool(people([spaced]))
    if not (opening := _WORD.match(said)) or not is_given(opening[0]) or not (named := alone(said)):
        return False
    return _is_trade(_undated(spaced), named) or _has_date(node, said)


def _undated(line: str) -> str:
    """A line without its date."""
    found = dates.parse(line)
    return f"{line[: found.start]} {line[found.end :]}" if found else line


def _is_trade(line: str, named: tuple[str, ...]) -> bool:
    """Whether all that a line says beside names is what newsrooms call a trade: "Staff Writer"."""
    for name in named:
        line = line.replace(name, " ", 1)
    rest = called(line)
    return "job" in rest and set(rest) <= {"job", "desk", "newsroom"}


def _has_date(node: LexborNode, said: str) -> bool:
    """Whether a date stands in the line or right beside it."""
    parent = node.parent
    around = words(parent) if parent is not None else ""
    return bool(dates.parse(said)) or (len(around) <= _LINE and bool(dates.parse(around)))


def _beside(node: LexborNode) -> bool:
    """Whether an element is of a picture, or of what is no part of the article."""
    parent = node.parent
    return (parent is not None and parent.tag in _OF_PICTURES) or is_aside(node)


@cache
def _words() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What a byline begins with, and a word for a trade that it ends with."""
    table = sorted(rows("byline_words"), key=lambda row: -len(row["word"]))
    before = "|".join(re.escape(row["word"]) for row in table if row["where"] == "before")
    after = "|".join(re.escape(row["word"]) for row in table if row["where"] == "after")
    return (
        re.compile(rf"\s*(?:{before})(?:\s*(?P<colon>[:：])|(?=\s)|(?<=[^\x00-\u02ff]))", re.I),
        re.compile(rf"^\S{{2,12}}\s?(?:{after})(?:\s+\S+@\S+)?$"),
    )
