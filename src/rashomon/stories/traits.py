"""What a page is recognised by: words, names, streets, ages, counts, days, figures, its title, its date.

All of it is read from title and text by patterns, without a parse: what a page is recognised by must not depend
on who has looked at it before, and a stream has thousands of pages an hour. Names from the parse were measured
beside these and told pages apart no better; the days that a page speaks of did.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from itertools import islice

import msgspec

from rashomon.model import Page
from rashomon.stories.dates import stretch
from rashomon.stories.names import name_words
from rashomon.stories.told_days import Told, told
from rashomon.stories.words import fold, is_content, rows, stem

HEAD = 250
"""Content words of a page that count: what comes later is mostly other news and small print."""
LEAD = 45
"""Content words that a page leads with."""
AREA = 4000
"""Characters of the text in which names, days and figures are looked for."""
KINDS = (
    "title", "name", "street", "block", "aged", "age", "figure", "day", "count", "noun", "when", "lead", "weekday",
    "calendar",
)  # fmt: skip
"""The kinds of keys. "title", "lead": words of the title and the first words of all; "name": capitalised phrases;
"block": a number of houses and its street; "aged": a name with an age; "count": a number and what it counts; "noun":
what is counted; "day": days that the text speaks of; "when": years, and days that nothing resolves."""
OF_WORDS = frozenset({"title", "lead"})
"""Kinds whose keys are stems, as rare as the words themselves."""

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_PHRASE = re.compile(r"\b[A-Z][\w’'-]*[a-z][\w’'-]*(?:[ \u00a0](?:[A-Z]\.|[A-Z][\w’'-]+|\d{1,3}(?:st|nd|rd|th)))+")
_FIGURE = re.compile(r"\d+(?:[.,:/]\d+)*(?![:/])")
_GOOD_FIGURE = re.compile(r"\d{1,3}(?:,\d{3})+$|\d{2,6}$")
_YEAR = re.compile(r"(?:19|20)\d\d$")
_INSIDE = re.compile(r"(?<=[a-z,;] )[A-Z][^\W\d_]+")
_LOWER = re.compile(r"\b[a-z][^\W\d_]+")
_TERMS, _RARE = 80, 25
# Words of a page that are kept, and those of them by which it is found again.
_FINDING = ("name", "street", "block", "aged", "day")
_NEAR = 40
# Characters before an age in which a name is looked for.
_USUAL = {"weekday": 0.3, "when": 0.15, "day": 0.03, "noun": 0.03, "age": 0.03, "calendar": 0.02, "count": 0.01}
# The share of pages of general news that have any one key of a kind, roughly: what a stream's first pages go by.
_LONGEST = 40
# Characters of a name; what is longer is a headline.
_STREET = re.compile(
    r"((?:\d{1,3}(?:st|nd|rd|th)|[A-Z][a-z'’]+)(?: [A-Z][a-z'’]+){0,2}) (?:Streets?|St|Avenues?|Ave|Road|Rd|Drive|Dr"
    r"|Boulevard|Blvd|Lane|Ln|Court|Ct|Place|Pl|Way|Highway|Hwy|Parkway|Pkwy|Circle|Terrace|Trail|Loop|Pike|Square"
    r"|Bridge)\b"
)
_BLOCK = re.compile(r"\b(\d{2,5})(?:th)? block (?:of )?((?:[A-Z0-9][\w.'’]*)(?: [A-Z][\w.'’]*)*)")
_SIDES = frozenset("the north south east west n s e w northeast northwest southeast southwest".split())
_OLD = re.compile(r"years?[- ]old\b(?: ((?:[A-Z][\w’'.-]+ ?)+))?")
_BEFORE_OLD = re.compile(r"(\w+)[- ]$")
_AGE = re.compile(r", (?:aged? )?(\d{1,2}),|\((\d{1,2})\)| aged? (\d{1,2})\b")
_NAME_AGE = re.compile(r"(?:, |, aged? | \()(\d{1,2})(?=[,;.)])")
_BEFORE_AGE = re.compile(r"([A-Z][\w’'-]+)(?: [JS]r\.?)?$")
# What stands before an age is looked for from the age on: ages are rare, capitals are not.
_NUMBERS = {word: str(n) for n, word in enumerate(
    "zero one two three four five six seven eight nine ten eleven twelve".split())}  # fmt: skip
_COUNT = re.compile(
    r"\b(\d[\d,.]*|[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive|[Ss]ix|[Ss]even|[Ee]ight|[Nn]ine|[Tt]en|eleven|twelve)"
    r"(?:[ -]| \w+ )([a-z]{3,})"
)
_ANY_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


class Traits(msgspec.Struct, frozen=True):
    """What one page is recognised by."""

    words: Mapping[str, int]
    """Stem → how often it stands among the first content words, title included."""
    proper: frozenset[str]
    """Those of the stems that are names or parts of one: capitalised inside sentences and nowhere in lower case."""
    keys: Mapping[str, tuple[str, ...]]
    """Kind (see `KINDS`) → its keys, each once, in the order of the text."""
    written: Mapping[str, str]
    """Term (see `term`) of a name, a street, a block or somebody with an age → as the page writes it."""
    told: tuple[int, ...]
    """The first three days that the text speaks of, in days since 1970."""
    days: tuple[float, float] | None
    """First and last day of its publication, in days since 1970; null where undated."""


def term(kind: str, key: str) -> str:
    """What a key is counted and found by: a word is its stem, all else its kind, a space and its key."""
    return key if kind in OF_WORDS else f"{kind} {key}"


def read(page: Page) -> Traits:
    """The traits of a page: a function of its title, text and publication date alone."""
    title = page.title or ""
    body = page.text[:AREA]
    head = f"{title}. {body}"
    stems: list[str] = []
    for word in _WORD.finditer(f"{title}\n{page.text}"):
        root = _root(word.group())
        if root:
            stems.append(root)
            if len(stems) == HEAD:
                break
    date = stretch(page.published.value)
    days = (date[0] / 86400, date[1] / 86400) if date else None
    spoken = told(body, int(days[0]) if days and days[1] - days[0] <= 1 else None)
    phrases = [name for name in _PHRASE.findall(head) if len(name) < _LONGEST]
    ages, aged = _ages(head)
    named = {
        "name": {" ".join(words): name for name in phrases if len(words := name_words(name)) > 1},
        "street": {_street(match[1]): match[0] for match in _STREET.finditer(head)},
        "block": {f"{n} {_street(name).split(' ')[0]}": f"{n} block of {name}" for n, name in _BLOCK.findall(head)},
        "aged": aged,
    }
    keys = {
        "title": _once(root for word in _WORD.findall(title) if (root := _root(word))),
        **{kind: tuple(found) for kind, found in named.items()},
        "age": _once(ages),
        "figure": _once(f for f in _FIGURE.findall(head) if _GOOD_FIGURE.match(f) and not _YEAR.match(f)),
        **_counts(head),
        **_times(body, spoken, days is None),
        "lead": _once(stems[:LEAD]),
    }
    names = {term(kind, key): name for kind, found in named.items() for key, name in found.items()}
    return Traits(Counter(stems), _proper(body, phrases), keys, names, spoken.days[:3], days)


def _once(found: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(found))


def _street(name: str) -> str:
    """A street's name without the side of the town."""
    words = fold(name).replace(".", "").split()
    while len(words) > 1 and words[0] in _SIDES:
        words.pop(0)
    return " ".join(words)


