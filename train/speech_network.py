"""Learn the network over cues and words: its loss on a batch, the gradients worked out by hand, and the steps.

Every word near a gold cue is to be told content, speaker, cue or none of these.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from rashomon.claims import pair_features
from rashomon.claims.hashing import Ints, places
from rashomon.claims.pair_features import Pairs
from rashomon.claims.pair_network import LABELS, Network, numbered, spread
from rashomon.reader.network import EPSILON, Layer
from speech_lessons import Lesson

Floats = npt.NDArray[Any]
Weights = dict[str, Floats]

BITS = 20
LEAST = 30
"""A feature has a row of its own where so many pairs, or words, or cues have it."""
WIDTH = 48
REACHES = (1, 2, 4)
PIECES = 2
EPOCHS = 4
RATE = 2e-3
DROP = 0.25
"""So many of a pair's features, and of the numbers of words, cues and the last layer, are left out in learning."""
SIZE = 8000
"""Pairs in a batch, about."""
AVERAGED = 0.6
"""From that part of the steps on, what is kept is the mean of the weights."""


class Sample(NamedTuple):
    """An article's gold cues with the words near them: places in the table, and the label of each pair."""

    found: Pairs
    words: Ints
    cues: Ints
    pairs: Ints
    labels: Ints


class Batch(NamedTuple):
    """Several samples together. `row` says which of the `words`, and `which` of the `cues`, a pair has."""

    words: Ints
    row: Ints
    cues: Ints
    which: Ints
    pairs: Ints
    labels: Ints


def sample(lesson: Lesson) -> Sample | None:
    """What is learnt from an article; None where it has no cue."""
    text = lesson.text
    cues = np.array(sorted({gold.head for gold in lesson.gold if gold.head >= 0}), dtype=np.int64)
    if not len(cues):
        return None
    found = pair_features.pairs(text, cues)
    labels = np.zeros(len(found.row), dtype=np.int64)
    bounds = np.searchsorted(found.which, np.arange(len(cues) + 1))
    for at, head in enumerate(cues.tolist()):
        mine = slice(bounds[at], bounds[at + 1])
        # A cue with two contents has them both; what is content is nothing else.
        for label, part in ((2, "speaker"), (3, "cue"), (1, "content")):
            for gold in lesson.gold:
                if gold.head == head:
                    labels[mine][np.isin(found.row[mine], getattr(gold, part))] = label
    keys = (pair_features.of_words(text), pair_features.of_cues(text, cues), pair_features.of_pairs(text, found))
    words, cue, pair = (places(each, BITS) for each in keys)
    return Sample(found, words, cue, pair, labels)


def learnt(given: Sequence[Lesson], seed: int = 0) -> Network:
    """The network after so many rounds over those lessons; the same lessons give the same network."""
    samples = [found for lesson in given if (found := sample(lesson)) is not None]
    rows = known_rows(samples)
    samples = [in_rows(one, rows) for one in samples]
    random = np.random.default_rng(seed)
    weights = beginning(random, int(rows.max()) + 1)
    moments = {name: (np.zeros_like(value), np.zeros_like(value)) for name, value in weights.items()}
    mean: Weights = {}
    total = sum(len(one.labels) for one in samples) * EPOCHS
    done = steps = averaged = 0
    for _ in range(EPOCHS):
        for batch in batches(samples, random):
            part = done / total
            _, gradients = loss_and_gradients(weights, REACHES, batch, random, DROP)
            steps += 1
            warm = min(1.0, part * EPOCHS * 4 + 0.1)
            _step(weights, gradients, moments, RATE * warm * (1 - part) + 1e-5, steps, len(batch.labels))
            done += len(batch.labels)
            if part > AVERAGED:
                averaged += 1
                for name, value in weights.items():
                    mean[name] = mean.get(name, np.zeros_like(value))
                    mean[name] += (value - mean[name]) / np.float32(averaged)
    return network(mean or weights, rows)


def known_rows(samples: Sequence[Sample]) -> npt.NDArray[np.integer]:
    """For each place of a feature its row of the table; the first is for all that are met too rarely."""
    count = np.zeros(1 << BITS, dtype=np.int64)
    for one in samples:
        for places_ in (one.words[np.unique(one.found.row)], one.cues, one.pairs):
            count += np.bincount(places_.ravel(), minlength=1 << BITS)
    return numbered(count >= LEAST)


def in_rows(one: Sample, rows: npt.NDArray[np.integer]) -> Sample:
    """The sample with rows of the table for places."""
    words, cues, pairs = (rows[part].astype(np.int64) for part in (one.words, one.cues, one.pairs))
    return one._replace(words=words, cues=cues, pairs=pairs)


