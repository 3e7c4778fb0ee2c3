"""Parsed text → sayings: who says what, in direct, mixed and indirect speech.

Hand-written rules over the parse, the quotation marks and the table of cues. Offsets are characters
of the text. Definitions (saying, speaker, cue, content) are those of the report's data model.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import msgspec

from rashomon.claims import cues
from rashomon.claims.quotes import Quote, is_name
from rashomon.spans import Stretches, subtract, trim, union

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

Stretch = tuple[int, int]

_SENTENCE_END = re.compile(r"[.!?][\"”’')\]]*\s+(?=[\"“‘'(\[]?[A-Z0-9])|[a-z][.!?][\"”]?(?=[A-Z])|[.!?][\"”](?=[A-Z])")
_EDGE = " \t\n\r,;:—–-"
_SPEECH = frozenset(
    ("say", "report", "show", "believe", "expect", "fear", "warn", "promise", "accuse", "demand", "reject", "deny")
)
_LOOSE_END = re.compile(r"[\s,]+(?:and|but|or)$", re.IGNORECASE)
_PRONOUNS = frozenset("it him her them this that these those me us you himself herself itself themselves".split())
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


class _Draft:
    """A saying while it is being put together."""

    def __init__(self, found: cues.Found, speaker: Token | None, parts: list[list[Stretch]]) -> None:
        self.found = found
        self.speaker = speaker
        self.parts = parts


def find(doc: Doc, quotes: Sequence[Quote]) -> list[Saying]:
    """The sayings of a parsed page, in the order of their first content."""
    text = doc.text
    drafts = _by_syntax(doc, quotes)
    loose = _attach(doc, text, quotes, drafts)
    marks = Stretches((quote.start, quote.end, quote) for quote in quotes)
    sayings = [saying for draft in drafts if (saying := _finish(doc, text, marks, draft)) is not None]
    sayings.extend(_according(doc, text, quotes))
    sayings = _distinct(sorted(sayings, key=lambda saying: saying.parts[0][0]))
    return _continue(doc, text, loose, sayings)


def _by_syntax(doc: Doc, quotes: Sequence[Quote]) -> list[_Draft]:
    """A draft for every cue outside quotation marks, with what the parse gives as content."""
    out: list[_Draft] = []
    for found in cues.find(doc):
        token = doc[found.token]
        if any(q.inner_start <= token.idx < q.inner_end for q in quotes):
            continue
        if (
            found.cue.stance in ("support", "praise", "promise")
            and token.dep_ in ("advcl", "acl")
            and token.tag_ == "VB"
        ):
            continue
        if found.cue.stance == "show" and token.tag_ == "VB" and any(child.lower_ == "to" for child in token.lefts):
            # "to determine who fired" is what somebody is to do.
            continue
        if token.dep_ == "xcomp" and token.head.lemma_ in ("decline", "refuse"):
            # "declined to comment" is one saying.
            continue
        speaker = cues.agent(token) if found.passive else cues.subject(token)
        if found.cue.noun:
            speaker = _owner(token)
        elif (
            speaker is None
            and not found.passive
            and token.tag_ in ("VB", "VBN")
            and token.dep_ not in ("conj", "relcl")
        ):
            continue
        parts = [_stretches(doc, tokens) for tokens in cues.content(doc, found)]
        out.append(_Draft(found, speaker, [part for part in parts if part]))
    return out


def _owner(noun: Token) -> Token | None:
    """Whose claim, fear or report it is: "Rome's claim that …", "claims by Rome that …"."""
    for child in noun.children:
        if child.dep_ == "poss":
            return child
        if child.dep_ == "prep" and child.lower_ in ("by", "from", "of"):
            return next((word for word in child.children if word.dep_ == "pobj"), None)
    return None


def _stretches(doc: Doc, tokens: Iterable[int]) -> list[Stretch]:
    """Runs of tokens as stretches of characters; a run parted by punctuation or space alone is one."""
    out: list[list[int]] = []
    for i in sorted(tokens):
        if out and all(doc[j].is_punct or doc[j].is_space for j in range(out[-1][1] + 1, i)):
            out[-1][1] = i
        else:
            out.append([i, i])
    return [(doc[a].idx, doc[b].idx + len(doc[b])) for a, b in out]


def _attach(doc: Doc, text: str, quotes: Sequence[Quote], drafts: list[_Draft]) -> list[Quote]:
    """Give each whole quotation to its cue; return those that have none."""
    loose: list[Quote] = []
    places = Stretches((*_reach(doc, draft), draft) for draft in drafts)
    marks = Stretches((quote.start, quote.end, quote) for quote in quotes)
    for quote in quotes:
        if is_name(text, quote):
            continue
        near = places.over(quote.start - _FAR, quote.end + _FAR)
        beside = marks.over(quote.start - _FAR, quote.end + _FAR)
        if not _whole(text, quote):
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


def _reach(doc: Doc, draft: _Draft) -> Stretch:
    """From the first to the last character of a draft's cue and contents."""
    token = doc[draft.found.token]
    ends = [(token.idx, token.idx + len(token)), *(stretch for part in draft.parts for stretch in part)]
    return min(start for start, _ in ends), max(end for _, end in ends)


