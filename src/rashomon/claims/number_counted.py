"""What a number counts, as written: "North Korean troops", "percent of registered voters", "$"."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

import msgspec

from rashomon.claims import number_labels, number_states, tables
from rashomon.claims.number_words import CURRENCY, Amount
from rashomon.reader import written

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

LIMIT = 80
"""No counted noun is longer, in characters."""

_MORE = frozenset({"more", "less", "fewer", "additional", "further", "or", "so", "plus", "-plus"})
_PERCENT = re.compile(r"\s?(%|percent(?:age points?)?|per\s?cent|pct\b|percentage points?)", re.IGNORECASE)
_MODIFIERS = frozenset({"ADJ", "NOUN", "PROPN", "X"})
_JOINTS = frozenset({"-", "–", "'s", "’s", "’", "'", "/"})
_PEOPLE = frozenset({"member", "person", "seat", "vote", "man", "magnitude"})
"""Nouns that a compound counts itself: "a 15-member panel" has 15 members; "a 3,000-strong force" is 3,000."""
_UNITS = frozenset(
    [
        *("second", "minute", "hour", "day", "week", "month", "year", "decade", "page", "point", "percent", "degree"),
        *("foot", "inch", "mile", "yard", "acre", "meter", "metre", "kilometer", "kilometre", "km", "dollar", "euro"),
        *("pound", "ounce", "ton", "tonne", "gallon", "mph"),
    ]
)
"""Measures which, said in the singular after a figure, measure the noun behind them: "a 95 minute speech"."""
_AGAIN = re.compile(r"\s\(\d[\d,]*\)(?=\s[A-Za-z])")
"""A number told once more in figures: "two (2) tickets"."""
_MAGNITUDE = re.compile(
    r"\b(magnitude)[\s-]+(?:of\s+)?(?:(?:about|around|at least|an? estimated|nearly|up to)\s+)?$", re.IGNORECASE
)
_AGED = re.compile(r"\s(?:\d{1,3}|[a-z]+)-(?:year|month|week|day)-old(s\b)?", re.IGNORECASE)


class Counted(msgspec.Struct, frozen=True):
    """What a number counts."""

    of: tuple[int, int] | None
    """Where the counted words stand; None where nothing is named."""
    head: Token
    """The token that stands for them in the parse."""


def counted(doc: Doc, amount: Amount) -> Counted | None:
    """What the amount counts; None where the figure is no count after all (a name, a pronoun, a part of a word)."""
    span = doc.char_span(amount.start, amount.end, alignment_mode="expand")
    if span is None or not len(span):
        return None
    first, last = span[0], span[-1]
    sentence_end = last.sent.end
    if amount.sign:
        return _signed(doc, amount, last)
    if percent := _PERCENT.match(written(doc), amount.end):
        return Counted((percent.start(1), _of_phrase(doc, percent.end(1))), last)
    if scale := _MAGNITUDE.search(written(doc), max(first.sent.start_char, amount.start - 40), amount.start):
        return Counted(scale.span(1), last)
    if aged := _AGED.match(written(doc), amount.end):
        return _aged(doc, aged, last)
    behind = _behind(doc, amount, last.i + 1, sentence_end)
    if behind is None:
        return None
    at, partitive = behind
    if at > last.i + 1 and doc[at - 1].lower_ in _PEOPLE and doc[at - 2].text in ("-", "–"):
        return Counted((doc[at - 1].idx, doc[at - 1].idx + len(doc[at - 1])), doc[at - 1])
    found = _noun_phrase(doc, at, sentence_end, partitive, amount.low == amount.high == 1)
    if number_labels.pronoun(doc, amount, first, found, partitive):
        return None
    if found is None:
        told = (
            number_labels.named(doc, amount, first)
            or number_labels.labelled(doc, amount, first)
            or number_labels.age(doc, amount, first)
        )
        return None if told else Counted(None, last)
    head = doc[found[1] - 1]
    if number_labels.named(doc, amount, first) and head.tag_ not in ("NNS", "NNPS"):
        return None
    if number_labels.house(doc, amount, first, head):
        return None
    if head.lower_ not in _UNITS and number_labels.which(doc, amount, first, head):
        return None
    return _noun(doc, found, last)


def _behind(doc: Doc, amount: Amount, at: int, stop: int) -> tuple[int, bool] | None:
    """Where the counted noun phrase may begin, and whether "of the" stands before it; None inside a compound."""
    text = written(doc)
    beyond = amount.end
    if text[beyond : beyond + 1] in ("-", "–"):
        compound = _compounds().match(text, beyond)
        if compound is None:
            return None
        beyond = compound.end()
    elif said := _AGAIN.match(text, beyond):
        beyond = said.end()
    while at < stop and doc[at].idx < beyond:
        at += 1
    while at < stop and doc[at].lower_ in _MORE:
        at += 1
    if at + 1 < stop and doc[at].like_num and doc[at].text[0].isdigit() and text[amount.end : doc[at].idx].isspace():
        at += 1  # "400 737 jets", "two 120 mm rounds": the second figure tells which.
    partitive = at < stop and doc[at].lower_ == "of"
    if partitive:
        at += 1
        while at < stop and doc[at].pos_ in ("DET", "PRON") and doc[at].lower_ not in ("them", "us", "you"):
            at += 1
        at = at if amount.needs else _whole(doc, at, stop)
    return at, partitive


def _noun(doc: Doc, found: tuple[int, int], last: Token) -> Counted:
    """The counted noun phrase, with "of …" after a measure, cut to the limit."""
    start = doc[found[0]].idx
    head = doc[found[1] - 1]
    end = head.idx + len(head)
    if head.lower_ in _measures():
        end = _of_phrase(doc, end)
    if end - start > LIMIT:
        start = head.idx
    return Counted((start, end), head)


@cache
def _measures() -> frozenset[str]:
    """Nouns that measure out something else ("tons of rice")."""
    return frozenset(row["word"] for row in tables.rows("number_measures"))


def _signed(doc: Doc, amount: Amount, last: Token) -> Counted:
    """A sum of money: its sign; a share or a measure: its sign and of what."""
    assert amount.sign is not None
    start, end = amount.sign
    if not re.fullmatch(CURRENCY, written(doc)[start:end]):
        end = _of_phrase(doc, end)
    return Counted((start, end), last)


def _of_phrase(doc: Doc, end: int) -> int:
    """Where "of registered voters" after `end` ends; `end` where nothing like it follows."""
    match = re.compile(r"\s+of\s+").match(written(doc), end)
    if not match:
        return end
    span = doc.char_span(match.end(), match.end() + 1, alignment_mode="expand")
    if span is None or not len(span):
        return end
    at, stop = span[0].i, span[0].sent.end
    while at < stop and doc[at].pos_ in ("DET", "PRON") and doc[at].tag_ != "PRP":
        at += 1
    found = _noun_phrase(doc, at, stop)
    if found is None:
        return end
    head = doc[found[1] - 1]
    limit = head.idx + len(head)
    return limit if limit - end < LIMIT - 30 else end


def _whole(doc: Doc, at: int, stop: int) -> int:
    """Where the noun begins behind the whole's number: "six of the past seven contests", "9 of the city's 40 homes"."""
    owner = next((k for k in range(at, min(at + 5, stop - 1)) if doc[k].text in ("'s", "’s", "’", "'")), None)
    if owner is not None and doc[owner + 1].pos_ == "NUM":
        return owner + 2
    ahead = at + 1 if at < stop and doc[at].lower_ in ("past", "last", "next", "first", "other", "top") else at
    return ahead + 1 if ahead < stop and doc[ahead].pos_ == "NUM" else at


