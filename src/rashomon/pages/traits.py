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
from numpy.typing import NDArray

from rashomon.pages.choose import Choice, worth
from rashomon.pages.linemarks import Marks, Row, marks
from rashomon.pages.lines import Unit, is_item, is_tick
from rashomon.trees import Columns

Named = tuple[str, Row]

_FAR = 50.0
"""Distances in lines are told apart up to here."""
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
_CLOSING = frozenset({"comments", "related", "copyright", "newsletter", "share", "navigation"})
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
        *_place(seen),
        *_runs(seen),
        *_between(lines, seen, choice),
        *_from_prose(seen, choice),
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


def _place(seen: Marks) -> Iterator[Named]:
    """Where the line stands among the dump's prose."""
    count = len(seen.words)
    at = np.arange(count)
    total = max(1.0, float(seen.good.sum()))
    good = _sums(seen.good)
    yield "good_before", good[:-1] / total
    yield "good_after", (total - good[1:]) / total
    yield "good_words_before", good[:-1]
    yield "at", at.astype(float)
    yield "at_share", at / count
    yield "left", (count - 1 - at).astype(float)
    size = _sums(seen.size)
    yield "size_before", size[:-1] / size[-1]
    yield from _distances("good", np.flatnonzero(seen.good), at)
    yield from _distances("long", np.flatnonzero((seen.words >= 25) & (seen.furniture == 0)), at)
    yield from _distances("often", np.flatnonzero((seen.times >= 3) & (seen.good == 0)), at)
    for cost in (8, 12, 18):
        start, end = _stretch(np.minimum(seen.words * (seen.furniture == 0), 40) - cost)
        yield f"in_{cost}", ((at >= start) & (at < end)).astype(float)
        if cost == 12:
            yield "before_12", np.maximum(0, start - at).astype(float)
            yield "after_12", np.maximum(0, at - end + 1).astype(float)
    start, end = _stretch(seen.good - 4 - 8 * seen.furniture)
    yield "in_good", ((at >= start) & (at < end)).astype(float)
    yield "before_good", np.maximum(0, start - at).astype(float)
    yield "after_good", np.maximum(0, at - end + 1).astype(float)


def _runs(seen: Marks) -> Iterator[Named]:
    """Runs of prose that so many other lines part: how great the line's own is, or the last one before it."""
    count = len(seen.good)
    at = np.arange(count)
    where = np.flatnonzero(seen.good)
    total = max(1.0, float(seen.good.sum()))
    for width in (1, 3, 6):
        if len(where) == 0:
            for name in ("run", "run_share", "run_best", "run_at", "run_big_before", "run_in", "run_mean"):
                yield f"{name}_{width}", np.zeros(count)
            continue
        number = np.concatenate([[0], np.cumsum(np.diff(where) > width + 1)])
        words = np.bincount(number, seen.good[where])
        lines = np.bincount(number)
        own = number[np.maximum(np.searchsorted(where, at, side="right") - 1, 0)]
        last = np.concatenate([where[np.flatnonzero(np.diff(number))], where[-1:]])
        big = words >= 0.5 * words.max()
        yield f"run_{width}", words[own]
        yield f"run_share_{width}", words[own] / total
        yield f"run_best_{width}", words[own] / words.max()
        yield f"run_at_{width}", own.astype(float)
        yield f"run_big_before_{width}", (np.cumsum(big) - big)[own].astype(float)
        yield f"run_in_{width}", ((at <= last[own]) & (at >= where[0])).astype(float)
        yield f"run_mean_{width}", words[own] / lines[own]


def _between(lines: Sequence[Unit], seen: Marks, choice: Choice) -> Iterator[Named]:
    """What stands between the last line of prose and the next: a list of the article's, or the page's furniture."""
    count = len(lines)
    at = np.arange(count)
    where = np.flatnonzero(seen.good)
    place = np.searchsorted(where, at)
    edges = np.concatenate([[-1], where, [count]])
    first, last = edges[place] + 1, edges[place + 1]
    here = seen.good > 0
    first, last = np.where(here, at, first), np.where(here, at + 1, last)
    long = np.maximum(1, last - first)
    colon = np.fromiter((line.text[-1] == ":" for line in lines), float, count)
    item = np.fromiter((is_item(line.text) for line in lines), float, count)
    yield "gap_lines", (last - first).astype(float)
    yield "gap_open", (last == count).astype(float)
    for name, values in (
        ("furniture", seen.furniture),
        ("site", seen.site),
        ("often", (seen.times >= 3).astype(float)),
        ("colon", colon),
        ("item", item),
        ("words", seen.words),
        ("capital", seen.capital),
        ("clock", seen.clock),
        ("web", seen.web),
        ("ends", seen.ends),
    ):
        sums = _sums(values)
        yield f"gap_{name}", (sums[last] - sums[first]) / long
        if name in {"furniture", "site", "often", "colon"}:
            yield f"gap_{name}_before", sums[at] - sums[first]
            yield f"gap_{name}_after", sums[last] - sums[np.minimum(at + 1, count)]
    before = np.maximum(first - 1, 0)
    yield "gap_after_colon", colon[before] * (first > 0)
    yield "gap_words_spread", _spread(seen.words, first, last)


def _spread(values: Row, first: NDArray[np.intp], last: NDArray[np.intp]) -> Row:
    """How unlike the values of each stretch are: their standard deviation over their mean."""
    sums, squares = _sums(values), _sums(values * values)
    long = np.maximum(1, last - first)
    mean = (sums[last] - sums[first]) / long
    return np.asarray(np.sqrt(np.maximum(0, (squares[last] - squares[first]) / long - mean * mean)) / (mean + 1))


