"""How long the HTML report takes to render, and how large it is.

    python benchmarks/report.py DATA_DIR [--set wording] [--pages 40] [-o FILE]

Takes the folder with `wording.jsonl.gz` and `incidents.jsonl.gz` and the first pages of one of them: once as if all
told one story, which makes the widest matrix, once as the stories that they are found to tell. The claims are read
before the clock starts; the first time has the import of what draws the charts in it.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

import rashomon
from gold.rows import rows
from rashomon.model import Page, Report, Story
from rashomon.reports.compose import timeline
from rashomon.stories import align


def read(folder: Path, name: str, wanted: int) -> list[Page]:
    """The first pages of the set; of incidents the widest told come first, as pages that tell one thing differ most."""
    found = list(rows(folder, name))
    if name == "incidents":
        found = [page for row in sorted(found, key=lambda row: -len(row["pages"])) for page in row["pages"]]
    return [_page(row) for row in found[:wanted]]


def _page(row: dict[str, Any]) -> Page:
    text = row.get("text") or "\n\n".join(row["paragraphs"])
    known = {"title": row.get("title"), "published": row.get("date"), "source": row.get("source"), "text": text}
    address = row.get("address") or row.get("url")
    return rashomon.read_page(text, address, {key: value for key, value in known.items() if value})


def as_one_story(report: Report) -> Report:
    """The same pages and claims, aligned as if they told one story."""
    pages, claims = report.pages, report.claims
    key = report.stories[0].id
    points = tuple(msgspec.structs.replace(point, story=key) for point in align(pages, claims))
    story = Story(
        id=key,
        title=report.stories[0].title,
        pages=tuple(page.id for page in pages),
        points=tuple(point.id for point in points),
    )
    told = tuple(timeline(pages, claims, points))
    return msgspec.structs.replace(report, stories=(story,), points=points, timeline=told)


def measure(name: str, report: Report, output: str | None) -> None:
    """One line: what was rendered, in how many seconds the first time and again, and how large it is."""
    from rashomon.reports.html import render

    seconds = []
    for _ in range(2):
        started = time.perf_counter()
        text = render(report)
        seconds.append(time.perf_counter() - started)
    size = len(text.encode("utf-8", "replace"))
    print(
        f"{name:12} {len(report.pages):3} pages  {len(report.claims):5} claims  {len(report.points):4} points  "
        f"{seconds[0]:5.2f} s  again {seconds[1]:5.2f} s  {size / 1e6:5.2f} MB"
    )
    if output:
        Path(output).with_suffix(f".{name.replace(' ', '-')}.html").write_text(text, encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> None:
    """Print a line for the stories as found, and one for all pages as one story."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path, metavar="DATA_DIR")
    parser.add_argument("--set", dest="name", choices=("wording", "incidents"), default="wording")
    parser.add_argument("--pages", type=int, default=40)
    parser.add_argument("-o", "--output", help="keep the reports too, beside this name")
    chosen = parser.parse_args(arguments)
    report = rashomon.report(read(chosen.folder, chosen.name, chosen.pages))
    one = as_one_story(report)
    measure("one story", one, chosen.output)
    measure("as found", report, chosen.output)


if __name__ == "__main__":
    main()