def _aged(doc: Doc, aged: re.Match[str], last: Token) -> Counted:
    """Those whom a number counts by their age: "two 14-year-olds", "two 14-year-old boys"."""
    start = aged.start() + 1
    span = doc.char_span(start, aged.end(), alignment_mode="expand")
    if span is None or not len(span):
        return Counted(None, last)
    found = None if aged[1] else _noun_phrase(doc, span.end, span.sent.end)
    head = span[-1] if found is None else doc[found[1] - 1]
    return Counted((start, head.idx + len(head)), head)


def _noun_phrase(doc: Doc, at: int, stop: int, partitive: bool = True, single: bool = False) -> tuple[int, int] | None:
    """The tokens from `at` to the last noun of an unbroken run of modifiers and nouns; None where no noun is there.

    Of "the two candidates' records" two are the candidates, of "two of the city's schools" (`partitive`) the schools;
    `single`: the number is one, so that the first noun is in the singular ("one man's death").
    """
    k, noun = at, None
    while k < stop:
        token = doc[k]
        if noun is not None and not partitive and token.text in ("'s", "’s", "’", "'") and noun == k - 1:
            plural = doc[noun].tag_ in ("NNS", "NNPS") or doc[noun].lower_.endswith("s")
            if single or plural:
                break
        if token.lower_ in number_labels.TIMES or (token.ent_type_ in ("DATE", "TIME") and noun is not None):
            break
        if _joins(doc, k, stop):
            k, noun = k + 1, None
            continue
        stative = noun is None and not (single and token.lower_ == "shot") and _stative(doc, k, stop)
        if token.pos_ in ("NOUN", "PROPN") and not stative:
            if noun is not None and not _goes_on(doc, noun, k):
                break
            noun = k
            if not single and not partitive and token.lower_ in _UNITS and k == at:
                break
        elif not _modifies(doc, k, stop, noun) and (single or noun is None or not _goes_over(doc, noun, k, stop)):
            break
        k += 1
    if noun is None:
        return None
    if not single and noun + 1 < stop and doc[noun].tag_ == "NN" and _mistaken(doc[noun + 1]) and noun + 1 == k:
        noun += 1  # "two campaign stops": the tagger takes the plural for a verb.
    return at, noun + 1


