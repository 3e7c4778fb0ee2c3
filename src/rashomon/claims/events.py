"""Which of the sixteen PLOVER event types a text reports, and who does it to whom.

Source of the types: the PLOVER ontology (Halterman and others, 2023), after CAMEO. What reports an
event is in `tables/events.tsv` (frames), `tables/events_words.tsv` (classes of nouns that frames ask
for) and `tables/events_modes.tsv` (what intention, refusal and demand make of an event).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, get_args

import msgspec

from rashomon.claims.codebook import Mode, Row, fitting, modes, words_of
from rashomon.claims.cues import left_undone
from rashomon.claims.frames import Frame, doer, frame, phrase
from rashomon.model import EventCode

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_FRIENDLY = frozenset({"AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "CONCEDE", "RETREAT"})
_TALK = frozenset({"REQUEST", "ACCUSE", "REJECT", "THREATEN"})
_NAMED = frozenset({"GPE", "NORP", "ORG", "PERSON"})
# Verbs that pass on what others did; what they take is the event.
_PASSING = frozenset(
    [
        "say", "announce", "report", "tell", "add", "declare", "state", "note", "confirm", "write", "claim", "reveal",
        "disclose", "warn", "believe",
    ]
)  # fmt: skip
_DEEP = 4
# How far from the statement of its sentence an event may stand: what annotators take for a sentence's lies no deeper.
_WHEN = frozenset("after before since when while as because although though until once where whereas despite".split())
# Words that open a clause which says when, why or in spite of what something else happened.


class Coded(msgspec.Struct, frozen=True):
    """An event that the text reports. Offsets count characters of the Doc's text, end exclusive."""

    code: EventCode
    start: int
    end: int
    """Of the trigger: the verb with its particle, or the noun."""
    actor: tuple[int, int] | None
    recipient: tuple[int, int] | None
    """Of the noun phrases; None where the text names none."""
    verb: int
    """The trigger's token index."""


def code_of(token: Token) -> EventCode | None:
    """The event type that a verb, noun or adjective reports with the objects it has, or None.

    The type is of the act itself, before "will", "not" or "must" make another of it.
    """
    found = fitting(token)
    return _code(found[0].code) if found else None


def _code(text: str) -> EventCode | None:
    """The text as an event type, None where it is none."""
    return next((code for code in get_args(EventCode) if code == text), None)


def _mode(token: Token) -> list[Mode]:
    """How the event is put: by its auxiliaries and negation, then by the verb that takes it."""
    found = [modes("aux")[child.lower_] for child in token.children
             if child.dep_ in ("aux", "neg") and child.lower_ in modes("aux")]  # fmt: skip
    mode: Mode | None = None
    verb = token
    while mode is None and _infinitive(verb):
        verb = verb.head
        mode = modes("verb").get(verb.lemma_.lower())
    found += [mode] if mode else []
    found += [modes("verb")["refuse"]] if left_undone(token) is not None else []
    names = [mode.name for mode in found]
    return [mode for mode in found if mode.name == "refusal"] if "refusal" in names else found


def _infinitive(verb: Token) -> bool:
    """Whether the verb is what another is said to do: "prepared to resume shelling", "sworn to fight"."""
    if verb.dep_ == "xcomp" or (verb.dep_ == "acl" and verb.tag_ == "VB"):
        return True
    # The parser takes "has sworn to fight until…" for a purpose; nothing but "to" parts the two verbs there.
    return verb.dep_ == "advcl" and verb.head.i == verb.i - 2 and verb.doc[verb.i - 1].lower_ == "to"


def _turned(code: str, token: Token) -> tuple[str | None, bool]:
    """The code after its modes, and whether it has become a demand on its subject."""
    demanded = False
    for mode in _mode(token):
        if code in _TALK and mode.name != "demand":
            if mode.name == "refusal":
                return None, False
            continue
        made = mode.friendly if code in _FRIENDLY else mode.hostile
        if made == "-":
            return None, False
        demanded = mode.name == "demand"
        code = code if made == "=" else made
    return code, demanded


def _nominal(token: Token) -> bool:
    """Whether the token can be somebody: no verb, and no date."""
    return token.pos_ not in ("VERB", "AUX", "ADV") and token.ent_type_ not in ("DATE", "TIME", "PERCENT", "ORDINAL")


