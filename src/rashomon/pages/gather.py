"""Files, folders, standard input and URLs → captures, in a fixed order, one read at a time.

What is in a stream is found by `opening`. Only URLs open a socket (`fetch`).
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator

from rashomon.errors import UsageError
from rashomon.model import PageGap
from rashomon.pages.captures import Capture
from rashomon.pages.opening import opened
from rashomon.pages.sniff import HEAD, kind

PAGE_SUFFIXES = frozenset(
    {"", ".html", ".htm", ".xhtml", ".txt", ".text", ".pdf", ".eml", ".mbox", ".mht", ".mhtml", ".warc", ".wacz"}
    | {".jsonl", ".ndjson", ".rss", ".atom"}
)
"""Files in folders that are taken for pages, also with .gz; files that are named are tried whatever they are called."""
FEED_SUFFIXES = frozenset({".xml", ".rdf", ".json"})
"""Files in folders that are taken where they hold a feed: others of these names are data, not pages."""

STDIN = "-"
_URL = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+)://")
_HOST = re.compile(r"(?:www\.[\w-]+\.\w|[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|info|eu|[a-z]{2})/)", re.I)
"""How an address of a page begins that lacks its scheme."""


def gather(paths: Iterable[str | os.PathLike[str]], allow_private: bool = False) -> Iterator[Capture | PageGap]:
    """The captures of files, folders and URLs, in the order given, folders in the order of their names.

    A file that is named twice, or by two paths, is read once. What is missing, unreadable or cannot be fetched, and a
    folder without pages, is a PageGap with a sentence; UsageError where standard input is closed. `allow_private`
    lets URLs lead to addresses of private networks and of this machine.
    """
    seen: set[object] = set()
    for given in paths:
        path = os.fspath(given)
        if path == STDIN:
            if STDIN not in seen:
                seen.add(STDIN)
                yield from _stdin()
        elif _URL.match(path) and not os.path.exists(path):
            if path not in seen:
                seen.add(path)
                yield from _url(path, allow_private)
        elif os.path.isdir(path):
            yield from _folder(path, seen)
        elif _is_new(path, seen):
            yield from _file(path)


def takes(paths: Iterable[str | os.PathLike[str]], output: str | os.PathLike[str]) -> str | None:
    """Which of the paths `gather` would take the file `output` from, as it is or once it is written; else None."""
    target = os.path.realpath(output)
    for given in paths:
        path = os.fspath(given)
        if path == STDIN:
            continue
        if os.path.isdir(path):
            inside = os.path.relpath(target, os.path.realpath(path)).split(os.sep)
            hidden = any(name.startswith(".") for name in inside)  # ".." too: above the folder, or beside it
            if not hidden and _is_page(inside[-1]):
                return path
            if os.path.exists(target) and any(os.path.samefile(target, page) for page in _below(path, [])):
                return path
        elif os.path.exists(path) and os.path.exists(target) and os.path.samefile(path, target):
            return path
    return None


def _is_new(path: str, seen: set[object]) -> bool:
    """Whether the file was not read before, by this path or another; a path that leads nowhere is new each time."""
    try:
        status = os.stat(path)
    except (OSError, ValueError):
        return True
    key = (status.st_dev, status.st_ino) if status.st_ino else os.path.realpath(path)
    new = key not in seen
    seen.add(key)
    return new


def _stdin() -> Iterator[Capture | PageGap]:
    if sys.stdin is None:
        raise UsageError("standard input is closed, so there is no page to read from it; name files instead of -")
    yield from opened(sys.stdin.buffer, "standard input", "")


def _url(address: str, allow_private: bool) -> Iterator[Capture | PageGap]:
    from rashomon.pages.fetch import fetch

    yield from fetch(address, allow_private)


def _shown(path: str) -> str:
    """The path as an address, with U+FFFD for bytes of it that are no UTF-8."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _file(path: str) -> Iterator[Capture | PageGap]:
    """One file's captures."""
    shown = _shown(path)
    if not path:
        yield PageGap(path, "page", "One of the paths is empty: name a file, a folder or a URL.")
        return
    try:
        with open(path, "rb") as stream:
            yield from opened(stream, shown, path)
    except FileNotFoundError:
        hint = f"; for the address of a page, write https://{shown}" if _HOST.match(path) else ""
        yield PageGap(shown, "page", f"There is no file or folder called {shown}: check the spelling{hint}.")
    except PermissionError:
        yield PageGap(shown, "page", f"{shown} may not be read by this user: change its permissions.")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        yield PageGap(shown, "page", f"{shown} could not be read ({reason}): check the file.")


def _folder(folder: str, seen: set[object]) -> Iterator[Capture | PageGap]:
    """The captures of a folder's pages, its folders among them in the order of all the names."""
    gaps: list[PageGap] = []
    found = False
    for path in _below(folder, gaps):
        found = True
        if _is_new(path, seen):
            yield from _file(path)
    yield from gaps
    if not found and not gaps:
        shown = _shown(folder)
        kinds = ", ".join(sorted(PAGE_SUFFIXES - {""}))
        why = (
            f"The folder {shown} holds no pages ({kinds}, or no ending): name the files themselves to have them tried."
        )
        yield PageGap(shown, "page", why)


def _below(folder: str, gaps: list[PageGap], above: frozenset[str] = frozenset()) -> Iterator[str]:
    """The paths of the pages in a folder and below, sorted; what cannot be listed is added to `gaps`."""
    real = os.path.realpath(folder)
    if real in above:  # a link back up: its pages are read where they are
        return
    try:
        names = sorted(os.listdir(folder))
    except OSError as error:
        shown = _shown(folder)
        gaps.append(PageGap(shown, "page", f"The folder {shown} could not be listed ({error.strerror})."))
        return
    for name in names:
        path = os.path.join(folder, name)
        if name.startswith("."):
            continue
        if os.path.isdir(path):
            yield from _below(path, gaps, above | {real})
        elif _is_page(name) or _is_feed(path):
            yield path


def _is_page(name: str) -> bool:
    """Whether a file's name is one of a page's."""
    return _suffix(name) in PAGE_SUFFIXES


def _is_feed(path: str) -> bool:
    """Whether a file that may hold anything holds a feed."""
    if _suffix(path) not in FEED_SUFFIXES or path.lower().endswith(".gz"):
        return False
    try:
        with open(path, "rb") as stream:
            head = stream.read(HEAD)
    except OSError:
        return True  # what cannot be read is said where it is opened
    return kind(head, path) == "feed" or (kind(head, path) == "json" and b"jsonfeed.org/version" in head)


def _suffix(name: str) -> str:
    """The ending that says what a file holds, in lower case: ".html" of "a.html.gz"."""
    stem, suffix = os.path.splitext(name.lower())
    return os.path.splitext(stem)[1] if suffix == ".gz" else suffix
