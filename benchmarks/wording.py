"""Loaded wording against the lexical-bias spans of BASIL, sentence by sentence.

    python benchmarks/wording.py DATA_DIR [--tune]

First a table of fixed rates: of the words that a way ranks first, so many in 100, the share that stands in a span of
lexical bias outside quotations, and of the sentences that they mark the share that has one. "Ceiling" is what a
perfect ranking would reach: where the annotators marked less than is asked for, no way can be right. The ways are the
list (ties by chance, with a fixed seed), contrast (how much oftener the article has a word than the two other outlets
that tell the same story, weighed by how rare it is and its part of speech), and the list followed by contrast. Three
more that are learned from the other stories are in `train/loaded_words.py`.

Then sentences. Takes the folder with `wording.jsonl.gz`. The list was tuned on every second story (by id); the figures
that count are those of the others, `--tune` adds the first half. A sentence is right where it has a span outside
quotation that the annotators call lexical bias ("lex"); "any" counts informational bias too. The baseline
takes every adjective and adverb of manner as loaded.
"""

from __future__ import annotations

import argparse
import math
import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from gold.wording import QUOTED, gold_spans, read
from rashomon.claims.wording import find
from rashomon.reader import parse

if TYPE_CHECKING:
    from spacy.tokens import Doc

Finder = Callable[["Doc", Sequence[tuple[int, int]]], list[tuple[int, int]]]


