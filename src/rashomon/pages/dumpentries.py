"""What one line of a dump says of who wrote: its pieces, and the names that a word introduces."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from rashomon.pages import dates
from rashomon.pages.authors import called, key, not_names, people, surely
from rashomon.pages.credits import agency
from rashomon.pages.given import is_given
from rashomon.pages.tables import either, rows

NAME = 4
"""Words of a name,"""
ABOUT = 8
"""and of a line that says where somebody works."""
_BESIDE = 3
"""Words beside each name, of a byline in words that open sentences as well."""
_CLOSES = re.compile(r"(?:\s+(?:on|am|le|el|um|at|in|il|den|vom|på|kl))?[\s,&*·•|–—\d-]*$")
_PARTS = re.compile(r"\s*[|•·]\s*|\s[/–—-]\s|\s{2,}")
CLOCK = re.compile(
    r"(?:\b(?:um|kl|at|às)\.?\s+)?\b\d{1,2}[:.h]\d\d(?::\d\d)?\s*(?:(?:uhr|[ap]\.?m)\b\.?)?(?:\s*(?-i:[A-Z]{2,4})\b)?",
    re.I,
)
_SHOUTED = re.compile(r"(?<=[A-ZÀ-Þ] )(?:AND|UND|ET|OG|OCH|EN|WITH)(?= [A-ZÀ-Þ])")
_GLUED_LEAD = re.compile(r"^(by|von|par|por|di|door|av)(?=(?-i:[A-Z][a-zß-öø-ÿ]+)[ -])", re.I)
_GLUED = re.compile(
    r"(?<!\bMc)(?<!\bMac)(?<!\b[DL][aei])(?<!\bDu)(?<!\bVan)(?<!\bVon)(?<!\bFitz)(?<=[a-zß-öø-ÿ])(?=[A-ZÄÖÜ])"
    r"|(?<=[a-z])(?=\d)"
)
_GLUED_AND = re.compile(r"(?<=[a-z])and (?=(?P<given>[A-Z][\w'’-]+) [A-Z])")
FROM = re.compile(r"^from [A-Z][\w.]*(?: [A-Z][\w.]*){0,2}['’]s? (?=[A-Z])", re.I)
_INNER = re.compile(
    r"^(?!(?i:herausg|übersetz|aus d|foto|bild|photo|image|picture|edited|translat|traduit|illustr|directed|sponsor))"
    r"(?:[^\W\d]\S*\s+){1,3}(?:by|von|par|por|di|de|door|av|af)\s+(?=[^\W\d_a-zß-öø-ÿ])"
)
_OF_TRADE = re.compile(r"(?:al|ary|ic|ics|ing|ive|ment|isch\w{0,2}|ique|ico|ica)$")
"""How words end that say of what kind somebody's trade is: "Political Editor"."""
_FOR = re.compile(r"(?<=\w)\s+(?:[Ff]or|In|At|Of|For [Tt]he|FOR)\s+(?=[A-Z]).*$")
_PLACE = re.compile(r"(?<=\w)\s+in\s+(?:[A-Z][\w'’-]+\s?){1,3}(?=$|,|(?:and|with)\b)")
_OTHERS = re.compile(
    r"[\s,]+(?:and|&|und|et|y|e)\s+(?:news )?(?:agenc(?:y|ies)|wires?|staff|agenturen|agences|agencias|agenzie)\b.*$",
    re.I,
)
HELP = re.compile(
    r"[\s,;|(.–—-]*\b(?:(?:with )?(?:additional|further) (?:reporting|research)|as told to"
    r"|with (?:reporting|assistance|contributions?|files|material|agenc)"
    r"|(?:photograph|picture|illustration|graphic|video|edit|translat|produc|narrat)\w*(?: \w+)? by"
    r"|mit (?:material|agentur)|avec (?:afp|l['’]afp|reuters|agences)|con (?:informaci[óo]n|agencias)).*$",
    re.I | re.S,
)
_TOLD = re.compile(r"^.{0,60}?\bas told to:?\s+", re.I)
_SURE = frozenset({"by", "von", "par", "por", "written by", "story by", "words by", "text by", "reported by"})


