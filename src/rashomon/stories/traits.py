"""What a page is recognised by: words, names, streets, ages, counts, days, figures, its title, its date.

All of it is read from title and text by patterns, without a parse: what a page is recognised by must not depend
on who has looked at it before, and a stream has thousands of pages an hour. Names from the parse were measured
beside these and told pages apart no better; the days that a page speaks of did.

Patterns begin with a class of characters and look back for what must not stand before it: a text is searched for
these several times as fast as for a word boundary.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import chain, islice

import msgspec

from rashomon.model import Page
from rashomon.stories.dates import stretch
from rashomon.stories.name_words import name_words
from rashomon.stories.told_days import Told, told
from rashomon.stories.words import fold, is_content, rows, stem

HEAD = 250
"""Content words of a page that count: what comes later is mostly other news and small print."""
LEAD = 45
"""Content words that a page leads with."""
AREA = 4000
"""Characters of the text that are looked at."""
KEYED = ("name", "street", "block", "aged", "age", "figure", "day", "count", "noun", "when", "weekday", "calendar")
"""The kinds of keys. "name": capitalised phrases; "block": a number of houses and its street; "aged": a name with an
age; "count": a number and what it counts; "noun": what is counted; "day": days that the text speaks of; "when": years,
and days that nothing resolves."""

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_PHRASE = re.compile(r"[A-Z](?<!\w.)[\w’'-]+(?:[ \u00a0](?:[A-Z]\.|[A-Z][\w’'-]+|\d{1,3}(?:st|nd|rd|th)))+")
_FIGURE = re.compile(r"\d\d*(?:[.,:/]\d+)*(?![:/])")
_GOOD_FIGURE = re.compile(r"\d{1,3}(?:,\d{3})+$|\d{2,6}$")
_YEAR = re.compile(r"(?:19|20)\d\d$")
_INSIDE = re.compile(r"[A-Z](?<=[a-z,;] .)[^\W\d_]+")
_LONGEST = 40
# Characters of a name; what is longer is a headline.
_STREET = re.compile(
    r" (?:Streets?|St|Avenues?|Ave|Road|Rd|Drive|Dr|Boulevard|Blvd|Lane|Ln|Court|Ct|Place|Pl|Way|Highway|Hwy|Parkway"
    r"|Pkwy|Circle|Terrace|Trail|Loop|Pike|Square|Bridge)\b"
)
_BEFORE_STREET = re.compile(r"(?:\d{1,3}(?:st|nd|rd|th)|[A-Z][a-z'’]+)(?: [A-Z][a-z'’]+){0,2}$")
_BLOCK = re.compile(r"\b(\d{2,5})(?:th)? block (?:of )?((?:[A-Z0-9][\w.'’]*)(?: [A-Z][\w.'’]*)*)")
_SIDES = frozenset("the north south east west n s e w northeast northwest southeast southwest".split())
_NEAR = 40
# Characters before a street's or a person's age in which a name is looked for.
_OLD = re.compile(r"years?[- ]old\b(?: ((?:[A-Z][\w’'.-]+ ?)+))?")
_BEFORE_OLD = re.compile(r"(\w+)[- ]$")
_AGE = re.compile(r"\d(?<=[ (]\d)\d?(?!\w)")
_AGED = re.compile(r"(?:,? aged?|,|(?P<bracket> ?\()) ?$")
_LONGEST_LEAD = len(", aged ")
_BEFORE_AGE = re.compile(r"([A-Z][\w’'-]+)(?: [JS]r\.?)?$")
# What stands before an age is looked for from the age on: ages are rare, capitals are not.
_NUMBERS = {form: str(n) for n, word in enumerate(
    "zero one two three four five six seven eight nine ten eleven twelve".split())
    if n > 1 for form in (word, word.capitalize())}  # fmt: skip
_COUNT = re.compile(r"(\d(?<![\w.,]\d)[\d,.]*)(?:[ -]| \w+ )([a-z]{3,})")
_COUNTED = re.compile(r"[a-z]{3,}")
_AT_ONCE = 60
# Pieces of text that are looked through at once.
_CHUNKS = 1 << 17
# Pieces of text whose stems are remembered.


class Traits(msgspec.Struct, frozen=True, gc=False):
    """What one page is recognised by."""

    words: Mapping[str, int]
    """Stem → how often it stands among the first content words; in order of appearance, the title's first."""
    titled: int
    """How many of the words, from the first on, stand in the title."""
    leading: int
    """How many the page leads with, those of the title among them."""
    proper: frozenset[str]
    """Those of the stems that are names or parts of one: capitalised inside sentences and nowhere in lower case."""
    keys: Mapping[str, tuple[str, ...]]
    """Kind (see `KEYED`, all of them and in that order) → its keys, each once, in the order of the text."""
    written: Mapping[str, str]
    """Term (see `term`) of a name, a street, a block or somebody with an age → as the page writes it."""
    told: tuple[int, ...]
    """The first three days that the text speaks of, in days since 1970."""
    days: tuple[float, float] | None
    """First and last day of its publication, in days since 1970; null where undated."""


