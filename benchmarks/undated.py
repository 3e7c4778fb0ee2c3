"""Pages whose date is hidden, placed by their story: `python benchmarks/undated.py DATA_DIR [--errors]`.

Of the incidents and of BASIL (`gold.stories`), the stories with three dated pages or more, up to
150 of each half of the set; of each story, in turn, every page's date is hidden before the page is read. Counted apart
are pages whose own text names, with its year, a day after their date ("Updated: …"): the set has the date of their
first text. Printed for each half: the share of the pages that are placed, the share of the placed ones whose true date
lies in the interval (goal: .95), the same with the pages counted apart, and the width from its first to its last day.
The rules' figures were chosen on the first half of the incidents.

    --errors   the pages whose date does not lie in the interval, by id
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from statistics import mean, median

from msgspec.structs import replace

from gold.stories import SETS
from rashomon.claims import deferred, read_out, settled
from rashomon.model import Claim, Dated, Page
from rashomon.stories import copies, undated
from rashomon.stories.told_when import is_ahead

_WRITTEN = re.compile(r"[A-Za-z]{3}.*\b\d{4}\b")
STORIES = 150
LEAST = 3
Told = tuple[Page, tuple[Claim, ...]]
"""A page with its times, and its claims."""


def stories(folder: Path, name: str, half: int) -> list[list[Page]]:
    """The dated pages of the stories of one half."""
    pages, gold = SETS[name](folder)
    by_story: dict[str, list[Page]] = defaultdict(list)
    for page in pages:
        if page.published.value:
            by_story[gold[page.id]].append(page)
    fit = [mine for _, mine in sorted(by_story.items()) if len(mine) >= LEAST]
    return fit[half::2][:STORIES]


def placed(pages: list[Page]) -> Iterator[tuple[Page, Dated, bool]]:
    """For each page of a story when it is placed without its date, and whether it was changed after that date."""
    seen = _read(pages)
    blind = _read([replace(page, published=Dated(None, "unknown", "")) for page in pages])
    for at, page in enumerate(pages):
        mine = [*seen[:at], blind[at], *seen[at + 1 :]]
        origin = copies([told for told, _ in mine])
        whole = [replace(told, copy_of=origin.get(told.id)) for told, _ in mine]
        found = undated.place(whole, [claim for _, claims in mine for claim in claims])[page.id]
        yield page, found, _changed(blind[at][0], str(page.published.value))


def _read(pages: list[Page]) -> list[Told]:
    waiting = [deferred(page) for page in pages]
    return [(settled(page), some.claims) for page, some in zip(waiting, read_out(waiting), strict=True)]


def _changed(page: Page, published: str) -> bool:
    """Whether a page names a day, with its year and not as still to come, that its date is before."""
    days = [time for time in page.times if time.basis == "stated" and _WRITTEN.search(time.exact)]
    return any(published < (time.value or "")[:10] < "3" and not is_ahead(page.text, time) for time in days)


def main() -> None:
    """Print the figures."""
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("folder", type=Path)
    words.add_argument("--errors", action="store_true")
    asked = words.parse_args()
    print("| set | pages | placed | true date inside | also of pages changed since | median width, days | mean width |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for name in ("gva", "basil"):
        for half in (0, 1):
            found = [each for told in stories(asked.folder, name, half) for each in placed(told)]
            print(f"| {name}, half {half + 1} | {_row(found, asked.errors)} |", flush=True)


def _row(found: list[tuple[Page, Dated, bool]], tell: bool) -> str:
    widths: list[int] = []
    right, every = [], []
    for page, when, changed in found:
        if when.value is None:
            continue
        first, last = when.value.split("/")
        every.append(first <= str(page.published.value) <= last)
        if changed:
            continue
        right.append(every[-1])
        widths.append((date.fromisoformat(last) - date.fromisoformat(first)).days)
        if not right[-1] and tell:
            print(f"{page.id}: {page.published.value} is not in {when.value}", file=sys.stderr)
    pages = sum(not changed for *_, changed in found)
    if not widths:
        return f"{pages} | 0 | – | – | – | –"
    shares = f"{len(widths) / pages:.3f} | {mean(right):.3f} | {mean(every):.3f}"
    return f"{pages} | {shares} | {median(widths)} | {mean(widths):.1f}"


if __name__ == "__main__":
    main()
