"""On what evidence a claim is made: imagery, documents, officials named or not, witnesses, other media.

Read from the words of the speaker and of the frame that reports the claim (`tables/evidence.tsv`),
never from what is claimed.
"""

from __future__ import annotations

import re
from functools import cache

from rashomon.claims.tables import rows


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
    for label, where, pattern in _patterns():
        in_speaker = where != "frame" and pattern.search(speaker) is not None
        in_frame = where in ("both", "frame") and pattern.search(frame) is not None
        # What an earlier row has read is not read again: "court documents" are no "documents".
        speaker = pattern.sub(" ", speaker) if in_speaker else speaker
        frame = pattern.sub(" ", frame) if in_frame else frame
        if in_speaker or in_frame:
            person = label == "official" and where != "body"
            found.append("unnamed official" if person and kind == "unnamed" else label)
    if "satellite imagery" in found or "drone imagery" in found:
        found = [label for label in found if label not in ("photograph", "video")]
    return tuple(dict.fromkeys(found))
