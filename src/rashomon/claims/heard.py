"""What the learned reader made of a text, as sayings: rows of arrays become stretches of characters."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from rashomon.claims import contents, cues, edges, learned, naming, signed, unsaid
from rashomon.claims.cue_features import among, key
from rashomon.claims.cues import Found
from rashomon.claims.hashing import Ints
from rashomon.claims.learned import Model, Read
from rashomon.claims.parsed import Parsed, parsed
from rashomon.claims.pieces import Stretch, stretches, trimmed, widened, without_that
from rashomon.claims.quotes import Quote, is_name
from rashomon.claims.quoting import Saying, go_on, whole
from rashomon.claims.ruled import Ruled, ruled
from rashomon.reader import written
from rashomon.spans import Stretches, subtract, union

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_SAID = 1 / 3
"""A quotation of which so much is some saying's content needs no speaker."""
_AGAINST = 0.42
"""Where the rules read nothing at a cue that they know, the learned reader must be as sure as this."""
_UNCLEAR = 0.45
"""As sure must it be where nobody says what is no clause."""
_DEEDS = frozenset(
    "vote cast sign pass file launch adopt elect hire fire run win send spend approve ratify enact veto appoint".split()
)
"""Verbs of what is done rather than said, which annotators of politics mark as attitudes."""
_BRACKET = 12
"""Characters of a party, a state or an age in brackets behind a name."""
_ALIKE = 0.8
"""Where the clauses that the rules part a content into make up so much of it, they are its parts."""


def find(model: Model, doc: Doc, quotes: Sequence[Quote], rules: Sequence[Saying]) -> list[Saying]:
    """The sayings of a parsed page, in the order of their first content; `rules` are those that the rules read."""
    text = written(doc)
    rows = parsed(doc, quotes)
    marks = Stretches((quote.start, quote.end, quote) for quote in quotes)
    theirs = ruled(rows, rules)
    reads = [
        edges.clean(rows, each)
        for each in learned.read(model, rows, theirs)
        if not _refused_here(doc, rows, each, theirs) and not naming.given(doc, text, _token(doc, rows, each), marks)
    ]
    addressed = {each.cue for each in reads if cues.lemma_of(_token(doc, rows, each)) in contents.ADDRESSED}
    under = list(signed.find(doc, text, quotes))
    after = {each.cue for each in reads if unsaid.follows(_token(doc, rows, each))}
    cut, left = _agreed(rows, reads, theirs, addressed, after)
    by_cue = {saying.token: saying for saying in rules if saying.token is not None}
    found = [_saying(doc, text, rows, marks, each, by_cue) for each in cut]
    others = [each for each in found if each is not None and not _same(each, under)]
    sayings = [*under, *others, *_strange(model, rows, rules, left, others)]
    sayings.sort(key=lambda each: each.parts[0][0])
    return go_on(doc, text, _loose(text, quotes, sayings), sayings)


def _token(doc: Doc, rows: Parsed, read: Read) -> Token:
    """The token that heads the cue."""
    return doc[int(rows.place[read.cue])]


def _refused_here(doc: Doc, rows: Parsed, read: Read, rules: Ruled) -> bool:
    quoted = bool(rows.quote[read.content].any())
    clause = bool(among(rows.pos[read.content], "VERB AUX").any())
    token = _token(doc, rows, read)
    if unsaid.questioned(token) or cues.has_yet(token):
        return True
    if read.first < 0 and read.cue not in rules.cue and not quoted and not clause:
        # A participle alone says nothing: "were confirmed dead", "has not been seen since Sunday".
        return token.tag_ == "VBN" or read.score < _UNCLEAR
    return _refused(token, read, quoted, rules)


def _refused(token: Token, read: Read, quoted: bool, rules: Ruled) -> bool:
    """Whether a cue of the table's, which the rules read nothing at, is too unlikely to stand against them."""
    if quoted or read.cue in rules.cue:
        return False
    lemma = cues.lemma_of(token)
    if lemma in cues.table() and (read.score < _AGAINST or unsaid.nothing_said(cues.at(token), token)):
        return True
    return lemma in _DEEDS