def _scare(doc: Doc, text: str, quote: Quote, quotes: Sequence[Quote], drafts: list[_Draft]) -> None:
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


def _spoken(draft: _Draft) -> bool:
    return draft.found.cue.stance in _SPEECH


def _whole(text: str, quote: Quote) -> bool:
    """Whether a quotation is an utterance of its own rather than a few quoted words."""
    inner = text[quote.inner_start : quote.inner_end]
    words = len(inner.split())
    before = text[: quote.start].rstrip()[-1:]
    ends = inner[-1:] in ",.?!…—-" or not quote.closed
    opens = before in ",:" or not before or before in '.?!”"’\n' or text[quote.start - 1 : quote.start] == "\n"
    return (words >= _MIN_WHOLE and (ends or before in ",:")) or (ends and opens and words >= 1) or words >= 12


def _cue_of(doc: Doc, text: str, quote: Quote, quotes: Sequence[Quote], drafts: list[_Draft]) -> _Draft | None:
    """The draft whose cue stands in the same sentence as the quotation, nearest to the side that it points to."""
    best: tuple[float, _Draft] | None = None
    ends_open = text[quote.inner_end - 1] in ",?!—-"
    led_in = text[: quote.start].rstrip()[-1:] in (",", ":")
    for draft in drafts:
        if draft.found.cue.noun or not _spoken(draft):
            continue
        token = doc[draft.found.token]
        after = token.idx >= quote.end
        left, right = (quote.end, token.idx) if after else (token.idx + len(token), quote.start)
        if right - left > _FAR or "\n" in text[left:right]:
            continue
        between = _blanked(text, left, right, quotes)
        if after and _opens_sentence(doc, text, quote):
            continue
        if _SENTENCE_END.search(between + " X" if not after else between):
            continue
        if not after and between.rstrip().endswith((".", "!", "?")):
            continue
        distance = right - left + (0 if (after and ends_open) or (not after and led_in) else 60)
        if draft.speaker is None:
            distance += 40
        if best is None or distance < best[0]:
            best = (distance, draft)
    return best[1] if best else None


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
    out = [text[a:b] for a, b in subtract(left, right, ((q.start, q.end) for q in quotes))]
    return "q".join(out)


def _share(quote: Quote, part: Sequence[Stretch]) -> float:
    """How much of the quotation a content covers, from 0 to 1."""
    inside = sum(max(0, min(end, quote.end) - max(start, quote.start)) for start, end in part)
    return inside / (quote.end - quote.start)


def _put(draft: _Draft, quote: Quote, text: str) -> None:
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


def _finish(doc: Doc, text: str, marks: Stretches[Quote], draft: _Draft) -> Saying | None:
    """The draft as a saying: contents widened to the quotations they cut, freed of cue and speaker, trimmed."""
    tokens = draft.found.tokens
    cue = (doc[tokens[0]].idx, doc[tokens[-1]].idx + len(doc[tokens[-1]]))
    who: Stretch | None = None
    if draft.speaker is not None:
        inside = cues.phrase(draft.speaker) - set(tokens)
        inside = {i for i in inside if (i < tokens[0]) == (draft.speaker.i < tokens[0])}
        if inside:
            who = (doc[min(inside)].idx, doc[max(inside)].idx + len(doc[max(inside)]))
    holes = [cue, *([who] if who else [])]
    parts: list[tuple[Stretch, ...]] = []
    taken: list[Stretch] = list(holes)
    for part in draft.parts:
        wide = union(_widened(part, marks, holes))
        cut = [piece for start, end in wide for piece in subtract(start, end, taken)]
        clean = _trimmed(text, cut)
        if clean:
            parts.append(tuple(clean))
            taken.extend(clean)
    if not parts or all(text[a:b].lower() in _PRONOUNS for part in parts for a, b in part):
        return None
    head = cues.antecedent(draft.speaker).i if draft.speaker is not None else None
    return Saying(cue, who, tuple(parts), draft.found.cue.stance, draft.found.negated, draft.found.token, head)


