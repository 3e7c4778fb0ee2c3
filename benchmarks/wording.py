"""Loaded wording against the lexical-bias spans of BASIL, sentence by sentence.

    python benchmarks/wording.py DATA_DIR [--tune]

Takes the folder with `wording.jsonl.gz`. The list was tuned on every second story (by id); the figures that
count are those of the others, `--tune` adds the first half. A sentence is right where it has a span outside
quotation that the annotators call lexical bias ("lex"); "any" counts informational bias too. The baseline
takes every adjective and adverb of manner as loaded.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rashomon.claims.wording import find
from rashomon.reader import parse

if TYPE_CHECKING:
    from spacy.tokens import Doc

Finder = Callable[["Doc", Sequence[tuple[int, int]]], list[tuple[int, int]]]
QUOTED = re.compile(r"“[^”]*(?:”|$)|\"[^\"]*(?:\"|$)|''[^']*''")


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


def read(folder: Path, odd: bool) -> Iterable[dict[str, Any]]:
    """The articles of every second story."""
    with gzip.open(folder / "wording.jsonl.gz", "rt", encoding="utf-8") as lines:
        articles = [json.loads(line) for line in lines]
    stories = sorted({article["story"] for article in articles})
    chosen = set(stories[1::2] if odd else stories[::2])
    return [article for article in articles if article["story"] in chosen]


def gold_spans(article: dict[str, Any]) -> list[list[dict[str, Any]]]:
    """For each paragraph the annotated spans outside quotation: found by their words, as ids count other lines."""
    found: list[list[dict[str, Any]]] = [[] for _ in article["paragraphs"]]
    for span in article["spans"]:
        if span["quote"] != "no":
            continue
        for number, text in enumerate(article["paragraphs"]):
            if text[span["start"] : span["end"]] == span["txt"]:
                found[number].append(span)
                break
        else:
            for number, text in enumerate(article["paragraphs"]):
                at = text.find(span["txt"])
                if at >= 0:
                    found[number].append({**span, "start": at, "end": at + len(span["txt"])})
                    break
    return found


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


def run(argv: Sequence[str] | None = None) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--tune", action="store_true", help="add the half that the list was tuned on")
    args = parser.parse_args(argv)
    for part, odd in (("other half", True), ("tuned half", False)):
        if odd or args.tune:
            for name, finder in (("list", listed), ("adjectives", adjectives)):
                figures = measure(read(args.data, odd), finder)
                print(f"{part} {name:11}" + "".join(f"  {key} {value:.3f}" for key, value in figures.items()))


if __name__ == "__main__":
    run()
