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

    A path that is missing or unreadable, and a folder without pages, is a PageGap with a sentence.
    """
    for given in paths:
        path = os.fspath(given)
        if path == STDIN:
            yield Capture("standard input", sys.stdin.buffer.read())
        elif os.path.isdir(path):
            yield from _folder(path)
        else:
            yield _file(path)


def _file(path: str) -> Capture | PageGap:
    """One file's capture."""
    try:
        return Capture(path, Path(path).read_bytes())
    except FileNotFoundError:
        return PageGap(path, "page", f"There is no file or folder called {path}: check the spelling.")
    except PermissionError:
        return PageGap(path, "page", f"{path} may not be read by this user: change its permissions.")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        return PageGap(path, "page", f"{path} could not be read ({reason}): check the file.")


def _folder(folder: str) -> Iterator[Capture | PageGap]:
    """The captures of a folder's pages, its folders among them in the order of all the names."""
    gaps: list[PageGap] = []
    found = False
    for path in _below(folder, gaps):
        found = True
        yield _file(path)
    yield from gaps
    if not found and not gaps:
        kinds = ", ".join(sorted(PAGE_SUFFIXES - {""}))
        why = (
            f"The folder {folder} holds no pages ({kinds}, or no ending): name the files themselves to have them tried."
        )
        yield PageGap(folder, "page", why)


def _below(folder: str, gaps: list[PageGap], above: frozenset[str] = frozenset()) -> Iterator[str]:
    """The paths of the pages in a folder and below, sorted; what cannot be listed is added to `gaps`."""
    real = os.path.realpath(folder)
    if real in above:  # a link back up: its pages are read where they are
        return
    try:
        names = sorted(os.listdir(folder))
    except OSError as error:
        gaps.append(PageGap(folder, "page", f"The folder {folder} could not be listed ({error.strerror})."))
        return
    for name in names:
        path = os.path.join(folder, name)
        if name.startswith("."):
            continue
        if os.path.isdir(path):
            yield from _below(path, gaps, above | {real})
        elif os.path.splitext(name)[1].lower() in PAGE_SUFFIXES:
            yield path
