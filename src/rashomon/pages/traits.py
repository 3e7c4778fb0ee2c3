"""What speaks for or against each line of a dump being the article, as numbers for the trees.

Of the line: its marks and the kind that the table gives it. Of its place: what is around it, which run
of prose it stands in, how far the title is, whether it stands there more than once. Of the page: how
long and how clean it is. And what the rules of `choose` would decide.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np

from rashomon.pages.choose import Choice, worth
from rashomon.pages.linemarks import Marks, Row, marks
from rashomon.pages.lines import Unit, is_item, is_tick
from rashomon.pages.proseruns import between, from_prose, placed, runs
from rashomon.pages.shapes import running, shifted
from rashomon.pages.windows import FAR, Named, distances, stretch, window
from rashomon.trees import Columns

_GROUPS = (
    ("share",),
    ("comments",),
    ("navigation",),
    ("advertisement", "newsletter", "cookies"),
    ("related",),
    ("caption",),
    ("copyright",),
    ("byline",),
    ("date",),
    ("ticker",),
    ("label", "title", "authors", "source", "category", "tags", "published", "modified", "text", "none"),
)
_WITH_DISTANCE = frozenset({"comments", "related", "copyright", "share", "byline", "date", "caption"})
_WHOLE = 200_000
"""In a dump of more characters lines are not looked for within others: the time would grow with its square."""
_LONG_WORD = re.compile(r"[^\W\d_]{5,}")
_QUOTE = frozenset("\"“„«‘'「")


def columns(lines: Sequence[Unit], choice: Choice, gaps: Sequence[int]) -> tuple[tuple[str, ...], Columns]:
    """The features' names, and their values with one row a feature, one column a line, of which there is one at least.

    `choice` is what the rules decided; `gaps` are the line ends before each line.
    """
    seen = marks(lines, choice.kinds)
    items = np.fromiter((is_item(line.text) for line in lines), float, len(lines))
    found: list[Named] = [
        *_shape(lines, seen, items),
        *placed(seen),
        *runs(seen),
        *between(lines, seen, choice),
        *from_prose(seen, choice),
        *_around(seen, items),
        *_kinds(seen, choice),
        *_rules(lines, seen, choice),
        *_copies(seen),
        *_topic(seen, choice),
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
    yield "clock", seen.clock
    yield "web", seen.web
    yield "capital", seen.capital
    yield "good", seen.good
    yield "item", items
    yield "colon", np.fromiter((line.text[-1] == ":" for line in lines), float, count)
    yield "full", np.fromiter((line.ends for line in lines), float, count)
    yield "opens_quote", np.fromiter((line.text[0] in _QUOTE for line in lines), float, count)
    yield "tick", np.fromiter((is_tick(line.text) for line in lines), float, count)
    yield "opens_low", np.fromiter((line.text[0].islower() for line in lines), float, count)
    yield "common", seen.common / (seen.words + 1)
    yield "site", seen.site
    yield "site_share", seen.site / (seen.words + 1)
    for name, values in seen.groups:
        yield f"site_{name}", values


def _around(seen: Marks, items: Row) -> Iterator[Named]:
    """Means over windows, and the neighbours one by one."""
    often = np.minimum(seen.times - 1, 5)
    for name, values, reaches in (
        ("good", seen.good, (1, 3, 8, 20)),
        ("words", seen.words, (2, 8)),
        ("ends", seen.ends, (2, 6)),
        ("site", seen.site, (2, 6)),
        ("capital", seen.capital, (3,)),
        ("common", seen.common, (3, 10)),
        ("cut", seen.cut, (4,)),
        ("clock", seen.clock, (2, 6)),
        ("often", often, (2, 6)),
        ("item", items, (2, 6)),
        ("web", seen.web, (4,)),
        ("furniture", seen.furniture, (2, 6)),
    ):
        for reach in reaches:
            yield f"{name}_w{reach}", window(values, reach, reach)
            if reach in (3, 8):
                yield f"{name}_b{reach}", window(values, reach, -1)
                yield f"{name}_a{reach}", window(values, -1, reach)
    for step in (1, -1, 2, -2, 3, -3):
        side = f"{'p' if step > 0 else 'n'}{abs(step)}"
        for name, values in (
            ("words", seen.words),
            ("ends", seen.ends),
            ("site", seen.site),
            ("capital", seen.capital),
            ("common", seen.common),
            ("clock", seen.clock),
            ("often", often),
        ):
            yield f"{name}_{side}", shifted(values, step)


def _kinds(seen: Marks, choice: Choice) -> Iterator[Named]:
    """What the table calls the line, and how far the last and the next line of each group are."""
    count = len(choice.kinds)
    at = np.arange(count)
    for group in _GROUPS:
        here = np.fromiter((kind in group for kind in choice.kinds), float, count)
        yield f"k_{group[0]}", here
        if group[0] in _WITH_DISTANCE:
            yield from distances(f"k_{group[0]}", np.flatnonzero(here), at)
        if group[0] in {"comments", "related", "copyright", "date"}:
            yield f"n_{group[0]}_before", np.cumsum(here) - here
    yield "furniture_before", running(seen.furniture)[:-1]
    for step in (1, -1, 2, -2):
        yield f"furniture_{'p' if step > 0 else 'n'}{abs(step)}", shifted(seen.furniture, step)


def _rules(lines: Sequence[Unit], seen: Marks, choice: Choice) -> Iterator[Named]:
    """What `choose` decided, and how far the title that it found is."""
    count = len(lines)
    at = np.arange(count)
    kept = np.zeros(count)
    kept[list(choice.kept)] = 1
    yield "kept", kept
    yield "kept_p1", shifted(kept, 1)
    yield "kept_n1", shifted(kept, -1)
    yield "from_start", np.clip(at - choice.start, -FAR, 4 * FAR).astype(float)
    yield "from_end", np.clip(at - choice.end, -4 * FAR, FAR).astype(float)
    yield "clean", np.full(count, float(choice.clean))
    value = np.fromiter((worth(line, kind) for line, kind in zip(lines, choice.kinds, strict=True)), float, count)
    yield "worth", value
    for cap in (10, 30):
        start, end = stretch(np.minimum(value, cap))
        yield f"in_worth_{cap}", ((at >= start) & (at < end)).astype(float)
    size = running(seen.size)[:-1]
    title = choice.title
    yield "from_title", np.full(count, -999.0) if title is None else np.clip(at - title, -99, 199).astype(float)
    yield "size_from_title", np.full(count, -9e5) if title is None else size - size[title]


def _copies(seen: Marks) -> Iterator[Named]:
    """How often the line stands on the page, alone or within another."""
    yield "times", seen.times
    count: Counter[str] = Counter()
    earlier = np.zeros(len(seen.low))
    for at, low in enumerate(seen.low):
        earlier[at] = count[low]
        count[low] += 1
    yield "earlier", earlier
    whole = "\n".join(seen.low)
    within = np.zeros(len(seen.low))
    known: dict[str, int] = {}
    for place in np.flatnonzero((seen.words >= 4) & (seen.size < 400)) if len(whole) <= _WHOLE else ():
        low = seen.low[place]
        if low not in known:
            known[low] = whole.count(low.strip('"“”„»«.')) - count[low]
        within[place] = known[low]
    yield "within", within


def _topic(seen: Marks, choice: Choice) -> Iterator[Named]:
    """How many of the line's longer words other lines of the article's stretch share, and the title."""
    words = [set(_LONG_WORD.findall(low)) for low in seen.low]
    heading = words[choice.title] if choice.title is not None else set()
    inside = [choice.start <= at < choice.end and seen.good[at] > 0 for at in range(len(words))]
    body = dict(Counter(word for own, within in zip(words, inside, strict=True) if within for word in own))
    shared, titled = np.zeros(len(words)), np.zeros(len(words))
    for at, own in enumerate(words):
        if own:
            least = inside[at]
            shared[at] = sum([body.get(word, 0) > least for word in own]) / len(own)
            titled[at] = len(own & heading)
    yield "shared", shared
    yield "titled", titled
    yield "long_words", np.fromiter(map(len, words), float, len(words))
    yield "shared_w4", window(shared, 4, 4)


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
