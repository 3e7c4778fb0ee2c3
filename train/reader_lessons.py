"""What the network learns from: the silver file as arrays, with what the teacher thought beside what it said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import spacy
from spacy.language import Language

from rashomon.reader.features import rows_of
from rashomon.reader.network import Layer, mixed
from reader_teacher import WIDTH, Teacher, contextual, embedded, weights

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

MOVES = "BILU"
_QUOTES = ("``", "''")
_SMALL = frozenset("a an and as at but by for from in into of on or over the to with".split())


class Lessons(NamedTuple):
    """Columns by token, and what their numbers mean. `words` numbers rows of `vectors`: word and space after it."""

    columns: Mapping[str, npt.NDArray[Any]]
    documents: npt.NDArray[Any]
    """A row a document: first token, token after the last, number of its set, whether it is held out."""
    vectors: Floats
    variants: Mapping[str, Ints]
    """The row of a word as it would stand in capitals, in a title, in small letters."""
    names: Mapping[str, tuple[str, ...]]
    quotes: npt.NDArray[np.bool_]


class Embedding(NamedTuple):
    """The teacher's two embeddings as they are shipped: bytes and a scale for each row and half, half floats."""

    table: npt.NDArray[np.int8]
    scale: npt.NDArray[np.float16]
    mixes: tuple[Layer, ...]

    def floats(self) -> Floats:
        """The table's rows."""
        return widened(self.table, self.scale)


def widened(table: npt.NDArray[np.int8], scale: npt.NDArray[np.float16]) -> Floats:
    """Rows of bytes and a scale for each equal part of a row, as floats."""
    parts = table.reshape(len(table), scale.shape[1], -1) * scale[:, :, None].astype(np.float32)
    return np.asarray(parts.reshape(len(table), -1), dtype=np.float32)


def shipped(teacher: Teacher) -> Embedding:
    """The teacher's embeddings with the precision that they are shipped with."""
    tables = np.stack([tower.table for tower in teacher], axis=1)
    scale = (np.abs(tables).max(2) / 127).astype(np.float16)
    steps = np.maximum(scale.astype(np.float32), 1e-8)[:, :, None]
    table = np.clip(np.round(tables / steps), -127, 127).astype(np.int8).reshape(len(tables), -1)
    halves = [[each.astype(np.float16).astype(np.float32) for each in tower.layers[0]] for tower in teacher]
    return Embedding(table, scale, tuple(Layer(*half) for half in halves))


def lessons(path: Path, nlp: Language, language: str) -> tuple[Lessons, Embedding]:
    """The silver file with the teacher's vectors and likelihoods; what is held out too."""
    silver = dict(np.load(path))
    teacher = weights(nlp)
    embedding = shipped(teacher)
    words, norms = silver["words"].tolist(), silver["norms"].tolist()
    pairs, variants = _variants(words, norms)
    keys = _attributes(pairs, language)
    ends = np.cumsum(silver["lengths"])
    documents = np.stack([ends - silver["lengths"], ends, silver["sets"], silver["held"].astype(np.int64)], axis=1)
    columns: dict[str, npt.NDArray[Any]] = {name: silver[name].astype(np.int64) for name in ("tag", "dep", "start")}
    columns["word"] = silver["type"] * 2 + silver["spaced"]
    columns["head"] = silver["head"] + np.repeat(documents[:, 0], silver["lengths"])
    columns["lemma"] = silver["lemma"]
    columns["gold"] = silver["ent"]
    hints, columns["ent"], kinds = _thoughts(nlp, teacher, rows_of(keys), columns["word"], silver, documents)
    columns["hint"] = hints
    table, mixes = embedding.floats(), embedding.mixes
    vectors = np.concatenate([mixed(table, mixes, keys[at : at + 4096]) for at in range(0, len(keys), 4096)])
    names = {name: tuple(silver[name].tolist()) for name in ("tags", "deps", "ents", "lemmas", "set_names")}
    names["kinds"] = kinds
    names["words"] = tuple(words)
    quotes = np.array([tag.split("|")[0] in _QUOTES for tag in names["tags"]])[columns["tag"]]
    return Lessons(columns, documents, vectors, variants, names, quotes), embedding


def _variants(words: list[str], norms: list[str]) -> tuple[list[tuple[str, str]], dict[str, Ints]]:
    """Every word with its norm, those of the silver file first; and each one's number in another case."""
    number: dict[tuple[str, str], int] = {}
    for pair in zip(words, norms, strict=True):
        number.setdefault(pair, len(number))
    variants = {}
    for name, change in (("upper", str.upper), ("title", _titled), ("lower", str.lower)):
        changed = [
            number.setdefault((change(word), norm), len(number)) for word, norm in zip(words, norms, strict=True)
        ]
        variants[name] = np.array([[2 * each, 2 * each + 1] for each in changed], dtype=np.int64).reshape(-1)
    return list(number), variants


def _titled(word: str) -> str:
    return word if word.lower() in _SMALL or not word[:1].islower() else word[:1].upper() + word[1:]