def _ages(text: str) -> tuple[list[str], dict[str, str]]:
    """The ages of a text, as written; and last names with theirs: "Ada Voss, 28," and "28-year-old Ada Voss"."""
    ages = [next(filter(None, match)) for match in _AGE.findall(text)]
    aged: dict[str, str] = {}
    for match in _OLD.finditer(text):
        before = _BEFORE_OLD.search(text, max(0, match.start() - _NEAR), match.start())
        if before:
            ages.append(before[1].lower())
            if match[1] and before[1].isdigit():
                last = match[1].split()[-1].strip(".")
                aged[f"{fold(last)} {before[1]}"] = f"{last}, {before[1]}"
    for match in _NAME_AGE.finditer(text):
        name = _BEFORE_AGE.search(text, max(0, match.start() - _NEAR), match.start())
        if name:
            aged[f"{fold(name[1])} {match[1]}"] = f"{name[1]}, {match[1]}"
    return ages, aged


def _counts(text: str) -> dict[str, tuple[str, ...]]:
    """Small numbers with the stem of what they count, and those stems by themselves."""
    found = [
        (_NUMBERS.get(n.lower(), n).rstrip(".,"), root) for n, word in _COUNT.findall(text) if (root := _root(word))
    ]
    return {"count": _once(f"{number} {root}" for number, root in found), "noun": _once(root for _, root in found)}