def beginning(random: np.random.Generator, rows: int) -> Weights:
    """Weights to begin with."""
    floats = np.float32
    out: Weights = {
        "table": random.normal(0, 0.05, (rows, WIDTH)).astype(floats),
        "entry.bias": np.zeros(WIDTH, floats),
        "entry.gain": np.ones(WIDTH, floats),
        "entry.shift": np.zeros(WIDTH, floats),
        "heads": np.zeros((WIDTH, len(LABELS)), floats),
        "heads.bias": np.zeros(len(LABELS), floats),
    }
    for at in range(len(REACHES)):
        out[f"{at}.matrix"] = random.normal(0, (3 * WIDTH) ** -0.5, (3 * WIDTH, PIECES * WIDTH)).astype(floats)
        out[f"{at}.bias"] = np.zeros(PIECES * WIDTH, floats)
        out[f"{at}.gain"] = np.full(WIDTH, 0.5, floats)
        out[f"{at}.shift"] = np.zeros(WIDTH, floats)
    return out


def network(weights: Weights, rows: npt.NDArray[np.integer]) -> Network:
    """The weights as the network that reads."""
    nothing = np.zeros((0, 0), np.float32)
    entry = Layer(nothing, weights["entry.bias"], weights["entry.gain"], weights["entry.shift"])
    layers = tuple(Layer(*(weights[f"{at}.{part}"] for part in Layer._fields)) for at in range(len(REACHES)))
    return Network(weights["table"], rows, entry, layers, REACHES, weights["heads"], weights["heads.bias"])


def batches(samples: Sequence[Sample], random: np.random.Generator) -> Iterator[Batch]:
    """The samples in a new order, several together."""
    now: list[Sample] = []
    for at in random.permutation(len(samples)).tolist():
        now.append(samples[at])
        if sum(len(one.labels) for one in now) >= SIZE:
            yield together(now)
            now = []
    if now:
        yield together(now)


def together(samples: Sequence[Sample]) -> Batch:
    """Several samples as one batch; of the words only those that some pair has."""
    words, rows, which = [], [], []
    seen = cues = 0
    for one in samples:
        used, row = np.unique(one.found.row, return_inverse=True)
        words.append(one.words[used])
        rows.append(row + seen)
        which.append(one.found.which + cues)
        seen += len(used)
        cues += len(one.cues)
    join = np.concatenate
    return Batch(
        join(words), join(rows), join([one.cues for one in samples]), join(which), join([one.pairs for one in samples]),
        join([one.labels for one in samples]),
    )  # fmt: skip


def loss_and_gradients(
    weights: Weights, reaches: Sequence[int], batch: Batch, random: np.random.Generator, drop: float
) -> tuple[float, Weights]:
    """The loss, summed over pairs, and how it changes with every weight."""
    table = weights["table"]
    wide = table.shape[1]
    shapes = (batch.pairs.shape, (len(batch.words), wide), (len(batch.cues), wide), (len(batch.labels), wide))
    kept = [_mask(random, shape, drop) for shape in shapes]
    masked = ((batch.pairs, kept[0]), (batch.words, None), (batch.cues, None))
    sums = [_sums(keys, len(table), mask) for keys, mask in masked]
    entered = sums[0] @ table + ((sums[1] @ table) * kept[1])[batch.row] + ((sums[2] @ table) * kept[2])[batch.which]
    made, inverse = _even(entered + weights["entry.bias"])
    at, total = spread(batch.which, max(reaches))
    now = made * weights["entry.gain"] + weights["entry.shift"]
    layers = []
    for number, reach in enumerate(reaches):
        out, keep = _maxout(weights, number, _windows(now, at, total, reach))
        now = now + out
        layers.append(keep)
    top = now * kept[3]
    loss, back = _softmax(top @ weights["heads"] + weights["heads.bias"], batch.labels)
    gradients: Weights = {"heads": top.T @ back, "heads.bias": back.sum(0)}
    change = (back @ weights["heads"].T) * kept[3]
    for number in reversed(range(len(reaches))):
        inner = _maxout_back(weights, number, layers[number], change, gradients)
        change = change + _windows_back(inner, at, total, reaches[number])
    gradients["entry.gain"], gradients["entry.shift"] = (change * made).sum(0), change.sum(0)
    change = _even_back(change * weights["entry.gain"], made, inverse)
    gradients["entry.bias"] = change.sum(0)
    spreads = (_sums(batch.row[:, None], len(batch.words), None), _sums(batch.which[:, None], len(batch.cues), None))
    into = sums[0].T @ change
    for each, spreading, mask in zip(sums[1:], spreads, kept[1:3], strict=True):
        into += each.T @ ((spreading.T @ change) * mask)
    gradients["table"] = into
    return loss, gradients


