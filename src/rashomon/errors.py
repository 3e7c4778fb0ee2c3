"""What goes wrong, as sentences: what is wrong, where, what to do."""

from __future__ import annotations


class RashomonError(Exception):
    """The root of every error that rashomon raises on purpose."""


class PageError(RashomonError):
    """What was handed in is no page at all: no bytes, a picture, an archive."""


class UsageError(RashomonError):
    """The call cannot be carried out as it is worded."""
