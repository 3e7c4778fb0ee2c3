"""What a capture is, by its first bytes and, where these leave it open, by its name."""

from __future__ import annotations

import re
from typing import Literal

Kind = Literal["gzip", "zip", "warc", "json", "feed", "mail", "page"]
HEAD = 8192
"""Bytes that are looked at."""

_FEED = re.compile(
    rb"<(?:rss\b|feed\b|(?:\w+:)?RDF\b[^>]{0,2000}(?:purl\.org/rss|channel\.netscape\.com)|atom:feed\b)", re.I
)
_OPENING = re.compile(
    rb"(?:\s|<\?[^>]{0,500}\?>|<!--(?:[^-]|-(?!->)){0,2000}-->|<!DOCTYPE\s+(?:rss|feed|rdf)[^>\[]{0,500}(?:\[[^\]]{0,6000}\])?\s*>)*"
)
_JSON = re.compile(rb'\s*(?:\[\s*)?\{\s*(?:"(?:[^"\\\n]|\\.){0,200}"\s*:|\}\s*(?:$|[\r\n]))')
_FIELD = re.compile(rb"([A-Za-z][A-Za-z0-9-]{1,60}):(?:[ \t]|\r?$)")
# Only mail programs write these; "From", "Date" and "Subject" stand in dumps too.
_MAIL_ONLY = frozenset(
    b"received message-id mime-version return-path delivered-to dkim-signature x-mailer list-unsubscribe "
    b"content-transfer-encoding snapshot-content-location".split()
)
_MARKS = (b"\xef\xbb\xbf",)


def kind(head: bytes, name: str) -> Kind:
    """The kind of a capture whose first bytes are `head`; `name` is its path or address."""
    name = name.lower()
    if head.startswith(b"\x1f\x8b"):
        return "gzip"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    if head.startswith(b"WARC/") or (head.startswith(b"\x28\xb5\x2f\xfd") and name.endswith(".warc.zst")):
        return "warc"
    if head.startswith(b"%PDF-"):
        return "page"
    for mark in _MARKS:
        head = head.removeprefix(mark)
    if _JSON.match(head):
        return "json"
    opening = _OPENING.match(_narrow(head))
    if opening and _FEED.match(_narrow(head), opening.end()):
        return "feed"
    if is_mail(head) or (name.endswith((".eml", ".mbox", ".mht", ".mhtml")) and _fields(head)):
        return "mail"
    return "page"


def is_mail(head: bytes) -> bool:
    """Whether the bytes open as a message does: header fields, one of which only mail programs write."""
    return bool(_fields(head) & _MAIL_ONLY)


def _fields(head: bytes) -> set[bytes]:
    """The names of the header fields that the bytes open with, in lower case; none where anything else stands there."""
    lines = head.lstrip(b"\r\n").split(b"\n")
    if lines[0].startswith(b"From "):  # as mailboxes part their messages
        lines = lines[1:]
    out: set[bytes] = set()
    for line in lines:
        if not line.strip():
            break
        if line[:1] in b" \t" and out:
            continue
        field = _FIELD.match(line)
        if field is None:
            # The last line may be cut.
            return out if line is lines[-1] and len(out) > 2 else set()
        out.add(field[1].lower())
    return out


def _narrow(head: bytes) -> bytes:
    """UTF-16 as its Latin characters: enough to know markup by."""
    if head[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return head[2:].replace(b"\x00", b"")
    return head.replace(b"\x00", b"") if b"\x00" in head[:2] else head
