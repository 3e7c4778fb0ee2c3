"""Who wrote it: people only, out of bylines and author fields."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from rashomon.pages.given import is_given
from rashomon.pages.tables import either, rows

_ADDRESS = re.compile(r"\b(?:https?://|www\.)\S+|\S*@\S+")
_WEB = re.compile(r"\bhttps?:|\bwww\.")
_MARKUP = re.compile(r"<[^>]{1,300}>")
_PART = re.compile(r"\s*(?:[|•／、，；،]|\s·\s|\s/\s|/|&|\+|\s[-–—]\s)\s*|[\r\n]+")
_AND = re.compile(
    r"\s+(?:and|und|et|og|och|and|with|mit|avec|con|sowie|ve|и|і|та|och|dan|và|con)\s+(?=\S)|\s*,?\s+with\s+"
)
_SHORT_AND = re.compile(r"(?<=\w)\s+(?:y|e|i|en|a)\s+(?=[^\W\d_])")
"""Words for "and" that may also stand within one name ("Ortega y Gasset")."""
_AFTER = re.compile(
    r"\s*(?:[(\[].*$|\b(?:for|in|of|at|from|aus|à|en|desde|da|dans)\s+(?:the\s+|der\s+|dem\s+)?[^\W\d_a-zß-öø-ÿ].*$"
    r"|\b(?i:updated|published|posted|last modified|created)\b.*$|\b(?:on|am|le|il|el)\s+(?=\S*\d).*$"
    r"|\bon\s+(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6}\b.*$|\bam\s+(?:[A-Z][a-z]{2,7}tag|Mittwoch)\b.*$|(?<!\w)\d.*$)",
)
# Marks and vowel signs, which are no letters to a regular expression.
_MARK = (
    r"\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u064b-\u065f"
    r"\u0900-\u0dff\u0e00-\u0eff\u1000-\u109f\u200c\u200d"
)
_LETTER = rf"(?:[^\W\d_]|[{_MARK}])"
_NAME = re.compile(
    rf"^{_LETTER}(?:[\w{_MARK}'’`´.\-‐‑・·])*(?:\s+(?:d['’]|[\"“„‘'(]?){_LETTER}(?:[\w{_MARK}'’`´.\-‐‑\"”“)])*){{0,6}}$"
)
_CASELESS = re.compile(r"[\u0590-\u06ff\u0900-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_PICTURED = re.compile(r"[:：©]|\(c\)|\s(?:by|von|par|por|di|av|af|door)\s", re.I)
"""What stands in a line that says whose a picture is."""
_LONGEST = 60
_WORDS = 4
"""of a name."""
_BESIDE = 4
"""Words beside a name on a line of its own: a trade."""
_LINE = 90
# Where two names, or a name and a trade, lost what stood between them ("VossReporter"); "McAllister" is one word.
_GLUED = re.compile(r"(?<!\bMc)(?<!\bMac)(?<!\b[DL][aei])(?<!\bVan)(?<!\bFitz)(?<=[a-zß-öø-ÿ])(?=[A-Z])|@\S+")
_PROPER = re.compile(r"(?:[OD][’'])?[^\W\d_]+(?:[-’'][^\W\d_]+)*\.?")
_REMEMBERED = 2_000
"""So many entries and names are remembered."""
_ENTRY = 600
_TRIM = " .,:–—-*\"'“”„«»|"
HOST = re.compile(r"^\S+\.[^\W\d_]{2,}$")
_DIGIT = re.compile(r"\d")


@cache
def not_names() -> tuple[dict[str, str], re.Pattern[str]]:
    """Words that no person's name holds, with what they are; those of several words as a pattern."""
    table = {row["word"].casefold(): row["as"] for row in rows("not_names")}
    several = either([word for word in table if not word.isalnum()]) or "(?!)"
    return table, re.compile(rf"(?<!\w){several}(?![\w-])", re.I)


def called(text: str) -> list[str | None]:
    """What each word of a text is that no person's name holds ("job", "desk", …), and None for each other word."""
    table = not_names()[0]
    return [table.get(word) for word in re.findall(r"[^\W\d_]+", text.casefold())]


@cache
def _leads() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What introduces a name, and what may follow one without a space."""
    table = sorted(rows("byline_words"), key=lambda row: -len(row["word"]))
    before = "|".join(re.escape(row["word"]) for row in table if row["where"] == "before" and row["word"].isascii())
    other = "|".join(re.escape(row["word"]) for row in table if row["where"] == "before" and not row["word"].isascii())
    after = "|".join(re.escape(row["word"]) for row in table if row["where"] == "after")
    lead = rf"^\s*(?:(?:{before})\b(?=\s*:|\s)|(?:{other})(?=\s*[:：/／]|\s)|(?:本报)?[記记]者)\s*[:：/／]?\s*"
    return re.compile(lead, re.I), re.compile(rf"\s*(?:{after})$")


@cache
def _pictures() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What says whose text and pictures are; what says whose a picture is, and all that follows."""
    words = {
        where: [row["word"] for row in rows("byline_words") if row["where"] == where] for where in ("before", "image")
    }
    image = either(words["image"])
    return (
        re.compile(
            rf"^\s*{either(words['before'])}\s*(?:[&+/]|und|and|og|och|et|en|e|y|i|ja)\s*{image}\s*(?:[:：]|(?=\s))",
            re.I,
        ),
        re.compile(rf"(?:(?<!\w){image}(?:\s*[:：]|\s(?:by|von|par|por|di|av|af|door)\s)|©|\(c\)\s).*$", re.I | re.S),
    )


