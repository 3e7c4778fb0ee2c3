"""Which lines of a dump are the article, by trees that have learned it from pages of many sites.

The rules of `choose` come first and are among what the trees see. Of the lines' chances, the cut is
taken that promises the highest F1 in words for the page at hand.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from rashomon.pages.choose import Choice, entitled, retitled
from rashomon.pages.headings import title
from rashomon.pages.lines import Unit
from rashomon.pages.tables import rows
from rashomon.pages.traits import columns
from rashomon.trees import Trees, odds, shipped

_FLOOR = 0.12
"""No line of less chance is kept."""
_COPY = 6
"""Lines of so many words stand in an article once, but for those that are surely in it twice."""
_SURE = 0.9
_MOST = 20_000
"""A dump of more lines is no page: the rules decide alone, in less time."""
_GAIN = 0.003
"""A text that somebody has cleaned is left as the rules leave it, but where more expected F1 than this is to be had."""
_LEAN = 1.15
"""Furniture that is kept counts so many times what an article's line counts that is lost: it would be attributed."""
_LEAN_CLEAN = 2.0
"""In a text that somebody has cleaned, furniture is sentences, of which the trees are too sure."""
_HEADING = 6
"""A heading of readers' comments or of other stories has so many words at most;"""
_OPENS = 16
"""a line that opens one comment so many;"""
_TOLD = 30
"""so many words of prose above it are likely the article's,"""
_LIKELY = 0.5
_PROSE = 10
_REPLY = 0.1
"""and what stands below it is so much less likely to be."""
_SURELY = 0.75
"""Prose so likely below a heading of other stories shows that the article goes on there."""
_HEADING_WORDS = 20
"""So few words without a sentence among them head an article, and are none."""
_EDGES = "()[].,:;!?•"
_OPEN = frozenset({None, "caption", "related"})
"""Kinds that the table gives by shape alone: the article's own lines may look like them."""


def weighed(
    text: str, lines: Sequence[Unit], choice: Choice, stated: str | None = None, address: str | None = None
) -> Choice:
    """The choice as the trees make it, the rules' where no trees were shipped; `stated` is a labelled title."""
    trees = shipped("pages", "dump")
    if trees is None or not 0 < len(lines) <= _MOST:
        return choice
    kept = chosen(lines, choice, chances(trees, text, lines, choice))
    if not kept:
        return choice if _is_text(lines, choice.kept) else _headed(choice, stated)
    out = retitled(lines, choice, kept, stated)
    if stated is not None:
        return out
    # The rules' title is what the trees may lean on, so it is sought with the trees' own article.
    heading = title(lines, choice.kinds, out.kept or kept, gaps(text, lines), out.title, address)
    other = entitled(lines, choice, kept, heading)
    return other if other.kept else out


def _headed(choice: Choice, stated: str | None) -> Choice:
    """The choice of a page without an article: what the rules would keep is its title, if it has no other."""
    title = choice.title
    if title is None and stated is None and choice.kept:
        title = choice.kept[0]
    return choice._replace(kept=(), title=title)


def _is_text(lines: Sequence[Unit], kept: Sequence[int]) -> bool:
    """Whether lines are more than headings."""
    return sum(lines[at].words for at in kept) >= _HEADING_WORDS or any(lines[at].ends for at in kept)


def chances(trees: Trees, text: str, lines: Sequence[Unit], choice: Choice) -> NDArray[np.float64]:
    """How probable it is of each line that it is the article's; 0 for what the table knows as furniture."""
    values = columns(lines, choice, gaps(text, lines))[1]
    opened = np.flatnonzero([kind in _OPEN for kind in choice.kinds])
    out = np.zeros(len(lines))
    out[opened] = odds(trees.scores(values[:, opened]))
    return silenced(lines, out, choice.kinds)


