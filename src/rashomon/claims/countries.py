"""Which country a name, a demonym, a capital or the name of a government body stands for.

The knowledge is in `tables/countries.tsv` and `tables/institutions.tsv`; codes are ISO 3166-1 alpha-3
(XKX for Kosovo). Nothing here reads grammar: text in, code out, None where it isn't clear.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Literal

import msgspec

from rashomon.claims.tables import rows

Kind = Literal["name", "demonym", "capital", "metonym"]


class Country(msgspec.Struct, frozen=True):
    """A country as some text names it."""

    code: str
    """ISO 3166-1 alpha-3, or XKX."""
    name: str
    """The common English name."""
    kind: Kind
    """How the text names it."""
    ambiguous: bool
    """Whether the same word is often something else: "Georgia", "Washington", "Victoria"."""


class Mention(msgspec.Struct, frozen=True):
    """A country named inside a text: `text[start:end]`."""

    start: int
    end: int
    country: Country


_KINDS: tuple[tuple[str, Kind], ...] = (
    ("names", "name"),
    ("demonyms", "demonym"),
    ("capitals", "capital"),
    ("metonyms", "metonym"),
)
_POSSESSIVE = re.compile(r"(?:['’]s?|`s)$")
_ARTICLE = re.compile(r"^(?:the|a|an|its|their)\s+", re.IGNORECASE)
# What comes after these words is whom or what the body deals with, not whose body it is.
_BEYOND = re.compile(
    r"\s(?:to|for|with|against|about|on|at|who|which|that|whose|near|under|between|including|over|toward|towards)\s"
)
_PLACE = re.compile(r"\s(?:in|from|inside|based in)\s")
# "Georgia's governor", "Washington state senator": offices that countries of those names don't have.
_STATE_OFFICE = re.compile(r"\b(?:governors?|state|county|sheriff|mayor|district|university|city)\b", re.IGNORECASE)


def _key(form: str) -> str:
    """The form without dots, in which "U.S." and "US" are the same, with straight apostrophes."""
    return " ".join(form.replace(".", " " if ". " in form else "").replace("’", "'").split())


@cache
def _forms() -> dict[str, Country | None]:
    """Every form's country; None for forms that only look like one ("New Mexico")."""
    forms: dict[str, Country | None] = {}
    for row in rows("countries"):
        if row["code"] == "-":
            forms.update((_key(form), None) for form in row["names"].split(";"))
            continue
        name = row["name"].rstrip("?")
        for column, kind in _KINDS:
            listed = row[column].split(";") if row[column] else []
            for form in [row["name"], *listed] if kind == "name" else listed:
                bare = _ARTICLE.sub("", form.rstrip("?"))
                forms.setdefault(_key(bare), Country(row["code"], name, kind, form.endswith("?")))
    return forms


@cache
def _folded() -> dict[str, Country]:
    """Forms that may be met in capitals or, two words and longer, in lower case."""
    return {form.casefold(): country for form, country in _forms().items() if country and len(form) > 4}


def _bare(text: str) -> str:
    """The text without a leading article and a trailing possessive or punctuation."""
    text = _ARTICLE.sub("", " ".join(text.split()).strip(' ,;:"“”()'))
    return _POSSESSIVE.sub("", text)


@lru_cache(maxsize=16384)
def lookup(text: str) -> Country | None:
    """The country that the whole text names, with or without "the", "’s" and dots; None where it names none.

    Upper and lower case count ("us" and "turkey" are words), but headline capitals ("NORTH KOREA") are read.
    """
    bare = _key(_bare(text))
    found = _forms().get(bare)
    if found is None and bare not in _forms() and (bare.isupper() or " " in bare):
        found = _folded().get(bare.casefold())
    return found


@cache
def _seats() -> dict[str, str]:
    return {row["place"]: row["body"] for row in rows("metonyms")}


def seat_of(text: str) -> str | None:
    """The body that sits at a place and is no country's government ("Brussels": the European Union), or None."""
    return _seats().get(_bare(text))


def mentions(text: str) -> list[Mention]:
    """The countries named in the text, in order, with their offsets in it.

    "U.S.-backed", "pro-Russian" and "New Mexico" name none.
    """
    found: list[Mention] = []
    for start, end in _places(text):
        country = lookup(text[start:end])
        if country:
            found.append(Mention(start, end, country))
    return found


