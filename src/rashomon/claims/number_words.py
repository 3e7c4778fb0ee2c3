"""What a number expression says: the values of "1.5 million", "two hundred and six", "dozens", "10-15".

The grammar is a regular expression made of the tables `number_words`, `number_vague` and
`number_qualifiers`, so that a number is found whatever a tokenizer makes of "$2.3bn" or "52-48".
"""

from __future__ import annotations

import math
import re
from functools import cache
from typing import TYPE_CHECKING

import msgspec

from rashomon.claims import tables
from rashomon.model import Qualifier, Scalar

if TYPE_CHECKING:
    pass

CURRENCY = r"(?:US\$|A\$|C\$|HK\$|NZ\$|S\$|R\$|[$€£¥₹₽₩₪₴])"
_PARTS = {"1/2": 0.5, "½": 0.5, "1/4": 0.25, "¼": 0.25, "3/4": 0.75, "¾": 0.75, "1/3": 1 / 3, "⅓": 1 / 3}
_PARTS |= {"2/3": 2 / 3, "⅔": 2 / 3}
_MIXED = r"(?:\s(?:1/[234]|2/3|3/4)(?![\d/])|\s?[½¼¾⅓⅔])"
_FIGURE = rf"(?:\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+|{_MIXED})?)"
_SEPARATOR = r"(?P<between>\s?[-–—]\s?|\s(?:up\s)?to\s|-to-|\sand\s|\sor\s)"

_MANY = (
    r"\s(?:people|men|women|children|patients|viewers|users|jobs|homes|households|customers|voters|votes|doses|barrels|tonnes"
    r"|tons|cases|pounds|euros|dollars|passengers|visitors|subscribers|workers|copies|shares|acres|refugees|cars|vehicles"
    r"|followers|tests|litres|liters|records|students|pupils|residents|adults|families|animals|birds|trees)\b"
)
"""Before these "2.4m" is no length."""
_SIZED = (
    r"(?=[.,;:!?)—–]|\s*$|\s(?:of|in|on|at|to|from|off|above|below|under|over|away|tall|high|long|wide|deep|thick|across|apart"
    r"|ahead|behind|north|south|east|west|out|up|down|and|or|as|after|before|by|for|with|while|when|per|an?|the|is|was|were"
    r"|are|have|has|had|will|would|could|between|into|inland|offshore|underground)\b)"
)
"""What follows a measure; any other word is a noun whose size it tells."""
_WORD = re.compile(r"[A-Za-z]+|[$€£¥₹₽₩₪₴]|\d+")


class Amount(msgspec.Struct, frozen=True):
    """A number expression where it stands, without the words that qualify it from outside."""

    start: int
    end: int
    low: Scalar | None
    high: Scalar | None
    qualifier: Qualifier
    sign: tuple[int, int] | None = None
    """Where a currency or percent sign stands in it."""
    pair: tuple[Scalar, Scalar] | None = None
    """The two figures of "52-48" or "3 to 1", in the order in which they stand."""
    joint: str = ""
    """What stands between the two: "-", "to", "and" or "or"."""
    words: bool = False
    """Whether it is written in words ("one", "dozens")."""
    parts: tuple[tuple[int, int], ...] = ()
    """Where the two figures of a pair stand."""
    needs: str = ""
    """"state" where it counts only if something is known to hold of what it counts ("nobody was hurt"), "of" where it
    does so or "of" follows ("scores of towns")."""


def _any(words: list[str]) -> str:
    return "|".join(re.escape(word).replace(r"\ ", r"\s") for word in sorted(words, key=len, reverse=True))


@cache
def _values(kind: str) -> dict[str, int]:
    """Words of one kind of `number_words` and their values."""
    return {row["word"]: int(row["value"]) for row in tables.rows("number_words") if row["kind"] == kind}


