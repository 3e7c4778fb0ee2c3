"""Pages and claims → Report: copies marked, names joined, stories found, points aligned, the timeline laid out."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

import msgspec

from rashomon.model import Claim, Dated, Event, Gap, Line, Moment, Page, PageGap, Point, Report, Story
from rashomon.stories import align, copies, find_with_gaps, names, undated

_DATE = re.compile(r"\d{4}(?:-(?:\d\d(?:-\d\d)?|W\d\d|Q\d|SU|SP|FA|WI))?(?:T\S+)?$")
_FLOATING = re.compile(r"XXXX-(?:WXX-\d|\d\d(?:-\d\d)?)(?:T\S+)?$")
"""A weekday, or a day of a month, that no date resolves."""
_PARTS = {"MO": "06", "DT": "08", "MI": "12", "AF": "13", "EV": "18", "NI": "21"}
"""From when a part of a day is sorted among clocks."""
replace = msgspec.structs.replace


Aligning = Callable[[Sequence[Page], Sequence[Claim]], list[Point]]


def compose(
    pages: Sequence[Page],
    claims: Sequence[Claim],
    gaps: Iterable[PageGap] = (),
    *,
    found: Sequence[Story] | None = None,
    aligning: Aligning = align,
) -> Report:
    """The report of the pages (in their order) and of all their claims (page by page, in the order of the text).

    `gaps` are those of captures that no page could be made of; those of the pages are added to them. `found`: the
    stories of the pages, where they are known; `aligning`: what makes points of a story's pages and claims.
    """
    from rashomon import __version__

    pages = _once(pages)
    origin = copies(pages)
    pages = [replace(page, copy_of=page.copy_of or origin.get(page.id)) for page in pages]
    joined = names.join(pages)
    claims = _joined(claims, joined.of)
    told, beside = find_with_gaps(pages) if found is None else (found, [])
    placed = _placed(pages, claims, told)
    lacking = [PageGap(page.id, *_gap(page, gap, placed)) for page in pages for gap in page.gaps]
    as_of = _as_of(pages)  # as pages and captures tell it, not as it is inferred
    pages = [replace(page, published=placed.get(page.id, page.published)) for page in pages]
    stories, points = _stories(pages, claims, told, aligning)
    return Report(
        version=__version__,
        as_of=as_of,
        stories=tuple(stories),
        pages=tuple(pages),
        claims=tuple(claims),
        entities=joined.entities,
        points=tuple(points),
        timeline=tuple(timeline(pages, claims, points)),
        gaps=(*gaps, *lacking, *beside),
    )


def _once(pages: Iterable[Page]) -> list[Page]:
    """The pages without those that are the same capture of the same address."""
    return list({page.id: page for page in pages}.values())


def _joined(claims: Iterable[Claim], of: Mapping[str, str]) -> list[Claim]:
    """The claims, each once, naming the joined entities."""
    out: dict[str, Claim] = {}
    for claim in claims:
        speaker = replace(claim.speaker, entity=_id(claim.speaker.entity, of))
        event = claim.event
        if event is not None:
            event = Event(event.code, _id(event.actor, of), _id(event.recipient, of))
        places = tuple(replace(place, entity=_id(place.entity, of)) for place in claim.places)
        out.setdefault(claim.id, replace(claim, speaker=speaker, event=event, places=places))
    return list(out.values())


def _id(entity: str | None, of: Mapping[str, str]) -> str | None:
    return of.get(entity, entity) if entity else None


def _placed(pages: Sequence[Page], claims: Sequence[Claim], told: Sequence[Story]) -> dict[str, Dated]:
    """When the undated pages of stories were published, by what they share with the dated ones: page id → date."""
    story_of = {page: story.id for story in told for page in story.pages}
    lacking = {story_of[page.id] for page in pages if page.published.value is None and page.id in story_of}
    mine: dict[str, list[Page]] = defaultdict(list)
    said: dict[str, list[Claim]] = defaultdict(list)
    for page in pages if lacking else ():
        mine[story_of.get(page.id, "")].append(page)
    for claim in claims if lacking else ():
        said[story_of.get(claim.page, "")].append(claim)
    return {page: dated for story in sorted(lacking) for page, dated in undated.place(mine[story], said[story]).items()}


def _gap(page: Page, gap: Gap, placed: Mapping[str, Dated]) -> tuple[str, str]:
    """A page's gap for the report, which knows why the page's story gives it no date either."""
    found = placed.get(page.id)
    if found is None or found.value or gap != Gap("publication date", page.published.why):
        return gap.what, gap.why
    return gap.what, found.why


def _stories(
    pages: Sequence[Page], claims: Sequence[Claim], told: Sequence[Story], aligning: Aligning
) -> tuple[list[Story], list[Point]]:
    """The stories with the ids of their points, and the points of all of them."""
    by_id = {page.id: page for page in pages}
    by_page: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_page[claim.page].append(claim)
    stories: list[Story] = []
    points: list[Point] = []
    for story in told:
        mine = [by_id[page] for page in story.pages]
        found = [replace(p, story=story.id) for p in aligning(mine, [c for page in mine for c in by_page[page.id]])]
        title = _title(mine, [c for page in mine for c in by_page[page.id]], found) or story.title
        stories.append(replace(story, title=title, points=tuple(point.id for point in found)))
        points.extend(found)
    return stories, points


def _title(pages: Sequence[Page], claims: Sequence[Claim], points: Sequence[Point]) -> str | None:
    """The title of the page that tells the story with the least loaded words for its length; of such pages the one that
    tells most of what several pages tell. Copies lend no title, nor do pages without one."""
    loaded = Counter(claim.page for claim in claims for _ in claim.loaded)
    page_of = {claim.id: claim.page for claim in claims}
    shared = Counter(page for point in points if point.pages > 1 for page in {page_of[claim] for claim in point.claims})
    titled = [page for page in pages if page.title and page.copy_of is None]
    if not titled:
        return None
    return min(titled, key=lambda page: (round(100 * loaded[page.id] / _words(page)), -shared[page.id])).title


def _words(page: Page) -> int:
    return max(1, len(page.text.split()))


def _as_of(pages: Iterable[Page]) -> str | None:
    """The latest publication, modification or capture among the pages; null where none has a date."""
    values = [value for page in pages for value in (_latest(page.published), _latest(page.modified), page.captured)]
    return max((value for value in values if value), default=None)


def _latest(dated: Dated | None) -> str | None:
    """The end of an interval, the value of anything else."""
    return dated.value.split("/")[-1] if dated is not None and dated.value else None


def timeline(pages: Sequence[Page], claims: Sequence[Claim], points: Sequence[Point]) -> list[Line]:
    """What happened or is to happen when: a line for each dated event, number or expectation, in order of time.

    Claims that are dated the same share a line where they are of one point, say the same in the same words (as copies
    do), or stand one inside the other on a page; the outermost of the first page words it. Weekdays and days of a
    month that no date resolves come last, in the order of the pages.
    """
    points_of: dict[str, list[str]] = defaultdict(list)
    for point in points:
        for each in point.claims:
            points_of[each].append(point.id)
    order = {page.id: i for i, page in enumerate(pages)}
    dated: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        when = claim.when
        tells = claim.event is not None or claim.numbers or claim.status in ("expected", "conditional")
        if when is None or when.value is None or not tells:
            continue
        if _DATE.match(when.value) or _FLOATING.match(when.value):
            dated[when.value].append(claim)
    groups = [
        (value, group)
        for value, mine in dated.items()
        for group in _folded(sorted(mine, key=lambda claim: (order[claim.page], *_widest(claim))), points_of)
    ]
    groups.sort(key=lambda item: (*_rank(item[0]), order[item[1][0].page], item[1][0].span.start))
    return [_line(group) for _, group in groups]


def _widest(claim: Claim) -> tuple[int, int]:
    """Sorts by where the claim begins, what reaches farther before what lies inside it."""
    return claim.span.start, -claim.span.end


def _folded(claims: Sequence[Claim], points_of: Mapping[str, Sequence[str]]) -> list[list[Claim]]:
    """The claims of one time in the lines that they share, in order of the first of each."""
    lines: list[list[Claim]] = []
    of_page: dict[str, list[list[Claim]]] = defaultdict(list)
    keyed: dict[str, list[Claim]] = {}
    for claim in claims:
        keys = (*points_of.get(claim.id, ()), " ".join(claim.span.exact.split()).casefold())
        shared = [keyed[key] for key in keys if key in keyed]
        line = shared[0] if shared else next((line for line in of_page[claim.page] if _inside(claim, line)), None)
        if line is None:
            line = []
            lines.append(line)
            of_page[claim.page].append(line)
        line.append(claim)
        for key in keys:
            keyed.setdefault(key, line)
    return lines


def _inside(claim: Claim, line: Sequence[Claim]) -> bool:
    """Whether the claim's words lie inside those that the line, of the same page, is worded with."""
    first = line[0]
    return first.span.start <= claim.span.start and claim.span.end <= first.span.end


def _rank(value: str) -> tuple[int, str]:
    """Dates in order, the parts of a day among its clocks; what has no date after all of them."""
    date, _, clock = value.partition("T")
    return (1, "") if _FLOATING.match(value) else (0, f"{date}T{_PARTS.get(clock, clock)}" if clock else date)


def _line(group: Sequence[Claim]) -> Line:
    when = group[0].when
    assert when is not None
    ids = tuple(claim.id for claim in group)
    return Line(Moment(when.value, when.basis), group[0].span.exact, ids)
