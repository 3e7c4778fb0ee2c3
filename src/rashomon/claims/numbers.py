"""Page text → numbers: an interval, how it is meant, what is counted, and what holds of it.

`find` reads every number expression (`number_words`), leaves out those that count nothing (the table
`number_nots`: dates, ages, addresses, names…), takes in the words that qualify it
(`number_qualifiers`), and reads what is counted and its state from the words beside it first and the
parse second, since parses of news are least sure where figures stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

import msgspec

from rashomon.claims import number_states, tables
from rashomon.claims.number_counted import Counted, counted
from rashomon.claims.number_words import Amount, amounts
from rashomon.model import Number, Qualifier, Scalar
from rashomon.reader import written

if TYPE_CHECKING:
    from spacy.tokens import Doc

_VOTE = re.compile(
    r"\b(?:vot(?:e|es|ed|ing)|ballots?|passed|approved|adopted|rejected|ruled|ruling|decision|(?:super)?delegates)\b",
    re.IGNORECASE,
)

_SHARE = re.compile(r"\s?(?:%|per\s?cent\b|percentage points?\b)")
_SPANS = frozenset({"hours", "days", "weeks", "months", "years", "decades", "minutes"})
_LASTING = re.compile(
    r"\b(?:for|after|in|by|lasted|lasts|lasting|took|takes|taken|taking|spent|spends|spending|is|are|was|were|be|been"
    r"|just|well|now|of|wait|waited|to|faces?|facing|serving|served|until|with|at|and|marks?|needs?)"
    r"\s+(?:\w+ly\s+)?(?:over|well over|just over)\s+$",
    re.IGNORECASE,
)
"""What stands before "over" where it says how long something lasted ("for over ten years"), not within which time."""


def find(doc: Doc) -> list[Number]:
    """The numbers of a parsed page in the order of the text; offsets are characters of `doc.text`.

    `exact` is the number with the words that qualify it, without what it counts; `of` is what it
    counts as written, "" where nothing is named. A vote ("52-48") is two numbers. What is no count
    (dates, ages, names, addresses, scores) is left out.
    """
    text = written(doc)
    nots = _nots(text)
    out: list[Number] = []
    beside: int | None = None
    found = amounts(text)
    for amount, following in zip(found, [*(amount.start for amount in found[1:]), None], strict=False):
        if any(start <= amount.start < end for start, end in nots) or (amount.start == beside and not amount.words):
            continue
        beside = _beside(text, amount, following)
        out.extend(_numbers(doc, amount, out, following))
    return out


def _beside(text: str, amount: Amount, following: int | None) -> int | None:
    """Where a figure right behind a number begins, which tells which things are counted: "400 737 jets"."""
    return (
        following
        if not amount.needs and following is not None and text[amount.end : following] in (" ", "\u00a0")
        else None
    )


_BESIDE = re.compile(r"\b(?:including|among (?:them|whom)|of (?:them|whom))\W+(?:\w+\W+)?$")
_NEAR = 30


def _nots(text: str) -> list[tuple[int, int]]:
    """The stretches whose figures count nothing."""
    return [
        match.span(1) if match.re.groups and match[1] else match.span()
        for pattern in _not_patterns()
        for match in pattern.finditer(text)
    ]


@cache
def _not_patterns() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(row["pattern"]) for row in tables.rows("number_nots"))


def _numbers(doc: Doc, amount: Amount, before: list[Number], following: int | None) -> Iterator[Number]:
    """The numbers of one expression: none, one, or the two of a vote; `following`: where the next one begins."""
    text = written(doc)
    if amount.needs == "state" and following is not None and not text[amount.end : following].strip():
        return  # "another 12" is twelve.
    what = counted(doc, amount)
    if what is None:
        return
    if amount.pair and (amount.low is None or (amount.joint in ("-", "to") and not what.of)):
        yield from _vote(doc, amount, what)
        return
    reach = (before[-1].end if before else 0, following)
    during = (
        what.of is not None
        and what.head.lower_ in _SPANS
        and not _LASTING.search(text, max(0, amount.start - 40), amount.start)
    )
    start, end, low, high, qualifier = _qualified(text, amount, reach, during)
    of = what.of
    state = number_states.state(doc, start, end, of, what.head)
    named = text[of[0] : of[1]] if of else number_states.counted_before(doc, start, what.head)
    if amount.needs and not _meant(text, amount, named, state, what):
        return
    if not named and state:
        named = _shared(before, what, doc)
    if not named and not state and qualifier == "exact" and not any(token.pos_ == "VERB" for token in what.head.sent):
        return  # A figure alone in a heading, a list or a caption counts nothing that anybody could name.
    yield Number(low, high, qualifier, named, state, start, end, text[start:end])


def _meant(text: str, amount: Amount, named: str, state: str | None, what: Counted) -> bool:
    """Whether words that count only in some company stand in it: "scores of towns", "nobody was hurt"."""
    if amount.needs == "of" and text[amount.end :].split(maxsplit=1)[:1] in (["of"], ["more"]):
        return True
    return _holds(named, state, what) if amount.needs == "state" else state in number_states.codes()


def _holds(named: str, state: str | None, what: Counted) -> bool:
    """Whether something is known to hold of "nobody" or "another"; "no serious injuries" leaves others open."""
    if state == "released" and what.head.lower_ not in ("one", "none", "nobody", "prisoners", "hostages", "detainees"):
        return False  # "No description was released": nothing was freed.
    return state in number_states.codes() and (named == what.head.text or not number_states.noun(what.head.text))


def _vote(doc: Doc, amount: Amount, what: Counted) -> Iterator[Number]:
    """The two counts of a vote, where a word of the sentence says that it is one; a match's score is no count."""
    sentence = what.head.sent
    word = _VOTE.search(written(doc), sentence.start_char, sentence.end_char)
    if not word or not amount.pair or not all(isinstance(figure, int) for figure in amount.pair):
        return
    for figure, state, (start, end) in zip(amount.pair, ("for", "against"), amount.parts, strict=True):
        of = word[0] if word[0].lower().startswith(("vote", "ballot")) else ""
        if amount.sign:
            of = written(doc)[slice(*amount.sign)]
        yield Number(figure, figure, "exact", of, state, start, end, written(doc)[start:end])


