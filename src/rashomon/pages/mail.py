"""E-mail messages, alone or in mailboxes (mbox), and pages saved as MHTML → captures: the HTML part, or the plain one.

The headers tell title, source and date, but for forwarded messages, whose headers are the forwarder's. Attachments
that are pages (HTML, text, PDF, messages) are captures of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header
from email.message import Message
from email.utils import parseaddr
from typing import Any, BinaryIO

from rashomon.model import Gap, PageGap
from rashomon.pages import told
from rashomon.pages.captures import Capture
from rashomon.pages.limits import ENTRIES, PAGE_BYTES, size, whole

_FORWARDED = re.compile(r"\s*(?:fwd?|fw|wg|tr|i|rv|re|aw|sv|antw)\s*(?:\[\d+\])?\s*:\s*", re.I)
_FOREIGN = re.compile(r"\s*(?:fwd?|fw|wg|tr|rv)\s*(?:\[\d+\])?\s*:", re.I)
_MULTIPART = re.compile(rb"^content-type:[ \t]*multipart/", re.I | re.M)
# What parts the messages of a mailbox (RFC 4155): who sent one, and when; what looks so in a message is quoted.
_FROM = re.compile(rb"From \S.{0,300}\d\d:\d\d")
_QUOTED = re.compile(rb">+From ")
_LONGEST = 2 * PAGE_BYTES
"""Bytes of one message."""
_PAGES = frozenset({"text/html", "application/xhtml+xml", "text/plain", "application/pdf"})
_DEEP = 5
"""Messages attached to messages are followed so far."""
_PARTS = 200
"""Parts of one message that are looked at."""


def captures(stream: BinaryIO, address: str) -> Iterator[Capture | PageGap]:
    """The page of a message, then those of its attachments; of a mailbox, those of all its messages."""
    first = stream.readline(_LONGEST)
    if first.startswith(b"From "):
        yield from _mailbox(stream, address)
    else:
        yield from _read(first + whole(stream, _LONGEST + 1 - len(first)), address)


def _mailbox(stream: BinaryIO, address: str) -> Iterator[Capture | PageGap]:
    """The pages of the messages of a mailbox (mbox), one after the other; that of one message has no number."""
    message, number, blank = bytearray(), 1, False
    while line := stream.readline(_LONGEST):
        if blank and _FROM.match(line):
            yield from _read(bytes(message), f"{address}#{number}")
            message, number, blank = bytearray(), number + 1, False
            if number > ENTRIES:
                why = f"{address} holds more than {ENTRIES:,} messages, and only so many were read: split it."
                yield PageGap(address, "page", why)
                return
            continue
        if len(message) <= _LONGEST:
            message += line[_QUOTED.match(line) is not None :]
        blank = not line.strip()
    yield from _read(bytes(message), address if number == 1 else f"{address}#{number}")


def _read(raw: bytes, address: str) -> Iterator[Capture | PageGap]:
    """The pages of one message."""
    cut: tuple[Gap, ...] = ()
    if len(raw) > _LONGEST:
        raw = raw[:_LONGEST]
        cut = (Gap("text", f"The message is longer than {size(len(raw))}, and only that much of it was read."),)
    if len(_MULTIPART.findall(raw)) > _PARTS:
        why = f"{address} is a message of more than {_PARTS} nested parts, as bombs are: save the page from it."
        yield PageGap(address, "page", why)
        return
    try:
        message = message_from_bytes(raw)
        yield from _message(message, address, cut, 0)
    except (MessageError, ValueError, LookupError, TypeError, AttributeError, IndexError, RecursionError) as error:
        # The parser of the standard library does not hold its promise never to raise on damaged headers.
        why = f"{address} is no e-mail message that can be read ({type(error).__name__}): save it again."
        yield PageGap(address, "page", why)


def _message(message: Message, address: str, cut: tuple[Gap, ...], depth: int) -> Iterator[Capture | PageGap]:
    body, attached = _parts(message)
    if body is not None:
        yield _capture(message, body, address, cut)
    found = body is not None
    for number, part in enumerate(attached, 1):
        name = _header(part.get_filename()) or f"attachment {number}"
        if part.get_content_type() == "message/rfc822":
            inner = part.get_payload()
            if depth < _DEEP and isinstance(inner, list) and isinstance(inner[0], Message):
                yield from _message(inner[0], f"{address}#{name}", (), depth + 1)
                found = True
        elif (content := _bytes(part)).strip():
            known, _ = told.known("", encoding=part.get_content_charset())
            yield Capture(f"{address}#{name}", content, known)
            found = True
    if not found:
        why = f"{address} is a message without text (pictures or other files only): save the page that it links to."
        yield PageGap(address, "page", why)


def _parts(message: Message) -> tuple[Message | None, list[Message]]:
    """The part that is the page, and the attachments that are pages."""
    best: Message | None = None
    attached: list[Message] = []
    for part in _leaves(message):
        kind = part.get_content_type()
        if kind == "message/rfc822":
            attached.append(part)
        elif part.get_content_disposition() == "attachment" or kind == "application/pdf":
            if kind in _PAGES and part is not message:
                attached.append(part)
            elif part is message and best is None:
                best = part
        elif kind in _PAGES and (best is None or (_rank(part) > _rank(best))):
            best = part
    return best, attached


def _leaves(message: Message) -> Iterator[Message]:
    """The parts that have content, in order, attached messages as wholes."""
    waiting, count = [message], 0
    while waiting and count < _PARTS:
        part = waiting.pop(0)
        count += 1
        payload = part.get_payload()
        if part.get_content_type() != "message/rfc822" and isinstance(payload, list):
            waiting[:0] = [inner for inner in payload if isinstance(inner, Message)]
        else:
            yield part


def _rank(part: Message) -> int:
    """HTML with text in it, then plain text, then what is empty."""
    content = _bytes(part)[:200_000]
    letters = len(re.sub(rb"<[^>]{0,5000}>|\s", b"", content))
    return 0 if letters < 20 else 2 if part.get_content_type() != "text/plain" else 1


def _bytes(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _capture(message: Message, body: Message, address: str, cut: tuple[Gap, ...]) -> Capture:
    """The message's page with what its headers tell."""
    raw = _bytes(body)
    if body.get_param("format") == "flowed":
        # RFC 3676: a space at a line's end says that the paragraph goes on.
        raw = re.sub(rb"(?<=\S) \r?\n(?=[^>\s])", b" ", raw)
    subject = _header(message.get("Subject"))
    saved = _header(message.get("Snapshot-Content-Location"))
    told_here: dict[str, Any] = {"title": _FORWARDED.sub("", subject, count=1) if subject else None}
    if saved:
        # A page saved by a browser: its headers tell of the saving.
        told_here = {"captured": _header(message.get("Date"))}
    elif not (subject and _FOREIGN.match(subject)):
        told_here |= {"source": _sender(message), "published": _header(message.get("Date"))}
    known, gaps = told.known("the message's header “Date”", encoding=body.get_content_charset(), **told_here)
    return Capture(saved or address, raw, known, cut + gaps)


def _sender(message: Message) -> str | None:
    """The name of who sent it; the part of the address behind the @ where there is no name."""
    name, mailbox = parseaddr(_header(message.get("From")) or "")
    return name.strip(" '\"") or mailbox.rpartition("@")[2] or None


def _header(value: object) -> str | None:
    """A header's text, its encoded words (RFC 2047) decoded and its folds undone."""
    if value is None:
        return None
    out: list[str] = []
    try:
        for part, charset in decode_header(str(value)):
            out.append(part if isinstance(part, str) else _plain(part, charset))
    except (MessageError, ValueError):
        out = [str(value)]
    return re.sub(r"\s+", " ", "".join(out)).strip().encode("utf-8", "replace").decode("utf-8")[:1000] or None


def _plain(part: bytes, charset: str | None) -> str:
    try:
        return part.decode(charset or "utf-8", "replace")
    except LookupError:
        return part.decode("latin-1")
