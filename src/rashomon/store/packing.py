"""Records as the bytes that the store keeps: JSON in zlib, so that any program can read them without rashomon."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from typing import Any, TypeVar

import msgspec

from rashomon.model import Claim, Dated, Gap, Page
from rashomon.pages import Capture
from rashomon.spans import digest

T = TypeVar("T")

_LEVEL = 6


def packed(record: Any) -> bytes:
    """Any record, or plain data, as packed JSON."""
    return zlib.compress(_encoded(record), _LEVEL)


def _encoded(record: Any) -> bytes:
    try:
        return msgspec.json.encode(record)
    except UnicodeEncodeError:  # lone surrogates, which a page's known title may hold
        from rashomon.schema import written

        return written(msgspec.to_builtins(record), indent=0)


def page(data: bytes) -> Page:
    """The page that was packed."""
    return msgspec.json.decode(zlib.decompress(data), type=Page)


def claims(data: bytes) -> list[Claim]:
    """The claims of a page that were packed."""
    return msgspec.json.decode(zlib.decompress(data), type=list[Claim])


def plain(record: Any) -> bytes:
    """A small record as JSON."""
    return _encoded(record)


def capture_id(raw: bytes) -> str:
    """The id of captured bytes."""
    return digest("capture", raw)


def known(capture: Capture) -> bytes | None:
    """What was known of a capture and what was missing of it, as packed JSON; None where that is nothing."""
    if not capture.known and not capture.gaps:
        return None
    return packed({"known": dict(capture.known or {}), "gaps": capture.gaps})


def capture(address: str, raw: bytes, data: bytes | None) -> Capture:
    """The capture again, as it was handed in."""
    if data is None:
        return Capture(address, raw)
    found: Mapping[str, Any] = msgspec.json.decode(zlib.decompress(data))
    told = dict(found["known"])
    if isinstance(told.get("published"), dict):
        told["published"] = msgspec.convert(told["published"], Dated)
    return Capture(address, raw, told or None, msgspec.convert(found["gaps"], tuple[Gap, ...]))