def _agreed(
    rows: Parsed, reads: Sequence[Read], rules: Ruled, addressed: Container[int], after: Container[int]
) -> tuple[list[Read], set[int]]:
    """The sayings, without what the rules leave out of a content for a reason; and the rules' cues that were left out.

    That is another saying beside this one ("said it would rise, while the ministry denied it"), what stands beside the
    clause that this one is in ("who said the road was shut, left early"), and whom it is said to, where the cue is
    `addressed`. Of a cue `after` the clause that is said, it is what only goes along with it.
    """
    told = rules.words(rows.size)
    out, left = [], set[int]()
    for read in reads:
        at = int(rules.at(np.array([read.cue]))[0])
        kept = told[at][read.content]
        extra, rest = read.content[~kept], read.content[kept]
        theirs = np.flatnonzero(told[at])
        extra = extra[~rows.punct[extra]]
        behind = read.cue in after and not len(rest)
        if at >= 0 and (behind or not len(extra)) and len(theirs) and _led_by(rows, theirs, read):
            read = read._replace(content=theirs)
        elif at >= 0 and len(extra) and len(rest):
            others = ~told[at][rules.cue] & (rules.cue != read.cue)
            others &= np.isin(rules.cue, extra) | told[:-1][:, extra].any(1)
            relative = rows.dep[read.cue] == key("relcl")
            outside = (extra < rows.left[read.cue]) | (extra > rows.right[read.cue])
            if read.cue in addressed or others.any() or (relative and outside.any()):
                read = read._replace(content=rest)
                left.update(rules.cue[others].tolist())
        out.append(edges.before_semicolon(rows, read))
        gone = np.setdiff1d(read.content, out[-1].content)
        left.update(rules.cue[np.isin(rules.cue, gone)].tolist())
    return out, left - {read.cue for read in out}


def _led_by(rows: Parsed, theirs: Ints, read: Read) -> bool:
    """Whether what the rules read is the whole clause before its cue: "If it rains, the dam could break, X warned"."""
    before = bool(theirs[-1] < read.cue) and bool((rows.sentence[theirs] == rows.sentence[read.cue]).all())
    return before and not rows.quote[theirs].any() and len(theirs) == theirs[-1] - theirs[0] + 1


def _strange(
    model: Model, rows: Parsed, rules: Sequence[Saying], left: set[int], found: Sequence[Saying]
) -> list[Saying]:
    """What the rules read at words that the learned reader has not met as cues, or in what it left; once each."""
    taken = Stretches((*piece, each) for each in found for part in each.parts for piece in part)
    new = learned.strange(model.cues, rows)
    out = []
    for saying in rules:
        row = int(np.searchsorted(rows.place, saying.token)) if saying.token is not None else -1
        if row >= 0 and (row in left or new[row]):
            pieces = [piece for part in saying.parts for piece in part]
            near = taken.over(pieces[0][0], pieces[-1][1])
            if not any(_alike(pieces, [piece for part in each.parts for piece in part]) for each in near):
                out.append(saying)
    return out


def _alike(one: Sequence[Stretch], two: Sequence[Stretch]) -> bool:
    """Whether two contents are mostly the same."""
    shared = sum(max(0, min(b, d) - max(a, c)) for a, b in one for c, d in two)
    return 2 * shared >= learned.ALIKE * sum(b - a for a, b in (*one, *two))


def _saying(
    doc: Doc, text: str, rows: Parsed, marks: Stretches[Quote], read: Read, rules: Mapping[int, Saying]
) -> Saying | None:
    """One saying of the learned reader's; None where nothing is left of its content."""
    token = _token(doc, rows, read)
    group = cues.at(token)
    tokens = group.tokens
    if token.lower_ == "according" and token.i + 1 < len(doc) and doc[token.i + 1].lower_ == "to":
        tokens = (token.i, token.i + 1)
    cue = (doc[tokens[0]].idx, doc[tokens[-1]].idx + len(doc[tokens[-1]]))
    who = (int(rows.start[read.first]), int(rows.end[read.last])) if read.first >= 0 else None
    ruled_ = rules.get(token.i)
    if who is not None and ruled_ is not None and ruled_.speaker and ruled_.head == int(rows.place[read.head]):
        # The same head: the rules take the phrase whole, with its clauses.
        who = (min(who[0], ruled_.speaker[0]), max(who[1], ruled_.speaker[1]))
    if who is not None and who[0] < cue[1] and cue[0] < who[1]:
        cue = (token.idx, token.idx + len(token))
    if who is not None:
        who = _whose(text, rows, read, (_begin(rows, read, who[0]), who[1]))
    holes = [cue, *([who] if who else [])]
    parts: list[tuple[Stretch, ...]] = []
    taken: list[Stretch] = []
    several = ruled_ is not None and len(ruled_.parts) > 1
    for part in _parts(doc, rows, read, group) if several else [stretches(doc, rows.place[read.content].tolist())]:
        wide = union(widened(part, marks, holes))
        cut = [piece for start, end in wide for piece in subtract(start, end, [*holes, *taken])]
        clean = trimmed(text, [without_that(text, piece, cue) for piece in cut])
        if clean and clean[0][0] < cue[0]:
            last = max(cue[1], who[1] if who else 0)
            clean = [piece for piece in clean if not _parted(text, last, piece[0])]
        if clean:
            parts.append(tuple(clean))
            taken += clean
    if not parts:
        return None
    head = cues.antecedent(doc[int(rows.place[read.head])]).i if who is not None else None
    return Saying(cue, who, tuple(parts), group.cue.stance, group.negated, token.i, head)


