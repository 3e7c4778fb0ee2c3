"""What holds of the people or things that a number counts: "killed", "injured", "deployed"…

Three readings, the surest first: the words right after the number and its noun ("12 people were
killed"), the words right before it ("killed 12 people"), the noun itself ("12 deaths"), all from
the table `number_states`; then the verb that governs the noun in the parse, as its lemma.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from rashomon.claims import tables
from rashomon.reader import written

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_AUXILIARY = (
    r"(?:(?:(?:who|that|which|have|has|had|having|is|are|was|were|be|been|being|got|get|may|might|could|will|would"
    r"|also|all|reportedly|already|now|since|later|either|still|then|both|feared|believed|thought|confirmed|reported"
    r"|known|said|found|to|either|allegedly|apparently|left|remain|remained|remains|more|others?|people|\w+ly)\s+)"
    r"|,\s+including\s[^,.;]{1,60},\s+|,\s+)"
)
_NEGATED = re.compile(r"\b(?:not|n['’]t|never|no longer)\b")
_BEFORE_FILL = r"(?:\s+(?:the|of|its|his|their|all|up|another|some|as|a|in)|\s*,)*\s*"
_NONE_OF = re.compile(
    r"\b(?:none|neither|not one|not a single one)\s+of\s+(?:the\s+|its\s+|their\s+|all\s+)?$", re.IGNORECASE
)
_WHOLE = re.compile(r"\b(?:of|among)\s+(?:the|those|these|its|their)\s+$", re.IGNORECASE)
"""Before a whole of which another number holds: "of the 40 at least 12 died"."""
_LIGHT = frozenset(
    [
        *("be", "have", "do", "include", "say", "tell", "add", "make", "get", "go", "come", "take", "see"),
        *("know", "call", "name", "dub", "nickname"),
    ]
)
# "the death toll rose from 40 to 52": both are its values. A bare toll is one of deaths where the text speaks of any.
_REACHED = r"\b(?:at|to|from|is|was|now|reached|hit|hits|passed|topped|exceeded|surpassed)\s+(?:the\s+)?$"
_TOLL = re.compile(
    r"\b(death\s+)?toll\b(?!\s+(?:road|booth|plaza|bridge|gate|of\s+(?:the\s+)?(?:wounded|injur)))[^.;:]{0,70}?"
    rf"(?:\bof\s+(?:the\s+)?$|{_REACHED})",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    r"\b(?:number|count|tally|total)\s+of\s+(?:[\w’'-]+\s+){0,4}?"
    r"(?P<held>killed|dead|deaths|fatalities|injured|wounded|hurt|injuries|missing|displaced|arrests|arrested)\b"
    rf"[^.;:]{{0,70}}?{_REACHED}",
    re.IGNORECASE,
)
_COUNTED_BEFORE = re.compile(
    r"\b(?:number|count|tally|total)\s+of\s+(?:the\s+|all\s+)?(?P<of>(?:[A-Za-z][\w’'-]*\s+){0,3}?"
    rf"(?:[a-z][\w’'-]*s|people|men|women|children))\b[^.;:,\d]{{0,60}}?{_REACHED}",
    re.IGNORECASE,
)
_DEATH = re.compile(r"\b(?:deaths?|died|dead|killed|fatalities)\b", re.IGNORECASE)


_LASTING = frozenset({"seconds", "minutes", "hours", "days", "weeks", "months", "years", "decades"})


@cache
def _rows(where: str) -> dict[str, str]:
    """Words of one place and their codes."""
    return {row["words"]: row["code"] for row in tables.rows("number_states") if row["where"] == where}


@cache
def _after() -> re.Pattern[str]:
    words = "|".join(_open(words) for words in sorted(_rows("after"), key=len, reverse=True))
    return re.compile(rf"\s*({_AUXILIARY}{{0,5}}?)({words})\b(?!-)", re.IGNORECASE)


def _open(words: str) -> str:
    """A row's words as a pattern; "…" stands for up to three words."""
    return re.escape(words).replace(r"\ …\ ", r"\s(?:[\w-]+,?\s){1,3}").replace(r"\ ", r"\s")


@cache
def _gaps() -> tuple[tuple[re.Pattern[str], str], ...]:
    """The rows with "…" in them, and their codes."""
    rows = sorted(_rows("after").items(), key=lambda row: -len(row[0]))
    return tuple((re.compile(_open(words), re.IGNORECASE), code) for words, code in rows if "…" in words)


@cache
def _before() -> re.Pattern[str]:
    words = "|".join(re.escape(words) for words in sorted(_rows("before"), key=len, reverse=True))
    return re.compile(rf"\b({words}){_BEFORE_FILL}$", re.IGNORECASE)


def codes() -> frozenset[str]:
    """Every code of the table."""
    return frozenset(row["code"] for row in tables.rows("number_states"))


def _lives(head: Token, of: tuple[int, int] | None, start: int) -> str | None:
    """The code of words that hold of lives alone ("claimed 51 lives", "51 lives were lost")."""
    if of is None or head.lemma_.lower() != "life":
        return None
    text, sentence = written(head.doc), head.sent
    ahead = re.findall(r"[a-z]+", text[sentence.start_char : start].lower())[-3:]
    behind = re.findall(r"[a-z]+", text[of[1] : sentence.end_char].lower())[:4]
    for words, where in ((ahead, "before lives"), (behind, "after lives")):
        for word in words:
            if word in _rows(where):
                return _rows(where)[word]
    return None


