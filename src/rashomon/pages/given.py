"""Given names: those in wide use, and those of a census and of name lists, by gender."""

from __future__ import annotations

from functools import cache

from rashomon.pages.tables import rows


def by_hand() -> tuple[dict[str, str], ...]:
    """Rows of `gender` and `names`, parted by semicolons: names whose bearers a pronoun can be told by."""
    return rows("first_names")


def listed() -> tuple[dict[str, str], ...]:
    """The same for the names of a census and of name lists."""
    return rows("given_names")


def is_given(word: str) -> bool:
    """Whether a word is a given name, in whatever case; names borne by men and women alike are not in the tables."""
    return word.casefold() in _all()


@cache
def _all() -> frozenset[str]:
    return frozenset(name.casefold() for row in (*by_hand(), *listed()) for name in row["names"].split(";"))