@cache
def _vague() -> dict[str, tuple[int | None, int | None, Qualifier, str]]:
    """The rows of `number_vague` by their words."""
    out: dict[str, tuple[int | None, int | None, Qualifier, str]] = {}
    for row in tables.rows("number_vague"):
        low, high = (int(row[key]) if row[key] else None for key in ("low", "high"))
        out[row["words"]] = (low, high, msgspec.convert(row["qualifier"], Qualifier), row["needs"])
    return out


@cache
def _units() -> tuple[str, ...]:
    """The signs of measures, longest first."""
    return tuple(sorted((row["sign"] for row in tables.rows("number_units")), key=lambda sign: (-len(sign), sign)))


@cache
def _single() -> str:
    """The expression of one number in figures or words, without a group."""
    units, tens, scales = (_any(list(_values(kind))) for kind in ("unit", "ten", "scale"))
    small = rf"(?:(?:{tens})(?:[-\s](?:{units}))?|(?:{units}))"
    scaled = rf"(?:\s(?:{scales}))"
    words = rf"(?:(?:{small}|an?(?=\s(?:{scales})\b))"
    words += rf"(?:{scaled}+(?:,?\s(?:and\s)?{small}{scaled}+)*(?:\s(?:and\s)?{small})?)?)"
    halves = rf"(?:(?:{small}|{_FIGURE})\sand\sa\shalf(?:\s(?:{scales})\b)?)"
    short = _any(list(_values("short")))
    money = _any(list(_values("money")))
    figure = rf"(?:{CURRENCY}\s?{_FIGURE}(?:\s?(?:{short}|{money})\b|[-\s]?(?:{scales})\b)?"
    figure += rf"|{_FIGURE}(?:\s?(?:{short})\b|m(?={_MANY})|[-\s]?(?:{scales})s?\b)?)"
    return rf"(?:{halves}|{words}|{figure})"


@cache
def _expression() -> re.Pattern[str]:
    """Any number expression: a vague word, or one figure, or two with what parts them."""
    single = _single()
    unit = rf"(?:\s?(?-i:°[CF]?)|(?-i:{'|'.join(map(re.escape, _units()))}){_SIZED})"
    return re.compile(
        rf"(?:(?<![\w.,$€£#/@&-])|(?<=magnitude-))(?:(?P<vague>{_any(list(_vague()))})\b"
        rf"|(?P<frame>(?:between|from)\s)?(?P<first>{single})(?P<percent>\s?%|{unit})?"
        rf"(?:{_SEPARATOR}(?P<second>{single})(?:(?={unit})|(?![\w/]|[-.,:]\d)))?(?P<tail>\s?%|{unit})?)(?![\w/]|[.,:]\d)",
        re.IGNORECASE,
    )


def value(text: str) -> Scalar | None:
    """The value of one number as written ("1.5 million", "two hundred and six", "$2.3bn"); None where it is none."""
    plain = re.sub(CURRENCY, "", text.lower()).strip().replace(" and a half", " half")
    figure = re.match(_FIGURE, plain)
    total: float = 0
    part: float = 0
    if figure:
        whole = re.match(r"[\d,.]+", figure[0])
        rest = figure[0][whole.end() :].strip() if whole else ""
        part = (float(whole[0].replace(",", "")) if whole else 0) + _PARTS.get(rest, 0)
        plain = plain[figure.end() :]
    scales = {**_values("scale"), **_values("short"), **_values("money")}
    for word in re.findall(r"[a-z]+", plain):
        if word in ("a", "an"):
            part = part or 1
        elif word == "half":
            part += 0.5
        elif word == "and":
            continue
        elif (plus := _values("unit").get(word, _values("ten").get(word))) is not None:
            part += plus
        elif (times := scales.get(word, scales.get(word.removesuffix("s")))) is not None:
            part *= times
            if times > 100:
                total, part = total + part, 0
        else:
            return None
    return _scalar(total + part)


def _scalar(number: float) -> Scalar | None:
    """The number as an int where it is whole; the rounding undoes what floating point does to 2.3 billion."""
    if not math.isfinite(number):
        # More digits than any count has: a serial number, or no number at all.
        return None
    number = round(number, 6)
    return int(number) if number == int(number) else number


