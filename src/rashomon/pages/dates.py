"""When a page was published, no more precisely than it says.

`parse` reads one written date; `published` and `modified` of HTML come from the page's own markup,
then from htmldate (Barbaresi 2020). What day-and-month order cannot be told is not guessed.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import cache

from rashomon.model import Dated
from rashomon.pages.dateforms import Written, months, on_day, short
from rashomon.pages.dateforms import ambiguous as ambiguous
from rashomon.pages.dateforms import parse as parse
from rashomon.pages.tables import either, rows

UNKNOWN = Dated(None, "unknown", "The page states no date of publication.")
_CLOCK = re.compile(
    r"(?<!\d)(?P<h>\d{1,2})(?:[:.h](?P<min>\d\d))?\s*(?P<half>[ap]\.?\s?m\b\.?)?(?:\s*(?P<zone>UTC|GMT|Z)\b)?", re.I
)
_ADDRESS = re.compile(
    r"/(?P<y>(?:19|20)\d\d)(?:[/-](?P<m>\d{1,2}|[a-z]{3})[/-](?P<d>\d{1,2})(?=[/_.-]|$)|(?P<md>[01]\d[0-3]\d)(?=/))",
    re.I,
)
_SLUG = re.compile(r"[/_-](?P<y>(?:19|20)\d\d)(?P<s>[_-]?)(?P<m>[01]\d)(?P=s)(?P<d>[0-3]\d)(?=[/_.?-]|$)")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_EPOCH = "1970-01-01"
"""What a field holds that was never filled."""


def from_address(address: str | None) -> Dated | None:
    """The date that an address holds (/2024/10/21/…, /20241021/…), as an inference."""
    match = _ADDRESS.search(address or "")
    if not match:
        return None
    if match["md"]:
        month, day = int(match["md"][:2]), int(match["md"][2:])
    else:
        month = months().get(match["m"].lower(), 0) if match["m"].isalpha() else int(match["m"])
        day = int(match["d"])
    found = on_day(match, int(match["y"]), month, day)
    return Dated(found[0].value, "inferred", "Read out of the page's address.") if found else None


def from_slug(address: str | None) -> Dated | None:
    """The date among the words of an address (…-bridge-shut-20241021.html), which may be that of what is told."""
    match = _SLUG.search(address or "")
    found = on_day(match, int(match["y"]), int(match["m"]), int(match["d"])) if match else []
    return Dated(found[0].value, "inferred", "Read out of the page's address.") if found else None


def stated(value: str, where: str, order: str | None = None) -> Dated | None:
    """What is stated in a field made for it; None where it cannot be read."""
    found = parse(_instant(value) if value.isdigit() else value.strip(), order)
    if found and found.value.startswith(_EPOCH):
        return None
    return Dated(found.value, "stated", f"Stated in {where}.") if found else None


def _instant(value: str) -> str:
    """A count of seconds or milliseconds since 1970, as programs write an instant, in ISO form; others as they are."""
    if len(value) not in {10, 13} or not value.startswith("1") or not value.isascii():
        return value
    return datetime.fromtimestamp(int(value[:10]), UTC).isoformat()


def order(language: str | None, address: str | None) -> str | None:
    """In what order the page writes day and month ("dmy", "mdy"), by its language, region and address; None if open."""
    host = re.sub(r"^\w+://|[/:?#].*$", "", address or "")
    spoken, _, region = (language or "").replace("_", "-").lower().partition("-")
    given = {"region": region[-2:], "domain": host.rpartition(".")[2].lower(), "language": spoken}
    return next((found for by in ("domain", "region", "language") if (found := _orders().get((by, given[by])))), None)


@cache
def _orders() -> dict[tuple[str, str], str]:
    """The order that each domain, region and language writes day and month in."""
    return {(row["by"], name): row["order"] for row in reversed(rows("date_orders")) for name in row["names"].split()}


def searched(html: str, address: str | None, ordered: str | None = None) -> Dated | None:
    """What htmldate finds in the page's markup and text: an inference, since a page holds many dates.

    Its value is null where the page has that date only in numbers whose order (`ordered`) is not known.
    """
    from htmldate import find_date
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    try:
        parser = HTMLParser(encoding="utf-8", remove_pis=True, huge_tree=True)
        source = _DECLARATION.sub("", html).encode("utf-8", "replace")
        root = document_fromstring(source, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
    # The bound is fixed: htmldate's own is the clock's, and the same page must give the same date.
    found = find_date(
        root, original_date=True, extensive_search=True, url=address, min_date="1995-01-01", max_date="2099-12-31"
    )
    value = _no_finer(str(found), html) if found else None
    if value is None:
        return None
    if ordered is None and (written := _unordered(value, html)):
        return Dated(None, "unknown", f"The page says {written}, whose order of day and month is not known.")
    return Dated(value, "inferred", "Found by htmldate among the dates in the page's markup.")


def _unordered(value: str, html: str) -> str | None:
    """The date as the page has it, if only in numbers whose order is open."""
    if len(value) < 10 or int(value[8:]) > 12 or value[5:7] == value[8:]:
        return None
    year, month, day = value.split("-")
    one, other = f"0?{int(month)}", f"0?{int(day)}"
    open_ = re.search(rf"(?<![\d/-])(?:{one}([/-]){other}\1|{other}([/-]){one}\2){year}(?!\d)", html)
    if open_ is None or re.search(rf"{year}([-/.]?){month}\1{day}(?!\d)", html):
        return None
    name = "|".join(re.escape(name) for name, number in months().items() if number == int(month))
    named = rf"(?<!\d){other}[^\w<]{{1,3}}(?:of |de )?(?:{name})\b|\b(?:{name})\.?\s+{other}(?!\d)"
    return None if re.search(named, html, re.I) else open_[0]


def _no_finer(value: str, html: str) -> str | None:
    """The date as fine as the page has it: htmldate makes the first of the month of a month, of January of a year."""
    year, month, day = value.split("-")
    if day != "01":
        return value
    name = "|".join(re.escape(name) for name, number in months().items() if number == int(month))
    first = rf"0?1(?:st|er|\.|º)?(?:\s+(?:of|de)\b)?[\s/.-]+(?:{name}|0?{int(month)})\b"
    day_month = (
        rf"{first}[^\d<]{{0,9}}{year}|{year}[-/.]?{month}[-/.]?01|{year}/{int(month)}/1\b|\b0?{int(month)}/0?1/{year}"
    )
    if re.search(rf"{day_month}|\b(?:{name})\.?\s+0?1(?:st)?\b,?\s+{year}", html, re.I):
        return value
    return f"{year}-{month}" if month != "01" else None


_SENTENCE = re.compile(r"[.!?:;](?!\d|[a-z])")
_NEAR = 50
"""Characters between a word that dates a page and the date, which may name who published it."""
_FILLER = re.compile(
    r"\b(?:published|posted|first|last|updated?|modified|created|on|at|of|the|et|est|edt|pt|pst|pdt|bst|cet|cest|gmt|utc|ist|"
    r"am|pm|a\.m\.|p\.m\.|date|time|min|mins|minutes?|read|uhr|stand|um|am|le|à|el|a|las|den|kl|publié|mis|jour|"
    r"veröffentlicht|aktualisiert|publicado|actualizado|mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag)\b\.?",
    re.I,
)


@cache
def said_before(of: str) -> re.Pattern[str]:
    """The words before a date that say what it is the date of: "published" or "modified"."""
    words = [row["word"] for row in rows("date_words") if row["of"] == of]
    spaced, unspaced = ([word for word in words if bool(_UNSPACED.match(word)) == without] for without in (False, True))
    return re.compile(rf"(?<!\w){either(spaced)}(?!\w)|{either(unspaced) or '(?!)'}", re.I)


_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")
"""Letters of scripts that do not part words, or hang others on them."""


def changed(line: str, order: str | None) -> str | None:
    """The day of a change that a line gives after saying so, or None."""
    label = said_before("modified").search(line)
    found = parse(line[label.end() : label.end() + _NEAR], order) if label else None
    return found.value if found and len(found.value) >= len(_EPOCH) else None


def is_now(line: str) -> bool:
    """Whether a line says what day it is: "Today is Monday, 21 October 2024"."""
    found, now = parse(line), said_before("now").search(line)
    return bool(found and now and now.start() < found.start)


def alone(line: str, order: str | None = None) -> Written | None:
    """The date of a line that says little else: at most two words beside it, its time and what introduces it.

    Of such a line the year may have two digits.
    """
    found = parse(line, order) or short(line, order)
    if found is None or len(line) > 160:
        return None
    if _introduced(line, found):
        return found
    rest = _CLOCK.sub(" ", line[: found.start] + " " + line[found.end :])
    update = said_before("modified")
    before_update = update.split(rest)[0] if update.search(line[found.end :]) else rest
    return found if len(re.findall(r"[^\W\d_]{2,}", _FILLER.sub(" ", before_update))) <= 2 else None


def _introduced(line: str, found: Written) -> bool:
    """Whether a line opens with what dates a page, and names who did it besides, or where: "Posted by Ada Voss on
    February 4, 2026 in News | 12 Comments"."""
    opening = said_before("published").match(line.lstrip())
    between = line.lstrip()[opening.end() : found.start] if opening else "."
    return len(between) <= _NEAR and not _SENTENCE.search(between) and not _SENTENCE.search(line[found.end :])


def is_update(line: str) -> bool:
    """Whether the first date of a line is that of a change."""
    found, update = parse(line), said_before("modified").search(line)
    return bool(found and update and update.start() < found.start)
