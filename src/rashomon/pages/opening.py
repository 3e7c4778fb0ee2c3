"""A stream → its captures, by what it is.

Every kind of file that captures come in is one function in a file of its own, which takes a stream and yields
`Capture`s and `PageGap`s (`READERS`); `sniff` says which of them a stream is for.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from io import BufferedReader
from typing import BinaryIO

from rashomon.model import Gap, PageGap
from rashomon.pages import feeds, jsonlines, mail, warc
from rashomon.pages.captures import Capture
from rashomon.pages.limits import FILE_BYTES, Chained, Unpacked, size, taken, whole
from rashomon.pages.sniff import HEAD, Kind, kind

Reader = Callable[[BinaryIO, str], Iterator[Capture | PageGap]]

READERS: dict[Kind, Reader] = {
    "warc": warc.captures,
    "zip": warc.wacz,
    "json": jsonlines.captures,
    "feed": feeds.captures,
    "mail": mail.captures,
}


def opened(stream: BinaryIO, address: str, name: str) -> Iterator[Capture | PageGap]:
    """The captures in a stream, by what it is; `name` (a path, a URL) helps where its first bytes leave that open."""
    head = whole(stream, HEAD)
    found = kind(head, name)
    stream = BufferedReader(Chained(head, stream))
    if found == "gzip":
        yield from _packed(stream, address, name.lower().removesuffix(".gz"))
    elif found == "page":
        yield Capture(address, *_page(stream))
    elif found == "zip":
        yield from _at_hand(stream, address)
    else:
        yield from READERS[found](stream, address)


def _packed(stream: BinaryIO, address: str, name: str) -> Iterator[Capture | PageGap]:
    """The captures in a gzip stream."""
    unpacked = Unpacked(stream)
    inner: BinaryIO = BufferedReader(unpacked)
    head = whole(inner, HEAD)
    found = kind(head, name)
    inner = BufferedReader(Chained(head, inner))
    if found == "page":
        raw, _, gaps = _page(inner)
        if unpacked.cut:
            why = f"The packed capture was read up to where {unpacked.cut}: fetch or pack it again."
            gaps = (*gaps, Gap("text", why))
        if raw or not unpacked.cut:
            yield Capture(address, raw, None, gaps)
            return
    elif found in {"gzip", "zip"}:
        yield PageGap(address, "page", f"{address} is an archive in an archive: unpack it, and name the pages.")
        return
    else:
        yield from READERS[found](inner, address)
    if unpacked.cut:
        why = f"{address} was read up to where {unpacked.cut}: what came after is missing; fetch or pack it again."
        yield PageGap(address, "page", why)


def _page(stream: BinaryIO) -> tuple[bytes, None, tuple[Gap, ...]]:
    raw, gaps = taken(stream)
    return raw, None, gaps


def _at_hand(stream: BinaryIO, address: str) -> Iterator[Capture | PageGap]:
    """A ZIP's captures, copied to a file first, since its table of contents is at its end."""
    with tempfile.TemporaryFile() as copy:
        left = FILE_BYTES + 1
        while left > 0 and (part := stream.read(min(left, 2**20))):
            copy.write(part)
            left -= len(part)
        if left <= 0:
            why = f"{address} is longer than {size(FILE_BYTES)}: unpack it, and name the files in it."
            yield PageGap(address, "page", why)
            return
        copy.seek(0)
        yield from warc.wacz(copy, address)
