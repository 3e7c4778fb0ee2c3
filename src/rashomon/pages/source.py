"""Where an HTML source's characters stand: its text nodes as one stream, each character with its offset.

White space and invisible characters are no part of the stream, so paragraphs that an extractor has
re-spaced are found in it as they are.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from html import unescape

# What an extractor may drop or change: white space, soft hyphens, zero-width and direction marks.
_INK = re.compile("[^\\s\u00ad\u200b-\u200f\u2028-\u202f\u2060\ufeff]+")
_REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});?")
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9]*")
_HIDDEN = frozenset({"script", "style", "template", "svg", "noscript", "textarea", "iframe"})
_CHUNK = 20


def ink(text: str) -> str:
    """The characters of a text that take ink."""
    return "".join(_INK.findall(text))


def inked(text: str) -> list[int]:
    """The offsets of the characters of a text that take ink."""
    return [at for match in _INK.finditer(text) for at in range(match.start(), match.end())]


class Source:
    """The inked characters of an HTML source's text nodes, in order."""

    def __init__(self, html: str) -> None:
        self.html = html
        parts: list[str] = []
        self._starts: list[int] = []  # in the stream
        self._runs: list[tuple[int, int, bool]] = []  # start and end in the source, whether as written
        self._length = 0
        for start, end in _text_nodes(html):
            self._add(start, end, parts)
        self.stream = "".join(parts)

    def _add(self, start: int, end: int, parts: list[str]) -> None:
        """One text node's characters; a character reference is one run."""
        at = start
        if "&" in (node := self.html[start:end]):
            for match in _REFERENCE.finditer(node):
                plain = unescape(match[0])
                if plain == match[0]:
                    continue
                self._plain(at, start + match.start(), parts)
                if visible := ink(plain):
                    self._run(start + match.start(), start + match.end(), visible, False, parts)
                at = start + match.end()
        self._plain(at, end, parts)

    def _plain(self, start: int, end: int, parts: list[str]) -> None:
        for match in _INK.finditer(self.html, start, end):
            self._run(match.start(), match.end(), match[0], True, parts)

    def _run(self, start: int, end: int, text: str, same: bool, parts: list[str]) -> None:
        self._starts.append(self._length)
        self._runs.append((start, end, same))
        parts.append(text)
        self._length += len(text)

    def stretches(self, start: int, end: int) -> list[tuple[int, int, int]]:
        """The stream's characters as (start, end in the source, how many characters of the stream)."""
        out: list[tuple[int, int, int]] = []
        index = bisect_right(self._starts, start) - 1
        while start < end:
            left, right, same = self._runs[index]
            after = self._starts[index + 1] if index + 1 < len(self._starts) else self._length
            stop = min(end, after)
            if same:
                left += start - self._starts[index]
                out.append((left, left + stop - start, stop - start))
            else:
                out.append((left, right, stop - start))
            start = stop
            index += 1
        return out

    def find(self, text: str, start: int, end: int) -> list[tuple[int, int, int]]:
        """Where the inked text stands between two places of the stream: (start in it, end in it, start in text).

        One stretch where it stands there whole; several where the source has more between its parts;
        none where less than nine tenths of it are there.
        """
        at = self.stream.find(text, start, end)
        if at >= 0:
            return [(at, at + len(text), 0)]
        out: list[tuple[int, int, int]] = []
        done = found = 0
        while done < len(text):
            chunk = text[done : done + _CHUNK]
            reach = end if not out else min(end, start + 4000)
            at = (
                self.stream.find(chunk, start, reach)
                if len(chunk) >= 8 or not out
                else self.stream.find(chunk, start, start + 200)
            )
            if at < 0:
                done += 1
                if done > 40 and found < done // 2:
                    return []
                continue
            size = len(chunk)
            while done + size < len(text) and at + size < end and text[done + size] == self.stream[at + size]:
                size += 1
            out.append((at, at + size, done))
            found += size
            done += size
            start = at + size
        return out if found >= 0.9 * len(text) else []


def _text_nodes(html: str) -> list[tuple[int, int]]:
    """The stretches between tags, without those of scripts, styles, comments; in time linear in the length."""
    out: list[tuple[int, int]] = []
    lower = ""
    at, size = 0, len(html)
    while at < size:
        tag = html.find("<", at)
        if tag < 0:
            tag = size
        if tag > at:
            out.append((at, tag))
        if tag + 1 >= size:
            break
        follow = html[tag + 1]
        if html.startswith("<!--", tag):
            close = html.find("-->", tag + 2)
            at = size if close < 0 else close + 3
        elif not (follow.isalpha() or follow in "/!?"):
            out.append((tag, tag + 1))
            at = tag + 1
        else:
            close = _tag_end(html, tag + 1)
            at = size if close < 0 else close + 1
            name = _NAME.match(html, tag + 1)
            if name and close >= 0 and name[0].lower() in _HIDDEN and html[close - 1] != "/":
                lower = lower or html.lower()
                # lower() of a few letters changes the length, and then the offsets.
                end = (lower if len(lower) == size else html).find("</" + name[0].lower(), at)
                at = size if end < 0 and name[0].lower() in {"script", "style"} else max(at, end)
    return out


def _tag_end(html: str, at: int) -> int:
    """Where a tag closes, past ">" in quoted attributes; quotes are trusted for a few thousand characters only."""
    close = html.find(">", at)
    if close < 0:
        return -1
    inside = html[at:close]
    if ('="' in inside or "='" in inside) and (inside.count('"') % 2 or inside.count("'") % 2):
        limit = at + 20_000
        for quote in "\"'":
            if inside.count(quote) % 2:
                end = html.find(quote, close, limit)
                if end >= 0:
                    further = html.find(">", end)
                    return further if further >= 0 else close
    return close
