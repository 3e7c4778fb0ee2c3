"""Files and folders → captures, in a fixed order, one read at a time.

Every kind of place that captures come from is one function that yields `Capture`s and `PageGap`s;
`gather` decides which of them a path is for. (Feeds, WARC, PDF, URLs: one function each, here.)
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from rashomon.errors import UsageError
from rashomon.model import PageGap

PAGE_SUFFIXES = frozenset({"", ".html", ".htm", ".xhtml", ".txt", ".text"})
"""Files in folders that are taken for pages; files named one by one are tried whatever they are called."""

STDIN = "-"


class Capture(msgspec.Struct, frozen=True):
    """What was captured of one page, not read yet."""

    address: str
    """The path as given, or joined below the folder as given; "-" for standard input."""
    raw: bytes
    known: Mapping[str, Any] | None = None
    """What is known of the page beforehand (see `rashomon.read_page`)."""


def gather(paths: Iterable[str | os.PathLike[str]]) -> Iterator[Capture | PageGap]:
    """The captures of the files and folders, in the order given, folders in the order of their names.

    A file that is named twice, or by two paths, is read once. A path that is missing or unreadable, and a folder
    without pages, is a PageGap with a sentence; UsageError where standard input is closed.
    """
    seen: set[object] = set()
    for given in paths:
        path = os.fspath(given)
        if path == STDIN:
            if STDIN not in seen:
                seen.add(STDIN)
                yield _stdin()
        elif os.path.isdir(path):
            yield from _folder(path, seen)
        elif _is_new(path, seen):
            yield _file(path)


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


def _stdin() -> Capture:
    if sys.stdin is None:
        raise UsageError("standard input is closed, so there is no page to read from it; name files instead of -")
    return Capture("standard input", sys.stdin.buffer.read())


def _shown(path: str) -> str:
    """The path as an address, with U+FFFD for bytes of it that are no UTF-8."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _file(path: str) -> Capture | PageGap:
    """One file's capture."""
    shown = _shown(path)
    if not path:
        return PageGap(path, "page", "One of the paths is empty: name a file or a folder.")
    try:
        return Capture(shown, Path(path).read_bytes())
    except FileNotFoundError:
        return PageGap(shown, "page", f"There is no file or folder called {shown}: check the spelling.")
    except PermissionError:
        return PageGap(shown, "page", f"{shown} may not be read by this user: change its permissions.")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        return PageGap(shown, "page", f"{shown} could not be read ({reason}): check the file.")


def _folder(folder: str, seen: set[object]) -> Iterator[Capture | PageGap]:
    """The captures of a folder's pages, its folders among them in the order of all the names."""
    gaps: list[PageGap] = []
    found = False
    for path in _below(folder, gaps):
        found = True
        if _is_new(path, seen):
            yield _file(path)
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
        elif _is_page(name):
            yield path


def _is_page(name: str) -> bool:
    return os.path.splitext(name)[1].lower() in PAGE_SUFFIXES
