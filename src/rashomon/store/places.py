"""What is the same for all captures of one page, and from when a capture counts."""

from __future__ import annotations

import os
import re
from functools import cache
from urllib.parse import parse_qsl, urlencode, urlsplit

from rashomon import tables
from rashomon.model import Page
from rashomon.stories.dates import stretch

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")
_SUBDOMAIN = re.compile(r"(?:www\d?|m|mobile|amp)\.")


def place(page: Page) -> str:
    """The key of a page's address: equal for two captures of one page.

    Of a URL scheme, "www.", the fragment, and parameters that only say where a reader came from do not count; where
    the page names another address of the same server as its own, that one counts. A path counts from the root of the
    file system. A page without an address is its own place.
    """
    if not page.address:
        return f"page {page.id}"
    if not _SCHEME.match(page.address):
        path, mark, number = page.address.partition("#")
        return os.path.abspath(path) + mark + number
    own = url_key(page.address)
    if page.canonical and _SCHEME.match(page.canonical):
        named = url_key(page.canonical)
        # A canonical address of another server is a copy's original, and one without a path is a mistake of the site's.
        if named.partition("/")[0] == own.partition("/")[0] and named.partition("/")[2].strip("/"):
            return named
    return own


def url_key(url: str) -> str:
    """A URL without what does not tell pages apart."""
    try:
        parts = urlsplit(url.strip())
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError:
        return url.strip()
    host = _SUBDOMAIN.sub("", host, count=1) if host.count(".") > 1 else host
    if port and (parts.scheme, port) not in {("http", 80), ("https", 443)}:
        host += f":{port}"
    kept = [(key, value) for key, value in parse_qsl(parts.query, keep_blank_values=True) if not _is_tracking(key)]
    query = f"?{urlencode(sorted(kept))}" if kept else ""
    return f"{host}{parts.path.rstrip('/') or '/'}{query}"


def _is_tracking(key: str) -> bool:
    return key.lower().startswith("utm_") or key.lower() in _tracking()


@cache
def _tracking() -> frozenset[str]:
    return frozenset(row["key"] for row in tables.read("store", "tracking"))


def moment(page: Page, added: float, later: bool) -> float:
    """From when a capture counts, in seconds since 1970.

    From when the page says that it was last changed, else published; where it says neither, from when it was captured,
    else from `added`, when it came into the store. A `later` capture of a known address counts from when it was
    captured where the page does not say that it was changed. What lies in the future counts from when it came.
    """
    captured = _end(page.captured)
    upper = min(added, captured) if captured is not None else added
    modified = _end(page.modified.value) if page.modified else None
    published = _end(page.published.value)
    found = max((each for each in (modified, published) if each is not None), default=None)
    if found is None or (later and modified is None):
        return upper
    return min(found, upper)


def _end(value: str | None) -> float | None:
    found = stretch(value)
    return found[1] if found else None