def _places(text: str) -> Iterator[tuple[int, int]]:
    """Where forms stand that are not a part of a hyphenated adjective."""
    hyphen = False
    for match in re.finditer(_form_pattern(), text):
        before, after = text[: match.start()], text[match.end() :]
        joined = before.endswith(("-", "–")) and not before.endswith((" -", " –"))
        if joined and not hyphen:
            continue
        chained = re.match(r"[-–]\w", after)
        hyphen = bool(chained and re.match(_form_pattern(), after[1:]))
        if chained and not hyphen:
            continue
        yield match.span()


@cache
def _form_pattern() -> re.Pattern[str]:
    """Finds the forms in a text, the longest first, dots optional in abbreviations."""
    alternatives = []
    for form in sorted(_forms(), key=lambda form: (-len(form), form)):
        if form.isupper() and form.isalpha() and len(form) <= 4:
            alternatives.append(r"\.".join(form) + r"\.?|" + form)
        else:
            alternatives.append(re.escape(form).replace("'", "['’]").replace(r"\ ", r"\.?\s+"))
    return re.compile(r"(?<!\w)(?:" + "|".join(alternatives) + r")(?!\w)")


@cache
def _own() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Bodies that belong to one country, longest first, and its code ("-": to none)."""
    listed = [(row["phrase"], row["code"]) for row in rows("institutions") if row["code"]]
    listed.sort(key=lambda row: (-len(row[0]), row[0]))
    return tuple((_phrase(phrase, 0 if code != "-" else re.IGNORECASE), code) for phrase, code in listed)


@cache
def _shared() -> re.Pattern[str]:
    """Words for bodies and offices that every country has."""
    phrases = sorted((row["phrase"] for row in rows("institutions") if not row["code"]), key=lambda p: (-len(p), p))
    return re.compile("|".join(_phrase(phrase, 0).pattern for phrase in phrases), re.IGNORECASE)


def _phrase(phrase: str, flags: int) -> re.Pattern[str]:
    """A table's phrase as a pattern: "(s)" is an optional ending, apostrophes of both kinds."""
    words = re.escape(phrase).replace(r"\(s\)", "s?").replace("'", "['’]").replace(r"\ ", r"\s+")
    return re.compile(rf"(?<!\w){words}(?!\w)", flags)


def _bodies(text: str) -> tuple[str, set[str], set[str]]:
    """The text with bodies of one country blanked out, the codes of those named for sure, and of the others.

    "Congress" and "the National Intelligence Service" are such as other countries have too, so their
    code holds only where the phrase names no country.
    """
    sure: set[str] = set()
    else_unsaid: set[str] = set()
    for pattern, code in _own():
        found = pattern.search(text)
        if found is None:
            continue
        name = found.group()
        (else_unsaid if _shared().search(name) and not mentions(name) else sure).add(code)
        text = pattern.sub(lambda match: "x" * len(match.group()), text)
    return text, sure, else_unsaid


@lru_cache(maxsize=4096)
def country_of(text: str) -> str | None:
    """The one country that a noun phrase belongs to: "French farmers" → FRA; None where several or none.

    Countries after "to", "with", "against"… are whom the phrase deals with and don't count; those after "in"
    and "from" do where nothing before them names one.
    """
    blanked, _, _ = _bodies(text)
    head = _BEYOND.split(blanked, maxsplit=1)[0]
    cut = text[: len(head)]
    # What stands before the first comma is what an apposition explains: "Pakistan, a key U.S. ally".
    apposed = [cut.split(",")[0]] if "," in cut else []
    for part in (*apposed, cut[: len(_PLACE.split(head, maxsplit=1)[0])], cut):
        rest, codes, otherwise = _bodies(part)
        codes |= {found.country.code for found in mentions(rest)}
        codes = codes or otherwise
        if codes:
            code = codes.pop() if len(codes) == 1 else "-"
            return None if code == "-" else code
    return None


@lru_cache(maxsize=4096)
def government_of(text: str) -> str | None:
    """The alpha-3 code of the country whose government, body or office the noun phrase names.

    None where it names none, or several ("U.S. and South Korean officials"): nothing is guessed.
    """
    owner = country_of(text)
    if owner is None:
        return None
    blanked, _, _ = _bodies(text)
    head = text[: len(_BEYOND.split(blanked, maxsplit=1)[0])]
    if any(pattern.search(head) for pattern, _ in _own()):
        return owner
    named = mentions(head)
    if any(found.country.kind == "metonym" for found in named):
        return owner
    if not _shared().search(text):
        return None
    if any(found.country.ambiguous for found in named) and _STATE_OFFICE.search(head):
        return None
    return owner
