"""PDF → text in reading order (pdfium), and what the file says of itself.

This is a PDF's decoding: a line ends in a line feed, a paragraph in two, a sheet in a form feed. `flow` makes
paragraphs of it.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from rashomon.errors import PageError
from rashomon.model import Dated, Gap
from rashomon.pages.layout import Line, in_order, written
from rashomon.pages.limits import STREAM_BYTES, size

SHEETS = 300
"""Of longer PDF files no more sheets are read."""
SHEET_CHARS = 100_000
"""Sheets with more characters are passed over: a newspaper's has a third of it."""
_GUTTER = 1.3
"""Heights of a letter between two words that are no more of one line."""
_STREAM = re.compile(rb"stream\r?\n")
_TWICE = re.compile(
    rb"/Filter\s*\[\s*/(?:FlateDecode|LZWDecode|Fl|LZW)\s*/(?:FlateDecode|LZWDecode|RunLengthDecode|Fl|LZW|RL)\b"
)
_DATE = re.compile(r"D:(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d)?)?(?:(Z)|([+-]\d\d)'?(\d\d)?'?)?")
_BROWSER = re.compile(r"Mozilla|Chrom|Skia/PDF|Firefox|Safari|wkhtmltopdf", re.I)
"""What browsers, and programs that print as they do, write into a PDF as its maker."""
_NO_TITLE = re.compile(
    r"(?:microsoft word|untitled|document\d*|print|layout \d)\b|.*\.(?:docx?|indd|qxp|pdf|html?)$|\S*$", re.I
)


class Told(NamedTuple):
    """What a PDF says of itself, which is of less weight than what stands on it."""

    title: str | None = None
    authors: tuple[str, ...] = ()
    published: Dated | None = None
    captured: str | None = None
    """When a browser printed a page to the file: that is a capture, and says nothing of its publication."""


def laid_out(raw: bytes) -> tuple[str, tuple[Gap, ...]]:
    """The text of a PDF and what is missing of it; PageError for one that is damaged, locked or a bomb."""
    _refuse_bombs(raw)
    sheets: list[str] = []
    gaps: list[Gap] = []
    with _opened(raw) as document:
        count = len(document)
        for number in range(min(count, SHEETS)):
            found = _lines(document, number)
            if found is None:
                why = f"Sheet {number + 1} of the PDF could not be read: open it, and copy the text by hand."
                gaps.append(Gap("text", why))
            sheets.append(written(in_order(*(found or ([], 0.0)))))
    if count > SHEETS:
        why = f"The PDF has {count:,} sheets, and only the first {SHEETS} were read: split it into its articles."
        gaps.append(Gap("text", why))
    text = "\f".join(sheets)
    if not text.strip():
        why = "The PDF holds no text, only pictures: make its text readable first (by OCR), or find the page as HTML."
        gaps.append(Gap("text", why))
    return text, tuple(gaps)


def metadata(raw: bytes) -> Told:
    """Title, author and date of creation that the PDF has beside its text; none of them where they are no use."""
    try:
        with _opened(raw) as document:
            told = document.get_metadata_dict()
    except PageError:
        return Told()
    title = " ".join(str(told.get("Title", "")).split())
    author = " ".join(str(told.get("Author", "")).split())
    made = _created(str(told.get("CreationDate", "")))
    printed = bool(_BROWSER.search(f"{told.get('Creator', '')} {told.get('Producer', '')}"))
    return Told(
        title if title and not _NO_TITLE.match(title) else None,
        (author,) if author else (),
        None if printed else made,
        made.value if printed and made else None,
    )


def _created(given: str) -> Dated | None:
    """When the file was made: no statement of publication, since a page may be printed years later."""
    match = _DATE.match(given)
    if not match:
        return None
    year, month, day = match.group(1, 2, 3)
    if not ("1990" <= year <= "2099" and "01" <= month <= "12" and "01" <= day <= "31"):
        return None
    why = f"The PDF was made on {year}-{month}-{day} by its own data; the page itself states no date and may be older."
    return Dated(f"{year}-{month}-{day}", "inferred", why)


