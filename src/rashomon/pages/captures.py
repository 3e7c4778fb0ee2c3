"""What is gathered: one page's bytes with all that the place they came from tells of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from rashomon.model import Gap


class Capture(msgspec.Struct, frozen=True):
    """What was captured of one page, not read yet."""

    address: str
    """The path or URL as given, joined below the folder as given; "standard input"; in a file of many pages the page's
    own URL, or the file's path with "#" and its number."""
    raw: bytes
    known: Mapping[str, Any] | None = None
    """What is known of the page beforehand (see `rashomon.read_page`)."""
    gaps: tuple[Gap, ...] = ()
    """What is missing of the capture: it was cut off, or is longer than any page."""
