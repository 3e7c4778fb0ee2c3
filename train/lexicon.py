"""Words for people: `python train/lexicon.py WORDNET_DIR` writes stories/tables/persons.tsv.

WORDNET_DIR holds the database files of WordNet 3.1 (`data.noun`, `index.sense`). A word is taken where it is a noun
first of all, of the senses that it has as a noun the most frequent is a person, and it is one lower-case word. Words
that the hand-written table `counted` has are left to it.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from pathlib import Path

import rashomon
from rashomon.stories.words import rows

_TABLES = Path(rashomon.__file__).parent / "stories" / "tables"
_PERSON = "18"
# WordNet's file of nouns for people.
_NOUN = "1"
_LEAST = 4
# Letters that a word has at least.
_HEAD = """# Nouns for people, in the singular: what they count is people, of that sort.
# Made by train/lexicon.py from WordNet 3.1, Copyright 2006 by Princeton University, used by its licence: "Permission
# to use, copy, modify and distribute this software and database and its documentation for any purpose and without fee
# or royalty is hereby granted". THIS SOFTWARE AND DATABASE IS PROVIDED "AS IS" AND PRINCETON UNIVERSITY MAKES NO
# REPRESENTATIONS OR WARRANTIES, EXPRESS OR IMPLIED.
word
"""


def senses(folder: Path) -> dict[str, list[tuple[int, str, str, int]]]:
    """Lemma → its senses: the rank, the sort of word, the number of WordNet's file, how often it was met."""
    out: dict[str, list[tuple[int, str, str, int]]] = defaultdict(list)
    for line in (folder / "index.sense").read_text(encoding="utf-8").splitlines():
        key, _, rank, count = line.split()
        lemma, _, rest = key.partition("%")
        sort, file = rest.split(":")[:2]
        out[lemma].append((int(rank), sort, file, int(count)))
    return out


def persons(folder: Path) -> list[str]:
    """The nouns that stand for people before anything else, sorted."""
    known = {row[0] for row in rows("counted")}
    names = {line.split(" ", 1)[0] for line in _capitals(folder)}
    found = []
    for lemma, told in senses(folder).items():
        nouns = sorted(sense for sense in told if sense[1] == _NOUN)
        if not nouns or nouns[0][2] != _PERSON or not lemma.isalpha() or len(lemma) < _LEAST:
            continue
        others = sum(count for _, sort, _, count in told if sort != _NOUN)
        if lemma not in known | names and others <= sum(count for *_, count in nouns):
            found.append(lemma)
    return sorted(found)


def _capitals(folder: Path) -> list[str]:
    """Lower-cased words that WordNet's nouns for people write with a capital: names, peoples."""
    out = []
    for line in (folder / "data.noun").read_text(encoding="utf-8").splitlines():
        fields = line.split(" ", 5)
        if not line.startswith(" ") and fields[1] == _PERSON and fields[4][:1].isupper():
            out.append(fields[4].casefold())
    return out


def main(folder: Path) -> None:
    """Write the table."""
    words = persons(folder)
    (_TABLES / "persons.tsv").write_text(_HEAD + "".join(f"{word}\n" for word in words), encoding="utf-8")
    print(f"{len(words)} words for people")


if __name__ == "__main__":
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("folder", type=Path)
    main(words.parse_args().folder)
