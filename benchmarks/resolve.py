"""Whom speakers are said to be, on judged speakers of real pages, beside two baselines.

    OPENBLAS_NUM_THREADS=1 python benchmarks/resolve.py DATA_DIR [--drawn first|final]

`judged_resolved.jsonl` holds speakers of the train part of the attribution set as they were drawn at random, each with
where on its page somebody reading it found named whom it means (`gold`, offsets; null where nobody is named, or
several are), and what was said of it when it was drawn (`was`): "right", "wrong", "none" (drawn among those that
nobody was found for). `drawn` tells the draw that rules were mended by ("first") from the untouched one ("final").

An answer is right where its name ends as the gold name does or has more than half of its words; to answer where
nobody should be is wrong. Baselines: the person last named before the speaker; the speaker's own words.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import rashomon
from gold.rows import Row, rows
from rashomon.claims.cast import Cast
from rashomon.claims.people import fold
from rashomon.reader import parse

JUDGED = Path(__file__).with_name("judged_resolved.jsonl")
_ABSTAINED = ("", None)


class Answer(NamedTuple):
    """What one way of reading makes of one speaker."""

    name: str | None
    said: str
    """The words of the speaker itself, which are no answer."""


def same(gold: str, name: str) -> bool:
    """Whether two names are one's: they end alike, or share more than half of the gold name's words."""
    one, two = fold(gold).split(), fold(name).split()
    return bool(one) and (one[-1] in two or 2 * len(set(one) & set(two)) > len(set(one)))


def verdict(gold: str | None, answer: Answer) -> str:
    """ "right", "wrong" or "none" (no answer): to give back the speaker's own words is none."""
    none = answer.name is None or fold(answer.name) == fold(answer.said) or answer.name in answer.said
    if gold is None:
        return "right" if none else "wrong"
    if answer.name is not None and same(gold, answer.name):
        return "right"
    return "none" if none else "wrong"


def speakers(pages: Iterable[rashomon.Page]) -> list[dict[tuple[int, int], str | None]]:
    """The resolved name of each speaker of each page, by where it stands."""
    out = []
    for claims in rashomon.extract_claims(pages):
        found: dict[tuple[int, int], str | None] = {}
        for claim in claims:
            who = claim.speaker
            if who.start is not None and who.end is not None:
                found[who.start, who.end] = who.name
        out.append(found)
    return out


def at(found: dict[tuple[int, int], str | None], row: Row) -> tuple[bool, str | None]:
    """Whether a speaker was read where the judged one stands, and its name."""
    for (start, end), name in sorted(found.items()):
        if start == row["start"] or end == row["end"]:
            return True, name
    return False, None


def last_named(text: str, starts: list[int]) -> list[str | None]:
    """The person last named before each offset, as the recognizer has it."""
    (doc,) = parse([text])
    cast = Cast(doc)
    people = [(doc[m.start].idx, cast.best(m.entity)) for m in cast.mentions if m.type == "PERSON"]
    return [next((name for at_, name in reversed(people) if at_ < start), None) for start in starts]


def main() -> None:
    """Print right, wrong and unanswered by class."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--drawn")
    parser.add_argument("--wrong", action="store_true", help="print the ids and offsets of what is not right")
    given = parser.parse_args()
    judged = [json.loads(line) for line in JUDGED.read_text(encoding="utf-8").splitlines()]
    judged = [row for row in judged if given.drawn in (None, row["drawn"])]
    wanted = {row["id"] for row in judged}
    texts = {row["id"]: row for row in rows(given.data, "attribution") if row["id"] in wanted}
    order = sorted(texts)
    pages = [
        rashomon.read_page(texts[i]["text"], i, {"text": texts[i]["text"], "published": texts[i]["date"][:10]})
        for i in order
    ]
    read = dict(zip(order, speakers(pages), strict=True))
    answers = {"rashomon": [], "the person last named": [], "the words themselves": []}  # type: ignore[var-annotated]
    golds = []
    for row in judged:
        text = texts[row["id"]]["text"]
        said = text[row["start"] : row["end"]]
        golds.append(text[slice(*row["gold"])] if row["gold"] else None)
        there, name = at(read[row["id"]], row)
        answers["rashomon"].append(Answer(name, said) if there else None)
        answers["the person last named"].append(Answer(last_named(text, [row["start"]])[0], said))
        answers["the words themselves"].append(Answer(said, said))
    _print(judged, golds, answers)
    if given.wrong:
        for row, gold, answer in zip(judged, golds, answers["rashomon"], strict=True):
            if answer is not None and verdict(gold, answer) != "right":
                print(f"  {row['id']} {row['start']}-{row['end']}: {answer.said!r} is {gold!r}, not {answer.name!r}")


def _print(judged: list[Row], golds: list[str | None], answers: dict[str, list[Answer | None]]) -> None:
    kinds = sorted({row["kind"] for row in judged})
    for way, given in answers.items():
        print(f"\n{way}: speakers, right, wrong, unanswered; right of those answered")
        counts: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        for row, gold, answer in zip(judged, golds, given, strict=True):
            told = "not read" if answer is None else verdict(gold, answer)
            for kind in (row["kind"], "all"):
                counts[kind][told] += 1
        for kind in (*kinds, "all"):
            of = counts[kind]
            answered = of["right"] + of["wrong"]
            share = f"{100 * of['right'] / answered:5.1f}" if answered else "    -"
            lost = f"   ({of['not read']} no longer read)" if of["not read"] else ""
            total = sum(of.values())
            print(f"  {kind:16} {total:4} {of['right']:4} {of['wrong']:4} {of['none']:4}  {share}{lost}")


if __name__ == "__main__":
    main()
