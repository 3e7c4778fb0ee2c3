"""Web archives → captures: WARC (also packed), WET, and WACZ, which is a ZIP of WARC files and a list of pages.

A page is a successful HTTP response (200 to 299) of HTML, plain text or PDF, a resource record of these, or the text
of a conversion record. Requests, revisits, metadata and what pages load are passed over.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from io import BufferedReader
from typing import TYPE_CHECKING, BinaryIO

from rashomon.model import Gap, PageGap
from rashomon.pages import told
from rashomon.pages.captures import Capture
from rashomon.pages.limits import ENTRIES, PAGE_BYTES, Chained, Unpacked, size, too_long, unchunked, unpacked, whole

if TYPE_CHECKING:
    from fastwarc.warc import WarcRecord

_TYPES = frozenset({"text/html", "application/xhtml+xml", "text/plain", "application/pdf"})
_NO_PAGES = ("/robots.txt", "/ads.txt", "/humans.txt", "/security.txt", "/llms.txt")
_HEADERS = 2**16


def captures(stream: BinaryIO, address: str) -> Iterator[Capture | PageGap]:
    """The pages of a WARC file, unpacked or not."""
    head = stream.read(2)
    joined: BinaryIO = BufferedReader(Chained(head, stream))
    packed = Unpacked(joined) if head == b"\x1f\x8b" else None
    if packed is not None:
        joined = BufferedReader(packed)
    found = False
    for item in _records(joined, address):
        found = found or isinstance(item, Capture)
        yield item
    if packed is not None and packed.cut:
        why = f"{address} was read up to where {packed.cut}: what came after is missing; fetch the archive again."
        yield PageGap(address, "page", why)
    elif not found:
        why = f"{address} holds no page: none of its records is a successful response of HTML, text or PDF."
        yield PageGap(address, "page", why)


def wacz(stream: BinaryIO, address: str) -> Iterator[Capture | PageGap]:
    """The pages of a WACZ: those that its list of pages names; all of them where that names none there is."""
    try:
        with zipfile.ZipFile(stream) as archive:
            names = [name for name in archive.namelist()[:ENTRIES] if name.lower().endswith((".warc", ".warc.gz"))]
            if not names:
                why = f"{address} is an archive (ZIP) without web archives in it: unpack it, or save a document as PDF."
                yield PageGap(address, "page", why)
                return
            listed = _listed(archive)
            found = False
            for name in names:
                for item in _member(archive, name, address):
                    if _wanted(item, listed):
                        found = found or isinstance(item, Capture)
                        yield item
            if listed and not found:
                everything = (item for name in names for item in _member(archive, name, address))
                yield from (item for item in everything if isinstance(item, Capture))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError, EOFError) as error:
        why = f"{address} could not be unpacked ({str(error)[:100] or type(error).__name__}): fetch the archive again."
        yield PageGap(address, "page", why)


def _member(archive: zipfile.ZipFile, name: str, address: str) -> Iterator[Capture | PageGap]:
    with archive.open(name) as member:
        yield from captures(member, f"{address}#{name}")  # type: ignore[arg-type]


def _wanted(item: Capture | PageGap, listed: frozenset[str]) -> bool:
    return not listed or not isinstance(item, Capture) or item.address in listed


def _listed(archive: zipfile.ZipFile) -> frozenset[str]:
    """The addresses that the archive's lists of pages name."""
    out: set[str] = set()
    for name in archive.namelist()[:ENTRIES]:
        if not (name.startswith("pages/") and name.endswith(".jsonl")):
            continue
        with archive.open(name) as member:
            for line in whole(member, PAGE_BYTES).split(b"\n"):  # type: ignore[arg-type]
                try:
                    row = json.loads(line)
                except (ValueError, RecursionError):
                    continue
                if isinstance(row, dict) and isinstance(row.get("url"), str):
                    out.add(row["url"])
    return frozenset(out)


