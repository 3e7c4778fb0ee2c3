"""The running text that the reader learns from: what is public in the data folder and held out of nothing.

Never read here: the `dev` part of `attribution`, `claims`, `times` and `plover`, which others measure on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import md5
from html import unescape
from pathlib import Path
from typing import NamedTuple

import trafilatura

from gold.rows import rows

LONGEST = 20_000
"""Characters of a text that are read, so that no single text weighs too much."""
SHORTEST = 150
HELD_OUT = 25
"""One group of texts in so many is held out of training, to measure on."""

_LANGUAGE_WORDS = {"en": {"the", "of", "and", "to", "in"}, "fr": {"le", "la", "les", "des", "et", "du"}}
_ENOUGH = 0.12
"""Share of a language's commonest words from which a text is taken to be in it; news in it has about twice that."""
_NO_SPACE_BEFORE = re.compile(r" (?=[,.;:!?%)\]}…]|''|n't\b|'(?:s|re|ve|ll|d|m)\b)")
_NO_SPACE_AFTER = re.compile(r"(?<=[(\[{$£€#]) ")
_ECB_SENTENCE = re.compile(r'<token t_id="\d+" sentence="(\d+)" number="\d+">([^<]*)</token>')


class Text(NamedTuple):
    """A text of one set; texts of one group (an incident, a story) are held out together or not at all."""

    set: str
    group: str
    text: str
    held: bool


def texts(data: Path, language: str = "en") -> Iterator[Text]:
    """Each text of that language to learn from or to hold out, exact copies once, in the order of the files."""
    seen = set()
    for name, group, text, part in _all(data):
        whole = text.strip()
        known = md5(whole.encode("utf-8", "replace")).digest()
        if len(whole) < SHORTEST or known in seen or not _is_in(name, whole, language):
            continue
        seen.add(known)
        held = int(md5((name + group).encode()).hexdigest(), 16) % HELD_OUT == 0
        yield Text(name, group, whole[:LONGEST], held if part is None else part)


def _all(data: Path) -> Iterator[tuple[str, str, str, bool | None]]:
    """Set, group, text, and whether it is held out where its set says so."""
    for row in rows(data, "attribution"):
        yield "attribution", row["id"], row["text"], row["split"] == "dev"
    for row in rows(data, "incidents"):
        for page in row["pages"]:
            yield "incidents", row["incident"], page["text"] or "", None
    for row in rows(data, "wording"):
        yield "wording", row["story"], "\n\n".join(row["paragraphs"]), None
    for row in rows(data, "stance"):
        yield "stance", row["id"], row["text"], None
    headlines = list(dict.fromkeys(headline for row in rows(data, "stance") for headline, _ in row["headlines"]))
    for first in range(0, len(headlines), 20):
        yield "headlines", str(first), "\n\n".join(headlines[first : first + 20]), None
    for row in rows(data, "ecb"):
        yield "ecb", row["story"], _ecb(row["xml"]), None
    for name in ("pages_scrapinghub", "pages_fundus"):
        for row in rows(data, name):
            yield name, row["id"], row["gold"]["body"] or "", None
    for row in rows(data, "pages_htmldate"):
        yield "pages_htmldate", row["id"], trafilatura.extract(row["html"], include_comments=False) or "", None


def _is_in(name: str, text: str, language: str) -> bool:
    if not name.startswith("pages"):
        return language == "en"
    words = re.findall(r"[^\W\d_]+", text[:3000].lower())
    common = _LANGUAGE_WORDS[language]
    return sum(word in common for word in words) >= _ENOUGH * max(1, len(words))


def _ecb(xml: str) -> str:
    """The sentences of an ECB+ page, a line each, without the address that opens some."""
    lines: dict[str, list[str]] = {}
    for number, word in _ECB_SENTENCE.findall(xml):
        lines.setdefault(number, []).append(unescape(word))
    sentences = [" ".join(words) for words in lines.values() if words[0] != "http"]
    return "\n".join(_NO_SPACE_AFTER.sub("", _NO_SPACE_BEFORE.sub("", sentence)) for sentence in sentences)
