"""Accounts that repeat one another word for word: whoever prints the same sentence has it from the same hand.

Pages of one agency's text are often cut and rewritten beyond what makes a page a copy, and keep whole sentences.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from rashomon.stories.words import folded_words

_RUN = 4
# Words in a row that are looked for in another text.
_LEAST = 9
# A sentence of fewer words may be two people's by chance ("No arrests have been made").
_SHARE = 0.5
# The share of its runs that a text has in common with one that it repeats.


def firsts(texts: Sequence[str]) -> list[int]:
    """For each text the place of the first one that it repeats word for word; its own where there is none.

    Time is linear in the length of the texts.
    """
    owner: dict[tuple[str, ...], int] = {}
    out: list[int] = []
    for place, text in enumerate(texts):
        words = folded_words(text)
        runs = {words[at : at + _RUN] for at in range(len(words) - _RUN + 1)} if len(words) >= _LEAST else set()
        known = Counter(owner[run] for run in runs if run in owner)
        first, common = min(known.items(), key=lambda item: (-item[1], item[0])) if known else (place, 0)
        first = first if runs and common >= _SHARE * len(runs) else place
        out.append(first)
        for run in runs:
            owner.setdefault(run, first)
    return out
