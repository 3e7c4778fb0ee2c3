"""Cleaned pages against gold, ours beside others' in one run.

    python benchmarks/pages.py DATA_DIR [--set NAME…] [--limit N] [--system NAME…] [--cross-validate]
    NAME of a set: scrapinghub, fundus, htmldate, made_up,
        dump_scrapinghub, dump_fundus, dump_made_up, dump_made_up_more

Reads `pages_*.jsonl.gz` of a folder; fetches nothing. Body: precision and recall of 4-word shingles, meaned
over the pages (the protocol of scrapinghub's article-extraction-benchmark; where the gold marks a standfirst,
keeping or leaving it is both right). Title: exact but for case and punctuation. The gold of fundus names agencies,
desks and publishers among the authors; our pages keep these apart from people, as credits. Byline: people and
credits as one set, which is exactly the gold's (for peers, their authors); authors: people only, held against the
same gold; people's bylines: authors on the pages whose gold names people alone, by our own rules. Date: the same
day. Tags: F1. Our trees have learned from the pages of scrapinghub and fundus: what they reach on sites that they
have not seen is printed by --cross-validate, which fits them anew for each fold (an hour on one core, LightGBM
needed). `made_up`, `dump_made_up` and `dump_made_up_more` were made up for this, in the manner of sites that the trees
have not learned from (src/gold/made_up.py). "Mapped back" is rashomon with what it makes of a page only when somebody
looks: the plan, and what was dropped; read after rashomon, it finds the page's names and classes remembered. Pages a
second: one core, all systems in turn, each reading runs of 25 pages as whoever uses it does (page by page, each finds
the processor's cache full of the others' things) and none clearing away what another has left in memory; reading the
file and the first ten pages once left out. Peers that are not installed are left out with a sentence (they are the
dependency group "bench").
"""

from __future__ import annotations

import argparse
import gc
import re
import statistics
import subprocess
import sys
import time
import unicodedata
import warnings
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from gold.made_up import made_up, made_up_html
from gold.rows import Row, rows
from page_systems import PACE, Reader, long_lines, mapped, nothing, ours, peers

_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af"
_TOKEN = re.compile(rf"[{_CJK}]|[^\W{_CJK}]+")
_HTML_SETS = ("scrapinghub", "fundus", "htmldate", "made_up")
_DUMP_SETS = ("dump_scrapinghub", "dump_fundus", "dump_made_up", "dump_made_up_more")
_MADE_UP = {"dump_made_up": "unseen", "dump_made_up_more": "more"}
_RUN = 25
"""Pages that one system reads before the next has them."""
_WARM = 10
"""So many pages are read by all systems before the clock starts,"""
_UNDATED: Row = {
    "html": "<html><head><title>Harbour bridge shut</title></head><body><h1>Harbour bridge shut</h1><p class=date>"
    "3 of the fifth 2024</p><p>The harbour bridge was shut after cracks were found in its piers, the port said.</p>",
    "text": "Harbour bridge shut\nThe harbour bridge was shut after cracks were found in its piers, the port said.",
}
"""and one that only a date parser of many languages reads, which takes seconds to be made ready."""


def _shingles(text: str | None) -> Counter[tuple[str, ...]]:
    words = _TOKEN.findall(text or "")
    return Counter(tuple(words[at : at + 4]) for at in range(max(1, len(words) - 3))) if words else Counter()


def _overlap(gold: str, text: str | None) -> tuple[float | None, float | None, float]:
    """Precision, recall and F1 of one page."""
    want, got = _shingles(gold), _shingles(text)
    hit = (want & got).total()
    both = want.total() + got.total()
    return (hit / got.total() if got else None), (hit / want.total() if want else None), 2 * hit / both if both else 1.0


def _fold(text: str | None) -> str:
    plain = "".join(c for c in unicodedata.normalize("NFKD", text or "") if not unicodedata.combining(c)).casefold()
    return " ".join(_TOKEN.findall(re.sub(r"['\u2019\u2018`\u00b4]", "", plain)))


def _days(value: str | None) -> set[str]:
    """The day of a date in its own offset and in UTC."""
    try:
        moment = datetime.fromisoformat(re.sub(r"Z$", "+00:00", str(value).strip()))
    except ValueError:
        # A gold without a date may be no text at all (NaN): no day is that one.
        return {str(value)[:10]} if re.match(r"\d{4}-\d\d-\d\d", str(value)) else set()
    return {moment.date().isoformat()} | ({moment.astimezone(UTC).date().isoformat()} if moment.tzinfo else set())


_SAID = {"byline": "byline (people, credits)", "authors": "authors (people only)", "people": "people's bylines"}


