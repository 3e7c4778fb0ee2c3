"""The reader against its teacher, spaCy's small English model: speed, agreement, what the rules make of either parse.

    OPENBLAS_NUM_THREADS=1 python benchmarks/reader.py DATA_DIR

Both read the texts once, in one process on one core, the reader with nothing remembered; the texts are those of
attribution's dev part and of claims, none of which it learnt from. The teacher is in the `train` group of packages.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import rashomon
import rashomon.reader
from gold.rows import Row, rows
from rashomon.reader import loading
from rashomon.reader.english import parse as parse_by
from sayings import read, rules_alone, scored, scorer, teacher

parse = partial(parse_by, by="network")
teach = partial(parse_by, by="teacher")
_TURN = 20
HARD = {
    "nothing": "",
    "white space": " \n\n\t ",
    "emoji": "😀🇺🇦👩‍👩‍👧 " * 300,
    "33,000 tokens without a full stop": "the mayor of Ormsk and " * 6_600,
    "twice as many": "the mayor of Ormsk and " * 13_200,
    "500 times one letter": "a" * 500,
    "100,000 characters without a space": "x(" * 50_000,
}
_MEMORY = """
import sys
from rashomon.reader import parse
for text in sys.stdin.read().split("\\0"):
    next(iter(parse([text], "network")))
print(next(line for line in open("/proc/self/status") if line.startswith("VmHWM")).split()[1])
"""


def speeds(texts: list[str]) -> tuple[list[Any], list[Any]]:
    """Print words a second of each, and give both parses."""
    list(parse(["The first text pays for what is loaded once."]))
    list(teach(["The first text pays for what is loaded once."]))
    parses: tuple[list[Any], list[Any]] = ([], [])
    spent = [0.0, 0.0]
    readers: tuple[Callable[[Iterable[str]], Iterator[Any]], ...] = (parse, teach)
    # In turns, so that both meet the same state of the machine.
    for first in range(0, len(texts), _TURN):
        for number, reads in enumerate(readers):
            began = time.process_time()
            parses[number].extend(reads(texts[first : first + _TURN]))
            spent[number] += time.process_time() - began
    began = time.process_time()
    list(parse(texts))
    again = time.process_time() - began
    words = sum(len(text.split()) for text in texts)
    for name, seconds in (("reader", spent[0]), ("teacher", spent[1]), ("reader again", again)):
        print(f"{name:14} {words / seconds:9,.0f} words a second over {words:,} words")
    print(f"{spent[1] / spent[0]:.1f} times as fast over text that it has not met\n")
    return parses


def agreement(said: Iterable[Any], taught: Iterable[Any]) -> dict[str, float]:
    """Per cent of tags, heads, heads with labels (without punctuation), and F1 of sentence starts and of names."""
    count: Counter[str] = Counter()
    for one, two in zip(said, taught, strict=True):
        for ours, theirs in zip(one, two, strict=True):
            if theirs.is_space:
                continue
            count["words"] += 1
            count["tag"] += ours.tag_ == theirs.tag_
            if theirs.dep_ != "punct":
                count["arcs"] += 1
                count["UAS"] += ours.head.i == theirs.head.i
                count["LAS"] += ours.head.i == theirs.head.i and ours.dep_ == theirs.dep_
        for name, sets in (
            ("sentences", [{sent.start for sent in doc.sents} for doc in (one, two)]),
            ("entities", [{(ent.start, ent.end, ent.label_) for ent in doc.ents} for doc in (one, two)]),
        ):
            count[name] += len(sets[0] & sets[1])
            count[f"all {name}"] += len(sets[0]) + len(sets[1])
    out = {"tag": 100 * count["tag"] / count["words"]}
    out |= {name: 100 * count[name] / count["arcs"] for name in ("UAS", "LAS")}
    return out | {name: 200 * count[name] / max(1, count[f"all {name}"]) for name in ("sentences", "entities")}


def attribution(score: Any, given: list[Row], reads: Callable[[Iterable[str]], Iterator[Any]]) -> str:
    """What the sets' scorer says of our plain rules over the parse of `reads`: content, and content and speaker."""
    kept, rashomon.reader.parse = rashomon.reader.parse, reads  # type: ignore[assignment]
    # What is learned of speech is learned over the reader's parse: only the rules compare like with like.
    try:
        with rules_alone():
            found = read(given)
    finally:
        rashomon.reader.parse = kept
    of = scored(score, given, found)["all"]
    return f"content {100 * of['content']['f1']:.1f}  with speaker {100 * of['content+speaker']['f1']:.1f}"


def costs(texts: list[str]) -> None:
    """Print the size of the model file, the time to load it, and the memory of a process that reads."""
    path = Path(str(rashomon.reader.__file__)).parent / loading.FILE
    began = time.process_time()
    loading.load()
    spent = time.process_time() - began
    command = [sys.executable, "-c", _MEMORY]
    told = subprocess.run(command, input="\0".join(texts), check=True, capture_output=True, text=True).stdout
    print(
        f"file {path.stat().st_size / 1e6:.2f} MB; load {spent:.2f} s; a process that reads {int(told) / 1024:.0f} MB\n"
    )


def main() -> None:
    """Print all tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    arguments = parser.parse_args()
    teacher()
    score = scorer(arguments.data)
    marked = list(rows(arguments.data, "attribution", "dev"))
    dev = [row["text"] for row in marked]
    claims = [row["text"] for row in rows(arguments.data, "claims")]
    said, taught = speeds([*dev, *claims])
    for name, part in (("attribution, dev", slice(0, len(dev))), ("claims", slice(len(dev), None))):
        print(f"{name:18}", "  ".join(f"{k} {v:.1f}" for k, v in agreement(said[part], taught[part]).items()))
    print()
    costs(dev[:40])
    for name, text in HARD.items():
        began = time.process_time()
        count = len(next(iter(parse([text[:200_000]]))))
        print(f"{name:36} {count:7,} tokens {time.process_time() - began:6.2f} s")
    for name, reads in (("reader", parse), ("teacher", teach)):
        print(f"Our rules over the {name}'s parse of attribution, dev: {attribution(score, marked, reads)}")


if __name__ == "__main__":
    main()
