"""How much is read at most: the stated limits, and streams that keep to them."""

from __future__ import annotations

import io
import re
import zlib
from typing import BinaryIO

from rashomon.model import Gap

PAGE_BYTES = 32 * 2**20
"""Of one page's capture no more is read: the largest pages of news have a tenth of it."""
PDF_BYTES = 128 * 2**20
"""The same for a PDF, most of which are pictures; cut, it could not be opened."""
FILE_BYTES = 512 * 2**20
"""Of an archive that must be at hand as a whole (WACZ from a pipe or a URL) no more is taken in."""
PACKED_FLOOR = 256 * 2**20
"""So much may come of packed data in any case."""
PACKED_RATIO = 200
"""Beyond that, packed data may grow by this factor: text grows tenfold, a bomb a thousandfold."""
STREAM_BYTES = 64 * 2**20
"""Of a packed part of a PDF no more is unpacked."""
ENTRIES = 100_000
"""Of the parts of one message, feed or archive no more are looked at."""

_CHUNK = 2**16
_CHUNK_HEAD = re.compile(rb"([0-9a-fA-F]{1,8})[ \t]*(?:;[^\r\n]{0,1000})?\r\n")


def size(count: int) -> str:
    """A number of bytes as people say it."""
    for unit, bytes_ in (("GB", 2**30), ("MB", 2**20), ("KB", 2**10)):
        if count >= bytes_:
            return f"{count / bytes_:.3g} {unit}"
    return "1 byte" if count == 1 else f"{count} bytes"


def too_long(limit: int = PAGE_BYTES) -> Gap:
    """The gap of a capture that is longer than any page."""
    why = f"The capture is longer than {size(limit)}, and only that much of it was read: split it into its pages."
    return Gap("text", why)


def taken(stream: BinaryIO) -> tuple[bytes, tuple[Gap, ...]]:
    """One page's bytes out of a stream, and the gap that says where they were cut."""
    head = whole(stream, 5)
    limit = PDF_BYTES if head == b"%PDF-" else PAGE_BYTES
    raw = head + whole(stream, limit + 1 - len(head))
    if len(raw) > limit:
        return raw[:limit], (too_long(limit),)
    return raw, ()


def whole(stream: BinaryIO, limit: int) -> bytes:
    """The stream's bytes up to its end or the limit, however few come at a time."""
    parts: list[bytes] = []
    while limit > 0 and (part := stream.read(min(limit, 2**20))):
        parts.append(part)
        limit -= len(part)
    return b"".join(parts)


def unchunked(body: bytes) -> bytes:
    """A body of HTTP's chunks put together; as it is where it is none, for many archives have undone them already."""
    out: list[bytes] = []
    at = 0
    while match := _CHUNK_HEAD.match(body, at):
        length = int(match[1], 16)
        out.append(body[match.end() : match.end() + length])
        at = match.end() + length + 2
        if not length:
            break
    return b"".join(out) if out else body


def unpacked(body: bytes, packing: str) -> tuple[bytes, str | None]:
    """A body without its packing, up to `PAGE_BYTES` and one more, and why it ended early; `packing` as HTTP names it.

    As it is where it is not packed so, for many archives have unpacked it already.
    """
    packing = packing.strip().lower()
    if packing in {"gzip", "x-gzip"} and body.startswith(b"\x1f\x8b"):
        stream = Unpacked(io.BytesIO(body))
        return whole(stream, PAGE_BYTES + 1), stream.cut  # type: ignore[arg-type]
    if packing == "deflate":
        for bits in (15, -15):
            try:
                return zlib.decompressobj(bits).decompress(body, PAGE_BYTES + 1), None
            except zlib.error:
                continue
    if packing in {"br", "zstd"}:
        return _read_through(body, packing)
    return body, None


def _read_through(body: bytes, packing: str) -> tuple[bytes, str | None]:
    """A body packed by Brotli or Zstandard; as it is where it is not."""
    from fastwarc import stream_io

    reader = stream_io.BrotliReader if packing == "br" else stream_io.ZstdReader
    parts: list[bytes] = []
    try:
        stream = reader(io.BytesIO(body))
        while sum(map(len, parts)) <= PAGE_BYTES and (part := stream.read(_CHUNK)):
            parts.append(part)
    except (OSError, ValueError, EOFError):
        return (b"".join(parts), "its packed data are damaged") if parts else (body, None)
    return b"".join(parts)[: PAGE_BYTES + 1], None


class Chained(io.RawIOBase):
    """A stream whose first bytes were read already, put together again."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        super().__init__()
        self._head = memoryview(head)
        self._rest = rest

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """As many bytes as come at once."""
        part = bytes(self._head[: len(buffer)]) if self._head else self._rest.read(len(buffer)) or b""
        self._head = self._head[len(part) :]
        buffer[: len(part)] = part
        return len(part)


class Unpacked(io.RawIOBase):
    """What a gzip stream of one or more members holds; it ends where the data do, or at the limit, and says so."""

    def __init__(self, packed: BinaryIO) -> None:
        super().__init__()
        self._packed = packed
        self._member = zlib.decompressobj(31)
        self._rest = b""
        self._begun = False
        self._in = self._out = 0
        self.cut: str | None = None
        """Why the stream ended before its data did: a clause, or null."""

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """As many bytes as come at once; none at the end."""
        while not self.cut:
            try:
                part = self._more(min(len(buffer), _CHUNK))
            except zlib.error:
                self.cut = "its packed data are damaged"
                break
            if part is None:
                break
            if part:
                buffer[: len(part)] = part
                return len(part)
        return 0

    def _more(self, limit: int) -> bytes | None:
        """A piece, empty where more has to be read first; None at the end."""
        if self._member.eof:
            self._rest = self._member.unused_data.lstrip(b"\x00")
            self._member, self._begun = zlib.decompressobj(31), False
        if not self._rest:
            self._rest = self._packed.read(_CHUNK) or b""
            self._in += len(self._rest)
            if not self._begun:
                self._rest = self._rest.lstrip(b"\x00")
        if not self._rest and not self._member.unconsumed_tail:
            if self._begun:
                self.cut = "it is cut off"
            return None
        self._begun = True
        part = self._member.decompress(self._rest, limit)
        self._rest = self._member.unconsumed_tail
        self._out += len(part)
        if self._out > max(PACKED_FLOOR, PACKED_RATIO * self._in):
            self.cut = f"it grows to more than {size(self._out)}, {PACKED_RATIO} times what it is packed in"
            return None
        return part