def term(kind: str, key: str) -> str:
    """What a key is counted and found by: its kind, a space and its key; a word is its stem."""
    return f"{kind} {key}"


def counted(traits: Traits) -> list[str]:
    """The terms of a page whose rarity is counted: its words, then its keys."""
    return [*traits.words, *[f"{kind} {key}" for kind, keys in traits.keys.items() for key in keys]]


def read(page: Page) -> Traits:
    """The traits of a page: a function of its title, text and publication date alone."""
    title = page.title or ""
    body = page.text[:AREA]
    head = f"{title}. {body}"
    chunks = title.split()
    titled = _stems(chunks)
    chunks += body.split()
    unique = set(chunks)
    stems = list(islice(_each_stem(chunks), HEAD))
    date = stretch(page.published.value)
    days = (date[0] / 86400, date[1] / 86400) if date else None
    spoken = told(body, int(days[0]) if days and days[1] - days[0] <= 1 else None)
    phrases = [name for name in _PHRASE.findall(head) if len(name) < _LONGEST]
    ages, aged = _ages(head)
    named = {
        "name": {" ".join(words): name for name in phrases if len(words := name_words(name)) > 1},
        "street": _streets(head),
        "block": _blocks(head),
        "aged": aged,
    }
    figures = _FIGURE.findall(head)
    years = [figure for figure in figures if _YEAR.match(figure)]
    keys = {
        **{kind: tuple(found) for kind, found in named.items()},
        "age": _once(ages),
        "figure": _once(f for f in figures if _GOOD_FIGURE.match(f) and not _YEAR.match(f)),
        "day": _once(map(str, spoken.days)),
        **_counts(head, chunks, unique),
        **_times(years, spoken, days is None),
    }
    return Traits(
        words=Counter(stems),
        titled=len(set(titled[:HEAD])),
        leading=len(set(stems[:LEAD])),
        proper=_proper(unique, body, phrases),
        keys=keys,
        written={term(kind, key): name for kind, found in named.items() for key, name in found.items()},
        told=spoken.days[:3],
        days=days,
    )


def _once(found: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(found))


class _Stems(dict[str, tuple[str, ...]]):
    """A piece of text between spaces → the stems of its content words, worked out once."""

    def __missing__(self, chunk: str) -> tuple[str, ...]:
        found = tuple(_roots(chunk))
        if len(self) >= _CHUNKS:
            self.clear()
        self[chunk] = found
        return found


def _roots(text: str) -> Iterable[str]:
    for word in _WORD.findall(text):
        plain = fold(word).removesuffix("'s")
        if is_content(plain):
            yield stem(plain)


_STEMS = _Stems()


def _each_stem(chunks: Iterable[str]) -> Iterator[str]:
    return chain.from_iterable(map(_STEMS.__getitem__, chunks))


def _stems(chunks: Iterable[str]) -> list[str]:
    return list(_each_stem(chunks))


def _street(name: str) -> str:
    """A street's name without the side of the town."""
    words = fold(name).replace(".", "").split()
    while len(words) > 1 and words[0] in _SIDES:
        words.pop(0)
    return " ".join(words)


def _streets(text: str) -> dict[str, str]:
    out: dict[str, str] = {}
    for match in _STREET.finditer(text):
        name = _BEFORE_STREET.search(text[max(0, match.start() - _NEAR) : match.start()])
        if name:
            out[_street(name[0])] = name[0] + match[0]
    return out


def _blocks(text: str) -> dict[str, str]:
    if " block " not in text:
        return {}
    return {f"{n} {_street(name).split(' ')[0]}": f"{n} block of {name}" for n, name in _BLOCK.findall(text)}


