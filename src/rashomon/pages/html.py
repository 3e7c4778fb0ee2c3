"""HTML → the article's text with its plan, and what else stands on the page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rashomon.model import Dropped, Edit, Gap
from rashomon.pages.article import article
from rashomon.pages.ink import inked
from rashomon.pages.markup import Markup
from rashomon.pages.source import Place, Source, plan

DEEP = 200
"""Elements in each other that no page has."""
_AFTER = 2
"""So many lines below a text may still say whose it is."""


class Head(NamedTuple):
    """What the head of a page says that helps to find its article."""

    title: str | None = None
    summary: str | None = None


class Body(NamedTuple):
    """The article in an HTML source."""

    text: str
    plan: tuple[Edit, ...]
    dropped: tuple[Dropped, ...]
    gaps: tuple[Gap, ...]
    after: tuple[str, ...]
    """The first lines below the text that are no part of it."""


def body(html: str, markup: Markup, head: Head) -> Body:
    """The article's text, paragraphs parted by a blank line, and the plan by which the source becomes it."""
    kept = article(markup, html, *head)
    title = inked(head.title or "")
    while kept and title and inked(markup.block_text[kept[0]]) == title:
        del kept[0]
    follow = [at > 0 and kept[at - 1] == place - 1 for at, place in enumerate(kept)]
    places = _places(html, [markup.block_nodes[at] for at in kept], follow)
    texts = [markup.block_text[at] for at in kept]
    lost = places.count(None)
    gaps: tuple[Gap, ...] = ()
    if lost:
        number = "1 paragraph" if lost == 1 else f"{lost} paragraphs"
        why = f"{number} of the text could not be found again in the source, so offsets in them map to no place there."
        gaps = (Gap("source offsets", why),)
    if (deep := max(markup.depth)) > DEEP:
        why = (
            f"The markup nests elements {deep:,} deep, as no page does: what stands so deep may have been taken for "
            "furniture; check the text against the capture."
        )
        gaps += (Gap("text", why),)
    return Body(
        "\n\n".join(texts),
        plan(html, list(zip(texts, places, strict=True))),
        _dropped(markup, kept, head.title),
        gaps,
        tuple(markup.block_text[kept[-1] + 1 : kept[-1] + 1 + _AFTER]) if kept else (),
    )


def _places(html: str, nodes: Sequence[Sequence[str]], follow: Sequence[bool]) -> list[list[Place] | None]:
    """Where the nodes of each block stand: behind the head, unless some are not found there."""
    start = max(0, html.find("<body"))
    source = Source(html, start)
    found = source.places(nodes, follow)
    return Source(html, left=source.left).places(nodes, follow) if start and None in found else found


def _dropped(markup: Markup, kept: Sequence[int], title: str | None) -> tuple[Dropped, ...]:
    """The parts that are called furniture, in order, where they are no part of the text; the title first.

    Where no text was found, all the words of the page.
    """
    out: list[Dropped] = [Dropped(title, "title")] if title else []
    left = set(kept)
    texts = {" ".join((title or "").split()).casefold(), *(markup.block_text[at].casefold() for at in kept)}
    last: tuple[int, str] | None = None
    for at, (text, element) in enumerate(zip(markup.block_text, markup.block_element, strict=True)):
        kind = markup.kind[element] or (None if kept else "other")
        if at in left or kind is None:
            last = None
            continue
        low = text.casefold()
        if low in texts:
            continue
        texts.add(low)
        if last == (at - 1, kind):
            out[-1] = Dropped(f"{out[-1].text} {text}", kind)
        else:
            out.append(Dropped(text, kind))
        last = at, kind
    return tuple(out)
