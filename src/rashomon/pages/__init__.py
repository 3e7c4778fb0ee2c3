"""Bytes → Page: captures gathered from files and folders, decoded, cleaned, and described.

gather(paths)               files and folders → captures, or gaps where there are none
read(raw, address, known)   one capture → Page, bare: its `times` and `entities` are left empty
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rashomon.model import Page
from rashomon.pages.gather import Capture, gather

__all__ = ["Capture", "gather", "read"]


def read(raw: bytes | str, address: str | None = None, known: Mapping[str, Any] | None = None) -> Page:
    """The page of one capture; see `rashomon.read_page` for `known`.

    PageError for what is no page at all; everything else that could not be read is in `gaps`.
    """
    from rashomon.pages.page import read as read_capture

    return read_capture(raw, address, known)