def silenced(lines: Sequence[Unit], found: NDArray[np.float64], kinds: Sequence[str | None]) -> NDArray[np.float64]:
    """The chances without what follows an article: readers' comments, and what a heading of other stories heads.

    Comments stand below their heading, or from the first line on that opens one of several. Other stories go on to the
    page's end where no line below their heading is surely the article's.
    """
    words = np.array([line.words for line in lines], float)
    prose = words >= _PROSE
    told = np.cumsum(words * found * (prose & (found >= _LIKELY)))
    surest = np.maximum.accumulate(np.append(np.where(prose, found, 0), 0)[::-1])[::-1]
    opening = [at for at, line in enumerate(lines) if line.words <= _OPENS and _opens_comment(line.text)]
    thread = opening[0] if len(opening) > 1 else len(lines)
    for at, line in enumerate(lines):
        if told[at] < _TOLD or (line.words > _HEADING and at < thread):
            continue
        others = surest[at + 1] < _SURELY and not line.ends and (kinds[at] == "related" or _heads_stories(line))
        if others or at >= thread or _heads_comments(line):
            return np.where(np.arange(len(lines)) < at, found, found * _REPLY)
    return found


def _opens_comment(text: str) -> bool:
    """Whether a line says who wrote the comment below it, and when."""
    return any(map(str.isdigit, text)) and _openings().fullmatch(text) is not None


@cache
def _openings() -> re.Pattern[str]:
    return re.compile("|".join(row["pattern"] for row in rows("comment_heads")), re.I)


def _heads_comments(line: Unit) -> bool:
    """Whether readers' comments begin below a line."""
    if line.kind == "comments":
        return True
    return not line.ends and any(word.strip(_EDGES) in _threads() for word in line.text.lower().split())


def _heads_stories(line: Unit) -> bool:
    """Whether a list of the site's other stories begins below a line."""
    return line.text.lower().replace("’", "'").strip(_EDGES) in _others()


@cache
def _others() -> frozenset[str]:
    return frozenset(words for row in rows("story_heads") for words in row["words"].split("|"))


@cache
def _threads() -> frozenset[str]:
    return frozenset(word for row in rows("thread_words") for word in row["words"].split())


def gaps(text: str, lines: Sequence[Unit]) -> list[int]:
    """The line ends before each line."""
    out: list[int] = []
    end = 0
    for line in lines:
        out.append(text.count("\n", end, line.pieces[0].start))
        end = line.pieces[-1].end
    return out


def chosen(lines: Sequence[Unit], choice: Choice, found: NDArray[np.float64]) -> list[int]:
    """The lines above the cut with the highest expected F1 in words, without copies; none where they are headings."""
    words = np.array([max(1, line.words) for line in lines], float)
    order = np.argsort(-found, kind="stable")
    hits = np.cumsum((found * words)[order])
    lean = _LEAN_CLEAN if choice.clean else _LEAN
    best = int(np.argmax(hits / (lean * np.cumsum(words[order]) + hits[-1])))
    keep = (found >= max(_FLOOR, found[order[best]])) & (found > 0)
    seen: dict[str, int] = {}
    for at in map(int, np.flatnonzero(keep)):
        if lines[at].words < _COPY:
            continue
        other = seen.setdefault(lines[at].text, at)
        if other != at and min(found[other], found[at]) < _SURE:
            worse, better = (other, at) if found[at] > found[other] else (at, other)
            keep[worse] = False
            seen[lines[at].text] = better
    out = [int(at) for at in np.flatnonzero(keep)]
    rules = list(choice.kept)
    if choice.clean and rules and _promise(rules, words, found) >= _promise(out, words, found) - _GAIN:
        out = rules
    return out if _is_text(lines, out) else []


def _promise(kept: list[int], words: NDArray[np.float64], found: NDArray[np.float64]) -> float:
    """The expected F1 in words of keeping these lines."""
    right = float((found * words)[kept].sum())
    return 2 * right / max(1e-9, float(words[kept].sum() + (found * words).sum()))