def _mask(random: np.random.Generator, shape: tuple[int, ...], drop: float) -> Floats:
    return (random.random(shape, dtype=np.float32) >= drop) / np.float32(1 - drop)


def _sums(keys: Ints, size: int, values: Floats | None) -> Any:
    """A sparse matrix whose product with a table sums each line's rows."""
    from scipy.sparse import csr_matrix

    values = np.ones(keys.size, np.float32) if values is None else values.ravel()
    return csr_matrix((values, keys.ravel(), np.arange(0, keys.size + 1, keys.shape[1])), shape=(len(keys), size))


def _even(values: Floats) -> tuple[Floats, Floats]:
    values = values - values.mean(1, keepdims=True)
    inverse = 1 / np.sqrt((values * values).mean(1, keepdims=True) + EPSILON)
    return np.asarray(values * inverse), inverse


def _even_back(change: Floats, made: Floats, inverse: Floats) -> Floats:
    return np.asarray(
        (change - change.mean(1, keepdims=True) - made * (change * made).mean(1, keepdims=True)) * inverse
    )


def _maxout(weights: Weights, number: int, inputs: Floats) -> tuple[Floats, tuple[Floats, ...]]:
    raw = inputs @ weights[f"{number}.matrix"] + weights[f"{number}.bias"]
    width = raw.shape[1] // PIECES
    second = raw[:, width:] > raw[:, :width]
    made, inverse = _even(np.where(second, raw[:, width:], raw[:, :width]))
    return made * weights[f"{number}.gain"] + weights[f"{number}.shift"], (inputs, second, made, inverse)


def _maxout_back(weights: Weights, number: int, kept: tuple[Floats, ...], change: Floats, gradients: Weights) -> Floats:
    inputs, second, made, inverse = kept
    gradients[f"{number}.gain"], gradients[f"{number}.shift"] = (change * made).sum(0), change.sum(0)
    change = _even_back(change * weights[f"{number}.gain"], made, inverse)
    raw = np.concatenate([change * ~second, change * second], axis=1)
    gradients[f"{number}.matrix"], gradients[f"{number}.bias"] = inputs.T @ raw, raw.sum(0)
    return np.asarray(raw @ weights[f"{number}.matrix"].T)


def _windows(now: Floats, at: Ints, total: int, reach: int) -> Floats:
    wide = np.zeros((total, now.shape[1]), now.dtype)
    wide[at] = now
    # Empty rows part the cues and stand at both ends, as many as the furthest reach.
    return np.concatenate([wide[at - reach], now, wide[at + reach]], axis=1)


def _windows_back(change: Floats, at: Ints, total: int, reach: int) -> Floats:
    width = change.shape[1] // 3
    wide = np.zeros((total, width), change.dtype)
    wide[at] = change[:, width : 2 * width]
    wide[at - reach] += change[:, :width]
    wide[at + reach] += change[:, 2 * width :]
    return np.asarray(wide[at])


def _softmax(scored: Floats, labels: Ints) -> tuple[float, Floats]:
    scored = scored - scored.max(1, keepdims=True)
    chances = np.exp(scored)
    chances /= chances.sum(1, keepdims=True)
    rows = np.arange(len(labels))
    loss = -float(np.log(chances[rows, labels] + 1e-9).sum())
    chances[rows, labels] -= 1
    return loss, chances


def _step(
    weights: Weights,
    gradients: Weights,
    moments: dict[str, tuple[Floats, Floats]],
    rate: float,
    step: int,
    count: int,
) -> None:
    """One step of Adam (Kingma and Ba 2015), in place; the gradients are divided by the number of pairs."""
    first, second = 0.9, 0.99
    scale = np.float32(rate * (1 - second**step) ** 0.5 / (1 - first**step))
    for name, value in weights.items():
        gradient = gradients[name]
        gradient /= np.float32(count)
        mean, square = moments[name]
        mean *= np.float32(first)
        mean += np.float32(1 - first) * gradient
        gradient *= gradient
        square *= np.float32(second)
        square += np.float32(1 - second) * gradient
        change = np.sqrt(square)
        change += np.float32(1e-6)
        np.divide(mean, change, out=change)
        change *= scale
        value -= change
