"""Where a content that was learned begins and ends: at phrases, and not amid them."""

from __future__ import annotations

import numpy as np

from rashomon.claims.cue_features import among, key
from rashomon.claims.hashing import Ints
from rashomon.claims.learned import Read
from rashomon.claims.parsed import Parsed

_LEADING = "DT CC IN TO PRP$ PDT RB"
"""Tags of words that lead to a word behind them;"""
_HELPING = "aux auxpass"
"""and their dependencies."""
_HOLE = 3
"""Words that may be missing between two of a content."""


def clean(rows: Parsed, read: Read) -> Read:
    """The saying with a content that neither begins nor ends amid a phrase.

    Without words at its end that lead to what follows ("… but the"); with what a last preposition governs, where that
    hangs on the content ("a feud between |the two leaders"), and without the preposition elsewhere ("called him a crook
    on |Monday"). Without a first "that" which brings a clause in, and with a first "to".
    """
    content = _filled(rows, read, _under(rows, read))
    while len(content) > 1 and (among(rows.tag[content[-1:]], _LEADING) | among(rows.dep[content[-1:]], _HELPING))[0]:
        last = int(content[-1])
        if rows.head[last] > last:
            content = content[:-1]
        elif rows.right[last] == last:
            break
        elif rows.head[last] in content:
            rest = np.arange(last + 1, rows.right[last] + 1)
            if not _free(rows, read, rest):
                break
            content = np.concatenate([content, rest])
        else:
            content = content[:-1]
    first = int(content[0])
    before = first - 1
    if len(content) > 1 and rows.word[first] == key("that") and rows.dep[first] == key("mark"):
        content = content[1:]
    elif before >= 0 and before != read.cue and rows.tag[before] == key("TO") and rows.head[before] in content:
        content = np.concatenate([[before], content])
    return read._replace(content=content)


def _under(rows: Parsed, read: Read) -> Ints:
    """The content of a noun without what is said of the noun: "the warning that the pier could sink |went unheeded"."""
    cue, content = read.cue, read.content
    noun = among(rows.tag[[cue]], "NN NNS")[0] and content[0] > cue and rows.head[cue] in content
    under = content[content <= rows.right[cue]]
    return under if noun and len(under) else content


def before_semicolon(rows: Parsed, read: Read) -> Read:
    """The saying without a clause that a semicolon parts from its content: "claims 12,000 marched; |police counted 4".

    In a quotation a sentence goes on behind one, and so does a list.
    """
    content = read.content
    if content[0] < read.cue:
        return read
    whole = slice(int(content[0]), int(content[-1]))
    for at in (whole.start + np.flatnonzero((rows.word[whole] == key(";")) & (rows.quote[whole] == 0))).tolist():
        rest = content[content > at]
        subjects = rest[among(rows.dep[rest], "nsubj nsubjpass")]
        if among(rows.tag[rows.head[subjects]], "VBD VBZ VBP MD VB VBN").any():
            return read._replace(content=content[content < at])
    return read


def _filled(rows: Parsed, read: Read, content: Ints) -> Ints:
    """The content with what is left out of it between words of one phrase: "parked in |the| lot"."""
    steps = np.diff(content)
    holes = [
        np.arange(content[at] + 1, content[at + 1])
        for at in np.flatnonzero((steps > 1) & (steps <= _HOLE + 1)).tolist()
        if rows.sentence[content[at]] == rows.sentence[content[at + 1]]
    ]
    return np.unique(np.concatenate([content, *(hole for hole in holes if _free(rows, read, hole))]))


def _free(rows: Parsed, read: Read, more: Ints) -> bool:
    """Whether rows hold neither cue nor speaker of a saying, and no quotation mark."""
    taken = (more == read.cue) | ((more >= read.first) & (more <= read.last) if read.first >= 0 else False)
    return not bool((taken | (rows.mark[more] != 0)).any())
