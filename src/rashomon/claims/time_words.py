"""The words of time expressions, read out of a text with their classes (the table `time_words`).

A text becomes a row of words, and a string with one character a word that stands for its class, so
that the patterns of `time_patterns` are ordinary regular expressions over classes.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

import msgspec

from rashomon.claims import tables
from rashomon.claims.number_words import value as number

_CASED = frozenset({"MONTH", "WEEKDAY", "WEEKDAYS", "SHORTDAY", "HOLIDAY", "ZONE"})
_FORMS = {
    "BREAK": r"\n\s*\n",
    "ISO": r"(?<![\d-])(?:1\d|20)\d\d-(?:0[1-9]|1[0-2])-(?:[0-2]\d|3[01])(?:T\d\d:\d\d(?::\d\d)?Z?)?(?![\d-])",
    "SLASHED": r"(?<![\d/.])\d{1,2}/\d{1,2}/(?:\d{4}|\d\d)(?![\d/])|(?<![\d/.])\d{1,2}\.\d{1,2}\.\d{4}(?!\.?\d)",
    "CLOCK": r"(?<![\d:.])(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d)?(?![\d:])",
    "AMPM": r"(?<=\d)\s?[ap]\.?m\b\.?|(?<![\w.])[ap]\.\s?m\b\.?|(?<![\w.])[apAP][mM]\b",
    "DECADES": r"(?<![\w'’])(?:1[5-9]|20)?\d0['’]?s\b|['’‘]\d0s\b",
    "QUARTERS": r"\bQ[1-4]\b",
    "FRACTION": r"(?<=\d)[- ]1/2\b|½",
    "SHORTYEAR": r"(?<!\w)['’‘]\d\d\b",
    "ORDINAL": r"\b(?:\d{1,2}(?:st|nd|rd|th))\b",
    "NUMBER": r"(?<![\w.,])\d{1,3}(?:,\d{3})+(?![\w])|\b\d+(?:\.\d+)?(?=[^\w.]|\.\D|\.?$|[ap]\.?m\b)"
    r"|\b(?i:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)-(?:one|two|three|four|five|six|seven|eight|nine)\b",
    "OTHER": r"\d[\w.,:/]*\d\w*",
}
_SCALES = frozenset(("dozen", "hundred", "thousand", "million", "billion"))
_MARKS = {",": "COMMA", ".": "DOT", "-": "HYPHEN", "–": "HYPHEN", "—": "HYPHEN", "/": "SLASH", "'": "APOS", "’": "APOS"}


class Word(msgspec.Struct, frozen=True):
    """A word of a text with what it may contribute to a time expression."""

    start: int
    end: int
    text: str
    kind: str
    """Its class, "" where it has none."""
    value: str


@cache
def _table() -> dict[str, tuple[str, str]]:
    """Words, as their class wants them written, and their classes and values."""
    return {
        (row["word"] if row["class"] in _CASED else row["word"].lower()): (row["class"], row["value"])
        for row in tables.rows("time_words")
    }


@cache
def _token() -> re.Pattern[str]:
    """Whatever stands as one word."""
    phrases = sorted((word for word in _table() if " " in word), key=len, reverse=True)
    forms = "|".join(rf"(?P<{kind}>{form})" for kind, form in _FORMS.items())
    several = "|".join(re.escape(phrase) for phrase in phrases)
    return re.compile(rf"(?P<PHRASE>\b(?:{several})\b)|{forms}|[^\W\d_]+(?:['’]clock\b)?|[^\w\s]|\w+")


def words(text: str) -> list[Word]:
    """The words and marks of the text, in order; offsets are characters of it.

    Of words in letters without a class that follow each other the first stands for all: no pattern holds one.
    """
    out: list[Word] = []
    plain = False
    for match in _token().finditer(text):
        kind, value = _read(match)
        if not kind and match[0].isalpha():
            if plain:
                continue
            plain = True
        else:
            plain = False
        start, end = match.span()
        if kind == "AMPM" and match[0][0].isspace():
            start += 1
        if kind == "NUMBER" and match[0].lower() in _SCALES and out and _multiplies(out[-1], text[out[-1].end : start]):
            times = float(out[-1].value) if out[-1].kind == "NUMBER" else 1
            start, value = out[-1].start, str(float(value) * times)
            out.pop()
        if kind in ("NEXT", "LAST") and match[0].lower() in _WITH_ARTICLE and not (out and out[-1].kind == "THE"):
            kind = value = ""
        out.append(Word(start, end, text[start:end], kind, value))
    return out


_WITH_ARTICLE = frozenset(("following", "preceding"))
"""Words that turn a time only behind "the": "following Tuesday's vote" is after it, not on the next Tuesday."""


def _multiplies(before: Word, gap: str) -> bool:
    """Whether a word before "hundred" or "dozen" says how many of them: "two hundred", "a dozen"."""
    return before.kind in ("NUMBER", "A") and gap in (" ", "-")


def _read(match: re.Match[str]) -> tuple[str, str]:
    """The class and value of one word."""
    kind, word = match.lastgroup, match[0]
    if kind is None:
        return (_MARKS[word], "") if word in _MARKS else lookup(word)
    if kind == "OTHER":
        return "", ""
    if kind == "NUMBER":
        if re.fullmatch(r"1[4-9]\d\d|20\d\d", word):
            return "YEAR", word
        return "NUMBER", str(number(word))
    if kind == "ORDINAL":
        return kind, word[:-2]
    return lookup(word) if kind == "PHRASE" else (kind, word.strip())


@lru_cache(maxsize=1 << 14)
def lookup(word: str) -> tuple[str, str]:
    """The class and value of a word in letters; two empty strings where it has none."""
    known = _table()
    if word in known:
        return known[word]
    if word.lower() in known and known[word.lower()][0] not in _CASED:
        return known[word.lower()]
    if word.isupper() and len(word) > 3 and word.title() in known:
        return known[word.title()]
    return "", ""


@cache
def signs() -> dict[str, str]:
    """The character that stands for each class."""
    kinds = {kind for kind, _ in _table().values()} | set(_FORMS) | set(_MARKS.values()) | {"YEAR"}
    return {kind: chr(0xE000 + i) for i, kind in enumerate(sorted(kinds - {"OTHER"}))}


def signature(row: list[Word]) -> str:
    """One character a word: its class's, or a space."""
    known = signs()
    return "".join(known.get(word.kind, " ") for word in row)


def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern over class names as a regular expression over signatures; ValueError where it names no class."""
    known = signs()

    def sign(match: re.Match[str]) -> str:
        if match[0] not in known:
            raise ValueError(f"{match[0]} in the pattern {pattern!r} is no class of words")
        return known[match[0]]

    return re.compile(re.sub(r"(?<!\?)\b(?:[A-Z]{2,}|A)\b", sign, pattern).replace(" ", ""))
