"""Time expressions against TimeML gold (AQUAINT, TempEval-3 platinum): precision, recall and F1.

    python benchmarks/times.py DATA_DIR [--errors]

DATA_DIR holds `times.jsonl.gz`: rows {id, tml}, the TimeML documents of AQUAINT and of TempEval-3's
platinum part, each with its creation time. Matching follows TempEval-3 (UzZaman et al. 2013): spans
match where they share a character, one to one, in order; a value is right where it is the same string as
gold's. "Alike" counts a value as right too where gold writes the same time otherwise: "1968-XX" for
"1968", "2000-W7" for "2000-W07". "To the day" leaves the part of the day aside besides: gold gives
"Thursday night" as the day in AQUAINT, as the standard does not.

"Sound" leaves out the 76 values of AQUAINT that `times_audited.tsv` names: the authors of another reader
(Bethard 2013, A Synchronous Context Free Grammar for Time Normalization, EMNLP) list them as wrongly
annotated. 29 of them are what "alike" and "to the day" forgive; the others name another time than the words
do, or one that they do not tell. A reader that finds every expression and writes as gold does all values that
are not on the list comes to .81 on the whole of AQUAINT.

"Learned" is the value F1 where the way of writing is learned from the other articles, article by article:
for each class of value (its type and shape) the one of five ways that gold writes most often. The table is
the benchmark's alone: `rashomon` writes the standard.

The last line reads news pages of the week after an incident whose day is known (`incidents.jsonl.gz`, the
Gun Violence Database): of the weekdays which are that of the incident, how many are resolved to its day.
Some of the rest are right, being the same weekday of another week. The first 1,100 incidents were read to write
rules by; the figure is of the others.

The 48 AQUAINT articles are parted in two by a hash of their ids. The rules were written against the
errors of half A; half B is what they do on articles whose errors nobody looked at while they were
written. (The first rules were tuned on both halves.) Platinum's errors were never looked at.
"""

from __future__ import annotations

import argparse
import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import cache
from html import unescape
from itertools import islice
from pathlib import Path
from typing import Any

from gold.rows import rows
from rashomon.claims import times
from rashomon.model import Dated, Time
from rashomon.reader import parse

TAG = re.compile(r"<(/?)(\w+)([^>]*)>")
PARTS = ("aquaint A", "aquaint B", "aquaint", "platinum")
KEYS = {"both": "span F1", "value": "value F1", "alike": "alike F1", "day": "to the day", "type": "type F1"}
TITLES = (*KEYS.values(), "sound F1", "learned F1")
Gold = dict[str, Any]
Pair = tuple[Gold | None, Time | None]
WAYS: dict[str, Callable[[str], str]] = {
    "as it is": lambda value: value,
    "the day alone": lambda value: re.sub(r"(?<=\d)T.*", "", value),
    "an unknown part": lambda value: f"{value}-XX" if re.fullmatch(r"\d{4}(-\d\d)?", value) else value,
    "two unknown parts": lambda value: f"{value}-XX-XX" if re.fullmatch(r"\d{4}", value) else value,
    "a week of one figure": lambda value: re.sub(r"-W0(\d)", r"-W\1", value),
}
"""Ways of writing a value that say the same, or the day."""


def read(tml: str) -> tuple[str, str | None, list[Gold]]:
    """The text of a TimeML document, its creation date, and its time expressions."""
    created = re.search(r'<DCT>.*?value="([^"]+)"', tml, re.S)
    body = re.search(r"<TEXT>(.*?)</TEXT>", tml, re.S)
    text, at = "", 0
    gold: list[Gold] = []
    open_times: list[Gold] = []
    for match in TAG.finditer(body[1] if body else ""):
        text += unescape(body[1][at : match.start()]) if body else ""
        at = match.end()
        if match[2] == "TIMEX3" and not match[1]:
            keys = dict(re.findall(r'(\w+)="([^"]*)"', match[3]))
            open_times.append({"start": len(text)} | {key: keys.get(key) for key in ("tid", "value", "type")})
        elif match[2] == "TIMEX3":
            gold.append({**open_times.pop(), "end": len(text)})
    text += unescape(body[1][at:]) if body else ""
    return text, created[1] if created else None, sorted(gold, key=lambda time: int(time["start"]))


