"""What tells that a word marks a saying: its lemma, its tree, its neighbours, quotation marks, as hashed features."""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt

from rashomon.claims.hashing import Ints, Keys, mixed
from rashomon.claims.parsed import Parsed

NEAR = 6
"""So many words away a quotation mark may stand to count as near."""


@cache
def key(word: str) -> np.uint64:
    """spaCy's number for a string: that of its symbol, or else its hash."""
    from spacy.strings import get_string_id

    return np.uint64(get_string_id(word))


@cache
def keys(words: str) -> Keys:
    """spaCy's hashes of words parted by spaces, sorted."""
    return np.sort(np.array([key(word) for word in words.split()], dtype=np.uint64))


def among(values: Keys, words: str) -> npt.NDArray[np.bool_]:
    """Which of the keys are those of one of the words."""
    known = keys(words)
    return np.asarray(known[np.minimum(np.searchsorted(known, values), len(known) - 1)] == values)


SUBJECTS = "nsubj nsubjpass csubj expl"
FRAME = "ccomp xcomp dobj prep acomp attr agent nsubj nsubjpass"
_LEXICAL = "dobj acomp attr prep prt oprd advmod neg ccomp xcomp agent pobj aux amod poss compound"
_OBJECTS = "dobj attr acomp"


def kinds(text: Parsed) -> Keys:
    """What each word is in brief: the kind of name it belongs to, a pronoun's lemma, else its part of speech."""
    brief = np.where(among(text.tag, "PRP PRP$ WP"), text.lemma, text.pos)
    return np.asarray(np.where(text.kind != 0, text.kind, brief))


def frames(text: Parsed, words: str = FRAME) -> Keys:
    """Which of the relations stand below each word, as bits."""
    names = words.split()
    out = np.zeros(text.size, dtype=np.uint64)
    for bit, name in enumerate(names):
        below = text.head[(text.dep == key(name)) & (text.head != np.arange(text.size))]
        out[below] |= np.uint64(1 << bit)
    return out


def subjects(text: Parsed) -> Ints:
    """The row of each word's subject, its own or that of the verb that it shares it with; -1 where it has none."""
    rows = np.arange(text.size)
    found = np.full(text.size, -1, dtype=np.int64)
    own = np.flatnonzero(among(text.dep, SUBJECTS) & (text.head != rows))
    found[text.head[own][::-1]] = own[::-1]
    shares = among(text.dep, "conj xcomp advcl")
    for _ in range(2):
        lacking = np.flatnonzero((found < 0) & shares)
        found[lacking] = found[text.head[lacking]]
    return found


def beside(values: Keys, text: Parsed, rows: Ints, far: int) -> Keys:
    """The values of the words so far after the rows; 1 beyond the paragraph."""
    at = np.clip(rows + far, 0, len(values) - 1)
    same = (rows + far == at) & (text.paragraph[at] == text.paragraph[rows])
    return np.where(same, values[at], np.uint64(1))


def near_marks(text: Parsed, rows: Ints) -> tuple[Ints, Ints]:
    """How far before each row a quotation closes, and how far after it one opens; 0 for none within `NEAR` words."""
    closes, opens = np.zeros(len(rows), dtype=np.int64), np.zeros(len(rows), dtype=np.int64)
    for far in range(NEAR, 0, -1):
        for out, step, sign in ((closes, -far, -1), (opens, far, 1)):
            at = np.clip(rows + step, 0, text.size - 1)
            hit = (text.mark[at] == sign) & (at == rows + step) & (text.paragraph[at] == text.paragraph[rows])
            out[hit] = far
    return closes, opens


def features(text: Parsed, rows: Ints) -> tuple[Ints, Keys]:
    """The features of those rows as two arrays: which of the rows (by its position), and a key."""
    every = np.arange(len(rows))
    single = np.stack(_alone(text, rows), axis=1)
    at, hung = _hanging(text, rows)
    return np.concatenate([np.repeat(every, single.shape[1]), at]), np.concatenate([single.ravel(), hung])


