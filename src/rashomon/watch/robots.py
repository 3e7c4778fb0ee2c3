"""What robots.txt of a host allows: asked once a day, kept in the store, obeyed for feeds and pages alike."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from protego import Protego

AGENT = "rashomon"
KEPT = 86_400.0
"""Seconds for which an answer is kept."""
NOTHING = ""
SIZE = 512 * 1024
"""Bytes that are read of it, as RFC 9309 has it."""


def host(url: str) -> str:
    """Scheme, name and port of a URL's server."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}".lower()


def rules(status: int | None, body: bytes) -> str | None:
    """The text that counts after an answer, by RFC 9309: none there (4xx) is none at all, a server that fails (5xx, or
    no answer) closes everything for now; None for that."""
    if status == 200:
        return body[:SIZE].decode("utf-8", "replace").replace("\0", "")
    return NOTHING if status is not None and 400 <= status < 500 and status != 429 else None


def allowed(text: str, url: str) -> bool:
    """Whether the rules let us ask for the URL."""
    return bool(_parsed(text).can_fetch(url, AGENT))


def delay(text: str) -> float:
    """Seconds between two requests that the rules ask for, a minute at most; 0 where they say nothing."""
    wanted = _parsed(text).crawl_delay(AGENT)
    return min(float(wanted), 60.0) if wanted else 0.0


@lru_cache(maxsize=256)
def _parsed(text: str) -> Protego:
    from protego import Protego

    return Protego.parse(text)
