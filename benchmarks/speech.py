"""Reported speech on the attribution and claims sets: content, speaker, kinds and time, beside the published peers.

    OPENBLAS_NUM_THREADS=1 python benchmarks/speech.py DATA_DIR [--split dev]

Scores with the sets' own scorer, which stands in DATA_DIR's sibling `score`. The peers' rows were measured with
it on dev. Speed is from clean text to sayings on one core, beside the whole English pipeline of spaCy over the same
texts in the same run.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from cue_classes import CLASSES, kind
from gold.rows import Row, rows
from rashomon.claims import quotes, speech
from rashomon.reader import parse
from sayings import read, rules_alone, scored, scorer, teacher

PEERS = (
    ("textacy, by paragraph", 30.9, 23.4, 48.4, 0.1),
    ("Gender Gap Tracker rules", 53.4, 43.6, 57.5, 33.3),
    ("60 lines of rules over spaCy", 57.2, 45.9, 56.9, 37.8),
    ("BBC Citron, retrained", 65.4, 56.3, 70.9, 48.1),
    ("Citron with those rules added", 70.1, 58.6, 69.1, 52.2),
    ("one human against another", 82.0, 74.8, 92.3, 67.1),
)
"""(system, content F1, content and speaker F1, the same of quoted and of unquoted gold) on dev of attribution."""
PEERS_ON_CLAIMS = (
    ("Gender Gap Tracker rules", 73.9, 55.0),
    ("60 lines of rules over spaCy", 76.7, 54.1),
    ("BBC Citron, retrained", 55.7, 40.4),
)
"""(system, utterances found, found with the right speaker, pronouns carried) on claims."""


def on_attribution(score: Any, given: list[Row], found: list[list[Row]]) -> str:
    """One line of the table."""
    of = scored(score, given, found)
    values = [of["all"]["content"], *(of[part]["content+speaker"] for part in ("all", "quoted", "unquoted"))]
    return " ".join(f"{100 * value['f1']:5.1f}" for value in values) + f"   {_each(found):.1f}"


def on_claims(score: Any, given: list[Row], found: list[list[Row]]) -> str:
    """One line of the table."""
    of = score.report_claims([score.count_claims(row, own) for row, own in zip(given, found, strict=True)])["all"]
    return f"{100 * of['found']:5.1f} {100 * of['found+speaker']:5.1f}   {_each(found):.1f}"


def _each(found: list[list[Row]]) -> float:
    return sum(map(len, found)) / len(found)


def by_class(score: Any, given: list[Row], readings: list[list[list[Row]]]) -> None:
    """Print how much of each kind of gold every reading finds, and with the right speaker."""
    gold: Counter[str] = Counter()
    hits: list[Counter[str]] = [Counter() for _ in readings]
    right: list[Counter[str]] = [Counter() for _ in readings]
    for at, (row, doc) in enumerate(zip(given, parse([row["text"] for row in given]), strict=True)):
        marks = quotes.find(row["text"])
        kinds: dict[Any, str] = {}
        for each in row["attributions"]:
            content = score.chars(row["text"], each["content"])
            kinds.setdefault((content, score.chars(row["text"], each["cue"])), kind(row["text"], doc, marks, each))
        prepared = score.collapse(score.prepare(row["text"], row["attributions"]))
        names = [kinds[content, cue] for content, _, cue, _ in prepared]
        gold.update(names)
        for number, found in enumerate(readings):
            own = score.prepare(row["text"], found[at])
            for one, two, _ in score.pair(prepared, own):
                hits[number][names[one]] += 1
                right[number][names[one]] += score.union_share(prepared[one][1], own[two][1]) >= score.SPEAKER_SHARE
    for name, peers in CLASSES.items():
        count = gold[name]
        parts = [f"{value:5d}" if value is not None else "    –" for value in peers]
        for hit, who in zip(hits, right, strict=True):
            parts.append(f"{100 * hit[name] / max(1, count):5.0f} {100 * who[name] / max(1, count):5.0f}")
        print(f"  {name:28} {count:5d} {'   '.join(parts)}")


def sayings(texts: Iterable[str], by: str) -> int:
    """How many sayings the texts hold, read by that reader."""
    given = list(texts)
    return sum(len(speech.find(doc, quotes.find(text))) for text, doc in zip(given, parse(given, by), strict=True))


def speeds(texts: list[str]) -> None:
    """Print articles a second from text to sayings, and of the teacher's pipeline alone."""
    taught = teacher()
    jobs: dict[str, Callable[[list[str]], object]] = {
        "spaCy's English pipeline alone": lambda part: list(taught.annotated([*map(taught.tokens, part)])),
        "text to sayings, learned": lambda part: sayings(part, "network"),
    }
    spent = dict.fromkeys(jobs, 0.0)
    for job in jobs.values():
        job(texts[:2])
    for first in range(0, len(texts), 16):
        for name, job in jobs.items():
            began = time.process_time()
            job(texts[first : first + 16])
            spent[name] += time.process_time() - began
    slowest = max(spent.values())
    for name, seconds in spent.items():
        print(f"  {name:40} {len(texts) / seconds:6.1f} articles a second, {slowest / seconds:4.1f} x")


def both(given: list[Row]) -> list[list[list[Row]]]:
    """The sayings by the rules alone, and as learned."""
    with rules_alone():
        ruled = read(given)
    return [ruled, read(given)]


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--split", default="dev")
    arguments = parser.parse_args()
    score = scorer(arguments.data)
    names = ("rashomon, rules alone", "rashomon")
    marked = list(rows(arguments.data, "attribution", arguments.split))
    print(f"attribution, {arguments.split}: F1 of content / with speaker / that, quoted / unquoted; sayings an article")
    for name, *figures in PEERS:
        print(f"  {name:32} " + " ".join(f"{figure:5.1f}" for figure in figures))
    readings = both(marked)
    for name, found in zip(names, readings, strict=True):
        print(f"  {name:32} {on_attribution(score, marked, found)}", flush=True)
    print(
        "\nby kind: gold; recall of content of 60 lines of rules, of Citron; of our rules alone, with speaker; of ours"
    )
    by_class(score, marked, readings)
    told = list(rows(arguments.data, "claims"))
    print("\nclaims: found / found with the right speaker; sayings an article")
    for name, *figures in PEERS_ON_CLAIMS:
        print(f"  {name:32} " + " ".join(f"{figure:5.1f}" for figure in figures))
    for name, found in zip(names, both(told), strict=True):
        print(f"  {name:32} {on_claims(score, told, found)}", flush=True)
    print("\nspeed on one core")
    speeds([row["text"] for row in marked])


if __name__ == "__main__":
    main()
