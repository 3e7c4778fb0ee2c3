"""Which encoding bytes are in: UTF-8 where they are, else what is declared if it fits, else what fits.

Declarations are often false, so one is believed only where the bytes make words in it. Labels are read as browsers read
them (`encodings.tsv`); what fits without one is told by the signs that a text in it is made of (`encoding_signs.tsv`),
then by resiliparse's detector.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from functools import cache

from rashomon.pages.tables import rows

_DECLARED = re.compile(
    rb"""^\s*<\?xml\b[^>]{0,200}?encoding\s*=\s*["'](?P<xml>[A-Za-z0-9_.:-]{2,40})"""
    rb"""|<meta\b[^>]{0,500}?charset\s*=\s*["']?\s*(?P<meta>[A-Za-z0-9_.:-]{2,40})""",
    re.I,
)
_DECLARATION = 100_000
"""Bytes in which an encoding is looked for: heads grow long with styles and scripts."""
_SAMPLE = 300_000
"""Bytes that are tried in an encoding."""
_TEXT = re.compile(r"cp\d|iso8859|koi8|gb|big5|euc|shift|iso2022_(?:jp|kr)|mac-|johab|tis-620|hz$|ptcp154")
"""Python's names of encodings of text: it also has some that are none (idna, utf-7, rot13)."""
_LATIN = re.compile(r"cp125[0247]|iso8859-(?:1|2|3|4|9|10|13|14|15|16)$|mac-roman|cp850|cp437")
_WORD = re.compile(r"[^\W\d_]{2,40}")
# Latin letters beside those of another alphabet.
_MIXED = re.compile(r"[A-Za-z][\u0370-\u1fff]|[\u0370-\u1fff][A-Za-z]")
_BEYOND = re.compile(r"[^\x00-\x7f]")
_PRIVATE = re.compile("[\ue000-\uf8ff\uff66-\uff9f\x80-\x9f]")
_CAPITALS, _SMALL = re.compile("[А-Я]"), re.compile("[а-я]")
_HIGH = re.compile(rb"[\x80-\xff]")
_HIGH_RUN = re.compile(rb"[\x80-\xff]{4,}")
_SHIFTED = re.compile(rb"\x1b\$[@B]")


def fitting(raw: bytes, beside: str | None = None) -> str:
    """The name of the encoding that fits the bytes; `beside`: the label that came with them (HTTP, MIME)."""
    if found := wide(raw[:4096]):
        return found
    if _SHIFTED.search(raw[:_SAMPLE]) and _plausible(raw, "iso2022_jp"):
        return "iso2022_jp"
    try:
        raw.decode("utf-8")
        return "utf-8"
    except UnicodeDecodeError:
        pass
    # A page of UTF-8 with a few bytes broken (cut in a character, a foreign advertisement) is still UTF-8.
    sample = raw[:1_000_000]
    broken = sample.decode("utf-8", "replace").count("\ufffd")
    whole = len(re.findall(rb"[\xc2-\xf4][\x80-\xbf]+", sample))
    if whole > 4 * broken:
        return "utf-8"
    names = [name for label in (beside, _declared(raw)) if label and (name := _codec(label))]
    fits = next((name for name in dict.fromkeys(names) if _plausible(raw, name)), None)
    return fits or _by_signs(raw) or _detected(raw, names)


def wide(head: bytes) -> str | None:
    """UTF-16 without its mark: every other byte is null, or one of few (an alphabet's), or one of Han characters."""
    head = head[: len(head) // 2 * 2]
    pairs = len(head) // 2
    for name, high, low in (("utf-16-le", head[1::2], head[::2]), ("utf-16-be", head[::2], head[1::2])):
        if pairs < 4 or not high.count(0) or low.count(0) > 0.02 * pairs:
            continue
        counts = Counter(high)
        few = sum(count for _, count in counts.most_common(3))
        han = counts[0] + counts[0x30] + counts[0xFF] + sum(counts[byte] for byte in range(0x4E, 0xA0))
        if few >= 0.9 * pairs or han >= 0.95 * pairs:
            return name
    return None


def _declared(raw: bytes) -> str | None:
    """The charset that the capture names itself: in its XML declaration, or in a meta tag, however late in the head."""
    match = _DECLARED.search(raw[:_DECLARATION])
    return (match["xml"] or match["meta"]).decode("ascii") if match else None


def _codec(label: str) -> str | None:
    """Python's name of the encoding as browsers read its label; None for UTF-8, which was refuted, and what is none."""
    label = label.strip().lower()[:60]
    name = _labels().get(label, label)
    try:
        return name if _TEXT.match(codecs.lookup(name).name) else None
    except (LookupError, ValueError, TypeError):
        return None


@cache
def _labels() -> dict[str, str]:
    return {row["label"]: row["codec"] for row in rows("encodings")}


def _plausible(raw: bytes, name: str) -> bool:
    """Whether the bytes make words in an encoding.

    Not so where some cannot be decoded, or become characters that nobody writes; where words mix Latin letters with
    another alphabet's ("caf\u0439"); where Latin letters with accents stand in runs ("Ìîñò"); where nearly all letters
    are capitals ("нПУФ ЮЕТЕЪ").
    """
    sample = raw[:_SAMPLE]
    text = sample.decode(name, "replace")
    beyond = len(_BEYOND.findall(text))
    if text.count("\ufffd") > 1 + beyond // 100 or len(_PRIVATE.findall(text)) > 1 + beyond // 50:
        return False
    if _LATIN.match(codecs.lookup(name).name):
        return _latin(sample)
    words = [word for word in _WORD.findall(text) if not word.isascii()]
    if sum(_MIXED.search(word) is not None for word in words) > 0.3 * len(words):
        return False
    return not len(_CAPITALS.findall(text)) > max(20, 2 * len(_SMALL.findall(text)))


def _latin(sample: bytes) -> bool:
    """Whether bytes beyond ASCII stand alone or in short runs, as accented letters do."""
    return sum(map(len, _HIGH_RUN.findall(sample))) <= 0.4 * len(_HIGH.findall(sample))


def _by_signs(raw: bytes) -> str | None:
    """The first encoding whose own signs a text in it would be made of, as the bytes are; None where there is none."""
    sample = raw[:_SAMPLE]
    if _latin(sample):
        return None
    for name, signs, share in _signs():
        text = sample.decode(name, "replace")
        beyond = len(_BEYOND.findall(text))
        if beyond and len(signs.findall(text)) >= share * beyond and _plausible(raw, name):
            return name
    return None


@cache
def _signs() -> tuple[tuple[str, re.Pattern[str], float], ...]:
    return tuple((row["codec"], re.compile(f"[{row['signs']}]"), float(row["share"])) for row in rows("encoding_signs"))


def _detected(raw: bytes, names: list[str]) -> str:
    """What resiliparse detects; what was declared where that fits no better."""
    from resiliparse.parse.encoding import detect_encoding

    found = _codec(detect_encoding(raw[:100_000], html5_compatible=True) or "") or "cp1252"
    return found if not names or _plausible(raw, found) else names[0]
