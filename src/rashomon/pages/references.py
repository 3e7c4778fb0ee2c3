"""HTML's character references ("&amp;", "&#8211;") as the characters that they stand for."""

from __future__ import annotations

import html
import re

_ENDLESS = re.compile(r"&#(?:[0-9]{16,}|[xX][0-9a-fA-F]{16,});?")


def unescape(text: str) -> str:
    """The text with its references resolved, as `html.unescape` does, but that it raises for numbers without end.

    No character has such a number: as HTML has it, they are U+FFFD.
    """
    try:
        return html.unescape(text)
    except ValueError:  # Python makes no integer of more than some thousands of digits.
        return html.unescape(_ENDLESS.sub("\ufffd", text))