def _alone(text: Parsed, rows: Ints) -> list[Keys]:
    """The features of which every row has one each."""
    lemma, tag, dep, head = text.lemma[rows], text.tag[rows], text.dep[rows], text.head[rows]
    above = np.where(head == rows, np.uint64(0), text.lemma[head])
    words = {far: beside(text.word, text, rows, far) for far in (-2, -1, 1, 2)}
    tags = {far: beside(text.tag, text, rows, far) for far in (-2, -1, 1, 2)}
    out = [
        mixed(0, lemma), mixed(1, text.word[rows]), mixed(2, tag), mixed(3, dep), mixed(4, lemma, tag),
        mixed(5, lemma, dep), mixed(6, above), mixed(7, dep, above), mixed(8, dep, text.pos[head]),
        mixed(9, lemma, above),
        *(mixed(10 + far, words[far]) for far in words), *(mixed(20 + far, tags[far]) for far in tags),
        mixed(30, lemma, words[1]), mixed(31, lemma, words[-1]), mixed(32, words[1], words[2]),
        mixed(33, tags[-1], tag, tags[1]), mixed(34, lemma, tags[1]),
    ]  # fmt: skip
    frame = frames(text)[rows]
    pos = text.pos[rows]
    subject = subjects(text)[rows]
    has = subject >= 0
    brief = kinds(text)
    who = np.where(has, brief[subject], np.uint64(0))
    own = np.where(has, text.head[subject] == rows, False).astype(np.uint64)
    out += [
        mixed(40, who), mixed(41, who, pos), mixed(42, who, lemma),
        mixed(43, np.where(has, text.lemma[subject], np.uint64(0))),
        mixed(44, own, np.where(has, text.dep[subject], np.uint64(0))), mixed(45, who, frame), mixed(46, pos, frame),
        mixed(47, lemma, frame), mixed(48, who, lemma, frame),
    ]  # fmt: skip
    quoted = (text.quote[rows] > 0).astype(np.uint64)
    first, last = text.bounds(rows)
    sums = np.concatenate([[0], np.cumsum(text.quote > 0)])
    speaks = (sums[last] > sums[first]).astype(np.uint64)
    where = np.minimum(4, (rows - first) * 5 // (last - first)).astype(np.uint64)
    closes, opens = (far.astype(np.uint64) for far in near_marks(text, rows))
    opening = (text.paragraph[rows] == text.paragraph[0]).astype(np.uint64)
    return [
        *out, mixed(50, quoted), mixed(51, quoted, lemma), mixed(52, speaks), mixed(53, speaks, pos),
        mixed(54, speaks, lemma), mixed(55, where), mixed(56, (last - rows <= 2).astype(np.uint64)),
        mixed(57, opening, tag), mixed(58, (rows == first).astype(np.uint64), lemma),
        mixed(59, np.minimum(6, (last - first) // 6).astype(np.uint64)), mixed(60, dep, text.dep[head]),
        mixed(61, np.minimum(5, text.depth[rows]).astype(np.uint64)), mixed(62, closes, opens),
        mixed(63, closes, opens, lemma), mixed(64, closes, opens, dep), mixed(65, closes, lemma),
        mixed(66, opens, lemma),
    ]  # fmt: skip


def _hanging(text: Parsed, rows: Ints) -> tuple[Ints, Keys]:
    """Features for each word that hangs on a row, and for some that hang on those."""
    number = np.full(text.size, -1, dtype=np.int64)
    number[rows] = np.arange(len(rows))
    everyone = np.arange(text.size)
    child = everyone[(text.head != everyone) & (number[text.head] >= 0)]
    head = text.head[child]
    at = number[head]
    dep, lemma, pos = text.dep[child], text.lemma[head], text.pos[head]
    out: list[tuple[Ints, Keys]] = [
        (at, mixed(70, dep)), (at, mixed(71, lemma, dep)), (at, mixed(72, dep, text.lemma[child])),
        (at, mixed(73, pos, dep)), (at, mixed(74, dep, (child > head).astype(np.uint64))),
    ]  # fmt: skip
    lexical = among(dep, _LEXICAL)
    out.append((at[lexical], mixed(75, lemma[lexical], dep[lexical], text.lemma[child][lexical])))
    objects = among(dep, _OBJECTS)
    out.append((at[objects], mixed(76, pos[objects], kinds(text)[child][objects])))
    # What hangs on those.
    grand = everyone[(text.head != everyone) & (text.head[text.head] != text.head)]
    middle = text.head[grand]
    top = text.head[middle]
    known = number[top] >= 0
    grand, middle, top = grand[known], middle[known], top[known]
    at = number[top]
    prep = text.dep[middle] == key("prep")
    out.append((at[prep], mixed(77, text.lemma[top][prep], text.lemma[middle][prep], text.dep[grand][prep])))
    out.append((at[prep], mixed(78, text.pos[top][prep], text.lemma[middle][prep], kinds(text)[grand][prep])))
    opened = among(text.dep[middle], "ccomp xcomp") & (
        (text.dep[grand] == key("mark")) | among(text.tag[grand], "TO WP WRB WDT")
    )
    out.append((at[opened], mixed(79, text.lemma[top][opened], text.dep[middle][opened], text.lemma[grand][opened])))
    out.append((at[opened], mixed(80, text.pos[top][opened], text.dep[middle][opened], text.lemma[grand][opened])))
    below = among(text.dep[middle], _OBJECTS) & among(text.dep[grand], "acl relcl prep ccomp")
    out.append((at[below], mixed(81, text.pos[top][below], text.dep[grand][below], text.lemma[middle][below])))
    one = [text.lemma[x][below] for x in (top, middle, grand)]
    out.append((at[below], mixed(82, *one, text.dep[grand][below])))
    return np.concatenate([rows for rows, _ in out]), np.concatenate([keys for _, keys in out])
