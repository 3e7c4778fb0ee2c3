"""Whose words stand in quotation marks: each quotation to its cue, and those without a cue to who spoke last."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from rashomon.claims.cues import Found
from rashomon.claims.quotes import Quote, is_name
from rashomon.spans import Stretches, subtract, union

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

Stretch = tuple[int, int]

_SENTENCE_END = re.compile(r"[.!?][\"”’')\]]*\s+(?=[\"“‘'(\[]?[A-Z0-9])|[a-z][.!?][\"”]?(?=[A-Z])|[.!?][\"”](?=[A-Z])")
_SPEECH = frozenset(
    ("say", "report", "show", "believe", "expect", "fear", "warn", "promise", "accuse", "demand", "reject", "deny")
)
_WORD = re.compile(r"[^\W_]+")
_MIN_WHOLE = 4
_FAR = 300
"""Characters between a cue and a quotation beyond which they have nothing to do with one another."""


class Saying(msgspec.Struct, frozen=True):
    """One act of speech. `parts` are its contents, a claim each, every one in one or more stretches."""

    cue: Stretch | None
    speaker: Stretch | None
    parts: tuple[tuple[Stretch, ...], ...]
    stance: str
    negated: bool = False
    token: int | None = None
    """Index of the token that heads the cue."""
    head: int | None = None
    """Index of the token that heads the speaker."""
    joins: int | None = None
    """Position of the saying that this one goes on from, in the list it stands in."""


class Draft:
    """A saying while it is being put together."""

    def __init__(self, found: Found, speaker: Token | None, parts: list[list[Stretch]]) -> None:
        self.found = found
        self.speaker = speaker
        self.parts = parts


def attach(doc: Doc, text: str, quotes: Sequence[Quote], drafts: list[Draft]) -> list[Quote]:
    """Give each whole quotation to its cue; return those that have none."""
    loose: list[Quote] = []
    places = Stretches((*_reach(doc, draft), draft) for draft in drafts)
    marks = Stretches((quote.start, quote.end, quote) for quote in quotes)
    for quote in quotes:
        if is_name(text, quote):
            continue
        near = places.over(quote.start - _FAR, quote.end + _FAR)
        beside = marks.over(quote.start - _FAR, quote.end + _FAR)
        if not whole(text, quote):
            _scare(doc, text, quote, beside, near)
            continue
        if any(_mixed(quote, part) for draft in near if _spoken(draft) for part in draft.parts):
            continue
        draft = _cue_of(doc, text, quote, beside, near)
        if draft is None:
            covered = any(_share(quote, part) > 0.5 for d in near for part in d.parts if _spoken(d))
            if not covered:
                loose.append(quote)
            continue
        _put(draft, quote, text)
    return loose


def _reach(doc: Doc, draft: Draft) -> Stretch:
    """From the first to the last character of a draft's cue and contents."""
    token = doc[draft.found.token]
    ends = [(token.idx, token.idx + len(token)), *(stretch for part in draft.parts for stretch in part)]
    return min(start for start, _ in ends), max(end for _, end in ends)


def _scare(doc: Doc, text: str, quote: Quote, quotes: Sequence[Quote], drafts: list[Draft]) -> None:
    """Give a few quoted words that no content has to the cue before them: "called the delay “a disgrace”"."""
    if any(_share(quote, part) > 0 for draft in drafts for part in draft.parts):
        return
    before = [d for d in drafts if doc[d.found.tokens[-1]].idx < quote.start and not d.found.cue.noun]
    if not before:
        return
    draft = max(before, key=lambda d: d.found.token)
    last = doc[draft.found.tokens[-1]]
    left = last.idx + len(last)
    between = _blanked(text, left, quote.start, quotes)
    if len(between) > 120 or "\n" in between or _SENTENCE_END.search(between + " X") or draft.speaker is None:
        return
    if draft.parts:
        end = draft.parts[-1][-1][1]
        if end <= quote.start and len(text[end : quote.start].split()) <= 4:
            draft.parts[-1] = union([*draft.parts[-1], (draft.parts[-1][-1][0], quote.end)])
    elif "small" in draft.found.cue.frames or not between.strip():
        draft.parts.append([(left, quote.end)])


def _mixed(quote: Quote, part: Sequence[Stretch]) -> bool:
    """Whether the quotation ends a content that begins in words of the page ("said it was “over”")."""
    return _share(quote, part) > 0.5 and any(start < quote.start - 2 <= end for start, end in part)


def _spoken(draft: Draft) -> bool:
    return draft.found.cue.stance in _SPEECH


def whole(text: str, quote: Quote) -> bool:
    """Whether a quotation is an utterance of its own rather than a few quoted words."""
    inner = text[quote.inner_start : quote.inner_end]
    words = len(inner.split())
    before = text[: quote.start].rstrip()[-1:]
    ends = inner[-1:] in ",.?!…—-" or not quote.closed
    opens = before in ",:" or not before or before in '.?!”"’\n' or text[quote.start - 1 : quote.start] == "\n"
    return (words >= _MIN_WHOLE and (ends or before in ",:")) or (ends and opens and words >= 1) or words >= 12


