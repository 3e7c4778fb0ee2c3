"""Train the reader's network: `python train/reader_learn.py SILVER.npz MODEL.npz [--steps N] [--language en]`.

Adam with a warm start and a rate that falls to zero, averaged weights, a fixed number of steps and a fixed seed: the
same silver file gives the same model file, on the same processor with the same numpy.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from spacy.language import Language

from rashomon.reader.decoding import BUCKETS, LONGEST
from rashomon.reader.lemmas import lemma as lemma_of
from rashomon.reader.lemmas import read
from reader_gradients import Batch, Floats, Ints, Shape, Weights, loss_and_gradients
from reader_lessons import MOVES, Embedding, Lessons, lessons, pieces
from reader_silver import TEACHERS, load_teacher
from reader_teacher import WIDTH, Tower, thinned
from reader_teacher import weights as teacher_weights

ARC = 64
LABEL = 64
PIECE = 500
"""Tokens of a piece of text, at least; a document is cut into such pieces at sentence starts."""
TOGETHER = 2000
"""Tokens of a batch, at least."""
WEIGH = {"tag": 1.0, "ent": 2.0, "start": 1.0, "arc": 1.0, "label": 1.0, "hint": 5.0}
_VARIANTS = (("upper", 0.02), ("title", 0.03), ("lower", 0.01), ("unquoted", 0.04))
"""The share of pieces learnt in capitals, as titles are written, in small letters, without quotation marks."""
_OFTEN = 2
"""A lemma is shipped if the teacher gave it so often."""


def heads_of(tags: int, kinds: int) -> dict[str, slice]:
    """The heads, one block of columns each, by name; a new head is a row here."""
    sizes = {
        "tag": tags,
        "ent": 1 + len(MOVES) * kinds,
        "start": 1,
        "arc_dependent": ARC,
        "arc_head": ARC,
        "root": 1,
        "head_bias": 1,
        "distance_dependent": BUCKETS,
        "distance_head": BUCKETS,
        "label_dependent": LABEL,
        "label_head": LABEL,
    }
    ends = np.cumsum(list(sizes.values())).tolist()
    return {name: slice(end - size, end) for (name, size), end in zip(sizes.items(), ends, strict=True)}


def fresh(shape: Shape, folds: tuple[int, ...], width: int, deps: int, rng: np.random.Generator) -> Weights:
    """Weights to begin with; each layer has so many `folds`, the pieces of its maxout."""

    def drawn(rows: int, columns: int, scale: float) -> Floats:
        values: Floats = (rng.standard_normal((rows, columns)) * scale / np.sqrt(rows)).astype(np.float32)
        return values

    def zeros(*size: int) -> Floats:
        return np.zeros(size, dtype=np.float32)

    out: Weights = {"entry.matrix": drawn(2 * WIDTH, width, 1.0), "entry.bias": zeros(width)}
    for number, parts in enumerate(folds):
        name = f"layer{number}"
        out[f"{name}.matrix"], out[f"{name}.bias"] = drawn(3 * width, parts * width, 1.0), zeros(parts * width)
        out[f"{name}.gain"], out[f"{name}.shift"] = zeros(width) + 1, zeros(width)
    columns = max(block.stop for block in shape.blocks.values())
    out["heads.matrix"], out["heads.bias"] = drawn(width, columns, 0.5), zeros(columns)
    out["hint.matrix"], out["hint.bias"] = drawn(width, 2 * WIDTH, 0.5), zeros(2 * WIDTH)
    out["distances"] = drawn(BUCKETS, LABEL, 0.5)
    out["labels"], out["labels.bias"] = drawn(LABEL, deps, 1.0), zeros(deps)
    return out


def begin_as(weights: Weights, folds: tuple[int, ...], tower: Tower, sample: list[Floats]) -> None:
    """Begin with the teacher's words as they enter its tagger and parser, and with its layers over neighbours.

    Where a layer has fewer folds than the teacher's, those are kept that win most often in the `sample` of texts.
    """
    weights["entry.matrix"] *= np.float32(0.2)
    weights["entry.matrix"][:WIDTH] = np.eye(WIDTH)
    for number, keep in enumerate(folds[: len(tower.layers) - 1]):
        for part, each in zip(("matrix", "bias", "gain", "shift"), thinned(tower, sample, keep)[number], strict=True):
            weights[f"layer{number}.{part}"] = each.copy()


def batches(found: Lessons, gap: int, rng: np.random.Generator) -> Iterator[Batch]:
    """Batches without end: every piece once in an order of chance, then again."""
    known = list(pieces(found, False, PIECE))
    while True:
        together: list[Ints] = []
        size = 0
        for number in rng.permutation(len(known)).tolist():
            together.append(np.arange(*known[number]))
            size += len(together[-1])
            if size >= TOGETHER:
                yield batch_of(found, together, gap, rng)
                together, size = [], 0


def batch_of(found: Lessons, together: list[Ints], gap: int, rng: np.random.Generator | None) -> Batch:
    """The pieces one after another, rows of gap between; with `rng` some of them varied."""
    columns = found.columns
    blank = np.full(gap, -1)
    parts: dict[str, list[Any]] = {name: [blank] for name in ("word", "tag", "start", "head", "dep")}
    for name in ("ent", "hint"):
        parts[name] = [np.zeros((gap, columns[name].shape[1]), dtype=np.float32)]
    bounds: list[tuple[int, int]] = []
    at = gap
    for given in together:
        tokens, words = _varied(found, given, rng)
        place = np.full(int(given[-1]) - int(given[0]) + 1, -1)
        place[tokens - given[0]] = np.arange(len(tokens))
        away = columns["head"][tokens] - given[0]
        known = (away >= 0) & (away < len(place))
        heads = np.where(known, place[np.clip(away, 0, len(place) - 1)], -1)
        starts = np.flatnonzero(columns["start"][tokens]).tolist()
        starts = starts if starts[:1] == [0] else [0, *starts]
        for first, last in zip(starts, [*starts[1:], len(tokens)], strict=True):
            if 1 < last - first <= LONGEST:
                bounds.append((at + first, at + last))
            else:
                heads[first:last] = -1
            wrong = (heads[first:last] < first) | (heads[first:last] >= last)
            heads[first:last][wrong] = -1
        parts["word"] += [words, blank]
        parts["tag"] += [columns["tag"][tokens], blank]
        parts["start"] += [columns["start"][tokens], blank]
        parts["head"] += [np.where(heads >= 0, heads + at, -1), blank]
        parts["dep"] += [columns["dep"][tokens], blank]
        for name in ("ent", "hint"):
            dense = columns[name][tokens].astype(np.float32)
            parts[name] += [dense, np.zeros((gap, dense.shape[1]), dtype=np.float32)]
        at += len(tokens) + gap
    joined = {name: np.concatenate(each) for name, each in parts.items()}
    used, words = np.unique(joined["word"], return_inverse=True)
    offset = int(used[0] < 0)
    return Batch(
        vectors=found.vectors[used[offset:]],
        words=words - offset,
        tags=joined["tag"],
        starts=joined["start"],
        heads=joined["head"],
        deps=joined["dep"],
        ents=joined["ent"],
        hints=joined["hint"],
        sentences=bounds,
    )


def _varied(found: Lessons, given: Ints, rng: np.random.Generator | None) -> tuple[Ints, Ints]:
    """The tokens of a piece that stay, and their words, now and then in another case or without quotation marks."""
    words = found.columns["word"][given]
    drawn = rng.random() if rng else 1.0
    for name, share in _VARIANTS:
        if drawn < share:
            if name != "unquoted":
                return given, found.variants[name][words]
            kept = ~found.quotes[given]
            kept[0] = True
            # The space after a mark that goes is the word's before it.
            spaced = words % 2
            spaced[:-1] |= np.where(kept[1:], 0, spaced[1:])
            return given[kept], (words - words % 2 + spaced)[kept]
        drawn -= share
    return given, words


class Adam:
    """Kingma and Ba's Adam (2015), gradients clipped, with a running average of the weights."""

    def __init__(self, weights: Weights, rate: float, steps: int) -> None:
        self.weights, self.rate, self.steps, self.done = weights, rate, steps, 0
        self.first = {name: np.zeros_like(each) for name, each in weights.items()}
        self.second = {name: np.zeros_like(each) for name, each in weights.items()}
        self.average = {name: each.copy() for name, each in weights.items()}

    def step(self, gradients: Weights) -> None:
        self.done += 1
        length = np.sqrt(sum(float(np.vdot(each, each)) for each in gradients.values()))
        scale = np.float32(min(1.0, 5.0 / (length + 1e-9)))
        rate = self.rate * min(1.0, self.done / 200) * max(0.0, 1 - self.done / self.steps)
        rate *= np.sqrt(1 - 0.99**self.done) / (1 - 0.9**self.done)
        for name, gradient in gradients.items():
            gradient = gradient * scale
            self.first[name] += np.float32(0.1) * (gradient - self.first[name])
            self.second[name] += np.float32(0.01) * (gradient * gradient - self.second[name])
            self.weights[name] -= np.float32(rate) * self.first[name] / (np.sqrt(self.second[name]) + np.float32(1e-8))
        if self.done % 10 == 0:
            share = np.float32(1 - min(0.999, (1 + self.done) / (10 + self.done)) ** 10)
            for name, each in self.average.items():
                each += share * (self.weights[name] - each)