def _parted(text: str, last: int, start: int) -> bool:
    """Whether a semicolon parts what begins at an offset from a saying that ends before it.

    "60,000 marched, according to the unions; police put the figure at 25,000."
    """
    return last < start and text[last:start].strip() == ";" and text[start].isalnum()


def _begin(rows: Parsed, read: Read, start: int) -> int:
    """Where a speaker begins whose first word, a sentence's first, the parser hung elsewhere: "Aid groups fear"."""
    row = int(np.searchsorted(rows.start, start))
    first = int(rows.firsts[rows.sentence[row]])
    noun = bool(among(rows.tag[[row]], "NN NNS NNP NNPS")[0]) and not rows.kind[first]
    # Two subjects of one verb, or two nouns, are one phrase.
    beside = bool(among(rows.dep[[first]], "nsubj")[0]) and rows.head[first] == rows.head[row]
    cut = row == first + 1 and noun and (beside or bool(among(rows.tag[[first]], "NN NNS NNP NNPS")[0]))
    return int(rows.start[first]) if cut and first != read.cue else start


def _whose(text: str, rows: Parsed, read: Read, who: Stretch) -> Stretch:
    """A speaker without the day that the sentence names before ("said |Friday |Minister Ada Voss …") and without an
    auxiliary behind; with the bracket that closes what one in it opens."""
    first = int(np.searchsorted(rows.start, who[0]))
    while first < read.head and rows.kind[first] == key("DATE") and rows.tag[first] == key("NNP"):
        first += 1
    last = int(np.searchsorted(rows.start, who[1])) - 1
    while (
        last > read.head and among(rows.dep[[last]], "aux auxpass punct")[0] and text[rows.start[last]] not in ")”\"’'."
    ):
        last -= 1
    start, end = int(rows.start[first]), int(rows.end[last])
    closing = text.find(")", end, end + _BRACKET) if text.count("(", start, end) > text.count(")", start, end) else -1
    return start, closing + 1 if closing >= 0 else end


def _same(saying: Saying, signed_: Sequence[Saying]) -> bool:
    """Whether what is said is nothing but a quotation under which its speaker's name stands."""
    stretches_ = [piece for part in saying.parts for piece in part]
    return any(all(a <= start and end <= b for start, end in stretches_) for each in signed_ for a, b in each.parts[0])


def _parts(doc: Doc, rows: Parsed, read: Read, group: Found) -> list[list[Stretch]]:
    """The content, parted where it is two clauses: "said that the road was open and that the bridge was shut"."""
    places = set(rows.place[read.content].tolist())
    parted = [set(part) & places for part in contents.content(doc, group)]
    parted = [part for part in parted if part]
    if len(parted) < 2 or len(set().union(*parted)) < _ALIKE * len(places):
        return [stretches(doc, places)]
    return [stretches(doc, part) for part in parted]


def _loose(text: str, quotes: Sequence[Quote], sayings: Sequence[Saying]) -> list[Quote]:
    """Whole quotations that no saying has."""
    covered = Stretches((*piece, piece) for saying in sayings for part in saying.parts for piece in part)
    out = []
    for quote in quotes:
        if is_name(text, quote) or not whole(text, quote):
            continue
        inside = sum(
            max(0, min(end, quote.end) - max(start, quote.start)) for start, end in covered.over(quote.start, quote.end)
        )
        if inside < _SAID * (quote.end - quote.start):
            out.append(quote)
    return out