def _times(text: str, spoken: Told, undated: bool) -> dict[str, tuple[str, ...]]:
    """Days, weekdays, days of a month; where no date resolves them, these stand among the years."""
    weekdays = tuple(map(str, sorted(spoken.weekdays)))
    calendar = tuple(sorted(spoken.calendar))
    when = _ANY_YEAR.findall(text) + ([f"w{day}" for day in weekdays] + list(calendar) if undated else [])
    return {"day": _once(map(str, spoken.days)), "when": _once(when), "weekday": weekdays, "calendar": calendar}


@cache
def _title_roots() -> frozenset[str]:
    """Stems of "Captain", "President": capitalised, but nobody's name."""
    return frozenset(stem(row[0]) for row in rows("titles"))


def _proper(body: str, phrases: Iterable[str]) -> frozenset[str]:
    """Stems of the words that the body has inside sentences with a capital and nowhere without one."""
    inside = set(_INSIDE.findall(body))
    inside.update(word for name in phrases for word in _WORD.findall(name))
    plain = {_root(word) for word in set(_LOWER.findall(body))} | _title_roots()
    return frozenset(root for word in inside if (root := _root(word)) and root not in plain)


@lru_cache(maxsize=131072)
def _root(word: str) -> str | None:
    """The stem of a word as written; null for function words."""
    plain = fold(word).removesuffix("'s")
    return stem(plain) if is_content(plain) else None


def written(page: Page, stems: set[str]) -> dict[str, str]:
    """For stems of a page the first word of it that each stands for, as written."""
    out: dict[str, str] = {}
    for word in _WORD.finditer(f"{page.title or ''}\n{page.text}"):
        root = _root(word.group())
        if root in stems and root not in out:
            out[root] = word.group()
            if len(out) == len(stems):
                break
    return out


def counted(traits: Traits) -> list[str]:
    """The terms of a page whose rarity is counted: its words, and its keys but those of words."""
    keys = [term(kind, key) for kind in KINDS if kind not in OF_WORDS for key in traits.keys[kind]]
    return [*traits.words, *keys]


@cache
def _common() -> dict[str, float]:
    """Word → the share of the background's pages that have it."""
    return {row[0]: float(row[1]) / 1000 for row in rows("common")}


class Rarity:
    """How rare a term is: counted over a background of general news and the pages seen so far.

    The background stands for `weight` pages, so that the first two pages of a stream already know that
    "minister" says little and a name much; after some thousand pages the stream's own counts decide.
    """

    def __init__(self, weight: float = 400.0, pages: int = 0, seen: Mapping[str, int] | None = None) -> None:
        """`pages` and `seen`: how many pages were counted before, and on how many of them each term stood."""
        self._weight = weight
        self._seen: Counter[str] = Counter(seen or {})
        self._pages = pages
        self._common = _common()

    def add(self, traits: Traits) -> None:
        """Count a page."""
        self._pages += 1
        self._seen.update(counted(traits))

    def of(self, term: str) -> float:
        """Inverse document frequency."""
        kind, key, _ = term.partition(" ")
        usual = _USUAL.get(kind, 0.0) if key else self._common.get(term, 0.0)
        count = usual * self._weight + self._seen.get(term, 0)
        return math.log((self._weight + self._pages + 1) / (count + 0.5))

    def vector(self, traits: Traits) -> dict[str, float]:
        """The page as it compares: its weightiest words, the weightiest first, as parts of a vector of length 1
        over all its words; then its keys with their rarity, as "kind key" for all kinds."""
        of = self.of
        raw = [((1 + math.log(count)) * of(word), word) for word, count in traits.words.items()]
        norm = math.sqrt(math.fsum([value * value for value, _ in raw])) or 1.0
        raw.sort(key=lambda item: (-item[0], item[1]))
        out = {word: value / norm for value, word in raw[:_TERMS]}
        for kind, keys in traits.keys.items():
            if kind in OF_WORDS:
                out.update((f"{kind} {key}", of(key)) for key in keys)
            else:
                out.update((name, of(name)) for key in keys for name in (f"{kind} {key}",))
        return out

    def finding(self, traits: Traits, vector: Mapping[str, float]) -> dict[str, float]:
        """The terms by which a page is found again with their rarity, the rarest first: words, names, places, days."""
        words = list(islice(vector, min(_RARE, len(traits.words))))
        found = {word: self.of(word) for word in words}
        for kind in _FINDING:
            for key in traits.keys[kind]:
                name = term(kind, key)
                found[name] = vector[name]
        return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))
