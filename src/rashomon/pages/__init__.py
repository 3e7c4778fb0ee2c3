"""Bytes → Page: captures gathered from files, folders and URLs, decoded, cleaned, and described.

    gather(paths)               files, folders, URLs → captures, or gaps where there are none
    read(raw, address, known)   one capture → Page, bare: its `times` and `entities` are left empty

What is heavy (trafilatura, lxml, ftfy) is imported when the first page needs it.
"""

from __future__ import annotations

from rashomon.pages.captures import Capture
from rashomon.pages.gather import gather

# At once and not inside a function: the module of this name would take the function's place otherwise.
from rashomon.pages.read import read

__all__ = ["Capture", "gather", "read"]