def _named(token: Token) -> bool:
    """Whether the noun phrase names somebody."""
    return token.ent_type_ in _NAMED or token.pos_ == "PROPN" or any(
        child.ent_type_ in _NAMED for child in token.subtree if child.i <= token.i
    )  # fmt: skip


def _slots(around: Frame, slots: Sequence[str]) -> Iterator[Token]:
    """The nouns in the recipient's slots, in the order in which the row looks."""
    for slot in slots:
        if slot == "obj":
            if around.object is not None:
                yield around.object
        elif slot == "iobj":
            if around.dative is not None:
                yield around.dative
        elif slot == "clause":
            taken = around.clause or around.infinitive
            if taken is not None:
                yield from (child for child in taken.children if child.dep_ in ("nsubj", "nsubjpass"))
        else:
            for prep, governed in around.preps:
                if prep == slot and governed is not None:
                    yield governed
                    if slot == "between":
                        yield from (child for child in governed.children if child.dep_ == "conj")


def _recipient(row: Row, around: Frame, actor: Token | None) -> Token | None:
    """Whom it is done to: the first in the row's slots that names somebody, else the first of them."""
    found = [token for token in _slots(around, row.recipient) if token != actor and _nominal(token)]
    if not found and around.infinitive is not None:
        inner = frame(around.infinitive)
        found = [token for token in _slots(inner, ("iobj", "with", "to", "against", "on", "from", "obj", "in", "of"))
                 if token != actor and _nominal(token)]  # fmt: skip
    found = [token for token in found if token.pos_ != "PRON" or token.lower_ in ("him", "them", "her", "it")]
    return next((token for token in found if _named(token)), found[0] if found else None)


def _partner(actor: Token) -> Token | None:
    """The second of two that act together: "the United States and Jordan"."""
    return next((child for child in actor.children if child.dep_ == "conj"), None)


def _first_name(actor: Token) -> tuple[int, int]:
    """The actor's phrase; of "Hungarian and Romanian officials" the first adjective."""
    for child in actor.children:
        if child.dep_ in ("amod", "compound", "nmod") and any(
            other.dep_ == "conj" and other.ent_type_ in _NAMED for other in child.children
        ):
            return child.idx, child.idx + len(child)
    return phrase(actor)


def _speaker(token: Token) -> Token | None:
    """Who says the clause that the token heads."""
    verb = token
    while verb.dep_ in ("xcomp", "conj") and verb.head != verb:
        verb = verb.head
    return doer(verb.head) if verb.dep_ == "ccomp" else None


def _coded(token: Token) -> Coded | None:
    """The event that the token reports, or None."""
    found = fitting(token)
    if found is None:
        return _demand(token)
    row, around = found
    turned, demanded = _turned(row.code, token)
    code = _code(turned) if turned else None
    if code is None:
        return None
    actor, recipient = around.subject, _recipient(row, around, around.subject)
    if "between" in row.recipient and (pair := list(_slots(around, ("between",)))) and around.token.pos_ == "NOUN":
        actor, recipient = pair[0], pair[1] if len(pair) > 1 else None
    together = actor is not None and row.code in ("AGREE", "CONSULT", "COOPERATE", "SUPPORT")
    if actor is not None and together and (recipient is None or not _named(recipient)):
        recipient = _partner(actor) or recipient
    if demanded:
        actor, recipient = _speaker(token), around.subject or around.object
    end = token.idx + len(token)
    for child in token.children:
        if child.dep_ == "prt" and child.i == token.i + 1:
            end = child.idx + len(child)
    return _made(code, token, end, actor, recipient)


def _demand(token: Token) -> Coded | None:
    """ "X said that Y must do it", whatever it is: X demands it of Y."""
    if token.pos_ not in ("VERB", "AUX") or not any(mode.name == "demand" for mode in _mode(token)):
        return None
    speaker = _speaker(token)
    if speaker is None:
        return None
    return _made("REQUEST", token, token.idx + len(token), speaker, doer(token))


def _made(code: EventCode, token: Token, end: int, actor: Token | None, recipient: Token | None) -> Coded:
    """The record of an event whose parts are known."""
    return Coded(
        code,
        token.idx,
        end,
        _first_name(actor) if actor is not None else None,
        _first_name(recipient) if recipient is not None else None,
        token.i,
    )


