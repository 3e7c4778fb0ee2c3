"""One capture → Page: decoded, told apart, cleaned, mended, described. Nothing is raised for what it holds."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

from rashomon.later import Later
from rashomon.model import Dated, Dropped, Edit, Gap, Page, Repair
from rashomon.pages import dates
from rashomon.pages import known as given
from rashomon.pages.authors import people
from rashomon.pages.bounds import sound
from rashomon.pages.choose import TITLE
from rashomon.pages.credits import credited, joined, naming
from rashomon.pages.decode import PDF, Decoded, decode
from rashomon.pages.describe import language, page_kind
from rashomon.pages.inline import insertions
from rashomon.pages.known import checked
from rashomon.pages.plans import compose
from rashomon.pages.repair import mend, mended, moved, repairs
from rashomon.reader.english import MAX_CHARS
from rashomon.spans import apply, digest

READ_CHARS = 5 * MAX_CHARS
"""Of longer plain text only so many characters are looked at: no page is longer, a joined file is."""
READ_HTML = 2_500_000
"""The same for HTML, whose markup is many times its text."""

_TAG = re.compile(
    r"</?(?:html|head|body|div|p|span|article|section|table|meta|script|link|title|h[1-6]|ul|li|a|br|main|header)\b[^<>]{0,2000}>",
    re.I,
)
_HTML_START = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html)\b", re.I | re.S
)
_SENTENCE = re.compile(r"[^.!?。！？।؟\n]{12}[.!?。！？।؟]")


class _Found(NamedTuple):
    """What was found in a capture, before what the caller knows is put over it."""

    text: str
    plan: Sequence[Edit] = ()
    repairs: tuple[Repair, ...] = ()
    dropped: Sequence[Dropped] = ()
    title: str | None = None
    authors: tuple[str, ...] = ()
    credits: tuple[str, ...] = ()
    source: str | None = None
    canonical: str | None = None
    category: str | None = None
    tags: tuple[str, ...] = ()
    language: str | None = None
    published: Dated = dates.UNKNOWN
    modified: Dated | None = None
    types: tuple[str, ...] = ()
    free: bool | None = None
    captured: str | None = None
    gaps: tuple[Gap, ...] = ()


def read(
    raw: bytes | bytearray | memoryview | str,
    address: str | os.PathLike[str] | None = None,
    known: Mapping[str, Any] | None = None,
) -> Page:
    """The page of one capture; `known` outranks what is read.

    PageError for what is no page at all, UsageError for what is known of no page so.
    """
    told, place = checked(known), given.address(address)
    raw = given.capture(raw) if told.text is None or not isinstance(raw, str) else raw
    gaps = told.gaps
    decoded = None
    if told.text is not None:
        found = _Found(told.text, credits=naming((), told.text, (), told.source, place))
    else:
        decoded = decode(raw, told.encoding)
        gaps += decoded.gaps
        if decoded.encoding == PDF:
            found = _pdf(raw, decoded.text, place)
        else:
            found = _bounded_html(decoded, place) if is_html(decoded.text) else _dump(decoded.text, place)
    title = told.title or _line(found.title)
    captured = told.captured or found.captured
    published = told.published or _bounded(found.published, captured)
    spoken = told.language or language(found.text, found.language)
    gaps += found.gaps + _shortfalls(found.text, published, spoken)
    category = told.category or found.category
    return Page(
        id=digest(place or "", decoded.utf8 if decoded is not None and decoded.text is raw else raw),
        address=place,
        canonical=told.canonical or found.canonical,
        source=told.source or found.source,
        title=title,
        authors=found.authors if told.authors is None else told.authors,
        credits=joined((*(told.credits or ()), *found.credits)),
        category=category,
        tags=found.tags if told.tags is None else told.tags,
        language=spoken,
        kind=told.kind or page_kind(found.text, title, category, found.types, place, found.free),
        published=published,
        modified=told.modified or found.modified,
        captured=captured,
        text=found.text,
        dropped=found.dropped,
        repairs=found.repairs,
        gaps=gaps,
        plan=found.plan,
    )


def _line(title: str | None) -> str | None:
    """A title on one line, cut where it is longer than any title."""
    if title is None or (len(title) <= TITLE and len(title.splitlines()) < 2):
        return title
    line = " ".join(title.split())
    return line if len(line) <= TITLE else f"{line[: TITLE - 1].rsplit(' ', 1)[0]}…"


def is_html(text: str) -> bool:
    """Whether a capture is HTML: it opens as HTML does, or its beginning is full of tags that are closed."""
    head = text[:20_000].lstrip("\ufeff")
    if _HTML_START.match(head):
        return True
    tags = [match[0] for match in _TAG.finditer(head)]
    closed = sum(tag.startswith("</") for tag in tags)
    return closed >= 1 and (head.lstrip().startswith("<") or (len(tags) >= 6 and sum(map(len, tags)) > len(head) / 20))


def _bounded_html(decoded: Decoded, address: str | None) -> _Found:
    """What an HTML source holds, as far as it can be parsed in good time."""
    html, utf8 = decoded.text, decoded.utf8
    if len(html) > READ_HTML:
        html = html[:READ_HTML]
        utf8 = html.encode("utf-8", "replace")
    end = sound(html, utf8)
    if end < len(html):
        html = html[:end]
        utf8 = html.encode("utf-8", "replace")
        why = (
            f"Only the first {end:,} characters were read: the markup has more elements or attributes than any page, "
            "or leaves so many open that it takes hours to parse; split it into its pages."
        )
        gaps: tuple[Gap, ...] = (Gap("text", why),)
    else:
        gaps = () if end == len(decoded.text) else (_cut(len(decoded.text), READ_HTML),)
    found = _html(html, utf8, address)
    if not gaps:
        return found
    tail = Edit(len(html), len(decoded.text), "")
    return found._replace(plan=(*found.plan, tail), gaps=found.gaps + gaps)


def _html(html: str, utf8: bytes, address: str | None) -> _Found:
    """What an HTML source holds; `utf8`: the same in UTF-8."""
    from rashomon.pages.html import Head, body
    from rashomon.pages.markup import Markup
    from rashomon.pages.metadata import metadata
    from rashomon.pages.published import dated

    markup = Markup(utf8)
    told = metadata(markup.tree, address)
    title = mended(told.title) if told.title else None
    published, modified = dated(markup.tree, html, told, address)
    found = body(html, markup, Head(told.title, told.summary))
    cuts, inside = insertions(found.text)
    text = apply(cuts, found.text)
    edits = mend(text)
    return _Found(
        text=apply(edits, text),
        plan=Later(partial(_composed, found.plan, (cuts, found.text), (edits, text))) if cuts or edits else found.plan,
        repairs=repairs(edits, text),
        dropped=Later(partial(_mended, found.dropped, inside)),
        title=title,
        authors=told.authors,
        credits=naming(told.credits, text, found.after, told.source, address),
        source=mended(told.source) if told.source else None,
        canonical=told.canonical,
        category=mended(told.category) if told.category else None,
        tags=tuple(map(mended, told.tags)),
        language=told.language,
        published=published,
        modified=modified,
        types=told.types,
        free=told.free,
        gaps=found.gaps,
    )


def _composed(plan: Sequence[Edit], *steps: tuple[Sequence[Edit], str]) -> tuple[Edit, ...]:
    """A plan and what was done after it: each step's edits, with the text that they are of."""
    for edits, text in steps:
        plan = compose(plan, edits, text)
    return tuple(plan)


