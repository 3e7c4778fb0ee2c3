"""The sentences of a page as the reader takes them apart: each word under the word that it depends on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rashomon.model import Page
from rashomon.reports.sheet import GLUE, Row, lay, row
from rashomon.reports.words import plain

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

_DEEPEST = 24
"""Levels that are drawn; what hangs deeper is drawn at the last."""


def render(page: Page, doc: Doc, width: int, colour: bool) -> str:
    """Every sentence of the page's parsed text as a tree, in lines of at most `width` columns."""
    return lay(_rows(page, doc), width, colour)


def _rows(page: Page, doc: Doc) -> Iterator[Row]:
    yield row("", (plain(page.title or "(no title)"), "bold"))
    yield row("")
    for sentence in doc.sents:
        if sentence.text.strip():
            yield row(f"[{sentence.start_char}–{sentence.end_char}]  ", plain(sentence.text), style="dim")
            yield from _tree(sentence)
            yield row("")


def _tree(sentence: Span) -> Iterator[Row]:
    """The words, each after the word it depends on, in the order of the text among their like."""
    waiting: list[tuple[Token, tuple[bool, ...]]] = [(sentence.root, ())]
    while waiting:
        word, last = waiting.pop()
        if not word.is_space:
            yield _word(word, last)
        below = [child for child in word.children if not child.is_space]
        waiting += [(child, (*last, child is below[-1])) for child in reversed(below)]


def _word(word: Token, last: tuple[bool, ...]) -> Row:
    drawn = last[-_DEEPEST:]
    lines = "".join("   " if ended else "│  " for ended in drawn[:-1])
    branch = ("└─ " if drawn[-1] else "├─ ") if drawn else ""
    lemma = f" ‹{plain(word.lemma_)}›" if word.lemma_ != word.text else ""
    name = (f"  [{word.ent_type_}]", "green") if word.ent_type_ else ""
    told = (f"  {word.dep_} · {word.pos_} {word.tag_}", "dim")
    return row((lines + branch).replace(" ", GLUE), (plain(word.text), "bold"), lemma, told, name, style="dim")
