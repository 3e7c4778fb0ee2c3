"""Short forms of bodies: "WRO" for World Repair Organization, "Orlin" for Orlin Shipping Group."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

from rashomon.claims import countries, gazetteer, people
from rashomon.claims.people import fold

if TYPE_CHECKING:
    from rashomon.claims.mentions import Mention

_SMALL = frozenset(("of", "the", "and", "for", "in", "on", "to", "de", "la", "du", "des", "der", "&"))


def short_forms(given: Iterable[Mention]) -> dict[str, str]:
    """Short form → the one full name of a body on the page that it can stand for.

    Letters stand for the words that they begin, the small ones counted or not; a single word stands for a name that
    opens with it and ends as bodies' names do, where it is neither a place nor a country nor anybody's first name.
    """
    full = sorted({m.text for m in given if m.type == "ORG" and len(m.text.split()) > 1})
    firms = {name for name in full if gazetteer.kind(fold(name)) == "ORG"}
    short = sorted({m.text for m in given if m.type in ("ORG", "GPE", "PERSON") and len(m.text.split()) == 1})
    found: dict[str, set[str]] = defaultdict(set)
    for name in full:
        heads = _letters(name)
        first = fold(name).split()[0]
        for form in short:
            bare = form.replace(".", "")
            letters = bare.isupper() and 2 <= len(bare) <= 8 and bare.casefold() in heads
            opens = not bare.isupper() and name in firms and fold(form) == first and not _else(form)
            if letters or opens:
                found[form].add(name)
    return {form: names.pop() for form, names in sorted(found.items()) if len(names) == 1}


def _letters(name: str) -> set[str]:
    words = fold(name).split()
    return {"".join(w[0] for w in words), "".join(w[0] for w in words if w not in _SMALL)}


def _else(form: str) -> bool:
    """Whether a word may be something else than the body that opens with it."""
    word = fold(form)
    return bool(gazetteer.place(word) or countries.lookup(form) or people.gender_of_name(word) or word in _SMALL)
