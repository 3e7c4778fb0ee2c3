"""HTML → the article's text with its plan, and what else stands on the page."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from rashomon.later import Later
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
    plan: Sequence[Edit]
    dropped: Sequence[Dropped]
    gaps: tuple[Gap, ...]
    after: tuple[str, ...]
    """The first lines below the text that are no part of it."""


def body(html: str, markup: Markup, head: Head) -> Body:
    """The article's text, paragraphs parted by a blank line, and the plan by which the source becomes it.

    The plan and the parts that are dropped are made when they are looked at, of what they need of the page: the source
    from the text's beginning to its end, and the words of the other blocks.
    """
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
        _planned(html, texts, places),
        Later(partial(_dropped, *_others(markup), kept, head.title)),
        gaps,
        tuple(markup.block_text[kept[-1] + 1 : kept[-1] + 1 + _AFTER]) if kept else (),
    )


def _places(html: str, nodes: Sequence[Sequence[str]], follow: Sequence[bool]) -> list[list[Place] | None]:
    """Where the nodes of each block stand: behind the head, unless some are not found there."""
    start = max(0, html.find("<body"))
    source = Source(html, start)
    found = source.places(nodes, follow)
    return Source(html, left=source.left).places(nodes, follow) if start and None in found else found


def _planned(html: str, texts: Sequence[str], places: Sequence[list[Place] | None]) -> Sequence[Edit]:
    """The plan, made when it is looked at of the stretch of the source that the text stands in."""
    found = [place for place in places if place]
    # With one character more at each end, which is cut as all beyond it is.
    begin = max(0, min((place[0].start for place in found), default=0) - 1)
    end = max((place[-1].end for place in found), default=0) + 1
    within = [[_shifted(node, -begin) for node in place] if place else None for place in places]
    return Later(partial(_stretched, html[begin:end], list(zip(texts, within, strict=True)), begin, len(html)))


def _shifted(node: Place, by: int) -> Place:
    return Place(node.start + by, node.end + by, node.text)


def _stretched(
    source: str, blocks: Sequence[tuple[str, list[Place] | None]], begin: int, size: int
) -> tuple[Edit, ...]:
    """The plan of a source so many characters long: that of a stretch of it from an offset on, and the rest cut."""
    out = [Edit(edit.start + begin, edit.end + begin, edit.text) for edit in plan(source, blocks)]
    end = begin + len(source)
    if end < size:  # What stands behind the text is cut in any case.
        out[-1] = Edit(out[-1].start, size, out[-1].text)
    if begin and out[0].start == begin:
        out[0] = Edit(0, out[0].end, out[0].text)
    elif begin:
        out.insert(0, Edit(0, begin, ""))
    return tuple(out)


def _others(markup: Markup) -> tuple[list[str], list[str | None]]:
    """The words of all blocks, and what kind of furniture each is."""
    return markup.block_text, [markup.kind[element] for element in markup.block_element]


def _dropped(
    blocks: Sequence[str], kinds: Sequence[str | None], kept: Sequence[int], title: str | None
) -> tuple[Dropped, ...]:
    """The parts that are called furniture, in order, where they are no part of the text; the title first.

    Where no text was found, all the words of the page.
    """
    out: list[Dropped] = [Dropped(title, "title")] if title else []
    left = set(kept)
    texts = {" ".join((title or "").split()).casefold(), *(blocks[at].casefold() for at in kept)}
    last: tuple[int, str] | None = None
    for at, (text, own) in enumerate(zip(blocks, kinds, strict=True)):
        kind = own or (None if kept else "other")
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
