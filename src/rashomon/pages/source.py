"""Where the text nodes of a parsed page stand in its source, found by walking forward through it.

A text node opens behind a tag and ends before one. Character references, line ends and white space may
be written otherwise in the source than in the node; scripts and comments may say the same words.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from rashomon.model import Edit
from rashomon.pages.markup import INVISIBLE
from rashomon.pages.references import unescape

_REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});?")
_RUN = re.compile(r"[^\s\xad\u200b\u2060\ufeff]+(?: [^\s\xad\u200b\u2060\ufeff]+)*")
_PLAIN = re.compile(r"[A-Za-z0-9,.][A-Za-z0-9,. ]*")
_WORDS = re.compile(r"[^\s&<>\"'\x00\ufffd]+(?: [^\s&<>\"'\x00\ufffd]+)*")
_NAMES = "script style noscript template textarea iframe svg"
# Most tags begin otherwise, and need not be held against each name.
_UNREAD = re.compile(rf"<(?:(?=[instINST])({'|'.join(f'{_NAMES} {_NAMES.upper()}'.split())})(?=[\s/>])|!--)")
_ANCHOR = 40
"""Blocks of so many characters are found on their own; shorter ones between those."""
_NEAR = 3000
"""A block's nodes stand no further apart in the source."""
_TRIES = 200
"""So many places that begin alike are looked at for one node."""
_AHEAD = 20_000
"""So many characters are looked through first, for a node as it is and as it may be spelled."""
_WORK = 2_000_000_000
"""So many characters are looked through in all, for nodes that stand further ahead: a second or less."""


class Place(NamedTuple):
    """Where a text node stands in the source, and what it says."""

    start: int
    end: int
    text: str


