"""Who wrote it: people only, out of bylines and author fields."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from rashomon.pages.tables import rows

_BY = re.compile(
    r"^\s*(?:(?:written|reported|posted|published|story|text|words|edited|reporting|analysis|opinion)\s+)?"
    r"(?:by|von|par|por|di|af|av|door|od|author|autor)\b\s*:?\s+",
    re.I,
)
_PART = re.compile(r"\s*(?:;|\||•|·|\s/\s|/|&|\band\b|\bund\b|\bet\b|\by\b|\bog\b|\boch\b|\ben\b|,?\s+with\b)\s*")
_AFTER = re.compile(
    r"\s*(?:\(.*?\)?$|\s[-–—]\s.*$|@\S+.*$|\b(?:for|in|of|at|from|aus)\s+(?:the\s+)?[A-Z].*$"
    r"|\b(?:updated|published|posted|on)\b.*$|\S+@\S+.*$)",
    re.I,
)
_ADDRESS = re.compile(r"\b(?:https?://|www\.)\S+|\S+@\S+")
_NAME = re.compile(r"^[^\W\d_][\w'’.\-]*(?:\s+[^\W\d_][\w'’.\-]*){0,5}$")


@cache
def _not_names() -> re.Pattern[str]:
    """Words that no person's name holds: offices, desks, agencies, jobs."""
    words = "|".join(re.escape(row["word"]) for row in rows("not_names"))
    return re.compile(rf"(?<!\w)(?:{words})(?![\w-])", re.I)


def people(written: Iterable[str], *sources: str | None) -> tuple[str, ...]:
    """The people named in bylines or author fields, as written, each once.

    `sources`: names and addresses of who publishes the page; nobody whose name is in them is a person.
    """
    published = tuple(key for source in sources if (key := _key(source or "")))
    out: dict[str, str] = {}
    for entry in written:
        bare = _ADDRESS.sub(" ", re.sub(r"<[^>]+>", " ", entry))
        for part in _PART.split(_BY.sub("", bare.strip())):
            for piece in _names(part):
                name = _BY.sub("", " ".join(piece.split())).strip(" .,:–—-*\"'")
                if _is_person(name, published):
                    out.setdefault(name.casefold(), _cased(name))
    return tuple(out.values())


def _names(part: str) -> list[str]:
    """A part split at commas; what comes after a comma may be a job title, which `_is_person` refuses."""
    return [_AFTER.sub("", piece) for piece in re.split(r"\s*,\s*", part)]


def _key(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())


def _is_person(name: str, sources: tuple[str, ...]) -> bool:
    if not 2 <= len(name) <= 60 or not _NAME.match(name) or _not_names().search(name):
        return False
    key = _key(name)
    if any(key in source or source in key for source in sources):
        return False
    words = name.split()
    # "of the harbour office" is no name, "asjred" and "Ludwig van der Berg" are.
    return len(words) == 1 or words[0][0].isupper() or words[-1][0].isupper() or not name.isascii()


def _cased(name: str) -> str:
    """SHOUTED names in title case."""
    return name.title() if name.isupper() and len(name) > 3 and " " in name else name