def amounts(text: str) -> list[Amount]:
    """Every number expression of the text, in order; what it counts, if anything, is for the caller to see."""
    out: list[Amount] = []
    at = 0
    for word in _WORD.finditer(text):
        if word.start() < at or (word[0][0].isalpha() and word[0].lower() not in _openers()):
            continue
        match = _expression().match(text, word.start())
        amount = _read(match) if match else None
        if amount is not None:
            out.append(amount)
            at = amount.end
        elif match:
            at = match.end("first") if match["first"] else match.end()
    return out


@cache
def _openers() -> frozenset[str]:
    """The words that may begin a number expression; trying only these is what makes the search quick."""
    words = [row["words"].split()[0].split("-")[0].lower() for row in tables.rows("number_vague")]
    signs = ["us", "a", "c", "hk", "nz", "s", "r", "an", "between", "from"]
    return frozenset([*words, *signs, *_values("unit"), *_values("ten")])


def _read(match: re.Match[str]) -> Amount | None:
    """The amount of one match."""
    if match["vague"]:
        low, high, qualifier, needs = _vague()[re.sub(r"\s", " ", match["vague"].lower())]
        return Amount(match.start(), match.end(), low, high, qualifier, words=True, needs=needs)
    first = value(match["first"])
    if first is None:
        return None
    words = not re.search(r"\d", match["first"])
    if match["second"] and (second := value(match["second"])) is not None:
        pair = _pair(match, first, second)
        if pair is not None:
            return pair
    end = match.end("percent") if match["percent"] else match.end("first")
    sign = _sign(match, "first", "percent")
    return Amount(match.start("first"), end, first, first, "exact", sign, words=words)


def _pair(match: re.Match[str], first: Scalar, second: Scalar) -> Amount | None:
    """A range or a score; None where the two figures are two numbers ("12 and 14", "from 40 to 52")."""
    frame = (match["frame"] or "").strip().lower()
    joint = match["between"].strip().lower()
    joint = {"–": "-", "—": "-", "-to-": "to", "up to": "to"}.get(joint, joint)
    if joint == "and" and frame != "between":
        return None
    if frame == "from" or (frame == "between" and joint != "and"):
        return None
    if match["percent"] and not (match["tail"] or re.match(r"\s?per\s?cent", match.string[match.end("second") :])):
        return None  # "fell 3% to $1.08"
    end = match.end("tail") if match["tail"] else match.end("second")
    scale = re.search(r"[a-z]+$", match["second"].lower())
    spread = re.search(r"[a-z]", match["first"].lower()) is None and first < 1000 and scale is not None
    if spread and second >= 1000 and first * (factor := _factor(scale[0] if scale else "")) < second:
        first = _scalar(first * factor) or first
    if joint == "or" and not (first < second <= first + 10 and second <= 100):
        return None
    if first >= second and joint not in ("-", "to"):
        return None
    ordered = first < second
    return Amount(
        match.start("frame") if frame else match.start("first"),
        end,
        first if ordered else None,
        second if ordered else None,
        "between",
        _sign(match, "first", "tail"),
        (first, second),
        joint,
        not re.search(r"\d", match["first"]),
        (match.span("first"), match.span("second")),
    )


def _factor(scale: str) -> int:
    """What a scale word multiplies by; 1 for any other word."""
    for kind in ("scale", "short", "money"):
        if scale in _values(kind):
            return _values(kind)[scale]
    return 1


def _sign(match: re.Match[str], figure: str, behind: str) -> tuple[int, int] | None:
    """Where the sign of a currency stands before a figure, or that of a measure or of percent behind it."""
    before = re.search(CURRENCY, match[figure])
    if before:
        start = match.start(figure)
        return start + before.start(), start + before.end()
    start = match.start(behind)
    return (start + len(match[behind]) - len(match[behind].lstrip()), match.end(behind)) if match[behind] else None
