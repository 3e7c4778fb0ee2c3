"""Bytes → characters: what is no page refused, the encoding found, what it cannot hold said."""

from __future__ import annotations

import codecs
import json
import re
from typing import NamedTuple

from rashomon.errors import PageError
from rashomon.model import Gap
from rashomon.pages.charset import fitting, wide
from rashomon.pages.limits import PAGE_BYTES, too_long
from rashomon.pages.tables import rows

PDF = "pdf"
"""The `encoding` of a PDF's text."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_HEAD = 4096
_BLANK = "\ufeff\x00 \t\r\n\f\v"
# Control characters carry no text; a space keeps every offset.
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_TAB, _SHIFT, _SPACE = 9, 14, 32
_FEEDS = (b"\x7f", b"\v", b"\f")
_PIECE = 1 << 16
"""So many bytes stay near at hand while they are counted."""
_JSON = re.compile(r'(?:\[\s*)?\{\s*(?:"[^"\n]{0,200}"\s*:|\}\s*$)')
# What colours a terminal, and titles its window (ECMA-48): kept, as signs that can be shown, to be mended away.
_ESCAPE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b\n]{0,200}(?:\x07|\x1b\\))")
_SIGNS = str.maketrans({"\x1b": "\u241b", "\x07": "\u2407"})
_SURROGATE = re.compile("[\ud800-\udfff]")
_NO_PAGE = "hand in the page itself, as HTML or plain text."


class Decoded(NamedTuple):
    """A capture as characters."""

    text: str
    encoding: str
    gaps: tuple[Gap, ...]
    utf8: bytes = b""
    """The text in UTF-8, which is looked through, parsed and digested in less time than characters."""


def decode(raw: bytes | str, declared: str | None = None) -> Decoded:
    """The capture's characters; PageError where it is no page: empty, a picture, an archive, other binary data.

    `declared` is the charset that was named beside the capture (HTTP, MIME), which outranks what it names itself.
    Of a PDF the characters are its text, laid out. Of more than `PAGE_BYTES` only so many are decoded.
    """
    if len(raw) > PAGE_BYTES and not (isinstance(raw, bytes) and is_pdf(raw)):
        decoded = decode(raw[:PAGE_BYTES], declared)
        return decoded._replace(gaps=(*decoded.gaps, too_long()))
    if isinstance(raw, str):
        _refuse_empty(raw)
        _refuse_json(raw)
        text, utf8 = _paired(raw)
        gaps = () if text is raw else _lost(text, raw.count("\ufffd"), "given as it was")
        return _shown(text, utf8, "str", gaps)
    if not raw.strip(b" \t\r\n\f\v\x00"):
        _refuse_empty("")
    for bom, name in _BOMS:
        if raw.startswith(bom):
            return _decoded(raw[len(bom) :], name)
    if is_pdf(raw):
        from rashomon.pages.pdf import laid_out

        text, gaps = laid_out(raw)
        return Decoded(text, PDF, gaps, text.encode("utf-8", "replace"))
    _refuse_binary(raw)
    return _decoded(raw, fitting(raw, declared))


def is_pdf(raw: bytes) -> bool:
    """Whether the capture is a PDF: its mark stands at the beginning, or after a little that servers put before it."""
    return raw.startswith(b"%PDF-") or (b"%PDF-" in raw[:1024] and b"endobj" in raw and b"<" not in raw[:8])


def _paired(text: str) -> tuple[str, bytes]:
    """With U+FFFD for surrogates without their partners; and in UTF-8."""
    try:
        return text, text.encode("utf-8")
    except UnicodeEncodeError:
        text = _SURROGATE.sub("\ufffd", text)
        return text, text.encode("utf-8")


def _shown(text: str, utf8: bytes, name: str, gaps: tuple[Gap, ...]) -> Decoded:
    """Without control characters, each offset as it was."""
    if _has_controls(utf8):
        if "\x1b" in text:
            text = _ESCAPE.sub(lambda match: match[0].translate(_SIGNS), text)
        text = _CONTROLS.sub(" ", text)
        utf8 = text.encode("utf-8", "surrogatepass")
    return Decoded(text, name, gaps, utf8)


def _has_controls(utf8: bytes) -> bool:
    """Whether a text has characters that are none: nearly all pages have none, and bytes are soon counted."""
    import numpy as np

    codes = np.frombuffer(utf8, np.uint8)
    if len(codes) and codes.min() < _TAB:
        return True
    # Those from the shift to a space are the least numbers, once all are shifted down; the others become the greatest.
    pieces = (codes[at : at + _PIECE] for at in range(0, len(codes), _PIECE))
    return any(code in utf8 for code in _FEEDS) or any((piece - _SHIFT).min() < _SPACE - _SHIFT for piece in pieces)


def _refuse_empty(text: str) -> None:
    # A text that ends in white space would be copied whole.
    if not text[:_HEAD].strip(_BLANK) and not text.strip(_BLANK):
        raise PageError("The capture is empty (no bytes, or white space alone): fetch the page again.")


def _refuse_binary(raw: bytes) -> None:
    """PageError where the bytes are known to be, or look like, something else than text."""
    for row in rows("binaries"):
        magic = bytes.fromhex(row["magic"])
        at = int(row["at"])
        if raw[at : at + len(magic)] == magic:
            raise PageError(f"This is {row['what']}, not a page: {_NO_PAGE}")
    head = raw[:_HEAD]
    if wide(head):
        return
    strange = sum(byte < 9 or 13 < byte < 27 or 27 < byte < 32 for byte in head)
    if (b"\x00" in head and strange > len(head) // 50) or strange > len(head) // 10:
        raise PageError(f"These bytes are no text (they look like a program's data), so there is no page: {_NO_PAGE}")


def _refuse_json(text: str) -> None:
    """PageError for JSON or JSON Lines: pages may be in it, but as values, and its keys are no prose."""
    start = text[:1000].lstrip("\ufeff \t\r\n")
    found = _JSON.match(start) is not None
    if not found and start.startswith("[") and text.rstrip().endswith("]"):
        try:
            json.loads(text.strip("\ufeff \t\r\n"))
            found = True
        except (ValueError, RecursionError):
            pass
    if found:
        raise PageError(
            "This is JSON and no page: hand in the HTML or the text that it holds, one page at a time, and what else "
            "it tells (title, authors, published, source) as what is known of the page."
        )


def _decoded(raw: bytes, name: str) -> Decoded:
    before = raw.decode("utf-8", "ignore").count("\ufffd") if name == "utf-8" and b"\xef\xbf\xbd" in raw else 0
    text = raw.decode(name, "replace")
    _refuse_empty(text)
    _refuse_json(text)
    gaps = _lost(text, before, f"read as {name}")
    whole = name == "utf-8" and not gaps
    return _shown(text, raw if whole else text.encode("utf-8", "surrogatepass"), name, gaps)


def _lost(text: str, before: int, how: str) -> tuple[Gap, ...]:
    """The gap that says how many characters the encoding could not give."""
    lost = text.count("\ufffd") - before
    if lost <= 0:
        return ()
    number = "1 character" if lost == 1 else f"{lost} characters"
    why = f"{number} could not be decoded ({how}) and became U+FFFD: save the page in its own encoding, or as UTF-8."
    return (Gap("characters", why),)
