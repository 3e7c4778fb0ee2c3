"""On what evidence a claim is made: imagery, documents, officials named or not, witnesses, other media.

Read from the words of the speaker and of the frame that reports the claim (`tables/evidence.tsv`),
never from what is claimed.
"""

from __future__ import annotations

import re
from functools import cache

from rashomon.claims.tables import rows

# "Ann Roe reports": a verb, not a document.
_REPORTING = re.compile(
    r"\b(?!(?:Police|Court|Medical|Media|News|Press|Intelligence|Local|State|Earlier|Initial|Early|Recent|Other|Some"
    r"|Several|The|These|Those|Such|Official|Unconfirmed)\b)((?:[A-Z][\w’'.-]*|he|she|it|who|newspaper|agency|network))"
    r"\s+reports?\b"
)
# "a woman with the officers": whom the speaker is with says nothing of him.
_COMPANY = re.compile(r"\b(?:with|near|behind|beside|alongside)\s+(?:the|a|an|his|her|its|their|two|three)\s+[\w’'-]+")
_SHOWN = frozenset({"official", "politician"})
"""Who speaks as one of these does not speak as an expert."""


@cache
def _patterns() -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    """(label, where, pattern) in the order of the table; plurals are allowed."""
    out = []
    for row in rows("evidence"):
        words = sorted(row["nouns"].split(";"), key=lambda w: (-len(w), w))
        body = "|".join(re.escape(word) for word in words)
        out.append(
            (row["evidence"], row["where"], re.compile(rf"(?<![\w-])(?:{body})(?:s|es)?(?![\w'’-])", re.IGNORECASE))
        )
    return tuple(out)


def find(speaker: str, kind: str, frame: str) -> tuple[str, ...]:
    """The labels of the evidence behind a claim.

    `speaker` is the speaker's noun phrase, `kind` the speaker's kind, `frame` the words that report
    the claim (without its content). An official without a name is an "unnamed official".
    """
    found: list[str] = []
    speaker, frame = _COMPANY.sub(" ", speaker), _REPORTING.sub(r"\1", frame)
    for label, where, pattern in _patterns():
        in_speaker = where != "frame" and pattern.search(speaker) is not None
        in_frame = where in ("both", "frame") and pattern.search(frame) is not None
        # What an earlier row has read is not read again: "court documents" are no "documents".
        speaker = pattern.sub(" ", speaker) if in_speaker else speaker
        frame = pattern.sub(" ", frame) if in_frame else frame
        if in_speaker or in_frame:
            person = label == "official" and where != "body"
            found.append("unnamed official" if person and kind == "unnamed" else label)
    if _SHOWN & set(found):
        found = [label for label in found if label != "expert"]
    if "satellite imagery" in found or "drone imagery" in found:
        found = [label for label in found if label not in ("photograph", "video")]
    return tuple(dict.fromkeys(found))
