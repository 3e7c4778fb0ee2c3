"""The countries that a text names."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from rashomon.claims.countries import lookup
from rashomon.stories.words import Token, tokens


def named(text: str, words: Sequence[Token] | None = None) -> list[tuple[str, int, int]]:
    """The countries that capitalised words of a text name: code, start, end; the longest form wins.

    `words`: the text's tokens, where they are known.
    """
    words = list(tokens(text)) if words is None else words
    out: list[tuple[str, int, int]] = []
    at = 0
    while at < len(words):
        step = 1
        if words[at].exact[:1].isupper():
            for size in (4, 3, 2, 1):
                last = words[min(at + size, len(words)) - 1]
                country = _country(text[words[at].start : last.end + (text[last.end : last.end + 1] == ".")])
                if country:
                    out.append((country, words[at].start, last.end))
                    step = size
                    break
        at += step
    return out


@lru_cache(maxsize=65536)
def _country(text: str) -> str | None:
    found = lookup(text)
    return found.code if found and not (found.ambiguous and found.kind == "capital") else None