def after(text: str, at: int, end: int) -> str | None:
    """The code of the words that follow `at`, within the sentence that ends at `end`."""
    match = _after().match(text, at, min(end, at + 150))
    if match is None or _NEGATED.search(match[1]):
        return None
    words = re.sub(r"\s", " ", match[2].lower())
    return _rows("after").get(words) or next(code for pattern, code in _gaps() if pattern.fullmatch(match[2]))


def before(text: str, start: int, at: int) -> str | None:
    """The code of the words that end at `at`, within the sentence that begins at `start`."""
    begin = max(start, at - 60)
    match = _before().search(text, begin, at) if at > begin else None
    if match is None or _NEGATED.search(text[max(start, match.start() - 12) : match.start()]):
        return None
    return _rows("before")[match[1].lower()]


def noun(word: str) -> str | None:
    """The code of a counted noun that says itself what holds ("deaths")."""
    return _rows("noun").get(word.lower())


def governed(head: Token, start: int) -> str | None:
    """The lemma of the verb that governs a counted noun or a bare number that begins at `start`; None where it says
    nothing."""
    head = _part(head, start)
    verb = _verb(head)
    if verb is None:
        return None
    if any(child.dep_ == "neg" for child in verb.children):
        return None
    text, sentence = written(head.doc), head.sent
    coded = (
        before(text, sentence.start_char, verb.idx + len(verb))
        if head.dep_ in ("dobj", "dative", "attr")
        else after(text, verb.idx, sentence.end_char)
    )
    if coded:
        return coded
    word = verb.lemma_.lower()
    return None if word in _LIGHT or not word.isalpha() else word


def _part(head: Token, start: int) -> Token:
    """The number of a part, which begins at `start`, of what a noun is the whole ("won 43 of the 120 seats"); else the
    noun."""
    of = head.head
    return of.head if head.dep_ == "pobj" and of.lower_ == "of" and of.head.like_num and start < of.idx else head


def _verb(head: Token) -> Token | None:
    """The participle or clause on the noun, else the verb over it; of a list, over one of twelve nouns before it."""
    for _ in range(12):
        for child in head.children:
            if child.dep_ in ("acl", "relcl") and child.pos_ == "VERB" and child.lower_ != "aged" and child.i > head.i:
                return child
        if head.dep_ in ("nsubj", "nsubjpass", "dobj", "dative", "attr") and head.head.pos_ == "VERB":
            return head.head
        if head.dep_ != "conj" or head.head.pos_ not in ("NOUN", "PROPN") or head.head.i == head.i:
            return None
        head = head.head
    return None


def _tolls(text: str, start: int, at: int) -> bool:
    """Whether a number is a value of a death toll spoken of before it in the sentence."""
    match = _TOLL.search(text, start, at)
    return match is not None and bool(match[1] or _DEATH.search(text))


def whole(text: str, start: int, at: int) -> bool:
    """Whether a number is that of a whole of which another holds: "of the 40 at least 12 died"."""
    return _WHOLE.search(text[max(start, at - 12) : at]) is not None


def counted_before(doc: Doc, at: int, head: Token) -> str:
    """What a number counts that tells how many there are: "the number of homes lost rose to 300"; "" for any other."""
    start = head.sent.start_char
    told = _COUNTED_BEFORE.search(written(doc), start, at)
    return told["of"] if told else ""


def state(doc: Doc, start: int, end: int, of: tuple[int, int] | None, head: Token) -> str | None:
    """What holds of the things counted.

    `start` and `end` are those of the number, `of` those of the counted words, `head` the token that
    stands for them in the parse (the number itself where nothing is counted).
    """
    text = written(doc)
    sentence = head.sent
    stop = of[1] if of else end
    if _NONE_OF.search(text[max(sentence.start_char, start - 40) : start]):
        return None
    if of is None or head.lower_ in ("people", "persons", "victims"):
        if _tolls(text, sentence.start_char, start):
            return "killed"
        if numbered := _NUMBERED.search(text, sentence.start_char, start):
            held = numbered["held"].lower()
            return _rows("after").get(held) or noun(held)
    if of is None and (told := _COUNTED_BEFORE.search(text, sentence.start_char, start)):
        return after(text, told.end("of"), start)
    behind, ahead = before(text, sentence.start_char, start), after(text, stop, sentence.end_char)
    # After a comma another clause may begin: "injuring 12, killing none".
    found = _lives(head, of, start) or ((behind or ahead) if text[stop : stop + 1] == "," else (ahead or behind))
    if found is None and of is None and whole(text, sentence.start_char, start):
        return None
    found = found or (noun(head.text) if of is not None else None) or governed(head, start)
    if head.lower_ in _LASTING and found in codes():
        return None  # "two crashes within five months that killed 346"
    if found == "injured" and head.lemma_.lower() in _rows("thing"):
        verb = _verb(head)  # Homes that burned are not hurt.
        return verb.lemma_.lower() if verb is not None else None
    return found
