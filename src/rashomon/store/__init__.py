"""A memory for pages and what was read out of them: one SQLite file, or PostgreSQL by its URL.

    store.add(page)              one transaction: the page, its claims, its place in a story; the same capture once
    store.report(story)          a story as it stands, or stood at a time; nothing is read again
    store.search(asked)          claims and pages by words, speaker, source, status, date
    store.changes(address)       what a page added, removed and reworded between captures
    store.judge(judgement)       what a person says of what was read; it outranks the machine

What was captured is kept packed, once, by its content. What follows from the pages alone (words, links between pages,
points) can be made again from them.
"""

from __future__ import annotations

from rashomon.store.database import StoreError
from rashomon.store.search import Asked, Hit
from rashomon.store.store import Store

__all__ = ["Asked", "Hit", "Store", "StoreError"]