def listed(doc: Doc, quoted: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Our list's words."""
    return [(one.start, one.end) for one in find(doc, quoted)]


def adjectives(doc: Doc, quoted: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The baseline: adjectives and adverbs in -ly outside quotation."""
    return [
        (token.idx, token.idx + len(token))
        for token in doc
        if (token.pos_ == "ADJ" or (token.pos_ == "ADV" and token.lower_.endswith("ly")))
        and not any(start <= token.idx < end for start, end in quoted)
    ]


def measure(articles: Iterable[dict[str, Any]], finder: Finder) -> dict[str, float]:
    """Precision and recall of sentences for "lex" and "any", and spans per 100 words."""
    n = dict.fromkeys(("words", "spans", "found", "lex", "lex_found", "any", "any_found"), 0)
    for article in articles:
        marked = gold_spans(article)
        for number, doc in enumerate(parse(article["paragraphs"])):
            quoted = [match.span() for match in QUOTED.finditer(doc.text)]
            gold = marked[number]
            spans = finder(doc, quoted)
            n["words"] += sum(token.is_alpha for token in doc)
            n["spans"] += len(spans)
            for sentence in doc.sents:
                start, end = sentence.start_char, sentence.end_char
                lex = any(g["bias"] == "lex" and g["start"] < end and start < g["end"] for g in gold)
                some = any(g["start"] < end and start < g["end"] for g in gold)
                hit = any(start <= at < end for at, _ in spans)
                n["found"] += hit
                n["lex"] += lex
                n["lex_found"] += hit and lex
                n["any"] += some
                n["any_found"] += hit and some
    return {
        "lex precision": n["lex_found"] / max(1, n["found"]),
        "lex recall": n["lex_found"] / max(1, n["lex"]),
        "any precision": n["any_found"] / max(1, n["found"]),
        "any recall": n["any_found"] / max(1, n["any"]),
        "spans/100 words": 100 * n["spans"] / max(1, n["words"]),
    }


class Candidate(NamedTuple):
    """A word that may be loaded."""

    article: str
    word: str
    pos: str
    listed: bool
    marked: bool
    sentence: tuple[str, int, int]


RATES = (1, 0.5, 0.25, 0.1)
"""Marks in 100 words."""
GOAL = 0.35
_POS = {"ADJ": 1.5, "ADV": 1.2, "VERB": 0.6, "NOUN": 0.3}
_NO_WORD = frozenset({"PERSON", "ORG", "GPE", "DATE", "CARDINAL", "NORP"})
_LEAST = 20
"""So many marks are asked for before a precision is called reached."""


def candidates(articles: Iterable[dict[str, Any]]) -> tuple[list[Candidate], int, int]:
    """The content words outside quotations and those that the list has; the words, and the gold spans, of all."""
    out: list[Candidate] = []
    words = gold = 0
    for article in articles:
        marked = gold_spans(article)
        for number, (doc, spans) in enumerate(zip(parse(article["paragraphs"]), marked, strict=True)):
            quoted = [match.span() for match in QUOTED.finditer(doc.text)]
            lexical = [(one["start"], one["end"]) for one in spans if one["bias"] == "lex"]
            ours = listed(doc, quoted)
            words, gold = words + sum(token.is_alpha for token in doc), gold + len(lexical)
            for token in doc:
                if not token.is_alpha or any(start <= token.idx < end for start, end in quoted):
                    continue
                on_list = any(start <= token.idx < end for start, end in ours)
                plain = token.pos_ in _POS and not token.is_stop and token.ent_type_ not in _NO_WORD
                if on_list or (plain and len(token) > 2):
                    here = any(start < token.idx + len(token) and token.idx < end for start, end in lexical)
                    place = (article["id"], number, token.sent.start)
                    out.append(Candidate(article["id"], token.lower_, token.pos_, on_list, here, place))
    return out, words, gold


def contrast(folder: Path) -> Callable[[Candidate], float]:
    """How much oftener an article has a word than the others of its story, weighed by how rare the word is."""
    counts = {article["id"]: _counted(article) for odd in (True, False) for article in read(folder, odd)}
    stories: dict[str, set[str]] = defaultdict(set)
    for odd in (True, False):
        for article in read(folder, odd):
            stories[article["story"]].add(article["id"])
    beside = {one: ids - {one} for ids in stories.values() for one in ids}
    spread = Counter(word for count in counts.values() for word in count)

    def score(one: Candidate) -> float:
        others = sum(counts[other][one.word] for other in beside[one.article])
        odds = math.log((counts[one.article][one.word] + 0.1) / (others / 2 + 0.1))
        rare = -math.log(max(0, spread[one.word] - 1) / len(counts) + 0.01)
        return odds + rare / 2 + _POS.get(one.pos, 0)

    return score


def _counted(article: dict[str, Any]) -> Counter[str]:
    return Counter(word for text in article["paragraphs"] for word in re.findall(r"[a-z]+", text.lower()))


def table(folder: Path) -> Iterator[str]:
    """Lines on what each way reaches at fixed rates, and where it reaches the goal, on the half not tuned on."""
    found, words, gold = candidates(read(folder, True))
    chance = random.Random(0)
    found = sorted(found, key=lambda _: chance.random())
    by_contrast = contrast(folder)
    ways: dict[str, Callable[[Candidate], float]] = {
        "ceiling": lambda one: one.marked,
        "list": lambda one: one.listed,
        "contrast": by_contrast,
        "list, then contrast": lambda one: 100 * one.listed + by_contrast(one),
    }
    own = [one for one in found if one.listed]
    biased = {one.sentence for one in found if one.marked}
    yield (
        f"wording, {words} words, {gold} spans of lexical bias outside quotations "
        f"({100 * gold / words:.2f} in 100 words); goal {GOAL} at 1 in 100"
    )
    rate = 100 * len(own) / words
    yield f"wording, list at its own {rate:.2f} in 100   {_share(own, biased)}  (words in spans / sentences)"
    yield (
        f"{'wording, at marks in 100 words':34}"
        + "".join(f"{rate:>14}" for rate in RATES)
        + f"{'reaches ' + str(GOAL):>14}"
    )
    for name, way in ways.items():
        ranked = sorted(found, key=way, reverse=True)
        cells = [_share(ranked[: round(words * rate / 100)], biased) for rate in RATES]
        yield f"wording, {name:25}" + "".join(f"{cell:>14}" for cell in cells) + f"{_reached(ranked, words):>14}"


def _share(marks: Sequence[Candidate], biased: set[tuple[str, int, int]]) -> str:
    told = {one.sentence for one in marks}
    return f"{sum(one.marked for one in marks) / len(marks):.3f} / {len(told & biased) / len(told):.3f}"


def _reached(ranked: Sequence[Candidate], words: int) -> str:
    """The highest rate at which the share of words in spans is the goal's, as marks in 100 words."""
    right, best = 0, 0
    for number, one in enumerate(ranked, 1):
        right += one.marked
        best = number if number >= _LEAST and right / number >= GOAL else best
    return f"at {100 * best / words:.2f}" if best else "nowhere"


def run(argv: Sequence[str] | None = None) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--tune", action="store_true", help="add the half that the list was tuned on")
    args = parser.parse_args(argv)
    for line in table(args.data):
        print(line)
    for part, odd in (("other half", True), ("tuned half", False)):
        if odd or args.tune:
            for name, finder in (("list", listed), ("adjectives", adjectives)):
                figures = measure(read(args.data, odd), finder)
                print(f"{part} {name:11}" + "".join(f"  {key} {value:.3f}" for key, value in figures.items()))


if __name__ == "__main__":
    run()
