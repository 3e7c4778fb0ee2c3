"""How far the reader agrees with its teacher: `python train/reader_measure.py SILVER.npz MODEL.npz`.

On the documents of the silver file that were held out of training, by set: the share of tags, parts of speech and
lemmas, of heads (UAS) and heads with their labels (LAS) without punctuation, and F1 of sentence starts and of names.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from spacy.tokens import Doc

from rashomon.reader.loading import load
from rashomon.reader.parser import Parser
from rashomon.reader.tokens import blank, doc_of


def compare(said: Doc, gold: dict[str, Any], counts: Counter[str]) -> None:
    """Count what the reader and the teacher say of one document alike; `gold` has a list by token for each column."""
    for token, tag, lemma, head, dep in zip(said, gold["tag"], gold["lemma"], gold["head"], gold["dep"], strict=True):
        if token.is_space:
            continue
        counts["words"] += 1
        counts["tag"] += token.tag_ == tag.split("|")[0]
        counts["pos"] += token.pos_ == tag.split("|")[1]
        counts["lemma"] += token.lemma_ == lemma
        if dep != "punct":
            counts["arcs"] += 1
            counts["uas"] += token.head.i == head
            counts["las"] += token.head.i == head and token.dep_ == dep
    for name, one, two in (
        ("start", {sent.start for sent in said.sents}, gold["starts"]),
        ("ent", {(ent.start, ent.end, ent.label_) for ent in said.ents}, gold["ents"]),
        ("span", {(ent.start, ent.end) for ent in said.ents}, {ent[:2] for ent in gold["ents"]}),
    ):
        counts[name] += len(one & two)
        counts[f"{name}s"] += len(one) + len(two)


def table(counts: Counter[str]) -> dict[str, float]:
    """The shares and F1s, in per cent."""
    out = {name: 100 * counts[name] / max(1, counts["words"]) for name in ("tag", "pos", "lemma")}
    out |= {name: 100 * counts[name] / max(1, counts["arcs"]) for name in ("uas", "las")}
    out |= {name: 200 * counts[name] / max(1, counts[f"{name}s"]) for name in ("start", "ent", "span")}
    return {name: round(value, 2) for name, value in out.items()}


def held_out(silver: dict[str, Any]) -> Iterator[tuple[str, list[tuple[str, bool, str]], dict[str, Any]]]:
    """Each held-out document: its set, its tokens, and what the teacher says of it."""
    names = {name: silver[name].tolist() for name in ("tags", "deps", "ents", "lemmas", "set_names", "words", "norms")}
    first = 0
    for length, number, held in zip(*(silver[name].tolist() for name in ("lengths", "sets", "held")), strict=True):
        last = first + length
        if held:
            part = {
                name: silver[name][first:last].tolist() for name in ("type", "spaced", "tag", "dep", "head", "lemma")
            }
            tokens = [
                (names["words"][each], bool(spaced), names["norms"][each])
                for each, spaced in zip(part["type"], part["spaced"], strict=True)
            ]
            gold = {
                "tag": [names["tags"][each] for each in part["tag"]],
                "dep": [names["deps"][each] for each in part["dep"]],
                "lemma": [names["lemmas"][each] for each in part["lemma"]],
                "head": part["head"],
                "starts": set(np.flatnonzero(silver["start"][first:last]).tolist()) | {0},
                "ents": set(_ents([names["ents"][each] for each in silver["ent"][first:last].tolist()])),
            }
            yield names["set_names"][number], tokens, gold
        first = last


def _ents(labels: list[str]) -> Iterator[tuple[int, int, str]]:
    begun = 0
    for at, label in enumerate(labels):
        if label[0] in "BU":
            begun = at
        if label[0] in "LU":
            yield begun, at + 1, label[2:]


def main() -> None:
    """Print a row for each set and one for all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("silver", type=Path)
    parser.add_argument("model", type=Path)
    parser.add_argument("--language", default="en")
    arguments = parser.parse_args()
    nlp = blank(arguments.language)
    reader = Parser(load(arguments.model), nlp.vocab)
    counts: dict[str, Counter[str]] = {}
    for name, tokens, gold in held_out(dict(np.load(arguments.silver))):
        doc = doc_of(nlp, tokens)
        reader.annotated([doc])
        for key in (name, "all"):
            compare(doc, gold, counts.setdefault(key, Counter()))
    for name, each in sorted(counts.items()):
        print(f"{name:18} {each['words']:7}", table(each))


if __name__ == "__main__":
    main()
