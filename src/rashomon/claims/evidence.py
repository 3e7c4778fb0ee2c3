"""On what evidence a claim is made: imagery, documents, officials named or not, witnesses, other media.

Read from the words of the speaker and of the frame that reports the claim (`tables/evidence.tsv`),
never from what is claimed.
"""

from __future__ import annotations

import re
from functools import cache

from rashomon.claims import countries, offices
from rashomon.claims.tables import rows

# "Ann Roe reports": a verb, not a document.
_REPORTING = re.compile(
    r"\b(?!(?:Police|Court|Medical|Media|News|Press|Intelligence|Local|State|Earlier|Initial|Early|Recent|Other|Some"
    r"|Several|The|These|Those|Such|Official|Unconfirmed)\b)((?:[A-Z][\w’'.-]*|he|she|it|who|newspaper|agency|network))"
    r"\s+reports?\b"
)
# "a woman with the officers": whom the speaker is with says nothing of him.
_COMPANY = re.compile(r"\b(?:with|near|behind|beside|alongside)\s+(?:the|a|an|his|her|its|their|two|three)\s+[\w’'-]+")
# "candidates for president", "an adviser to media firms": what somebody is for, or against, he is not.
_SIDE = re.compile(
    r"\b(?:candidates?|contenders?|nominees?|bids?|run(?:ning)?|critics?|friends?|opponents?|plaintiffs?|advis[eo]rs?)\s+"
    r"(?:for|to|of|in)\s+(?:the\s+)?[\w’'-]+",
    re.IGNORECASE,
)
# What a frame names in passing is no evidence: it is that by which, in which or from which something is told.
_BY_IT = re.compile(
    r"(?:(?<![\w-])(?:in|on|by|from|through|via|citing|cites|cited|under|using|per|via|told|wrote|posted|posting|shared"
    r"|released|releasing|published|sent|sending|issued|issuing|according\s+to|based\s+on|seen\s+in|shows?|showed|reviewed"
    r"|obtained|received|emailing|tweeting|tweeted|statement)"
    r"(?:\s+(?!that\b|who\b|which\b|and\b|after\b|about\b|of\b)[\w’'.-]+,?){0,4}?|^)[\s\"“]*$",
    re.IGNORECASE,
)
# "(Courtesy photo)", "Photo: Ann Roe", "Image 1 of 3": whose a picture is; nobody is told anything by it.
_CREDIT = re.compile(
    r"\([^()]*\b(?:photo|image|video|picture)s?\b[^()]*\)?|^[^()]*\b(?:photo|image|video|picture)\b[^()]*\)"
    r"|\b(?:Photos?|Images?|Videos?)\s*:|\b(?:Photos?|Images?|Video)\s+(?:by|courtesy|\d+ of|Graphic)\b"
    r"|\bBuy this photo\b|\bPhoto Gallery\b"
)
# "former governor", "ex-mayor": whoever held an office speaks no longer for it.
_FORMER = re.compile(
    r"\b(?:former|one-?time|then|retired|late|ex)[\s-]+(?:[\w.'’&-]+\s+){0,4}?"
    r"(?=(?:official|minister|president|premier|secretary|governor|mayor|senator|lawmaker|spokes\w+|sheriff|prosecutor"
    r"|commander|general|colonel|ambassador|envoy|diplomat|judge|commissioner|chancellor|king|officer|detective"
    r"|investigator|inspector|chief|director|aide)s?\b)(?:[\w-]+(?:\s+of\s+[A-Z]\w+)?)",
    re.IGNORECASE,
)
# "the company's chief executive officer": an office of no public body.
_PRIVATE = re.compile(
    r"\b(?:chief\s+(?:executive|operating|financial|legal|medical|technology)|executive|loan|compliance)\s+officers?\b",
    re.IGNORECASE,
)
# "an analysis of Election Commission data by a firm": whose data they are, the analysis is not.
_OF_WHOM = re.compile(
    r"\b(?:of|on|about|into|from)\s+[^,;]*?\b(?:data|records|figures|documents|files|filings|emails|e-mails|papers)\b",
    re.IGNORECASE,
)
# "Rep. Reyes", "Representative Reyes": a lawmaker; "a representative of the firm" is none.
_REP = re.compile(r"\bRep(?:resentative|\.)\s+(?=[A-Z])")
# A place or a body by the name of an office: "Government Hill", "Police Federation".
_NAMED_SO = re.compile(
    r"\b(?:Government|Police|Council|Army|Navy|Court|Parliament|Embassy|Military)\s+(?:Hill|Street|Road|Avenue|Square|Bay|Island"
    r"|Point|Plaza|Heights|Federation|Union|Association|Beach|Park|Lane)\b"
)
# "official records", "intelligence committee", "on the record", "media advisers": these words there are no evidence.
_ELSEWHERE = re.compile(
    r"\bofficial(?=\s+(?:records?|documents?|figures?|data|statements?|statistics|results?|reports?|numbers|count|toll"
    r"|website|account|site|list|version|letter|notice|launch|visit)\b)"
    r"|\bintelligence\s+(?:committee|panel|subcommittee)|\b(?:on|off)\s+(?:the\s+)?record\b"
    r"|\b(?:e-?mail|video|photo|document|record|letter|tape)\s+(?:controversy|scandal|server|system|address|affair|leak|game|conference"
    r"|call|link|card|label|store|deal|high|low|number)s?\b|(?-i:\bIntelligence\s+(?:Group|Company|Inc)\b)|(?-i:\bThe\s+Intercept\b)|\bour\s+(?:own\s+)?(?:reporter|correspondent|journalist)s?\b|\bmedia(?=\s+(?:track|advis|buyer|strateg|consult|compan|firm|market|critic|mogul|tycoon|magnate|specialist|manager))",
    re.IGNORECASE,
)
# "one of the authors of that report": he speaks, the report does not.
_MAKER = re.compile(
    r"\b(?:authors?|writers?|makers?|creators?|signer|signator(?:y|ies)|recipients?|subjects?|lawyers?|attorneys?|owners?"
    r"|holders?)\s+(?:of|in|behind|for)\s+(?:(?:the|that|this|a|an|his|her|its|their|new|recent|\d{4})\s+)*[\w'’-]+",
    re.IGNORECASE,
)
# "tweeted" tells by itself where it was told.
_POSTING = re.compile(r"\b(?:re)?tweet(?:ed|ing)\b", re.IGNORECASE)
# "the president": whoever holds such an office is known, though this page may not name him.
_HOLDER = re.compile(
    r"the\s+(?:\w+\s+){0,2}?(?:president|premier|prime minister|chancellor|king|queen|pope|governor|mayor|minister"
    r"|sheriff|judge|ambassador|senator|commissioner|secretary|chief)",
    re.IGNORECASE,
)
_PERSONAL = frozenset(
    {"photograph", "video", "document", "court filing", "study", "satellite imagery", "drone imagery"}
)
"""What nobody with a name is, whatever stands in the phrase that tells who he is."""
_WITNESS = re.compile(r"\b(?:eye)?witness|\bsurvivor|\bbystander|\bpassers?-?by", re.IGNORECASE)
"""Residents and neighbours without names speak as witnesses; one who is named may speak of anything."""
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