def _attributes(pairs: list[tuple[str, str]], language: str) -> npt.NDArray[np.uint64]:
    """The attributes of each word, without and with a space after it."""
    vocab = spacy.blank(language).vocab
    out = np.zeros((2 * len(pairs), 6), dtype=np.uint64)
    for number, (word, norm) in enumerate(pairs):
        word_in = vocab[word]
        out[2 * number, :4] = vocab.strings.add(norm), word_in.prefix, word_in.suffix, word_in.shape
        out[2 * number, 5] = word_in.is_space
    out[1::2] = out[::2]
    out[1::2, 4] = 1
    return out


def _thoughts(
    nlp: Language, teacher: Teacher, rows: Ints, words: Ints, silver: Mapping[str, Any], documents: Ints
) -> tuple[npt.NDArray[np.float16], npt.NDArray[np.float16], tuple[str, ...]]:
    """The teacher's vectors of each token, made even; how likely it takes each move to be; the kinds of names."""
    alone = [
        np.concatenate([embedded(tower, rows[a : a + 4096]) for a in range(0, len(rows), 4096)]) for tower in teacher
    ]
    hints = np.empty((len(words), 2 * WIDTH), dtype=np.float16)
    names = _Names(nlp)
    moves = np.empty((len(words), 1 + len(MOVES) * len(names.kinds)), dtype=np.float16)
    for first, last, *_ in documents.tolist():
        seen = [contextual(tower, single[words[first:last]]) for tower, single in zip(teacher, alone, strict=True)]
        hints[first:last] = np.concatenate(seen, axis=1)
        moves[first:last] = names.likelihoods(seen[1], silver["ents"][silver["ent"][first:last]].tolist())
    some = hints[:: max(1, len(hints) // 100_000)].astype(np.float32)
    middle, spread = some.mean(0), some.std(0)
    for at in range(0, len(hints), 50_000):
        hints[at : at + 50_000] = (hints[at : at + 50_000] - middle) / spread
    return hints, moves, names.kinds


class _Names:
    """The teacher's own scoring of its moves: from a word, the first word of the open name, and the word before."""

    def __init__(self, nlp: Language) -> None:
        pipe: Any = nlp.get_pipe("ner")
        model = pipe.model
        linear, lower, upper = model.get_ref("tok2vec").layers[-1], model.get_ref("lower"), model.get_ref("upper")
        self.linear = linear.get_param("W"), linear.get_param("b")
        across = lower.get_param("W")
        self.lower = [each.reshape(-1, across.shape[-1]).T for each in across]
        self.lower_bias, self.pad = lower.get_param("b").reshape(-1), lower.get_param("pad")[0].reshape(3, -1)
        self.pieces = across.shape[2]
        self.upper = upper.get_param("W").T, upper.get_param("b")
        moves = [pipe.moves.get_class_name(number) for number in range(pipe.moves.n_moves)]
        self.kinds = tuple(sorted({move[2:] for move in moves if move[:2] == "B-" and move[2:]}))
        wanted = ["O", *(f"{move}-{kind}" for move in MOVES for kind in self.kinds)]
        self.order = [moves.index(name) for name in wanted]

    def likelihoods(self, vectors: Floats, said: list[str]) -> Floats:
        """The likelihood of each allowed move at each word, along what the teacher said."""
        inner = vectors @ self.linear[0].T + self.linear[1]
        parts = [inner @ part for part in self.lower]
        raw = parts[0] + self.lower_bias
        open_from = -1
        count, kinds = len(said), len(self.kinds)
        allowed = np.zeros((count, 1 + 4 * kinds), dtype=bool)
        first, before = np.full(count, -1), np.full(count, -1)
        for at, label in enumerate(said):
            if label[0] in "IL":
                first[at], before[at] = open_from, at - 1
                kind = self.kinds.index(label[2:])
                allowed[at, [1 + kinds + kind, 1 + 2 * kinds + kind]] = True
            else:
                open_from = at
                allowed[at, 0] = allowed[at, 1 : 1 + kinds] = allowed[at, 1 + 3 * kinds :] = True
        inside = first >= 0
        raw += np.where(inside[:, None], parts[1][first], self.pad[1])
        raw += np.where(inside[:, None], parts[2][before], self.pad[2])
        hidden = raw.reshape(count, -1, self.pieces).max(2)
        scored = (hidden @ self.upper[0] + self.upper[1])[:, self.order]
        scored[~allowed] = -np.inf
        likely = np.exp(scored - scored.max(1, keepdims=True))
        likely /= likely.sum(1, keepdims=True)
        return np.asarray(likely)


def pieces(found: Lessons, held: bool, longest: int) -> Iterator[tuple[int, int]]:
    """The documents to learn from, or those held out, cut at sentence starts once a piece is that long."""
    for first, last, _, kept in found.documents.tolist():
        if bool(kept) != held:
            continue
        starts = first + np.flatnonzero(found.columns["start"][first:last])
        at = first
        while at < last:
            later = starts[np.searchsorted(starts, at + longest) :]
            end = int(later[0]) if len(later) else last
            yield at, end
            at = end
