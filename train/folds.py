"""Folds for cross-validation by site: pages of one site share templates, so they all stand in one fold."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from urllib.parse import urlsplit

_SECOND = 3
"""Below a country's domain, names of so few letters are a registry's ("co.uk", "com.au")."""


def site(address: str) -> str:
    """The domain under which a page's address was registered, as far as its shape tells; "" for no address."""
    try:
        names = (urlsplit(address).hostname or "").lower().strip(".").split(".")
    except ValueError:
        return ""
    registry = len(names) > 2 and len(names[-1]) == 2 and len(names[-2]) <= _SECOND
    return ".".join(names[-3 if registry else -2 :])


def folds(addresses: Sequence[str], count: int, seed: int) -> list[int]:
    """Each page's fold, 0 to `count` - 1: the same for all pages of a site, and folds of about as many sites.

    The sites' order is that of a checksum of the seed and the name: no random numbers, and the same
    folds on every machine.
    """
    sites = [site(address) for address in addresses]
    order = sorted(set(sites), key=lambda name: (zlib.crc32(f"{seed} {name}".encode()), name))
    place = {name: at % count for at, name in enumerate(order)}
    return [place[name] for name in sites]