def find(doc: Doc) -> list[Coded]:
    """All events that a parsed text reports, in the order of their triggers."""
    found = [coded for token in doc if (coded := _coded(token)) is not None]
    several = Counter(doc[coded.verb].sent.start for coded in found)
    return [coded for coded in found if _told(doc[coded.verb], coded, several[doc[coded.verb].sent.start] == 1)]


def _supposed(token: Token) -> bool:
    """Whether the event stands in what would have to be so first: "if it failed to hand over its records"."""
    word = token
    while word.head != word:
        marks = {child.lower_ for child in word.children if child.dep_ == "mark"}
        if word.dep_ == "advcl" and marks & {"if", "unless", "lest"}:
            return True
        word = word.head
    return False


def _told(token: Token, coded: Coded, alone: bool) -> bool:
    """Whether an event is told ("the shooting killed two"), and is no mere background ("the scene of the shooting").

    A verb tells its event. A noun does where it is what happens or what harms, where it names both sides, and where
    it is the subject or object of a sentence without another event.
    """
    if _supposed(token):
        return False
    if token.pos_ != "NOUN":
        return not (token.dep_ == "acl" and token.head.lemma_.lower() in words_of("undone"))
    word = token
    while word.dep_ in ("conj", "appos") and word.head.pos_ == "NOUN":
        word = word.head
    over = word.head
    if word.dep_ in ("dobj", "nsubjpass") and over.lemma_.lower() in words_of("averted"):
        return False  # "averted a strike"
    if word.dep_ == "pobj":
        return (coded.actor is not None and coded.recipient is not None) or _does_harm(word, coded.recipient)
    return word == over or alone or over.lemma_.lower() in words_of("happening") or coded.actor is not None


def main(doc: Doc, start: int, end: int, found: Sequence[Coded]) -> Coded | None:
    """The one of `found` that characters `start` to `end` of the text are about, or None.

    It is the event highest in the parse: reporting verbs are passed through, events inside noun phrases come after
    those of main clauses. What only stands by, in a relative clause or in one that says when or why, is not what a
    clause is about.
    """
    inside = [coded for coded in found if start <= coded.start and coded.end <= end]
    inside = [coded for coded in inside if not _stands_by(doc[coded.verb], start, end)]
    inside = [
        coded for coded in inside if _depth(doc[coded.verb]) <= _DEEP or _does_harm(doc[coded.verb], coded.recipient)
    ]
    return min(inside, key=lambda coded: (_depth(doc[coded.verb]), coded.start), default=None)


def _does_harm(token: Token, on: tuple[int, int] | None = None) -> bool:
    """Whether a noun is that in or by which somebody came to harm ("died in an attack"), or, done to somebody (`on`),
    that in which what the sentence tells was done: "used gas in an attack on the port"."""
    over = token.head
    if token.dep_ != "pobj" or over.lower_ not in ("in", "during", "by", "from"):
        return False
    main = on is not None and over.lower_ in ("in", "during") and over.head.pos_ == "VERB" and _depth(over.head) == 0
    return main or over.head.lemma_.lower() in words_of("harm")


def _stands_by(token: Token, start: int, end: int) -> bool:
    """Whether an event is told in passing within characters `start` to `end`: of somebody ("the officers accused of
    it"), or of when or why ("since it was invaded")."""
    word = token
    while word.head != word and start <= word.head.idx < end:
        if word.dep_ == "relcl" or (word.dep_ == "acl" and word.tag_ == "VBN" and word.head.dep_ != "ROOT"):
            return True
        if word.dep_ == "advcl" and any(
            child.dep_ in ("mark", "advmod") and child.lower_ in _WHEN for child in word.lefts
        ):
            return True
        if word.dep_ == "pcomp" and word.head.lower_ in _WHEN:
            return True
        word = word.head
    return False


def _depth(token: Token) -> int:
    """How far from the statement of its sentence an event stands."""
    depth = 0
    word = token
    if token.pos_ == "NOUN":
        depth += 1
    while word.head != word:
        if word.dep_ in ("ccomp", "parataxis") and word.head.lemma_.lower() in _PASSING:
            depth += 0
        elif word.dep_ in ("xcomp", "conj", "ccomp") or word.dep_ == "dobj":
            depth += 1
        else:
            depth += 3
        word = word.head
    return depth