def _ages(text: str) -> tuple[list[str], dict[str, str]]:
    """The ages of a text, as written; and last names with theirs: "Ada Voss, 28," and "28-year-old Ada Voss"."""
    ages: list[str] = []
    aged: dict[str, str] = {}
    for match in _OLD.finditer(text):
        before = _BEFORE_OLD.search(text, max(0, match.start() - _NEAR), match.start())
        if before:
            ages.append(before[1].lower())
            if match[1] and before[1].isdigit():
                last = match[1].split()[-1].strip(".")
                aged[f"{fold(last)} {before[1]}"] = f"{last}, {before[1]}"
    for match in _AGE.finditer(text):
        start, after = match.start(), text[match.end() : match.end() + 1]
        lead = _AGED.search(text, max(0, start - _LONGEST_LEAD), start)
        if lead is None:
            continue
        called = lead[0].strip(", ")
        if (after == ")") if lead["bracket"] else called or after == ",":
            ages.append(match[0])
        name = after and after in ",;.)" and _BEFORE_AGE.search(text, max(0, start - _NEAR), lead.start())
        if name:
            aged[f"{fold(name[1])} {match[0]}"] = f"{name[1]}, {match[0]}"
    return ages, aged


def _counts(text: str, chunks: Sequence[str], unique: set[str]) -> dict[str, tuple[str, ...]]:
    """Small numbers with the stem of what they count, and those stems by themselves."""
    found = [(number.rstrip(".,"), word) for number, word in _COUNT.findall(text)]
    if not unique.isdisjoint(_NUMBERS):
        for at, chunk in enumerate(chunks):
            if chunk in _NUMBERS:
                words = (match[0] for word in chunks[at + 1 : at + 3] if (match := _COUNTED.match(word)))
                found += [(_NUMBERS[chunk], word) for word in words][:1]
    roots = [(number, root[0]) for number, word in found if (root := _STEMS[word])]
    return {"count": _once(f"{number} {root}" for number, root in roots), "noun": _once(root for _, root in roots)}


def _times(years: Sequence[str], spoken: Told, undated: bool) -> dict[str, tuple[str, ...]]:
    """Weekdays, days of a month; where no date resolves them, these stand among the years."""
    weekdays = tuple(map(str, sorted(spoken.weekdays)))
    calendar = tuple(sorted(spoken.calendar))
    when = [*years, *([f"w{day}" for day in weekdays] + list(calendar) if undated else [])]
    return {"when": _once(when), "weekday": weekdays, "calendar": calendar}


@cache
def _title_roots() -> frozenset[str]:
    """Stems of "Captain", "President": capitalised, but nobody's name."""
    return frozenset(stem(row[0]) for row in rows("titles"))


def _proper(unique: set[str], body: str, phrases: Iterable[str]) -> frozenset[str]:
    """Stems of the words that the body has inside sentences with a capital and nowhere without one."""
    inside = set(_INSIDE.findall(body))
    inside.update(chain.from_iterable(map(str.split, phrases)))
    plain = _each_stem(chunk for chunk in unique if "a" <= chunk[0] <= "z")
    return frozenset(_each_stem(inside)).difference(plain, _title_roots())


def written(page: Page, stems: set[str]) -> dict[str, str]:
    """For stems of a page the first word of it that each stands for, as written; a word by itself before a part of one.

    Most stand near the beginning: a page is read no further than needed.
    """
    out: dict[str, str] = {}
    parts: dict[str, str] = {}
    for chunk in _pieces(f"{page.title or ''} {page.text[:AREA]}"):
        root = _STEMS[chunk]
        if stems.isdisjoint(root):
            continue
        for each in stems.intersection(root):
            word = next((word for word in _WORD.findall(chunk) if each in _STEMS[word]), None)
            if word is not None:
                (out if len(root) == 1 else parts).setdefault(each, word)
        if len(out) == len(stems):
            break
    return {root: (out.get(root) or parts[root]) for root in stems if root in out or root in parts}


def _pieces(text: str) -> Iterator[str]:
    while parts := text.split(None, _AT_ONCE):
        if len(parts) <= _AT_ONCE:
            yield from parts
            return
        yield from parts[:-1]
        text = parts[-1]
