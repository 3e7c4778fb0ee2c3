"""What language a text is in, and what kind of page it makes."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from rashomon.model import PageKind
from rashomon.pages.tables import rows

_FAR = 1100
"""Resiliparse's distance beyond which a text fits no language's profile."""
_ENOUGH = 300
"""Letters below which a profile says little; function words decide then."""
_LIVE_TIME = re.compile(r"(?m)^\s*\d{1,2}[:.]\d\d\s?(?:[ap]\.?m\.?)?\b")


def language(text: str, declared: str | None = None) -> str | None:
    """ISO 639-1 by the text's n-grams (resiliparse); what the page declares where the text is too short to tell."""
    from resiliparse.parse.lang import detect_fast

    sample = text[:20_000]
    letters = sum(map(str.isalpha, sample[:1000]))
    if not sample.isascii() and (spoken := _by_script(sample[:3000])):
        return spoken
    if letters < _ENOUGH and (spoken := _by_words(sample)):
        return spoken
    if letters >= _ENOUGH or (letters and not sample.isascii() and max(sample) > "\u0370"):
        found, distance = detect_fast(sample)
        if found != "unknown" and distance < _FAR:
            return str(found)[:2]
    code = re.match(r"[A-Za-z]{2}(?=$|[-_])", declared or "")
    return code[0].lower() if code else None


def _by_script(text: str) -> str | None:
    """The language of a script that no other is written in (but for Han: that of a text without kana or hangul)."""
    letters = sum(map(str.isalpha, text))
    found = (row["language"] for row in rows("scripts") if _share(row["script"], text, letters) >= float(row["share"]))
    return next(found, None)


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
    text: str, title: str | None, category: str | None, types: tuple[str, ...], address: str | None
) -> PageKind:
    """The kind of page: by its markup's type, the words of its section, title and address, then its shape."""
    hay = {"type": " ".join(types), "section": category or "", "title": title or "", "address": address or ""}
    for row in rows("kinds"):
        if re.search(row["pattern"], hay[row["in"]], re.I):
            return row["kind"]  # type: ignore[return-value]
    if len(_LIVE_TIME.findall(text)) >= 6:
        return "live blog"
    paragraphs = [part for part in text.split("\n\n") if part.strip()]
    count = len(text.split())
    if len(paragraphs) >= 8 and count / len(paragraphs) < 14 and not re.search(r"[.!?][\"”’]?$", text, re.M):
        return "listing"
    return "stub" if (count < 50 and text.isascii()) or not count else "news"