class Tally:
    """One system's scores on one set."""

    def __init__(self) -> None:
        self.bodies: list[tuple[float | None, float | None, float]] = []
        self.right: Counter[str] = Counter()
        self.asked: Counter[str] = Counter()
        self.tags: Counter[str] = Counter()
        self.seconds = 0.0
        self.pages = 0

    def add(self, gold: Row, got: Row) -> None:
        """Count one page."""
        self.pages += 1
        if (body := gold.get("body")) and "text" in got:
            summary = gold.get("summary")
            golds = [body, body[len(summary) :]] if summary and summary != body else [body]
            self.bodies.append(max((_overlap(text, got.get("text")) for text in golds), key=lambda found: found[2]))
        for key, field, fits in (
            ("title", "title", _same_title),
            ("authors", "authors", _same_authors),
            ("date", "published", _same_day),
        ):
            if gold.get(key) and field in got:
                self.asked[key] += 1
                self.right[key] += (right := fits(gold[key], got))
                if key == "authors":
                    self.asked["byline"] += 1
                    self.right["byline"] += _same_byline(gold[key], got)
                    if _are_people(gold[key], gold.get("publisher")):
                        self.asked["people"] += 1
                        self.right["people"] += right
        if gold.get("topics") and "tags" in got:
            want, have = ({_fold(tag) for tag in tags} - {""} for tags in (gold["topics"], got["tags"]))
            self.tags += Counter(hit=len(want & have), both=len(want) + len(have))

    def line(self, name: str, pace: float) -> str:
        """The table's line; `pace`: seconds of the system that speed is compared with."""
        cells = [f"{name:34}"]
        if self.bodies:
            precision = statistics.mean([found[0] for found in self.bodies if found[0] is not None] or [0.0])
            recall = statistics.mean([found[1] for found in self.bodies if found[1] is not None] or [0.0])
            cells.append(
                f"{precision:.3f} / {recall:.3f} / {2 * precision * recall / max(1e-9, precision + recall):.3f}"
            )
            cells.append(f"under half {sum(found[2] < 0.5 for found in self.bodies):3}")
        cells += [f"{_SAID.get(key, key)} {self.right[key] / count:.3f}" for key, count in self.asked.items()]
        if self.tags["both"]:
            cells.append(f"tags {2 * self.tags['hit'] / self.tags['both']:.3f}")
        if self.seconds > 0.01:
            cells.append(f"{self.pages / self.seconds:8.1f} pages/s")
            cells.append(f"{pace / self.seconds:5.2f} ×" if pace else "")
        return "  ".join(cells)


def _same_title(gold: str, got: Row) -> bool:
    return _fold(gold) == _fold(got["title"])


def _same_authors(gold: Any, got: Row) -> bool:
    return _names(gold) == _names(got["authors"])


def _same_byline(gold: Any, got: Row) -> bool:
    authors = got["authors"]
    return _names(gold) == _names([*([authors] if isinstance(authors, str) else authors), *got.get("credits", ())])


def _names(value: Any) -> set[str]:
    parts = (
        re.split(r"\s*(?:;|,|\||/|\band\b|\bund\b|\bet\b|&)\s*", entry)
        for entry in ([value] if isinstance(value, str) else value)
    )
    return {
        _fold(re.sub(r"^\s*(by|von|par|por|di|af|av)\s+", "", name, flags=re.I)) for names in parts for name in names
    } - {""}


def _same_day(gold: str, got: Row) -> bool:
    return bool(_days(gold) & _days(got["published"]))


def _are_people(gold: Any, publisher: str | None) -> bool:
    """Whether our rules take every name of the gold for a person's."""
    from rashomon.pages.authors import people

    return _names(gold) == _names(people([gold] if isinstance(gold, str) else gold, publisher))


def _given(folder: Path, name: str) -> Iterator[Row]:
    if name == "made_up":
        return made_up_html()
    return made_up(_MADE_UP[name]) if name in _MADE_UP else rows(folder, f"pages_{name}")


def measure(folder: Path, name: str, limit: int | None, only: Sequence[str] = ()) -> list[str]:
    """The table of one set, a line a system (and a rendering, for dumps)."""
    systems: dict[str, Reader] = {"rashomon": ours}
    notes: list[str] = []
    if name in _DUMP_SETS:
        systems |= {"nothing": nothing, "drop lines under 10 words": long_lines}
    else:
        others, notes = peers()
        systems |= {"rashomon, mapped back": mapped, **others}
    systems = {system: read for system, read in systems.items() if not only or system in only}
    tallies: defaultdict[tuple[str, str], Tally] = defaultdict(Tally)
    for row in (
        *islice(_given(folder, name), _WARM),
        _UNDATED,
    ):  # what is imported and built once is no page's time
        for read in systems.values():
            read(row)
    given = islice(_given(folder, name), limit)
    while run := list(islice(given, _RUN)):
        for system, read in systems.items():
            gc.collect()  # what the others have left behind is nobody else's time
            timed: list[tuple[Row, Row, float]] = []
            for row in run:
                begin = time.perf_counter()
                got = read(row)
                timed.append((row, got, time.perf_counter() - begin))
            for row, got, seconds in timed:
                tally = tallies[row.get("render", ""), system]
                tally.seconds += seconds
                tally.add(row["gold"], got)
    head = f"{name}: body precision / recall / F1; × as fast as {PACE}"
    pace = tallies["", PACE].seconds if ("", PACE) in tallies else 0.0
    lines = [tally.line(f"  {' '.join(key).strip()}", pace) for key, tally in sorted(tallies.items())]
    return [head, *lines, *notes]


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--set", choices=(*_HTML_SETS, *_DUMP_SETS), action="append")
    parser.add_argument("--limit", type=int)
    parser.add_argument("--system", action="append", default=[], help="only this one (may be given again)")
    parser.add_argument("--cross-validate", action="store_true", help="fit the trees anew, without each page's site")
    args = parser.parse_args()
    warnings.simplefilter("ignore")  # the peers' own, of time zones and of parts that they would like installed
    for name in args.set or (*_HTML_SETS, *_DUMP_SETS):
        print("\n".join(measure(args.folder, name, args.limit, args.system)), flush=True)
        if name != "htmldate" and "made_up" not in name and not args.cross_validate:
            print("  rashomon's trees have learned from these pages: --cross-validate tells what they reach on others")
    for script in ("blocks.py", "dumps.py") if args.cross_validate else ():
        place = Path(__file__).parents[1] / "train" / script
        subprocess.run([sys.executable, str(place), str(args.folder), "--cross-validate", "--no-write"], check=True)


if __name__ == "__main__":
    main()
