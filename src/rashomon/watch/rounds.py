"""What a round of watching works with, and what it did."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping

import msgspec

from rashomon.store.store import Store
from rashomon.watch import polling
from rashomon.watch.polling import Answered, Polled

Asking = Callable[[str, Mapping[str, str]], Answered]
"""A URL and headers → what came of it; it never raises."""
PAUSE = 2.0
"""Seconds between two requests to one host."""


class Watch(msgspec.Struct):
    """What the loop works with; all that it does outside it does through these."""

    store: Store
    ask: Asking
    clock: Callable[[], float] = time.time
    sleep: Callable[[float], None] = time.sleep
    every: float = polling.EVERY
    pause: float = PAUSE
    tell: Callable[[str], None] = lambda sentence: None


class Round(msgspec.Struct):
    """What one round did."""

    polled: int = 0
    entries: int = 0
    """New or changed."""
    pages: int = 0
    """That are new in the store."""
    failed: int = 0
    """Entries whose pages could not be had, for now or for good."""
    problems: int = 0
    """Feeds of those polled that could not be read."""
    waiting: tuple[Polled, ...] = ()
    """Feeds that were named and not polled, since they failed and are due later."""