class Source:
    """An HTML source, to find text nodes in."""

    def __init__(self, html: str, start: int = 0, left: int = _WORK) -> None:
        """`start`: where the first node may stand, outside of scripts, styles and comments.

        `left`: characters that may be looked through for nodes that stand further ahead.
        """
        self.html = html
        self._start = start
        self.left = left
        self._hidden = _hidden(html, start)
        self._opens: list[int] = []
        self._closes: list[int] = []

    def _hidden_until(self, place: int) -> int:
        """Where the script, style or comment closes that holds a place; 0 where none does."""
        while not self._opens or self._opens[-1] <= place:
            open_, close = next(self._hidden, (len(self.html) + 1, 0))  # Past the end, which nothing lies beyond.
            self._opens.append(open_)
            self._closes.append(close)
        index = bisect_right(self._opens, place) - 1
        return self._closes[index] if index >= 0 and self._closes[index] > place else 0

    def places(self, blocks: Sequence[Sequence[str]], follow: Sequence[bool]) -> list[list[Place] | None]:
        """Where each block's text nodes stand, in order; None for a block of which a node was not found.

        `follow` says of each block whether it comes right after the one before it.
        """
        found: list[list[Place] | None] = [None] * len(blocks)
        at = self._start
        for index, nodes in enumerate(blocks):
            if sum(map(len, nodes)) >= _ANCHOR and (place := self._block(nodes, at, len(self.html))):
                found[index], at = place, place[-1].end
        ends = [len(self.html)] * len(blocks)
        for index in range(len(blocks) - 2, -1, -1):
            after = found[index + 1]
            ends[index] = after[0].start if after else ends[index + 1]
        at = self._start
        for index, nodes in enumerate(blocks):
            if found[index] is None:
                near = follow[index] and index > 0 and found[index - 1] is not None
                found[index] = self._short(nodes, at, ends[index], near)
            if place := found[index]:
                at = place[-1].end
        return found

    def _short(self, nodes: Sequence[str], at: int, end: int, near: bool) -> list[Place] | None:
        """A short block: the first of its like if it comes right after another, else the last before what follows."""
        best = self._block(nodes, at, end)
        for _ in range(_TRIES):
            if near or best is None:
                break
            further = self._block(nodes, best[-1].end, end, again=True)
            if further is None:
                break
            best = further
        return best

    def _block(self, nodes: Sequence[str], at: int, end: int, again: bool = False) -> list[Place] | None:
        """Where a block's nodes stand between two offsets: the longest first, then those before and after it.

        `again`: of a block that was found before these offsets.
        """
        if len(nodes) == 1:
            place = self._node(nodes[0], at, end, again)
            return None if place is None else [place]
        sizes = [len(node) for node in nodes]
        longest = sizes.index(max(sizes))
        anchor = self._node(nodes[longest], at, end, again)
        if anchor is None:
            return None
        before: list[Place] = []
        left = anchor.start
        for node in reversed(nodes[:longest]):
            place = self._last(node, max(at, left - _NEAR), left)
            if place is None:
                return None
            before.append(place)
            left = place.start
        out = [*reversed(before), anchor]
        for node in nodes[longest + 1 :]:
            place = self._node(node, out[-1].end, end)
            if place is None:
                return None
            out.append(place)
        return out

    def _last(self, node: str, at: int, end: int) -> Place | None:
        """The last place of a node between two offsets."""
        if node.isspace():
            return Place(end, end, node)
        html, last = self.html, end
        for _ in range(_TRIES):
            start = html.rfind(node, at, last)
            if start < 0:
                break
            stop = start + len(node)
            if (
                (not start or html[start - 1] == ">")
                and html[stop : stop + 1] == "<"
                and self._hidden_until(start) <= start
            ):
                return Place(start, stop, node)
            last = stop - 1
        best = self._spelled(node, at, end)
        for _ in range(_TRIES):
            further = best and self._spelled(node, best.end, end)
            if not further:
                break
            best = further
        return best

    def _node(self, node: str, at: int, end: int, again: bool = False) -> Place | None:
        """Where a text node stands: as it is if it stands so, else where its references spell it; near places first.

        Of what was found before (`again`), plain letters are not looked for as references: nobody writes both.
        """
        if node.isspace():
            return Place(at, at, node)
        if again and _PLAIN.fullmatch(node):
            return self._exactly(node, at, end)
        near = at + _AHEAD + len(node) if at else end  # The first is far behind the head.
        found = self._exactly(node, at, min(end, near)) or self._spelled(node, at, min(end, near))
        if found or near >= end or self.left < 0:
            return found
        self.left -= 2 * (end - at)
        return self._exactly(node, at, end) or self._spelled(node, at, end)

    def _exactly(self, node: str, at: int, end: int) -> Place | None:
        """Where the source has a text node as it is, between two tags."""
        html, start = self.html, at
        for _ in range(_TRIES):
            start = html.find(node, start, end)
            if start < 0:
                break
            stop = start + len(node)
            if (start and html[start - 1] != ">") or html[stop : stop + 1] not in ("<", ""):
                start += 1
                continue
            shown = self._hidden_until(start)
            if shown <= start:
                return Place(start, stop, node)
            start = shown
        return None

    def _spelled(self, node: str, at: int, end: int) -> Place | None:
        """Where the source spells a text node with references, or with other white space."""
        wanted = node.replace("\x00", "").split()
        for pattern in (_WORDS, _PLAIN):
            words = max((match[0] for match in pattern.finditer(node)), key=len, default="").strip()
            if found := self._around(words or "&", wanted, node, at, end):
                return found
        return self._around("&", wanted, node, at, end)

    def _around(self, words: str, wanted: list[str], node: str, at: int, end: int) -> Place | None:
        """The stretch between tags that holds some words and says what is wanted."""
        html, start = self.html, at
        for _ in range(_TRIES):
            start = html.find(words, start, end)
            if start < 0:
                break
            left = html.rfind(">", max(0, at - 1), start) + 1 or at
            right = html.find("<", start)
            right = len(html) if right < 0 else right
            if self._hidden_until(start) > start:
                start = self._hidden_until(start)
            elif unescape(html[left:right]).replace("\x00", "").split() == wanted:
                return Place(left, right, node)
            else:
                start = max(right, start + 1)
        return None