def _mended(beside: Sequence[Dropped], inside: Sequence[Dropped]) -> tuple[Dropped, ...]:
    """The parts beside and inside a text with their characters mended.

    As a rule none has any to mend, which is seen in all of them at once.
    """
    dropped = (*beside, *inside)
    if not mend("\n".join(part.text for part in dropped)):
        return dropped
    return tuple(Dropped(mended(part.text), part.kind) for part in dropped)


def _pdf(raw: bytes | str, text: str, address: str | None) -> _Found:
    """What a PDF's text holds, as that of a dump; what the file says of itself where the text does not."""
    from rashomon.pages import flow, pdf

    laid = flow.flowed(text)
    found = _dump(laid.text, address)
    told = pdf.metadata(raw if isinstance(raw, bytes) else b"")
    return found._replace(
        plan=compose(laid.plan, found.plan, laid.text),
        dropped=(*laid.dropped, *found.dropped),
        title=found.title or told.title,
        authors=found.authors or people(told.authors),
        published=told.published if found.published.value is None and told.published else found.published,
        captured=told.captured,
    )


def _bounded(published: Dated, captured: str | None) -> Dated:
    """An unknown date with what the day of the capture says of it."""
    if published.value is not None or captured is None:
        return published
    return Dated(None, published.basis, f"{published.why} It was captured on {captured[:10]}, and is no later.")


def _dump(text: str, address: str | None) -> _Found:
    """What a plain-text dump holds."""
    from rashomon.pages import dumpbylines
    from rashomon.pages.dump import article
    from rashomon.pages.dumpfacts import dated

    whole = text
    gaps: tuple[Gap, ...] = ()
    if len(text) > READ_CHARS:
        gaps, text = (_cut(len(text), READ_CHARS),), text[:READ_CHARS]
    edits = mend(text)
    clean = apply(edits, text)
    found = article(clean, address)
    cuts, inside = insertions(found.text)
    plan = compose(compose(edits, found.plan, clean), cuts, found.text)
    if len(whole) > len(text):
        plan = (*plan, Edit(len(text), len(whole), ""))
    published, modified, unclear = dated(found, address)
    source = found.labels.source
    written = dumpbylines.written(found, address)
    return _Found(
        text=apply(cuts, found.text),
        plan=plan,
        repairs=moved(moved(repairs(edits, text), found.plan), cuts),
        dropped=found.dropped + inside,
        title=found.title,
        authors=people(written, source),
        credits=naming(credited(written, source), found.text, [line.text for line in found.after[:2]], source, address),
        source=source,
        category=found.labels.category,
        tags=found.labels.tags,
        published=published,
        modified=modified,
        types=("LiveBlogPosting",) if found.live else (),
        gaps=gaps + unclear,
    )


def _cut(size: int, limit: int) -> Gap:
    why = f"The capture has {size:,} characters; only the first {limit:,} were looked at: split it into its pages."
    return Gap("text", why)


def _shortfalls(text: str, published: Dated, spoken: str | None) -> tuple[Gap, ...]:
    """What the page lacks, as gaps."""
    out: list[Gap] = []
    if not text.strip():
        why = "No article was found on the page: check that the capture holds its text, not a script or a form."
        out.append(Gap("text", why))
    elif not _SENTENCE.search(text):
        out.append(Gap("text", "The text has no sentence, so nothing can be read out of it: check the capture."))
    if published.value is None:
        out.append(Gap("publication date", published.why))
    if spoken is None and text.strip():
        out.append(Gap("language", "The text is too short, or too mixed, to tell its language."))
    elif spoken not in (None, "en"):
        out.append(
            Gap("claims", f"The text is in another language than English ({spoken}), which is not read for claims.")
        )
    return tuple(out)