def pair(gold: list[Gold], found: list[Time]) -> list[Pair]:
    """Gold and found expressions that share a character, one to one, and what is left of either."""
    used: set[int] = set()
    out: list[Pair] = []
    for want in gold:
        hit = next(
            (i for i, t in enumerate(found) if i not in used and t.start < want["end"] and want["start"] < t.end), None
        )
        used |= set() if hit is None else {hit}
        out.append((want, None if hit is None else found[hit]))
    return out + [(None, time) for i, time in enumerate(found) if i not in used]


def part(name: str) -> str:
    """The part of the data that a document is of: AQUAINT's halves are told apart by a hash that never changes."""
    if name.startswith("platinum"):
        return "platinum"
    return f"aquaint {'B' if int(hashlib.sha256(name.encode()).hexdigest(), 16) % 2 else 'A'}"


def alike(value: str | None) -> str:
    """A value without the ways of writing it that say nothing: trailing unknowns, a week of one figure."""
    return re.sub(r"-W(\d)(?!\d)", r"-W0\1", re.sub(r"(?:-XX)+(?=$|T)", "", value or ""))


def day_of(value: str | None) -> str:
    """A value without its time of day."""
    return re.sub(r"(?<=\d)T.*", "", alike(value))


def tell(name: str, text: str, want: Gold | None, got: Time | None) -> str:
    """An error as a line."""
    begin = want["start"] if want else got.start if got else 0
    context = text[max(0, begin - 40) : begin + 40].replace("\n", " ")
    there = f"{want['type']} {want['value']}" if want else "-"
    here = f"{got.type} {got.value} {got.exact!r}" if got else "-"
    return f"{name} {begin}: gold {there}; read {here}; …{context}…"


def score(folder: Path, tellers: list[str] | None = None) -> dict[str, dict[str, float]]:
    """For each part of the data the F1 of each kind, and how many expressions gold has and were found.

    What is wrong in half A, the one to write rules by, is added to `tellers` where given.
    """
    counts: dict[str, Counter[str]] = {name: Counter() for name in PARTS}
    ours = [(row["id"], *read(row["tml"])) for row in rows(folder, "times")]
    paired: dict[str, list[Pair]] = {}
    for (name, text, created, gold), doc in zip(ours, parse(row[1] for row in ours), strict=True):
        dated = Dated(created, "stated" if created else "unknown", "The document's creation time.")
        paired[name] = pair(gold, times.find(doc, dated))
        for want, got in paired[name]:
            count = _counted(want, got) + _sound(name, want, got)
            counts[part(name)].update(count)
            if tellers is not None and not count["value"] and part(name) == "aquaint A":
                tellers.append(tell(name, text, want, got))
    for name in paired:
        others = [
            row for other, pairs in paired.items() if other != name and part(other) != "platinum" for row in pairs
        ]
        counts[part(name)]["learned"] += _written(paired[name], ways(others))
    counts["aquaint"] = counts["aquaint A"] + counts["aquaint B"]
    out: dict[str, dict[str, float]] = {}
    for name, count in counts.items():
        both = max(1, count["gold"] + count["found"])
        f1 = {title: 2 * count[key] / both for key, title in (KEYS | {"learned": "learned F1"}).items()}
        f1["sound F1"] = 2 * count["sound value"] / max(1, count["sound gold"] + count["sound found"])
        out[name] = {"gold": count["gold"], "found": count["found"], **f1}
    return out


def _counted(want: Gold | None, got: Time | None) -> Counter[str]:
    """What one pair adds to the counts."""
    count = Counter(gold=int(want is not None), found=int(got is not None))
    if want is not None and got is not None:
        value = want["value"]
        count.update(
            both=1,
            value=int(got.value == value),
            alike=int(alike(got.value) == alike(value)),
            day=int(day_of(got.value) == day_of(value)),
            type=int(got.type == want["type"]),
        )
    return count


