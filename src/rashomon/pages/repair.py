"""Characters that were broken on the way, mended: mojibake by ftfy, lossy mojibake by table.

Every change is an edit of the text as it was, so that nothing is mended out of sight. What is not
mojibake stays as it is: no quotation mark is uncurled, no space normalized.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from rashomon.model import Edit, Repair
from rashomon.pages.tables import rows
from rashomon.spans import apply

# What UTF-8 read as a single-byte encoding leaves behind: runs of characters beyond ASCII. Inside one,
# a no-break space may have become a plain one.
_FOREIGN = re.compile(r"[^\x00-\x7f]{2,}")
# Letters that no single-byte encoding has where the later bytes of a character in UTF-8 stand (80 to BF): whatever is
# made of them alone was not read in one.
_WHOLE = re.compile(
    "[\u0391-\u03a1\u03a3-\u03ab\u03b1-\u03c9\u0410-\u044f\u0590-\u1fff\u2e80-\ud7ff\uf900-\ufaff\uff00-\uff9f]+"
)
# Each row of the table needs one of these, which a search finds by its first character.
_LOST = re.compile(r"\?(?:(?<=[âÃ€]\?)|(?<=[a-z]\?)[a-z])")
_ENTITY = re.compile(r"&(?:[A-Za-z]{2,8}|#\d{2,5}|#x[0-9A-Fa-f]{2,4});")
_LATER_CLOSE = re.compile(r"[,.!?]â[?\ufffd]{2}")
_LATER_OPEN = re.compile(r"\sâ[?\ufffd]{2}\w")
_ESCAPE = re.compile("\u241b(?:\\[[0-?]*[ -/]*[@-~]|\\][^\u2407\u241b\\n]{0,200}(?:\u2407|\u241b\\\\))")
"""A terminal's escape sequence, as `decode` writes it."""
_ASCII = 0x7F
_SHORT = 200
"""Shorter texts are looked through in less time than they are made bytes."""
_REACH = 400
"""How far a quotation's end is looked for, in characters."""


@cache
def _lossy() -> tuple[re.Pattern[str], tuple[str, ...]]:
    """All rows as one alternation, whose group says which row matched, and what each row's becomes."""
    table = rows("lossy")
    joined = "|".join(f"(?P<r{at}>{row['pattern']})" for at, row in enumerate(table))
    # With what each of them begins is seen first, since there are many.
    return re.compile(rf"(?=[âÃ?\ufffd])(?:{joined})"), tuple(row["becomes"] for row in table)


@lru_cache(maxsize=4096)
def _ftfy(run: str) -> str:
    """A run of characters beyond ASCII with its encoding fixed, or as it was."""
    from ftfy import fix_encoding

    return str(fix_encoding(run))


def _entity(name: str) -> str:
    from rashomon.pages.references import unescape

    return unescape(name)


def mend(text: str) -> tuple[Edit, ...]:
    """The edits that mend the text: mojibake, lossy mojibake, and character references left in plain text; a terminal's
    escape sequences are cut."""
    edits: list[Edit] = []
    if not text.isascii() and (len(text) < _SHORT or _has_foreign(text)):
        for match in _FOREIGN.finditer(text):
            if _WHOLE.fullmatch(match[0]):
                continue
            fixed = _ftfy(match[0]) if len(match[0]) < 5000 else match[0]
            if fixed != match[0]:
                edits.append(Edit(match.start(), match.end(), fixed))
    if "&" in text:
        for match in _ENTITY.finditer(text):
            plain = _entity(match[0])
            if plain != match[0] and plain.isprintable():
                edits.append(Edit(match.start(), match.end(), plain))
    if "\u241b" in text:
        edits.extend(Edit(match.start(), match.end(), "") for match in _ESCAPE.finditer(text))
    if "\ufffd" in text or ("?" in text and _LOST.search(text)):
        edits.extend(_mend_lossy(text))
    return _apart(edits)


def _has_foreign(text: str) -> bool:
    """Whether a text has two characters beyond ASCII in a row, which is seen sooner in all of it at once."""
    import numpy as np

    beyond = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), np.uint16) > _ASCII
    return bool((beyond[1:] & beyond[:-1]).any())


def _mend_lossy(text: str) -> list[Edit]:
    """The edits of the table; a closing mark after a plural's s is an apostrophe where the quotation goes on."""
    pattern, becomes = _lossy()
    out: list[Edit] = []
    opened = -_REACH
    for match in pattern.finditer(text):
        row = int((match.lastgroup or "r0")[1:])
        mark = becomes[row]
        if mark == "“":
            opened = match.end()
        elif mark == "”":
            within = match.start() - opened < _REACH and "\n" not in text[opened : match.start()]
            if _possessive(text, match.start(), match.end(), within):
                mark = "’"
            else:
                opened = -_REACH
        out.append(Edit(match.start(), match.end(), mark))
    return out


def _possessive(text: str, start: int, end: int, within: bool) -> bool:
    """Whether the mark after a plural's s is its apostrophe: no quotation is open, or the open one ends later."""
    if text[start - 1 : start] != "s" or not re.match(r" [a-z]", text[end : end + 2]):
        return False
    if not within:
        return True
    rest = text[end : end + _REACH].partition("\n")[0]
    close, fresh = _LATER_CLOSE.search(rest), _LATER_OPEN.search(rest)
    return close is not None and (fresh is None or close.start() < fresh.start())


def _apart(edits: list[Edit]) -> tuple[Edit, ...]:
    """The edits in order, the first of those that overlap."""
    out: list[Edit] = []
    for edit in sorted(edits, key=lambda edit: (edit.start, -edit.end)):
        if not out or edit.start >= out[-1].end:
            out.append(edit)
    return tuple(out)


def mended(text: str) -> str:
    """The text with its characters mended: for titles, names, labels."""
    edits = mend(text)
    return apply(edits, text) if edits else text


def repairs(edits: Sequence[Edit], before: str) -> tuple[Repair, ...]:
    """The edits of `before` as repairs, whose offsets count in the text that they make."""
    out: list[Repair] = []
    shift = 0
    for edit in edits:
        start = edit.start + shift
        out.append(Repair(start, start + len(edit.text), before[edit.start : edit.end], edit.text))
        shift += len(edit.text) - (edit.end - edit.start)
    return tuple(out)


def moved(found: Sequence[Repair], plan: Sequence[Edit]) -> tuple[Repair, ...]:
    """The repairs of a text where they stand once a plan is applied to it; without those in what the plan changes."""
    out: list[Repair] = []
    at = shift = 0
    for repair in found:
        while at < len(plan) and plan[at].end <= repair.start:
            shift += len(plan[at].text) - (plan[at].end - plan[at].start)
            at += 1
        if at == len(plan) or repair.end <= plan[at].start:
            out.append(Repair(repair.start + shift, repair.end + shift, repair.before, repair.after))
    return tuple(out)