def _cue_of(doc: Doc, text: str, quote: Quote, quotes: Sequence[Quote], drafts: list[Draft]) -> Draft | None:
    """The draft whose cue stands in the same sentence as the quotation, nearest to the side that it points to."""
    ends_open = text[quote.inner_end - 1] in ",?!—-"
    led_in = text[: quote.start].rstrip()[-1:] in (",", ":")
    near: list[tuple[int, bool, Draft]] = []
    for draft in drafts:
        token = doc[draft.found.token]
        after = token.idx >= quote.end
        apart = token.idx - quote.end if after else quote.start - token.idx - len(token)
        if draft.found.cue.noun or not _spoken(draft) or apart > _FAR:
            continue
        far = 0 if (after and ends_open) or (not after and led_in) else 60
        near.append((apart + far + (40 if draft.speaker is None else 0), after, draft))
    for _, after, draft in sorted(near, key=lambda each: each[0]):
        if _reaches(doc, text, quote, quotes, draft, after):
            return draft
    return None


def _reaches(doc: Doc, text: str, quote: Quote, quotes: Sequence[Quote], draft: Draft, after: bool) -> bool:
    """Whether nothing between the cue and the quotation, which it stands before or after, ends a sentence."""
    token = doc[draft.found.token]
    left, right = (quote.end, token.idx) if after else (token.idx + len(token), quote.start)
    if "\n" in text[left:right]:
        return False
    between = _blanked(text, left, right, quotes)
    if after:
        return not _opens_sentence(doc, text, quote) and _SENTENCE_END.search(between) is None
    return _SENTENCE_END.search(between + " X") is None and not between.rstrip().endswith((".", "!", "?"))


def _opens_sentence(doc: Doc, text: str, quote: Quote) -> bool:
    """Whether what follows a quotation that ends in a stop is a sentence of its own.

    "“No deal,” said Roth. “Never.” The company rejected it." gives the company none of Roth's words;
    "“Will it hold?” the mayor asked." and "“Will it hold?” Roth asked." are one sentence each.
    """
    word = _WORD.search(text, quote.end)
    if text[quote.inner_end - 1] not in ".?!" or word is None or not word.group()[0].isupper():
        return False
    if text[quote.inner_end - 1] == ".":
        return True
    found = doc.char_span(word.start(), word.end(), alignment_mode="expand")
    return found is not None and found[0].pos_ != "PROPN"


def _blanked(text: str, left: int, right: int, quotes: Sequence[Quote]) -> str:
    """The text between, with what is quoted in it replaced by a letter."""
    holes = ((quote.start, quote.end) for quote in quotes if quote.start < right and quote.end > left)
    out = [text[a:b] for a, b in subtract(left, right, holes)]
    return "q".join(out)


def _share(quote: Quote, part: Sequence[Stretch]) -> float:
    """How much of the quotation a content covers, from 0 to 1."""
    inside = sum(max(0, min(end, quote.end) - max(start, quote.start)) for start, end in part)
    return inside / (quote.end - quote.start)


def _put(draft: Draft, quote: Quote, text: str) -> None:
    """Make the quotation part of the draft's content, replacing what the parse guessed of it."""
    here = (quote.start, quote.end)
    if not draft.parts:
        draft.parts.append([here])
        return
    for part in draft.parts:
        if _share(quote, part) > 0:
            part[:] = union([*part, here])
            return
    last = draft.parts[-1]
    between = text[min(last[-1][1], quote.end) : max(last[0][0], quote.start)]
    if "\n" in between:
        return
    # "It will hold," he said, "for years.": one content in two stretches.
    last[:] = union([*last, here])


def go_on(doc: Doc, text: str, loose: Sequence[Quote], sayings: list[Saying]) -> list[Saying]:
    """Whole quotations without a cue go on from the last saying of their paragraph, or of the one before.

    In the same paragraph such a quotation is a further stretch of a content that was quoted itself, or a
    further content of the saying; in the next paragraph it is a saying of its own with the same speaker.
    """
    out = list(sayings)
    for quote in loose:
        here = (quote.start, quote.end)
        # Only what stands in this paragraph and the one before it can be gone on from.
        floor = text.rfind("\n\n", 0, max(0, text.rfind("\n\n", 0, quote.start)))
        near = [(i, s) for i, s in enumerate(out) if s.parts[-1][-1][1] > floor and s.parts[0][0][0] < quote.end]
        if any(start < here[1] and here[0] < end for _, s in near for part in s.parts for start, end in part):
            continue
        before = [(i, s) for i, s in near if s.parts[-1][-1][0] < quote.start and s.stance in _SPEECH]
        if not before:
            continue
        index, last = max(before, key=lambda pair: max(pair[1].parts[-1][-1][1], (pair[1].cue or (0, 0))[1]))
        edge = max(last.parts[-1][-1][1], (last.cue or (0, 0))[1])
        breaks = text[edge : quote.start].count("\n\n")
        between = text[edge : quote.start]
        short = len(text[quote.inner_start : quote.inner_end].split()) < _MIN_WHOLE
        if short and (breaks or len(between.split()) > 3):
            # A few words in marks go on from a saying only right behind it; alone in a line they are a slogan.
            continue
        if breaks > 1 or (breaks == 1 and not _opens_paragraph(text, quote)):
            continue
        if breaks == 0 and _quoted(text, last.parts[-1]) and last.joins is None:
            part = (*last.parts[-1], here)
            out[index] = msgspec.structs.replace(last, parts=(*last.parts[:-1], part))
        else:
            root = last.joins if last.joins is not None else index
            out.append(Saying(None, last.speaker, ((here,),), last.stance, False, None, last.head, joins=root))
    return out


def _opens_paragraph(text: str, quote: Quote) -> bool:
    return not text[: quote.start].rstrip(" \t") or text[: quote.start].rstrip(" \t").endswith("\n")


def _quoted(text: str, part: Sequence[Stretch]) -> bool:
    """Whether a content's last stretch is a quotation."""
    return text[part[-1][0]] in "\"“'‘„«`"
