"""Three ways of ranking loaded words, each learned from other stories than those it is measured on.

    python train/loaded_words.py DATA_DIR

Takes the folder with `wording.jsonl.gz` (BASIL) and prints, for the stories that the list of
`claims/tables/wording.tsv` was not tuned on, the precision of the words ranked first at several rates: spans (the
word stands in a span of lexical bias) and sentences (its sentence has one). Nothing that it learns is shipped: no
way ranks better than the list by more than chance. Needs scikit-learn and LightGBM (requirements-train.lock).
"""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from spacy.tokens import Token

from gold.wording import QUOTED, gold_spans, read
from rashomon.claims import wording
from rashomon.reader import parse

FOLDS = 5
RATES = (1, 0.5, 0.25, 0.1)
CLASSES = ("intensity", "judgement", "label", "speculation")
POS = ("ADJ", "ADV", "VERB", "NOUN")
DEP = (
    "amod",
    "advmod",
    "ROOT",
    "dobj",
    "nsubj",
    "pobj",
    "compound",
    "acomp",
    "attr",
    "conj",
    "advcl",
    "ccomp",
    "xcomp",
)
TREES = {
    "objective": "binary",
    "num_leaves": 8,
    "learning_rate": 0.04,
    "min_data_in_leaf": 40,
    "feature_fraction": 0.5,
    "lambda_l2": 5,
    "verbose": -1,
    "num_threads": 1,
    "seed": 1,
    "deterministic": True,
}


def candidates(data: Path, odd: bool) -> list[dict[str, Any]]:
    """Every content word outside quotations, with its features, its story and whether it is marked."""
    out = []
    for article in read(data, odd):
        docs = list(parse(article["paragraphs"]))
        for number, (doc, gold) in enumerate(zip(docs, gold_spans(article), strict=True)):
            quoted = [match.span() for match in QUOTED.finditer(doc.text)]
            listed = {
                token.i: one.why.split(":")[0]
                for one in wording.find(doc, quoted)
                for token in doc
                if one.start <= token.idx < one.end
            }
            lexical = [(one["start"], one["end"]) for one in gold if one["bias"] == "lex"]
            for token in doc:
                if any(start <= token.idx < end for start, end in quoted) or not token.is_alpha:
                    continue
                if token.i not in listed and (token.pos_ not in POS or token.is_stop or len(token) < 3):
                    continue
                out.append(
                    {
                        "odd": odd,
                        "story": article["story"],
                        "marked": any(start < token.idx + len(token) and token.idx < end for start, end in lexical),
                        "sentence": (article["id"], number, token.sent.start),
                        "listed": token.i in listed,
                        "words": _words(token),
                        "features": _features(token, listed, quoted, (number / len(docs), number)),
                    }
                )
    return out


def _words(token: Token) -> list[str]:
    """A word, its head, its neighbours, its part of speech and its ending."""
    doc = token.doc
    return [
        f"l={token.lemma_.lower()}",
        f"h={token.head.lemma_.lower()}",
        f"b={doc[token.i - 1].lower_ if token.i else ''}",
        f"a={doc[token.i + 1].lower_ if token.i + 1 < len(doc) else ''}",
        f"p={token.pos_}{token.dep_}",
        f"s={token.lower_[-3:]}",
    ]


def _features(
    token: Token, listed: Mapping[int, str], quoted: Sequence[tuple[int, int]], place: tuple[float, int]
) -> list[float]:
    """Whether the list has a word, what it is in its sentence, where its paragraph stands, and what the sentence is."""
    sentence = token.sent
    return [
        *(listed.get(token.i) == name for name in CLASSES),
        token.i in listed,
        *(token.pos_ == name for name in POS),
        *(token.dep_ == name for name in DEP),
        *place,
        len(sentence),
        (token.i - sentence.start) / len(sentence),
        sum(sentence.start <= i < sentence.end for i in listed),
        any(sentence.start_char <= start < sentence.end_char for start, _ in quoted),
        token.tag_ in ("JJS", "RBS", "JJR", "RBR"),
        token.tag_ in ("VBG", "VBN"),
        len(token),
    ]


def words(hashed: Any, dense: Any, marked: Any, known: Any) -> Any:
    """Logistic regression on words, lemmas and their neighbours."""
    from sklearn.linear_model import LogisticRegression

    return (
        LogisticRegression(C=0.5, max_iter=300, solver="liblinear")
        .fit(hashed[known], marked[known])
        .decision_function(hashed)
    )


def places(hashed: Any, dense: Any, marked: Any, known: Any) -> Any:
    """Logistic regression on the list, parts of speech, dependencies and the sentence."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.preprocessing import StandardScaler

    scaled = StandardScaler().fit(dense[known]).transform(dense)
    return (
        LogisticRegression(C=0.05, max_iter=300, solver="liblinear")
        .fit(scaled[known], marked[known])
        .decision_function(scaled)
    )


def stack(hashed: Any, dense: Any, marked: Any, known: Any) -> Any:
    """Boosted trees on the features of the second and the scores of the first, out of fold where it learned."""
    import lightgbm

    inner = words(hashed, dense, marked, known)
    parts = np.arange(len(marked)) * FOLDS // len(marked)
    for part in range(FOLDS):
        held = known & (parts == part)
        inner[held] = words(hashed, dense, marked, known & (parts != part))[held]
    both = np.c_[dense, inner]
    trees = lightgbm.train(TREES, lightgbm.Dataset(both[known], marked[known]), 150)
    return np.asarray(trees.predict(both, raw_score=True))


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    data = parser.parse_args().data
    from sklearn.feature_extraction import FeatureHasher

    rows = candidates(data, True) + candidates(data, False)
    measured = np.array([row["odd"] for row in rows])
    marked = np.array([row["marked"] for row in rows], int)
    fold = np.array([int(hashlib.sha256(row["story"].encode()).hexdigest(), 16) % FOLDS for row in rows])
    dense = np.array([row["features"] for row in rows], float)
    hashed = FeatureHasher(2**14, input_type="string").transform([row["words"] for row in rows])
    chance = np.random.default_rng(0).random(len(rows)) / 2
    scores = {"the list, then chance": np.array([row["listed"] for row in rows]) + chance, "ceiling": marked + chance}
    for name, way in (("words", words), ("list and place", places), ("stack", stack)):
        scores[name] = np.zeros(len(rows))
        for part in range(FOLDS):
            scores[name][fold == part] = way(hashed, dense, marked, fold != part)[fold == part]
    total = sum(len(text.split()) for article in read(data, True) for text in article["paragraphs"])
    biased = {row["sentence"] for row in rows if row["marked"]}
    print(f"{'spans / sentences, at a rate of':34}" + "".join(f"{rate:>14}" for rate in RATES) + "  in 100 words")
    for name, score in scores.items():
        order = np.flatnonzero(measured)[np.argsort(-score[measured], kind="stable")]
        cells = []
        for rate in RATES:
            first = order[: round(total * rate / 100)]
            told = {rows[i]["sentence"] for i in first}
            cells.append(f"{marked[first].mean():8.3f} /{len(told & biased) / len(told):.3f}")
        print(f"{name:34}" + "".join(cells))


if __name__ == "__main__":
    main()
