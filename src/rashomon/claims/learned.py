"""The learned reader of speech: which words of a parsed text mark a saying, what is said, and who says it.

Four steps, each over arrays: a linear scorer finds the words that may be cues; a small network says of every word near
such a cue whether it is content, speaker or cue; boosted trees choose among ways of cutting the content, and among noun
phrases for the speaker; boosted trees then say which cues make a saying. `train/speech_learn.py` fits all of them.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from rashomon import trees
from rashomon.claims import content_choice, cue_features, pair_features, pair_network, saying_choice, speaker_choice
from rashomon.claims.content_choice import Contents
from rashomon.claims.cue_features import key
from rashomon.claims.hashing import Ints, Keys, mixed, places
from rashomon.claims.pair_features import Pairs
from rashomon.claims.pair_network import Network
from rashomon.claims.parsed import Parsed
from rashomon.claims.ruled import Ruled
from rashomon.claims.saying_choice import Choices
from rashomon.claims.speaker_choice import Phrases
from rashomon.reader.network import Layer
from rashomon.trees import Trees

Floats = npt.NDArray[np.float32]

CUE = 0.15
"""Words less likely than this to be a cue are not looked at."""
LONGEST = 1000
"""In longer sentences, which nobody speaks, the rules read alone."""
PART = 4000
"""Words are looked at so many at a time, to a paragraph's end: the memory does not grow with the page."""
ALIKE = 0.7
"""Of two sayings whose contents share so much (F1 of their words) the likelier is kept."""
FILE = "speech.npz"
TREES = ("content", "speaker", "found", "right")


class Scorer(NamedTuple):
    """The linear scorer of cues: a weight for each hashed feature, and the words other than verbs that it is for."""

    weights: Floats
    base: float
    words: Keys
    """Lemma and part of speech together, sorted."""
    met: Keys
    """The verbs that it met, whether or not they were cues: their lemmas, sorted."""


class Model(NamedTuple):
    """All that was learnt."""

    cues: Scorer
    network: Network
    content: Trees
    speaker: Trees
    found: Trees
    right: Trees
    least: float
    """A saying's least score."""


class Seen(NamedTuple):
    """A text's cues with all that may be chosen for each."""

    found: Pairs
    likely: Floats
    """How likely each is a cue."""
    chances: Floats
    contents: Contents
    of_contents: Floats
    phrases: Phrases
    of_phrases: Floats
    rules: Ruled


class Read(NamedTuple):
    """One saying, in rows of `Parsed`."""

    cue: int
    content: Ints
    first: int
    """The speaker's first and last word; -1 where nobody is named."""
    last: int
    head: int
    score: float

    def moved(self, by: int) -> Read:
        """The same where its rows are counted from `by` rows before."""
        first, last = (each + by if each >= 0 else -1 for each in (self.first, self.last))
        return Read(self.cue + by, self.content + by, first, last, self.head + by, self.score)


@cache
def shipped() -> Model | None:
    """The model of the package, or None where its file was left out."""
    place = files("rashomon.claims").joinpath("models", FILE)
    return loaded(place.read_bytes()) if place.is_file() else None


def candidates(text: Parsed, words: Keys) -> Ints:
    """The rows that may be cues at all: verbs, and other words that were cues before."""
    first, last = text.firsts[text.sentence], text.firsts[text.sentence + 1]
    verb = (text.pos == key("VERB")) & (last - first <= LONGEST)
    if not len(words):
        return np.flatnonzero(verb)
    mine = mixed(99, text.lemma, text.pos)
    known = words[np.minimum(np.searchsorted(words, mine), len(words) - 1)] == mine
    return np.flatnonzero(verb | (known & (last - first <= LONGEST)))


def strange(scorer: Scorer, text: Parsed) -> npt.NDArray[np.bool_]:
    """Of which words the scorer can say nothing: verbs never met, and what never was a cue."""
    out = np.ones(text.size, dtype=bool)
    rows = candidates(text, scorer.words)
    lemmas = text.lemma[rows]
    met = scorer.met[np.minimum(np.searchsorted(scorer.met, lemmas), len(scorer.met) - 1)] == lemmas
    out[rows] = (text.pos[rows] == key("VERB")) & ~met
    return out


def cues(scorer: Scorer, text: Parsed, also: Ints, least: float = CUE) -> tuple[Ints, Floats]:
    """The rows that may be cues, and how likely each is one; none less likely than `least` but those given."""
    also = also[text.firsts[text.sentence[also] + 1] - text.firsts[text.sentence[also]] <= LONGEST]
    rows = np.union1d(candidates(text, scorer.words), also)
    at, keys = cue_features.features(text, rows)
    bits = len(scorer.weights).bit_length() - 1
    scores = np.bincount(at, weights=scorer.weights[places(keys, bits)], minlength=len(rows)) + scorer.base
    likely = 1 / (1 + np.exp(-scores))
    good = (likely > least) | np.isin(rows, also)
    return rows[good], likely[good].astype(np.float32)


def seen(network: Network, text: Parsed, rows: Ints, likely: Floats, rules: Ruled) -> Seen:
    """What may be chosen for each of those cues."""
    found = pair_features.pairs(text, rows)
    chances = pair_network.chances(network, text, found)
    line = speaker_choice.lined(text, found, chances)
    phrases = speaker_choice.phrases(text, found, line)
    contents = content_choice.contents(text, found, chances, rules)
    return Seen(
        found,
        likely,
        chances,
        contents,
        content_choice.described(text, found, chances, contents, rules),
        phrases,
        speaker_choice.described(text, found, line, phrases, rules),
        rules,
    )