def _shared(before: list[Number], what: Counted, doc: Doc) -> str:
    """What the number before counted in the same sentence ("12 people were killed and 30 injured").

    Not what only stood by: of "six people, among them two children, were hurt, one of them badly" one of the people.
    """
    opened, aside = what.head.sent.start_char, ""
    for number in reversed(before):
        if number.start < opened:
            break
        if number.of and number_states.whole(written(doc), opened, number.start):
            return number.of
        if number.of and number.state in number_states.codes():
            if not _BESIDE.search(written(doc), max(opened, number.start - _NEAR), number.start):
                return number.of
            aside = aside or number.of
    return aside


@cache
def _qualifiers(where: str) -> tuple[re.Pattern[str], dict[str, Qualifier]]:
    """The qualifying words of one side, longest first, and their effects."""
    effects = {
        row["words"]: msgspec.convert(row["effect"], Qualifier)
        for row in tables.rows("number_qualifiers")
        if row["where"] == where
    }
    words = "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in sorted(effects, key=len, reverse=True))
    if where == "before":
        return re.compile(rf"(?<![\w-])({words})\s+(?:the\s+|a\s+)?$", re.IGNORECASE), effects
    return re.compile(rf"\s*({words})(?![\w])", re.IGNORECASE), effects


def _qualified(
    text: str, amount: Amount, reach: tuple[int, int | None], during: bool = False
) -> tuple[int, int, Scalar | None, Scalar | None, Qualifier]:
    """The expression with its qualifying words: start, end, bounds and qualifier.

    `reach`: where the number before ends and the next begins. Words between two numbers qualify the second:
    "of the 40 at least 12 died". `during`: "over" says within which time, not how much of it.
    """
    start, end = amount.start, amount.end
    effects: list[Qualifier] = []
    pattern, known = _qualifiers("before")
    while match := pattern.search(text, max(reach[0], start - 32), start):
        if during and match[1].lower() == "over":
            break
        start = match.start()
        effects.append(known[re.sub(r"\s+", " ", match[1].lower())])
    pattern, known = _qualifiers("after")
    match = pattern.match(text, end)
    share = _SHARE.match(text, end)
    if share and (behind := pattern.match(text, share.end())):
        effects.append(known[re.sub(r"\s+", " ", behind[1].lower())])
    if match and (reach[1] is None or text[match.end() : reach[1]].strip()):
        end = match.end()
        effects.append(known[re.sub(r"\s+", " ", match[1].lower())])
    return start, end, *_bounds(amount, effects)


def _bounds(amount: Amount, effects: list[Qualifier]) -> tuple[Scalar | None, Scalar | None, Qualifier]:
    """The bounds that the qualifying words leave: an open bound outweighs "about", which outweighs "exact"."""
    low, high = amount.low, amount.high
    if "at_least" in effects:
        return low, None, "at_least"
    if "at_most" in effects:
        return (None, high, "at_most") if high is not None else (low, high, amount.qualifier)
    if amount.qualifier == "exact" and "about" in effects:
        return low, high, "about"
    return low, high, amount.qualifier
