"""The characters of a parsed text."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc


def written(doc: Doc) -> str:
    """The text of a parsed page, kept with it: spaCy puts `doc.text` together anew each time that it is asked."""
    text = doc.user_data.get("rashomon.text")
    if text is None:
        text = doc.user_data["rashomon.text"] = doc.text
    return str(text)