def record(noun: str) -> str | None:
    """The label of a noun that is something by which others are told (a document, a picture), else None."""
    told = (label for label, where, pattern in _patterns() if where in ("both", "frame") and pattern.fullmatch(noun))
    return next(told, None)


def _told(speaker: str, kind: str) -> str:
    """A speaker's noun phrase without what says nothing of himself."""
    speaker = _REP.sub("lawmaker ", speaker)
    for pattern in (_CREDIT, _FORMER, _PRIVATE, _ELSEWHERE, _COMPANY, _SIDE, _NAMED_SO):
        speaker = pattern.sub(" ", speaker)
    speaker = offices.without_private(speaker)
    if kind == "document":
        speaker = _OF_WHOM.sub(" ", speaker)
    return speaker if kind == "document" else _MAKER.sub(" ", speaker)


def find(speaker: str, kind: str, frame: str) -> tuple[str, ...]:
    """The labels of the evidence behind a claim.

    `speaker` is the speaker's noun phrase, `kind` the speaker's kind, `frame` the words that report
    the claim (without its content). An official without a name is an "unnamed official".
    """
    found: list[str] = []
    speaker, frame = _told(speaker, kind), _REPORTING.sub(r"\1", _ELSEWHERE.sub(" ", _CREDIT.sub(" ", frame)))
    who = speaker.split(";")[0].strip()
    for label, where, pattern in _patterns():
        in_speaker = where != "frame" and pattern.search(speaker) is not None
        in_speaker = in_speaker and not (kind == "named" and label in _PERSONAL)
        if kind == "named" and label == "witness":
            in_speaker = _WITNESS.search(speaker) is not None
        in_frame = where in ("both", "frame") and any(
            _BY_IT.search(frame, max(0, match.start() - 60), match.start()) for match in pattern.finditer(frame)
        )
        # What an earlier row has read is not read again: "court documents" are no "documents". But who works for an
        # agency of intelligence is an official as well.
        speaker = pattern.sub(" ", speaker) if in_speaker and label != "intelligence" else speaker
        frame = pattern.sub(" ", frame) if in_frame else frame
        if in_speaker or in_frame:
            person = label == "official" and where != "body" and not _PERSONAL & set(found)
            found.append("unnamed official" if person and kind == "unnamed" else label)
    if _POSTING.search(frame):
        found.append("social media")
    if "unnamed official" in found:
        # "the president" is known; officials of an administration are not named by it.
        spare = "unnamed official" if _HOLDER.fullmatch(who) else "official"
        found = [label for label in found if label != spare] + ["official"] * (spare != "official")
    if kind == "named" and (land := countries.lookup(who)) and land.kind != "demonym":
        found.append("official")  # "Norway said", "Downing Street said"
    if _SHOWN & set(found):
        found = [label for label in found if label != "expert"]
    if "satellite imagery" in found or "drone imagery" in found:
        found = [label for label in found if label not in ("photograph", "video")]
    return tuple(dict.fromkeys(found))