def _from_prose(seen: Marks, choice: Choice) -> Iterator[Named]:
    """What stands between the line and the greatest run of prose."""
    count = len(seen.good)
    at = np.arange(count)
    where = np.flatnonzero(seen.good)
    start = end = 0
    if len(where):
        number = np.concatenate([[0], np.cumsum(np.diff(where) > 4)])
        best = where[number == np.argmax(np.bincount(number, seen.good[where]))]
        start, end = int(best[0]), int(best[-1])
    low = np.where(at > end, end + 1, np.minimum(at + 1, start))
    high = np.where(at > end, at, np.maximum(start, low))
    inside = (at >= start) & (at <= end)
    low, high = np.where(inside, at, low), np.where(inside, at, high)
    side = np.where(inside, 0, np.where(at > end, 1, -1))
    yield "prose_side", side.astype(float)
    yield "prose_lines", (high - low).astype(float) * side
    closing = np.fromiter((kind in _CLOSING for kind in choice.kinds), float, count)
    for name, values in (
        ("furniture", seen.furniture),
        ("closing", closing),
        ("site", seen.site),
        ("often", (seen.times >= 3).astype(float)),
        ("short", ((seen.words <= 3) & (seen.ends == 0)).astype(float)),
        ("good", (seen.good > 0).astype(float)),
        ("clock", seen.clock),
    ):
        sums = _sums(values)
        yield f"prose_{name}", (sums[high] - sums[low]) * side


def _distances(name: str, where: NDArray[np.intp], at: NDArray[np.intp]) -> Iterator[Named]:
    """How far the next and the last of some lines are."""
    if len(where) == 0:
        yield f"{name}_next", np.full(len(at), _FAR)
        yield f"{name}_last", np.full(len(at), _FAR)
        return
    place = np.searchsorted(where, at)
    ahead = np.where(place < len(where), where[np.minimum(place, len(where) - 1)] - at, _FAR)
    behind = np.where(place > 0, at - where[np.maximum(place - 1, 0)], _FAR)
    yield f"{name}_next", np.minimum(_FAR, ahead)
    yield f"{name}_last", np.minimum(_FAR, behind)


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
            yield f"{name}_w{reach}", _window(values, reach, reach)
            if reach in (3, 8):
                yield f"{name}_b{reach}", _window(values, reach, -1)
                yield f"{name}_a{reach}", _window(values, -1, reach)
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
            yield f"{name}_{side}", _shifted(values, step)


def _sums(values: Row) -> Row:
    """The sums up to each line, and of all."""
    return np.concatenate([[0.0], np.cumsum(values)])


def _window(values: Row, before: int, after: int) -> Row:
    """The mean of the lines from so many before to so many after; -1 leaves the line itself out."""
    at, sums = np.arange(len(values)), _sums(values)
    low, high = np.clip(at - before, 0, len(values)), np.clip(at + after + 1, 0, len(values))
    return np.asarray((sums[high] - sums[low]) / np.maximum(1, high - low))


def _shifted(values: Row, step: int) -> Row:
    """The values of the line `step` lines before (after, where negative); 0 beyond the ends."""
    out = np.zeros_like(values)
    if step > 0:
        out[step:] = values[:-step]
    else:
        out[:step] = values[-step:]
    return out


def _kinds(seen: Marks, choice: Choice) -> Iterator[Named]:
    """What the table calls the line, and how far the last and the next line of each group are."""
    count = len(choice.kinds)
    at = np.arange(count)
    for group in _GROUPS:
        here = np.fromiter((kind in group for kind in choice.kinds), float, count)
        yield f"k_{group[0]}", here
        if group[0] in _WITH_DISTANCE:
            yield from _distances(f"k_{group[0]}", np.flatnonzero(here), at)
        if group[0] in {"comments", "related", "copyright", "date"}:
            yield f"n_{group[0]}_before", np.cumsum(here) - here
    yield "furniture_before", _sums(seen.furniture)[:-1]
    for step in (1, -1, 2, -2):
        yield f"furniture_{'p' if step > 0 else 'n'}{abs(step)}", _shifted(seen.furniture, step)


def _rules(lines: Sequence[Unit], seen: Marks, choice: Choice) -> Iterator[Named]:
    """What `choose` decided, and how far the title that it found is."""
    count = len(lines)
    at = np.arange(count)
    kept = np.zeros(count)
    kept[list(choice.kept)] = 1
    yield "kept", kept
    yield "kept_p1", _shifted(kept, 1)
    yield "kept_n1", _shifted(kept, -1)
    yield "from_start", np.clip(at - choice.start, -_FAR, 4 * _FAR).astype(float)
    yield "from_end", np.clip(at - choice.end, -4 * _FAR, _FAR).astype(float)
    yield "clean", np.full(count, float(choice.clean))
    value = np.fromiter((worth(line, kind) for line, kind in zip(lines, choice.kinds, strict=True)), float, count)
    yield "worth", value
    for cap in (10, 30):
        start, end = _stretch(np.minimum(value, cap))
        yield f"in_worth_{cap}", ((at >= start) & (at < end)).astype(float)
    size = _sums(seen.size)[:-1]
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
    yield "shared_w4", _window(shared, 4, 4)


def _page(seen: Marks, gaps: Row) -> Iterator[Named]:
    """What the page is like: the same for all its lines; and blank lines, which some dumps have and others lack."""
    ones = np.ones(len(gaps))
    yield "gap", gaps - gaps.mean()
    yield "gap_next", _shifted(gaps, -1) - gaps.mean()
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


def _stretch(values: Row) -> tuple[int, int]:
    """The stretch with the greatest sum, its start and end; empty where nothing is above 0."""
    sums = _sums(values)
    low = np.minimum.accumulate(sums)
    end = int(np.argmax(sums - low))
    return (int(np.argmin(sums[: end + 1])), end) if sums[end] > low[end] else (0, 0)