@cache
def _dated() -> re.Pattern[str]:
    """A date that begins with a month, and what follows it."""
    return re.compile(
        rf"(?:\s(?:on|am|le|el|il))?\s(?:{'|'.join(re.escape(row['name']) for row in rows('months'))})\.?,?\s+\d.*$",
        re.I,
    )


@cache
def _particles() -> frozenset[str]:
    return frozenset(word for row in rows("particles") for word in row["words"].split())


@cache
def agencies() -> dict[str, str]:
    """What the names of agencies are called by, each by its key; "" for words that stand for several."""
    return {key(row["name"]): row["agency"] for row in rows("agencies")}


def people(written: Iterable[str], *sources: str | None) -> tuple[str, ...]:
    """The people named in bylines or author fields, as written, each once.

    `sources`: names and addresses of who publishes the page; nobody whose name is in them is a person.
    """
    return once(name for name, is_person in named(written, *sources) if is_person)


def alone(line: str) -> tuple[str, ...]:
    """The people that a line is a byline of without saying so: "Ada Voss", "Ada VossNews Reporter", "Ada Voss | Daily
    Squall"; none where it may name anything else. Each name begins with a given name."""
    if len(line) > _LINE or line[-1:] in ".!?:":
        return ()
    found = people([_GLUED.sub(" | ", line)])
    return found if found and all(map(_is_name, found)) and _covers(line, found) else ()


def surely(written: Iterable[str]) -> tuple[str, ...]:
    """The people named in bylines whose names begin with a given name."""
    return tuple(filter(_is_name, people(written)))


def _is_name(name: str) -> bool:
    words = name.split()
    if not 2 <= len(words) <= _WORDS or not is_given(words[0]) or words[-1].casefold() in _named_after():
        return False
    return all(_PROPER.fullmatch(word) or word in _particles() for word in words)


def _covers(line: str, names: tuple[str, ...]) -> bool:
    """Whether a line begins with a name and has little besides: what parts it, or few words."""
    rest = len(line.split()) - sum(len(name.split()) for name in names)
    return line.casefold().startswith(names[0].casefold()) and (rest <= _BESIDE or _PART.search(line) is not None)


@cache
def _named_after() -> frozenset[str]:
    return frozenset(row["word"] for row in rows("named_after"))


def named(written: Iterable[str], *sources: str | None) -> Iterator[tuple[str, bool]]:
    """The names in bylines or author fields, as written, and whether each is a person's; what is none may be no name.

    `sources`: as of `people`.
    """
    published = keys(sources)
    for entry in (part for several in written for part in several[:_ENTRY].split(";")):
        yield from _named(entry, published)


def keys(sources: Iterable[str | None]) -> tuple[str, ...]:
    """The keys of those names that have one."""
    return tuple(found for source in sources if (found := key(source or "")))


def once(names: Iterable[str]) -> tuple[str, ...]:
    """Names, each of those that are written alike once."""
    out: dict[str, str] = {}
    for name in names:
        out.setdefault(key(name), name)
    return tuple(out.values())


@lru_cache(_REMEMBERED)
def _named(entry: str, sources: tuple[str, ...]) -> tuple[tuple[str, bool], ...]:
    """The names of one entry, in order; remembered, since a page says them in several places."""
    return tuple(_parted(entry, sources))


def _parted(entry: str, sources: tuple[str, ...]) -> Iterator[tuple[str, bool]]:
    bare = _MARKUP.sub(" ", entry) if "<" in entry else entry
    bare = _ADDRESS.sub(" ", bare) if "@" in bare or _WEB.search(bare) else bare
    bare = bare.replace("\u00ad", "").strip()
    if _PICTURED.search(bare):
        both, pictures = _pictures()
        bare = pictures.sub("", both.sub("", bare)).strip()
    if bare.startswith("(") and bare.endswith(")"):
        bare = bare[1:-1]
    if key(bare) in agencies():
        yield bare, False
        return
    parts = [piece for part in _PART.split(_led(bare)) for several in _AND.split(part) for piece in several.split(",")]
    parts = [side for part in parts for side in _sides(part)]
    pieces = [plain for part in parts if (plain := _plain(part))]
    # Beside a full name, one word is a place, a paper or a job.
    full = any(" " in piece for piece in pieces)
    for piece in pieces:
        if full and " " not in piece and not _CASELESS.search(piece):
            yield piece, False
            continue
        for name in _both(piece):
            whole = _without_job(name)
            alone = _without_source(whole, sources)
            is_person = _is_person(_cased(alone), sources)
            yield (_cased(alone) if is_person else name), is_person
            if is_person and len(alone) < len(whole):
                yield whole[len(alone) :].strip(_TRIM), False


