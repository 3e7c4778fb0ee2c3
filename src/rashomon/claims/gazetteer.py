"""What a name can be by itself: a place, a body, a street, no name at all; tables of towns, regions and endings.

Towns come from GeoNames (CC BY 4.0, see `tables/towns.tsv`). What a table says is one voice among others: "Lincoln" is
a town and a surname, and the page decides.
"""

from __future__ import annotations

from functools import cache

from rashomon.claims.people import fold, gender_of_name
from rashomon.claims.tables import rows


@cache
def _towns() -> frozenset[str]:
    return frozenset(fold(name) for row in rows("towns") for name in row["names"].split(";"))


@cache
def _regions() -> dict[str, bool]:
    """Region → whether its name is often something else too."""
    return {fold(name): name.endswith("?") for row in rows("regions") for name in row["names"].split(";")}


def place(name: str) -> bool:
    """Whether a folded name is a town's or a region's, whatever else it may be."""
    return name in _regions() or name in _towns()


def region(name: str) -> bool:
    """Whether a folded name is a part of a country, and seldom anything else."""
    return _regions().get(name) is False


@cache
def _kinds() -> tuple[dict[str, str], dict[str, str], frozenset[str]]:
    """Entity type by the last word of a name, by the whole name, and the last words that are surnames too."""
    last: dict[str, str] = {}
    whole: dict[str, str] = {}
    surnames: set[str] = set()
    for row in rows("name_kinds"):
        into = last if row["where"] == "last" else whole
        into.update((fold(word), row["type"]) for word in row["words"].split(";"))
        surnames.update(fold(word) for word in row["words"].split(";") if word.endswith("?"))
    return last, whole, frozenset(surnames)


def kind(name: str) -> str | None:
    """The entity type that a folded name tells by itself ("… Street" is a FAC, "… County" a GPE), "-" where it is no
    name ("Sgt", "Javascript"), None where it tells nothing."""
    last, whole, surnames = _kinds()
    if name in whole:
        return whole[name]
    words = name.split()
    if len(words) < 2 or (words[-1] in surnames and len(words) == 2 and gender_of_name(words[0])):
        return None
    return last.get(words[-1])