def parts(text: str) -> list[str]:
    """What a line says, without its date and clock; glued words apart."""
    text = _SHOUTED.sub(lambda match: match[0].lower(), _GLUED_LEAD.sub(r"\1 ", text))
    text = _GLUED_AND.sub(lambda match: " and " if is_given(match["given"]) else match[0], text)
    text = _GLUED.sub(" | ", text)
    if found := dates.parse(text):
        text = f"{text[: found.start]} | {text[found.end :]}"
    text = CLOCK.sub(" | ", text)
    pieces = [_CLOSES.sub("", part.strip(" ,·•")) for part in _PARTS.split(text)]
    return [part for part in pieces if part]


def entry(part: str, papers: frozenset[str]) -> str | None:
    """A part's names with the words that introduce them; None where nothing introduces a name.

    `papers`: the keys of what the page's publisher is called by.
    """
    part = _TOLD.sub("By ", part)
    if told := FROM.match(part) or _INNER.match(part):
        rest = part[told.end() :]
        part = f"By {rest}" if leads().match(part) is None and surely([HELP.sub("", rest)]) else part
    lead = leads().match(part)
    if lead is None:
        return None
    after = part[lead.end() :]
    rest = bare(HELP.sub("", after).strip(" ,"), papers)
    if not rest or (rest[0].islower() and not surely([rest])):
        return None
    out = f"{part[: lead.end()]}{rest}"
    if (wired := HELP.search(after)) and (wire := agency(wired[0].split()[-1])):
        out = f"{out}; {wire}"
    names = people([out])
    if ":" in lead[0] or lead[0].strip().casefold() in _SURE:
        return out if names or is_trade(rest) or not rest.islower() else None
    beside = len(rest.split()) - sum(len(name.split()) for name in names)
    return out if names and all(" " in name for name in names) and beside <= _BESIDE * len(names) + 1 else None


def bare(names: str, papers: frozenset[str]) -> str:
    """Without what follows a name of two words or more: the publisher's own, a trade of several words, a place ("Ada
    Voss, New York", "Ada Voss in Vale and Tom Hale in Ormsk"), agencies."""
    names = _PLACE.sub(" ", _OTHERS.sub("", _FOR.sub("", names))).replace(" ,", ",").strip()
    words = names.split()
    for at in range(2, len(words)):
        if key(" ".join(words[at:])).removeprefix("the") in papers:
            return " ".join(words[:at])
    first, comma, second = names.partition(",")
    if comma and "," not in second and surely([first]) and len(people([second])) == 1 and not surely([second]):
        return first
    trade = next((at for at, word in enumerate(words) if not_names()[0].get(word.casefold().strip(".,")) == "job"), 0)
    if comma or "and" in words:
        return names
    if trade > 2 and is_given(words[0]) and not is_given(words[1]):
        return " ".join(words[:2])
    while trade > 2 and _OF_TRADE.search(words[trade - 1]):
        trade -= 1
        names = " ".join(words[:trade])
    return names


def are_all(part: str, names: Sequence[str]) -> bool:
    """Whether full names are all that a part gives."""
    rest = len(part.split()) - sum(len(name.split()) for name in names)
    return rest <= 1 and all(1 < len(name.split()) <= NAME and name[0].isupper() for name in names)


def is_trade(line: str) -> bool:
    """Whether a line says what somebody does: "Staff Writer", "Health Reporter"."""
    words = called(line)
    return len(words) <= ABOUT and ("job" in words or "newsroom" in words)


@cache
def leads() -> re.Pattern[str]:
    """What introduces a name."""
    words = [row["word"] for row in rows("byline_words") if row["where"] == "before"]
    return re.compile(rf"^{either(words)}(?:\s*[:：]\s*|\s+)", re.I)
