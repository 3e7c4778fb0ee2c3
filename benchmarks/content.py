"""What claims say beside who says it: times, events, numbers, status, evidence, wording, and what reading them costs.

    python benchmarks/content.py DATA_DIR

Prints one table; each line can be had in detail from the benchmark of its name (`times.py`, `events.py`,
`wording.py`). Numbers, status and evidence are compared with what one reader judged (`judged_*.jsonl` here: ids
and offsets of public documents with the answers; docs/status-guideline.md says how they were drawn and judged).
"As drawn" is the share that was right before anything in the draw was mended.

Wording is asked at fixed rates: the candidates that a list ranks first, so many a hundred words, and how many
of them stand in a span that BASIL's annotators call lexical bias. "Ceiling" is what a perfect ranking would
reach: the annotators marked 0.17 spans a hundred words outside quotations.
"""

from __future__ import annotations

import argparse
import gzip
import importlib.util
import json
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import rashomon
from rashomon.claims import events, numbers, times, wording
from rashomon.claims.extract import extract
from rashomon.model import Claim, Page
from rashomon.reader import parse

HERE = Path(__file__).parent
AS_DRAWN = {
    ("numbers", "1"): 0.913,
    ("numbers", "2"): 0.947,
    ("status", "random"): 0.933,
    ("status", "by class"): 0.810,
}
TIMED = 60
"""So many articles are timed."""


def judged(name: str) -> list[dict[str, Any]]:
    """The judgements of one kind."""
    return [json.loads(line) for line in (HERE / f"judged_{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def texts(folder: Path, wanted: set[str]) -> dict[str, str]:
    """The texts of documents "set:id"."""
    out: dict[str, str] = {}
    for name in sorted({one.split(":", 1)[0] for one in wanted}):
        with gzip.open(folder / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            for row in map(json.loads, lines):
                for one in row["pages"] if name == "incidents" else [row]:
                    if f"{name}:{one['id']}" in wanted:
                        out[f"{name}:{one['id']}"] = one["text"]
    return out


def page_of(text: str) -> Page:
    """A page that is nothing but a text."""
    return rashomon.read_page(b"", known={"text": text, "title": "", "language": "en"})


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


def judge_claims(folder: Path, name: str) -> Iterator[tuple[dict[str, Any], Claim | None]]:
    """Each judgement on claims with the claim that it is about today."""
    rows = judged(name)
    known = texts(folder, {row["id"] for row in rows})
    read = {one: next(iter(rashomon.extract_claims([page_of(text)]))) for one, text in known.items()}
    for row in rows:
        yield row, claim_of(row, read[row["id"]])


def status_lines(folder: Path) -> Iterator[str]:
    """Lines on status: by draw and by the class that was judged right."""
    draws: dict[str, Counter[bool | None]] = defaultdict(Counter)
    classes: dict[str, Counter[bool | None]] = defaultdict(Counter)
    for row, claim in judge_claims(folder, "status"):
        same = None if claim is None else claim.status == row["answer"]
        draws[row["draw"]][same] += 1
        classes[row["answer"]][same] += 1
    for title, table in (("status, draw", draws), ("status", classes)):
        for name, count in sorted(table.items()):
            told = count[True] + count[False]
            drawn = AS_DRAWN.get(("status", name))
            note = f"  as drawn {drawn:.3f}" if drawn and title.endswith("draw") else ""
            note += f"  ({count[None]} no longer claims)" if count[None] else ""
            yield f"{title} {name:22} {count[True] / max(1, told):.3f} of {told}{note}"


def evidence_lines(folder: Path) -> Iterator[str]:
    """Lines on evidence: of the judged labels those that hold, by label."""
    right: dict[str, list[bool]] = defaultdict(list)
    for row, claim in judge_claims(folder, "evidence"):
        if claim is not None:
            right[row["label"]].append((row["label"] in claim.evidence) == row["holds"])
    for label, values in sorted(right.items()):
        yield f"evidence, {label:26} {sum(values) / len(values):.3f} of {len(values)}"
    every = [value for values in right.values() for value in values]
    share = sum(every) / max(1, len(every))
    yield f"evidence, all                       {share:.3f} of {len(every)}  as drawn {AS_DRAWN['evidence', 'all']:.3f}"


def wording_lines(folder: Path) -> Iterator[str]:
    """Lines on wording on the stories that the list was not tuned on: precision of spans at fixed rates."""
    spec = importlib.util.spec_from_file_location("loaded_wording", HERE / "wording.py")
    assert spec is not None
    assert spec.loader is not None
    bench = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(bench)
    words = gold = 0
    listed: list[bool] = []
    plain: list[bool] = []
    for article in bench.read(folder, True):
        for doc, spans in zip(parse(article["paragraphs"]), bench.gold_spans(article), strict=True):
            lexical = [(one["start"], one["end"]) for one in spans if one["bias"] == "lex"]
            quoted = [match.span() for match in bench.QUOTED.finditer(doc.text)]
            words, gold = words + sum(token.is_alpha for token in doc), gold + len(lexical)
            found = [(one.start, one.end) for one in wording.find(doc, quoted)]
            listed += [any(a < end and start < b for a, b in lexical) for start, end in found]
            plain += [
                any(a < token.idx + len(token) and token.idx < b for a, b in lexical)
                for token in doc
                if token.pos_ in ("ADJ", "ADV") and not any(start <= token.idx < end for start, end in quoted)
            ]
    rate = 100 * len(listed) / words
    share = sum(listed) / len(listed)
    yield f"wording, list at its own {rate:.2f} / 100 words   {share:.3f}   ceiling {min(1, gold / len(listed)):.3f}"
    rest = max(0, round(words / 100) - len(listed)) * sum(plain) / len(plain)
    at_one = (sum(listed) + rest) / (words / 100)
    yield f"wording, list then adjectives at 1 / 100    {at_one:.3f}   ceiling {min(1, 100 * gold / words):.3f}"


def cost_lines(folder: Path) -> Iterator[str]:
    """This stage's own time as a share of text → claims."""
    with gzip.open(folder / "attribution.jsonl.gz", "rt", encoding="utf-8") as lines:
        pages = [page_of(json.loads(line)["text"]) for line, _ in zip(lines, range(TIMED), strict=False)]
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
    yield (
        f"time, numbers, times, events and wording  {content / (parsed + extracted):.3f} of text → claims "
        f"({1e6 * content / words:.0f} of {1e6 * (parsed + extracted) / words:.0f} µs a word)"
    )


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    data = parser.parse_args().data
    for name in ("times", "events"):
        told = subprocess.run(
            [sys.executable, str(HERE / f"{name}.py"), str(data)], capture_output=True, text=True, check=True
        )
        print(told.stdout.rstrip())
    for draw, share, count in judge_numbers(data):
        drawn = AS_DRAWN.get(("numbers", draw))
        print(f"numbers, draw {draw:22} {share:.3f} of {count}{f'  as drawn {drawn:.3f}' if drawn else ''}")
    for lines in (status_lines, evidence_lines, wording_lines, cost_lines):
        for line in lines(data):
            print(line, flush=True)


if __name__ == "__main__":
    main()