@contextmanager
def _opened(raw: bytes) -> Iterator[Any]:
    """The PDF as pdfium has it, closed at the end."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(raw)
    except pypdfium2.PdfiumError as error:
        if "assword" in str(error) or "ecurity" in str(error):
            raise PageError(
                "This PDF is locked by a password, so it cannot be read: save it without one, and hand that in."
            ) from None
        raise PageError(
            "This PDF is damaged and cannot be opened: fetch it again, or hand in the text itself."
        ) from None
    try:
        yield document
    finally:
        document.close()


def _refuse_bombs(raw: bytes) -> None:
    """PageError where a packed part would take up more memory than any page's."""
    if _TWICE.search(raw):
        raise PageError("A part of this PDF is packed twice over, as bombs are: hand in the text itself.")
    for match in _STREAM.finditer(raw):
        start = match.end()
        end = raw.find(b"endstream", start)
        end = len(raw) if end < 0 else end
        if (end - start) * 1032 < STREAM_BYTES or b"/Image" in raw[max(0, start - 500) : start]:
            continue
        if _grows(raw[start:end]):
            raise PageError(
                f"A part of this PDF unpacks to more than {size(STREAM_BYTES)}, as bombs do: hand in the text itself."
            )


def _grows(packed: bytes) -> bool:
    """Whether a stream unpacks to more than a page's part may."""
    unpack, total = zlib.decompressobj(), 0
    try:
        while packed and total <= STREAM_BYTES:
            total += len(unpack.decompress(packed, 2**20))
            packed = unpack.unconsumed_tail
    except zlib.error:
        return False
    return total > STREAM_BYTES


def _lines(document: Any, number: int) -> tuple[list[Line], float] | None:
    """A sheet's lines in the order in which they are drawn, and its height; None where it cannot be read."""
    import pypdfium2
    import pypdfium2.raw as pdfium

    try:
        sheet = document[number]
        text = sheet.get_textpage()
    except pypdfium2.PdfiumError:
        return None
    try:
        count = pdfium.FPDFText_CountChars(text)
        if count > SHEET_CHARS:
            return None
        codes = [pdfium.FPDFText_GetUnicode(text, at) for at in range(count)]
        return list(_split(text, codes)), sheet.get_height()
    finally:
        text.close()
        sheet.close()


def _split(text: Any, codes: list[int]) -> Iterator[Line]:
    """The lines with their places. pdfium writes U+0002 or U+FFFE for a hyphen at a line's end, and no line's end."""
    at = 0
    for end, code in enumerate((*codes, 10)):
        if code not in {10, 13, 2, 0xFFFE}:
            continue
        inked = [i for i in range(at, end) if codes[i] > 32 and codes[i] != 0xA0]
        for first, last in _pieces(text, inked):
            words = "".join(_char(code) for code in codes[first : last + 1])
            yield _line(text, words + ("-" if code in {2, 0xFFFE} and last == inked[-1] else ""), first, last)
        at = end + 1


def _pieces(text: Any, inked: list[int]) -> Iterator[tuple[int, int]]:
    """The first and the last character of each piece of a line: columns that stand beside each other are parted."""
    start = None
    for last, following in zip(inked, [*inked[1:], None], strict=False):
        start = last if start is None else start
        if following is not None and following == last + 1:
            continue
        if following is not None:
            left, right = _box(text, last), _box(text, following)
            if right.left - left.right < _GUTTER * max(abs(left.top - left.bottom), 1.0):
                continue
        yield start, last
        start = None


def _box(text: Any, at: int) -> Any:
    """Where a character stands, with the room that its fount gives it."""
    import ctypes

    import pypdfium2.raw as pdfium

    box = pdfium.FS_RECTF()
    pdfium.FPDFText_GetLooseCharBox(text, at, ctypes.byref(box))
    return box


def _char(code: int) -> str:
    """The character; a space for controls and what is no character, so that none is lost."""
    if code < 32 or 0x7F <= code < 0xA0 or 0xD800 <= code < 0xE000 or code in {0xFFFF, 0xAD} or code > 0x10FFFF:
        return " "
    return chr(code)


def _line(text: Any, words: str, first: int, last: int) -> Line:
    """A line with its box (points from the sheet's lower left corner) and the size of its letters."""
    left, right = _box(text, first), _box(text, last)
    height = max(1.0, abs(left.top - left.bottom))
    bottom, top = min(left.bottom, right.bottom), max(left.top, right.top)
    return Line(words, min(left.left, right.left), bottom, max(left.right, right.right), top, height)
