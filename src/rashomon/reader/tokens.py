"""Text → tokens, by spaCy's tokenizer, and where its paragraphs start."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

_DATELINE = 16
"""Words that a dateline with its dash has at most."""
_DASHES = frozenset(("-", "--", "–", "—"))
_PLACED = re.compile(
    r"(?:[A-Z][A-Z.'’-]+(?: [A-Z][A-Z.'’-]+)*|[A-Z][\w.'’-]*(?: [A-Z\d][\w.'’-]*)*(?=.*\)$))"
    r"(?:, [A-Z\d][\w.'’]*(?: [A-Z\d][\w.'’]*)*)*(?: ?/ ?[A-Z][\w.'’]*)*(?: \([A-Z][\w./ -]*\))?"
)
"""A place in capitals, or any names with an agency in brackets; a country, state or day may stand between."""
_OF_MARKS = "LIKE_URL LIKE_EMAIL IS_PUNCT IS_QUOTE IS_BRACKET IS_LEFT_PUNCT IS_RIGHT_PUNCT IS_CURRENCY".split()
"""What spaCy asks of each new word, and never holds of letters alone."""
_PARTING = frozenset(',;:?!"”)]')
_ONE_LONG = re.match(".", ".")
"""What a search gives that has found one character: spaCy asks for its length alone."""
_FIGURE_OR_APOSTROPHE = re.compile(r"[\d'’]|[^\x00-\x7f]")
_RUN = re.compile(r"\S{301,}")
"""No word is so long. The tokenizer's time is quadratic in what no space parts, so this is one token."""


@cache
def blank(language: str = "en") -> Language:
    """That language's tokenizer and vocabulary, without a model, made once a process."""
    import spacy

    nlp = spacy.blank(language)
    tokenizer: Any = nlp.tokenizer
    tokenizer.prefix_search = _past_words(tokenizer.prefix_search, None)
    tokenizer.suffix_search = _past_words(_last_mark(tokenizer.suffix_search), None)
    tokenizer.infix_finditer = _past_words(tokenizer.infix_finditer, ())
    tokenizer.url_match = _past_words(tokenizer.url_match, None)
    vocab, numbers = cast(Any, nlp.vocab), import_module("spacy.attrs").IDS
    for name in _OF_MARKS:
        getter = vocab.lex_attr_getters[numbers[name]]
        vocab.lex_attr_getters[numbers[name]] = _past_words(getter, False)
    return nlp


def _past_words(search: Callable[[str], Any], nothing: Any) -> Callable[[str], Any]:
    """The search, which finds `nothing` in letters alone, without its being carried out there.

    Every pattern of the tokenizer's needs a mark, a figure or a letter beyond ASCII; searching each word for that is
    most of the time that new words take it.
    """

    def past(word: str) -> Any:
        return nothing if word.isalpha() and word.isascii() else search(word)

    return past


def _last_mark(search: Callable[[str], Any]) -> Callable[[str], Any]:
    """The search for what parts at a word's end, spared where the last two characters tell what it would find.

    It tries hundreds of patterns from each character on. A comma and its like part alone; so does a full stop behind a
    small letter; a letter parts only behind a figure (5km) or an apostrophe (the mayor's).
    """

    def past(word: str) -> Any:
        last = word[-1:]
        if last in _PARTING or (last == "." and "a" <= word[-2:-1] <= "z"):
            return _ONE_LONG
        if "a" <= last <= "z" and not _FIGURE_OR_APOSTROPHE.search(word):
            return None
        return search(word)

    return past


def tokenized(nlp: Language, text: str) -> Doc:
    """The text's tokens."""
    return _with_runs(nlp, text) if _RUN.search(text) else nlp.make_doc(text)


def paragraph_starts(doc: Doc) -> list[int]:
    """The place of the first word, and of the first after each line break: at each a sentence starts."""
    blanks = doc.to_array("IS_SPACE").nonzero()[0].tolist()
    spaces = set(blanks)
    starts: list[int] = []
    for place in [0, *(at + 1 for at in blanks if "\n" in doc[at].text)]:
        while place in spaces:
            place += 1
        if place < len(doc) and place not in starts[-1:]:
            starts.append(place)
    return starts


def sentence_starts(doc: Doc) -> list[int]:
    """Where a sentence starts for certain: at each paragraph, and after a dateline that opens one."""
    return [start for place in paragraph_starts(doc) for start in (place, *_after_dateline(doc, place))]


def _after_dateline(doc: Doc, place: int) -> list[int]:
    """Where the sentence starts behind a place, date or agency and a dash, if the paragraph at that place has them."""
    if not doc[place].text[:1].isupper():
        return []
    dash = next((at for at in range(place + 1, min(place + _DATELINE, len(doc))) if doc[at].text in _DASHES), None)
    if dash is None or dash + 1 >= len(doc) or not (doc[dash - 1].whitespace_ and doc[dash].whitespace_):
        return []
    written = doc[place:dash].text
    return [dash + 1] if _PLACED.fullmatch(written) and not doc[dash + 1].is_space else []


def _with_runs(nlp: Language, text: str) -> Doc:
    """The text's tokens, those of its long runs one each."""
    words: list[tuple[str, bool, str]] = []
    at = 0
    for run in _RUN.finditer(text):
        words += ((token.text, bool(token.whitespace_), token.norm_) for token in nlp.make_doc(text[at : run.start()]))
        spaced = text[run.end() : run.end() + 1] == " "
        words.append((run[0], spaced, run[0]))
        at = run.end() + spaced
    words += ((token.text, bool(token.whitespace_), token.norm_) for token in nlp.make_doc(text[at:]))
    return doc_of(nlp, words)


def doc_of(nlp: Language, words: list[tuple[str, bool, str]]) -> Doc:
    """A Doc of those tokens: text, whether a space follows, norm."""
    from spacy.tokens import Doc

    doc = Doc(nlp.vocab, words=[word for word, _, _ in words], spaces=[spaced for _, spaced, _ in words])
    for token, (_, _, norm) in zip(doc, words, strict=True):
        if token.norm_ != norm:
            token.norm_ = norm  # as the tokenizer's exceptions have it ("n't" is "not"), which the network reads
    return doc
