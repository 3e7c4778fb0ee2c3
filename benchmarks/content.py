"""What claims say beside who says it: times, events, numbers, status, evidence, wording, and what reading them costs.

    python benchmarks/content.py DATA_DIR [--only NAME…]

Prints one table after the other, each figure with its goal; times, events and wording can be had in detail from
`times.py`, `events.py` and `wording.py`. Numbers, status and evidence are compared with what one reader judged
(`judged_*.jsonl` here: ids and offsets of public documents with the answers; docs/status-guideline.md and
docs/evidence-guideline.md say how they were drawn and judged). "As drawn" is the share that was right before anything
in the draw was mended; the share of today is a little better than on claims that nobody has looked at.

A judged claim is found again by its place and cue. Where today's reading has no such claim, it counts for nothing, and
how many these are is printed.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

import rashomon
from events import read as event_records
from events import score as event_scores
from gold.rows import rows
from rashomon.claims import events, numbers, times, wording
from rashomon.claims.extract import extract
from rashomon.model import Claim, Page
from rashomon.reader import parse
from times import score as time_scores
from wording import table as wording_table

HERE = Path(__file__).parent
AS_DRAWN = {
    ("numbers", "1"): 0.913,
    ("numbers", "2"): 0.947,
    ("status", "random"): 0.933,
    ("status", "by class"): 0.810,
    ("status", "3, by class"): 0.812,
    ("status", "3, by words"): 0.964,
    ("evidence", "1"): 0.68,
    ("evidence", "2, by label"): 0.632,
    ("evidence", "2, words without a label"): 0.783,
    ("evidence", "2, any claim"): 0.750,
    ("evidence", "3, by label"): 0.864,
    ("evidence", "3, words without a label"): 0.875,
    ("evidence", "3, any claim"): 0.533,
    ("evidence", "4, by label"): 0.812,
    ("evidence", "4, words without a label"): 0.667,
    ("evidence", "4, any claim"): 0.938,
}
GOAL = {"numbers": 0.93, "status": 0.88}
TIMED = 60
"""So many articles are timed."""


def told(title: str, share: float, of: int | None = None, goal: float | None = None, note: str = "") -> str:
    """A line of a table."""
    parts = [f"{title:44}{share:6.3f}", f"of {of}" if of is not None else "", f"goal {goal:.2f}" if goal else "", note]
    return "  ".join(part for part in parts if part)


def drawn(kind: str, draw: str) -> str:
    """What a draw gave before anything in it was mended."""
    share = AS_DRAWN.get((kind, draw))
    return f"as drawn {share:.3f}" if share is not None else ""


def judged(name: str) -> list[dict[str, Any]]:
    """The judgements of one kind."""
    return [json.loads(line) for line in (HERE / f"judged_{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def texts(folder: Path, wanted: set[str]) -> dict[str, str]:
    """The texts of documents "set:id"."""
    out: dict[str, str] = {}
    for name in sorted({one.split(":", 1)[0] for one in wanted}):
        for row in rows(folder, name):
            for one in row["pages"] if name == "incidents" else [row]:
                if f"{name}:{one['id']}" in wanted:
                    out[f"{name}:{one['id']}"] = one["text"]
    return out


def page_of(text: str, source: str | None = None) -> Page:
    """A page that is nothing but a text, and who publishes it."""
    return rashomon.read_page(b"", known={"text": text, "title": "", "language": "en", "source": source or ""})


def judge_numbers(folder: Path) -> Iterator[tuple[str, float, int]]:
    """Per draw, the share of judged numbers that are right, and how many there are."""
    rows = judged("numbers")
    known = texts(folder, {row["id"] for row in rows})
    found = dict(zip(known, map(numbers.find, parse(known.values())), strict=True))
    right: dict[str, list[bool]] = defaultdict(list)
    for row in rows:
        here = [one for one in found[row["id"]] if one.start < row["end"] and row["start"] < one.end]
        got, want = (here[0] if here else None), row["answer"]
        same = got is None if want is None else got is not None and _same(got, want, known[row["id"]])
        right[f"{row['draw']}{' (not read)' if row.get('unread') else ''}"].append(same)
    for name, values in right.items():
        yield name, sum(values) / len(values), len(values)


def _same(got: Any, want: dict[str, Any], text: str) -> bool:
    """Whether value, qualifier and what is counted are those judged right; a noun left out may be given or not."""
    of = text[slice(*want["of"])] if want["of"] else ""
    return [got.low, got.high, got.qualifier] == [want[key] for key in ("low", "high", "qualifier")] and (
        got.of == of or not of
    )


def claim_of(row: dict[str, Any], claims: list[Claim]) -> Claim | None:
    """The claim that a judgement is about: the one whose content overlaps its span most, with the same cue if any."""

    def shared(claim: Claim) -> tuple[float, bool]:
        start, end = claim.content[0].start, claim.content[-1].end
        both = min(end, row["end"]) - max(start, row["start"])
        cue = claim.cue.start if claim.cue else None
        return both / max(end - start, row["end"] - row["start"]), cue == row["cue"]

    best = max(claims, key=lambda claim: (shared(claim)[1], shared(claim)[0]), default=None)
    return best if best is not None and shared(best)[0] > 0.7 else None


@cache
def read(folder: Path) -> dict[str, list[Claim]]:
    """The claims of every document that claims were judged in."""
    rows = [*judged("status"), *judged("evidence")]
    sources = {row["id"]: row.get("source") for row in rows}
    known = texts(folder, set(sources))
    pages = [page_of(text, sources[one]) for one, text in known.items()]
    return dict(zip(known, rashomon.extract_claims(pages), strict=True))


def judge_claims(folder: Path, name: str) -> Iterator[tuple[dict[str, Any], Claim | None]]:
    """Each judgement on claims with the claim that it is about today."""
    claims = read(folder)
    for row in judged(name):
        yield row, claim_of(row, claims[row["id"]])


def lost(count: int) -> str:
    return f"({count} no longer claims)" if count else ""


def times_lines(folder: Path) -> Iterator[str]:
    """Lines on times: values of AQUAINT and platinum."""
    for part, figures in time_scores(folder).items():
        goal = 0.83 if part == "aquaint" else None
        other = ", ".join(f"{key} {figures[key]:.3f}" for key in ("span F1", "alike F1", "to the day"))
        yield told(f"times, {part}, value F1", figures["value F1"], int(figures["gold"]), goal, f"({other})")


def event_lines(folder: Path) -> Iterator[str]:
    """Lines on events: the records that no pattern was written from."""
    table = event_scores(row for row in event_records(folder) if int(row["id"][-1]) % 2 == 0)
    for key, goal in (("F1", 0.7), ("+actor", 0.6), ("+recipient", 0.5)):
        yield told(f"events, type{'' if key == 'F1' else ' ' + key}", table[key], int(table["records"]), goal)


def number_lines(folder: Path) -> Iterator[str]:
    """Lines on numbers, by draw."""
    for draw, share, count in judge_numbers(folder):
        yield told(f"numbers, draw {draw}", share, count, GOAL["numbers"], drawn("numbers", draw))


def status_lines(folder: Path) -> Iterator[str]:
    """Lines on status: by draw and by the class that was judged right."""
    draws: dict[str, Counter[bool | None]] = defaultdict(Counter)
    classes: dict[str, Counter[bool | None]] = defaultdict(Counter)
    for row, claim in judge_claims(folder, "status"):
        same = None if claim is None else claim.status == row["answer"]
        draws[row["draw"]][same] += 1
        classes[row["answer"]][same] += 1
    for name, count in sorted(draws.items()):
        yield told(
            f"status, draw {name}", *_share(count), GOAL["status"], f"{drawn('status', name)} {lost(count[None])}"
        )
    for name, count in sorted(classes.items()):
        yield told(f"status, {name}", *_share(count), None, lost(count[None]))


def _share(count: Counter[bool | None]) -> tuple[float, int]:
    right, of = count[True], count[True] + count[False]
    return right / max(1, of), of


def evidence_lines(folder: Path) -> Iterator[str]:
    """Lines on evidence: of the claims those with exactly the labels that hold, by draw; then by label."""
    draws: dict[str, Counter[bool | None]] = defaultdict(Counter)
    labels: dict[str, Counter[str]] = defaultdict(Counter)
    for row, claim in judge_claims(folder, "evidence"):
        if "answer" not in row:  # The first draw: one label of a claim was judged.
            same = None if claim is None else (row["label"] in claim.evidence) == row["holds"]
            draws["1"][same] += 1
            continue
        draws[row["draw"]][None if claim is None else set(claim.evidence) == set(row["answer"])] += 1
        got, want = set(claim.evidence if claim else ()), set(row["answer"])
        for label in (got | want) if claim else ():
            labels[label][("missed", "wrong", "right")[(label in got) + (label in got and label in want)]] += 1
    for name, count in sorted(draws.items()):
        note = f"{drawn('evidence', name)} {lost(count[None])}".strip()
        yield told(f"evidence, draw {name}", *_share(count), None, note)
    for label, n in sorted(labels.items()):
        share = n["right"] / max(1, n.total() - n["missed"])
        yield told(f"evidence, {label}", share, n.total(), None, f"{n['wrong']} wrong, {n['missed']} missed")


def wording_lines(folder: Path) -> Iterator[str]:
    """Lines on wording, on the stories that the list was not tuned on."""
    yield from wording_table(folder)


def cost_lines(folder: Path) -> Iterator[str]:
    """This stage's own time as a share of text → claims."""
    pages = [page_of(row["text"]) for row in islice(rows(folder, "attribution"), TIMED)]
    docs = list(parse(page.text for page in pages))
    for page, doc in zip(pages[:3], docs, strict=False):
        extract(page, doc)
    begun = time.process_time()
    list(parse(page.text for page in pages))
    parsed = time.process_time() - begun
    begun = time.process_time()
    for page, doc in zip(pages, docs, strict=True):
        extract(page, doc)
    extracted = time.process_time() - begun
    begun = time.process_time()
    for page, doc in zip(pages, docs, strict=True):
        numbers.find(doc)
        times.find(doc, page.published)
        events.find(doc)
        wording.find(doc, ())
    content = time.process_time() - begun
    words = sum(len(page.text.split()) for page in pages)
    yield told(
        "time, numbers, times, events and wording",
        content / (parsed + extracted),
        None,
        1 / 3,
        f"of text to claims ({1e6 * content / words:.0f} of {1e6 * (parsed + extracted) / words:.0f} µs a word)",
    )


TABLES: dict[str, Callable[[Path], Iterator[str]]] = {
    "times": times_lines,
    "events": event_lines,
    "numbers": number_lines,
    "status": status_lines,
    "evidence": evidence_lines,
    "wording": wording_lines,
    "cost": cost_lines,
}


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--only", nargs="+", choices=TABLES, default=list(TABLES), help="print these tables alone")
    options = parser.parse_args()
    for name in options.only:
        for line in TABLES[name](options.data):
            print(line, flush=True)


if __name__ == "__main__":
    main()