@cache
def audited() -> frozenset[tuple[str, str]]:
    """Articles and numbers of the expressions whose value the audit calls wrong."""
    lines = Path(__file__).with_name("times_audited.tsv").read_text(encoding="utf-8").splitlines()
    article, tid = zip(*(line.split("\t") for line in lines if not line.startswith(("#", "article"))), strict=True)
    return frozenset(zip(article, tid, strict=True))


def _sound(name: str, want: Gold | None, got: Time | None) -> Counter[str]:
    """What one pair adds where values that the audit calls wrong are left out."""
    if want is not None and (name, want["tid"]) in audited():
        return Counter()
    count = _counted(want, got)
    return Counter({f"sound {key}": count[key] for key in ("gold", "found", "value")})


def shape(time: Time) -> tuple[str, str]:
    """The class of a value: its type, and its form without its figures."""
    value = re.sub(r"T\d\d:\d\d.*", "Tclock", time.value or "")
    value = re.sub(r"T(?:MO|AF|EV|NI)", "Tpart", value)
    return time.type, re.sub(r"\d", "9", re.sub(r"-(?:SP|SU|FA|WI)", "-season", value))


def ways(pairs: Sequence[Pair]) -> dict[tuple[str, str], str]:
    """For each class of value, seen three times at least, the way in which gold writes it most often."""
    seen: Counter[tuple[str, str]] = Counter()
    like: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for want, got in pairs:
        if want is None or got is None:
            continue
        seen[shape(got)] += 1
        like[shape(got)].update(way for way, write in WAYS.items() if write(got.value or "") == want["value"])
    return {kind: max(WAYS, key=lambda way: like[kind][way]) for kind, count in seen.items() if count > 2}


def _written(pairs: Sequence[Pair], chosen: dict[tuple[str, str], str]) -> int:
    """How many values are gold's where each class is written in the way chosen for it."""
    return sum(
        WAYS[chosen.get(shape(got), "as it is")](got.value or "") == want["value"]
        for want, got in pairs
        if want is not None and got is not None
    )


def weekdays(folder: Path, skipped: int = 1100) -> tuple[int, int]:
    """How many weekdays named as an incident's weekday on pages of the week after it there are, and lead to its day."""
    told: list[tuple[date, date, str]] = []
    for row in islice(rows(folder, "incidents"), skipped, None):
        page = row["pages"][0] if row["pages"] else None
        if page is None or not page["published"] or not (row["gold"] or {}).get("date"):
            continue
        day = datetime.strptime(row["gold"]["date"], "%B %d, %Y").date()
        published = date.fromisoformat(page["published"][:10])
        if 0 <= (published - day).days < 7:
            told.append((published, day, page["text"][:2500]))
    right = named = 0
    for (published, day, _), doc in zip(told, parse(row[2] for row in told), strict=True):
        for time in times.find(doc, Dated(published.isoformat(), "stated", "Given with the page.")):
            if time.basis == "resolved" and f"{day:%A}" in time.exact:
                named += 1
                right += (time.value or "").startswith(day.isoformat())
    return right, named


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--errors", action="store_true", help="list what is wrong in half A, the one to write rules by")
    options = parser.parse_args()
    tellers: list[str] = []
    parts = score(options.data, tellers)
    if options.errors:
        print("\n".join(tellers))
    print(f"{'part':10}{'gold':>6}{'found':>7}{''.join(f'{name:>12}' for name in TITLES)}")
    for name, row in parts.items():
        f1 = "".join(f"{row[title]:12.3f}" for title in TITLES)
        print(f"{name:10}{row['gold']:6.0f}{row['found']:7.0f}{f1}")
    right, named = weekdays(options.data)
    print(f"weekdays of incidents: {right} of {named} resolved to the day ({right / max(1, named):.1%})")


if __name__ == "__main__":
    main()
