"""The rows of a word are those that spaCy's tables give it."""

from __future__ import annotations

import numpy as np
import spacy
from thinc.api import NumpyOps

from rashomon.reader.features import ATTRIBUTES, PLACES, ROWS, attributes, murmur, rows_of


def test_the_hash_is_the_one_that_spacy_uses() -> None:
    keys = np.random.default_rng(1).integers(0, 2**63, 500).astype(np.uint64)
    keys[:3] = 0, 1, 2**63
    for seed in (0, 8, 13):
        assert (murmur(keys, seed) == NumpyOps().hash(keys, seed)).all()


def test_words_that_look_alike_share_rows_and_each_row_is_in_its_part_of_the_table() -> None:
    doc = spacy.blank("en")("Ormsk ormsk Orvik said 1,204")
    rows = rows_of(attributes([doc], ATTRIBUTES))
    assert rows.shape == (len(doc), len(ATTRIBUTES), PLACES)
    norm, prefix, _, shape, *_ = range(len(ATTRIBUTES))
    assert (rows[0, norm] == rows[1, norm]).all()
    assert (rows[0, prefix] == rows[2, prefix]).all()
    assert (rows[0, shape] == rows[2, shape]).all()
    ends = np.cumsum(ROWS)
    assert (rows < ends[:, None]).all()
    assert (rows >= (ends - ROWS)[:, None]).all()