class _Counted:
    """A stream that cannot go back, and knows where it is: fastwarc asks for no more."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._at = 0

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        part = self._stream.read(size)
        self._at += len(part)
        return part

    def tell(self) -> int:
        """How many bytes were read."""
        return self._at

    def seek(self, offset: int, whence: int = 0, /) -> int:
        """It cannot go anywhere else."""
        raise OSError("this stream cannot go back")

    def close(self) -> None:
        """Whoever opened the stream closes it."""


def _records(stream: BinaryIO, address: str) -> Iterator[Capture | PageGap]:
    """The pages among the records; a record that cannot be read is a gap."""
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    kinds = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
    records = iter(ArchiveIterator(_Counted(stream), record_types=kinds, parse_http=False, max_header_len=_HEADERS))
    while True:
        try:
            record = next(records, None)
            if record is None:
                return
            item = _capture(record)
        except BaseException as error:
            if not _expected(error):
                raise
            reason = " ".join(str(error).split())[:100] or type(error).__name__
            why = f"{address} could not be read to its end ({reason}): what came after is missing; fetch it again."
            yield PageGap(address, "page", why)
            return
        if item is not None:
            yield item


def _capture(record: WarcRecord) -> Capture | PageGap | None:
    """The record's page; None where it is none."""
    address = (record.headers.get("WARC-Target-URI") or "").strip(" <>")
    kind = (record.headers.get("Content-Type") or "").partition(";")[0].strip().lower()
    if not address or (not record.is_http and kind not in _TYPES) or address.endswith(_NO_PAGES):
        return None
    block = record.reader.read(min(record.content_length, PAGE_BYTES) + 1)
    gaps: tuple[Gap, ...] = ()
    if len(block) < record.content_length and len(block) <= PAGE_BYTES:
        why = f"The record of the archive is cut off after {size(len(block))} of {size(record.content_length)}."
        gaps = (Gap("text", f"{why} Fetch the page again."),)
    elif reason := record.headers.get("WARC-Truncated"):
        gaps = (Gap("text", f"The crawler cut the page off ({reason}): fetch it again."),)
    charset = None
    if record.is_http:
        record.set_bytes_content(block)
        try:
            # Decoding is ours: fastwarc's takes in all that a body grows to.
            record.parse_http(auto_decode="none", max_header_len=_HEADERS)
            status, kind, charset = _http(record)
            if not 200 <= status < 300 or kind not in _TYPES:
                return None
            block, cut = _body(record)
            gaps = (*gaps, *cut)
        except (OSError, ValueError, EOFError, RuntimeError) as error:
            reason = " ".join(str(error).split())[:100] or type(error).__name__
            why = f"The response of {address} cannot be read ({reason}): fetch the page again."
            return PageGap(address, "page", why)
    if len(block) > PAGE_BYTES:
        block, gaps = block[:PAGE_BYTES], (*gaps, too_long())
    known, more = told.known("", encoding=charset, captured=_date(record))
    return Capture(address, block, known, gaps + more)


def _expected(error: BaseException) -> bool:
    """Whether damaged data may be the cause: fastwarc, written in Rust, panics at some, and a panic is no Exception."""
    return isinstance(error, OSError | ValueError | EOFError | RuntimeError) or type(error).__name__ == "PanicException"


def _body(record: WarcRecord) -> tuple[bytes, tuple[Gap, ...]]:
    """The response's body without its transfer's chunks, unpacked; and a gap where that is cut."""
    body = record.reader.read(PAGE_BYTES + 1)
    if "chunked" in (record.http_headers.get("Transfer-Encoding") or "").lower():
        body = unchunked(body)
    body, cut = unpacked(body, record.http_headers.get("Content-Encoding") or "")
    if not cut:
        return body, ()
    return body, (Gap("text", f"The page was read up to where {cut}: fetch it again."),)


def _http(record: WarcRecord) -> tuple[int, str, str | None]:
    """Status, media type and charset of the response; HTML where no type is given."""
    kind = (record.http_headers.get("Content-Type") or "text/html").partition(";")[0].strip().lower()
    return record.http_headers.status_code or 0, kind, record.http_charset


def _date(record: WarcRecord) -> str | None:
    return record.headers.get("WARC-Date")
