"""What speaks for or against each line of a dump being the article, as numbers for the trees.

Of the line: its marks and the kind that the table gives it. Of its place: what is around it, which run
of prose it stands in, how far the title is, whether it stands there more than once. Of what it tells: which
words and names it shares with others (`cohesion`). Of the page: how long and how clean it is. And what the
rules of `choose` would decide.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np

from rashomon.pages.choose import Choice, worth
from rashomon.pages.cohesion import named, topic
from rashomon.pages.linemarks import Marks, Row, marks
from rashomon.pages.lines import Unit, is_item
from rashomon.pages.proseruns import between, from_prose, placed, runs
from rashomon.pages.shapes import best_run, running, shifted
from rashomon.pages.windows import FAR, Named, distances, means, reached, sums
from rashomon.trees import Columns

_GROUPS = ("comments", "related", "copyright", "share", "byline", "date", "caption")
_GROUP_OF: dict[str | None, int] = {name: at for at, name in enumerate(_GROUPS)}
_WHOLE = 200_000
"""In a dump of more characters lines are not looked for within others: the time would grow with its square."""


def columns(lines: Sequence[Unit], choice: Choice, gaps: Sequence[int]) -> tuple[tuple[str, ...], Columns]:
    """The features' names, and their values with one row a feature, one column a line, of which there is one at least.

    `choice` is what the rules decided; `gaps` are the line ends before each line.
    """
    seen = marks(lines, choice.kinds)
    items = np.fromiter((is_item(line.text) for line in lines), float, len(lines))
    # A heading of comments or of related stories may be a label as well.
    kinds = [line.kind or kind if kind == "label" else kind for line, kind in zip(lines, choice.kinds, strict=True)]
    found: list[Named] = [
        *_shape(lines, seen, items),
        *placed(seen),
        *runs(seen),
        *between(lines, seen, items),
        *from_prose(seen, kinds),
        *_around(seen, items),
        *_kinds(seen, kinds),
        *_rules(lines, seen, choice),
        *_voices(seen),
        *_copies(seen),
        *topic(seen, choice),
        *named(lines, seen),
        *_page(seen, np.array(gaps, float)),
    ]
    out = np.empty((len(found), len(lines)), np.float32)
    for at, (_, values) in enumerate(found):
        out[at] = values
    return tuple(name for name, _ in found), out


def _shape(lines: Sequence[Unit], seen: Marks, items: Row) -> Iterator[Named]:
    """What the line is made of."""
    count = len(lines)
    yield from seen.letters
    yield "words", seen.words
    yield "size", seen.size
    yield "ends", seen.ends
    yield "cut", seen.cut
    yield "web", seen.web
    yield "capital", seen.capital
    yield "good", seen.good
    yield "item", items
    yield "colon", np.fromiter((line.text[-1] == ":" for line in lines), float, count)
    yield "full", np.fromiter((line.ends for line in lines), float, count)
    yield "common", seen.common / (seen.words + 1)
    yield "site", seen.site
    yield "site_share", seen.site / (seen.words + 1)


_WINDOWS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("w1", ("good",)),
    ("w2", ("words", "ends", "site", "often", "item", "furniture")),
    ("w3", ("good", "capital", "common")),
    ("b3", ("good",)),
    ("w4", ("cut", "web")),
    ("w6", ("ends", "site", "clock", "often", "item", "furniture")),
    ("w8", ("good", "words")),
    ("b8", ("words",)),
    ("a8", ("words",)),
    ("w10", ("common",)),
    ("w20", ("good",)),
)
"""Around a line (w), before it (b) or after it (a), so many lines: what is meaned there."""


def _around(seen: Marks, items: Row) -> Iterator[Named]:
    """Means over windows, and the neighbours one by one."""
    often = np.minimum(seen.times - 1, 5)
    rows = {
        "good": seen.good,
        "words": seen.words,
        "ends": seen.ends,
        "site": seen.site,
        "capital": seen.capital,
        "common": seen.common,
        "cut": seen.cut,
        "clock": seen.clock,
        "often": often,
        "item": items,
        "web": seen.web,
        "furniture": seen.furniture,
    }
    place = {name: at for at, name in enumerate(rows)}
    summed = sums(list(rows.values()))
    for window_, names in _WINDOWS:
        reach = int(window_[1:])
        before, after = (-1 if window_[0] == "a" else reach), (-1 if window_[0] == "b" else reach)
        found = means(summed[[place[name] for name in names]], before, after)
        for name, values in zip(names, found, strict=True):
            yield f"{name}_{window_}", values
    for step in (1, -1, 2, -2, 3, -3):
        side = f"{'p' if step > 0 else 'n'}{abs(step)}"
        yield f"words_{side}", shifted(seen.words, step)
        if abs(step) == 1:
            yield f"capital_{side}", shifted(seen.capital, step)
            yield f"often_{side}", shifted(often, step)


def _kinds(seen: Marks, kinds: Sequence[str | None]) -> Iterator[Named]:
    """What the table calls the line, and how far the last and the next line of each group are."""
    count = len(kinds)
    at = np.arange(count)
    places = np.fromiter((_GROUP_OF.get(kind, -1) for kind in kinds), np.intp, count)
    for number, group in enumerate(_GROUPS):
        here = places == number
        yield from distances(f"k_{group}", np.flatnonzero(here), at)
        if group in {"comments", "related", "copyright", "date"}:
            yield f"n_{group}_before", np.cumsum(here) - here
    yield "furniture_before", running(seen.furniture)[:-1]


def _rules(lines: Sequence[Unit], seen: Marks, choice: Choice) -> Iterator[Named]:
    """What `choose` decided, and how far the title that it found is."""
    count = len(lines)
    at = np.arange(count)
    kept = np.zeros(count)
    kept[list(choice.kept)] = 1
    yield "kept", kept
    yield "kept_n1", shifted(kept, -1)
    yield "from_start", np.clip(at - choice.start, -FAR, 4 * FAR).astype(float)
    yield "from_end", np.clip(at - choice.end, -4 * FAR, FAR).astype(float)
    yield "clean", np.full(count, float(choice.clean))
    value = np.fromiter((worth(line, kind) for line, kind in zip(lines, choice.kinds, strict=True)), float, count)
    yield "worth", value
    for cap in (10, 30):
        start, end = best_run(np.minimum(value, cap))
        yield f"in_worth_{cap}", ((at >= start) & (at < end)).astype(float)
    size = running(seen.size)[:-1]
    title = choice.title
    yield "from_title", np.full(count, -999.0) if title is None else np.clip(at - title, -99, 199).astype(float)
    yield "size_from_title", np.full(count, -9e5) if title is None else size - size[title]


def _copies(seen: Marks) -> Iterator[Named]:
    """How often the line stands on the page, alone or within another."""
    yield "times", seen.times
    count = Counter(seen.low)
    whole = "\n".join(seen.low)
    within = np.zeros(len(seen.low))
    known: dict[str, int] = {}
    for place in np.flatnonzero((seen.words >= 4) & (seen.size < 400)) if len(whole) <= _WHOLE else ():
        low = seen.low[place]
        if low not in known:
            known[low] = whole.count(low.strip('"“”„»«.')) - count[low]
        within[place] = known[low]
    yield "within", within


def _voices(seen: Marks) -> Iterator[Named]:
    """How the line speaks: to readers or of itself, as pages do; of votes and answers, as readers' comments do."""
    size = seen.words + 3
    short = seen.words < 12
    for name, values in seen.voices:
        if name not in {"self", "offer"}:
            yield f"v_{name}", values / size
        summed = sums([values, seen.words])
        low, high = reached(len(values), 4)
        parts = summed[:, high] - summed[:, low]
        yield f"v_{name}_w4", parts[0] / (parts[1] + 3)
        if name in {"reply", "consent", "appeal"}:
            here = short & (values > 0)
            yield f"v_{name}_before", (np.cumsum(here) - here).astype(float)
    total = float(seen.words.sum()) + 1
    for name, values in seen.voices[:2]:
        yield f"v_{name}_page", np.full(len(values), float(values.sum()) / total)


def _page(seen: Marks, gaps: Row) -> Iterator[Named]:
    """What the page is like: the same for all its lines; and blank lines, which some dumps have and others lack."""
    ones = np.ones(len(gaps))
    yield "gap", gaps - gaps.mean()
    yield "gap_next", shifted(gaps, -1) - gaps.mean()
    yield "blank", ones * (gaps > 1).mean()
    total = max(1.0, float(seen.words.sum()))
    good = float(seen.good.sum())
    middle = float(np.median(seen.words[seen.good > 0])) if good else 0.0
    common = float(seen.common.sum()) / total
    yield "lines", ones * len(gaps)
    yield "good_total", ones * good
    yield "good_part", ones * (good / total)
    yield "good_lines", ones * float((seen.good > 0).mean())
    yield "furniture_lines", ones * float(seen.furniture.mean())
    yield "short_lines", ones * float((seen.words <= 3).mean())
    yield "often_lines", ones * float((seen.times >= 3).mean())
    yield "clock_lines", ones * float(seen.clock.mean())
    yield "median_words", ones * float(np.median(seen.words))
    yield "median_good", ones * middle
    yield "over_median", seen.words - middle
    yield "page_common", ones * common
    yield "over_common", seen.common / (seen.words + 1) - common
