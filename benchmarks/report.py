"""How long the HTML report takes to render, and how large it is.

    python benchmarks/report.py DATA_DIR [--pages 40] [-o FILE]

Takes the folder with `wording.jsonl.gz` and its first pages: once as the stories that they are found to tell, once
as if all told one story, which makes the widest matrix. The claims are read before the clock starts.
"""

from __future__ import annotations

import argparse
import gzip
import json
import time
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

import msgspec

import rashomon
from rashomon.model import Page, Report, Story
from rashomon.reports.compose import timeline
from rashomon.stories import align


def read(folder: Path, wanted: int) -> list[Page]:
    """The first pages of the set."""
    with gzip.open(folder / "wording.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in islice(lines, wanted)]
    return [
        rashomon.read_page(
            "\n\n".join(row["paragraphs"]) or row["title"],
            row["address"],
            {"title": row["title"], "published": row["date"], "source": row["source"],
             "text": "\n\n".join(row["paragraphs"])},
        )
        for row in rows
    ]  # fmt: skip


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
    parser.add_argument("--pages", type=int, default=40)
    parser.add_argument("-o", "--output", help="keep the reports too, beside this name")
    chosen = parser.parse_args(arguments)
    report = rashomon.report(read(chosen.folder, chosen.pages))
    one = as_one_story(report)
    measure("one story", one, chosen.output)
    measure("as found", report, chosen.output)


if __name__ == "__main__":
    main()