def _hidden(html: str, at: int) -> Iterator[tuple[int, int]]:
    """Where scripts, styles, comments and the like open and close, in order, from an offset on."""
    while match := _UNREAD.search(html, at):
        name, at = match[1], match.end()
        if name:
            if html[html.find(">", at) - 1] == "/" and name.lower() in ("svg", "iframe", "template"):
                continue
            end = html.find(f"</{name}", at)
            if end < 0 and name.lower() not in ("script", "style"):
                continue
        else:
            end = html.find("-->", at - 2)
        at = len(html) if end < 0 else end
        yield match.start(), at


def plan(html: str, blocks: Sequence[tuple[str, list[Place] | None]]) -> tuple[Edit, ...]:
    """The plan that makes the blocks' texts of the source, a blank line between them.

    A block that was not found is inserted whole where it belongs.
    """
    edits: list[Edit] = []
    at, pending = 0, ""
    for index, (text, found) in enumerate(blocks):
        pending += "\n\n" if index else ""
        if found is None or found[0].start < at:
            pending += text
            continue
        for start, end, before, becomes in _pieces(html, found, text):
            pending += before
            if start - at != len(pending) or html[at:start] != pending:
                edits.append(Edit(at, start, pending))
            if becomes is not None:
                edits.append(Edit(start, end, becomes))
            at, pending = end, ""
    if at < len(html) or pending:
        edits.append(Edit(at, len(html), pending))
    return tuple(edits)


def _pieces(html: str, nodes: Sequence[Place], text: str) -> Iterator[tuple[int, int, str, str | None]]:
    """Stretches of the source that make a block's text: (start, end, white space before it, what it becomes if not
    itself)."""
    first, space = True, False
    for node in nodes:
        # The node's own white space: in the source it may stand before a tag that the parser left out.
        space = space or node.text[:1].isspace()
        for start, end, becomes in _words(html, node, text):
            if becomes == " ":
                space = True
                continue
            yield start, end, "" if first or not space else " ", becomes
            first = space = False
        space = space or node.text[-1:].isspace()


def _words(html: str, node: Place, text: str) -> Iterable[tuple[int, int, str | None]]:
    """The stretches of a node that stay as they are, or become another text; a space where white space is.

    `text`: of the block that the node is of.
    """
    at, written = node.start, html[node.start : node.end]
    # What stands there as it was parsed (in a plaintext element, say) has no references.
    if "&" not in written or written == node.text:
        return _runs(html, at, node.end, text)
    return _resolved(html, node, text)


def _resolved(html: str, node: Place, text: str) -> Iterator[tuple[int, int, str | None]]:
    """The same of a node that has references."""
    at = node.start
    for match in _REFERENCE.finditer(html, node.start, node.end):
        plain = unescape(match[0])
        if plain == match[0]:
            continue
        yield from _runs(html, at, match.start(), text)
        visible = INVISIBLE.sub("", plain)
        if visible.isspace():
            yield match.start(), match.end(), " "
        elif visible:
            yield match.start(), match.end(), visible
        at = match.end()
    yield from _runs(html, at, node.end, text)


def _runs(html: str, start: int, end: int, text: str) -> Sequence[tuple[int, int, str | None]]:
    """The runs of words with single spaces between them in a stretch without references."""
    inner = html[start:end]
    words = inner.strip()
    # What the block's text has as it is, is such a run: it has single spaces, and no marks of no width.
    if words and words in text:
        left = start + len(inner) - len(inner.lstrip()) if len(words) < len(inner) else start
        right = left + len(words)
        out: list[tuple[int, int, str | None]] = [(left, right, None)]
        if left > start:
            out.insert(0, (start, left, " "))
        if right < end:
            out.append((right, end, " "))
        return out
    out = []
    at = start
    for match in _RUN.finditer(html, start, end):
        if INVISIBLE.sub("", html[at : match.start()]):
            out.append((at, match.start(), " "))
        out.append((match.start(), match.end(), None))
        at = match.end()
    if at < end and INVISIBLE.sub("", html[at:end]):
        out.append((at, end, " "))
    return out
