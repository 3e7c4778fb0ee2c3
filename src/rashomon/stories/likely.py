"""How likely two pages tell the same story, by what they have in common.

Boosted trees say it (`models/pairs.npz`, made by `train/stories.py`); where the file was left out, a logistic
function of seven of the features, whose weights were fitted on the same pairs, says it less well.
"""

from __future__ import annotations

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


def likely(columns: Floats, trees: Trees | None) -> NDArray[np.float64]:
    """For each column of `profiles.compare` the chance, between 0 and 1; without trees by the logistic function."""
    found = odds(_plain(columns) if trees is None else trees.scores(columns))
    return np.where(_strange(columns), np.minimum(found, _UNLIKELY), found)


def _strange(columns: Floats) -> NDArray[np.bool_]:
    """Whether both pages have names and not one in common, no street either, and hardly a word of their titles.

    Of some 17,000 such pairs of the three sets twelve tell one story; short look-alikes of one day are of them.
    """
    of = dict(zip(FEATURES, columns, strict=True))
    shared = of["name shared"] + of["street shared"] + of["aged shared"]
    return np.asarray((of["proper share"] == 0) & (shared == 0) & (of["title rarity"] < _A_WORD_OR_TWO))


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