def _joins(doc: Doc, k: int, stop: int) -> bool:
    """Whether "and" stands between two words that both describe the noun behind them: "US and Filipino troops"."""
    if doc[k].lower_ not in ("and", "or") or k + 2 >= stop or doc[k + 2].pos_ not in ("NOUN", "ADJ"):
        return False
    left, right = doc[k - 1], doc[k + 1]
    lands = {left.ent_type_, right.ent_type_} <= {"GPE", "NORP", "LANGUAGE"}
    return (lands and doc[k + 2].tag_ == "NNS") or (left.pos_ == right.pos_ == "ADJ" and left.head == doc[k + 2])


def _mistaken(word: Token) -> bool:
    """Whether a word that the tagger takes for a verb may be a noun in the plural."""
    return word.tag_ == "VBZ" and word.pos_ == "VERB" and word.lemma_.lower() not in ("have", "be", "do")


def _goes_on(doc: Doc, noun: int, k: int) -> bool:
    """Whether a noun right after a noun belongs to the same phrase, by the parse or, for names, by case."""
    left, right = doc[noun], doc[k]
    if k > noun + 1:  # A hyphen or a modifier has joined them already ("gang-related shootings").
        return True
    if left.head == right or (left.dep_ == "compound" and left.head == right.head):
        return True
    return left.tag_ not in ("NNS", "NNPS") and right.dep_ not in ("nsubj", "nsubjpass", "npadvmod")


def _goes_over(doc: Doc, noun: int, k: int, stop: int) -> bool:
    """Whether an adjective parts a noun in the singular from the plural that is counted: "eight state legal aides"."""
    between = noun == k - 1 and k + 1 < stop and doc[k].pos_ == "ADJ"
    return between and doc[noun].tag_ == "NN" and doc[k + 1].tag_ == "NNS"


def _stative(doc: Doc, k: int, stop: int) -> bool:
    """Whether the token is a state ("12 wounded", "52 dead") that no noun follows."""
    word = doc[k].lower_
    follows = k + 1 < stop and doc[k + 1].pos_ in ("NOUN", "PROPN", "ADJ") and doc[k + 1].tag_ != "NNP"
    return number_states.after(word, 0, len(word)) is not None and not follows


def _modifies(doc: Doc, k: int, stop: int, noun: int | None) -> bool:
    """Whether a token that is no noun may stand inside a counted phrase."""
    token = doc[k]
    following = doc[k + 1] if k + 1 < stop else None
    if token.text in _JOINTS:
        close = token.text == "-" and not token.whitespace_ and not doc[k - 1].whitespace_
        if token.text in ("-", "–") and token.whitespace_:
            return False  # A dash
        return following is not None and (close or following.pos_ in (_MODIFIERS | {"VERB", "NUM"})) and k > 0
    if noun is not None and doc[k - 1].text not in _JOINTS:
        return False
    if _hyphened(token) and noun is None:
        return True
    if doc[k - 1].text == "-" and not doc[k - 1].whitespace_ and noun is not None:
        return following is not None and following.pos_ in _MODIFIERS
    if following is None or following.pos_ not in (_MODIFIERS | {"PUNCT", "VERB", "CCONJ"}):
        return False
    if token.pos_ == "ADJ":
        return True
    if token.pos_ == "VERB":
        ahead = (
            token.tag_ == "VBN"
            or (token.tag_ == "VBD" and token.head.i > token.i)
            or (token.tag_ == "VBG" and token.dep_ in ("amod", "compound"))
        )
        return ahead and following.pos_ in ("NOUN", "PROPN", "ADJ")
    if token.pos_ == "ADV":
        return following.pos_ in ("ADJ", "VERB")
    return token.pos_ in ("X", "SYM")


def _hyphened(token: Token) -> bool:
    """Whether a word is the first part of a compound: "in-person"."""
    ahead = token.i + 2 < len(token.doc) and token.doc[token.i + 1].text == "-"
    return ahead and token.is_alpha and not token.whitespace_ and not token.doc[token.i + 1].whitespace_


@cache
def _compounds() -> re.Pattern[str]:
    """The hyphened words after which a number still counts ("a 3,000-strong force")."""
    words = "|".join(re.escape(row["word"]) for row in tables.rows("number_compounds"))
    return re.compile(rf"[-–](?:{words})\b", re.IGNORECASE)