def said_lemmas(found: Lessons) -> dict[tuple[str, str], str]:
    """What the teacher says often enough of forms and parts of speech that are no names."""
    tags = found.names["tags"]
    columns = found.columns
    known = np.concatenate([np.arange(*bounds) for bounds in pieces(found, False, 1 << 40)])
    triples = np.stack([columns["word"][known] // 2, columns["tag"][known], columns["lemma"][known]], axis=1)
    rows, counts = np.unique(triples, axis=0, return_counts=True)
    votes: dict[tuple[str, str], Counter[str]] = {}
    for (word, tag, lemma), count in zip(rows.tolist(), counts.tolist(), strict=True):
        pos = tags[tag].split("|")[1]
        if pos not in ("PROPN", "SPACE", "PUNCT", "NUM", "SYM", "X", ""):
            form = found.names["words"][word].lower()
            votes.setdefault((form, pos), Counter())[found.names["lemmas"][lemma]] += count
    best = {}
    for key, counter in votes.items():
        lemma, count = min(counter.items(), key=lambda item: (-item[1], item[0]))
        if count >= _OFTEN:
            best[key] = lemma
    return best


def lemma_tables(found: Lessons, nlp: Language) -> dict[str, str]:
    """The lines of the three tables: forms that the teacher's rules do not lead from, its rules, its words."""
    lookups = nlp.get_pipe("lemmatizer").lookups  # type: ignore[attr-defined]
    tables = {name: lookups.get_table(name) for name in ("lemma_rules", "lemma_index", "lemma_exc")}
    kinds = [pos for pos in ("ADJ", "ADV", "NOUN", "VERB") if pos.lower() in tables["lemma_index"]]
    rules = [f"{pos}\t{old}\t{new}" for pos in kinds for old, new in tables["lemma_rules"].get(pos.lower(), ())]
    words = [f"{pos}\t{' '.join(sorted(tables['lemma_index'][pos.lower()]))}" for pos in kinds]
    said = {(form, pos): stems[-1] for pos in kinds for form, stems in tables["lemma_exc"][pos.lower()].items()}
    said |= said_lemmas(found)
    lemmas = read("", "\n".join(rules), "\n".join(words))
    lines = sorted(
        f"{form}\t{pos}\t{stem}" for (form, pos), stem in said.items() if lemma_of(lemmas, form, pos, "") != stem
    )
    return {"pairs": "\n".join(lines), "rules": "\n".join(rules), "words": "\n".join(words)}


def save(path: Path, weights: Weights, shape: Shape, embedding: Embedding, found: Lessons, nlp: Language) -> None:
    """The model file: half floats, the table's rows as bytes, the names of what the columns stand for."""
    arrays: dict[str, Any] = {
        name: each.astype(np.float16) for name, each in weights.items() if not name.startswith("hint.")
    }
    arrays["table"], arrays["table.scale"] = embedding.table, embedding.scale
    for number, mix in enumerate(embedding.mixes):
        for name, each in mix._asdict().items():
            arrays[f"mix{number}.{name}"] = each.astype(np.float16)
    arrays["reaches"] = np.array(shape.reaches)
    arrays["blocks"] = np.array([f"{name} {block.start} {block.stop}" for name, block in shape.blocks.items()])
    for name in ("tags", "deps", "kinds"):
        arrays[f"names.{name}"] = np.array(found.names[name])
    for name, lines in lemma_tables(found, nlp).items():
        arrays[f"lemmas.{name}"] = np.frombuffer(lines.encode(), dtype=np.uint8)
    arrays["norms"] = norm_pairs(nlp)
    np.savez_compressed(path, **arrays)


def norm_pairs(nlp: Any) -> npt.NDArray[np.uint64]:
    """The teacher's table of spellings (colour is color), as hashes of the one and the other, in order."""
    if not nlp.vocab.lookups.has_table("lexeme_norm"):
        return np.zeros((0, 2), dtype=np.uint64)
    strings = nlp.vocab.strings
    table = nlp.vocab.lookups.get_table("lexeme_norm")
    pairs = [(int(key), strings.add(value)) for key, value in table.items()]
    return np.array(sorted(pairs), dtype=np.uint64)


def main() -> None:
    """Read the silver file, train, write the model file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("silver", type=Path)
    parser.add_argument("model", type=Path)
    parser.add_argument("--language", default="en", choices=sorted(TEACHERS))
    parser.add_argument("--steps", type=int, default=18_000)
    parser.add_argument("--width", type=int, default=96)
    parser.add_argument("--folds", default="3,3,3,3,2")
    parser.add_argument("--reaches", default="1,1,1,1,4")
    parser.add_argument("--rate", type=float, default=0.002)
    parser.add_argument("--dropout", type=float, default=0.1)
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    rng = np.random.default_rng(arguments.seed)
    nlp = load_teacher(arguments.language)
    found, embedding = lessons(arguments.silver, nlp, arguments.language)
    blocks = heads_of(len(found.names["tags"]), len(found.names["kinds"]))
    shape = Shape(tuple(int(each) for each in arguments.reaches.split(",")), blocks, WEIGH)
    folds = tuple(int(each) for each in arguments.folds.split(","))
    weights = fresh(shape, folds, arguments.width, len(found.names["deps"]), rng)
    if arguments.width == WIDTH:
        sample = [
            found.vectors[found.columns["word"][slice(*bounds)], :WIDTH]
            for bounds in list(pieces(found, False, PIECE))[:40]
        ]
        begin_as(weights, folds, teacher_weights(nlp).parse, sample)
    adam = Adam(weights, arguments.rate, arguments.steps)
    began, seen, told = time.perf_counter(), 0, Counter[str]()
    for number, batch in zip(range(1, arguments.steps + 1), batches(found, 2 * sum(shape.reaches), rng), strict=False):
        size = (len(batch.words), arguments.width)
        keep = 1 - arguments.dropout
        masks = tuple((rng.random(size, dtype=np.float32) < keep).astype(np.float32) / np.float32(keep) for _ in "ab")
        losses, gradients = loss_and_gradients(weights, shape, batch, (masks[0], masks[1]))
        real = int((batch.words >= 0).sum())
        seen += real
        adam.step({name: each / np.float32(real) for name, each in gradients.items()})
        told.update({name: loss / real for name, loss in losses.items()})
        if number % 500 == 0:
            rate = seen / (time.perf_counter() - began)
            print(number, f"{rate:.0f}/s", {name: round(each / 500, 4) for name, each in told.items()}, flush=True)
            told.clear()
    save(arguments.model, adam.average, shape, embedding, found, nlp)
    print(f"{arguments.model.stat().st_size / 1e6:.2f} MB, {seen} tokens, {time.perf_counter() - began:.0f} s")


if __name__ == "__main__":
    main()
