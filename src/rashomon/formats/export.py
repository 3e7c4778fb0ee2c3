"""A report in the form that is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from rashomon.formats import feed, ftm, linked, table
from rashomon.model import Page, Report
from rashomon.reports.words import VERDICT_MARKS
from rashomon.stories.dates import stretch


def write_json(report: Report) -> bytes:
    """The report as one JSON object of the published schema."""
    import rashomon
    from rashomon.schema import checked, written

    return written(checked(rashomon.to_json(report)))


def items(report: Report) -> list[feed.Item]:
    """The points of several pages as entries of a feed, the newest first: dated by their latest page."""
    pages = {page.id: page for page in report.pages}
    page_of = {claim.id: pages[claim.page] for claim in report.claims}
    out = []
    for point in report.points:
        if point.verdict == "single":
            continue
        mine = [page_of[each] for each in point.claims]
        last = max(mine, key=lambda page: _when(page))
        address = last.address if (last.address or "").startswith(("http://", "https://")) else None
        sources = ", ".join(dict.fromkeys(page.source or page.address or "source unknown" for page in mine))
        out.append(
            feed.Item(
                id=linked.uri(point.id),
                title=f"{VERDICT_MARKS[point.verdict]} {point.verdict}: {point.title}",
                text=f"{point.why}\n{sources}",
                at=_when(last),
                address=address,
                tags=(point.verdict, point.kind),
            )
        )
    return sorted(out, key=lambda item: item.at, reverse=True)


def _when(page: Page) -> str:
    """When a page was published as feeds want it; the beginning of its day, month or interval."""
    from rashomon.store.store import iso

    found = stretch(page.published.value)
    return iso(found[0]) if found else "1970-01-01T00:00:00Z"


def _title(report: Report) -> str:
    return report.stories[0].title if len(report.stories) == 1 else "Points of all stories"


FORMATS: Mapping[str, Callable[[Report], bytes]] = {
    "json": write_json,
    "jsonl": table.write_jsonl,
    "csv": table.write_csv,
    "parquet": table.write_parquet,
    "ftm": ftm.write,
    "annotation": linked.write_annotation,
    "claim": linked.write_claim,
    "atom": lambda report: feed.atom(items(report), _title(report)),
    "jsonfeed": lambda report: feed.json_feed(items(report), _title(report)),
}
"""What `rashomon export --format` takes."""