def _led(text: str) -> str:
    """Without the words that introduce a name."""
    for _ in range(3):
        cut = _leads()[0].sub("", text, count=1)
        if cut == text:
            break
        text = cut
    return text


def _plain(piece: str) -> str:
    """One name without what introduces it and what follows it."""
    found = _led(" ".join(piece.split()).strip(_TRIM))
    found = _dated().sub("", found) if _DIGIT.search(found) else found
    found = _AFTER.sub("", found).strip(_TRIM)
    return _leads()[1].sub("", found) if not found.isascii() else found


def _both(piece: str) -> list[str]:
    """Two full names that a word joins which may also stand within one, or the piece itself."""
    sides = _SHORT_AND.split(piece)
    return sides if len(sides) > 1 and all(len(side.split()) > 1 for side in sides) else [piece]


def _sides(part: str) -> list[str]:
    """The names that a word joins which may also say where ("Ada Voss en Tom Hale", "Ada Voss en Buenos Aires"): those
    that begin with a given name are names."""
    sides = _SHORT_AND.split(part)
    joined = all(len(side.split()) > 1 for side in sides) and all(is_given(side.split()[0]) for side in sides[1:])
    return sides if joined else [part]


def _without_job(name: str) -> str:
    """Without the words of a job before or after a name of two words or more."""
    words = name.split()
    if len(words) < 3:
        return name
    table = not_names()[0]
    about = [word.casefold().strip(".,") for word in words]
    jobs = [at for at, word in enumerate(about) if table.get(word) == "job"]
    if not jobs:
        return name
    first, last = jobs[0], jobs[-1]
    while first and (about[first - 1] in table or about[first - 1] in {"of", "for", "and", "the"}):
        first -= 1
    before, after = words[:first], words[last + 1 :]
    return " ".join(before if len(before) >= len(after) else after) if max(len(before), len(after)) >= 2 else name


def _without_source(name: str, sources: tuple[str, ...]) -> str:
    """Without the publisher's name glued to the end of a full name."""
    words = name.split()
    for at in range(2, len(words)):
        end = key(" ".join(words[at:]))
        if end in sources or (len(end) > 2 and end.removeprefix("the") in agencies()):
            return " ".join(words[:at]).strip(_TRIM)
    return name


def key(text: str) -> str:
    """The letters and digits of a name or a title, to compare it by."""
    return _key(text) if len(text) <= _ENTRY else _key.__wrapped__(text)


@lru_cache(_REMEMBERED)
def _key(text: str) -> str:
    """The same; remembered, since a page has a title or a name in several places."""
    return "".join(filter(str.isalnum, text.casefold()))


def is_source(name: str, source: str) -> bool:
    """Whether a name is the publisher's, or one holds the other; both by their keys."""
    return name == source or (len(name) > 3 and name in source) or (len(source) > 3 and source in name)


def _is_person(name: str, sources: tuple[str, ...]) -> bool:
    if not 2 <= len(name) <= _LONGEST or not _NAME.match(name) or HOST.match(name):
        return False
    own = key(name)
    if own in agencies() or any(is_source(own, source) for source in sources):
        return False
    table, several = not_names()
    words = name.split()
    if any(table.get(word.casefold().strip("."), "desk") != "desk" for word in re.split(r"[\s\-/.]+", name)):
        return False
    if several.search(name):
        return False
    if _CASELESS.search(name):
        return not any(word in name for word in table if not word.isascii() and _CASELESS.match(word))
    if len(words) == 1:
        # "asjred" is a signature, "von" none.
        return name not in _particles()
    # "Harbour Post" is a paper, "Emily Post" is not.
    if words[-1].casefold() in _named_after() and not is_given(words[0]):
        return False
    # "of the harbour office" is no name, "Ludwig van der Berg" is.
    small = [word for word in words if word[0].islower() and not _is_particle(word)]
    return not small and not all(word[0].islower() for word in words)


def _is_particle(word: str) -> bool:
    """Whether a name may have the word in small letters, or its beginning ("al-Rahman", "d'Ormesson")."""
    return re.split(r"[-'’]", word)[0] in _particles() or word[:2] in {"d'", "d’", "l'", "l’"}


def _cased(name: str) -> str:
    """SHOUTED names in title case."""
    return name.title() if name.isupper() and len(name) > 3 and " " in name else name
