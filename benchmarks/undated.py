"""Pages whose date is hidden, placed by their story: `python benchmarks/undated.py DATA_DIR [--other] [--next]`.

Of the incidents (`story_sets.gva`) with three dated pages or more, every second up to 150; of each, in turn, another
page's date is hidden before the pages are read. Printed: the share of these pages that are placed, the share of the
placed ones whose true date lies in the interval (goal: .95), and the median width in days from its first to its last.

    --other    the other half of the incidents
    --next     of each story, the page after the one that is else hidden: the rules were written looking at those
    --errors   the pages whose date does not lie in the interval, by id
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from statistics import median

from msgspec.structs import replace

from rashomon.model import Dated, Page
from rashomon.run import extract_claims
from rashomon.stories import copies, undated
from story_sets import gva

STORIES = 150
LEAST = 3


def stories(folder: Path, other: bool) -> list[list[Page]]:
    """The dated pages of the incidents of one half."""
    pages, gold = gva(folder)
    by_story: dict[str, list[Page]] = defaultdict(list)
    for page in pages:
        if page.published.value:
            by_story[gold[page.id]].append(page)
    fit = [mine for _, mine in sorted(by_story.items()) if len(mine) >= LEAST]
    return fit[int(other) :: 2][:STORIES]


def placed(told: list[list[Page]], turn: int) -> Iterator[tuple[Page, Dated]]:
    """For each story, the page whose date is hidden, with its date, and when it is placed; `turn`: which is first."""
    for number, pages in enumerate(told, turn):
        at = number % len(pages)
        blind = replace(pages[at], published=Dated(None, "unknown", ""))
        mine = [*pages[:at], blind, *pages[at + 1 :]]
        claims = [claim for some in extract_claims(mine) for claim in some]
        origin = copies(mine)
        mine = [replace(page, copy_of=origin.get(page.id)) for page in mine]
        yield pages[at], undated.place(mine, claims)[blind.id]


def main() -> None:
    """Print the figures."""
    options = set(sys.argv[2:])
    told = stories(Path(sys.argv[1]), "--other" in options)
    widths, right = [], 0
    for page, found in placed(told, int("--next" in options)):
        if found.value is None:
            continue
        first, last = found.value.split("/")
        inside = first <= str(page.published.value) <= last
        right += inside
        widths.append((date.fromisoformat(last) - date.fromisoformat(first)).days)
        if not inside and "--errors" in options:
            print(f"{page.id}: {page.published.value} is not in {found.value}")
    print("| pages | placed | true date inside | median width, days |")
    print("| --- | --- | --- | --- |")
    share = f"{right / len(widths):.3f}" if widths else "–"
    print(f"| {len(told)} | {len(widths) / len(told):.3f} | {share} | {median(widths) if widths else '–'} |")


if __name__ == "__main__":
    main()
