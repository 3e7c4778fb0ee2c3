"""What language a text is in, and what kind of page it makes."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from rashomon.model import PageKind
from rashomon.pages.tables import rows

_FAR = 1100
"""Resiliparse's distance beyond which a text fits no language's profile."""
_NEAR, _CLOSE = 370, 20
"""Distance within which a long text of a language lies from its profile; that of profiles as near as each other."""
_ENOUGH = 300
"""Letters below which a profile says little; function words decide then."""
_SAMPLE = 3000
"""Characters that are asked for their language."""
_FIRST = 400
"""Characters that have so many letters, as a rule."""
_ARTICLE = 150
"""Words of text that no list of links has."""
_TEASER, _CUT = 50, 180
"""Words below which a text is no article; below which one that must be paid for is cut."""
_END = 400
_UNSPACED = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]")
_LEADS = tuple(bytes([byte]) for byte in (0xE0, *range(0xE3, 0xEA)))
"""What these characters begin with in UTF-8, in which they are looked for sooner."""
_SENTENCE_END = re.compile(r"(?m)[.!?。！？।؟][\"”’»」]?$")
_LIVE_TIME = re.compile(r"\s*\d{1,2}[:.]\d\d\s?(?:[ap]\.?m\.?)?\b")


def language(text: str, declared: str | None = None) -> str | None:
    """ISO 639-1 by the text's n-grams (resiliparse); what the page declares where the text is too short to tell."""
    from resiliparse.parse.lang import detect_fast

    sample = text[:_SAMPLE]
    letters = sum(map(str.isalpha, sample[:_FIRST]))
    if letters < _ENOUGH:
        letters += sum(map(str.isalpha, sample[_FIRST:1000]))
    if not sample.isascii() and (spoken := _by_script(sample)):
        return spoken
    if letters < _ENOUGH and (spoken := _by_words(sample)):
        return spoken
    match = re.match(r"[A-Za-z]{2}(?=$|[-_])", declared or "")
    code = match[0].lower() if match else None
    if letters < _ENOUGH and (not letters or sample.isascii() or max(sample) <= "\u0370"):
        return code
    ranked: list[tuple[str, int]] = detect_fast(sample, n_results=4)  # type: ignore[assignment]
    found = [(name[:2], distance) for name, distance in ranked if distance < _FAR and name != "unknown"]
    if not found:
        return code
    best = found[0][1]
    if any(name == code and distance - best < _CLOSE for name, distance in found):
        return code
    # A text in a language that has no profile is as far from several.
    told = best < _NEAR or len(found) < 2 or found[1][1] - best >= _CLOSE
    return found[0][0] if told else None


def _by_script(text: str) -> str | None:
    """The language of a script that no other is written in (but for Han: that of a text without kana or hangul)."""
    if not _scripts().search(text):
        return None
    letters = sum(map(str.isalpha, text))
    found = (row["language"] for row in rows("scripts") if _share(row["script"], text, letters) >= float(row["share"]))
    return next(found, None)


@cache
def _scripts() -> re.Pattern[str]:
    """A few letters of any of the scripts."""
    return re.compile("|".join(f"[{row['script']}]" for row in rows("scripts")))


def _share(script: str, text: str, letters: int) -> float:
    return sum(map(str.isalpha, "".join(re.findall(f"[{script}]+", text)))) / max(1, letters)


def _by_words(text: str) -> str | None:
    """The language whose function words a short text has, where it has three and no other half as many."""
    count: Counter[str] = Counter()
    for word in re.findall(r"[^\W\d_]+", text.lower()):
        count.update(_function_words().get(word, ()))
    ranked = count.most_common(2)
    if not ranked or ranked[0][1] < 3 or (len(ranked) > 1 and ranked[1][1] * 2 > ranked[0][1]):
        return None
    return ranked[0][0]


@cache
def _function_words() -> dict[str, tuple[str, ...]]:
    out: dict[str, tuple[str, ...]] = {}
    for row in rows("function_words"):
        for word in row["words"].split():
            out[word] = (*out.get(word, ()), row["language"])
    return out


def page_kind(
    text: str,
    title: str | None,
    category: str | None,
    types: tuple[str, ...],
    address: str | None,
    free: bool | None = None,
) -> PageKind:
    """The kind of page: by its markup's type, the words of its section, title and address, then its shape.

    `free`: whether the page says that all of it may be read without paying.
    """
    count = _words(text)
    if _is_cut(text, count, free):
        return "stub"
    hay = {"type": " ".join(types), "section": category or "", "title": title or "", "address": address or ""}
    for pattern, place, kind in _kinds():
        if hay[place] and pattern.search(hay[place]) and not (kind == "listing" and count > _ARTICLE):
            return kind
    lines = text.split("\n")
    if sum(not line[:1].isalpha() and _LIVE_TIME.match(line) is not None for line in lines) >= 6:
        return "live blog"
    paragraphs = [part for part in text.split("\n\n") if part.strip()]
    if len(paragraphs) >= 8 and count / len(paragraphs) < 14 and not _SENTENCE_END.search(text):
        return "listing"
    return "stub" if not count or (count < _TEASER and text.isascii()) else "news"


def _words(text: str) -> int:
    """The words of a text; where none are parted by spaces, two characters are one."""
    utf8 = text.encode("utf-8", "replace")
    unspaced = len(_UNSPACED.findall(text)) if any(lead in utf8 for lead in _LEADS) else 0
    return len(text.split()) + unspaced // 2


@cache
def _kinds() -> tuple[tuple[re.Pattern[str], str, PageKind], ...]:
    return tuple((re.compile(row["pattern"], re.I), row["in"], row["kind"]) for row in rows("kinds"))  # type: ignore[misc]


def _is_cut(text: str, count: int, free: bool | None) -> bool:
    """Whether the text is what a paywall leaves of an article: short, and said to be paid for or to go on."""
    if not count or count >= _CUT:
        return False
    return free is False or any(row["words"] in text[-_END:].casefold() for row in rows("paywalls"))
