"""The dates that stand on an HTML page in its words, and which of them is that of its publication."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from rashomon.pages import dates
from rashomon.pages.beside import is_aside, words
from rashomon.pages.headline import FAR, Headline, headline
from rashomon.pages.tables import rows

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_LINE = 150
"""No line that is there to print a date is longer."""
_WORDS = 16
_SHORT = 60
_MOST, _LINES = 150, 400
_ABOVE = 4
"""Steps from the headline to what it shares with its date, if that stands above it."""
_ENOUGH = 1_000_000
"""Characters in all elements together that are looked at: elements may lie in each other."""
_CHANGED = re.compile(r"modif|updat|aktualis|edited", re.I)
_DAY = len("2024-10-21")
_DIGIT = re.compile(r"\d")


class Printed(NamedTuple):
    """A date that stands on the page."""

    value: str
    said: str
    """The words that it stands in."""
    below: bool
    """Whether it comes after the headline."""
    change: bool
    """Whether it is that of a change."""
    updated: bool
    """Whether it is said after it that there was a change."""
    steps: int = FAR
    """From the headline up to what it and the date stand in."""

    def is_by_headline(self) -> bool:
        """Whether it stands right above the headline or anywhere below it."""
        return self.below or self.steps <= _ABOVE


@cache
def _marks(all_of_them: bool) -> str:
    """The selector of elements that may print a date: all of those, or those that always do."""
    marks: dict[str, list[str]] = {}
    for row in rows("date_marks"):
        if all_of_them or row["sure"]:
            marks.setdefault(row["attribute"], []).append(f'[{row["attribute"]}*="{row["has"]}" i]')
    # Elements without the attribute need not be asked for each of its words.
    return ",".join(["time", "abbr[title]", *(f"[{name}]:is({','.join(words)})" for name, words in marks.items())])


def printed(
    tree: LexborHTMLParser, order: str | None, all_of_them: bool = True, title: str | None = None
) -> list[Printed]:
    """The dates that stand on the page in an element made for them, in the order of the page.

    Unless it is `all_of_them`, only elements that are sure to print one are asked, up to the first that `best` takes.
    """
    out: list[Printed] = []
    head = headline(tree, title) if all_of_them else Headline("h1", None, (), None)
    below = False
    looked_at = 0
    for node in tree.css(f"{head.tag},{_marks(all_of_them)}")[:_MOST]:
        if node.tag == head.tag:
            below = below or head.starts(node)
            continue
        said = words(node)
        looked_at += len(said)
        if looked_at > _ENOUGH:
            break
        if len(said) > _LINE or said.count(" ") > _WORDS:
            continue
        if (value := _value(node, said, order)) and not dates.is_now(said) and not is_aside(node):
            change = is_change(node, said)
            updated = not change and bool(dates.said_before("modified").search(said))
            out.append(Printed(value, said or value, below, change, updated, head.steps(node)))
            if not all_of_them and below and is_day(out[-1]):
                break
    return out


def alone(tree: LexborHTMLParser, order: str | None, title: str | None) -> list[Printed]:
    """The lines around the headline that say a day and little else; where there is none, the first below it."""
    head = headline(tree, title)
    near: list[Printed] = []
    if head.around is not None:
        nodes = head.around.css(f"{head.tag},p,span,small,em,strong,b,li,td,div,h2,h3,h4,h5,h6")
        near = list(_lines(nodes[:_LINES], order, head))
    if near:
        return near
    nodes = tree.css(f"{head.tag},p,span,small,em,li,td")
    below = (line for line in _lines(nodes[:_LINES], order, head) if line.below)
    return [line for line in (next(below, None),) if line]


def _lines(nodes: Iterable[LexborNode], order: str | None, head: Headline) -> Iterable[Printed]:
    below = not head.within
    for node in nodes:
        if node.tag == head.tag and head.starts(node):
            below = True
            continue
        # What a division holds is asked for by itself.
        said = " ".join((node.text(deep=False) or "").split()) if node.tag == "div" else words(node)
        if not 8 <= len(said) <= _SHORT or not _DIGIT.search(said):
            continue
        found = next(
            (one for text in (said, _spaced(node)) if (one := dates.alone(text, order)) and one.value[9:]), None
        )
        if found is None or dates.is_now(said):
            continue
        if not is_aside(node) and not is_change(node, said):
            yield Printed(found.value, said, below, False, False, head.steps(node))


def _spaced(node: LexborNode) -> str:
    """An element's text with spaces where its parts meet: "News<br>3 May" is of two lines."""
    return " ".join((node.text(deep=node.tag != "div", separator=" ") or "").split())


def _value(node: LexborNode, said: str, order: str | None) -> str | None:
    """The date of an element: what it is marked with, or else what it says."""
    attributes = node.attributes
    marked = attributes.get("datetime") or (attributes.get("title") if node.tag == "abbr" else None)
    found = (dates.parse(marked, order) if marked else None) or dates.parse(said, order)
    return found.value if found else None


def is_change(node: LexborNode, said: str) -> bool:
    """Whether an element's class, its words or those right before it say that its date is that of a change."""
    marks = f"{node.attributes.get('class') or ''} {node.attributes.get('itemprop') or ''}"
    if dates.is_update(said) or _CHANGED.search(marks):
        return True
    changed = dates.said_before("modified")
    return bool(changed.match(said) or changed.search(_before(node)))


def _before(node: LexborNode) -> str:
    """The few words that stand right before an element: "Updated:"."""
    at = node.prev
    for _ in range(3):
        if at is None or at.tag in {"p", "div", "ul", "table", "section"}:
            break
        if said := words(at):
            return said if len(said) < _SHORT and not dates.parse(said) else ""
        at = at.prev
    return ""


def is_day(one: Printed) -> bool:
    """Whether it is a whole date, and none of a change."""
    return not one.change and len(one.value) >= _DAY


def best(shown: Sequence[Printed]) -> Printed | None:
    """Of the dates that are a day and not that of a change, the nearest to the headline, one below it before others."""
    days = [(one.steps, not one.below, at if one.below else -at, one) for at, one in enumerate(shown) if is_day(one)]
    if not days:
        return None
    first = min(days)[3]
    # The same day with its time says more.
    return first._replace(value=max((one.value for *_, one in days if one.value[:10] == first.value[:10]), key=len))