def _widened(part: Iterable[Stretch], marks: Stretches[Quote], holes: Sequence[Stretch]) -> list[Stretch]:
    """Stretches widened to the whole of every quotation they cut, where that swallows neither cue nor speaker."""
    out: list[Stretch] = []
    for start, end in part:
        for quote in marks.over(start, end):
            crosses = quote.start < end and quote.end > start
            if crosses and not any(quote.start < right and left < quote.end for left, right in holes):
                start, end = min(start, quote.start), max(end, quote.end)
        out.append((start, end))
    return out


def _trimmed(text: str, pieces: Iterable[Stretch]) -> list[Stretch]:
    """Pieces without space and punctuation at their edges; pieces without a word are left out."""
    out: list[Stretch] = []
    for start, end in pieces:
        left, right = trim(text, start, end, _EDGE)
        if joint := _LOOSE_END.search(text, left, right):
            left, right = trim(text, left, joint.start(), _EDGE)
        if right - left > 1 and text[right - 1] == "." and not text[left:right].endswith(("..", "…")):
            quoted = text[left] in "\"“'‘"
            right = right if quoted else right - 1
        if any(char.isalnum() for char in text[left:right]):
            out.append((left, right))
    return out


def _according(doc: Doc, text: str, quotes: Sequence[Quote]) -> list[Saying]:
    """ "According to X, …": the rest of the sentence is what X says."""
    out: list[Saying] = []
    for token in doc[:-1]:
        nxt = token.nbor(1)
        if token.lower_ != "according" or nxt.lower_ != "to" or any(q.start < token.idx < q.end for q in quotes):
            continue
        noun = next((child for child in nxt.children if child.dep_ == "pobj"), None)
        if noun is None:
            continue
        who_tokens = _before_clause(cues.phrase(noun), noun, token)
        who = (doc[min(who_tokens)].idx, doc[max(who_tokens)].idx + len(doc[max(who_tokens)]))
        cue = (token.idx, nxt.idx + len(nxt))
        sentence = token.sent
        start, end = sentence.start_char, sentence.end_char
        pieces = _trimmed(text, subtract(start, end, [cue, (cue[1], who[0]) if who[0] > cue[1] else cue, who]))
        if pieces:
            out.append(Saying(cue, who, (tuple(pieces),), "say", False, token.i, noun.i))
    return out


def _before_clause(phrase: set[int], noun: Token, cue: Token) -> set[int]:
    """A phrase that opens its sentence, cut where the parser took the subject of what follows for an apposition.

    "According to Chief Dan Rush, a woman called at noon": the woman is not the chief.
    """
    if cue.i > cue.sent.start + 1:
        return phrase
    starts = [c.left_edge.i for c in noun.children if c.dep_ == "appos" and c.left_edge.lower_ in ("a", "an", "some")]
    return {i for i in phrase if i < min(starts) - 1} or phrase if starts else phrase


def _distinct(sayings: list[Saying]) -> list[Saying]:
    """Without sayings whose content another has already, or whose content is all inside another's cue and speaker."""
    out: list[Saying] = []
    seen: set[tuple[Stretch, ...]] = set()
    for saying in sayings:
        parts = tuple(part for part in saying.parts if part not in seen)
        seen.update(parts)
        if parts:
            out.append(msgspec.structs.replace(saying, parts=parts))
    return out


def _continue(doc: Doc, text: str, loose: Sequence[Quote], sayings: list[Saying]) -> list[Saying]:
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
        if len(text[quote.inner_start : quote.inner_end].split()) < _MIN_WHOLE and len(between.split()) > 3:
            # Short words in marks go on from a saying only right behind it.
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
