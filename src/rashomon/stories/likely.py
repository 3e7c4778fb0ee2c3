"""How likely two pages tell the same story, by what they have in common.

Boosted trees say it (`models/pairs.npz`, made by `train/pairs.py`); where the file was left out, a logistic
function of seven of the features, whose weights were fitted on the same pairs, says it less well.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from rashomon.stories.profiles import FEATURES, Floats
from rashomon.trees import Trees, odds, shipped

_BIAS, _WORDS, _PROPER, _NAMES, _TITLE, _FIGURES, _STRANGE, _DAYS = -2.9, 4.8, 17.7, 0.37, 0.56, 0.76, -1.7, -1.25
_UNLIKELY = 0.2
# What pages that name nobody in common get at most.
_A_WORD_OR_TWO = 8.0
# The rarity of as many words.
_TITLED = 2.0
# Of titles that have so much in common names are not asked for: a headline may name what the text does not.


_FIRST, _HOPELESS = 30, -3.0
# So many of the trees are asked first. Of three pairs in four they say less than these log-odds; of some 4,000 such
# pairs that all of the trees give a chance of .05 or more, 26 are lost, and of those with .2 one.


class Asked(NamedTuple):
    """Trees as they are asked: some for all pairs, the rest for those that are not hopeless."""

    first: Trees
    rest: Trees


def asked(trees: Trees) -> Asked:
    """The trees in the order in which they are asked."""
    return Asked(*trees.parted(min(_FIRST, len(trees.starts))))


def likely(columns: Floats, trees: Asked | None) -> NDArray[np.float64]:
    """For each column of `profiles.compare` the chance, between 0 and 1; without trees by the logistic function."""
    found = odds(_plain(columns)) if trees is None else _asked(columns, trees)
    return np.where(_strange(columns), np.minimum(found, _UNLIKELY), found)


def _asked(columns: Floats, trees: Asked) -> NDArray[np.float64]:
    """What the trees say; of hopeless pairs nought."""
    scores = trees.first.scores(columns)
    hopeful = np.flatnonzero(scores > _HOPELESS)
    out = np.zeros(len(scores))
    if len(hopeful):
        out[hopeful] = odds(scores[hopeful] + trees.rest.scores(columns[:, hopeful]))
    return out


def _strange(columns: Floats) -> NDArray[np.bool_]:
    """Whether both pages have names and not one in common, no street either, and hardly a word of their titles.

    Of some 17,000 such pairs of the three sets twelve tell one story; short look-alikes of one day are of them.
    """
    name, street, aged, proper, title = columns[_STRANGE_BY]
    return np.asarray((proper == 0) & (name + street + aged == 0) & (title < _A_WORD_OR_TWO))


_STRANGE_BY = [FEATURES.index(n) for n in ("name shared", "street shared", "aged shared", "proper share",
                                           "title rarity")]  # fmt: skip


def own() -> Trees | None:
    """The trees that are shipped, or None where the file was left out."""
    return shipped("stories", "pairs")


def _plain(columns: Floats) -> NDArray[np.float64]:
    """The log-odds without trees."""
    of = dict(zip(FEATURES, columns.astype(np.float64), strict=True))
    title = np.log1p(of["title rarity"])
    strange = (of["proper words"] == 0) & (of["size"] > 0) & (title < _TITLED)
    # An undated page is taken for one published on another day.
    days = np.where(of["dated"] > 0, np.log1p(np.maximum(of["days"], 0)), 1.0)
    return np.asarray(
        _BIAS
        + _WORDS * of["plain cosine"]
        + _PROPER * of["proper cosine"]
        + _NAMES * np.log1p(of["name rarity"])
        + _TITLE * title
        + _FIGURES * np.log1p(of["figure rarity"] + of["age rarity"])
        + _STRANGE * strange
        + _DAYS * days
    )
