"""Whose office it is: whether a president, a spokeswoman or an official is one of a public body.

The words are in `tables/offices.tsv`; lands, towns and their people come from the tables of countries and places. A
body that nothing tells to be public is taken for none: "a spokeswoman for Fennel Air", "Fennel Air officials".
"""

from __future__ import annotations

import re
from functools import cache

from rashomon.claims import countries, gazetteer
from rashomon.claims.people import fold
from rashomon.claims.tables import rows

_OWNER = re.compile(r"['’]s?$")
_MOST = 4
"""So many words before a role may name the body."""


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(word for row in rows("offices") if row["kind"] == kind for word in row["words"].split(";"))


@cache
def _roles() -> str:
    return "|".join(sorted(map(re.escape, _words("role")), key=lambda word: (-len(word), word)))


@cache
def _after() -> re.Pattern[str]:
    """A role and the body behind it: "spokesman for …", "president, …"."""
    return re.compile(
        rf"\b(?P<role>{_roles()})s?(?:\s+(?:for|of|at|with)\s+|,\s+(?=[A-Z]))(?:the\s+|an?\s+)?"
        r"(?P<body>(?i:[\w.’'&-]+(?:\s+(?!(?:who|which|that|and|said|on|in|told)\b)[\w.’'&-]+){0,6}))",
        re.IGNORECASE,
    )


@cache
def _before() -> re.Pattern[str]:
    """What stands before a role: "Fennel Air officials", "company president"."""
    return re.compile(
        rf"(?P<body>(?:[\w.’'&-]+\s+){{1,{_MOST}}})(?P<role>(?i:{_roles()}))s?\b(?!-)",
    )


def private(phrase: str) -> frozenset[str]:
    """The roles that somebody has, by the noun phrase that tells who he is, of a body that is not public.

    >>> sorted(private("Tim Hale, president of Fennel Air")), sorted(private("French President Tim Hale"))
    (['president'], [])
    """
    found = set()
    for match in _after().finditer(phrase):
        if not public(match["body"]) and not _unnamed_office(match["role"], match["body"]):
            found.add(match["role"].lower())
    for match in _before().finditer(phrase):
        if _private_before(match["body"]):
            found.add(match["role"].lower())
    return frozenset(found)


def _unnamed_office(role: str, body: str) -> bool:
    """Whether it is an official of something without a name which nothing tells to be private: "at the mint"."""
    words = body.split()
    named = any(word[:1].isupper() for word in words) or any(word.lower() in _words("private") for word in words)
    return role.lower() == "official" and not named


def _private_before(text: str) -> bool:
    """Whether the words before a role name a body that is not public: they do only in capitals or by a noun for one."""
    words = [_OWNER.sub("", word) for word in text.split()]
    if any(word.lower() in _words("private") for word in words):
        return not public(text)
    named: list[str] = []
    for word in reversed(words):
        if not word[:1].isupper() or word.lower() in _words("general"):
            break
        named.insert(0, word)
    return bool(named) and not public(" ".join(named))


def public(body: str) -> bool:
    """Whether a name or a noun phrase tells a public body: by a word for one, a land, a town or a region."""
    low = [_OWNER.sub("", word).strip(".,").lower() for word in body.split()]
    text = " ".join(low)
    known = [word in _words("public") or word.replace(".", "") in _words("public") for word in low]
    if known[-1:] == [True] or any(phrase in text for phrase in _words("public") if " " in phrase):
        return True
    if any(word in _words("private") for word in low):
        return False
    if any(known):
        return True
    return bool(list(countries.mentions(body))) or _town(body)


def _town(body: str) -> bool:
    name = fold(body)
    return gazetteer.place(name) or gazetteer.kind(name) == "GPE"


def without_private(phrase: str) -> str:
    """A noun phrase without the roles that somebody has of a body that is not public."""
    roles = private(phrase)
    if not roles:
        return phrase
    return re.sub(rf"\b(?:{'|'.join(map(re.escape, sorted(roles)))})s?\b", " ", phrase, flags=re.IGNORECASE)