def choices(content: Trees, speaker: Trees, given: Seen) -> Choices:
    """The best content and speaker of each cue."""
    count = len(given.found.cues)
    of_content, of_speaker = content.scores(given.of_contents), speaker.scores(given.of_phrases)
    best = saying_choice.best(given.contents.which, of_content, count)
    who = saying_choice.best(given.phrases.which, of_speaker, count)
    chance = np.where(best >= 0, trees.odds(of_content)[best] if len(of_content) else 0, 0)
    return Choices(
        best,
        chance.astype(np.float32),
        saying_choice.lead(given.contents.which, of_content, count),
        who,
        trees.odds(of_speaker)[who].astype(np.float32),
        saying_choice.lead(given.phrases.which, of_speaker, count),
    )


def described(text: Parsed, given: Seen, chosen: Choices) -> Floats:
    """The features by which a saying is judged."""
    lines = (given.contents, given.of_contents, given.phrases, given.of_phrases)
    return saying_choice.described(text, given.found, given.likely, given.chances, lines, chosen, given.rules)


def read(model: Model, text: Parsed, rules: Ruled) -> list[Read]:
    """The sayings of a text, in order; `rules` is what the rules read in it."""
    out: list[Read] = []
    first = 0
    while first < text.size:
        last = _end(text, first)
        whole = first == 0 and last == text.size
        some, theirs = (text, rules) if whole else (text.part(first, last), rules.part(first, last))
        out += [each.moved(first) for each in _read(model, some, theirs)]
        first = last
    return out


def _end(text: Parsed, first: int) -> int:
    """Where the part that begins at a row ends: with a paragraph, or with a sentence where that would be too long."""
    least = min(first + PART, text.size)
    ends = np.append(np.flatnonzero(np.diff(text.paragraph)) + 1, text.size)
    last = int(ends[np.searchsorted(ends, least)])
    return last if last - first <= 2 * PART else int(text.firsts[np.searchsorted(text.firsts, least)])


def _read(model: Model, text: Parsed, rules: Ruled) -> list[Read]:
    rows, likely = cues(model.cues, text, rules.cue)
    if not len(rows):
        return []
    given = seen(model.network, text, rows, likely, rules)
    chosen = choices(model.content, model.speaker, given)
    columns = described(text, given, chosen)
    scores = (trees.odds(model.found.scores(columns)) + trees.odds(model.right.scores(columns))) / 2
    inside = saying_choice.words(text, given.found, given.contents, chosen.content)
    out = []
    for cue in saying_choice.kept(scores, inside, model.least, ALIKE).tolist():
        who = chosen.speaker[cue]
        phrases = given.phrases
        first, last, head = (int(column[who]) for column in (phrases.first, phrases.last, phrases.head))
        content = np.flatnonzero(inside[cue])
        out.append(Read(int(given.found.cues[cue]), content, first, last, head, float(scores[cue])))
    return out


# --- the model file ---


def loaded(data: bytes) -> Model:
    """The model of a file's bytes, as `saved` writes them."""
    with np.load(BytesIO(data), allow_pickle=False) as arrays:
        found = dict(arrays)

    def floats(name: str) -> Any:
        return np.ascontiguousarray(found[name], dtype=np.float32)

    nothing = np.zeros((0, 0), dtype=np.float32)
    entry = Layer(nothing, *(floats(f"entry.{part}") for part in ("bias", "gain", "shift")))
    reaches = tuple(found["reaches"].tolist())
    layers = tuple(Layer(*(floats(f"layer{at}.{part}") for part in Layer._fields)) for at in range(len(reaches)))
    table = found["table"] * floats("table.scale")
    rows = pair_network.numbered(np.unpackbits(found["table.rows"]))
    network = Network(table, rows, entry, layers, reaches, floats("heads"), floats("heads.bias"))
    scorer = Scorer(found["cues"].astype(np.float64), float(found["cues.base"]), found["cues.words"], found["cues.met"])
    content, speaker, judged, right = (trees.loaded(found[f"trees.{name}"].tobytes()) for name in TREES)
    return Model(scorer, network, content, speaker, judged, right, float(found["least"]))


def saved(model: Model) -> bytes:
    """The model as a file's bytes: the same for the same model."""
    network = model.network
    scale = np.abs(network.table).max(1, keepdims=True).clip(1e-6) / 127
    arrays: dict[str, Any] = {
        "table": np.rint(network.table / scale).astype(np.int8),
        "table.scale": scale.astype(np.float16).astype(np.float32),
        "table.rows": np.packbits(network.rows > 0),
        "reaches": np.array(network.reaches),
        "heads": network.heads.astype(np.float16),
        "heads.bias": network.heads_bias,
        "cues": model.cues.weights.astype(np.float16),
        "cues.base": np.array(model.cues.base),
        "cues.words": model.cues.words,
        "cues.met": model.cues.met,
        "least": np.array(model.least),
    }
    for part in ("bias", "gain", "shift"):
        arrays[f"entry.{part}"] = getattr(network.entry, part)
    for at, layer in enumerate(network.layers):
        arrays |= {f"layer{at}.{part}": getattr(layer, part).astype(np.float16) for part in Layer._fields}
    for name in TREES:
        arrays[f"trees.{name}"] = np.frombuffer(trees.saved(getattr(model, name)), dtype=np.uint8)
    out = BytesIO()
    np.savez_compressed(out, allow_pickle=False, **arrays)
    return out.getvalue()
