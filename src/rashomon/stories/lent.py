"""The names on the pages of one story as each page's text may use them: its own, and those that another page knows.

"Taveu" is read as a name on one page and missed on the next; a surname alone is somebody whom another page calls by
the whole name. A lent name counts only where the text writes it with capitals, and only where one body of the story
is called so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from rashomon.model import Page
from rashomon.stories.name_words import name_words
from rashomon.stories.names import Names
from rashomon.stories.terms import Known, names_on, rate
from rashomon.stories.words import is_content, stem

_COMMON = 0.0005
# The share of claims of general news that have a word, from which it is too common to be lent as a name by itself.
_SHORT = 4
# Letters that a single word has at least to be lent.


def known_on(pages: Sequence[Page], names: Names) -> dict[str, Known]:
    """The names of each page, by its id: its own, then those lent by the other pages of the story.

    A person whose name another page gives with a word before it ("Sprinter Ada Voss") is one and the same.
    """
    same = _one_kind(pages, names) | _longer(names) | _shorter(names)
    own = {page.id: names_on(page, names, same) for page in pages}
    keys: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for known in own.values():
        for words, key in known.of.items():
            keys[words].add(key)
    for words, key in _surnames(names, same):
        keys[words].add(key)
    lendable = {words: min(found) for words, found in keys.items() if len(found) == 1 and _lendable(words)}
    out = {}
    for page in pages:
        mine = own[page.id].of
        lent = {words: key for words, key in lendable.items() if words not in mine}
        out[page.id] = Known({**mine, **lent}, frozenset(lent))
    return out


def _lendable(words: tuple[str, ...]) -> bool:
    if len(words) > 1:
        return True
    return len(words[0]) >= _SHORT and is_content(words[0]) and rate(stem(words[0])) < _COMMON


def _one_kind(pages: Sequence[Page], names: Names) -> dict[str, str]:
    """Id of a joined entity → the smallest id of those that other pages write with just the same words.

    "Rovers" is a place to the reader of one page and a body to that of the next; countries have codes to tell them by.
    """
    of: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for page in pages:
        for entity in page.entities:
            if not entity.code:
                of[name_words(entity.name)].add(names.of[entity.id])
    return {key: min(keys) for words, keys in of.items() if words and len(keys) > 1 for key in keys}


def _people(names: Names) -> list[tuple[str, tuple[str, ...]]]:
    return [(entity.id, name_words(entity.name)) for entity in names.entities if entity.type == "PERSON"]


def _longer(names: Names) -> dict[str, str]:
    """Id of a person → id of the one whose name ends the first's: the name of two words or more that is within it."""
    people = _people(names)
    by_name: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for key, words in people:
        if len(words) > 1:
            by_name[words].add(key)
    out = {}
    for key, words in people:
        ends = (words[at:] for at in range(1, len(words) - 1))
        found = next((by_name[end] for end in ends if end in by_name), set())
        if len(found) == 1:
            out[key] = min(found)
    return out


def _shorter(names: Names) -> dict[str, str]:
    """Id of a body → id of the one that is called by one telling word at its end or beginning ("Varga Steel")."""
    bodies = [(entity.id, name_words(entity.name)) for entity in names.entities if entity.type == "ORG"]
    by_word: dict[str, set[str]] = defaultdict(set)
    for key, words in bodies:
        if len(words) == 1 and _lendable(words):
            by_word[words[0]].add(key)
    out = {}
    for key, words in bodies:
        found = by_word.get(words[0], set()) | by_word.get(words[-1], set()) if len(words) > 1 else set()
        if len(found) == 1:
            out[key] = min(found)
    return out


def _surnames(names: Names, same: Mapping[str, str]) -> list[tuple[tuple[str, ...], str]]:
    return [((words[-1],), f"@{same.get(key, key)}") for key, words in _people(names) if len(words) > 1]
