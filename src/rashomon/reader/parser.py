"""Tokenized texts → tags, lemmas, heads, sentences and names, written into their Docs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from rashomon.reader.decoding import names, sentences, trees
from rashomon.reader.features import ATTRIBUTES, Keys, attributes
from rashomon.reader.lemmas import lemma
from rashomon.reader.loading import Model
from rashomon.reader.network import Floats, Ints, among_neighbours, scores, word_vectors
from rashomon.reader.tokens import sentence_starts

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

_MOST_WORDS = 60_000
"""So many words by themselves are remembered, some 23 MB; then all are forgotten and worked out anew."""
_COLUMNS = (*ATTRIBUTES, "ORTH", "LOWER")
_NORM, _SPACY, _IS_SPACE, _ORTH, _LOWER = (
    _COLUMNS.index(name) for name in ("NORM", "SPACY", "IS_SPACE", "ORTH", "LOWER")
)
_WRITTEN = ["TAG", "POS", "LEMMA", "HEAD", "DEP", "ENT_IOB", "ENT_TYPE"]
_OUTSIDE, _INSIDE, _FIRST = 2, 1, 3
"""spaCy's codes for where a token stands in a name."""


class Parser:
    """A model at work on one vocabulary; it remembers the vectors and lemmas of words that it has met."""

    def __init__(self, model: Model, vocab: Vocab) -> None:
        self.network, self.lemmas, self.norms, self.vocab = model.network, model.lemmas, model.norms, vocab
        # spaCy numbers parts of speech by the hashes of their names.
        add, known = vocab.strings.add, model.network.names
        tags = [tag.split("|") for tag in known["tags"]]
        self.tags = np.array([add(tag) for tag, _ in tags], dtype=np.uint64)
        self.poses = np.array([add(pos) if pos else 0 for _, pos in tags], dtype=np.uint64)
        self.tag_names = tags
        self.deps = np.array([add(dep) for dep in known["deps"]], dtype=np.uint64)
        self.kinds = np.array([add(kind) for kind in known["kinds"]], dtype=np.uint64)
        self.root = add("ROOT")
        self._forget()

    def _forget(self) -> None:
        self.number_of: dict[int, int] = {}
        self.lemma_of: dict[int, int] = {}
        self.vectors = np.zeros((2048, self.network.width), dtype=np.float32)

    def annotated(self, given: Sequence[Doc]) -> Sequence[Doc]:
        """The docs with what the network makes of them; paragraphs and datelines part sentences for certain."""
        docs = [doc for doc in given if len(doc)]
        if docs:
            self._annotate(docs)
        return given

    def _annotate(self, docs: Sequence[Doc]) -> None:
        columns = attributes(docs, _COLUMNS)
        ends = np.cumsum([len(doc) for doc in docs])
        bounds = np.stack([np.concatenate([[0], ends[:-1]]), ends], axis=1)
        # A gap stands before each text, and after the last.
        shifts = np.arange(1, len(docs) + 1) * self.network.gap
        rows = np.arange(len(columns)) + np.repeat(shifts, bounds[:, 1] - bounds[:, 0])
        running = np.zeros(int(rows[-1]) + 1 + self.network.gap, dtype=np.int64)
        numbers = running[rows] = self._numbers(columns)
        used, which = np.unique(running, return_inverse=True)
        seen = among_neighbours(self.network, self.vectors[used], which)
        self._write(docs, bounds.tolist(), columns, numbers, scores(self.network, seen[rows]))

    def _numbers(self, columns: Keys) -> Ints:
        """Each word's row of `vectors`, in which row 0 is a gap; the vectors of words not met before are worked out."""
        with np.errstate(over="ignore"):
            keys = columns[:, _ORTH] * np.uint64(6) + columns[:, _NORM] * np.uint64(2) + columns[:, _SPACY]
        used, first, which = np.unique(keys, return_index=True, return_inverse=True)
        if len(self.number_of) + len(used) > _MOST_WORDS:
            self._forget()
        number_of = self.number_of
        new = [at for at, key in enumerate(used.tolist()) if key not in number_of]
        if new:
            fresh = columns[first[new]]
            fresh[:, _NORM] = self._spelt(fresh)
            begin = len(number_of) + 1
            end = begin + len(new)
            number_of.update(zip(used[new].tolist(), range(begin, end), strict=True))
            while end > len(self.vectors):
                self.vectors = np.concatenate([self.vectors, np.zeros_like(self.vectors)])
            self.vectors[begin:end] = word_vectors(self.network, fresh[:, : len(ATTRIBUTES)])
        return np.array([number_of[key] for key in used.tolist()], dtype=np.int64)[which]

    def _spelt(self, columns: Keys) -> Keys:
        """The norms, those of words with another spelling as the teacher spells them."""
        norms = columns[:, _NORM]
        if not len(self.norms):
            return norms
        at = np.minimum(np.searchsorted(self.norms[:, 0], columns[:, _ORTH]), len(self.norms) - 1)
        # A norm that the tokenizer itself has set stays ("ca" of "can't" is "can").
        plain = (self.norms[at, 0] == columns[:, _ORTH]) & (norms == columns[:, _LOWER])
        return np.where(plain, self.norms[at, 1], norms)

    def _write(
        self, docs: Sequence[Doc], bounds: Sequence[tuple[int, int]], columns: Keys, numbers: Ints, scored: Floats
    ) -> None:
        block = self.network.blocks
        tagged = scored[:, block["tag"]].argmax(1)
        start = scored[:, block["start"]][:, 0].copy()
        found: list[tuple[int, int]] = []
        for doc, (first, end) in zip(docs, bounds, strict=True):
            found += sentences(start, [first + place for place in sentence_starts(doc)], first, end)
        heads, labels = trees(self.network, scored, found)
        deps = np.where(heads == np.arange(len(heads)), np.uint64(self.root), self.deps[labels])
        last = np.zeros(len(scored), dtype=bool)
        last[[end - 1 for _, end in found]] = True
        outside, kinds = self._named(scored[:, block["ent"]], columns[:, _IS_SPACE] == 1, last)
        poses = self.poses[tagged]
        out = np.stack(
            [
                self.tags[tagged],
                poses,
                self._lemmas(columns[:, _ORTH], numbers, tagged),
                (heads - np.arange(len(heads))).view(np.uint64),
                deps,
                outside,
                kinds,
            ],
            axis=1,
        )
        for doc, (first, end) in zip(docs, bounds, strict=True):
            doc.from_array(_WRITTEN, out[first:end])  # type: ignore[arg-type]

    def _named(self, scored: Floats, space: npt.NDArray[np.bool_], last: npt.NDArray[np.bool_]) -> tuple[Keys, Keys]:
        """spaCy's two columns for names: where each token stands in one, and of what kind it is."""
        places = np.full(len(scored), _OUTSIDE, dtype=np.uint64)
        kinds = np.zeros(len(scored), dtype=np.uint64)
        for begin, end, kind in names(scored, space, last):
            places[begin:end] = _INSIDE
            places[begin] = _FIRST
            kinds[begin:end] = self.kinds[kind]
        return places, kinds

    def _lemmas(self, words: Keys, numbers: Ints, tagged: Ints) -> Keys:
        """The lemma of each word with its tag; `numbers` are the words' rows of `vectors`."""
        known, add, written = self.lemma_of, self.vocab.strings.add, self.vocab.strings
        pairs, first, which = np.unique(numbers * len(self.tag_names) + tagged, return_index=True, return_inverse=True)
        found = []
        for pair, at in zip(pairs.tolist(), first.tolist(), strict=True):
            if pair not in known:
                tag, pos = self.tag_names[tagged[at]]
                known[pair] = add(lemma(self.lemmas, written[words[at]], pos, tag))
            found.append(known[pair])
        return np.array(found, dtype=np.uint64)[which]
